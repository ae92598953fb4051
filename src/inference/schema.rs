//! JSON schemas that an answer can be held to.
//!
//! llama.cpp makes a grammar of a schema and leaves out what it has no grammar for, so that an
//! answer could break the schema it was to follow. Here a schema is checked beforehand: what an
//! answer would not be held to is an error that says where it stands.
//!
//! | file | idea |
//! |---|---|
//! | `rules.rs` | what llama.cpp makes of each part of a schema, and what it would leave out |
//! | `locate.rs` | from a JSON pointer to the place in the text |

mod locate;
mod rules;

use super::constraint::{Constraint, ConstraintError, Place};
use crate::words::Said;

/// Checks that answers can be held to a JSON schema, given as text.
///
/// # Errors
/// It is no JSON, or one of its parts cannot be followed: the error says where.
pub fn check_schema(text: &str) -> Result<(), ConstraintError> {
    let schema = serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        // serde_json ends its sentence with the place.
        let reason = reason.split(" at line ").next().unwrap_or_default();
        ConstraintError {
            place: Some(Place::at(text, error.line(), error.column())),
            ..wrong(Said::verbatim(reason))
        }
    })?;
    rules::check(&schema).map_err(|fault| ConstraintError {
        place: locate::find(text, &fault.path).map(|byte| Place::of(text, byte)),
        pointer: Some(locate::pointer(&fault.path)),
        ..wrong(fault.reason)
    })
}

fn wrong(reason: Said) -> ConstraintError {
    ConstraintError::new(Constraint::JsonSchema, reason)
}

/// The place of a `pattern` in a schema; the first one that reads so.
#[must_use]
pub fn pattern_in_schema(text: &str, pattern: &str) -> Option<(String, Place)> {
    let schema = serde_json::from_str(text).ok()?;
    let path = rules::pattern(&schema, pattern)?;
    let place = Place::of(text, locate::find(text, &path)?);
    Some((locate::pointer(&path), place))
}

#[cfg(test)]
mod tests;
