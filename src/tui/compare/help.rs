//! The keys of this screen, as `?` shows them.

use crate::config::{Action, Context, Keymap};
use crate::tui::overlay::{TextLayer, TextRow};
use crate::tui::pane::status::key_name;
use crate::words::Phrase;
use crate::words::tui::compare as words;

const KEYS: [(Context, Action, Phrase); 16] = [
    (Context::Token, Action::PreviousToken, words::PREVIOUS_TOKEN),
    (Context::Token, Action::NextToken, words::NEXT_TOKEN),
    (Context::Token, Action::PreviousCandidate, words::LINE_UP),
    (Context::Token, Action::NextCandidate, words::LINE_DOWN),
    (Context::Global, Action::PageUp, words::PAGE_UP),
    (Context::Global, Action::PageDown, words::PAGE_DOWN),
    (Context::Token, Action::ScrollTop, words::FIRST_TOKEN),
    (Context::Token, Action::ScrollBottom, words::LAST_TOKEN),
    (
        Context::Token,
        Action::NextUncertain,
        words::LARGEST_DIVERGENCE,
    ),
    (
        Context::Token,
        Action::PreviousUncertain,
        words::LARGER_DIVERGENCE,
    ),
    (Context::Token, Action::BranchHere, words::WHOLE_SCREEN),
    (Context::Token, Action::ColorBy, words::COLOUR_BY),
    (Context::Token, Action::Units, words::UNITS),
    (Context::Global, Action::Redraw, words::REDRAW),
    (Context::Global, Action::Interrupt, words::STOP_OR_LEAVE),
    (Context::Global, Action::Back, words::LEAVE_WITH_Q),
];

/// Every key, in a box.
pub fn layer(keymap: &Keymap) -> TextLayer {
    let rows = KEYS.iter().filter_map(|&(context, action, says)| {
        let chords = keymap.keys(context, action).take(2);
        let names: Vec<_> = chords.map(|chord| key_name(&chord.to_string())).collect();
        (!names.is_empty()).then(|| TextRow::Pair(names.join(" "), says.into()))
    });
    TextLayer::new(words::KEYS, rows.collect())
}
