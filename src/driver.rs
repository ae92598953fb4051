//! Carries out what the session decided: the same for every front end.
//!
//! ```text
//!  front end --UserEvent--> Driver --Event--> Session
//!                             ^  |               | effects
//!              DriverEvent    |  +<--------------+
//!   engine, writer, ticks ----+  +--> engine, history writer; notices back to the front end
//! ```
//!
//! Effects are carried out in order. After an append that must be on disk, the rest waits for
//! the writer's answer, without holding up the front end.
//!
//! | file | idea |
//! |---|---|
//! | [`history`] | the files and the one thread that writes them |
//! | `bandwidth` | how fast memory is read here, measured once |
//! | `aside` | an engine of its own, for one request |
//! | `clock` | reads the clocks |
//! | `events` | one channel out of the engine's, the writer's and the ticks |
//! | [`files`] | files that become part of a message |
//! | [`shell`] | commands whose output does |
//! | [`library`] | the models that a front end can ask for |
//! | `offer.rs` | one that is not here, and getting it |
//! | `verdict.rs` | why the last answer was not faster |
//! | [`ulid`] | names for conversations |

mod aside;
mod bandwidth;
mod clock;
mod events;
pub mod files;
pub mod history;
pub mod library;
mod offer;
pub mod shell;
pub mod ulid;
mod verdict;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

pub use aside::{Aside, Engines};
pub use bandwidth::{Bandwidth, Measured};
pub use events::DriverEvent;
pub use history::{Store, StoreError, Summary};
pub use library::{InstalledModels, Library, ModelChoice, Recommended};
pub use offer::{Offer, PullEvent, Pulling};
pub use verdict::Verdict;

use crate::chat::draft::Draft;
use crate::chat::session::{Session, SessionOptions};
use crate::chat::{Conversation, ConversationId, Effect, Event, Notice, Severity, UserEvent};
use crate::engine::Engine;
use crate::inference::{EngineCommand, EngineEvent, Formats, Message, RenderedPiece};
use crate::model::tuning::Tuning;
use crate::words::driver as words;
use clock::Clock;
use events::Events;
use history::search::{Found, Query};
use history::{History, HistoryEvent, Ticket};

/// How long a running answer may take to stop when the program ends.
const STOP_PATIENCE: Duration = Duration::from_millis(700);

/// How long the disk may take when the program ends.
const SAVE_PATIENCE: Duration = Duration::from_secs(1);

/// What a driver starts with.
#[derive(Debug, Clone)]
pub struct DriverOptions {
    pub session: SessionOptions,
    /// The folder of conversations. `Err`: there is no place for one, and why; it is shown as
    /// soon as there would have been something to save.
    pub history: Result<PathBuf, String>,
    /// The stored conversation to go on with.
    pub open: Option<ConversationId>,
    /// The model to load.
    pub model: Option<PathBuf>,
    /// What was found best for models on this machine.
    pub tuning: Option<Tuning>,
}

/// A session, and the hands it has.
pub struct Driver {
    session: Session,
    engine: Box<dyn Engine>,
    history: History,
    store: Option<Store>,
    clock: Clock,
    events: Events,
    effects: VecDeque<Effect>,
    /// The append that must be on disk before the next effect.
    waiting: Option<Ticket>,
    /// Conversations that are being read.
    opening: usize,
    notices: Vec<Notice>,
    prompt: Option<Vec<RenderedPiece>>,
    draft: Option<(ConversationId, Draft)>,
    tuning: Option<Tuning>,
}

impl Driver {
    /// Starts with an empty conversation, and asks for the model and the stored conversation
    /// that `options` name. Returns at once; what comes of it arrives in [`events`](Self::events).
    #[must_use]
    pub fn new(options: DriverOptions, engine: Box<dyn Engine>) -> Self {
        let history = History::start(options.history.clone());
        Self::with_history(options, engine, history)
    }

    /// As [`new`](Self::new), with a history that was started elsewhere.
    #[must_use]
    pub fn with_history(options: DriverOptions, engine: Box<dyn Engine>, history: History) -> Self {
        let clock = Clock::start();
        let now = clock.now();
        let store = options.history.ok().map(Store::new);
        let id = new_id(store.as_ref(), now.wall);
        let events = Events::merge(&*engine, history.events().clone());
        let mut driver = Self {
            session: Session::new(options.session, id, now),
            engine,
            history,
            store,
            clock,
            events,
            effects: VecDeque::new(),
            waiting: None,
            opening: 0,
            notices: Vec::new(),
            prompt: None,
            draft: None,
            tuning: options.tuning,
        };
        if let Some(path) = options.model {
            driver.handle(Event::User(UserEvent::LoadModel(path)));
        }
        if let Some(id) = options.open {
            driver.handle(Event::User(UserEvent::Open(id)));
        }
        driver
    }

    /// What there is to draw.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// As [`Session::let_go_of_traces`].
    pub fn let_go_of_traces(&mut self, most: usize) {
        self.session.let_go_of_traces(most);
    }

    /// The time on the scale of the session's `since`, since the program started.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.clock.now().monotonic
    }

    /// The engine's process id, while one runs on this machine.
    #[must_use]
    pub fn engine_pid(&self) -> Option<u32> {
        self.engine.pid()
    }

    /// How fast the loaded model was in other formats on this machine, where that was measured.
    #[must_use]
    pub fn formats(&self) -> Option<Formats> {
        self.tuning.as_ref()?.formats(&self.session.model()?.path)
    }

    /// Takes in what the user asked for. Returns what is to be shown to them.
    pub fn user(&mut self, event: UserEvent) -> Vec<Notice> {
        self.handle(Event::User(event));
        std::mem::take(&mut self.notices)
    }

    /// Begins a new conversation.
    pub fn new_conversation(&mut self) -> Vec<Notice> {
        let id = new_id(self.store.as_ref(), self.clock.now().wall);
        self.user(UserEvent::New(id))
    }

    /// Goes on in a copy of this conversation.
    pub fn fork(&mut self) -> Vec<Notice> {
        let id = new_id(self.store.as_ref(), self.clock.now().wall);
        self.user(UserEvent::Fork(id))
    }

    /// Replaces the empty conversation by these messages, in order, as if they had been said.
    pub fn begin_with(&mut self, messages: Vec<Message>) -> Vec<Notice> {
        let created = self.clock.now().wall;
        let id = new_id(self.store.as_ref(), created);
        let mut conversation = Conversation::new(id, created);
        for message in messages {
            let parent = conversation.head;
            conversation.append_message(
                parent,
                message.role,
                message.content.into_bytes(),
                created,
            );
        }
        self.handle(Event::Imported(Box::new(conversation)));
        std::mem::take(&mut self.notices)
    }

    /// What to wait for; each goes to [`on_event`](Self::on_event). The first comes at once,
    /// with what was said during the start.
    #[must_use]
    pub fn events(&self) -> Receiver<DriverEvent> {
        self.events.receiver().clone()
    }

    /// Takes in what the engine or the writer said. Returns what is to be shown to the user.
    pub fn on_event(&mut self, event: DriverEvent) -> Vec<Notice> {
        match event {
            DriverEvent::Engine(event) => self.handle(Event::Engine(event)),
            DriverEvent::Tick => self.handle(Event::Tick),
            DriverEvent::History(HistoryEvent::Synced(ticket)) => {
                if self.waiting == Some(ticket) {
                    self.waiting = None;
                    self.carry_out();
                }
            }
            DriverEvent::History(HistoryEvent::Opened {
                conversation,
                read_only,
                notices,
            }) => {
                self.opening = self.opening.saturating_sub(1);
                self.handle(Event::Opened {
                    conversation,
                    read_only,
                    notices,
                });
            }
            DriverEvent::History(HistoryEvent::OpenFailed {
                conversation,
                reason,
            }) => {
                self.opening = self.opening.saturating_sub(1);
                self.handle(Event::OpenFailed {
                    conversation,
                    reason,
                });
            }
            DriverEvent::History(HistoryEvent::NotSaved { reason }) => {
                self.handle(Event::NotSaved { reason });
            }
            DriverEvent::History(HistoryEvent::Drafted {
                conversation,
                draft,
            }) => self.draft = Some((conversation, draft)),
            DriverEvent::History(HistoryEvent::DraftNotKept { reason }) => {
                self.notices.push(Notice {
                    severity: Severity::Warning,
                    text: words::draft_not_kept(reason),
                });
            }
            DriverEvent::History(HistoryEvent::SavedAgain) => self.handle(Event::SavedAgain),
        }
        std::mem::take(&mut self.notices)
    }

    /// The rendered prompt that [`UserEvent::ShowPrompt`] asked for, once.
    pub fn take_prompt(&mut self) -> Option<Vec<RenderedPiece>> {
        self.prompt.take()
    }

    /// Keeps what is typed in a conversation and not sent, on disk and not at once; nothing takes
    /// away what was kept.
    pub fn keep_draft(&self, conversation: ConversationId, draft: Draft) {
        self.history.keep_draft(conversation, draft);
    }

    /// Asks for what was typed in a conversation that never began, for the one that is shown.
    pub fn adopt_draft(&self) {
        self.history
            .adopt_draft(self.session.conversation().id.clone());
    }

    /// What was typed in a conversation and not sent, once: of one that was opened, or
    /// [adopted](Self::adopt_draft).
    pub fn take_draft(&mut self) -> Option<(ConversationId, Draft)> {
        self.draft.take()
    }

    /// Whether an append or an opening is still on its way; its outcome comes as an event.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.waiting.is_none() && self.opening == 0
    }

    /// The stored conversations, newest first; none where there is no history.
    pub fn conversations(&self) -> Result<Vec<Summary>, StoreError> {
        self.store.as_ref().map_or(Ok(Vec::new()), Store::list)
    }

    /// The stored conversations in which all of `words` were said, newest first.
    pub fn search(&self, words: &str) -> Result<Vec<Found>, StoreError> {
        match (&self.store, Query::new(words.split_whitespace())) {
            (Some(store), Some(query)) => store.search(&query, &mut |_, _| ()),
            _ => Ok(Vec::new()),
        }
    }

    /// As [`search`](Self::search), to be done on another thread: it tells how many
    /// conversations it has read, and how many it is to.
    pub fn searching(
        &self,
        words: &str,
    ) -> impl FnOnce(&mut dyn FnMut(usize, usize)) -> Result<Vec<Found>, StoreError> + Send + 'static
    {
        let store = self.store.clone();
        let query = Query::new(words.split_whitespace());
        move |progress| match (store, query) {
            (Some(store), Some(query)) => store.search(&query, progress),
            _ => Ok(Vec::new()),
        }
    }

    /// Reads, on a thread of its own, what has changed since the conversations were last
    /// listed, so that the next list is there at once.
    pub fn prepare_list(&self) {
        let Some(store) = self.store.clone() else {
            return;
        };
        let spawned = std::thread::Builder::new()
            .name("list".to_owned())
            .spawn(move || {
                if let Err(error) = store.list() {
                    tracing::warn!("{error}");
                }
            });
        if let Err(error) = spawned {
            tracing::warn!("the conversations are listed when they are asked for: {error}");
        }
    }

    /// Waits until what was handed over is on disk and files that were let go of are closed.
    pub fn wait_for_disk(&mut self) -> Vec<Notice> {
        let unsaved = self.history.flush(SAVE_PATIENCE);
        let notices = unsaved.into_iter().map(|reason| Notice {
            severity: Severity::Error,
            text: words::not_saved(reason),
        });
        notices.collect()
    }

    /// Where conversations are kept, if anywhere.
    #[must_use]
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// Stops a running answer and brings everything to disk, in under two seconds. Returns what
    /// could not be saved. For signals and for the end.
    pub fn save_now(&mut self) -> Vec<Notice> {
        // What is queued was never shown as sent, and would begin another answer.
        while let Some(text) = self.session.queued().map(str::to_owned) {
            self.handle(Event::User(UserEvent::Unqueue));
            self.notices.push(Notice {
                severity: Severity::Warning,
                text: words::not_sent(text),
            });
        }
        if self.session.is_busy() {
            self.handle(Event::User(UserEvent::Stop));
            let deadline = Instant::now() + STOP_PATIENCE;
            while self.session.is_busy() {
                let Ok(event) = self.events.receiver().recv_deadline(deadline) else {
                    break;
                };
                let notices = self.on_event(event);
                self.notices.extend(notices);
            }
            // An engine that does not answer is not waited for a second time.
            if self.session.is_busy() {
                self.handle(Event::User(UserEvent::Stop));
            }
        }
        // Appends that wait behind another one's sync are handed over all the same.
        self.waiting = None;
        self.carry_out_appends();
        let unsaved = self.history.flush(SAVE_PATIENCE);
        let mut notices = std::mem::take(&mut self.notices);
        notices.extend(unsaved.into_iter().map(|reason| Notice {
            severity: Severity::Error,
            text: words::not_saved(reason),
        }));
        notices
    }

    /// Saves, lets the engine go and ends. Returns what could not be saved.
    #[must_use]
    pub fn finish(mut self) -> Vec<Notice> {
        self.save_now()
    }

    fn handle(&mut self, event: Event) {
        for effect in self.session.handle(event, self.clock.now()) {
            match effect {
                // What is only shown waits for nothing.
                Effect::Notify(notice) => self.notices.push(notice),
                Effect::Prompt(pieces) => self.prompt = Some(pieces),
                other => self.effects.push_back(other),
            }
        }
        self.events.tick(self.session.is_busy());
        self.carry_out();
    }

    fn carry_out(&mut self) {
        while self.waiting.is_none() {
            let Some(effect) = self.effects.pop_front() else {
                return;
            };
            match effect {
                Effect::Engine(command) => self.send(command),
                Effect::Append {
                    conversation,
                    records,
                    sync,
                } => self.waiting = self.history.append(conversation, records, sync),
                Effect::Open(id) => {
                    if self.history.open(id.clone()) {
                        self.opening += 1;
                    } else {
                        self.handle(Event::OpenFailed {
                            conversation: id,
                            reason: words::NO_READER.into(),
                        });
                    }
                }
                Effect::Close(id) => self.history.close(id),
                Effect::Notify(notice) => self.notices.push(notice),
                Effect::Prompt(pieces) => self.prompt = Some(pieces),
            }
        }
    }

    /// At the end no engine is asked for anything more, but what is to be written is written.
    fn carry_out_appends(&mut self) {
        for effect in std::mem::take(&mut self.effects) {
            if let Effect::Append {
                conversation,
                records,
                ..
            } = effect
            {
                self.history.append(conversation, records, false);
            }
        }
    }

    fn send(&mut self, mut command: EngineCommand) {
        if let (EngineCommand::Load(load), Some(tuning)) = (&mut command, &self.tuning) {
            tuning.apply(load);
        }
        let request = command.request();
        if let Err(error) = self.engine.send(command) {
            self.handle(Event::Engine(EngineEvent::Failed { request, error }));
        }
    }
}

fn new_id(store: Option<&Store>, wall: u64) -> ConversationId {
    // A folder that cannot be listed is reported when something is to be written there.
    let newest = store.and_then(|store| store.ids().ok()?.pop());
    ulid::next(wall, newest.as_ref())
}
