//! Rated answers, as programs that train models read them.
//!
//! | form | a line for | looks like |
//! |---|---|---|
//! | `sft` | each answer that was rated up, and each correction | `{"messages": [{"role", "content"} …]}`, the answer last |
//! | `preference` | each pair of answers to the same message, of which one is better | `{"prompt": […], "chosen": [answer], "rejected": [answer]}` |
//!
//! What an answer thought is no part of its `content`; it stands beside it, as
//! `reasoning_content`.
//!
//! A correction is better than the answer that it corrects, unless it was rated down or the
//! answer up; an answer that was rated up is better than one beside it that was rated down.

use serde_json::{Value, json};

use super::message;
use crate::chat::{Conversation, MessageId, Node, Rating};
use crate::inference::Role;

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatedForm {
    Sft,
    Preference,
}

/// What became of a conversation's ratings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rated {
    /// JSON, one line each, without the lines' ends.
    pub lines: Vec<String>,
    /// Rated or corrected answers that are in none of them.
    pub left_out: usize,
}

/// The rated answers on all branches.
#[must_use]
pub fn rated(conversation: &Conversation, form: RatedForm) -> Rated {
    let answers: Vec<&Node> = conversation
        .nodes
        .values()
        .filter(|node| node.role == Role::Assistant)
        .collect();
    let judged = answers
        .iter()
        .filter(|node| node.rating.is_some() || node.corrects.is_some());
    let mut used: Vec<MessageId> = Vec::new();
    let mut lines = Vec::new();
    match form {
        RatedForm::Sft => {
            for node in answers.iter().filter(|node| is_good(node)) {
                let mut messages = before(conversation, node);
                messages.push(message(node));
                lines.push(json!({ "messages": messages }).to_string());
                used.push(node.id);
            }
        }
        RatedForm::Preference => {
            for chosen in answers.iter().filter(|node| is_good(node)) {
                let siblings = conversation.siblings(chosen.id);
                let siblings = siblings.map_or(&[][..], |(all, _)| all);
                let rejected = siblings.iter().filter_map(|&id| conversation.node(id));
                for rejected in rejected.filter(|other| is_worse(other, chosen)) {
                    let line = json!({
                        "prompt": before(conversation, chosen),
                        "chosen": [message(chosen)],
                        "rejected": [message(rejected)],
                    });
                    lines.push(line.to_string());
                    used.extend([chosen.id, rejected.id]);
                }
            }
        }
    }
    let left_out = judged.filter(|node| !used.contains(&node.id)).count();
    Rated { lines, left_out }
}

fn is_good(node: &Node) -> bool {
    match node.rating {
        Some(rating) => rating == Rating::Up,
        None => node.corrects.is_some(),
    }
}

fn is_worse(other: &Node, chosen: &Node) -> bool {
    other.role == Role::Assistant
        && match other.rating {
            Some(rating) => rating == Rating::Down,
            None => chosen.corrects == Some(other.id),
        }
}

/// What the model was given to read before an answer.
fn before(conversation: &Conversation, node: &Node) -> Vec<Value> {
    let system = conversation.system_at(node.id).map(message);
    let path = conversation.path_to(node.id);
    let said = path
        .iter()
        .filter(|&&id| id != node.id)
        .filter_map(|&id| conversation.node(id))
        .filter(|node| node.role != Role::System)
        .map(message);
    system.into_iter().chain(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::ConversationId;

    fn conversation() -> (Conversation, MessageId) {
        let mut conversation = Conversation::new(ConversationId("ID".to_owned()), 0);
        let mut say = |parent, role, text: &str| {
            let text = text.as_bytes().to_vec();
            conversation
                .append_message(parent, role, text, 0)
                .expect("the parent is there")
        };
        let system = say(None, Role::System, "Be brief.");
        let question = say(Some(system), Role::User, "Why \"blue\"?");
        (conversation, question)
    }

    fn answer(conversation: &mut Conversation, question: MessageId, text: &str) -> MessageId {
        let text = text.as_bytes().to_vec();
        conversation
            .append_message(Some(question), Role::Assistant, text, 0)
            .expect("the question is there")
    }

    fn read(rated: &Rated) -> Vec<Value> {
        let lines = rated.lines.iter();
        lines
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect()
    }

    #[test]
    fn an_answer_that_was_rated_up_is_one_chat() {
        let (mut conversation, question) = conversation();
        let good = answer(&mut conversation, question, "Rayleigh.");
        answer(&mut conversation, question, "No idea.");
        conversation.rate(good, Some(Rating::Up));
        let rated = rated(&conversation, RatedForm::Sft);
        assert_eq!(
            read(&rated),
            [json!({"messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": "Why \"blue\"?"},
                {"role": "assistant", "content": "Rayleigh."},
            ]})]
        );
        assert_eq!(rated.left_out, 0);
    }

    #[test]
    fn a_correction_is_chosen_over_the_answer_it_corrects() {
        let (mut conversation, question) = conversation();
        let wrong = answer(&mut conversation, question, "Mie.");
        let right = answer(&mut conversation, question, "Rayleigh.");
        conversation.mark_correction(right, wrong);
        let pairs = rated(&conversation, RatedForm::Preference);
        assert_eq!(
            read(&pairs),
            [json!({
                "prompt": [
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "Why \"blue\"?"},
                ],
                "chosen": [{"role": "assistant", "content": "Rayleigh."}],
                "rejected": [{"role": "assistant", "content": "Mie."}],
            })]
        );
        assert_eq!(rated(&conversation, RatedForm::Sft).lines.len(), 1);
        // Who thinks well of both prefers neither.
        conversation.rate(wrong, Some(Rating::Up));
        assert!(rated(&conversation, RatedForm::Preference).lines.is_empty());
    }

    #[test]
    fn each_good_answer_is_paired_with_each_bad_one_beside_it() {
        let (mut conversation, question) = conversation();
        for (text, rating) in [
            ("a", Some(Rating::Up)),
            ("b", Some(Rating::Down)),
            ("c", None),
            ("d", Some(Rating::Down)),
        ] {
            let id = answer(&mut conversation, question, text);
            conversation.rate(id, rating);
        }
        let pairs = rated(&conversation, RatedForm::Preference);
        let rejected: Vec<String> = read(&pairs)
            .iter()
            .map(|pair| pair["rejected"][0]["content"].to_string())
            .collect();
        assert_eq!(rejected, ["\"b\"", "\"d\""]);
        assert_eq!(pairs.left_out, 0);
        let chats = rated(&conversation, RatedForm::Sft);
        assert_eq!((chats.lines.len(), chats.left_out), (1, 2));
    }
}
