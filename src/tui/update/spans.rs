//! The words of a message that a reader is to check first, as a list.

use crate::chat::Session;
use crate::config::{Action, Context};
use crate::probability::{UncertainRun, least_certain};
use crate::tui::app::{App, newest_answer};
use crate::tui::format;
use crate::tui::overlay::{Choice, Item, Layer, Picker};
use crate::tui::walk::Tokens;
use crate::words::tui::notices as words;

/// Characters of the text before and after a span that are shown with it.
const CONTEXT: usize = 24;

/// Lists the least certain words of the message at the cursor, else of the newest answer.
pub fn list(app: &mut App, session: &Session) {
    let message = match app.cursor {
        Some(cursor) => Some(cursor.message),
        None => newest_answer(session).map(|(message, _)| message),
    };
    let found = message.and_then(|message| Some((message, Tokens::of(session, message)?)));
    let Some((message, tokens)) = found else {
        app.notices.info(words::NO_ANSWER_TO_LOOK_THROUGH, app.now);
        return;
    };
    if tokens.iter().all(|token| token.logprob.is_none()) {
        let score = app.key_in(Context::Token, Action::Score);
        app.notices.info(words::no_odds_of_message(score), app.now);
        return;
    }
    let runs = least_certain(
        tokens.content(),
        &tokens.for_spans(),
        f64::from(app.uncertain),
    );
    let items = runs.iter().filter_map(|run| {
        let place = tokens.nth(run.weakest.tokens.start)?.place;
        let label = in_context(tokens.content(), run);
        Some(Item::new(&label, &odds(run), Choice::Token(message, place)))
    });
    let empty = words::no_uncertain_word((app.uncertain * 100.0).round());
    let picker = Picker::new(words::LEAST_CERTAIN, items.collect(), empty);
    app.layers.push(Layer::Picker(picker));
}

/// `…because of a [process] called Rayleigh…`
fn in_context(content: &[u8], run: &UncertainRun) -> String {
    let bytes = run.span.bytes.clone();
    let before = String::from_utf8_lossy(&content[..bytes.start]);
    let after = String::from_utf8_lossy(&content[bytes.end..]);
    let lead = before
        .char_indices()
        .rev()
        .nth(CONTEXT - 1)
        .map_or(0, |(at, _)| at);
    let tail = after
        .char_indices()
        .nth(CONTEXT)
        .map_or(after.len(), |(at, _)| at);
    let mark = |cut: bool| if cut { "…" } else { "" };
    format!(
        "{}{}[{}]{}{}",
        mark(lead > 0),
        before[lead..].trim_start(),
        String::from_utf8_lossy(&content[bytes]),
        after[..tail].trim_end(),
        mark(tail < after.len()),
    )
}

fn odds(run: &UncertainRun) -> String {
    let weakest = format::percent(run.weakest.probability() as f32);
    if run.span.bytes == run.weakest.bytes {
        return format!("{weakest} %");
    }
    let all = format::percent(run.span.probability() as f32);
    words::run_odds(all, weakest)
}
