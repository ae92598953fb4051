//! How answers are read, rendered or raw; and taking code out of them.

use super::{Clip, Request};
use crate::chat::{MessageId, Session, Thinking};
use crate::config::ColorBy;
use crate::text;
use crate::text::markdown::{self, CodeBlock};
use crate::tui::app::App;
use crate::tui::transcript::{FoldId, Key};
use crate::tui::walk::Tokens;
use crate::words::thinking::NOTHING_THOUGHT;
use crate::words::tui::notices as words;

/// Shows answers as they were written, or with their markup rendered.
pub fn raw_view(app: &mut App) {
    app.markdown = !app.markdown;
    let says = match (app.markdown, app.color_by) {
        (true, ColorBy::Off) => words::RENDERED,
        (true, _) => words::RENDERED_UNLESS_COLOURED,
        (false, _) => words::RAW,
    };
    app.notices.info(says, app.now);
}

/// Opens the reasoning of the message at hand, else of the last answer that has any, or closes
/// it.
pub fn toggle_reasoning(app: &mut App, session: &Session) {
    let conversation = session.conversation();
    let path = conversation.path();
    let thinks = |message: &MessageId| {
        let node = conversation.node(*message);
        node.is_some_and(|node| {
            let thinking = node.answer.as_deref().map(|answer| &answer.thinking);
            node.reasoning().is_some() || thinking.is_some_and(Thinking::is_inside)
        })
    };
    let last = || path.iter().rev().copied().find(thinks);
    let Some(message) = app.at_hand().filter(thinks).or_else(last) else {
        app.notices.info(NOTHING_THOUGHT, app.now);
        return;
    };
    if app.shows_every_byte(message) {
        app.notices.info(words::REASONING_IS_SHOWN, app.now);
        return;
    }
    app.transcript.turn(session, message, FoldId::Thought);
    if !session.is_busy() {
        app.transcript.reveal_start(session, message);
    }
}

/// Copies the code block at the token cursor, or at the top of the window; done again, the next
/// one, and after the last the first.
pub fn copy_block(app: &mut App, session: &Session) -> Vec<Request> {
    let path = session.conversation().path();
    let (from, beyond) = match app.copied {
        Some(copied) => (copied, true),
        None => (place(app, session), false),
    };
    let Some((message, index, blocks)) = find(session, &path, from, beyond) else {
        app.notices.info(words::NO_CODE_BLOCK, app.now);
        return Vec::new();
    };
    let block = &blocks[index];
    app.copied = Some((message, block.start));
    let (number, all) = (index + 1, blocks.len());
    let what = match text::visible_line(&block.language) {
        language if language.is_empty() => words::code_block(number, all),
        language => words::code_block_in(number, all, text::fit(&language, 20)),
    };
    let content = session
        .conversation()
        .node(message)
        .map_or(&[][..], |node| &node.content);
    vec![Request::Copy(Clip::new(what, block.text(content)))]
}

/// The message and the raw byte that are looked at.
fn place(app: &App, session: &Session) -> (MessageId, usize) {
    if let Some(cursor) = app.cursor {
        let tokens = Tokens::of(session, cursor.message);
        let token = tokens.and_then(|tokens| tokens.at(cursor.place));
        return (cursor.message, token.map_or(0, |token| token.span.start));
    }
    let seen = app
        .transcript
        .seen()
        .iter()
        .find_map(|seen| match seen.key {
            Key::Message(message) => Some((message, app.transcript.block(seen.key)?, seen.line)),
            Key::Queued(_) => None,
        });
    seen.map_or((MessageId(0), 0), |(message, block, line)| {
        (message, block.byte_of_seen(line))
    })
}

/// The first block that ends behind a place, or begins `beyond` it; past the end from the
/// beginning on. With the blocks of its message.
fn find(
    session: &Session,
    path: &[MessageId],
    (message, raw): (MessageId, usize),
    beyond: bool,
) -> Option<(MessageId, usize, Vec<CodeBlock>)> {
    let here = path.iter().position(|&id| id == message).unwrap_or(0);
    // Its own message comes twice: from the place on first, from its beginning at last.
    let order = path[here..]
        .iter()
        .chain(&path[..here])
        .chain(path.get(here));
    for (turn, &id) in order.enumerate() {
        let content = &session.conversation().node(id)?.content;
        let blocks = markdown::blocks(content);
        let found = blocks.iter().position(|block| {
            let end = block.lines.last().map_or(block.start, |line| line.end);
            turn > 0
                || if beyond {
                    block.start > raw
                } else {
                    end >= raw
                }
        });
        if let Some(index) = found {
            return Some((id, index, blocks));
        }
    }
    None
}
