use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::inference::{
    Candidate, ConversationKey, EngineCommand, EngineError, EngineEvent, GenerateRequest,
    GeneratedToken, GenerationStats, Keep, LoadRequest, LogitBias, Message, MessagePart, Piece,
    Prompt, RequestId, Role, SamplerLink, SamplerSettings, SamplerState, StopReason, TokenId,
    TokenKind, TokenTrace,
};

fn part() -> impl Strategy<Value = MessagePart> {
    let ids = prop::collection::vec(any::<u32>().prop_map(TokenId), 0..5);
    prop_oneof![
        ids.prop_map(MessagePart::Tokens),
        any::<String>().prop_map(MessagePart::Typed)
    ]
}

fn message() -> impl Strategy<Value = Message> {
    (
        prop_oneof![Just(Role::System), Just(Role::User), Just(Role::Assistant)],
        any::<String>(),
        prop::collection::vec(part(), 0..3),
    )
        .prop_map(|(role, content, parts)| Message {
            role,
            content,
            parts,
        })
}

fn prompt() -> impl Strategy<Value = Prompt> {
    prop_oneof![
        (
            prop::collection::vec(message(), 0..4),
            prop::option::of(message()),
            any::<Option<bool>>(),
        )
            .prop_map(|(messages, answer_prefix, think)| Prompt::Chat {
                messages,
                answer_prefix,
                think,
            }),
        any::<String>().prop_map(Prompt::Text),
        prop::collection::vec(any::<u32>().prop_map(TokenId), 0..9).prop_map(Prompt::Tokens),
    ]
}

fn command() -> impl Strategy<Value = EngineCommand> {
    let id = any::<u64>().prop_map(RequestId);
    prop_oneof![
        (id.clone(), "[ -~é]{1,20}", prop::option::of(any::<u32>())).prop_map(
            |(request, path, context_size)| {
                let load = LoadRequest::new(request, PathBuf::from(path));
                EngineCommand::Load(Box::new(LoadRequest {
                    context_size,
                    ..load
                }))
            }
        ),
        (
            id.clone(),
            prompt(),
            prop::collection::vec(any::<String>(), 0..3),
            any::<u16>()
        )
            .prop_map(|(request, prompt, stop, candidates)| {
                let bias = LogitBias {
                    id: TokenId(3),
                    bias: f32::NEG_INFINITY,
                };
                let sampling = SamplerSettings {
                    logit_bias: vec![bias],
                    ..SamplerSettings::default()
                };
                EngineCommand::Generate(Box::new(GenerateRequest {
                    request,
                    prompt,
                    sampling,
                    max_tokens: Some(9),
                    stop,
                    candidates,
                    chat_template: None,
                    conversation: ConversationKey::new("01J"),
                    keep: Keep::Conversation,
                }))
            }),
        id.clone().prop_map(EngineCommand::Cancel),
        (id, any::<String>(), any::<bool>()).prop_map(|(request, text, add_bos)| {
            EngineCommand::Tokenize {
                request,
                text,
                add_bos,
                parse_special: !add_bos,
                continues: false,
            }
        }),
    ]
}

fn token() -> impl Strategy<Value = EngineEvent> {
    (
        any::<u64>(),
        prop::collection::vec(any::<u8>(), 0..9),
        0.0_f32..9.0,
        any::<Option<u32>>(),
    )
        .prop_map(|(request, text, surprise, rank)| {
            let candidate = Candidate {
                id: TokenId(7),
                logprob: -surprise,
                final_probability: 0.25,
                link: SamplerLink::TopP,
            };
            let trace = TokenTrace {
                state: SamplerState::default(),
                id: TokenId(7),
                kind: TokenKind::Text,
                text_len: 3,
                logprob: -surprise,
                rank,
                entropy: None,
                outside: 0.5,
                candidates: vec![candidate; 40],
            };
            let pieces = vec![Piece {
                id: TokenId(7),
                bytes: text.clone(),
            }];
            EngineEvent::Token(Box::new(GeneratedToken {
                request: RequestId(request),
                text,
                trace,
                pieces,
            }))
        })
}

fn event() -> impl Strategy<Value = EngineEvent> {
    prop_oneof![
        token(),
        (any::<u64>(), any::<String>()).prop_map(|(request, stop)| EngineEvent::Finished {
            request: RequestId(request),
            stop: StopReason::StopString(stop),
            stats: Box::new(GenerationStats::default()),
        }),
        any::<String>().prop_map(|reason| EngineEvent::Failed {
            request: None,
            error: EngineError::Template {
                reason: Said::verbatim(reason)
            },
        }),
        (any::<Option<u64>>(), any::<String>()).prop_map(|(request, text)| EngineEvent::Notice {
            request: request.map(RequestId),
            text: Said::verbatim(text)
        }),
    ]
}

proptest! {
    #[test]
    fn commands_cross_unchanged(commands in prop::collection::vec(command(), 1..4)) {
        let bytes: Vec<u8> =
            commands.iter().flat_map(|command| encode(command).unwrap()).collect();
        let mut reader = bytes.as_slice();
        for command in &commands {
            prop_assert_eq!(&read::<EngineCommand>(&mut reader).unwrap(), command);
        }
        prop_assert!(matches!(read::<EngineCommand>(&mut reader), Err(WireError::Closed)));
    }

    #[test]
    fn events_cross_unchanged(event in event()) {
        let frame = encode(&event).unwrap();
        prop_assert_eq!(read::<EngineEvent>(&mut frame.as_slice()).unwrap(), event);
    }

    #[test]
    fn a_frame_cut_anywhere_is_truncated_and_never_a_message(command in command(), cut in any::<prop::sample::Index>()) {
        let frame = encode(&command).unwrap();
        let cut = cut.index(frame.len() - 1) + 1;
        let result = read::<EngineCommand>(&mut &frame[..cut]);
        prop_assert!(matches!(result, Err(WireError::Truncated)), "{result:?}");
    }

    #[test]
    fn random_bytes_end_in_an_error_or_a_message_but_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut reader = bytes.as_slice();
        while read::<EngineCommand>(&mut reader).is_ok() {}
        let mut framed = u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec();
        framed.extend(&bytes);
        let _either = read::<EngineEvent>(&mut framed.as_slice());
    }

    #[test]
    fn a_flipped_byte_never_panics(event in event(), at in any::<prop::sample::Index>(), bits in 1_u8..) {
        let mut frame = encode(&event).unwrap();
        let at = at.index(frame.len());
        frame[at] ^= bits;
        let _either = read::<EngineEvent>(&mut frame.as_slice());
    }
}

#[test]
fn a_length_beyond_the_limit_is_refused_before_anything_is_read() {
    let frame = [0xff; 8];
    let result = read::<EngineCommand>(&mut frame.as_slice());
    assert!(matches!(result, Err(WireError::Oversize { size }) if size == u32::MAX as usize));
}

#[test]
fn a_message_beyond_the_limit_is_refused_by_its_sender() {
    let text = "x".repeat(MAX_FRAME);
    let command = EngineCommand::Tokenize {
        request: RequestId(1),
        text,
        add_bos: false,
        parse_special: false,
        continues: false,
    };
    assert!(matches!(encode(&command), Err(WireError::Oversize { size }) if size > MAX_FRAME));
}

#[test]
fn bytes_after_a_message_are_an_error() {
    let mut frame = encode(&EngineCommand::Cancel(RequestId(1))).unwrap();
    frame.push(0);
    frame[0] += 1;
    assert!(matches!(
        read::<EngineCommand>(&mut frame.as_slice()),
        Err(WireError::TrailingBytes(1))
    ));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_utf_8_is_an_error_of_its_sender() {
    use std::os::unix::ffi::OsStringExt as _;
    let path = PathBuf::from(std::ffi::OsString::from_vec(vec![b'/', 0xff]));
    let command = EngineCommand::Load(Box::new(LoadRequest::new(RequestId(1), path)));
    assert!(matches!(encode(&command), Err(WireError::Encode(_))));
}

#[test]
fn a_peer_that_died_with_unread_frames_reads_as_closed() {
    use std::io::Write as _;
    use std::os::unix::net::UnixStream;
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    ours.write_all(&encode(&EngineCommand::Cancel(RequestId(1))).unwrap())
        .unwrap();
    drop(theirs);
    assert!(matches!(
        read::<EngineEvent>(&mut ours),
        Err(WireError::Closed)
    ));
}
