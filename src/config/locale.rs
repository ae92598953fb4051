//! What the environment says of language and characters.

/// Whether the environment promises UTF-8: the first of these that is set decides, as POSIX
/// says.
#[must_use]
pub fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()));
    // Nothing set: most often a bare container or ssh, on a terminal that has it.
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_the_first_that_is_set() {
        let table: [(&[(&str, &str)], bool); 6] = [
            (&[], true),
            (&[("LANG", "C")], false),
            (&[("LANG", "de_DE.UTF-8")], true),
            (&[("LANG", "C"), ("LC_ALL", "C.utf8")], true),
            (&[("LANG", "en_US.UTF-8"), ("LC_CTYPE", "POSIX")], false),
            (&[("LC_ALL", ""), ("LANG", "C.UTF-8")], true),
        ];
        for (variables, expected) in table {
            let find = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(is_utf8(find), expected, "{variables:?}");
        }
    }
}
