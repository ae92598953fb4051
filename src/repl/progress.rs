//! What is waited for, in one line, once it takes longer than a second.

use std::io;
use std::time::Duration;

use super::out::Out;
use crate::chat::session::{Activity, EngineStatus, Session};
use crate::chat::show;
use crate::words::{common, repl as words};

/// What is quicker needs no word.
const UNNOTICED: Duration = Duration::from_secs(1);

/// How often a sentence says how far it is.
const SPOKEN_EVERY: Duration = Duration::from_secs(5);

/// The line that was drawn last.
#[derive(Debug, Default)]
pub struct Progress {
    drawn: Option<String>,
    /// Sentences now and then, in place of a line that changes.
    spoken: bool,
    said: Option<Duration>,
    /// That an answer is being thought about, which nothing else shows.
    thinking: bool,
}

impl Progress {
    /// One that says a sentence now and then.
    #[must_use]
    pub fn spoken() -> Self {
        Self {
            spoken: true,
            ..Self::default()
        }
    }

    /// Says whether thinking is progress too.
    pub fn tell_thinking(&mut self, tell: bool) {
        self.thinking = tell;
    }

    /// Whether it is time for another sentence; remembers that it was said.
    fn is_due(&mut self, now: Duration) -> bool {
        let due = self
            .said
            .is_none_or(|said| now.saturating_sub(said) >= SPOKEN_EVERY);
        if due {
            self.said = Some(now);
        }
        due
    }

    /// Draws the line anew where it changed, and takes it away where there is nothing to wait for.
    pub fn draw(&mut self, session: &Session, now: Duration, out: &mut Out) -> io::Result<()> {
        let thinking = self.thinking.then(|| thinking(session, now)).flatten();
        let line = thinking.or_else(|| line(session.engine(), session.activity(), now));
        if line == self.drawn {
            return Ok(());
        }
        if self.spoken {
            return match line {
                Some(text) if self.is_due(now) => {
                    let said = out.lines(&sentence(&text));
                    self.drawn = Some(text);
                    said
                }
                _ => Ok(()),
            };
        }
        match &line {
            Some(text) => out.progress(text)?,
            None => out.clear_progress()?,
        }
        self.drawn = line;
        Ok(())
    }
}

/// A line of progress as it is read aloud.
fn sentence(line: &str) -> String {
    let aloud = words::aloud(line);
    let mut letters = aloud.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!(
        "{}{}{}",
        first.unwrap_or_default(),
        letters.as_str(),
        common::FULL_STOP
    )
}

/// How long and how much the running answer has thought, while it does.
fn thinking(session: &Session, now: Duration) -> Option<String> {
    let message = session.running()?;
    let lasting = session.thinks_for(message, now)?;
    // Otherwise the prompt is read, or it is being stopped.
    if !matches!(session.activity(), Activity::Generating { .. }) {
        return None;
    }
    show::thinking(session.conversation().node(message)?, Some(lasting))
}

fn line(engine: &EngineStatus, activity: &Activity, now: Duration) -> Option<String> {
    let (text, since) = match (engine, activity) {
        (
            EngineStatus::Loading {
                path,
                fraction,
                since,
            },
            _,
        ) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let text = words::loading(name, fraction * 100.0);
            (text, since)
        }
        (
            _,
            Activity::Prefill {
                done,
                total,
                reused,
                since,
            },
        ) => {
            let computed = f64::from(done.saturating_sub(*reused));
            let seconds = now.saturating_sub(*since).as_secs_f64();
            let text = words::reading(done, total, computed / seconds.max(0.001));
            (text, since)
        }
        (_, Activity::Stopping { since }) => (words::STOPPING.into(), since),
        (_, Activity::Waiting { since }) => (words::WAITING.into(), since),
        (_, Activity::Idle | Activity::Generating { .. }) => return None,
    };
    (now.saturating_sub(*since) >= UNNOTICED).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PREFILL: Activity = Activity::Prefill {
        done: 600,
        total: 8000,
        reused: 100,
        since: Duration::from_secs(10),
    };

    #[test]
    fn a_sentence_is_said_now_and_then_and_nothing_is_drawn_over() {
        let mut progress = Progress::spoken();
        let at = Duration::from_secs;
        let due: Vec<bool> = [12, 13, 16, 17, 23]
            .map(|now| progress.is_due(at(now)))
            .into();
        assert_eq!(due, [true, false, false, true, true]);
        assert_eq!(
            sentence("loading big.gguf: 42 %"),
            "Loading big.gguf: 42 percent."
        );
        let reading = line(&EngineStatus::NoModel, &PREFILL, at(12)).expect("it takes long");
        assert_eq!(
            sentence(&reading),
            "Reading the prompt: 600 of 8000 tokens, 250 tokens a second (Ctrl-C stops)."
        );
    }

    #[test]
    fn what_is_quick_needs_no_word() {
        let now = Duration::from_millis(10_900);
        assert_eq!(line(&EngineStatus::NoModel, &PREFILL, now), None);
    }

    #[test]
    fn reading_a_long_prompt_is_shown_with_its_speed() {
        let shown = line(&EngineStatus::NoModel, &PREFILL, Duration::from_secs(12));
        assert_eq!(
            shown.as_deref(),
            Some("reading the prompt: 600 of 8000 tokens, 250 tok/s (Ctrl-C stops)")
        );
    }

    #[test]
    fn loading_a_large_model_is_shown() {
        let engine = EngineStatus::Loading {
            path: "/models/big.gguf".into(),
            fraction: 0.42,
            since: Duration::ZERO,
        };
        let waiting = Activity::Waiting {
            since: Duration::ZERO,
        };
        let shown = line(&engine, &waiting, Duration::from_secs(3));
        assert_eq!(shown.as_deref(), Some("loading big.gguf: 42 %"));
    }
}
