//! A question that is answered by yes or no.
//!
//! ```text
//! ┌ run this? ─────────────────────────────────────┐
//! │ git log --oneline | head                       │
//! └─────── y runs it · s sends it as text · Esc ───┘
//! ```

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Choice, Outcome, TextLayer};
use crate::config::{Keymap, Theme};
use crate::words::tui::overlay as words;

/// What is asked about, all of it to be seen, and what each letter does.
#[derive(Debug)]
pub struct Confirm {
    text: TextLayer,
    answers: Vec<(char, Choice)>,
}

impl Confirm {
    /// `answers`: a letter, what it does in words, and what it does.
    #[must_use]
    pub fn new(text: TextLayer, answers: Vec<(char, &str, Choice)>) -> Self {
        let keys = answers.iter();
        let keys = keys.map(|(letter, says, _)| format!("{letter} {says}"));
        let keys = keys.collect::<Vec<_>>().join(" · ");
        let answers = answers.into_iter();
        Self {
            text: text.with_keys(keys, words::LEAVES_IT),
            answers: answers
                .map(|(letter, _, choice)| (letter, choice))
                .collect(),
        }
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        if let KeyCode::Char(letter) = key.code
            && plain
        {
            let letter = letter.to_ascii_lowercase();
            let mut answers = self.answers.iter();
            if let Some((_, choice)) = answers.find(|(other, _)| *other == letter) {
                return Outcome::Chosen(choice.clone());
            }
            if letter == 'n' {
                return Outcome::Close;
            }
        }
        self.text.key(key, keymap)
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.text.scroll(rows);
    }

    pub(super) fn render(
        &mut self,
        theme: &Theme,
        keymap: &Keymap,
        screen: Rect,
        buffer: &mut Buffer,
    ) {
        self.text.render(theme, keymap, screen, buffer);
    }
}
