use super::*;
use crate::chat::{Answer, ConversationId};
use crate::inference::{Role, SamplerState, TokenId, TokenTrace};

fn trace(id: u32, text: &str, probability: f32) -> TokenTrace {
    TokenTrace {
        state: SamplerState::default(),
        id: TokenId(id),
        kind: TokenKind::Text,
        text_len: text.len() as u32,
        logprob: probability.ln(),
        rank: None,
        entropy: None,
        outside: 0.0,
        candidates: Vec::new(),
    }
}

/// Adds an answer of these tokens.
fn answer(
    tree: &mut Conversation,
    parent: MessageId,
    vocabulary: &str,
    tokens: &[(u32, &str, f32)],
) -> MessageId {
    let id = tree
        .append_message(Some(parent), Role::Assistant, Vec::new(), 0)
        .unwrap();
    tree.begin_answer(id, Answer::waiting("Tiny", vocabulary));
    for &(token, text, probability) in tokens {
        tree.extend_answer(id, text.as_bytes(), [trace(token, text, probability)]);
    }
    id
}

fn question() -> (Conversation, MessageId) {
    let mut tree = Conversation::new(ConversationId("ID".into()), 0);
    let id = tree.append_message(None, Role::User, b"Why?".to_vec(), 0);
    (tree, id.unwrap())
}

#[test]
fn a_conversation_without_forks_is_one_stem() {
    let (mut tree, why) = question();
    assert_eq!(stems(&tree).len(), 1);
    let first = answer(&mut tree, why, "v", &[(1, "So", 0.5)]);
    tree.append_message(Some(first), Role::User, b"Oh".to_vec(), 0);
    let [stem] = &stems(&tree)[..] else { panic!() };
    assert_eq!((stem.first, stem.messages, stem.depth), (why, 3, 0));
    assert!(stem.is_leaf && stem.shown && !stem.followed);
    assert_eq!(rails(&stems(&tree), 0), "");
    assert!(stems(&Conversation::new(ConversationId("E".into()), 0)).is_empty());
}

#[test]
fn stems_are_listed_with_what_grows_from_them() {
    let (mut tree, why) = question();
    let one = answer(&mut tree, why, "v", &[(1, "One", 0.5)]);
    let two = answer(&mut tree, why, "v", &[(2, "Two", 0.5)]);
    let again = tree
        .append_message(Some(one), Role::User, b"Again".to_vec(), 0)
        .unwrap();
    let deep = answer(&mut tree, again, "v", &[(3, "a", 0.5)]);
    let deeper = answer(&mut tree, again, "v", &[(4, "b", 0.5)]);
    let stems = stems(&tree);
    let listed: Vec<_> = stems
        .iter()
        .enumerate()
        .map(|(at, stem)| (stem.first, rails(&stems, at), stem.shown, stem.messages))
        .collect();
    assert_eq!(
        listed,
        [
            (why, String::new(), true, 1),
            (one, "├ ".into(), true, 2),
            (deep, "│ ├ ".into(), false, 1),
            (deeper, "│ └ ".into(), true, 1),
            (two, "└ ".into(), false, 1),
        ]
    );
}

#[test]
fn branches_of_one_vocabulary_part_where_their_tokens_do() {
    let (mut tree, why) = question();
    let one = answer(
        &mut tree,
        why,
        "v",
        &[(1, "It ", 0.9), (2, "scatter", 0.1), (3, "s", 0.9)],
    );
    let other = answer(
        &mut tree,
        why,
        "v",
        &[(1, "It ", 0.9), (4, "scattering", 0.6)],
    );
    let foreign = answer(&mut tree, why, "w", &[(8, "It scatters!", 0.2)]);
    let node = |id| tree.node(id).unwrap();
    assert_eq!(parting(node(one), node(other)), 3);
    assert_eq!(
        parting(node(one), node(foreign)),
        11,
        "ids of others say nothing"
    );
    assert_eq!(parting(node(one), node(one)), 11);
    let told = certainty(node(other), 3).unwrap();
    assert!((told.first.unwrap().exp() - 0.6).abs() < 1e-6);
    assert_eq!(told.tokens, 1);
    assert_eq!(token_over(node(one), 3), Some((1, 3..10)));
    assert_eq!(certainty(node(why), 0), None);
}

#[test]
fn texts_part_between_characters() {
    let (mut tree, why) = question();
    let one = answer(&mut tree, why, "v", &[(1, "für", 0.9)]);
    let other = answer(&mut tree, why, "w", &[(1, "fär", 0.9)]);
    let node = |id| tree.node(id).unwrap();
    assert_eq!(parting(node(one), node(other)), 1);
}

#[test]
fn typed_words_have_no_odds() {
    let (mut tree, why) = question();
    let one = answer(&mut tree, why, "v", &[(1, "It ", 0.9), (2, "is", 0.5)]);
    let other = answer(&mut tree, why, "v", &[(1, "It ", 0.9)]);
    tree.extend_typed(other, b"was");
    tree.extend_answer(other, b" so", [trace(5, " so", 0.25)]);
    let node = |id| tree.node(id).unwrap();
    let at = parting(node(other), node(one));
    assert_eq!(at, 3);
    let told = certainty(node(other), at).unwrap();
    assert_eq!((told.first, told.tokens), (None, 1));
    assert_eq!(token_over(node(other), at), None);
}

#[test]
fn a_sibling_is_told_from_the_one_it_came_from() {
    let (mut tree, why) = question();
    let blue = answer(
        &mut tree,
        why,
        "v",
        &[(1, "The sky ", 0.9), (2, "is blue", 0.9)],
    );
    let red = answer(
        &mut tree,
        why,
        "v",
        &[(1, "The sky ", 0.9), (3, "was red", 0.9)],
    );
    let now = answer(
        &mut tree,
        why,
        "v",
        &[(1, "The sky ", 0.9), (3, "was red", 0.9), (4, "!", 0.9)],
    );
    assert_eq!(told_from(&tree, blue), Some(red));
    assert_eq!(told_from(&tree, red), Some(blue));
    assert_eq!(told_from(&tree, now), Some(red));
    assert_eq!(told_from(&tree, why), None);
}

#[test]
fn two_branches_have_their_beginning_in_common() {
    let (mut tree, why) = question();
    let one = answer(&mut tree, why, "v", &[(1, "It ", 0.9), (2, "is", 0.5)]);
    let later = tree
        .append_message(Some(one), Role::User, b"Oh".to_vec(), 0)
        .unwrap();
    let other = answer(&mut tree, why, "v", &[(1, "It ", 0.9), (3, "was", 0.5)]);
    let found = compare(&tree, one, other).unwrap();
    assert_eq!(found.common, [why]);
    assert_eq!(found.left, [one, later]);
    assert_eq!((&found.right[..], found.same), (&[other][..], 3));
    assert_eq!(compare(&tree, one, later), None, "one branch");
}
