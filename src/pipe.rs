//! The pipe: one question, one answer, and out.
//!
//! ```text
//! stdin, files, arguments --> input --> driver --> answer --> stdout: the answer alone
//!                                                   |
//!                                                   +-------> stderr: reasoning, notices, statistics
//! ```
//!
//! Standard output carries the model's exact bytes, flushed token by token; a terminal gets
//! them sanitised. Everything else goes to standard error.

mod answer;
pub mod input;
mod reasoning;

use std::io::{self, IsTerminal, Write};

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

use self::answer::{Answer, AnswerError};
use self::reasoning::Parts;
use crate::chat::{ConversationId, Notice, Severity, UserEvent, show};
use crate::config::ReasoningShown;
use crate::driver::{Driver, DriverEvent};
use crate::inference::{EngineError, GenerationStats, Message, Role, Task};
use crate::text;
use crate::words::pipe as words;

/// Alternatives a token in the JSON forms, where the user names no number.
pub const TOP_LOGPROBS: u16 = 5;

/// Columns of what labels weigh.
const LABELS_WIDTH: usize = 60;

/// How the answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The text alone.
    Text,
    /// One object at the end.
    Json,
    /// An object a token, and one for the end.
    JsonLines,
}

/// What is to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// A user's message, in the conversation the driver has.
    Send(String),
    /// The last of these messages, which begin a conversation of their own; an answer that
    /// stands last is gone on with.
    Messages(Vec<Message>),
}

/// What is asked, and how the answer is shown.
#[derive(Debug, Clone)]
pub struct PipeOptions {
    pub question: Question,
    /// The driver is still reading this conversation; the question belongs to it.
    pub opening: Option<ConversationId>,
    /// What the question is put as.
    pub task: Option<Task>,
    /// A system prompt for a conversation that is gone on with.
    pub system: Option<String>,
    pub format: Format,
    /// Alternatives a token in the JSON forms.
    pub top_logprobs: usize,
    /// What is shown of the model's reasoning.
    pub reasoning: ReasoningShown,
    /// Whether standard error may be dimmed, where it is a terminal.
    pub dim: bool,
    /// No statistics and no notices but errors.
    pub quiet: bool,
    /// Statistics even where standard error is no terminal.
    pub verbose: bool,
}

/// A one-shot that did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum PipeError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error("{}", words::cannot_write(.0))]
    Write(#[from] io::Error),
    #[error("{}", words::INTERRUPTED)]
    Interrupted,
    /// The session refused the prompt; its own sentence.
    #[error("{0}")]
    Refused(String),
}

/// Asks `driver` and prints the answer.
///
/// # Errors
/// The engine failed or died, the answer cannot be written, or the user interrupted.
pub fn run(mut driver: Driver, options: &PipeOptions) -> Result<(), PipeError> {
    let parts = Parts::new(options.reasoning, options.quiet, options.dim);
    let out = io::stdout().lock();
    let mut answer = Answer::new(options.format, options.top_logprobs, parts, out);
    // The answer is all of it, with what was put into the model's mouth.
    answer.begin_with(driver.session().prefill().unwrap_or_default());
    let outcome = converse(&mut driver, options, &mut answer);
    for notice in driver.finish() {
        complain(&text::visible(&notice.text));
    }
    let stats = outcome?;
    if answer.labels().is_empty() {
        report(&stats, options);
    } else if !options.quiet {
        for line in show::labels(answer.labels(), LABELS_WIDTH) {
            complain(&text::visible_line(&line));
        }
    }
    Ok(())
}

fn converse(
    driver: &mut Driver,
    options: &PipeOptions,
    answer: &mut Answer<io::StdoutLock<'static>>,
) -> Result<GenerationStats, PipeError> {
    let interrupts = interrupts()?;
    let events = driver.events();
    let mut asked = options.opening.is_none();
    if asked {
        ask(driver, options)?;
    }
    loop {
        let event = select! {
            recv(interrupts) -> _ => {
                // The engine is told, but not waited for: what came is already written.
                say(&driver.user(UserEvent::Stop), options);
                return Err(PipeError::Interrupted);
            }
            recv(events) -> event => event.map_err(|_| EngineError::Protocol {
                reason: words::EVENTS_ENDED.into(),
            })?,
        };
        let step = match &event {
            DriverEvent::Engine(event) => answer.take(event),
            _ => Ok(None),
        };
        let mut notices = driver.on_event(event);
        if step.is_err() {
            // The caller tells this error, once.
            notices.retain(|it| it.severity != Severity::Error);
        }
        say(&notices, options);
        if let Some(stats) = step? {
            return Ok(stats);
        }
        if !asked {
            let open = &driver.session().conversation().id;
            if options.opening.as_ref() == Some(open) {
                asked = true;
                ask(driver, options)?;
            } else if let Some(error) = notices
                .into_iter()
                .find(|it| it.severity == Severity::Error)
            {
                return Err(PipeError::Refused(error.text));
            }
        }
    }
}

impl From<AnswerError> for PipeError {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::Engine(error) => Self::Engine(error),
            AnswerError::Write(error) => Self::Write(error),
        }
    }
}

fn ask(driver: &mut Driver, options: &PipeOptions) -> Result<(), PipeError> {
    let mut notices = Vec::new();
    if let Some(task) = &options.task {
        notices.extend(driver.user(UserEvent::Task(Some(Box::new(task.clone())))));
    }
    if options.opening.is_some() && options.system.is_some() {
        notices.extend(driver.user(UserEvent::System(options.system.clone())));
    }
    notices.extend(match options.question.clone() {
        Question::Send(prompt) => driver.user(UserEvent::Submit(prompt)),
        Question::Messages(mut messages) => {
            let last = match messages.last().map(|last| last.role) {
                Some(Role::User) => messages.pop(),
                Some(Role::Assistant) if driver.session().prefill().is_some() => {
                    return Err(PipeError::Refused(words::ANSWER_STANDS.into()));
                }
                Some(Role::Assistant) => None,
                Some(Role::System) | None => {
                    return Err(PipeError::Refused(words::NO_QUESTION.into()));
                }
            };
            let mut notices = driver.begin_with(messages);
            notices.extend(driver.user(match last {
                Some(question) => UserEvent::Submit(question.content),
                None => UserEvent::Continue,
            }));
            notices
        }
    });
    say(&notices, options);
    if driver.session().is_busy() {
        return Ok(());
    }
    let why = notices
        .into_iter()
        .rev()
        .find(|notice| notice.severity > Severity::Info);
    Err(PipeError::Refused(
        why.map_or(words::NOTHING_TO_ANSWER.into(), |it| it.text),
    ))
}

/// Ctrl-C as a message.
fn interrupts() -> io::Result<Receiver<()>> {
    let (sender, receiver): (Sender<()>, _) = unbounded();
    let mut signals = Signals::new([SIGINT])?;
    std::thread::Builder::new()
        .name("interrupts".into())
        .spawn(move || {
            for _ in signals.forever() {
                if sender.send(()).is_err() {
                    break;
                }
            }
        })?;
    Ok(receiver)
}

fn say(notices: &[Notice], options: &PipeOptions) {
    let least = if options.quiet {
        Severity::Error
    } else {
        Severity::Warning
    };
    for notice in notices.iter().filter(|notice| notice.severity >= least) {
        complain(&text::visible(&notice.text));
    }
}

fn report(stats: &GenerationStats, options: &PipeOptions) {
    if options.quiet || !(options.verbose || io::stderr().is_terminal()) {
        return;
    }
    complain(&costs(stats));
}

/// What an answer cost, what of its prompt was not computed, and why something was computed again.
fn costs(stats: &GenerationStats) -> String {
    let rate = |rate: Option<f64>| rate.map_or("-".into(), |rate| format!("{rate:.0} tok/s"));
    let reused = match stats.cache.restored {
        0 => words::reused(stats.cached_tokens),
        from_disk => words::reused_from_disk(stats.cached_tokens, from_disk),
    };
    let report = words::report(
        stats.prompt_tokens,
        reused,
        rate(stats.prompt_per_second()),
        stats.predicted_tokens,
        rate(stats.predicted_per_second()),
        stats.ttft_ms,
        stats.seed,
    );
    match stats.cache.again {
        Some(reason) => words::report_again(report, reason),
        None => report,
    }
}

/// One line to standard error. It is the last place to complain to: if it is gone, so is
/// the complaint.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "limpid: {line}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{CacheUse, Recomputed};

    fn told_of(restored: u32, again: Option<Recomputed>) -> String {
        costs(&GenerationStats {
            prompt_tokens: 83,
            cached_tokens: 61,
            cache: CacheUse { restored, again },
            prompt_ms: 110.0,
            predicted_tokens: 65,
            predicted_ms: 500.0,
            ttft_ms: 62.4,
            seed: 7,
            ..GenerationStats::default()
        })
    }

    #[test]
    fn the_report_says_what_came_from_disk_and_why_the_rest_was_computed_again() {
        assert_eq!(
            told_of(0, None),
            "83 tokens read (61 reused) at 200 tok/s, 65 written at 128 tok/s, first after 62 ms, \
             seed 7"
        );
        assert!(told_of(40, None).starts_with("83 tokens read (61 reused, 40 from disk) at "));
        let again = told_of(0, Some(Recomputed::OtherSettings));
        assert!(
            again.ends_with(", seed 7, computed again: what is on disk is of other settings"),
            "{again}"
        );
    }
}
