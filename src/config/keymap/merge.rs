//! The user's `[keys]` over the defaults, and what is to be said of them.

use toml_edit::{Item, Key};

use super::{Action, Chord, Context, Keymap, Own};
use crate::config::error::{ConfigError, SourceText};
use crate::words::config as words;

impl Keymap {
    /// The defaults with the `[keys]` table of a settings file over them.
    pub(in crate::config) fn merged(
        source: &SourceText<'_>,
        keys: &Item,
    ) -> Result<Self, ConfigError> {
        let mut keymap = Self::default();
        let wrong = |message: String, span| ConfigError::new(message).at(source, span);
        let Some(tables) = keys.as_table_like() else {
            return Err(wrong(words::is_a_table("keys"), keys.span()));
        };
        let mut freed = Vec::new();
        for (name, item) in tables.iter() {
            let span = tables.key(name).and_then(Key::span);
            let Some(context) = Context::ALL.into_iter().find(|one| one.name() == name) else {
                return Err(wrong(words::unknown_place(name), span)
                    .nearest(name, Context::ALL.map(Context::name))
                    .hint(words::WHERE_KEYS_STAND));
            };
            let Some(table) = item.as_table_like() else {
                return Err(wrong(words::is_a_table(format_args!("keys.{name}")), span));
            };
            for (key, value) in table.iter() {
                let span = table.key(key).and_then(Key::span);
                let chord = Chord::parse(key).map_err(|error| error.at(source, span.clone()))?;
                if let Some(line) = keymap.line_of(context, chord) {
                    let message = words::key_twice(chord, name, line);
                    return Err(wrong(message, span));
                }
                let line = span.map_or(0, |span| source.line(span.start));
                let action = action_of(value).map_err(|error| error.at(source, value.span()))?;
                if action.is_none() {
                    freed.extend(keymap.lookup(context, chord));
                }
                keymap.bind(context, chord, action);
                keymap.own.push(Own {
                    context,
                    chord,
                    line,
                });
            }
        }
        let mut told = keymap.warnings(&freed);
        told.sort_by_key(|warning| warning.weight);
        let place = |line| format!("{}:{line}", source.path.display());
        keymap.notices = told
            .into_iter()
            .map(|warning| format!("{}: {}", place(warning.line), warning.says))
            .collect();
        Ok(keymap)
    }

    /// What the user's keys do that they may not have meant. Whoever frees the last key of an
    /// action means it, and so does whoever writes the defaults down.
    fn warnings(&self, freed: &[Action]) -> Vec<Warning> {
        let defaults = Self::default();
        let mut warnings = Vec::new();
        for own in &self.own {
            let (context, chord) = (own.context, own.chord);
            let Some(action) = self.lookup(context, chord) else {
                continue;
            };
            let mut warn = |weight, says| {
                warnings.push(Warning {
                    weight,
                    line: own.line,
                    says,
                });
            };
            if chord.needs_kitty() {
                warn(Weight::Usual, words::told_by_kitty_only(chord));
            }
            let was = defaults.lookup(context, chord);
            if was == Some(action) {
                continue;
            }
            if let Some(was) = was.filter(|was| !freed.contains(was))
                && !self.bindings.iter().any(|one| one.action == was)
            {
                let says = words::key_taken(chord, action.name(), was.name());
                warn(Weight::Usual, says);
            }
            if context == Context::Global {
                for says in self.hidden(chord, action) {
                    warn(Weight::Usual, says);
                }
            } else if let Some(lost) = defaults.global_in(context, chord)
                && self.lookup(Context::Global, chord) == Some(lost)
                && lost != action
            {
                let (weight, says) = self.lost(context, chord, action, lost);
                warn(weight, says);
            }
        }
        warnings
    }

    /// What a key that works everywhere does in a context that leaves it alone.
    fn global_in(&self, context: Context, chord: Chord) -> Option<Action> {
        let global = self.lookup(Context::Global, chord);
        global.filter(|global| self.meant(context, chord) == Some(*global))
    }

    /// A key of one context stands before what it does everywhere else.
    fn lost(
        &self,
        context: Context,
        chord: Chord,
        action: Action,
        lost: Action,
    ) -> (Weight, String) {
        let (name, place) = (action.name(), context.name());
        let way_out = matches!(lost, Action::Interrupt | Action::Leave | Action::Back);
        match self.keys_in(context, lost).next() {
            Some(other) => {
                let says = words::key_stands_before(chord, name, place, lost.name(), other);
                (Weight::Usual, says)
            }
            None if way_out => {
                let says = words::way_out_lost(chord, name, place, lost.name());
                (Weight::WayOut, says)
            }
            None => {
                let says = words::key_takes_the_last(chord, name, place, lost.name());
                (Weight::Usual, says)
            }
        }
    }

    /// The contexts that use a global key for something else.
    fn hidden(&self, chord: Chord, wanted: Action) -> impl Iterator<Item = String> {
        let others = self.bindings.iter().filter(move |one| {
            one.context != Context::Global && one.action != wanted && one.chord == chord
        });
        others.map(move |one| {
            let (place, other) = (one.context.name(), one.action.name());
            words::key_hidden(chord, wanted.name(), place, other)
        })
    }
}

/// Something that the user may not have meant.
struct Warning {
    weight: Weight,
    line: usize,
    says: String,
}

/// How much a warning matters, most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Nothing stops what runs, or leads out of a place.
    WayOut,
    Usual,
}

/// `None` frees the key.
fn action_of(value: &Item) -> Result<Option<Action>, ConfigError> {
    let name = value.as_str();
    let name = name.ok_or_else(|| ConfigError::new(words::ACTION_IS_A_TEXT))?;
    if name == "none" {
        return Ok(None);
    }
    Action::from_name(name).map(Some).ok_or_else(|| {
        ConfigError::new(words::unknown_action(name)).nearest(
            name,
            Action::ALL.map(Action::name).into_iter().chain(["none"]),
        )
    })
}
