//! Sentences for the user, above the input until they are out of date.

use std::time::Duration;

use crate::chat::{Notice, Severity};

/// How long a sentence that asks for nothing stays.
const INFO: Duration = Duration::from_secs(6);
const WARNING: Duration = Duration::from_secs(20);
/// How many are kept.
const MOST: usize = 6;

/// What is to be read now.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<(Notice, Option<Duration>)>,
}

impl Notices {
    /// Adds one; errors stay until they are dismissed. The same sentence twice is one.
    pub fn push(&mut self, notice: Notice, now: Duration) {
        self.list.retain(|(other, _)| *other != notice);
        let until = match notice.severity {
            Severity::Info => Some(now + INFO),
            Severity::Warning => Some(now + WARNING),
            Severity::Error => None,
        };
        self.list.push((notice, until));
        if self.list.len() > MOST {
            self.list.remove(0);
        }
    }

    pub fn info(&mut self, text: impl Into<String>, now: Duration) {
        let text = text.into();
        self.push(
            Notice {
                severity: Severity::Info,
                text,
            },
            now,
        );
    }

    pub fn error(&mut self, text: impl Into<String>, now: Duration) {
        let text = text.into();
        self.push(
            Notice {
                severity: Severity::Error,
                text,
            },
            now,
        );
    }

    /// The newest last.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Notice> {
        self.list.iter().map(|(notice, _)| notice)
    }

    /// Forgets all of them; `false` where there were none.
    pub fn dismiss(&mut self) -> bool {
        let any = !self.list.is_empty();
        self.list.clear();
        any
    }

    /// Forgets those whose time is over; `true` where there were any.
    pub fn expire(&mut self, now: Duration) -> bool {
        let before = self.list.len();
        self.list
            .retain(|(_, until)| until.is_none_or(|until| now < until));
        self.list.len() != before
    }

    /// When the next one is to be forgotten.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.list.iter().filter_map(|(_, until)| *until).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_goes_by_itself_and_an_error_stays() {
        let mut notices = Notices::default();
        notices.info("hint", Duration::ZERO);
        notices.error("bad", Duration::ZERO);
        let deadline = notices.deadline().unwrap();
        assert!(!notices.expire(deadline.saturating_sub(Duration::from_millis(1))));
        assert!(notices.expire(deadline));
        assert_eq!(
            notices
                .iter()
                .map(|notice| notice.text.as_str())
                .collect::<Vec<_>>(),
            ["bad"]
        );
        assert_eq!(notices.deadline(), None);
        assert!(notices.dismiss() && !notices.dismiss());
    }
}
