//! Chooses a front end or a command, prints the error, and ends with its code.

#[path = "main/start.rs"]
mod start;

use std::process::ExitCode;

use limpid::cli::{Args, tongue};
use limpid::config::paths::process_env;
use limpid::engine::{host, process::ENGINE_COMMAND};
use limpid::{commands, words};

fn main() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == ENGINE_COMMAND)
    {
        return host::run();
    }
    let line: Vec<_> = std::env::args_os().collect();
    words::speak(tongue::spoken(&line, &process_env));
    let args = match Args::read(line) {
        Ok(args) => args,
        Err(error) => {
            return match commands::report_usage(&error) {
                Ok(status) => status.into(),
                Err(error) => commands::report(&error).into(),
            };
        }
    };
    match start::start(&args) {
        Ok(code) => ExitCode::from(code),
        Err(error) => commands::report(&error).into(),
    }
}
