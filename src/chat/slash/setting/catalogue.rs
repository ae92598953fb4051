//! All settings, in the order they are shown.

use super::{ANY, Field, Setting};
use crate::inference::SamplerSettings;
use crate::words::{Phrase, chat::settings as words};

const fn number(
    name: &'static str,
    field: fn(&mut SamplerSettings) -> &mut f32,
    min: f32,
    max: f32,
    help: Phrase,
) -> Setting {
    Setting {
        name,
        aliases: &[],
        help,
        field: Field::Number(field, min..=max),
    }
}

const fn count(
    name: &'static str,
    field: fn(&mut SamplerSettings) -> &mut i32,
    min: i32,
    help: Phrase,
) -> Setting {
    Setting {
        name,
        aliases: &[],
        help,
        field: Field::Count(field, min..=i32::MAX),
    }
}

const fn special(name: &'static str, field: Field, help: Phrase) -> Setting {
    Setting {
        name,
        aliases: &[],
        help,
        field,
    }
}

impl Setting {
    const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self {
            name: self.name,
            aliases,
            help: self.help,
            field: self.field,
        }
    }
}

/// What `/set` can set.
pub static SETTINGS: &[Setting] = &[
    number("temp", |s| &mut s.temperature, 0.0, ANY, words::TEMP).aliases(&["temperature"]),
    special("seed", Field::Seed, words::SEED),
    special("predict", Field::Predict, words::PREDICT).aliases(&[
        "n-predict",
        "max-tokens",
        "num_predict",
    ]),
    count("top-k", |s| &mut s.top_k, 0, words::TOP_K),
    number("top-p", |s| &mut s.top_p, 0.0, 1.0, words::TOP_P),
    number("min-p", |s| &mut s.min_p, 0.0, 1.0, words::MIN_P),
    number("typical", |s| &mut s.typical_p, 0.0, 1.0, words::TYPICAL).aliases(&["typical-p"]),
    number(
        "top-n-sigma",
        |s| &mut s.top_n_sigma,
        -1.0,
        ANY,
        words::TOP_N_SIGMA,
    )
    .aliases(&["top-nsigma"]),
    number(
        "xtc-probability",
        |s| &mut s.xtc_probability,
        0.0,
        1.0,
        words::XTC_PROBABILITY,
    ),
    number(
        "xtc-threshold",
        |s| &mut s.xtc_threshold,
        0.0,
        1.0,
        words::XTC_THRESHOLD,
    ),
    number(
        "dry-multiplier",
        |s| &mut s.dry.multiplier,
        0.0,
        ANY,
        words::DRY_MULTIPLIER,
    ),
    number("dry-base", |s| &mut s.dry.base, 0.0, ANY, words::DRY_BASE),
    count(
        "dry-allowed-length",
        |s| &mut s.dry.allowed_length,
        0,
        words::DRY_ALLOWED_LENGTH,
    ),
    count(
        "dry-penalty-last-n",
        |s| &mut s.dry.penalty_last_n,
        -1,
        words::DRY_PENALTY_LAST_N,
    ),
    count(
        "repeat-last-n",
        |s| &mut s.repeat_last_n,
        -1,
        words::REPEAT_LAST_N,
    ),
    number(
        "repeat-penalty",
        |s| &mut s.repeat_penalty,
        0.0,
        ANY,
        words::REPEAT_PENALTY,
    )
    .aliases(&["repetition-penalty"]),
    number(
        "presence-penalty",
        |s| &mut s.presence_penalty,
        -ANY,
        ANY,
        words::PRESENCE_PENALTY,
    ),
    number(
        "frequency-penalty",
        |s| &mut s.frequency_penalty,
        -ANY,
        ANY,
        words::FREQUENCY_PENALTY,
    ),
    special("mirostat", Field::Mirostat, words::MIROSTAT),
    number(
        "mirostat-ent",
        |s| &mut s.mirostat_tau,
        0.0,
        ANY,
        words::MIROSTAT_ENT,
    )
    .aliases(&["mirostat-tau"]),
    number(
        "mirostat-lr",
        |s| &mut s.mirostat_eta,
        0.0,
        ANY,
        words::MIROSTAT_LR,
    )
    .aliases(&["mirostat-eta"]),
    special("samplers", Field::Samplers, words::SAMPLERS),
    special("logit-bias", Field::LogitBias, words::LOGIT_BIAS),
    special("grammar", Field::Grammar, words::GRAMMAR),
    special("json-schema", Field::JsonSchema, words::JSON_SCHEMA),
    special("candidates", Field::Candidates, words::CANDIDATES),
    special(
        "candidate-mass",
        Field::CandidateMass,
        words::CANDIDATE_MASS,
    ),
];
