//! A loaded model that answers, and what it answered.

use std::time::Duration;

use limpid::engine::{Engine as _, ProcessEngine, ProcessOptions};
use limpid::inference::{
    CacheUse, EngineCommand, EngineError, EngineEvent, GenerateRequest, GeneratedToken,
    GenerationStats, Keep, LoadRequest, LogitBias, Message, ModelInfo, Prompt, RequestId, Role,
    SamplerSettings, StopReason, TokenId,
};

use crate::support::pty::test_model;

/// Far beyond what anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(2);

/// How far log-probabilities of the same forced tokens may differ when the prompt was cut into
/// other batches of less than 64 tokens, nats. Measured on this model: at most 0.03 in 20,000
/// tokens.
pub const TOLERANCE: f32 = 0.1;

/// The same where the tokens lie in other cells of the cache, between those of others: attention
/// adds them up in another order, as f16. Measured on this model: at most 0.25 in 300 tokens.
pub const TOLERANCE_TOGETHER: f32 = 0.4;

/// An engine process with the model in it.
pub struct Engine {
    process: ProcessEngine,
    pub info: ModelInfo,
    next: u64,
}

/// All that came of one generation.
#[derive(Debug)]
pub struct Answer {
    pub tokens: Vec<GeneratedToken>,
    /// `done`, `total`, `reused`.
    pub prefill: Vec<(u32, u32, u32)>,
    pub grown: Vec<u32>,
    /// What was said of the cache before the prompt was read.
    pub recalled: CacheUse,
    pub stop: StopReason,
    pub stats: GenerationStats,
}

impl Answer {
    pub fn text(&self) -> String {
        let bytes = self
            .tokens
            .iter()
            .flat_map(|token| token.text.clone())
            .collect();
        String::from_utf8(bytes).expect("what this model says in tests is UTF-8")
    }

    pub fn ids(&self) -> Vec<TokenId> {
        self.tokens.iter().map(|token| token.trace.id).collect()
    }

    /// The ids without the one that ended the answer.
    pub fn text_ids(&self) -> Vec<TokenId> {
        let ends = self.stop == StopReason::EndOfGeneration;
        let mut ids = self.ids();
        if ends {
            ids.pop();
        }
        ids
    }
}

pub fn options() -> ProcessOptions {
    ProcessOptions {
        program: env!("CARGO_BIN_EXE_limpid").into(),
        sandbox: true,
        verbose: false,
        resident: None,
        states: None,
    }
}

impl Engine {
    pub fn load() -> Self {
        Self::load_with(|_| ())
    }

    pub fn load_with(change: impl FnOnce(&mut LoadRequest)) -> Self {
        Self::start(options(), change)
    }

    pub fn start(options: ProcessOptions, change: impl FnOnce(&mut LoadRequest)) -> Self {
        let mut request = LoadRequest::new(RequestId(0), test_model());
        // Tests run side by side, and OpenMP's threads wait for each other by spinning.
        request.threads = Some(1);
        // From 64 tokens on (`ggml_fa_tile_config`) attention is computed by another kernel,
        // with f32 where the first one has f16: then log-probabilities differ by up to 0.25
        // nats. What is compared here is to differ by less.
        (request.batch_size, request.ubatch_size) = (32, 32);
        change(&mut request);
        Self::try_start(options, request).expect("the default model loads")
    }

    pub fn try_load(request: LoadRequest) -> Result<Self, EngineError> {
        Self::try_start(options(), request)
    }

    pub fn try_start(options: ProcessOptions, request: LoadRequest) -> Result<Self, EngineError> {
        Self::try_start_hearing(options, request, |_| ())
    }

    /// Loads, and hands over each event on the way.
    pub fn try_start_hearing(
        options: ProcessOptions,
        request: LoadRequest,
        mut hear: impl FnMut(&EngineEvent),
    ) -> Result<Self, EngineError> {
        let process = ProcessEngine::new(options).unwrap();
        process
            .send(EngineCommand::Load(Box::new(request)))
            .unwrap();
        loop {
            let event = process.events().recv_timeout(PATIENCE).unwrap();
            hear(&event);
            match event {
                EngineEvent::Loaded { model, .. } => {
                    return Ok(Self {
                        process,
                        info: *model,
                        next: 0,
                    });
                }
                EngineEvent::Failed { error, .. } => return Err(error),
                EngineEvent::Exited(exit) => return Err(EngineError::Died(exit)),
                _ => {}
            }
        }
    }

    pub fn request(&mut self) -> RequestId {
        self.next += 1;
        RequestId(self.next)
    }

    /// Sends a command whose answer is waited for elsewhere.
    pub fn tell(&self, command: EngineCommand) {
        self.process.send(command).unwrap();
    }

    /// Sends a command and returns the first event that `wanted` turns into something.
    pub fn ask<T>(
        &mut self,
        command: EngineCommand,
        wanted: impl FnMut(EngineEvent) -> Option<T>,
    ) -> T {
        self.tell(command);
        self.wait(wanted)
    }

    /// Returns the first event that `wanted` turns into something.
    pub fn wait<T>(&mut self, mut wanted: impl FnMut(EngineEvent) -> Option<T>) -> T {
        loop {
            match self
                .process
                .events()
                .recv_timeout(PATIENCE)
                .expect("the engine answers")
            {
                EngineEvent::Exited(exit) => panic!("{exit}: {:#?}", exit.log),
                event => {
                    if let Some(found) = wanted(event) {
                        return found;
                    }
                }
            }
        }
    }

    pub fn generate(&mut self, request: GenerateRequest) -> Result<Answer, EngineError> {
        self.generate_until(request, |_| false)
    }

    /// Generates, and cancels at the first event for which `cancel` is true.
    pub fn generate_until(
        &mut self,
        mut request: GenerateRequest,
        mut cancel: impl FnMut(&EngineEvent) -> bool,
    ) -> Result<Answer, EngineError> {
        let id = self.request();
        request.request = id;
        let (mut tokens, mut prefill) = (Vec::new(), Vec::new());
        let (mut grown, mut recalled) = (Vec::new(), CacheUse::default());
        self.process
            .send(EngineCommand::Generate(Box::new(request)))
            .unwrap();
        loop {
            let event = self
                .process
                .events()
                .recv_timeout(PATIENCE)
                .expect("the engine answers");
            if cancel(&event) {
                self.process.send(EngineCommand::Cancel(id)).unwrap();
            }
            match event {
                EngineEvent::Token(token) => tokens.push(*token),
                EngineEvent::Prefill {
                    done,
                    total,
                    reused,
                    ..
                } => {
                    prefill.push((done, total, reused));
                }
                EngineEvent::ContextGrown { size } => grown.push(size),
                EngineEvent::Recalled { cache, .. } => recalled = cache,
                EngineEvent::Finished { stop, stats, .. } => {
                    let stats = *stats;
                    return Ok(Answer {
                        tokens,
                        prefill,
                        grown,
                        recalled,
                        stop,
                        stats,
                    });
                }
                EngineEvent::Failed { error, .. } => return Err(error),
                EngineEvent::Exited(exit) => panic!("{exit}: {:#?}", exit.log),
                _ => {}
            }
        }
    }

    /// Greedy answer to a plain text.
    pub fn complete(&mut self, text: &str, length: u32) -> Answer {
        self.generate(greedy(Prompt::Text(text.to_owned()), length))
            .unwrap()
    }

    /// The ids of a text, control tokens as text.
    pub fn ids(&mut self, text: &str) -> Vec<TokenId> {
        self.tokenize(text, false)
            .into_iter()
            .map(|(id, _)| id)
            .collect()
    }

    pub fn tokenize(&mut self, text: &str, parse_special: bool) -> Vec<(TokenId, Vec<u8>)> {
        let request = self.request();
        let command = EngineCommand::Tokenize {
            request,
            text: text.to_owned(),
            add_bos: false,
            parse_special,
            continues: false,
        };
        self.ask(command, |event| match event {
            EngineEvent::Tokenized { tokens, .. } => Some(
                tokens
                    .into_iter()
                    .map(|token| (token.id, token.bytes))
                    .collect(),
            ),
            EngineEvent::Failed { error, .. } => panic!("{error}"),
            _ => None,
        })
    }

    /// The ids and bytes of a rendered prompt.
    pub fn render(&mut self, prompt: Prompt) -> Vec<(TokenId, Vec<u8>)> {
        let request = self.request();
        let command = EngineCommand::Render {
            request,
            prompt,
            chat_template: None,
        };
        self.ask(command, |event| match event {
            EngineEvent::Rendered { pieces, .. } => Some(
                pieces
                    .into_iter()
                    .map(|piece| (piece.id, piece.bytes))
                    .collect(),
            ),
            EngineEvent::Failed { error, .. } => panic!("{error}"),
            _ => None,
        })
    }
}

/// A request that takes the best token each time.
pub fn greedy(prompt: Prompt, length: u32) -> GenerateRequest {
    let sampling = SamplerSettings {
        temperature: 0.0,
        ..SamplerSettings::default()
    };
    request(prompt, length, sampling)
}

/// The same, and no token ends it.
pub fn endless(mut request: GenerateRequest) -> GenerateRequest {
    request.sampling.logit_bias = (0..3)
        .map(|id| LogitBias {
            id: TokenId(id),
            bias: f32::NEG_INFINITY,
        })
        .collect();
    request
}

/// Of what [`drawn`] draws.
pub const TEMPERATURE: f32 = 0.6;

/// A request that draws from the best 40 tokens, all of which are reported: where the odds end
/// hardly depends on the last bits of the logits, as it does with top-p and min-p.
pub fn drawn(prompt: Prompt, length: u32, seed: u32) -> GenerateRequest {
    let sampling = SamplerSettings {
        seed: Some(seed),
        temperature: TEMPERATURE,
        top_k: 40,
        top_p: 1.0,
        min_p: 0.0,
        ..SamplerSettings::default()
    };
    let mut request = endless(request(prompt, length, sampling));
    // With those that are forbidden.
    request.candidates = 50;
    request
}

pub fn request(prompt: Prompt, length: u32, sampling: SamplerSettings) -> GenerateRequest {
    GenerateRequest {
        request: RequestId(0),
        prompt,
        sampling,
        max_tokens: Some(length),
        stop: Vec::new(),
        candidates: 10,
        chat_template: None,
        conversation: None,
        keep: Keep::Nothing,
    }
}

pub fn text(text: &str) -> Prompt {
    Prompt::Text(text.to_owned())
}

pub fn chat(messages: &[(Role, &str)]) -> Prompt {
    Prompt::Chat {
        messages: messages
            .iter()
            .map(|&(role, content)| Message::new(role, content))
            .collect(),
        answer_prefix: None,
        think: None,
    }
}

/// A text of about `words` words that says something else every time.
pub fn story(words: usize) -> String {
    const SUBJECTS: [&str; 5] = [
        "The sailor",
        "A gardener",
        "Her sister",
        "The old dog",
        "Nobody",
    ];
    const VERBS: [&str; 7] = [
        "found",
        "painted",
        "forgot",
        "sold",
        "repaired",
        "described",
        "missed",
    ];
    const OBJECTS: [&str; 11] = [
        "the lamp",
        "a bridge",
        "seven letters",
        "the garden",
        "an island",
        "the clock",
        "a song",
        "the river",
        "two chairs",
        "the map",
        "a window",
    ];
    let mut story = String::new();
    for number in 0..words / 5 {
        story.push_str(SUBJECTS[number % 5]);
        story.push(' ');
        story.push_str(VERBS[number % 7]);
        story.push(' ');
        story.push_str(OBJECTS[number % 11]);
        story.push_str(". ");
    }
    story
}

/// Compares two greedy answers to one prompt that were computed in other batches: the same
/// log-probabilities along the shared beginning, and where they part, a near-tie.
pub fn assert_agree(one: &Answer, other: &Answer) {
    assert_agree_within(TOLERANCE, one, other);
}

/// As [`assert_agree`], with another tolerance, nats.
pub fn assert_agree_within(tolerance: f32, one: &Answer, other: &Answer) {
    for (left, right) in one.tokens.iter().zip(&other.tokens) {
        let (left, right) = (&left.trace, &right.trace);
        if left.id != right.id {
            let gap = left.candidates[0].logprob - left.candidates[1].logprob;
            assert!(
                gap < 2.0 * tolerance,
                "{} and {} were chosen, and the best two are {gap} nats apart",
                left.id.0,
                right.id.0
            );
            return;
        }
        let difference = (left.logprob - right.logprob).abs();
        assert!(
            difference < tolerance,
            "log-probabilities differ by {difference} nats"
        );
    }
    assert_eq!(one.tokens.len(), other.tokens.len());
}
