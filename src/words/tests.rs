use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::{Language, Phrase};

/// An entry of the catalogue, as the source has it.
struct Entry {
    name: String,
    english: String,
    chinese: String,
}

/// The sources of a folder and of those below it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).expect("the words can be listed") {
        let path = file.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The entries of all files, read from their sources: the macros leave nothing to list.
fn entries() -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words");
    let entry = Regex::new(
        r#"(?m)^ {4}(\w+)(?:\([\w, \n]+\))? =\s+"((?:[^"\\]|\\(?s:.))*)",\s+"((?:[^"\\]|\\(?s:.))*)";"#,
    )
    .expect("the pattern of an entry is sound");
    let mut found = Vec::new();
    for path in sources(&folder) {
        let source = fs::read_to_string(&path).expect("a source is text");
        let here: Vec<Entry> = entry
            .captures_iter(&source)
            .map(|found| Entry {
                name: format!("{}: {}", path.display(), &found[1]),
                english: found[2].to_owned(),
                chinese: found[3].to_owned(),
            })
            .collect();
        let written = source.lines().filter(|line| line.ends_with("\";")).count();
        if source.contains("phrases! {") || source.contains("sentences! {") {
            assert_eq!(
                here.len(),
                written,
                "not every entry of {} is read",
                path.display()
            );
        }
        found.extend(here);
    }
    found
}

/// The names of the values that a sentence shows.
fn values(sentence: &str) -> BTreeSet<String> {
    let value = Regex::new(r"\{(\w+)[:}]").expect("the pattern of a value is sound");
    let plain = sentence.replace("{{", "").replace("}}", "");
    let found = value.captures_iter(&plain);
    found.map(|found| found[1].to_owned()).collect()
}

/// What is in a sentence besides values and signs.
fn names(sentence: &str) -> Vec<String> {
    let value = Regex::new(r"\{[^}]*\}").expect("the pattern of a value is sound");
    let plain = value.replace_all(sentence, " ");
    let found = plain.split(|letter: char| !letter.is_alphanumeric());
    let found = found.filter(|name| !name.is_empty());
    found.map(str::to_owned).collect()
}

#[test]
fn each_language_shows_the_same_values() {
    for entry in entries() {
        assert_eq!(
            values(&entry.english),
            values(&entry.chinese),
            "{}",
            entry.name
        );
    }
}

#[test]
fn chinese_words_are_chinese() {
    let name = Regex::new(r"^[\W\d_]*(?:[\w.+/\\{}:<>%#·-]+[\W\d_]*){0,3}$").expect("sound");
    for entry in entries() {
        let chinese = entry
            .chinese
            .chars()
            .any(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
        let same_name = entry.chinese == entry.english && name.is_match(&entry.english);
        // Besides values and signs there may be a name or two in them.
        let names = names(&entry.english);
        let own = self::names(&entry.chinese);
        let only_names = names.len() <= 3 && names == own;
        // A sign may stand for a word: ` of {total}` is ` / {total}`.
        let signs = own.len() < names.len() && own.iter().all(|name| names.contains(name));
        assert!(
            chinese || same_name || only_names || signs,
            "{} is not translated",
            entry.name
        );
    }
}

#[test]
fn a_width_counts_columns() {
    const WORDS: Phrase = Phrase::new("four", "四");
    assert_eq!(format!("{WORDS:<6}|"), "four  |");
    assert_eq!(WORDS.in_language(Language::Chinese), "四");
}
