//! The keys of this screen, as `?` shows them.

use crate::config::{Action, Context, Keymap};
use crate::tui::overlay::{TextLayer, TextRow};
use crate::tui::pane::status::key_name;
use crate::words::Phrase;
use crate::words::tui::compare as words;

const KEYS: [(Action, Phrase); 16] = [
    (Action::PreviousToken, words::PREVIOUS_TOKEN),
    (Action::NextToken, words::NEXT_TOKEN),
    (Action::PreviousCandidate, words::LINE_UP),
    (Action::NextCandidate, words::LINE_DOWN),
    (Action::PageUp, words::PAGE_UP),
    (Action::PageDown, words::PAGE_DOWN),
    (Action::ScrollTop, words::FIRST_TOKEN),
    (Action::ScrollBottom, words::LAST_TOKEN),
    (Action::NextUncertain, words::LARGEST_DIVERGENCE),
    (Action::PreviousUncertain, words::LARGER_DIVERGENCE),
    (Action::BranchHere, words::WHOLE_SCREEN),
    (Action::ColorBy, words::COLOUR_BY),
    (Action::Units, words::UNITS),
    (Action::Redraw, words::REDRAW),
    (Action::Interrupt, words::STOP_OR_LEAVE),
    (Action::Back, words::LEAVE),
];

/// Every key, in a box.
pub fn layer(keymap: &Keymap) -> TextLayer {
    let rows = KEYS.iter().filter_map(|&(action, says)| {
        let chords = keymap.keys_in(Context::Compare, action).take(2);
        let names: Vec<_> = chords.map(|chord| key_name(&chord.to_string())).collect();
        (!names.is_empty()).then(|| TextRow::Pair(names.join(" "), says.into()))
    });
    TextLayer::new(words::KEYS, rows.collect())
}
