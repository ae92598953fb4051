use super::*;
use crate::chat::{Answer, ConversationId};
use crate::inference::{
    Candidate, SamplerLink, SamplerState, StopReason, TokenId, TokenKind, TokenTrace,
};

fn answer() -> Answer {
    Answer::waiting("Tiny\n# model", "v")
}

/// A system prompt, a question, an answer that failed and one that ended.
fn conversation() -> Conversation {
    let mut tree = Conversation::new(ConversationId("ID".into()), 7);
    let system = tree.append_message(None, Role::System, b"Be brief.".to_vec(), 1);
    let question = tree.append_message(system, Role::User, b"Hi?".to_vec(), 2);
    let failed = tree
        .append_message(question, Role::Assistant, Vec::new(), 3)
        .unwrap();
    tree.begin_answer(failed, answer());
    tree.end_answer(failed, AnswerState::Failed("The engine died.".into()), None);
    let ended = tree
        .append_message(question, Role::Assistant, Vec::new(), 4)
        .unwrap();
    tree.begin_answer(ended, answer());
    let trace = TokenTrace {
        state: SamplerState::default(),
        id: TokenId(11),
        kind: TokenKind::Text,
        text_len: 6,
        logprob: -0.5,
        rank: Some(1),
        entropy: Some(1.25),
        outside: 0.5,
        candidates: vec![Candidate {
            id: TokenId(11),
            logprob: -0.5,
            final_probability: 1.0,
            link: SamplerLink::Kept,
        }],
    };
    tree.extend_answer(ended, b"Hello\n", [trace]);
    tree.end_answer(ended, AnswerState::Ended(StopReason::EndOfGeneration), None);
    tree
}

#[test]
fn markdown_has_a_heading_for_each_message_of_the_shown_path() {
    assert_eq!(
        export(&conversation(), ExportFormat::Markdown),
        "# Hi?\n\n## System\n\nBe brief.\n\n## You\n\nHi?\n\n## Tiny # model\n\nHello\n"
    );
}

#[test]
fn markdown_says_where_an_answer_failed() {
    let mut tree = conversation();
    tree.set_head(Some(crate::chat::MessageId(3)));
    let text = export(&tree, ExportFormat::Markdown);
    assert!(text.ends_with("\n*(The engine died.)*\n"), "{text}");
}

#[test]
fn text_names_the_speakers() {
    assert_eq!(
        export(&conversation(), ExportFormat::Text),
        "system: Be brief.\n\nuser: Hi?\n\nassistant: Hello\n"
    );
}

#[test]
fn json_has_the_messages_as_openai_does_and_the_whole_tree() {
    let text = export(&conversation(), ExportFormat::Json);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        value["messages"],
        json!([
            { "role": "system", "content": "Be brief." },
            { "role": "user", "content": "Hi?" },
            { "role": "assistant", "content": "Hello\n" },
        ])
    );
    let tree = value["tree"].as_array().unwrap();
    assert_eq!(tree.len(), 4);
    assert_eq!(tree[2]["finish_reason"], "error");
    assert_eq!(tree[3]["finish_reason"], "stop");
    assert_eq!(tree[3]["parent"], 2);
    assert_eq!(
        tree[3]["tokens"],
        json!([{ "id": 11, "token": "Hello\n", "logprob": -0.5, "rank": 1, "entropy": 1.25 }])
    );
}

#[test]
fn jsonl_is_a_file_of_the_history() {
    let tree = conversation();
    let text = export(&tree, ExportFormat::Jsonl);
    let mut copy = Conversation::new(ConversationId(String::new()), 0);
    for (sequence, line) in (1..).zip(text.lines()) {
        let record = record::decode(line).unwrap();
        assert_eq!(record.sequence, sequence);
        copy.apply(&record.body).unwrap();
    }
    for (copied, node) in copy.nodes.values().zip(tree.nodes.values()) {
        assert_eq!(
            Node {
                version: node.version,
                ..copied.clone()
            },
            *node
        );
    }
    assert_eq!(
        (copy.id, copy.created, copy.head),
        (tree.id, tree.created, tree.head)
    );
}

#[test]
fn a_files_ending_names_its_form() {
    assert_eq!(
        ExportFormat::of_extension("MD"),
        Some(ExportFormat::Markdown)
    );
    assert_eq!(ExportFormat::of_extension("txt"), Some(ExportFormat::Text));
    assert_eq!(ExportFormat::of_extension("json"), Some(ExportFormat::Json));
    assert_eq!(
        ExportFormat::of_extension("jsonl"),
        Some(ExportFormat::Jsonl)
    );
    assert_eq!(ExportFormat::of_extension("pdf"), None);
}

/// An answer that thought before it said something.
fn thoughtful() -> Conversation {
    let mut tree = Conversation::new(ConversationId("ID".into()), 7);
    let question = tree.append_message(None, Role::User, b"Hi?".to_vec(), 2);
    let id = tree
        .append_message(question, Role::Assistant, Vec::new(), 4)
        .unwrap();
    tree.begin_answer(id, answer());
    tree.extend_typed(id, b"<think>\nHm <b>\n</think>\n\nHello\n");
    tree.end_answer(id, AnswerState::Ended(StopReason::EndOfGeneration), None);
    tree.rate(id, Some(crate::chat::Rating::Up));
    tree
}

#[test]
fn reasoning_is_folded_for_people_and_beside_the_answer_for_programs() {
    let tree = thoughtful();
    let markdown = export(&tree, ExportFormat::Markdown);
    assert!(
        markdown
            .ends_with("<details><summary>thought</summary>\n\nHm <b>\n\n</details>\n\nHello\n"),
        "{markdown}"
    );
    let html = export(&tree, ExportFormat::Html);
    assert!(
        html.contains("<details><summary>thought</summary>"),
        "{html}"
    );
    assert!(html.contains("Hm &lt;b&gt;</pre></details>"), "{html}");
    assert!(html.contains("<pre dir=\"auto\">Hello</pre>"), "{html}");
    assert!(!html.contains("think&gt;"), "{html}");
    assert_eq!(
        export(&tree, ExportFormat::Text),
        "user: Hi?\n\nassistant: Hello\n"
    );
    let json: serde_json::Value = serde_json::from_str(&export(&tree, ExportFormat::Json)).unwrap();
    let said = json!({
        "role": "assistant", "content": "Hello\n", "reasoning_content": "Hm <b>",
    });
    assert_eq!(json["messages"][1], said);
    let raw = "<think>\nHm <b>\n</think>\n\nHello\n";
    assert_eq!(json["tree"][1]["content"], raw);
    let rated = rated::rated(&tree, rated::RatedForm::Sft);
    let line: serde_json::Value = serde_json::from_str(&rated.lines[0]).unwrap();
    assert_eq!(line["messages"][1], said);
}
