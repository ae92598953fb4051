//! Why the last answer was not faster.

use crate::chat::{AnswerState, Session};
use crate::inference::{Formats, Role, StopReason};
use crate::metrics::{Advice, Ceiling, Seen};

/// What memory allows, and what would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub ceiling: Option<Ceiling>,
    pub advice: Option<Advice>,
}

impl Verdict {
    /// On the last answer. `bandwidth` are the bytes a second that as many threads as the model's
    /// read, where they are known; `cores` the threads that run at once.
    #[must_use]
    pub fn of(
        session: &Session,
        bandwidth: Option<f64>,
        formats: Option<&Formats>,
        cores: u32,
    ) -> Option<Self> {
        let (model, stats) = (session.model()?, session.last_stats()?);
        let ceiling = bandwidth.and_then(|it| Ceiling::of_answer(model, stats, it));
        let last = session.conversation().last_of(Role::Assistant);
        let state = last.and_then(|node| Some(&node.answer.as_deref()?.state));
        let advice = Advice::of(&Seen {
            model,
            ceiling,
            formats,
            context_used: stats.context_used,
            was_full: state == Some(&AnswerState::Ended(StopReason::ContextFull)),
            cores,
        });
        Some(Self { ceiling, advice })
    }

    /// A sentence a line.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let ceiling = self.ceiling.map(|it| it.to_string());
        let advice = self.advice.as_ref().map(ToString::to_string);
        ceiling.into_iter().chain(advice).collect()
    }
}
