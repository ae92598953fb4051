//! What is waited for, in one line, once it takes longer than a second.

use std::io;
use std::time::Duration;

use super::out::Out;
use crate::chat::session::{Activity, EngineStatus, Session};

/// What is quicker needs no word.
const UNNOTICED: Duration = Duration::from_secs(1);

/// The line that was drawn last.
#[derive(Debug, Default)]
pub struct Progress {
    drawn: Option<String>,
}

impl Progress {
    /// Draws the line anew where it changed, and takes it away where there is nothing to wait for.
    pub fn draw(&mut self, session: &Session, now: Duration, out: &mut Out) -> io::Result<()> {
        let line = line(session.engine(), session.activity(), now);
        if line == self.drawn {
            return Ok(());
        }
        match &line {
            Some(text) => out.progress(text)?,
            None => out.clear_progress()?,
        }
        self.drawn = line;
        Ok(())
    }
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
            let text = format!("loading {name}: {:.0} %", fraction * 100.0);
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
            let text = format!(
                "reading the prompt: {done} of {total} tokens, {:.0} tok/s (Ctrl-C stops)",
                computed / seconds.max(0.001)
            );
            (text, since)
        }
        (_, Activity::Stopping { since }) => ("stopping".to_owned(), since),
        (_, Activity::Waiting { since }) => ("waiting for the engine".to_owned(), since),
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
