//! A session with a hand on the clock and a memory of what it asked for.

use std::path::PathBuf;
use std::time::Duration;

use crate::chat::session::{Activity, Session, SessionOptions};
use crate::chat::{
    Conversation, ConversationId, Effect, Event, MessageId, Node, Now, RecordBody, UserEvent,
};
use crate::inference::*;

pub const MODEL: &str = "/models/tiny.gguf";
pub const OTHER_MODEL: &str = "/models/other.gguf";

pub struct Harness {
    pub session: Session,
    pub now: Now,
    /// Of the last event.
    pub effects: Vec<Effect>,
    /// Of all events.
    pub records: Vec<RecordBody>,
}

impl Harness {
    /// With no model.
    pub fn bare(options: SessionOptions) -> Self {
        let now = Now {
            wall: 1_700_000_000_000,
            monotonic: Duration::from_secs(1),
        };
        Self {
            session: Session::new(options, ConversationId("FIRST".into()), now),
            now,
            effects: Vec::new(),
            records: Vec::new(),
        }
    }

    /// With a model that is loaded.
    pub fn with(options: SessionOptions) -> Self {
        let mut harness = Self::bare(options);
        harness.load(MODEL);
        harness
    }

    pub fn new() -> Self {
        Self::with(SessionOptions::default())
    }

    pub fn handle(&mut self, event: Event) -> &mut Self {
        self.effects = self.session.handle(event, self.now);
        for effect in &self.effects {
            if let Effect::Append { records, .. } = effect {
                self.records.extend(records.clone());
            }
        }
        self
    }

    pub fn user(&mut self, event: UserEvent) -> &mut Self {
        self.handle(Event::User(event))
    }

    pub fn engine(&mut self, event: EngineEvent) -> &mut Self {
        self.handle(Event::Engine(event))
    }

    pub fn submit(&mut self, text: &str) -> &mut Self {
        self.user(UserEvent::Submit(text.into()))
    }

    pub fn wait(&mut self, duration: Duration) -> &mut Self {
        self.now.monotonic += duration;
        self.now.wall += duration.as_millis() as u64;
        self
    }

    pub fn load(&mut self, path: &str) -> &mut Self {
        self.user(UserEvent::LoadModel(path.into()));
        let request = self.sent_load().request;
        self.engine(EngineEvent::Loaded {
            request,
            model: Box::new(model(path)),
        })
    }

    /// A token of `text` for the request that runs; its id is made of its text.
    pub fn token(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    pub fn bytes(&mut self, text: &[u8]) -> &mut Self {
        let request = self.running();
        self.engine(token(request, text))
    }

    pub fn tokens(&mut self, texts: &[&str]) -> &mut Self {
        for text in texts {
            self.token(text);
        }
        self
    }

    pub fn finish(&mut self, stop: StopReason) -> &mut Self {
        let request = self.running();
        self.engine(EngineEvent::Finished {
            request,
            stop,
            stats: Box::new(stats()),
        })
    }

    /// A whole exchange.
    pub fn exchange(&mut self, question: &str, answer: &[&str]) -> &mut Self {
        self.submit(question);
        self.tokens(answer);
        self.finish(StopReason::EndOfGeneration)
    }

    pub fn running(&self) -> RequestId {
        self.session
            .running
            .as_ref()
            .expect("a request runs")
            .request
    }

    pub fn conversation(&self) -> &Conversation {
        self.session.conversation()
    }

    /// What is shown, without system messages.
    pub fn shown(&self) -> Vec<String> {
        let nodes = self.conversation().path().into_iter();
        nodes
            .map(|id| self.node(id))
            .filter(|node| node.role != Role::System)
            .map(|node| node.text().into_owned())
            .collect()
    }

    pub fn node(&self, id: MessageId) -> &Node {
        self.conversation().node(id).expect("the message is there")
    }

    pub fn last(&self) -> &Node {
        self.node(self.conversation().head.expect("something was said"))
    }

    pub fn commands(&self) -> Vec<&EngineCommand> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Engine(command) => Some(command),
                _ => None,
            })
            .collect()
    }

    pub fn sent(&self) -> Option<&GenerateRequest> {
        self.commands()
            .into_iter()
            .find_map(|command| match command {
                EngineCommand::Generate(request) => Some(&**request),
                _ => None,
            })
    }

    pub fn sent_load(&self) -> LoadRequest {
        self.commands()
            .into_iter()
            .find_map(|command| match command {
                EngineCommand::Load(request) => Some((**request).clone()),
                _ => None,
            })
            .expect("a load was sent")
    }

    pub fn cancelled(&self) -> Option<RequestId> {
        self.commands()
            .into_iter()
            .find_map(|command| match command {
                EngineCommand::Cancel(request) => Some(*request),
                _ => None,
            })
    }

    /// Role and content of each message of the prompt that was sent.
    pub fn prompt(&self) -> Vec<(Role, String)> {
        match &self.sent().expect("a request was sent").prompt {
            Prompt::Chat { messages, .. } => messages
                .iter()
                .map(|message| (message.role, message.content.clone()))
                .collect(),
            other => panic!("not a chat prompt: {other:?}"),
        }
    }

    pub fn prefix(&self) -> Option<&Message> {
        match &self.sent().expect("a request was sent").prompt {
            Prompt::Chat { answer_prefix, .. } => answer_prefix.as_ref(),
            other => panic!("not a chat prompt: {other:?}"),
        }
    }

    /// The notices of the last event, joined.
    pub fn said(&self) -> String {
        let texts = self.effects.iter().filter_map(|effect| match effect {
            Effect::Notify(notice) => Some(notice.text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" | ")
    }

    pub fn appended(&self) -> Vec<&RecordBody> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Append { records, .. } => Some(records),
                _ => None,
            })
            .flatten()
            .collect()
    }

    pub fn is_idle(&self) -> bool {
        *self.session.activity() == Activity::Idle
    }
}

pub fn user(text: &str) -> (Role, String) {
    (Role::User, text.into())
}

pub fn assistant(text: &str) -> (Role, String) {
    (Role::Assistant, text.into())
}

pub fn system(text: &str) -> (Role, String) {
    (Role::System, text.into())
}

pub fn id_of(text: &[u8]) -> TokenId {
    TokenId(crc32fast::hash(text))
}

/// A part of an answer that was generated as these tokens.
pub fn tokens(texts: &[&[u8]]) -> MessagePart {
    MessagePart::Tokens(texts.iter().map(|text| id_of(text)).collect())
}

/// A token whose candidates are itself and `!`.
pub fn token(request: RequestId, text: &[u8]) -> EngineEvent {
    let candidate = |bytes: &[u8], logprob| Candidate {
        id: id_of(bytes),
        logprob,
        final_probability: 0.5,
        link: SamplerLink::Kept,
    };
    let piece = |bytes: &[u8]| Piece {
        id: id_of(bytes),
        bytes: bytes.to_vec(),
    };
    EngineEvent::Token(Box::new(GeneratedToken {
        request,
        text: text.to_vec(),
        trace: TokenTrace {
            state: SamplerState::default(),
            id: id_of(text),
            kind: TokenKind::Text,
            text_len: text.len() as u32,
            logprob: -0.5,
            rank: Some(1),
            entropy: Some(1.5),
            outside: 0.25,
            candidates: vec![candidate(text, -0.5), candidate(b"!", -2.0)],
        },
        pieces: vec![piece(text), piece(b"!")],
    }))
}

pub fn end_token(request: RequestId) -> EngineEvent {
    let EngineEvent::Token(mut end) = token(request, b"<end>") else {
        unreachable!()
    };
    end.text.clear();
    end.trace.kind = TokenKind::EndOfGeneration;
    end.trace.text_len = 0;
    EngineEvent::Token(end)
}

pub fn stats() -> GenerationStats {
    GenerationStats {
        context_used: 90,
        context_size: 100,
        seed: 7,
        ..Default::default()
    }
}

pub fn model(path: &str) -> ModelInfo {
    ModelInfo {
        name: "Tiny".into(),
        path: PathBuf::from(path),
        architecture: "llama".into(),
        size: 4_000_000,
        parameters: 1_000_000,
        vocabulary: 256,
        context_trained: 2048,
        context_size: 100,
        context_limit: 2048,
        weight_bytes_per_token: 96_000_000,
        cell_bytes: 23_040,
        threads: 2,
        shortage: crate::inference::Shortage::default(),
        gpu_layers: 0,
        layers: 4,
        devices: Vec::new(),
        has_template: true,
        template_hash: "0011223344556677".into(),
        reads_thinking: false,
        can_rewind: true,
        end_tokens: vec![id_of(b"<end>")],
        load_ms: 5.0,
        system_info: String::new(),
    }
}

pub fn died() -> EngineEvent {
    EngineEvent::Exited(EngineExit {
        signal: Some(11),
        code: None,
        log: vec!["GGML_ASSERT failed".into()],
        model: Some(MODEL.into()),
        deaths: 1,
    })
}
