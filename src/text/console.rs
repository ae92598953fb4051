//! The console that Linux draws itself, without a window system.

/// Whether a terminal's name, that of `TERM`, is a Linux console's.
#[must_use]
pub fn is_linux_console(term: &str) -> bool {
    term == "linux" || term.starts_with("linux-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consoles_are_known_by_their_name() {
        for term in ["linux", "linux-16color"] {
            assert!(is_linux_console(term), "{term}");
        }
        for term in ["", "xterm-linux", "linuxvt", "screen.linux"] {
            assert!(!is_linux_console(term), "{term}");
        }
    }
}
