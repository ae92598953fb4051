//! All branches of the conversation as a tree.
//!
//! ```text
//! ┌ branches ────────────────────────────────────────────────────────────┐
//! │                                           first     mean  model       │
//! │ * Why is the sky blue?                                     you        │
//! │   ├ …scattering, which is               62.1 %   -0.82  SmolLM2       │
//! │ * └ …diffraction of light                6.0 %   -1.94  SmolLM2  +4   │
//! └─────────────────────────────────────── Enter shows it · = compares ──┘
//! ```
//!
//! A row is a stem: the messages between two forks. It begins with the words in which it parts
//! from its neighbour; `first` is the probability of their first token, `mean` the mean
//! log-probability of the whole answer's. `*` is on the path that is shown, `=` marks one to
//! be compared.

use std::collections::HashMap;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Choice, Outcome, hint, open_box};
use crate::chat::branches::{self, Stem};
use crate::chat::{Conversation, MessageId, Node, Session};
use crate::config::{Action, Context, Keymap, Part, Units};
use crate::text::{self, columns};
use crate::tui::app::{App, speaker};
use crate::tui::format;
use crate::tui::pane::status::sentence;
use crate::words::nouns;
use crate::words::tui::branches as words;

/// Bytes of a message that can fill the widest row.
const EXCERPT: usize = 400;
/// Columns of the numbers.
const PERCENT: usize = 8;
const MEAN: usize = 9;
/// Columns of a model's name at most, and from which width on it is shown.
const MODEL: usize = 20;
const WITH_MODEL: usize = 64;
const WITH_MEAN: usize = 46;

/// What the list of stems was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    messages: usize,
    next: MessageId,
    head: Option<MessageId>,
}

impl Shape {
    fn of(conversation: &Conversation) -> Self {
        Self {
            messages: conversation.len(),
            next: conversation.next_id(),
            head: conversation.head,
        }
    }
}

/// What a row says, as of these versions of the messages it was told from.
#[derive(Debug, Clone)]
struct Told {
    versions: u64,
    from: usize,
    /// The first token that is another one, raw.
    token: Vec<u8>,
    /// Of that token; `None` where it was typed.
    first: Option<f32>,
    mean: Option<f64>,
}

/// The tree, and where in it one is.
#[derive(Debug)]
pub struct TreeLayer {
    stems: Vec<Stem>,
    shape: Shape,
    told: HashMap<MessageId, Told>,
    selected: usize,
    /// The first row in the window, and rows of it as of the last frame.
    first: usize,
    height: usize,
    /// Where the list is, as of the last frame.
    area: Rect,
    marked: Option<MessageId>,
}

impl TreeLayer {
    /// The tree with the branch selected that is shown.
    #[must_use]
    pub fn new(conversation: &Conversation) -> Self {
        let stems = branches::stems(conversation);
        let shown = stems.iter().rposition(|stem| stem.shown);
        Self {
            stems,
            shape: Shape::of(conversation),
            told: HashMap::new(),
            selected: shown.unwrap_or(0),
            first: 0,
            height: 1,
            area: Rect::default(),
            marked: None,
        }
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        use Action as A;
        let page = self.height.max(1).cast_signed();
        let action = keymap
            .action(Context::List, key)
            .filter(|action| matches!(action, A::ListUp | A::ListDown | A::Choose))
            .or_else(|| keymap.action(Context::Token, key));
        match action {
            Some(A::ListUp | A::PreviousCandidate | A::ScrollUp) => self.go(-1),
            Some(A::ListDown | A::NextCandidate | A::ScrollDown) => self.go(1),
            Some(A::PageUp) => self.go(-page),
            Some(A::PageDown) => self.go(page),
            Some(A::ScrollTop) => self.selected = 0,
            Some(A::ScrollBottom) => self.go(isize::MAX),
            Some(A::Choose) => {
                return match self.stems.get(self.selected) {
                    Some(stem) => Outcome::Chosen(Choice::Show(stem.first)),
                    None => Outcome::Consumed,
                };
            }
            Some(A::CompareBranches) => return self.mark(),
            Some(A::Back | A::Interrupt | A::BranchTree) => return Outcome::Close,
            _ => return Outcome::Ignored,
        }
        Outcome::Consumed
    }

    /// Moves the selection; it stops at the ends.
    pub(super) fn go(&mut self, rows: isize) {
        let last = self.stems.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(rows).min(last);
    }

    pub(super) fn click(&mut self, at: Position, double: bool) -> Outcome {
        let row = self.first + usize::from(at.y.saturating_sub(self.area.y));
        let Some(stem) = self.stems.get(row).filter(|_| self.area.contains(at)) else {
            return Outcome::Ignored;
        };
        self.selected = row;
        if double {
            return Outcome::Chosen(Choice::Show(stem.first));
        }
        Outcome::Consumed
    }

    /// Marks a branch; the second one is compared with it, the same one is unmarked.
    fn mark(&mut self) -> Outcome {
        let Some(stem) = self.stems.get(self.selected) else {
            return Outcome::Consumed;
        };
        match self.marked.take() {
            None => self.marked = Some(stem.first),
            Some(marked) if marked == stem.first => {}
            Some(marked) => return Outcome::Compare(marked, stem.first),
        }
        Outcome::Consumed
    }

    fn refresh(&mut self, conversation: &Conversation) {
        let shape = Shape::of(conversation);
        if shape == self.shape {
            return;
        }
        let selected = self.stems.get(self.selected).map(|stem| stem.first);
        self.shape = shape;
        self.stems = branches::stems(conversation);
        self.told.clear();
        let again = |stem: &Stem| Some(stem.first) == selected;
        self.selected = self
            .stems
            .iter()
            .position(again)
            .unwrap_or(self.selected)
            .min(self.stems.len().saturating_sub(1));
        self.marked = self
            .marked
            .filter(|&marked| self.stems.iter().any(|stem| stem.first == marked));
    }

    pub(super) fn render(
        &mut self,
        app: &App,
        session: &Session,
        screen: Rect,
        buffer: &mut Buffer,
    ) {
        let conversation = session.conversation();
        self.refresh(conversation);
        let height = u16::try_from(self.stems.len() + 3).unwrap_or(u16::MAX);
        let size = (screen.width.saturating_sub(4).min(140), height.max(4));
        let area = open_box(&app.theme, screen, size, &words::TREE, buffer);
        if area.height == 0 {
            return;
        }
        self.heading(app, area, buffer);
        let list = Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        };
        self.height = usize::from(list.height).max(1);
        self.area = list;
        let last = self.stems.len().saturating_sub(self.height);
        self.first = self
            .first
            .clamp(
                (self.selected + 1).saturating_sub(self.height),
                self.selected,
            )
            .min(last);
        for (row, index) in list.rows().zip(self.first..self.stems.len()) {
            self.row(app, conversation, index, row.width)
                .render(row, buffer);
        }
        let closes = (Context::Token, &[Action::Back][..], words::CLOSES);
        let compare = |says| (Context::Token, &[Action::CompareBranches][..], says);
        let shows = (Context::List, &[Action::Choose][..], words::SHOWS_IT);
        let wanted = match self.marked {
            None => vec![shows, compare(words::MARKS_IT), closes],
            Some(_) => vec![compare(words::COMPARES), closes],
        };
        let says = sentence(&app.keymap, &wanted);
        hint(&app.theme, &says, screen, area, buffer);
    }

    fn heading(&self, app: &App, area: Rect, buffer: &mut Buffer) {
        let dim = app.theme.style(Part::Dim);
        let width = usize::from(area.width);
        let unit = match app.units {
            Units::Bits => words::BITS_PER_TOKEN,
            Units::Nats => words::NATS_PER_TOKEN,
        };
        let mut right = columns::right(&words::FIRST, PERCENT);
        if width >= WITH_MEAN {
            right.push_str(&columns::right(&unit, MEAN));
        }
        if width >= WITH_MODEL {
            right.push_str(&format!("  {:<MODEL$}", words::MODEL));
        }
        let leaves = self.stems.iter().filter(|stem| stem.is_leaf).count();
        let count = format::count(leaves as u64, nouns::BRANCH);
        Line::styled(text::fit(&count, width).into_owned(), dim).render(area, buffer);
        let row = Rect { height: 1, ..area };
        if text::width(&count) + text::width(&right) < width {
            Line::styled(right, dim).right_aligned().render(row, buffer);
        }
    }

    fn row(
        &mut self,
        app: &App,
        conversation: &Conversation,
        index: usize,
        width: u16,
    ) -> Line<'static> {
        let stem = self.stems[index].clone();
        let Some(node) = conversation.node(stem.first) else {
            return Line::default();
        };
        let told = self.told(conversation, node);
        let width = usize::from(width);
        let theme = &app.theme;
        let chosen = index == self.selected;
        let style = |part: Part| theme.style(if chosen { Part::Selection } else { part });
        let right = right(app, node, &stem, &told, width);
        let mark = match (self.marked == Some(stem.first), stem.shown) {
            (true, _) => "= ",
            (false, true) => "* ",
            (false, false) => "  ",
        };
        let rails = tail(&branches::rails(&self.stems, index), width / 3);
        let room = width.saturating_sub(2 + text::width(&rails) + text::width(&right) + 1);
        let mut spans = vec![
            Span::styled(mark, style(Part::Key)),
            Span::styled(rails, style(Part::Dim)),
        ];
        let used = words(&mut spans, conversation, node, &stem, &told, room, style);
        spans.push(Span::styled(
            " ".repeat(room - used.min(room) + 1),
            style(Part::Text),
        ));
        spans.push(Span::styled(right, style(Part::Dim)));
        Line::from(spans)
    }

    fn told(&mut self, conversation: &Conversation, node: &Node) -> Told {
        let siblings = conversation.siblings(node.id);
        let versions = siblings
            .into_iter()
            .flat_map(|(all, _)| all)
            .filter_map(|&id| conversation.node(id))
            .fold(0_u64, |sum, node| sum.wrapping_add(node.version));
        if let Some(told) = self.told.get(&node.id)
            && told.versions == versions
        {
            return told.clone();
        }
        let other =
            branches::told_from(conversation, node.id).and_then(|other| conversation.node(other));
        let from = other.map_or(0, |other| branches::parting(node, other));
        let token =
            branches::token_over(node, from).map(|(_, span)| node.content[from..span.end].to_vec());
        let first = branches::certainty(node, from).and_then(|certainty| certainty.first);
        let whole = branches::certainty(node, 0);
        let told = Told {
            versions,
            from,
            token: token.unwrap_or_default(),
            first: first.filter(|_| other.is_some()),
            mean: whole.and_then(|certainty| certainty.mean),
        };
        self.told.insert(node.id, told.clone());
        told
    }
}

/// The numbers of a row, and who wrote it.
fn right(app: &App, node: &Node, stem: &Stem, told: &Told, width: usize) -> String {
    let first = told.first.map_or_else(String::new, |logprob| {
        format!("{} %", format::percent(logprob.exp()))
    });
    let mut right = format!("{first:>PERCENT$}");
    if width >= WITH_MEAN {
        let factor = match app.units {
            Units::Bits => std::f64::consts::LOG2_E,
            Units::Nats => 1.0,
        };
        let mean = told
            .mean
            .map_or_else(String::new, |mean| format!("{:.2}", mean * factor));
        right.push_str(&format!("{mean:>MEAN$}"));
    }
    if width >= WITH_MODEL {
        let name = text::visible_line(&speaker(node)).into_owned();
        let others = match stem.messages {
            1 => String::new(),
            messages => format!(" +{}", messages - 1),
        };
        let name = text::fit(&name, MODEL - text::width(&others).min(MODEL)).into_owned();
        let gap = MODEL.saturating_sub(text::width(&name) + text::width(&others));
        right.push_str(&format!("  {name}{}{others}", " ".repeat(gap)));
    }
    right
}

/// The words in which a stem parts from its neighbour, and what is said last in it. Gives the
/// columns they take.
fn words(
    spans: &mut Vec<Span<'static>>,
    conversation: &Conversation,
    node: &Node,
    stem: &Stem,
    told: &Told,
    room: usize,
    style: impl Fn(Part) -> Style,
) -> usize {
    let mut used = 0;
    let mut is_full = false;
    let mut push = |raw: &str, part: Part| {
        // A wide character that is cut off may leave a column, which is nobody's.
        if is_full {
            return;
        }
        let shown = text::fit(raw, room.saturating_sub(used)).into_owned();
        is_full = shown != raw;
        used += text::width(&shown);
        spans.push(Span::styled(shown, style(part)));
    };
    if told.from > 0 {
        push("…", Part::Dim);
    }
    let from = told.from.min(node.content.len());
    let end = (from + told.token.len()).min(node.content.len());
    // A token may begin in the middle of a character; what is read there has it whole.
    let own = text::whole_characters(&node.content, from..end);
    let (token, rest) = (&node.content[own.clone()], &node.content[own.end..]);
    if told.first.is_some() && !token.is_empty() {
        push(&line(token), Part::Match);
    } else {
        push(&line(token), Part::Text);
    }
    if rest.is_empty() && token.is_empty() {
        push(
            if told.from > 0 {
                &words::BRANCH_ENDS
            } else {
                &words::EMPTY
            },
            Part::Dim,
        );
    }
    push(&line(rest), Part::Text);
    if stem.messages > 1
        && let Some(last) = conversation.node(stem.last)
    {
        push(" ⋮ ", Part::Dim);
        push(&line(&last.content), Part::Dim);
    }
    used
}

/// The beginning of raw bytes on one line.
fn line(bytes: &[u8]) -> String {
    let end = text::whole_characters(bytes, 0..bytes.len().min(EXCERPT)).end;
    text::visible_bytes(&bytes[..end])
}

/// The last columns of the lines that lead to a stem; the first ones where it is deep are left
/// out.
fn tail(rails: &str, columns: usize) -> String {
    let letters: Vec<char> = rails.chars().collect();
    match letters.len().checked_sub(columns.max(2)) {
        None | Some(0) => rails.to_owned(),
        Some(cut) => std::iter::once('…')
            .chain(letters[cut + 1..].iter().copied())
            .collect(),
    }
}
