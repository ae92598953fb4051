//! What is typed and sent: messages and slash commands.

use super::{Clip, Names, Request, branches, keeping, messages, reading};
use crate::chat::slash::{self, Argument, Completions, Outcome, Parsed};
use crate::chat::{Session, UserEvent, show as told};
use crate::config::{Action, Context};
use crate::tui::app::App;
use crate::tui::asking::{self, Question};
use crate::tui::completing::Sought;
use crate::tui::overlay::{Layer, TextLayer, TextRow};
use crate::words::copying;
use crate::words::tui::asking as prompt;

/// What opens and closes a message of several lines, as in the REPL.
const FENCE: &str = "\"\"\"";
/// An answer to a command that is longer is shown over the panes.
const SHORT: usize = 160;

/// The commands with what they do, for help and palette.
#[must_use]
pub fn commands() -> Vec<(String, String)> {
    slash::SPECS
        .iter()
        .map(|spec| (spec.line(), spec.help.into()))
        .collect()
}

/// Sends what is in the input, or carries it out.
pub fn submit(app: &mut App, line: &str, session: &Session) -> Vec<Request> {
    if let Some(rest) = line.trim_start().strip_prefix(FENCE) {
        let Some(message) = rest.trim_end().strip_suffix(FENCE) else {
            app.composer.insert("\n");
            return Vec::new();
        };
        let message = message.trim_matches('\n').to_owned();
        app.composer.send();
        return vec![Request::User(UserEvent::Submit(message))];
    }
    match slash::parse(line) {
        Parsed::NotACommand(message) => {
            app.composer.send();
            vec![Request::User(UserEvent::Submit(message))]
        }
        Parsed::Command(_) => {
            app.composer.send();
            run(app, line, session)
        }
        parsed @ (Parsed::Unknown { .. } | Parsed::Usage { .. }) => {
            // What was typed stays, to be corrected.
            app.notices
                .error(parsed.complaint().unwrap_or_default(), app.now);
            Vec::new()
        }
    }
}

/// Carries out the command that the input asks for, while it asks for one.
pub fn answer(app: &mut App, session: &Session) -> Option<Vec<Request>> {
    let asked = app.asking.as_ref().map(|asking| asking.question);
    if asked != Some(Question::Command) {
        return None;
    }
    let line = app.composer.editor.text().trim().to_owned();
    match slash::parse(&line) {
        Parsed::Command(_) => {
            asking::cancel(app);
            Some(run(app, &line, session))
        }
        parsed => {
            let complaint = parsed.complaint().unwrap_or_else(|| {
                prompt::command_wanted(app.key_in(Context::Input, Action::Back))
            });
            app.notices.error(complaint, app.now);
            Some(Vec::new())
        }
    }
}

/// Carries out a command.
pub fn run(app: &mut App, line: &str, session: &Session) -> Vec<Request> {
    use slash::Request as R;
    let parsed = slash::parse(line);
    let Parsed::Command(command) = parsed else {
        if let Some(complaint) = parsed.complaint() {
            app.notices.error(complaint, app.now);
        }
        return Vec::new();
    };
    app.notices.dismiss();
    let request = match command.outcome(session) {
        Outcome::Events(events) => return events.into_iter().map(Request::User).collect(),
        Outcome::Text(text) => {
            show(app, line, text);
            return Vec::new();
        }
        Outcome::Request(request) => request,
    };
    vec![match request {
        R::Exit => Request::Leave,
        R::New => Request::NewConversation,
        R::Edit(message) => {
            messages::edit(app, session, message);
            return Vec::new();
        }
        R::Correct => {
            keeping::correct(app, session);
            return Vec::new();
        }
        R::PickModel => Request::PickModel,
        R::LoadModel(name) => Request::LoadModel(name),
        R::Read(path) => Request::Read(path),
        R::Glob(pattern) => Request::Glob(pattern),
        R::Copy(text) => Request::Copy(Clip::new(copying::THE_ANSWER, text)),
        R::PickConversation => Request::PickConversation,
        R::Open(id) => Request::Open(id),
        R::Search(words) => Request::Search(words),
        R::Fork => Request::Fork,
        R::Branches => {
            branches::tree(app, session);
            return Vec::new();
        }
        R::Export(path) => Request::Export(path),
        R::PickTask => Request::PickTask,
        R::Task { name, line } => Request::Task(name, line),
        R::PickTheme => Request::PickTheme,
        R::Theme(name) => Request::Theme(name),
        R::SystemPrompt(name) => Request::SystemPrompt(name),
        R::PickPreset => Request::SamplerPanel,
        R::Preset(name) => Request::Preset(name),
        R::Think => {
            reading::toggle_reasoning(app, session);
            return Vec::new();
        }
        R::Stats => {
            let verdict = app.meters.verdict(session);
            let why = verdict.map_or_else(Vec::new, |it| it.sentences());
            let text = std::iter::once(told::stats(session)).chain(why);
            show(app, line, text.collect::<Vec<_>>().join("\n"));
            return Vec::new();
        }
    }]
}

/// Shows what a command says: one line above the input, more over the panes.
fn show(app: &mut App, title: &str, text: String) {
    if text.len() <= SHORT && !text.trim_end().contains('\n') {
        app.notices.info(text, app.now);
    } else {
        let rows = vec![TextRow::Text(text)];
        app.layers
            .push(Layer::Text(TextLayer::new(title.trim(), rows)));
    }
}

/// What came of completing.
pub enum Completing {
    /// The names lie on disk.
    Sought(Sought),
    Done,
    /// There is nothing to complete.
    Nothing,
}

/// Completes the command being typed.
pub fn complete(app: &mut App, names: &dyn Names) -> Completing {
    let before = app.composer.editor.before_cursor().into_owned();
    match slash::complete(&before, before.len()) {
        Completions::None => Completing::Nothing,
        Completions::Words { range, words } => {
            // A lone word is done: the next one may begin.
            let alone = words.len() == 1;
            let words = words
                .into_iter()
                .map(|word| if alone { format!("{word} ") } else { word });
            if app.composer.complete(range.start, words.collect()) {
                Completing::Done
            } else {
                Completing::Nothing
            }
        }
        Completions::Ask { range, kind } => {
            let sought = Sought::new(kind, before, range.start);
            match kind {
                Argument::Preset => app.offer(&sought, names.presets()),
                Argument::Message => app.offer(&sought, names.messages()),
                Argument::File
                | Argument::Model
                | Argument::Theme
                | Argument::SystemPrompt
                | Argument::Task
                | Argument::Conversation
                | Argument::Tag => return Completing::Sought(sought),
                _ => return Completing::Nothing,
            }
            Completing::Done
        }
    }
}
