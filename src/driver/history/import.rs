//! A conversation from an exported file.
//!
//! The history mends what it can of its own files. A file from elsewhere is taken whole or not
//! at all: every record is checked, and the first that does not fit is named with its line.

use std::io::{self, BufRead, Read as _};

use crate::chat::record::{self, RecordBody};
use crate::chat::{Conversation, ConversationId};
use crate::inference::TokenTrace;
use crate::words::driver as words;

/// Bytes of a line at most: an answer of a million tokens in one record has fewer.
const LONGEST_LINE: u64 = 1 << 29;
/// A message's number at most, so that others can follow it.
const LARGEST_ID: u64 = 1 << 53;
/// How far a probability may lie outside its range by rounding.
const ROUNDING: f32 = 1e-3;

/// Why a file is no conversation.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{}", words::at_line(line, reason))]
    Line { line: usize, reason: String },
    #[error("{}", words::IS_EMPTY)]
    Empty,
}

/// Reads the records of one conversation, as `history export --format jsonl` writes them.
///
/// # Errors
/// The file cannot be read, or a line of it is no record that fits what came before.
pub fn read(mut file: impl BufRead) -> Result<Conversation, ImportError> {
    let mut conversation = Conversation::new(ConversationId(String::new()), 0);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        (&mut file)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        number += 1;
        let wrong = |reason: String| ImportError::Line {
            line: number,
            reason,
        };
        if line.len() as u64 == LONGEST_LINE {
            return Err(wrong(words::RECORD_TOO_LONG.into()));
        }
        let record = record::decode(&line).map_err(|error| wrong(error.to_string()))?;
        if record.sequence != number as u64 {
            return Err(wrong(words::out_of_order(record.sequence, number)));
        }
        check(&record.body, number).map_err(wrong)?;
        conversation
            .apply(&record.body)
            .map_err(|error| wrong(error.to_string()))?;
    }
    if number == 0 {
        return Err(ImportError::Empty);
    }
    conversation.close_open_answers();
    Ok(conversation)
}

/// What no program of ours writes, though it can be decoded.
fn check(body: &RecordBody, line: usize) -> Result<(), String> {
    match body {
        RecordBody::Header { .. } if line > 1 => Err(words::SECOND_HEADER.into()),
        RecordBody::Header { .. } => Ok(()),
        _ if line == 1 => Err(words::FIRST_IS_NO_HEADER.into()),
        RecordBody::Message { id, .. } if id.0 == 0 || id.0 > LARGEST_ID => {
            Err(words::bad_number(id.0))
        }
        RecordBody::Chunk {
            content, traces, ..
        } => {
            let written: u64 = traces.iter().map(|trace| u64::from(trace.text_len)).sum();
            if written != content.len() as u64 {
                return Err(words::wrong_length(written, content.len()));
            }
            traces.iter().try_for_each(check_odds)
        }
        _ => Ok(()),
    }
}

fn check_odds(trace: &TokenTrace) -> Result<(), String> {
    let id = trace.id.0;
    let candidates = || trace.candidates.iter();
    let mut logprobs = candidates().map(|one| one.logprob).chain([trace.logprob]);
    if logprobs.any(|logprob| logprob.is_nan() || logprob > ROUNDING) {
        return Err(words::bad_logprob(id));
    }
    let probable = |value: f32| (-ROUNDING..=1.0 + ROUNDING).contains(&value);
    let mut shares = candidates()
        .map(|one| one.final_probability)
        .chain([trace.outside]);
    if !shares.all(probable) {
        return Err(words::bad_probability(id));
    }
    match trace.entropy {
        Some(entropy) if !(-ROUNDING..f32::INFINITY).contains(&entropy) => {
            Err(words::bad_entropy(id))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chat::record::{Record, encode};
    use crate::chat::{ExportFormat, MessageId, export};
    use crate::inference::{
        Candidate, Role, SamplerLink, SamplerSettings, SamplerState, TokenId, TokenKind,
    };

    fn trace(text_len: u32) -> TokenTrace {
        TokenTrace {
            state: SamplerState::default(),
            id: TokenId(7),
            kind: TokenKind::Text,
            text_len,
            logprob: -0.5,
            rank: Some(1),
            entropy: Some(1.5),
            outside: 0.25,
            candidates: vec![Candidate {
                id: TokenId(8),
                logprob: -1.5,
                final_probability: 0.0,
                link: SamplerLink::MinP,
            }],
        }
    }

    fn bodies() -> Vec<RecordBody> {
        let message = MessageId(2);
        vec![
            RecordBody::Header {
                conversation: ConversationId("01JGFJJZ000000000000000000".into()),
                created: 7,
                program: "limpid".into(),
            },
            RecordBody::Message {
                id: MessageId(1),
                parent: None,
                role: Role::User,
                created: 8,
                content: b"Why?".to_vec(),
            },
            RecordBody::Message {
                id: message,
                parent: Some(MessageId(1)),
                role: Role::Assistant,
                created: 9,
                content: Vec::new(),
            },
            RecordBody::Begin {
                message,
                model: "Tiny".into(),
                vocabulary: "v".into(),
                template_hash: String::new(),
                sampling: Box::new(SamplerSettings::default()),
                prefix_len: 0,
                think: None,
            },
            RecordBody::Chunk {
                message,
                content: b"So".to_vec(),
                traces: vec![trace(1), trace(1)],
            },
            RecordBody::Typed {
                message,
                content: b" be".to_vec(),
            },
            RecordBody::Chunk {
                message,
                content: b" it".to_vec(),
                traces: vec![trace(3)],
            },
            RecordBody::End {
                message,
                stop: None,
                failure: Some("cut".into()),
                stats: None,
            },
        ]
    }

    fn file(bodies: Vec<RecordBody>) -> String {
        let records = (1..).zip(bodies);
        records
            .map(|(sequence, body)| encode(&Record { sequence, body }) + "\n")
            .collect()
    }

    fn refused(text: impl AsRef<[u8]>) -> String {
        read(text.as_ref()).expect_err("it is refused").to_string()
    }

    #[test]
    fn what_was_exported_is_read_as_it_was() {
        let text = file(bodies());
        let conversation = read(text.as_bytes()).expect("it is whole");
        assert_eq!(export(&conversation, ExportFormat::Jsonl), {
            let program = crate::chat::conversation::PROGRAM;
            let mut bodies = bodies();
            bodies[0] = RecordBody::Header {
                conversation: conversation.id.clone(),
                created: 7,
                program: program.to_owned(),
            };
            file(bodies)
        });
    }

    #[test]
    fn the_first_line_that_does_not_fit_is_named() {
        let text = file(bodies());
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let damaged = text.replacen("Why?", "Who?", 1);
        assert!(refused(damaged).starts_with("line 2: its checksum"));
        assert!(refused(&text[..text.len() - 9]).starts_with("line 8: it is not a whole record"));
        let out_of_order = format!("{}{}", lines[0], lines[2]);
        assert_eq!(refused(out_of_order), "line 2: record 3 where 2 was due");
        assert_eq!(refused("hello\n"), "line 1: it is not a whole record");
        assert_eq!(refused(""), "it is empty");
        assert_eq!(refused("\n"), "line 1: it is not a whole record");
    }

    #[test]
    fn records_that_contradict_each_other_are_refused() {
        let changed = |at: usize, change: fn(&mut RecordBody)| {
            let mut bodies = bodies();
            change(&mut bodies[at]);
            refused(file(bodies))
        };
        let orphan = changed(2, |body| {
            let RecordBody::Message { parent, .. } = body else {
                panic!()
            };
            *parent = Some(MessageId(9));
        });
        assert!(orphan.starts_with("line 3: "), "{orphan}");
        let huge = changed(1, |body| {
            let RecordBody::Message { id, .. } = body else {
                panic!()
            };
            *id = MessageId(u64::MAX);
        });
        assert!(huge.contains("no message can have the number"), "{huge}");
        let longer = changed(4, |body| {
            let RecordBody::Chunk { content, .. } = body else {
                panic!()
            };
            content.push(b'!');
        });
        assert_eq!(
            longer,
            "line 5: its tokens wrote 2 bytes, and its text has 3"
        );
        let likely = changed(4, |body| {
            let RecordBody::Chunk { traces, .. } = body else {
                panic!()
            };
            traces[1].logprob = 3.0;
        });
        assert!(likely.contains("log-probability that is none"), "{likely}");
        let headless = changed(0, |body| *body = RecordBody::Title { title: None });
        assert_eq!(headless, "line 1: the first record is no header");
        let mut twice = bodies();
        twice.push(twice[0].clone());
        assert!(refused(file(twice)).starts_with("line 9: a second header"));
    }

    proptest! {
        #[test]
        fn no_file_makes_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(read(&bytes[..]).is_err());
        }
    }
}
