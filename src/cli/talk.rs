//! The arguments of a conversation that are no settings: they concern this run alone.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, ValueEnum, ValueHint};

use super::flags::TalkFlags;
use crate::config::{Env, table, tasks};
use crate::words::usage as words;

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TalkFormat {
    /// The answer alone, its exact bytes
    #[default]
    Text,
    /// One OpenAI-style object at the end, with log-probabilities
    Json,
    /// One event a line
    Jsonl,
}

/// Which stored conversation to go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resume {
    Last,
    /// An id, or the beginning of one.
    Id(String),
}

pub(super) fn resume(text: &str) -> Result<Resume, &'static str> {
    match text {
        "" | "last" => Ok(Resume::Last),
        id if id.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Ok(Resume::Id(id.to_owned())),
        _ => Err(words::NO_ID.into()),
    }
}

/// What to ask and how to answer, for the chat and the pipe.
#[derive(Debug, Clone, Default, Args)]
pub struct TalkArgs {
    /// What to ask
    #[arg(short, long, value_name = "TEXT", help_heading = "Prompt")]
    pub prompt: Option<String>,
    /// Put a file's text before the prompt; `-` is standard input. Repeatable
    #[arg(short, long = "file", value_name = "FILE", help_heading = "Prompt", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Ask with an OpenAI-style JSON array of messages; `-` is standard input
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Prompt",
        conflicts_with_all = ["prompt", "files", "words", "raw"],
        value_hint = ValueHint::FilePath
    )]
    pub messages: Option<PathBuf>,
    /// What the answer begins with: the model goes on after it
    #[arg(long, value_name = "TEXT", help_heading = "Prompt")]
    pub prefill: Option<String>,
    /// Put the text to the model as a ready-made task; `limpid tasks list` shows them
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Prompt",
        conflicts_with_all = ["messages", "raw"],
        value_parser = TaskName
    )]
    pub task: Option<String>,
    /// A parameter of the task, as language=French. Repeatable
    #[arg(
        long = "param",
        value_name = "NAME=VALUE",
        help_heading = "Prompt",
        requires = "task",
        value_parser = param
    )]
    pub params: Vec<(String, String)>,
    /// Complete the text as it is, without a chat template: for base models
    #[arg(long, help_heading = "Prompt")]
    pub raw: bool,
    /// Print the exact prompt the model would read, special tokens visible, and exit
    #[arg(long, help_heading = "Prompt")]
    pub show_prompt: bool,
    /// Go on with the last conversation, or with the one that has this ID
    #[arg(
        short = 'C',
        long = "continue",
        value_name = "ID",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        value_parser = resume,
        help_heading = "Prompt"
    )]
    pub resume: Option<Resume>,
    /// Chat on the terminal after the prompt or the piped text is answered
    #[arg(short, long, help_heading = "Prompt", conflicts_with = "show_prompt")]
    pub interactive: bool,
    /// Chat in lines, without the full screen, as `limpid repl` does
    #[arg(long, help_heading = "Output")]
    pub plain: bool,
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum)]
    pub format: Option<TalkFormat>,
    /// Alternatives to print with each token, with --format json or jsonl [default: 5]
    #[arg(long, value_name = "N", help_heading = "Output", value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub top_logprobs: Option<u16>,
    /// List the devices that were built in, and exit
    #[arg(long, help_heading = "Model")]
    pub list_devices: bool,
    #[command(flatten)]
    pub settings: TalkFlags,
}

/// The arguments alone, for reading the environment.
#[derive(Parser)]
#[command(name = "limpid", no_binary_name = false, disable_help_flag = true)]
struct FromEnvironment {
    #[command(flatten)]
    talk: TalkArgs,
    words: Vec<String>,
}

/// A `LIMPID_*` variable that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::of_variable(variable, problem))]
pub struct VariableError {
    pub variable: String,
    pub problem: String,
}

impl TalkArgs {
    /// Fills what was not typed from the environment: `LIMPID_FORMAT` for `--format`.
    ///
    /// # Errors
    /// A variable's value is none that its flag takes.
    pub fn or_environment(mut self, env: Env<'_>) -> Result<Self, VariableError> {
        for (long, takes_value) in run_flags() {
            let variable = table::variable(&long);
            let Some(value) = env(&variable).filter(|value| !value.is_empty()) else {
                continue;
            };
            let mut argument = OsString::from(format!("--{long}"));
            if takes_value {
                argument.push("=");
                argument.push(&value);
            } else if !is_on(&variable, &value)? {
                continue;
            }
            let argv = [OsString::from("limpid"), argument];
            let found = FromEnvironment::try_parse_from(argv).map_err(|error| VariableError {
                problem: first_line(&error),
                variable,
            })?;
            self = self.or(found.talk);
        }
        Ok(self)
    }

    fn or(self, other: Self) -> Self {
        // Ways to ask exclude each other, so that one that was typed rules out the others.
        let asked = self.prompt.is_some() || !self.files.is_empty() || self.messages.is_some();
        Self {
            prompt: self.prompt.or(other.prompt.filter(|_| !asked)),
            files: if asked { self.files } else { other.files },
            messages: self.messages.or(other.messages.filter(|_| !asked)),
            prefill: self.prefill.or(other.prefill),
            params: if self.task.is_some() {
                self.params
            } else {
                other.params
            },
            task: self.task.or(other.task),
            raw: self.raw || other.raw,
            show_prompt: self.show_prompt || other.show_prompt,
            resume: self.resume.or(other.resume),
            interactive: self.interactive || other.interactive,
            plain: self.plain || other.plain,
            format: self.format.or(other.format),
            top_logprobs: self.top_logprobs.or(other.top_logprobs),
            list_devices: self.list_devices || other.list_devices,
            settings: self.settings,
        }
    }
}

fn param(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(words::NO_PARAMETER.into()),
    }
}

/// Takes any name, since a task may be the user's own, and offers those of the built-in ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct TaskName;

impl TypedValueParser for TaskName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(tasks::built_in_names().map(PossibleValue::new)))
    }
}

/// The flags that are no settings, and whether they take a value.
fn run_flags() -> Vec<(String, bool)> {
    let is_setting = |long: &str| {
        let mut flags = table::all().flat_map(|setting| setting.flags);
        flags.any(|flag| flag.long == long)
    };
    let command = FromEnvironment::command();
    let arguments = command.get_arguments();
    arguments
        .filter_map(|arg| Some((arg.get_long()?.to_owned(), arg.get_action().takes_values())))
        .filter(|(long, _)| !is_setting(long))
        .collect()
}

/// A variable of a flag without a value: on or off.
pub(super) fn is_on(variable: &str, value: &std::ffi::OsStr) -> Result<bool, VariableError> {
    let text = value.to_string_lossy();
    match crate::config::Kind::Switch.parse(&text) {
        Ok(value) => Ok(value == crate::config::Value::Switch(true)),
        Err(problem) => Err(VariableError {
            variable: variable.to_owned(),
            problem,
        }),
    }
}

fn first_line(error: &clap::Error) -> String {
    let text = super::spoken::complaint(error);
    let first = text.lines().next().unwrap_or_default();
    first
        .strip_prefix(&words::error(""))
        .unwrap_or(first)
        .to_owned()
}
