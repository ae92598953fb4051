//! From a message to a request, and to the end of its answer.

use std::time::Duration;

use super::prompt::{self, Span};
use super::{Activity, EngineStatus, Session, SystemPrompt};
use crate::chat::{AnswerState, MessageId, RecordBody, Severity};
use crate::inference::{
    ConversationKey, EngineCommand, GenerateRequest, GenerationStats, Keep, ModelInfo, Prompt,
    RequestId, Role, SamplerSettings, StopReason,
};
use crate::words::chat::session as words;

/// What is to be asked of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// An answer to this message.
    Answer(MessageId),
    /// That this answer goes on.
    Continue(MessageId),
}

/// The request that is being answered.
#[derive(Debug)]
pub(super) struct Running {
    pub request: RequestId,
    /// The answer.
    pub message: MessageId,
    /// Tokens that came, and when the first one did.
    pub tokens: u32,
    pub first: Option<Duration>,
    /// Stop was asked for.
    pub stopping: bool,
    /// The prompt ends inside the model's reasoning.
    pub thinks: bool,
    /// Milliseconds that the answer had thought when it was asked for.
    pub thought: u64,
}

impl Session {
    /// Adds a user's message after `parent`, to which an answer is to be [asked](Self::ask) for.
    ///
    /// The message is on disk before the engine hears of it.
    pub(super) fn say(&mut self, parent: Option<MessageId>, text: String) -> MessageId {
        let (mut records, parent, id) = self.system_records(parent);
        records.push(self.message(id, parent, Role::User, text.into_bytes()));
        self.commit(records, true);
        id
    }

    /// The records that a message after `parent` needs before it: the system message, where
    /// another one is wanted; what it follows then, and its id.
    pub(super) fn system_records(
        &mut self,
        parent: Option<MessageId>,
    ) -> (Vec<RecordBody>, Option<MessageId>, MessageId) {
        let mut records = Vec::new();
        let mut parent = parent;
        let mut id = self.conversation.next_id();
        if let SystemPrompt::Next(system) = std::mem::take(&mut self.system) {
            let before = parent.and_then(|parent| self.conversation.system_at(parent));
            let content = system.unwrap_or_default().into_bytes();
            if before.map_or(&[][..], |node| &node.content) != content {
                records.push(self.message(id, parent, Role::System, content));
                parent = Some(id);
                id.0 += 1;
            }
        }
        (records, parent, id)
    }

    /// Asks now, or as soon as a model is there.
    pub(super) fn ask(&mut self, ask: Ask) {
        self.activity = Activity::Waiting {
            since: self.now.monotonic,
        };
        match (&self.engine, &self.model) {
            (EngineStatus::Ready(_) | EngineStatus::Died(_), Some(model)) => {
                let model = model.clone();
                self.launch(ask, &model);
                return;
            }
            (EngineStatus::Died(exit), None) => {
                if let Some(path) = exit.model.clone() {
                    self.load_model(path);
                }
            }
            (EngineStatus::NoModel, _) => self.notify(Severity::Warning, words::NO_MODEL_WAITS),
            (EngineStatus::Refused(error), _) => {
                let text = words::refused_waits(error);
                self.notify(Severity::Warning, text);
            }
            (EngineStatus::Loading { .. } | EngineStatus::Ready(_), _) => {}
        }
        self.waiting = Some(ask);
    }

    /// Gives the answer its place in the tree and sends the request.
    pub(super) fn launch(&mut self, ask: Ask, model: &ModelInfo) {
        let vocabulary = vocabulary(model);
        let (Ask::Answer(asked) | Ask::Continue(asked)) = ask;
        let question = match ask {
            Ask::Answer(question) => Some(question),
            Ask::Continue(message) => self.conversation.node(message).and_then(|it| it.parent),
        };
        let mut sampling = self.sampling_for(question);
        let think = self.think_of(asked);
        let mut records = Vec::new();
        if matches!(ask, Ask::Answer(_)) && self.classifies(asked) {
            return self.launch_choice(asked, model);
        }
        let message = match ask {
            Ask::Answer(question) => {
                let Some(node) = self.conversation.node(question) else {
                    return self.rest();
                };
                // The same seed would give the same answer again.
                let attempt = node.children.len() as u32;
                sampling.seed = sampling.seed.map(|seed| seed.wrapping_add(attempt));
                let id = self.conversation.next_id();
                records.push(self.message(id, Some(question), Role::Assistant, Vec::new()));
                records.push(begin(id, model, sampling.clone(), 0, think));
                // Typed by a person: the model reads it as what it has said so far.
                records.extend(self.prefill.take().map(|text| RecordBody::Typed {
                    message: id,
                    content: text.into_bytes(),
                }));
                id
            }
            Ask::Continue(message) => {
                let Some(node) = self.conversation.node(message) else {
                    return self.rest();
                };
                let traced = node
                    .answer
                    .as_ref()
                    .filter(|answer| !answer.traces.is_empty());
                let foreign = traced.is_some_and(|answer| answer.vocabulary != vocabulary);
                let prefix_len = match traced {
                    Some(answer) if !foreign => answer.prefix_len,
                    _ => node.content.len(),
                };
                if foreign {
                    // Another model's ids mean nothing to this one: a sibling goes on from the
                    // text alone.
                    let (parent, content) = (node.parent, node.content.clone());
                    let id = self.conversation.next_id();
                    let thinking = traced.and_then(|answer| answer.thinking(id));
                    records.push(self.message(id, parent, Role::Assistant, content));
                    records.push(begin(id, model, sampling.clone(), prefix_len, think));
                    records.extend(thinking);
                    id
                } else {
                    records.push(begin(message, model, sampling.clone(), prefix_len, think));
                    message
                }
            }
        };
        self.commit(records, false);
        self.recorder
            .begin_stream(&self.conversation, message, self.now.monotonic);
        self.generate(message, sampling);
    }

    /// Sends the request for `message`, which has its place in the tree.
    pub(super) fn generate(&mut self, message: MessageId, sampling: SamplerSettings) {
        self.stop_reconsidering();
        let request = self.request();
        let to = self.conversation.node(message).and_then(|node| node.parent);
        let prompt = self.prompt(to, Some(message));
        let mut generate = self.generation(request, prompt, sampling);
        self.limit_as_task(to, &mut generate);
        self.run(message, generate);
    }

    /// Sends a request for which the answer `message` waits, and which is stopped with it.
    pub(super) fn run(&mut self, message: MessageId, generate: GenerateRequest) {
        self.wait_for(message, generate.request);
        self.send(EngineCommand::Generate(Box::new(generate)));
    }

    /// From now on the answer `message` comes of this request.
    pub(super) fn wait_for(&mut self, message: MessageId, request: RequestId) {
        let node = self.conversation.node(message);
        let answer = node.and_then(|node| node.answer.as_deref());
        let thought = answer.and_then(|answer| answer.thinking.ms());
        self.running = Some(Running {
            request,
            message,
            tokens: 0,
            first: None,
            stopping: false,
            thinks: false,
            thought: thought.unwrap_or(0),
        });
        self.activity = Activity::Waiting {
            since: self.now.monotonic,
        };
    }

    /// What is asked of the engine for an answer in this conversation.
    pub(super) fn generation(
        &self,
        request: RequestId,
        prompt: Prompt,
        sampling: SamplerSettings,
    ) -> GenerateRequest {
        GenerateRequest {
            request,
            prompt,
            sampling,
            max_tokens: self.options.max_tokens,
            stop: self.options.stop.clone(),
            candidates: self.options.candidates,
            chat_template: self.options.chat_template.clone(),
            conversation: ConversationKey::new(self.conversation.id.0.clone()),
            keep: if self.recorder.is_on() {
                Keep::Conversation
            } else if self.options.keep_opening {
                Keep::Opening
            } else {
                Keep::Nothing
            },
        }
    }

    /// What the model reads up to the message `to`, and the answer it goes on with.
    pub(super) fn prompt(&self, to: Option<MessageId>, prefix: Option<MessageId>) -> Prompt {
        let span = Span {
            to,
            prefix,
            left_out: self.left_out.as_ref(),
        };
        if self.options.raw {
            return prompt::raw(&self.conversation, span);
        }
        let vocabulary = self.model.as_deref().map(vocabulary);
        let think = prefix.map_or(self.options.think, |prefix| self.think_of(prefix));
        prompt::chat(&self.conversation, span, vocabulary.as_deref(), think)
    }

    /// Whether the model is asked to think first for this answer, or one to this message: what an
    /// answer was asked for with stays its own.
    fn think_of(&self, message: MessageId) -> Option<bool> {
        let node = self.conversation.node(message);
        let answer = node.and_then(|node| node.answer.as_deref());
        answer.map_or(self.options.think, |answer| answer.asked_to_think)
    }

    /// The running answer is over: writes its end, and sends what is queued unless it failed.
    pub(super) fn finish(&mut self, ending: &AnswerState, stats: Option<GenerationStats>) {
        let failed = matches!(ending, AnswerState::Failed(_));
        self.close(ending, stats);
        if !failed {
            self.send_queued();
        } else if !self.queue.is_empty() {
            self.notify(Severity::Info, words::QUEUE_WAITS);
        }
    }

    fn close(&mut self, ending: &AnswerState, stats: Option<GenerationStats>) {
        let Some(running) = self.running.take() else {
            return;
        };
        self.summarising = None;
        if let Some(since) = running.first {
            self.thought_until_now(running.message, since, running.thought);
        }
        self.end_answer(running.message, ending, stats);
        if stats.is_some() {
            self.last_stats = stats;
        }
        self.rest();
    }

    /// Writes what came of an answer last, and how it ended.
    pub(super) fn end_answer(
        &mut self,
        message: MessageId,
        ending: &AnswerState,
        stats: Option<GenerationStats>,
    ) {
        let mut records = self.recorder.end_stream(&self.conversation, message);
        let end = end(message, ending, stats);
        self.apply(&end);
        records.push(end);
        self.write(records, true);
    }

    /// Sends the first of the queue, if nothing runs.
    pub(super) fn send_queued(&mut self) {
        if !self.is_busy()
            && let Some(unsent) = self.queue.pop_front()
        {
            self.send_unsent(unsent);
        }
    }

    /// Ends whatever runs or waits, at once; what is queued stays queued.
    pub(super) fn abandon(&mut self) {
        self.drop_waiting();
        self.abandon_running();
    }

    /// Ends what runs without waiting for the engine, whose last words on it are ignored.
    pub(super) fn abandon_running(&mut self) {
        self.abandon_fan();
        self.abandon_title();
        let Some(running) = &self.running else { return };
        if !running.stopping {
            let request = running.request;
            self.send(EngineCommand::Cancel(request));
        }
        self.close(&AnswerState::Ended(StopReason::Cancelled), None);
    }

    /// Nothing waits for a model any more.
    pub(super) fn drop_waiting(&mut self) {
        let Some(ask) = self.waiting.take() else {
            return;
        };
        if let Ask::Continue(message) = ask
            && let Some(node) = self.conversation.node(message)
            && node.answer.as_ref().is_some_and(|answer| answer.is_open())
        {
            let state = AnswerState::Ended(StopReason::Cancelled);
            self.commit(vec![end(message, &state, None)], true);
        }
        self.rest();
    }

    pub(super) fn rest(&mut self) {
        self.activity = Activity::Idle;
    }

    pub(super) fn message(
        &self,
        id: MessageId,
        parent: Option<MessageId>,
        role: Role,
        content: Vec<u8>,
    ) -> RecordBody {
        RecordBody::Message {
            id,
            parent,
            role,
            created: self.now.wall,
            content,
        }
    }

    /// Does what the records say, and writes them.
    pub(super) fn commit(&mut self, records: Vec<RecordBody>, sync: bool) {
        for record in &records {
            self.apply(record);
        }
        self.write(records, sync);
    }

    pub(super) fn apply(&mut self, record: &RecordBody) {
        if let Err(error) = self.conversation.apply(record) {
            // The session writes no record that does not fit; should it, the user is to know.
            self.notify(Severity::Error, words::inconsistent(error));
        }
    }

    pub(super) fn write(&mut self, records: Vec<RecordBody>, sync: bool) {
        if !self.read_only {
            self.effects
                .extend(self.recorder.write(&self.conversation, records, sync));
        }
    }

    /// Writes what came of the running answer, every two seconds.
    pub(super) fn flush_if_due(&mut self) {
        let now = self.now.monotonic;
        let records = self.recorder.flush_due(&self.conversation, now);
        self.write(records, true);
    }
}

/// What an answer's tokens are numbers of: the model's file, as far as a session knows it.
pub(super) fn vocabulary(model: &ModelInfo) -> String {
    model.path.to_string_lossy().into_owned()
}

pub(super) fn begin(
    message: MessageId,
    model: &ModelInfo,
    sampling: SamplerSettings,
    prefix_len: usize,
    think: Option<bool>,
) -> RecordBody {
    RecordBody::Begin {
        message,
        model: model.title(),
        vocabulary: vocabulary(model),
        template_hash: model.template_hash.clone(),
        sampling: Box::new(sampling),
        prefix_len,
        think,
    }
}

pub(super) fn end(
    message: MessageId,
    ending: &AnswerState,
    stats: Option<GenerationStats>,
) -> RecordBody {
    let (stop, failure) = match ending {
        AnswerState::Ended(stop) => (Some(stop.clone()), None),
        AnswerState::Failed(sentence) => (None, Some(sentence.clone())),
        AnswerState::Waiting | AnswerState::Streaming => (None, None),
    };
    RecordBody::End {
        message,
        stop,
        failure,
        stats: stats.map(Box::new),
    }
}
