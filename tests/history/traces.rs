//! The odds of stored tokens are read when someone looks at them, and not before.

use limpid::chat::conversation::PROGRAM;
use limpid::chat::{Conversation, MessageId, RecordBody};
use limpid::inference::{
    Candidate, Role, SamplerLink, SamplerSettings, SamplerState, TokenId, TokenKind, TokenTrace,
};

use super::writing::{Place, open, wait_for};
use limpid::driver::history::HistoryEvent;

/// Tokens of a chunk.
const CHUNK: usize = 50;
const CHUNKS: usize = 20;

fn trace(number: usize) -> TokenTrace {
    let candidate = |rank: usize| Candidate {
        id: TokenId((number * 3 + rank) as u32),
        logprob: -0.5 - rank as f32,
        final_probability: if rank == 0 { 0.8 } else { 0.0 },
        link: if rank == 0 {
            SamplerLink::Kept
        } else {
            SamplerLink::TopK
        },
    };
    TokenTrace {
        state: SamplerState::default(),
        id: TokenId((number * 3) as u32),
        kind: TokenKind::Text,
        // `naïve ` and `日本 ` in turn.
        text_len: 7,
        logprob: -0.5,
        rank: (!number.is_multiple_of(5)).then_some(1),
        entropy: (!number.is_multiple_of(7)).then_some(0.25 * number as f32),
        outside: 0.1,
        candidates: (0..number % 4).map(candidate).collect(),
    }
}

fn text(tokens: std::ops::Range<usize>) -> Vec<u8> {
    let words = tokens.map(|number| {
        if number.is_multiple_of(2) {
            "naïve "
        } else {
            "日本 "
        }
    });
    words.collect::<String>().into_bytes()
}

/// A place with an answer of `CHUNKS` chunks.
fn place() -> Place {
    let place = Place::new();
    let answer = MessageId(1);
    let mut records = vec![
        RecordBody::Header {
            conversation: place.id.clone(),
            created: 1_700_000_000_000,
            program: PROGRAM.to_owned(),
        },
        RecordBody::Message {
            id: answer,
            parent: None,
            role: Role::Assistant,
            created: 1_700_000_000_000,
            content: Vec::new(),
        },
        RecordBody::Begin {
            message: answer,
            model: "tiny".to_owned(),
            vocabulary: "v".to_owned(),
            template_hash: String::new(),
            sampling: Box::new(SamplerSettings::default()),
            prefix_len: 0,
            think: None,
        },
    ];
    records.extend((0..CHUNKS).map(|chunk| {
        let tokens = chunk * CHUNK..(chunk + 1) * CHUNK;
        RecordBody::Chunk {
            message: answer,
            content: text(tokens.clone()),
            traces: tokens.map(trace).collect(),
        }
    }));
    let mut history = place.history();
    let ticket = history
        .append(place.id.clone(), records, true)
        .expect("the writer runs");
    wait_for(&history, |event| *event == HistoryEvent::Synced(ticket));
    place
}

fn answer(conversation: &Conversation) -> &limpid::chat::Answer {
    let node = conversation.node(MessageId(1)).expect("it is there");
    node.answer.as_deref().expect("a model wrote it")
}

#[test]
fn opening_holds_no_odds_and_a_look_reads_one_record() {
    let place = place();
    let history = place.history();
    let mut opened = open(&history, &place.id).conversation;
    assert_eq!(opened.held_traces(), 0);
    let content = opened
        .node(MessageId(1))
        .expect("it is there")
        .content
        .clone();
    assert_eq!(content, text(0..CHUNK * CHUNKS));
    // Ids, lengths, log-probabilities and entropies are at hand.
    for number in 0..CHUNK * CHUNKS {
        let outline = answer(&opened).traces.outline(number).expect("it is there");
        assert_eq!(outline, (&trace(number)).into());
    }
    assert_eq!(opened.held_traces(), 0);
    assert_eq!(answer(&opened).traces.get(123), Some(&trace(123)));
    assert_eq!(opened.held_traces(), CHUNK);
    assert_eq!(answer(&opened).traces.get(124), Some(&trace(124)));
    assert_eq!(opened.held_traces(), CHUNK);
    opened.let_go_of_traces(CHUNK);
    assert_eq!(opened.held_traces(), CHUNK, "so many may stay");
    opened.let_go_of_traces(CHUNK - 1);
    assert_eq!(opened.held_traces(), 0);
    // The same as one that was read whole.
    assert_eq!(opened, place.read());
    assert_eq!(opened.held_traces(), CHUNK * CHUNKS);
}

#[test]
fn a_token_has_its_place_in_the_text_without_a_look_at_the_others() {
    let place = place();
    let opened = open(&place.history(), &place.id).conversation;
    let answer = answer(&opened);
    let len = text(0..CHUNK * CHUNKS).len();
    let spans = answer.spans(len);
    for (index, span) in spans.iter().enumerate() {
        assert_eq!(answer.span(index, len).as_ref(), Some(span));
        for byte in span.clone() {
            assert_eq!(answer.token_at(byte, len), Some(index));
        }
    }
    assert_eq!(answer.span(spans.len(), len), None);
    assert_eq!(answer.token_at(len, len), None);
    assert_eq!(opened.held_traces(), 0);
}

#[test]
fn odds_outlive_the_name_of_their_file() {
    let place = place();
    let opened = open(&place.history(), &place.id).conversation;
    std::fs::remove_file(place.store.path_of(&place.id)).expect("it is there");
    assert_eq!(answer(&opened).traces.get(999), Some(&trace(999)));
}

#[test]
fn odds_that_were_lost_meanwhile_leave_the_outline() {
    let spoil: [fn(&mut Vec<u8>); 3] = [
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| bytes.iter_mut().for_each(|byte| *byte = 0),
        // Another record of the same length in its place: the traces of another chunk.
        |bytes| {
            let at = bytes.len() - 200;
            bytes[at] ^= 1;
        },
    ];
    for spoil in spoil {
        let place = place();
        let opened = open(&place.history(), &place.id).conversation;
        let mut bytes = place.bytes();
        spoil(&mut bytes);
        place.put(&bytes);
        let last = CHUNK * CHUNKS - 1;
        let left = answer(&opened).traces.get(last).expect("it is there");
        assert_eq!(
            (left.id, left.logprob),
            (trace(last).id, trace(last).logprob)
        );
        assert_eq!((left.rank, left.candidates.len()), (None, 0));
        assert_eq!(left.outside, 1.0);
    }
}

#[test]
fn a_damaged_chunk_is_said_whether_or_not_its_odds_are_read() {
    let place = place();
    let mut bytes = place.bytes();
    let at = bytes.len() - 200;
    bytes[at] ^= 1;
    place.put(&bytes);
    let opened = open(&place.history(), &place.id);
    let said: Vec<&str> = opened.notices.iter().map(|one| one.text.as_str()).collect();
    assert!(said.concat().contains("checksum"), "{said:?}");
    let answer = answer(&opened.conversation);
    assert_eq!(answer.traces.len(), CHUNK * (CHUNKS - 1));
}
