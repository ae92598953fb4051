//! What an answer thinks before it says anything.
//!
//! Where the reasoning lies follows from the text and its tokens, as they come; it is not
//! recorded. That the prompt opened it, and how long it took, is.

use super::{Answer, Conversation, MessageId, Node, Pieces};
use crate::inference::{Role, TokenKind};
use crate::text::{Reasoning, Thought, thought_in};

/// The reasoning of an answer, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thinking {
    split: Reasoning,
    opened: bool,
    /// Bytes and tokens of the answer that were looked at; no more than to its reasoning's end.
    bytes: usize,
    tokens: usize,
    /// Milliseconds; `None` while it lasts, and where nobody took the time.
    ms: Option<u64>,
}

impl Thinking {
    /// Whether the prompt opened the reasoning.
    #[must_use]
    pub fn is_opened(&self) -> bool {
        self.opened
    }

    /// Whether what comes next is reasoning.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.split.is_inside()
    }

    /// Where the reasoning is in the content; `None` where there is none.
    #[must_use]
    pub fn thought(&self) -> Option<Thought> {
        self.split.thought()
    }

    /// Bytes at the end of the content that may yet turn out to be a mark.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.split.undecided()
    }

    /// The tokens that it took, with those of its marks.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// Milliseconds that it took; `None` while it lasts, and where nobody took the time.
    #[must_use]
    pub fn ms(&self) -> Option<u64> {
        self.ms
    }

    /// Looks at what came since the last time.
    fn catch_up(&mut self, content: &[u8], answer: &Answer, pieces: Option<&Pieces>) {
        while !self.split.is_over()
            && let Some(token) = answer.traces.outline(self.tokens)
            && let Some(span) = answer.span(self.tokens, content.len())
        {
            self.read(content, span.start);
            match token.kind {
                TokenKind::Text => self.read(content, span.end),
                TokenKind::Control => {
                    let name = pieces.and_then(|pieces| pieces.get(&token.id));
                    self.split.push_control(name.map_or(&[], Vec::as_slice));
                }
                TokenKind::EndOfGeneration => {}
            }
            self.tokens += 1;
        }
        // What was typed after the last token.
        self.read(content, content.len());
    }

    fn read(&mut self, content: &[u8], end: usize) {
        if !self.split.is_over()
            && let Some(text) = content.get(self.bytes..end)
        {
            self.split.push(text);
            self.bytes = end;
        }
    }
}

impl Conversation {
    /// Says that the prompt of an answer opened its reasoning, and how many milliseconds that
    /// took.
    pub fn set_thinking(&mut self, message: MessageId, opened: bool, ms: Option<u64>) -> bool {
        let changed = self.change_answer(message, |_content, answer| {
            if opened != answer.thinking.opened {
                answer.thinking = Thinking {
                    split: Reasoning::new(opened),
                    opened,
                    ..Thinking::default()
                };
            }
            answer.thinking.ms = ms;
        });
        self.note_thinking(message);
        changed
    }

    /// Looks for reasoning in what came to an answer.
    pub(super) fn note_thinking(&mut self, message: MessageId) {
        let Some(Node {
            content,
            answer: Some(answer),
            ..
        }) = self.nodes.get_mut(&message)
        else {
            return;
        };
        if answer.thinking.split.is_over() {
            return;
        }
        let mut thinking = std::mem::take(&mut answer.thinking);
        let pieces = self.pieces.get(&answer.vocabulary);
        thinking.catch_up(content, answer, pieces);
        answer.thinking = thinking;
    }
}

impl Conversation {
    /// The last answer that is shown and thought something.
    #[must_use]
    pub fn last_thought(&self) -> Option<&Node> {
        let path = self.path().into_iter().rev();
        path.filter_map(|id| self.node(id))
            .find(|node| node.reasoning().is_some())
    }
}

impl Node {
    /// Where the reasoning is in the content; `None` where there is none.
    #[must_use]
    pub fn thought(&self) -> Option<Thought> {
        match &self.answer {
            Some(answer) => answer.thinking.thought(),
            None if self.role == Role::Assistant => thought_in(&self.content),
            None => None,
        }
    }

    /// The content without its reasoning. Raw, as it is.
    #[must_use]
    pub fn said(&self) -> &[u8] {
        match self.thought() {
            None => &self.content,
            Some(thought) => {
                let answer = thought.answer.unwrap_or(self.content.len());
                self.content
                    .get(answer..)
                    .unwrap_or_default()
                    .trim_ascii_start()
            }
        }
    }

    /// What it thinks, without the marks; `None` where there is no reasoning. Raw, as it is.
    #[must_use]
    pub fn reasoning(&self) -> Option<&[u8]> {
        let thought = self.thought()?;
        let end = thought.answer.map_or(self.content.len(), |_| thought.end);
        let reasoning = self.content.get(thought.start..end)?.trim_ascii();
        (!reasoning.is_empty()).then_some(reasoning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::ConversationId;
    use crate::inference::{Piece, SamplerState, TokenId, TokenTrace};

    fn token(kind: TokenKind, id: u32, text: &str) -> TokenTrace {
        TokenTrace {
            id: TokenId(id),
            kind,
            text_len: text.len() as u32,
            logprob: -1.0,
            rank: None,
            entropy: None,
            outside: 1.0,
            state: SamplerState::default(),
            candidates: Vec::new(),
        }
    }

    fn answering() -> (Conversation, MessageId) {
        let mut tree = Conversation::new(ConversationId("X".into()), 0);
        let id = tree.append_message(None, Role::Assistant, Vec::new(), 0);
        let id = id.expect("a root has no parent to miss");
        assert!(tree.begin_answer(id, Answer::waiting("Tiny", "v")));
        (tree, id)
    }

    fn write(tree: &mut Conversation, id: MessageId, texts: &[&str]) {
        for text in texts {
            assert!(tree.extend_answer(id, text.as_bytes(), [token(TokenKind::Text, 1, text)]));
        }
    }

    #[test]
    fn reasoning_is_found_token_by_token_as_in_the_whole() {
        let (mut tree, id) = answering();
        write(&mut tree, id, &["<thi", "nk>", "\n", "Hm", "</", "think"]);
        let thinking = |tree: &Conversation| {
            let answer = tree.nodes[&id].answer.as_deref();
            answer.expect("it is one").thinking.clone()
        };
        assert!(thinking(&tree).is_inside());
        assert_eq!(thinking(&tree).undecided(), 7);
        write(&mut tree, id, &[">\n\n", "So", " be it"]);
        let node = &tree.nodes[&id];
        assert_eq!(node.reasoning(), Some(&b"Hm"[..]));
        assert_eq!(node.said(), b"So be it");
        assert_eq!(
            (thinking(&tree).tokens(), thinking(&tree).is_inside()),
            (7, false)
        );
        assert_eq!(node.thought(), thought_in(&node.content));
    }

    #[test]
    fn what_is_typed_and_what_is_no_text_can_be_marks() {
        let (mut tree, id) = answering();
        assert!(tree.extend_typed(id, b"<think>"));
        write(&mut tree, id, &["Hm", "</think>", "So"]);
        assert_eq!(tree.nodes[&id].said(), b"So");

        let (mut tree, id) = answering();
        let names = [(7, "[THINK]"), (8, "[/THINK]")];
        let pieces = names.map(|(id, name)| Piece {
            id: TokenId(id),
            bytes: name.as_bytes().to_vec(),
        });
        tree.add_pieces("v", &pieces);
        assert!(tree.extend_answer(
            id,
            b"HmSo",
            [
                token(TokenKind::Control, 7, ""),
                token(TokenKind::Text, 1, "Hm"),
                token(TokenKind::Control, 8, ""),
                token(TokenKind::Text, 1, "So"),
            ],
        ));
        assert_eq!(tree.nodes[&id].reasoning(), Some(&b"Hm"[..]));
        assert_eq!(tree.nodes[&id].said(), b"So");
    }

    #[test]
    fn what_the_prompt_opened_is_found_whenever_that_is_said() {
        let (mut tree, id) = answering();
        write(&mut tree, id, &["Hm", "</think>", "So"]);
        assert_eq!(tree.nodes[&id].thought(), None);
        assert!(tree.set_thinking(id, true, Some(2400)));
        let node = &tree.nodes[&id];
        assert_eq!(
            (node.reasoning(), node.said()),
            (Some(&b"Hm"[..]), &b"So"[..])
        );
        let thinking = &node.answer.as_deref().expect("it is one").thinking;
        assert_eq!((thinking.tokens(), thinking.ms()), (2, Some(2400)));
    }
}
