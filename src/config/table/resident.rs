//! How long an engine stays.

use super::{Flag, Kind, Setting};

pub(super) const SETTINGS: &[Setting] = &[Setting::new(
    "keep_alive",
    Kind::Text,
    |s| &mut s.keep_alive,
    "How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off. Where no resident engine runs, one is started.",
)
.flags(&[Flag::value("keep-alive", "TIME").rare()])];
