//! The commands: names, arguments, help.

use std::fmt::Write as _;

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
    pub help: &'static str,
}

const fn spec(
    verb: Verb,
    name: &'static str,
    usage: &'static str,
    arguments: &'static [Argument],
    help: &'static str,
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
        "Show the commands, or one",
    ),
    spec(Verb::Exit, "exit", "", &[], "Leave").aliases(&["quit", "bye"]),
    spec(
        Verb::New,
        "new",
        "",
        &[],
        "Begin a new conversation; this one is kept",
    )
    .aliases(&["clear"]),
    spec(
        Verb::Regenerate,
        "regen",
        "[#NUMBER]",
        &[Argument::Message],
        "Answer the last message, or another one, once more, as a new branch",
    ),
    spec(
        Verb::Edit,
        "edit",
        "[#NUMBER] [TEXT]",
        &[Argument::Message, Argument::Text],
        "Say your last message, or any other, differently, as a new branch",
    ),
    spec(
        Verb::Delete,
        "delete",
        "#NUMBER",
        &[Argument::Message],
        "Delete a message and what follows it; /restore brings them back",
    ),
    spec(
        Verb::Restore,
        "restore",
        "",
        &[],
        "Bring back what was deleted last",
    ),
    spec(
        Verb::Undo,
        "undo",
        "",
        &[],
        "Step back before the last message; its branch is kept",
    ),
    spec(
        Verb::Continue,
        "continue",
        "[TEXT]",
        &[Argument::Text],
        "Go on with the last answer; with TEXT, as if it had gone on with these words, as a new branch",
    ),
    spec(
        Verb::Prefill,
        "prefill",
        "[TEXT|none]",
        &[Argument::Text],
        "Show, set or remove what the next answer begins with",
    ),
    spec(
        Verb::Branches,
        "branches",
        "[NUMBER]",
        &[Argument::Branch],
        "Show the branches of the conversation as a tree, or one of them",
    ),
    spec(
        Verb::Model,
        "model",
        "[NAME|PATH]",
        &[Argument::Model],
        "Pick or load a model",
    ),
    spec(
        Verb::System,
        "system",
        "[TEXT|@NAME|none]",
        &[Argument::SystemPrompt],
        "Show, set or remove this conversation's system prompt; @NAME takes a named one",
    ),
    spec(
        Verb::Set,
        "set",
        "[KEY VALUE]",
        &[Argument::Setting, Argument::Text],
        "Set how tokens are chosen; keys are the names of the flags",
    ),
    spec(
        Verb::Preset,
        "preset",
        "[NAME]",
        &[Argument::Preset],
        "Take all sampler settings from a preset; without NAME, show them",
    ),
    spec(
        Verb::Show,
        "show",
        "info|parameters|system|template|prompt",
        &[TOPIC],
        "Show the model, the settings, the system prompt, the template or the exact prompt",
    ),
    spec(
        Verb::Stats,
        "stats",
        "",
        &[],
        "Show what the last answer cost and how sure it was",
    ),
    spec(
        Verb::Context,
        "context",
        "",
        &[],
        "Show how full the context is",
    ),
    spec(
        Verb::Read,
        "read",
        "FILE",
        &[Argument::File],
        "Attach a text file to your message",
    ),
    spec(
        Verb::Glob,
        "glob",
        "PATTERN",
        &[Argument::File],
        "Attach the text files that match, such as src/**/*.rs; it asks first",
    ),
    spec(Verb::Copy, "copy", "", &[], "Copy the last answer"),
    spec(
        Verb::Save,
        "save",
        "[TITLE]",
        &[Argument::Text],
        "Name this conversation; ends incognito, since it is then kept",
    ),
    spec(
        Verb::Load,
        "load",
        "[ID]",
        &[Argument::Conversation],
        "Go on with a stored conversation",
    ),
    spec(
        Verb::Search,
        "search",
        "WORDS",
        &[Argument::Text],
        "Find what was said in any stored conversation",
    ),
    spec(
        Verb::Title,
        "title",
        "[TITLE]",
        &[Argument::Text],
        "Name this conversation; alone, have the model find a title",
    )
    .aliases(&["rename"]),
    spec(
        Verb::Rate,
        "rate",
        "up|down|none",
        &[Argument::Word(&["up", "down", "none"])],
        "Say what the last answer is worth, for `limpid history export --rated`",
    ),
    spec(
        Verb::Correct,
        "correct",
        "[TEXT]",
        &[Argument::Text],
        "Say the last answer as it should have been, as a new branch",
    ),
    spec(
        Verb::Pin,
        "pin",
        "[on|off]",
        &[SWITCH],
        "Keep this conversation on top of the list",
    ),
    spec(
        Verb::Tag,
        "tag",
        "[TAG…]",
        &[Argument::Text],
        "Tag this conversation, to find it by #TAG; alone, show its tags",
    ),
    spec(
        Verb::Untag,
        "untag",
        "TAG…",
        &[Argument::Text],
        "Take tags off this conversation",
    ),
    spec(
        Verb::Archive,
        "archive",
        "[on|off]",
        &[SWITCH],
        "Leave this conversation out of the list, unless it is asked for",
    ),
    spec(
        Verb::Task,
        "task",
        "[NAME [PARAMETER=VALUE…] [TEXT]|none]",
        &[Argument::Task, Argument::Text],
        "Put the next message, or TEXT, as a ready-made task: translate, summarize, classify …",
    ),
    spec(
        Verb::Fork,
        "fork",
        "",
        &[],
        "Go on in a copy of this conversation",
    ),
    spec(
        Verb::Export,
        "export",
        "FILE",
        &[Argument::File],
        "Write the conversation to FILE, as its ending says: .md, .html, .txt, .json, .jsonl",
    ),
    spec(
        Verb::Theme,
        "theme",
        "[NAME]",
        &[Argument::Theme],
        "Pick or change the colours",
    ),
    spec(
        Verb::Incognito,
        "incognito",
        "[on|off]",
        &[SWITCH],
        "Write nothing down; off keeps this conversation, with what was said meanwhile",
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
    text.push_str("\"\"\" opens and closes a message of several lines.");
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
    let mut text = format!("{}\n{}.", spec.line(), spec.help);
    if !spec.aliases.is_empty() {
        let names: Vec<String> = spec.aliases.iter().map(|name| format!("/{name}")).collect();
        let _ = write!(text, "\nAlso: {}", names.join(", "));
    }
    if spec.verb == Verb::Set {
        text.push_str("\n\n");
        text.push_str(&super::setting::help());
    }
    text
}
