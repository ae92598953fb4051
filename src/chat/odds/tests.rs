use serde_json::Value;

use super::*;
use crate::chat::ConversationId;
use crate::inference::{Candidate, Piece, Role, SamplerLink, SamplerState, TokenId, TokenKind};

fn trace(id: u32, text_len: u32) -> TokenTrace {
    TokenTrace {
        state: SamplerState::default(),
        id: TokenId(id),
        kind: TokenKind::Text,
        text_len,
        logprob: 0.5_f32.ln(),
        rank: Some(1),
        entropy: Some(std::f32::consts::LN_2),
        outside: 0.25,
        candidates: vec![Candidate {
            id: TokenId(9),
            logprob: 0.25_f32.ln(),
            final_probability: 0.25,
            link: SamplerLink::Kept,
        }],
    }
}

/// `Hé`, of which the `é` is two tokens, then ` typed`, then `!`.
fn conversation() -> (Conversation, MessageId) {
    let mut tree = Conversation::new(ConversationId("ID".into()), 0);
    let why = tree.append_message(None, Role::User, b"Why, \x1b[31m Oh why?".to_vec(), 0);
    let id = tree
        .append_message(why, Role::Assistant, Vec::new(), 0)
        .unwrap();
    tree.begin_answer(id, Answer::waiting("Tiny", "v"));
    tree.extend_answer(id, "Hé".as_bytes(), [trace(1, 1), trace(2, 1), trace(3, 1)]);
    tree.extend_typed(id, b" typed");
    tree.extend_answer(id, b"!", [trace(4, 1)]);
    tree.end_answer(id, AnswerState::Ended(StopReason::Length), None);
    let pieces = [
        (1, &b"H"[..]),
        (2, b"\xC3"),
        (3, b"\xA9"),
        (4, b"!"),
        (9, b"\x1b[2J"),
    ];
    tree.add_pieces(
        "v",
        &pieces.map(|(id, bytes)| Piece {
            id: TokenId(id),
            bytes: bytes.to_vec(),
        }),
    );
    (tree, id)
}

#[test]
fn json_is_one_response_with_the_odds_of_every_token() {
    let (tree, id) = conversation();
    let text = write(&tree, id, Form::Json, 5).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let choice = &value["choices"][0];
    assert_eq!(choice["message"]["content"], "Hé typed!");
    assert_eq!(choice["finish_reason"], "length");
    let tokens = choice["logprobs"]["content"].as_array().unwrap();
    assert_eq!(tokens.len(), 4);
    assert_eq!(tokens[1]["bytes"], serde_json::json!([0xC3]));
    assert_eq!(tokens[0]["top_logprobs"][0]["id"], 9);
    assert!(value.get("timings").is_none(), "none are known");
}

#[test]
fn json_lines_add_up_to_the_message_and_tell_what_was_typed() {
    let (tree, id) = conversation();
    let text = write(&tree, id, Form::JsonLines, 5).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let content: String = lines
        .iter()
        .filter_map(|line| line["choices"][0]["delta"]["content"].as_str())
        .collect();
    assert_eq!(content, "Hé typed!");
    let without_odds: Vec<&Value> = lines
        .iter()
        .filter(|line| line["choices"][0].get("logprobs").is_none())
        .collect();
    assert_eq!(without_odds.len(), 2, "what was typed, and the end");
    assert_eq!(
        lines.last().unwrap()["choices"][0]["finish_reason"],
        "length"
    );
}

#[test]
fn a_table_has_a_line_a_token_and_controls_no_terminal() {
    let (tree, id) = conversation();
    let text = write(&tree, id, Form::Text, 5).unwrap();
    assert_eq!(text.lines().count(), 1 + 4 + 1 + 1, "{text}");
    assert!(
        text.contains("50.000       1    1.000    1.000  H"),
        "{text}"
    );
    assert!(text.contains("(typed)  ·typed"), "{text}");
    assert!(text.contains("perplexity 2.000 over 4 tokens"), "{text}");
    assert!(!text.contains('\x1b'));
}

#[test]
fn a_message_without_tokens_has_no_odds() {
    let (tree, _) = conversation();
    assert_eq!(write(&tree, MessageId(1), Form::Json, 5), None);
    assert_eq!(write(&tree, MessageId(99), Form::Json, 5), None);
    assert!(!are_known(&tree, MessageId(1)));
}

#[test]
fn a_files_name_is_harmless_and_says_which_message_it_is() {
    let (tree, id) = conversation();
    assert_eq!(
        file_name(&tree, id, Form::JsonLines),
        "why-31m-oh-why-2.jsonl"
    );
    let mut tree = Conversation::new(ConversationId("ID".into()), 0);
    tree.append_message(None, Role::User, "../../日本".as_bytes().to_vec(), 0);
    assert_eq!(file_name(&tree, MessageId(1), Form::Json), "message-1.json");
}
