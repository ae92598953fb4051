//! What concerns the program as a whole.

use super::{Flag, Kind, Setting};
use crate::config::settings::{ColorChoice, LanguageChoice, Verbosity};
use crate::words::settings as words;

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new("offline", Kind::Switch, |s| &mut s.offline, words::OFFLINE)
        .flags(&[Flag::fixed("offline", "true", words::OFFLINE_FLAG)])
        .llama("LLAMA_ARG_OFFLINE"),
    Setting::new("sandbox", Kind::Switch, |s| &mut s.sandbox, words::SANDBOX)
        .flags(&[Flag::fixed("no-sandbox", "false", words::NO_SANDBOX_FLAG).rare()]),
    Setting::new(
        "verbosity",
        Kind::Choice(Verbosity::NAMES),
        |s| &mut s.verbosity,
        words::VERBOSITY,
    )
    .flags(&[
        Flag::fixed("quiet", "quiet", words::QUIET_FLAG).short('q'),
        Flag::fixed("verbose", "verbose", words::VERBOSE_FLAG).short('v'),
    ]),
    Setting::new(
        "ui.color",
        Kind::Choice(ColorChoice::NAMES),
        |s| &mut s.ui.color,
        words::COLOR,
    )
    .flags(&[Flag::value("color", "WHEN").aliases(&["colour"])]),
    Setting::new(
        "ui.language",
        Kind::Choice(LanguageChoice::NAMES),
        |s| &mut s.ui.language,
        words::LANGUAGE,
    )
    .flags(&[Flag::value("language", "LANG").rare()]),
];
