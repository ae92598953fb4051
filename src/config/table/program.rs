//! What concerns the program as a whole.

use super::{Flag, Kind, Setting};
use crate::config::settings::Verbosity;

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "offline",
        Kind::Switch,
        |s| &mut s.offline,
        "Never open a connection to the network.",
    )
    .flags(&[Flag::fixed(
        "offline",
        "true",
        "Never open a connection to the network",
    )])
    .llama("LLAMA_ARG_OFFLINE"),
    Setting::new(
        "sandbox",
        Kind::Switch,
        |s| &mut s.sandbox,
        "Confine the engine process to the files and system calls it needs (Linux).",
    )
    .flags(&[Flag::fixed(
        "no-sandbox",
        "false",
        "Do not confine the engine process",
    )]),
    Setting::new(
        "incognito",
        Kind::Switch,
        |s| &mut s.incognito,
        "Write nothing to disk: no history, no log, no input history.",
    )
    .flags(&[Flag::fixed("incognito", "true", "Write nothing to disk")]),
    Setting::new(
        "verbosity",
        Kind::Choice(Verbosity::NAMES),
        |s| &mut s.verbosity,
        "How much to say on stderr: quiet leaves errors alone, verbose adds the engine's log.",
    )
    .flags(&[
        Flag::fixed("quiet", "quiet", "Say nothing on stderr but errors").short('q'),
        Flag::fixed("verbose", "verbose", "Show the engine's log too").short('v'),
    ]),
];
