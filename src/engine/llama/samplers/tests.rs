//! The real chain, drawn from ten thousand times.

use std::path::{Path, PathBuf};

use llama_cpp_2::model::params::LlamaModelParams;

use super::*;
use crate::engine::llama::runtime::runtime;
use crate::inference::{DryPenalty, LogitBias, Mirostat};
use crate::probability::Workspace;

const DRAWS: usize = 10_000;

/// Tokens that can come at all, so that every one of them is reported.
const POSSIBLE: u32 = 200;

/// What was written before, for the samplers that look back: each of these is likely again.
const WRITTEN: [TokenId; 6] = [
    TokenId(100),
    TokenId(101),
    TokenId(102),
    TokenId(100),
    TokenId(101),
    TokenId(100),
];

/// The default model's vocabulary, without its weights.
fn vocabulary() -> LlamaModel {
    let path = std::env::var_os("LIMPID_TEST_MODEL").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("models/SmolLM2-135M-Instruct.Q4_1.gguf"),
        PathBuf::from,
    );
    let params = LlamaModelParams::default().with_vocab_only(true);
    LlamaModel::load_from_file(runtime().unwrap(), &path, &params)
        .unwrap_or_else(|error| panic!("{}: {error}; `make test` gets it", path.display()))
}

/// A row as a model makes it: a few likely tokens and a long tail, in no order.
fn logits(size: usize) -> Vec<f32> {
    let mut row = vec![f32::NEG_INFINITY; size];
    for place in 0..POSSIBLE {
        // 37 and 200 have no common divisor, so each rank is given once.
        let rank = place * 37 % POSSIBLE;
        row[100 + place as usize] = 6.0 - 1.3 * (rank as f32 + 1.0).ln();
    }
    row
}

/// Draws, and holds how often each token came against the probabilities that were told before.
fn draw(model: &LlamaModel, name: &str, settings: &SamplerSettings) {
    let row = logits(usize::try_from(model.n_vocab()).unwrap());
    let reported = POSSIBLE as usize;
    let mut chain = Chain::new(model, settings, &[], 7, 64, reported).unwrap();
    chain.remember(&WRITTEN).unwrap();
    let mut workspace = Workspace::new();
    let best = workspace.summarize(&row, reported).best.to_vec();
    assert_eq!(best.len(), reported);
    let mut expected = vec![0.0_f64; reported];
    let mut came = vec![0_u32; reported];
    for _ in 0..DRAWS {
        let chosen = chain.choose(&row, &best, reported).unwrap();
        let told: f64 = chain
            .fates()
            .iter()
            .map(|fate| f64::from(fate.probability))
            .sum();
        assert!((told - 1.0).abs() < 1e-4, "{name}: they add up to {told}");
        for (sum, fate) in expected.iter_mut().zip(chain.fates()) {
            let dropped = fate.link != SamplerLink::Kept;
            assert!(!dropped || fate.probability == 0.0, "{name}");
            *sum += f64::from(fate.probability);
        }
        let place = best.iter().position(|&(id, _)| id == chosen.0).unwrap();
        came[place] += 1;
    }
    // Pearson's statistic. What is rare is one class, since it wants some five in each.
    let (mut statistic, mut classes) = (0.0, 0_u32);
    let (mut rare_expected, mut rare_came) = (0.0, 0.0);
    for (&expected, &came) in expected.iter().zip(&came) {
        if expected == 0.0 {
            assert_eq!(
                came, 0,
                "{name}: a token came that was told to be impossible"
            );
        } else if expected < 5.0 {
            rare_expected += expected;
            rare_came += f64::from(came);
        } else {
            statistic += (f64::from(came) - expected).powi(2) / expected;
            classes += 1;
        }
    }
    if rare_expected >= 5.0 {
        statistic += (rare_came - rare_expected).powi(2) / rare_expected;
        classes += 1;
    }
    // Its mean is the number of classes less one, its variance twice that: five standard
    // deviations above are for a difference that is none of chance.
    let degrees = f64::from(classes.saturating_sub(1));
    let limit = degrees + 5.0 * (2.0 * degrees).sqrt() + 1e-9;
    assert!(
        statistic <= limit,
        "{name}: {statistic:.1} above {limit:.1}"
    );
}

#[test]
fn ten_thousand_draws_come_as_often_as_the_probabilities_say() {
    let model = vocabulary();
    let plain = || SamplerSettings {
        temperature: 1.0,
        top_k: 0,
        top_p: 1.0,
        min_p: 0.0,
        ..SamplerSettings::default()
    };
    let cases = [
        ("the defaults", SamplerSettings::default()),
        ("temperature alone", plain()),
        (
            "a high temperature",
            SamplerSettings {
                temperature: 1.7,
                ..plain()
            },
        ),
        (
            "top-k",
            SamplerSettings {
                top_k: 12,
                ..plain()
            },
        ),
        (
            "top-p",
            SamplerSettings {
                top_p: 0.7,
                ..plain()
            },
        ),
        (
            "min-p",
            SamplerSettings {
                min_p: 0.1,
                ..plain()
            },
        ),
        (
            "typical",
            SamplerSettings {
                typical_p: 0.6,
                ..plain()
            },
        ),
        (
            "top-n-sigma",
            SamplerSettings {
                top_n_sigma: 1.0,
                ..plain()
            },
        ),
        (
            "XTC",
            SamplerSettings {
                xtc_probability: 0.5,
                xtc_threshold: 0.05,
                ..plain()
            },
        ),
        (
            "penalties",
            SamplerSettings {
                repeat_penalty: 1.5,
                presence_penalty: 0.4,
                frequency_penalty: 0.3,
                ..plain()
            },
        ),
        (
            "DRY",
            SamplerSettings {
                dry: DryPenalty {
                    multiplier: 0.8,
                    ..DryPenalty::default()
                },
                ..plain()
            },
        ),
        (
            "bias",
            SamplerSettings {
                logit_bias: vec![
                    LogitBias {
                        id: TokenId(100),
                        bias: -2.0,
                    },
                    LogitBias {
                        id: TokenId(150),
                        bias: 3.0,
                    },
                ],
                ..plain()
            },
        ),
        (
            "mirostat",
            SamplerSettings {
                mirostat: Mirostat::V1,
                mirostat_tau: 3.0,
                ..plain()
            },
        ),
        (
            "mirostat 2",
            SamplerSettings {
                mirostat: Mirostat::V2,
                mirostat_tau: 3.0,
                ..plain()
            },
        ),
    ];
    for (name, settings) in &cases {
        draw(&model, name, settings);
    }
}

#[test]
fn what_changes_logits_changes_the_probabilities_that_are_told() {
    let model = vocabulary();
    let row = logits(usize::try_from(model.n_vocab()).unwrap());
    let told = |settings: &SamplerSettings| {
        let reported = POSSIBLE as usize;
        let mut chain = Chain::new(&model, settings, &[], 7, 64, reported).unwrap();
        chain.remember(&WRITTEN).unwrap();
        let mut workspace = Workspace::new();
        let best = workspace.summarize(&row, reported).best.to_vec();
        chain.choose(&row, &best, reported).unwrap();
        let place = best.iter().position(|&(id, _)| id == WRITTEN[0].0).unwrap();
        f64::from(chain.fates()[place].probability)
    };
    let plain = SamplerSettings {
        temperature: 1.0,
        top_k: 0,
        top_p: 1.0,
        min_p: 0.0,
        ..SamplerSettings::default()
    };
    let sum: f64 = row.iter().map(|&logit| f64::from(logit).exp()).sum();
    let logit = f64::from(row[WRITTEN[0].0 as usize]);
    assert!(
        (told(&plain) - logit.exp() / sum).abs() < 1e-5,
        "softmax itself"
    );
    let biased = SamplerSettings {
        logit_bias: vec![LogitBias {
            id: WRITTEN[0],
            bias: -2.0,
        }],
        ..plain.clone()
    };
    let lowered = (logit - 2.0).exp();
    assert!((told(&biased) - lowered / (sum - logit.exp() + lowered)).abs() < 1e-5);
    let penalised = SamplerSettings {
        presence_penalty: 1.0,
        ..plain
    };
    let others: f64 = WRITTEN
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|id| f64::from(row[id.0 as usize]))
        .map(|logit| logit.exp() - (logit - 1.0).exp())
        .sum();
    assert!((told(&penalised) - (logit - 1.0).exp() / (sum - others)).abs() < 1e-5);
}

/// Chooses many times, and hands each choice over.
fn choose_often(settings: &SamplerSettings, mut chosen: impl FnMut(&Chain, &[(u32, f32)])) {
    let model = vocabulary();
    let row = logits(usize::try_from(model.n_vocab()).unwrap());
    let reported = POSSIBLE as usize;
    let mut chain = Chain::new(&model, settings, &[], 7, 64, reported).unwrap();
    let mut workspace = Workspace::new();
    let best = workspace.summarize(&row, reported).best.to_vec();
    for _ in 0..400 {
        chain.choose(&row, &best, reported).unwrap();
        chosen(&chain, &best);
    }
}

#[test]
fn the_bound_that_is_told_is_the_one_that_mirostat_truncates_by() {
    let settings = SamplerSettings {
        mirostat: Mirostat::V2,
        mirostat_tau: 3.0,
        mirostat_eta: 0.2,
        temperature: 1.0,
        ..SamplerSettings::default()
    };
    let mut bounds = Vec::new();
    choose_often(&settings, |chain, best| {
        let mu = chain.state().mirostat_mu.expect("mirostat acts");
        bounds.push(mu);
        for (&(_, logprob), fate) in best.iter().zip(chain.fates()) {
            let surprise = -logprob / std::f32::consts::LN_2;
            // The sums of f32 differ in their last places.
            if (surprise - mu).abs() > 1e-3 {
                let dropped = fate.link == SamplerLink::Mirostat;
                assert_eq!(dropped, surprise > mu, "{surprise} bits under {mu}");
            }
        }
    });
    assert!((bounds[0] - 6.0).abs() < 1e-6, "twice the target");
    let (least, most) = bounds
        .iter()
        .fold((f32::MAX, f32::MIN), |(least, most), &mu| {
            (least.min(mu), most.max(mu))
        });
    assert!(most - least > 1.0, "it moves: {least} to {most}");
}

#[test]
fn the_bound_of_the_first_mirostat_gives_the_number_of_tokens_it_keeps() {
    let settings = SamplerSettings {
        mirostat: Mirostat::V1,
        mirostat_tau: 3.0,
        mirostat_eta: 0.2,
        temperature: 1.0,
        ..SamplerSettings::default()
    };
    let vocabulary = vocabulary().n_vocab() as f32;
    choose_often(&settings, |chain, best| {
        let mu = chain.state().mirostat_mu.expect("mirostat acts");
        // The shape of the distribution as version 1 estimates it, from 100 tokens.
        let pairs = best.windows(2).take(99).zip(1_u16..);
        let (mut products, mut squares) = (0.0, 0.0);
        for (pair, rank) in pairs {
            let t = ((f32::from(rank) + 1.0) / f32::from(rank)).ln();
            products += t * (pair[0].1 - pair[1].1);
            squares += t * t;
        }
        let s = products / squares;
        let epsilon = s - 1.0;
        let k = (epsilon * mu.exp2() / (1.0 - vocabulary.powf(-epsilon))).powf(1.0 / s);
        let kept = chain.fates().iter();
        let kept = kept.filter(|fate| fate.link == SamplerLink::Kept).count();
        let expected = (k.max(1.0) as usize).min(best.len());
        assert!(kept.abs_diff(expected) <= 1, "{kept} kept, {k} expected");
    });
}

#[test]
fn whether_xtc_acted_is_told_also_where_it_dropped_nothing() {
    let xtc = |threshold| SamplerSettings {
        xtc_probability: 0.5,
        xtc_threshold: threshold,
        order: vec![SamplerKind::Xtc],
        ..SamplerSettings::default()
    };
    let mut acted = 0;
    choose_often(&xtc(0.05), |chain, _| {
        let told = chain.state().xtc.expect("a lot was drawn");
        acted += u32::from(told);
        assert_eq!(told, chain.fates()[0].link == SamplerLink::Xtc);
    });
    assert!((120..280).contains(&acted), "{acted} of 400");
    let mut without_effect = 0;
    choose_often(&xtc(0.5), |chain, _| {
        assert_eq!(chain.fates()[0].link, SamplerLink::Kept);
        without_effect += u32::from(chain.state().xtc == Some(true));
    });
    assert_eq!(without_effect, acted, "the same lots fell");
    choose_often(&SamplerSettings::default(), |chain, _| {
        assert_eq!(chain.state(), SamplerState::default());
    });
}
