//! What may take a while is done on threads of its own, so that keys never wait for it; what
//! came of it comes back to the loop.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::completing::Sought;
use super::dropped::Dropped;
use super::overlay::Item;
use crate::chat::{ConversationId, MessageId, Notice, Severity};
use crate::driver::Summary;

/// What came of a chore.
#[derive(Debug)]
pub enum Done {
    /// A sentence for the user.
    Say(Notice),
    /// How far a list is that is being made, by its number.
    Progress { list: u64, says: String },
    /// The rows of a list, and what is said where there are none; or why there are none.
    Rows {
        list: u64,
        rows: Result<Vec<Item>, String>,
        empty: String,
    },
    /// The stored conversations, or why they cannot be listed.
    Conversations(Result<Vec<Summary>, String>),
    /// The beginning of one, raw.
    Preview(ConversationId, String),
    /// Names that completion looked for.
    Names(Sought, Vec<String>),
    /// What was dropped are files.
    Dropped(Dropped),
    /// A model was found, or was not.
    Model(Result<PathBuf, String>),
    /// A message did not go to a file with its odds; why.
    OddsUnwritten {
        message: MessageId,
        path: PathBuf,
        reason: String,
    },
}

impl Done {
    pub fn info(text: impl Into<String>) -> Self {
        Self::Say(Notice {
            severity: Severity::Info,
            text: text.into(),
        })
    }

    pub fn error(text: impl Into<String>) -> Self {
        Self::Say(Notice {
            severity: Severity::Error,
            text: text.into(),
        })
    }
}

/// Where chores report to.
#[derive(Debug)]
pub struct Chores {
    reports: Sender<Done>,
    done: Receiver<Done>,
    /// Held by each chore that writes a file; nothing is ever sent.
    writing: Sender<()>,
    written: Receiver<()>,
}

impl Default for Chores {
    fn default() -> Self {
        let (reports, done) = unbounded();
        let (writing, written) = bounded(0);
        Self {
            reports,
            done,
            writing,
            written,
        }
    }
}

impl Chores {
    /// What the loop waits for.
    pub fn done(&self) -> &Receiver<Done> {
        &self.done
    }

    /// Begins one. It tells how far it is, and what came of it, as often as it likes; a loop
    /// that has ended listens no more.
    ///
    /// # Errors
    /// The system has no room for another thread.
    pub fn begin(
        &self,
        name: &str,
        work: impl FnOnce(&dyn Fn(Done)) + Send + 'static,
    ) -> io::Result<()> {
        let reports = self.reports.clone();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                work(&|done| {
                    // The interface was left meanwhile.
                    let _ = reports.send(done);
                });
            })?;
        Ok(())
    }

    /// As [`begin`](Self::begin), for one that writes a file, which [`finish`](Self::finish)
    /// waits for.
    ///
    /// # Errors
    /// The system has no room for another thread.
    pub fn begin_writing(
        &self,
        name: &str,
        work: impl FnOnce(&dyn Fn(Done)) + Send + 'static,
    ) -> io::Result<()> {
        let writing = self.writing.clone();
        self.begin(name, move |report| {
            let _until_written = writing;
            work(report);
        })
    }

    /// Waits for what is being written, for so long at most. Gives what went wrong and was not
    /// told yet.
    pub fn finish(self, patience: Duration) -> Vec<Notice> {
        drop(self.writing);
        // Its end is what is waited for.
        let _ended_or_late = self.written.recv_timeout(patience);
        let untold = self.done.try_iter().filter_map(|done| match done {
            Done::Say(notice) => Some(notice),
            Done::OddsUnwritten { reason, .. } => Some(Notice {
                severity: Severity::Error,
                text: reason,
            }),
            _ => None,
        });
        untold.filter(|it| it.severity > Severity::Info).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_a_chore_and_it_reports_when_it_is_done() {
        let chores = Chores::default();
        let (go, gone) = bounded::<()>(0);
        let work = move |report: &dyn Fn(Done)| {
            let _ = gone.recv();
            report(Done::info("done"));
        };
        chores.begin("chore", work).expect("there is room");
        // It has not been let go yet, and we are here.
        assert!(chores.done().is_empty());
        go.send(()).expect("it waits for this");
        let done = chores.done().recv_timeout(Duration::from_mins(1));
        assert!(matches!(done, Ok(Done::Say(notice)) if notice.text == "done"));
    }

    #[test]
    fn what_is_being_written_is_waited_for_and_its_failure_told() {
        let chores = Chores::default();
        let (go, gone) = bounded::<()>(0);
        let write = move |report: &dyn Fn(Done)| {
            let _ = gone.recv();
            report(Done::info("one is written"));
            report(Done::error("the disk is full"));
        };
        chores.begin_writing("one", write).expect("there is room");
        let writing = std::thread::spawn(move || chores.finish(Duration::from_mins(1)));
        go.send(()).expect("it waits for this");
        let told = writing.join().expect("it waits in peace");
        let told: Vec<_> = told.into_iter().map(|notice| notice.text).collect();
        assert_eq!(told, ["the disk is full"]);
    }

    #[test]
    fn a_chore_that_outlives_the_interface_harms_nobody() {
        let (go, gone) = bounded::<()>(0);
        let (ended, end) = bounded(1);
        let chores = Chores::default();
        let work = move |report: &dyn Fn(Done)| {
            let _ = gone.recv();
            report(Done::info("too late"));
            let _ = ended.send(());
        };
        chores.begin("chore", work).expect("there is room");
        drop(chores);
        go.send(()).expect("it waits for this");
        end.recv_timeout(Duration::from_mins(1))
            .expect("it ends without a panic");
    }
}
