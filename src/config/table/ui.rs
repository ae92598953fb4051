//! What is kept, and how it all looks.

use super::{Flag, Kind, Setting, count, number};
use crate::config::settings::{ColorBy, CopyTo, Editing, Units};

pub(super) const HISTORY: &[Setting] = &[
    Setting::new(
        "incognito",
        Kind::Switch,
        |s| &mut s.incognito,
        "Write nothing to disk: no history, no log, no input history.",
    )
    .flags(&[Flag::fixed("incognito", "true", "Write nothing to disk")]),
    Setting::new(
        "history.enabled",
        Kind::Switch,
        |s| &mut s.history.enabled,
        "Keep conversations.",
    ),
    Setting::new(
        "history.one_shots",
        Kind::Switch,
        |s| &mut s.history.one_shots,
        "Keep questions that are answered once (`limpid PROMPT`, a pipe) too; -C keeps a single one.",
    ),
    Setting::new(
        "history.candidates",
        count(0, 1000),
        |s| &mut s.history.candidates,
        "Alternatives kept with each token of an answer.",
    ),
    Setting::new(
        "history.kv_cache_mb",
        count(0, 1 << 20),
        |s| &mut s.history.kv_cache_mb,
        "Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave. 0 keeps none.",
    )
    .flags(&[Flag::value("kv-cache-mb", "N").rare()]),
    Setting::new(
        "history.keep_deleted_days",
        count(0, 36_500),
        |s| &mut s.history.keep_deleted_days,
        "Days for which a conversation that was deleted in the list can come back (`limpid history restore`).",
    ),
];

pub(super) const DISPLAY: &[Setting] = &[
    Setting::new(
        "ui.theme",
        Kind::Text,
        |s| &mut s.ui.theme,
        "A theme from `limpid themes list`, or the path of a theme file. auto: dark or light, as the terminal says that its background is.",
    )
    .flags(&[Flag::value("theme", "NAME")]),
    Setting::new(
        "ui.color_by",
        Kind::Choice(ColorBy::NAMES),
        |s| &mut s.ui.color_by,
        "Colour the tokens of answers by their probability, entropy, rank or surprise.",
    )
    .flags(&[Flag::value("color-by", "WHAT").aliases(&["colour-by"])]),
    Setting::new(
        "ui.units",
        Kind::Choice(Units::NAMES),
        |s| &mut s.ui.units,
        "The unit of surprise and entropy.",
    ),
    Setting::new(
        "ui.uncertain",
        number(0.0, 1.0),
        |s| &mut s.ui.uncertain,
        "A token or word that had less than this probability counts as uncertain.",
    ),
    Setting::new(
        "ui.candidate_mass",
        number(0.0, 1.0),
        |s| &mut s.ui.candidate_mass,
        "Show the best alternatives of a token that together reach this probability; 1 shows all that were collected.",
    ),
    Setting::new(
        "ui.fan_out",
        count(1, 8),
        |s| &mut s.ui.fan_out,
        "Continuations that f in the token view has written at once.",
    ),
    Setting::new(
        "ui.editing",
        Kind::Choice(Editing::NAMES),
        |s| &mut s.ui.editing,
        "Whose keys the input has. With vi, Esc turns letters into commands: motions, operators, counts, u.",
    ),
    Setting::new(
        "ui.mouse",
        Kind::Switch,
        |s| &mut s.ui.mouse,
        "Scroll with the mouse wheel, and look at a token by a click; selecting text in the terminal then needs Shift.",
    ),
    Setting::new(
        "ui.copy",
        Kind::Choice(CopyTo::NAMES),
        |s| &mut s.ui.copy,
        "Where a copy goes. auto: to ui.copy_command where one is set, else through the terminal (OSC 52, also over SSH and in tmux), else to a private file in the state folder. terminal and file: there.",
    ),
    Setting::new(
        "ui.copy_command",
        Kind::Text,
        |s| &mut s.ui.copy_command,
        "A shell command that takes what is copied on its standard input, such as wl-copy or pbcopy.",
    ),
];
