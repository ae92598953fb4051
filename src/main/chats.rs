//! A conversation in the terminal: the three panes, or lines.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use limpid::chat::{ConversationId, Notice, UserEvent};
use limpid::cli::{Failure, Resolved, Resume};
use limpid::commands::launch::{self, Conversation};
use limpid::config::paths::process_env;
use limpid::config::{Glyphs, Hyperlinks, NoFolder, Theme, Verbosity, theme::use_color};
use limpid::driver::{Driver, Engines, InstalledModels, Library, Store};
use limpid::inference::Task;
use limpid::words::commands::start as words;
use limpid::{repl, text, tui};

use super::resumable;

/// The three panes, or lines where the terminal cannot show them.
pub fn converse(
    resolved: &Resolved,
    resume: Option<&Resume>,
    first: Option<String>,
    task: Option<Task>,
) -> anyhow::Result<u8> {
    if resolved.talk.plain || is_linear(resolved) {
        return lines(resolved, resume, first, task);
    }
    if !io::stdout().is_terminal() {
        return Err(Failure::usage(words::NO_TERMINAL)
            .hint(words::GIVE_OR_PIPE)
            .into());
    }
    let ui = &resolved.settings.ui;
    let theme = theme(resolved, true)?;
    let library = installed_models(resolved);
    let offer = launch::missing_model(resolved).and_then(|name| library.offer(&name));
    let model = match offer {
        Some(_) => None,
        None => Some(launch::model(resolved, false)?),
    };
    let (mut driver, _) = conversation(resolved, resume, model)?;
    let notices = begin_with(&mut driver, task);
    let options = tui::Options {
        offer,
        first_run: is_first_run(resolved),
        ui: ui.clone(),
        keymap: resolved.keymap.clone(),
        theme,
        color: use_color(ui.color, true, &process_env),
        themes: resolved.paths.themes_dir().ok(),
        tasks: resolved.paths.tasks_dir().ok(),
        reasoning: resolved.settings.answer.reasoning,
        glyphs: Glyphs::of_environment(|name| std::env::var(name).ok()),
        library: Arc::new(library),
        hyperlinks: match ui.hyperlinks {
            Hyperlinks::Auto => tui::hyperlink::supported(&process_env),
            Hyperlinks::Always => true,
            Hyperlinks::Never => false,
        },
        presets: resolved.presets.clone(),
        prompts: resolved.paths.prompts_dir().ok(),
        settings_file: resolved.paths.settings_file().ok(),
        engines: engines(resolved),
        first,
        input_history: kept(resolved, resolved.paths.input_history_file()),
        panes: kept(resolved, resolved.paths.panes_file()),
        clipboard: kept(resolved, resolved.paths.clipboard_file()),
        bandwidth: launch::bandwidth(resolved),
        notices,
    };
    let outcome = tui::run(driver, options)?;
    for notice in outcome.notices {
        eprintln!("limpid: {}", text::visible(&notice.text));
    }
    Ok(outcome.ending.exit_code())
}

/// Whether the terminal cannot move its cursor.
pub fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|it| it == "dumb")
}

/// Whether lines are only ever added.
fn is_linear(resolved: &Resolved) -> bool {
    resolved.settings.ui.linear || is_dumb()
}

/// The theme that is wanted, as it can be shown there.
pub fn theme(resolved: &Resolved, terminal: bool) -> anyhow::Result<Theme> {
    let ui = &resolved.settings.ui;
    let color = use_color(ui.color, terminal, &process_env);
    let themes = resolved.paths.themes_dir().ok();
    let theme = Theme::choose(&ui.theme, color, themes.as_deref(), &process_env)?;
    Ok(theme)
}

/// Further engines, made as the conversation's is.
pub fn engines(resolved: &Resolved) -> Engines {
    let settings = resolved.settings.clone();
    Engines::new(move || Ok(Box::new(launch::engine(&settings)?)))
}

/// A file of the state folder, where one is known; incognito writes none.
fn kept(resolved: &Resolved, file: Result<PathBuf, NoFolder>) -> Option<PathBuf> {
    file.ok().filter(|_| !resolved.settings.incognito)
}

/// Has the first message put as a task.
fn begin_with(driver: &mut Driver, task: Option<Task>) -> Vec<Notice> {
    task.map_or_else(Vec::new, |task| {
        driver.user(UserEvent::Task(Some(Box::new(task))))
    })
}

/// The chat in lines.
pub fn lines(
    resolved: &Resolved,
    resume: Option<&Resume>,
    first: Option<String>,
    task: Option<Task>,
) -> anyhow::Result<u8> {
    let ui = &resolved.settings.ui;
    let terminal = io::stdout().is_terminal();
    let theme = theme(resolved, terminal)?;
    let model = launch::model(resolved, true)?;
    let (mut driver, _) = conversation(resolved, resume, Some(model))?;
    for notice in begin_with(&mut driver, task) {
        eprintln!("{}", text::visible(&notice.text));
    }
    let options = repl::Options {
        ui: ui.clone(),
        theme,
        color: use_color(ui.color, terminal, &process_env),
        plain: resolved.talk.plain,
        linear: is_linear(resolved),
        quiet: resolved.settings.verbosity == Verbosity::Quiet,
        reasoning: resolved.settings.answer.reasoning,
        themes: resolved.paths.themes_dir().ok(),
        tasks: resolved.paths.tasks_dir().ok(),
        input_history: kept(resolved, resolved.paths.input_history_file()),
        clipboard: kept(resolved, resolved.paths.clipboard_file()),
        library: Arc::new(installed_models(resolved)),
        presets: resolved.presets.clone(),
        prompts: resolved.paths.prompts_dir().ok(),
        bandwidth: launch::bandwidth(resolved),
        first,
    };
    repl::run(driver, options)?;
    Ok(0)
}

/// The models of this machine, and those that can be had.
fn installed_models(resolved: &Resolved) -> InstalledModels {
    let context = launch::models_context(resolved);
    InstalledModels::new(context.paths).offline(context.offline)
}

/// Whether nothing was set and nothing said yet.
fn is_first_run(resolved: &Resolved) -> bool {
    let settings = resolved.paths.settings_file();
    let said = |folder| Store::new(folder).ids().is_ok_and(|ids| !ids.is_empty());
    !settings.is_ok_and(|file| file.exists()) && !resolved.paths.history_dir().is_ok_and(said)
}

/// What was deleted long enough ago goes when limpid starts.
fn expire_deleted(resolved: &Resolved) {
    if let Ok(folder) = resolved.paths.history_dir() {
        let states = launch::kept_states(resolved);
        let days = resolved.settings.history.keep_deleted_days;
        launch::expire_deleted(&Store::new(folder), states.as_ref(), days);
    }
}

fn conversation(
    resolved: &Resolved,
    resume: Option<&Resume>,
    model: Option<PathBuf>,
) -> anyhow::Result<(Driver, Option<ConversationId>)> {
    expire_deleted(resolved);
    let conversation = Conversation {
        odds: true,
        keep: true,
        keep_opening: false,
        raw: resolved.talk.raw,
        resume: resumable(resolved, resume)?,
    };
    launch::driver(resolved, model, &conversation)
}
