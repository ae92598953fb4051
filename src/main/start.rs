//! From a command line to a front end or a command.

#[path = "compare.rs"]
mod compare;

use std::io::{self, BufWriter, IsTerminal};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use limpid::chat::{ConversationId, Notice, UserEvent};
use limpid::cli::command::{
    AttentionArgs, AttentionFormat, BenchFormat, Command, ScoreArgs, ScoreBy, ScoreFormat,
    ScoreMethod, TokensArgs, TokensFormat,
};
use limpid::cli::{Args, ExitStatus, Failure, Origin, Resolved, Resume, TalkFormat};
use limpid::commands::launch::{self, Conversation};
use limpid::commands::{self, attention, bench, models, prompt, score, tokens};
use limpid::config::paths::{self, process_env};
use limpid::config::{Hyperlinks, NoFolder, Theme, Verbosity, locale, table, theme::use_color};
use limpid::driver::{Driver, Engines, InstalledModels, Library, Store};
use limpid::inference::{Message, Prompt, Role, Task};
use limpid::pipe::{self, Format, PipeError, PipeOptions, Question, input};
use limpid::words::commands::start as words;
use limpid::{repl, text, tui};

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
        Command::Repl(repl) => return lines(resolved, repl.resume.as_ref(), None, None),
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
                &launch::bandwidth(resolved),
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
        return converse(resolved, talk.resume.as_ref(), None, task);
    }
    let question = question(args, resolved)?;
    if talk.show_prompt {
        show_prompt(resolved, question, task.as_ref())?;
        return Ok(0);
    }
    if talk.interactive {
        if piped {
            keys_from_the_terminal()?;
        }
        let Question::Send(prompt) = question else {
            return Err(Failure::usage(words::NOT_TOGETHER).into());
        };
        return converse(resolved, talk.resume.as_ref(), Some(prompt), task);
    }
    once(resolved, question, task)?;
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

fn question(args: &Args, resolved: &Resolved) -> anyhow::Result<Question> {
    if let Some(file) = &resolved.talk.messages {
        return Ok(Question::Messages(input::messages(file)?));
    }
    let prompt = input::prompt(&input::Sources {
        files: resolved.talk.files.clone(),
        arguments: args
            .prompt()
            .or_else(|| resolved.talk.prompt.clone())
            .unwrap_or_default(),
    })?;
    if prompt.trim().is_empty() {
        return Err(Failure::usage(words::EMPTY_PROMPT)
            .hint(words::GIVE_PROMPT)
            .into());
    }
    Ok(Question::Send(prompt))
}

fn once(resolved: &Resolved, question: Question, task: Option<Task>) -> anyhow::Result<()> {
    let (settings, talk) = (&resolved.settings, &resolved.talk);
    let conversation = Conversation {
        keep: talk.resume.is_some() || settings.history.one_shots,
        keep_opening: begins_alike(resolved, &question),
        raw: talk.raw,
        resume: resumable(resolved, talk.resume.as_ref())?,
    };
    let model = launch::model(resolved, false)?;
    let (driver, opening) = launch::driver(resolved, model, &conversation)?;
    let options = PipeOptions {
        question,
        task,
        opening,
        system: settings.answer.system.clone(),
        format: match talk.format.unwrap_or_default() {
            TalkFormat::Text => Format::Text,
            TalkFormat::Json => Format::Json,
            TalkFormat::Jsonl => Format::JsonLines,
        },
        top_logprobs: talk.top_logprobs.unwrap_or(pipe::TOP_LOGPROBS).into(),
        reasoning: settings.answer.reasoning,
        dim: use_color(settings.ui.color, true, &process_env),
        quiet: settings.verbosity == Verbosity::Quiet,
        verbose: settings.verbosity == Verbosity::Verbose,
    };
    pipe::run(driver, &options).map_err(|error| match error {
        PipeError::Engine(error) => error.into(),
        PipeError::Write(error) => anyhow::Error::from(error).context(words::CANNOT_WRITE_ANSWER),
        PipeError::Interrupted => Failure::new(ExitStatus::Interrupted, "").into(),
        PipeError::Refused(sentence) => Failure::new(ExitStatus::Failed, sentence).into(),
    })
}

/// Whether what stands before a question comes from files, so that nothing that was typed is kept
/// where the conversation is not.
fn begins_alike(resolved: &Resolved, question: &Question) -> bool {
    let system = table::find("answer.system").map(|setting| resolved.value(setting).1);
    let typed = !matches!(system, Ok(Origin::Default | Origin::File { .. }));
    matches!(question, Question::Send(_)) && !typed
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

fn show_prompt(resolved: &Resolved, question: Question, task: Option<&Task>) -> anyhow::Result<()> {
    let talk = &resolved.talk;
    let prompt = match question {
        Question::Send(text) if talk.raw => {
            Prompt::Text(text + talk.prefill.as_deref().unwrap_or_default())
        }
        question => {
            let mut messages = match resumable(resolved, talk.resume.as_ref())? {
                Some(resume) => said(resolved, resume)?,
                None => Vec::new(),
            };
            match question {
                Question::Messages(all) => messages = all,
                Question::Send(text) if task.is_some() => {
                    let mut own = task.map_or_else(Vec::new, |task| task.messages(&text));
                    if own.iter().any(|message| message.role == Role::System) {
                        messages.retain(|message| message.role != Role::System);
                        let system = own.remove(0);
                        messages.insert(0, system);
                    }
                    messages.append(&mut own);
                }
                Question::Send(text) => {
                    let system = resolved.settings.answer.system.clone();
                    if let Some(system) = system.filter(|_| messages.is_empty()) {
                        messages.push(Message::new(Role::System, system));
                    }
                    messages.push(Message::new(Role::User, text));
                }
            }
            let begun = talk.prefill.clone().filter(|text| !text.is_empty());
            Prompt::Chat {
                messages,
                answer_prefix: begun.map(|text| Message::new(Role::Assistant, text)),
                think: resolved.settings.answer.thinking.asked(),
            }
        }
    };
    let format = match talk.format.unwrap_or_default() {
        TalkFormat::Text => prompt::PromptFormat::Text {
            terminal: io::stdout().is_terminal(),
        },
        TalkFormat::Json | TalkFormat::Jsonl => prompt::PromptFormat::Json,
    };
    let model = launch::model(resolved, false)?;
    prompt::show(
        &launch::shared_engine(resolved, false)?,
        launch::load_request(resolved, model),
        prompt,
        resolved.settings.answer.chat_template.clone(),
        format,
        &mut io::stdout().lock(),
    )
}

/// What was said in a stored conversation, on the path that is shown.
fn said(resolved: &Resolved, resume: &Resume) -> anyhow::Result<Vec<Message>> {
    let store = Store::new(resolved.paths.history_dir()?);
    let id: ConversationId = launch::stored(&store, resume)?;
    let conversation = store.read(&id)?.conversation;
    let nodes = conversation
        .path()
        .into_iter()
        .filter_map(|id| conversation.node(id));
    Ok(nodes
        .map(|node| {
            Message::new(
                node.role,
                String::from_utf8_lossy(&node.content).into_owned(),
            )
        })
        .collect())
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

/// The three panes, or lines where the terminal cannot show them.
fn converse(
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
        utf8: locale::is_utf8(|name| std::env::var(name).ok()),
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
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|it| it == "dumb")
}

/// Whether lines are only ever added.
fn is_linear(resolved: &Resolved) -> bool {
    resolved.settings.ui.linear || is_dumb()
}

/// The theme that is wanted, as it can be shown there.
fn theme(resolved: &Resolved, terminal: bool) -> anyhow::Result<Theme> {
    let ui = &resolved.settings.ui;
    let color = use_color(ui.color, terminal, &process_env);
    let themes = resolved.paths.themes_dir().ok();
    let theme = Theme::choose(&ui.theme, color, themes.as_deref(), &process_env)?;
    Ok(theme)
}

/// Further engines, made as the conversation's is.
fn engines(resolved: &Resolved) -> Engines {
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
fn lines(
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
        library: Arc::new(installed_models(resolved)),
        presets: resolved.presets.clone(),
        prompts: resolved.paths.prompts_dir().ok(),
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
        keep: true,
        keep_opening: false,
        raw: resolved.talk.raw,
        resume: resumable(resolved, resume)?,
    };
    launch::driver(resolved, model, &conversation)
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
