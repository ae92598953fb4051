//! A bracketed paste while it comes.

const END: &[u8] = b"\x1b[201~";

/// Beyond this the rest of a paste is dropped, so that one without an end cannot take all
/// memory.
pub const LARGEST_PASTE: usize = 64 << 20;

/// The bytes of a paste so far.
#[derive(Debug, Default)]
pub struct Paste {
    bytes: Vec<u8>,
    /// The last bytes of what was dropped, among which the end mark may begin.
    dropped_tail: Vec<u8>,
}

impl Paste {
    /// Takes bytes; where the end mark is among them, gives what comes after it.
    pub fn push(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        if self.bytes.len() >= LARGEST_PASTE {
            return self.drop_until_end(bytes);
        }
        // The mark may have begun in what came before.
        let from = self.bytes.len().saturating_sub(END.len() - 1);
        self.bytes.extend_from_slice(bytes);
        let at = from + find(&self.bytes[from..])?;
        let after = self.bytes.split_off(at + END.len());
        self.bytes.truncate(at);
        Some(after)
    }

    /// The text that came: line ends as `\n`, as an editor wants them.
    pub fn take(&mut self) -> String {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.truncate(LARGEST_PASTE);
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        if text.contains('\r') {
            // Terminals send a pasted newline as the Enter key would: a carriage return.
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text
        }
    }

    fn drop_until_end(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        self.dropped_tail.extend_from_slice(bytes);
        if let Some(at) = find(&self.dropped_tail) {
            return Some(self.dropped_tail.split_off(at + END.len()));
        }
        let keep = self.dropped_tail.len().min(END.len() - 1);
        self.dropped_tail.drain(..self.dropped_tail.len() - keep);
        None
    }
}

fn find(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|&byte| byte == END[0]) {
        if bytes[from + at..].starts_with(END) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
