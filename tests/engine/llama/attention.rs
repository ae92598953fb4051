//! Where the model looks: the weights are those of its own queries and keys.

mod queries;

use limpid::inference::{
    AttendAt, AttendRequest, AttendedToken, AttentionEvent, AttentionLayer, AttentionWindow,
    CacheType, EngineCommand, EngineError, EngineEvent, Message, MessagePart, Prompt, Role,
    TokenId,
};

use super::support::{Engine, chat, greedy, story, text};

/// Softmax is computed in single precision, its sum over a few thousand weights too.
const EXACT: f64 = 1e-4;

struct Attention {
    window: AttentionWindow,
    layers: Vec<AttentionLayer>,
    /// `done`, `total`.
    progress: Vec<(u32, u32)>,
}

impl Engine {
    fn attend(&mut self, prompt: Prompt, at: AttendAt) -> Result<Attention, EngineError> {
        self.attend_until(prompt, at, |_| false)
    }

    /// Cancels at the first event for which `cancel` is true.
    fn attend_until(
        &mut self,
        prompt: Prompt,
        at: AttendAt,
        cancel: impl Fn(&EngineEvent) -> bool,
    ) -> Result<Attention, EngineError> {
        let request = self.request();
        let command = EngineCommand::Attend(Box::new(AttendRequest {
            request,
            prompt,
            at,
            chat_template: None,
        }));
        self.tell(command);
        let (mut window, mut layers) = (None, Vec::new());
        let mut progress = Vec::new();
        loop {
            let event = self.wait(Some);
            if cancel(&event) {
                self.tell(EngineCommand::Cancel(request));
            }
            match event {
                EngineEvent::Prefill { done, total, .. } => progress.push((done, total)),
                EngineEvent::Attention { event, .. } => match event {
                    AttentionEvent::Window(it) => window = Some(it),
                    AttentionEvent::Layer(layer) => layers.push(layer),
                },
                EngineEvent::Attended { .. } => {
                    return Ok(Attention {
                        window: window.expect("the window is told before the end"),
                        layers,
                        progress,
                    });
                }
                EngineEvent::Failed { error, .. } => return Err(error),
                _ => {}
            }
        }
    }
}

fn bytes(tokens: &[AttendedToken]) -> Vec<u8> {
    let bytes = tokens.iter().flat_map(|token| token.bytes.clone());
    bytes.collect()
}

/// Each head's row of each layer.
fn rows(attention: &Attention) -> Vec<&[f32]> {
    let tokens = attention.window.tokens.len();
    let layers = attention.layers.iter();
    layers
        .flat_map(|layer| {
            assert_eq!(layer.weights.len(), layer.heads as usize * tokens);
            layer.weights.chunks_exact(tokens)
        })
        .collect()
}

fn assert_sums(attention: &Attention) {
    for row in rows(attention) {
        let sum: f64 = row.iter().map(|&weight| f64::from(weight)).sum();
        assert!((sum - 1.0).abs() < EXACT, "a row sums to {sum}");
        assert!(row.iter().all(|weight| (0.0..=1.0).contains(weight)));
    }
}

#[test]
fn every_head_of_every_layer_shares_out_one_whole() {
    let mut engine = Engine::load();
    let prompt = "The sky is blue because of a process called";
    let attention = engine.attend(text(prompt), AttendAt::Last).unwrap();
    assert_eq!(bytes(&attention.window.tokens), prompt.as_bytes());
    assert_eq!(attention.window.cut, 0);
    let numbers: Vec<_> = attention.layers.iter().map(|layer| layer.layer).collect();
    assert_eq!(numbers, (0..engine.info.layers).collect::<Vec<_>>());
    assert_sums(&attention);
    let total = attention.window.tokens.len() as u32;
    assert_eq!(attention.progress.first(), Some(&(0, total)));
    assert_eq!(attention.progress.last(), Some(&(total, total)));
}

#[test]
fn the_weights_are_the_softmax_of_the_models_own_queries_and_keys() {
    // Keys as they are computed, not rounded for the cache.
    let mut engine = Engine::load_with(|load| load.cache_type_k = CacheType::F32);
    let prompt = "Water is wet, and the sky is";
    let ids = engine.ids(prompt);
    let attention = engine
        .attend(Prompt::Tokens(ids.clone()), AttendAt::Last)
        .unwrap();
    let expected = queries::attention(&ids);
    assert_eq!(attention.layers.len(), expected.len());
    let mut largest: f64 = 0.0;
    for (layer, expected) in attention.layers.iter().zip(&expected) {
        assert_eq!(layer.weights.len(), expected.len());
        for (&weight, expected) in layer.weights.iter().zip(expected) {
            largest = largest.max((f64::from(weight) - expected).abs());
        }
    }
    assert!(largest < EXACT, "a weight is off by {largest}");
}

#[test]
fn beyond_the_window_the_beginning_is_cut_and_that_is_told() {
    let mut engine = Engine::load();
    let ids = engine.ids(&story(1800));
    assert!(ids.len() > 2048, "{}", ids.len());
    let attention = engine
        .attend(Prompt::Tokens(ids.clone()), AttendAt::Last)
        .unwrap();
    assert_eq!(attention.window.cut as usize, ids.len() - 2048);
    let kept: Vec<_> = attention.window.tokens.iter().map(|it| it.id).collect();
    assert_eq!(kept, ids[ids.len() - 2048..]);
    assert_sums(&attention);
}

#[test]
fn a_token_within_a_message_looks_at_what_stands_before_it() {
    let mut engine = Engine::load();
    let said = [
        (Role::System, "You are a terse assistant."),
        (Role::User, "Why is the sky blue?"),
    ];
    let at = AttendAt::Message {
        message: 1,
        token: 2,
    };
    let attention = engine.attend(chat(&said), at).unwrap();
    let shown = String::from_utf8(bytes(&attention.window.tokens)).unwrap();
    assert!(shown.contains("You are a terse assistant."), "{shown}");
    assert!(shown.ends_with("Why is the"), "{shown}");
    assert_sums(&attention);

    let beyond = AttendAt::Message {
        message: 1,
        token: 100,
    };
    let refused = engine.attend(chat(&said), beyond);
    assert!(matches!(refused, Err(EngineError::Refused { .. })));
}

#[test]
fn an_answers_own_tokens_are_looked_at_and_the_conversation_stays_cached() {
    let mut engine = Engine::load();
    let question = || chat(&[(Role::User, "Why is the sky blue?")]);
    let answer = engine.generate(greedy(question(), 8)).unwrap();
    let prefix = Message {
        parts: vec![MessagePart::Tokens(answer.text_ids())],
        ..Message::new(Role::Assistant, answer.text())
    };
    let prompt = Prompt::Chat {
        messages: vec![Message::new(Role::User, "Why is the sky blue?")],
        answer_prefix: Some(prefix),
        think: None,
    };
    let attention = engine.attend(prompt, AttendAt::Last).unwrap();
    let ids: Vec<TokenId> = attention.window.tokens.iter().map(|it| it.id).collect();
    assert!(ids.ends_with(&answer.text_ids()));
    assert!(
        attention.window.tokens[0]
            .bytes
            .starts_with(b"<|im_start|>")
    );
    let again = engine.generate(greedy(question(), 4)).unwrap();
    assert!(again.stats.cached_tokens > 0);
}

#[test]
fn reading_for_attention_can_be_cancelled() {
    let mut engine = Engine::load();
    let prompt = text(&story(1500));
    let ended = engine.attend_until(prompt, AttendAt::Last, |event| {
        matches!(event, EngineEvent::Prefill { done: 0, .. })
    });
    assert_eq!(ended.err(), Some(EngineError::Cancelled));
    // And the engine goes on.
    assert!(!engine.complete("Once upon", 2).tokens.is_empty());
}

#[test]
fn a_prompt_that_cannot_be_read_is_refused() {
    let mut engine = Engine::load();
    let empty = engine.attend(Prompt::Tokens(Vec::new()), AttendAt::Last);
    assert_eq!(empty.err(), Some(EngineError::EmptyPrompt));
    let unknown = Prompt::Tokens(vec![TokenId(u32::MAX)]);
    let refused = engine.attend(unknown, AttendAt::Last);
    assert!(matches!(refused, Err(EngineError::Refused { .. })));
}
