//! What these tests write, and how they wait for it.

use std::time::Duration;

use limpid::chat::{Conversation, ConversationId, RecordBody};
use limpid::chat::{MessageId, Notice};
use limpid::driver::history::{History, HistoryEvent, Store};
use limpid::driver::ulid;
use limpid::inference::Role;
use tempfile::TempDir;

/// Longer than any retry.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder for conversations, and the id of one that is not there yet.
pub struct Place {
    _root: TempDir,
    pub store: Store,
    pub id: ConversationId,
}

impl Place {
    pub fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        let store = Store::new(root.path().join("history"));
        Self {
            _root: root,
            store,
            id: ulid::next(1_700_000_000_000, None),
        }
    }

    /// A place with a finished conversation of `messages` messages.
    pub fn with_messages(messages: u64) -> Self {
        let place = Self::new();
        let mut history = place.history();
        for number in 1..=messages {
            say(&mut history, &place.id, number);
        }
        place
    }

    pub fn history(&self) -> History {
        History::start(Ok(self.store.folder().to_owned()))
    }

    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.store.path_of(&self.id)).expect("the conversation has a file")
    }

    pub fn put(&self, bytes: &[u8]) {
        std::fs::write(self.store.path_of(&self.id), bytes).expect("the file can be written");
    }

    pub fn read(&self) -> Conversation {
        let scan = self
            .store
            .read(&self.id)
            .expect("the conversation is there");
        scan.conversation
    }
}

/// The records that make message `number`, after a header where it is the first.
pub fn message(id: &ConversationId, number: u64) -> Vec<RecordBody> {
    let mut records = vec![RecordBody::Message {
        id: MessageId(number),
        parent: (number > 1).then(|| MessageId(number - 1)),
        role: Role::User,
        created: 1_700_000_000_000 + number,
        content: text(number).into_bytes(),
    }];
    if number == 1 {
        let header = RecordBody::Header {
            conversation: id.clone(),
            created: 1_700_000_000_000,
            program: "limpid test".to_owned(),
        };
        records.insert(0, header);
    }
    records
}

/// With characters of two, three and four bytes, so that tails can be cut inside one.
pub fn text(number: u64) -> String {
    format!("message {number}: naïve 日本 🦀")
}

/// Appends a message and waits until it is on disk.
pub fn say(history: &mut History, id: &ConversationId, number: u64) -> Vec<HistoryEvent> {
    let ticket = history
        .append(id.clone(), message(id, number), true)
        .expect("the writer runs");
    wait_for(history, |event| *event == HistoryEvent::Synced(ticket))
}

/// Waits for an event, and returns those that came before it.
pub fn wait_for(history: &History, wanted: impl Fn(&HistoryEvent) -> bool) -> Vec<HistoryEvent> {
    let mut before = Vec::new();
    loop {
        let event = history
            .events()
            .recv_timeout(PATIENCE)
            .expect("the writer answers");
        if wanted(&event) {
            return before;
        }
        before.push(event);
    }
}

/// What opening a conversation gave.
pub struct Opened {
    pub conversation: Conversation,
    pub read_only: bool,
    pub notices: Vec<Notice>,
}

/// Opens a conversation and waits for it.
pub fn open(history: &History, id: &ConversationId) -> Opened {
    assert!(history.open(id.clone()), "the writer runs");
    loop {
        match history.events().recv_timeout(PATIENCE) {
            Ok(HistoryEvent::Opened {
                conversation,
                read_only,
                notices,
            }) => {
                return Opened {
                    conversation: *conversation,
                    read_only,
                    notices,
                };
            }
            Ok(HistoryEvent::OpenFailed { reason, .. }) => panic!("not opened: {reason}"),
            Ok(_) => {}
            Err(error) => panic!("the writer did not answer: {error}"),
        }
    }
}

/// The texts of a conversation's messages, in order.
pub fn texts(conversation: &Conversation) -> Vec<String> {
    let nodes = conversation.nodes.values();
    nodes.map(|node| node.text().into_owned()).collect()
}

/// The texts of messages 1 to `count`.
pub fn first(count: u64) -> Vec<String> {
    (1..=count).map(text).collect()
}
