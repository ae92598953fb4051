//! What the loop does in the world for an update: files, models, themes, the clipboard.

use std::path::Path;
use std::sync::Arc;

use crate::chat::export::{ExportFormat, export};
use crate::chat::{ConversationId, UserEvent};
use crate::config::{Action, Chord, Context, edit, paths, tasks};
use crate::inference::RenderedPiece;

use super::chores::Done;
use super::completing::{Shelf, Sought};
use super::drafting::Arrival;
use super::format;
use super::overlay::{Choice, Item, Layer, Picker, TextLayer, TextRow};
use super::pane::status::key_name;
use super::run::Loop;
use super::update::Request;
use crate::words::nouns;
use crate::words::tui::{copying, lists as words, run};

impl Loop {
    pub(super) fn errand(&mut self, request: Request) {
        match request {
            Request::User(event) => self.user(event),
            Request::NewConversation => {
                let left = self.before_leaving();
                let notices = self.driver.new_conversation();
                self.show(notices);
                self.conversation_changed(left, Arrival::New);
            }
            Request::Fork => {
                let left = self.before_leaving();
                let notices = self.driver.fork();
                self.show(notices);
                self.conversation_changed(left, Arrival::Forked);
            }
            Request::Open(id) => self.user(UserEvent::Open(ConversationId(id))),
            Request::PickConversation => self.pick_conversation(),
            Request::Keep(change) => self.keep(change),
            Request::Preview(id) => self.preview(id),
            Request::Search(words) => self.search(&words),
            Request::PickModel => self.pick_model(),
            Request::LoadModel(name) => self.load_model(name),
            Request::PickTask => self.pick_task(),
            Request::Task(name, line) => self.task(&name, &line),
            Request::PickTheme => self.pick_theme(),
            Request::GetModel => self.get_model(),
            Request::StopGetting => {
                if let Some(pulling) = &self.pulling {
                    pulling.stop();
                }
            }
            Request::PickSystem => self.pick_system(),
            Request::SystemPrompt(name) => self.set_system(&name),
            Request::SamplerPanel => self.show_sampler(),
            Request::Preset(name) => self.take_preset(&name),
            Request::SavePreset(name) => self.save_preset(&name),
            Request::Read(path) => self.read_file(path),
            Request::Complete(sought) => self.complete(sought),
            Request::Dropped(dropped) => self.begin("dropped", move |report| {
                if dropped.are_files() {
                    report(Done::Dropped(dropped));
                }
            }),
            Request::Glob(pattern) => self.glob(pattern),
            Request::Shell(commands) => self.run_shell(commands),
            Request::StopShell => self.attaching.stop(),
            Request::Export(path) => self.export(&path),
            Request::Bind {
                context,
                chord,
                action,
            } => self.keep_binding(context, chord, action),
            Request::Attend(attend) => self.attend(*attend),
            Request::ExportMessage { message, path } => self.export_message(message, &path),
            // The loop itself takes care of what concerns the terminal.
            Request::Copy(_)
            | Request::CopyOdds(_)
            | Request::Editor
            | Request::Suspend
            | Request::Redraw
            | Request::Leave
            | Request::KittyKeyboard
            | Request::Mouse(_)
            | Request::Background(_)
            | Request::Multiplexer(_)
            | Request::Theme(_) => {}
        }
    }

    pub(super) fn user(&mut self, event: UserEvent) {
        let notices = self.driver.user(event);
        self.show(notices);
    }

    pub(super) fn complain(&mut self, reason: String) {
        self.app.notices.error(reason, self.app.now);
    }

    pub(super) fn inform(&mut self, says: String) {
        self.app.notices.info(says, self.app.now);
    }

    /// Writes a key that was bound into the settings file.
    fn keep_binding(&mut self, context: Context, chord: Chord, action: Action) {
        let key = key_name(&chord.to_string());
        let place = context.heading().to_lowercase();
        let recording = self.driver.session().is_recording();
        let Some(file) = self.settings_file.clone().filter(|_| recording) else {
            self.inform(words::bound_not_kept(key, action.name(), place));
            return;
        };
        self.begin("settings", move |report| {
            report(match edit::bind(&file, context, chord, action) {
                Ok(_) => Done::info(words::bound_and_kept(
                    key,
                    action.name(),
                    place,
                    file.display(),
                )),
                Err(error) => {
                    Done::error(words::bound_not_written(key, action.name(), place, error))
                }
            });
        });
    }

    /// Begins what may take a while.
    pub(super) fn begin(&mut self, name: &str, work: impl FnOnce(&dyn Fn(Done)) + Send + 'static) {
        if let Err(error) = self.chores.begin(name, work) {
            self.complain(run::no_thread(error));
        }
    }

    /// As [`begin`](Self::begin), for what is waited for when the user leaves.
    pub(super) fn begin_writing(
        &mut self,
        name: &str,
        work: impl FnOnce(&dyn Fn(Done)) + Send + 'static,
    ) {
        if let Err(error) = self.chores.begin_writing(name, work) {
            self.complain(run::no_thread(error));
        }
    }

    /// Takes in what came of it.
    pub(super) fn on_done(&mut self, done: Done) {
        match done {
            Done::Say(notice) => self.show(vec![notice]),
            Done::Progress { list, says } => {
                if let Some(picker) = self.awaited(list) {
                    picker.say(says);
                }
            }
            Done::Rows { list, rows, empty } => match (self.awaited(list), rows) {
                (Some(picker), Ok(rows)) => picker.fill(rows, empty),
                (Some(picker), Err(reason)) => picker.fill(Vec::new(), reason),
                (None, _) => {}
            },
            Done::Conversations(list) => self.on_conversations(list),
            Done::Preview(id, text) => self.on_preview(id, text),
            Done::Names(sought, names) => self.app.offer(&sought, names),
            Done::Dropped(dropped) => self.app.offer_dropped(dropped),
            Done::Model(Ok(path)) => self.user(UserEvent::LoadModel(path)),
            Done::Model(Err(reason)) => self.complain(reason),
            Done::OddsUnwritten {
                message,
                path,
                reason,
            } => self.ask_for_another_path(message, &path, reason),
        }
        self.frame.request();
    }

    fn search(&mut self, wanted: &str) {
        let search = self.driver.searching(wanted);
        let list = self.await_rows(words::with_words(wanted), &words::SEARCHING);
        self.begin("search", move |report| {
            let found = search(&mut |done, all| {
                let says = words::searching(done, format::count(all as u64, nouns::FILE));
                report(Done::Progress { list, says });
            });
            let rows = found.map_err(|error| error.to_string()).map(|found| {
                let rows = found.into_iter().map(|one| {
                    let place = one.place();
                    let label = if place.is_empty() {
                        &one.summary.title
                    } else {
                        &place
                    };
                    let choice = Choice::Open(one.summary.id.clone());
                    Item::new(label, &one.summary.title, choice)
                });
                rows.collect()
            });
            let empty = words::NOTHING_FOUND.into();
            report(Done::Rows { list, rows, empty });
        });
    }

    fn complete(&mut self, sought: Sought) {
        let shelf = Shelf {
            library: Arc::clone(&self.library),
            themes: self.themes.clone(),
            prompts: self.prompts.clone(),
            tasks: self.tasks.clone(),
            store: self.driver.store().cloned(),
        };
        self.begin("complete", move |report| {
            let names = shelf.names(&sought);
            report(Done::Names(sought, names));
        });
    }

    fn pick_model(&mut self) {
        let library = Arc::clone(&self.library);
        let list = self.await_rows(words::MODELS, &words::LOOKING_FOR_MODELS);
        self.begin("models", move |report| {
            let models = library.models().into_iter();
            let rows = models
                .map(|model| Item::new(&model.name, &model.detail, Choice::Model(model.path)))
                .collect();
            report(Done::Rows {
                list,
                rows: Ok(rows),
                empty: words::NO_MODELS.into(),
            });
        });
    }

    fn load_model(&mut self, name: String) {
        let library = Arc::clone(&self.library);
        self.begin("model", move |report| {
            report(Done::Model(library.resolve(&name)));
        });
    }

    /// Opens a list whose rows come from another thread. Closing it lets go of them.
    fn await_rows(&mut self, title: impl Into<String>, says: &str) -> u64 {
        self.lists += 1;
        let picker = Picker::awaiting(title, self.lists, says);
        self.app.layers.push(Layer::Picker(picker));
        self.lists
    }

    /// The list with this number, where it is still open.
    fn awaited(&mut self, list: u64) -> Option<&mut Picker> {
        self.app.layers.iter_mut().find_map(|layer| match layer {
            Layer::Picker(picker) if picker.awaits(list) => Some(picker),
            _ => None,
        })
    }

    fn pick_task(&mut self) {
        let items = tasks::list(self.tasks.as_deref())
            .into_iter()
            .map(|one| {
                let detail = match &one.description {
                    Ok(description) => description.clone(),
                    Err(error) => words::task_unusable(error),
                };
                let line = format!("/task {} ", one.name);
                Item::new(&one.name, &detail, Choice::Write(line))
            })
            .collect();
        self.app
            .layers
            .push(Layer::Picker(Picker::new(words::TASKS, items, words::NONE)));
    }

    /// Puts what is left of the line, else the next message, as a task.
    fn task(&mut self, name: &str, line: &str) {
        let options = self.driver.session().options();
        let base = tasks::Base {
            sampling: options.sampling.clone(),
            max_tokens: options.max_tokens,
            stop: options.stop.clone(),
        };
        match tasks::called(name, line, self.tasks.as_deref(), &base) {
            Ok((task, text)) => {
                self.user(UserEvent::Task(Some(Box::new(task))));
                if !text.is_empty() {
                    self.app.notices.dismiss();
                    self.user(UserEvent::Submit(text));
                }
            }
            Err(error) => self.complain(error.with_hints()),
        }
    }

    fn export(&mut self, path: &Path) {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let Some(format) = ExportFormat::of_extension(&extension) else {
            return self.complain(copying::unknown_export(
                path.display(),
                ExportFormat::ENDINGS,
            ));
        };
        // What a long one consists of is read from disk, token by token.
        let conversation = self.driver.session().conversation().clone();
        let path = path.to_path_buf();
        self.begin_writing("export", move |report| {
            let written = paths::create_private(&path, &export(&conversation, format));
            report(match written {
                Ok(()) => Done::info(copying::written(path.display())),
                Err(error) => Done::error(error.to_string()),
            });
        });
    }

    /// The exact prompt, with its control tokens named.
    pub(super) fn show_prompt(&mut self, pieces: &[RenderedPiece]) {
        let mut bytes = Vec::new();
        for piece in pieces {
            bytes.extend_from_slice(&piece.bytes);
        }
        let rows = vec![
            TextRow::Heading(format::count(pieces.len() as u64, nouns::TOKEN)),
            TextRow::Text(String::from_utf8_lossy(&bytes).into_owned()),
        ];
        self.app
            .layers
            .push(Layer::Text(TextLayer::new(words::EXACT_PROMPT, rows)));
    }
}
