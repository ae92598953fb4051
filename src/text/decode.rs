//! A file's bytes as text, whatever encoding it is in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::words::text as words;

/// Bytes of a file that are looked at to tell text from what is none.
const LOOKED_AT: usize = 64 << 10;

/// A text, and how it was found in its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// The encoding, where it is not UTF-8: a name of the WHATWG's list, such as `Shift_JIS`.
    pub encoding: Option<&'static str>,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    #[error("{}", words::BINARY)]
    Binary,
    #[error("{}", words::UNKNOWN_ENCODING)]
    Unknown,
}

/// Reads bytes as what their mark says (UTF-8, UTF-16), else as UTF-8 where they are that, else
/// as what they most likely are. A mark is no part of the text.
///
/// # Errors
/// They are no text.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, NoText> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return with(encoding, &bytes[mark..]);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            return Ok(Decoded {
                text,
                encoding: None,
            });
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return with(encoding, &bytes);
    }
    if is_binary(&bytes) {
        return Err(NoText::Binary);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    with(detector.guess(None, Utf8Detection::Allow), &bytes)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, NoText> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or(NoText::Unknown)?.into_owned();
    if text.contains('\0') {
        return Err(NoText::Binary);
    }
    Ok(Decoded {
        text,
        encoding: (encoding != UTF_8).then(|| encoding.name()),
    })
}

/// Latin text in UTF-16 has a zero in every second byte, and hardly any in the others.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |from: usize| {
        let all = looked_at.iter().skip(from).step_by(2);
        all.filter(|byte| **byte == 0).count()
    };
    let (even, odd, pairs) = (zeros(0), zeros(1), looked_at.len() / 2);
    if odd * 10 > pairs * 4 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 4 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 3] = [b"%PDF-", b"\x1F\x8B", b"\x89PNG"];
    if MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return true;
    }
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let controls = looked_at.iter().filter(|byte| {
        // Escape begins the shifts of ISO-2022.
        matches!(byte, 0..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F)
    });
    controls.count() * 100 > looked_at.len() || looked_at.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<&'static str>) {
        let decoded = decode(bytes.to_vec()).expect("it is text");
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn marks_say_what_it_is_and_are_no_text() {
        assert_eq!(read(b"\xEF\xBB\xBFabc"), ("abc".to_owned(), None));
        let le: Vec<u8> = "\u{FEFF}héß日"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&le), ("héß日".to_owned(), Some("UTF-16LE")));
        let be: Vec<u8> = "\u{FEFF}héß日"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(read(&be), ("héß日".to_owned(), Some("UTF-16BE")));
    }

    #[test]
    fn without_a_mark_it_is_what_it_most_likely_is() {
        let cases: [(&str, &'static Encoding); 5] = [
            ("吾輩は猫である。名前はまだ無い。", encoding_rs::SHIFT_JIS),
            ("吾輩は猫である。名前はまだ無い。", encoding_rs::EUC_JP),
            (
                "Съешь же ещё этих мягких французских булок",
                encoding_rs::WINDOWS_1251,
            ),
            (
                "Zwölf Boxkämpfer jagen Viktor über den großen Sylter Deich",
                encoding_rs::WINDOWS_1252,
            ),
            ("人人生而自由,在尊严和权利上一律平等。", encoding_rs::GBK),
        ];
        for (text, encoding) in cases {
            let (bytes, ..) = encoding.encode(text);
            assert_eq!(read(&bytes), (text.to_owned(), Some(encoding.name())));
        }
        let bytes: Vec<u8> = "plain words"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&bytes), ("plain words".to_owned(), Some("UTF-16LE")));
        assert_eq!(
            read("日本\u{1b}[1m".as_bytes()).1,
            None,
            "an escape is text"
        );
        assert_eq!(read(b""), (String::new(), None));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            &b"\x7FELF\x02\x01\x01\0\0\0"[..],
            b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR",
            b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n",
            b"a\0b",
            b"\xFF\xFE\0\0",
        ] {
            assert_eq!(decode(bytes.to_vec()), Err(NoText::Binary), "{bytes:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn utf8_is_exact_and_nothing_panics(text in "\\PC*", bytes: Vec<u8>) {
            proptest::prop_assume!(!text.starts_with('\u{FEFF}'));
            proptest::prop_assert_eq!(read(text.as_bytes()), (text, None));
            let _ = decode(bytes);
        }
    }
}
