//! Which key does what, and where: the defaults, and what the user's `[keys]` change.
//!
//! ```toml
//! [keys.input]
//! "ctrl-s" = "send"
//! "ctrl-r" = "none"      # frees the key
//! ```

mod action;
mod chord;
mod merge;

pub use action::Action;
pub use chord::Chord;
use crossterm::event::{KeyEvent, KeyEventKind};

use crate::words::config as words;

/// What has the keys. A key that the context does not know is looked up in the one beneath it,
/// at last in [`Global`](Self::Global).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    Global,
    /// Text is being typed.
    Input,
    /// A pane is being looked at.
    Pane,
    /// The token cursor is in the conversation.
    Token,
    /// A list to choose from.
    List,
    /// The same, where something was deleted with the last key.
    Deleted,
    /// The sampler settings.
    Sampler,
    /// The screen of `limpid compare`.
    Compare,
}

impl Context {
    pub const ALL: [Self; 8] = [
        Self::Global,
        Self::Input,
        Self::Pane,
        Self::Token,
        Self::List,
        Self::Deleted,
        Self::Sampler,
        Self::Compare,
    ];

    /// Where a key is looked up that this one does not know.
    fn beneath(self) -> Option<Self> {
        match self {
            Self::Global => None,
            Self::Deleted | Self::Sampler => Some(Self::List),
            Self::Compare => Some(Self::Token),
            Self::Input | Self::Pane | Self::Token | Self::List => Some(Self::Global),
        }
    }

    /// This one, and all beneath it.
    fn down(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |context| context.beneath())
    }

    /// Whether a key that this one does not know may be looked up in the other.
    fn is_over(self, other: Self) -> bool {
        self != other && self.down().any(|context| context == other)
    }

    /// The table's name in the settings file: `[keys.NAME]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Input => "input",
            Self::Pane => "pane",
            Self::Token => "token",
            Self::List => "list",
            Self::Deleted => "deleted",
            Self::Sampler => "sampler",
            Self::Compare => "compare",
        }
    }

    /// A heading for help.
    #[must_use]
    pub fn heading(self) -> &'static str {
        let heading = match self {
            Self::Global => words::EVERYWHERE,
            Self::Input => words::WHILE_TYPING,
            Self::Pane => words::IN_A_PANE,
            Self::Token => words::IN_THE_TOKEN_VIEW,
            Self::List => words::IN_A_LIST,
            Self::Deleted => words::AFTER_A_DELETION,
            Self::Sampler => words::IN_THE_SAMPLER,
            Self::Compare => words::IN_COMPARE,
        };
        heading.text()
    }

    fn defaults(self) -> &'static [(&'static str, Action)] {
        use Action as A;
        match self {
            Self::Global => &[
                ("f1", A::Help),
                ("ctrl-o", A::Palette),
                ("ctrl-t", A::TokenView),
                ("tab", A::NextPane),
                ("shift-tab", A::PreviousPane),
                ("alt-z", A::Zoom),
                ("alt-t", A::ToggleTokenPane),
                ("alt-p", A::ToggleThroughputPane),
                ("alt-<", A::BorderLeft),
                ("alt->", A::BorderRight),
                ("alt-,", A::BorderUp),
                ("alt-.", A::BorderDown),
                ("alt-0", A::ResetPanes),
                ("f2", A::ToggleMouse),
                ("esc", A::Back),
                ("ctrl-c", A::Interrupt),
                ("alt-n", A::NewConversation),
                ("alt-o", A::PickConversation),
                ("alt-m", A::PickModel),
                ("alt-r", A::Regenerate),
                ("alt-e", A::EditLast),
                ("alt-c", A::Continue),
                ("alt-u", A::Undo),
                ("alt-a", A::Prefill),
                ("alt-s", A::SamplerPanel),
                ("alt-y", A::PickSystem),
                ("alt-i", A::ToggleIncognito),
                ("alt-v", A::RawView),
                ("alt-k", A::CopyBlock),
                ("pageup", A::PageUp),
                ("pagedown", A::PageDown),
                ("shift-up", A::ScrollUp),
                ("shift-down", A::ScrollDown),
                ("ctrl-home", A::ScrollTop),
                ("ctrl-end", A::ScrollBottom),
                ("alt-x", A::Unfold),
                ("alt-g", A::ToggleReasoning),
                ("ctrl-l", A::Redraw),
                ("ctrl-z", A::Suspend),
            ],
            Self::Input => &[
                ("enter", A::Send),
                ("alt-enter", A::NewLine),
                ("shift-enter", A::NewLine),
                ("ctrl-j", A::NewLine),
                ("tab", A::Complete),
                ("up", A::HistoryPrevious),
                ("ctrl-p", A::HistoryPrevious),
                ("down", A::HistoryNext),
                ("ctrl-n", A::HistoryNext),
                ("ctrl-r", A::HistorySearch),
                ("ctrl-g", A::Editor),
                ("left", A::CursorLeft),
                ("ctrl-b", A::CursorLeft),
                ("right", A::CursorRight),
                ("ctrl-f", A::CursorRight),
                ("alt-b", A::WordLeft),
                ("ctrl-left", A::WordLeft),
                ("alt-left", A::WordLeft),
                ("alt-f", A::WordRight),
                ("ctrl-right", A::WordRight),
                ("alt-right", A::WordRight),
                ("home", A::LineStart),
                ("ctrl-a", A::LineStart),
                ("end", A::LineEnd),
                ("ctrl-e", A::LineEnd),
                ("backspace", A::DeleteLeft),
                ("delete", A::DeleteRight),
                ("ctrl-d", A::DeleteOrLeave),
                ("ctrl-w", A::DeleteWordLeft),
                ("alt-backspace", A::DeleteWordLeft),
                ("alt-d", A::DeleteWordRight),
                ("ctrl-u", A::DeleteToStart),
                ("ctrl-k", A::DeleteToEnd),
                ("ctrl-y", A::Yank),
                ("ctrl-_", A::UndoEdit),
                ("alt-/", A::RedoEdit),
                ("shift-left", A::SelectLeft),
                ("shift-right", A::SelectRight),
                ("ctrl-shift-left", A::SelectWordLeft),
                ("ctrl-shift-right", A::SelectWordRight),
                ("shift-home", A::SelectLineStart),
                ("shift-end", A::SelectLineEnd),
                ("shift-up", A::SelectUp),
                ("shift-down", A::SelectDown),
                ("alt-h", A::SelectAll),
                ("alt-w", A::CopySelection),
                ("ctrl-x", A::CutSelection),
            ],
            Self::Pane => &[
                ("?", A::Help),
                ("k", A::ScrollUp),
                ("up", A::ScrollUp),
                ("j", A::ScrollDown),
                ("down", A::ScrollDown),
                ("g", A::ScrollTop),
                ("home", A::ScrollTop),
                ("G", A::ScrollBottom),
                ("end", A::ScrollBottom),
                ("K", A::PreviousMessage),
                ("{", A::PreviousMessage),
                ("J", A::NextMessage),
                ("}", A::NextMessage),
                ("enter", A::TokenView),
                ("e", A::EditMessage),
                ("R", A::AnswerAgain),
                ("d", A::DeleteMessage),
                ("u", A::RestoreDeleted),
                ("[", A::PreviousBranch),
                ("]", A::NextBranch),
                ("t", A::BranchTree),
                ("=", A::CompareBranches),
                ("z", A::Zoom),
                ("<", A::BorderLeft),
                (">", A::BorderRight),
                (",", A::BorderUp),
                (".", A::BorderDown),
                ("c", A::ColorBy),
                ("v", A::Mark),
                ("m", A::RawView),
                ("b", A::CopyBlock),
                ("y", A::Copy),
                ("Y", A::CopyOdds),
                ("x", A::ExportMessage),
                ("+", A::RateUp),
                ("-", A::RateDown),
                ("E", A::Correct),
            ],
            Self::Token => &[
                ("?", A::Help),
                ("h", A::PreviousToken),
                ("left", A::PreviousToken),
                ("l", A::NextToken),
                ("right", A::NextToken),
                ("k", A::PreviousCandidate),
                ("up", A::PreviousCandidate),
                ("j", A::NextCandidate),
                ("down", A::NextCandidate),
                ("g", A::ScrollTop),
                ("home", A::ScrollTop),
                ("G", A::ScrollBottom),
                ("end", A::ScrollBottom),
                ("enter", A::BranchHere),
                ("n", A::NextUncertain),
                ("N", A::PreviousUncertain),
                ("w", A::UncertainSpans),
                ("/", A::Search),
                ("s", A::Score),
                ("u", A::Units),
                ("[", A::PreviousBranch),
                ("]", A::NextBranch),
                ("e", A::ContinueWith),
                ("f", A::FanOut),
                ("t", A::BranchTree),
                ("=", A::CompareBranches),
                ("a", A::Attention),
                ("r", A::AskAgain),
                (":", A::Command),
                ("z", A::Zoom),
                ("<", A::BorderLeft),
                (">", A::BorderRight),
                (",", A::BorderUp),
                (".", A::BorderDown),
                ("c", A::ColorBy),
                ("v", A::Mark),
                ("b", A::CopyBlock),
                ("y", A::Copy),
                ("Y", A::CopyOdds),
                ("x", A::ExportMessage),
                ("+", A::RateUp),
                ("-", A::RateDown),
                ("E", A::Correct),
            ],
            Self::List => &[
                ("up", A::ListUp),
                ("ctrl-p", A::ListUp),
                ("down", A::ListDown),
                ("ctrl-n", A::ListDown),
                ("enter", A::Choose),
                ("ctrl-k", A::Bind),
                ("alt-p", A::Pin),
                ("alt-t", A::Tag),
                ("f2", A::Rename),
                ("alt-a", A::Archive),
                ("delete", A::Delete),
                ("alt-h", A::ShowArchived),
            ],
            Self::Deleted => &[("u", A::RestoreDeleted)],
            Self::Sampler => &[
                ("k", A::ListUp),
                ("j", A::ListDown),
                ("h", A::LowerValue),
                ("left", A::LowerValue),
                ("l", A::RaiseValue),
                ("right", A::RaiseValue),
                ("d", A::DefaultValue),
                ("s", A::SavePreset),
            ],
            Self::Compare => &[("esc", A::Back), ("q", A::Back)],
        }
    }
}

/// A key, what it does, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    pub context: Context,
    pub chord: Chord,
    pub action: Action,
}

/// All bindings, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
    /// Those of the settings file.
    own: Vec<Own>,
    notices: Vec<String>,
}

/// A key that the settings file binds or frees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Own {
    context: Context,
    chord: Chord,
    /// Counted from 1.
    line: usize,
}

impl Default for Keymap {
    fn default() -> Self {
        let parse = |(key, action): &(&str, Action), context| {
            let chord = Chord::parse(key).ok()?;
            Some(Binding {
                context,
                chord,
                action: *action,
            })
        };
        let bindings = Context::ALL.into_iter().flat_map(|context| {
            context
                .defaults()
                .iter()
                .filter_map(move |entry| parse(entry, context))
        });
        Self {
            bindings: bindings.collect(),
            own: Vec::new(),
            notices: Vec::new(),
        }
    }
}

impl Keymap {
    /// What a key does in a context; a release does nothing.
    #[must_use]
    pub fn action(&self, context: Context, key: KeyEvent) -> Option<Action> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        self.meant(context, Chord::of(key))
    }

    fn meant(&self, context: Context, chord: Chord) -> Option<Action> {
        context.down().find_map(|place| self.lookup(place, chord))
    }

    fn lookup(&self, context: Context, chord: Chord) -> Option<Action> {
        let mut bindings = self.bindings.iter();
        let found = bindings.find(|one| one.context == context && one.chord == chord);
        found.map(|binding| binding.action)
    }

    /// The keys that do `action` in `context` itself, the usual one first.
    pub fn keys(&self, context: Context, action: Action) -> impl Iterator<Item = Chord> {
        let matching = move |one: &&Binding| one.context == context && one.action == action;
        self.bindings.iter().filter(matching).map(|one| one.chord)
    }

    /// The keys that do `action` where `context` has them: its own first, then those beneath it
    /// that mean nothing else there.
    pub fn keys_in(&self, context: Context, action: Action) -> impl Iterator<Item = Chord> {
        context.down().flat_map(move |place| {
            let first = move |chord: &Chord| {
                let mut places = context.down();
                places.find(|one| self.lookup(*one, *chord).is_some()) == Some(place)
            };
            self.keys(place, action).filter(first)
        })
    }

    /// Every binding, context by context.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// Sentences on the user's keys that do less than they seem to, with file and line.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Binds a key, or frees it; for the rest of this run.
    pub fn bind(&mut self, context: Context, chord: Chord, action: Option<Action>) {
        self.bindings
            .retain(|one| !(one.context == context && one.chord == chord));
        if let Some(action) = action {
            // The user's own key goes first: help shows that one.
            let own = self.bindings.iter().position(|one| one.context == context);
            let binding = Binding {
                context,
                chord,
                action,
            };
            self.bindings
                .insert(own.unwrap_or(self.bindings.len()), binding);
        }
    }

    /// The line of the settings file that a binding stands on, from 1; `None` of a default.
    #[must_use]
    pub fn line_of(&self, context: Context, chord: Chord) -> Option<usize> {
        let mut own = self.own.iter();
        let found = own.find(|one| one.context == context && one.chord == chord);
        found.map(|one| one.line)
    }

    /// What a new key for an action would take from others, a sentence each.
    #[must_use]
    pub fn conflicts(&self, context: Context, chord: Chord, action: Action) -> Vec<String> {
        let mut conflicts = Vec::new();
        for binding in self.bindings.iter().filter(|one| one.chord == chord) {
            let (other, place) = (binding.action, binding.context);
            if other == action {
                continue;
            }
            let says = if place == context {
                let left = self.keys(context, other).filter(|one| *one != chord);
                match left.count() {
                    0 => words::key_is_the_only_one(other.name()),
                    _ => words::key_is_one_of_several(other.name()),
                }
            } else if place == Context::Global {
                words::key_is_hidden_here(other.name())
            } else if place.is_over(context) || context.is_over(place) {
                words::key_hides_it(place.name(), other.name())
            } else {
                continue;
            };
            conflicts.push(says);
        }
        if chord.needs_kitty() {
            conflicts.push(words::KEY_NEEDS_KITTY.into());
        }
        conflicts
    }

    /// The context in which an action has its usual key, where it has one.
    #[must_use]
    pub fn home_of(action: Action) -> Option<Context> {
        Context::ALL.into_iter().find(|context| {
            let mut defaults = context.defaults().iter();
            defaults.any(|(_, other)| *other == action)
        })
    }
}

#[cfg(test)]
mod tests;
