//! The keywords of each type: of the right form, possible, and followed together.

use serde_json::Value;

use super::kind::{is_known_format, listed};
use super::{Fault, Members};
use crate::words::{Said, inference as words};

/// Repetitions that a grammar may have (`MAX_REPETITION_THRESHOLD` in `llama-grammar.cpp`).
const MOST_REPETITIONS: u64 = 2000;
/// Whole numbers have 16 digits at most in a grammar.
const LARGEST: f64 = 1e15;

fn fault<T>(key: &str, reason: impl Into<Said>) -> Result<T, Fault> {
    Err(Fault::new(vec![key.to_owned()], reason))
}

/// Checks the keywords of these types.
pub(super) fn check(members: &Members, types: &[&'static str]) -> Result<(), Fault> {
    types.iter().try_for_each(|name| match *name {
        "object" => object(members),
        "array" => array(members),
        "string" => string(members),
        "integer" => integer(members),
        _ => Ok(()),
    })
}

/// Checks values that are listed.
pub(super) fn choice(members: &Members, types: &[&'static str]) -> Result<(), Fault> {
    if members.contains_key("const") && members.contains_key("enum") {
        return fault(
            "enum",
            Said::new(|| words::no_effect_beside("enum", "const")),
        );
    }
    if let Some(value) = members.get("const") {
        return of_type(value, types)
            .map_err(|reason| Fault::new(vec!["const".to_owned()], reason));
    }
    match members.get("enum") {
        Some(Value::Array(values)) if !values.is_empty() => {
            values.iter().enumerate().try_for_each(|(at, value)| {
                let path = vec!["enum".to_owned(), at.to_string()];
                of_type(value, types).map_err(|reason| Fault::new(path, reason))
            })
        }
        _ => fault("enum", words::ENUM_NEEDS_VALUES),
    }
}

fn of_type(value: &Value, types: &[&str]) -> Result<(), Said> {
    let is = |name: &&str| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    if types.is_empty() || types.iter().any(is) {
        return Ok(());
    }
    Err(Said::new(|| words::not_of_type(value, listed(types))))
}

fn object(members: &Members) -> Result<(), Fault> {
    let properties = match members.get("properties") {
        None => None,
        Some(Value::Object(properties)) => Some(properties),
        Some(_) => return fault("properties", words::PROPERTIES_NEED_SCHEMAS),
    };
    if let Some(required) = members.get("required") {
        let Some(names) = required.as_array() else {
            return fault("required", words::REQUIRED_NEEDS_NAMES);
        };
        for (at, name) in names.iter().enumerate() {
            let path = vec!["required".to_owned(), at.to_string()];
            let Some(name) = name.as_str() else {
                return Err(Fault::new(path, Said::new(|| words::no_name(name))));
            };
            if !properties.is_some_and(|properties| properties.contains_key(name)) {
                return Err(Fault::new(
                    path,
                    Said::new(|| words::required_but_absent(name)),
                ));
            }
        }
    }
    match members.get("additionalProperties") {
        None | Some(Value::Bool(_) | Value::Object(_)) => Ok(()),
        Some(_) => fault("additionalProperties", words::ADDITIONAL_NEEDS_SCHEMA),
    }
}

fn array(members: &Members) -> Result<(), Fault> {
    if members.contains_key("items") && members.contains_key("prefixItems") {
        return fault(
            "prefixItems",
            Said::new(|| words::no_effect_beside("prefixItems", "items")),
        );
    }
    range(members, "minItems", "maxItems")?;
    let tuple = ["items", "prefixItems"]
        .into_iter()
        .find_map(|key| members.get(key)?.as_array());
    if let Some(tuple) = tuple {
        let length = tuple.len() as u64;
        let other = ["minItems", "maxItems"].into_iter().find(|key| {
            members
                .get(*key)
                .is_some_and(|count| count.as_u64() != Some(length))
        });
        if let Some(key) = other {
            return fault(key, Said::new(|| words::array_length(length)));
        }
    }
    Ok(())
}

fn string(members: &Members) -> Result<(), Fault> {
    range(members, "minLength", "maxLength")?;
    let length = ["minLength", "maxLength"]
        .into_iter()
        .find(|key| members.contains_key(*key));
    let format = members
        .get("format")
        .filter(|format| is_known_format(format));
    if let Some(pattern) = members.get("pattern") {
        let Some(text) = pattern.as_str() else {
            return fault("pattern", words::PATTERN_NEEDS_TEXT);
        };
        if text.len() < 2 || !text.starts_with('^') || !text.ends_with('$') {
            return fault("pattern", words::PATTERN_NOT_ANCHORED);
        }
        if let Some(key) = length {
            return fault(key, Said::new(|| words::no_effect_beside(key, "pattern")));
        }
        if format.is_some() {
            return fault(
                "format",
                Said::new(|| words::no_effect_beside("format", "pattern")),
            );
        }
    }
    match (format, length) {
        (Some(_), Some(key)) => fault(key, Said::new(|| words::no_effect_beside(key, "format"))),
        _ => Ok(()),
    }
}

fn range(members: &Members, least: &str, most: &str) -> Result<(), Fault> {
    let count = |key: &str| match members.get(key) {
        None => Ok(None),
        Some(value) => match value.as_u64() {
            Some(count) if count <= MOST_REPETITIONS => Ok(Some(count)),
            Some(_) => fault(key, Said::new(|| words::at_most(key, MOST_REPETITIONS))),
            None => fault(key, Said::new(|| words::needs_count(key))),
        },
    };
    match (count(least)?, count(most)?) {
        (Some(low), Some(high)) if low > high => {
            fault(most, Said::new(|| words::nothing_fits(most, least)))
        }
        _ => Ok(()),
    }
}

fn integer(members: &Members) -> Result<(), Fault> {
    let bound = |key: &str| match members.get(key) {
        None => Ok(None),
        Some(value) => match value.as_f64() {
            Some(number) if number.abs() <= LARGEST => Ok(Some(number)),
            Some(_) => fault(key, Said::new(|| words::too_many_digits(key))),
            None => fault(key, Said::new(|| words::needs_number(key))),
        },
    };
    let one_of = |plain: &str, exclusive: &str| {
        if members.contains_key(plain) && members.contains_key(exclusive) {
            return fault(
                exclusive,
                Said::new(|| words::no_effect_beside(exclusive, plain)),
            );
        }
        Ok(())
    };
    one_of("minimum", "exclusiveMinimum")?;
    one_of("maximum", "exclusiveMaximum")?;
    let low = bound("minimum")?
        .map(f64::ceil)
        .or(bound("exclusiveMinimum")?.map(|number| number.floor() + 1.0));
    let high = bound("maximum")?
        .map(f64::floor)
        .or(bound("exclusiveMaximum")?.map(|number| number.ceil() - 1.0));
    match (low, high) {
        (Some(low), Some(high)) if low > high => {
            let key = if members.contains_key("maximum") {
                "maximum"
            } else {
                "exclusiveMaximum"
            };
            fault(key, words::NO_WHOLE_NUMBER)
        }
        _ => Ok(()),
    }
}
