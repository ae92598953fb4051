//! Conversations of any size, as files and as what the interface draws.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Duration;

use limpid::chat::conversation::PROGRAM;
use limpid::chat::record::encode;
use limpid::chat::session::SessionOptions;
use limpid::chat::{
    Conversation, ConversationId, Event, MessageId, Now, Record, RecordBody, Session,
};
use limpid::config::{Keymap, Settings, Theme};
use limpid::driver::history::{History, HistoryEvent, Store};
use limpid::driver::ulid;
use limpid::inference::{
    Candidate, Role, SamplerLink, SamplerSettings, SamplerState, StopReason, TokenId, TokenKind,
    TokenTrace,
};
use limpid::tui::app::App;
use limpid::tui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Tokens of a record: two seconds of an answer at 60 a second.
pub const CHUNK: usize = 120;
/// Candidates that are kept of a token unless the settings say otherwise.
const CANDIDATES: usize = 20;
const WORDS: [&str; 8] = [
    " the",
    " light",
    " of",
    " scattering",
    " is",
    " molecules",
    " a",
    " wavelength",
];

const NOW: Now = Now {
    wall: 1_700_000_000_000,
    monotonic: Duration::ZERO,
};

/// The text of a token.
pub fn word(number: usize) -> &'static str {
    // Lines of some sixty words, as paragraphs are.
    if number % 61 == 60 {
        ".\n"
    } else {
        WORDS[number * 7 % 8]
    }
}

pub fn trace(number: usize) -> TokenTrace {
    let id = |rank: usize| TokenId(((number * 31 + rank * 17) % 49_152) as u32);
    TokenTrace {
        state: SamplerState::default(),
        id: id(0),
        kind: TokenKind::Text,
        text_len: word(number).len() as u32,
        logprob: -((number % 13) as f32) / 3.0,
        rank: Some(number as u32 % 5 + 1),
        entropy: Some((number % 11) as f32 / 3.0),
        outside: 0.05,
        candidates: (0..CANDIDATES)
            .map(|rank| Candidate {
                id: id(rank),
                logprob: -0.3 - rank as f32 * 0.4,
                final_probability: if rank < 8 {
                    0.5 / (rank + 1) as f32
                } else {
                    0.0
                },
                link: if rank < 8 {
                    SamplerLink::Kept
                } else {
                    SamplerLink::TopP
                },
            })
            .collect(),
    }
}

/// Writes a conversation of `messages` messages, every other one an answer; `tokens` in all.
pub fn write(store: &Store, tokens: usize, messages: usize) -> ConversationId {
    std::fs::create_dir_all(store.folder()).expect("a folder can be made");
    let id = ulid::next(NOW.wall, None);
    let file = File::create(store.path_of(&id)).expect("a file can be made");
    let mut file = BufWriter::new(file);
    let mut sequence = 0;
    let mut put = |body| {
        sequence += 1;
        writeln!(file, "{}", encode(&Record { sequence, body })).expect("the disk has room");
    };
    put(RecordBody::Header {
        conversation: id.clone(),
        created: NOW.wall,
        program: PROGRAM.to_owned(),
    });
    let answers = messages.div_ceil(2);
    for number in 1..=messages as u64 {
        let message = MessageId(number);
        let asked = number % 2 == 1 && messages > 1;
        put(RecordBody::Message {
            id: message,
            parent: (number > 1).then(|| MessageId(number - 1)),
            role: if asked { Role::User } else { Role::Assistant },
            created: NOW.wall,
            content: if asked {
                b"And then?".to_vec()
            } else {
                Vec::new()
            },
        });
        if asked {
            continue;
        }
        put(RecordBody::Begin {
            message,
            model: "SmolLM2-135M-Instruct".to_owned(),
            vocabulary: "v".to_owned(),
            template_hash: String::new(),
            sampling: Box::new(SamplerSettings::default()),
            prefix_len: 0,
            think: None,
        });
        let of_this = tokens / answers;
        for start in (0..of_this).step_by(CHUNK) {
            let chunk = start..(start + CHUNK).min(of_this);
            put(RecordBody::Chunk {
                message,
                content: chunk.clone().map(word).collect::<String>().into_bytes(),
                traces: chunk.map(trace).collect(),
            });
        }
        put(RecordBody::End {
            message,
            stop: Some(StopReason::EndOfGeneration),
            failure: None,
            stats: None,
        });
    }
    id
}

/// Opens a conversation as the driver does.
pub fn open(store: &Store, id: &ConversationId) -> Box<Conversation> {
    let history = History::start(Ok(store.folder().to_owned()));
    assert!(history.open(id.clone()), "the writer runs");
    loop {
        match history.events().recv().expect("the writer answers") {
            HistoryEvent::Opened { conversation, .. } => return conversation,
            HistoryEvent::OpenFailed { reason, .. } => panic!("{reason}"),
            _ => {}
        }
    }
}

/// The session that has it open.
pub fn session(conversation: Box<Conversation>) -> Session {
    let id = conversation.id.clone();
    let mut session = Session::new(SessionOptions::default(), id, NOW);
    session.handle(
        Event::Opened {
            conversation,
            read_only: false,
            notices: Vec::new(),
        },
        NOW,
    );
    session
}

/// The interface at a size.
pub fn app(width: u16, height: u16) -> App {
    let theme = Theme::load("dark", None).expect("built-in themes load");
    let mut app = App::new(Keymap::default(), theme, &Settings::default().ui);
    app.screen = Rect::new(0, 0, width, height);
    app
}

/// Builds a frame, as the loop does before the terminal gets it.
pub fn frame(app: &mut App, session: &Session) -> Buffer {
    let mut buffer = Buffer::empty(app.screen);
    app.prepare(session);
    view(app, session, &mut buffer);
    buffer
}
