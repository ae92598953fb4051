//! A conversation that no longer fits the context.
//!
//! Under [`ContextPolicy::DropOldest`] the oldest exchanges are left out of the prompt, and the
//! user is told; they stay in the conversation. Several go at once, since each time the prompt
//! begins differently the whole of it is computed afresh, and what was left out once stays out
//! for the same reason.
//!
//! Under [`ContextPolicy::Summarise`] the model first writes a summary of them, on what is
//! cached, which is sent instead. Where it cannot, they are left out.

use super::prompt::{self, LeftOut, Span};
use super::{ContextPolicy, Session};
use crate::chat::{AnswerState, MessageId, Severity};
use crate::inference::{GenerateRequest, Keep, RequestId, Role, SamplerSettings, StopReason};
use crate::text;
use crate::words::chat::session as words;

/// The share of the context that is to be full after dropping: room for several more turns.
const FILL: f64 = 0.7;

/// Tokens of a summary at most: some 200 words.
const SUMMARY_TOKENS: u32 = 300;

/// A summary that is being written.
#[derive(Debug)]
pub(super) struct Summarising {
    request: RequestId,
    /// The answer that waits for it.
    message: MessageId,
    /// The first message that stays.
    kept_from: MessageId,
    /// How many messages do not.
    left_out: usize,
    /// What came of it.
    pub text: Vec<u8>,
}

/// How many of the first `turns`, each with its bytes, are to be left out so that about [`FILL`]
/// of `limit` tokens remain of `tokens`; `None` where the last exchange is all there is.
pub(super) fn oldest_to_leave(turns: &[(Role, usize)], tokens: u32, limit: u32) -> Option<usize> {
    // An exchange begins with a user's message; the last one is what is being answered.
    let starts: Vec<usize> = turns
        .iter()
        .enumerate()
        .filter(|&(index, &(role, _))| {
            role == Role::User && (index == 0 || turns[index - 1].0 != Role::User)
        })
        .map(|(index, _)| index)
        .collect();
    let bytes = |from: usize| turns[from..].iter().map(|turn| turn.1).sum::<usize>();
    let share = FILL * f64::from(limit) / f64::from(tokens.max(1));
    let room = share * bytes(0) as f64;
    let later = starts.get(1..)?;
    later
        .iter()
        .copied()
        .find(|&start| bytes(start) as f64 <= room)
        .or(later.last().copied())
}

impl Session {
    /// Leaves out the oldest exchanges before the answer `message`, so that about [`FILL`] of
    /// `limit` tokens remain of `tokens`, and asks for it once more, after a summary where one is
    /// wanted. Whether anything could be left out.
    pub(super) fn make_room(&mut self, message: MessageId, tokens: u32, limit: u32) -> bool {
        if self.options.context_full == ContextPolicy::Stop {
            return false;
        }
        let span = Span {
            to: self.conversation.node(message).and_then(|node| node.parent),
            prefix: None,
            left_out: self.left_out.as_ref(),
        };
        let turns = prompt::turns(&self.conversation, span);
        let sizes: Vec<(Role, usize)> = turns
            .iter()
            .map(|node| (node.role, node.content.len()))
            .collect();
        let Some(start) = oldest_to_leave(&sizes, tokens, limit) else {
            return false;
        };
        let (kept_from, last) = (turns[start].id, turns[start - 1].id);
        let wants_summary =
            self.options.context_full == ContextPolicy::Summarise && !self.options.raw;
        if wants_summary {
            self.notify(Severity::Info, words::summarising(tokens, limit, start));
            self.summarise(message, last, kept_from, start);
        } else {
            self.left_out = Some(LeftOut {
                kept_from,
                summary: None,
            });
            self.notify(Severity::Warning, words::left_out_of(tokens, limit, start));
            self.go_on_with(message);
        }
        true
    }

    /// Asks for a summary of what is sent up to the message `last`.
    fn summarise(
        &mut self,
        message: MessageId,
        last: MessageId,
        kept_from: MessageId,
        left_out: usize,
    ) {
        let request = self.request();
        let span = Span {
            to: Some(last),
            prefix: None,
            left_out: self.left_out.as_ref(),
        };
        let vocabulary = self.model.as_deref().map(super::ask::vocabulary);
        let think = self.thoughtless();
        let prompt = prompt::summarise(&self.conversation, span, vocabulary.as_deref(), think);
        let sampling = SamplerSettings {
            temperature: 0.0,
            ..SamplerSettings::default()
        };
        let generate = GenerateRequest {
            max_tokens: Some(SUMMARY_TOKENS),
            stop: Vec::new(),
            candidates: 0,
            keep: Keep::Nothing,
            ..self.generation(request, prompt, sampling)
        };
        self.summarising = Some(Summarising {
            request,
            message,
            kept_from,
            left_out,
            text: Vec::new(),
        });
        self.run(message, generate);
    }

    /// Whether `request` writes a summary.
    pub(super) fn summarises(&self, request: RequestId) -> bool {
        self.summarising
            .as_ref()
            .is_some_and(|summarising| summarising.request == request)
    }

    /// The summary is written: it is sent from now on, and the answer is asked for again.
    pub(super) fn summarised(&mut self, stop: &StopReason) {
        if *stop == StopReason::Cancelled {
            return self.finish(&AnswerState::Ended(StopReason::Cancelled), None);
        }
        let written = self.summarising.as_ref().map(|it| {
            String::from_utf8_lossy(text::said_in(&it.text))
                .trim()
                .to_owned()
        });
        match written {
            Some(text) if !text.is_empty() => self.leave_out(Some(text)),
            _ => self.not_summarised(&words::WROTE_NOTHING),
        }
    }

    /// There is no summary, and why: what does not fit is left out.
    pub(super) fn not_summarised(&mut self, reason: &str) {
        self.notify(Severity::Warning, words::no_summary(reason));
        self.leave_out(None);
    }

    fn leave_out(&mut self, summary: Option<String>) {
        let Some(summarising) = self.summarising.take() else {
            return;
        };
        let left_out = summarising.left_out;
        self.notify(
            Severity::Warning,
            match &summary {
                Some(summary) => words::summarised(left_out, summary),
                None => words::left_out(left_out),
            },
        );
        self.left_out = Some(LeftOut {
            kept_from: summarising.kept_from,
            summary,
        });
        self.go_on_with(summarising.message);
    }

    /// Asks once more for the answer `message`, from where it is.
    fn go_on_with(&mut self, message: MessageId) {
        let sampling = self
            .conversation
            .node(message)
            .and_then(|node| node.answer.as_ref())
            .map_or_else(
                || self.options.sampling.clone(),
                |answer| answer.sampling.clone(),
            );
        self.generate(message, sampling);
    }
}
