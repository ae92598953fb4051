use super::*;
use crate::chat::RecordBody;
use crate::inference::{
    Candidate, MessagePart, Piece, SamplerLink, SamplerState, TokenKind, TokenTrace,
};

fn trace(text: &str) -> TokenTrace {
    TokenTrace {
        state: SamplerState::default(),
        id: TokenId(text.len() as u32),
        kind: TokenKind::Text,
        text_len: text.len() as u32,
        logprob: -1.0,
        rank: Some(1),
        entropy: Some(1.0),
        outside: 0.0,
        candidates: Vec::new(),
    }
}

fn answer() -> Answer {
    Answer::waiting("Tiny", "tiny")
}

/// 1 question, 2 and 3 its answers, 4 a question after 3.
fn tree() -> Conversation {
    let mut tree = Conversation::new(ConversationId("ID".into()), 7);
    let question = tree.append_message(None, Role::User, b"Why?".to_vec(), 1);
    tree.append_message(question, Role::Assistant, b"So.".to_vec(), 2);
    let second = tree.append_message(question, Role::Assistant, Vec::new(), 3);
    assert!(tree.begin_answer(MessageId(3), answer()));
    assert!(tree.extend_answer(MessageId(3), b"Because.", [trace("Bec"), trace("ause.")]));
    tree.append_message(second, Role::User, b"Really?".to_vec(), 4);
    tree
}

#[test]
fn every_mutator_bumps_the_versions_of_what_it_changes() {
    type Mutator = fn(&mut Conversation);
    // What is done, and the messages it shows in.
    let mutators: [(&str, Mutator, &[u64]); 12] = [
        (
            "append_message",
            |tree| {
                tree.append_message(Some(MessageId(2)), Role::User, Vec::new(), 5);
            },
            &[2],
        ),
        (
            "begin_answer",
            |tree| {
                tree.begin_answer(MessageId(3), answer());
            },
            &[3],
        ),
        (
            "extend_answer",
            |tree| {
                tree.extend_answer(MessageId(3), b"x", [trace("x")]);
            },
            &[3],
        ),
        (
            "extend_text",
            |tree| {
                tree.extend_text(MessageId(2), b"x");
            },
            &[2],
        ),
        (
            "end_answer",
            |tree| {
                tree.end_answer(MessageId(3), AnswerState::Ended(StopReason::Length), None);
            },
            &[3],
        ),
        (
            "close_open_answers",
            |tree| {
                tree.close_open_answers();
            },
            &[3],
        ),
        (
            "set_head",
            |tree| {
                tree.set_head(None);
            },
            &[],
        ),
        ("set_title", |tree| tree.set_title(Some("T".into())), &[]),
        (
            "rename_to",
            |tree| tree.rename_to(ConversationId("X".into()), 9),
            &[],
        ),
        (
            "add_pieces",
            |tree| {
                tree.add_pieces(
                    "tiny",
                    &[Piece {
                        id: TokenId(1),
                        bytes: b"x".to_vec(),
                    }],
                );
            },
            &[],
        ),
        (
            "delete",
            |tree| {
                tree.delete(MessageId(3));
            },
            &[1],
        ),
        (
            "apply",
            |tree| {
                tree.apply(&RecordBody::Tombstone {
                    message: MessageId(4),
                })
                .unwrap();
            },
            &[3],
        ),
    ];
    for (name, mutate, messages) in mutators {
        let before = tree();
        let mut after = tree();
        mutate(&mut after);
        assert!(after.version > before.version, "{name}: the conversation's");
        for node in after.nodes.values() {
            let Some(old) = before.node(node.id) else {
                continue;
            };
            let bumped = node.version > old.version;
            assert_eq!(
                bumped,
                messages.contains(&node.id.0),
                "{name}: message {}",
                node.id.0
            );
            let same = Node {
                version: old.version,
                ..node.clone()
            } == *old;
            assert!(
                same || bumped,
                "{name} changed message {} unseen",
                node.id.0
            );
        }
    }
}

#[test]
fn the_path_goes_from_the_root_to_the_head() {
    let mut tree = tree();
    assert_eq!(tree.path(), [1, 3, 4].map(MessageId));
    assert_eq!(tree.path_to(MessageId(2)), [1, 2].map(MessageId));
    assert_eq!(tree.path_to(MessageId(99)), []);
    tree.set_head(None);
    assert_eq!(tree.path(), []);
    assert!(!tree.set_head(Some(MessageId(99))));
}

#[test]
fn siblings_leaves_and_the_last_of_a_role_are_found() {
    let tree = tree();
    let (all, index) = tree.siblings(MessageId(3)).unwrap();
    assert_eq!((all, index), (&[MessageId(2), MessageId(3)][..], 1));
    assert_eq!(
        tree.siblings(MessageId(1)).unwrap(),
        (&[MessageId(1)][..], 0)
    );
    assert_eq!(tree.siblings(MessageId(99)), None);
    let leaves: Vec<_> = tree.leaves().map(|node| node.id.0).collect();
    assert_eq!(leaves, [2, 4]);
    assert_eq!(tree.leaf_of(MessageId(1)), MessageId(4));
    assert_eq!(tree.last_of(Role::Assistant).unwrap().id, MessageId(3));
    assert_eq!(tree.last_of(Role::System), None);
}

#[test]
fn a_title_is_the_users_or_the_first_words_on_one_line() {
    let mut tree = Conversation::new(ConversationId("ID".into()), 0);
    assert_eq!(tree.title_or_first_words(), "empty conversation");
    tree.append_message(None, Role::System, b"Be brief.".to_vec(), 0);
    let long = format!("Why\n is {}", "ä".repeat(80));
    tree.append_message(None, Role::User, long.into_bytes(), 0);
    let words = tree.title_or_first_words();
    assert!(
        words.starts_with("Why is ää") && words.ends_with("ä…"),
        "{words}"
    );
    assert_eq!(words.chars().count(), 61);
    tree.set_title(Some("Colours".into()));
    assert_eq!(tree.title_or_first_words(), "Colours");
}

#[test]
fn spans_cover_the_content_after_the_prefix() {
    let mut tree = tree();
    assert_eq!(tree.token_spans(MessageId(3)), [0..3, 3..8]);
    assert!(tree.token_spans(MessageId(1)).is_empty());
    let id = tree
        .append_message(None, Role::Assistant, b"typed ".to_vec(), 0)
        .unwrap();
    tree.begin_answer(id, answer());
    tree.extend_answer(id, b"abc", [trace("a"), trace("bc")]);
    assert_eq!(tree.token_spans(id), [6..7, 7..9]);
    let node = tree.node(id).unwrap();
    assert_eq!(
        node.answer.as_ref().unwrap().parts(&node.content),
        [
            MessagePart::Typed("typed ".into()),
            MessagePart::Tokens(vec![TokenId(1), TokenId(2)])
        ]
    );
}

#[test]
fn what_is_typed_between_tokens_has_no_span_and_shifts_none() {
    let mut tree = tree();
    let id = MessageId(3);
    assert!(tree.extend_typed(id, b" Well, "));
    assert!(tree.extend_typed(id, b"so"));
    assert!(tree.extend_answer(id, b" be it.", [trace(" be"), trace(" it.")]));
    assert!(tree.extend_typed(id, b" Or"));
    let node = tree.node(id).unwrap();
    assert_eq!(node.text(), "Because. Well, so be it. Or");
    assert_eq!(tree.token_spans(id), [0..3, 3..8, 17..20, 20..24]);
    let answer = node.answer.as_ref().unwrap();
    let typed = |after, len| Typed { after, len };
    assert_eq!(answer.typed, [typed(2, 9), typed(4, 3)]);
    let ids = |ids: [u32; 2]| MessagePart::Tokens(ids.map(TokenId).to_vec());
    assert_eq!(
        answer.parts(&node.content),
        [
            ids([3, 5]),
            MessagePart::Typed(" Well, so".into()),
            ids([3, 4]),
            MessagePart::Typed(" Or".into())
        ]
    );
    let mut again = Conversation::new(ConversationId("X".into()), 0);
    for record in tree.to_records(20) {
        assert_eq!(again.apply(&record), Ok(()));
    }
    assert_eq!(again.nodes[&id].content, node.content);
    assert_eq!(again.nodes[&id].answer, node.answer);
}

#[test]
fn the_beginning_of_an_answer_is_cut_at_a_token() {
    let mut tree = tree();
    let id = MessageId(3);
    tree.extend_typed(id, b" Well");
    tree.extend_answer(id, b", no.", [trace(","), trace(" no.")]);
    let node = tree.node(id).unwrap();
    let text = |index| {
        let kept = node.answer.as_ref().unwrap().stretches(13 + 5, index);
        let end = kept.last().map_or(0, |stretch| stretch.bytes.end);
        String::from_utf8_lossy(&node.content[..end]).into_owned()
    };
    let beginnings: Vec<String> = (0..=5).map(text).collect();
    assert_eq!(
        beginnings,
        [
            "",
            "Bec",
            "Because. Well",
            "Because. Well,",
            "Because. Well, no.",
            "Because. Well, no."
        ]
    );
}

#[test]
fn spans_of_a_damaged_answer_stay_within_its_content() {
    let mut tree = tree();
    tree.extend_answer(MessageId(3), b"", [trace("lost"), trace("too")]);
    assert_eq!(tree.token_spans(MessageId(3)), [0..3, 3..8, 8..8, 8..8]);
}

#[test]
fn a_deleted_message_takes_what_follows_and_the_head_moves_to_its_parent() {
    let mut tree = tree();
    assert!(tree.delete(MessageId(3)));
    assert_eq!(tree.head, Some(MessageId(1)));
    assert_eq!(tree.nodes.keys().map(|id| id.0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(tree.node(MessageId(1)).unwrap().children, [MessageId(2)]);
    assert!(!tree.delete(MessageId(3)));
    assert_eq!(tree.next_id(), MessageId(5), "numbers are not used again");
    assert!(tree.delete(MessageId(1)));
    assert!(tree.is_empty() && tree.roots.is_empty() && tree.head.is_none());
}

#[test]
fn the_system_prompt_is_the_last_one_on_the_path() {
    let mut tree = Conversation::new(ConversationId("ID".into()), 0);
    let first = tree.append_message(None, Role::System, b"one".to_vec(), 0);
    let question = tree.append_message(first, Role::User, b"?".to_vec(), 0);
    let second = tree.append_message(question, Role::System, b"two".to_vec(), 0);
    let none = tree.append_message(question, Role::System, Vec::new(), 0);
    let text = |id: Option<MessageId>| tree.system_at(id.unwrap()).map(|node| node.text());
    assert_eq!(text(question).as_deref(), Some("one"));
    assert_eq!(text(second).as_deref(), Some("two"));
    assert_eq!(text(none), None);
}

#[test]
fn a_message_whose_parent_was_lost_is_put_where_the_conversation_stood() {
    let mut tree = tree();
    let orphan = RecordBody::Message {
        id: MessageId(7),
        parent: Some(MessageId(6)),
        role: Role::User,
        created: 0,
        content: b"after the damage".to_vec(),
    };
    assert_eq!(tree.apply(&orphan), Err(ApplyError::Orphan(MessageId(7))));
    assert_eq!(tree.path(), [1, 3, 4, 7].map(MessageId));
    assert_eq!(
        tree.apply(&orphan),
        Err(ApplyError::Duplicate(MessageId(7)))
    );
}

#[test]
fn text_whose_beginning_was_lost_is_kept() {
    let mut tree = tree();
    let chunk = |message| RecordBody::Chunk {
        message: MessageId(message),
        content: b"text".to_vec(),
        traces: vec![trace("text")],
    };
    // Both the message and its begin are lost.
    assert_eq!(
        tree.apply(&chunk(5)),
        Err(ApplyError::NoAnswer(MessageId(5)))
    );
    assert_eq!(tree.node(MessageId(5)).unwrap().text(), "text");
    // Only the begin is.
    assert_eq!(
        tree.apply(&chunk(2)),
        Err(ApplyError::NoAnswer(MessageId(2)))
    );
    assert_eq!(tree.node(MessageId(2)).unwrap().text(), "So.text");
    // What was deleted does not come back.
    tree.delete(MessageId(5));
    assert_eq!(
        tree.apply(&chunk(5)),
        Err(ApplyError::Missing(MessageId(5)))
    );
}

#[test]
fn an_answer_whose_message_was_lost_is_kept_with_its_odds() {
    let mut tree = tree();
    let begin = RecordBody::Begin {
        message: MessageId(5),
        model: "Tiny".into(),
        vocabulary: "tiny".into(),
        template_hash: String::new(),
        sampling: Box::default(),
        prefix_len: 0,
        think: None,
    };
    assert_eq!(tree.apply(&begin), Err(ApplyError::Orphan(MessageId(5))));
    let chunk = RecordBody::Chunk {
        message: MessageId(5),
        content: b"text".to_vec(),
        traces: vec![trace("text")],
    };
    assert_eq!(tree.apply(&chunk), Ok(()));
    assert_eq!(tree.token_spans(MessageId(5)).first(), Some(&(0..4)));
}

#[test]
fn answers_without_an_end_are_closed_and_counted() {
    let mut tree = tree();
    assert_eq!(tree.close_open_answers(), 1);
    assert_eq!(tree.close_open_answers(), 0);
    let state = &tree
        .node(MessageId(3))
        .unwrap()
        .answer
        .as_ref()
        .unwrap()
        .state;
    assert!(matches!(state, AnswerState::Failed(sentence) if sentence.contains("cut off")));
}

#[test]
fn stored_candidates_add_up_with_what_is_outside() {
    let candidates = [0.5_f32, 0.25, 0.125].map(|probability| Candidate {
        id: TokenId(1),
        logprob: probability.ln(),
        final_probability: 0.0,
        link: SamplerLink::TopK,
    });
    let full = TokenTrace {
        outside: 0.125,
        candidates: candidates.to_vec(),
        ..trace("x")
    };
    let [kept] = &stored(std::slice::from_ref(&full), 1)[..] else {
        panic!()
    };
    assert_eq!(kept.candidates, candidates[..1]);
    assert!((kept.outside - 0.5).abs() < 1e-6);
    assert_eq!(stored(std::slice::from_ref(&full), 20), [full]);
}
