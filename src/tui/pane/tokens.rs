//! One token: what else could have come.
//!
//! ```text
//!  ·scattering   token 12 of 42, id 28513
//!  62.1 %   rank 1   surprise 0.69 bits   entropy 1.94 bits
//!  word 62.1 %   sentence 0.03 %   perplexity so far 4.12
//!  entropy ▁▂▅█▃▁▁▂▇▂
//!
//!    candidate      model                after samplers, stored
//!  ▸ ·scattering   ██████████████ 62.1   ███████████████ 68.9
//!    ·scatter      ███            12.4   ███             13.8
//!    ·diffraction  █▍              6.0   █▌               6.7
//!    ·refraction   ▋               3.3   dropped by top_p
//!    49,132 others                10.9
//! ```
//!
//! `▸` marks the one that was chosen; it stands at the end where it is not among the best. The
//! right half is left out where it does not fit, and then only what dropped a candidate is
//! told; a text that was read has none. The bars share one scale.
//!
//! The right half is what was stored with the token, or, where the engine was asked again, what
//! the settings of now would make of the place; then it is also told what became of the logit:
//!
//! ```text
//!  logit 15.21   penalties -1.20   temperature /0.8   then 17.51
//! ```

mod entropy;
mod head;
mod table;

use std::borrow::Cow;
use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use self::table::Table;
use crate::chat::{ReadingState, Reconsideration, Session};
use crate::config::{Action, Context, Part};
use crate::inference::{Reconsidered, TokenId, TokenTrace};
use crate::text;
use crate::tui::app::{App, TokenAt};
use crate::tui::format;
use crate::tui::walk::{Place, Token, Tokens};
use crate::words::tui::tokens as words;
use crate::words::{Phrase, nouns};

/// Rows that the table of candidates needs to say something.
const TABLE_ROWS: usize = 5;

/// What the pane will show, with invented numbers.
const EXAMPLE: [Phrase; 4] = [
    words::EXAMPLE_BEST,
    words::EXAMPLE_SECOND,
    words::EXAMPLE_THIRD,
    words::EXAMPLE_OTHERS,
];

/// Explains the pane, with a small picture of it.
fn example(app: &App, hint: &str, area: Rect, buffer: &mut Buffer) {
    let dim = app.theme.style(Part::Dim);
    let width = usize::from(area.width).max(1);
    let wrapped = |says: &str| -> Vec<Line<'static>> {
        let rows = text::wrap(says, width).into_iter();
        rows.map(|row| Line::styled(says[row].to_owned(), dim))
            .collect()
    };
    let mut lines = wrapped(hint);
    lines.push(Line::default());
    lines.extend(wrapped(&words::EXAMPLE_AFTER));
    lines.extend(EXAMPLE.map(|row| {
        Line::styled(
            text::fit(row.text(), width).into_owned(),
            app.theme.style(Part::Text),
        )
    }));
    lines.push(Line::default());
    lines.extend(wrapped(&words::EXAMPLE_CHOOSE));
    for (row, line) in area.rows().zip(lines) {
        line.render(row, buffer);
    }
}

/// Draws the pane's inside.
pub fn render(app: &App, session: &Session, area: Rect, buffer: &mut Buffer) {
    let found = app
        .shown_token(session)
        .and_then(|at| Some((at, Tokens::of(session, at.message)?)));
    app.candidate_rows.borrow_mut().clear();
    let Some((at, tokens)) = found else {
        // There is nothing to scroll.
        let _ = app.candidates.window(0, 0, None);
        let hint = words::SHOWN_HERE.text();
        if app.first_run && session.conversation().is_empty() {
            return example(app, hint, area, buffer);
        }
        return say(app, hint, area, buffer);
    };
    let Some(token) = tokens.at(at.place) else {
        return say(app, &unread(session, &tokens), area, buffer);
    };
    let asked = match token.place {
        Place::Written(index) => session.reconsideration(at.message, index),
        Place::Read(_) => None,
    };
    let view = View {
        trace: app.odds(&tokens, &token),
        stored: tokens.trace(token.place),
        now: app.now(&tokens, token.place),
        asked: match asked {
            Some(Reconsideration::Asked { done, total }) => Some((done, total)),
            Some(Reconsideration::Known(_)) | None => None,
        },
        app,
        session,
        at,
        ends: tokens
            .vocabulary(at.place)
            .map(|vocabulary| session.end_tokens(vocabulary))
            .unwrap_or_default(),
        tokens: &tokens,
        token,
        width: usize::from(area.width),
    };
    let height = usize::from(area.height);
    let lines = match view.trace {
        Some(trace) => {
            let table = Table { view: &view, trace };
            let head = view.head(height.saturating_sub(TABLE_ROWS));
            if height < head.len() + TABLE_ROWS {
                small(&view, &table, head, height)
            } else {
                let room = height - head.len();
                let head = head.into_iter().map(|line| (None, line));
                head.chain(table.rows(room)).collect()
            }
        }
        None => {
            let lines = view.head(height.saturating_sub(TABLE_ROWS)).into_iter();
            let lines: Vec<_> = lines.chain(view.unscored()).collect();
            let seen = app.candidates.window(height, lines.len(), None);
            let seen = lines.into_iter().skip(seen.start);
            seen.map(|line| (None, line)).collect()
        }
    };
    let mut candidates = app.candidate_rows.borrow_mut();
    candidates.clear();
    for (row, (candidate, line)) in area.rows().zip(lines) {
        candidates.push(candidate);
        line.render(row, buffer);
    }
}

/// A row of the pane, with the candidate that it shows.
type PaneRow<'a> = (Option<usize>, Line<'a>);

/// Where there is no room for all of it: the token and the first numbers, its candidates, then
/// what else is known of it; a window on that, with the candidate in it that is looked at.
fn small<'a>(
    view: &View<'a>,
    table: &Table<'a, '_>,
    head: Vec<Line<'a>>,
    height: usize,
) -> Vec<PaneRow<'a>> {
    let mut head: Vec<Line<'a>> = head.into_iter().filter(|line| line.width() > 0).collect();
    let rest = head.split_off(head.len().min(2));
    let mut rows: Vec<PaneRow<'a>> = head.into_iter().map(|line| (None, line)).collect();
    rows.extend(table.all_rows());
    rows.extend(rest.into_iter().map(|line| (None, line)));
    let looked_at = view.looked_at();
    let show = rows
        .iter()
        .position(|(candidate, _)| candidate.is_some() && *candidate == looked_at);
    let seen = view.app.candidates.window(height, rows.len(), show);
    rows.drain(seen).collect()
}

fn say(app: &App, says: &str, area: Rect, buffer: &mut Buffer) {
    let says = text::visible_line(says);
    for (row, range) in area.rows().zip(text::wrap(&says, usize::from(area.width))) {
        Line::styled(&says[range], app.theme.style(Part::Dim)).render(row, buffer);
    }
}

/// Why there are no tokens of a message that nobody generated.
fn unread(session: &Session, tokens: &Tokens<'_>) -> String {
    match tokens.reading().map(|reading| &reading.state) {
        Some(ReadingState::Failed(reason)) => reason.clone(),
        Some(_) => words::BEING_CUT.into(),
        None if session.model().is_some() => words::CUT_WHEN_READY.into(),
        None => words::MODEL_NEEDED.into(),
    }
}

/// One line on the token under the cursor, where the pane is not seen.
#[must_use]
pub fn summary(app: &App, session: &Session) -> Line<'static> {
    let Some((at, tokens)) = app
        .shown_token(session)
        .and_then(|at| Some((at, Tokens::of(session, at.message)?)))
    else {
        return Line::default();
    };
    let dim = app.theme.style(Part::Dim);
    let Some(token) = tokens.at(at.place) else {
        let says = match tokens.reading().map(|reading| &reading.state) {
            Some(ReadingState::Failed(_)) => words::NO_TOKENS,
            Some(_) => words::CUTTING,
            None => words::NO_MODEL_TO_CUT,
        };
        return Line::styled(says, dim);
    };
    let looked_at = app.cursor.and_then(|cursor| {
        let trace = app.odds(&tokens, &token)?;
        trace.candidates.get(cursor.candidate?)
    });
    let logprob = looked_at.map(|one| one.logprob).or(token.logprob);
    let id = looked_at.map_or(token.id, |one| one.id);
    let name = match tokens.piece(at.place, id) {
        Some(bytes) if !bytes.is_empty() => text::visible_piece(bytes),
        _ => format!("#{}", id.0),
    };
    let odds = match logprob {
        Some(logprob) => format!(" {} % ", format::percent(logprob.exp())),
        None => words::NOT_SCORED.into(),
    };
    let rank = match (
        looked_at,
        tokens.trace(token.place).and_then(|trace| trace.rank),
    ) {
        (None, Some(rank)) => words::rank(format::thousands(u64::from(rank))),
        _ => String::new(),
    };
    Line::from(vec![
        Span::raw(" "),
        Span::styled(
            text::fit(&name, 16).into_owned(),
            app.theme.style(Part::Cursor),
        ),
        Span::styled(odds, app.theme.style(Part::Text)),
        Span::styled(rank, dim),
    ])
}

struct View<'a> {
    app: &'a App,
    session: &'a Session,
    at: TokenAt,
    tokens: &'a Tokens<'a>,
    token: Token,
    /// The odds that are shown: those of now, or those that were stored.
    trace: Option<&'a TokenTrace>,
    /// Those that were stored.
    stored: Option<&'a TokenTrace>,
    now: Option<&'a Reconsidered>,
    /// How far the question about those of now has come: tokens read, and all.
    asked: Option<(u32, u32)>,
    /// The tokens that end an answer.
    ends: BTreeSet<TokenId>,
    width: usize,
}

impl<'a> View<'a> {
    fn style(&self, part: Part) -> Style {
        self.app.theme.style(part)
    }

    /// A token as it is shown: its bytes, or its number where they are not known.
    fn name(&self, id: TokenId) -> Cow<'a, str> {
        if self.ends.contains(&id) {
            return words::END_OF_ANSWER.into();
        }
        match self.tokens.piece(self.at.place, id) {
            Some(bytes) if !bytes.is_empty() => Cow::Owned(text::visible_piece(bytes)),
            _ => Cow::Owned(format!("#{}", id.0)),
        }
    }

    /// Whether another token is about to take this one's place.
    fn streams(&self) -> bool {
        self.app.cursor.is_none() && self.session.is_busy()
    }

    /// Which candidate the cursor is on.
    fn looked_at(&self) -> Option<usize> {
        self.app.cursor.and_then(|cursor| cursor.candidate)
    }

    /// What is said in the place of the candidates of a token whose odds nobody asked for.
    fn unscored(&self) -> Vec<Line<'a>> {
        let first = self.token.place == Place::Read(0);
        let says = match self.tokens.reading().map(|reading| &reading.state) {
            Some(ReadingState::Failed(reason)) => text::visible_line(reason).into_owned(),
            Some(ReadingState::Scoring { done, total }) if *total > 0 => words::reading(
                format::thousands(u64::from(*done)),
                format::count(u64::from(*total), nouns::TOKEN),
                self.app.key_in(self.app.context(), Action::Interrupt),
            ),
            Some(ReadingState::Scoring { .. }) => words::ABOUT_TO_READ.into(),
            Some(ReadingState::Scored) if first => words::NOTHING_BEFORE.into(),
            _ => words::nobody_generated(self.app.key_in(Context::Token, Action::Score)),
        };
        text::wrap(&says, self.width)
            .into_iter()
            .map(|range| Line::styled(says[range].to_owned(), self.style(Part::Dim)))
            .collect()
    }
}
