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
        let told = keymap.warnings(&freed);
        keymap.notices = told
            .into_iter()
            .map(|(line, says)| format!("{}:{line}: {says}", source.path.display()))
            .collect();
        Ok(keymap)
    }

    /// What the user's keys do that they may not have meant, with the lines. Whoever frees the
    /// last key of an action means it.
    fn warnings(&self, freed: &[Action]) -> Vec<(usize, String)> {
        let mut warnings = Vec::new();
        for own in &self.own {
            let (context, chord) = (own.context, own.chord);
            let Some(action) = self.lookup(context, chord) else {
                continue;
            };
            if chord.needs_kitty() {
                warnings.push((own.line, words::told_by_kitty_only(chord)));
            }
            let was = Self::default().lookup(context, chord);
            if let Some(was) = was.filter(|was| *was != action && !freed.contains(was))
                && !self.bindings.iter().any(|one| one.action == was)
            {
                warnings.push((own.line, words::key_taken(chord, action.name(), was.name())));
            }
            if context == Context::Global {
                warnings.extend(self.hidden(chord, action).map(|says| (own.line, says)));
            }
        }
        warnings
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
