//! What is typed, what was typed before, and what Tab could make of it.

use std::collections::VecDeque;
use std::ops::Range;

use super::editor::{Beyond, Editor, To, Vi, is_long};
use crate::chat::draft::Draft;

/// How many sent texts are kept at hand.
const REMEMBERED: usize = 1000;

/// The input: an editor with a memory.
#[derive(Debug, Default)]
pub struct Composer {
    pub editor: Editor,
    /// Vi's modes, where the user wants them.
    vi: Option<Vi>,
    /// Sent texts, oldest first.
    sent: VecDeque<Draft>,
    /// Those of them that nobody has written down yet.
    fresh: Vec<String>,
    /// Which of `sent` is in the editor, while one is.
    recalled: Option<usize>,
    /// What was being typed when the first one was recalled.
    draft: Draft,
    /// The offers of a completion that is being cycled through.
    offers: Option<Offers>,
}

#[derive(Debug)]
struct Offers {
    /// Where the completed word begins.
    from: usize,
    candidates: Vec<String>,
    index: usize,
}

impl Composer {
    /// Takes vi's keys, or leaves them.
    pub fn use_vi(&mut self, wanted: bool) {
        self.vi = wanted.then(Vi::default);
    }

    /// Whether letters are commands of vi.
    #[must_use]
    pub fn is_commanding(&self) -> bool {
        self.vi.as_ref().is_some_and(Vi::is_commanding)
    }

    /// Escape, for vi; `false` where it means nothing to it.
    pub fn escape(&mut self) -> bool {
        let Some(vi) = &mut self.vi else { return false };
        self.offers = None;
        vi.escape(&mut self.editor)
    }

    /// A letter while [commanding](Self::is_commanding); what is asked for beyond the text.
    pub fn command(&mut self, letter: char) -> Option<Beyond> {
        self.touched();
        self.vi.as_mut()?.key(&mut self.editor, letter)
    }

    /// Vi's Ctrl-R: makes the change again that was undone; `false` where it is no key of vi.
    pub fn redo_as_vi(&mut self) -> bool {
        let Some(vi) = self.vi.as_mut().filter(|vi| vi.is_commanding()) else {
            return false;
        };
        self.offers = None;
        vi.redo(&mut self.editor);
        true
    }

    /// Remembers texts that were sent in earlier sessions, oldest first.
    pub fn remember(&mut self, texts: impl IntoIterator<Item = String>) {
        for text in texts {
            self.push(Draft::of(&text));
        }
    }

    /// Takes the text out to be sent, and remembers it.
    pub fn send(&mut self) -> String {
        let draft = self.editor.draft();
        let text = self.editor.take();
        if self.push(draft) {
            self.fresh.push(text.clone());
        }
        self.restart();
        text
    }

    /// Empties the input; what was in it can be recalled, and undo brings it back.
    pub fn clear(&mut self) {
        let draft = self.editor.draft();
        self.editor.set("");
        self.push(draft);
        self.restart();
    }

    /// Puts a text in place of what is typed; what is attached in it is folded.
    pub fn replace(&mut self, text: &str) {
        self.editor.set_draft(&Draft::of(text));
        self.reset();
    }

    /// Puts what became of the text in an editor in its place; what was folded and is still
    /// there stays folded.
    pub fn take_edited(&mut self, text: &str) {
        let draft = self.editor.draft().edited(text);
        self.editor.set_draft(&draft);
        self.reset();
    }

    /// Leaves the input as it is, and remembers a text that can be recalled.
    pub fn keep(&mut self, text: &str) {
        self.push(Draft::of(text));
    }

    /// Puts a draft where nothing is typed; else it can be recalled. Whether it is seen.
    pub fn bring_back(&mut self, draft: Draft) -> bool {
        if !self.editor.is_empty() {
            self.push(draft);
            return false;
        }
        self.editor.set_draft(&draft);
        self.reset();
        true
    }

    /// Leaves what was typed, which can be recalled, for an empty input.
    pub fn leave(&mut self) {
        let draft = self.editor.draft();
        self.editor.take();
        self.push(draft);
        self.restart();
    }

    /// Leaves an empty input in which something else is to be typed; what was typed comes back
    /// with [`come_back`](Self::come_back).
    pub fn set_aside(&mut self) -> Editor {
        self.restart();
        self.editor.set_aside()
    }

    pub fn come_back(&mut self, editor: Editor) {
        self.editor = editor.come_back(&self.editor);
        self.restart();
    }

    /// What was sent since the last call, to be remembered beyond this session.
    pub fn take_fresh(&mut self) -> Vec<String> {
        std::mem::take(&mut self.fresh)
    }

    /// What was sent before, newest first.
    pub fn sent(&self) -> impl Iterator<Item = String> {
        self.sent.iter().rev().map(Draft::text)
    }

    /// Recalls what was sent before that which is shown; `false` where there is nothing.
    pub fn previous(&mut self) -> bool {
        let index = self.recalled.unwrap_or(self.sent.len());
        let Some(index) = index.checked_sub(1) else {
            return false;
        };
        if self.recalled.is_none() {
            self.draft = self.editor.draft();
        }
        self.editor.set_draft(&self.sent[index]);
        self.recalled = Some(index);
        true
    }

    /// Recalls what was sent after it, and last what was being typed.
    pub fn following(&mut self) -> bool {
        let Some(index) = self.recalled else {
            return false;
        };
        if index + 1 < self.sent.len() {
            self.editor.set_draft(&self.sent[index + 1]);
            self.recalled = Some(index + 1);
        } else {
            self.editor.set_draft(&std::mem::take(&mut self.draft));
            self.recalled = None;
        }
        true
    }

    /// Completes with the first of these candidates; [`next_offer`](Self::next_offer) goes on
    /// from there. `from` is where the completed word begins. Returns whether there was one.
    pub fn complete(&mut self, from: usize, candidates: Vec<String>) -> bool {
        if candidates.is_empty() {
            return false;
        }
        self.offers = Some(Offers {
            from,
            index: candidates.len() - 1,
            candidates,
        });
        self.next_offer()
    }

    /// Puts the next candidate in the place of the one that is there; `false` where none is
    /// offered.
    pub fn next_offer(&mut self) -> bool {
        let Some(mut offers) = self.offers.take() else {
            return false;
        };
        offers.index = (offers.index + 1) % offers.candidates.len();
        self.editor
            .replace_before(offers.from, &offers.candidates[offers.index]);
        // One candidate is the end of it; several are gone through.
        self.offers = (offers.candidates.len() > 1).then_some(offers);
        true
    }

    /// The candidates that Tab goes through, and which of them is in the text.
    #[must_use]
    pub fn offers(&self) -> Option<(&[String], usize)> {
        let offers = self.offers.as_ref()?;
        Some((&offers.candidates, offers.index))
    }

    /// The text was changed by hand: what was recalled or offered is now the user's own.
    pub fn touched(&mut self) {
        self.offers = None;
        if let Some(vi) = &self.vi {
            vi.settle(&mut self.editor);
        }
    }

    /// Inserts a typed text.
    pub fn insert(&mut self, text: &str) {
        self.editor.insert(text);
        self.touched();
    }

    /// Inserts a pasted text, folded where it is long; as [`Editor::paste`].
    pub fn paste(&mut self, text: &str) -> Range<usize> {
        let pasted = if is_long(text) {
            self.editor.paste_folded(text)
        } else {
            self.editor.paste(text)
        };
        self.touched();
        pasted
    }

    /// Moves a row, or recalls where there is none.
    pub fn up(&mut self, width: usize) {
        if !self.editor.go_rows(width, -1) {
            self.previous();
        }
        self.touched();
    }

    pub fn down(&mut self, width: usize) {
        if !self.editor.go_rows(width, 1) && !self.following() {
            self.editor.go(To::LineEnd);
        }
        self.touched();
    }

    /// `false` for what says nothing new.
    fn push(&mut self, draft: Draft) -> bool {
        if draft.is_blank() || self.sent.back() == Some(&draft) {
            return false;
        }
        self.sent.push_back(draft);
        if self.sent.len() > REMEMBERED {
            self.sent.pop_front();
        }
        true
    }

    fn restart(&mut self) {
        self.reset();
        if let Some(vi) = &mut self.vi {
            vi.restart();
        }
    }

    fn reset(&mut self) {
        self.recalled = None;
        self.draft = Draft::default();
        self.offers = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_being_typed_comes_back_after_the_history() {
        let mut composer = Composer::default();
        composer.remember(["one".to_owned(), "two".to_owned(), "two".to_owned()]);
        composer.insert("draft");
        composer.up(40);
        assert_eq!(composer.editor.text(), "two");
        composer.up(40);
        composer.up(40);
        assert_eq!(composer.editor.text(), "one");
        composer.down(40);
        composer.down(40);
        assert_eq!(composer.editor.text(), "draft");
    }

    #[test]
    fn what_was_sent_is_to_be_written_down_once() {
        let mut composer = Composer::default();
        composer.remember(["old".to_owned()]);
        for text in ["new", "new", " "] {
            composer.insert(text);
            composer.send();
        }
        assert_eq!(composer.take_fresh(), ["new"]);
        assert_eq!(composer.take_fresh(), Vec::<String>::new());
    }

    #[test]
    fn up_moves_inside_a_text_before_it_leaves_it() {
        let mut composer = Composer::default();
        composer.remember(["before".to_owned()]);
        composer.insert("one\ntwo");
        composer.up(40);
        assert_eq!(composer.editor.text(), "one\ntwo");
        composer.up(40);
        assert_eq!(composer.editor.text(), "before");
    }

    #[test]
    fn a_cleared_text_is_not_lost() {
        let mut composer = Composer::default();
        composer.insert("precious");
        composer.clear();
        assert!(composer.editor.is_empty());
        composer.previous();
        assert_eq!(composer.editor.text(), "precious");
    }

    #[test]
    fn what_an_editor_left_comes_with_up_and_what_was_typed_with_down() {
        let mut composer = Composer::default();
        composer.insert("draft");
        composer.keep("longer draft");
        assert_eq!(composer.editor.text(), "draft");
        composer.up(40);
        assert_eq!(composer.editor.text(), "longer draft");
        composer.down(40);
        assert_eq!(composer.editor.text(), "draft");
    }

    #[test]
    fn tab_goes_through_the_offers_and_typing_ends_that() {
        let mut composer = Composer::default();
        composer.insert("/re");
        assert!(!composer.next_offer());
        assert!(composer.complete(0, vec!["/read ".to_owned(), "/regen".to_owned()]));
        assert_eq!(composer.editor.text(), "/read ");
        assert!(composer.next_offer());
        assert_eq!(composer.editor.text(), "/regen");
        assert!(composer.next_offer());
        assert_eq!(composer.editor.text(), "/read ");
        composer.insert("x");
        assert!(composer.offers().is_none());
    }
}
