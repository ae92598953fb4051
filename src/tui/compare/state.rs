//! What is shown, and what events and keys do to it. No terminal, no clock.

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::areas::Areas;
use super::heat::Heat;
use super::help;
use crate::chat::Pieces;
use crate::config::{Action, Context, Glyphs, Keymap, Theme, UiSettings, Units};
use crate::inference::{
    CompareEvent, ComparedOdds, ComparedToken, EngineError, EngineEvent, RequestId,
};
use crate::probability::{Comparison, Totals};
use crate::tui::overlay::{Outcome, TextLayer};
use crate::tui::passage::Passage;

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// No model has told anything yet.
    Starting,
    /// The second model is loaded after the first; `fraction` is 0..=1.
    Loading {
        second: bool,
        fraction: f32,
    },
    Reading,
    Done,
    /// It broke off; what came stays.
    Failed(EngineError),
}

/// What the loop is to do after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Leave,
    /// The reading was stopped before its end.
    Interrupt,
    Redraw,
    Suspend,
}

/// The comparison as the screen knows it.
#[derive(Debug)]
pub struct State {
    /// The files' names until the models say theirs. Raw.
    pub names: [String; 2],
    pub theme: Theme,
    pub keymap: Keymap,
    /// What the terminal can draw.
    pub glyphs: Glyphs,
    pub stage: Stage,
    pub(super) units: Units,
    /// Tokens of the text; 0 until they are counted.
    pub(super) total: u32,
    pub(super) heat: Heat,
    pub(super) help: Option<TextLayer>,
    /// The token under the cursor has the whole screen.
    pub(super) whole: bool,
    pub(super) text: Passage,
    pub(super) tokens: Vec<ComparedToken>,
    pub(super) pieces: Pieces,
    pub(super) cursor: usize,
    /// The first row that is seen.
    pub(super) first: usize,
    sum: Comparison,
    /// Of the tokens that came until the last frame.
    totals: Option<Totals>,
    /// The cursor was put there as one of the largest divergences, and goes on to the next.
    walking: bool,
    /// Rows that are seen.
    height: usize,
    compare: RequestId,
}

impl State {
    /// Nothing has come yet. `compare` is the request of the comparison; the first model's load
    /// has another.
    #[must_use]
    pub fn new(
        names: [String; 2],
        compare: RequestId,
        ui: &UiSettings,
        theme: Theme,
        keymap: Keymap,
    ) -> Self {
        Self {
            names,
            theme,
            keymap,
            glyphs: Glyphs::All,
            stage: Stage::Starting,
            units: ui.units,
            total: 0,
            heat: Heat::new(ui.color_by),
            help: None,
            whole: false,
            text: Passage::default(),
            tokens: Vec::new(),
            pieces: Pieces::new(),
            cursor: 0,
            first: 0,
            sum: Comparison::new(),
            totals: None,
            walking: false,
            height: 1,
            compare,
        }
    }

    /// Takes in what the engine tells.
    pub fn event(&mut self, event: EngineEvent) {
        match event {
            EngineEvent::Loading { request, fraction } => {
                self.stage = Stage::Loading {
                    second: request == self.compare,
                    fraction,
                };
            }
            EngineEvent::Loaded { model, .. } => self.names[0] = model.title(),
            EngineEvent::Compare { event, .. } => match event {
                CompareEvent::Started { other, total } => {
                    self.names[1] = other.title();
                    self.total = total;
                    self.stage = Stage::Reading;
                }
                CompareEvent::Read { tokens, pieces } => {
                    let pieces = pieces.into_iter().map(|piece| (piece.id, piece.bytes));
                    self.pieces.extend(pieces);
                    for token in tokens {
                        self.push(token);
                    }
                }
            },
            EngineEvent::CompareFinished { .. } => self.stage = Stage::Done,
            EngineEvent::Failed { error, .. } => self.fail(error),
            EngineEvent::Exited(exit) => self.fail(EngineError::Died(exit)),
            _ => {}
        }
    }

    /// Nothing more will come. What was told before stays the reason.
    pub fn fail(&mut self, error: EngineError) {
        if !self.has_ended() {
            self.stage = Stage::Failed(error);
        }
    }

    /// Whether nothing more will come.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.stage, Stage::Done | Stage::Failed(_))
    }

    fn push(&mut self, token: ComparedToken) {
        if let Some(odds) = &token.odds {
            self.sum.add(odds.as_ref().into());
            // The first token that says something.
            if self.tokens.len() == 1 && self.cursor == 0 {
                self.cursor = 1;
            }
        }
        self.text.push(&token.bytes);
        self.tokens.push(token);
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: KeyEvent) -> Option<Wish> {
        use Action as A;
        let action = self.keymap.action(Context::Compare, key);
        if let Some(layer) = &mut self.help {
            if action == Some(A::Back) || layer.key(key, &self.keymap) == Outcome::Close {
                self.help = None;
            }
            return None;
        }
        let page = self.height.saturating_sub(1).max(1).cast_signed();
        match action? {
            A::Back if self.whole => self.whole = false,
            A::Interrupt if !self.has_ended() => return Some(Wish::Interrupt),
            A::Back | A::Interrupt | A::Leave => return Some(Wish::Leave),
            A::Redraw => return Some(Wish::Redraw),
            A::Suspend => return Some(Wish::Suspend),
            A::Help => self.help = Some(help::layer(&self.keymap)),
            A::BranchHere => self.whole = !self.whole,
            A::ColorBy => self.heat = self.heat.next(),
            A::Units => self.units = self.units.other(),
            A::PreviousToken => self.go(self.cursor.saturating_sub(1)),
            A::NextToken => self.go(self.cursor + 1),
            A::PreviousCandidate | A::ScrollUp => self.go_by_rows(-1),
            A::NextCandidate | A::ScrollDown => self.go_by_rows(1),
            A::PageUp => self.go_by_rows(-page),
            A::PageDown => self.go_by_rows(page),
            A::ScrollTop => self.go(0),
            A::ScrollBottom => self.go(usize::MAX),
            A::NextUncertain => self.walk(1),
            A::PreviousUncertain => self.walk(-1),
            _ => {}
        }
        None
    }

    /// Goes by rows, as the mouse wheel asks.
    pub fn scroll(&mut self, rows: i32) {
        let rows = rows as isize;
        match &mut self.help {
            Some(layer) => layer.scroll(rows),
            None => self.go_by_rows(rows),
        }
    }

    /// Looks at the token that is seen at a cell of either map.
    pub fn click(&mut self, screen: Rect, column: u16, row: u16) {
        if self.help.is_none()
            && !self.whole
            && let Some((row, column)) = Areas::divide(screen).cell(column, row)
            && let Some(token) = self.text.token_in(self.first + row, column)
        {
            self.go(token);
        }
    }

    fn go(&mut self, token: usize) {
        self.walking = false;
        self.cursor = token.min(self.tokens.len().saturating_sub(1));
    }

    fn go_by_rows(&mut self, rows: isize) {
        let column = self.text.column_of(self.cursor);
        let last = self.text.rows().len().saturating_sub(1);
        let row = self.text.row_of(self.cursor);
        let row = row.saturating_add_signed(rows).min(last);
        if let Some(token) = self.text.token_in(row, column) {
            self.go(token);
        }
    }

    /// To the largest divergence, from there to the next largest, or back.
    fn walk(&mut self, by: isize) {
        let ranking = self.ranking();
        let here = ranking.iter().position(|&token| token == self.cursor);
        let place = match here.filter(|_| self.walking) {
            Some(place) => place.saturating_add_signed(by),
            None => 0,
        };
        if let Some(&token) = ranking.get(place.min(ranking.len().saturating_sub(1))) {
            self.cursor = token;
            self.walking = true;
        }
    }

    /// The tokens that both models said something of, the largest divergence first.
    fn ranking(&self) -> Vec<usize> {
        let divergence = |token: usize| self.odds(token).map_or(0.0, |odds| odds.divergence);
        let mut ranking: Vec<usize> = (0..self.tokens.len())
            .filter(|&token| self.odds(token).is_some())
            .collect();
        ranking.sort_by(|&a, &b| divergence(b).total_cmp(&divergence(a)));
        ranking
    }

    /// Which of the divergences the one under the cursor is, the largest first, counted from 1.
    pub(super) fn place(&self) -> Option<usize> {
        let here = self.odds(self.cursor)?.divergence;
        let before = (0..self.tokens.len()).filter(|&token| {
            self.odds(token).is_some_and(|odds| {
                odds.divergence > here || (odds.divergence == here && token < self.cursor)
            })
        });
        Some(before.count() + 1)
    }

    /// Whether there is nothing to look at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    pub(super) fn odds(&self, token: usize) -> Option<&ComparedOdds> {
        self.tokens.get(token)?.odds.as_deref()
    }

    /// The numbers of all that came. Sorting it takes longer than reading another token, so it is
    /// done once a frame.
    pub(super) fn totals(&mut self) -> Option<Totals> {
        if self.totals.map_or(0, |totals| totals.tokens) != self.sum.tokens() {
            self.totals = self.sum.totals();
        }
        self.totals
    }

    /// Wraps the text to the maps' width, and brings the cursor's row into what is seen.
    pub(super) fn prepare(&mut self, width: usize, height: usize) {
        self.text.wrap(width);
        self.height = height.max(1);
        let row = self.text.row_of(self.cursor);
        let last = self.text.rows().len().saturating_sub(self.height);
        self.first = self
            .first
            .clamp((row + 1).saturating_sub(self.height), row)
            .min(last);
    }
}
