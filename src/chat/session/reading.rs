//! Messages that nobody generated, read as tokens: cut when someone looks, scored on request.
//!
//! ```text
//!        Read               Tokenized          Score             ScoreFinished
//!  none ------> Cutting ----------------> Cut -------> Scoring ----------------> Scored
//!                  \------ Failed ------> Failed <------ Failed ------/
//! ```
//!
//! A reading belongs to the model that made it: another one begins anew. Messages do not change,
//! so nothing else makes it old.

use std::collections::HashMap;

use super::ask::vocabulary;
use super::{EngineStatus, Session};
use crate::chat::reading::{self, Reading, ReadingState};
use crate::chat::{MessageId, Severity};
use crate::inference::{
    EngineCommand, EngineError, Prompt, RequestId, Role, ScoreEvent, ScoreRequest, ScoreScope,
    ScoredToken, TokenizedPiece,
};
use crate::words::chat::session as words;

/// What was read, and what is being read.
#[derive(Debug, Default)]
pub(super) struct Readings {
    of: HashMap<MessageId, Reading>,
    asked: HashMap<RequestId, Asked>,
}

#[derive(Debug)]
enum Asked {
    Cut {
        message: MessageId,
        stretch: usize,
    },
    Score {
        message: MessageId,
        read: Vec<ScoredToken>,
    },
}

impl Asked {
    fn message(&self) -> MessageId {
        match self {
            Self::Cut { message, .. } | Self::Score { message, .. } => *message,
        }
    }
}

impl Session {
    /// What is known of the tokens of a message that nobody generated.
    #[must_use]
    pub fn reading(&self, message: MessageId) -> Option<&Reading> {
        self.readings.of.get(&message)
    }

    /// Whether a message has text that nobody generated and that could be cut into tokens now.
    #[must_use]
    pub fn can_read(&self, message: MessageId) -> bool {
        self.is_ready()
            && self.reading(message).is_none()
            && self
                .conversation
                .node(message)
                .is_some_and(|node| !reading::typed(node).is_empty())
    }

    /// The message that is being scored.
    #[must_use]
    pub fn scoring(&self) -> Option<MessageId> {
        let mut asked = self.readings.asked.values();
        asked.find_map(|asked| match asked {
            Asked::Score { message, .. } => Some(*message),
            Asked::Cut { .. } => None,
        })
    }

    pub(super) fn is_ready(&self) -> bool {
        matches!(self.engine, EngineStatus::Ready(_))
    }

    /// Asks how the typed text of a message is cut.
    pub(super) fn read(&mut self, message: MessageId) {
        let (Some(node), Some(model)) = (self.conversation.node(message), &self.model) else {
            return;
        };
        if !self.is_ready() || self.reading(message).is_some() {
            return;
        }
        let typed = reading::typed(node);
        let texts: Vec<String> = typed
            .iter()
            .map(|bytes| String::from_utf8_lossy(&node.content[bytes.clone()]).into_owned())
            .collect();
        // A message stands behind the template's own text, so it begins none.
        let continues = !self.options.raw || node.parent.is_some();
        let reading = Reading::new(vocabulary(model), typed);
        self.readings.of.insert(message, reading);
        for (stretch, text) in texts.into_iter().enumerate() {
            let request = self.request();
            let asked = Asked::Cut { message, stretch };
            self.readings.asked.insert(request, asked);
            self.send(EngineCommand::Tokenize {
                request,
                text,
                add_bos: false,
                parse_special: false,
                continues: continues || stretch > 0,
            });
        }
    }

    /// Asks for the odds of the typed text of a message.
    pub(super) fn score(&mut self, message: MessageId) {
        let Some(node) = self.conversation.node(message) else {
            return self.gone();
        };
        let says = if reading::typed(node).is_empty() {
            Some(words::ODDS_KEPT)
        } else if node.answer.as_ref().is_some_and(|answer| answer.is_open()) {
            Some(words::SCORE_WHEN_ENDED)
        } else if !self.is_ready() {
            Some(words::SCORE_NEEDS_MODEL)
        } else if self.scoring().is_some() {
            Some(words::SCORING_ALREADY)
        } else {
            None
        };
        if let Some(says) = says {
            return self.notify(Severity::Info, says);
        }
        let (prompt, scope) = self.prompt_to_score(message);
        self.read(message);
        let request = self.request();
        let Some(reading) = self.readings.of.get_mut(&message) else {
            return;
        };
        reading.state = ReadingState::Scoring { done: 0, total: 0 };
        let read = Vec::new();
        let asked = Asked::Score { message, read };
        self.readings.asked.insert(request, asked);
        self.send(EngineCommand::Score(Box::new(ScoreRequest {
            request,
            prompt,
            scope,
            candidates: self.options.candidates.max(1),
            chat_template: self.options.chat_template.clone(),
        })));
    }

    /// What the model reads up to the end of a message, and which part of it is wanted.
    fn prompt_to_score(&self, message: MessageId) -> (Prompt, ScoreScope) {
        let is_system = self
            .conversation
            .node(message)
            .is_some_and(|node| node.role == Role::System);
        // Many templates have a system message only before one of the user.
        let to = if is_system {
            self.question_after(message)
        } else {
            message
        };
        let prompt = self.prompt(Some(to), None);
        let scope = match &prompt {
            Prompt::Chat { messages, .. } if !is_system => ScoreScope::Message(
                u32::try_from(messages.len())
                    .unwrap_or(u32::MAX)
                    .saturating_sub(1),
            ),
            Prompt::Chat { .. } => ScoreScope::Message(0),
            Prompt::Text(_) | Prompt::Tokens(_) => ScoreScope::From(0),
        };
        (prompt, scope)
    }

    /// The first message of the user after a message of the system; that itself where none is.
    fn question_after(&self, message: MessageId) -> MessageId {
        let shown = self.conversation.path();
        let path = if shown.contains(&message) {
            shown
        } else {
            self.conversation
                .path_to(self.conversation.leaf_of(message))
        };
        path.into_iter()
            .skip_while(|&id| id != message)
            .find(|&id| {
                let node = self.conversation.node(id);
                node.is_some_and(|node| node.role == Role::User)
            })
            .unwrap_or(message)
    }

    pub(super) fn tokenized(&mut self, request: RequestId, tokens: &[TokenizedPiece]) {
        let Some(Asked::Cut { message, stretch }) = self.readings.asked.remove(&request) else {
            return;
        };
        let Some((reading, node)) = self
            .readings
            .of
            .get_mut(&message)
            .zip(self.conversation.node(message))
        else {
            return;
        };
        // A scoring that was asked for meanwhile will know better.
        if !reading.cut(&node.content, stretch, tokens) {
            reading.state = ReadingState::Failed(unlike());
        } else if reading.state == ReadingState::Cutting && stretch + 1 == reading.typed().len() {
            reading.state = ReadingState::Cut;
        }
    }

    pub(super) fn scored(&mut self, event: ScoreEvent) {
        let Some(Asked::Score { message, read }) = self.readings.asked.get_mut(&event.request)
        else {
            return;
        };
        read.extend(event.tokens);
        if let Some(reading) = self.readings.of.get_mut(message) {
            reading.add_pieces(event.pieces);
            reading.state = ReadingState::Scoring {
                done: event.done,
                total: event.total,
            };
        }
    }

    pub(super) fn score_finished(&mut self, request: RequestId) {
        let Some(Asked::Score { message, read }) = self.readings.asked.remove(&request) else {
            return;
        };
        let node = self.conversation.node(message);
        if let Some((reading, node)) = self.readings.of.get_mut(&message).zip(node) {
            reading.state = if reading.score(&node.content, read) {
                ReadingState::Scored
            } else {
                ReadingState::Failed(unlike())
            };
        }
    }

    /// Takes a failure that is one of a reading; `false` for any other.
    pub(super) fn reading_failed(&mut self, request: RequestId, error: &EngineError) -> bool {
        let Some(asked) = self.readings.asked.remove(&request) else {
            return false;
        };
        let Some(reading) = self.readings.of.get_mut(&asked.message()) else {
            return true;
        };
        if *error == EngineError::Cancelled {
            reading.state = ReadingState::Cut;
            self.notify(Severity::Info, words::SCORING_STOPPED);
        } else {
            reading.state = ReadingState::Failed(super::engine::sentence(error));
        }
        true
    }

    /// Stops a scoring; `false` where there is none.
    pub(super) fn stop_scoring(&mut self) -> bool {
        let mut asked = self.readings.asked.iter();
        let scoring = asked.find(|(_, asked)| matches!(asked, Asked::Score { .. }));
        let Some(request) = scoring.map(|(&request, _)| request) else {
            return false;
        };
        self.send(EngineCommand::Cancel(request));
        true
    }

    /// What is being read will not come: the engine is gone.
    pub(super) fn drop_asked(&mut self) {
        for (_, asked) in self.readings.asked.drain() {
            self.readings.of.remove(&asked.message());
        }
    }

    /// Another model cuts text in its own way.
    pub(super) fn forget_other_readings(&mut self) {
        let Some(model) = &self.model else { return };
        let vocabulary = vocabulary(model);
        let of = &mut self.readings.of;
        of.retain(|_, reading| reading.vocabulary == vocabulary);
    }

    /// Another conversation has other messages under the same numbers.
    pub(super) fn forget_readings(&mut self) {
        self.stop_scoring();
        self.readings = Readings::default();
    }
}

fn unlike() -> String {
    words::NOT_SPELLED.into()
}
