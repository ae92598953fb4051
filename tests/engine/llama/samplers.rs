//! The samplers, and what they did to each candidate.

use limpid::inference::{
    Candidate, DryPenalty, EngineError, LogitBias, Mirostat, SamplerKind, SamplerLink,
    SamplerSettings, StopReason, TokenId,
};

use super::support::{Answer, Engine, request, text};

const PROMPT: &str = "The best thing about a rainy day is";

fn settings() -> SamplerSettings {
    SamplerSettings {
        seed: Some(11),
        ..SamplerSettings::default()
    }
}

fn sample(engine: &mut Engine, settings: SamplerSettings) -> Answer {
    let mut request = request(text(PROMPT), 24, settings);
    request.candidates = 60;
    engine.generate(request).unwrap()
}

fn candidates(answer: &Answer) -> impl Iterator<Item = &Candidate> {
    answer
        .tokens
        .iter()
        .flat_map(|token| &token.trace.candidates)
}

fn drops(answer: &Answer, link: SamplerLink) -> usize {
    candidates(answer)
        .filter(|candidate| candidate.link == link)
        .count()
}

#[test]
fn the_link_that_dropped_a_candidate_is_named() {
    let mut engine = Engine::load();
    let answer = sample(&mut engine, settings());
    for token in &answer.tokens {
        let all = &token.trace.candidates;
        assert_eq!(all.len(), 60);
        assert!(
            all[40..].iter().all(|c| c.link == SamplerLink::TopK),
            "top-k keeps 40"
        );
        assert!(all[..40].iter().all(|c| c.link != SamplerLink::TopK));
        let best = all[0].logprob;
        for candidate in all {
            let kept = candidate.link == SamplerLink::Kept;
            assert_eq!(kept, candidate.final_probability > 0.0);
            // min_p 0.05: at least a twentieth of the best one's probability.
            assert!(!kept || candidate.logprob >= best + 0.05_f32.ln() - 1e-3);
        }
        let total: f32 = all
            .iter()
            .map(|candidate| candidate.final_probability)
            .sum();
        assert!((total - 1.0).abs() < 1e-3, "{total}");
        let chosen = all.iter().find(|candidate| candidate.id == token.trace.id);
        assert_eq!(
            chosen.map(|candidate| candidate.link),
            Some(SamplerLink::Kept)
        );
    }
    assert!(drops(&answer, SamplerLink::TopP) + drops(&answer, SamplerLink::MinP) > 0);
}

#[test]
fn beginning_from_the_best_is_the_same_as_beginning_from_all() {
    let mut engine = Engine::load();
    sample(&mut engine, settings());
    let short = sample(&mut engine, settings());
    // A bias that changes nothing makes the chain begin from the whole vocabulary.
    let nothing = LogitBias {
        id: TokenId(9),
        bias: 0.0,
    };
    let whole = sample(
        &mut engine,
        SamplerSettings {
            logit_bias: vec![nothing],
            ..settings()
        },
    );
    assert_eq!(short.ids(), whole.ids());
    for (left, right) in candidates(&short).zip(candidates(&whole)) {
        assert_eq!((left.id, left.link), (right.id, right.link));
        assert!((left.final_probability - right.final_probability).abs() < 1e-5);
    }
}

#[test]
fn a_top_k_of_one_is_greedy() {
    let mut engine = Engine::load();
    engine.complete(PROMPT, 0);
    let one = sample(
        &mut engine,
        SamplerSettings {
            top_k: 1,
            ..settings()
        },
    );
    let greedy = sample(
        &mut engine,
        SamplerSettings {
            temperature: 0.0,
            ..settings()
        },
    );
    assert_eq!(one.ids(), greedy.ids());
    assert!(drops(&greedy, SamplerLink::Greedy) > 0);
}

#[test]
fn every_sampler_leaves_its_mark() {
    let off = SamplerSettings {
        top_k: 0,
        top_p: 1.0,
        min_p: 0.0,
        ..settings()
    };
    let with = |change: fn(&mut SamplerSettings)| {
        let mut settings = off.clone();
        change(&mut settings);
        settings
    };
    let cases = [
        (SamplerLink::TopK, with(|s| s.top_k = 5)),
        (SamplerLink::TopP, with(|s| s.top_p = 0.5)),
        (SamplerLink::MinP, with(|s| s.min_p = 0.2)),
        (SamplerLink::Typical, with(|s| s.typical_p = 0.5)),
        (SamplerLink::TopNSigma, with(|s| s.top_n_sigma = 1.0)),
        (
            SamplerLink::Xtc,
            with(|s| (s.xtc_probability, s.xtc_threshold) = (1.0, 0.05)),
        ),
        (SamplerLink::Mirostat, with(|s| s.mirostat = Mirostat::V1)),
        (SamplerLink::Mirostat, with(|s| s.mirostat = Mirostat::V2)),
    ];
    let mut engine = Engine::load();
    for (link, settings) in cases {
        let answer = sample(&mut engine, settings.clone());
        assert!(drops(&answer, link) > 0, "{link:?} dropped nothing");
        let others = candidates(&answer).filter(|c| c.link != SamplerLink::Kept && c.link != link);
        assert_eq!(others.count(), 0, "only {link:?} acts");
        assert_eq!(
            answer.ids(),
            sample(&mut engine, settings).ids(),
            "{link:?} repeats"
        );
    }
}

#[test]
fn xtc_can_take_away_the_best() {
    let mut engine = Engine::load();
    let mut xtc = SamplerSettings {
        xtc_probability: 1.0,
        xtc_threshold: 0.05,
        ..settings()
    };
    xtc.order = vec![SamplerKind::TopK, SamplerKind::Xtc];
    let answer = sample(&mut engine, xtc);
    let taken = answer
        .tokens
        .iter()
        .filter(|t| t.trace.candidates[0].link == SamplerLink::Xtc);
    assert!(taken.count() > 0);
}

#[test]
fn penalties_change_what_comes() {
    let mut engine = Engine::load();
    let mut greedy = |change: fn(&mut SamplerSettings)| {
        let mut settings = SamplerSettings {
            temperature: 0.0,
            ..settings()
        };
        change(&mut settings);
        let list = "red blue red blue red blue red blue red";
        engine
            .generate(request(text(list), 8, settings))
            .unwrap()
            .ids()
    };
    let plain = greedy(|_| ());
    assert_ne!(greedy(|s| s.repeat_penalty = 1.8), plain);
    assert_ne!(greedy(|s| s.presence_penalty = 8.0), plain);
    assert_ne!(greedy(|s| s.frequency_penalty = 4.0), plain);
    let dry = DryPenalty {
        multiplier: 3.0,
        ..DryPenalty::default()
    };
    let dry = SamplerSettings {
        temperature: 0.0,
        dry,
        ..settings()
    };
    let list = "red blue red blue red blue red blue red";
    let answer = engine.generate(request(text(list), 8, dry)).unwrap();
    assert_ne!(answer.ids(), plain);
}

#[test]
fn a_forbidden_token_never_comes_and_is_marked() {
    let mut engine = Engine::load();
    let greedy = SamplerSettings {
        temperature: 0.0,
        ..settings()
    };
    let best = sample(&mut engine, greedy.clone()).tokens[0].trace.id;
    let forbidden = LogitBias {
        id: best,
        bias: f32::NEG_INFINITY,
    };
    for settings in [greedy, settings()] {
        let biased = SamplerSettings {
            logit_bias: vec![forbidden],
            ..settings
        };
        let answer = sample(&mut engine, biased);
        assert!(answer.ids().iter().all(|&id| id != best));
        let first = &answer.tokens[0].trace.candidates[0];
        assert_eq!((first.id, first.link), (best, SamplerLink::LogitBias));
    }
}

#[test]
fn a_grammar_is_kept_to_and_ends_the_answer() {
    let mut engine = Engine::load();
    for temperature in [0.0, 0.9] {
        let grammar = Some("root ::= \"maybe\" | \"perhaps\"".to_owned());
        let answer = sample(
            &mut engine,
            SamplerSettings {
                grammar,
                temperature,
                ..settings()
            },
        );
        assert!(
            ["maybe", "perhaps"].contains(&answer.text().as_str()),
            "{}",
            answer.text()
        );
        assert_eq!(answer.stop, StopReason::EndOfGeneration);
        assert!(drops(&answer, SamplerLink::Grammar) > 0);
    }
}

#[test]
fn settings_that_cannot_be_used_are_refused_and_the_engine_lives() {
    let mut engine = Engine::load();
    let grammar = |source: &str| SamplerSettings {
        grammar: Some(source.into()),
        ..settings()
    };
    let outside = LogitBias {
        id: TokenId(49_152),
        bias: 1.0,
    };
    let grammars = ["root ::= (\"a\"", "other ::= \"a\"", "root ::= root \"a\""];
    for source in grammars {
        let refused = engine
            .generate(request(text(PROMPT), 4, grammar(source)))
            .unwrap_err();
        assert!(matches!(refused, EngineError::Constraint(_)), "{refused}");
    }
    let wrong = [
        SamplerSettings {
            temperature: f32::NAN,
            ..settings()
        },
        SamplerSettings {
            logit_bias: vec![outside],
            ..settings()
        },
        SamplerSettings {
            repeat_penalty: 0.0,
            ..settings()
        },
    ];
    for settings in wrong {
        let refused = engine
            .generate(request(text(PROMPT), 4, settings))
            .unwrap_err();
        assert!(matches!(refused, EngineError::Sampling { .. }), "{refused}");
    }
    engine.complete("It lives on", 2);
}
