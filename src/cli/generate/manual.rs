//! The page on the settings file and the keys: `limpid-config(5)`.

use std::fmt::Write;

use clap::Command;

use super::SlashLine;
use crate::config::{Context, Group, Keymap};

const HEAD: &str = concat!(
    r#".ie \n(.g .ds Aq \(aq
.el .ds Aq '
.TH limpid-config 5 "" "limpid "#,
    env!("CARGO_PKG_VERSION"),
    r#""
.SH NAME
limpid\-config \- settings and keys of limpid
.SH DESCRIPTION
limpid reads one TOML file, \fI$XDG_CONFIG_HOME/limpid/config.toml\fR (usually \fI~/.config/limpid/config.toml\fR), or \fIconfig.toml\fR in \fI$LIMPID_CONFIG_DIR\fR.
.B limpid config init
writes it with every option explained,
.B limpid config show
tells each value and where it came from.
.PP
Flags go before \fBLIMPID_*\fR variables, those before llama.cpp\*(Aqs \fBLLAMA_ARG_*\fR variables, those before the file, and the file before the defaults.
An unknown key or a wrong value is an error that names the line.
"#
);

/// The page's text.
pub(super) fn settings() -> String {
    let mut page = HEAD.to_owned();
    for group in Group::ALL {
        let _ = writeln!(page, ".SH {}", group.heading().to_uppercase());
        for setting in group.settings() {
            let default = setting.kind.to_toml(&setting.default_value());
            let default = default.to_string();
            // Writing to a String cannot fail.
            let _ = writeln!(
                page,
                ".TP\n\\fB{}\\fR = {}\n{} Takes {}.",
                escape(setting.key),
                escape(default.trim()),
                line(&setting.doc),
                escape(&setting.kind.describe()),
            );
            let mut names: Vec<_> = setting
                .flags
                .iter()
                .map(|flag| format!("--{}", flag.long))
                .collect();
            names.extend(setting.flags.iter().map(crate::config::Flag::variable));
            names.extend(setting.llama.map(str::to_owned));
            if !names.is_empty() {
                let _ = writeln!(page, ".br\n{}", line(&names.join(", ")));
            }
        }
    }
    keys(&mut page);
    page.push_str(".SH SEE ALSO\n.BR limpid (1),\n.BR limpid\\-config (1)\n");
    page
}

fn keys(page: &mut String) {
    page.push_str(
        ".SH KEYS\nA table for each place: \\fB[keys.input]\\fR and so on. \
         In it, \\(dqKEY\\(dq = \\(dqACTION\\(dq; \\(dqnone\\(dq frees a key. \
         A key that a place does not know is looked up in \\fB[keys.global]\\fR; before that, \
         \\fB[keys.sampler]\\fR and \\fB[keys.deleted]\\fR look in \\fB[keys.list]\\fR, and \
         \\fB[keys.compare]\\fR in \\fB[keys.token]\\fR.\n",
    );
    let keymap = Keymap::default();
    for context in Context::ALL {
        let _ = writeln!(
            page,
            ".SS \"{}: [keys.{}]\"",
            context.heading(),
            context.name()
        );
        for binding in keymap
            .bindings()
            .iter()
            .filter(|one| one.context == context)
        {
            let _ = writeln!(
                page,
                ".TP\n\\fB{}\\fR = {}\n{}.",
                escape(&binding.chord.to_string()),
                escape(binding.action.name()),
                line(binding.action.description()),
            );
        }
    }
}

/// `limpid [OPTIONS] [PROMPT]...`, and the commands where there are some.
pub(super) fn short_synopsis(command: &Command) -> String {
    let display = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name());
    // clap joins the names of a nested command by dashes.
    let name = escape(&display.replace('-', " "));
    let mut text = format!(".SH SYNOPSIS\n\\fB{name}\\fR [\\fIOPTIONS\\fR]");
    for argument in command.get_positionals() {
        let value = argument.get_value_names().and_then(<[_]>::first);
        let value = value.map_or(argument.get_id().as_str(), clap::builder::Str::as_str);
        let _ = write!(text, " [\\fI{}\\fR]...", escape(value));
    }
    if command.has_subcommands() {
        let _ = write!(
            text,
            "\n.br\n\\fB{name}\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR ..."
        );
    }
    text.push('\n');
    text
}

const SEEING: &str = r".SH SEEING
Every token of a conversation can be looked at. \fBCtrl\-T\fR walks them: what the model believed at that place, what the samplers left of it and which of them ruled a candidate out, the probability of the word and the sentence, the perplexity so far and the entropy along the message.
.TP
\fBn\fR, \fBw\fR, \fB/\fR
The next uncertain token, the least certain words of the message, a search.
.TP
\fBs\fR
Has the model score a message that nobody generated.
.TP
\fBEnter\fR, \fBe\fR
Goes on from another candidate, or from words of your own, as a new branch. \fB[\fR and \fB]\fR move between branches, \fBt\fR shows them as a tree, \fB=\fR two of them side by side.
.TP
\fBf\fR
Has several continuations written at once from there on, each from another of the likeliest tokens; one is picked, all stay as branches.
.TP
\fBc\fR
Colours the text by probability, entropy, rank or surprise.
.TP
\fBa\fR
Shows where the model looked at that token.
.TP
\fBr\fR, \fB:\fR
Asks the engine again, with the settings of now: what the samplers would leave of the place, beside what was stored with the token, and what penalties, DRY, bias and temperature do to its logit. \fB:\fR types a command such as \fB/set temperature 0.3\fR at the token, which asks by itself.
.TP
\fBY\fR, \fBx\fR
Copy the message with its odds, or write it to a file.
.PP
Outside a conversation, \fBlimpid score\fR shows the same of any text, \fBlimpid compare\fR of one text under two models, and \fBlimpid attention\fR where a model looks. On a terminal \fBcompare\fR shows two heat maps with one cursor in both: \fBn\fR goes to the largest divergence and on to the next largest, \fBc\fR colours by the difference or the divergence too, \fBEnter\fR gives the token the whole screen, \fB?\fR shows the keys, \fBq\fR leaves.
";

const SURROUNDINGS: &str = r".SH ENVIRONMENT
Each flag has a variable: \fBLIMPID_TOP_K\fR stands for \fB\-\-top\-k\fR. Those of llama.cpp (\fBLLAMA_ARG_*\fR) hold where limpid\*(Aqs own are not set, and the settings file where neither is.
.TP
\fBLIMPID_CONFIG_DIR\fR, \fBLIMPID_DATA_DIR\fR, \fBLIMPID_STATE_DIR\fR, \fBLIMPID_CACHE_DIR\fR, \fBLIMPID_MODELS_DIR\fR
Where limpid keeps its files, instead of the places of the XDG base directories.
.TP
\fBNO_COLOR\fR
Where it is set and not empty, no colour is used, unless \fB\-\-color always\fR asks for it.
.SH FILES
\fBlimpid config path\fR prints where they are.
.TP
\fI~/.config/limpid/config.toml\fR
Settings and keys: see \fBlimpid\-config\fR(5).
.TP
\fI~/.config/limpid/themes/\fR
Your own themes.
.TP
\fI~/.local/share/limpid/history/\fR
Conversations, one file each.
.TP
\fI~/.local/share/limpid/models/\fR
Models that were pulled or imported.
.SH EXIT STATUS
.TP
\fB0\fR
Done.
.TP
\fB1\fR
Failed.
.TP
\fB2\fR
Usage: the command line, a variable or the settings file.
.TP
\fB3\fR
The model was not found or cannot be loaded.
.TP
\fB4\fR
The engine died.
.TP
\fB5\fR
The prompt does not fit into the context.
.TP
\fB6\fR
Network.
.TP
\fB130\fR
Interrupted.
.TP
\fB141\fR
Whoever read the output is gone.
.SH SEE ALSO
.BR limpid\-config (5),
.BR limpid\-models (1),
.BR limpid\-history (1)
";

/// What the main page ends with.
pub(super) fn main_page_end(slash: &[SlashLine]) -> String {
    let mut page = SEEING.to_owned();
    page.push_str(
        ".SH SLASH COMMANDS\nTyped instead of a message, in the panes and in \\fBlimpid repl\\fR; \
         \\fBTab\\fR completes names and arguments. A text that begins with a path is a message.\n",
    );
    for command in slash {
        let names: Vec<_> = std::iter::once(&command.usage)
            .chain(&command.aliases)
            .map(|name| format!("\\fB{}\\fR", escape(name)))
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(page, ".TP\n{}\n{}.", names.join(", "), line(&command.help));
    }
    page.push_str(SURROUNDINGS);
    page
}

/// A line of text: a dot or a quote at its beginning would be a request.
fn line(text: &str) -> String {
    let text = escape(text);
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\e"),
            '-' => escaped.push_str("\\-"),
            '\'' => escaped.push_str("\\*(Aq"),
            '~' => escaped.push_str("\\(ti"),
            '^' => escaped.push_str("\\(ha"),
            '`' => escaped.push_str("\\(ga"),
            other => escaped.push(other),
        }
    }
    escaped
}
