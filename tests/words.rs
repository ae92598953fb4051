//! What the program says to people lives in `src/words`, in every language: no sentence stays
//! where it is used.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::Regex;

/// Where English stands, and why.
const ENGLISH: &[(&str, &str)] = &[
    ("src/words", "the words themselves"),
    ("src/cli.rs", "help, whose Chinese is found by it"),
    ("src/cli/flags.rs", "help, whose Chinese is found by it"),
    ("src/cli/command", "help, whose Chinese is found by it"),
    ("src/cli/spoken.rs", "what clap is heard saying"),
    ("src/cli/generate", "the manual"),
    ("src/config/prompts.rs", "what models are told"),
    (
        "src/commands/tokens/samples.rs",
        "texts that tokenizers are tried on",
    ),
    ("src/model/gguf/fixture.rs", "models that tests make"),
    ("src/model/template/guard.rs", "templates"),
    ("src/model/tuning.rs", "what names a machine in a file"),
    ("src/model/store.rs", "what names an origin in JSON"),
    ("src/inference/schema.rs", "what a parser is heard saying"),
    ("src/chat/session/prompt.rs", "what models are told"),
    ("src/chat/attachment.rs", "what models are told"),
    ("src/driver/shell.rs", "what models are told"),
    ("src/tui/presets.rs", "a command to type"),
    (
        "src/tui/pane/tokens/head.rs",
        "the name of a sampler's number",
    ),
    ("src/engine/host.rs", "the engine's log"),
    ("src/engine/host", "the engine's log"),
    ("src/engine/sandbox.rs", "the engine's log"),
    ("src/engine/sandbox", "the engine's log"),
    ("src/engine/llama/kept.rs", "the engine's log"),
    ("src/engine/llama/kept", "the engine's log"),
    ("src/engine/llama/log.rs", "what llama.cpp is heard saying"),
    (
        "src/engine/llama/constraint.rs",
        "what llama.cpp is heard saying",
    ),
    ("src/engine/resident/desk.rs", "the resident engine's log"),
    ("src/engine/resident/hub.rs", "the resident engine's log"),
];

/// Whose arguments only developers read.
const FOR_DEVELOPERS: &[&str] = &[
    "expect",
    "unreachable",
    "panic",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "trace",
    "debug",
    "info",
    "warn",
    // Of a thread.
    "name",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a source folder can be listed") {
        let path = entry.expect("a folder entry can be read").path();
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

fn is_word(tree: Option<&TokenTree>, words: &[&str]) -> bool {
    matches!(tree, Some(TokenTree::Ident(word)) if words.iter().any(|it| word == it))
}

fn is_sign(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(it)) if it.as_char() == sign)
}

/// The texts in code, without tests, without documentation and other attributes but those that
/// say an error, and without what only developers read.
fn texts(code: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = code.into_iter().collect();
    let mut at = 0;
    while at < trees.len() {
        match &trees[at] {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let bang = usize::from(is_sign(trees.get(at + 1), '!'));
                if let Some(TokenTree::Group(attribute)) = trees.get(at + 1 + bang)
                    && attribute.delimiter() == Delimiter::Bracket
                {
                    let inside: Vec<_> = attribute.stream().into_iter().collect();
                    if is_word(inside.first(), &["error"]) {
                        texts(attribute.stream(), found);
                    } else if attribute.stream().to_string().replace(' ', "") == "cfg(test)" {
                        at += item(&trees[at + 2 + bang..]);
                    }
                    at += 2 + bang;
                    continue;
                }
            }
            TokenTree::Ident(_) => {
                let bang = usize::from(is_sign(trees.get(at + 1), '!'));
                let developers = is_word(trees.get(at), FOR_DEVELOPERS)
                    || bang == 1 && is_word(trees.get(at), &["error"]);
                if developers && matches!(trees.get(at + 1 + bang), Some(TokenTree::Group(_))) {
                    at += 2 + bang;
                    continue;
                }
            }
            TokenTree::Group(group) => texts(group.stream(), found),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if text.starts_with(['"', 'r']) {
                    found.push(text);
                }
            }
            TokenTree::Punct(_) => {}
        }
        at += 1;
    }
}

/// How many trees the item is long that begins here: up to its braces or its semicolon.
fn item(trees: &[TokenTree]) -> usize {
    let end = trees.iter().position(|tree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        tree => is_sign(Some(tree), ';'),
    });
    end.map_or(trees.len(), |end| end + 1)
}

/// The texts of at least two words, markup aside.
fn sentences(source: &str) -> Vec<String> {
    let prose = Regex::new(r"[a-z]{2,}[,;:]? [a-z]{2,}").expect("the pattern of prose is sound");
    let markup = Regex::new("^r?#*\"\\s*(<|\\{%)").expect("the pattern of markup is sound");
    let mut found = Vec::new();
    texts(source.parse().expect("a source file is Rust"), &mut found);
    found.retain(|text| prose.is_match(text) && !markup.is_match(text));
    found
}

#[test]
fn every_sentence_for_people_lives_in_the_room_of_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let mut left = String::new();
    for file in files {
        let name = file.strip_prefix(root).expect("found below it");
        if ENGLISH.iter().any(|(place, _)| name.starts_with(place)) {
            continue;
        }
        let source = fs::read_to_string(&file).expect("a source file is text");
        for sentence in sentences(&source) {
            let _ = writeln!(left, "{}: {sentence}", name.display());
        }
    }
    assert!(left.is_empty(), "words outside src/words:\n{left}");
}

#[test]
fn what_people_do_not_read_is_no_sentence() {
    let source = r#"
        //! Not this one.
        #[doc = "nor this one"]
        #[error("but this one")]
        struct S;
        fn f() {
            let a = ("two words", "one", '"', b"of bytes only");
            a.expect("never so bad");
            warn!("kept in the log");
            html("<p class=\"not this\">");
        }
        #[cfg(test)]
        mod tests { fn g() { h("only a test"); } }
    "#;
    assert_eq!(sentences(source), ["\"but this one\"", "\"two words\""]);
}
