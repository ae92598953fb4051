//! `limpid compare`.

use std::io::{self, IsTerminal};
use std::path::Path;

use limpid::cli::command::{CompareArgs, CompareFormat};
use limpid::cli::{Failure, Resolved};
use limpid::commands::compare::{self, CompareOptions, Question};
use limpid::commands::launch;
use limpid::config::{Glyphs, Verbosity};
use limpid::driver::Aside;
use limpid::pipe::input;
use limpid::tui::{self, compare::State};
use limpid::words::commands::compare as words;

/// Tokens read in one go where `--ctx-size` says nothing, as `limpid score` slides.
const WINDOW: u32 = 2048;

/// Carries out the command; the exit code of what went well.
pub fn start(args: &CompareArgs, resolved: &Resolved) -> anyhow::Result<u8> {
    let settings = &resolved.settings;
    let [a, b] = args.models.models.as_slice() else {
        return Err(Failure::usage(match args.models.models.len() {
            0 => words::NONE_GIVEN.text().to_owned(),
            1 => words::ONE_GIVEN.text().to_owned(),
            more => words::more_given(more),
        })
        .hint(words::NAME_BOTH)
        .into());
    };
    let model = |name| launch::named_model(resolved, name, false);
    let (a, b) = (model(a)?, model(b)?);
    let text = input::text_or_file(&args.input, false)?.unwrap_or_default();
    let question = Question {
        a: launch::load_request(resolved, a),
        b: launch::load_request(resolved, b),
        text,
        window: match settings.load.context_size {
            None => WINDOW,
            Some(0) => u32::MAX,
            Some(size) => size,
        },
        candidates: settings.answer.candidates,
    };
    if args.format.is_none() && io::stdout().is_terminal() && !super::chats::is_dumb() {
        return show(question, resolved);
    }
    let engine = launch::engine(settings)?;
    let options = CompareOptions {
        format: match args.format {
            Some(CompareFormat::Jsonl) => compare::CompareFormat::JsonLines,
            Some(CompareFormat::Html) => compare::CompareFormat::Html,
            Some(CompareFormat::Table) | None => compare::CompareFormat::Table,
        },
        units: settings.ui.units,
        progress: settings.verbosity != Verbosity::Quiet && io::stderr().is_terminal(),
    };
    compare::run(&engine, question, options, &mut io::stdout().lock())?;
    Ok(0)
}

/// The two heat maps.
fn show(question: Question, resolved: &Resolved) -> anyhow::Result<u8> {
    let ui = &resolved.settings.ui;
    let names = [&question.a.path, &question.b.path].map(|path| stem(path));
    let (first, compare) = question.requests();
    let theme = super::chats::theme(resolved, true)?;
    let keymap = resolved.keymap.clone();
    let mut state = State::new(names, compare.request, ui, theme, keymap);
    state.glyphs = Glyphs::of_environment(|name| std::env::var(name).ok());
    let aside = Aside::compare(&super::chats::engines(resolved), first, compare)?;
    Ok(tui::compare::run(&aside, state, ui.mouse)?.exit_code())
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
