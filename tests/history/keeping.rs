//! Conversations that are pinned, tagged, deleted and brought back, and those of other programs.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use limpid::chat::{ConversationId, Keeping};
use limpid::driver::{Store, StoreError};
use serde_json::Value;

use super::writing::Place;
use crate::support::run::{Home, assert_code, stderr, stdout};

fn pinned(keeping: &Keeping) -> Keeping {
    Keeping {
        pinned: true,
        ..keeping.tagged(["work".to_owned()])
    }
}

#[test]
fn what_is_pinned_comes_first_also_out_of_the_kept_list() {
    let place = Place::with_messages(3);
    let newer = limpid::driver::ulid::next(1_900_000_000_000, None);
    std::fs::write(place.store.path_of(&newer), place.bytes()).expect("it can be written");
    assert_eq!(place.store.list().unwrap()[0].id, newer);
    let changed = place.store.keep(&place.id, pinned).expect("it is not open");
    assert_eq!(changed.pinned, Some(true));
    for _ in 0..2 {
        let list = place.store.list().unwrap();
        assert_eq!(list[0].id, place.id);
        assert!(list[0].keeping.pinned && !list[1].keeping.pinned);
        assert_eq!(list[0].keeping.tags, ["work"]);
    }
    let again = place.store.keep(&place.id, pinned).expect("it is not open");
    assert_eq!(again, limpid::chat::record::MetaChange::default());
}

#[test]
fn a_conversation_that_is_open_elsewhere_is_left_alone() {
    let place = Place::with_messages(3);
    let before = place.bytes();
    let history = place.history();
    assert!(history.open(place.id.clone()));
    history.events().recv().expect("it is opened");
    let kept = place.store.keep(&place.id, pinned);
    assert!(matches!(kept, Err(StoreError::ReadOnly { .. })), "{kept:?}");
    let gone = place.store.set_aside(&place.id);
    assert!(matches!(gone, Err(StoreError::InUse { .. })), "{gone:?}");
    assert_eq!(place.bytes(), before);
}

#[test]
fn what_was_deleted_comes_back_as_it_was() {
    let place = Place::with_messages(3);
    let before = place.bytes();
    place.store.set_aside(&place.id).expect("it is not open");
    assert!(place.store.list().unwrap().is_empty());
    let deleted = place.store.deleted().unwrap();
    assert_eq!(deleted[0].id, place.id);
    assert!(place.store.expire_deleted(30).unwrap().is_empty());
    let found = place.store.find_deleted(&place.id.0[..20]).unwrap();
    place.store.restore(&found).expect("its place is free");
    assert_eq!(place.bytes(), before);
    assert!(place.store.deleted().unwrap().is_empty());
}

#[test]
fn what_was_deleted_goes_for_good_when_its_days_are_over() {
    let place = Place::with_messages(3);
    place.store.set_aside(&place.id).expect("it is not open");
    let gone = place.store.expire_deleted(0).unwrap();
    assert_eq!(gone, std::slice::from_ref(&place.id));
    assert!(place.store.restore(&place.id).is_err());
}

#[test]
fn purge_takes_along_what_was_deleted() {
    let place = Place::with_messages(3);
    place.store.set_aside(&place.id).expect("it is not open");
    let (removed, kept) = place.store.purge().expect("nothing is open");
    assert_eq!((removed, kept.len()), (1, 0));
    let left = std::fs::read_dir(place.store.folder()).unwrap().count();
    assert_eq!(left, 0);
}

#[test]
fn what_was_computed_of_a_conversation_goes_with_its_last_trace() {
    let (home, ids) = imported();
    let store = Store::new(home.path().join("data/limpid/history"));
    let [stays, waits] = [&ids[0], &ids[1]].map(|id| ConversationId(id.clone()));
    assert!(store.path_of(&stays).exists(), "the history is there");
    store.set_aside(&waits).expect("it is not open");
    let folder = home.path().join("cache/limpid/states/model");
    std::fs::create_dir_all(&folder).expect("it can be made");
    let state = |id: &str| folder.join(format!("{id}.kv"));
    let all = || [&stays.0, &waits.0, "01ARZ3NDEKTSV4RRFFQ69G5FAV"].map(|id| state(id).exists());
    // What conversations begin with alike belongs to none of them.
    let opening = "opening-0123456789abcdef0123456789abcdef";
    for id in [&stays.0, &waits.0, "01ARZ3NDEKTSV4RRFFQ69G5FAV", opening] {
        let file = std::fs::File::create(state(id)).expect("it can be written");
        let then = SystemTime::now() - Duration::from_hours(48);
        file.set_modified(then).expect("it has a date");
    }
    assert_code(&home.run(&["history", "list"]), 0);
    assert_eq!(all(), [true, true, false], "one that is not here at all");
    assert_code(&home.run(&["history", "restore", &waits.0]), 0);
    assert!(state(&waits.0).exists(), "it came back");
    store.set_aside(&waits).expect("it is not open");
    let settings = home.path().join("config/limpid/config.toml");
    std::fs::create_dir_all(settings.parent().expect("it is in a folder")).expect("it is made");
    std::fs::write(&settings, "[history]\nkeep_deleted_days = 0\n").expect("it is written");
    assert_code(&home.run(&["history", "list"]), 0);
    assert_eq!(all(), [true, false, false], "it cannot come back");
    assert_code(&home.run(&["history", "rm", &stays.0]), 0);
    assert_eq!(all(), [false; 3]);
    assert!(state(opening).exists());
    assert_code(&home.run(&["history", "purge", "--yes"]), 0);
    assert!(!state(opening).exists());
}

/// A home into which two conversations were imported; the ids of both.
fn imported() -> (Home, Vec<String>) {
    let home = Home::new();
    let export = r#"[{"title":"Sky","messages":[{"role":"user","content":"Why is the sky blue?"},{"role":"assistant","content":"Mie scattering."}]},
        {"messages":[{"role":"user","content":"Hello\u001b[2J"},{"role":"assistant","content":"Ho"}]}]"#;
    let output = home.run_with(&["history", "import", "-"], export.as_bytes());
    assert_code(&output, 0);
    let ids: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
    assert_eq!(ids.len(), 2, "{}", stderr(&output));
    assert!(!stderr(&output).contains('\u{1b}'));
    // The same once more is left alone.
    let again = home.run_with(&["history", "import", "-"], export.as_bytes());
    assert_code(&again, 0);
    assert_eq!(stdout(&again), "");
    assert!(stderr(&again).contains("here already: 2 conversations\n"));
    (home, ids)
}

fn listed(home: &Home, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["history", "list", "--format", "json"];
    all.extend(arguments);
    let output = home.run(&all);
    assert_code(&output, 0);
    serde_json::from_str(&stdout(&output)).expect("it is JSON")
}

fn session(messages: &[(&str, &str)]) -> String {
    let mut text = "model: ollama:llama3\nmessages:\n".to_owned();
    for (role, content) in messages {
        let _ = write!(text, "- role: {role}\n  content: {content}\n");
    }
    text
}

#[test]
fn a_session_of_aichat_that_has_grown_is_brought_up_to_date() {
    let home = Home::new();
    let import = |messages: &[(&str, &str)]| {
        let output = home.run_with(&["history", "import", "-"], session(messages).as_bytes());
        assert_code(&output, 0);
        (stdout(&output), stderr(&output))
    };
    let mut messages = vec![("user", "Hi"), ("assistant", "Hello")];
    let (id, _) = import(&messages);
    messages.extend([("user", "Why is the sky blue"), ("assistant", "Mie")]);
    let (again, said) = import(&messages);
    assert_eq!(again, id);
    assert!(
        said.contains("Hi: 2 messages, new since it was imported\n"),
        "{said}"
    );
    assert!(
        said.contains("grown since, and here already: 1 conversation\n"),
        "{said}"
    );
    let (nothing, said) = import(&messages);
    assert_eq!(nothing, "");
    assert!(
        said.contains("left alone, and here already: 1 conversation\n"),
        "{said}"
    );
    let shown = || stdout(&home.run(&["history", "show", id.trim()]));
    assert!(shown().contains("Mie"), "{}", shown());
    // What is said here since stays shown, with what is new beside it.
    let talk = home.run_with(
        &["repl", &format!("-C={}", id.trim())],
        b"/correct Rayleigh\n/exit\n",
    );
    assert_code(&talk, 0);
    messages.extend([("user", "And red"), ("assistant", "A long way")]);
    let (again, said) = import(&messages);
    assert_eq!(again, id);
    assert!(
        said.contains("in a branch beside what was added here"),
        "{said}"
    );
    assert!(shown().contains("Rayleigh") && !shown().contains("A long way"));
    // Another session that begins alike is another conversation.
    let (other, said) = import(&[("user", "Hi"), ("assistant", "Hello"), ("user", "Bye")]);
    assert_ne!(other, id);
    assert!(said.contains("aichat: 1 conversation imported\n"), "{said}");
    assert_eq!(listed(&home, &[]).len(), 2);
}

#[test]
fn conversations_are_kept_from_the_shell() {
    let (home, ids) = imported();
    for arguments in [
        &["pin", &ids[0]][..],
        &["tag", &ids[0], "#Sky", "work"],
        &["rename", &ids[0], "Blue", "light"],
        &["archive", &ids[1]],
    ] {
        let output = home.run(&[&["history"], arguments].concat());
        assert_code(&output, 0);
    }
    let list = listed(&home, &["--tag", "sky"]);
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["title"], "Blue light");
    assert_eq!(list[0]["pinned"], true);
    assert_eq!(list[0]["tags"], serde_json::json!(["sky", "work"]));
    assert_eq!(listed(&home, &[]).len(), 1);
    assert_eq!(listed(&home, &["--archived"])[0]["id"], ids[1].as_str());
    for arguments in [
        &["unpin", &ids[0]][..],
        &["untag", &ids[0], "work"],
        &["unarchive", &ids[1]],
    ] {
        assert_code(&home.run(&[&["history"], arguments].concat()), 0);
    }
    assert_eq!(listed(&home, &[]).len(), 2);
    assert_code(&home.run(&["history", "tag", &ids[0], "two words"]), 2);
    assert_code(&home.run(&["history", "pin", "NOSUCH"]), 1);
}

#[test]
fn an_export_has_the_form_of_its_files_ending_and_writes_over_nothing() {
    let (home, ids) = imported();
    let page = home.path().join("page.html");
    let page = page.to_str().expect("temporary paths are UTF-8");
    let arguments = ["history", "export", &ids[1], "-o", page];
    assert_code(&home.run(&arguments), 0);
    let text = std::fs::read_to_string(page).expect("it is there");
    assert!(text.starts_with("<!DOCTYPE html>"), "{text}");
    assert!(
        !text.contains('\u{1b}') && !text.contains("<script"),
        "{text}"
    );
    assert_code(&home.run(&arguments), 1);
    assert_eq!(std::fs::read_to_string(page).expect("it is there"), text);
}

#[test]
fn rated_answers_are_exported_as_lines_to_train_on() {
    let (home, ids) = imported();
    let none = home.run(&["history", "export", "--rated"]);
    assert_code(&none, 0);
    assert_eq!(stdout(&none), "");
    // The last answer is corrected, and that is rated.
    let talk = home.run_with(
        &["repl", &format!("-C={}", ids[0])],
        b"/correct Rayleigh scattering.\n/rate up\n/exit\n",
    );
    assert_code(&talk, 0);
    let pairs = home.run(&["history", "export", "--rated", "--format", "preference"]);
    assert_code(&pairs, 0);
    let pair: Value = serde_json::from_str(&stdout(&pairs)).expect("it is one line of JSON");
    assert_eq!(pair["chosen"][0]["content"], "Rayleigh scattering.");
    assert_eq!(pair["rejected"][0]["content"], "Mie scattering.");
    let chats = home.run(&["history", "export", "--rated", &ids[0]]);
    let chat: Value = serde_json::from_str(&stdout(&chats)).expect("it is one line of JSON");
    assert_eq!(chat["messages"][1]["content"], "Rayleigh scattering.");
    assert_code(
        &home.run(&["history", "export", "--rated", "--format", "md"]),
        2,
    );
}
