//! What is kept, and how it all looks.

use super::{Flag, Kind, Setting, count, number};
use crate::config::settings::{ColorBy, CopyTo, Editing, Hyperlinks, Units};
use crate::words::settings as words;

pub(super) const HISTORY: &[Setting] = &[
    Setting::new(
        "incognito",
        Kind::Switch,
        |s| &mut s.incognito,
        words::INCOGNITO,
    )
    .flags(&[Flag::fixed("incognito", "true", words::INCOGNITO_FLAG)]),
    Setting::new(
        "history.enabled",
        Kind::Switch,
        |s| &mut s.history.enabled,
        words::KEEP_HISTORY,
    ),
    Setting::new(
        "history.one_shots",
        Kind::Switch,
        |s| &mut s.history.one_shots,
        words::ONE_SHOTS,
    ),
    Setting::new(
        "history.candidates",
        count(0, 1000),
        |s| &mut s.history.candidates,
        words::KEPT_CANDIDATES,
    ),
    Setting::new(
        "history.kv_cache_mb",
        count(0, 1 << 20),
        |s| &mut s.history.kv_cache_mb,
        words::KV_CACHE_MB,
    )
    .flags(&[Flag::value("kv-cache-mb", "N").rare()]),
    Setting::new(
        "history.keep_deleted_days",
        count(0, 36_500),
        |s| &mut s.history.keep_deleted_days,
        words::KEEP_DELETED_DAYS,
    ),
];

pub(super) const DISPLAY: &[Setting] = &[
    Setting::new("ui.theme", Kind::Text, |s| &mut s.ui.theme, words::THEME)
        .flags(&[Flag::value("theme", "NAME")]),
    Setting::new(
        "ui.color_by",
        Kind::Choice(ColorBy::NAMES),
        |s| &mut s.ui.color_by,
        words::COLOR_BY,
    )
    .flags(&[Flag::value("color-by", "WHAT").aliases(&["colour-by"])]),
    Setting::new(
        "ui.markdown",
        Kind::Switch,
        |s| &mut s.ui.markdown,
        words::MARKDOWN,
    ),
    Setting::new(
        "ui.hyperlinks",
        Kind::Choice(Hyperlinks::NAMES),
        |s| &mut s.ui.hyperlinks,
        words::HYPERLINKS,
    ),
    Setting::new(
        "ui.units",
        Kind::Choice(Units::NAMES),
        |s| &mut s.ui.units,
        words::UNITS,
    ),
    Setting::new(
        "ui.uncertain",
        number(0.0, 1.0),
        |s| &mut s.ui.uncertain,
        words::UNCERTAIN,
    ),
    Setting::new(
        "ui.candidate_mass",
        number(0.0, 1.0),
        |s| &mut s.ui.candidate_mass,
        words::CANDIDATE_MASS,
    ),
    Setting::new(
        "ui.fan_out",
        count(1, 8),
        |s| &mut s.ui.fan_out,
        words::FAN_OUT,
    ),
    Setting::new(
        "ui.editing",
        Kind::Choice(Editing::NAMES),
        |s| &mut s.ui.editing,
        words::EDITING,
    ),
    Setting::new("ui.mouse", Kind::Switch, |s| &mut s.ui.mouse, words::MOUSE),
    Setting::new(
        "ui.linear",
        Kind::Switch,
        |s| &mut s.ui.linear,
        words::LINEAR,
    )
    .flags(&[Flag::fixed("linear", "true", words::LINEAR_FLAG)]),
    Setting::new(
        "ui.copy",
        Kind::Choice(CopyTo::NAMES),
        |s| &mut s.ui.copy,
        words::COPY_TO,
    ),
    Setting::new(
        "ui.copy_command",
        Kind::Text,
        |s| &mut s.ui.copy_command,
        words::COPY_COMMAND,
    ),
];
