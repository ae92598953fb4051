//! All settings, in the order they are shown.

use super::{ANY, Field, Setting};
use crate::inference::SamplerSettings;

const fn number(
    name: &'static str,
    field: fn(&mut SamplerSettings) -> &mut f32,
    min: f32,
    max: f32,
    help: &'static str,
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
    help: &'static str,
) -> Setting {
    Setting {
        name,
        aliases: &[],
        help,
        field: Field::Count(field, min..=i32::MAX),
    }
}

const fn special(name: &'static str, field: Field, help: &'static str) -> Setting {
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
    number(
        "temp",
        |s| &mut s.temperature,
        0.0,
        ANY,
        "flattens or sharpens the odds; 0 is greedy",
    )
    .aliases(&["temperature"]),
    special("seed", Field::Seed, "of the random numbers"),
    special("predict", Field::Predict, "tokens of an answer at most").aliases(&[
        "n-predict",
        "max-tokens",
        "num_predict",
    ]),
    count(
        "top-k",
        |s| &mut s.top_k,
        0,
        "keep the K most probable tokens; 0 keeps all",
    ),
    number(
        "top-p",
        |s| &mut s.top_p,
        0.0,
        1.0,
        "keep the best that reach this probability; 1 all",
    ),
    number(
        "min-p",
        |s| &mut s.min_p,
        0.0,
        1.0,
        "drop what is below this share of the best; 0 none",
    ),
    number(
        "typical",
        |s| &mut s.typical_p,
        0.0,
        1.0,
        "locally typical sampling; 1 is off",
    )
    .aliases(&["typical-p"]),
    number(
        "top-n-sigma",
        |s| &mut s.top_n_sigma,
        -1.0,
        ANY,
        "logits near the best; 0 or less is off",
    )
    .aliases(&["top-nsigma"]),
    number(
        "xtc-probability",
        |s| &mut s.xtc_probability,
        0.0,
        1.0,
        "how often XTC acts; 0 is off",
    ),
    number(
        "xtc-threshold",
        |s| &mut s.xtc_threshold,
        0.0,
        1.0,
        "what XTC counts as a top choice",
    ),
    number(
        "dry-multiplier",
        |s| &mut s.dry.multiplier,
        0.0,
        ANY,
        "strength of DRY; 0 is off",
    ),
    number(
        "dry-base",
        |s| &mut s.dry.base,
        0.0,
        ANY,
        "how fast the DRY penalty grows",
    ),
    count(
        "dry-allowed-length",
        |s| &mut s.dry.allowed_length,
        0,
        "tokens DRY lets repeat",
    ),
    count(
        "dry-penalty-last-n",
        |s| &mut s.dry.penalty_last_n,
        -1,
        "tokens back DRY looks; -1 all",
    ),
    count(
        "repeat-last-n",
        |s| &mut s.repeat_last_n,
        -1,
        "tokens back the penalties look; -1 all",
    ),
    number(
        "repeat-penalty",
        |s| &mut s.repeat_penalty,
        0.0,
        ANY,
        "divides repeated logits; 1 is off",
    )
    .aliases(&["repetition-penalty"]),
    number(
        "presence-penalty",
        |s| &mut s.presence_penalty,
        -ANY,
        ANY,
        "taken off repeated tokens once",
    ),
    number(
        "frequency-penalty",
        |s| &mut s.frequency_penalty,
        -ANY,
        ANY,
        "taken off each time",
    ),
    special(
        "mirostat",
        Field::Mirostat,
        "holds the surprise at a target; 0 is off",
    ),
    number(
        "mirostat-ent",
        |s| &mut s.mirostat_tau,
        0.0,
        ANY,
        "mirostat's target surprise, bits",
    )
    .aliases(&["mirostat-tau"]),
    number(
        "mirostat-lr",
        |s| &mut s.mirostat_eta,
        0.0,
        ANY,
        "mirostat's learning rate",
    )
    .aliases(&["mirostat-eta"]),
    special("samplers", Field::Samplers, "in the order they act"),
    special(
        "logit-bias",
        Field::LogitBias,
        "added to the logit of one token",
    ),
    special(
        "grammar",
        Field::Grammar,
        "GBNF that the answer follows; none frees it",
    ),
    special(
        "json-schema",
        Field::JsonSchema,
        "JSON schema that the answer follows; none frees it",
    ),
    special(
        "candidates",
        Field::Candidates,
        "alternatives collected for each token; 0 none",
    ),
    special(
        "candidate-mass",
        Field::CandidateMass,
        "show the best that reach this probability; 1 all",
    ),
];
