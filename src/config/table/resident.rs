//! How long an engine stays.

use super::{Flag, Kind, Setting};
use crate::words::settings as words;

pub(super) const SETTINGS: &[Setting] = &[Setting::new(
    "keep_alive",
    Kind::Text,
    |s| &mut s.keep_alive,
    words::KEEP_ALIVE,
)
.flags(&[Flag::value("keep-alive", "TIME").rare()])];
