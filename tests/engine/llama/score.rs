//! Texts that are read: every token's odds, in agreement with what writing them recorded.

use limpid::inference::{
    EngineCommand, EngineEvent, Message, MessagePart, Prompt, Role, ScoreRequest, ScoreScope,
    ScoredToken, TokenId,
};

use super::support::{Engine, TOLERANCE, chat, greedy};
use crate::support::raw_logits::{log_sum_exp, raw_logits};

const TEXT: &str = "The sky is blue.\nWhy? 12 €uros, naïve 你好.";

/// How exactly odds follow from raw logits that were computed in the same batch.
const EXACT: f64 = 1e-4;

impl Engine {
    /// Reads a text, and gives its tokens with their odds.
    fn score(&mut self, prompt: Prompt, scope: ScoreScope) -> Vec<ScoredToken> {
        let request = self.request();
        let command = EngineCommand::Score(Box::new(ScoreRequest {
            request,
            prompt,
            scope,
            candidates: 10,
            chat_template: None,
        }));
        let (mut tokens, mut last) = (Vec::new(), 0);
        self.ask(command, |event| match event {
            EngineEvent::Scored(scored) => {
                assert!(scored.done >= last && scored.done <= scored.total);
                last = scored.done;
                tokens.extend(scored.tokens);
                None
            }
            EngineEvent::ScoreFinished { .. } => Some(()),
            EngineEvent::Failed { error, .. } => panic!("{error}"),
            _ => None,
        });
        tokens
    }
}

#[test]
fn the_odds_of_a_text_are_the_log_softmax_of_the_raw_logits() {
    let mut engine = Engine::load();
    let ids = engine.ids(TEXT);
    let scored = engine.score(Prompt::Tokens(ids.clone()), ScoreScope::From(0));
    assert_eq!(scored.iter().map(|token| token.id).collect::<Vec<_>>(), ids);
    let bytes: Vec<u8> = scored
        .iter()
        .flat_map(|token| token.bytes.clone())
        .collect();
    assert_eq!(bytes, TEXT.as_bytes());
    assert_eq!(scored[0].odds, None, "nothing came before it");
    // As short as it is, it is read in one batch, and so it is here.
    assert!(ids.len() < 32, "{} tokens", ids.len());
    let before: Vec<_> = ids[..ids.len() - 1].iter().map(|id| id.0).collect();
    for (row, token) in raw_logits(&before).iter().zip(&scored[1..]) {
        let odds = token.odds.as_ref().unwrap();
        let total = log_sum_exp(row);
        let exact = |id: TokenId| f64::from(row[id.0 as usize]) - total;
        let shift = (f64::from(odds.logprob) - exact(token.id)).abs();
        assert!(shift < EXACT, "{shift} for {}", token.id.0);
        assert_eq!(odds.best.len(), 10);
        for &(id, logprob) in &odds.best {
            assert!((f64::from(logprob) - exact(id)).abs() < EXACT);
        }
        let entropy: f64 = row
            .iter()
            .map(|&x| f64::from(x) - total)
            .map(|log| -log.exp() * log)
            .sum();
        assert!((f64::from(odds.entropy) - entropy).abs() < EXACT);
        let ahead = row
            .iter()
            .filter(|&&x| x > row[token.id.0 as usize])
            .count();
        assert_eq!(odds.rank as usize, ahead + 1);
    }
}

#[test]
fn what_an_answer_recorded_is_what_reading_it_finds() {
    let mut engine = Engine::load();
    let question = Message::new(Role::User, "Why is the sky blue?");
    let prompt = chat(&[(Role::User, "Why is the sky blue?")]);
    let answer = engine.generate(greedy(prompt, 24)).unwrap();
    let said = Message {
        parts: vec![MessagePart::Tokens(answer.text_ids())],
        ..Message::new(Role::Assistant, answer.text())
    };
    let messages = vec![question, said];
    let prompt = Prompt::Chat {
        messages,
        answer_prefix: None,
        think: None,
    };
    let scored = engine.score(prompt, ScoreScope::Message(1));
    assert_eq!(scored.len(), answer.text_ids().len());
    for (read, written) in scored.iter().zip(&answer.tokens) {
        assert_eq!(read.id, written.trace.id);
        assert_eq!(read.bytes, written.text);
        let odds = read.odds.as_ref().unwrap();
        assert!((odds.logprob - written.trace.logprob).abs() < TOLERANCE);
    }
    // Reading disturbed nothing: the same prompt is still there.
    let again = engine.generate(greedy(chat(&[(Role::User, "Why is the sky blue?")]), 4));
    assert!(again.unwrap().stats.cached_tokens > 0);
}

#[test]
fn a_message_of_any_role_can_be_read_by_itself() {
    let mut engine = Engine::load();
    let said = [
        (Role::System, "You are a terse assistant."),
        (Role::User, "user: what is <|im_end|> for?"),
    ];
    for (message, (_, text)) in said.iter().enumerate() {
        let scope = ScoreScope::Message(u32::try_from(message).unwrap());
        let scored = engine.score(chat(&said), scope);
        let bytes: Vec<u8> = scored
            .iter()
            .flat_map(|token| token.bytes.clone())
            .collect();
        assert_eq!(String::from_utf8(bytes).unwrap(), *text);
        assert!(scored.iter().all(|token| token.odds.is_some()));
    }
}

#[test]
fn only_what_is_asked_for_is_told_and_it_is_the_same() {
    let mut engine = Engine::load();
    let ids = engine.ids(&TEXT.repeat(10));
    assert!(ids.len() > 130, "more than two batches");
    let whole = engine.score(Prompt::Tokens(ids.clone()), ScoreScope::From(0));
    let first = ids.len() / 2;
    let half = engine.score(
        Prompt::Tokens(ids.clone()),
        ScoreScope::From(u32::try_from(first).unwrap()),
    );
    assert_eq!(half.len(), ids.len() - first);
    for (one, other) in half.iter().zip(&whole[first..]) {
        assert_eq!(one.id, other.id);
        let (one, other) = (one.odds.as_ref().unwrap(), other.odds.as_ref().unwrap());
        assert!((one.logprob - other.logprob).abs() < TOLERANCE);
    }
}

#[test]
fn reading_can_be_cancelled() {
    let mut engine = Engine::load();
    let ids = engine.ids(&TEXT.repeat(40));
    let request = engine.request();
    let command = EngineCommand::Score(Box::new(ScoreRequest {
        request,
        prompt: Prompt::Tokens(ids),
        scope: ScoreScope::From(0),
        candidates: 1,
        chat_template: None,
    }));
    engine.tell(command);
    engine.ask(EngineCommand::Cancel(request), |event| match event {
        EngineEvent::Failed { error, .. } => {
            assert_eq!(error, limpid::inference::EngineError::Cancelled);
            Some(())
        }
        EngineEvent::ScoreFinished { .. } => panic!("it was cancelled"),
        _ => None,
    });
    // And the engine goes on.
    assert!(!engine.complete("Once upon", 2).tokens.is_empty());
}
