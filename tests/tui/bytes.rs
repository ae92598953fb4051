//! What an answer costs on a slow line, in bytes and by a clock that the test moves.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;

use limpid::tui::app::App;
use limpid::tui::frame::{FRAME, Limiter, REFRESH, STREAM};
use limpid::tui::view::view;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::stage::Stage;

const SECONDS: u64 = 20;
const TOKENS_PER_SECOND: u64 = 60;

/// Counts what is written.
#[derive(Clone, Default)]
struct Counter(Rc<RefCell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.borrow_mut() += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes a second while an answer of `TOKENS_PER_SECOND` streams, paced as the loop does.
fn cost(width: u16, height: u16) -> u64 {
    let mut stage = Stage::with_theme(width, height, "dark");
    stage.loaded();
    stage.ask("Tell me a long story.", 80);
    let counter = Counter::default();
    let area = Rect::new(0, 0, width, height);
    let mut terminal = Terminal::with_options(
        CrosstermBackend::new(counter.clone()),
        TerminalOptions {
            viewport: Viewport::Fixed(area),
        },
    )
    .expect("a vector takes everything");
    let words: Vec<String> = (0..400)
        .map(|index| format!(" {}", ["word", "longer", "a", "something"][index % 4]))
        .collect();
    let (mut stream, mut refresh) = (Limiter::new(STREAM), Limiter::new(REFRESH));
    let mut frame = Limiter::new(FRAME);
    let mut frames = 0;
    for index in 0..SECONDS * TOKENS_PER_SECOND {
        let now = Duration::from_micros(index * 1_000_000 / TOKENS_PER_SECOND);
        // A spread as flat as real ones get, another one with every token.
        let others: Vec<(String, f32)> = (0..30)
            .map(|rank| {
                let word = &words[(index as usize * 7 + rank * 3) % words.len()];
                (format!("{word}{rank}"), 0.3 / (rank + 1) as f32)
            })
            .collect();
        let others: Vec<(&str, f32)> = others.iter().map(|(text, p)| (text.as_str(), *p)).collect();
        let word = &words[index as usize % words.len()];
        let newest = stage.app.newest;
        stage.token(word.as_bytes(), 0.31, &others);
        // The stage follows with every token; the loop does so at its pace.
        refresh.request();
        if !refresh.take(now) {
            stage.app.newest = newest;
        }
        stream.request();
        if stream.take(now) {
            frame.request();
        }
        if frame.take(now) {
            frames += 1;
            draw(&mut stage.app, &stage.session, &mut terminal);
        }
    }
    assert!(frames <= 20 * SECONDS, "{frames} frames");
    let bytes = *counter.0.borrow() as u64;
    bytes / SECONDS
}

fn draw(
    app: &mut App,
    session: &limpid::chat::Session,
    terminal: &mut Terminal<CrosstermBackend<Counter>>,
) {
    app.prepare(session);
    terminal
        .draw(|frame| {
            if let Some(cursor) = view(app, session, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })
        .expect("a vector takes everything");
}

#[test]
fn an_answer_with_all_panes_costs_at_most_eight_kilobytes_a_second() {
    let bytes = cost(200, 50);
    assert!(bytes <= 8192, "{bytes} bytes a second");
}

#[test]
fn the_conversation_alone_costs_at_most_four_kilobytes_a_second() {
    let bytes = cost(99, 50);
    assert!(bytes <= 4096, "{bytes} bytes a second");
}
