//! Asking before something is gone for good.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::cli::Failure;
use crate::words::commands as words;

/// Whether the user says yes to `question`, a sentence without its end.
///
/// # Errors
/// There is no terminal to ask on; `--yes` is what the caller offers then.
pub fn confirmed(question: &str) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() {
        let sentence = words::nobody_to_ask(question);
        return Err(Failure::usage(sentence).hint(words::YES_FLAG).into());
    }
    let mut error = io::stderr().lock();
    write!(error, "{}", words::yes_or_no(question))?;
    error.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let answer = answer.trim();
    Ok(answer.eq_ignore_ascii_case("y") || answer.eq_ignore_ascii_case("yes"))
}
