//! What can be asked of the tree.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::{
    Answer, AnswerState, Conversation, MessageId, Node, Pieces, Stretch, Thinking, Traces,
};
use crate::inference::{MessagePart, Role, SamplerSettings, TokenId, TokenKind};
use crate::words::chat::session as words;

/// How many characters of the first message stand for a title.
const TITLE_CHARS: usize = 60;
/// Where they are looked for: a first message may be a whole book.
const TITLE_BYTES: usize = 4096;

impl Conversation {
    /// From the root to the head: the conversation as it is shown.
    #[must_use]
    pub fn path(&self) -> Vec<MessageId> {
        self.head.map_or_else(Vec::new, |head| self.path_to(head))
    }

    /// From the root to `message`, both included; empty for a message that is not there.
    #[must_use]
    pub fn path_to(&self, message: MessageId) -> Vec<MessageId> {
        let mut path = Vec::new();
        let mut next = self.node(message);
        while let Some(node) = next {
            path.push(node.id);
            next = node.parent.and_then(|parent| self.node(parent));
        }
        path.reverse();
        path
    }

    #[must_use]
    pub fn node(&self, message: MessageId) -> Option<&Node> {
        self.nodes.get(&message)
    }

    /// The messages that answer the same parent, `message` among them, and its place there.
    #[must_use]
    pub fn siblings(&self, message: MessageId) -> Option<(&[MessageId], usize)> {
        let node = self.node(message)?;
        let all = match node.parent {
            Some(parent) => &self.node(parent)?.children,
            None => &self.roots,
        };
        let index = all.iter().position(|&id| id == message)?;
        Some((all, index))
    }

    /// Follows the newest child from `message` down to a leaf.
    #[must_use]
    pub fn leaf_of(&self, message: MessageId) -> MessageId {
        let mut leaf = message;
        while let Some(&child) = self.node(leaf).and_then(|node| node.children.last()) {
            leaf = child;
        }
        leaf
    }

    /// Every leaf, in the order of creation: one for each branch.
    pub fn leaves(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values().filter(|node| node.children.is_empty())
    }

    /// The last message on the shown path with this role.
    #[must_use]
    pub fn last_of(&self, role: Role) -> Option<&Node> {
        self.path()
            .into_iter()
            .rev()
            .filter_map(|id| self.node(id))
            .find(|node| node.role == role)
    }

    /// The system prompt in force at `message`: the last system message on its path. An empty
    /// one means none.
    #[must_use]
    pub fn system_at(&self, message: MessageId) -> Option<&Node> {
        self.path_to(message)
            .into_iter()
            .rev()
            .filter_map(|id| self.node(id))
            .find(|node| node.role == Role::System)
            .filter(|node| !node.content.is_empty())
    }

    /// The title, or else the first words of the first message a user wrote. Raw.
    #[must_use]
    pub fn title_or_first_words(&self) -> String {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let Some(first) = self.nodes.values().find(|node| node.role == Role::User) else {
            return words::EMPTY_CONVERSATION.into();
        };
        let beginning = &first.content[..first.content.len().min(TITLE_BYTES)];
        let text = String::from_utf8_lossy(beginning);
        let words = text.split_whitespace().take(TITLE_CHARS + 1);
        let words = words.collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(TITLE_CHARS) {
            Some((cut, _)) => format!("{}…", words[..cut].trim_end()),
            None => words,
        }
    }

    /// The bytes that each trace of an answer wrote, as ranges of the message's content.
    #[must_use]
    pub fn token_spans(&self, message: MessageId) -> Vec<Range<usize>> {
        let node = self.node(message);
        node.zip(node.and_then(|node| node.answer.as_deref()))
            .map_or_else(Vec::new, |(node, answer)| answer.spans(node.content.len()))
    }

    /// The pieces of the vocabulary that an answer was written with.
    #[must_use]
    pub fn pieces_of(&self, message: MessageId) -> Option<&Pieces> {
        let answer = self.node(message)?.answer.as_deref()?;
        self.pieces.get(&answer.vocabulary)
    }

    /// The bytes of a token, as far as this conversation has met it.
    #[must_use]
    pub fn piece(&self, vocabulary: &str, token: TokenId) -> Option<&[u8]> {
        self.pieces.get(vocabulary)?.get(&token).map(Vec::as_slice)
    }

    /// The tokens that are known to have ended an answer under this vocabulary.
    #[must_use]
    pub fn end_tokens(&self, vocabulary: &str) -> BTreeSet<TokenId> {
        // Every frame asks.
        self.ends.get(vocabulary).cloned().unwrap_or_default()
    }

    /// The message that was deleted last and can be put back.
    #[must_use]
    pub fn last_deleted(&self) -> Option<MessageId> {
        self.deleted.last().map(|one| one.message)
    }

    /// How many messages `message` and what follows it are, on all branches.
    #[must_use]
    pub fn following(&self, message: MessageId) -> usize {
        let mut count = 0;
        let mut next = vec![message];
        while let Some(node) = next.pop().and_then(|id| self.node(id)) {
            count += 1;
            next.extend(&node.children);
        }
        count
    }

    /// How many messages there are on all branches.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl Node {
    /// The content as text; what is no UTF-8 is replaced. Raw otherwise: sanitise when shown.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.content)
    }
}

impl Answer {
    /// One that was asked for, of which nothing has come.
    #[must_use]
    pub fn waiting(model: &str, vocabulary: &str) -> Self {
        Self {
            model: model.to_owned(),
            vocabulary: vocabulary.to_owned(),
            template_hash: String::new(),
            sampling: SamplerSettings::default(),
            asked_to_think: None,
            thinking: Thinking::default(),
            traces: Traces::default(),
            prefix_len: 0,
            typed: Vec::new(),
            labels: Vec::new(),
            state: AnswerState::Waiting,
            stats: None,
        }
    }

    /// Bytes that were typed right before the token `index`, apart from the prefix.
    #[must_use]
    pub fn typed_before(&self, index: usize) -> usize {
        self.typed
            .binary_search_by_key(&index, |typed| typed.after)
            .map_or(0, |at| self.typed[at].len)
    }

    /// The bytes that each trace wrote, as ranges of a content of `content_len` bytes.
    #[must_use]
    pub fn spans(&self, content_len: usize) -> Vec<Range<usize>> {
        let mut end = self.prefix_len.min(content_len);
        self.traces
            .outlines(0..self.traces.len())
            .enumerate()
            .map(|(index, token)| {
                // A damaged file may promise more text than there is.
                let start = end
                    .saturating_add(self.typed_before(index))
                    .min(content_len);
                end = start
                    .saturating_add(token.text_len as usize)
                    .min(content_len);
                start..end
            })
            .collect()
    }

    /// The bytes that a token wrote, as in [`spans`](Self::spans), without a look at those
    /// before it.
    #[must_use]
    pub fn span(&self, index: usize, content_len: usize) -> Option<Range<usize>> {
        let token = self.traces.outline(index)?;
        let typed = self.typed.iter().take_while(|typed| typed.after <= index);
        let start = typed
            .map(|typed| typed.len)
            .fold(self.prefix_len, usize::saturating_add)
            .saturating_add(self.traces.written_before(index) as usize)
            .min(content_len);
        let end = start.saturating_add(token.text_len as usize);
        Some(start..end.min(content_len))
    }

    /// The first token that ends behind a byte, whether or not it covers it; the number of
    /// tokens where none does.
    #[must_use]
    pub fn token_behind(&self, byte: usize, content_len: usize) -> usize {
        self.first_token(|span| span.end > byte, content_len)
    }

    /// The first token that is, as all after it are; the number of tokens where none is.
    fn first_token(&self, is: impl Fn(Range<usize>) -> bool, content_len: usize) -> usize {
        let (mut low, mut high) = (0, self.traces.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.span(middle, content_len).is_none_or(&is) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// The first token that ends behind a byte, or begins there or behind it: the first of a
    /// stretch, with those that write nothing.
    #[must_use]
    pub fn token_from(&self, byte: usize, content_len: usize) -> usize {
        self.first_token(|span| span.end > byte || span.start >= byte, content_len)
    }

    /// The token that wrote a byte; none where it was typed.
    #[must_use]
    pub fn token_at(&self, byte: usize, content_len: usize) -> Option<usize> {
        let index = self.token_behind(byte, content_len);
        let span = self.span(index, content_len)?;
        (span.start <= byte).then_some(index)
    }

    /// What was typed and what tokens wrote, in turn, up to the token `index`.
    #[must_use]
    pub fn stretches(&self, content_len: usize, index: usize) -> Vec<Stretch> {
        let spans = self.spans(content_len);
        let index = index.min(spans.len());
        let prefix = self.prefix_len.min(content_len);
        let mut stretches = vec![Stretch {
            bytes: 0..prefix,
            tokens: 0..0,
        }];
        let mut token = 0;
        let mut at = prefix;
        let inner = self.typed.iter().filter(|typed| typed.after <= index);
        for (to, len) in inner
            .map(|typed| (typed.after, typed.len))
            .chain([(index, 0)])
        {
            let end = spans[..to].last().map_or(at, |span| span.end.max(at));
            stretches.push(Stretch {
                bytes: at..end,
                tokens: token..to,
            });
            at = end.saturating_add(len).min(content_len);
            stretches.push(Stretch {
                bytes: end..at,
                tokens: to..to,
            });
            token = to;
        }
        stretches.retain(|stretch| !stretch.bytes.is_empty() || !stretch.tokens.is_empty());
        stretches
    }

    /// What an answer of this content is made of, for a prompt: the ids of its tokens, and what
    /// was typed between them. Empty where no token is known.
    #[must_use]
    pub fn parts(&self, content: &[u8]) -> Vec<MessagePart> {
        self.parts_up_to(content, self.traces.len())
    }

    /// As [`parts`](Self::parts), of the first `count` tokens, with which `content` ends.
    #[must_use]
    pub fn parts_up_to(&self, content: &[u8], count: usize) -> Vec<MessagePart> {
        if self.traces.is_empty() {
            return Vec::new();
        }
        self.stretches(content.len(), count)
            .into_iter()
            .map(|stretch| {
                if stretch.tokens.is_empty() {
                    let typed = String::from_utf8_lossy(&content[stretch.bytes]);
                    return MessagePart::Typed(typed.into_owned());
                }
                let tokens = self.traces.outlines(stretch.tokens);
                let text = tokens.filter(|token| token.kind == TokenKind::Text);
                MessagePart::Tokens(text.map(|token| token.id).collect())
            })
            .collect()
    }

    /// Whether more may still come.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, AnswerState::Waiting | AnswerState::Streaming)
    }
}
