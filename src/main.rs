//! Chooses a front end or a command, prints the error, and ends with its code.

#[path = "main/start.rs"]
mod start;

use std::process::ExitCode;

use limpid::cli::Args;
use limpid::commands;
use limpid::engine::{host, process::ENGINE_COMMAND};

fn main() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == ENGINE_COMMAND)
    {
        return host::run();
    }
    let args = match Args::read(std::env::args_os()) {
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
