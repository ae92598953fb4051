//! The keys of this screen, as `?` shows them.

use crate::config::{Action, Context, Keymap};
use crate::tui::overlay::{TextLayer, TextRow};
use crate::tui::pane::status::key_name;

const KEYS: [(Context, Action, &str); 16] = [
    (Context::Token, Action::PreviousToken, "Previous token"),
    (Context::Token, Action::NextToken, "Next token"),
    (Context::Token, Action::PreviousCandidate, "A line up"),
    (Context::Token, Action::NextCandidate, "A line down"),
    (Context::Global, Action::PageUp, "A page up"),
    (Context::Global, Action::PageDown, "A page down"),
    (Context::Token, Action::ScrollTop, "First token"),
    (Context::Token, Action::ScrollBottom, "Last token"),
    (
        Context::Token,
        Action::NextUncertain,
        "The largest divergence, then the next largest",
    ),
    (
        Context::Token,
        Action::PreviousUncertain,
        "Back to a larger divergence",
    ),
    (
        Context::Token,
        Action::BranchHere,
        "The token's numbers on the whole screen, and back",
    ),
    (
        Context::Token,
        Action::ColorBy,
        "Colour by probability, difference, divergence, entropy, rank, surprise or nothing",
    ),
    (Context::Token, Action::Units, "Bits or nats"),
    (Context::Global, Action::Redraw, "Draw the screen anew"),
    (Context::Global, Action::Interrupt, "Stop reading; leave"),
    (Context::Global, Action::Back, "Leave; `q` does too"),
];

/// Every key, in a box.
pub fn layer(keymap: &Keymap) -> TextLayer {
    let rows = KEYS.iter().filter_map(|&(context, action, says)| {
        let chords = keymap.keys(context, action).take(2);
        let names: Vec<_> = chords.map(|chord| key_name(&chord.to_string())).collect();
        (!names.is_empty()).then(|| TextRow::Pair(names.join(" "), says.to_owned()))
    });
    TextLayer::new("keys", rows.collect())
}
