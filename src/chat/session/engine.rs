//! What the engine says.
//!
//! Events of requests that are over, or that someone else sent, are ignored.

use std::time::Duration;

use super::ask::Running;
use super::{Activity, EngineStatus, Session};
use crate::chat::{AnswerState, Effect, MessageId, Severity};
use crate::inference::{
    EngineError, EngineEvent, EngineExit, GeneratedToken, GenerationStats, ModelInfo, RequestId,
    StopReason,
};
use crate::words::{chat::session as words, common};

/// How many lines of a dead engine's log are shown.
const LOG_LINES: usize = 4;

impl Session {
    pub(super) fn on_engine(&mut self, event: EngineEvent) {
        match event {
            EngineEvent::Loading { request, fraction } => self.loading(request, fraction),
            EngineEvent::Loaded { request, model } => self.loaded(request, model),
            EngineEvent::Prefill {
                request,
                done,
                total,
                reused,
            } => {
                self.prefilling(request, done, total, reused);
            }
            EngineEvent::Token(token) => self.token(*token),
            EngineEvent::ContextGrown { size } => {
                if let EngineStatus::Ready(model) = &mut self.engine {
                    model.context_size = size;
                }
                if let Some(model) = &mut self.model {
                    model.context_size = size;
                }
            }
            EngineEvent::Finished {
                request,
                stop,
                stats,
            } => {
                if self.titles(request) {
                    self.titled(&stop);
                } else if self.summarises(request) {
                    self.summarised(&stop);
                } else if let Some(message) = self.answers(request) {
                    self.finished(message, stop, *stats);
                }
            }
            EngineEvent::Fan { request, event } => self.on_fan(request, event),
            EngineEvent::FanFinished { request, stats } => self.fan_finished(request, stats),
            EngineEvent::Rendered { request, pieces } => {
                if self
                    .rendering
                    .take_if(|rendering| *rendering == request)
                    .is_some()
                {
                    self.effects.push(Effect::Prompt(pieces));
                }
            }
            EngineEvent::Failed { request, error } => self.failed(request, error),
            EngineEvent::Notice { text, .. } => self.notify(Severity::Info, text),
            EngineEvent::Shared(sharing) => self.sharing = sharing,
            EngineEvent::Exited(exit) => self.exited(exit),
            EngineEvent::Tokenized { request, tokens } => {
                if !self.weighed(request, Some(tokens.len())) {
                    self.tokenized(request, &tokens);
                }
            }
            EngineEvent::Scored(event) => self.scored(*event),
            EngineEvent::ScoreFinished { request } => self.score_finished(request),
            EngineEvent::Classified(found) => self.classified(*found),
            EngineEvent::Reconsidered(found) => self.found_out(found),
            EngineEvent::BeginsThinking { request } => self.begins_inside(request),
            // Asked for by others than the session; what was recalled, the meters show.
            EngineEvent::Recalled { .. }
            | EngineEvent::BenchSample(_)
            | EngineEvent::BenchFinished { .. }
            | EngineEvent::Compare { .. }
            | EngineEvent::CompareFinished { .. }
            | EngineEvent::Attention { .. }
            | EngineEvent::Attended { .. }
            | EngineEvent::Quantized { .. } => {}
        }
    }

    /// The answer that `request` writes, while it does.
    fn answers(&self, request: RequestId) -> Option<MessageId> {
        self.running
            .as_ref()
            .filter(|running| running.request == request)
            .map(|running| running.message)
    }

    /// An engine that was resident before this session has a model under no load of ours.
    fn is_our_load(&self, request: RequestId) -> bool {
        self.load.is_none_or(|load| load == request)
    }

    fn loading(&mut self, request: RequestId, new_fraction: f32) {
        if !self.is_our_load(request) {
            return;
        }
        match &mut self.engine {
            EngineStatus::Loading { fraction, .. } => *fraction = new_fraction,
            _ => {
                // It restarts itself after a death.
                if let Some(path) = self.model_path().map(ToOwned::to_owned) {
                    let since = self.now.monotonic;
                    self.engine = EngineStatus::Loading {
                        path,
                        fraction: new_fraction,
                        since,
                    };
                }
            }
        }
    }

    fn loaded(&mut self, request: RequestId, model: Box<ModelInfo>) {
        if !self.is_our_load(request) {
            return;
        }
        self.engine = EngineStatus::Ready(model.clone());
        let other = self
            .model
            .as_ref()
            .is_none_or(|before| before.path != model.path);
        if other && let Some(sentence) = self.cannot_be_asked(&model) {
            self.notify(Severity::Info, sentence);
        }
        match self.waiting.take() {
            Some(ask) => {
                self.model = Some(model.clone());
                self.launch(ask, &model);
            }
            None => self.model = Some(model),
        }
        self.forget_other_readings();
        self.forget_weight();
    }

    fn prefilling(&mut self, request: RequestId, new_done: u32, new_total: u32, new_reused: u32) {
        if self.reconsidering(request, new_done, new_total) {
            return;
        }
        if self.answers(request).is_none() && !self.fans(request) {
            return;
        }
        match &mut self.activity {
            // What is being stopped shows as that.
            Activity::Stopping { .. } => {}
            Activity::Prefill {
                done,
                total,
                reused,
                ..
            } => {
                (*done, *total, *reused) = (new_done, new_total, new_reused);
            }
            activity => {
                *activity = Activity::Prefill {
                    done: new_done,
                    total: new_total,
                    reused: new_reused,
                    since: self.now.monotonic,
                };
            }
        }
    }

    fn token(&mut self, token: GeneratedToken) {
        if self.adds_to_title(&token) {
            return;
        }
        let now = self.now.monotonic;
        let Some(Running {
            message,
            tokens,
            first,
            stopping,
            thought,
            ..
        }) = self
            .running
            .as_mut()
            .filter(|running| running.request == token.request)
        else {
            return;
        };
        if let Some(summarising) = &mut self.summarising {
            summarising.text.extend_from_slice(&token.text);
            return;
        }
        *tokens += 1;
        let since = *first.get_or_insert(now);
        let (message, tokens, stopping, thought) = (*message, *tokens, *stopping, *thought);
        if !stopping {
            self.activity = Activity::Generating {
                message,
                tokens,
                since,
            };
        }
        self.add_token(message, token, since, thought);
    }

    /// Adds a token that came to its answer, which is written since then and had thought so many
    /// milliseconds before.
    pub(super) fn add_token(
        &mut self,
        message: MessageId,
        token: GeneratedToken,
        since: Duration,
        thought: u64,
    ) {
        let before = self.thinks(message);
        let vocabulary = self
            .conversation
            .node(message)
            .and_then(|node| node.answer.as_ref())
            .map(|answer| answer.vocabulary.clone())
            .unwrap_or_default();
        let fresh = self.conversation.add_pieces(&vocabulary, &token.pieces);
        self.recorder.add_pieces(message, fresh);
        // The trace tells how much text it wrote, and is kept true to it.
        let trace = crate::inference::TokenTrace {
            text_len: token.text.len() as u32,
            ..token.trace
        };
        self.conversation
            .extend_answer(message, &token.text, [trace]);
        if !self.thinks(message) && (before || self.thought_at_once(message)) {
            self.thought_for(message, since, thought);
        }
        self.flush_if_due();
    }

    fn finished(&mut self, message: MessageId, stop: StopReason, stats: GenerationStats) {
        if stop == StopReason::ContextFull {
            let (used, size) = (stats.context_used, stats.context_size);
            if self.make_room(message, used, size) {
                self.last_stats = Some(stats);
                return;
            }
            self.notify(Severity::Warning, words::context_full(stats.context_size));
        }
        self.finish(&AnswerState::Ended(stop), Some(stats));
    }

    fn failed(&mut self, request: Option<RequestId>, error: EngineError) {
        let Some(request) = request else {
            return self.notify(Severity::Error, sentence(&error));
        };
        if self.load == Some(request) {
            return self.load_failed(error);
        }
        // The estimate stays.
        if self.weighed(request, None) {
            return;
        }
        if self.reading_failed(request, &error) || self.reconsidering_failed(request, &error) {
            return;
        }
        if self
            .rendering
            .take_if(|rendering| *rendering == request)
            .is_some()
        {
            return self.notify(Severity::Error, sentence(&error));
        }
        if self.titles(request) {
            return self.not_titled(&sentence(&error));
        }
        if self.fans(request) {
            let sentence = sentence(&error);
            self.notify(Severity::Error, sentence.clone());
            return self.close_fan(&AnswerState::Failed(sentence), None);
        }
        let Some(message) = self.answers(request) else {
            return;
        };
        if self.summarises(request) && error != EngineError::Cancelled {
            return self.not_summarised(&sentence(&error));
        }
        if let EngineError::PromptTooLong { tokens, limit, .. } = error
            && self.make_room(message, tokens, limit)
        {
            return;
        }
        if error == EngineError::Cancelled {
            return self.finish(&AnswerState::Ended(StopReason::Cancelled), None);
        }
        let error = match (error, &self.engine) {
            // Why there is none was said when it was loaded.
            (EngineError::NoModel, EngineStatus::Refused(reason)) => reason.clone(),
            (error, EngineStatus::Died(_) | EngineStatus::Loading { .. }) => {
                self.engine = EngineStatus::Refused(error.clone());
                error
            }
            (error, _) => error,
        };
        let sentence = sentence(&error);
        let shown = match &error {
            EngineError::Constraint(error) => match &error.place {
                Some(place) => format!("{sentence}\n{}", place.excerpt()),
                None => sentence.clone(),
            },
            _ => sentence.clone(),
        };
        self.notify(Severity::Error, shown);
        self.finish(&AnswerState::Failed(sentence), None);
    }

    fn load_failed(&mut self, error: EngineError) {
        self.model = None;
        if error == EngineError::Cancelled {
            self.engine = EngineStatus::NoModel;
            return self.notify(Severity::Info, words::LOADING_STOPPED);
        }
        let mut text = sentence(&error);
        if self.waiting.is_some() {
            text.push_str(&common::SENTENCE_SEPARATOR);
            text.push_str(&words::CHOOSE_ANOTHER);
        }
        self.notify(Severity::Error, text);
        self.engine = EngineStatus::Refused(error);
    }

    fn exited(&mut self, exit: EngineExit) {
        let reason = sentence(&EngineError::Died(exit.clone()));
        let lines = &exit.log[exit.log.len().saturating_sub(LOG_LINES)..];
        let mut text = reason.clone();
        text.push_str(&common::SENTENCE_SEPARATOR);
        text.push_str(&match (
            self.running.is_some() || self.running_fan().is_some(),
            self.waiting.is_some(),
        ) {
            (true, _) => words::ANSWER_KEPT,
            (false, true) => words::REGEN_TRIES_AGAIN,
            (false, false) => words::STARTS_AGAIN,
        });
        if !lines.is_empty() {
            text.push_str(&common::SENTENCE_SEPARATOR);
            text.push_str(&words::LAST_LINES);
            text.push('\n');
            text.push_str(&lines.join("\n"));
        }
        self.notify(Severity::Error, text);
        self.engine = EngineStatus::Died(exit);
        self.rendering = None;
        self.abandon_title();
        self.drop_asked();
        self.forget_weight();
        self.drop_reconsidering();
        self.drop_waiting();
        self.close_fan(&AnswerState::Failed(reason.clone()), None);
        self.finish(&AnswerState::Failed(reason), None);
    }
}

/// An error as a sentence of its own.
pub(super) fn sentence(error: &EngineError) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    let mut sentence: String = chars
        .next()
        .map(char::to_uppercase)
        .into_iter()
        .flatten()
        .chain(chars)
        .collect();
    if !sentence.ends_with(['.', '!', '?', '。', '！', '？']) {
        sentence.push_str(&common::FULL_STOP);
    }
    sentence
}
