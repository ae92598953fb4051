//! One of two branches as rows.

use std::ops::Range;

use crate::chat::{Conversation, MessageId};
use crate::tui::flow::{self, Place, Row};

/// One of them as rows.
#[derive(Debug, Default)]
pub struct Side {
    pub width: u16,
    pub messages: Vec<Laid>,
    pub lines: Vec<SideLine>,
}

#[derive(Debug)]
pub struct Laid {
    pub id: MessageId,
    /// The bytes of its tokens.
    pub spans: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy)]
pub enum SideLine {
    /// Who speaks, by its place in `messages`.
    Name(usize),
    Text(usize, Row),
    Blank,
}

impl Side {
    /// Lays out the messages of a path, the first from the byte `same` on.
    pub fn lay_out(
        conversation: &Conversation,
        path: &[MessageId],
        same: usize,
        width: u16,
    ) -> Self {
        let mut side = Self {
            width,
            ..Self::default()
        };
        let nodes = path.iter().filter_map(|&id| conversation.node(id));
        for (at, node) in nodes.enumerate() {
            let from = if at == 0 { same } else { 0 };
            if at > 0 {
                side.lines.push(SideLine::Blank);
                side.lines.push(SideLine::Name(at));
            }
            let start = Place {
                raw: from,
                inner: 0,
            };
            let mut rows = Vec::new();
            flow::wrap(&node.content, start, usize::from(width), &mut rows);
            side.lines
                .extend(rows.into_iter().map(|row| SideLine::Text(at, row)));
            side.messages.push(Laid {
                id: node.id,
                spans: conversation.token_spans(node.id),
            });
        }
        side
    }
}
