//! What a conversation has in a later export that it had not in an earlier one.

use std::collections::{HashMap, HashSet};

use super::{Conversation, MessageId, Node};
use crate::chat::{RecordBody, record};

/// What a later export adds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Growth {
    /// The records that add it; none where nothing is new.
    pub records: Vec<RecordBody>,
    /// Messages that are new.
    pub messages: usize,
    /// Something else is shown here than what the export ended with: the new messages stand in a
    /// branch beside it.
    pub beside: bool,
    /// All that was exported before is in the later export too.
    pub whole: bool,
}

/// What became of a message of the later export.
#[derive(Debug, Clone, Copy)]
enum Place {
    Here(MessageId),
    New(MessageId),
    /// It was deleted here, and stays so.
    Deleted,
}

impl Place {
    fn shown(self) -> Option<MessageId> {
        match self {
            Self::Here(id) | Self::New(id) => Some(id),
            Self::Deleted => None,
        }
    }
}

impl Conversation {
    /// What `later` adds to this conversation, which an earlier export was read into. A message
    /// that says the same in the same place is the same; nothing that is here is changed.
    #[must_use]
    pub fn grown_to(&self, later: &Self) -> Growth {
        let mut places: HashMap<MessageId, Place> = HashMap::new();
        let mut taken = HashSet::new();
        let mut growth = Growth::default();
        let mut next = self.next;
        // Whatever follows a message comes after it.
        for node in later.nodes.values() {
            let parent = node.parent.and_then(|parent| places.get(&parent).copied());
            let found = match parent {
                Some(Place::Deleted) => Some(Place::Deleted),
                Some(Place::New(_)) => None,
                Some(Place::Here(id)) => self.same(Some(id), node, &taken),
                None => self.same(None, node, &taken),
            };
            let place = found.unwrap_or_else(|| {
                let id = MessageId(next);
                next += 1;
                let added = Node {
                    id,
                    parent: parent.and_then(Place::shown),
                    ..node.clone()
                };
                added.to_records(record::MAX_CANDIDATES, &mut growth.records);
                growth.messages += 1;
                Place::New(id)
            });
            if let Place::Here(id) = place {
                taken.insert(id);
            }
            places.insert(node.id, place);
        }
        growth.whole = self.is_exported_in(&taken);
        if growth.messages > 0 {
            let kept = self.head.filter(|head| !taken.contains(head));
            growth.beside = kept.is_some();
            let head = later.head.and_then(|head| places[&head].shown());
            let head = kept.or(head).or(self.head);
            // A message that is read becomes the head, so only another head need be named.
            if head != Some(MessageId(next - 1)) {
                growth.records.push(RecordBody::Head { message: head });
            }
        }
        growth
    }

    /// The message below `parent` that says the same and is no other one's match.
    fn same(
        &self,
        parent: Option<MessageId>,
        node: &Node,
        taken: &HashSet<MessageId>,
    ) -> Option<Place> {
        let says = |other: &&Node| other.role == node.role && other.content == node.content;
        let below = match parent {
            Some(parent) => &self.nodes.get(&parent)?.children,
            None => &self.roots,
        };
        let mut here = below.iter().filter_map(|id| self.nodes.get(id));
        if let Some(found) = here.find(|other| says(other) && !taken.contains(&other.id)) {
            return Some(Place::Here(found.id));
        }
        let mut deleted = self.deleted.iter().flat_map(|deleted| &deleted.nodes);
        let gone = deleted.any(|other| other.parent == parent && says(&other));
        gone.then_some(Place::Deleted)
    }

    /// Whether these are all that came with the first message: what has no time of its own has
    /// that of the whole, and what is said here has the time at which it is said.
    fn is_exported_in(&self, taken: &HashSet<MessageId>) -> bool {
        let Some(first) = self.nodes.values().next() else {
            return true;
        };
        let mut together = self.nodes.values();
        together.all(|node| node.created != first.created || taken.contains(&node.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::ConversationId;
    use crate::inference::Role;

    fn said(texts: &[&str]) -> Conversation {
        let mut conversation = Conversation::new(ConversationId("X".into()), 0);
        for (index, text) in texts.iter().enumerate() {
            let role = [Role::User, Role::Assistant][index % 2];
            let head = conversation.head;
            conversation.append_message(head, role, text.as_bytes().to_vec(), 0);
        }
        conversation
    }

    fn shown(conversation: &Conversation) -> Vec<String> {
        let path = conversation.path().into_iter();
        path.filter_map(|id| conversation.node(id))
            .map(|node| node.text().into_owned())
            .collect()
    }

    fn take(conversation: &mut Conversation, growth: &Growth) {
        for record in &growth.records {
            conversation.apply(record).expect("it fits");
        }
        assert_eq!(conversation.grown_to(conversation).messages, 0);
    }

    #[test]
    fn what_is_new_follows_what_was_there() {
        let mut earlier = said(&["Why?", "So."]);
        let later = said(&["Why?", "So.", "And then?", "This."]);
        let growth = earlier.grown_to(&later);
        assert_eq!(
            (growth.messages, growth.beside, growth.whole),
            (2, false, true)
        );
        take(&mut earlier, &growth);
        assert_eq!(shown(&earlier), ["Why?", "So.", "And then?", "This."]);
        assert_eq!(earlier.grown_to(&later).records, []);
        assert_eq!(earlier.grown_to(&said(&["Why?", "So."])).messages, 0);
    }

    #[test]
    fn what_was_said_here_since_stays_and_stays_shown() {
        let mut earlier = said(&["Why?", "So."]);
        let head = earlier.head;
        earlier.append_message(head, Role::User, b"Here".to_vec(), 9);
        let later = said(&["Why?", "So.", "There"]);
        let growth = earlier.grown_to(&later);
        assert_eq!(
            (growth.messages, growth.beside, growth.whole),
            (1, true, true)
        );
        take(&mut earlier, &growth);
        assert_eq!(shown(&earlier), ["Why?", "So.", "Here"]);
        assert_eq!(earlier.leaves().count(), 2);
    }

    #[test]
    fn what_was_deleted_here_does_not_come_back() {
        let mut earlier = said(&["Why?", "So.", "And?"]);
        assert!(earlier.delete(MessageId(2)));
        let growth = earlier.grown_to(&said(&["Why?", "So.", "And?", "This."]));
        assert_eq!((growth.messages, growth.records.len()), (0, 0));
    }

    #[test]
    fn another_conversation_that_begins_alike_is_told_apart() {
        let earlier = said(&["Hi", "Hello", "One"]);
        assert!(!earlier.grown_to(&said(&["Hi", "Hello", "Two"])).whole);
        // The same words twice are two messages.
        let mut twice = said(&["Hi", "Hello"]);
        twice.append_message(Some(MessageId(1)), Role::Assistant, b"Hello".to_vec(), 0);
        let growth = said(&["Hi", "Hello"]).grown_to(&twice);
        assert_eq!(growth.messages, 1);
    }
}
