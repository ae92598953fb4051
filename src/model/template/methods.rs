//! Python's string and list methods, charged before they allocate.
//!
//! minijinja charges a method for its subject and its result, but the result exists by then:
//! a long text whose every gap is replaced by itself would fill the memory first.

use minijinja::value::{ValueKind, from_args};
use minijinja::{Error, State, Value};
use minijinja_contrib::pycompat;

use super::bounds::{Bounds, too_expensive};

/// Bytes that one fuel pays for, as in minijinja.
const BYTES_PER_FUEL: usize = 64;

pub(super) fn call(
    state: &mut State<'_, '_>,
    bounds: &Bounds,
    subject: &Value,
    method: &str,
    arguments: &[Value],
) -> Result<Value, Error> {
    bounds.check_time()?;
    if let (ValueKind::String, Some(text)) = (subject.kind(), subject.as_str()) {
        match method {
            "removeprefix" => {
                let (prefix,): (&str,) = from_args(arguments)?;
                return Ok(Value::from(text.strip_prefix(prefix).unwrap_or(text)));
            }
            "removesuffix" => {
                let (suffix,): (&str,) = from_args(arguments)?;
                return Ok(Value::from(text.strip_suffix(suffix).unwrap_or(text)));
            }
            _ => state.consume_fuel(cost(bounds, text, method, arguments)?)?,
        }
    }
    pycompat::unknown_method_callback(state, subject, method, arguments)
}

/// Fuel for what the method reads and is about to make.
fn cost(bounds: &Bounds, text: &str, method: &str, arguments: &[Value]) -> Result<u64, Error> {
    let argument = |index: usize| arguments.get(index).and_then(Value::as_str);
    let bytes = match method {
        "replace" => match (argument(0), argument(1)) {
            (Some(old), Some(new)) => text.matches(old).count().saturating_mul(new.len()),
            _ => 0,
        },
        // A piece is a value of its own: 64 bytes with its place in the list.
        "split" => match argument(0) {
            Some(separator) => text.matches(separator).count(),
            None => text.split_whitespace().count(),
        }
        .saturating_mul(BYTES_PER_FUEL),
        "splitlines" => text.matches('\n').count().saturating_mul(BYTES_PER_FUEL),
        "join" => {
            let mut pieces = 0_usize;
            if let Some(list) = arguments.first() {
                for _ in list.try_iter()? {
                    pieces += 1;
                    if pieces > bounds.items() {
                        return Err(too_expensive());
                    }
                }
            }
            pieces.saturating_mul(text.len())
        }
        // `'{:>999999999}'`: no template pads to more than three digits.
        "format" if has_long_number(text) => {
            return Err(too_expensive());
        }
        _ => 0,
    };
    Ok(1 + (bytes.saturating_add(text.len()) / BYTES_PER_FUEL) as u64)
}

fn has_long_number(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_digit())
        .any(|digits| digits.len() > 3)
}
