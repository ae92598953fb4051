//! Another key for an action: waits for one, tells what it would take away, and asks.
//!
//! ```text
//! ┌ another key ──────────────────────────────────┐
//! │ Load another model                            │
//! │ everywhere, today Alt-M                       │
//! │                                               │
//! │ Alt-U                                         │
//! │ it is 'undo' here, which would have no key    │
//! └──────── Enter binds it · Esc leaves it ───────┘
//! ```

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::{Outcome, hint, open_box};
use crate::config::{Action, Chord, Context, Keymap, Part, Theme};
use crate::text;
use crate::tui::pane::status::key_name;
use crate::words::tui::overlay as words;

/// What is to be bound, and the key that was pressed for it.
#[derive(Debug)]
pub struct BindLayer {
    action: Action,
    context: Context,
    /// Its keys of today.
    today: Vec<String>,
    pressed: Option<Pressed>,
}

#[derive(Debug)]
struct Pressed {
    chord: Chord,
    /// Why it cannot be bound, or what it would take away.
    says: Result<Vec<String>, String>,
}

impl BindLayer {
    /// For an action, where its usual key works.
    #[must_use]
    pub fn new(action: Action, keymap: &Keymap) -> Self {
        let bound = Context::ALL
            .into_iter()
            .find(|&context| keymap.keys(context, action).next().is_some());
        let context = Keymap::home_of(action).or(bound);
        let context = context.unwrap_or(Context::Global);
        let today = keymap.keys(context, action);
        Self {
            action,
            context,
            today: today.map(|chord| key_name(&chord.to_string())).collect(),
            pressed: None,
        }
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        if key.kind == KeyEventKind::Release {
            return Outcome::Consumed;
        }
        match (key.code, key.modifiers.is_empty()) {
            (KeyCode::Esc, true) => return Outcome::Close,
            (KeyCode::Enter, true) => {
                let bindable = self.pressed.as_ref().filter(|it| it.says.is_ok());
                return match bindable {
                    Some(pressed) => Outcome::Bind {
                        context: self.context,
                        chord: pressed.chord,
                        action: self.action,
                    },
                    None => Outcome::Consumed,
                };
            }
            _ => {}
        }
        let chord = Chord::of(key);
        // As the settings file would take it, so that what is written can be read.
        let says = match Chord::parse(&chord.to_string()) {
            Ok(_) => Ok(keymap.conflicts(self.context, chord, self.action)),
            Err(error) => Err(error.to_string()),
        };
        self.pressed = Some(Pressed { chord, says });
        Outcome::Consumed
    }

    pub(super) fn render(&self, theme: &Theme, screen: Rect, buffer: &mut Buffer) {
        let width = screen.width.saturating_sub(8).min(64);
        let area = open_box(theme, screen, (width + 4, 9), &words::ANOTHER_KEY, buffer);
        let today = match self.today.as_slice() {
            [] => words::NO_KEY_TODAY.into(),
            keys => words::today(keys.join(" ")),
        };
        let place = self.context.heading().to_lowercase();
        let mut rows = vec![
            (self.action.description().to_owned(), Part::Text),
            (words::place_and_key(place, today), Part::Dim),
            (String::new(), Part::Text),
        ];
        match &self.pressed {
            None => rows.push((words::PRESS_KEY.into(), Part::Text)),
            Some(pressed) => {
                rows.push((key_name(&pressed.chord.to_string()), Part::Key));
                match &pressed.says {
                    Ok(free) if free.is_empty() => {
                        rows.push((words::KEY_IS_FREE.into(), Part::Dim));
                    }
                    Ok(conflicts) => {
                        let told = conflicts.iter().cloned();
                        rows.extend(told.map(|says| (says, Part::Warning)));
                    }
                    Err(reason) => rows.push((reason.clone(), Part::Error)),
                }
            }
        }
        let mut lines = rows.into_iter().flat_map(|(says, part)| {
            let style = theme.style(part);
            let wrapped = text::wrap(&says, usize::from(area.width));
            let rows: Vec<_> = wrapped
                .into_iter()
                .map(|range| Line::styled(says[range].to_owned(), style))
                .collect();
            rows
        });
        for row in area.rows() {
            let Some(line) = lines.next() else { break };
            line.render(row, buffer);
        }
        let says = match &self.pressed {
            Some(pressed) if pressed.says.is_ok() => words::BIND_OR_LEAVE,
            _ => words::LEAVES_AS_IS,
        };
        hint(theme, &says, screen, area, buffer);
    }
}
