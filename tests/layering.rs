//! Arrows between the rooms go one way, as the map in `src/lib.rs` says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const FRONT_END: &[&str] = &[
    "driver",
    "chat",
    "config",
    "inference",
    "text",
    "probability",
    "metrics",
];

/// What every room may name.
const COMMON: &str = "words";

/// Each room and the rooms it may name, beside [`COMMON`].
const MAY_USE: &[(&str, &[&str])] = &[
    (COMMON, &[]),
    ("inference", &[]),
    ("text", &[]),
    ("probability", &["inference"]),
    ("metrics", &["inference"]),
    ("config", &["inference", "text"]),
    ("model", &["inference", "text"]),
    ("cli", &["config", "inference", "text"]),
    ("engine", &["inference", "model", "probability", "metrics"]),
    ("chat", &["inference", "probability", "text"]),
    (
        "driver",
        &["chat", "engine", "inference", "model", "metrics", "text"],
    ),
    ("tui", FRONT_END),
    ("repl", FRONT_END),
    ("pipe", FRONT_END),
    (
        "commands",
        &[
            "chat",
            "cli",
            "config",
            "driver",
            "engine",
            "inference",
            "metrics",
            "model",
            "probability",
            "text",
        ],
    ),
];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a source folder can be listed") {
            let path = entry.expect("a folder entry can be read").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files
        .into_iter()
        .map(|file| {
            let inside = file.strip_prefix(&root).expect("found below src");
            let source = fs::read_to_string(&file).expect("a source file is text");
            (
                inside.to_string_lossy().into_owned(),
                without_comments(&source),
            )
        })
        .collect()
}

fn without_comments(source: &str) -> String {
    let code: Vec<_> = source
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    code.join("\n")
}

/// The rooms that code names through `crate::`, groups included.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (start, marker) in code.match_indices("crate::") {
        let rest = &code[start + marker.len()..];
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let Some(group) = rest.strip_prefix('{') else {
            rooms.insert(rest.chars().take_while(|c| is_name(*c)).collect());
            continue;
        };
        // In a group, a name at depth 0 that follows the brace or a comma is a room.
        let (mut depth, mut name, mut first) = (0_u32, String::new(), true);
        for character in group.chars() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    rooms.insert(std::mem::take(&mut name));
                    first = true;
                }
                ':' if depth == 0 => first = false,
                c if depth == 0 && first && is_name(c) => name.push(c),
                _ => {}
            }
        }
        rooms.insert(name);
    }
    rooms.remove("");
    rooms
}

#[test]
fn arrows_between_rooms_go_one_way() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        let room = file
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs");
        if matches!(room, "main" | "lib") {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
            panic!("{file} is in no room of the map");
        };
        for named in rooms_named(&code) {
            let is_room = MAY_USE.iter().any(|(name, _)| *name == named);
            if is_room && named != room && named != COMMON && !allowed.contains(&named.as_str()) {
                wrong.push(format!("{file} uses {named}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that go up:\n{}", wrong.join("\n"));
}

#[test]
fn unsafe_code_stands_only_where_it_may() {
    for (file, code) in sources() {
        let may = file.starts_with("engine/llama") || file == "tui/signal.rs";
        let does = code.contains("unsafe {") || code.contains("allow(unsafe_code)");
        assert!(may || !does, "{file} has unsafe code");
    }
}

#[test]
fn rooms_are_found_in_plain_and_grouped_paths() {
    let named = rooms_named("use crate::chat::Node;\nuse crate::{engine::{Engine, wire}, text};");
    let expected: BTreeSet<String> = ["chat", "engine", "text"].map(String::from).into();
    assert_eq!(named, expected);
}
