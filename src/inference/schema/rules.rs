//! What llama.cpp makes of each part of a schema, and what it would leave out.
//!
//! It follows `common/json-schema.cpp` and `common/json-schema-to-grammar.cpp` of the llama.cpp
//! that is built in: which keyword decides what a part is, and which of the others count then.

mod kind;
mod values;

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use self::kind::Kind;
use crate::words::{Said, inference as words};

/// llama.cpp recurses; no schema that people write is so deep.
const DEEPEST: usize = 100;

type Members = Map<String, Value>;

/// What cannot be followed, and the steps that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub path: Vec<String>,
    pub reason: Said,
}

impl Fault {
    fn new(path: Vec<String>, reason: impl Into<Said>) -> Self {
        Self {
            path,
            reason: reason.into(),
        }
    }
}

/// Checks a whole schema.
pub(super) fn check(schema: &Value) -> Result<(), Fault> {
    let mut check = Check {
        root: schema,
        followed: HashSet::new(),
    };
    check.part(schema, &[], 0)
}

/// The way to the first `pattern` that reads so.
pub(super) fn pattern(schema: &Value, wanted: &str) -> Option<Vec<String>> {
    let step = |key: String, value: &Value| {
        if key == "pattern" && value.as_str() == Some(wanted) {
            return Some(vec![key]);
        }
        let mut path = pattern(value, wanted)?;
        path.insert(0, key);
        Some(path)
    };
    match schema {
        Value::Object(members) => members
            .iter()
            .find_map(|(key, value)| step(key.clone(), value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, value)| step(at.to_string(), value)),
        _ => None,
    }
}

/// The path and one step more.
fn to(path: &[String], step: impl Into<String>) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(step.into());
    path
}

struct Check<'a> {
    root: &'a Value,
    /// References that were followed once.
    followed: HashSet<String>,
}

impl<'a> Check<'a> {
    fn part(&mut self, schema: &'a Value, path: &[String], depth: usize) -> Result<(), Fault> {
        if depth > DEEPEST {
            return Err(Fault::new(
                path.to_vec(),
                Said::new(|| words::nested_too_deep(DEEPEST)),
            ));
        }
        let Value::Object(members) = schema else {
            return Err(Fault::new(path.to_vec(), words::EXPECTED_SCHEMA));
        };
        let kind = Kind::of(members).map_err(|fault| fault.under(path))?;
        kind.left_out(members).map_err(|fault| fault.under(path))?;
        match kind {
            Kind::Reference => self.reference(members, path, depth),
            Kind::Alternatives(key) => self.parts(members, key, path, depth),
            Kind::All => {
                self.parts(members, "allOf", path, depth)?;
                self.joined(members, path)
            }
            Kind::Choice(types) => {
                values::choice(members, &types).map_err(|fault| fault.under(path))
            }
            Kind::Values(types) => {
                values::check(members, &types).map_err(|fault| fault.under(path))?;
                self.inside(members, path, depth)
            }
            Kind::Anything => Ok(()),
        }
    }

    /// The schemas in the array `key`.
    fn parts(
        &mut self,
        members: &'a Members,
        key: &str,
        path: &[String],
        depth: usize,
    ) -> Result<(), Fault> {
        let path = to(path, key);
        match members.get(key).and_then(Value::as_array) {
            Some(parts) if !parts.is_empty() => {
                let mut parts = parts.iter().enumerate();
                parts.try_for_each(|(at, part)| {
                    self.part(part, &to(&path, at.to_string()), depth + 1)
                })
            }
            _ => Err(Fault::new(path, Said::new(|| words::needs_schemas(key)))),
        }
    }

    /// The schemas of what an object or an array holds.
    fn inside(&mut self, members: &'a Members, path: &[String], depth: usize) -> Result<(), Fault> {
        if let Some(properties) = members.get("properties").and_then(Value::as_object) {
            let path = to(path, "properties");
            for (name, part) in properties {
                self.part(part, &to(&path, name), depth + 1)?;
            }
        }
        for key in ["additionalProperties", "items", "prefixItems"] {
            match members.get(key) {
                None | Some(Value::Bool(_)) => {}
                Some(Value::Array(_)) => self.parts(members, key, path, depth)?,
                Some(part) => self.part(part, &to(path, key), depth + 1)?,
            }
        }
        Ok(())
    }

    fn reference(
        &mut self,
        members: &'a Members,
        path: &[String],
        depth: usize,
    ) -> Result<(), Fault> {
        let (name, target) = self
            .target(members)
            .map_err(|reason| Fault::new(to(path, "$ref"), reason))?;
        self.end_of(target)
            .map_err(|reason| Fault::new(to(path, "$ref"), reason))?;
        if self.followed.insert(name.to_owned()) {
            let steps: Vec<String> = steps(name).map(str::to_owned).collect();
            return self.part(target, &steps, depth + 1);
        }
        Ok(())
    }

    /// The reference in `members`, and what it names.
    fn target(&self, members: &'a Members) -> Result<(&'a str, &'a Value), Said> {
        let Some(name) = members.get("$ref").and_then(Value::as_str) else {
            return Err(words::REF_NEEDS_TEXT.into());
        };
        if !name.starts_with("#/") {
            return Err(Said::new(|| words::reference_outside(name)));
        }
        let found = steps(name).try_fold(self.root, |part, step| match part {
            Value::Object(members) => members.get(step),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        });
        found
            .map(|target| (name, target))
            .ok_or_else(|| Said::new(|| words::reference_to_nothing(name)))
    }

    /// The first part on the way of references that is none itself.
    fn end_of(&self, mut part: &'a Value) -> Result<&'a Value, Said> {
        let mut seen = HashSet::new();
        while let Some(members) = part.as_object().filter(|it| it.contains_key("$ref")) {
            let (name, target) = self.target(members)?;
            if !seen.insert(name) {
                return Err(Said::new(|| words::reference_to_itself(name)));
            }
            part = target;
        }
        Ok(part)
    }

    /// Whether llama.cpp joins the parts of an `allOf`: it takes the properties of objects, or
    /// the values that all lists have.
    fn joined(&self, members: &'a Members, path: &[String]) -> Result<(), Fault> {
        let parts = members.get("allOf").and_then(Value::as_array);
        let path = to(path, "allOf");
        let mut names = BTreeSet::new();
        let (mut objects, mut lists) = (0, Vec::new());
        for (at, part) in parts.into_iter().flatten().enumerate() {
            let fault = |reason: Said| Err(Fault::new(to(&path, at.to_string()), reason));
            let part = match self.end_of(part) {
                Ok(Value::Object(part)) => part,
                Ok(_) => continue,
                Err(reason) => return fault(reason),
            };
            if let Some(list) = part.get("enum").and_then(Value::as_array) {
                lists.push(list);
                continue;
            }
            let Some(properties) = part.get("properties").and_then(Value::as_object) else {
                return fault(words::ALL_OF_JOINS.into());
            };
            objects += 1;
            if let Some(twice) = properties.keys().find(|name| !names.insert(*name)) {
                return fault(Said::new(|| words::property_twice(twice)));
            }
        }
        if objects > 0 && !lists.is_empty() {
            return Err(Fault::new(path, words::ALL_OF_MIXES));
        }
        if let Some((first, others)) = lists.split_first()
            && !first
                .iter()
                .any(|value| others.iter().all(|list| list.contains(value)))
        {
            return Err(Fault::new(path, words::NO_COMMON_VALUE));
        }
        Ok(())
    }
}

/// The steps of a reference, as llama.cpp reads them: nothing in it is escaped.
fn steps(reference: &str) -> impl Iterator<Item = &str> {
    reference.split('/').skip(1)
}

impl Fault {
    /// The same, seen from further up.
    fn under(mut self, path: &[String]) -> Self {
        self.path.splice(0..0, path.iter().cloned());
        self
    }
}
