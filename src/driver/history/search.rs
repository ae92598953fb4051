//! Finding words in what was said.

use regex::{Regex, RegexBuilder};

use super::summary::Summary;
use super::texts::{Said, messages};
use crate::chat::MessageId;
use crate::inference::Role;

/// Characters of a preview before what was found, and after it.
const BEFORE: usize = 32;
const AFTER: usize = 64;

/// What is looked for: phrases that all have to be in a conversation, whatever their case and
/// however their words are spaced.
#[derive(Debug, Clone)]
pub struct Query {
    phrases: Vec<Regex>,
}

/// A conversation in which everything was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub summary: Summary,
    /// How often any of the phrases stands in its messages; 0 where all were in the title.
    pub hits: usize,
    pub first: Option<Hit>,
}

/// The first place that was found. All texts are raw: sanitise before showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub message: MessageId,
    pub role: Role,
    /// What stands around it in one line, `…` where more does.
    pub before: String,
    pub found: String,
    pub after: String,
}

impl Found {
    /// The first place, in one line with what stands around it; empty where there is none.
    #[must_use]
    pub fn place(&self) -> String {
        self.first.as_ref().map_or_else(String::new, |hit| {
            format!("{}{}{}", hit.before, hit.found, hit.after)
        })
    }
}

impl Query {
    /// `None` where no phrase has a word.
    #[must_use]
    pub fn new<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let phrases: Vec<Regex> = phrases.into_iter().filter_map(pattern).collect();
        (!phrases.is_empty()).then_some(Self { phrases })
    }

    /// Looks into a conversation's text, as the history keeps it.
    pub(super) fn look(&self, summary: &Summary, whole: &str) -> Option<Found> {
        // Mostly the end of it: one pass over the text and no more.
        let everywhere = |phrase: &Regex| phrase.is_match(whole) || phrase.is_match(&summary.title);
        if !self.phrases.iter().all(everywhere) {
            return None;
        }
        let mut hits = 0;
        let mut first: Option<Hit> = None;
        let mut in_messages = vec![false; self.phrases.len()];
        for said in messages(whole) {
            for (phrase, is_here) in self.phrases.iter().zip(&mut in_messages) {
                let mut found = phrase.find_iter(said.text).peekable();
                *is_here |= found.peek().is_some();
                if let (None, Some(one)) = (&first, found.peek()) {
                    first = Some(hit(said, one.range()));
                }
                hits += found.count();
            }
        }
        // It may have been the number of a message.
        let is_there =
            |(phrase, is_here): (&Regex, bool)| is_here || phrase.is_match(&summary.title);
        let all = self.phrases.iter().zip(in_messages).all(is_there);
        all.then(|| Found {
            summary: summary.clone(),
            hits,
            first,
        })
    }
}

fn pattern(phrase: &str) -> Option<Regex> {
    let words: Vec<String> = phrase.split_whitespace().map(regex::escape).collect();
    if words.is_empty() {
        return None;
    }
    RegexBuilder::new(&words.join(r"\s+"))
        .case_insensitive(true)
        .build()
        .inspect_err(|error| tracing::warn!(%error, "too long to be looked for"))
        .ok()
}

fn hit(said: Said<'_>, place: std::ops::Range<usize>) -> Hit {
    let (before, after) = (&said.text[..place.start], &said.text[place.end..]);
    let from = before.char_indices().rev().nth(BEFORE - 1);
    let to = after.char_indices().nth(AFTER);
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = from.map_or(before, |(at, _)| &before[at..]);
    let mut start = line(cut);
    if from.is_some_and(|(at, _)| at > 0) {
        start.insert(0, '…');
    }
    if cut.ends_with(char::is_whitespace) && !start.is_empty() {
        start.push(' ');
    }
    let cut = to.map_or(after, |(at, _)| &after[..at]);
    let mut end = line(cut);
    if cut.starts_with(char::is_whitespace) && !end.is_empty() {
        end.insert(0, ' ');
    }
    if to.is_some() {
        end.push('…');
    }
    Hit {
        message: said.message,
        role: said.role,
        before: start,
        found: line(&said.text[place]),
        after: end,
    }
}
