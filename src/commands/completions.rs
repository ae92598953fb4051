//! `limpid completions SHELL`.

use crate::cli::command::CompletionsArgs;
use crate::cli::generate;

/// Prints a shell's completion script.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &CompletionsArgs) -> anyhow::Result<()> {
    super::print(&generate::completions(args.shell))
}
