//! What concerns the program as a whole.

use super::{Flag, Kind, Setting};
use crate::config::settings::{ColorChoice, LanguageChoice, Verbosity};

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
    .flags(&[Flag::fixed("no-sandbox", "false", "Do not confine the engine process").rare()]),
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
    Setting::new(
        "ui.color",
        Kind::Choice(ColorChoice::NAMES),
        |s| &mut s.ui.color,
        "Whether to use colour. auto: on a terminal, unless NO_COLOR is set.",
    )
    .flags(&[Flag::value("color", "WHEN").aliases(&["colour"])]),
    Setting::new(
        "ui.language",
        Kind::Choice(LanguageChoice::NAMES),
        |s| &mut s.ui.language,
        "The language of the interface: English or Simplified Chinese. auto: as the locale says (LC_ALL, LC_MESSAGES, LANG).",
    )
    .flags(&[Flag::value("language", "LANG").rare()]),
];
