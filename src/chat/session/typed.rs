//! A branch of an answer: its beginning, and what another one goes on with.

use super::Session;
use super::ask::{Ask, vocabulary};
use crate::chat::conversation::{Answer, Node};
use crate::chat::{MessageId, RecordBody, Severity};
use crate::inference::{Role, TokenKind, TokenTrace};
use crate::words::chat::session as words;

/// What a branch goes on with, in the place of a token.
pub(super) enum Turn<'a> {
    /// Words that a person typed.
    Typed(&'a [u8]),
    /// Another token, with what it adds to the text.
    Token(&'a [u8], TokenTrace),
}

/// How many tokens an answer keeps that is to go on from the token `index`: where it goes on,
/// it did not end.
pub(super) fn before_end(answer: &Answer, index: usize) -> usize {
    let kept = index.min(answer.traces.len());
    let ends = answer.traces.outlines(0..kept).rev();
    kept - ends
        .take_while(|token| token.kind == TokenKind::EndOfGeneration)
        .count()
}

/// What a branch knows of the reasoning it shares with an answer, of which it keeps the tokens
/// before `index`.
fn thinking_of(answer: &Answer, id: MessageId, index: usize) -> Option<RecordBody> {
    let thinking = &answer.thinking;
    let whole = !thinking.is_inside() && index >= thinking.tokens();
    let ms = thinking.ms().filter(|_| whole);
    (thinking.is_opened() || ms.is_some()).then(|| RecordBody::Thinking {
        message: id,
        opened: thinking.is_opened(),
        ms,
    })
}

impl Session {
    /// Keeps an answer up to the token `index`, puts `text` after it, and asks the model to go
    /// on from there: a sibling of the answer.
    pub(super) fn continue_with(&mut self, message: MessageId, index: usize, text: &str) {
        let Some(node) = self.conversation.node(message) else {
            return self.gone();
        };
        let Some(answer) = node.answer.as_deref() else {
            return self.notify(Severity::Info, words::ONLY_ANSWERS_CONTINUE);
        };
        if text.is_empty() {
            return self.notify(Severity::Info, words::NOTHING_TYPED);
        }
        let kept = before_end(answer, index);
        let records = self.branch(node, answer, kept, Some(Turn::Typed(text.as_bytes())));
        let id = self.conversation.next_id();
        self.abandon();
        self.commit(records, true);
        self.ask(Ask::Continue(id));
    }

    /// The records of a sibling that begins with an answer's text up to the token `index`, and
    /// goes on with `turn`: its tokens keep their ids and odds. Another model's ids mean nothing to the one that is to go
    /// on, so for it the beginning is text alone.
    pub(super) fn branch(
        &self,
        node: &Node,
        answer: &Answer,
        index: usize,
        turn: Option<Turn<'_>>,
    ) -> Vec<RecordBody> {
        let id = self.conversation.next_id();
        let message = |content| self.message(id, node.parent, Role::Assistant, content);
        let ends = matches!(&turn, Some(Turn::Token(_, trace)) if trace.kind == TokenKind::EndOfGeneration);
        let foreign = self
            .model
            .as_deref()
            .is_some_and(|model| vocabulary(model) != answer.vocabulary);
        if foreign && !ends {
            let kept = answer.stretches(node.content.len(), index);
            let end = kept.last().map_or(0, |stretch| stretch.bytes.end);
            let more = turn.map_or(&[][..], |(Turn::Typed(more) | Turn::Token(more, _))| more);
            return vec![message([&node.content[..end], more].concat())];
        }
        let prefix = answer.prefix_len.min(node.content.len());
        let mut records = vec![
            message(node.content[..prefix].to_vec()),
            RecordBody::Begin {
                message: id,
                model: answer.model.clone(),
                vocabulary: answer.vocabulary.clone(),
                template_hash: answer.template_hash.clone(),
                sampling: Box::new(answer.sampling.clone()),
                prefix_len: prefix,
                think: answer.asked_to_think,
            },
        ];
        records.extend(thinking_of(answer, id, index));
        records.extend(answer.records(id, &node.content, index));
        records.extend(turn.map(|turn| match turn {
            Turn::Typed(text) => RecordBody::Typed {
                message: id,
                content: text.to_vec(),
            },
            Turn::Token(text, trace) => RecordBody::Chunk {
                message: id,
                content: text.to_vec(),
                traces: vec![trace],
            },
        }));
        records
    }
}
