//! What keys do, without a terminal.

use limpid::chat::UserEvent;
use limpid::chat::slash::Argument;
use limpid::inference::StopReason;
use limpid::tui::app::Focus;
use limpid::tui::completing::Sought;
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
    let first = stage.app.composer.editor.text().into_owned();
    stage.press(&["tab"]);
    let second = stage.app.composer.editor.text().into_owned();
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
fn names_that_come_late_change_nothing_that_was_typed_meanwhile() {
    let mut stage = Stage::new(80, 24);
    stage.write("/read no");
    let sought = Sought::new(Argument::File, "/read no".to_owned(), 6);
    let found = || {
        vec![
            "notes.md".to_owned(),
            "nothing.txt".to_owned(),
            "other".to_owned(),
        ]
    };
    stage.write("w");
    stage.app.offer(&sought, found());
    assert_eq!(stage.app.composer.editor.text(), "/read now");
    stage.press(&["backspace"]);
    stage.app.offer(&sought, found());
    assert_eq!(stage.app.composer.editor.text(), "/read notes.md");
    // Found once more, by a second key press: the one that is chosen stays.
    stage.press(&["tab"]);
    stage.app.offer(&sought, found());
    assert_eq!(stage.app.composer.editor.text(), "/read nothing.txt");
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

#[test]
fn what_is_typed_is_undone_and_made_again() {
    let mut stage = Stage::new(80, 24);
    stage.write("one two");
    // Terminals send one byte for Ctrl-_, Ctrl-/ and Ctrl-7.
    stage.press(&["ctrl-7"]);
    assert_eq!(stage.app.composer.editor.text(), "one ");
    stage.press(&["alt-/"]);
    assert_eq!(stage.app.composer.editor.text(), "one two");
    stage.press(&["ctrl-c"]);
    assert!(stage.app.composer.editor.is_empty());
    stage.press(&["ctrl-_"]);
    assert_eq!(stage.app.composer.editor.text(), "one two", "Ctrl-C too");
}

#[test]
fn vi_undoes_and_makes_again_with_the_same_memory() {
    let mut stage = Stage::new(80, 24);
    stage.app.composer.use_vi(true);
    stage.write("one two");
    stage.press(&["esc"]);
    stage.write("bdwu");
    assert_eq!(stage.app.composer.editor.text(), "one two");
    stage.press(&["ctrl-r"]);
    assert_eq!(stage.app.composer.editor.text(), "one ");
    assert!(stage.app.layers.is_empty(), "it does not search");
    stage.press(&["ctrl-_", "ctrl-_"]);
    assert_eq!(stage.app.composer.editor.text(), "one ");
    stage.write("V");
    assert!(stage.app.composer.editor.is_selecting());
    stage.write("d");
    assert!(stage.app.composer.editor.is_empty());
}

#[test]
fn shift_selects_and_what_is_selected_is_copied_cut_or_typed_over() {
    let mut stage = Stage::new(80, 24);
    stage.write("one two");
    stage.press(&["ctrl-shift-left"]);
    assert_eq!(
        stage.press(&["alt-w"]),
        [Request::Copy(Clip::new("the selection", "two"))]
    );
    stage.press(&["end", "shift-home"]);
    assert_eq!(
        stage.press(&["ctrl-x"]),
        [Request::Copy(Clip::new("the selection", "one two"))]
    );
    assert!(stage.app.composer.editor.is_empty());
    stage.press(&["ctrl-y", "alt-h"]);
    stage.write("x");
    assert_eq!(stage.app.composer.editor.text(), "x");
    stage.press(&["shift-left", "esc"]);
    assert!(!stage.app.composer.editor.is_selecting());
    assert_eq!(stage.press(&["alt-w"]), []);
    assert!(stage.text().contains("Nothing is selected"));
    assert_eq!(stage.press(&["end", "ctrl-w"]), [], "cuts a word");
    assert!(stage.app.composer.editor.is_empty());
}

#[test]
fn a_long_paste_is_a_line_that_is_sent_whole() {
    let mut stage = Stage::new(80, 24);
    let page: String = (1..=214).map(|line| format!("line {line}\n")).collect();
    stage.write("What is this? ");
    stage.input(Input::Paste(page.clone()));
    assert!(
        stage
            .text()
            .contains("[pasted text, 214 lines, ~455 tokens]"),
        "{}",
        stage.text()
    );
    stage.press(&["alt-x"]);
    assert!(stage.text().contains("line 214"), "{}", stage.text());
    stage.press(&["ctrl-_"]);
    assert!(!stage.text().contains("line 214"), "folded again");
    let sent = UserEvent::Submit(format!("What is this? {page}"));
    assert_eq!(stage.press(&["enter"]), [Request::User(sent)]);
    stage.press(&["up"]);
    assert!(
        stage.text().contains("[pasted text, 214"),
        "recalled folded"
    );
}

#[test]
fn a_dropped_path_is_attached_only_when_asked_for() {
    let mut stage = Stage::new(80, 24);
    stage.write("see ");
    stage.input(Input::Paste("'/home/a/my notes.md'".to_owned()));
    assert!(stage.text().contains("Tab attaches /home/a/my notes.md."));
    assert_eq!(
        stage.press(&["tab"]),
        [Request::Read("/home/a/my notes.md".into())]
    );
    assert_eq!(stage.app.composer.editor.text(), "see ");
    stage.input(Input::Paste("/home/a/notes.md".to_owned()));
    stage.write("!");
    stage.press(&["tab"]);
    assert_eq!(
        stage.app.composer.editor.text(),
        "see /home/a/notes.md!",
        "what was typed since says that it is text"
    );
    stage.press(&["esc", "esc", "ctrl-c"]);
    stage.input(Input::Paste("/home/a/none".to_owned()));
    assert!(!stage.text().contains("attaches"), "there is no such file");
}

#[test]
fn what_is_typed_while_a_slow_disk_looks_for_a_dropped_path_stays() {
    let mut stage = Stage::new(80, 24);
    stage.slow_disk = true;
    let drop = |stage: &mut Stage, text: &str| {
        let requests = stage.input(Input::Paste(text.to_owned()));
        match requests.into_iter().next() {
            Some(Request::Dropped(dropped)) => dropped,
            other => panic!("nothing was dropped: {other:?}"),
        }
    };
    stage.write("see ");
    let found = drop(&mut stage, "/home/a/notes.md");
    stage.write(", please");
    stage.app.offer_dropped(found);
    assert!(!stage.text().contains("attaches"), "it is text by now");
    stage.press(&["tab"]);
    assert_eq!(
        stage.app.composer.editor.text(),
        "see /home/a/notes.md, please"
    );
    // In a pane the key has another meaning.
    stage.press(&["esc", "esc", "ctrl-c"]);
    let found = drop(&mut stage, "/home/a/notes.md");
    stage.press(&["esc", "tab"]);
    stage.app.offer_dropped(found);
    assert!(!stage.text().contains("attaches"));
}

#[test]
fn what_was_dropped_is_taken_out_where_it_is() {
    let mut stage = Stage::new(80, 24);
    stage.write("see !");
    stage.press(&["left"]);
    stage.input(Input::Paste("/home/a/notes.md".to_owned()));
    stage.press(&["home", "tab"]);
    assert_eq!(stage.app.composer.editor.text(), "see !");
    // So many paths are folded to one line.
    let paths: String = (0..60)
        .map(|number| format!("file:///home/a/{number}/notes.md\n"))
        .collect();
    stage.input(Input::Paste(paths));
    assert!(stage.text().contains("attaches these 60 files"));
    assert_eq!(stage.press(&["tab"]).len(), 60);
    assert_eq!(stage.app.composer.editor.text(), "see !");
}

#[test]
fn a_command_in_a_message_is_run_only_when_the_user_says_so() {
    let mut stage = Stage::new(80, 24);
    stage.write("why !`git log | head`?");
    assert_eq!(stage.press(&["enter"]), []);
    assert!(stage.text().contains("git log | head"), "{}", stage.text());
    assert!(stage.text().contains("y runs it"), "{}", stage.text());
    assert_eq!(stage.press(&["enter"]), [], "Enter says nothing");
    assert_eq!(stage.press(&["esc"]), []);
    let commands = vec!["git log | head".to_owned()];
    stage.press(&["enter"]);
    assert_eq!(stage.press(&["y"]), [Request::Shell(commands)]);
    assert_eq!(
        stage.app.composer.editor.text(),
        "why !`git log | head`?",
        "it stays until its output is there"
    );
    stage.press(&["enter"]);
    let sent = UserEvent::Submit("why !`git log | head`?".to_owned());
    assert_eq!(stage.press(&["s"]), [Request::User(sent)], "as text");
}

#[test]
fn ctrl_c_stops_the_command_that_runs() {
    let mut stage = Stage::new(80, 24);
    stage.write("why !`sleep 1`?");
    stage.app.shell = Some("sleep 1".to_owned());
    assert!(stage.text().contains("running sleep 1; Ctrl-C stops it"));
    assert_eq!(stage.press(&["enter"]), []);
    assert!(stage.app.layers.is_empty(), "one at a time");
    assert_eq!(stage.press(&["ctrl-c"]), [Request::StopShell]);
}

#[test]
fn what_was_attached_is_folded_in_the_conversation_and_opened_by_a_key() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    let file = limpid::chat::attachment::file("notes.md", "first\nsecond\n");
    stage.ask(&format!("see\n{file}\nand tell"), 80);
    let text = stage.text();
    assert!(text.contains("[file notes.md, 13 B, ~11 tokens]"), "{text}");
    assert!(
        text.contains("and tell") && !text.contains("second"),
        "{text}"
    );
    stage.press(&["alt-x"]);
    let text = stage.text();
    assert!(text.contains("second") && text.contains("```"), "{text}");
    stage.press(&["alt-x"]);
    assert!(!stage.text().contains("second"));
}
