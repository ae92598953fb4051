//! What the interface knows beyond the session: where the user is, and what is open.

use std::cell::RefCell;
use std::time::Duration;

use ratatui::layout::Rect;

use super::along::Along;
use super::asking::Asking;
use super::composer::Composer;
use super::dropped::Dropped;
use super::layout::{Areas, Border, Pane, Wish, divide, side_columns};
use super::meters::Meters;
use super::notices::Notices;
use super::offering::Offering;
use super::overlay::Layer;
use super::paint::Paints;
use super::pane::status::key_or_name;
use super::pane::throughput;
use super::scroll::Scroll;
use super::selection::{End, Selection};
use super::transcript::{Reading, Transcript};
use super::walk::{Place, Token, Tokens};
use crate::chat::{Answer, MessageId, Node, Session};
use crate::config::{
    Action, ColorBy, Context, Editing, Glyphs, Keymap, Panes, ReasoningShown, Theme, UiSettings,
    Units,
};
use crate::inference::{Reconsidered, TokenTrace};
use crate::text;
use crate::words::tui::view as words;

/// Rows of notices above the input at most.
const NOTICE_ROWS: usize = 4;
/// Columns of the mark before the input.
pub const PROMPT_WIDTH: u16 = 2;

/// What has the keys when nothing lies over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Input,
    Pane(Pane),
}

/// The token cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenCursor {
    pub message: MessageId,
    pub place: Place,
    /// Which of its alternatives is looked at; `None`: the chosen one.
    pub candidate: Option<usize>,
}

impl TokenCursor {
    /// Which of the answer's own tokens it is on, if it is on one.
    #[must_use]
    pub fn written(&self) -> Option<usize> {
        match self.place {
            Place::Written(index) => Some(index),
            Place::Read(_) => None,
        }
    }
}

/// What the left button went down on, and when it did before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pointer {
    /// The cell and the time of the last click, until a second one made it a double click.
    pub clicked: Option<(u16, u16, Duration)>,
    pub held: Option<Held>,
}

/// What dragging moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    Border(Border),
    /// A mark that began here.
    Text(End),
}

/// A token of a message: what the token pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenAt {
    pub message: MessageId,
    pub place: Place,
    /// Its number in the message, counted from 0.
    pub number: usize,
    /// Tokens of the message.
    pub of: usize,
}

/// The state of the interface.
#[derive(Debug)]
pub struct App {
    pub keymap: Keymap,
    pub theme: Theme,
    pub color_by: ColorBy,
    /// The markup of answers is rendered.
    pub markdown: bool,
    /// The terminal takes addresses beside the text.
    pub links: bool,
    /// What is shown of what a model thinks.
    pub reasoning: ReasoningShown,
    /// How the code that was seen is coloured.
    pub paints: Paints,
    /// The code block that was copied last, if nothing was done since.
    pub copied: Option<(MessageId, usize)>,
    pub units: Units,
    /// A token under this probability is uncertain, 0..=1.
    pub uncertain: f32,
    /// Continuations that are asked for at once.
    pub fan_out: u16,
    /// A byte of a message that the cursor is to go to once the message is cut into tokens.
    pub aim: Option<(MessageId, usize)>,
    /// What was last searched for in the tokens' text.
    pub sought: String,
    /// The odds that were stored are shown, also where those of now are known.
    pub stored: bool,
    /// What the terminal can draw.
    pub glyphs: Glyphs,
    /// The time of the last event, on the driver's scale.
    pub now: Duration,
    pub screen: Rect,
    pub focus: Focus,
    /// The pane that is seen where there is room for one.
    pub pane: Pane,
    /// Which panes are hidden, and where their borders are.
    pub panes: Panes,
    /// `pane` has the room of all.
    pub zoomed: bool,
    pub composer: Composer,
    pub transcript: Transcript,
    pub cursor: Option<TokenCursor>,
    /// The message that was chosen, while the conversation has the keys.
    pub chosen: Option<MessageId>,
    /// The token cursor and window that the transcript was last scrolled for.
    pub revealed: Option<(TokenCursor, Rect)>,
    /// The terminal reports the mouse.
    pub mouse: bool,
    /// What the mouse is at.
    pub pointer: Pointer,
    /// The alternatives in the token pane, where no token cursor goes through them.
    pub candidates: Scroll,
    /// Which alternative each row of the token pane showed last.
    pub candidate_rows: RefCell<Vec<Option<usize>>>,
    pub throughput: Scroll,
    /// What is marked, to be copied or added up.
    pub selection: Option<Selection>,
    /// The message that the input is to replace, as a branch.
    pub editing: Option<MessageId>,
    /// What replaces it is kept as its correction.
    pub correcting: bool,
    /// What the input asks for, while it is not a message.
    pub asking: Option<Asking>,
    /// The newest token as of the last refresh, while no token cursor says another one.
    pub newest: Option<TokenAt>,
    pub(super) along: Along,
    pub notices: Notices,
    /// A model that is not here and can be had.
    pub offering: Option<Offering>,
    /// Nothing was set and nothing said yet: the panes explain themselves.
    pub first_run: bool,
    /// What lies over the panes; the last one has the keys.
    pub layers: Vec<Layer>,
    pub meters: Meters,
    /// Files whose paths were just pasted, and may be attached instead.
    pub dropped: Option<Dropped>,
    /// The command that runs for the message.
    pub shell: Option<String>,
    /// Ctrl-C was pressed with nothing to stop or clear: the next one leaves.
    pub leaving: bool,
}

impl App {
    /// The state before anything happened.
    #[must_use]
    pub fn new(keymap: Keymap, theme: Theme, ui: &UiSettings) -> Self {
        let mut composer = Composer::default();
        composer.use_vi(ui.editing == Editing::Vi);
        Self {
            keymap,
            theme,
            color_by: ui.color_by,
            markdown: ui.markdown,
            links: false,
            reasoning: ReasoningShown::Auto,
            paints: Paints::default(),
            copied: None,
            units: ui.units,
            uncertain: ui.uncertain,
            fan_out: ui.fan_out,
            aim: None,
            sought: String::new(),
            stored: false,
            glyphs: Glyphs::All,
            now: Duration::ZERO,
            screen: Rect::default(),
            focus: Focus::Input,
            pane: Pane::Conversation,
            panes: Panes::default(),
            zoomed: false,
            composer,
            transcript: Transcript::new(),
            cursor: None,
            chosen: None,
            revealed: None,
            mouse: ui.mouse,
            pointer: Pointer::default(),
            candidates: Scroll::default(),
            candidate_rows: RefCell::default(),
            throughput: Scroll::default(),
            selection: None,
            editing: None,
            correcting: false,
            asking: None,
            newest: None,
            along: Along::default(),
            notices: Notices::default(),
            offering: None,
            first_run: false,
            layers: Vec::new(),
            meters: Meters::default(),
            dropped: None,
            shell: None,
            leaving: false,
        }
    }

    /// The areas of a frame.
    #[must_use]
    pub fn areas(&self, session: &Session) -> Areas {
        divide(self.screen, self.wish(session))
    }

    fn wish(&self, session: &Session) -> Wish {
        let width = self.input_width();
        let most = usize::from(self.screen.height / 3).max(1);
        let rows = self.composer.editor.height(width, most) + self.notice_rows(session).len();
        let columns = side_columns(self.screen.width, self.panes);
        Wish {
            pane: self.pane,
            throughput_rows: throughput::rows(self, session),
            further_rows: throughput::further_rows(self, session, columns.saturating_sub(2)),
            input_rows: u16::try_from(rows).unwrap_or(u16::MAX),
            token_cursor: self.cursor.is_some(),
            panes: self.panes,
            zoomed: self.zoomed,
        }
    }

    /// Columns for the text that is typed.
    #[must_use]
    pub fn input_width(&self) -> usize {
        let frame = if self.screen.width < 40 || self.screen.height < 10 {
            0
        } else {
            4
        };
        usize::from(self.screen.width.saturating_sub(frame + PROMPT_WIDTH)).max(1)
    }

    /// Where the user is, as far as keys go.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.asking.is_some() {
            Context::Input
        } else if self.cursor.is_some() {
            Context::Token
        } else if self.focus == Focus::Input {
            Context::Input
        } else {
            Context::Pane
        }
    }

    /// The key for an action there, to be said.
    #[must_use]
    pub fn key_in(&self, context: Context, action: Action) -> String {
        key_or_name(&self.keymap, context, action)
    }

    /// The notices as rows, the newest last. Where there is no frame there is no room for them
    /// but the newest.
    #[must_use]
    pub fn notice_rows(&self, session: &Session) -> Vec<(crate::chat::Severity, String)> {
        let width = self.input_width() + usize::from(PROMPT_WIDTH);
        let mut rows = Vec::new();
        if let Some(reason) = session.unsaved() {
            let sentence = words::not_saved(reason);
            rows.push((
                crate::chat::Severity::Error,
                text::fit(&text::visible_line(&sentence), width).into_owned(),
            ));
        }
        if let Some(command) = &self.shell {
            let command = text::visible_line(command);
            let stops = self.key_in(self.context(), Action::Interrupt);
            let sentence = words::running(command, stops);
            let sentence = text::fit(&sentence, width).into_owned();
            rows.push((crate::chat::Severity::Info, sentence));
        }
        for notice in self.notices.iter() {
            for line in text::visible(&notice.text).lines() {
                let line = text::expand_tabs(line, 0);
                for row in text::wrap(&line, width) {
                    rows.push((notice.severity, line[row].to_owned()));
                }
            }
        }
        let small = self.screen.width < 40 || self.screen.height < 10;
        let most = if small {
            usize::from(self.screen.height > 3)
        } else {
            NOTICE_ROWS.min(usize::from(self.screen.height / 5))
        };
        rows.split_off(rows.len().saturating_sub(most))
    }

    /// Where the conversation's text goes.
    #[must_use]
    pub fn conversation_text(areas: &Areas) -> Rect {
        let Some(area) = areas.conversation else {
            return Rect::default();
        };
        if areas.framed {
            // Borders, and a column of air on either side.
            Rect {
                x: area.x + 2,
                y: area.y + 1,
                width: area.width.saturating_sub(4),
                height: area.height.saturating_sub(2),
            }
        } else {
            area
        }
    }

    /// Lays out what the next frame shows.
    pub fn prepare(&mut self, session: &Session) {
        let areas = self.areas(session);
        let text = Self::conversation_text(&areas);
        if areas.conversation.is_some() {
            self.transcript.read(self.reading());
            self.transcript
                .refresh(session, usize::from(text.width), usize::from(text.height));
        }
        self.hold_cursor(session);
        self.hold_selection(session);
        self.hold_chosen(session);
        self.reveal_cursor(session, text);
        self.paints.want(session, &self.transcript);
    }

    /// What is coloured, walked or marked by its bytes is shown as it was written: markup is of
    /// tokens too.
    fn reading(&self) -> Reading {
        Reading {
            markdown: self.markdown,
            raw: self.color_by != ColorBy::Off || self.selection.is_some(),
            walked: self.cursor.map(|cursor| cursor.message),
            links: self.links,
            reasoning: self.reasoning,
        }
    }

    /// Whether every byte of an answer is shown as it was written, its reasoning too.
    #[must_use]
    pub fn shows_every_byte(&self, message: MessageId) -> bool {
        let reading = self.reading();
        reading.raw || reading.walked == Some(message)
    }

    /// Keeps the cursor on a token: the one it stood for may have been cut meanwhile, or be gone.
    fn hold_cursor(&mut self, session: &Session) {
        let Some(cursor) = &mut self.cursor else {
            self.aim = None;
            return;
        };
        if let Some((message, raw)) = self.aim
            && let Some(place) =
                Tokens::of(session, message).and_then(|tokens| tokens.covering(raw))
        {
            self.aim = None;
            if cursor.message == message {
                cursor.place = place;
            }
        }
        match cursor.place {
            Place::Written(index) => {
                let gone = answer_of(session, cursor.message)
                    .is_none_or(|answer| index >= answer.traces.len());
                if gone {
                    self.cursor = None;
                }
            }
            Place::Read(index) => {
                let read = session.reading(cursor.message);
                let last = read.map_or(0, |reading| reading.tokens.len().saturating_sub(1));
                let cut = read.is_some_and(|reading| !reading.tokens.is_empty());
                if cut && index > last {
                    cursor.place = Place::Read(last);
                }
                if session.conversation().node(cursor.message).is_none() {
                    self.cursor = None;
                }
            }
        }
    }

    /// A message stays chosen as long as it is shown and the conversation has the keys.
    fn hold_chosen(&mut self, session: &Session) {
        let held = self.focus == Focus::Pane(Pane::Conversation) && self.cursor.is_none();
        self.chosen = self
            .chosen
            .filter(|chosen| held && session.conversation().path().contains(chosen));
    }

    /// The message that a key is about: the one under the token cursor, else the chosen one.
    #[must_use]
    pub fn at_hand(&self) -> Option<MessageId> {
        self.cursor.map(|cursor| cursor.message).or(self.chosen)
    }

    /// Scrolls to the token cursor when it moved, or when the window did.
    fn reveal_cursor(&mut self, session: &Session, window: Rect) {
        let wanted = self.cursor.map(|cursor| (cursor, window));
        if wanted == self.revealed {
            return;
        }
        self.revealed = wanted;
        if let Some(cursor) = self.cursor
            && let Some(tokens) = Tokens::of(session, cursor.message)
        {
            let start = tokens.at(cursor.place).map_or(0, |token| token.span.start);
            self.transcript.reveal(session, cursor.message, start);
        }
    }

    /// The token that the token pane shows.
    #[must_use]
    pub fn shown_token(&self, session: &Session) -> Option<TokenAt> {
        match self.cursor {
            Some(cursor) => {
                let tokens = Tokens::of(session, cursor.message)?;
                let number = tokens.number(cursor.place).unwrap_or(0);
                Some(TokenAt {
                    message: cursor.message,
                    place: cursor.place,
                    number,
                    of: match self.newest {
                        // As of the last refresh, while more comes.
                        Some(newest) if newest.message == cursor.message && session.is_busy() => {
                            newest.of.max(number + 1)
                        }
                        _ => tokens.len(),
                    },
                })
            }
            None => self.newest,
        }
    }

    /// What a token has with the settings of now, where that is to be shown.
    #[must_use]
    pub fn now<'a>(&self, tokens: &Tokens<'a>, place: Place) -> Option<&'a Reconsidered> {
        (!self.stored).then(|| tokens.now(place)).flatten()
    }

    /// The odds of a token that are shown: those of now, or those that were stored.
    #[must_use]
    pub fn odds<'a>(&self, tokens: &Tokens<'a>, token: &Token) -> Option<&'a TokenTrace> {
        let now = self.now(tokens, token.place).map(|now| &now.trace);
        now.or_else(|| tokens.trace(token.place))
    }

    /// Follows the newest token of the shown path.
    pub fn follow_newest(&mut self, session: &Session) {
        self.newest = newest_answer(session).map(|(message, answer)| TokenAt {
            message,
            place: Place::Written(answer.traces.len() - 1),
            number: answer.traces.len() - 1,
            of: answer.traces.len(),
        });
    }
}

/// What is known of an answer.
#[must_use]
pub fn answer_of(session: &Session, message: MessageId) -> Option<&Answer> {
    session.conversation().node(message)?.answer.as_deref()
}

/// The last answer on the shown path that has tokens.
#[must_use]
pub fn newest_answer(session: &Session) -> Option<(MessageId, &Answer)> {
    let conversation = session.conversation();
    let mut at = conversation.head;
    while let Some(node) = at.and_then(|id| conversation.node(id)) {
        if let Some(answer) = node
            .answer
            .as_deref()
            .filter(|answer| !answer.traces.is_empty())
        {
            return Some((node.id, answer));
        }
        at = node.parent;
    }
    None
}

/// The name that a message is headed with, raw.
#[must_use]
pub fn speaker(node: &Node) -> String {
    use crate::inference::Role;
    match (&node.answer, node.role) {
        (None, Role::Assistant) if node.corrects.is_some() => words::CORRECTED_BY_YOU.into(),
        (Some(answer), _) if !answer.model.is_empty() => answer.model.clone(),
        (_, Role::System) => words::SYSTEM.into(),
        (_, Role::User) => words::YOU.into(),
        (_, Role::Assistant) => words::ASSISTANT.into(),
    }
}
