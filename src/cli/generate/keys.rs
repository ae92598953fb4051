//! The README's table of keys.

use std::fmt::Write;

use crate::config::Keymap;
use crate::config::keymap::{Action, Context};

/// The default keys as Markdown: a table for each place, a line for each action.
pub(super) fn key_table() -> String {
    let keymap = Keymap::default();
    let mut page = String::new();
    for context in Context::ALL {
        let rows: Vec<(Action, String)> = Action::ALL
            .iter()
            .filter_map(|&action| {
                let chords = keymap.keys(context, action);
                let keys: Vec<String> = chords.map(|chord| format!("`{chord}`")).collect();
                (!keys.is_empty()).then(|| (action, keys.join(" ")))
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "\n**{}**\n\n| keys | what |\n|---|---|",
            context.heading()
        );
        for (action, keys) in rows {
            // A pipe would end the cell.
            let keys = keys.replace('|', "\\\\|");
            let _ = writeln!(page, "| {keys} | {} |", action.description());
        }
    }
    page
}
