use std::collections::HashSet;
use std::path::Path;

use crossterm::event::{KeyCode, KeyModifiers};
use toml_edit::Document;

use super::*;

fn merged(text: &str) -> Result<Keymap, ConfigError> {
    let document = Document::parse(text).expect("is TOML");
    let source = SourceText {
        path: Path::new("config.toml"),
        text,
    };
    Keymap::merged(&source, document.get("keys").expect("has keys"))
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent::new(code, modifiers)
}

#[test]
fn every_default_key_can_be_read_and_none_stands_twice() {
    for context in Context::ALL {
        let mut seen = HashSet::new();
        for (text, _) in context.defaults() {
            let chord = Chord::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!(seen.insert(chord), "{text} in {context:?}");
            assert_eq!(chord.to_string(), *text);
        }
    }
}

#[test]
fn every_action_has_a_key_or_is_for_the_palette() {
    let keymap = Keymap::default();
    let bound: HashSet<_> = keymap.bindings().iter().map(|one| one.action).collect();
    let rest: Vec<_> = Action::ALL
        .into_iter()
        .filter(|one| !bound.contains(one))
        .collect();
    assert_eq!(rest, [Action::Leave]);
}

#[test]
fn a_key_means_what_its_context_says_and_else_what_it_means_everywhere() {
    let keymap = Keymap::default();
    let enter = key(KeyCode::Enter, KeyModifiers::NONE);
    assert_eq!(keymap.action(Context::Input, enter), Some(Action::Send));
    assert_eq!(
        keymap.action(Context::Token, enter),
        Some(Action::BranchHere)
    );
    assert_eq!(keymap.action(Context::Pane, enter), Some(Action::TokenView));
    let help = key(KeyCode::F(1), KeyModifiers::NONE);
    assert_eq!(keymap.action(Context::Input, help), Some(Action::Help));
    let question = key(KeyCode::Char('?'), KeyModifiers::SHIFT);
    assert_eq!(keymap.action(Context::Pane, question), Some(Action::Help));
    assert_eq!(keymap.action(Context::Input, question), None);
}

#[test]
fn terminals_that_tell_shift_differently_mean_the_same_key() {
    let keymap = Keymap::default();
    for event in [
        key(KeyCode::Char('N'), KeyModifiers::SHIFT),
        key(KeyCode::Char('N'), KeyModifiers::NONE),
        key(KeyCode::Char('n'), KeyModifiers::SHIFT),
    ] {
        assert_eq!(
            keymap.action(Context::Token, event),
            Some(Action::PreviousUncertain)
        );
    }
    for event in [
        key(KeyCode::BackTab, KeyModifiers::NONE),
        key(KeyCode::BackTab, KeyModifiers::SHIFT),
        key(KeyCode::Tab, KeyModifiers::SHIFT),
    ] {
        assert_eq!(
            keymap.action(Context::Input, event),
            Some(Action::PreviousPane)
        );
    }
}

#[test]
fn a_release_does_nothing() {
    let mut event = key(KeyCode::Enter, KeyModifiers::NONE);
    event.kind = KeyEventKind::Release;
    assert_eq!(Keymap::default().action(Context::Input, event), None);
}

#[test]
fn the_users_keys_go_over_the_defaults() {
    let keymap = merged("[keys.input]\nC-s = \"send\"\nctrl-r = \"none\"\n").expect("is right");
    let control = |letter| key(KeyCode::Char(letter), KeyModifiers::CONTROL);
    assert_eq!(
        keymap.action(Context::Input, control('s')),
        Some(Action::Send)
    );
    assert_eq!(keymap.action(Context::Input, control('r')), None);
    let keys: Vec<_> = keymap
        .keys(Context::Input, Action::Send)
        .map(|one| one.to_string())
        .collect();
    assert_eq!(keys, ["ctrl-s", "enter"]);
}

#[test]
fn mistakes_in_the_keys_name_the_line_and_the_nearest_word() {
    let table = [
        (
            "[keys.input]\n\nctrl-s = \"sned\"\n",
            Some(3),
            "unknown action 'sned'",
            Some("did you mean 'send'?"),
        ),
        (
            "[keys.inptu]\nctrl-s = \"send\"\n",
            Some(1),
            "unknown place 'keys.inptu'",
            Some("did you mean 'input'?"),
        ),
        (
            "[keys.input]\ncrtl-s = \"send\"\n",
            Some(2),
            "unknown key 'crtl-s'",
            Some("did you mean 'ctrl'?"),
        ),
        (
            "[keys.input]\nctrl-entre = \"send\"\n",
            Some(2),
            "unknown key 'ctrl-entre'",
            Some("did you mean 'enter'?"),
        ),
        (
            "[keys.input]\nctrl-s = \"send\"\nC-s = \"yank\"\n",
            Some(3),
            "the key ctrl-s stands twice in [keys.input]",
            None,
        ),
        (
            "[keys.input]\nctrl-s = 3\n",
            Some(2),
            "a key's action is a text",
            None,
        ),
    ];
    for (text, line, message, hint) in table {
        let error = merged(text).expect_err("has a mistake");
        assert_eq!(
            (error.line, error.message.as_str()),
            (line, message),
            "{text}"
        );
        assert_eq!(error.hints.first().map(String::as_str), hint, "{text}");
    }
}

#[test]
fn keys_that_terminals_cannot_tell_apart_are_refused() {
    for (text, same) in [
        ("ctrl-m", "enter"),
        ("C-I", "tab"),
        ("ctrl-h", "backspace"),
        ("ctrl-[", "esc"),
    ] {
        let error = Chord::parse(text).expect_err("cannot be told apart");
        assert!(
            error
                .message
                .ends_with(&format!("terminals send it as {same}")),
            "{error}"
        );
    }
    assert!(Chord::parse("alt-[").is_err());
}

#[test]
fn a_global_key_that_a_context_hides_is_reported() {
    let keymap = merged("[keys.global]\nctrl-p = \"palette\"\n").expect("is right");
    assert_eq!(
        keymap.notices(),
        [
            "ctrl-p is bound to 'palette' everywhere, but [keys.input] has it as 'history-previous'",
            "ctrl-p is bound to 'palette' everywhere, but [keys.list] has it as 'list-up'",
        ]
    );
}
