//! How the next token is chosen. Names, ranges and defaults are llama.cpp's.

use super::{Flag, Kind, Setting, count, count_or, number};
use crate::words::settings as words;

const ANY: f64 = f64::INFINITY;
const LAST: i64 = i32::MAX as i64;

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "sampling.preset",
        Kind::Text,
        |s| &mut s.preset,
        words::PRESET,
    )
    .flags(&[Flag::value("preset", "NAME").help(words::PRESET_FLAG)]),
    Setting::new(
        "sampling.temperature",
        number(0.0, ANY),
        |s| &mut s.sampling.temperature,
        words::TEMPERATURE,
    )
    .flags(&[Flag::value("temp", "N").aliases(&["temperature"])])
    .llama("LLAMA_ARG_TEMPERATURE"),
    Setting::new(
        "sampling.seed",
        count_or(0, u32::MAX as i64, &["random"]),
        |s| &mut s.sampling.seed,
        words::SEED,
    )
    .flags(&[Flag::value("seed", "N").short('s')]),
    Setting::new(
        "sampling.top_k",
        count(0, LAST),
        |s| &mut s.sampling.top_k,
        words::TOP_K,
    )
    .flags(&[Flag::value("top-k", "K")])
    .llama("LLAMA_ARG_TOP_K"),
    Setting::new(
        "sampling.top_p",
        number(0.0, 1.0),
        |s| &mut s.sampling.top_p,
        words::TOP_P,
    )
    .flags(&[Flag::value("top-p", "P")])
    .llama("LLAMA_ARG_TOP_P"),
    Setting::new(
        "sampling.min_p",
        number(0.0, 1.0),
        |s| &mut s.sampling.min_p,
        words::MIN_P,
    )
    .flags(&[Flag::value("min-p", "P")])
    .llama("LLAMA_ARG_MIN_P"),
    Setting::new(
        "sampling.typical_p",
        number(0.0, 1.0),
        |s| &mut s.sampling.typical_p,
        words::TYPICAL_P,
    )
    .flags(&[Flag::value("typical", "P").rare().aliases(&["typical-p"])]),
    Setting::new(
        "sampling.top_n_sigma",
        number(-1.0, ANY),
        |s| &mut s.sampling.top_n_sigma,
        words::TOP_N_SIGMA,
    )
    .flags(&[Flag::value("top-n-sigma", "N")
        .rare()
        .aliases(&["top-nsigma"])]),
    Setting::new(
        "sampling.xtc_probability",
        number(0.0, 1.0),
        |s| &mut s.sampling.xtc_probability,
        words::XTC_PROBABILITY,
    )
    .flags(&[Flag::value("xtc-probability", "P").rare()]),
    Setting::new(
        "sampling.xtc_threshold",
        number(0.0, 1.0),
        |s| &mut s.sampling.xtc_threshold,
        words::XTC_THRESHOLD,
    )
    .flags(&[Flag::value("xtc-threshold", "P").rare()]),
    Setting::new(
        "sampling.dry_multiplier",
        number(0.0, ANY),
        |s| &mut s.sampling.dry.multiplier,
        words::DRY_MULTIPLIER,
    )
    .flags(&[Flag::value("dry-multiplier", "N").rare()]),
    Setting::new(
        "sampling.dry_base",
        number(0.0, ANY),
        |s| &mut s.sampling.dry.base,
        words::DRY_BASE,
    )
    .flags(&[Flag::value("dry-base", "N").rare()]),
    Setting::new(
        "sampling.dry_allowed_length",
        count(0, LAST),
        |s| &mut s.sampling.dry.allowed_length,
        words::DRY_ALLOWED_LENGTH,
    )
    .flags(&[Flag::value("dry-allowed-length", "N").rare()]),
    Setting::new(
        "sampling.dry_penalty_last_n",
        count(-1, LAST),
        |s| &mut s.sampling.dry.penalty_last_n,
        words::DRY_PENALTY_LAST_N,
    )
    .flags(&[Flag::value("dry-penalty-last-n", "N").rare()]),
    Setting::new(
        "sampling.dry_sequence_breakers",
        Kind::List { separator: None },
        |s| &mut s.sampling.dry.sequence_breakers,
        words::DRY_SEQUENCE_BREAKERS,
    )
    .flags(&[Flag::value("dry-sequence-breaker", "TEXT")
        .rare()
        .help(words::DRY_SEQUENCE_BREAKER_FLAG)]),
    Setting::new(
        "sampling.repeat_last_n",
        count(-1, LAST),
        |s| &mut s.sampling.repeat_last_n,
        words::REPEAT_LAST_N,
    )
    .flags(&[Flag::value("repeat-last-n", "N").rare()]),
    Setting::new(
        "sampling.repeat_penalty",
        number(0.0, ANY),
        |s| &mut s.sampling.repeat_penalty,
        words::REPEAT_PENALTY,
    )
    .flags(&[Flag::value("repeat-penalty", "N").aliases(&["repetition-penalty"])])
    .llama("LLAMA_ARG_REPEAT_PENALTY"),
    Setting::new(
        "sampling.presence_penalty",
        number(-ANY, ANY),
        |s| &mut s.sampling.presence_penalty,
        words::PRESENCE_PENALTY,
    )
    .flags(&[Flag::value("presence-penalty", "N").rare()])
    .llama("LLAMA_ARG_PRESENCE_PENALTY"),
    Setting::new(
        "sampling.frequency_penalty",
        number(-ANY, ANY),
        |s| &mut s.sampling.frequency_penalty,
        words::FREQUENCY_PENALTY,
    )
    .flags(&[Flag::value("frequency-penalty", "N").rare()])
    .llama("LLAMA_ARG_FREQUENCY_PENALTY"),
    Setting::new(
        "sampling.mirostat",
        count(0, 2),
        |s| &mut s.sampling.mirostat,
        words::MIROSTAT,
    )
    .flags(&[Flag::value("mirostat", "0|1|2").rare()]),
    Setting::new(
        "sampling.mirostat_tau",
        number(0.0, ANY),
        |s| &mut s.sampling.mirostat_tau,
        words::MIROSTAT_TAU,
    )
    .flags(&[Flag::value("mirostat-ent", "N")
        .rare()
        .aliases(&["mirostat-tau"])]),
    Setting::new(
        "sampling.mirostat_eta",
        number(0.0, ANY),
        |s| &mut s.sampling.mirostat_eta,
        words::MIROSTAT_ETA,
    )
    .flags(&[Flag::value("mirostat-lr", "N")
        .rare()
        .aliases(&["mirostat-eta"])]),
    Setting::new(
        "sampling.logit_bias",
        Kind::List { separator: None },
        |s| &mut s.sampling.logit_bias,
        words::LOGIT_BIAS,
    )
    .flags(&[Flag::value("logit-bias", "ID+BIAS")
        .rare()
        .short('l')
        .help(words::LOGIT_BIAS_FLAG)]),
    Setting::new(
        "sampling.grammar",
        Kind::Text,
        |s| &mut s.sampling.grammar,
        words::GRAMMAR,
    )
    .flags(&[
        Flag::value("grammar", "GBNF"),
        Flag::file("grammar-file", words::GRAMMAR_FILE_FLAG),
    ])
    .reads_files(),
    Setting::new(
        "sampling.json_schema",
        Kind::Text,
        |s| &mut s.sampling.json_schema,
        words::JSON_SCHEMA,
    )
    .flags(&[
        Flag::value("json-schema", "SCHEMA").short('j'),
        Flag::file("json-schema-file", words::JSON_SCHEMA_FILE_FLAG).short('J'),
    ])
    .reads_files(),
    Setting::new(
        "sampling.samplers",
        Kind::List {
            separator: Some(';'),
        },
        |s| &mut s.sampling.order,
        words::SAMPLERS,
    )
    .flags(&[Flag::value("samplers", "A;B").help(words::SAMPLERS_FLAG)]),
];
