//! The chosen message: edited, answered again, copied, deleted, brought back.

use limpid::chat::{MessageId, UserEvent};
use limpid::inference::StopReason;
use limpid::tui::app::Focus;
use limpid::tui::layout::Pane;
use limpid::tui::update::{Clip, Request};

use super::stage::{self, Stage};

/// Two questions and their answers, with the conversation having the keys.
fn two_exchanges(stage: &mut Stage) {
    stage.conversation();
    stage.ask("And at sunset?", 80);
    stage.words("Then it is red.");
    stage.finish(StopReason::EndOfGeneration);
    stage.press(&["tab"]);
}

fn path(stage: &Stage) -> Vec<MessageId> {
    stage.session.conversation().path()
}

#[test]
fn a_message_is_chosen_and_marked() {
    for (size, text) in stage::at_every_size(|stage| {
        two_exchanges(stage);
        stage.press(&["K", "K"]);
    }) {
        insta::assert_snapshot!(format!("chosen_message_{size}"), text);
    }
}

#[test]
fn the_keys_go_from_message_to_message_and_stop_at_the_ends() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    let path = path(&stage);
    stage.press(&["K"]);
    assert_eq!(stage.app.chosen, Some(path[3]));
    stage.press(&["{"; 7]);
    assert_eq!(stage.app.chosen, Some(path[0]));
    stage.press(&["J", "}"]);
    assert_eq!(stage.app.chosen, Some(path[2]));
    stage.press(&["esc"]);
    assert_eq!((stage.app.chosen, stage.app.focus), (None, Focus::Input));
}

#[test]
fn an_earlier_question_is_edited_into_a_branch() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    let path = path(&stage);
    stage.write("KKKK");
    stage.write("e");
    assert_eq!(stage.app.composer.editor.text(), "Why is the sky blue?");
    stage.press(&["backspace"]);
    stage.write(" at noon?");
    let edit = UserEvent::Edit {
        message: path[0],
        text: "Why is the sky blue at noon?".to_owned(),
    };
    assert_eq!(stage.press(&["enter"]), [Request::User(edit)]);
}

#[test]
fn an_answer_is_edited_and_stands_beside_the_old_one() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    stage.press(&["K", "e"]);
    assert_eq!(stage.app.composer.editor.text(), "Then it is red.");
    stage.press(&["backspace"]);
    stage.write(", or gold.");
    let requests = stage.press(&["enter"]);
    stage.obey(requests);
    let seen = stage.text();
    assert!(seen.contains("Then it is red, or gold."), "{seen}");
    assert!(seen.contains("◂ 2/2 ▸"), "{seen}");
    stage.press(&["tab"]);
    let requests = stage.press(&["["]);
    stage.obey(requests);
    assert!(stage.text().contains("Then it is red."));
}

#[test]
fn what_was_being_typed_is_not_lost_to_an_edit() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    stage.press(&["esc"]);
    stage.write("half a thought");
    stage.press(&["alt-e", "esc"]);
    assert!(stage.app.composer.editor.is_empty());
    let remembered = stage
        .app
        .composer
        .sent()
        .any(|text| text == "half a thought");
    assert!(remembered);
}

#[test]
fn the_chosen_message_is_copied_and_answered_again() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    let path = path(&stage);
    stage.press(&["K", "K", "K", "K"]);
    let copied = Request::Copy(Clip::new("your message", "Why is the sky blue?"));
    assert_eq!(stage.press(&["y"]), [copied]);
    let again = UserEvent::AnswerAgain(path[0]);
    assert_eq!(stage.press(&["R"]), [Request::User(again)]);
}

#[test]
fn deleting_asks_first_and_can_be_taken_back() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    let path = path(&stage);
    stage.press(&["K", "K"]);
    assert_eq!(stage.press(&["d"]), []);
    let asked = stage.text();
    assert!(asked.contains("delete: And at sunset?"), "{asked}");
    assert!(
        asked.contains("Delete it, with 1 message after it"),
        "{asked}"
    );
    assert_eq!(stage.press(&["esc"]), []);
    assert_eq!(stage.press(&["d", "down", "enter"]), [], "it is left");
    let requests = stage.press(&["d", "enter"]);
    assert_eq!(requests, [Request::User(UserEvent::Delete(path[2]))]);
    stage.obey(requests);
    assert!(!stage.text().contains("sunset"), "{}", stage.text());
    assert_eq!(stage.app.chosen, Some(path[1]));
    let requests = stage.press(&["u"]);
    stage.obey(requests);
    assert!(stage.text().contains("Then it is red."), "{}", stage.text());
}

#[test]
fn with_nothing_chosen_nothing_is_deleted() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    assert_eq!(stage.press(&["d"]), []);
    assert!(stage.app.layers.is_empty());
    assert!(
        stage.text().contains("Choose a message first, with K"),
        "{}",
        stage.text()
    );
}

#[test]
fn enter_walks_the_tokens_of_the_chosen_message() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    let path = path(&stage);
    stage.press(&["K", "K", "K", "enter"]);
    let cursor = stage.app.cursor.expect("a token is looked at");
    assert_eq!(cursor.message, path[1]);
}

#[test]
fn commands_take_the_numbers_that_are_listed() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    let path = path(&stage);
    stage.press(&["esc"]);
    stage.write("/show messages");
    stage.press(&["enter"]);
    let seen = stage.text();
    assert!(
        seen.contains("#1  you        Why is the sky blue?"),
        "{seen}"
    );
    assert!(seen.contains("#4  answer     Then it is red."), "{seen}");
    stage.press(&["esc"]);
    stage.write("/edit #3");
    stage.press(&["enter"]);
    assert_eq!(stage.app.composer.editor.text(), "And at sunset?");
    stage.press(&["esc"]);
    stage.write("/delete #9");
    stage.press(&["enter"]);
    assert!(stage.text().contains("There is no message 9 here"));
    stage.write("/delete 2");
    let deleted = UserEvent::Delete(path[1]);
    assert_eq!(stage.press(&["enter"]), [Request::User(deleted)]);
}

#[test]
fn the_mark_of_the_chosen_message_leaves_the_frame_alone() {
    let mut stage = Stage::new(80, 24);
    two_exchanges(&mut stage);
    let before = stage::rows(&stage.frame());
    stage.press(&["K"]);
    let after = stage::rows(&stage.frame());
    let border = |rows: &[String]| -> Vec<Option<char>> {
        rows.iter().map(|row| row.chars().next()).collect()
    };
    assert_eq!(border(&before), border(&after));
    assert_eq!(stage.app.pane, Pane::Conversation);
}
