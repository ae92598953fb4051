//! Help and the palette, made from the table of actions and the user's keys.

use super::picker::{Choice, Item, Picker};
use super::text::{NAME, TextLayer, TextRow};
use crate::config::{Action, Context, Keymap};
use crate::text;
use crate::tui::app::App;
use crate::tui::pane::status::key_name;
use crate::words::tui::overlay as words;

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
            let mut keys = keymap.keys(context, binding.action);
            let mut named = || keys.next().map(|chord| key_name(&chord.to_string()));
            let first = named().unwrap_or_default();
            // A second one where it fits; the others are in the manual.
            let both = named().map(|second| format!("{first} {second}"));
            let shown = both
                .filter(|both| text::width(both) <= NAME)
                .unwrap_or(first);
            rows.push(TextRow::Pair(
                shown,
                binding.action.description().to_owned(),
            ));
        }
        rows.push(TextRow::Blank);
    }
    rows.push(TextRow::Heading(words::COMMANDS_TO_TYPE.into()));
    for (usage, says) in commands {
        rows.push(TextRow::Pair(usage.clone(), says.clone()));
    }
    TextLayer::new(words::HELP, rows)
}

/// Every action and command, those first that mean something wherever one is.
#[must_use]
pub fn palette(keymap: &Keymap, commands: &[(String, String)]) -> Picker {
    let item = |action: Action| {
        let found = Context::ALL.into_iter().find_map(|context| {
            let chord = keymap.keys(context, action).next()?;
            Some((context, key_name(&chord.to_string())))
        });
        let detail = match found {
            Some((Context::Global, key)) => key,
            Some((_, key)) if stands_alone(action) => key,
            Some((context, key)) => format!("{} {key}", context.heading().to_lowercase()),
            None => String::new(),
        };
        Item::new(action.description(), &detail, Choice::Do(action))
    };
    let (alone, others): (Vec<Action>, Vec<Action>) = Action::ALL
        .into_iter()
        .filter(|&action| action != Action::Palette)
        .partition(|&action| stands_alone(action));
    let mut items: Vec<Item> = alone.into_iter().map(item).collect();
    items.extend(commands.iter().map(|(usage, says)| {
        let name = usage.split(' ').next().unwrap_or(usage);
        let choice = if usage.contains(' ') {
            Choice::Write(format!("{name} "))
        } else {
            Choice::Run(name.to_owned())
        };
        Item::new(&format!("{usage}  {says}"), &words::COMMAND, choice)
    }));
    items.extend(others.into_iter().map(item));
    let hint = keymap.keys(Context::List, Action::Bind).next();
    let hint = hint.map(|chord| words::another_key(key_name(&chord.to_string())));
    Picker::new(words::ACTIONS, items, words::NO_ACTIONS).hinting(hint.unwrap_or_default())
}

/// Where an action works that does nothing where one is; `None` of one that does something.
#[must_use]
pub fn elsewhere(app: &App, action: Action) -> Option<String> {
    if stands_alone(action) {
        return None;
    }
    let bound = |context| app.keymap.keys(context, action).next();
    let home = Keymap::home_of(action)?;
    let key = bound(home).map(|chord| key_name(&chord.to_string()));
    Some(match (home, key) {
        (Context::List, Some(key)) => words::works_in_list_as(key),
        (Context::List, None) => words::WORKS_IN_LIST.into(),
        (Context::Sampler, Some(key)) => words::works_in_sampler_as(key),
        (Context::Sampler, None) => words::WORKS_IN_SAMPLER.into(),
        (Context::Token, _) if app.cursor.is_some() => return None,
        (Context::Token, Some(key)) => words::works_in_tokens_as(key),
        (Context::Token, None) => words::WORKS_IN_TOKENS.into(),
        _ => return None,
    })
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
            | A::ToggleMouse
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
