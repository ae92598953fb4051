//! What is folded, opened and closed: all of it, that of a message, or one by one.

use super::{Block, FoldId, Key, Transcript};
use crate::chat::{MessageId, Session};

impl Transcript {
    /// Shows what is attached everywhere, or folds it again; `false` where nothing is.
    pub fn toggle_folds(&mut self, session: &Session) -> bool {
        let any = self.unfolded || self.blocks.values().any(Block::has_folds);
        if any {
            self.unfolded = !self.unfolded;
            self.turned.retain(|(_, fold)| *fold == FoldId::Thought);
            self.blocks.clear();
            self.lay_out_again(session);
        }
        any
    }

    /// Opens the next fold of a message, and closes all of them after the last; `false` where it
    /// has none.
    pub fn toggle_folds_of(&mut self, session: &Session, message: MessageId) -> bool {
        let Some(block) = self.blocks.get(&Key::Message(message)) else {
            return false;
        };
        let folds = block.folds();
        let closed = folds.iter().find(|fold| !fold.open);
        let turned: Vec<usize> = match closed {
            Some(fold) => vec![fold.start],
            None => folds.iter().map(|fold| fold.start).collect(),
        };
        for &start in &turned {
            self.turn(session, message, FoldId::At(start));
        }
        !turned.is_empty()
    }

    /// Opens what is folded there, or folds it.
    pub fn turn(&mut self, session: &Session, message: MessageId, fold: FoldId) {
        if !self.turned.remove(&(message, fold)) {
            self.turned.insert((message, fold));
        }
        self.blocks.remove(&Key::Message(message));
        self.lay_out_again(session);
    }

    /// The window stays where it is, whatever became of the lines above it.
    fn lay_out_again(&mut self, session: &Session) {
        if let Some(top) = &mut self.top {
            top.layout = None;
        }
        self.find_anchor(session);
        self.settle(session);
    }
}
