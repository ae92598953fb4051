//! What runs, and which keys matter now: text for the borders.
//!
//! ```text
//! ├ generating 1.2 s · Ctrl-C stops ───────────── more below · Ctrl-End ┤   above the input
//! └ SmolLM2-135M Q4_1 · cpu 2 threads · temp 0.8 ── Ctrl-T tokens · F1 help ┘   below it
//! ```

use ratatui::text::{Line, Span};

use crate::chat::Session;
use crate::chat::session::{Activity, EngineStatus};
use crate::config::{Action, Context, Keymap, Part, Theme};
use crate::text;
use crate::tui::app::{App, Focus};
use crate::tui::format;
use crate::tui::layout::Pane;
use crate::tui::offering::Offering;
use crate::words::tui::status as words;
use crate::words::{Phrase, nouns};

/// The model, where it runs, and how it is sampled.
#[must_use]
pub fn model(app: &App, session: &Session, width: usize) -> Line<'static> {
    let theme = &app.theme;
    let (name, part) = match session.engine() {
        EngineStatus::Ready(model) => (model.title(), Part::Status),
        EngineStatus::Loading { path, fraction, .. } => (
            words::loading(
                path.file_name().unwrap_or_default().to_string_lossy(),
                fraction * 100.0,
            ),
            Part::Status,
        ),
        EngineStatus::NoModel => match app.offering.as_ref().and_then(Offering::brief) {
            Some(brief) => (brief, Part::Status),
            None => (words::NO_MODEL.into(), Part::Warning),
        },
        EngineStatus::Died(_) => (words::ENGINE_DIED.into(), Part::Error),
        EngineStatus::Refused(_) => (words::MODEL_REFUSED.into(), Part::Error),
    };
    let mut facts = Vec::new();
    if let Some(model) = session.model() {
        facts.push(devices(model));
    }
    let sampling = session.sampling();
    facts.push(if sampling.temperature <= 0.0 {
        words::GREEDY.into()
    } else {
        words::temperature(sampling.temperature)
    });
    if !session.is_recording() {
        facts.push(
            if session.is_read_only() {
                words::READ_ONLY
            } else {
                words::INCOGNITO
            }
            .into(),
        );
    }
    if app.mouse {
        facts.push(words::MOUSE.into());
    }
    let name = text::visible_line(&name).into_owned();
    let room = width.saturating_sub(2);
    let mut spans = vec![
        Span::raw(" "),
        Span::styled(text::fit(&name, room).into_owned(), theme.style(part)),
    ];
    let mut used = text::width(&name);
    for fact in facts {
        let fact = format!(" · {fact}");
        used += text::width(&fact);
        if used > room {
            break;
        }
        spans.push(Span::styled(fact, theme.style(Part::Dim)));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

fn devices(model: &crate::inference::ModelInfo) -> String {
    let gpus: Vec<_> = model
        .devices
        .iter()
        .filter(|device| device.is_gpu)
        .map(|device| text::visible_line(&device.name).into_owned())
        .collect();
    if gpus.is_empty() {
        words::cpu(format::count(model.threads.into(), nouns::THREAD))
    } else {
        words::gpu(gpus.join("+"), model.gpu_layers, model.layers)
    }
}

/// What runs now; empty when nothing does.
#[must_use]
pub fn activity(app: &App, session: &Session) -> Line<'static> {
    let theme = &app.theme;
    let for_long = |since: std::time::Duration| {
        // Whole seconds: a number that changes with every frame costs bytes and calm.
        let seconds = app.now.saturating_sub(since).as_secs();
        if seconds == 0 {
            String::new()
        } else {
            format!(
                " {}",
                format::duration(std::time::Duration::from_secs(seconds))
            )
        }
    };
    let (what, stoppable) = match session.activity() {
        Activity::Idle => return Line::default(),
        Activity::Waiting { since } => {
            let what = match session.engine() {
                EngineStatus::Loading { .. } => words::WAITING_FOR_MODEL,
                _ => words::WAITING_FOR_ENGINE,
            };
            (format!("{what}{}", for_long(*since)), true)
        }
        Activity::Prefill {
            done, total, since, ..
        } => (
            words::reading(
                format::thousands((*done).into()),
                format::count((*total).into(), nouns::TOKEN),
            ) + &for_long(*since),
            true,
        ),
        Activity::Generating { since, .. } => {
            (format!("{}{}", words::WRITING, for_long(*since)), true)
        }
        Activity::Stopping { .. } => (words::STOPPING.into(), false),
    };
    let mut spans = vec![
        Span::raw(" "),
        Span::styled(what, theme.style(Part::Status)),
    ];
    if stoppable {
        let stop = (Context::Global, Action::Interrupt, words::STOPS);
        spans.extend(hint(theme, &app.keymap, stop, " · "));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

/// The keys that matter where the user is.
#[must_use]
pub fn keys(app: &App, width: usize) -> Line<'static> {
    use Action as A;
    let wanted: &[(Context, Action, Phrase)] = if app.asking.is_some() {
        &[
            (Context::Input, A::NewLine, words::NEW_LINE),
            (Context::Input, A::Send, words::GO_ON),
            (Context::Global, A::Back, words::LEAVE_IT),
        ]
    } else if app.selection.is_some() && app.cursor.is_some() {
        &[
            (Context::Token, A::NextToken, words::MORE),
            (Context::Token, A::Score, words::ADD_UP),
            (Context::Token, A::Copy, words::COPY),
            (Context::Global, A::Back, words::DROP),
        ]
    } else if app.selection.is_some() && app.focus != Focus::Input {
        &[
            (Context::Pane, A::ScrollDown, words::MORE),
            (Context::Pane, A::Copy, words::COPY),
            (Context::Global, A::Back, words::DROP),
        ]
    } else if app.cursor.is_some() {
        &[
            (Context::Token, A::ColorBy, words::COLOUR),
            (Context::Token, A::NextUncertain, words::UNCERTAIN),
            (Context::Token, A::NextToken, words::NEXT),
            (Context::Token, A::NextCandidate, words::OTHER),
            (Context::Token, A::BranchHere, words::BRANCH),
            (Context::Global, A::Back, words::BACK),
        ]
    } else if app.chosen.is_some() {
        &[
            (Context::Pane, A::Copy, words::COPY),
            (Context::Pane, A::AnswerAgain, words::AGAIN),
            (Context::Pane, A::DeleteMessage, words::DELETE),
            (Context::Pane, A::EditMessage, words::EDIT),
            (Context::Pane, A::PreviousMessage, words::BEFORE),
            (Context::Global, A::Back, words::WRITE),
            (Context::Pane, A::Help, words::HELP),
        ]
    } else if app.focus == Focus::Pane(Pane::Conversation) {
        &[
            (Context::Pane, A::ScrollDown, words::DOWN),
            (Context::Pane, A::Zoom, words::ZOOM),
            (Context::Pane, A::Copy, words::COPY),
            (Context::Pane, A::Mark, words::MARK),
            (Context::Pane, A::PreviousMessage, words::CHOOSE),
            (Context::Global, A::NextPane, words::NEXT_PANE),
            (Context::Global, A::Back, words::WRITE),
            (Context::Pane, A::Help, words::HELP),
        ]
    } else if let Focus::Pane(_) = app.focus {
        &[
            (Context::Pane, A::ScrollUp, words::UP),
            (Context::Pane, A::ScrollDown, words::DOWN),
            (Context::Pane, A::Zoom, words::ZOOM),
            (Context::Global, A::NextPane, words::NEXT_PANE),
            (Context::Global, A::Back, words::WRITE),
            (Context::Pane, A::Help, words::HELP),
        ]
    } else {
        &[
            (Context::Global, A::TokenView, words::TOKENS),
            (Context::Global, A::Palette, words::ACTIONS),
            (Context::Global, A::Help, words::HELP),
        ]
    };
    hints(&app.theme, &app.keymap, wanted, width)
}

/// What keys do, as many as fit; the last ones matter most: they say how to get help and back.
#[must_use]
pub fn hints(
    theme: &Theme,
    keymap: &Keymap,
    wanted: &[(Context, Action, Phrase)],
    width: usize,
) -> Line<'static> {
    let mut parts: Vec<Vec<Span<'static>>> = Vec::new();
    // A blank at either end.
    let mut used = 2;
    for &(context, action, says) in wanted.iter().rev() {
        let spans = hint(theme, keymap, (context, action, says), "");
        let columns: usize = spans.iter().map(Span::width).sum();
        let parted = if parts.is_empty() { 0 } else { 3 };
        if columns == 0 || used + parted + columns > width {
            continue;
        }
        used += parted + columns;
        parts.push(spans);
    }
    let mut line = Line::default();
    for (index, spans) in parts.into_iter().rev().enumerate() {
        line.push_span(Span::styled(
            if index == 0 { " " } else { " · " },
            theme.style(Part::Dim),
        ));
        line.spans.extend(spans);
    }
    if !line.spans.is_empty() {
        line.push_span(Span::raw(" "));
    }
    line
}

fn hint(
    theme: &Theme,
    keymap: &Keymap,
    (context, action, says): (Context, Action, Phrase),
    before: &'static str,
) -> Vec<Span<'static>> {
    let Some(key) = key_of(keymap, context, action) else {
        return Vec::new();
    };
    vec![
        Span::styled(before, theme.style(Part::Dim)),
        Span::styled(key, theme.style(Part::Key)),
        Span::styled(format!(" {says}"), theme.style(Part::Dim)),
    ]
}

/// The usual key for an action where a context has the keys, as people write it.
#[must_use]
pub fn key_of(keymap: &Keymap, context: Context, action: Action) -> Option<String> {
    let chord = keymap.keys_in(context, action).next()?;
    Some(key_name(&chord.to_string()))
}

/// The same; of an action without a key its name, by which the settings bind one.
#[must_use]
pub fn key_or_name(keymap: &Keymap, context: Context, action: Action) -> String {
    key_of(keymap, context, action).unwrap_or_else(|| action.name().to_owned())
}

/// The keys for actions that belong together: arrows where all of them have one, `←→`, else the
/// usual ones, `PgUp PgDn`; `None` where one has no key.
#[must_use]
pub fn keys_of(keymap: &Keymap, context: Context, actions: &[Action]) -> Option<String> {
    let arrow = |&action: &Action| {
        let mut keys = keymap.keys_in(context, action);
        keys.find_map(|chord| match chord.to_string().as_str() {
            "left" => Some('←'),
            "right" => Some('→'),
            "up" => Some('↑'),
            "down" => Some('↓'),
            _ => None,
        })
    };
    let arrows: Option<String> = actions.iter().map(arrow).collect();
    let usual = || {
        let keys = actions.iter().map(|&one| key_of(keymap, context, one));
        Some(keys.collect::<Option<Vec<_>>>()?.join(" "))
    };
    arrows.or_else(usual)
}

/// What keys do, for the border of a box: `←→ another · Esc closes`. What has no key is left out.
#[must_use]
pub fn sentence(keymap: &Keymap, wanted: &[(Context, &[Action], Phrase)]) -> String {
    let parts = wanted.iter().filter_map(|&(context, actions, says)| {
        let keys = match actions {
            &[action] => key_of(keymap, context, action),
            actions => keys_of(keymap, context, actions),
        };
        Some(format!("{} {says}", keys?))
    });
    parts.collect::<Vec<_>>().join(" · ")
}

/// `ctrl-t` as people write it: `Ctrl-T`.
#[must_use]
pub fn key_name(chord: &str) -> String {
    let mut parts: Vec<&str> = chord.split('-').filter(|part| !part.is_empty()).collect();
    if chord.ends_with('-') {
        parts.push("-");
    }
    let alone = parts.len() == 1;
    parts
        .iter()
        .map(|part| {
            let one_letter = part.chars().count() == 1;
            if one_letter && alone {
                return (*part).to_owned();
            }
            if one_letter {
                return part.to_uppercase();
            }
            let mut letters = part.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string());
            match *part {
                "pageup" => "PgUp".to_owned(),
                "pagedown" => "PgDn".to_owned(),
                _ => first.unwrap_or_default() + letters.as_str(),
            }
        })
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_names_the_keys_that_do_it_now() {
        use Action as A;
        let wanted: &[(Context, &[Action], Phrase)] = &[
            (
                Context::Token,
                &[A::PreviousToken, A::NextToken],
                words::NEXT,
            ),
            (Context::Token, &[A::PageUp, A::PageDown], words::MORE),
            (Context::Token, &[A::Back], words::BACK),
        ];
        let mut keymap = Keymap::default();
        assert_eq!(
            sentence(&keymap, wanted),
            "←→ next · PgUp PgDn more · Esc back"
        );
        let chord = |text| crate::config::Chord::parse(text).expect("is a key");
        keymap.bind(Context::Token, chord("right"), None);
        keymap.bind(Context::Global, chord("pageup"), None);
        keymap.bind(Context::Token, chord("esc"), Some(A::Copy));
        keymap.bind(Context::Global, chord("alt-q"), Some(A::Back));
        assert_eq!(sentence(&keymap, wanted), "h l next · Alt-Q back");
        assert_eq!(
            key_or_name(&keymap, Context::Token, A::PageUp),
            "page-up",
            "it has none"
        );
    }

    #[test]
    fn keys_are_written_as_people_write_them() {
        let table = [
            ("ctrl-t", "Ctrl-T"),
            ("shift-enter", "Shift-Enter"),
            ("alt-r", "Alt-R"),
            ("f1", "F1"),
            ("g", "g"),
            ("G", "G"),
            ("pagedown", "PgDn"),
            ("ctrl-home", "Ctrl-Home"),
            ("-", "-"),
        ];
        for (chord, name) in table {
            assert_eq!(key_name(chord), name);
        }
    }
}
