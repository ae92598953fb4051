//! Measures values before a template may keep them.

use std::time::Instant;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, State, Value};

/// Levels of lists in lists. Message lists and tool schemas stay below ten.
const DEPTH_LIMIT: usize = 32;

/// What a named value may hold. Sizes follow the conversation, so that a long one is not
/// refused for being long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    give_up: Instant,
    /// Items, those of inner lists each time they are met.
    items: usize,
    /// Bytes of text, counted the same way.
    bytes: usize,
}

impl Bounds {
    /// Bounds for so many messages with so many bytes of content.
    pub(super) fn new(give_up: Instant, messages: usize, content: usize) -> Self {
        Self {
            give_up,
            items: 10_000_usize.saturating_add(messages.saturating_mul(8)),
            bytes: (256_usize << 10)
                .saturating_add(messages.saturating_mul(1 << 10))
                .saturating_add(content.saturating_mul(2)),
        }
    }

    /// The most pieces that may be joined.
    pub(super) fn items(&self) -> usize {
        self.items
    }

    pub(super) fn check_time(&self) -> Result<(), Error> {
        if Instant::now() >= self.give_up {
            return Err(too_expensive());
        }
        Ok(())
    }

    /// Measures the items of `values`, each by itself. With `inside` they are kept in a
    /// namespace, and may not be one.
    pub(super) fn check(
        &self,
        state: &State<'_, '_>,
        values: &Value,
        inside: bool,
    ) -> Result<(), Error> {
        self.check_time()?;
        let mut items = 0;
        for value in values.try_iter()? {
            items += self.measure(value, inside)?;
        }
        state.consume_fuel(1 + items as u64 / 16)
    }

    fn measure(&self, value: Value, inside: bool) -> Result<usize, Error> {
        let mut waiting = vec![(value, 0)];
        let mut items = 0_usize;
        let mut bytes = 0_usize;
        while let Some((value, depth)) = waiting.pop() {
            if depth > DEPTH_LIMIT {
                return Err(too_expensive());
            }
            if (depth > 0 || inside) && is_namespace(&value) {
                return Err(too_expensive());
            }
            match value.kind() {
                ValueKind::String => {
                    bytes = bytes.saturating_add(value.as_str().map_or(0, str::len));
                }
                ValueKind::Bytes => {
                    bytes = bytes.saturating_add(value.as_bytes().map_or(0, <[u8]>::len));
                }
                ValueKind::Seq | ValueKind::Iterable | ValueKind::Map => {
                    if value.len().is_some_and(|length| length > self.items) {
                        return Err(too_expensive());
                    }
                    let is_map = value.kind() == ValueKind::Map;
                    for item in value.try_iter()? {
                        items += 1;
                        if items > self.items {
                            return Err(too_expensive());
                        }
                        if is_map {
                            waiting.push((value.get_item(&item)?, depth + 1));
                        }
                        waiting.push((item, depth + 1));
                    }
                }
                _ => {}
            }
            if bytes > self.bytes {
                return Err(too_expensive());
            }
            if items % 256 == 255 {
                self.check_time()?;
            }
        }
        Ok(items)
    }
}

/// minijinja keeps the type private; a test notices when its name changes.
fn is_namespace(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|object| object.type_name().ends_with("::Namespace"))
}

/// No honest template comes here, and none of another shape of the messages would help.
pub(super) fn too_expensive() -> Error {
    Error::from(ErrorKind::OutOfFuel)
}
