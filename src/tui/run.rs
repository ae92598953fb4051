//! The loop: waits for the terminal, the driver and the clock, and draws.

mod bounds;
mod due;
mod remembered;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use crossbeam_channel::{Receiver, select};
use ratatui::layout::Rect;

pub use self::bounds::{Ending, Options, Outcome};
use self::remembered::read_panes;
use super::app::App;
use super::asking;
use super::attaching::Attaching;
use super::chores::Chores;
use super::console::Console;
use super::drafting::{Arrival, Left};
use super::frame::{FRAME, Limiter, REFRESH, STREAM};
use super::highlighter::Highlighter;
use super::hyperlink;
use super::names::KnownNames;
use super::notices::Notices;
use super::offering::Offering;
use super::reader::TerminalEvent;
use super::sampler::{Sample, Sampler};
use super::terminal::{self, Terminal};
use super::theming::Theming;
use super::update::{Request, update};
use super::view::view;
use crate::chat::{Notice, Severity};
use crate::config::typed::TypedFile;
use crate::config::{Copying, Panes, Presets};
use crate::driver::{Aside, Bandwidth, Driver, DriverEvent, Engines, Library, Pulling};
use crate::inference::{EngineEvent, Role};
use crate::words::tui::{attaching, run as words};

/// How often the machine is looked at while something runs.
const SAMPLING: Duration = Duration::from_secs(1);
/// How often what is typed is kept, for the case that the program dies.
const DRAFTING: Duration = Duration::from_secs(1);
/// How long a file that the user asked for is waited for when they leave.
const WRITING: Duration = Duration::from_secs(10);
/// How often at most it is written down how the screen is divided, while borders are moved.
const DIVIDING: Duration = Duration::from_secs(1);
/// How often what is typed is counted in tokens: while a word is typed, the estimate will do.
const WEIGHING: Duration = Duration::from_millis(300);
/// Events taken in before a frame is looked at again, so that a flood cannot starve the screen.
const BATCH: usize = 4096;

/// Stored tokens whose candidates stay in memory once they were looked at: some 20 MB, and more
/// than a screen and the message around it have.
const TRACES: usize = 65_536;

/// Runs the interface until the user leaves, and saves.
///
/// # Errors
/// There is no terminal, or it does not take what is drawn.
pub fn run(driver: Driver, options: Options) -> anyhow::Result<Outcome> {
    let mut terminal = Terminal::enter(options.ui.mouse).context(words::NO_TERMINAL)?;
    let mut screen = Loop::new(driver, options);
    screen.draw(&mut terminal)?;
    screen.ask_for_background(&mut terminal)?;
    screen.ask_who_copies(&mut terminal)?;
    // It may be long, and nobody needs it for the first frame.
    screen.recall_typed();
    screen.driver.prepare_list();
    // A conversation that is being opened brings its own.
    if screen.driver.is_settled() && screen.driver.session().conversation().is_empty() {
        screen.driver.adopt_draft();
    }
    let (console, received) = Console::over(terminal)?;
    let sampler = Sampler::start().context(words::NO_THREAD)?;
    let mut world = World { console, sampler };
    let ran = screen.run(&mut world, &received);
    // The terminal first: what is said while saving belongs on the normal screen.
    drop(world);
    screen.keep_draft();
    // What was said goes before what else is being written.
    let mut notices = screen.driver.save_now();
    notices.extend(std::mem::take(&mut screen.chores).finish(WRITING));
    notices.extend(screen.remember_panes());
    let ending = match ran {
        Ok(ending) => ending,
        // A terminal that takes nothing is gone, however it says so.
        Err(error) if error.is::<io::Error>() => {
            tracing::warn!(%error, "the terminal takes nothing more");
            Ending::Closed
        }
        Err(error) => return Err(error),
    };
    Ok(Outcome { ending, notices })
}

/// What the loop does its errands with.
pub(super) struct World {
    pub console: Console,
    pub sampler: Sampler,
}

pub(super) struct Loop {
    pub app: App,
    pub driver: Driver,
    pub library: Arc<dyn Library>,
    /// The model that is on its way.
    pub pulling: Option<Pulling>,
    pub presets: Presets,
    pub prompts: Option<PathBuf>,
    pub settings_file: Option<PathBuf>,
    /// Lists that other threads were asked for; the last one has this number.
    pub(super) lists: u64,
    pub engines: Engines,
    bandwidth: Bandwidth,
    /// The second engine, while the view that it computes for is open.
    pub aside: Option<Aside>,
    pub themes: Option<PathBuf>,
    pub tasks: Option<PathBuf>,
    typed: Option<TypedFile>,
    panes: Option<PathBuf>,
    /// How the screen was divided when that was last kept.
    panes_then: Panes,
    pub color: bool,
    pub(super) theming: Theming,
    pub(super) copying: Copying,
    pub(super) chores: Chores,
    highlighter: Highlighter,
    pub ending: Option<Ending>,
    pub frame: Limiter,
    stream: Limiter,
    refresh: Limiter,
    sampling: Limiter,
    /// The typed text is counted as often as this lets it.
    pub(super) weighing: Limiter,
    pub(super) attaching: Attaching,
    /// What is typed is kept as often as this lets it.
    pub(super) drafting: Limiter,
    dividing: Limiter,
    /// The input's version that was last kept or is to be, and whether anything is written.
    pub(super) drafted: Option<(u64, bool)>,
    /// Whether something ran at the last turn.
    was_busy: bool,
    /// Whether nothing computed at the last turn, for anybody.
    rested: bool,
    /// Whether nothing has since the memory's speed was asked for.
    was_quiet: bool,
}

impl Loop {
    fn new(mut driver: Driver, options: Options) -> Self {
        let now = driver.now();
        let mut notices = Notices::default();
        for notice in options.notices {
            notices.push(notice, now);
        }
        // What matters most is added last, and stays where there is no room for all.
        for text in options.keymap.notices().iter().rev() {
            notices.push(
                Notice {
                    severity: Severity::Warning,
                    text: text.clone(),
                },
                now,
            );
        }
        if let Some(first) = options.first {
            let event = crate::chat::UserEvent::Submit(first);
            for notice in driver.user(event) {
                notices.push(notice, now);
            }
        }
        let mut app = App::new(options.keymap, options.theme, &options.ui);
        app.glyphs = options.glyphs;
        app.links = options.hyperlinks;
        app.reasoning = options.reasoning;
        app.now = now;
        app.notices = notices;
        app.offering = options.offer.map(Offering::new);
        app.first_run = options.first_run;
        app.panes = read_panes(options.panes.as_deref());
        Self {
            panes: options.panes,
            panes_then: app.panes,
            app,
            driver,
            library: options.library,
            pulling: None,
            presets: options.presets,
            prompts: options.prompts,
            settings_file: options.settings_file,
            lists: 0,
            engines: options.engines,
            bandwidth: options.bandwidth,
            aside: None,
            themes: options.themes,
            tasks: options.tasks,
            typed: options.input_history.map(TypedFile::new),
            color: options.color,
            theming: Theming::new(&options.ui.theme),
            copying: Copying::new(&options.ui, options.clipboard),
            chores: Chores::default(),
            highlighter: Highlighter::default(),
            ending: None,
            frame: Limiter::new(FRAME),
            stream: Limiter::new(STREAM),
            refresh: Limiter::new(REFRESH),
            sampling: Limiter::new(SAMPLING),
            weighing: Limiter::new(WEIGHING),
            attaching: Attaching::new(),
            drafting: Limiter::new(DRAFTING),
            dividing: Limiter::new(DIVIDING),
            drafted: None,
            was_busy: false,
            rested: false,
            was_quiet: true,
        }
    }

    fn run(
        &mut self,
        world: &mut World,
        terminal: &Receiver<TerminalEvent>,
    ) -> anyhow::Result<Ending> {
        let driver = self.driver.events();
        let samples = world.sampler.samples().clone();
        loop {
            self.wait(world, terminal, &driver, &samples)?;
            for _ in 0..BATCH {
                if self.ending.is_some() {
                    break;
                } else if let Ok(event) = terminal.try_recv() {
                    self.on_terminal(event, world)?;
                } else if let Ok(event) = driver.try_recv() {
                    self.on_driver(event);
                } else {
                    break;
                }
            }
            if let Some(ending) = self.ending {
                return Ok(ending);
            }
            self.tick(world);
            if self.frame.take(self.app.now) {
                self.draw(&mut world.console.terminal)?;
            }
        }
    }

    /// Sleeps until something happens or is due, and takes it in.
    fn wait(
        &mut self,
        world: &mut World,
        terminal: &Receiver<TerminalEvent>,
        driver: &Receiver<DriverEvent>,
        samples: &Receiver<Sample>,
    ) -> anyhow::Result<()> {
        let due = match self.deadline() {
            Some(deadline) => crossbeam_channel::after(deadline.saturating_sub(self.driver.now())),
            None => crossbeam_channel::never(),
        };
        let aside = match &self.aside {
            Some(aside) => aside.events().clone(),
            None => crossbeam_channel::never(),
        };
        let pulled = match &self.pulling {
            Some(pulling) => pulling.events().clone(),
            None => crossbeam_channel::never(),
        };
        let bandwidth = self.bandwidth.receiver().clone();
        let done = self.chores.done().clone();
        let gathered = self.attaching.gathered().clone();
        let ran = self.attaching.ran();
        select! {
            recv(terminal) -> event => match event {
                Ok(event) => self.on_terminal(event, world)?,
                // The reading thread is gone without a word, and with it the terminal.
                Err(_) => self.ending = Some(Ending::Closed),
            },
            recv(driver) -> event => match event {
                Ok(event) => self.on_driver(event),
                Err(_) => anyhow::bail!(words::DRIVER_GONE),
            },
            recv(samples) -> sample => {
                if let Ok(sample) = sample {
                    self.app.meters.sample = Some(sample);
                    self.frame.request();
                }
            }
            recv(bandwidth) -> measured => {
                if let Ok(measured) = measured {
                    self.on_bandwidth(measured);
                }
            }
            recv(done) -> done => {
                if let Ok(done) = done {
                    self.on_done(done);
                }
            }
            recv(aside) -> event => self.on_aside(event.ok()),
            recv(gathered) -> gathered => {
                if let Ok(gathered) = gathered {
                    self.on_gathered(gathered);
                }
            }
            recv(ran) -> ran => {
                self.on_ran(ran.unwrap_or_else(|_| Err(attaching::RUNNER_GONE.into())));
            }
            recv(pulled) -> event => self.on_pull(event.ok()),
            recv(self.highlighter.painted()) -> painted => {
                if let Ok(painted) = painted
                    && self.app.paints.learn(painted)
                {
                    self.frame.request();
                }
            }
            recv(due) -> _ => {}
        }
        Ok(())
    }

    pub(super) fn on_driver(&mut self, event: DriverEvent) {
        let now = self.driver.now();
        self.app.now = now;
        self.app.meters.observe(&event, self.driver.session(), now);
        let loaded = matches!(event, DriverEvent::Engine(EngineEvent::Loaded { .. }));
        let shown = self.before_leaving();
        let notices = self.driver.on_event(event);
        self.show(notices);
        if self.shown_conversation() != *shown.id() {
            self.conversation_changed(shown, Arrival::Opened);
        }
        self.bring_back_draft();
        if loaded {
            self.weighing.request();
            self.app.meters.formats = self.driver.formats();
        }
        self.was_quiet &= self.is_quiet();
        if let Some(prompt) = self.driver.take_prompt() {
            self.show_prompt(&prompt);
        }
        self.stream.request();
    }

    pub(super) fn shown_conversation(&self) -> crate::chat::ConversationId {
        self.driver.session().conversation().id.clone()
    }

    /// Another conversation is shown: what belonged to the last one is over.
    pub(super) fn conversation_changed(&mut self, left: Left, arrival: Arrival) {
        self.app.cursor = None;
        asking::cancel(&mut self.app);
        self.app.editing = None;
        self.app.chosen = None;
        self.arrive(left, arrival);
        let session = self.driver.session();
        self.app.follow_newest(session);
        let conversation = session.conversation();
        let typed: Vec<String> = conversation
            .path()
            .into_iter()
            .filter_map(|id| conversation.node(id))
            .filter(|node| node.role == Role::User)
            .map(|node| node.text().into_owned())
            .collect();
        self.app.composer.remember(typed);
    }

    fn on_terminal(&mut self, event: TerminalEvent, world: &mut World) -> anyhow::Result<()> {
        self.app.now = self.driver.now();
        self.frame.request();
        match event {
            TerminalEvent::Input(input) => {
                // Keys work on what is on the screen by now.
                self.app.prepare(self.driver.session());
                let names = KnownNames {
                    presets: &self.presets,
                    driver: &self.driver,
                };
                let requests = update(&mut self.app, input, self.driver.session(), &names);
                self.write_down_typed();
                for request in requests {
                    self.carry_out(request, world)?;
                }
                self.try_theme();
                self.leave_aside();
                self.follow_draft();
            }
            TerminalEvent::Resized => {}
            TerminalEvent::Continued => world.console.terminal.resume()?,
            TerminalEvent::Closed => self.ending = Some(Ending::Closed),
            TerminalEvent::Signal(number) => self.ending = Some(Ending::Signal(number)),
        }
        Ok(())
    }

    fn carry_out(&mut self, request: Request, world: &mut World) -> anyhow::Result<()> {
        match request {
            Request::Leave => self.ending = Some(Ending::Left),
            Request::KittyKeyboard => world.console.terminal.enable_kitty_keyboard()?,
            Request::Mouse(on) => world.console.terminal.use_mouse(on)?,
            Request::Background(background) => self.on_background(background),
            Request::Multiplexer(found) => self.on_multiplexer(found),
            Request::Theme(name) => self.change_theme(&name, &mut world.console.terminal)?,
            Request::Redraw => world.console.terminal.resume()?,
            Request::Suspend => world.console.suspend()?,
            Request::Editor => self.external_editor(&mut world.console)?,
            Request::Copy(clip) => self.copy(clip, &mut world.console.terminal)?,
            Request::CopyOdds(message) => self.copy_odds(message, &mut world.console.terminal)?,
            other => self.errand(other),
        }
        Ok(())
    }

    pub(super) fn show(&mut self, notices: Vec<Notice>) {
        for notice in notices {
            self.app.notices.push(notice, self.app.now);
        }
    }

    fn draw(&mut self, terminal: &mut Terminal) -> anyhow::Result<()> {
        let session = self.driver.session();
        if let Some((width, height)) = terminal::size() {
            self.app.screen = Rect::new(0, 0, width, height);
        }
        self.app.prepare(session);
        let app = &mut self.app;
        terminal.draw(|frame| {
            // The size may have changed since it was asked for.
            if app.screen != frame.area() {
                app.screen = frame.area();
                app.prepare(session);
            }
            if let Some(cursor) = view(app, session, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
            hyperlink::addresses(&app.transcript)
        })?;
        let jobs = app.paints.take_jobs();
        self.highlighter.ask(jobs).context(words::NO_THREAD)?;
        self.driver.let_go_of_traces(TRACES);
        Ok(())
    }
}
