use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::inference::*;

/// One record of each type, as version 1 writes them.
const FIXTURE: &str = include_str!("format_v1.jsonl");

fn candidate(id: u32, logprob: f32, final_probability: f32, link: SamplerLink) -> Candidate {
    Candidate {
        id: TokenId(id),
        logprob,
        final_probability,
        link,
    }
}

/// What the fixture says.
fn fixture() -> Vec<RecordBody> {
    let message = MessageId(2);
    vec![
        RecordBody::Header {
            conversation: ConversationId("01JGFJJZ000000000000000000".into()),
            created: 1_735_689_600_000,
            program: "limpid 0.1.0".into(),
        },
        RecordBody::Message {
            id: MessageId(1),
            parent: None,
            role: Role::User,
            created: 1_735_689_600_000,
            content: "Why is \"π\" irrational?\n".into(),
        },
        RecordBody::Message {
            id: message,
            parent: Some(MessageId(1)),
            role: Role::Assistant,
            created: 1_735_689_600_001,
            content: Vec::new(),
        },
        RecordBody::Begin {
            message,
            model: "Tiny".into(),
            vocabulary: "/models/tiny.gguf".into(),
            template_hash: "0011223344556677".into(),
            sampling: Box::new(SamplerSettings {
                temperature: 0.7,
                seed: Some(42),
                logit_bias: vec![
                    LogitBias {
                        id: TokenId(5),
                        bias: f32::NEG_INFINITY,
                    },
                    LogitBias {
                        id: TokenId(6),
                        bias: 1.5,
                    },
                ],
                ..SamplerSettings::default()
            }),
            prefix_len: 0,
            think: None,
        },
        RecordBody::Pieces {
            vocabulary: "/models/tiny.gguf".into(),
            pieces: vec![
                Piece {
                    id: TokenId(11),
                    bytes: b" It".to_vec(),
                },
                Piece {
                    id: TokenId(12),
                    bytes: vec![0xF0, 0x9F],
                },
            ],
        },
        RecordBody::Chunk {
            message,
            content: b" It".to_vec(),
            traces: vec![
                TokenTrace {
                    state: SamplerState::default(),
                    id: TokenId(11),
                    kind: TokenKind::Text,
                    text_len: 3,
                    logprob: -0.5,
                    rank: Some(1),
                    entropy: Some(1.25),
                    outside: 0.125,
                    candidates: vec![
                        candidate(11, -0.5, 1.0, SamplerLink::Kept),
                        candidate(12, -1.5, 0.0, SamplerLink::MinP),
                    ],
                },
                TokenTrace {
                    state: SamplerState::default(),
                    id: TokenId(2),
                    kind: TokenKind::EndOfGeneration,
                    text_len: 0,
                    logprob: -3.0,
                    rank: None,
                    entropy: None,
                    outside: 1.0,
                    candidates: Vec::new(),
                },
            ],
        },
        RecordBody::Chunk {
            message,
            content: vec![0xF0, 0x9F],
            traces: Vec::new(),
        },
        RecordBody::End {
            message,
            stop: Some(StopReason::StopString("\n".into())),
            failure: None,
            stats: Some(Box::new(GenerationStats {
                prompt_tokens: 12,
                cached_tokens: 4,
                cache: CacheUse::default(),
                prompt_ms: 62.5,
                predicted_tokens: 2,
                predicted_ms: 7.25,
                ttft_ms: 70.5,
                load_ms: 0.0,
                context_used: 14,
                context_size: 2048,
                seed: 42,
                engine_memory: 158_000_000,
                speculation: SpeculationStats::default(),
            })),
        },
        RecordBody::End {
            message,
            stop: None,
            failure: Some("The engine died.".into()),
            stats: None,
        },
        RecordBody::Head {
            message: Some(MessageId(1)),
        },
        RecordBody::Head { message: None },
        RecordBody::Title {
            title: Some("Numbers".into()),
        },
        RecordBody::Tombstone { message },
        RecordBody::Typed {
            message,
            content: b" or not".to_vec(),
        },
        RecordBody::Meta(MetaChange {
            pinned: Some(true),
            archived: Some(false),
            tags: Some(vec!["work".into()]),
            source: Some("chatgpt:1".into()),
        }),
        RecordBody::Rating {
            message,
            rating: Some(Rating::Down),
        },
        RecordBody::Rating {
            message,
            rating: None,
        },
        RecordBody::Correction {
            message: MessageId(3),
            corrects: message,
        },
        RecordBody::Restore { message },
    ]
}

fn lines() -> String {
    (1..)
        .zip(fixture())
        .map(|(sequence, body)| encode(&Record { sequence, body }) + "\n")
        .collect()
}

#[test]
fn the_format_is_the_one_that_was_promised() {
    assert_eq!(
        lines(),
        FIXTURE,
        "a change needs a new version, and a reader for this one"
    );
}

#[test]
fn the_promised_format_is_read() {
    let read: Vec<Record> = FIXTURE.lines().map(|line| decode(line).unwrap()).collect();
    let expected: Vec<Record> = (1..)
        .zip(fixture())
        .map(|(sequence, body)| Record { sequence, body })
        .collect();
    assert_eq!(read, expected);
}

#[test]
fn text_can_be_read_without_us() {
    let line = FIXTURE.lines().nth(1).unwrap();
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(value["type"], "message");
    assert_eq!(value["role"], "user");
    assert_eq!(value["text"], "Why is \"π\" irrational?\n");
}

#[test]
fn a_line_cut_anywhere_is_torn() {
    let line = FIXTURE.lines().nth(1).unwrap();
    for cut in 0..line.len() {
        assert_eq!(
            decode(&line.as_bytes()[..cut]),
            Err(RecordError::Torn),
            "at {cut}"
        );
    }
    for torn in [
        "",
        "\0\0\0\0",
        "null",
        "[]",
        "{}",
        "{\"v\":1}",
        "no JSON at all",
    ] {
        assert_eq!(decode(torn), Err(RecordError::Torn), "{torn}");
    }
}

#[test]
fn no_byte_can_change_unnoticed() {
    let line = FIXTURE.lines().nth(5).unwrap().as_bytes();
    for at in 0..line.len() {
        for flip in [0x01, 0x20, 0x80] {
            let mut damaged = line.to_vec();
            damaged[at] ^= flip;
            assert!(decode(&damaged).is_err(), "byte {at} ^ {flip}");
        }
    }
}

#[test]
fn a_wrong_checksum_is_told_from_a_torn_line() {
    let line = FIXTURE.lines().nth(1).unwrap().replace("Why", "How");
    let error = decode(&line).unwrap_err();
    assert!(matches!(error, RecordError::Checksum { .. }), "{error:?}");
    assert!(error.to_string().contains("checksum"), "{error}");
}

fn sealed(body: &str) -> String {
    format!("{body}{}", checksum(crc32fast::hash(body.as_bytes())))
}

#[test]
fn a_newer_version_is_named_whatever_it_holds() {
    let line = r#"{"v":2,"seq":1,"type":"hologram","sum":"other"}"#;
    assert_eq!(decode(line), Err(RecordError::Newer { version: 2 }));
}

#[test]
fn an_unknown_type_is_named() {
    let line = sealed(r#"{"v":1,"seq":1,"type":"hologram""#);
    assert_eq!(
        decode(&line),
        Err(RecordError::UnknownType {
            name: "hologram".into()
        })
    );
}

#[test]
fn a_record_that_lacks_what_it_needs_is_malformed() {
    for body in [
        r#"{"v":1,"seq":1,"type":"message","id":1"#,
        r#"{"v":1,"seq":1,"type":"message","id":1,"parent":null,"role":"user","created":0"#,
        r#"{"v":1,"seq":1,"type":"message","id":1,"parent":null,"role":"king","created":0,"text":"""#,
        r#"{"v":1,"seq":1,"type":"message","id":1,"parent":null,"role":"user","created":0,"bytes":"?""#,
        r#"{"v":1,"seq":1,"type":"chunk","message":1,"text":"a","trace":{"tokens":1}"#,
    ] {
        let error = decode(sealed(body)).unwrap_err();
        assert!(
            matches!(error, RecordError::Malformed { .. }),
            "{body}: {error:?}"
        );
    }
}

#[test]
fn columns_of_unequal_length_are_malformed() {
    let line = FIXTURE.lines().nth(5).unwrap();
    let body = &line[..line.rfind(",\"crc\"").unwrap()];
    for (column, other) in [
        ("\"tokens\":2", "\"tokens\":3"),
        ("\"tokens\":2", "\"tokens\":1"),
    ] {
        let error = decode(sealed(&body.replace(column, other))).unwrap_err();
        assert!(error.to_string().contains("column ids"), "{error}");
    }
}

#[test]
fn fields_that_came_later_are_left_out_and_missing_settings_are_the_defaults() {
    let line = sealed(
        r#"{"v":1,"seq":1,"type":"begin","message":1,"model":"","vocabulary":"","template_hash":"","prefix_len":0,"sampling":{"temperature":0.25,"quantum":true},"mood":"good""#,
    );
    let RecordBody::Begin { sampling, .. } = decode(&line).unwrap().body else {
        panic!()
    };
    assert_eq!(
        *sampling,
        SamplerSettings {
            temperature: 0.25,
            ..SamplerSettings::default()
        }
    );
}

/// Bytes of the file for each token of a chunk, of whose 20 candidates the samplers kept `kept`.
fn bytes_per_token(tokens: usize, kept: u32) -> usize {
    let trace = |id: u32| TokenTrace {
        // At most one of the two acts.
        state: SamplerState {
            xtc: None,
            mirostat_mu: Some(8.123_456),
        },
        id: TokenId(id),
        kind: TokenKind::Text,
        text_len: 6,
        logprob: -1.234_567,
        rank: Some(17),
        entropy: Some(3.456_789),
        outside: 0.012_345,
        candidates: (0..20)
            .map(|n| {
                let link = if n < kept {
                    SamplerLink::Kept
                } else {
                    SamplerLink::MinP
                };
                candidate(id + n, -2.345_678 - n as f32, 0.05, link)
            })
            .collect(),
    };
    let body = RecordBody::Chunk {
        message: MessageId(10_000),
        content: b" words".repeat(tokens),
        traces: (0..tokens as u32).map(|n| trace(100_000 + n)).collect(),
    };
    (encode(&Record {
        sequence: 1_000_000,
        body,
    })
    .len()
        + 1)
    .div_ceil(tokens)
}

#[test]
fn a_token_with_twenty_candidates_takes_at_most_400_bytes() {
    // Four tokens a second for two seconds, under samplers that keep a handful.
    assert!(bytes_per_token(8, 5) <= 400, "{}", bytes_per_token(8, 5));
    // Twenty a second, under samplers that keep all.
    assert!(
        bytes_per_token(40, 20) <= 400,
        "{}",
        bytes_per_token(40, 20)
    );
}

#[test]
fn columns_that_nothing_is_known_of_are_left_out_and_need_not_be_there() {
    let text = lines();
    let chunk = text.lines().find(|line| line.contains("\"trace\""));
    let chunk = chunk.expect("the fixture has a chunk");
    assert!(!chunk.contains("\"xtc\"") && !chunk.contains("\"mirostat\""));
    let RecordBody::Chunk { traces, .. } = decode(chunk).unwrap().body else {
        panic!("{chunk}")
    };
    assert_eq!(traces[0].state, SamplerState::default());
}

#[test]
fn a_record_is_one_line() {
    for line in lines().split_terminator('\n') {
        assert!(
            line.starts_with("{\"v\":1,\"seq\":") && line.ends_with("\"}"),
            "{line}"
        );
        assert!(!line.contains(['\n', '\r']), "{line}");
    }
    assert_eq!(lines().matches('\n').count(), fixture().len());
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![".*".prop_map(String::into_bytes), vec(any::<u8>(), 0..20)]
}

fn trace_strategy() -> impl Strategy<Value = TokenTrace> {
    let link = (0_u8..=10).prop_map(|number| SamplerLink::from_u8(number).unwrap());
    let candidate = (any::<u32>(), -90.0_f32..=0.0, 0.0_f32..=1.0, link).prop_map(
        |(id, logprob, final_probability, link)| {
            let final_probability = if link == SamplerLink::Kept {
                final_probability
            } else {
                0.0
            };
            candidate(id, logprob, final_probability, link)
        },
    );
    let kind = prop_oneof![
        Just(TokenKind::Text),
        Just(TokenKind::Control),
        Just(TokenKind::EndOfGeneration)
    ];
    (
        any::<u32>(),
        kind,
        any::<u32>(),
        prop_oneof![Just(f32::NEG_INFINITY), -90.0_f32..=0.0],
        option::of(1_u32..),
        option::of(0.0_f32..12.0),
        0.0_f32..=1.0,
        vec(candidate, 0..25),
        (option::of(any::<bool>()), option::of(-9000_i16..20_000)),
    )
        .prop_map(
            |(
                id,
                kind,
                text_len,
                logprob,
                rank,
                entropy,
                outside,
                candidates,
                (xtc, mirostat_mu),
            )| TokenTrace {
                state: SamplerState {
                    xtc,
                    // As exact as the file is.
                    mirostat_mu: mirostat_mu.map(|mu| f32::from(mu) / 1024.0),
                },
                id: TokenId(id),
                kind,
                text_len,
                logprob,
                rank,
                entropy,
                outside,
                candidates,
            },
        )
}

fn body() -> impl Strategy<Value = RecordBody> {
    let id = || any::<u64>().prop_map(MessageId);
    let role = prop_oneof![Just(Role::System), Just(Role::User), Just(Role::Assistant)];
    let piece = (any::<u32>(), text()).prop_map(|(id, bytes)| Piece {
        id: TokenId(id),
        bytes,
    });
    let sampling = (
        0.0_f32..5.0,
        option::of(any::<u32>()),
        option::of(".*"),
        any::<f32>(),
    )
        .prop_map(|(temperature, seed, grammar, bias)| SamplerSettings {
            temperature,
            seed,
            grammar,
            logit_bias: vec![LogitBias {
                id: TokenId(3),
                bias: if bias.is_finite() {
                    bias
                } else {
                    f32::NEG_INFINITY
                },
            }],
            ..SamplerSettings::default()
        });
    // Thousandths: what a file keeps of longer fractions is the nearest f64 but one.
    let stats =
        (any::<u32>(), 0_u32..1_000_000).prop_map(|(tokens, thousandths)| GenerationStats {
            predicted_tokens: tokens,
            predicted_ms: f64::from(thousandths) / 1000.0,
            speculation: SpeculationStats {
                guessed: tokens % 5,
                gain: if tokens % 5 > 0 { 1.25 } else { 1.0 },
                ..SpeculationStats::default()
            },
            ..GenerationStats::default()
        });
    let stop = prop_oneof![
        Just(StopReason::EndOfGeneration),
        Just(StopReason::Cancelled),
        ".*".prop_map(StopReason::StopString)
    ];
    prop_oneof![
        (".*", any::<u64>(), ".*").prop_map(|(id, created, program)| RecordBody::Header {
            conversation: ConversationId(id),
            created,
            program
        }),
        (id(), option::of(id()), role, any::<u64>(), text()).prop_map(
            |(id, parent, role, created, content)| RecordBody::Message {
                id,
                parent,
                role,
                created,
                content
            }
        ),
        (
            id(),
            ".*",
            ".*",
            sampling,
            any::<usize>(),
            any::<Option<bool>>()
        )
            .prop_map(
                |(message, model, vocabulary, sampling, prefix_len, think)| RecordBody::Begin {
                    message,
                    model,
                    vocabulary,
                    template_hash: String::new(),
                    sampling: Box::new(sampling),
                    prefix_len,
                    think
                }
            ),
        (id(), any::<bool>(), option::of(any::<u64>())).prop_map(|(message, opened, ms)| {
            RecordBody::Thinking {
                message,
                opened,
                ms,
            }
        }),
        (id(), text(), vec(trace_strategy(), 0..5)).prop_map(|(message, content, traces)| {
            RecordBody::Chunk {
                message,
                content,
                traces,
            }
        }),
        (id(), text()).prop_map(|(message, content)| RecordBody::Typed { message, content }),
        (".*", vec(piece, 0..5))
            .prop_map(|(vocabulary, pieces)| RecordBody::Pieces { vocabulary, pieces }),
        (id(), option::of(stop), option::of(".*"), option::of(stats)).prop_map(
            |(message, stop, failure, stats)| RecordBody::End {
                message,
                stop,
                failure,
                stats: stats.map(Box::new)
            }
        ),
        option::of(id()).prop_map(|message| RecordBody::Head { message }),
        option::of(".*").prop_map(|title| RecordBody::Title { title }),
        id().prop_map(|message| RecordBody::Tombstone { message }),
        id().prop_map(|message| RecordBody::Restore { message }),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(sequence: u64, body in body()) {
        let record = Record { sequence, body };
        let line = encode(&record);
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(decode(&line), Ok(record));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(decode(&bytes).is_err());
    }
}
