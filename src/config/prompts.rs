//! System prompts under a name: files `NAME.md` in the settings folder's `system`, and some that
//! are built in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::nearest;
use crate::words::config as words;

/// A larger file is none that a person wrote.
const SIZE_LIMIT: u64 = 1 << 20;
const EXTENSION: &str = "md";

const BUILT_IN: [(&str, &str); 4] = [
    (
        "concise",
        "Answer in as few words as the question allows. Say the answer first. No preamble, no \
         summary, no offers of further help.",
    ),
    (
        "teacher",
        "You are a patient teacher. Explain step by step, from what the reader knows to what is \
         new, with one small example. Say what is commonly misunderstood. End with a question \
         that lets the reader check what was understood.",
    ),
    (
        "translator",
        "Translate what the user writes: English into the language the user named last, and \
         every other language into English. Write the translation alone. Keep names, numbers, \
         code and formatting as they are.",
    ),
    (
        "reviewer",
        "You review code and text. Name each problem with its place, say why it is one, and what \
         to write instead; the worst first. Say nothing about what is fine. If you are not sure, \
         say so.",
    ),
];

/// A system prompt that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemPrompt {
    /// Raw: sanitise when shown.
    pub name: String,
    /// `None` of one that is built in.
    pub file: Option<PathBuf>,
}

/// Whether `@NAME` may mean a named prompt: a path has slashes or an ending.
#[must_use]
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['/', '\\', '.']) && !text.contains(char::is_whitespace)
}

/// Those that there are, the user's first; one of the user's hides the built-in one of its name.
#[must_use]
pub fn list(folder: Option<&Path>) -> Vec<SystemPrompt> {
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
    let mut prompts: Vec<SystemPrompt> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let name = path.file_stem()?.to_str()?.to_owned();
            let is_one = path.extension().is_some_and(|it| it == EXTENSION) && is_name(&name);
            is_one.then_some(SystemPrompt {
                name,
                file: Some(path),
            })
        })
        .collect();
    prompts.sort_by(|one, other| one.name.cmp(&other.name));
    for (name, _) in BUILT_IN {
        if prompts.iter().all(|prompt| prompt.name != name) {
            prompts.push(SystemPrompt {
                name: name.to_owned(),
                file: None,
            });
        }
    }
    prompts
}

/// The text of the prompt with this name.
///
/// # Errors
/// A sentence: there is none, where it was looked for and what is near; or its file cannot be
/// read.
pub fn find(name: &str, folder: Option<&Path>) -> Result<String, String> {
    if let Some(folder) = folder.filter(|_| is_name(name)) {
        let path = folder.join(format!("{name}.{EXTENSION}"));
        match read(&path) {
            Ok(text) => return Ok(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(words::cannot_read(path.display(), error)),
        }
    }
    if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
        return Ok((*text).to_owned());
    }
    let known = list(folder);
    let near = nearest(name, known.iter().map(|prompt| prompt.name.as_str()));
    let missing = match folder {
        Some(folder) => {
            let file = folder.join(format!("{name}.{EXTENSION}"));
            words::no_prompt_in(name, file.display())
        }
        None => words::no_prompt(name),
    };
    Err(match near {
        Some(near) => words::with_hint(missing, words::did_you_mean_prompt(near)),
        None => missing,
    })
}

fn read(path: &Path) -> io::Result<String> {
    let length = fs::metadata(path)?.len();
    if length > SIZE_LIMIT {
        return Err(io::Error::other(words::LARGER_THAN_1_MIB.text()));
    }
    Ok(fs::read_to_string(path)?.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_prompt_goes_before_the_built_in_one_of_its_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folder = folder.path();
        for (name, text) in [
            ("pirate.md", "Arr.\n"),
            ("concise.md", "Short."),
            ("notes.txt", "x"),
        ] {
            fs::write(folder.join(name), text).expect("can be written");
        }
        assert_eq!(find("pirate", Some(folder)).as_deref(), Ok("Arr."));
        assert_eq!(find("concise", Some(folder)).as_deref(), Ok("Short."));
        assert!(find("teacher", Some(folder)).is_ok());
        let names: Vec<String> = list(Some(folder)).into_iter().map(|it| it.name).collect();
        assert_eq!(
            names,
            ["concise", "pirate", "teacher", "translator", "reviewer"]
        );
    }

    #[test]
    fn an_unknown_prompt_says_where_it_was_looked_for_and_what_is_near() {
        let says = find("concice", Some(Path::new("/conf/system"))).expect_err("there is none");
        assert!(says.contains("/conf/system/concice.md"), "{says}");
        assert!(
            says.contains("built in") && says.contains("@concise?"),
            "{says}"
        );
        let says = find("../../etc/passwd", Some(Path::new("/conf"))).expect_err("is no name");
        assert!(says.contains("there is no system prompt"), "{says}");
    }
}
