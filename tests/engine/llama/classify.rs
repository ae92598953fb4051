//! Labels that are weighed: in agreement with the raw logits, and without a trace in the cache.

use limpid::inference::{
    Classified, ClassifyRequest, EngineCommand, EngineError, EngineEvent, Message, Prompt, Role,
    TokenId,
};

use super::support::{Engine, TOLERANCE, chat, greedy};
use crate::support::raw_logits::{log_sum_exp, raw_logits};

/// The tokens that end an answer of the default model.
const ENDS: [u32; 2] = [0, 2];

impl Engine {
    pub fn classify(&mut self, prompt: Prompt, labels: &[&str]) -> Result<Classified, EngineError> {
        let request = self.request();
        let command = EngineCommand::Classify(Box::new(ClassifyRequest {
            request,
            prompt,
            labels: labels.iter().map(ToString::to_string).collect(),
            chat_template: None,
            conversation: None,
        }));
        self.ask(command, |event| match event {
            EngineEvent::Classified(found) => Some(Ok(*found)),
            EngineEvent::Failed { error, .. } => Some(Err(error)),
            _ => None,
        })
    }
}

fn question() -> Prompt {
    chat(&[(Role::User, "Is the sea wet? Answer yes, no or maybe not.")])
}

fn with_answer(label: &str) -> Prompt {
    match question() {
        Prompt::Chat {
            messages, think, ..
        } => Prompt::Chat {
            think,
            messages,
            answer_prefix: Some(Message::new(Role::Assistant, label)),
        },
        other => other,
    }
}

#[test]
fn the_weight_of_a_label_is_what_the_raw_logits_give_its_tokens_and_its_end() {
    let mut engine = Engine::load();
    let labels = ["yes", "no", "maybe not", "yes and no"];
    let found = engine
        .classify(question(), &labels)
        .expect("can be weighed");
    assert_eq!(found.labels.len(), labels.len());
    let sum: f64 = found.labels.iter().map(|one| one.share).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    let base = engine.render(question()).len();
    let mut expected = Vec::new();
    for label in labels {
        let ids: Vec<u32> = engine
            .render(with_answer(label))
            .into_iter()
            .map(|(TokenId(id), _)| id)
            .collect();
        let rows = raw_logits(&ids);
        let mut logprob = 0.0;
        for place in base..ids.len() {
            let row = &rows[place - 1];
            logprob += f64::from(row[ids[place] as usize]) - log_sum_exp(row);
        }
        let last = &rows[ids.len() - 1];
        let end: f64 = ENDS
            .iter()
            .map(|&id| (f64::from(last[id as usize]) - log_sum_exp(last)).exp())
            .sum();
        logprob += end.ln();
        let odds = found
            .labels
            .iter()
            .find(|one| one.label == label)
            .expect("is there");
        assert_eq!(odds.tokens as usize, ids.len() - base);
        let off = (odds.logprob - logprob).abs();
        let allowed = f64::from(TOLERANCE) * f64::from(odds.tokens + 1);
        assert!(off < allowed, "{label}: {} and {logprob}", odds.logprob);
        expected.push((label, logprob));
    }
    let all: f64 = expected.iter().map(|(_, logprob)| logprob.exp()).sum();
    for (label, logprob) in expected {
        let odds = found
            .labels
            .iter()
            .find(|one| one.label == label)
            .expect("is there");
        assert!((odds.share - logprob.exp() / all).abs() < 0.02, "{label}");
    }
    assert!(found.labels.is_sorted_by(|a, b| a.logprob >= b.logprob));
}

#[test]
fn the_prompt_is_read_once_and_stays_cached_for_what_follows() {
    let mut engine = Engine::load();
    let first = engine
        .classify(question(), &["yes", "no"])
        .expect("can be weighed");
    assert!(first.stats.cached_tokens < first.stats.prompt_tokens);
    let again = engine
        .classify(question(), &["no", "yes"])
        .expect("can be weighed");
    assert_eq!(again.stats.cached_tokens + 1, again.stats.prompt_tokens);
    for odds in &first.labels {
        let other = again.labels.iter().find(|one| one.label == odds.label);
        let off = (odds.logprob - other.expect("is there").logprob).abs();
        assert!(off < f64::from(TOLERANCE) * 2.0, "{off}");
    }
    let answer = engine.generate(greedy(question(), 4)).expect("is answered");
    assert!(answer.stats.cached_tokens + 1 >= answer.stats.prompt_tokens);
}

#[test]
fn an_empty_label_is_refused() {
    let mut engine = Engine::load();
    let error = engine
        .classify(question(), &["yes", ""])
        .expect_err("is nothing");
    assert!(error.to_string().contains("empty"), "{error}");
    assert!(engine.classify(question(), &["yes", "no"]).is_ok());
}
