//! The only ways in which a conversation changes. Each bumps the versions.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{
    Answer, AnswerState, Conversation, ConversationId, Deleted, MessageId, Node, Outline,
    TraceFile, TracePlace, Typed,
};
use crate::chat::{Keeping, Rating};
use crate::inference::{GenerationStats, LabelOdds, Piece, Role, TokenKind, TokenTrace};
use crate::words::chat::session as words;

impl Conversation {
    /// A conversation without messages; `created` in milliseconds since the Unix epoch.
    #[must_use]
    pub fn new(id: ConversationId, created: u64) -> Self {
        Self {
            id,
            title: None,
            keeping: Keeping::default(),
            created,
            nodes: BTreeMap::new(),
            roots: Vec::new(),
            head: None,
            pieces: HashMap::new(),
            version: 0,
            shape: 0,
            next: 1,
            ends: HashMap::new(),
            file: None,
            deleted: Vec::new(),
        }
    }

    /// The number that the next message is to have.
    #[must_use]
    pub fn next_id(&self) -> MessageId {
        MessageId(self.next)
    }

    /// Adds a message after `parent` and makes it the head. Returns its id, or `None` where
    /// there is no such parent.
    pub fn append_message(
        &mut self,
        parent: Option<MessageId>,
        role: Role,
        content: Vec<u8>,
        created: u64,
    ) -> Option<MessageId> {
        let id = self.next_id();
        self.insert(Node {
            id,
            parent,
            children: Vec::new(),
            role,
            content,
            answer: None,
            version: 0,
            created,
            rating: None,
            corrects: None,
        })
        .then_some(id)
    }

    /// Adds a node under its own id; refuses one whose id was used or whose parent is missing.
    pub(super) fn insert(&mut self, node: Node) -> bool {
        if node.id.0 < self.next {
            return false;
        }
        match node.parent {
            None => self.roots.push(node.id),
            Some(parent) => match self.nodes.get_mut(&parent) {
                Some(parent) => {
                    parent.children.push(node.id);
                    parent.version += 1;
                }
                None => return false,
            },
        }
        self.next = node.id.0.saturating_add(1);
        self.head = Some(node.id);
        self.nodes.insert(node.id, node);
        self.shape += 1;
        self.version += 1;
        true
    }

    /// Says that a model writes `message`. An answer that is gone on with keeps its text and
    /// traces.
    pub fn begin_answer(&mut self, message: MessageId, mut answer: Answer) -> bool {
        let changed = self.change(message, |node| {
            if let Some(before) = node.answer.take() {
                answer.traces = before.traces;
                answer.thinking = before.thinking;
                answer.prefix_len = before.prefix_len;
                answer.typed = before.typed;
            }
            if answer.traces.is_empty() {
                answer.prefix_len = node.content.len();
            }
            answer.state = AnswerState::Waiting;
            node.answer = Some(Box::new(answer));
        });
        self.note_thinking(message);
        changed
    }

    /// Adds text that came, with the traces that wrote it.
    pub fn extend_answer(
        &mut self,
        message: MessageId,
        content: &[u8],
        traces: impl IntoIterator<Item = TokenTrace>,
    ) -> bool {
        let changed = self.change_answer(message, |content_so_far, answer| {
            content_so_far.extend_from_slice(content);
            answer.traces.extend(traces);
            answer.state = AnswerState::Streaming;
        });
        self.note_end(message);
        self.note_thinking(message);
        changed
    }

    /// Remembers the token that an answer ends with, if it is one that ends answers.
    fn note_end(&mut self, message: MessageId) {
        let answer = self
            .nodes
            .get(&message)
            .and_then(|node| node.answer.as_deref());
        let last = answer.and_then(|answer| {
            let last = answer.traces.len().checked_sub(1)?;
            Some((&answer.vocabulary, answer.traces.outline(last)?))
        });
        if let Some((vocabulary, token)) = last
            && token.kind == TokenKind::EndOfGeneration
        {
            self.ends
                .entry(vocabulary.clone())
                .or_default()
                .insert(token.id);
        }
    }

    /// As [`extend_answer`](Self::extend_answer), with traces that stay in their file.
    pub(super) fn extend_stored(
        &mut self,
        message: MessageId,
        content: &[u8],
        outlines: Vec<Outline>,
        file: &Arc<TraceFile>,
        place: TracePlace,
    ) -> bool {
        self.file.get_or_insert_with(|| Arc::clone(file));
        let changed = self.change_answer(message, |content_so_far, answer| {
            content_so_far.extend_from_slice(content);
            answer.traces.extend_stored(outlines, file, place);
            answer.state = AnswerState::Streaming;
        });
        self.note_end(message);
        self.note_thinking(message);
        changed
    }

    /// Tokens whose traces were read back from a file and are in memory.
    #[must_use]
    pub fn held_traces(&self) -> usize {
        self.file.as_ref().map_or(0, |file| file.held())
    }

    /// Forgets the traces that were read back, where there are more than `most`.
    pub fn let_go_of_traces(&mut self, most: usize) {
        if self.held_traces() <= most {
            return;
        }
        for node in self.nodes.values_mut() {
            if let Some(answer) = &mut node.answer {
                answer.traces.let_go();
            }
        }
    }

    /// Gives back the room that was kept for more, once a file has been read.
    pub fn shrink(&mut self) {
        for node in self.nodes.values_mut() {
            node.content.shrink_to_fit();
            if let Some(answer) = &mut node.answer {
                answer.traces.shrink();
            }
        }
    }

    /// Adds text that a person typed where the model would have gone on.
    pub fn extend_typed(&mut self, message: MessageId, text: &[u8]) -> bool {
        let changed = self.change_answer(message, |content, answer| {
            let after = answer.traces.len();
            match answer.typed.last_mut() {
                _ if after == 0 => answer.prefix_len += text.len(),
                Some(last) if last.after == after => last.len += text.len(),
                _ => answer.typed.push(Typed {
                    after,
                    len: text.len(),
                }),
            }
            content.extend_from_slice(text);
        });
        self.note_thinking(message);
        changed
    }

    /// Adds text that no trace covers.
    pub(super) fn extend_text(&mut self, message: MessageId, text: &[u8]) -> bool {
        self.change(message, |node| node.content.extend_from_slice(text))
    }

    /// Says what an answer was chosen from.
    pub fn set_labels(&mut self, message: MessageId, labels: Vec<LabelOdds>) -> bool {
        self.change_answer(message, |_content, answer| answer.labels = labels)
    }

    /// Says how an answer ended; `ending` is `Ended` or `Failed`.
    pub fn end_answer(
        &mut self,
        message: MessageId,
        ending: AnswerState,
        stats: Option<GenerationStats>,
    ) -> bool {
        self.change_answer(message, |_content, answer| {
            answer.state = ending;
            answer.stats = stats;
        })
    }

    /// Answers that never ended were cut off: by a crash, or by power that went. Says so in
    /// each, and returns how many there were.
    pub fn close_open_answers(&mut self) -> usize {
        let open: Vec<MessageId> = self
            .nodes
            .values()
            .filter(|node| node.answer.as_ref().is_some_and(|answer| answer.is_open()))
            .map(|node| node.id)
            .collect();
        for &message in &open {
            self.change_answer(message, |_content, answer| {
                answer.state = AnswerState::Failed(words::CUT_OFF.into());
            });
        }
        open.len()
    }

    /// Makes the path to `message` the one shown; `None` shows an empty conversation.
    pub fn set_head(&mut self, message: Option<MessageId>) -> bool {
        if message.is_some_and(|message| !self.nodes.contains_key(&message)) {
            return false;
        }
        self.head = message;
        self.shape += 1;
        self.version += 1;
        true
    }

    /// Names the conversation; `None` takes the name away.
    pub fn set_title(&mut self, title: Option<String>) {
        self.title = title;
        self.version += 1;
    }

    /// Says how the conversation is kept.
    pub fn keep(&mut self, keeping: &Keeping) {
        self.keeping = keeping.clone();
        self.version += 1;
    }

    /// Notes what a person thinks of a message; `None` takes it back.
    pub fn rate(&mut self, message: MessageId, rating: Option<Rating>) -> bool {
        self.change(message, |node| node.rating = rating)
    }

    /// Notes that a person wrote `message` instead of the answer `corrects`.
    pub fn mark_correction(&mut self, message: MessageId, corrects: MessageId) -> bool {
        self.change(message, |node| node.corrects = Some(corrects))
    }

    /// Makes this a conversation of its own, under another id.
    pub fn rename_to(&mut self, id: ConversationId, created: u64) {
        self.id = id;
        self.created = created;
        self.version += 1;
    }

    /// Remembers what tokens look like, and returns those that were not known before.
    pub fn add_pieces(&mut self, vocabulary: &str, pieces: &[Piece]) -> Vec<Piece> {
        if pieces.is_empty() {
            return Vec::new();
        }
        let known = self.pieces.entry(vocabulary.to_owned()).or_default();
        let mut fresh = Vec::new();
        for piece in pieces {
            known.entry(piece.id).or_insert_with(|| {
                fresh.push(piece.clone());
                piece.bytes.clone()
            });
        }
        if !fresh.is_empty() {
            self.version += 1;
        }
        fresh
    }

    /// Deletes a message and everything after it. A head that was there moves to the parent.
    /// [`restore`](Self::restore) puts it back.
    pub fn delete(&mut self, message: MessageId) -> bool {
        let Some(node) = self.nodes.get(&message) else {
            return false;
        };
        let parent = node.parent;
        match parent {
            None => self.roots.retain(|&root| root != message),
            Some(parent) => {
                self.change(parent, |node| {
                    node.children.retain(|&child| child != message);
                });
            }
        }
        let head = self.head.filter(|_| self.path().contains(&message));
        if head.is_some() {
            self.head = parent;
        }
        let mut nodes = Vec::new();
        let mut gone = vec![message];
        while let Some(id) = gone.pop() {
            if let Some(node) = self.nodes.remove(&id) {
                gone.extend(&node.children);
                nodes.push(node);
            }
        }
        self.deleted.push(Deleted {
            message,
            nodes,
            head,
        });
        self.shape += 1;
        self.version += 1;
        true
    }

    /// Puts a message that was deleted back into its place, with everything that was deleted
    /// with it. A head that was there is the head again.
    pub fn restore(&mut self, message: MessageId) -> bool {
        let found = self.deleted.iter().rposition(|one| one.message == message);
        let Some(at) = found else { return false };
        let parent = self.deleted[at].nodes.first().and_then(|node| node.parent);
        if parent.is_some_and(|parent| !self.nodes.contains_key(&parent)) {
            return false;
        }
        let Deleted { nodes, head, .. } = self.deleted.remove(at);
        // Siblings stand in the order of creation, which their numbers are in.
        let put_back = |all: &mut Vec<MessageId>| {
            all.insert(all.partition_point(|&other| other < message), message);
        };
        match parent {
            None => put_back(&mut self.roots),
            Some(parent) => {
                self.change(parent, |node| put_back(&mut node.children));
            }
        }
        for node in nodes {
            self.nodes.insert(node.id, node);
        }
        self.head = head.or(self.head);
        self.shape += 1;
        self.version += 1;
        true
    }

    /// What was deleted cannot come back: the file that is written knows nothing of it.
    pub fn forget_deleted(&mut self) {
        self.deleted.clear();
    }

    fn change(&mut self, message: MessageId, change: impl FnOnce(&mut Node)) -> bool {
        let Some(node) = self.nodes.get_mut(&message) else {
            return false;
        };
        change(node);
        node.version += 1;
        self.version += 1;
        true
    }

    pub(super) fn change_answer(
        &mut self,
        message: MessageId,
        change: impl FnOnce(&mut Vec<u8>, &mut Answer),
    ) -> bool {
        let Some(Node {
            content,
            answer: Some(answer),
            version,
            ..
        }) = self.nodes.get_mut(&message)
        else {
            return false;
        };
        change(content, answer);
        *version += 1;
        self.version += 1;
        true
    }
}
