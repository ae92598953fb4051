//! Man pages and completions are committed, and are what the command line is.

use std::fs;
use std::path::{Path, PathBuf};

use limpid::cli::generate;
use limpid::commands::man;

fn man_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("man")
}

fn files_below(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder can be listed");
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            let inside = path.strip_prefix(man_folder()).expect("is below man/");
            files.push(inside.to_string_lossy().into_owned());
        }
    }
    files.sort();
    files
}

#[test]
fn committed_pages_and_completions_are_what_the_command_line_is() {
    for page in man::pages().expect("can be made") {
        let committed = fs::read_to_string(man_folder().join(&page.path)).unwrap_or_default();
        assert!(
            committed == page.text,
            "man/{} is old: run `make generate`",
            page.path
        );
    }
}

#[test]
fn man_holds_nothing_that_is_not_made() {
    let pages = man::pages().expect("can be made");
    let mut made: Vec<_> = pages.into_iter().map(|page| page.path).collect();
    made.sort();
    assert_eq!(files_below(&man_folder()), made);
}

#[test]
fn the_key_table_of_the_readme_is_what_the_keys_are() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("there is a README");
    let table = generate::key_table();
    assert!(
        readme.contains(&table),
        "the README's keys are old: run `make generate`"
    );
}

#[test]
fn the_slash_commands_of_the_readme_are_those_of_the_chat() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("there is a README");
    assert!(
        readme.contains(&man::slash_table()),
        "the README's slash commands are old: run `make generate`"
    );
}
