//! Addresses: which may be given to a terminal, and in which form.

/// Bytes of an address at most: terminals cut longer ones.
const LIMIT: usize = 2000;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To the web; in this form no byte of it can end or begin a control sequence.
    Web(String),
    /// Anywhere else, as it was written: it is shown, and never handed on.
    Other,
}

/// Judges an address.
#[must_use]
pub fn target(address: &str) -> Target {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    let is_web = scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    });
    if !is_web {
        return Target::Other;
    }
    let mut safe = String::with_capacity(address.len());
    for byte in address.bytes() {
        // What RFC 3986 has no room for is written in hexadecimal.
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    if safe.len() > LIMIT {
        return Target::Other;
    }
    Target::Web(safe)
}

/// Whether a link's words look like an address, so that a reader may take them for where it
/// leads.
pub(super) fn poses_as_address(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty()
        && !words.contains(char::is_whitespace)
        && (words.contains("://") || words.starts_with("www.") || words.contains('.'))
}

/// Whether a link's words say where it leads.
pub(super) fn says(words: &str, address: &str) -> bool {
    let bare = |text: &str| {
        let text = text.trim();
        let text = text.strip_prefix("mailto:").unwrap_or(text);
        text.trim_end_matches('/').to_owned()
    };
    bare(words) == bare(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_handed_to_a_terminal() {
        for address in ["https://x.org/a?b=c#d", "HTTP://x.org"] {
            assert_eq!(target(address), Target::Web(address.to_owned()));
        }
        for address in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ssh://host",
            "/relative",
            "x.org",
            "",
        ] {
            assert_eq!(target(address), Target::Other, "{address}");
        }
    }

    #[test]
    fn no_byte_of_an_address_controls_a_terminal() {
        let Target::Web(safe) = target("http://x\u{1b}]52;c;\u{7}\u{9c}\u{202e} \n日") else {
            panic!("it is of the web")
        };
        assert_eq!(safe, "http://x%1B]52;c;%07%C2%9C%E2%80%AE%20%0A%E6%97%A5");
        assert_eq!(
            target(&format!("http://{}", "a".repeat(5000))),
            Target::Other
        );
    }

    #[test]
    fn words_that_look_like_an_address_are_known() {
        assert!(poses_as_address("https://good.org"));
        assert!(poses_as_address("www.good.org/login"));
        assert!(poses_as_address("good.org"));
        assert!(!poses_as_address("the good one."));
        assert!(says("https://x.org", "https://x.org/"));
        assert!(!says("https://good.org", "https://evil.org"));
    }
}
