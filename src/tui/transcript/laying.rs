//! Laying a message out as it is to be read now.

use super::sheet::Shown;
use super::{Block, FoldId, Key, Layout, Transcript};
use crate::chat::{MessageId, Session};
use crate::config::ReasoningShown;
use crate::inference::Role;
use crate::text::markdown::Options;

impl Transcript {
    /// The block at this place of the path, up to date.
    pub(super) fn lay_out(&mut self, session: &Session, block: usize) -> &mut Block {
        let key = self.path[block];
        let laid_out = self.blocks.entry(key).or_default();
        let changed = match key {
            Key::Message(id) => session.conversation().node(id).is_some_and(|node| {
                let raw = self.reading.raw || self.reading.walked == Some(id);
                let layout = if node.role == Role::Assistant && !raw {
                    let turned = self.turned.contains(&(id, FoldId::Thought));
                    let thoughts = shown_of(self.reading.reasoning, turned);
                    if self.reading.markdown {
                        let options = Options {
                            width: self.width,
                            links: self.reading.links,
                        };
                        Layout::Rendered(options, thoughts)
                    } else {
                        Layout::Written(self.width, thoughts)
                    }
                } else if node.role == Role::User && node.answer.is_none() {
                    Layout::Folded(self.width)
                } else {
                    Layout::Raw(self.width)
                };
                let (unfolded, turned) = (self.unfolded, &self.turned);
                laid_out.refresh(node, layout, |start| {
                    unfolded != turned.contains(&(id, FoldId::At(start)))
                })
            }),
            Key::Queued(index) => {
                let text = session.queue().nth(index).unwrap_or("");
                laid_out.refresh_text(text, self.width);
                false
            }
        };
        if changed && !self.holding.contains(&key) {
            self.holding.push(key);
        }
        laid_out
    }
}

impl Transcript {
    /// Whether the reasoning of an answer is open, of which `usual` is shown.
    #[must_use]
    pub fn is_reasoning_open(&self, usual: ReasoningShown, message: MessageId) -> bool {
        let turned = self.turned.contains(&(message, FoldId::Thought));
        shown_of(usual, turned) == Shown::Open
    }
}

/// What is shown of an answer's reasoning; `turned`: not as usual.
fn shown_of(usual: ReasoningShown, turned: bool) -> Shown {
    match (usual, turned) {
        (ReasoningShown::On | ReasoningShown::Only, false)
        | (ReasoningShown::Auto | ReasoningShown::Off, true) => Shown::Open,
        (ReasoningShown::Off, false) => Shown::Hidden,
        _ => Shown::Line,
    }
}
