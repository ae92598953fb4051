//! A list to choose from, narrowed by typing.
//!
//! ```text
//! ┌ conversations ─────────────────────────────────┐
//! │ › sky                                    2 / 14 │
//! │ Why is the sky blue?         today, 6 messages │
//! │ Whisky, neat                 3 May, 2 messages │
//! └────────────────────────────────────────────────┘
//! ```

use std::ops::Range;
use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;

use super::heat::last_columns;
use super::{Outcome, open_box};
use crate::chat::{ConversationId, MessageId};
use crate::config::{Action, Context, Keymap, Part, Theme};
use crate::text;
use crate::tui::scroll::Scroll;
use crate::tui::walk::Place;
use crate::words::tui::{format as numbers, overlay as words};

/// What choosing a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Do(Action),
    /// Puts a text into the input.
    Write(String),
    /// Carries out a slash command.
    Run(String),
    Model(PathBuf),
    Open(ConversationId),
    Theme(String),
    /// Sets the system prompt of this name.
    System(String),
    /// Attaches files to the message, as they stand in it.
    Attach(Vec<String>),
    /// Runs commands whose output is to stand in the message.
    Shell(Vec<String>),
    /// Sends the message with its commands as text.
    SendAsIs,
    /// The token of a message.
    Token(MessageId, Place),
    /// The branch that a message is on.
    Show(MessageId),
    /// Deletes a message.
    Delete(MessageId),
    Nothing,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is searched; sanitised.
    label: String,
    /// What is said about it at the right; sanitised.
    detail: String,
    choice: Choice,
}

impl Item {
    /// A row; both texts may be raw.
    #[must_use]
    pub fn new(label: &str, detail: &str, choice: Choice) -> Self {
        Self {
            label: text::visible_line(label).into_owned(),
            detail: text::visible_line(detail).into_owned(),
            choice,
        }
    }
}

/// The list, what was typed, and what is left of it.
#[derive(Debug)]
pub struct Picker {
    title: String,
    items: Vec<Item>,
    filter: String,
    /// Indices into `items`, best first, with the matched characters.
    found: Vec<(usize, Vec<u32>)>,
    selected: usize,
    scroll: Scroll,
    /// The rows that are seen and where, as of the last frame.
    seen: Range<usize>,
    area: Rect,
    /// What is said where there is nothing to choose from.
    empty: String,
    /// What keys do, for the lower border.
    hint: String,
    /// The number of the list, while its rows are yet to come.
    awaited: Option<u64>,
}

impl Picker {
    #[must_use]
    pub fn new(title: impl Into<String>, items: Vec<Item>, empty: impl Into<String>) -> Self {
        let mut picker = Self {
            title: title.into(),
            items,
            filter: String::new(),
            found: Vec::new(),
            selected: 0,
            scroll: Scroll::default(),
            seen: 0..1,
            area: Rect::default(),
            empty: empty.into(),
            hint: String::new(),
            awaited: None,
        };
        picker.search();
        picker
    }

    /// A list whose rows are being found; `says` so until they come.
    #[must_use]
    pub fn awaiting(title: impl Into<String>, list: u64, says: impl Into<String>) -> Self {
        let mut picker = Self::new(title, Vec::new(), says);
        picker.awaited = Some(list);
        picker
    }

    /// Whether the rows of this list are awaited.
    #[must_use]
    pub fn awaits(&self, list: u64) -> bool {
        self.awaited == Some(list)
    }

    /// How far it is, while rows are awaited.
    pub fn say(&mut self, says: impl Into<String>) {
        self.empty = says.into();
    }

    /// Takes the rows that were awaited; what was typed meanwhile narrows them.
    pub fn fill(&mut self, items: Vec<Item>, empty: impl Into<String>) {
        self.awaited = None;
        self.items = items;
        self.empty = empty.into();
        self.search();
    }

    /// Says in the lower border what keys do.
    #[must_use]
    pub fn hinting(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Shows another list under what was typed, with this choice selected where it is in it.
    pub(super) fn replace(
        &mut self,
        title: &str,
        items: Vec<Item>,
        empty: &str,
        selected: Option<&Choice>,
    ) {
        let before = self.selected;
        title.clone_into(&mut self.title);
        empty.clone_into(&mut self.empty);
        self.items = items;
        self.search();
        let place = self
            .found
            .iter()
            .position(|(index, _)| Some(&self.items[*index].choice) == selected);
        // Where it is gone, the next one takes its place.
        let last = self.found.len().saturating_sub(1);
        self.selected = place.unwrap_or(before.min(last));
    }

    #[must_use]
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Rows of the whole list.
    #[must_use]
    pub(super) fn rows(&self) -> usize {
        self.items.len().max(1)
    }

    /// Adds to what was typed.
    pub fn filter_with(&mut self, text: &str) {
        self.filter
            .extend(text.chars().filter(|letter| !letter.is_control()));
        self.search();
    }

    /// The choice that Enter would make.
    #[must_use]
    pub fn choice(&self) -> Option<&Choice> {
        let (index, _) = self.found.get(self.selected)?;
        Some(&self.items[*index].choice)
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        use Action as A;
        let page = self.seen.len().max(1).cast_signed();
        match keymap.action(Context::List, key) {
            Some(A::ListUp) => self.go(-1),
            Some(A::ListDown) => self.go(1),
            Some(A::PageUp) => self.go(-page),
            Some(A::PageDown) => self.go(page),
            Some(A::ScrollTop) => self.go(isize::MIN),
            Some(A::ScrollBottom) => self.go(isize::MAX),
            Some(A::Choose) => {
                return match self.choice() {
                    Some(choice) => Outcome::Chosen(choice.clone()),
                    None => Outcome::Consumed,
                };
            }
            Some(A::Bind) => {
                return match self.choice() {
                    Some(&Choice::Do(action)) => Outcome::AskKey(action),
                    _ => Outcome::Ignored,
                };
            }
            Some(A::Back | A::Interrupt) => return Outcome::Close,
            _ => return self.typed(key),
        }
        Outcome::Consumed
    }

    fn typed(&mut self, key: KeyEvent) -> Outcome {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('u') if control => self.filter.clear(),
            KeyCode::Backspace => {
                super::conversations::pop(&mut self.filter);
            }
            KeyCode::Char(letter)
                if !key
                    .modifiers
                    .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
            {
                self.filter.push(letter);
            }
            _ => return Outcome::Ignored,
        }
        self.search();
        Outcome::Consumed
    }

    /// Moves the selection; it stops at the ends.
    pub(super) fn go(&mut self, rows: isize) {
        let last = self.found.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(rows).min(last);
    }

    pub(super) fn click(&mut self, at: Position, double: bool) -> Outcome {
        if !self.area.contains(at) {
            return Outcome::Ignored;
        }
        let row = self.seen.start + usize::from(at.y - self.area.y);
        if row >= self.seen.end {
            return Outcome::Ignored;
        }
        self.selected = row;
        match self.choice() {
            Some(choice) if double => Outcome::Chosen(choice.clone()),
            _ => Outcome::Consumed,
        }
    }

    fn search(&mut self) {
        self.selected = 0;
        if self.filter.trim().is_empty() {
            self.found = (0..self.items.len())
                .map(|index| (index, Vec::new()))
                .collect();
            return;
        }
        // A tag is found as it is written, not letter by letter.
        let words = self.filter.split_whitespace().map(|word| {
            let tag = word.strip_prefix('#').filter(|tag| !tag.is_empty());
            tag.map_or_else(|| word.to_owned(), |tag| format!("'#{tag}"))
        });
        let filter = words.collect::<Vec<_>>().join(" ");
        let pattern = Pattern::parse(&filter, CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize, Vec<u32>)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let mut letters = Vec::new();
            let label = Utf32Str::new(&item.label, &mut buffer);
            if let Some(score) = pattern.indices(label, &mut matcher, &mut letters) {
                letters.sort_unstable();
                scored.push((score, index, letters));
            }
        }
        scored.sort_by_key(|(score, index, _)| (std::cmp::Reverse(*score), *index));
        self.found = scored
            .into_iter()
            .map(|(_, index, letters)| (index, letters))
            .collect();
    }

    /// Gives where one types.
    pub(super) fn render(
        &mut self,
        theme: &Theme,
        screen: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let width = screen.width.saturating_sub(4).min(92);
        // As high as the whole list, so that it does not jump while one types.
        let height = u16::try_from(self.items.len().max(1) + 3).unwrap_or(u16::MAX);
        let area = open_box(theme, screen, (width, height), &self.title, buffer);
        let cursor = self.render_in(theme, area, None, buffer);
        let below = self.found.len().saturating_sub(self.seen.end);
        let more = if below > 0 {
            numbers::more_below(below)
        } else {
            String::new()
        };
        // How much more there is stays where there is no room for both.
        let says = [self.hint.as_str(), &more];
        let says: Vec<_> = says.into_iter().filter(|part| !part.is_empty()).collect();
        if !says.is_empty() {
            super::hint(theme, &says.join(" · "), screen, area, buffer);
        }
        cursor
    }

    /// Draws the inside of its box; `entry` is what else is typed in its first row, after what
    /// it asks for. Gives where one types.
    pub(super) fn render_in(
        &mut self,
        theme: &Theme,
        area: Rect,
        entry: Option<(&str, &str)>,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        if area.height == 0 {
            return None;
        }
        let (asks, typed) = entry.unwrap_or(("› ", &self.filter));
        let count = format!("{} / {}", self.found.len(), self.items.len());
        let room =
            usize::from(area.width).saturating_sub(text::width(&count) + text::width(asks) + 2);
        // Its end, where it is long: that is where one types.
        let typed = last_columns(&text::visible_line(typed), room);
        let before = text::width(asks) + text::width(&typed);
        let cursor = Position {
            x: area.x.saturating_add(before as u16),
            y: area.y,
        };
        let cursor = Some(cursor).filter(|cursor| area.contains(*cursor));
        Line::from(vec![
            Span::styled(asks.to_owned(), theme.style(Part::InputPrompt)),
            Span::styled(typed, theme.style(Part::Input)),
            Span::styled("▏", theme.style(Part::InputPrompt)),
        ])
        .render(area, buffer);
        Line::styled(count, theme.style(Part::Dim))
            .right_aligned()
            .render(Rect { height: 1, ..area }, buffer);
        let list = Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        };
        let height = usize::from(list.height);
        self.seen = self
            .scroll
            .window(height, self.found.len(), Some(self.selected));
        self.area = list;
        if self.found.is_empty() {
            let says = if self.items.is_empty() {
                &self.empty
            } else {
                words::NOTHING_MATCHES.text()
            };
            for (row, range) in list.rows().zip(text::wrap(says, usize::from(list.width))) {
                Line::styled(&says[range], theme.style(Part::Dim)).render(row, buffer);
            }
            return cursor;
        }
        let first = self.seen.start;
        for (row, (at, (index, letters))) in
            list.rows().zip(self.found.iter().enumerate().skip(first))
        {
            let line = self.row(theme, *index, letters, at == self.selected, row.width);
            line.render(row, buffer);
        }
        cursor
    }

    fn row(
        &self,
        theme: &Theme,
        index: usize,
        letters: &[u32],
        selected: bool,
        width: u16,
    ) -> Line<'static> {
        let item = &self.items[index];
        let width = usize::from(width);
        let (plain, dim, matched) = if selected {
            let style = theme.style(Part::Selection);
            (style, style, style)
        } else {
            (
                theme.style(Part::Text),
                theme.style(Part::Dim),
                theme.style(Part::Match),
            )
        };
        let label_room = width * 3 / 5;
        let label_width = text::width(&item.label);
        let detail_room = width.saturating_sub(label_width.min(label_room) + 2);
        let detail = text::fit(&item.detail, detail_room).into_owned();
        let room = width.saturating_sub(text::width(&detail) + 2);
        let label = text::fit(&item.label, room).into_owned();
        let mut spans: Vec<Span<'static>> = Vec::new();
        // nucleo counts grapheme clusters where a text is not ASCII.
        for (at, cluster) in label.graphemes(true).enumerate() {
            let hit = u32::try_from(at).is_ok_and(|at| letters.binary_search(&at).is_ok());
            spans.push(Span::styled(
                cluster.to_owned(),
                if hit { matched } else { plain },
            ));
        }
        let gap = width.saturating_sub(text::width(&label) + text::width(&detail));
        spans.push(Span::styled(" ".repeat(gap), plain));
        spans.push(Span::styled(detail, dim));
        Line::from(spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Picker {
        let items = ["Why is the sky blue?", "Whisky, neat", "Бобр"]
            .map(|label| Item::new(label, "", Choice::Write(label.to_owned())));
        Picker::new("conversations", items.to_vec(), "none")
    }

    fn press(picker: &mut Picker, code: KeyCode) -> Outcome {
        picker.key(KeyEvent::new(code, KeyModifiers::NONE), &Keymap::default())
    }

    #[test]
    fn typing_narrows_the_list_and_enter_takes_the_best() {
        let mut picker = picker();
        for letter in "sky".chars() {
            press(&mut picker, KeyCode::Char(letter));
        }
        assert_eq!(picker.found.len(), 2);
        let chosen = press(&mut picker, KeyCode::Enter);
        assert_eq!(
            chosen,
            Outcome::Chosen(Choice::Write("Why is the sky blue?".to_owned()))
        );
        press(&mut picker, KeyCode::Char('z'));
        assert_eq!(press(&mut picker, KeyCode::Enter), Outcome::Consumed);
        for _ in 0..9 {
            press(&mut picker, KeyCode::Backspace);
        }
        assert_eq!(picker.found.len(), 3);
    }

    #[test]
    fn the_selection_stops_at_both_ends() {
        let mut picker = picker();
        press(&mut picker, KeyCode::Up);
        assert_eq!(picker.selected, 0);
        for _ in 0..9 {
            press(&mut picker, KeyCode::Down);
        }
        assert_eq!(picker.selected, 2);
        assert_eq!(press(&mut picker, KeyCode::Esc), Outcome::Close);
    }

    #[test]
    fn what_is_listed_controls_no_terminal() {
        let item = Item::new("a\u{1b}]0;x\u{7}", "\u{9b}2J", Choice::Write(String::new()));
        assert_eq!(item.label, "a␛]0;x^G");
        assert!(!item.detail.contains(char::is_control));
    }
}
