//! What is kept of them on disk: a state is of all its tokens, or of none.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use limpid::inference::{
    CacheUse, ConversationKey, GenerateRequest, Keep, Recomputed, Role, TokenId,
};

use super::{assert_agree, assert_same, engine as engine_of, fresh, goes_back, ids, of, on, tiny};
use crate::engine::llama::kept::Place;
use crate::engine::llama::support::{Answer, Engine, chat, endless, greedy};
use crate::support::tiny_models::Tiny;

/// Far beyond what anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(1);

impl Place {
    fn tiny(&self, model: Tiny) -> Engine {
        Engine::start(self.options(), tiny(model))
    }

    /// Waits until there is a file whose name begins so.
    fn wait_for(&self, beginning: &str) {
        let deadline = Instant::now() + PATIENCE;
        let begins = |file: &std::path::PathBuf| {
            let name = file.file_name().unwrap().to_str().unwrap();
            name.starts_with(beginning)
        };
        while !self.files().iter().any(begins) {
            assert!(Instant::now() < deadline, "{:?}", self.files());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Has an engine compute a conversation, and waits until it is on disk.
    fn keep_tiny(&self, model: Tiny, prompt: &[TokenId]) -> Answer {
        let answer = self.tiny(model).generate(of("one", prompt, 12)).unwrap();
        self.wait_for("one");
        answer
    }
}

#[test]
fn a_conversation_goes_on_in_another_process() {
    for model in Tiny::ALL {
        let place = Place::new();
        let prompt = ids(1, 200);
        let first = place.keep_tiny(model, &prompt);
        let next = on(&prompt, &first, ids(2, 20));
        let mut engine = place.tiny(model);
        let second = engine.generate(of("one", &next, 12)).unwrap();
        assert_eq!(second.stats.cached_tokens, first.stats.context_used);
        assert_eq!(second.stats.cache.restored, first.stats.context_used);
        assert_eq!(second.stats.cache.again, None);
        assert_agree(&second, &fresh(model, &next, 12));
        let third = on(&next, &second, ids(3, 20));
        let answer = engine.generate(of("one", &third, 12)).unwrap();
        assert_eq!(answer.stats.cache, CacheUse::default());
        assert_agree(&answer, &fresh(model, &third, 12));
    }
}

#[test]
fn a_state_that_goes_further_than_the_prompt_is_not_used_and_said_so() {
    for model in Tiny::ALL {
        let place = Place::new();
        let prompt = ids(1, 200);
        place.keep_tiny(model, &prompt);
        let before = fs::read(place.file()).unwrap();
        let edited = [&prompt[..150], &ids(2, 60)].concat();
        let mut engine = place.tiny(model);
        let answer = engine.generate(of("one", &edited, 12)).unwrap();
        assert_eq!(answer.stats.cached_tokens, 0);
        assert_eq!(answer.stats.cache.again, Some(Recomputed::CannotRewind));
        assert_agree(&answer, &fresh(model, &edited, 12));
        // What is on disk is of no use to the conversation as it is now, and is replaced.
        let deadline = Instant::now() + PATIENCE;
        while fs::read(place.file()).unwrap() == before {
            assert!(Instant::now() < deadline, "it is not replaced");
            thread::sleep(Duration::from_millis(5));
        }
        drop(engine);
        let next = on(&edited, &answer, ids(3, 10));
        let second = place.tiny(model).generate(of("one", &next, 12)).unwrap();
        assert_eq!(second.stats.cache.restored, answer.stats.context_used);
        assert_eq!(second.stats.cached_tokens, answer.stats.context_used);
        assert_agree(&second, &fresh(model, &next, 12));
    }
}

#[test]
fn a_state_on_disk_waits_for_a_place_and_is_used_then() {
    for model in Tiny::ALL {
        let place = Place::new();
        let prompt = ids(1, 200);
        let first = place.keep_tiny(model, &prompt);
        let next = on(&prompt, &first, ids(2, 20));
        let mut engine = place.tiny(model);
        let requests = vec![of("two", &ids(3, 60), 24), of("one", &next, 12)];
        let together = engine.generate_all(requests);
        let [other, second] = [0, 1].map(|at| together.ends[at].as_ref().unwrap());
        assert_eq!(second.stats.cache.restored, first.stats.context_used);
        assert_eq!(second.stats.cache.again, None);
        assert_agree(second, &fresh(model, &next, 12));
        assert_agree(other, &fresh(model, &ids(3, 60), 24));
    }
}

const SYSTEM: &str = "You are a helpful and honest assistant who answers in one short sentence.";

fn asked(conversation: &str, question: &str) -> GenerateRequest {
    let prompt = chat(&[(Role::System, SYSTEM), (Role::User, question)]);
    GenerateRequest {
        conversation: ConversationKey::new(conversation),
        keep: Keep::Conversation,
        ..endless(greedy(prompt, 12))
    }
}

#[test]
fn keeping_what_conversations_begin_with_leaves_the_conversation_where_it_is() {
    for model in Tiny::ALL {
        let place = Place::new();
        let mut engine = place.tiny(model);
        let request = asked("one", "Why is the sky blue?");
        let prompt = engine.render(request.prompt.clone());
        let prompt: Vec<_> = prompt.into_iter().map(|(id, _)| id).collect();
        let first = engine.generate(request).unwrap();
        // Both are kept while the engine rests: what it begins with, and then itself.
        place.wait_for("opening-");
        place.wait_for("one");
        let next = on(&prompt, &first, ids(2, 20));
        let second = engine.generate(of("one", &next, 12)).unwrap();
        assert_eq!(second.stats.cached_tokens, first.stats.context_used);
        assert_eq!(second.stats.cache, CacheUse::default());
        assert_agree(&second, &fresh(model, &next, 12));
        drop(engine);
        let mut engine = place.tiny(model);
        let third = on(&next, &second, ids(3, 20));
        let answer = engine.generate(of("one", &third, 12)).unwrap();
        assert!(answer.stats.cache.restored >= first.stats.context_used);
        assert_agree(&answer, &fresh(model, &third, 12));
    }
}

#[test]
fn what_conversations_begin_with_is_read_from_disk_by_all() {
    for model in Tiny::ALL {
        let place = Place::new();
        let request = asked("one", "Why is the sky blue?");
        let first = place.tiny(model).generate(request).unwrap();
        assert_eq!(first.stats.cached_tokens, 0);
        place.wait_for("opening-");
        let mut engine = place.tiny(model);
        let other = asked("two", "Who was Ada Lovelace?");
        let read = engine.generate(other.clone()).unwrap();
        assert!(read.stats.cached_tokens >= 12, "{:?}", read.stats);
        assert_eq!(read.stats.cache.restored, read.stats.cached_tokens);
        // An engine that has to compute it does that in the same batches.
        let elsewhere = Place::new();
        let computed = elsewhere.tiny(model).generate(other.clone()).unwrap();
        assert_same(&read, &computed);
        // It serves again where another conversation has the place.
        let third = asked("three", "Where is the sea, and how deep?");
        let again = engine.generate(third).unwrap();
        assert!(again.stats.cached_tokens >= read.stats.cached_tokens);
        // And where the conversation itself is of no use.
        let edited = asked("three", "Where is the sea, and how wide?");
        let answer = engine.generate(edited.clone()).unwrap();
        if goes_back(model) {
            let again = answer.stats.cache.again;
            assert!(
                matches!(again, Some(Recomputed::Changed { .. })),
                "{again:?}"
            );
        } else {
            assert_eq!(answer.stats.cached_tokens, read.stats.cached_tokens);
            assert_eq!(answer.stats.cache.again, Some(Recomputed::CannotRewind));
        }
        assert_agree(&answer, &engine_of(model).generate(edited).unwrap());
    }
}
