//! Real work from end to end: the real program and model in a real terminal, and what is left of
//! it on disk.

use std::fs;

use serde_json::Value;

use crate::support::other_models::requantized;
use crate::support::pty::{Home, Pty};
use crate::support::run::{assert_code, stdout};

const SIZE: (u16, u16) = (120, 36);

fn start(home: &Home) -> Pty {
    let pty = Pty::limpid(home, &["-n", "16", "--seed", "7"], SIZE);
    pty.wait_for("is ready.");
    pty
}

fn ask(pty: &mut Pty, text: &str) {
    pty.send(text);
    pty.wait_for(text);
    pty.send("\r");
    pty.wait_for("seed 7");
}

fn leave(mut pty: Pty) {
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn an_answer_is_rated_and_comes_out_to_train_on() {
    let home = Home::new();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    pty.send("\x14");
    pty.wait_for("token 1 of");
    pty.send("+");
    pty.wait_for("Rated up.");
    pty.send("\x1b");
    pty.wait_for("ask something");
    leave(pty);
    let rated = home.run(&["history", "export", "--rated"]);
    assert_code(&rated, 0);
    let chat: Value = serde_json::from_str(&stdout(&rated)).expect("it is one line of JSON");
    assert_eq!(chat["messages"][0]["content"], "Why is the sky blue?");
    assert_eq!(chat["messages"][1]["role"], "assistant");
}

#[test]
fn an_open_conversation_is_deleted_in_the_list_and_taken_back() {
    let home = Home::new();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    pty.send("\x1bo");
    pty.wait_for("Why is the sky blue?");
    pty.wait_for("just now");
    pty.send("\x1b[3~");
    pty.wait_for("Deleted; u brings it back.");
    pty.send("u");
    pty.wait_gone("Deleted; u brings it back.");
    pty.wait_for("just now");
    pty.send("\x1b");
    pty.wait_gone("just now");
    leave(pty);
    let listed = home.run(&["history", "list"]);
    assert_code(&listed, 0);
    assert!(stdout(&listed).contains("Why is the sky blue?"));
}

/// What the terminal is told of links: their addresses, in OSC 8.
fn addresses(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let links = text.split("\x1b]8;").skip(1).filter_map(|rest| {
        let (_, address) = rest.split_once(';')?;
        let end = address.find(['\x1b', '\x07'])?;
        Some(address[..end].to_owned())
    });
    links.filter(|address| !address.is_empty()).collect()
}

#[test]
fn a_link_of_the_web_is_given_to_the_terminal_and_no_other() {
    let home = Home::new();
    let folder = home.path().join("config/limpid");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(
        folder.join("config.toml"),
        "[ui]\nhyperlinks = \"always\"\n",
    )
    .expect("a file can be written");
    let mut pty = start(&home);
    pty.send("/prefill See [a](https://example.com/a), [b](javascript:alert(1)), [c](file:///etc/passwd).\r");
    pty.wait_for("answer begins: See");
    ask(&mut pty, "Where is it said?");
    pty.wait_for("See a,");
    let found = addresses(&pty.raw());
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|it| it == "https://example.com/a"),
        "{found:?}"
    );
    leave(pty);
}

#[test]
fn a_document_is_piped_in_and_the_talk_goes_on_at_the_terminal() {
    let home = Home::new();
    fs::write(
        home.path().join("report.txt"),
        "The bridge was closed on Monday.",
    )
    .expect("a file can be written");
    let limpid = env!("CARGO_BIN_EXE_limpid");
    let line = format!("{limpid} -i -n 16 --seed 7 < report.txt");
    let mut pty = Pty::command(&home, &["sh", "-c", &line], &[], SIZE);
    pty.wait_for("The bridge was closed");
    home.wait_for_answers(1);
    ask(&mut pty, "When was it closed?");
    home.wait_for_answers(2);
    leave(pty);
    let stored = home.conversation();
    let path = stored.said();
    let roles: Vec<&str> = path.iter().map(|it| it.role.as_str()).collect();
    assert_eq!(roles, ["user", "assistant", "user", "assistant"]);
    assert!(path[0].text.contains("The bridge was closed on Monday."));
    assert_eq!(path[2].text, "When was it closed?");
    assert_eq!(path[2].parent, Some(path[1].id), "it goes on from there");
}

#[test]
fn an_old_message_is_edited_and_both_its_branches_are_kept() {
    let home = Home::new();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    home.wait_for_answers(1);
    ask(&mut pty, "And at sunset?");
    home.wait_for_answers(2);
    // The chosen message is marked; the first one is the question.
    pty.send("\tKKKK");
    pty.send("e");
    pty.wait_for("Editing your message");
    pty.wait_for("› Why is the sky blue?");
    pty.send("\x7f at night?");
    pty.wait_for("› Why is the sky blue at night?");
    pty.send("\r");
    home.wait_for_answers(3);
    pty.wait_gone("And at sunset?");
    pty.wait_for("◂ 2/2 ▸");
    pty.send("\tKK[");
    pty.wait_for("And at sunset?");
    pty.wait_for("◂ 1/2 ▸");
    pty.wait_gone("at night?");
    pty.wait_for("Esc write");
    pty.send("\x1b");
    pty.wait_for("F1 help");
    leave(pty);
    let stored = home.conversation();
    let said = stored.said();
    let questions: Vec<_> = said
        .iter()
        .filter(|it| it.role == "user")
        .map(|it| (it.text.as_str(), it.parent))
        .collect();
    let first = Some(said[1].id);
    assert_eq!(
        questions,
        [
            ("Why is the sky blue?", None),
            ("And at sunset?", first),
            ("Why is the sky blue at night?", None),
        ]
    );
    assert_eq!(stored.of("end").count(), 3);
    let shown = stored.of("head").last().expect("another path was chosen");
    assert_eq!(
        shown["message"], said[3].id,
        "the old path is the shown one"
    );
}

#[test]
fn each_answer_names_the_model_that_wrote_it_also_when_it_is_opened_again() {
    let home = Home::new();
    let other = requantized();
    let other_name = other.file_stem().expect("it is a file").to_string_lossy();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    home.wait_for_answers(1);
    pty.send(&format!("/model {}\r", other.display()));
    pty.wait_for(&format!("└ {other_name} "));
    ask(&mut pty, "And at sunset?");
    home.wait_for_answers(2);
    let named = |pty: &Pty| {
        pty.wait_until("both names, each above its answer", |screen, _| {
            let text = screen.contents();
            let at = |part: &str| text.find(part);
            let first = at("│ SmolLM2-135M-Instruct.Q4_1");
            let second = at(&format!("│ {other_name}"));
            let (asked, again) = (at("Why is the sky blue?"), at("And at sunset?"));
            let places = [asked, first, again, second];
            places.iter().all(Option::is_some) && places.is_sorted()
        });
    };
    named(&pty);
    leave(pty);
    let models: Vec<String> = home
        .conversation()
        .of("begin")
        .map(|begin| begin["model"].as_str().expect("it has a name").to_owned())
        .collect();
    assert_eq!(models.len(), 2);
    assert_ne!(models[0], models[1]);
    let pty = Pty::limpid(&home, &["-C", "-n", "16"], SIZE);
    named(&pty);
    leave(pty);
}

#[test]
fn a_fork_goes_on_in_a_file_of_its_own_and_the_original_stays() {
    let home = Home::new();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    home.wait_for_answers(1);
    let original = home.conversation();
    pty.send("/fork\r");
    pty.wait_for("This is a copy");
    ask(&mut pty, "And at sunset?");
    home.wait_for_answers(3);
    leave(pty);
    let all = home.conversations();
    assert_eq!(all.len(), 2);
    let (kept, copies): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.file == original.file);
    assert_eq!(kept[0].records, original.records);
    assert_eq!(copies[0].said()[..2], original.said()[..]);
    let asked = copies[0].texts("user");
    assert_eq!(asked, ["Why is the sky blue?", "And at sunset?"]);
}

#[test]
fn a_conversation_is_exported_to_a_file_and_not_over_another_one() {
    let home = Home::new();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    home.wait_for_answers(1);
    pty.send("/export talk.json\r");
    pty.wait_for("Written to talk.json.");
    fs::write(home.path().join("mine.md"), "mine").expect("a file can be written");
    pty.send("/export mine.md\r");
    pty.wait_for("mine.md");
    pty.wait_for("cannot write");
    pty.send("/export talk.doc\r");
    pty.wait_for("the ending says the form");
    leave(pty);
    let text = fs::read_to_string(home.path().join("talk.json")).expect("it was written");
    let answer = home.conversation().texts("assistant").remove(0);
    let chat: Value = serde_json::from_str(&text).expect("it is JSON");
    let contents: Vec<_> = chat["messages"]
        .as_array()
        .expect("it has messages")
        .iter()
        .map(|message| message["content"].as_str().expect("it is text"))
        .collect();
    assert_eq!(contents, ["Why is the sky blue?", answer.as_str()]);
    let mine = fs::read_to_string(home.path().join("mine.md")).expect("it is there");
    assert_eq!(mine, "mine");
    assert!(!home.path().join("talk.doc").exists());
}
