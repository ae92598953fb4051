//! The history: one append-only JSONL file for each conversation, and one thread that writes.
//!
//! ```text
//!  driver --Job--> writer thread --> Log (lock, length check, one write, sync) --> Disk
//!  driver <--HistoryEvent--+
//!  lists, commands ------> Store (reads; deletes what no program has open)
//! ```
//!
//! What is promised: a message shown as sent is on disk before the model starts on it, or the
//! user is told at once that it is not; at most 2 s of a streaming answer are lost with the
//! power; a torn tail costs one record and is said; damage elsewhere hides nothing else.
//!
//! | file | idea |
//! |---|---|
//! | [`disk`] | the file operations, so that tests can make them fail |
//! | [`scan`] | what the bytes of a file add up to |
//! | [`import`] | a conversation from an exported file |
//! | `log` | one file while it is open: append, sync, repair |
//! | `lines` | records that are read a second time, when someone looks at what is in them |
//! | `writer` | the thread: jobs in order, a sync every 2 s, trying again |
//! | [`deleted`] | conversations that were deleted and can still come back |
//! | `amend` | records added to a conversation that is not open |
//! | [`store`] | the folder: list, find, read, delete |
//! | `summary` | a conversation in a list |
//! | `index` | the summaries of all, kept for the next list |
//! | `texts` | the words of all, kept for the next search |
//! | `drafts` | what was typed and not sent |
//! | [`search`] | what a search looks for, and finds |

mod amend;
pub mod deleted;
pub mod disk;
mod drafts;
pub mod import;
mod index;
mod lines;
mod log;
pub mod scan;
pub mod search;
pub mod store;
mod summary;
mod texts;
mod writer;

use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};

pub use store::{Store, StoreError};
pub use summary::Summary;

use crate::chat::draft::Draft;
use crate::chat::{Conversation, ConversationId, Notice, RecordBody};
use crate::inference::Role;
use crate::words::{Phrase, common, driver as words};
use disk::{Disk, RealDisk};
use writer::{Job, Writer};

/// How long the writer may take to end with its owner.
const END_PATIENCE: Duration = Duration::from_secs(1);

/// Names an append that is to be on disk before anything else is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

/// What the writer thread has to say.
#[derive(Debug, Clone, PartialEq)]
pub enum HistoryEvent {
    /// The append is on disk, or [`NotSaved`](Self::NotSaved) came before this.
    Synced(Ticket),
    Opened {
        conversation: Box<Conversation>,
        read_only: bool,
        notices: Vec<Notice>,
    },
    OpenFailed {
        conversation: ConversationId,
        reason: String,
    },
    /// What was handed over is not on disk; it is kept in memory and tried again.
    NotSaved {
        reason: String,
    },
    SavedAgain,
    /// What was typed there and not sent.
    Drafted {
        conversation: ConversationId,
        draft: Draft,
    },
    /// What is typed is not kept; why. Said once.
    DraftNotKept {
        reason: String,
    },
}

/// The writer thread, as the driver holds it.
#[derive(Debug)]
pub struct History {
    jobs: Option<Sender<Job>>,
    events: Receiver<HistoryEvent>,
    thread: Option<JoinHandle<()>>,
    tickets: u64,
}

impl History {
    /// Starts the writer on the machine's file system. Nothing is touched before the first
    /// append. `Err`: there is no place for a history, and why.
    #[must_use]
    pub fn start(folder: Result<PathBuf, String>) -> Self {
        Self::start_on(folder, Box::new(RealDisk))
    }

    /// Starts the writer on another disk, such as one that fails on purpose.
    #[must_use]
    pub fn start_on(folder: Result<PathBuf, String>, disk: Box<dyn Disk>) -> Self {
        let (jobs, taken) = unbounded();
        let (said, events) = unbounded();
        let writer = Writer::new(folder, disk, said.clone());
        let spawned = thread::Builder::new()
            .name("history".to_owned())
            .spawn(move || writer.run(&taken));
        let thread = match spawned {
            Ok(thread) => Some(thread),
            Err(error) => {
                let reason = words::no_writer(error);
                // The receiver is ours.
                let _ = said.send(HistoryEvent::NotSaved { reason });
                None
            }
        };
        Self {
            jobs: thread.is_some().then_some(jobs),
            events,
            thread,
            tickets: 0,
        }
    }

    /// Where the writer's answers arrive.
    #[must_use]
    pub fn events(&self) -> &Receiver<HistoryEvent> {
        &self.events
    }

    /// Appends records, making the file where there is none. With `sync` the ticket comes back
    /// as [`HistoryEvent::Synced`]; `None` where nothing will.
    pub fn append(
        &mut self,
        conversation: ConversationId,
        records: Vec<RecordBody>,
        sync: bool,
    ) -> Option<Ticket> {
        let sync = sync.then(|| {
            self.tickets += 1;
            Ticket(self.tickets)
        });
        let job = Job::Append {
            conversation,
            records,
            sync,
        };
        self.send(job).then_some(sync).flatten()
    }

    /// Opens a conversation for writing, or for reading where it cannot be written. `false`
    /// where there is no writer that could answer.
    #[must_use]
    pub fn open(&self, conversation: ConversationId) -> bool {
        self.send(Job::Open(conversation))
    }

    /// Lets go of a conversation's file and lock, once everything is on disk.
    pub fn close(&self, conversation: ConversationId) {
        self.send(Job::Close(conversation));
    }

    /// Keeps what is typed in a conversation; nothing is no file.
    pub fn keep_draft(&self, conversation: ConversationId, draft: Draft) {
        self.send(Job::KeepDraft {
            conversation,
            draft,
        });
    }

    /// Asks for what was typed in a conversation that never began, for this one; it comes as
    /// [`HistoryEvent::Drafted`].
    pub fn adopt_draft(&self, conversation: ConversationId) {
        self.send(Job::AdoptDraft(conversation));
    }

    /// Brings everything to disk, waiting at most `patience`. Returns a sentence for each thing
    /// that is not there.
    #[must_use]
    pub fn flush(&self, patience: Duration) -> Vec<String> {
        let (answer, unsaved) = bounded(1);
        if !self.send(Job::Flush(answer)) {
            return Vec::new();
        }
        unsaved
            .recv_timeout(patience)
            .unwrap_or_else(|_| vec![words::no_answer(patience.as_secs_f32())])
    }

    fn send(&self, job: Job) -> bool {
        self.jobs
            .as_ref()
            .is_some_and(|jobs| jobs.send(job).is_ok())
    }
}

impl Drop for History {
    fn drop(&mut self) {
        self.jobs = None;
        let Some(thread) = self.thread.take() else {
            return;
        };
        // The writer's end of the channel goes when it ends; a disk that hangs is not waited for.
        let deadline = Instant::now() + END_PATIENCE;
        let ended = loop {
            match self.events.recv_deadline(deadline) {
                Ok(_) => {}
                Err(error) => break error == RecvTimeoutError::Disconnected,
            }
        };
        if ended && thread.join().is_err() {
            tracing::error!("the thread that writes the history panicked");
        }
    }
}

/// What people call the one who said something.
#[must_use]
pub fn said_by(role: Role) -> Phrase {
    match role {
        Role::System => common::SYSTEM,
        Role::User => common::USER,
        Role::Assistant => common::ASSISTANT,
    }
}
