use std::collections::HashSet;
use std::path::Path;

use crossterm::event::{KeyCode, KeyModifiers};
use toml_edit::Document;

use super::*;
use crate::config::error::{ConfigError, SourceText};

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
            "the key ctrl-s stands twice in [keys.input], on line 2 already",
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
        ("ctrl-3", "esc"),
        ("ctrl-8", "backspace"),
        ("ctrl-?", "backspace"),
        ("ctrl-shift-a", "ctrl-a"),
        ("ctrl-alt-m", "alt-enter"),
        ("alt-ctrl-i", "alt-tab"),
        ("C-M-h", "alt-backspace"),
        ("ctrl-alt-[", "alt-esc"),
        ("ctrl-alt-3", "alt-esc"),
        ("ctrl-alt-?", "alt-backspace"),
        ("ctrl-alt-shift-a", "ctrl-alt-a"),
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
    for text in ["ctrl-alt-j", "ctrl-alt-a", "alt-m", "alt-i", "alt-?"] {
        Chord::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

#[test]
fn a_global_key_that_a_context_hides_is_reported() {
    let keymap = merged("[keys.global]\nctrl-p = \"palette\"\n").expect("is right");
    assert_eq!(
        keymap.notices(),
        [
            "config.toml:2: ctrl-p is bound to 'palette' everywhere, but [keys.input] has it as 'history-previous'",
            "config.toml:2: ctrl-p is bound to 'palette' everywhere, but [keys.list] has it as 'list-up'",
        ]
    );
}

#[test]
fn a_key_that_stands_before_a_global_one_is_reported_and_a_lost_way_out_first() {
    let own = "[keys.pane]\nf2 = \"copy\"\n[keys.input]\nctrl-t = \"yank\"\nctrl-c = \"copy-selection\"\n\
               esc = \"none\"\n[keys.token]\nesc = \"copy\"\n[keys.list]\nf1 = \"choose\"\n";
    let keymap = merged(own).expect("is right");
    assert_eq!(
        keymap.notices(),
        [
            "config.toml:5: careful: no key is 'interrupt' in [keys.input] any more, since ctrl-c is 'copy-selection' there",
            "config.toml:8: careful: no key is 'back' in [keys.token] any more, since esc is 'copy' there",
            "config.toml:2: f2 is 'copy' in [keys.pane], and no key is 'toggle-mouse' there any more",
            "config.toml:4: ctrl-t is 'yank' in [keys.input], and no key is 'token-view' there any more",
            "config.toml:10: f1 is 'choose' in [keys.list], and no key is 'help' there any more",
        ]
    );
    // In a pane `?` is help as well.
    let keymap = merged("[keys.pane]\nf1 = \"copy\"\n").expect("is right");
    assert_eq!(
        keymap.notices(),
        ["config.toml:2: f1 is 'copy' in [keys.pane] and no longer 'help' there; ? still is"]
    );
}

#[test]
fn what_stands_before_a_global_key_anyway_or_is_told_of_there_is_not_reported() {
    // Tab completes in the input, whatever else it is to do there.
    for quiet in [
        "[keys.input]\ntab = \"send\"\n",
        "[keys.list]\nalt-p = \"tag\"\n",
        "[keys.pane]\n\"?\" = \"help\"\n",
        "[keys.input]\nctrl-c = \"interrupt\"\n",
    ] {
        let keymap = merged(quiet).expect("is right");
        let hidden = |notice: &&String| notice.contains("there");
        assert_eq!(keymap.notices().iter().find(hidden), None, "{quiet}");
    }
    let both = merged("[keys.global]\nctrl-p = \"palette\"\n[keys.input]\nctrl-p = \"send\"\n");
    let both = both.expect("is right");
    let of_the_input = |notice: &&String| notice.contains("[keys.input]");
    assert_eq!(both.notices().iter().filter(of_the_input).count(), 1);
}

#[test]
fn the_defaults_written_down_are_nothing_to_report() {
    let mut text = String::new();
    for context in Context::ALL {
        text.push_str(&format!("[keys.{}]\n", context.name()));
        for (key, action) in context.defaults() {
            text.push_str(&format!("{key:?} = \"{}\"\n", action.name()));
        }
    }
    let keymap = merged(&text).expect("is right");
    let told = keymap.notices().iter();
    let told: Vec<_> = told.filter(|it| !it.contains("kitty")).collect();
    assert_eq!(told, [] as [&String; 0]);
}

#[test]
fn a_key_is_looked_up_beneath_its_context_and_named_only_where_it_does_that() {
    let mut keymap = Keymap::default();
    let plain = |letter| key(KeyCode::Char(letter), KeyModifiers::NONE);
    let does = |keymap: &Keymap, context, event| keymap.action(context, event);
    assert_eq!(
        does(&keymap, Context::Sampler, plain('l')),
        Some(Action::RaiseValue)
    );
    assert_eq!(
        does(
            &keymap,
            Context::Sampler,
            key(KeyCode::Enter, KeyModifiers::NONE)
        ),
        Some(Action::Choose)
    );
    assert_eq!(does(&keymap, Context::List, plain('u')), None);
    assert_eq!(
        does(&keymap, Context::Deleted, plain('u')),
        Some(Action::RestoreDeleted)
    );
    assert_eq!(
        does(&keymap, Context::Compare, plain('q')),
        Some(Action::Back)
    );
    let named = |keymap: &Keymap, context, action| {
        let keys = keymap.keys_in(context, action);
        keys.map(|one| one.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(named(&keymap, Context::Compare, Action::Back), ["esc", "q"]);
    assert_eq!(named(&keymap, Context::Token, Action::Back), ["esc"]);
    let esc = Chord::parse("esc").expect("is a key");
    keymap.bind(Context::Token, esc, Some(Action::Copy));
    assert_eq!(
        named(&keymap, Context::Token, Action::Back),
        [] as [&str; 0]
    );
    keymap.bind(Context::Compare, esc, None);
    assert_eq!(named(&keymap, Context::Compare, Action::Back), ["q"]);
    assert_eq!(named(&keymap, Context::Pane, Action::Back), ["esc"]);
}

#[test]
fn a_key_that_only_some_terminals_tell_is_bound_and_reported() {
    for (text, needs) in [
        ("ctrl-1", true),
        ("ctrl-,", true),
        ("ctrl-enter", true),
        ("ctrl-tab", true),
        ("shift-enter", true),
        ("alt-enter", false),
        ("shift-tab", false),
        ("ctrl-space", false),
        ("ctrl-\\", false),
        ("ctrl-a", false),
        ("alt-,", false),
        ("ctrl-left", false),
        ("f5", false),
    ] {
        let chord = Chord::parse(text).expect("can be bound");
        assert_eq!(chord.needs_kitty(), needs, "{text}");
    }
    let keymap = merged("[keys.global]\n\nctrl-1 = \"redraw\"\n").expect("is right");
    let [notice] = keymap.notices() else {
        panic!("{:?}", keymap.notices());
    };
    assert!(
        notice.starts_with("config.toml:3: ctrl-1 is told only by"),
        "{notice}"
    );
}

#[test]
fn what_a_terminal_sends_for_a_key_with_control_is_that_key() {
    // Terminals send 0x1C for Ctrl-\\ and Ctrl-4 alike.
    let keymap = merged("[keys.global]\n'ctrl-\\' = \"redraw\"\n").expect("is right");
    let sent = key(KeyCode::Char('4'), KeyModifiers::CONTROL);
    assert_eq!(keymap.action(Context::Pane, sent), Some(Action::Redraw));
    // And an escape with 0x1F for Ctrl-Alt-_, which is read as this.
    let keymap = merged("[keys.global]\nctrl-alt-_ = \"redraw\"\n").expect("is right");
    let sent = key(
        KeyCode::Char('7'),
        KeyModifiers::CONTROL | KeyModifiers::ALT,
    );
    assert_eq!(keymap.action(Context::Pane, sent), Some(Action::Redraw));
}

#[test]
fn an_action_that_lost_its_last_key_is_reported_unless_the_key_was_freed() {
    let keymap = merged("[keys.global]\nf1 = \"redraw\"\nalt-o = \"redraw\"\n").expect("is right");
    // Help has `?` in panes still.
    let [notice] = keymap.notices() else {
        panic!("{:?}", keymap.notices());
    };
    assert!(notice.starts_with(
        "config.toml:3: alt-o is bound to 'redraw', and nothing to 'pick-conversation'"
    ));
    let freed = merged("[keys.global]\nalt-o = \"none\"\n").expect("is right");
    assert_eq!(freed.notices(), &[] as &[String]);
}

#[test]
fn each_binding_knows_its_line() {
    let keymap = merged("[keys.input]\nC-s = \"send\"\n").expect("is right");
    let chord = |text| Chord::parse(text).expect("is a key");
    assert_eq!(keymap.line_of(Context::Input, chord("ctrl-s")), Some(2));
    assert_eq!(keymap.line_of(Context::Input, chord("enter")), None);
}

#[test]
fn a_new_key_says_what_it_would_take_away() {
    let keymap = Keymap::default();
    let chord = |text| Chord::parse(text).expect("is a key");
    let says = |context, key, action| keymap.conflicts(context, chord(key), action);
    assert!(says(Context::Global, "alt-q", Action::PickModel).is_empty());
    assert!(
        says(Context::Global, "alt-m", Action::PickModel).is_empty(),
        "its own"
    );
    assert_eq!(
        says(Context::Global, "alt-u", Action::PickModel),
        ["it is 'undo' here, which would have no key"]
    );
    assert_eq!(
        says(Context::Input, "ctrl-t", Action::Send),
        ["it is 'token-view' everywhere, but not here then"]
    );
    let others = says(Context::Global, "ctrl-p", Action::PickModel);
    assert!(others[0].contains("[keys.input]"), "{others:?}");
}
