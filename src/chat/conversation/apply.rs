//! The conversation as the sum of its records.

use std::sync::Arc;

use super::{Answer, AnswerState, Conversation, MessageId, Node, TraceFile, TracePlace};
use crate::chat::RecordBody;
use crate::chat::record::ChunkOutline;
use crate::inference::Role;
use crate::words::chat::{files, session as words};

/// A record that does not fit what came before it, as after damage in the middle of a file.
///
/// Nothing a user wrote is hidden by it: an orphan is attached where the conversation stood,
/// and text without an answer is kept as text without traces.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("{}", files::duplicate(.0.0))]
    Duplicate(MessageId),
    #[error("{}", files::missing(.0.0))]
    Missing(MessageId),
    #[error("{}", files::orphan(.0.0))]
    Orphan(MessageId),
    #[error("{}", files::no_answer(.0.0))]
    NoAnswer(MessageId),
}

impl Conversation {
    /// Does what a record says was done. Replaying a file through this gives the conversation
    /// that was live when it was written; the first record, the header, brings its name.
    ///
    /// # Errors
    /// The record does not fit; what could be saved of it was, and the records after it can
    /// still be applied.
    pub fn apply(&mut self, body: &RecordBody) -> Result<(), ApplyError> {
        match body {
            RecordBody::Header {
                conversation,
                created,
                ..
            } => {
                self.rename_to(conversation.clone(), *created);
                Ok(())
            }
            RecordBody::Message {
                id,
                parent,
                role,
                created,
                content,
            } => {
                let lost = parent.is_some_and(|parent| !self.nodes.contains_key(&parent));
                let node = Node {
                    id: *id,
                    parent: if lost { self.head } else { *parent },
                    children: Vec::new(),
                    role: *role,
                    content: content.clone(),
                    answer: None,
                    version: 0,
                    created: *created,
                    rating: None,
                    corrects: None,
                };
                if !self.insert(node) {
                    return Err(ApplyError::Duplicate(*id));
                }
                there(!lost, ApplyError::Orphan(*id))
            }
            RecordBody::Begin {
                message,
                model,
                vocabulary,
                template_hash,
                sampling,
                prefix_len,
                think,
            } => {
                let answer = Answer {
                    template_hash: template_hash.clone(),
                    sampling: (**sampling).clone(),
                    prefix_len: *prefix_len,
                    asked_to_think: *think,
                    ..Answer::waiting(model, vocabulary)
                };
                let lost = !self.nodes.contains_key(message) && self.adopt_answer(*message);
                let begun = self.begin_answer(*message, answer);
                there(begun, ApplyError::Missing(*message))?;
                there(!lost, ApplyError::Orphan(*message))
            }
            RecordBody::Chunk {
                message,
                content,
                traces,
            } => {
                if self.extend_answer(*message, content, traces.iter().cloned()) {
                    return Ok(());
                }
                self.keep_text(*message, content)
            }
            RecordBody::Typed { message, content } => {
                if self.extend_typed(*message, content) {
                    return Ok(());
                }
                self.keep_text(*message, content)
            }
            RecordBody::Thinking {
                message,
                opened,
                ms,
            } => there(
                self.set_thinking(*message, *opened, *ms),
                ApplyError::Missing(*message),
            ),
            RecordBody::Labels { message, labels } => there(
                self.set_labels(*message, labels.clone()),
                ApplyError::Missing(*message),
            ),
            RecordBody::Pieces { vocabulary, pieces } => {
                self.add_pieces(vocabulary, pieces);
                Ok(())
            }
            RecordBody::End {
                message,
                stop,
                failure,
                stats,
            } => {
                let ending = match (stop, failure) {
                    (Some(stop), _) => AnswerState::Ended(stop.clone()),
                    (None, Some(failure)) => AnswerState::Failed(failure.clone()),
                    (None, None) => AnswerState::Failed(words::NO_REASON.into()),
                };
                let stats = stats.as_deref().copied();
                there(
                    self.end_answer(*message, ending, stats),
                    ApplyError::Missing(*message),
                )
            }
            RecordBody::Head { message } => match message {
                Some(id) => there(self.set_head(Some(*id)), ApplyError::Missing(*id)),
                None => there(self.set_head(None), ApplyError::Missing(MessageId(0))),
            },
            RecordBody::Title { title } => {
                self.set_title(title.clone());
                Ok(())
            }
            RecordBody::Meta(change) => {
                self.keep(&change.clone().over(&self.keeping));
                Ok(())
            }
            RecordBody::Rating { message, rating } => {
                there(self.rate(*message, *rating), ApplyError::Missing(*message))
            }
            RecordBody::Correction { message, corrects } => there(
                self.mark_correction(*message, *corrects),
                ApplyError::Missing(*message),
            ),
            RecordBody::Tombstone { message } => {
                there(self.delete(*message), ApplyError::Missing(*message))
            }
            RecordBody::Restore { message } => {
                there(self.restore(*message), ApplyError::Missing(*message))
            }
        }
    }

    /// As [`apply`](Self::apply) of a chunk whose traces stay where they are.
    ///
    /// # Errors
    /// As there.
    pub fn apply_outline(
        &mut self,
        chunk: ChunkOutline,
        file: &Arc<TraceFile>,
        place: TracePlace,
    ) -> Result<(), ApplyError> {
        let ChunkOutline {
            message,
            content,
            tokens,
            ..
        } = chunk;
        if self.extend_stored(message, &content, tokens, file, place) {
            return Ok(());
        }
        self.keep_text(message, &content)
    }

    /// Saves the text of an answer whose beginning is lost.
    fn keep_text(&mut self, message: MessageId, text: &[u8]) -> Result<(), ApplyError> {
        let kept = self.extend_text(message, text)
            || self.adopt_answer(message) && self.extend_text(message, text);
        Err(if kept {
            ApplyError::NoAnswer(message)
        } else {
            ApplyError::Missing(message)
        })
    }

    /// Makes a place for an answer whose message record is lost. One that was deleted stays so.
    fn adopt_answer(&mut self, message: MessageId) -> bool {
        self.insert(Node {
            id: message,
            parent: self.head,
            children: Vec::new(),
            role: Role::Assistant,
            content: Vec::new(),
            answer: None,
            version: 0,
            created: 0,
            rating: None,
            corrects: None,
        })
    }
}

fn there(done: bool, otherwise: ApplyError) -> Result<(), ApplyError> {
    done.then_some(()).ok_or(otherwise)
}
