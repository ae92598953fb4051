//! Keeps a model loaded for every limpid on this machine, tells of it, and ends it.

mod status;

use std::fs::OpenOptions;
use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Context;
use crossbeam_channel::{Receiver, bounded};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::launch;
use super::status_line::StatusLine;
use crate::cli::command::ServeArgs;
use crate::cli::{ExitStatus, Failure, Origin, Resolved};
use crate::config::{KeepAlive, Verbosity, paths, table};
use crate::engine::resident::link::{self, LinkError};
use crate::engine::resident::terms::{FileIdentity, Terms};
use crate::engine::resident::{Ending, Hub, HubOptions, Limits, Place};
use crate::inference::{EngineError, EngineEvent, ModelInfo};
use crate::text;
use crate::words::{Said, commands::serve as words};

/// What `limpid serve` keeps an idle model for where nobody says anything else.
const KEEP_ALIVE: Duration = Duration::from_mins(30);

/// How long an engine that was told to end may take.
const STOP_LIMIT: Duration = Duration::from_secs(10);
const STOP_PAUSE: Duration = Duration::from_millis(5);

/// What takes less needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// Carries out `limpid serve`; the exit code of what went well.
///
/// # Errors
/// A resident engine runs already, or none does; its model cannot be loaded; its folder is not
/// this user's alone.
pub fn run(args: &ServeArgs, resolved: &Resolved) -> anyhow::Result<u8> {
    let place = Place::new(resolved.paths.runtime_dir()?);
    if args.status {
        let status = link::status(&place).map_err(told)?;
        super::print(&status::print(&status, args.format))?;
        return Ok(0);
    }
    if args.stop {
        stop(&place)?;
        return Ok(0);
    }
    if args.detached {
        rustix::process::setsid().context(words::CANNOT_LEAVE_TERMINAL)?;
    }
    log(args, resolved);
    serve(args, resolved, &place)
}

/// Who wants it gone has it gone already where there is none.
fn stop(place: &Place) -> anyhow::Result<()> {
    match link::stop(place) {
        Ok(()) => {}
        Err(LinkError::Nobody) => return super::print(&format!("{}\n", words::NONE_RUNS)),
        Err(error) => return Err(told(error).into()),
    }
    let deadline = Instant::now() + STOP_LIMIT;
    while !place.is_free()? {
        if Instant::now() > deadline {
            return Err(Failure::new(ExitStatus::Failed, words::NOT_ENDED).into());
        }
        std::thread::sleep(STOP_PAUSE);
    }
    super::print(&format!("{}\n", words::ENDED))
}

fn told(error: LinkError) -> Failure {
    let hint = match &error {
        LinkError::Nobody => words::SERVE_STARTS,
        LinkError::OtherBuild(_) => words::STOP_ENDS,
        _ => return Failure::new(ExitStatus::Failed, error),
    };
    Failure::new(ExitStatus::Failed, error).hint(hint)
}

fn serve(args: &ServeArgs, resolved: &Resolved, place: &Place) -> anyhow::Result<u8> {
    let settings = &resolved.settings;
    let keep_alive = keep_alive(resolved)?;
    paths::create_private_dir(&resolved.paths.runtime_dir()?)?;
    let taken = place
        .take()
        .map_err(|error| Failure::new(ExitStatus::Failed, error).hint(words::STATUS_AND_STOP))?;
    let model = std::path::absolute(launch::model(resolved, false)?)?;
    let file = FileIdentity::of(&model).map_err(|error| EngineError::ModelNotLoadable {
        path: model.clone(),
        reason: Said::of(&error),
    })?;
    let options = HubOptions {
        terms: Terms {
            load: launch::load_request_with_draft(resolved, model)?,
            file,
            sandbox: settings.sandbox,
        },
        limits: Limits {
            clients: args.max_clients,
            requests: args.max_requests,
        },
        keep_alive,
    };
    let (stop, interrupted) = signals().context(words::NO_SIGNALS)?;
    let engine = launch::keeping_engine(resolved)?;
    let hub = Hub::start(options, &taken, &engine).context(words::CANNOT_START)?;
    let mut told = Telling {
        quiet: args.detached || settings.verbosity == Verbosity::Quiet,
        started: Instant::now(),
        line: StatusLine::new(!args.detached && io::stderr().is_terminal()),
        ready: false,
    };
    let ending = hub.run(&stop, |event| {
        told.see(event, &taken.socket().display().to_string());
    });
    told.line.clear();
    match ending {
        Ending::Failed(error) => Err(error.into()),
        Ending::Stopped if interrupted.try_recv().is_ok() => Ok(ExitStatus::Interrupted as u8),
        Ending::Stopped => Ok(0),
        Ending::Idle => {
            tracing::info!("nobody asked for anything; the resident engine ends");
            Ok(0)
        }
    }
}

/// Idleness after which it ends; `None`: never.
fn keep_alive(resolved: &Resolved) -> Result<Option<Duration>, Failure> {
    let typed = table::all()
        .find(|setting| setting.key == "keep_alive")
        .is_some_and(|setting| matches!(resolved.value(setting).1, Origin::Flag(_)));
    match resolved.settings.keep_alive {
        KeepAlive::For(time) => Ok(Some(time)),
        KeepAlive::Forever => Ok(None),
        KeepAlive::Off if typed => {
            Err(Failure::usage(words::KEPT_FOR_NO_TIME).hint(words::KEEP_ALIVE_TAKES))
        }
        // The setting says that no program starts one by itself; this one was asked for.
        KeepAlive::Off => Ok(Some(KEEP_ALIVE)),
    }
}

/// Being told to end, and whether by Ctrl-C.
fn signals() -> io::Result<(Receiver<()>, Receiver<()>)> {
    let (stop, stopped) = bounded(1);
    let (interrupt, interrupted) = bounded(1);
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                // A second one changes nothing: the end is on its way.
                if signal == SIGINT {
                    let _ = interrupt.try_send(());
                }
                let _ = stop.try_send(());
            }
        })?;
    Ok((stopped, interrupted))
}

/// What the terminal sees of a resident engine.
struct Telling {
    quiet: bool,
    started: Instant,
    line: StatusLine,
    ready: bool,
}

impl Telling {
    fn see(&mut self, event: &EngineEvent, socket: &str) {
        match event {
            EngineEvent::Loading { fraction, .. } if self.started.elapsed() >= PATIENCE => {
                let percent = fraction * 100.0;
                self.line.draw(|| words::loading(percent));
            }
            EngineEvent::Loaded { model, .. } => {
                self.line.clear();
                if !std::mem::replace(&mut self.ready, true) && !self.quiet {
                    Self::announce(model, socket);
                }
            }
            EngineEvent::Exited(exit) => tracing::warn!("{exit}"),
            _ => {}
        }
    }

    fn announce(model: &ModelInfo, socket: &str) {
        let line = words::ready(model.title(), socket);
        // Whoever started it may be gone; it serves all the same.
        if let Err(error) = super::print(&format!("{}\n", text::visible_line(&line))) {
            tracing::warn!("{error:#}");
        }
    }
}

/// To standard error; to a file where there is no terminal, and incognito nowhere.
fn log(args: &ServeArgs, resolved: &Resolved) {
    let level = if resolved.settings.verbosity == Verbosity::Verbose {
        tracing::Level::DEBUG
    } else if args.detached {
        tracing::Level::INFO
    } else {
        tracing::Level::WARN
    };
    let log = tracing_subscriber::fmt().with_max_level(level);
    if !args.detached {
        return log
            .with_ansi(io::stderr().is_terminal())
            .with_target(false)
            .with_writer(io::stderr)
            .init();
    }
    let file = resolved
        .paths
        .serve_log_file()
        .ok()
        .filter(|_| !resolved.settings.incognito)
        .and_then(|path| {
            // The last run alone: nothing grows without end.
            let mut options = OpenOptions::new();
            paths::open_private(&path, options.write(true).create(true).truncate(true)).ok()
        });
    // There is no one to tell that there is no log.
    if let Some(file) = file {
        log.with_ansi(false).with_writer(Mutex::new(file)).init();
    }
}
