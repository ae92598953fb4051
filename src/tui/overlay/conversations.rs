//! The stored conversations: to open, pin, tag, name, archive, delete and bring back.
//!
//! ```text
//! ┌ conversations ──────────────────────────────────────────────────────────────────┐
//! │ › #sky                                  2 / 14 │ you                             │
//! │ ★ Why is the sky blue? #sky   today, 6 messages │ Why is the sky blue?           │
//! │ Red at dusk #sky              3 May, 2 messages │                                │
//! │                                                 │ SmolLM2                        │
//! │                                                 │ Rayleigh scattering.           │
//! └────────── alt-p pin · alt-t tag · f2 rename · alt-a archive · delete · esc close ┘
//! ```

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation as _;

use super::picker::{Choice, Item, Picker};
use super::{Outcome, hint, open_box};
use crate::chat::{ConversationId, Keeping, keeping};
use crate::config::{Action, Context, Keymap, Part, Theme};
use crate::driver::Summary;
use crate::text;
use crate::tui::format;
use crate::tui::pane::status::sentence;
use crate::words::tui::overlay as words;
use crate::words::{Phrase, nouns};

/// Columns of the screen from which on a conversation is seen beside the list.
const PREVIEW_FROM: u16 = 100;
/// Columns of the box at most.
const WIDEST: u16 = 180;

/// What is to be done with a stored conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Keep(ConversationId, Keeping),
    Rename(ConversationId, String),
    Delete(ConversationId),
    Restore(ConversationId),
}

/// What is typed about the selected conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Tags,
    Title,
}

/// The list, and what was done in it.
#[derive(Debug)]
pub struct ConversationsLayer {
    all: Vec<Summary>,
    /// Milliseconds since the Unix epoch, when it was opened.
    now: u64,
    /// They are still being read.
    awaited: bool,
    /// The archived ones are shown instead of the others.
    archived: bool,
    picker: Picker,
    entry: Option<(Question, ConversationId, String)>,
    /// The beginnings of conversations that were looked at.
    previews: HashMap<ConversationId, String>,
    /// What was deleted here, the last one last.
    deleted: Vec<Summary>,
    /// The last key deleted one: a letter brings it back at once.
    just_deleted: bool,
    /// What came of the last key, instead of what the keys do.
    told: Option<String>,
}

impl ConversationsLayer {
    /// The list as the store has it; `now` in milliseconds since the Unix epoch.
    #[must_use]
    pub fn new(all: Vec<Summary>, now: u64) -> Self {
        let mut layer = Self {
            all,
            now,
            awaited: false,
            archived: false,
            picker: Picker::new(words::CONVERSATIONS, Vec::new(), ""),
            entry: None,
            previews: HashMap::new(),
            deleted: Vec::new(),
            just_deleted: false,
            told: None,
        };
        layer.list(None);
        layer
    }

    /// A list that is still being read; what is typed meanwhile narrows it.
    #[must_use]
    pub fn awaiting(now: u64) -> Self {
        let mut layer = Self {
            awaited: true,
            ..Self::new(Vec::new(), now)
        };
        layer.list(None);
        layer
    }

    /// The list is there.
    pub fn fill(&mut self, all: Vec<Summary>) {
        if self.awaited {
            self.awaited = false;
            self.all = all;
            self.list(None);
        }
    }

    /// Shows what there is now, with this conversation selected.
    fn list(&mut self, selected: Option<&ConversationId>) {
        self.all.sort_by(|one, other| other.id.cmp(&one.id));
        self.all.sort_by_key(|one| !one.keeping.pinned);
        let shown = self.all.iter();
        let items = shown
            .filter(|one| one.keeping.archived == self.archived)
            .map(|one| item(one, self.now))
            .collect();
        let empty = if self.awaited {
            words::READING_CONVERSATIONS
        } else if self.archived {
            words::NONE_ARCHIVED
        } else {
            words::NONE_STORED
        };
        let title = if self.archived {
            words::ARCHIVED_CONVERSATIONS
        } else {
            words::CONVERSATIONS
        };
        let selected = selected.map(|id| Choice::Open(id.clone()));
        self.picker
            .replace(&title, items, &empty, selected.as_ref());
    }

    fn selected(&self) -> Option<&Summary> {
        let Some(Choice::Open(id)) = self.picker.choice() else {
            return None;
        };
        self.all.iter().find(|one| one.id == *id)
    }

    /// The conversation whose beginning is to be shown and is not known yet.
    #[must_use]
    pub fn wants_preview(&self, columns: u16) -> Option<&ConversationId> {
        let id = &self.selected()?.id;
        (columns >= PREVIEW_FROM && !self.previews.contains_key(id)).then_some(id)
    }

    /// Takes the beginning of a conversation, raw.
    pub fn preview(&mut self, id: ConversationId, text: String) {
        self.previews.insert(id, text);
    }

    /// A change was carried out, or was not; why.
    pub fn done(&mut self, change: Change, outcome: Result<String, String>) {
        let says = match outcome {
            Ok(says) => says,
            Err(reason) => {
                self.told = Some(reason);
                return;
            }
        };
        self.told = Some(says);
        let id = match &change {
            Change::Keep(id, _)
            | Change::Rename(id, _)
            | Change::Delete(id)
            | Change::Restore(id) => id.clone(),
        };
        let at = self.all.iter().position(|one| one.id == id);
        match (change, at) {
            (Change::Keep(_, keeping), Some(at)) => self.all[at].keeping = keeping,
            (Change::Rename(_, title), Some(at)) => self.all[at].title = title,
            (Change::Delete(_), Some(at)) => {
                let gone = self.all.remove(at);
                self.deleted.push(gone);
                self.just_deleted = true;
            }
            (Change::Restore(_), None) => self.all.extend(self.deleted.pop()),
            _ => {}
        }
        self.list(Some(&id));
    }

    pub(super) fn go(&mut self, rows: isize) {
        self.picker.go(rows);
    }

    pub(super) fn click(&mut self, at: Position, double: bool) -> Outcome {
        // What is typed belongs to the row that is selected.
        if self.entry.is_some() {
            return Outcome::Ignored;
        }
        self.told = None;
        self.picker.click(at, double)
    }

    pub(super) fn paste(&mut self, text: &str) {
        match &mut self.entry {
            Some((_, _, typed)) => {
                typed.extend(text.chars().filter(|letter| !letter.is_control()));
            }
            None => self.picker.filter_with(text),
        }
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        use Action as A;
        self.told = None;
        if self.entry.is_some() {
            return self.entry_key(key, keymap);
        }
        let context = if std::mem::take(&mut self.just_deleted) {
            Context::Deleted
        } else {
            Context::List
        };
        let action = keymap.action(context, key);
        match action {
            Some(A::ShowArchived) => {
                self.archived = !self.archived;
                let selected = self.selected().map(|one| one.id.clone());
                self.list(selected.as_ref());
                return Outcome::Consumed;
            }
            Some(A::Undo | A::RestoreDeleted) => {
                return match self.deleted.last() {
                    Some(last) => Outcome::Keep(Change::Restore(last.id.clone())),
                    None => {
                        self.told = Some(words::NOTHING_DELETED.into());
                        Outcome::Consumed
                    }
                };
            }
            _ => {}
        }
        let Some(one) = self.selected() else {
            return self.picker.key(key, keymap);
        };
        let (id, before) = (one.id.clone(), one.keeping.clone());
        let change = match action {
            Some(A::Pin) => Change::Keep(
                id,
                Keeping {
                    pinned: !before.pinned,
                    ..before
                },
            ),
            Some(A::Archive) => Change::Keep(
                id,
                Keeping {
                    archived: !before.archived,
                    ..before
                },
            ),
            Some(A::Delete) => Change::Delete(id),
            Some(A::Tag) => {
                self.entry = Some((Question::Tags, id, before.tags.join(" ")));
                return Outcome::Consumed;
            }
            Some(A::Rename) => {
                self.entry = Some((Question::Title, id, one.title.clone()));
                return Outcome::Consumed;
            }
            _ => return self.picker.key(key, keymap),
        };
        Outcome::Keep(change)
    }

    /// A key while tags or a title are typed.
    fn entry_key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        let Some((question, id, mut typed)) = self.entry.take() else {
            return Outcome::Ignored;
        };
        let chord = KeyModifiers::CONTROL | KeyModifiers::ALT;
        match keymap.action(Context::List, key) {
            Some(Action::Choose) => match self.answer(question, id.clone(), &typed) {
                Ok(change) => return Outcome::Keep(change),
                Err(reason) => self.told = Some(reason),
            },
            Some(Action::Back | Action::Interrupt) => return Outcome::Consumed,
            _ => match key.code {
                KeyCode::Char('u') if key.modifiers == KeyModifiers::CONTROL => typed.clear(),
                KeyCode::Backspace => pop(&mut typed),
                KeyCode::Char(letter) if !key.modifiers.intersects(chord) => typed.push(letter),
                _ => {}
            },
        }
        self.entry = Some((question, id, typed));
        Outcome::Consumed
    }

    fn answer(
        &self,
        question: Question,
        id: ConversationId,
        typed: &str,
    ) -> Result<Change, String> {
        Ok(match question {
            Question::Title => Change::Rename(id, typed.trim().to_owned()),
            Question::Tags => {
                let before = self.all.iter().find(|one| one.id == id);
                let before = before.map(|one| one.keeping.clone()).unwrap_or_default();
                let tags = if typed.trim().is_empty() {
                    Vec::new()
                } else {
                    keeping::tags(typed)?
                };
                let none = Keeping {
                    tags: Vec::new(),
                    ..before
                };
                Change::Keep(id, none.tagged(tags))
            }
        })
    }

    /// Gives where one types.
    pub(super) fn render(
        &mut self,
        theme: &Theme,
        keymap: &Keymap,
        screen: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let beside = screen.width >= PREVIEW_FROM;
        let width = screen
            .width
            .saturating_sub(4)
            .min(if beside { WIDEST } else { 92 });
        let rows = u16::try_from(self.picker.rows() + 3).unwrap_or(u16::MAX);
        let height = if beside {
            rows.max(screen.height / 2)
        } else {
            rows
        };
        let title = self.picker.title().to_owned();
        let area = open_box(theme, screen, (width, height), &title, buffer);
        if area.height == 0 {
            return None;
        }
        let list = if beside {
            let list = Rect {
                width: area.width * 11 / 20,
                ..area
            };
            self.render_preview(theme, area, list, buffer);
            list
        } else {
            area
        };
        let entry = self.entry.as_ref().map(|(question, _, typed)| {
            let asks = match question {
                Question::Tags => words::ASK_TAGS.text(),
                Question::Title => words::ASK_TITLE.text(),
            };
            (asks, typed.as_str())
        });
        let cursor = self.picker.render_in(theme, list, entry, buffer);
        let says = match (&self.told, &self.entry) {
            (Some(told), _) => text::visible_line(told).into_owned(),
            (None, Some(_)) => sentence(
                keymap,
                &[
                    (Context::List, &[Action::Choose], words::KEEPS_IT),
                    (Context::List, &[Action::Back], words::LEAVES_AS_WAS),
                ],
            ),
            (None, None) => self.keys(keymap),
        };
        hint(theme, &says, screen, area, buffer);
        cursor
    }

    /// The keys, the ways out last.
    fn keys(&self, keymap: &Keymap) -> String {
        use Action as A;
        let archived = if self.archived {
            words::SHOW_OTHERS
        } else {
            words::SHOW_ARCHIVED
        };
        let archive = if self.archived {
            words::UNARCHIVE
        } else {
            words::ARCHIVE
        };
        let wanted: [(Context, &[Action], Phrase); 7] = [
            (Context::List, &[A::ShowArchived], archived),
            (Context::List, &[A::Archive], archive),
            (Context::List, &[A::Rename], words::RENAME),
            (Context::List, &[A::Tag], words::TAG),
            (Context::List, &[A::Pin], words::PIN),
            (Context::List, &[A::Delete], words::REMOVE),
            (Context::List, &[A::Undo], words::UNDO),
        ];
        let without_undo = wanted.len() - usize::from(self.deleted.is_empty());
        sentence(keymap, &wanted[..without_undo])
    }

    fn render_preview(&self, theme: &Theme, area: Rect, list: Rect, buffer: &mut Buffer) {
        let line = Rect {
            x: list.right() + 1,
            width: 1,
            ..area
        };
        for row in line.rows() {
            Line::styled("│", theme.style(Part::Border)).render(row, buffer);
        }
        let left = (line.right() + 1).min(area.right());
        let inside = Rect {
            x: left,
            width: area.right() - left,
            ..area
        };
        let known = self.selected().and_then(|one| self.previews.get(&one.id));
        let Some(known) = known else { return };
        let shown = text::visible(known);
        let mut rows = inside.rows();
        for line in shown.lines() {
            let line = text::expand_tabs(line, 0);
            for range in text::wrap(&line, usize::from(inside.width)) {
                let Some(row) = rows.next() else { return };
                Line::styled(line[range].to_owned(), theme.style(Part::Text)).render(row, buffer);
            }
        }
    }
}

/// Takes the last character off, as it is seen.
pub(super) fn pop(text: &mut String) {
    let last = text.graphemes(true).next_back().map_or(0, str::len);
    text.truncate(text.len() - last);
}

fn item(one: &Summary, now: u64) -> Item {
    let detail = match &one.damage {
        Some(damage) => damage.clone(),
        None => format!(
            "{} · {}",
            format::age(now.saturating_sub(one.created)),
            format::count(one.messages as u64, nouns::MESSAGE)
        ),
    };
    let pin = if one.keeping.pinned { "★ " } else { "" };
    let title = match one.title.trim() {
        "" => words::NO_WORDS.text(),
        title => title,
    };
    let label = format!("{pin}{title} {}", one.keeping.tag_line());
    Item::new(label.trim_end(), &detail, Choice::Open(one.id.clone()))
}
