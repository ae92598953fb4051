//! The conversation as the sum of its records.

use super::{Answer, AnswerState, Conversation, MessageId, Node};
use crate::chat::RecordBody;

/// A record that does not fit what came before it. The conversation is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("message {} was there already", .0.0)]
    Duplicate(MessageId),
    #[error("message {} is not there", .0.0)]
    Missing(MessageId),
    #[error("message {} has no answer to write to", .0.0)]
    NoAnswer(MessageId),
}

impl Conversation {
    /// Does what a record says was done. Replaying a file through this gives the conversation
    /// that was live when it was written; the first record, the header, brings its name.
    ///
    /// # Errors
    /// The record names a message that is not there, or one that is. Nothing changed then, and
    /// the records after it can still be applied.
    pub fn apply(&mut self, body: &RecordBody) -> Result<(), ApplyError> {
        match body {
            RecordBody::Header {
                conversation,
                created,
                ..
            } => {
                self.id = conversation.clone();
                self.created = *created;
                self.version += 1;
                Ok(())
            }
            RecordBody::Message {
                id,
                parent,
                role,
                created,
                content,
            } => {
                if let Some(parent) = parent.filter(|parent| !self.nodes.contains_key(parent)) {
                    return Err(ApplyError::Missing(parent));
                }
                self.insert(Node {
                    id: *id,
                    parent: *parent,
                    children: Vec::new(),
                    role: *role,
                    content: content.clone(),
                    answer: None,
                    version: 0,
                    created: *created,
                })
                .then_some(())
                .ok_or(ApplyError::Duplicate(*id))
            }
            RecordBody::Begin {
                message,
                model,
                vocabulary,
                template_hash,
                sampling,
                prefix_len,
            } => {
                let answer = Answer {
                    model: model.clone(),
                    vocabulary: vocabulary.clone(),
                    template_hash: template_hash.clone(),
                    sampling: (**sampling).clone(),
                    traces: Vec::new(),
                    prefix_len: *prefix_len,
                    state: AnswerState::Waiting,
                    stats: None,
                };
                there(
                    self.begin_answer(*message, answer),
                    ApplyError::Missing(*message),
                )
            }
            RecordBody::Chunk {
                message,
                content,
                traces,
            } => there(
                self.extend_answer(*message, content, traces.iter().cloned()),
                self.without_answer(*message),
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
                let state = match (stop, failure) {
                    (Some(stop), _) => AnswerState::Ended(stop.clone()),
                    (None, Some(failure)) => AnswerState::Failed(failure.clone()),
                    (None, None) => AnswerState::Failed("ended without a reason".to_owned()),
                };
                let stats = stats.as_deref().copied();
                there(
                    self.end_answer(*message, state, stats),
                    self.without_answer(*message),
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
            RecordBody::Tombstone { message } => {
                there(self.delete(*message), ApplyError::Missing(*message))
            }
        }
    }

    fn without_answer(&self, message: MessageId) -> ApplyError {
        if self.nodes.contains_key(&message) {
            ApplyError::NoAnswer(message)
        } else {
            ApplyError::Missing(message)
        }
    }
}

fn there(done: bool, otherwise: ApplyError) -> Result<(), ApplyError> {
    done.then_some(()).ok_or(otherwise)
}
