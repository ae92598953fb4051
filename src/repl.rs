//! The line front end: for poor links, screen readers, dumb terminals and scripts.
//!
//! ```text
//! > Why is the sky blue?
//! The sky is blue because of a process called Rayleigh scattering …
//! 64 tokens · 131.0 tok/s · first token 62 ms · prompt 38 · context 102/2048 · seed 7
//! > /help
//! ```
//!
//! | file | idea |
//! |---|---|
//! | `source.rs` | where lines come from: an editor, or plain lines |
//! | `complete.rs` | what Tab offers, and when Enter sends |
//! | `names.rs` | the names that Tab offers |
//! | `out.rs` | everything that is written goes through it |
//! | `answer.rs` | an answer while it comes |
//! | `wait.rs` | until the disk or the engine has done something |
//! | `progress.rs` | what is waited for |
//! | `stats.rs` | the line after an answer |
//! | `attach.rs` | files and outputs that go into a message |
//! | `weigh.rs` | what sending a message would come to |
//! | `command.rs` | what a slash command asks of this front end |
//! | `copy.rs` | where a copy goes |
//! | `modes.rs` | the terminal's modes between two lines |
//! | `signals.rs` | Ctrl-C, TERM, HUP, QUIT |

mod answer;
mod attach;
mod command;
mod complete;
mod copy;
mod modes;
mod names;
mod out;
mod progress;
mod signals;
mod source;
mod stats;
mod wait;
mod weigh;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use crossbeam_channel::select;

use crate::chat::multiline::Entry;
use crate::chat::slash::{Parsed, parse};
use crate::chat::{MessageId, Notice, UserEvent, show};
use crate::config::typed::TypedFile;
use crate::config::{Copying, Presets, ReasoningShown, Theme, UiSettings};
use crate::driver::{Bandwidth, Driver, Library};
use crate::words::repl as words;
use answer::{Look, Printer};
use modes::Modes;
use names::KnownNames;
use out::{Abilities, Out};
use progress::Progress;
use signals::{Doing, Shared, Signal, Signals};
use source::{Read, Source};

/// How often the progress line is drawn.
const REDRAW: Duration = Duration::from_millis(100);

/// Columns of what labels weigh.
const LABELS_WIDTH: usize = 60;

/// What the line front end starts with.
pub struct Options {
    pub ui: UiSettings,
    pub theme: Theme,
    /// Whether colour is wanted where it can be had.
    pub color: bool,
    /// No escape sequence at all.
    pub plain: bool,
    /// As `plain`, and words say what marks and progress lines say to the eye (`--linear`, or a
    /// terminal that is dumb).
    pub linear: bool,
    /// No statistics after answers.
    pub quiet: bool,
    /// What is shown of what a model thinks before it answers.
    pub reasoning: ReasoningShown,
    /// The user's own themes.
    pub themes: Option<PathBuf>,
    /// The user's own tasks.
    pub tasks: Option<PathBuf>,
    /// Where to remember what was typed; `None` remembers nothing.
    pub input_history: Option<PathBuf>,
    /// Where what a terminal does not copy is written; `None` writes nothing.
    pub clipboard: Option<PathBuf>,
    pub library: Arc<dyn Library>,
    /// The presets of sampler settings, without the model's own.
    pub presets: Presets,
    /// The user's own system prompts.
    pub prompts: Option<PathBuf>,
    /// How fast memory is read here.
    pub bandwidth: Bandwidth,
    /// Sent at the start, as with a prompt and `-i`.
    pub first: Option<String>,
}

/// Talks in lines until the user leaves, and saves.
///
/// TERM, HUP and QUIT end the program from here, with 128 + n; so does Ctrl-C where lines come
/// from a file.
///
/// # Errors
/// The terminal or standard output is gone.
pub fn run(driver: Driver, options: Options) -> anyhow::Result<()> {
    let plain = options.plain || options.linear;
    let abilities = Abilities::of_stdout(plain, options.color);
    let typed = options.input_history.clone().map(TypedFile::new);
    let driver: Shared = Arc::new(Mutex::new(driver));
    let names = Box::new(KnownNames {
        driver: Arc::clone(&driver),
        library: Arc::clone(&options.library),
        themes: options.themes.clone(),
        presets: options.presets.clone(),
        prompts: options.prompts.clone(),
        tasks: options.tasks.clone(),
    });
    let prompts = if options.linear {
        source::spoken()
    } else {
        source::SHOWN
    };
    let source = Source::open(plain, prompts, options.ui.editing, typed, names)
        .context(words::CANNOT_USE_TERMINAL)?;
    let modes = if source.can_edit() {
        Some(Modes::enter().context(words::CANNOT_USE_TERMINAL)?)
    } else {
        None
    };
    let original = modes.as_ref().map(|modes| modes.original().clone());
    let signals = Signals::take(Arc::clone(&driver), original).context(words::CANNOT_LISTEN)?;
    let copying = Copying::new(&options.ui, options.clipboard.clone());
    let mut repl = Repl {
        copying: if abilities.cursor {
            copying
        } else {
            copying.without_terminal()
        },
        out: Out::standard(abilities, options.theme.clone()),
        source,
        signals,
        driver,
        attached: Vec::new(),
        hinted: false,
        taken_back: None,
        modes,
        options,
    };
    let ran = repl.talk();
    drop(repl.modes.take());
    let unsaved = repl.lock().save_now();
    for notice in unsaved {
        repl.out.notice(&notice)?;
    }
    match ran {
        // The terminal was closed while it was written to; there is nobody to tell.
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => Ok(()),
        other => other.context(words::CANNOT_WRITE),
    }
}

struct Repl {
    out: Out,
    copying: Copying,
    source: Source,
    signals: Signals,
    /// The terminal's modes between two lines, where the editor has it.
    modes: Option<Modes>,
    driver: Shared,
    options: Options,
    /// Files that go before the next message.
    attached: Vec<String>,
    /// Ctrl-C was answered by a hint.
    hinted: bool,
    /// What was typed and not sent, to stand in the next line.
    taken_back: Option<String>,
}

/// Whether to read another line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Read,
    /// What was entered is not sent, and can be changed.
    ReadAgain,
    Leave,
}

impl Repl {
    fn lock(&self) -> MutexGuard<'_, Driver> {
        self.driver.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn talk(&mut self) -> io::Result<()> {
        self.greet()?;
        if let Some(first) = self.options.first.take()
            && !self.send(first.clone())?
        {
            self.taken_back = Some(Entry::Block(first).retyped());
        }
        loop {
            self.take_events()?;
            let begin = self.taken_back.take();
            let next = match self.read(begin.as_deref())? {
                Read::Entry(entry) => self.take_entry(&entry)?,
                Read::End => Next::Leave,
                Read::Interrupted { cleared: true } => {
                    self.hinted = false;
                    Next::Read
                }
                Read::Interrupted { cleared: false } if self.hinted => Next::Leave,
                Read::Interrupted { cleared: false } => {
                    self.hinted = true;
                    self.out.dim(&words::LEAVE_HINT)?;
                    Next::Read
                }
            };
            if next == Next::Leave {
                return Ok(());
            }
        }
    }

    /// Says how to get help, and where a conversation that is gone on with was left.
    fn greet(&mut self) -> io::Result<()> {
        self.settle()?;
        if self.source.is_interactive() && !self.options.quiet {
            self.out.dim(&words::GREETING)?;
        }
        if self.lock().session().conversation().is_empty() {
            return Ok(());
        }
        self.recall()
    }

    fn read(&mut self, begin: Option<&str>) -> io::Result<Read> {
        self.signals.now(self.source.doing());
        let read = self.source.read(begin);
        self.signals.now(Doing::Working);
        read
    }

    fn take_entry(&mut self, entry: &Entry) -> io::Result<Next> {
        self.hinted = false;
        let text = match entry {
            Entry::Line(text) | Entry::Block(text) => text.clone(),
            Entry::More => return Ok(Next::Read),
        };
        if text.trim().is_empty() {
            return Ok(Next::Read);
        }
        let on_disk = self.lock().session().is_recording();
        if let Err(error) = self.source.remember(&text, on_disk) {
            tracing::warn!("what was typed is not remembered: {error}");
        }
        let next = self.obey(entry, text)?;
        if next == Next::ReadAgain {
            self.taken_back = Some(entry.retyped());
        }
        Ok(next)
    }

    fn obey(&mut self, entry: &Entry, text: String) -> io::Result<Next> {
        let parsed = match entry {
            Entry::Block(_) => Parsed::NotACommand(text),
            Entry::Line(_) | Entry::More => parse(&text),
        };
        match parsed {
            Parsed::NotACommand(text) => Ok(if self.send(text)? {
                Next::Read
            } else {
                Next::ReadAgain
            }),
            Parsed::Command(command) => self.command(&command),
            complaint => {
                let sentence = complaint.complaint().unwrap_or_default();
                self.out.lines(&sentence)?;
                Ok(Next::Read)
            }
        }
    }

    /// Sends a message with the files that were read for it, and shows its answer. Returns whether
    /// it was sent.
    fn send(&mut self, text: String) -> io::Result<bool> {
        let mut parts = self.attached.clone();
        parts.push(self.with_outputs(text)?);
        let whole = parts.join("\n\n");
        let head = self.lock().session().conversation().head;
        let sent = self.is_to_be_sent(head, &whole)?;
        if sent {
            self.attached.clear();
            self.user(UserEvent::Submit(whole))?;
        }
        Ok(sent)
    }

    /// Hands an event to the session and shows what comes of it, to its end.
    fn user(&mut self, event: UserEvent) -> io::Result<()> {
        let printer = {
            let driver = self.lock();
            let conversation = driver.session().conversation();
            Printer::going_on(conversation, conversation.head)
        };
        let notices = self.lock().user(event);
        self.show(&notices)?;
        self.watch(printer)
    }

    /// Whether Ctrl-C interrupts what runs, or is a key for the next line.
    fn interruptible(&mut self, wanted: bool) {
        if wanted {
            self.signals.forget_interrupts();
        }
        if let Some(modes) = &mut self.modes {
            modes.signals(wanted);
        }
    }

    /// Shows what happens until nothing more is to come.
    fn watch(&mut self, printer: Printer) -> io::Result<()> {
        self.interruptible(true);
        let watched = self.watch_answer(printer);
        self.interruptible(false);
        self.sum_up(watched?)
    }

    /// Shows an answer as it comes; which it was.
    fn watch_answer(&mut self, mut printer: Printer) -> io::Result<Option<MessageId>> {
        let driver = Arc::clone(&self.driver);
        let mut driver = driver.lock().unwrap_or_else(PoisonError::into_inner);
        let events = driver.events();
        let signals = self.signals.receiver().clone();
        let spoken = self.speaks();
        let mut progress = self.progress();
        let look = self.look(spoken);
        progress.tell_thinking(!look.streams(&self.out));
        let mut answered = None;
        while driver.session().is_busy() || !driver.is_settled() {
            let notices = select! {
                recv(events) -> event => match event {
                    Ok(event) => driver.on_event(event),
                    // Without the thread that forwards them nothing will ever come.
                    Err(_) => break,
                },
                recv(signals) -> signal => match signal {
                    Ok(Signal::Interrupt) => driver.user(UserEvent::Stop),
                    Ok(Signal::Ending) | Err(_) => {
                        drop(driver);
                        park()
                    }
                },
                default(REDRAW) => Vec::new(),
            };
            self.show(&notices)?;
            let session = driver.session();
            if let Some(message) = session.running() {
                answered = Some(message);
            }
            if let Some(message) = answered {
                printer.advance(session.conversation(), message, look, &mut self.out)?;
            }
            progress.draw(session, driver.now(), &mut self.out)?;
        }
        self.out.clear_progress()?;
        printer.tell(driver.session().conversation(), look, &mut self.out)?;
        printer.finish(&mut self.out)?;
        self.out.end_answer()?;
        Ok(answered)
    }

    fn look(&self, spoken: bool) -> Look {
        Look {
            color_by: self.options.ui.color_by,
            reasoning: self.options.reasoning,
            spoken,
            quiet: self.options.quiet,
        }
    }

    /// Says how an answer ended and what it cost.
    fn sum_up(&mut self, answered: Option<MessageId>) -> io::Result<()> {
        let driver = Arc::clone(&self.driver);
        let driver = driver.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(answer) = answered
            .and_then(|message| driver.session().conversation().node(message))
            .and_then(|node| node.answer.as_deref())
        else {
            return Ok(());
        };
        for line in show::labels(&answer.labels, LABELS_WIDTH) {
            self.out.dim(&line)?;
        }
        if self.speaks() {
            return self.out.lines(&stats::spoken(answer));
        }
        if let Some(ending) = stats::ending(answer) {
            self.out.dim(&ending)?;
        }
        if let Some(stats) = &answer.stats
            && !self.options.quiet
        {
            self.out.dim(&stats::line(stats))?;
        }
        Ok(())
    }

    fn progress(&self) -> Progress {
        if self.speaks() {
            Progress::spoken()
        } else {
            Progress::default()
        }
    }

    /// Whether words say what marks say to the eye.
    fn speaks(&self) -> bool {
        self.options.linear && self.out.abilities().terminal
    }

    /// Takes in what happened while a line was read.
    fn take_events(&mut self) -> io::Result<()> {
        let events = self.lock().events();
        while let Ok(event) = events.try_recv() {
            let notices = self.lock().on_event(event);
            self.show(&notices)?;
        }
        Ok(())
    }

    fn show(&mut self, notices: &[Notice]) -> io::Result<()> {
        notices
            .iter()
            .try_for_each(|notice| self.out.notice(notice))
    }
}

/// The thread that takes signals saves and ends the program.
fn park() -> ! {
    loop {
        thread::park();
    }
}
