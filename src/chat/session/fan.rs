//! Several continuations at once: siblings of an answer that are decoded together.

use std::time::Duration;

use super::ask::{begin, vocabulary};
use super::typed::before_end;
use super::{Activity, EngineStatus, Session};
use crate::chat::{AnswerState, MessageId, RecordBody, Severity};
use crate::inference::{
    EngineCommand, FanEvent, FanRequest, FanStats, GeneratedToken, ModelInfo, RequestId, StopReason,
};
use crate::words::chat::session as words;

/// Continuations that are written together, or were last.
#[derive(Debug)]
pub struct Fan {
    pub(super) request: RequestId,
    /// The answer they branch off from, and before which of its tokens.
    source: MessageId,
    index: usize,
    /// In the order of the engine's numbers.
    branches: Vec<Continuation>,
    /// Who writes, until it is over.
    model: Option<Box<ModelInfo>>,
    pub(super) stopping: bool,
    tokens: u32,
    first: Option<Duration>,
    stats: Option<FanStats>,
    failure: Option<String>,
}

/// One of several continuations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Continuation {
    pub message: MessageId,
    /// Where in the message its own text begins, bytes.
    pub from: usize,
    /// More of it may come.
    pub is_open: bool,
}

impl Fan {
    /// The answer they branch off from, and before which of its tokens.
    #[must_use]
    pub fn source(&self) -> (MessageId, usize) {
        (self.source, self.index)
    }

    /// The continuations; none while the prompt is being read.
    #[must_use]
    pub fn branches(&self) -> &[Continuation] {
        &self.branches
    }

    /// Whether any of them is still written or waited for.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.model.is_some()
    }

    /// Why they ended before their time.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Tokens that have come, of all of them together.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        self.tokens
    }

    /// What all of them cost, once they are over.
    #[must_use]
    pub fn stats(&self) -> Option<&FanStats> {
        self.stats.as_ref()
    }
}

impl Session {
    /// The continuations that are written together, or were last in this conversation.
    #[must_use]
    pub fn fan(&self) -> Option<&Fan> {
        self.fan.as_ref()
    }

    /// The continuations that were asked for at this token of an answer, if they were the last
    /// and any of them was written or still may be.
    #[must_use]
    pub fn fan_at(&self, message: MessageId, index: usize) -> Option<&Fan> {
        let answer = self.conversation.node(message)?.answer.as_deref()?;
        let at = (message, before_end(answer, index));
        self.fan()
            .filter(|fan| fan.source() == at && (fan.is_running() || !fan.branches.is_empty()))
    }

    /// Whether continuations of an answer from the token `index` on can be asked for.
    ///
    /// # Errors
    /// A sentence for the user on why not.
    pub fn can_fan_out(&self, message: MessageId, index: usize) -> Result<(), &'static str> {
        let node = self.conversation.node(message);
        let node = node.ok_or(words::MESSAGE_NOT_THERE)?;
        let Some(answer) = node.answer.as_deref() else {
            return Err(words::ONLY_ANSWERS_FAN.into());
        };
        if index >= answer.traces.len() {
            return Err(words::NO_SUCH_TOKEN.into());
        }
        if self.read_only {
            return Err(words::READ_ONLY.into());
        }
        match (&self.engine, &self.model) {
            (EngineStatus::Ready(_) | EngineStatus::Died(_), Some(_)) => Ok(()),
            (EngineStatus::Loading { .. }, _) => Err(words::FAN_WHILE_LOADING.into()),
            _ => Err(words::FAN_NEEDS_MODEL.into()),
        }
    }

    /// Asks for `branches` continuations of an answer from the token `index` on.
    pub(super) fn fan_out(&mut self, message: MessageId, index: usize, branches: u16) {
        if let Err(says) = self.can_fan_out(message, index) {
            return self.notify(Severity::Info, says);
        }
        let (Some(node), Some(model)) = (self.conversation.node(message), &self.model) else {
            return self.gone();
        };
        let Some(answer) = node.answer.as_deref() else {
            return self.gone();
        };
        let parent = node.parent;
        let model = model.clone();
        let kept = before_end(answer, index);
        let same = vocabulary(&model) == answer.vocabulary;
        let chosen = answer.traces.outline(index).map(|token| token.id);
        let without = chosen.filter(|_| same);
        let shared = answer.stretches(node.content.len(), kept);
        let end = shared.last().map_or(0, |stretch| stretch.bytes.end);
        let prompt = self.beginning(node, answer, &node.content[..end], kept);
        self.abandon();
        self.stop_reconsidering();
        let request = self.request();
        self.fan = Some(Fan {
            request,
            source: message,
            index: kept,
            branches: Vec::new(),
            model: Some(model),
            stopping: false,
            tokens: 0,
            first: None,
            stats: None,
            failure: None,
        });
        self.activity = Activity::Waiting {
            since: self.now.monotonic,
        };
        self.send(EngineCommand::FanOut(Box::new(FanRequest {
            generate: self.generation(request, prompt, self.sampling_for(parent)),
            branches: branches.max(1),
            without,
        })));
    }

    /// Whether continuations are written under this request.
    pub(super) fn fans(&self, request: RequestId) -> bool {
        self.running_fan().is_some_and(|fan| fan.request == request)
    }

    pub(super) fn running_fan(&self) -> Option<&Fan> {
        self.fan.as_ref().filter(|fan| fan.is_running())
    }

    /// Stops the continuations; returns whether any were running.
    pub(super) fn stop_fan(&mut self) -> bool {
        let Some(fan) = self.fan.as_mut().filter(|fan| fan.is_running()) else {
            return false;
        };
        if fan.stopping {
            self.abandon_fan();
            return true;
        }
        fan.stopping = true;
        let request = fan.request;
        self.activity = Activity::Stopping {
            since: self.now.monotonic,
        };
        self.send(EngineCommand::Cancel(request));
        true
    }

    /// Ends what runs without waiting for the engine, whose last words on it are ignored.
    pub(super) fn abandon_fan(&mut self) {
        let Some(fan) = self.running_fan() else {
            return;
        };
        if !fan.stopping {
            let request = fan.request;
            self.send(EngineCommand::Cancel(request));
        }
        self.close_fan(&AnswerState::Ended(StopReason::Cancelled), None);
    }

    pub(super) fn on_fan(&mut self, request: RequestId, event: FanEvent) {
        if !self.fans(request) {
            return;
        }
        match event {
            FanEvent::Began { branches } => self.fan_began(branches),
            FanEvent::Token { branch, token } => self.fan_token(branch, *token),
            FanEvent::Ended {
                branch,
                stop,
                stats,
            } => {
                let fan = self.fan.as_mut();
                let branch = fan.and_then(|fan| fan.branches.get_mut(usize::from(branch)));
                if let Some(branch) = branch.filter(|branch| branch.is_open) {
                    branch.is_open = false;
                    let message = branch.message;
                    self.end_answer(message, &AnswerState::Ended(stop), Some(*stats));
                    self.last_stats = Some(*stats);
                }
            }
        }
    }

    pub(super) fn fan_finished(&mut self, request: RequestId, stats: FanStats) {
        if self.fans(request) {
            self.close_fan(&AnswerState::Ended(StopReason::Cancelled), Some(stats));
            self.send_queued();
        }
    }

    /// The continuations are over; those that had not ended end like this.
    pub(super) fn close_fan(&mut self, ending: &AnswerState, stats: Option<FanStats>) {
        let Some(fan) = self.fan.as_mut().filter(|fan| fan.is_running()) else {
            return;
        };
        fan.model = None;
        fan.stats = stats;
        if let AnswerState::Failed(reason) = ending {
            fan.failure = Some(reason.clone());
        }
        let open: Vec<_> = fan
            .branches
            .iter_mut()
            .filter_map(|branch| std::mem::take(&mut branch.is_open).then_some(branch.message))
            .collect();
        for message in open {
            self.end_answer(message, ending, None);
        }
        self.rest();
    }

    /// Gives each continuation its place in the tree; what was shown stays shown.
    fn fan_began(&mut self, branches: u16) {
        let shown = self.conversation.head;
        let Some((source, index, model)) = self
            .running_fan()
            .and_then(|fan| Some((fan.source, fan.index, fan.model.clone()?)))
        else {
            return;
        };
        let mut sampling = self.options.sampling.clone();
        for number in 0..branches {
            let Some(node) = self.conversation.node(source) else {
                return self.abandon_fan();
            };
            let Some(answer) = node.answer.as_deref() else {
                return self.abandon_fan();
            };
            let message = self.conversation.next_id();
            let records = self.branch(node, answer, index, None);
            self.commit(records, false);
            let node = self.conversation.node(message);
            let from = node.map_or(0, |node| node.content.len());
            let answer = node.and_then(|node| node.answer.as_deref());
            let prefix_len = answer.map_or(from, |answer| answer.prefix_len);
            let think = answer.map_or(self.options.think, |answer| answer.asked_to_think);
            let seed = self.options.sampling.seed;
            sampling.seed = seed.map(|seed| seed.wrapping_add(u32::from(number)));
            let begin = begin(message, &model, sampling.clone(), prefix_len, think);
            self.commit(vec![begin], false);
            self.recorder
                .begin_stream(&self.conversation, message, self.now.monotonic);
            if let Some(fan) = &mut self.fan {
                fan.branches.push(Continuation {
                    message,
                    from,
                    is_open: true,
                });
            }
        }
        self.commit(vec![RecordBody::Head { message: shown }], true);
    }

    fn fan_token(&mut self, branch: u16, token: GeneratedToken) {
        let now = self.now.monotonic;
        let Some(fan) = &mut self.fan else { return };
        let Some(message) = fan
            .branches
            .get(usize::from(branch))
            .filter(|branch| branch.is_open)
            .map(|branch| branch.message)
        else {
            return;
        };
        fan.tokens += 1;
        let since = *fan.first.get_or_insert(now);
        if !fan.stopping {
            self.activity = Activity::Generating {
                message,
                tokens: fan.tokens,
                since,
            };
        }
        self.add_token(message, token, since, 0);
    }
}
