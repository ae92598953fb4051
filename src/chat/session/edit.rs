//! A message said differently, answered again, deleted, brought back.

use super::Session;
use super::ask::{Ask, end};
use super::typed::Turn;
use crate::chat::conversation::{Answer, Node};
use crate::chat::{AnswerState, MessageId, RecordBody, Severity};
use crate::inference::{Role, StopReason};
use crate::words::chat::session as words;

impl Session {
    /// A fixed seed goes up by one with each answer to the same message, since it would
    /// otherwise give the same answer again.
    pub(super) fn regenerate(&mut self) {
        match self.conversation.head {
            Some(head) => self.answer_again(head),
            None => self.nothing_to_answer(),
        }
    }

    /// Asks for another answer to a message, or for another one than this answer.
    pub(super) fn answer_again(&mut self, message: MessageId) {
        let Some(node) = self.conversation.node(message) else {
            return self.gone();
        };
        let question = match node.role {
            Role::User => Some(message),
            Role::Assistant => node.parent,
            Role::System => None,
        };
        self.abandon();
        match question {
            Some(question) => self.ask(Ask::Answer(question)),
            None => self.nothing_to_answer(),
        }
    }

    fn nothing_to_answer(&mut self) {
        self.notify(Severity::Info, words::NOTHING_TO_ANSWER);
    }

    /// A sibling of `message` with another text: a question is asked, an answer stands as it
    /// was typed.
    pub(super) fn edit(&mut self, message: MessageId, text: String) {
        let Some(node) = self.conversation.node(message) else {
            return self.gone();
        };
        if text.trim().is_empty() {
            return self.notify(Severity::Info, words::EMPTY_MESSAGE);
        }
        let parent = node.parent;
        match node.role {
            Role::User => {
                self.abandon();
                let said = self.say(parent, text);
                self.inherit_task(message, said);
                self.ask(Ask::Answer(said));
            }
            Role::Assistant if node.content == text.as_bytes() => {
                self.notify(Severity::Info, words::SAME_ANSWER);
            }
            Role::Assistant => {
                let records = self.edited_answer(node, &text);
                self.abandon();
                self.commit(records, true);
                self.notify(Severity::Info, words::EDITED);
            }
            Role::System => self.notify(Severity::Info, words::SYSTEM_BY_COMMAND),
        }
    }

    /// The records of an answer that a person wrote over another one: the tokens that both
    /// begin with keep their odds.
    fn edited_answer(&self, node: &Node, text: &str) -> Vec<RecordBody> {
        let id = self.conversation.next_id();
        let kept = node
            .answer
            .as_deref()
            .and_then(|answer| Some((answer, kept_tokens(answer, &node.content, text)?)));
        let Some((answer, kept)) = kept else {
            let content = text.as_bytes().to_vec();
            return vec![self.message(id, node.parent, Role::Assistant, content)];
        };
        let shared = end_of(answer, &node.content, kept);
        let typed = Turn::Typed(&text.as_bytes()[shared..]);
        let typed = Some(typed).filter(|_| shared < text.len());
        let mut records = self.branch(node, answer, kept, typed);
        // A beginning without tokens is a message like any other.
        if records.len() > 1 {
            let ended = AnswerState::Ended(StopReason::Cancelled);
            records.push(end(id, &ended, None));
        }
        records
    }

    pub(super) fn delete(&mut self, message: MessageId) {
        if self.conversation.node(message).is_none() {
            return self.gone();
        }
        let touched = |id: MessageId| self.conversation.path_to(id).contains(&message);
        let waits_for = self.waiting.map(|(Ask::Answer(id) | Ask::Continue(id))| id);
        let fan = self.running_fan().into_iter();
        let fanned = fan.flat_map(|fan| {
            let own = fan.branches().iter().map(|branch| branch.message);
            own.chain([fan.source().0])
        });
        let written = self.running().into_iter().chain(waits_for).chain(fanned);
        if written.into_iter().any(touched) {
            self.abandon();
        }
        let count = self.conversation.following(message);
        self.commit(vec![RecordBody::Tombstone { message }], true);
        let says = match count {
            1 => words::ONE_DELETED.into(),
            count => words::deleted(count),
        };
        self.notify(Severity::Info, says);
    }

    /// Brings back what was deleted last.
    pub(super) fn restore(&mut self) {
        let Some(message) = self.conversation.last_deleted() else {
            return self.notify(Severity::Info, words::NOTHING_DELETED);
        };
        self.commit(vec![RecordBody::Restore { message }], true);
        let says = match self.conversation.following(message) {
            1 => words::ONE_RESTORED.into(),
            count => words::restored(count),
        };
        self.notify(Severity::Info, says);
    }
}

/// How many of an answer's tokens `text` begins with; `None` where what no token covers before
/// them differs.
fn kept_tokens(answer: &Answer, content: &[u8], text: &str) -> Option<usize> {
    let same = content.iter().zip(text.as_bytes());
    let same = same.take_while(|(one, other)| one == other).count();
    // The rest of the text is kept as text, so it begins with a whole character.
    let shared = text.floor_char_boundary(same);
    if shared < answer.prefix_len {
        return None;
    }
    let spans = answer.spans(content.len());
    let last = spans.iter().rposition(|span| span.end <= shared)?;
    let mut kept = super::typed::before_end(answer, last + 1);
    // What was typed right behind a token stays with it.
    while kept > 0 && !is_kept(end_of(answer, content, kept), text, shared) {
        kept -= 1;
    }
    (kept > 0).then_some(kept)
}

fn is_kept(end: usize, text: &str, shared: usize) -> bool {
    end <= shared && text.is_char_boundary(end)
}

/// Where the first `kept` tokens end, with what was typed between them and behind them.
fn end_of(answer: &Answer, content: &[u8], kept: usize) -> usize {
    let stretches = answer.stretches(content.len(), kept);
    stretches.last().map_or(0, |stretch| stretch.bytes.end)
}
