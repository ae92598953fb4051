//! What is typed, counted in the model's own tokens: asked of the engine, one text at a time.

use super::Session;
use crate::inference::{EngineCommand, RequestId};

/// The count, and what is being counted.
#[derive(Debug, Default)]
pub(super) struct Weighing {
    known: Option<(String, u32)>,
    asked: Option<(RequestId, String)>,
    /// Typed since, to be counted next.
    next: Option<String>,
}

impl Session {
    /// How many tokens a text has that was counted last; `None` for every other text.
    #[must_use]
    pub fn weight(&self, text: &str) -> Option<u32> {
        let (known, tokens) = self.weighing.known.as_ref()?;
        (known == text).then_some(*tokens)
    }

    /// Whether the engine was asked to count a text, and has not answered.
    #[must_use]
    pub fn is_weighing(&self) -> bool {
        self.weighing.asked.is_some()
    }

    pub(super) fn weigh(&mut self, text: String) {
        if !self.is_ready() || self.weight(&text).is_some() {
            return;
        }
        if self.weighing.asked.is_some() {
            self.weighing.next = Some(text);
            return;
        }
        let request = self.request();
        self.weighing.asked = Some((request, text.clone()));
        self.send(EngineCommand::Tokenize {
            request,
            text,
            add_bos: false,
            parse_special: false,
            // It stands behind the template's own text.
            continues: true,
        });
    }

    /// Takes in a count, or that there is none; `false` where it is that of something else.
    pub(super) fn weighed(&mut self, request: RequestId, tokens: Option<usize>) -> bool {
        if self
            .weighing
            .asked
            .as_ref()
            .is_none_or(|(asked, _)| *asked != request)
        {
            return false;
        }
        let asked = self.weighing.asked.take();
        if let (Some((_, text)), Some(tokens)) = (asked, tokens) {
            self.weighing.known = Some((text, u32::try_from(tokens).unwrap_or(u32::MAX)));
        }
        if let Some(next) = self.weighing.next.take() {
            self.weigh(next);
        }
        true
    }

    /// Another model counts otherwise, and one that is gone does not answer.
    pub(super) fn forget_weight(&mut self) {
        self.weighing = Weighing::default();
    }
}
