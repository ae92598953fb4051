//! What the samplers would make of a place in an answer with the settings of now.
//!
//! ```text
//!            Reconsider              Reconsidered
//!  (stored) ------------> asked ----------------------> known, while the settings stay
//!                          | ^ \----- Failed ---------> (stored), and a notice
//!                          +-+  another place or other settings: the older question is dropped
//! ```
//!
//! A question never waits in the way of an answer: one that begins drops it.

use std::collections::HashMap;

use super::Session;
use super::ask::vocabulary;
use super::engine::sentence;
use crate::chat::conversation::{Answer, Node};
use crate::chat::{MessageId, RecordBody, Severity};
use crate::inference::{
    EngineCommand, EngineError, Message, Prompt, ReconsiderRequest, Reconsidered, RequestId, Role,
    SamplerSettings, SamplerState, TokenId, TokenKind,
};
use crate::words::chat::session as words;

/// A token of an answer: the message, and the token's number in it.
type Spot = (MessageId, usize);

/// What was found out, and what is being asked.
#[derive(Debug, Default)]
pub(super) struct Reconsiderations {
    of: HashMap<Spot, Known>,
    asked: Option<Asked>,
}

/// What an answer of the engine depends on besides the place: the samplers, and how many
/// candidates are wanted.
type Settings = (SamplerSettings, u16);

#[derive(Debug)]
struct Known {
    settings: Settings,
    found: Box<Reconsidered>,
}

#[derive(Debug)]
struct Asked {
    request: RequestId,
    spot: Spot,
    settings: Settings,
    done: u32,
    total: u32,
}

/// What there was when a token was chosen: what the model had read, what it had written then,
/// the token, and what the samplers were at.
struct Before {
    prompt: Prompt,
    written: Vec<TokenId>,
    chosen: TokenId,
    recorded: SamplerState,
}

/// How far a question about a token has come, under the settings of now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reconsideration<'a> {
    /// `done` of `total` tokens before it are read; both 0 before that begins.
    Asked {
        done: u32,
        total: u32,
    },
    Known(&'a Reconsidered),
}

impl Session {
    /// What is known of a token of an answer under the settings of now; `None` where that was
    /// not asked.
    #[must_use]
    pub fn reconsideration(&self, message: MessageId, index: usize) -> Option<Reconsideration<'_>> {
        let spot = (message, index);
        let asked = self.reconsidered.asked.as_ref();
        if let Some(asked) = asked.filter(|asked| asked.spot == spot) {
            let (done, total) = (asked.done, asked.total);
            return Some(Reconsideration::Asked { done, total });
        }
        let known = self.reconsidered.of.get(&spot)?;
        let current = known.settings.0 == self.options.sampling
            && known.settings.1 == self.options.candidates;
        current.then_some(Reconsideration::Known(&known.found))
    }

    /// As [`reconsideration`](Self::reconsideration), once it is known.
    #[must_use]
    pub fn reconsidered(&self, message: MessageId, index: usize) -> Option<&Reconsidered> {
        match self.reconsideration(message, index)? {
            Reconsideration::Known(found) => Some(found),
            Reconsideration::Asked { .. } => None,
        }
    }

    /// Asks about a token of an answer.
    pub(super) fn reconsider(&mut self, message: MessageId, index: usize) {
        let Before {
            prompt,
            written,
            chosen,
            recorded,
        } = match self.written_before(message, index) {
            Ok(before) => before,
            Err(says) => return self.notify(Severity::Info, says),
        };
        let spot = (message, index);
        let sampling = self.options.sampling.clone();
        let settings = (sampling.clone(), self.options.candidates);
        let asked = self.reconsidered.asked.as_ref();
        if asked.is_some_and(|asked| asked.spot == spot && asked.settings == settings) {
            return;
        }
        self.stop_reconsidering();
        let request = self.request();
        self.reconsidered.asked = Some(Asked {
            request,
            spot,
            settings,
            done: 0,
            total: 0,
        });
        self.send(EngineCommand::Reconsider(Box::new(ReconsiderRequest {
            request,
            prompt,
            written,
            chosen,
            sampling,
            recorded,
            candidates: self.options.candidates.max(1),
            chat_template: self.options.chat_template.clone(),
        })));
    }

    /// What there was when a token was chosen.
    fn written_before(&self, message: MessageId, index: usize) -> Result<Before, &'static str> {
        let node = self
            .conversation
            .node(message)
            .ok_or(words::TOKEN_NOT_THERE)?;
        let answer = node.answer.as_deref().ok_or(words::NOT_SAMPLED)?;
        let chosen = answer.traces.get(index).ok_or(words::TOKEN_NOT_THERE)?;
        if self.is_busy() {
            return Err(words::ASK_WHEN_ENDED.into());
        }
        if !self.is_ready() {
            return Err(words::AGAIN_NEEDS_MODEL.into());
        }
        if self.model.as_deref().map(vocabulary).as_ref() != Some(&answer.vocabulary) {
            return Err(words::ANOTHER_MODEL.into());
        }
        let begun = begun(answer, index);
        let end = answer
            .span(begun, node.content.len())
            .ok_or(words::TOKEN_NOT_THERE)?
            .start;
        let written = answer.traces.outlines(begun..index);
        Ok(Before {
            prompt: self.beginning(node, answer, &node.content[..end], begun),
            written: written.map(|token| token.id).collect(),
            chosen: chosen.id,
            recorded: chosen.state,
        })
    }

    /// A prompt that ends in the beginning of an answer: `content`, which its first `count`
    /// tokens wrote and what was typed before and between them.
    pub(super) fn beginning(
        &self,
        node: &Node,
        answer: &Answer,
        content: &[u8],
        count: usize,
    ) -> Prompt {
        let text = String::from_utf8_lossy(content).into_owned();
        match self.prompt(node.parent, None) {
            Prompt::Chat { messages, .. } => {
                let model = self.model.as_deref().map(vocabulary);
                let parts = if Some(&answer.vocabulary) == model.as_ref() {
                    answer.parts_up_to(content, count)
                } else {
                    Vec::new()
                };
                let prefix = Message {
                    parts,
                    ..Message::new(Role::Assistant, text)
                };
                let begins = !prefix.content.is_empty() || !prefix.parts.is_empty();
                Prompt::Chat {
                    messages,
                    answer_prefix: begins.then_some(prefix),
                    // As it was asked, whatever holds now.
                    think: answer.asked_to_think,
                }
            }
            Prompt::Text(before) => Prompt::Text(before + &text),
            Prompt::Tokens(tokens) => Prompt::Tokens(tokens),
        }
    }

    /// The candidates' bytes that the conversation does not know, to be written before a record
    /// that names them.
    pub(super) fn unknown_pieces(
        &self,
        answer: &Answer,
        found: &Reconsidered,
    ) -> Option<RecordBody> {
        let known = |id| self.conversation.piece(&answer.vocabulary, id).is_some();
        let pieces = found.pieces.iter().filter(|piece| !known(piece.id));
        let pieces: Vec<_> = pieces.cloned().collect();
        (!pieces.is_empty()).then(|| RecordBody::Pieces {
            vocabulary: answer.vocabulary.clone(),
            pieces,
        })
    }

    /// Takes the progress of a question; `false` for that of anything else.
    pub(super) fn reconsidering(&mut self, request: RequestId, done: u32, total: u32) -> bool {
        let asked = self.reconsidered.asked.as_mut();
        let Some(asked) = asked.filter(|asked| asked.request == request) else {
            return false;
        };
        (asked.done, asked.total) = (done, total);
        true
    }

    /// Takes an answer of the engine; older questions are forgotten.
    pub(super) fn found_out(&mut self, found: Box<Reconsidered>) {
        let asked = &mut self.reconsidered.asked;
        if let Some(asked) = asked.take_if(|asked| asked.request == found.request) {
            let settings = asked.settings;
            let known = Known { settings, found };
            self.reconsidered.of.insert(asked.spot, known);
        }
    }

    /// Takes a failure of a question; `false` for any other.
    pub(super) fn reconsidering_failed(&mut self, request: RequestId, error: &EngineError) -> bool {
        let asked = &mut self.reconsidered.asked;
        let failed = asked.take_if(|asked| asked.request == request).is_some();
        if failed && *error != EngineError::Cancelled {
            self.notify(Severity::Warning, sentence(error));
        }
        failed
    }

    /// Drops what is being asked; `false` where nothing is. What the engine still says of it is
    /// passed over.
    pub(super) fn stop_reconsidering(&mut self) -> bool {
        let asked = self.reconsidered.asked.take();
        if let Some(asked) = &asked {
            self.send(EngineCommand::Cancel(asked.request));
        }
        asked.is_some()
    }

    /// What is being asked will not be answered: the engine is gone.
    pub(super) fn drop_reconsidering(&mut self) {
        self.reconsidered.asked = None;
    }

    /// Another model holds other things probable, and another conversation has other messages.
    pub(super) fn forget_reconsidered(&mut self) {
        self.stop_reconsidering();
        self.reconsidered.of.clear();
    }
}

/// The first token of the writing that the token `index` belongs to: the model began anew after
/// what was typed, and after an end that was gone on from.
fn begun(answer: &Answer, index: usize) -> usize {
    let typed = answer.typed.iter().map(|typed| typed.after);
    let ends = answer
        .traces
        .outlines(0..index)
        .rposition(|token| token.kind == TokenKind::EndOfGeneration)
        .map(|at| at + 1);
    typed
        .filter(|&after| after <= index)
        .chain(ends)
        .max()
        .unwrap_or(0)
}
