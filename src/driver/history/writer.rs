//! The one thread that owns the open files and takes jobs in order.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::disk::Disk;
use super::drafts::{self, Drafts};
use super::log::{Log, LogError, Opened};
use super::store::{Store, damage_notice};
use super::{HistoryEvent, Ticket};
use crate::chat::draft::Draft;
use crate::chat::{ConversationId, Notice, RecordBody, Severity};
use crate::words::driver as words;

/// At most this much of a stream is lost with the power.
const SYNC_EVERY: Duration = Duration::from_secs(2);

/// How long to wait before trying again what failed.
const RETRY_EVERY: Duration = Duration::from_secs(2);

/// What the thread is asked to do.
pub(super) enum Job {
    Append {
        conversation: ConversationId,
        records: Vec<RecordBody>,
        /// Answered by [`HistoryEvent::Synced`] when it is on disk, or could not be put there.
        sync: Option<Ticket>,
    },
    Open(ConversationId),
    Close(ConversationId),
    KeepDraft {
        conversation: ConversationId,
        draft: Draft,
    },
    AdoptDraft(ConversationId),
    /// Bring everything to disk and say what could not be.
    Flush(Sender<Vec<String>>),
}

struct OpenLog {
    log: Log,
    /// The sentence that was sent, while writing fails.
    failing: Option<String>,
    retry_at: Option<Instant>,
    /// Let go of as soon as everything is on disk.
    closing: bool,
}

impl OpenLog {
    fn new(log: Log) -> Self {
        Self {
            log,
            failing: None,
            retry_at: None,
            closing: false,
        }
    }
}

pub(super) struct Writer {
    /// `Err`: there is no place for a history; why.
    pub folder: Result<PathBuf, String>,
    pub disk: Box<dyn Disk>,
    pub events: Sender<HistoryEvent>,
    logs: HashMap<ConversationId, OpenLog>,
    /// Whether it was said that there is no place.
    said_no_place: bool,
    drafts: Drafts,
    /// Whether it was said that drafts are not kept.
    said_no_drafts: bool,
}

impl Writer {
    pub fn new(
        folder: Result<PathBuf, String>,
        disk: Box<dyn Disk>,
        events: Sender<HistoryEvent>,
    ) -> Self {
        Self {
            folder,
            disk,
            events,
            logs: HashMap::new(),
            said_no_place: false,
            drafts: Drafts::default(),
            said_no_drafts: false,
        }
    }

    /// Works until nobody can send another job, then brings everything to disk.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        if let Ok(folder) = &self.folder {
            Store::new(folder.clone()).adopt_unborn();
        }
        loop {
            let job = match self.deadline() {
                Some(deadline) => jobs.recv_deadline(deadline),
                None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match job {
                Ok(job) => self.carry_out(job),
                Err(RecvTimeoutError::Timeout) => self.on_time(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        for reason in self.flush() {
            tracing::error!("not saved: {reason}");
        }
    }

    fn carry_out(&mut self, job: Job) {
        match job {
            Job::Append {
                conversation,
                records,
                sync,
            } => self.append(&conversation, records, sync),
            Job::Open(id) => self.open(id),
            Job::Close(id) => self.close(&id),
            Job::KeepDraft {
                conversation,
                draft,
            } => self.keep_draft(&conversation, &draft),
            Job::AdoptDraft(id) => {
                if let Ok(folder) = &self.folder {
                    let adopted = self.drafts.adopt(folder, &id);
                    self.drafted(id, adopted);
                }
            }
            Job::Flush(answer) => {
                let unsaved = self.flush();
                // Who asked may have stopped waiting.
                let _ = answer.send(unsaved);
            }
        }
    }

    fn append(&mut self, id: &ConversationId, records: Vec<RecordBody>, sync: Option<Ticket>) {
        let outcome = match &self.folder {
            Err(reason) => Err(LogError::Unavailable(reason.clone())),
            Ok(folder) => {
                let store = Store::new(folder.clone());
                let open = self.logs.entry(id.clone()).or_insert_with(|| {
                    store.remember_latest(id);
                    OpenLog::new(Log::to_be_created(store.path_of(id)))
                });
                open.log.push(records);
                if sync.is_some() {
                    open.log.sync(self.disk.as_ref())
                } else {
                    open.log.write(self.disk.as_ref())
                }
            }
        };
        self.report(id, outcome);
        if let Some(ticket) = sync {
            self.say(HistoryEvent::Synced(ticket));
        }
    }

    fn open(&mut self, id: ConversationId) {
        // Another handle on the same file would find the lock taken, by ourselves.
        if self.logs.contains_key(&id) {
            self.close(&id);
        }
        let opened = match &self.folder {
            Err(reason) => Err(LogError::Unavailable(reason.clone())),
            Ok(_) if self.logs.contains_key(&id) => {
                Err(LogError::Unavailable(words::NOT_SAVED_YET.into()))
            }
            Ok(folder) => {
                let path = Store::new(folder.clone()).path_of(&id);
                Log::open(self.disk.as_ref(), &path, &id)
            }
        };
        match opened {
            Err(error) => self.say(HistoryEvent::OpenFailed {
                conversation: id,
                reason: error.to_string(),
            }),
            Ok(Opened::ReadOnly { scan, reason }) => {
                let mut notices = damage_notice(&scan);
                notices.push(warning(words::read_only(reason)));
                self.say(HistoryEvent::Opened {
                    conversation: Box::new(scan.conversation),
                    read_only: true,
                    notices,
                });
            }
            Ok(Opened::Writable { log, scan, locked }) => {
                let mut notices = damage_notice(&scan);
                if !locked {
                    notices.push(warning(words::NO_LOCKS.into()));
                }
                self.logs.insert(id.clone(), OpenLog::new(log));
                let mut draft = Ok(None);
                if let Ok(folder) = &self.folder {
                    Store::new(folder.clone()).remember_latest(&id);
                    draft = drafts::of(folder, &id);
                }
                self.say(HistoryEvent::Opened {
                    conversation: Box::new(scan.conversation),
                    read_only: false,
                    notices,
                });
                self.drafted(id, draft);
            }
        }
    }

    fn keep_draft(&mut self, id: &ConversationId, draft: &Draft) {
        // That there is no place for a history is said when something is to be saved.
        let Ok(folder) = &self.folder else { return };
        match self.drafts.keep(folder, id, draft) {
            Ok(()) => self.said_no_drafts = false,
            Err(error) => {
                let reason = words::at_path(folder.display(), error);
                if !std::mem::replace(&mut self.said_no_drafts, true) {
                    self.say(HistoryEvent::DraftNotKept { reason });
                }
            }
        }
    }

    fn drafted(&self, conversation: ConversationId, draft: io::Result<Option<Draft>>) {
        match draft {
            Ok(Some(draft)) => self.say(HistoryEvent::Drafted {
                conversation,
                draft,
            }),
            Ok(None) => {}
            Err(error) => tracing::warn!("the draft of {conversation}: {error}"),
        }
    }

    fn close(&mut self, id: &ConversationId) {
        let Some(open) = self.logs.get_mut(id) else {
            return;
        };
        open.closing = true;
        let outcome = open.log.sync(self.disk.as_ref());
        self.report(id, outcome);
    }

    fn flush(&mut self) -> Vec<String> {
        let ids: Vec<_> = self.logs.keys().cloned().collect();
        for id in ids {
            self.sync(&id);
        }
        self.logs
            .values()
            .filter_map(|open| open.failing.clone())
            .collect()
    }

    fn sync(&mut self, id: &ConversationId) {
        if let Some(open) = self.logs.get_mut(id) {
            let outcome = open.log.sync(self.disk.as_ref());
            self.report(id, outcome);
        }
    }

    /// Says when writing begins to fail and when it works again; each once.
    fn report(&mut self, id: &ConversationId, outcome: Result<(), LogError>) {
        let Some(open) = self.logs.get_mut(id) else {
            if let Err(error) = outcome
                && !std::mem::replace(&mut self.said_no_place, true)
            {
                self.say(HistoryEvent::NotSaved {
                    reason: error.to_string(),
                });
            }
            return;
        };
        match outcome {
            Ok(()) => {
                open.retry_at = None;
                let recovered = open.failing.take().is_some();
                if open.closing && open.log.unsynced_len() == 0 {
                    self.logs.remove(id);
                }
                if recovered && self.logs.values().all(|open| open.failing.is_none()) {
                    self.say(HistoryEvent::SavedAgain);
                }
            }
            Err(error) => {
                let reason = error.to_string();
                open.retry_at = Some(Instant::now() + RETRY_EVERY);
                if open.failing.as_ref() != Some(&reason) {
                    open.failing = Some(reason.clone());
                    self.say(HistoryEvent::NotSaved { reason });
                }
            }
        }
    }

    /// When something is to be synced or tried again.
    fn deadline(&self) -> Option<Instant> {
        self.logs.values().filter_map(due).min()
    }

    fn on_time(&mut self) {
        let now = Instant::now();
        let overdue: Vec<_> = self
            .logs
            .iter()
            .filter(|(_, open)| due(open).is_some_and(|due| due <= now))
            .map(|(id, _)| id.clone())
            .collect();
        for id in overdue {
            self.sync(&id);
        }
    }

    fn say(&self, event: HistoryEvent) {
        // The receiver goes away only with the program.
        let _ = self.events.send(event);
    }
}

fn due(open: &OpenLog) -> Option<Instant> {
    let sync = open.log.unsynced_since().map(|since| since + SYNC_EVERY);
    open.retry_at.or(sync)
}

fn warning(text: String) -> Notice {
    Notice {
        severity: Severity::Warning,
        text,
    }
}
