//! Chooses a front end or a command.

use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|arg| arg == limpid::engine::process::ENGINE_COMMAND)
    {
        return limpid::engine::host::run();
    }
    ExitCode::SUCCESS
}
