//! Several continuations in one batch: each what it would be alone, all at the cost of one.

use limpid::inference::{
    EngineCommand, EngineEvent, FanEvent, FanRequest, FanStats, GenerateRequest, GeneratedToken,
    GenerationStats, LogitBias, Prompt, RequestId, SamplerSettings, StopReason, TokenId, TokenKind,
};
use limpid::words::Said;

use super::support::{Answer, Engine, assert_agree, greedy, request, story, text};

/// All that came of one fan.
pub struct Fanned {
    pub branches: Vec<Answer>,
    pub notices: Vec<Said>,
    stats: FanStats,
}

impl Fanned {
    fn openings(&self) -> Vec<TokenId> {
        let first = |branch: &Answer| branch.tokens[0].trace.id;
        self.branches.iter().map(first).collect()
    }
}

impl Engine {
    pub fn fan_out(&mut self, generate: GenerateRequest, branches: u16) -> Fanned {
        self.fan_out_until(generate, branches, None, |_| false)
    }

    /// Fans out, and cancels at the first event for which `cancel` is true.
    fn fan_out_until(
        &mut self,
        generate: GenerateRequest,
        branches: u16,
        without: Option<TokenId>,
        mut cancel: impl FnMut(&FanEvent) -> bool,
    ) -> Fanned {
        let id: RequestId = self.request();
        let mut open: Vec<Option<Vec<GeneratedToken>>> = Vec::new();
        let mut over: Vec<Option<Answer>> = Vec::new();
        let (mut notices, mut cancelled) = (Vec::new(), false);
        self.tell(EngineCommand::FanOut(Box::new(FanRequest {
            generate: GenerateRequest {
                request: id,
                ..generate
            },
            branches,
            without,
        })));
        loop {
            let event = self.wait(Some);
            match event {
                EngineEvent::Notice { text, .. } => notices.push(text),
                EngineEvent::Failed { error, .. } => panic!("{error}"),
                EngineEvent::FanFinished { request, stats } => {
                    assert_eq!(request, id);
                    assert!(open.iter().all(Option::is_none), "each has ended");
                    return Fanned {
                        branches: over.into_iter().flatten().collect(),
                        notices,
                        stats,
                    };
                }
                EngineEvent::Fan { request, event } => {
                    assert_eq!(request, id);
                    if !cancelled && cancel(&event) {
                        cancelled = true;
                        self.tell(EngineCommand::Cancel(id));
                    }
                    match event {
                        FanEvent::Began { branches } => {
                            assert!(open.is_empty(), "they begin once");
                            open = vec![Some(Vec::new()); usize::from(branches)];
                            over.resize_with(open.len(), || None);
                        }
                        FanEvent::Token { branch, token } => {
                            let tokens = open[usize::from(branch)].as_mut();
                            tokens.expect("it is not over").push(*token);
                        }
                        FanEvent::Ended {
                            branch,
                            stop,
                            stats,
                        } => {
                            let at = usize::from(branch);
                            over[at] = Some(Answer {
                                tokens: open[at].take().expect("it ends once"),
                                prefill: Vec::new(),
                                grown: Vec::new(),
                                recalled: limpid::inference::CacheUse::default(),
                                stop,
                                stats: *stats,
                            });
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// The answer that `branch` would have been by itself, in an engine that knows nothing.
fn alone(prompt: &[TokenId], branch: &Answer, length: u32) -> Answer {
    let mut ids = prompt.to_vec();
    ids.push(branch.tokens[0].trace.id);
    Engine::load()
        .generate(greedy(Prompt::Tokens(ids), length - 1))
        .unwrap()
}

#[test]
fn four_branches_agree_with_fresh_single_runs_at_the_cost_of_the_longest() {
    const LENGTH: u32 = 32;
    let mut engine = Engine::load();
    let prompt = engine.ids(&format!("{}Then the old dog", story(120)));
    let tokens = Prompt::Tokens(prompt.clone());
    // The prompt is read, and an answer goes on behind it.
    engine.generate(greedy(tokens.clone(), 40)).unwrap();
    let fan = engine.fan_out(greedy(tokens, LENGTH), 4);
    assert_eq!(fan.branches.len(), 4, "{:?}", fan.notices);
    assert!(fan.notices.is_empty(), "{:?}", fan.notices);
    let cached = fan.stats.cached_tokens;
    assert_eq!(
        cached,
        fan.stats.prompt_tokens - 1,
        "only the token is computed again whose logits are wanted"
    );
    let lengths = fan.branches.iter().map(|branch| branch.tokens.len() as u32);
    let longest = lengths.clone().max().unwrap();
    assert!(fan.stats.decodes < longest, "{:?}", fan.stats);
    assert!(fan.stats.decodes + 2 >= longest, "{:?}", fan.stats);
    assert!(fan.stats.computed <= lengths.sum());
    for (rank, branch) in (1..).zip(&fan.branches) {
        assert_eq!(branch.tokens[0].trace.rank, Some(rank));
        let mut written = Answer {
            tokens: branch.tokens[1..].to_vec(),
            prefill: Vec::new(),
            grown: Vec::new(),
            recalled: limpid::inference::CacheUse::default(),
            stop: branch.stop.clone(),
            stats: branch.stats,
        };
        let fresh = alone(&prompt, branch, LENGTH);
        written.tokens.truncate(fresh.tokens.len());
        assert_agree(&written, &fresh);
    }
    let mut openings = fan.openings();
    openings.sort();
    openings.dedup();
    assert_eq!(openings.len(), 4, "no two begin alike");
}

#[test]
fn what_was_cached_before_a_fan_is_cached_after_it() {
    let mut engine = Engine::load();
    let prompt = engine.ids(&story(100));
    let tokens = Prompt::Tokens(prompt.clone());
    let answer = engine.generate(greedy(tokens, 60)).unwrap();
    // From the middle of the answer on, as from a cursor.
    let mut source = prompt.clone();
    source.extend(answer.text_ids());
    let middle = Prompt::Tokens(source[..prompt.len() + 10].to_vec());
    let fan = engine.fan_out(greedy(middle.clone(), 16), 4);
    assert_eq!(fan.stats.cached_tokens, fan.stats.prompt_tokens - 1);
    // The old answer goes on without being read again, and so does each branch.
    let on = engine.generate(greedy(Prompt::Tokens(source), 4)).unwrap();
    assert!(
        on.stats.cached_tokens + 2 >= on.stats.prompt_tokens,
        "{:?}",
        on.stats
    );
    for branch in &fan.branches {
        let Prompt::Tokens(mut ids) = middle.clone() else {
            unreachable!()
        };
        ids.extend(branch.text_ids());
        let on = engine.generate(greedy(Prompt::Tokens(ids), 2)).unwrap();
        assert!(
            on.stats.cached_tokens + 2 >= on.stats.prompt_tokens,
            "{:?}",
            on.stats
        );
    }
}

#[test]
fn branches_begin_with_neither_the_token_that_was_there_nor_a_forbidden_one() {
    let mut engine = Engine::load();
    let prompt = text(&story(40));
    let all = engine.fan_out(greedy(prompt.clone(), 1), 4).openings();
    let without = engine
        .fan_out_until(greedy(prompt.clone(), 1), 3, Some(all[0]), |_| false)
        .openings();
    assert_eq!(without, all[1..]);
    let mut biased = greedy(prompt.clone(), 1);
    biased.sampling.logit_bias = vec![LogitBias {
        id: all[1],
        bias: f32::NEG_INFINITY,
    }];
    let allowed = engine.fan_out(biased, 3).openings();
    assert_eq!(allowed, [all[0], all[2], all[3]]);
    let mut constrained = greedy(prompt, 3);
    constrained.sampling.grammar = Some(r#"root ::= "red" | "blue""#.to_owned());
    let colours = engine.fan_out(constrained, 8);
    assert!(
        colours.notices[0].contains("no other token"),
        "{:?}",
        colours.notices
    );
    for branch in &colours.branches {
        let word = branch.text();
        assert!(
            "red".starts_with(&word) || "blue".starts_with(&word),
            "{word}"
        );
    }
}

#[test]
fn each_sampled_branch_has_a_seed_of_its_own_that_writes_it_again() {
    let mut engine = Engine::load();
    let sampling = SamplerSettings {
        seed: Some(70),
        ..SamplerSettings::default()
    };
    let wanted = request(text(&story(40)), 24, sampling);
    let one = engine.fan_out(wanted.clone(), 3);
    let seeds: Vec<u32> = one
        .branches
        .iter()
        .map(|branch| branch.stats.seed)
        .collect();
    assert_eq!(seeds, [70, 71, 72]);
    let again = engine.fan_out(wanted, 3);
    for (one, again) in one.branches.iter().zip(&again.branches) {
        assert_eq!(one.ids(), again.ids());
    }
}

#[test]
fn a_fan_without_candidates_stores_none() {
    let mut engine = Engine::load();
    let bare = GenerateRequest {
        candidates: 0,
        ..greedy(text(&story(20)), 4)
    };
    let fan = engine.fan_out(bare, 2);
    assert_eq!(fan.branches.len(), 2);
    for token in fan.branches.iter().flat_map(|branch| &branch.tokens) {
        let trace = &token.trace;
        assert!(trace.candidates.is_empty());
        assert_eq!((trace.rank, trace.entropy), (None, None));
        assert!((trace.outside - 1.0).abs() < 1e-3, "{}", trace.outside);
    }
}

#[test]
fn a_cancelled_fan_keeps_what_each_branch_has() {
    let mut engine = Engine::load();
    let mut came = 0;
    let fan = engine.fan_out_until(greedy(text(&story(40)), 4000), 4, None, |event| {
        came += u32::from(matches!(event, FanEvent::Token { .. }));
        came == 24
    });
    assert_eq!(fan.branches.len(), 4);
    assert!(
        fan.branches
            .iter()
            .any(|branch| branch.stop == StopReason::Cancelled)
    );
    assert!(fan.branches.iter().all(|branch| branch.tokens.len() > 1));
    // The engine is free for the next one.
    assert_eq!(engine.complete("Hello", 2).tokens.len(), 2);
}

#[test]
fn a_context_that_is_too_small_for_all_writes_fewer_and_says_so() {
    let mut engine = Engine::load_with(|load| load.context_size = Some(256));
    let prompt = engine.ids(&story(180));
    assert!(prompt.len() < 250, "{}", prompt.len());
    let room = 256 - prompt.len() as u16;
    assert!(room < 250);
    let fan = engine.fan_out(greedy(Prompt::Tokens(prompt), 400), 4);
    let ended = |branch: &&Answer| branch.stop == StopReason::ContextFull;
    let full = fan.branches.iter().filter(ended).count();
    let whole = fan.branches.iter().filter(|branch| {
        matches!(branch.tokens.last(), Some(token) if token.trace.kind == TokenKind::EndOfGeneration)
    });
    assert_eq!(full + whole.count(), fan.branches.len());
    assert!(full > 0, "400 tokens each do not fit");
    let more = engine.fan_out(greedy(text("Hello"), 4), 200);
    assert!(more.branches.len() < 200);
    assert_eq!(
        more.notices[0].text(),
        format!(
            "{} of 200 continuations are written: the context keeps no more at a time.",
            more.branches.len()
        )
    );
}

#[test]
fn a_branch_that_begins_with_the_end_is_over_at_once() {
    let mut engine = Engine::load();
    let end = engine.info.end_tokens[0];
    let mut wanted = greedy(text(&story(20)), 8);
    wanted.sampling.logit_bias = vec![LogitBias {
        id: end,
        bias: 100.0,
    }];
    // The bias changes no odds: the end is among the openings only where the model thinks of
    // it. What is biased so that it always ends, ends at its second token.
    let fan = engine.fan_out(wanted, 2);
    for branch in &fan.branches {
        assert_eq!(branch.stop, StopReason::EndOfGeneration);
        assert!(branch.tokens.len() <= 2);
    }
    let stats: Vec<&GenerationStats> = fan.branches.iter().map(|branch| &branch.stats).collect();
    assert!(fan.stats.decodes <= 1 && stats.len() == 2, "{stats:?}");
}
