//! The commands: names, arguments, help.

use std::fmt::Write as _;

use crate::words::{Phrase, chat::slash as words, common};

/// Which command a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Help,
    Exit,
    New,
    Regenerate,
    Edit,
    Delete,
    Restore,
    Undo,
    Continue,
    Prefill,
    Preset,
    Branches,
    Model,
    System,
    Set,
    Show,
    Stats,
    Context,
    Read,
    Glob,
    Copy,
    Save,
    Load,
    Search,
    Title,
    Rate,
    Correct,
    Pin,
    Tag,
    Untag,
    Archive,
    Fork,
    Task,
    Export,
    Theme,
    Incognito,
    Think,
}

/// What can stand in an argument's place, as far as completion goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// The rest of the line, free text.
    Text,
    /// The front end offers paths.
    File,
    /// The front end offers the names of models.
    Model,
    /// The front end offers the names of themes.
    Theme,
    /// Free text; the front end offers the names of system prompts after `@`.
    SystemPrompt,
    /// The front end offers the names of presets.
    Preset,
    /// The front end offers the names of tasks.
    Task,
    /// The front end offers the ids of conversations.
    Conversation,
    /// Words without an end; the front end offers the tags that conversations have.
    Tag,
    /// The name of a setting, from [`super::SETTINGS`].
    Setting,
    /// The number of a branch.
    Branch,
    /// The number of a message, with `#`.
    Message,
    /// The name of a command.
    Command,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// A command, as help and completion know it.
#[derive(Debug, PartialEq, Eq)]
pub struct SlashSpec {
    pub verb: Verb,
    /// Without the slash.
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// What follows the name, for people: `KEY VALUE`, `[TEXT]`.
    pub usage: &'static str,
    pub arguments: &'static [Argument],
    /// One sentence without its full stop.
    pub help: Phrase,
}

const fn spec(
    verb: Verb,
    name: &'static str,
    usage: &'static str,
    arguments: &'static [Argument],
    help: Phrase,
) -> SlashSpec {
    SlashSpec {
        verb,
        name,
        aliases: &[],
        usage,
        arguments,
        help,
    }
}

impl SlashSpec {
    const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// `/set KEY VALUE`.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = format!("/{}", self.name);
        if !self.usage.is_empty() {
            line.push(' ');
            line.push_str(self.usage);
        }
        line
    }

    /// Whether `name` is this command's, or one of its aliases. Without the slash.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }
}

const SWITCH: Argument = Argument::Word(&["on", "off"]);
const TOPIC: Argument = Argument::Word(&[
    "info",
    "parameters",
    "messages",
    "system",
    "template",
    "prompt",
]);

/// All commands, in the order help shows them.
pub const SPECS: &[SlashSpec] = &[
    spec(
        Verb::Help,
        "help",
        "[COMMAND]",
        &[Argument::Command],
        words::HELP,
    ),
    spec(Verb::Exit, "exit", "", &[], words::EXIT).aliases(&["quit", "bye"]),
    spec(Verb::New, "new", "", &[], words::NEW).aliases(&["clear"]),
    spec(
        Verb::Regenerate,
        "regen",
        "[#NUMBER]",
        &[Argument::Message],
        words::REGEN,
    ),
    spec(
        Verb::Edit,
        "edit",
        "[#NUMBER] [TEXT]",
        &[Argument::Message, Argument::Text],
        words::EDIT,
    ),
    spec(
        Verb::Delete,
        "delete",
        "#NUMBER",
        &[Argument::Message],
        words::DELETE,
    ),
    spec(Verb::Restore, "restore", "", &[], words::RESTORE),
    spec(Verb::Undo, "undo", "", &[], words::UNDO),
    spec(
        Verb::Continue,
        "continue",
        "[TEXT]",
        &[Argument::Text],
        words::CONTINUE,
    ),
    spec(
        Verb::Prefill,
        "prefill",
        "[TEXT|none]",
        &[Argument::Text],
        words::PREFILL,
    ),
    spec(
        Verb::Branches,
        "branches",
        "[NUMBER]",
        &[Argument::Branch],
        words::BRANCHES,
    ),
    spec(
        Verb::Model,
        "model",
        "[NAME|PATH]",
        &[Argument::Model],
        words::MODEL,
    ),
    spec(
        Verb::System,
        "system",
        "[TEXT|@NAME|none]",
        &[Argument::SystemPrompt],
        words::SYSTEM,
    ),
    spec(
        Verb::Set,
        "set",
        "[KEY VALUE]",
        &[Argument::Setting, Argument::Text],
        words::SET,
    ),
    spec(
        Verb::Preset,
        "preset",
        "[NAME]",
        &[Argument::Preset],
        words::PRESET,
    ),
    spec(
        Verb::Show,
        "show",
        "info|parameters|system|template|prompt",
        &[TOPIC],
        words::SHOW,
    ),
    spec(Verb::Stats, "stats", "", &[], words::STATS),
    spec(Verb::Context, "context", "", &[], words::CONTEXT),
    spec(Verb::Read, "read", "FILE", &[Argument::File], words::READ),
    spec(
        Verb::Glob,
        "glob",
        "PATTERN",
        &[Argument::File],
        words::GLOB,
    ),
    spec(Verb::Copy, "copy", "", &[], words::COPY),
    spec(
        Verb::Save,
        "save",
        "[TITLE]",
        &[Argument::Text],
        words::SAVE,
    ),
    spec(
        Verb::Load,
        "load",
        "[ID]",
        &[Argument::Conversation],
        words::LOAD,
    ),
    spec(
        Verb::Search,
        "search",
        "WORDS",
        &[Argument::Text],
        words::SEARCH,
    ),
    spec(
        Verb::Title,
        "title",
        "[TITLE]",
        &[Argument::Text],
        words::TITLE,
    )
    .aliases(&["rename"]),
    spec(
        Verb::Rate,
        "rate",
        "up|down|none",
        &[Argument::Word(&["up", "down", "none"])],
        words::RATE,
    ),
    spec(
        Verb::Correct,
        "correct",
        "[TEXT]",
        &[Argument::Text],
        words::CORRECT,
    ),
    spec(Verb::Pin, "pin", "[on|off]", &[SWITCH], words::PIN),
    spec(Verb::Tag, "tag", "[TAG…]", &[Argument::Tag], words::TAG),
    spec(Verb::Untag, "untag", "TAG…", &[Argument::Tag], words::UNTAG),
    spec(
        Verb::Archive,
        "archive",
        "[on|off]",
        &[SWITCH],
        words::ARCHIVE,
    ),
    spec(
        Verb::Task,
        "task",
        "[NAME [PARAMETER=VALUE…] [TEXT]|none]",
        &[Argument::Task, Argument::Text],
        words::TASK,
    ),
    spec(Verb::Fork, "fork", "", &[], words::FORK),
    spec(
        Verb::Export,
        "export",
        "FILE",
        &[Argument::File],
        words::EXPORT,
    ),
    spec(
        Verb::Think,
        "think",
        "[on|off|auto]",
        &[Argument::Word(&["on", "off", "auto"])],
        words::THINK,
    ),
    spec(
        Verb::Theme,
        "theme",
        "[NAME]",
        &[Argument::Theme],
        words::THEME,
    ),
    spec(
        Verb::Incognito,
        "incognito",
        "[on|off]",
        &[SWITCH],
        words::INCOGNITO,
    ),
];

/// The help of all commands.
#[must_use]
pub(super) fn help() -> String {
    let width = SPECS
        .iter()
        .map(|spec| column(spec).len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for spec in SPECS {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:width$}  {}", column(spec), spec.help);
    }
    text.push_str(&words::FENCE);
    text
}

/// Long lists of choices stand in the command's own help.
fn column(spec: &SlashSpec) -> String {
    match spec.verb {
        Verb::Show => "/show TOPIC".to_owned(),
        Verb::Task => "/task [NAME [TEXT]]".to_owned(),
        _ => spec.line(),
    }
}

/// The help of one command.
#[must_use]
pub(super) fn help_of(spec: &SlashSpec) -> String {
    let mut text = format!("{}\n{}{}", spec.line(), spec.help, common::FULL_STOP);
    if !spec.aliases.is_empty() {
        let names: Vec<String> = spec.aliases.iter().map(|name| format!("/{name}")).collect();
        text.push('\n');
        text.push_str(&words::aliases(names.join(&common::LIST_SEPARATOR)));
    }
    if spec.verb == Verb::Set {
        text.push_str("\n\n");
        text.push_str(&super::setting::help());
    }
    text
}
