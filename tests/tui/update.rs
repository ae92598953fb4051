//! What keys do, without a terminal.

use limpid::chat::UserEvent;
use limpid::inference::StopReason;
use limpid::tui::app::Focus;
use limpid::tui::layout::Pane;
use limpid::tui::reader::Input;
use limpid::tui::update::{Clip, Request};

use super::stage::Stage;

#[test]
fn enter_sends_and_alt_enter_does_not() {
    let mut stage = Stage::new(80, 24);
    stage.write("one");
    stage.press(&["alt-enter"]);
    stage.write("two");
    let requests = stage.press(&["enter"]);
    let sent = UserEvent::Submit("one\ntwo".to_owned());
    assert_eq!(requests, [Request::User(sent)]);
    assert!(stage.app.composer.editor.is_empty());
    assert_eq!(stage.press(&["enter"]), [], "nothing is not sent");
}

#[test]
fn vi_keys_edit_what_is_typed_and_enter_sends_it() {
    let mut stage = Stage::new(80, 24);
    stage.app.composer.use_vi(true);
    stage.write("one two");
    stage.press(&["esc"]);
    assert!(stage.text().contains(": one two"), "{}", stage.text());
    stage.write("bdwafour");
    assert_eq!(stage.app.composer.editor.text(), "one four");
    stage.press(&["esc", "esc"]);
    let sent = UserEvent::Submit("one four".to_owned());
    assert_eq!(stage.press(&["enter"]), [Request::User(sent)]);
    stage.write("k");
    assert_eq!(stage.app.composer.editor.text(), "k", "writing begins anew");
    stage.press(&["esc"]);
    stage.write("k");
    assert_eq!(stage.app.composer.editor.text(), "one four");
    stage.write("?");
    assert!(!stage.app.layers.is_empty(), "help");
}

#[test]
fn a_fence_holds_a_message_together() {
    let mut stage = Stage::new(80, 24);
    stage.write("\"\"\"one");
    assert_eq!(stage.press(&["enter"]), []);
    stage.write("/exit\"\"\"");
    let sent = UserEvent::Submit("one\n/exit".to_owned());
    assert_eq!(stage.press(&["enter"]), [Request::User(sent)]);
}

#[test]
fn ctrl_c_stops_then_clears_then_leaves_at_the_second() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("Why?", 80);
    stage.words("Because ");
    stage.write("half a thought");
    assert_eq!(stage.press(&["ctrl-c"]), [Request::User(UserEvent::Stop)]);
    stage.finish(StopReason::Cancelled);
    assert_eq!(stage.press(&["ctrl-c"]), []);
    assert!(stage.app.composer.editor.is_empty());
    assert_eq!(stage.press(&["ctrl-c"]), []);
    assert!(stage.text().contains("again to leave"));
    assert_eq!(stage.press(&["ctrl-c"]), [Request::Leave]);
}

#[test]
fn a_key_between_two_ctrl_c_takes_the_first_one_back() {
    let mut stage = Stage::new(80, 24);
    stage.press(&["ctrl-c"]);
    stage.write("x");
    stage.press(&["backspace"]);
    assert_eq!(stage.press(&["ctrl-c"]), []);
}

#[test]
fn ctrl_d_leaves_only_from_an_empty_line() {
    let mut stage = Stage::new(80, 24);
    stage.write("ab");
    stage.press(&["home"]);
    assert_eq!(stage.press(&["ctrl-d"]), []);
    assert_eq!(stage.app.composer.editor.text(), "b");
    stage.press(&["ctrl-d"]);
    assert_eq!(stage.press(&["ctrl-d"]), [Request::Leave]);
}

#[test]
fn tab_goes_round_the_panes_and_back_to_the_input() {
    let mut stage = Stage::new(80, 24);
    let mut visited = Vec::new();
    for _ in 0..4 {
        stage.press(&["tab"]);
        visited.push(stage.app.focus);
    }
    assert_eq!(
        visited,
        [
            Focus::Pane(Pane::Conversation),
            Focus::Pane(Pane::Tokens),
            Focus::Pane(Pane::Throughput),
            Focus::Input,
        ]
    );
    stage.press(&["backtab", "esc"]);
    assert_eq!(stage.app.focus, Focus::Input);
    assert_eq!(stage.app.pane, Pane::Conversation);
}

#[test]
fn tab_completes_after_a_slash() {
    let mut stage = Stage::new(80, 24);
    stage.write("/ex");
    stage.press(&["tab"]);
    let first = stage.app.composer.editor.text().to_owned();
    stage.press(&["tab"]);
    let second = stage.app.composer.editor.text().to_owned();
    assert_ne!(first, second);
    assert!(first.starts_with("/ex") && second.starts_with("/ex"));
    stage.press(&["ctrl-c"]);
    stage.write("/model sm");
    stage.press(&["tab"]);
    assert_eq!(stage.app.composer.editor.text(), "/model smollm2");
    assert_eq!(
        stage.press(&["enter"]),
        [Request::LoadModel("smollm2".to_owned())]
    );
}

#[test]
fn a_question_mark_is_typed_where_text_is_typed() {
    let mut stage = Stage::new(80, 24);
    stage.write("?");
    assert_eq!(stage.app.composer.editor.text(), "?");
    stage.press(&["tab", "?"]);
    assert_eq!(stage.app.layers.len(), 1);
    stage.press(&["esc"]);
    assert!(stage.app.layers.is_empty());
}

#[test]
fn the_token_cursor_branches_from_an_alternative() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    let message = stage.last_answer();
    stage.press(&["ctrl-t"]);
    stage.press(&["l"; 10]);
    let cursor = stage.app.cursor.expect("the cursor is there");
    assert_eq!((cursor.written(), cursor.candidate), (Some(10), None));
    assert_eq!(stage.press(&["enter"]), [], "the chosen one is no branch");
    stage.press(&["j"]);
    let candidate = stage.id(b"scatter");
    let requests = stage.press(&["enter"]);
    let branch = UserEvent::BranchAt {
        message,
        index: 10,
        candidate,
    };
    assert_eq!(requests, [Request::User(branch)]);
    assert_eq!(stage.app.cursor, None);
}

#[test]
fn n_goes_to_what_was_uncertain() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t", "n"]);
    assert_eq!(stage.app.cursor.expect("it is there").written(), Some(2));
    stage.press(&["n"]);
    assert_eq!(stage.app.cursor.expect("it is there").written(), Some(3));
    stage.press(&["N"]);
    assert_eq!(stage.app.cursor.expect("it is there").written(), Some(2));
}

#[test]
fn the_token_cursor_needs_tokens() {
    let mut stage = Stage::new(110, 30);
    stage.press(&["ctrl-t"]);
    assert_eq!(stage.app.cursor, None);
    assert!(stage.text().contains("no tokens to look at yet"));
}

#[test]
fn c_goes_through_the_colourings() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    let mut names = Vec::new();
    for _ in 0..5 {
        stage.press(&["c"]);
        names.push(stage.app.color_by.name());
    }
    assert_eq!(names, ["probability", "entropy", "rank", "surprise", "off"]);
}

#[test]
fn siblings_are_reached_with_brackets() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.user(UserEvent::Regenerate);
    stage.words("Another answer. ");
    stage.finish(StopReason::EndOfGeneration);
    assert!(stage.text().contains("◂ 2/2 ▸"));
    let message = stage.last_answer();
    let requests = stage.press(&["tab", "["]);
    let sibling = UserEvent::Sibling {
        message,
        offset: -1,
    };
    assert_eq!(requests, [Request::User(sibling)]);
    stage.obey(requests);
    assert!(stage.text().contains("◂ 1/2 ▸"));
    assert_eq!(stage.press(&["["]), []);
    assert!(stage.text().contains("no branch that way"));
}

#[test]
fn y_copies_the_answer_as_it_is() {
    let mut stage = Stage::new(110, 30);
    stage.loaded();
    stage.ask("Why?", 80);
    stage.token(b"Because \x1b[0m", 0.5, &[]);
    stage.finish(StopReason::EndOfGeneration);
    let copied = Request::Copy(Clip::new("the answer", "Because \u{1b}[0m"));
    assert_eq!(stage.press(&["ctrl-t", "y"]), [copied]);
}

#[test]
fn an_edited_message_becomes_a_branch() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["alt-e"]);
    assert_eq!(stage.app.composer.editor.text(), "Why is the sky blue?");
    stage.press(&["backspace"]);
    stage.write(" at noon?");
    let requests = stage.press(&["enter"]);
    assert!(
        matches!(requests.as_slice(), [Request::User(UserEvent::Edit { text, .. })]
            if text == "Why is the sky blue at noon?"),
        "{requests:?}"
    );
    stage.press(&["alt-e", "esc"]);
    assert!(stage.app.editing.is_none() && stage.app.composer.editor.is_empty());
}

#[test]
fn what_is_pasted_is_text_even_where_keys_are_commands() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    stage.input(Input::Paste("rm -rf\n/exit\n".to_owned()));
    assert_eq!(stage.app.composer.editor.text(), "rm -rf\n/exit\n");
    assert_eq!(stage.app.cursor, None);
}

#[test]
fn what_was_typed_is_found_again() {
    let mut stage = Stage::new(110, 30);
    for text in ["tell me of whales", "and of the sky", "thanks"] {
        stage.write(text);
        stage.press(&["enter"]);
    }
    stage.press(&["ctrl-r"]);
    stage.write("whal");
    stage.press(&["enter"]);
    assert_eq!(stage.app.composer.editor.text(), "tell me of whales");
    stage.press(&["ctrl-c", "up"]);
    assert_eq!(stage.app.composer.editor.text(), "tell me of whales");
    stage.press(&["up"]);
    assert_eq!(stage.app.composer.editor.text(), "thanks");
}

#[test]
fn every_command_of_the_table_can_be_reached_from_the_palette() {
    let mut stage = Stage::new(110, 60);
    for spec in limpid::chat::slash::SPECS {
        stage.press(&["ctrl-o"]);
        stage.write(&format!("/{}", spec.name));
        let text = stage.text();
        assert!(text.contains(&spec.line()[..spec.name.len()]), "{text}");
        stage.press(&["esc"]);
    }
}
