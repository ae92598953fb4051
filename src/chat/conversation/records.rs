//! The records that a conversation could have come from.

use super::{Answer, AnswerState, Conversation, MessageId, Node};
use crate::chat::record::MetaChange;
use crate::chat::{Keeping, RecordBody, record};
use crate::inference::{Piece, TokenId, TokenTrace};

/// Names the program in a file's header.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

impl Conversation {
    /// The header that a file of this conversation begins with.
    #[must_use]
    pub fn header(&self) -> RecordBody {
        RecordBody::Header {
            conversation: self.id.clone(),
            created: self.created,
            program: PROGRAM.to_owned(),
        }
    }

    /// The shortest sequence of records that replays to this conversation, with `candidates`
    /// kept of each token. What was deleted is not in it.
    #[must_use]
    pub fn to_records(&self, candidates: usize) -> Vec<RecordBody> {
        let mut records = vec![self.header()];
        let mut vocabularies: Vec<_> = self.pieces.iter().collect();
        vocabularies.sort_unstable_by_key(|(name, _)| *name);
        for (vocabulary, pieces) in vocabularies {
            let mut pieces: Vec<(&TokenId, &Vec<u8>)> = pieces.iter().collect();
            pieces.sort_unstable_by_key(|(id, _)| **id);
            let pieces = pieces
                .into_iter()
                .map(|(&id, bytes)| Piece {
                    id,
                    bytes: bytes.clone(),
                })
                .collect();
            records.push(RecordBody::Pieces {
                vocabulary: vocabulary.clone(),
                pieces,
            });
        }
        for node in self.nodes.values() {
            node.to_records(candidates, &mut records);
        }
        let meta = MetaChange::between(&Keeping::default(), &self.keeping);
        if meta != MetaChange::default() {
            records.push(RecordBody::Meta(meta));
        }
        if let Some(title) = &self.title {
            records.push(RecordBody::Title {
                title: Some(title.clone()),
            });
        }
        // A message that is read becomes the head, so only another head need be named.
        if self.head != self.nodes.keys().next_back().copied() {
            records.push(RecordBody::Head { message: self.head });
        }
        records
    }
}

impl Node {
    pub(super) fn to_records(&self, candidates: usize, records: &mut Vec<RecordBody>) {
        let typed = match &self.answer {
            Some(answer) => answer.prefix_len.min(self.content.len()),
            None => self.content.len(),
        };
        records.push(RecordBody::Message {
            id: self.id,
            parent: self.parent,
            role: self.role,
            created: self.created,
            content: self.content[..typed].to_vec(),
        });
        if let Some(corrects) = self.corrects {
            records.push(RecordBody::Correction {
                message: self.id,
                corrects,
            });
        }
        if self.rating.is_some() {
            records.push(RecordBody::Rating {
                message: self.id,
                rating: self.rating,
            });
        }
        let Some(answer) = &self.answer else { return };
        records.push(answer.begin(self));
        let mut written = answer.records(self.id, &self.content, answer.traces.len());
        for record in &mut written {
            if let RecordBody::Chunk { traces, .. } = record {
                *traces = stored(traces, candidates);
            }
        }
        let covered = answer
            .stretches(self.content.len(), answer.traces.len())
            .last()
            .map_or(typed, |stretch| stretch.bytes.end);
        // What a damaged file left without a token is kept as text that none covers.
        if covered < self.content.len() {
            written.push(RecordBody::Typed {
                message: self.id,
                content: self.content[covered..].to_vec(),
            });
        }
        records.extend(answer.thinking(self.id));
        records.append(&mut written);
        if !answer.labels.is_empty() {
            records.push(RecordBody::Labels {
                message: self.id,
                labels: answer.labels.clone(),
            });
        }
        if let Some(end) = answer.end(self) {
            records.push(end);
        }
    }
}

impl Answer {
    /// What was written into `message` after the prefix and before the token `index`: tokens,
    /// and what was typed between them.
    #[must_use]
    pub fn records(&self, message: MessageId, content: &[u8], index: usize) -> Vec<RecordBody> {
        let prefix = self.prefix_len.min(content.len());
        self.stretches(content.len(), index)
            .into_iter()
            .filter(|stretch| stretch.bytes.start >= prefix)
            .map(|stretch| {
                let content = content[stretch.bytes].to_vec();
                if stretch.tokens.is_empty() {
                    RecordBody::Typed { message, content }
                } else {
                    RecordBody::Chunk {
                        message,
                        content,
                        traces: self.traces.range(stretch.tokens).cloned().collect(),
                    }
                }
            })
            .collect()
    }

    fn begin(&self, node: &Node) -> RecordBody {
        RecordBody::Begin {
            message: node.id,
            model: self.model.clone(),
            vocabulary: self.vocabulary.clone(),
            template_hash: self.template_hash.clone(),
            sampling: Box::new(self.sampling.clone()),
            prefix_len: self.prefix_len,
            think: self.asked_to_think,
        }
    }

    /// What is to be recorded of the reasoning in an answer to `message` that has this one's.
    pub(in crate::chat) fn thinking(&self, message: MessageId) -> Option<RecordBody> {
        let thinking = &self.thinking;
        (thinking.is_opened() || thinking.ms().is_some()).then(|| RecordBody::Thinking {
            message,
            opened: thinking.is_opened(),
            ms: thinking.ms(),
        })
    }

    fn end(&self, node: &Node) -> Option<RecordBody> {
        let (stop, failure) = match &self.state {
            AnswerState::Waiting | AnswerState::Streaming => return None,
            AnswerState::Ended(stop) => (Some(stop.clone()), None),
            AnswerState::Failed(sentence) => (None, Some(sentence.clone())),
        };
        Some(RecordBody::End {
            message: node.id,
            stop,
            failure,
            stats: self.stats.map(Box::new),
        })
    }
}

/// Traces as they are written: with the best `candidates`, and what the others weighed added to
/// the mass outside the list.
#[must_use]
pub fn stored(traces: &[TokenTrace], candidates: usize) -> Vec<TokenTrace> {
    traces
        .iter()
        .map(|trace| {
            let keep = candidates
                .min(record::MAX_CANDIDATES)
                .min(trace.candidates.len());
            let (kept, left_out) = trace.candidates.split_at(keep);
            let weight: f32 = left_out
                .iter()
                .map(|candidate| candidate.logprob.exp())
                .sum();
            TokenTrace {
                outside: (trace.outside + weight).min(1.0),
                candidates: kept.to_vec(),
                ..*trace
            }
        })
        .collect()
}
