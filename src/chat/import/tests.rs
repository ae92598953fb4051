use proptest::prelude::*;

use super::*;

const CHATGPT: &str = include_str!("fixtures/chatgpt.json");
const LLM: &str = include_str!("fixtures/llm.json");
const AICHAT: &str = include_str!("fixtures/aichat.yaml");
const AICHAT_LOG: &str = include_str!("fixtures/aichat.md");

fn imported(text: &str) -> Import {
    read(text.as_bytes()).expect("it is a known form")
}

/// Role and text of what is shown.
fn shown(conversation: &Conversation) -> Vec<(Role, String)> {
    let path = conversation.path().into_iter();
    path.filter_map(|id| conversation.node(id))
        .map(|node| (node.role, node.text().into_owned()))
        .collect()
}

fn user(text: &str) -> (Role, String) {
    (Role::User, text.to_owned())
}

fn assistant(text: &str) -> (Role, String) {
    (Role::Assistant, text.to_owned())
}

fn system(text: &str) -> (Role, String) {
    (Role::System, text.to_owned())
}

fn left_out(import: &Import) -> Vec<(&str, usize)> {
    let left_out = import.left_out.iter();
    left_out
        .map(|(what, count)| (what.as_str(), *count))
        .collect()
}

#[test]
fn a_chatgpt_export_keeps_its_branches_and_the_one_that_was_shown() {
    let import = imported(CHATGPT);
    assert_eq!(import.from, "ChatGPT");
    let [conversation] = &import.conversations[..] else {
        panic!("one has messages")
    };
    assert_eq!(
        shown(conversation),
        [
            user("Why is the sky blue?"),
            assistant("Because of Mie scattering.")
        ]
    );
    let leaves: Vec<String> = conversation
        .leaves()
        .map(|node| node.text().into_owned())
        .collect();
    assert_eq!(
        leaves,
        [
            "Because of Mie scattering.",
            "Because of Rayleigh scattering."
        ]
    );
    let answer = &conversation.nodes[&conversation.head.unwrap()];
    assert_eq!(answer.answer.as_ref().unwrap().model, "gpt-4");
    assert_eq!(answer.created, 1_699_564_810_000);
    assert_eq!(conversation.created, 1_699_564_800_250);
    assert!(conversation.keeping.archived);
    assert_eq!(
        conversation.keeping.source.as_deref(),
        Some("chatgpt:6f0c1b7e-0000-4000-8000-000000000001")
    );
    // Raw, to be made visible where it is shown.
    assert!(conversation.title.as_ref().unwrap().contains('\u{1b}'));
}

#[test]
fn what_has_no_place_here_is_counted_by_name() {
    assert_eq!(
        left_out(&imported(CHATGPT)),
        [
            ("calls of tools", 1),
            ("conversations without a message", 1),
            ("messages of 'tool'", 1),
            ("parts of the kind 'image_asset_pointer'", 1),
        ]
    );
    assert_eq!(left_out(&imported(LLM)), [("attachments", 1)]);
    assert_eq!(
        left_out(&imported(AICHAT)),
        [("parts of the kind 'image_url'", 1)]
    );
}

#[test]
fn a_log_of_llm_is_put_together_by_its_conversations() {
    let import = imported(LLM);
    let [conversation] = &import.conversations[..] else {
        panic!("both rows are of one")
    };
    assert_eq!(
        shown(conversation),
        [
            system("Be brief."),
            user("Three names for a pelican"),
            assistant("Percy, Pouch, Gulliver."),
            user("One more"),
            assistant("Skipper."),
        ]
    );
    assert_eq!(conversation.title.as_deref(), Some("Pelican names"));
    assert_eq!(conversation.created, 1_692_305_638_714);
}

#[test]
fn a_session_of_aichat_is_one_conversation() {
    let import = imported(AICHAT);
    let [conversation] = &import.conversations[..] else {
        panic!("it is one")
    };
    assert_eq!(
        shown(conversation),
        [
            user("Hello"),
            system("This is a summary: greetings."),
            user("What is this?"),
            assistant("A picture:\n\n- of a pelican"),
        ]
    );
}

#[test]
fn each_question_of_aichats_log_is_a_conversation() {
    let import = imported(AICHAT_LOG);
    let all: Vec<_> = import.conversations.iter().map(shown).collect();
    assert_eq!(
        all,
        [
            [
                user("why is the sky blue"),
                assistant("Rayleigh scattering.\n\n--------\n\nMore below a rule."),
            ],
            [
                user("and red at dusk?\n# CHAT: is a heading here"),
                assistant("The long way through the air."),
            ]
        ]
    );
    assert_eq!(import.conversations[0].created, 1_733_591_883_000);
}

#[test]
fn messages_are_read_in_each_of_their_forms() {
    let list = r#"[{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":"Ho"}]"#;
    let expected = [system("Be brief."), user("Hi"), assistant("Ho")];
    for text in [
        list.to_owned(),
        format!("{{\"messages\":{list}}}"),
        format!("\u{feff} [{{\"messages\":{list}}}]"),
    ] {
        let import = imported(&text);
        assert_eq!(shown(&import.conversations[0]), expected, "{text}");
    }
    let line = format!("{{\"messages\":{list}}}\n");
    assert_eq!(imported(&line.repeat(2)).conversations.len(), 2);
}

#[test]
fn the_same_export_has_the_same_names_twice() {
    for text in [CHATGPT, LLM, AICHAT, AICHAT_LOG] {
        let names = |import: Import| -> Vec<Option<String>> {
            let conversations = import.conversations.into_iter();
            conversations.map(|one| one.keeping.source).collect()
        };
        let first = names(imported(text));
        assert!(first.iter().all(Option::is_some));
        assert_eq!(first, names(imported(text)));
    }
}

#[test]
fn what_is_no_export_is_refused_with_a_reason() {
    for (text, says) in [
        ("", "no conversation"),
        ("just prose\nand more", "no export"),
        ("{\"a\":1}", "no export"),
        ("[{\"role\":\"user\"", "looks like JSON"),
        ("[{\"mapping\": 5, \"current_node\": \"x\"}]", "ChatGPT"),
        ("messages: [", "aichat"),
        ("SQLite format 3\0...", "llm logs --json"),
    ] {
        let error = read(text.as_bytes()).expect_err(text).to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
    assert_eq!(read(b"\xff\xfe").unwrap_err(), ForeignError::NotText);
}

#[test]
fn a_tree_that_goes_in_circles_ends() {
    let text = CHATGPT.replace(
        "\"children\": []},\n      \"a2\"",
        "\"children\": [\"q\"]},\n      \"a2\"",
    );
    assert_ne!(text, CHATGPT);
    assert_eq!(imported(&text).conversations[0].len(), 3);
}

#[test]
fn what_is_nested_without_end_is_refused() {
    for open in ["[", "{\"mapping\":", "messages: [", "messages:\n- "] {
        let text = format!("messages: {}", open.repeat(100_000));
        assert!(read(text.as_bytes()).is_err());
        assert!(read(open.repeat(100_000).as_bytes()).is_err());
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}", head in prop_oneof![
        Just("messages:\n- "), Just("{\"mapping\":"), Just("# CHAT: x [2024-12-07T18:18:03Z]\n"), Just("["),
    ]) {
        let _ = read(format!("{head}{text}").as_bytes());
    }
}
