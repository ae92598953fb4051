//! From a command line to a front end or a command.

#[path = "chats.rs"]
mod chats;
#[path = "compare.rs"]
mod compare;
#[path = "once.rs"]
mod once;

use std::io::{self, BufWriter, IsTerminal};
use std::sync::Mutex;

use limpid::cli::command::{
    AttentionArgs, AttentionFormat, BenchFormat, Command, ScoreArgs, ScoreBy, ScoreFormat,
    ScoreMethod, TokensArgs, TokensFormat,
};
use limpid::cli::{Args, ExitStatus, Failure, Resolved, Resume};
use limpid::commands::{self, attention, bench, launch, models, score, tokens};
use limpid::config::Verbosity;
use limpid::config::paths::{self, process_env};
use limpid::driver::Store;
use limpid::pipe::{Question, input};
use limpid::text;
use limpid::words::commands::start as words;

/// Carries out what was typed; the exit code of what went well.
pub fn start(args: &Args) -> anyhow::Result<u8> {
    match &args.command {
        // These work where the settings file has a mistake.
        Some(Command::Config(config)) => commands::config::run(config, args, &process_env)?,
        Some(Command::Doctor(doctor)) => {
            return Ok(commands::doctor::run(doctor, args, &process_env)? as u8);
        }
        Some(Command::Completions(shell)) => commands::completions::run(shell)?,
        Some(Command::Man(page)) => commands::man::run(page)?,
        Some(command) => return run(command, &limpid::cli::resolve(args, &process_env)?),
        None => return talk(args, &limpid::cli::resolve(args, &process_env)?),
    }
    Ok(0)
}

fn run(command: &Command, resolved: &Resolved) -> anyhow::Result<u8> {
    match command {
        // It has a log of its own.
        Command::Serve(serve) => return commands::serve::run(serve, resolved),
        _ => log_to_file(resolved),
    }
    match command {
        Command::Repl(repl) => return chats::lines(resolved, repl.resume.as_ref(), None, None),
        Command::Models(models) => {
            let context = launch::models_context(resolved);
            models::run(&models.command, &context, &resolved.settings)?;
        }
        Command::Themes(themes) => commands::themes::run(themes, resolved)?,
        Command::History(history) => {
            let store = Store::new(resolved.paths.history_dir()?);
            let states = launch::kept_states(resolved);
            let days = resolved.settings.history.keep_deleted_days;
            launch::expire_deleted(&store, states.as_ref(), days);
            commands::history::run(&history.command, &store, states.as_ref(), days)?;
        }
        Command::Tasks(tasks) => commands::tasks::run(tasks, resolved)?,
        Command::Tokens(args) => cut(args, resolved)?,
        Command::Score(args) => score(args, resolved)?,
        Command::Compare(args) => return compare::start(args, resolved),
        Command::Attention(args) => attend(args, resolved)?,
        Command::Bench(args) => {
            let model = launch::model(resolved, false)?;
            let known = bench::Known {
                memory: launch::bandwidth(resolved),
                formats: launch::tuning(resolved).and_then(|tuning| tuning.formats(&model)),
            };
            let options = bench::BenchOptions {
                prompt_tokens: args.n_prompt,
                decode_tokens: args.n_gen,
                depth: args.n_depth,
                repetitions: args.repetitions,
                candidates: resolved.settings.answer.candidates,
                format: match args.format {
                    BenchFormat::Md => bench::BenchFormat::Markdown,
                    BenchFormat::Csv => bench::BenchFormat::Csv,
                    BenchFormat::Json => bench::BenchFormat::Json,
                },
                progress: resolved.settings.verbosity != Verbosity::Quiet
                    && io::stderr().is_terminal(),
            };
            bench::run(
                &launch::engine(&resolved.settings)?,
                launch::load_request(resolved, model),
                &options,
                &known,
                &mut io::stdout().lock(),
            )?;
        }
        Command::Tune(args) => commands::tune::run(args, resolved)?,
        Command::Config(_)
        | Command::Doctor(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Serve(_) => {
            unreachable!("they were carried out before")
        }
    }
    Ok(0)
}

/// A conversation, or one question and its answer.
fn talk(args: &Args, resolved: &Resolved) -> anyhow::Result<u8> {
    log_to_file(resolved);
    let talk = &resolved.talk;
    if talk.list_devices {
        commands::devices::list()?;
        return Ok(0);
    }
    let typed = args.prompt().or_else(|| talk.prompt.clone()).is_some()
        || !talk.files.is_empty()
        || talk.messages.is_some();
    let piped = !io::stdin().is_terminal();
    // A mistake in it is told before a model is loaded.
    let task = commands::tasks::asked(resolved)?;
    if !typed && !piped && !talk.show_prompt {
        return chats::converse(resolved, talk.resume.as_ref(), None, task);
    }
    let question = once::question(args, resolved)?;
    if talk.show_prompt {
        once::show_prompt(resolved, question, task.as_ref())?;
        return Ok(0);
    }
    if talk.interactive {
        if piped {
            keys_from_the_terminal()?;
        }
        let Question::Send(prompt) = question else {
            return Err(Failure::usage(words::NOT_TOGETHER).into());
        };
        return chats::converse(resolved, talk.resume.as_ref(), Some(prompt), task);
    }
    once::answer(resolved, question, task)?;
    Ok(0)
}

/// What was piped in has been read to its end: from here on standard input is the terminal, for
/// the panes, the lines and the user's editor alike.
fn keys_from_the_terminal() -> anyhow::Result<()> {
    let terminal = std::fs::File::options()
        .read(true)
        .write(true)
        .open("/dev/tty")
        .map_err(|error| {
            Failure::usage(words::no_terminal_to_go_on(error)).hint(words::ONLY_ANSWERED)
        })?;
    rustix::stdio::dup2_stdin(&terminal)
        .map_err(|error| Failure::new(ExitStatus::Failed, words::unreadable_terminal(error)).into())
}

/// `-C` alone begins a conversation where there is none yet; a named one must be there.
fn resumable<'a>(
    resolved: &Resolved,
    resume: Option<&'a Resume>,
) -> anyhow::Result<Option<&'a Resume>> {
    if resume != Some(&Resume::Last) {
        return Ok(resume);
    }
    let Ok(folder) = resolved.paths.history_dir() else {
        return Ok(None);
    };
    let empty = Store::new(folder).ids()?.is_empty();
    Ok(resume.filter(|_| !empty))
}

fn cut(args: &TokensArgs, resolved: &Resolved) -> anyhow::Result<()> {
    let model = launch::model(resolved, false)?;
    let input = input::text_or_file(&args.input, args.check.is_some())?;
    tokens::run(
        &launch::shared_engine(resolved, false)?,
        launch::load_request(resolved, model),
        input,
        &tokens::TokensOptions {
            parse_special: args.special,
            add_bos: args.bos,
            format: match (args.count, args.format) {
                (true, _) => tokens::TokensFormat::Count,
                (false, TokensFormat::Text) => tokens::TokensFormat::Table,
                (false, TokensFormat::Json) => tokens::TokensFormat::Json,
                (false, TokensFormat::Jsonl) => tokens::TokensFormat::JsonLines,
            },
            check: args.check.clone(),
        },
        &mut io::stdout().lock(),
    )
}

fn score(args: &ScoreArgs, resolved: &Resolved) -> anyhow::Result<()> {
    let quiet = resolved.settings.verbosity == Verbosity::Quiet;
    let method = match (args.method, args.stride) {
        (ScoreMethod::Sliding, stride) => score::Method::Sliding { stride },
        (ScoreMethod::Halves, None) => score::Method::Halves,
        (ScoreMethod::Halves, Some(_)) => {
            let wrong = Failure::usage(limpid::words::commands::score::NO_STRIDE);
            return Err(wrong.into());
        }
    };
    let model = launch::model(resolved, false)?;
    score::run(
        &launch::engine(&resolved.settings)?,
        launch::load_request(resolved, model),
        score::Source::open(&args.input, quiet)?,
        &score::ScoreOptions {
            method,
            window: resolved.settings.load.context_size,
            chunks: args.chunks,
            alternatives: args.top_logprobs,
            by: match args.by {
                ScoreBy::Token => None,
                ScoreBy::Word => Some(score::Stretch::Word),
                ScoreBy::Sentence => Some(score::Stretch::Sentence),
                ScoreBy::Uncertain => Some(score::Stretch::Uncertain),
            },
            format: match args.format {
                ScoreFormat::Text => score::ScoreFormat::Table,
                ScoreFormat::Jsonl => score::ScoreFormat::JsonLines,
                ScoreFormat::Html => score::ScoreFormat::Html,
                ScoreFormat::Svg => score::ScoreFormat::Svg,
            },
            quiet,
        },
        &mut BufWriter::new(io::stdout().lock()),
    )
}

fn attend(args: &AttentionArgs, resolved: &Resolved) -> anyhow::Result<()> {
    let model = launch::model(resolved, false)?;
    let input = input::text_or_file(&args.input, false)?.unwrap_or_default();
    attention::run(
        &launch::engine(&resolved.settings)?,
        launch::load_request(resolved, model),
        &input,
        attention::AttentionOptions {
            token: args.token,
            layer: args.layer,
            head: args.head,
            format: match args.format {
                AttentionFormat::Table => attention::AttentionFormat::Table,
                AttentionFormat::Json => attention::AttentionFormat::Json,
                AttentionFormat::Html => attention::AttentionFormat::Html,
            },
            quiet: resolved.settings.verbosity == Verbosity::Quiet,
        },
        &mut io::stdout().lock(),
    )
}

/// Keeps a log where one was asked for by `-v`; incognito keeps none.
fn log_to_file(resolved: &Resolved) {
    let wanted = resolved.settings.verbosity == Verbosity::Verbose;
    let Some(path) = resolved
        .paths
        .log_file()
        .ok()
        .filter(|_| wanted && !resolved.settings.incognito)
    else {
        return;
    };
    let mut options = std::fs::OpenOptions::new();
    let opened = path
        .parent()
        .map_or(Ok(()), paths::create_private_dir)
        .and_then(|()| paths::open_private(&path, options.append(true).create(true)));
    match opened {
        Ok(file) => tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(Mutex::new(file))
            .init(),
        Err(error) => {
            let path = path.display().to_string();
            eprintln!("{}", words::no_log(text::visible_line(&path), error));
        }
    }
}
