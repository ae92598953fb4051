//! Conversations that outlive the engine: their KV cache is kept on disk while it rests.
//!
//! ```text
//!  an answer ends --> the engine rests --> state of its sequence --> file     (in the background)
//!  a prompt comes --> more of it on disk than in the cache? --> a sequence gets the file's state
//! ```
//!
//! Only what would take long to compute again is written, and it is written anew only when it
//! has grown by some part of itself, so that a long conversation costs the disk a small multiple
//! of its size.

mod fetch;
mod file;
mod folder;
mod opening;

use std::collections::BTreeMap;
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub(super) use self::fetch::Fetch;
use self::fetch::Source;
use self::file::{Shape, Version};
use self::folder::Folder;
pub(super) use self::opening::Opening;
use self::opening::Openings;
use super::{Loaded, free_memory};
use crate::engine::backend::{ChannelClosed, EventSink};
use crate::engine::wire::BUILD;
use crate::inference::{CacheUse, ConversationKey, Keep, LoadRequest, Recomputed, TokenId};

/// The crate that brings llama.cpp. Another one may lay a state out otherwise under the same number
/// of its format, and what it computed may differ.
const LLAMA: &str = "llama-cpp-sys-2 0.1.161";

/// A kept state is replaced when the conversation has grown by one part in so many.
const GROWTH: usize = 8;

/// Fewer tokens than this are computed sooner than a file is opened.
const WORTH_RESTORING: usize = 32;

/// Conversations whose last tokens are remembered.
const REMEMBERED: usize = 32;

/// What is known of the conversations that this engine works for.
#[derive(Default)]
pub(super) struct Conversations {
    /// `None`: nothing is kept on disk.
    folder: Option<Folder>,
    known: BTreeMap<ConversationKey, Known>,
    openings: Openings,
    /// What takes less to compute again is not kept.
    worth: Duration,
    clock: u64,
    /// The conversation whose file is being written.
    writing: Option<(ConversationKey, JoinHandle<()>)>,
}

/// What others compute while a request is being prepared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Others {
    /// Cells that are promised to them.
    pub(super) cells: usize,
    /// Whether there are any: they would have to wait.
    pub(super) are_there: bool,
}

/// What came of looking for a conversation's state on disk.
enum Restored {
    /// There is none.
    Nothing,
    /// Of these tokens, which a sequence has now if that spares computing.
    Of(Vec<TokenId>),
    Refused(Recomputed),
    /// It is being read, beside what others compute.
    Coming,
}

/// What is known of one conversation.
#[derive(Default)]
struct Known {
    /// All that was computed of it last.
    tokens: Vec<TokenId>,
    /// How many of these are on disk; `None` where it must not be kept.
    kept: Option<usize>,
    used_at: u64,
}

/// What a conversation's past adds to a prompt that is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recalled {
    /// Tokens of the prompt that could be used from the cache without it.
    held: usize,
    /// Those that were there, though the model may not be able to go back to them.
    there: usize,
    /// Tokens of the prompt that are known to have been computed for this conversation.
    computed: Option<usize>,
    /// Why more than what had been computed is, if it is.
    otherwise: Option<Recomputed>,
}

impl Recalled {
    /// What is to be told of a prompt of `total` tokens, `kept` of which are in the cache now.
    pub(super) fn told(self, total: usize, kept: usize) -> CacheUse {
        let restored = u32::try_from(kept.saturating_sub(self.held)).unwrap_or(u32::MAX);
        // The last token of a prompt is computed in any case.
        let all = total.saturating_sub(1);
        let again = match self.computed {
            _ if kept >= all => None,
            Some(computed) if kept < computed.min(all) => Some(if self.there < computed.min(all) {
                Recomputed::Evicted
            } else {
                Recomputed::CannotRewind
            }),
            _ => self.otherwise,
        };
        CacheUse { restored, again }
    }
}

impl Conversations {
    pub(super) fn new(load: &LoadRequest) -> Self {
        let folder = load.states.as_ref().map(|states| {
            let version = Version {
                limpid: BUILD.to_owned(),
                llama: LLAMA.to_owned(),
            };
            let shape = Shape {
                model: states.model.clone(),
                cache_type_k: load.cache_type_k,
                cache_type_v: load.cache_type_v,
                flash_attention: load.flash_attention,
            };
            Folder::new(states, version, shape)
        });
        Self {
            folder,
            worth: load.states.as_ref().map_or(Duration::MAX, |it| it.worth),
            ..Self::default()
        }
    }

    /// What of a conversation is remembered, made room for.
    fn known(&mut self, key: &ConversationKey) -> &mut Known {
        self.clock += 1;
        if self.known.len() >= REMEMBERED && !self.known.contains_key(key) {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.used_at);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                self.known.remove(&key);
            }
        }
        let known = self.known.entry(key.clone()).or_default();
        known.used_at = self.clock;
        known
    }

    /// Waits until what is being written is on disk.
    fn finish_writing(&mut self) {
        if let Some((_, writing)) = self.writing.take()
            && writing.join().is_err()
        {
            eprintln!("limpid engine: keeping a conversation's state failed");
        }
    }

    /// Begins to write a file; whatever was being written is there before.
    fn write(&mut self, key: ConversationKey, tokens: Vec<TokenId>, state: Vec<u8>) {
        self.finish_writing();
        let Some(folder) = self.folder.clone() else {
            return;
        };
        let of = key.clone();
        let writing = thread::Builder::new().name("keeper".into()).spawn(move || {
            if let Err(error) = folder.keep(&of, tokens, &state) {
                eprintln!("limpid engine: a conversation's state is not kept: {error}");
            }
        });
        match writing {
            Ok(writing) => self.writing = Some((key, writing)),
            Err(error) => eprintln!("limpid engine: a conversation's state is not kept: {error}"),
        }
    }

    fn is_writing(&self) -> bool {
        self.writing
            .as_ref()
            .is_some_and(|(_, writing)| !writing.is_finished())
    }

    /// Whether what is being written is of this conversation.
    fn is_writing_of(&self, key: &ConversationKey) -> bool {
        self.writing.as_ref().is_some_and(|(of, _)| of == key)
    }
}

impl Loaded {
    /// Looks for what was computed of the conversation before, and reads it from disk where that
    /// spares computing. `None`: it is being read while others compute, and is to be asked for
    /// again.
    pub(super) fn recall(
        &mut self,
        key: Option<&ConversationKey>,
        keep: Keep,
        prompt: &[TokenId],
        others: Others,
        fetch: &mut Fetch,
        events: &mut dyn EventSink,
    ) -> Result<Option<Recalled>, ChannelClosed> {
        let held = self.context.usable(prompt);
        let mut recalled = Recalled {
            held,
            there: self.context.longest(prompt).1,
            ..Recalled::default()
        };
        let Some(key) = key else {
            return Ok(Some(recalled));
        };
        let keep = keep == Keep::Conversation;
        let is_known = self.conversations.known.contains_key(key);
        let known = self.conversations.known(key);
        if is_known {
            let computed = common(&known.tokens, prompt);
            recalled.computed = Some(computed);
            recalled.otherwise = changed(&known.tokens, prompt);
            let spared = |kept: usize| self.context.spared_by_state(kept, kept.min(computed));
            known.kept = known.kept.map(spared);
        }
        known.kept = known.kept.or(keep.then_some(0)).filter(|_| keep);
        if keep && prompt.len() > held + WORTH_RESTORING {
            let worth = held + WORTH_RESTORING;
            // The last token is computed in any case.
            let before = &prompt[..prompt.len() - 1];
            match self.restore(key, before, worth, others, fetch, events)? {
                Restored::Coming => return Ok(None),
                Restored::Nothing => {}
                Restored::Of(restored) => {
                    let shared = common(&restored, before);
                    let spared = self.context.spared_by_state(restored.len(), shared);
                    recalled.otherwise = if shared >= worth && spared < shared {
                        Some(Recomputed::CannotRewind)
                    } else {
                        changed(&restored, prompt).or(recalled.otherwise)
                    };
                    self.conversations.known(key).kept = Some(spared);
                }
                Restored::Refused(refused) => recalled.otherwise = Some(refused),
            }
        }
        Ok(Some(recalled))
    }

    /// Gives a sequence what is on disk under a name, where that spares at least `worth` tokens of
    /// the prompt.
    fn restore(
        &mut self,
        key: &ConversationKey,
        prompt: &[TokenId],
        worth: usize,
        others: Others,
        fetch: &mut Fetch,
        events: &mut dyn EventSink,
    ) -> Result<Restored, ChannelClosed> {
        if fetch.goes_on() && others.are_there {
            return Ok(Restored::Coming);
        }
        let fetched = fetch.take();
        if fetched.is_none() && self.conversations.is_writing_of(key) {
            if others.are_there && self.conversations.is_writing() {
                return Ok(Restored::Coming);
            }
            self.conversations.finish_writing();
        }
        let Some(folder) = self.conversations.folder.clone() else {
            return Ok(Restored::Nothing);
        };
        let is_fetched = fetched.is_some();
        let found = fetched.unwrap_or_else(|| Ok(folder.find(key)?.map(Source::Disk)));
        let kept = match found {
            Ok(Some(kept)) => kept,
            Ok(None) => return Ok(Restored::Nothing),
            Err(refused) => return Ok(Restored::Refused(refused)),
        };
        let tokens = kept.tokens().to_vec();
        let shared = common(&tokens, prompt);
        let is_known = tokens.iter().all(|&token| self.vocabulary.contains(token));
        if !is_known {
            return Ok(Restored::Refused(Recomputed::Damaged));
        }
        if self.context.spared_by_state(tokens.len(), shared) < worth {
            return Ok(Restored::Of(tokens));
        }
        if others.are_there && !is_fetched && fetch.begin(folder.clone(), key.clone()) {
            return Ok(Restored::Coming);
        }
        // It is read once into memory, and once more into the cache.
        if !self.ensure_room(tokens.len() + 1 + others.cells, events)? {
            return Ok(Restored::Of(tokens));
        }
        let restored = kept.state().and_then(|state| {
            let taken = self.context.restore(&tokens, &state);
            taken.then_some(tokens).ok_or(Recomputed::Damaged)
        });
        Ok(restored.map_or_else(
            |refused| {
                folder.forget(key);
                Restored::Refused(refused)
            },
            Restored::Of,
        ))
    }

    /// A request for a conversation has left what it computed in a sequence.
    pub(super) fn has_computed(&mut self, key: Option<&ConversationKey>, row: usize) {
        if let Some(key) = key {
            let tokens = self.context.tokens(row);
            self.conversations.known(key).tokens = tokens;
        }
    }

    /// Whether there is something to be kept when there is time.
    pub(super) fn wants_rest(&self) -> bool {
        let known = &self.conversations.known;
        self.conversations.openings.is_one_new()
            || known.values().any(|it| self.is_worth_keeping(it, GROWTH))
    }

    fn is_worth_keeping(&self, known: &Known, growth: usize) -> bool {
        let Some(kept) = known.kept.filter(|_| self.conversations.folder.is_some()) else {
            return false;
        };
        let new = known.tokens.len().saturating_sub(kept);
        new > 0
            && self.pace.time_for(new, kept) >= self.conversations.worth
            && new.saturating_mul(growth) >= known.tokens.len()
    }

    /// Keeps one opening or conversation that is worth it; the file is written in the background,
    /// and the next one when that is done.
    pub(super) fn rest(&mut self) {
        if !self.conversations.is_writing() && !self.keep_opening() {
            self.keep_one(GROWTH);
        }
    }

    /// Keeps all that are worth it, and returns when they are on disk.
    pub(super) fn close(&mut self) {
        while self.keep_opening() || self.keep_one(usize::MAX) {}
        self.conversations.finish_writing();
    }

    /// Begins to keep a conversation; returns whether there was one.
    fn keep_one(&mut self, growth: usize) -> bool {
        let worth = |(_, known): &(&ConversationKey, &Known)| self.is_worth_keeping(known, growth);
        let Some(key) = self
            .conversations
            .known
            .iter()
            .find(worth)
            .map(|(key, _)| key.clone())
        else {
            return false;
        };
        let state = self.state_of(&key);
        let Some(known) = self.conversations.known.get_mut(&key) else {
            return false;
        };
        // Whatever comes of it, it is not tried again before there is more.
        known.kept = Some(known.tokens.len());
        let tokens = known.tokens.clone();
        if let Some(state) = state {
            self.conversations.write(key, tokens, state);
        }
        true
    }

    /// llama.cpp's bytes of a conversation's sequence; `None` where it is no longer there, or
    /// there is no memory for them.
    fn state_of(&self, key: &ConversationKey) -> Option<Vec<u8>> {
        let known = self.conversations.known.get(key)?;
        self.state_of_all(&known.tokens)
    }

    /// llama.cpp's bytes of the sequence that holds these tokens and no more.
    fn state_of_all(&self, tokens: &[TokenId]) -> Option<Vec<u8>> {
        let (row, held) = self.context.longest(tokens);
        let is_whole = held == tokens.len() && self.context.len(row) == held;
        let fits = free_memory().is_none_or(|free| self.context.state_bytes_of(row) < free / 2);
        (is_whole && fits).then(|| self.context.state_of(row))?
    }
}

/// From where on a prompt differs from what had been computed, if it does before its end.
fn changed(computed: &[TokenId], prompt: &[TokenId]) -> Option<Recomputed> {
    let shared = common(computed, prompt);
    let differs = shared < computed.len().min(prompt.len().saturating_sub(1));
    differs.then(|| Recomputed::Changed {
        from: u32::try_from(shared).unwrap_or(u32::MAX),
    })
}

/// How many tokens two lists begin with alike.
fn common(one: &[TokenId], other: &[TokenId]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_keyed_by_the_llama_cpp_that_is_built_in() {
        let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock");
        let lock: toml::Table = std::fs::read_to_string(lock).unwrap().parse().unwrap();
        let packages = lock["package"].as_array().unwrap();
        let locked: Vec<String> = packages
            .iter()
            .filter(|package| package["name"].as_str() == Some("llama-cpp-sys-2"))
            .map(|package| format!("llama-cpp-sys-2 {}", package["version"].as_str().unwrap()))
            .collect();
        assert_eq!(locked, [LLAMA]);
    }
}
