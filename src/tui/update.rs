//! What an input does to the state: `update(app, input, session)`, and what is asked for beyond
//! it. No terminal, no files, no clock.

mod action;
mod attention;
mod branches;
mod keeping;
mod leave;
mod messages;
mod mouse;
mod panes;
mod reading;
mod reconsider;
mod search;
mod selection;
mod slash;
mod spans;
mod tokens;

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::app::{App, Focus};
use super::completing::Sought;
use super::dropped::Dropped;
use super::editor::Beyond;
use super::offering;
use super::overlay::{BindLayer, Change, Choice, Layer, Outcome, help};
use super::reader::Input;
use crate::chat::session::Attend;
use crate::chat::{ConversationId, MessageId, Session, UserEvent};
use crate::config::theme::Background;
use crate::config::{Action, Chord, Context};
use crate::text::clipboard::Through;

/// What an update cannot do itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    User(UserEvent),
    NewConversation,
    Fork,
    /// A stored conversation by id, as the user typed it.
    Open(String),
    PickConversation,
    /// Change a stored conversation, for the list that is open.
    Keep(Change),
    /// Show how a conversation begins, in that list.
    Preview(ConversationId),
    /// Find words in the stored conversations.
    Search(String),
    PickModel,
    /// A model by name or path.
    LoadModel(String),
    PickTask,
    /// The name of a task, and what stands after it.
    Task(String, String),
    PickTheme,
    Theme(String),
    /// Get the model that is offered.
    GetModel,
    /// Stop getting it.
    StopGetting,
    PickSystem,
    /// Set the system prompt of this name.
    SystemPrompt(String),
    /// Show the sampler settings, with the presets.
    SamplerPanel,
    /// Take the sampler settings of this preset.
    Preset(String),
    /// Write the sampler settings of now down under this name.
    SavePreset(String),
    /// Attach a file to what is typed.
    Read(PathBuf),
    /// Find names that go on from what is typed.
    Complete(Sought),
    /// Find out whether files were dropped.
    Dropped(Dropped),
    /// Find the files that a pattern matches, to be attached.
    Glob(String),
    /// Run commands and attach their output.
    Shell(Vec<String>),
    /// End the command that runs.
    StopShell,
    Export(PathBuf),
    Copy(Clip),
    /// Keep a key that was just bound in the settings file.
    Bind {
        context: Context,
        chord: Chord,
        action: Action,
    },
    /// Find out where the model looked, for the layer that is open.
    Attend(Box<Attend>),
    /// Copy a message with its odds.
    CopyOdds(MessageId),
    /// Write a message with its odds to a file.
    ExportMessage {
        message: MessageId,
        path: PathBuf,
    },
    /// Write the input in the user's editor.
    Editor,
    Suspend,
    Redraw,
    Leave,
    /// Have the terminal report the mouse, or not.
    Mouse(bool),
    /// The terminal said that it speaks kitty's keyboard protocol.
    KittyKeyboard,
    /// The terminal said what its background is.
    Background(Background),
    /// What stands between said what it is.
    Multiplexer(Through),
}

/// A text on its way to the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// What it is, as a sentence says it: `the answer`, `5 tokens`.
    pub what: String,
    /// Raw.
    pub text: String,
}

impl Clip {
    #[must_use]
    pub fn new(what: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            text: text.into(),
        }
    }
}

/// Names that are at hand, which only the caller knows.
pub trait Names {
    fn presets(&self) -> Vec<String>;
    /// The numbers of the messages that are shown, with `#`.
    fn messages(&self) -> Vec<String>;
}

/// Takes in what the terminal sent.
pub fn update(app: &mut App, input: Input, session: &Session, names: &dyn Names) -> Vec<Request> {
    let mut requests = take_in(app, input, session, names);
    requests.extend(tokens::ask_to_read(app, session));
    let again = reconsider::follow(app, session, &requests);
    requests.extend(again);
    // What is changed changes what is selected: its errand asks by itself.
    if let Some(Layer::Conversations(layer)) = app.layers.last()
        && !requests.iter().any(|one| matches!(one, Request::Keep(_)))
        && let Some(id) = layer.wants_preview(app.screen.width)
    {
        requests.push(Request::Preview(id.clone()));
    }
    requests
}

fn take_in(app: &mut App, input: Input, session: &Session, names: &dyn Names) -> Vec<Request> {
    match input {
        Input::Key(key) => on_key(app, key, session, names),
        Input::Paste(text) => on_paste(app, &text),
        Input::Wheel { rows, column, row } => {
            mouse::wheel(app, session, rows, (column, row));
            Vec::new()
        }
        Input::Click { column, row } => mouse::click(app, session, names, (column, row)),
        Input::Drag { column, row } => {
            mouse::drag(app, session, (column, row));
            Vec::new()
        }
        Input::Release => {
            mouse::release(app);
            Vec::new()
        }
        Input::KittyKeyboard => vec![Request::KittyKeyboard],
        Input::Background(background) => vec![Request::Background(background)],
        Input::Multiplexer(found) => vec![Request::Multiplexer(found)],
    }
}

fn on_paste(app: &mut App, text: &str) -> Vec<Request> {
    if let Some(layer) = app.layers.last_mut() {
        layer.paste(text);
        return Vec::new();
    }
    // Whoever pastes wants to write.
    app.focus = Focus::Input;
    if app.asking.is_none() {
        app.cursor = None;
    }
    let pasted = app.composer.paste(text);
    if app.asking.is_some() {
        return Vec::new();
    }
    let version = app.composer.editor.version();
    let dropped = Dropped::of(text, pasted, version);
    dropped.map(Request::Dropped).into_iter().collect()
}

fn on_key(app: &mut App, key: KeyEvent, session: &Session, names: &dyn Names) -> Vec<Request> {
    if let Some(layer) = app.layers.last_mut() {
        let outcome = layer.key(key, &app.keymap, session);
        return layered(app, outcome, session, names);
    }
    if let Some(request) = offering::key(app, session, key) {
        return vec![request];
    }
    let context = app.context();
    if context == Context::Input
        && let Some(requests) = vi(app, key, session, names)
    {
        return requests;
    }
    if let Some(action) = app.keymap.action(context, key) {
        return action::act(app, action, session, names);
    }
    if context == Context::Input {
        typed(app, key);
    }
    Vec::new()
}

/// Does what the layer on top made of an input.
fn layered(app: &mut App, outcome: Outcome, session: &Session, names: &dyn Names) -> Vec<Request> {
    match outcome {
        Outcome::Ignored | Outcome::Consumed => Vec::new(),
        Outcome::Close => {
            app.layers.pop();
            Vec::new()
        }
        Outcome::Stop => vec![Request::User(UserEvent::Stop)],
        Outcome::User(event) => vec![Request::User(event)],
        Outcome::SavePreset(name) => vec![Request::SavePreset(name)],
        Outcome::Keep(change) => vec![Request::Keep(change)],
        Outcome::Compare(one, other) => {
            branches::compare(app, session, one, other);
            Vec::new()
        }
        Outcome::AskKey(action) => {
            let layer = BindLayer::new(action, &app.keymap);
            app.layers.push(Layer::Bind(layer));
            Vec::new()
        }
        Outcome::Bind {
            context,
            chord,
            action,
        } => {
            app.layers.clear();
            app.keymap.bind(context, chord, Some(action));
            vec![Request::Bind {
                context,
                chord,
                action,
            }]
        }
        Outcome::Chosen(choice) => {
            app.layers.pop();
            choose(app, choice, session, names)
        }
    }
}

/// Vi's keys come before the keymap: Escape while inserting, every letter while commanding.
/// `None` for those that it has no use for.
fn vi(app: &mut App, key: KeyEvent, session: &Session, names: &dyn Names) -> Option<Vec<Request>> {
    if key.code == KeyCode::Esc && key.modifiers.is_empty() {
        return app.composer.escape().then(Vec::new);
    }
    let letter = letter(key).filter(|_| app.composer.is_commanding())?;
    app.leaving = false;
    let width = app.input_width();
    match app.composer.command(letter) {
        None => {}
        Some(Beyond::Up(rows)) => (0..rows).for_each(|_| app.composer.up(width)),
        Some(Beyond::Down(rows)) => (0..rows).for_each(|_| app.composer.down(width)),
        Some(Beyond::SelectUp(rows)) => {
            (0..rows).for_each(|_| app.composer.editor.select_rows(width, -1));
        }
        Some(Beyond::SelectDown(rows)) => {
            (0..rows).for_each(|_| app.composer.editor.select_rows(width, 1));
        }
        Some(Beyond::SearchHistory) => {
            return Some(action::act(app, Action::HistorySearch, session, names));
        }
        Some(Beyond::Help) => return Some(action::act(app, Action::Help, session, names)),
    }
    Some(Vec::new())
}

/// The letter of a key that types one.
fn letter(key: KeyEvent) -> Option<char> {
    let chord = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER;
    match key.code {
        KeyCode::Char(letter) if !key.modifiers.intersects(chord) => Some(letter),
        _ => None,
    }
}

fn typed(app: &mut App, key: KeyEvent) {
    if let Some(letter) = letter(key) {
        app.leaving = false;
        app.composer.insert(letter.encode_utf8(&mut [0; 4]));
    }
}

fn choose(app: &mut App, choice: Choice, session: &Session, names: &dyn Names) -> Vec<Request> {
    match choice {
        Choice::Do(action) => {
            if let Some(says) = help::elsewhere(app, action) {
                app.notices.info(says, app.now);
                return Vec::new();
            }
            action::act(app, action, session, names)
        }
        Choice::Write(text) => {
            app.focus = Focus::Input;
            app.cursor = None;
            app.composer.replace(&text);
            Vec::new()
        }
        Choice::Attach(texts) => {
            for text in texts {
                app.composer.editor.attach(&text);
            }
            app.composer.touched();
            app.focus = Focus::Input;
            Vec::new()
        }
        Choice::Shell(commands) => vec![Request::Shell(commands)],
        Choice::SendAsIs => action::send_typed(app, session),
        Choice::Run(line) => slash::run(app, &line, session),
        Choice::Model(path) => vec![Request::User(UserEvent::LoadModel(path))],
        Choice::Open(ConversationId(id)) => vec![Request::Open(id)],
        Choice::Token(message, place) => {
            tokens::place(app, message, place);
            Vec::new()
        }
        Choice::Nothing => Vec::new(),
        Choice::Delete(message) => messages::delete(app, session, message),
        Choice::System(name) => vec![Request::SystemPrompt(name)],
        Choice::Theme(name) => vec![Request::Theme(name)],
        Choice::Show(message) => {
            app.cursor = None;
            app.transcript.go_to_end(session);
            vec![Request::User(UserEvent::Show(message))]
        }
    }
}
