//! How the next token is chosen. Names, ranges and defaults are llama.cpp's.

use super::{Flag, Kind, Setting, count, count_or, number};

const ANY: f64 = f64::INFINITY;
const LAST: i64 = i32::MAX as i64;

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "sampling.preset",
        Kind::Text,
        |s| &mut s.preset,
        "Take all sampler settings from a preset: precise, balanced, creative, greedy, one of [presets.NAME], or model for what its makers recommend. What is set here beside it counts more.",
    )
    .flags(&[Flag::value("preset", "NAME").help(
        "Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more",
    )]),
    Setting::new(
        "sampling.temperature",
        number(0.0, ANY),
        |s| &mut s.sampling.temperature,
        "Flattens (above 1) or sharpens (below 1) the odds. 0 always takes the most probable token.",
    )
    .flags(&[Flag::value("temp", "N").aliases(&["temperature"])])
    .llama("LLAMA_ARG_TEMPERATURE"),
    Setting::new(
        "sampling.seed",
        count_or(0, u32::MAX as i64, &["random"]),
        |s| &mut s.sampling.seed,
        "Seed of the random numbers. random draws one and reports it.",
    )
    .flags(&[Flag::value("seed", "N").short('s')]),
    Setting::new(
        "sampling.top_k",
        count(0, LAST),
        |s| &mut s.sampling.top_k,
        "Keep the K most probable tokens; 0 keeps all.",
    )
    .flags(&[Flag::value("top-k", "K")])
    .llama("LLAMA_ARG_TOP_K"),
    Setting::new(
        "sampling.top_p",
        number(0.0, 1.0),
        |s| &mut s.sampling.top_p,
        "Keep the most probable tokens that together reach this probability; 1 keeps all.",
    )
    .flags(&[Flag::value("top-p", "P")])
    .llama("LLAMA_ARG_TOP_P"),
    Setting::new(
        "sampling.min_p",
        number(0.0, 1.0),
        |s| &mut s.sampling.min_p,
        "Drop tokens less probable than this share of the best one's probability; 0 drops none.",
    )
    .flags(&[Flag::value("min-p", "P")])
    .llama("LLAMA_ARG_MIN_P"),
    Setting::new(
        "sampling.typical_p",
        number(0.0, 1.0),
        |s| &mut s.sampling.typical_p,
        "Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off.",
    )
    .flags(&[Flag::value("typical", "P").rare().aliases(&["typical-p"])]),
    Setting::new(
        "sampling.top_n_sigma",
        number(-1.0, ANY),
        |s| &mut s.sampling.top_n_sigma,
        "Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off.",
    )
    .flags(&[Flag::value("top-n-sigma", "N").rare().aliases(&["top-nsigma"])]),
    Setting::new(
        "sampling.xtc_probability",
        number(0.0, 1.0),
        |s| &mut s.sampling.xtc_probability,
        "How often to exclude the top choices (XTC); 0 turns it off.",
    )
    .flags(&[Flag::value("xtc-probability", "P").rare()]),
    Setting::new(
        "sampling.xtc_threshold",
        number(0.0, 1.0),
        |s| &mut s.sampling.xtc_threshold,
        "The probability from which XTC counts a token as a top choice; above 0.5 it cannot act.",
    )
    .flags(&[Flag::value("xtc-threshold", "P").rare()]),
    Setting::new(
        "sampling.dry_multiplier",
        number(0.0, ANY),
        |s| &mut s.sampling.dry.multiplier,
        "Strength of the penalty on extending a repetition (DRY); 0 turns it off.",
    )
    .flags(&[Flag::value("dry-multiplier", "N").rare()]),
    Setting::new(
        "sampling.dry_base",
        number(0.0, ANY),
        |s| &mut s.sampling.dry.base,
        "How fast the DRY penalty grows with the repetition's length.",
    )
    .flags(&[Flag::value("dry-base", "N").rare()]),
    Setting::new(
        "sampling.dry_allowed_length",
        count(0, LAST),
        |s| &mut s.sampling.dry.allowed_length,
        "Repetitions of up to this many tokens go unpunished by DRY.",
    )
    .flags(&[Flag::value("dry-allowed-length", "N").rare()]),
    Setting::new(
        "sampling.dry_penalty_last_n",
        count(-1, LAST),
        |s| &mut s.sampling.dry.penalty_last_n,
        "How many tokens back DRY looks; 0 none, -1 the whole context.",
    )
    .flags(&[Flag::value("dry-penalty-last-n", "N").rare()]),
    Setting::new(
        "sampling.dry_sequence_breakers",
        Kind::List { separator: None },
        |s| &mut s.sampling.dry.sequence_breakers,
        "Texts that a repetition does not cross for DRY.",
    )
    .flags(&[Flag::value("dry-sequence-breaker", "TEXT").rare()
        .help("A text that a repetition does not cross for DRY; replaces the default ones. Repeatable")]),
    Setting::new(
        "sampling.repeat_last_n",
        count(-1, LAST),
        |s| &mut s.sampling.repeat_last_n,
        "How many tokens back the penalties look; 0 none, -1 the whole context.",
    )
    .flags(&[Flag::value("repeat-last-n", "N").rare()]),
    Setting::new(
        "sampling.repeat_penalty",
        number(0.0, ANY),
        |s| &mut s.sampling.repeat_penalty,
        "Divides the logits of tokens that came already; 1 turns it off.",
    )
    .flags(&[Flag::value("repeat-penalty", "N").aliases(&["repetition-penalty"])])
    .llama("LLAMA_ARG_REPEAT_PENALTY"),
    Setting::new(
        "sampling.presence_penalty",
        number(-ANY, ANY),
        |s| &mut s.sampling.presence_penalty,
        "Subtracted once from the logits of tokens that came already; 0 turns it off.",
    )
    .flags(&[Flag::value("presence-penalty", "N").rare()])
    .llama("LLAMA_ARG_PRESENCE_PENALTY"),
    Setting::new(
        "sampling.frequency_penalty",
        number(-ANY, ANY),
        |s| &mut s.sampling.frequency_penalty,
        "Subtracted from a token's logit for each time it came; 0 turns it off.",
    )
    .flags(&[Flag::value("frequency-penalty", "N").rare()])
    .llama("LLAMA_ARG_FREQUENCY_PENALTY"),
    Setting::new(
        "sampling.mirostat",
        count(0, 2),
        |s| &mut s.sampling.mirostat,
        "Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off.",
    )
    .flags(&[Flag::value("mirostat", "0|1|2").rare()]),
    Setting::new(
        "sampling.mirostat_tau",
        number(0.0, ANY),
        |s| &mut s.sampling.mirostat_tau,
        "Mirostat's target surprise, in bits.",
    )
    .flags(&[Flag::value("mirostat-ent", "N").rare().aliases(&["mirostat-tau"])]),
    Setting::new(
        "sampling.mirostat_eta",
        number(0.0, ANY),
        |s| &mut s.sampling.mirostat_eta,
        "Mirostat's learning rate.",
    )
    .flags(&[Flag::value("mirostat-lr", "N").rare().aliases(&["mirostat-eta"])]),
    Setting::new(
        "sampling.logit_bias",
        Kind::List { separator: None },
        |s| &mut s.sampling.logit_bias,
        "Biases of single tokens, as ID+BIAS or ID-BIAS; 15043-inf forbids token 15043.",
    )
    .flags(&[Flag::value("logit-bias", "ID+BIAS").rare().short('l').help(
        "Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable",
    )]),
    Setting::new(
        "sampling.grammar",
        Kind::Text,
        |s| &mut s.sampling.grammar,
        "A GBNF grammar that the answer must follow, or @FILE.",
    )
    .flags(&[
        Flag::value("grammar", "GBNF"),
        Flag::file("grammar-file", "Read the GBNF grammar from a file"),
    ])
    .reads_files(),
    Setting::new(
        "sampling.json_schema",
        Kind::Text,
        |s| &mut s.sampling.json_schema,
        "A JSON schema that the answer must follow, or @FILE. {} is any JSON.",
    )
    .flags(&[
        Flag::value("json-schema", "SCHEMA").short('j'),
        Flag::file("json-schema-file", "Read the JSON schema from a file").short('J'),
    ])
    .reads_files(),
    Setting::new(
        "sampling.samplers",
        Kind::List { separator: Some(';') },
        |s| &mut s.sampling.order,
        "The samplers in the order they act; one that is not named does not act.",
    )
    .flags(&[Flag::value("samplers", "A;B").help(
        "The samplers in the order they act, with semicolons between; one that is not named does not act",
    )]),
];
