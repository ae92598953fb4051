//! Continuations that are written together, as they grow.
//!
//! ```text
//! ┌ 4 continuations ─────────────────────────────────────────────────────┐
//! │ 128 tokens in 31 decodes; 40 of 41 tokens before them were cached     │
//! │ …because of a process called                                          │
//! │ ▸ 1 ·Rayleigh 62.1 %              │   2 ·scattering 21.0 %            │
//! │   perplexity 2.31, 42 tokens      │   perplexity 5.10, 38 tokens      │
//! │  Rayleigh scattering, which is    │  scattering of light by small     │
//! │ a natural phenomenon              │ molecules                         │
//! └───────────────── ←→ another · Enter goes on with it · Esc closes ────┘
//! ```
//!
//! In columns where there is room, else one below the other; where not even that fits, those that
//! are not looked at have a row each. All of them stay as branches of the conversation.

use std::ops::Range;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::heat::{self, Heat};
use super::{Choice, Outcome, hint, open_box, scrolled_rows};
use crate::chat::session::{Activity, Continuation, Fan};
use crate::chat::{AnswerState, MessageId, Node, Session, branches};
use crate::config::{Action, Context, Keymap, Part};
use crate::inference::StopReason;
use crate::text;
use crate::tui::app::App;
use crate::tui::flow::{self, Place, Row};
use crate::tui::format;
use crate::tui::pane::status::sentence;
use crate::words::tui::branches as words;
use crate::words::{Phrase, nouns};

/// Columns that a continuation needs to stand beside others.
const COLUMN: u16 = 30;
/// Columns of the line between two.
const GAP: u16 = 3;
/// Rows that one needs to stand below another with some of its text.
const STACKED: u16 = 3;
/// From this width on a row that tells all of one has its perplexity.
const WITH_SURENESS: u16 = 56;
/// Columns of the mark before the one that is looked at.
const MARK: u16 = 2;

/// The continuations, and the one that is looked at.
#[derive(Debug, Default)]
pub struct FanLayer {
    selected: usize,
    laid: Vec<Laid>,
    /// The first row of the texts in the window; `None`: the newest ones.
    first: Option<usize>,
    /// Rows of text in the window.
    height: usize,
    /// Where each of them is, as of the last frame.
    areas: Vec<Rect>,
}

/// A continuation as rows.
#[derive(Debug, Default)]
struct Laid {
    message: Option<MessageId>,
    version: u64,
    width: u16,
    /// The bytes of its tokens.
    spans: Vec<Range<usize>>,
    rows: Vec<Row>,
}

impl Laid {
    fn refresh(&mut self, node: &Node, from: usize, width: u16) {
        let (message, version) = (Some(node.id), node.version);
        if (self.message, self.version, self.width) == (message, version, width) {
            return;
        }
        *self = Self {
            message,
            version,
            width,
            spans: node
                .answer
                .as_deref()
                .map_or_else(Vec::new, |answer| answer.spans(node.content.len())),
            rows: Vec::new(),
        };
        let start = Place {
            raw: from,
            inner: 0,
        };
        flow::wrap(&node.content, start, usize::from(width), &mut self.rows);
    }
}

impl FanLayer {
    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap, session: &Session) -> Outcome {
        use Action as A;
        let Some(fan) = session.fan() else {
            return Outcome::Close;
        };
        let action = keymap.action(Context::Token, key);
        match action {
            Some(A::PreviousToken | A::PreviousCandidate) => self.go(fan, -1),
            Some(A::NextToken | A::NextCandidate | A::FanOut) => self.go(fan, 1),
            Some(A::BranchHere) => {
                return match fan.branches().get(self.selected) {
                    Some(chosen) => Outcome::Chosen(Choice::Show(chosen.message)),
                    None => Outcome::Consumed,
                };
            }
            Some(A::Interrupt) if fan.is_running() => return Outcome::Stop,
            Some(A::Back | A::Interrupt) => return Outcome::Close,
            Some(action) => match scrolled_rows(action, self.height) {
                Some(rows) => self.scroll(rows),
                None => return Outcome::Ignored,
            },
            None => return Outcome::Ignored,
        }
        Outcome::Consumed
    }

    pub(super) fn click(&mut self, at: Position, double: bool, session: &Session) -> Outcome {
        let clicked = self.areas.iter().position(|area| area.contains(at));
        let branches = session.fan().map_or(&[][..], Fan::branches);
        let Some((place, branch)) = clicked.and_then(|it| Some((it, branches.get(it)?))) else {
            return Outcome::Ignored;
        };
        self.selected = place;
        if double {
            return Outcome::Chosen(Choice::Show(branch.message));
        }
        Outcome::Consumed
    }

    fn go(&mut self, fan: &Fan, by: isize) {
        let last = fan.branches().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Scrolls all of them together; at the end they follow what comes.
    pub(super) fn scroll(&mut self, rows: isize) {
        let longest = self.laid.iter().map(|laid| laid.rows.len()).max();
        let last = longest.unwrap_or(0).saturating_sub(self.height);
        let first = self.first.unwrap_or(last).saturating_add_signed(rows);
        self.first = (first < last).then_some(first);
    }

    pub(super) fn render(
        &mut self,
        app: &App,
        session: &Session,
        screen: Rect,
        buffer: &mut Buffer,
    ) {
        let fan = session.fan();
        let branches = fan.map_or(&[][..], Fan::branches);
        let title = match branches.len() {
            0 => words::CONTINUATIONS.into(),
            count => format::count(count as u64, nouns::CONTINUATION),
        };
        let size = (screen.width, screen.height);
        let area = open_box(&app.theme, screen, size, &title, buffer);
        if area.height < 2 || area.width == 0 {
            return;
        }
        let Some(fan) = fan else {
            let says = words::OF_ANOTHER_CONVERSATION;
            Line::styled(says, app.theme.style(Part::Dim)).render(area, buffer);
            return;
        };
        let running = fan.is_running();
        if branches.is_empty() {
            unbegun(app, session, fan, area, buffer);
        } else {
            let head = heading(app, session, fan, area, buffer);
            let body = Rect {
                y: area.y + head,
                height: area.height - head,
                ..area
            };
            self.continuations(app, session, branches, body, buffer);
        }
        let says = keys(&app.keymap, running, !branches.is_empty());
        hint(&app.theme, &says, screen, area, buffer);
    }

    fn continuations(
        &mut self,
        app: &App,
        session: &Session,
        branches: &[Continuation],
        body: Rect,
        buffer: &mut Buffer,
    ) {
        self.laid.resize_with(branches.len(), Laid::default);
        self.selected = self.selected.min(branches.len() - 1);
        let places = places(branches.len(), self.selected, body);
        let both = places.iter().map(|(head, text)| head.union(*text));
        self.areas = both.collect();
        for (at, (branch, place)) in branches.iter().zip(places).enumerate() {
            let Some(node) = session.conversation().node(branch.message) else {
                continue;
            };
            let (head, area) = place;
            head_of(app, node, branch, at, at == self.selected, head, buffer);
            if area.height == 0 {
                continue;
            }
            if area.x > body.x {
                for row in body.rows() {
                    let style = app.theme.style(Part::Border);
                    buffer.set_string(area.x - 2, row.y, "│", style);
                }
            }
            let laid = &mut self.laid[at];
            laid.refresh(node, branch.from, area.width);
            self.height = usize::from(area.height);
            let last = laid.rows.len().saturating_sub(self.height);
            let first = self.first.map_or(last, |first| first.min(last));
            let heat = Heat {
                app,
                node,
                spans: &laid.spans,
                marked: Some(branch.from),
            };
            for (area, row) in area.rows().zip(laid.rows.iter().skip(first)) {
                heat.row(*row, area, buffer);
            }
        }
    }
}

/// What the keys do while they are `written`, and where there are `any`.
fn keys(keymap: &Keymap, written: bool, any: bool) -> String {
    use Action as A;
    let of = |actions: &'static [Action], says| (Context::Token, actions, says);
    let mut wanted: Vec<(Context, &[Action], Phrase)> = Vec::new();
    if written {
        wanted.push(of(&[A::Interrupt], words::STOPS));
    } else if any {
        wanted.push(of(&[A::PageUp, A::PageDown], words::SCROLL));
    }
    if any {
        wanted.push(of(&[A::PreviousToken, A::NextToken], words::ANOTHER));
        wanted.push(of(&[A::BranchHere], words::GOES_ON));
    }
    wanted.push(of(&[A::Back], words::CLOSES));
    sentence(keymap, &wanted)
}

/// What they cost, and the end of what they go on from; one row where rows are few. Gives
/// the number of rows.
fn heading(app: &App, session: &Session, fan: &Fan, area: Rect, buffer: &mut Buffer) -> u16 {
    let width = usize::from(area.width);
    let dim = app.theme.style(Part::Dim);
    let cost = text::fit(&cost(fan, width), width).into_owned();
    Line::styled(cost, dim).render(area, buffer);
    if area.height < 12 {
        return 1;
    }
    let excerpt = before(session, fan);
    let excerpt = heat::last_columns(&excerpt, width);
    let row = Rect {
        y: area.y + 1,
        height: 1,
        ..area
    };
    Line::styled(excerpt, app.theme.style(Part::Text)).render(row, buffer);
    2
}

/// What is said before there are any.
fn unbegun(app: &App, session: &Session, fan: &Fan, area: Rect, buffer: &mut Buffer) {
    let says = match (fan.failure(), session.activity()) {
        (Some(reason), _) => text::visible_line(reason).into_owned(),
        (None, _) if !fan.is_running() => words::STOPPED_BEFORE.into(),
        (None, Activity::Prefill { done, total, .. }) => words::reading_before(
            format::thousands(u64::from(*done)),
            format::count(u64::from(*total), nouns::TOKEN),
        ),
        (None, _) => words::WAITING.into(),
    };
    let part = match fan.failure() {
        Some(_) => Part::Error,
        None => Part::Text,
    };
    Paragraph::new(says)
        .style(app.theme.style(part))
        .wrap(Wrap { trim: true })
        .render(area, buffer);
}

/// How much was computed for all of them; without what was cached where that is too long.
fn cost(fan: &Fan, width: usize) -> String {
    let tokens = format::count(u64::from(fan.tokens()), nouns::TOKEN);
    if let Some(reason) = fan.failure() {
        return words::cost_failed(tokens, text::visible_line(reason));
    }
    let (long, short) = match fan.stats() {
        Some(stats) => {
            let decodes = format::count(u64::from(stats.decodes), nouns::DECODE);
            let cached = format::thousands(u64::from(stats.cached_tokens));
            let prompt = format::count(u64::from(stats.prompt_tokens), nouns::TOKEN);
            (
                words::cost(&tokens, &decodes, cached, prompt),
                words::cost_briefly(&tokens, &decodes),
            )
        }
        None if fan.is_running() => return words::cost_so_far(tokens),
        None => (words::cost_stopped(&tokens), tokens),
    };
    if text::width(&long) > width {
        short
    } else {
        long
    }
}

/// The end of what they go on from.
fn before(session: &Session, fan: &Fan) -> String {
    let conversation = session.conversation();
    let first = fan.branches().first();
    let own = first.and_then(|branch| {
        let node = conversation.node(branch.message)?;
        Some((node, node.content.get(..branch.from)?))
    });
    let bytes = match own {
        Some((_, own)) if !own.is_empty() => own,
        Some((node, _)) => node
            .parent
            .and_then(|parent| conversation.node(parent))
            .map_or(&[][..], |parent| &parent.content),
        None => &[],
    };
    heat::end_of(bytes)
}

/// For each the rows of its head and those of its text.
fn places(count: usize, selected: usize, body: Rect) -> Vec<(Rect, Rect)> {
    // A few at most.
    let many = count as u16;
    let split = |area: Rect, head: u16| {
        let head = head.min(area.height);
        let above = Rect {
            height: head,
            ..area
        };
        let below = Rect {
            y: area.y + head,
            height: area.height - head,
            ..area
        };
        (above, below)
    };
    let width = (body.width + GAP) / many;
    if width >= COLUMN + GAP {
        let column = |at: u16| Rect {
            x: body.x + at * width,
            width: width - GAP,
            ..body
        };
        return (0..many).map(|at| split(column(at), 2)).collect();
    }
    let mut y = body.y;
    let each = body.height / many;
    let mut rest = body.height % many;
    (0..count)
        .map(|at| {
            let height = if each >= STACKED {
                let more = u16::from(rest > 0);
                rest -= more;
                each + more
            } else if at == selected {
                (body.height + 1).saturating_sub(many)
            } else {
                1
            };
            let area = Rect { y, height, ..body }.intersection(body);
            y += height;
            split(area, 1)
        })
        .collect()
}

/// The token that one begins with, its odds, how sure the model is, and how it ended.
fn head_of(
    app: &App,
    node: &Node,
    branch: &Continuation,
    at: usize,
    selected: bool,
    area: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let mark = if selected { "▸ " } else { "  " };
    let part = if selected { Part::Selection } else { Part::Dim };
    let mut first = Line::from(vec![
        Span::styled(mark, theme.style(Part::BarChosen)),
        Span::styled((at + 1).to_string(), theme.style(part)),
        Span::raw(" "),
    ]);
    let certainty = branches::certainty(node, branch.from).unwrap_or_default();
    let room = area.width.saturating_sub(MARK + 2);
    if node.content.len() > branch.from || !branch.is_open {
        let opening = heat::opening(app, node, branch.from, &certainty, room);
        first.spans.extend(opening);
    }
    let sure =
        heat::sureness(&certainty).filter(|_| area.height >= 2 || area.width >= WITH_SURENESS);
    let mut says: Vec<String> = sure.into_iter().collect();
    says.extend(ending(node).map(String::from));
    let second = Span::styled(says.join(" · "), theme.style(Part::Dim));
    if area.height >= 2 {
        let indented = Line::from(vec![Span::raw(" ".repeat(usize::from(MARK))), second]);
        for (row, line) in area.rows().zip([first, indented]) {
            line.render(row, buffer);
        }
        return;
    }
    first.push_span(Span::raw("  "));
    first.push_span(second);
    first.render(area, buffer);
}

fn ending(node: &Node) -> Option<Phrase> {
    Some(match node.answer.as_deref()?.state {
        AnswerState::Waiting | AnswerState::Streaming => words::STATE_WRITING,
        AnswerState::Ended(StopReason::EndOfGeneration | StopReason::StopString(_)) => {
            words::STATE_ENDED
        }
        AnswerState::Ended(StopReason::Length) => words::STATE_LENGTH,
        AnswerState::Ended(StopReason::Cancelled) => words::STATE_STOPPED,
        AnswerState::Ended(StopReason::ContextFull) => words::STATE_FULL,
        AnswerState::Failed(_) => words::STATE_FAILED,
    })
}
