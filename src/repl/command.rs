//! What a slash command asks of this front end.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use super::answer::Printer;
use super::source::Read;
use super::{Entry, Next, Repl};
use crate::chat::slash::{Outcome, Request, SlashCommand};
use crate::chat::{ExportFormat, MessageId, Notice, Severity, UserEvent, export, show};
use crate::config::{Presets, Theme, paths, prompts, tasks, theme};
use crate::driver::{Driver, Verdict};
use crate::inference::{Role, TokenKind};
use crate::metrics::hardware_threads;
use crate::words::{repl as words, thinking};

/// How many conversations `/load` lists.
const LISTED: usize = 20;

impl Repl {
    pub(super) fn command(&mut self, command: &SlashCommand) -> io::Result<Next> {
        let outcome = command.outcome(self.lock().session());
        match outcome {
            Outcome::Text(text) => self.out.lines(&text)?,
            Outcome::Events(events) => {
                for event in events {
                    match event {
                        UserEvent::ShowPrompt => self.show_prompt()?,
                        UserEvent::Edit { message, text } => {
                            if !self.say_differently(message, text)? {
                                return Ok(Next::ReadAgain);
                            }
                        }
                        event => self.user(event)?,
                    }
                }
            }
            Outcome::Request(Request::Exit) => return Ok(Next::Leave),
            Outcome::Request(Request::Task { name, line }) => return self.task(&name, &line),
            Outcome::Request(request) => self.request(request)?,
        }
        Ok(Next::Read)
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        match request {
            Request::Exit | Request::Task { .. } => {}
            Request::New => {
                let notices = self.lock().new_conversation();
                self.carry_on(&notices)?;
                self.out.dim(&words::NEW_CONVERSATION)?;
            }
            Request::Branches => {
                let text = show::branches(self.lock().session());
                self.out.lines(&text)?;
            }
            Request::Fork => {
                let notices = self.lock().fork();
                self.carry_on(&notices)?;
            }
            Request::Edit(message) => self.edit(message)?,
            Request::Correct => self.correct()?,
            Request::PickModel => {
                let models = self.options.library.models();
                let lines = models
                    .iter()
                    .map(|model| format!("{}  {}", model.name, model.detail));
                self.list(lines, &words::NO_MODEL_FOUND, &words::MODEL_HINT)?;
            }
            Request::LoadModel(name) => match self.options.library.resolve(&name) {
                Ok(path) => {
                    self.user(UserEvent::LoadModel(path))?;
                    self.loaded()?;
                }
                Err(reason) => self.complain(reason)?,
            },
            Request::Read(path) => self.attach_file(&path)?,
            Request::Glob(pattern) => self.attach_matching(&pattern)?,
            Request::Copy(text) => self.copy(&text)?,
            Request::PickConversation => self.list_conversations()?,
            Request::Open(prefix) => self.open(&prefix)?,
            Request::Search(words) => self.search(&words)?,
            Request::Export(path) => self.export(&path)?,
            Request::PickTask => {
                let tasks = tasks::list(self.options.tasks.as_deref());
                let lines = tasks.into_iter().map(|task| match task.description {
                    Ok(description) => format!("{}  {description}", task.name),
                    Err(error) => words::unusable_task(task.name, error),
                });
                self.list(lines, &words::NONE, &words::TASK_HINT)?;
            }
            Request::PickTheme => {
                let themes = theme::list(self.options.themes.as_deref());
                let lines = themes.into_iter().map(|theme| theme.name);
                self.list(lines, &words::NONE, &words::THEME_HINT)?;
            }
            Request::Theme(name) => self.change_theme(&name)?,
            Request::SystemPrompt(name) => {
                match prompts::find(&name, self.options.prompts.as_deref()) {
                    Ok(text) => {
                        self.user(UserEvent::System(Some(text)))?;
                        self.out.dim(&words::named_system(name))?;
                    }
                    Err(problem) => self.complain(problem)?,
                }
            }
            Request::PickPreset => {
                let presets = self.known_presets();
                let lines = presets
                    .iter()
                    .map(|preset| format!("{:<12}  {}", preset.name, preset.about));
                self.list(lines, &words::NONE, &words::PRESET_HINT)?;
            }
            Request::Think => self.show_reasoning()?,
            Request::Stats => {
                let text = show::stats(self.lock().session());
                self.out.lines(&text)?;
                for sentence in self.why_not_faster() {
                    self.out.lines(&sentence)?;
                }
            }
            Request::Preset(name) => {
                let presets = self.known_presets();
                match presets.find(&name) {
                    Ok(preset) => {
                        let sampling = preset.apply(self.lock().session().sampling());
                        self.user(UserEvent::Sampling(Box::new(sampling)))?;
                        self.out.dim(&words::sampled_as(&preset.name))?;
                    }
                    Err(problem) => self.complain(problem)?,
                }
            }
        }
        Ok(())
    }

    /// What memory allows, and what would help. Where it is not known yet how fast memory is, it
    /// is measured, but not beside what a shared engine computes for others.
    fn why_not_faster(&self) -> Vec<String> {
        let driver = self.lock();
        let session = driver.session();
        let Some(model) = session.model() else {
            return Vec::new();
        };
        let bandwidth = &self.options.bandwidth;
        let speed = if model.gpu_layers > 0 || session.last_stats().is_none() {
            None
        } else if session.sharing().is_busy {
            bandwidth.known(model.threads)
        } else {
            bandwidth.measured(model.threads)
        };
        let formats = driver.formats();
        Verdict::of(session, speed, formats.as_ref(), hardware_threads())
            .map_or_else(Vec::new, |verdict| verdict.sentences())
    }

    /// Shows what the last answer that thought has thought.
    fn show_reasoning(&mut self) -> io::Result<()> {
        let reasoning = {
            let driver = self.lock();
            let conversation = driver.session().conversation();
            let last = conversation.last_thought();
            last.and_then(|node| {
                let line = show::thinking(node, None)?;
                Some((
                    line,
                    String::from_utf8_lossy(node.reasoning()?).into_owned(),
                ))
            })
        };
        let Some((line, reasoning)) = reasoning else {
            return self.out.lines(&thinking::NOTHING_THOUGHT);
        };
        self.out.dim(&reasoning)?;
        self.out.dim(&line)
    }

    /// Puts what is left of the line, else the next message, as a task.
    fn task(&mut self, name: &str, line: &str) -> io::Result<Next> {
        let called = {
            let driver = self.lock();
            let options = driver.session().options();
            let base = tasks::Base {
                sampling: options.sampling.clone(),
                max_tokens: options.max_tokens,
                stop: options.stop.clone(),
            };
            tasks::called(name, line, self.options.tasks.as_deref(), &base)
        };
        match called {
            Ok((task, text)) => {
                self.user(UserEvent::Task(Some(Box::new(task))))?;
                if text.is_empty() || self.send(text)? {
                    return Ok(Next::Read);
                }
                // The line that is taken back names it once more.
                self.user(UserEvent::Task(None))?;
                Ok(Next::ReadAgain)
            }
            Err(error) => self.complain(error.with_hints()).map(|()| Next::Read),
        }
    }

    fn known_presets(&self) -> Presets {
        let driver = self.lock();
        let path = driver.session().model_path();
        let presets = &self.options.presets;
        match path.and_then(|path| self.options.library.recommended(path)) {
            Some(found) => presets.with_model(found.source, &found.values),
            None => presets.clone(),
        }
    }

    /// Lets a message be edited, and sends it as a new branch.
    fn edit(&mut self, message: MessageId) -> io::Result<()> {
        let text = {
            let driver = self.lock();
            let node = driver.session().conversation().node(message);
            node.map(|node| node.text().into_owned())
        };
        let Some(mut text) = text else {
            return self.out.lines(&words::NOTHING_TO_EDIT);
        };
        if !self.source.can_edit() {
            return self.out.lines(&words::EDIT_HINT);
        }
        loop {
            let Read::Entry(Entry::Line(edited) | Entry::Block(edited)) = self.read(Some(&text))?
            else {
                return self.out.dim(&words::NOTHING_CHANGED);
            };
            if self.say_differently(message, edited.clone())? {
                return Ok(());
            }
            text = edited;
        }
    }

    /// Sends a message as another said it, as a new branch. Returns whether it was sent.
    fn say_differently(&mut self, message: MessageId, text: String) -> io::Result<bool> {
        let parent = {
            let driver = self.lock();
            let node = driver.session().conversation().node(message);
            node.and_then(|node| node.parent)
        };
        let sent = self.is_to_be_sent(parent, &text)?;
        if sent {
            self.user(UserEvent::Edit { message, text })?;
        }
        Ok(sent)
    }

    /// Lets the last answer be said as it should have been, and keeps that as a new branch.
    fn correct(&mut self) -> io::Result<()> {
        let last = {
            let driver = self.lock();
            let node = driver.session().conversation().last_of(Role::Assistant);
            node.map(|node| (node.id, node.text().into_owned()))
        };
        let Some((message, text)) = last else {
            return self.out.lines(&words::NOTHING_TO_CORRECT);
        };
        if !self.source.can_edit() {
            return self.out.lines(&words::CORRECT_HINT);
        }
        match self.read(Some(&text))? {
            Read::Entry(Entry::Line(text) | Entry::Block(text)) => {
                self.user(UserEvent::Correct { message, text })
            }
            _ => self.out.dim(&words::NOTHING_CHANGED),
        }
    }

    /// Waits for a model that was asked for by name, since the next line is for it.
    fn loaded(&mut self) -> io::Result<()> {
        let is_loading = |driver: &Driver| {
            use crate::chat::session::EngineStatus;
            matches!(driver.session().engine(), EngineStatus::Loading { .. })
        };
        self.wait(|driver| !is_loading(driver))?;
        let name = {
            let driver = self.lock();
            let model = driver.session().model();
            model
                .filter(|_| !is_loading(&driver))
                .map(|model| words::answers_now(&model.name, model.description()))
        };
        name.map_or(Ok(()), |sentence| self.out.dim(&sentence))
    }

    fn open(&mut self, prefix: &str) -> io::Result<()> {
        let found = self.lock().store().map(|store| store.find(prefix));
        let id = match found {
            Some(Ok(id)) => id,
            Some(Err(error)) => return self.complain(error.to_string()),
            None => return self.complain(words::NOT_KEPT.into()),
        };
        self.user(UserEvent::Open(id.clone()))?;
        let is_open = self.lock().session().conversation().id == id;
        if is_open { self.recall() } else { Ok(()) }
    }

    /// Shows where a conversation was left: its title, and the last answer.
    pub(super) fn recall(&mut self) -> io::Result<()> {
        let driver = Arc::clone(&self.driver);
        let driver = driver.lock().unwrap_or_else(PoisonError::into_inner);
        let conversation = driver.session().conversation();
        let title = conversation.title_or_first_words();
        self.out.dim(&words::going_on_with(title))?;
        let last = conversation.last_of(Role::Assistant);
        if let Some(message) = last.map(|node| node.id)
            && conversation.head == Some(message)
        {
            let mut printer = Printer::default();
            let look = self.look(false);
            printer.advance(conversation, message, look, &mut self.out)?;
            printer.tell(conversation, look, &mut self.out)?;
            printer.finish(&mut self.out)?;
            self.out.end_answer()?;
        }
        Ok(())
    }

    fn list_conversations(&mut self) -> io::Result<()> {
        let listed = self.lock().conversations();
        match listed {
            Ok(list) => {
                let listed = list.into_iter().filter(|one| !one.keeping.archived);
                let lines = listed.take(LISTED).map(|one| match one.damage {
                    Some(damage) => format!("{}  ({damage})", one.id),
                    None => format!("{}  {} {}", one.id, one.title, one.keeping.tag_line()),
                });
                self.list(lines, &words::NOTHING_STORED, &words::LOAD_HINT_BEGINNING)
            }
            Err(error) => self.complain(error.to_string()),
        }
    }

    fn search(&mut self, words: &str) -> io::Result<()> {
        let found = self.lock().search(words);
        match found {
            Ok(found) => {
                let lines = found
                    .into_iter()
                    .take(LISTED)
                    .map(|one| format!("{}  {}", one.summary.id, one.place()));
                self.list(lines, &words::NOTHING_FOUND, &words::LOAD_HINT)
            }
            Err(error) => self.complain(error.to_string()),
        }
    }

    fn list(
        &mut self,
        lines: impl Iterator<Item = String>,
        none: &str,
        hint: &str,
    ) -> io::Result<()> {
        let mut text = String::new();
        for line in lines {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}", crate::text::visible_line(&line));
        }
        if text.is_empty() {
            return self.out.lines(none);
        }
        self.out.lines(&text)?;
        self.out.dim(hint)
    }

    fn export(&mut self, path: &Path) -> io::Result<()> {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let Some(format) = ExportFormat::of_extension(&extension) else {
            let shown = path.display();
            return self.complain(words::unknown_ending(shown, ExportFormat::ENDINGS));
        };
        let text = export(self.lock().session().conversation(), format);
        match paths::create_private(path, &text) {
            Ok(()) => self.out.dim(&words::written_to(path.display())),
            Err(error) => self.complain(error.to_string()),
        }
    }

    fn change_theme(&mut self, name: &str) -> io::Result<()> {
        let folder = self.options.themes.as_deref();
        match Theme::choose(name, self.options.color, folder, &paths::process_env) {
            Ok(theme) => {
                self.out.set_theme(theme);
                self.out.dim(&words::UNTIL_YOU_LEAVE)
            }
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// The exact prompt; control tokens are shown by their names.
    fn show_prompt(&mut self) -> io::Result<()> {
        let notices = self.lock().user(UserEvent::ShowPrompt);
        self.show(&notices)?;
        let mut prompt = None;
        // A refusal is a sentence, and comes at once.
        if !notices.is_empty()
            || !self.wait(|driver| {
                prompt = driver.take_prompt();
                prompt.is_some()
            })?
        {
            return Ok(());
        }
        let pieces = prompt.unwrap_or_default();
        let control = pieces
            .iter()
            .filter(|piece| piece.kind == TokenKind::Control)
            .count();
        let bytes: Vec<u8> = pieces
            .iter()
            .flat_map(|piece| piece.bytes.clone())
            .collect();
        self.out.lines(&String::from_utf8_lossy(&bytes))?;
        self.out.dim(&words::prompt_tokens(pieces.len(), control))
    }

    fn carry_on(&mut self, notices: &[Notice]) -> io::Result<()> {
        self.show(notices)?;
        self.settle()
    }

    pub(super) fn complain(&mut self, text: String) -> io::Result<()> {
        self.out.notice(&Notice {
            severity: Severity::Error,
            text,
        })
    }
}
