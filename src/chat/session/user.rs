//! What a person asks for.

use super::ask::{Ask, end};
use super::tasks::Unsent;
use super::typed::Turn;
use super::{Activity, EngineStatus, Session, SystemPrompt};
use crate::chat::{AnswerState, MessageId, RecordBody, Severity, UserEvent};
use crate::inference::{EngineCommand, Role, StopReason, TokenId, TokenKind, TokenTrace};
use crate::words::chat::session as words;

impl Session {
    pub(super) fn on_user(&mut self, event: UserEvent) {
        if self.read_only && adds_to_the_conversation(&event) {
            return self.notify(Severity::Warning, words::READ_ONLY);
        }
        match event {
            UserEvent::Submit(text) => self.submit(text),
            UserEvent::Stop => self.stop(),
            UserEvent::Unqueue => self.unqueue(),
            UserEvent::Regenerate => self.regenerate(),
            UserEvent::AnswerAgain(message) => self.answer_again(message),
            UserEvent::Continue => self.go_on(),
            UserEvent::Edit { message, text } => self.edit(message, text),
            UserEvent::Undo => self.undo(),
            UserEvent::BranchAt {
                message,
                index,
                candidate,
            } => {
                self.branch_at(message, index, candidate);
            }
            UserEvent::ContinueWith {
                message,
                index,
                text,
            } => self.continue_with(message, index, &text),
            UserEvent::FanOut {
                message,
                index,
                branches,
            } => self.fan_out(message, index, branches),
            UserEvent::Sibling { message, offset } => self.sibling(message, offset),
            UserEvent::Show(message) => self.show(message),
            UserEvent::Delete(message) => self.delete(message),
            UserEvent::Restore => self.restore(),
            UserEvent::New(id) => self.new_conversation(id),
            UserEvent::Fork(id) => self.fork(id),
            UserEvent::Open(id) => self.open(id),
            UserEvent::Rename(title) => self.rename(&title),
            UserEvent::AskTitle => self.ask_title(),
            UserEvent::Keep(keeping) => self.keep(&keeping),
            UserEvent::Rate { message, rating } => self.rate(message, rating),
            UserEvent::Correct { message, text } => self.correct(message, text),
            UserEvent::System(system) => {
                self.system = SystemPrompt::Next(system.filter(|text| !text.trim().is_empty()));
            }
            UserEvent::Prefill(text) => self.prefill = text.filter(|text| !text.is_empty()),
            UserEvent::Task(task) => self.set_task(task),
            UserEvent::Sampling(sampling) => self.options.sampling = *sampling,
            UserEvent::MaxTokens(limit) => self.options.max_tokens = limit,
            UserEvent::Candidates(count) => self.options.candidates = count,
            UserEvent::CandidateMass(mass) => self.options.candidate_mass = mass,
            UserEvent::Think(think) => self.ask_to_think(think),
            UserEvent::LoadModel(path) => {
                self.abandon_running();
                self.load_model(path);
            }
            UserEvent::Incognito(on) => self.incognito(on),
            UserEvent::ShowPrompt => self.show_prompt(),
            UserEvent::Read(message) => self.read(message),
            UserEvent::Weigh(text) => self.weigh(text),
            UserEvent::Score(message) => self.score(message),
            UserEvent::Reconsider { message, index } => self.reconsider(message, index),
        }
    }

    fn submit(&mut self, text: String) {
        if text.trim().is_empty() {
            return self.notify(Severity::Info, words::NOTHING_TO_SEND);
        }
        let unsent = Unsent {
            text,
            task: self.task.take(),
        };
        if self.opening > 0 {
            self.upcoming.push_back(unsent);
            if !self.is_busy() {
                self.activity = Activity::Waiting {
                    since: self.now.monotonic,
                };
            }
            return;
        }
        let busy = self.is_busy();
        self.queue.push_back(unsent);
        if busy {
            let text = match self.queue.len() {
                1 => words::QUEUED.into(),
                waiting => words::queued_after(waiting - 1),
            };
            self.notify(Severity::Info, text);
        }
        self.send_queued();
    }

    fn unqueue(&mut self) {
        let from_upcoming = self.upcoming.pop_back();
        let nothing_upcoming = from_upcoming.is_none();
        let taken_back = from_upcoming.or_else(|| self.queue.pop_back());
        if let Some(task) = taken_back.and_then(|unsent| unsent.task) {
            self.task = Some(task);
        }
        if nothing_upcoming {
            return;
        }
        if self.upcoming.is_empty() && self.running.is_none() && self.waiting.is_none() {
            self.rest();
        }
    }

    /// Stops the answer; else what waits for a model; else the loading. A second stop does not
    /// wait for the engine to agree.
    fn stop(&mut self) {
        if !self.is_busy() && (self.stop_scoring() || self.stop_reconsidering()) {
            return;
        }
        if self.stop_fan() || self.stop_titling() {
            return;
        }
        match &mut self.running {
            Some(running) if running.stopping => self.abandon(),
            Some(running) => {
                running.stopping = true;
                let request = running.request;
                self.activity = Activity::Stopping {
                    since: self.now.monotonic,
                };
                self.send(EngineCommand::Cancel(request));
            }
            None if self.waiting.is_some() => {
                self.drop_waiting();
                self.notify(Severity::Info, words::MESSAGE_KEPT);
            }
            None if !self.upcoming.is_empty() => {
                let unsent = std::mem::take(&mut self.upcoming);
                self.not_sent(unsent);
            }
            None => {
                if let (EngineStatus::Loading { .. }, Some(request)) = (&self.engine, self.load) {
                    self.send(EngineCommand::Cancel(request));
                }
            }
        }
    }

    fn go_on(&mut self) {
        if self.is_busy() {
            return self.notify(Severity::Info, words::STILL_WRITING);
        }
        let last = self
            .conversation
            .head
            .and_then(|head| self.conversation.node(head));
        match last
            .filter(|node| node.role == Role::Assistant)
            .map(|node| node.id)
        {
            Some(answer) => self.ask(Ask::Continue(answer)),
            None => self.notify(Severity::Info, words::NOTHING_TO_CONTINUE),
        }
    }

    fn undo(&mut self) {
        self.abandon();
        match self
            .conversation
            .last_of(Role::User)
            .map(|node| node.parent)
        {
            Some(parent) => self.set_head(parent),
            None => self.notify(Severity::Info, words::NOTHING_TO_UNDO),
        }
    }

    fn branch_at(&mut self, message: MessageId, index: usize, candidate: TokenId) {
        let Some(node) = self.conversation.node(message) else {
            return self.gone();
        };
        let Some((answer, trace)) = node
            .answer
            .as_deref()
            .and_then(|answer| Some((answer, answer.traces.get(index)?)))
        else {
            return self.notify(Severity::Warning, words::NO_SUCH_TOKEN);
        };
        let now = self.reconsidered(message, index);
        let among = chosen(trace, candidate)
            .or_else(|| chosen(&now?.trace, candidate))
            .map(|chosen| TokenTrace {
                state: trace.state,
                ..chosen
            });
        let Some(chosen) = among else {
            return self.notify(Severity::Warning, words::NOT_A_CANDIDATE);
        };
        let ends = self.end_tokens(&answer.vocabulary).contains(&candidate);
        let known = self.conversation.piece(&answer.vocabulary, candidate);
        let piece = match known.or_else(|| now?.piece(candidate)) {
            _ if ends => Vec::new(),
            Some(piece) => piece.to_vec(),
            None => {
                return self.notify(Severity::Warning, words::TOKEN_TEXT_UNKNOWN);
            }
        };
        let kind = if ends {
            TokenKind::EndOfGeneration
        } else {
            TokenKind::Text
        };
        let chosen = TokenTrace {
            kind,
            text_len: piece.len() as u32,
            ..chosen
        };

        let turn = Turn::Token(&piece, chosen);
        let mut records = self.branch(node, answer, index, Some(turn));
        records.splice(0..0, now.and_then(|now| self.unknown_pieces(answer, now)));
        let id = self.conversation.next_id();
        self.abandon();
        self.commit(records, true);
        if ends {
            let ended = AnswerState::Ended(StopReason::EndOfGeneration);
            self.commit(vec![end(id, &ended, None)], true);
        } else {
            self.ask(Ask::Continue(id));
        }
    }

    fn sibling(&mut self, message: MessageId, offset: isize) {
        let Some((all, index)) = self.conversation.siblings(message) else {
            return self.gone();
        };
        let last = all.len() - 1;
        let target = all[index.saturating_add_signed(offset).min(last)];
        if target != message {
            self.show(target);
        }
    }

    fn show(&mut self, message: MessageId) {
        if self.conversation.node(message).is_none() {
            return self.gone();
        }
        self.set_head(Some(self.conversation.leaf_of(message)));
    }

    fn set_head(&mut self, message: Option<MessageId>) {
        if message != self.conversation.head {
            self.commit(vec![RecordBody::Head { message }], false);
        }
    }

    fn rename(&mut self, title: &str) {
        let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        self.commit(vec![RecordBody::Title { title }], true);
    }

    fn show_prompt(&mut self) {
        if self.model.is_none() {
            return self.notify(Severity::Info, words::PROMPT_NEEDS_MODEL);
        }
        let Some(head) = self.conversation.head else {
            return self.notify(Severity::Info, words::PROMPT_EMPTY);
        };
        let request = self.request();
        self.rendering = Some(request);
        let prompt = self.prompt(Some(head), None);
        let chat_template = self.options.chat_template.clone();
        self.send(EngineCommand::Render {
            request,
            prompt,
            chat_template,
        });
    }

    pub(super) fn gone(&mut self) {
        self.notify(Severity::Warning, words::MESSAGE_GONE);
    }
}

fn adds_to_the_conversation(event: &UserEvent) -> bool {
    matches!(
        event,
        UserEvent::Submit(_)
            | UserEvent::Regenerate
            | UserEvent::AnswerAgain(_)
            | UserEvent::Continue
            | UserEvent::Edit { .. }
            | UserEvent::BranchAt { .. }
            | UserEvent::ContinueWith { .. }
            | UserEvent::FanOut { .. }
            | UserEvent::Delete(_)
            | UserEvent::Restore
            | UserEvent::Rename(_)
            | UserEvent::AskTitle
            | UserEvent::Keep(_)
            | UserEvent::Rate { .. }
            | UserEvent::Correct { .. }
    )
}

/// The trace of `candidate` chosen in `trace`'s place: all that was known there holds for it
/// too, but for its own id, log-probability and rank.
fn chosen(trace: &TokenTrace, candidate: TokenId) -> Option<TokenTrace> {
    if trace.id == candidate {
        return Some(trace.clone());
    }
    let place = trace
        .candidates
        .iter()
        .position(|other| other.id == candidate)?;
    Some(TokenTrace {
        id: candidate,
        logprob: trace.candidates[place].logprob,
        rank: u32::try_from(place + 1).ok(),
        ..trace.clone()
    })
}
