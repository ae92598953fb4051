//! Starts a resident engine that outlives the program that wanted it.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::link::{Link, LinkError};
use super::place::Place;
use crate::engine::process::{ProcessOptions, SECRET_VARIABLES};
use crate::inference::{FlashAttention, GpuLayers, LoadRequest};
use crate::words::{self, LANGUAGE_VARIABLE};

/// How long a started hub may take until it listens; it does so before it loads anything.
const START_LIMIT: Duration = Duration::from_secs(5);
const START_PAUSE: Duration = Duration::from_millis(2);

/// Where a program looks for a resident engine.
#[derive(Debug, Clone)]
pub struct Resident {
    pub place: Place,
    /// Start one where there is none, to be kept for this long after the last request, as
    /// `--keep-alive` reads it.
    pub keep_alive: Option<String>,
}

impl Resident {
    /// Whether it is worth asking: there is a socket, or one would be made.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        self.keep_alive.is_some() || self.place.has_socket()
    }

    /// A connection to the resident engine, which is started first where that is wanted.
    ///
    /// # Errors
    /// As [`Link::connect`]; [`LinkError::Nobody`] where it did not come up.
    pub fn connect(&self, options: &ProcessOptions, load: &LoadRequest) -> Result<Link, LinkError> {
        match (
            Link::connect(&self.place, load, options.sandbox),
            &self.keep_alive,
        ) {
            (Err(LinkError::Nobody), Some(keep_alive)) => {
                start(options, load, keep_alive)?;
                self.wait(options, load)
            }
            (result, _) => result,
        }
    }

    /// Two programs may have started one each: one of the two takes the place.
    fn wait(&self, options: &ProcessOptions, load: &LoadRequest) -> Result<Link, LinkError> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            match Link::connect(&self.place, load, options.sandbox) {
                Err(LinkError::Nobody) if Instant::now() < deadline => thread::sleep(START_PAUSE),
                result => return result,
            }
        }
    }
}

/// Starts a hub, without waiting for it.
fn start(options: &ProcessOptions, load: &LoadRequest, keep_alive: &str) -> io::Result<()> {
    let mut command = Command::new(&options.program);
    command
        .arg0("limpid")
        .args(serve_arguments(load, options.sandbox, keep_alive)?)
        .arg("--detached")
        // Nothing of the program that starts it is held: no terminal, pipe or folder.
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir("/")
        .env(LANGUAGE_VARIABLE, words::language().name());
    for name in SECRET_VARIABLES {
        command.env_remove(name);
    }
    let mut child = command.spawn()?;
    // It may end before this program does; someone must take note of it.
    thread::Builder::new()
        .name("resident starter".into())
        .spawn(move || child.wait())?;
    Ok(())
}

/// The arguments of the `limpid serve` whose engine is the one that `load` asks for, whatever
/// settings file and environment say.
///
/// # Errors
/// The model's path cannot be made absolute.
pub fn serve_arguments(
    load: &LoadRequest,
    sandbox: bool,
    keep_alive: &str,
) -> io::Result<Vec<OsString>> {
    let LoadRequest {
        request: _,
        path,
        // The resident engine refuses whoever asks for a second model.
        beside: _,
        context_size,
        threads,
        batch_size,
        ubatch_size,
        gpu_layers,
        devices,
        flash_attention,
        cache_type_k,
        cache_type_v,
        speculate,
        draft,
        fit,
        // From its own settings.
        states: _,
    } = load;
    let number = |value: Option<u32>| value.map_or("auto".to_owned(), |it| it.to_string());
    let mut arguments: Vec<OsString> = vec!["serve".into(), "--model".into()];
    arguments.push(std::path::absolute(path)?.into());
    let settings = [
        ("--keep-alive", keep_alive.to_owned()),
        ("--ctx-size", number(*context_size)),
        ("--threads", number(*threads)),
        ("--batch-size", batch_size.to_string()),
        ("--ubatch-size", ubatch_size.to_string()),
        (
            "--gpu-layers",
            match gpu_layers {
                GpuLayers::Auto => "auto".into(),
                GpuLayers::All => "all".into(),
                GpuLayers::Count(count) => count.to_string(),
            },
        ),
        ("--device", devices.join(",")),
        (
            "--flash-attn",
            match flash_attention {
                FlashAttention::On => "on".into(),
                FlashAttention::Off => "off".into(),
                FlashAttention::Auto => "auto".into(),
            },
        ),
        ("--cache-type-k", cache_type_k.name().into()),
        ("--cache-type-v", cache_type_v.name().into()),
    ];
    for (flag, value) in settings {
        arguments.push(format!("{flag}={value}").into());
    }
    if !sandbox {
        arguments.push("--no-sandbox".into());
    }
    if let Some(draft) = draft {
        arguments.push("--draft".into());
        arguments.push(std::path::absolute(draft)?.into());
    }
    if speculate.is_none() {
        arguments.push("--no-speculate".into());
    }
    if *fit {
        arguments.push("--fit".into());
    }
    Ok(arguments)
}
