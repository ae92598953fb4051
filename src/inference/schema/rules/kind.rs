//! What a part of a schema is, and which keywords count in it.

use serde_json::Value;

use super::{Fault, Members};
use crate::words::{Said, common, inference as words};

/// What llama.cpp takes a part for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Reference,
    /// `anyOf` or `oneOf`, which it treats alike.
    Alternatives(&'static str),
    All,
    /// Values that are listed; of these types, where any are named.
    Choice(Vec<&'static str>),
    /// Values of these types.
    Values(Vec<&'static str>),
    Anything,
}

const TYPES: [&str; 7] = [
    "object", "array", "string", "integer", "number", "boolean", "null",
];

/// Keywords that say something of a schema, and nothing of an answer.
const REMARKS: [&str; 20] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$comment",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "discriminator",
    "format",
    "nullable",
    "contentEncoding",
    "contentMediaType",
];

/// Keywords of JSON Schema that are supported nowhere.
const UNSUPPORTED: [&str; 21] = [
    "not",
    "if",
    "then",
    "else",
    "multipleOf",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
    "additionalItems",
    "unevaluatedItems",
    "unevaluatedProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "$dynamicRef",
    "$recursiveRef",
];

const OBJECT: [&str; 3] = ["properties", "required", "additionalProperties"];
const ARRAY: [&str; 4] = ["items", "prefixItems", "minItems", "maxItems"];
const STRING: [&str; 3] = ["pattern", "minLength", "maxLength"];
const INTEGER: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
const STRUCTURE: [&str; 7] = ["type", "enum", "const", "$ref", "anyOf", "oneOf", "allOf"];

/// The formats of texts that llama.cpp has a grammar for.
pub(super) fn is_known_format(format: &Value) -> bool {
    matches!(
        format.as_str(),
        Some(
            "date"
                | "time"
                | "date-time"
                | "uuid"
                | "uuid1"
                | "uuid2"
                | "uuid3"
                | "uuid4"
                | "uuid5"
        )
    )
}

impl Kind {
    pub(super) fn of(members: &Members) -> Result<Self, Fault> {
        let has = |key: &str| members.contains_key(key);
        let has_properties = has("properties")
            || members
                .get("additionalProperties")
                .is_some_and(|more| *more != Value::Bool(true));
        if has("$ref") {
            return Ok(Self::Reference);
        }
        if let Some(key) = ["oneOf", "anyOf"].into_iter().find(|key| has(key)) {
            return Ok(Self::Alternatives(key));
        }
        let types = types(members)?;
        if has("const") || has("enum") {
            return Ok(Self::Choice(types));
        }
        if has("allOf") && !has_properties && matches!(types[..], [] | ["object" | "string"]) {
            return Ok(Self::All);
        }
        let guessed = if !types.is_empty() {
            return Ok(Self::Values(types));
        } else if has_properties {
            "object"
        } else if has("items") || has("prefixItems") {
            "array"
        } else if STRING.iter().any(|key| has(key))
            || members.get("format").is_some_and(is_known_format)
        {
            "string"
        } else {
            return Ok(Self::Anything);
        };
        Ok(Self::Values(vec![guessed]))
    }

    /// Finds a keyword that an answer would not be held to.
    pub(super) fn left_out(&self, members: &Members) -> Result<(), Fault> {
        let stray = members.keys().find(|key| {
            !REMARKS.contains(&key.as_str()) && !key.starts_with("x-") && !self.holds(key)
        });
        match stray {
            Some(key) => Err(Fault::new(
                vec![key.clone()],
                Said::new(|| self.complaint(key)),
            )),
            None => Ok(()),
        }
    }

    fn holds(&self, key: &str) -> bool {
        match self {
            Self::Reference => key == "$ref",
            Self::Alternatives(own) => key == *own,
            Self::All => matches!(key, "allOf" | "type"),
            Self::Choice(_) => matches!(key, "enum" | "const" | "type"),
            Self::Values(types) => {
                key == "type" || types.iter().any(|of| keywords(of).contains(&key))
            }
            Self::Anything => false,
        }
    }

    fn complaint(&self, key: &str) -> String {
        let known = [&OBJECT[..], &ARRAY, &STRING, &INTEGER, &STRUCTURE].concat();
        if UNSUPPORTED.contains(&key) {
            return words::cannot_hold(key);
        }
        if !known.contains(&key) {
            let near = known
                .iter()
                .chain(&REMARKS)
                .map(|name| (strsim::damerau_levenshtein(key, name), name))
                .filter(|(distance, _)| *distance <= 2)
                .min();
            return match near {
                Some((_, name)) => words::no_keyword_but(key, name),
                None => words::no_keyword(key),
            };
        }
        match self {
            Self::Reference => words::no_effect_beside(key, "$ref"),
            Self::Alternatives(own) => words::no_effect_beside_alternatives(key, own),
            Self::All => words::no_effect_beside(key, "allOf"),
            Self::Choice(_) => words::no_effect_beside_choice(key),
            Self::Values(types) if types.contains(&"number") && INTEGER.contains(&key) => {
                words::only_for_integers(key)
            }
            Self::Values(types) if key == "allOf" => words::no_all_of_beside(listed(types)),
            Self::Values(types) => words::no_effect_on(key, listed(types)),
            Self::Anything => words::no_effect_without_type(key),
        }
    }
}

/// Types, as a sentence names them.
pub(super) fn listed(types: &[&str]) -> String {
    types.join(&common::LIST_SEPARATOR)
}

/// The types that are named.
fn types(members: &Members) -> Result<Vec<&'static str>, Fault> {
    let known = |name: &Value| {
        let known = TYPES.into_iter().find(|known| name.as_str() == Some(known));
        known.ok_or_else(|| {
            Fault::new(
                vec!["type".to_owned()],
                Said::new(|| words::no_type(name, listed(&TYPES))),
            )
        })
    };
    match members.get("type") {
        None => Ok(Vec::new()),
        Some(Value::Array(names)) if names.is_empty() => {
            Err(Fault::new(vec!["type".to_owned()], words::NO_TYPES))
        }
        Some(Value::Array(names)) => names.iter().map(known).collect(),
        Some(name) => Ok(vec![known(name)?]),
    }
}

fn keywords(of: &str) -> &'static [&'static str] {
    match of {
        "object" => &OBJECT,
        "array" => &ARRAY,
        "string" => &STRING,
        "integer" => &INTEGER,
        _ => &[],
    }
}
