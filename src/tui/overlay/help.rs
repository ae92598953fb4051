//! Help and the palette, made from the table of actions and the user's keys.

use super::picker::{Choice, Item, Picker};
use super::text::{TextLayer, TextRow};
use crate::config::{Action, Context, Keymap};
use crate::tui::pane::status::key_name;

/// Every key, by where it works.
#[must_use]
pub fn keys(keymap: &Keymap, commands: &[(String, String)]) -> TextLayer {
    let mut rows = Vec::new();
    for context in Context::ALL {
        rows.push(TextRow::Heading(context.heading().to_owned()));
        let mut told: Vec<Action> = Vec::new();
        for binding in keymap.bindings() {
            if binding.context != context || told.contains(&binding.action) {
                continue;
            }
            told.push(binding.action);
            // Two of them fit; the others are in the manual.
            let keys: Vec<_> = keymap
                .keys(context, binding.action)
                .take(2)
                .map(|chord| key_name(&chord.to_string()))
                .collect();
            rows.push(TextRow::Pair(
                keys.join(" "),
                binding.action.description().to_owned(),
            ));
        }
        rows.push(TextRow::Blank);
    }
    rows.push(TextRow::Heading("Commands, to be typed".to_owned()));
    for (usage, says) in commands {
        rows.push(TextRow::Pair(usage.clone(), says.clone()));
    }
    TextLayer::new("help", rows)
}

/// Every action and command that can be chosen from a list.
#[must_use]
pub fn palette(keymap: &Keymap, commands: &[(String, String)]) -> Picker {
    let mut items: Vec<Item> = Action::ALL
        .into_iter()
        .filter(|&action| stands_alone(action))
        .map(|action| {
            let keys = Context::ALL
                .into_iter()
                .find_map(|context| keymap.keys(context, action).next())
                .map(|chord| key_name(&chord.to_string()))
                .unwrap_or_default();
            Item::new(action.description(), &keys, Choice::Do(action))
        })
        .collect();
    items.extend(commands.iter().map(|(usage, says)| {
        let name = usage.split(' ').next().unwrap_or(usage);
        let choice = if usage.contains(' ') {
            Choice::Write(format!("{name} "))
        } else {
            Choice::Run(name.to_owned())
        };
        Item::new(&format!("{usage}  {says}"), "command", choice)
    }));
    Picker::new("actions", items, "there are none")
}

/// Whether an action means something outside the place where its key works.
fn stands_alone(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::Help
            | A::TokenView
            | A::NextPane
            | A::PreviousPane
            | A::Zoom
            | A::ToggleTokenPane
            | A::ToggleThroughputPane
            | A::BorderLeft
            | A::BorderRight
            | A::BorderUp
            | A::BorderDown
            | A::ResetPanes
            | A::Leave
            | A::NewConversation
            | A::PickConversation
            | A::PickModel
            | A::Regenerate
            | A::EditLast
            | A::Continue
            | A::Undo
            | A::ToggleIncognito
            | A::ScrollTop
            | A::ScrollBottom
            | A::Redraw
            | A::Suspend
            | A::HistorySearch
            | A::Editor
            | A::PreviousBranch
            | A::NextBranch
            | A::ContinueWith
            | A::BranchTree
            | A::CompareBranches
            | A::RateUp
            | A::RateDown
            | A::Correct
            | A::Attention
            | A::CopyOdds
            | A::ExportMessage
            | A::ColorBy
            | A::Mark
            | A::Copy
    )
}
