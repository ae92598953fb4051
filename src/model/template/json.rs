//! `tojson` as the templates' authors know it: Python's `json.dumps(…, ensure_ascii=False)`,
//! without the HTML escapes of Jinja's own filter.

use std::error::Error as _;
use std::io;

use minijinja::value::Kwargs;
use minijinja::{Error, ErrorKind, State, Value};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};

/// Bytes that one unit of fuel pays for: walking a value costs more than copying it.
const BYTES_PER_FUEL: usize = 4;

/// Widest indentation that is believed.
const MAX_INDENT: usize = 16;

/// `value|tojson(indent=None)`. Further arguments of Python's function are accepted, since
/// templates pass them; the order of keys and the escapes are what they are without them.
#[expect(
    clippy::needless_pass_by_value,
    reason = "so are filters called by minijinja"
)]
pub(super) fn tojson(
    state: &State<'_, '_>,
    value: &Value,
    indent: Option<usize>,
    options: Kwargs,
) -> Result<Value, Error> {
    let indent = match indent {
        None => options.get::<Option<usize>>("indent")?,
        given => given,
    };
    for ignored in ["ensure_ascii", "separators", "sort_keys"] {
        options.get::<Option<Value>>(ignored)?;
    }
    options.assert_all_used()?;
    let text = match indent {
        Some(width) => {
            let spaces = " ".repeat(width.min(MAX_INDENT));
            dump(value, PrettyFormatter::with_indent(spaces.as_bytes()))
        }
        None => dump(value, Spaced),
    };
    let text = text.map_err(|error| Error::from(ErrorKind::InvalidOperation).with_source(error))?;
    state.consume_fuel((text.len() / BYTES_PER_FUEL) as u64)?;
    Ok(Value::from(text))
}

/// Whether a value could not be written: of all that templates call, only this uses `serde_json`.
pub(super) fn is_refusal(error: &Error) -> bool {
    error
        .source()
        .is_some_and(<dyn std::error::Error + 'static>::is::<serde_json::Error>)
}

fn dump(value: &Value, formatter: impl Formatter) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(
        &mut bytes, formatter,
    ))?;
    // serde_json writes nothing but UTF-8.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Python's default separators, `", "` and `": "`.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        w: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if first { Ok(()) } else { w.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        w: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if first { Ok(()) } else { w.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, w: &mut W) -> io::Result<()> {
        w.write_all(b": ")
    }
}
