//! From a JSON pointer to the place in the text.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// A JSON pointer as a fragment (RFC 6901): `#/properties/a~1b`.
pub(super) fn pointer(path: &[String]) -> String {
    let escaped = |step: &String| step.replace('~', "~0").replace('/', "~1");
    let steps: String = path
        .iter()
        .map(|step| format!("/{}", escaped(step)))
        .collect();
    format!("#{steps}")
}

/// The byte at which the name of a member stands, or an item of an array begins; `None` where
/// there is none.
pub(super) fn find(text: &str, path: &[String]) -> Option<usize> {
    let mut part: &RawValue = serde_json::from_str(text).ok()?;
    let mut of_member = false;
    for step in path {
        of_member = part.get().starts_with('{');
        part = if of_member {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(part.get()).ok()?;
            members.get(step).copied()?
        } else {
            let items: Vec<&RawValue> = serde_json::from_str(part.get()).ok()?;
            items.get(step.parse::<usize>().ok()?).copied()?
        };
    }
    // The parts are borrowed from the text.
    let start = (part.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    if of_member {
        name_before(text, start)
    } else {
        Some(start)
    }
}

/// Where the name of the value at `start` begins.
fn name_before(text: &str, start: usize) -> Option<usize> {
    let name = text[..start]
        .trim_end()
        .strip_suffix(':')?
        .trim_end()
        .strip_suffix('"')?;
    let is_open = |at: usize| {
        let before = &name[..at];
        (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2)
    };
    name.rmatch_indices('"')
        .map(|(at, _)| at)
        .find(|&at| is_open(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, path: &[&str]) -> Option<usize> {
        let path: Vec<String> = path.iter().map(ToString::to_string).collect();
        find(text, &path)
    }

    #[test]
    fn a_member_is_found_by_its_name_and_an_item_where_it_begins() {
        let text = r#" {"a": {"b\"": [ 1, {"c" : 2}]}}"#;
        assert_eq!(place(text, &[]), text.find('{'));
        assert_eq!(place(text, &["a"]), text.find("\"a"));
        assert_eq!(place(text, &["a", "b\""]), text.find("\"b"));
        assert_eq!(place(text, &["a", "b\"", "1"]), text.find("{\"c"));
        assert_eq!(place(text, &["a", "b\"", "1", "c"]), text.find("\"c"));
        assert_eq!(place(text, &["a", "z"]), None);
        assert_eq!(place(text, &["a", "b\"", "7"]), None);
    }

    #[test]
    fn a_pointer_escapes_what_separates_its_steps() {
        let path = ["a/b".to_owned(), "c~".to_owned()];
        assert_eq!(pointer(&path), "#/a~1b/c~0");
        assert_eq!(pointer(&[]), "#");
    }
}
