//! llama.cpp's flags of several letters behind one dash.

use std::ffi::OsString;

/// As llama.cpp spells them, and what they stand for here.
const LETTERS: &[(&str, &str)] = &[
    ("-ngl", "--gpu-layers"),
    ("-ub", "--ubatch-size"),
    ("-sys", "--system"),
    ("-sysf", "--system-prompt-file"),
    ("-hf", "--model"),
    ("-fa", "--flash-attn"),
    ("-ctk", "--cache-type-k"),
    ("-ctv", "--cache-type-v"),
    ("-dev", "--device"),
];

/// Spells them out: `-ngl 8` and `-ngl=8` become `--gpu-layers`. Behind `--` all is text.
pub(super) fn expand(argv: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut only_text = false;
    argv.into_iter()
        .map(|argument| {
            only_text |= argument == "--";
            match argument.to_str() {
                Some(text) if !only_text => spelled_out(text).map_or(argument, OsString::from),
                _ => argument,
            }
        })
        .collect()
}

fn spelled_out(text: &str) -> Option<String> {
    LETTERS
        .iter()
        .find_map(|(letters, long)| match text.strip_prefix(letters)? {
            "" => Some((*long).to_owned()),
            rest => rest.starts_with('=').then(|| format!("{long}{rest}")),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_spelled_out_where_they_are_flags() {
        let argv = [
            "limpid", "-ngl", "8", "-ub=64", "-sys", "x", "-s", "3", "-ngland", "--", "-ngl",
        ];
        let expected = [
            "limpid",
            "--gpu-layers",
            "8",
            "--ubatch-size=64",
            "--system",
            "x",
            "-s",
            "3",
            "-ngland",
            "--",
            "-ngl",
        ];
        assert_eq!(
            expand(argv.map(OsString::from)),
            expected.map(OsString::from)
        );
    }
}
