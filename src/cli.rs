//! The command line: what can be typed, what it adds up to, and what is generated from it.
//!
//! | file | idea |
//! |---|---|
//! | [`command`] | the commands and their arguments |
//! | [`talk`] | the arguments of a conversation |
//! | [`flags`] | the flags that come out of the table of settings |
//! | `argv.rs` | llama.cpp's two-letter flags, which clap cannot express |
//! | [`mod@resolve`] | defaults < file < `LLAMA_ARG_*` < `LIMPID_*` < flags, and where each came from |
//! | [`tongue`] | which language to speak |
//! | [`spoken`] | help and usage errors in a language that clap does not speak |
//! | [`exit`] | the kinds of failure and their exit codes |
//! | [`generate`] | man pages and completions |

mod argv;
pub mod command;
pub mod exit;
pub mod flags;
pub mod generate;
pub mod resolve;
pub mod spoken;
pub mod talk;
pub mod tongue;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};

pub use command::Command;
pub use exit::{ExitStatus, Failure};
pub use flags::{GeneralFlags, Given, ModelFlags, ServeFlags, TalkFlags};
pub use resolve::{Origin, Resolved, resolve};
pub use talk::{Resume, TalkArgs, TalkFormat};

use crate::words::usage as words;

const LONG_ABOUT: &str = "\
Chat with language models on your own machine, and see every token's odds.

Without a prompt, limpid opens the chat on the terminal. With a prompt, or with text piped in, it \
answers once and exits: standard output carries the answer alone.";

const AFTER_LONG_HELP: &str = "\
Each flag has an environment variable: LIMPID_TOP_K stands for --top-k. Those of llama.cpp \
(LLAMA_ARG_*) hold where limpid's own are not set, and the settings file where neither is: \
`limpid config show` tells each value and where it came from.

Exit codes: 0 done, 1 failed, 2 usage, 3 model not found or not loadable, 4 the engine died, \
5 the prompt does not fit, 6 network, 130 interrupted, 141 broken pipe.";

/// The whole command line, as it was typed.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "limpid",
    version,
    about = "Chat with language models on your own machine, and see every token's odds",
    long_about = LONG_ABOUT,
    after_help = "--help shows every flag, and says more about each.",
    after_long_help = AFTER_LONG_HELP,
    subcommand_value_name = "COMMAND",
    max_term_width = 100
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to ask; with several words, they are joined by spaces.
    #[arg(value_name = "PROMPT")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub talk: TalkArgs,
    #[command(flatten)]
    pub general: GeneralFlags,
}

impl Args {
    /// Reads a command line, the program's name first.
    ///
    /// # Errors
    /// A usage error, or a request for help or the version: see
    /// [`clap::Error::use_stderr`].
    pub fn read(line: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let line = argv::expand(line);
        let args = Self::try_parse_from(&line).map_err(|error| spoken::helped(error, &line))?;
        if args.command.is_some() && !args.words.is_empty() {
            let message = words::prompt_and_command(args.words.join(" "));
            return Err(Self::command().error(clap::error::ErrorKind::ArgumentConflict, message));
        }
        Ok(args)
    }

    /// The prompt that was typed, from the words or `--prompt`.
    #[must_use]
    pub fn prompt(&self) -> Option<String> {
        match (self.words.is_empty(), &self.talk.prompt) {
            (false, None) => Some(self.words.join(" ")),
            (false, Some(prompt)) => Some(format!("{prompt}\n\n{}", self.words.join(" "))),
            (true, prompt) => prompt.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
