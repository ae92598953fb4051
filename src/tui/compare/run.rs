//! The loop: waits for the engine, the terminal and the clock, and draws.

use std::io;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossbeam_channel::{Receiver, after, never, select};
use ratatui::layout::Rect;
use signal_hook::consts::SIGINT;

use super::state::{Stage, State, Wish};
use super::view::view;
use crate::driver::Aside;
use crate::inference::{EngineError, EngineEvent};
use crate::tui::Ending;
use crate::tui::console::Console;
use crate::tui::frame::{FRAME, Limiter, STREAM};
use crate::tui::hyperlink::Addresses;
use crate::tui::reader::{Input, TerminalEvent};
use crate::tui::terminal::{self, Terminal};
use crate::words::tui::compare as words;

/// Shows what a comparison tells until the user leaves; `mouse` has the wheel scroll and a click
/// look at a token.
///
/// # Errors
/// There is no terminal, or the comparison broke off, which is shown where there was something
/// to show.
pub fn run(aside: &Aside, state: State, mouse: bool) -> anyhow::Result<Ending> {
    let terminal = Terminal::enter(mouse).context(words::NO_TERMINAL)?;
    let (mut console, received) = Console::over(terminal)?;
    let mut screen = Loop {
        state,
        started: Instant::now(),
        frame: Limiter::new(FRAME),
        stream: Limiter::new(STREAM),
        ending: None,
    };
    screen.frame.request();
    let ran = screen.run(aside.events(), &received, &mut console);
    // What is said from now on belongs on the normal screen.
    drop(console);
    let ending = ran.unwrap_or_else(|error| {
        // A terminal that takes nothing is gone, however it says so.
        tracing::warn!(%error, "the terminal takes nothing more");
        Ending::Closed
    });
    match screen.state.stage {
        Stage::Failed(error) if ending == Ending::Left => Err(error.into()),
        _ => Ok(ending),
    }
}

struct Loop {
    state: State,
    started: Instant,
    frame: Limiter,
    stream: Limiter,
    ending: Option<Ending>,
}

impl Loop {
    fn run(
        &mut self,
        engine: &Receiver<EngineEvent>,
        received: &Receiver<TerminalEvent>,
        console: &mut Console,
    ) -> io::Result<Ending> {
        let silence = never();
        let mut engine = engine;
        loop {
            let now = self.started.elapsed();
            if self.stream.take(now) {
                self.frame.request();
            }
            if self.frame.take(now) {
                let state = &mut self.state;
                console.terminal.draw(|frame| {
                    view(state, frame.buffer_mut());
                    Addresses::new()
                })?;
            }
            let due = self.due();
            select! {
                recv(engine) -> event => match event {
                    Ok(event) => self.on_engine(event),
                    // Nothing more will come.
                    Err(_) => {
                        engine = &silence;
                        let reason = words::SUPERVISOR_ENDED.into();
                        self.state.fail(EngineError::Protocol { reason });
                        self.frame.request();
                    }
                },
                recv(received) -> event => match event {
                    Ok(event) => self.on_terminal(&event, console)?,
                    // The reading thread is gone without a word, and with it the terminal.
                    Err(_) => self.ending = Some(Ending::Closed),
                },
                recv(due) -> _ => {}
            }
            // An error that left nothing to look at is told on the normal screen.
            if self.state.is_empty() && matches!(self.state.stage, Stage::Failed(_)) {
                return Ok(Ending::Left);
            }
            if let Some(ending) = self.ending {
                return Ok(ending);
            }
        }
    }

    /// When a frame is to be drawn without anything having happened.
    fn due(&self) -> Receiver<Instant> {
        let deadlines = [self.frame.deadline(), self.stream.deadline()];
        let next = deadlines.into_iter().flatten().min();
        next.map_or_else(never, |at: Duration| {
            after(at.saturating_sub(self.started.elapsed()))
        })
    }

    fn on_engine(&mut self, event: EngineEvent) {
        self.state.event(event);
        self.stream.request();
    }

    fn on_terminal(&mut self, event: &TerminalEvent, console: &mut Console) -> io::Result<()> {
        self.frame.request();
        match event {
            TerminalEvent::Input(input) => self.on_input(input, console)?,
            TerminalEvent::Resized => {}
            TerminalEvent::Continued => console.terminal.resume()?,
            TerminalEvent::Closed => self.ending = Some(Ending::Closed),
            TerminalEvent::Signal(number) => self.ending = Some(Ending::Signal(*number)),
        }
        Ok(())
    }

    fn on_input(&mut self, input: &Input, console: &mut Console) -> io::Result<()> {
        match input {
            Input::Key(key) => match self.state.key(*key) {
                None => {}
                Some(Wish::Leave) => self.ending = Some(Ending::Left),
                Some(Wish::Interrupt) => self.ending = Some(Ending::Signal(SIGINT)),
                Some(Wish::Redraw) => console.terminal.resume()?,
                Some(Wish::Suspend) => console.suspend()?,
            },
            Input::Wheel { rows, .. } => self.state.scroll(*rows),
            Input::Click { column, row } => {
                let (width, height) = terminal::size().unwrap_or_default();
                let screen = Rect::new(0, 0, width, height);
                self.state.click(screen, *column, *row);
            }
            Input::KittyKeyboard => console.terminal.enable_kitty_keyboard()?,
            // Not asked for: the colours of the comparison fit any background, and it copies
            // nothing.
            Input::Background(_)
            | Input::Multiplexer(_)
            | Input::Paste(_)
            | Input::Drag { .. }
            | Input::Release => {}
        }
        Ok(())
    }
}
