//! What was computed of a conversation outlives the engine, and is believed only where it fits.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use limpid::engine::{ProcessOptions, States};
use limpid::inference::{
    CacheType, CacheUse, ConversationKey, EngineCommand, EngineEvent, GenerateRequest, Keep,
    Recomputed, Role,
};
use tempfile::TempDir;

use super::support::{
    Answer, Engine, TOLERANCE_TOGETHER, assert_agree, assert_agree_within, chat, endless, greedy,
    options, story, text,
};

/// Far beyond what anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// A place for states, and engines that keep theirs there.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn options(&self) -> ProcessOptions {
        ProcessOptions {
            states: Some(States {
                root: self.0.path().join("states"),
                limit: 1 << 30,
                worth: Duration::ZERO,
                fingerprints: self.0.path().join("fingerprints.json"),
            }),
            ..options()
        }
    }

    fn engine(&self) -> Engine {
        Engine::start(self.options(), |_| ())
    }

    /// All whole files.
    pub fn files(&self) -> Vec<PathBuf> {
        let folders = fs::read_dir(self.0.path().join("states")).unwrap();
        folders
            .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "kv"))
            .collect()
    }

    /// The only file, as soon as it is there.
    pub fn file(&self) -> PathBuf {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.files().as_slice() {
                [file] => return file.clone(),
                files => assert!(Instant::now() < deadline, "{files:?}"),
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Has an engine compute a conversation, and waits until it is on disk.
    fn keep(&self, prompt: &str) -> Answer {
        let answer = self.engine().generate(of("01J", prompt, 6)).unwrap();
        self.file();
        answer
    }
}

/// A prompt of a conversation that may be kept.
fn of(conversation: &str, prompt: &str, length: u32) -> GenerateRequest {
    GenerateRequest {
        conversation: ConversationKey::new(conversation),
        keep: Keep::Conversation,
        ..greedy(text(prompt), length)
    }
}

const SYSTEM: &str = "You are a helpful and honest assistant who answers in one short sentence.";

/// A question to an assistant, of no conversation.
fn asked(system: &str, question: &str, keep: Keep) -> GenerateRequest {
    let prompt = chat(&[(Role::System, system), (Role::User, question)]);
    GenerateRequest {
        keep,
        ..greedy(prompt, 12)
    }
}

fn fresh(prompt: &str) -> Answer {
    Engine::load().complete(prompt, 12)
}

#[test]
fn a_conversation_goes_on_in_another_process_without_being_computed_again() {
    let place = Place::new();
    let (beginning, whole) = (story(200), story(220));
    let before = place.keep(&beginning);
    let mut engine = place.engine();
    let after = engine.generate(of("01J", &whole, 12)).unwrap();
    let stats = after.stats;
    assert!(stats.cached_tokens + 2 >= before.stats.prompt_tokens);
    assert_eq!(stats.cache.restored, stats.cached_tokens);
    assert_eq!(after.recalled, stats.cache);
    assert_eq!(after.prefill[0].2, stats.cached_tokens);
    assert_agree(&after, &fresh(&whole));
    // Now it is in the cache.
    let again = engine.generate(of("01J", &whole, 12)).unwrap();
    assert_eq!(again.stats.cache, CacheUse::default());
    assert_eq!(again.stats.cached_tokens, again.stats.prompt_tokens - 1);
}

#[test]
fn an_engine_that_rests_keeps_what_it_computed() {
    let place = Place::new();
    let mut engine = place.engine();
    engine.generate(of("01J", &story(100), 6)).unwrap();
    place.file();
}

#[test]
fn an_answer_that_was_being_written_when_the_program_ended_is_kept_as_far_as_it_came() {
    let place = Place::new();
    let mut engine = place.engine();
    let request = engine.request();
    let mut endless = of("01J", &story(100), 100_000);
    endless.request = request;
    engine.ask(EngineCommand::Generate(Box::new(endless)), |event| {
        matches!(event, EngineEvent::Token(_)).then_some(())
    });
    drop(engine);
    place.file();
    let again = place.engine().generate(of("01J", &story(100), 4)).unwrap();
    assert_eq!(again.stats.cached_tokens, again.stats.prompt_tokens - 1);
}

#[test]
fn nothing_is_kept_of_a_conversation_that_may_not_be() {
    let place = Place::new();
    let mut engine = place.engine();
    let mut request = of("01J", &story(100), 6);
    request.keep = Keep::Nothing;
    engine.generate(request).unwrap();
    engine
        .generate(asked(SYSTEM, "Why?", Keep::Nothing))
        .unwrap();
    engine.generate(greedy(text(&story(50)), 6)).unwrap();
    drop(engine);
    // Of this one something is, and it comes last.
    place.engine().generate(of("01K", &story(60), 6)).unwrap();
    assert!(place.file().ends_with("01K.kv"));
}

#[test]
fn what_conversations_begin_with_alike_is_computed_once_for_all_processes() {
    let place = Place::new();
    let ask = |question: &str| asked(SYSTEM, question, Keep::Opening);
    let first = place
        .engine()
        .generate(ask("Why is the sky blue?"))
        .unwrap();
    assert_eq!(first.stats.cached_tokens, 0);
    let file = place.file();
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("opening-"), "{name}");

    // The same again is the same to the last bit, since it is computed in the same decodes.
    let again = place
        .engine()
        .generate(ask("Why is the sky blue?"))
        .unwrap();
    assert!(again.stats.cached_tokens >= 15, "{:?}", again.stats);
    assert_eq!(again.stats.cache.restored, again.stats.cached_tokens);
    assert_eq!(again.ids(), first.ids());
    let odds = |answer: &Answer| -> Vec<_> {
        let traces = answer.tokens.iter().map(|token| &token.trace);
        traces.map(|trace| trace.logprob.to_bits()).collect()
    };
    assert_eq!(odds(&again), odds(&first));

    // Of the question nothing is kept.
    let mut engine = place.engine();
    let other = engine.generate(ask("Who was Ada Lovelace?")).unwrap();
    assert_eq!(other.stats.cache.restored, again.stats.cache.restored);
    let plain = asked(SYSTEM, "Who was Ada Lovelace?", Keep::Nothing);
    assert_agree(&other, &Engine::load().generate(plain).unwrap());

    // With another system prompt it is computed, and kept beside the first.
    let other = format!("{SYSTEM} You never mention colours.");
    let other = engine
        .generate(asked(&other, "Why?", Keep::Opening))
        .unwrap();
    assert_eq!(other.stats.cache.restored, 0);
    drop(engine);
    let deadline = Instant::now() + PATIENCE;
    while place.files().len() < 2 {
        assert!(Instant::now() < deadline, "{:?}", place.files());
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_damaged_opening_is_computed_and_written_anew() {
    let place = Place::new();
    let ask = || asked(SYSTEM, "Why is the sky blue?", Keep::Opening);
    let first = place.engine().generate(ask()).unwrap();
    let file = place.file();
    let whole = fs::read(&file).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 16;
    fs::write(&file, &damaged).unwrap();
    let again = place.engine().generate(ask()).unwrap();
    assert_eq!((again.stats.cached_tokens, again.ids()), (0, first.ids()));
    let deadline = Instant::now() + PATIENCE;
    while fs::read(place.file()).unwrap() != whole {
        assert!(Instant::now() < deadline, "it is not written anew");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn an_edited_conversation_says_from_where_on_it_is_computed_again() {
    let place = Place::new();
    place.keep(&format!("{}Then it rained. {}", story(60), story(80)));
    let edited = format!("{}Now it snows. {}", story(60), story(80));
    let mut engine = place.engine();
    let answer = engine.generate(of("01J", &edited, 12)).unwrap();
    let stem = engine.ids(&story(60)).len() as u32;
    let Some(Recomputed::Changed { from }) = answer.stats.cache.again else {
        panic!("{:?}", answer.stats);
    };
    assert!((stem - 1..=stem + 1).contains(&from), "{from} of {stem}");
    assert_eq!(answer.stats.cached_tokens, from);
    assert_agree(&answer, &fresh(&edited));
    // The same within one engine.
    let other = format!("{}So be it. {}", story(60), story(30));
    let answer = engine.generate(of("01J", &other, 4)).unwrap();
    let again = answer.stats.cache.again;
    assert!(
        matches!(again, Some(Recomputed::Changed { .. })),
        "{again:?}"
    );
}

#[test]
fn what_other_settings_made_is_not_used_and_said_so() {
    let place = Place::new();
    let prompt = story(120);
    place.keep(&prompt);
    let quantised = |options| {
        Engine::start(options, |load| {
            (load.cache_type_k, load.cache_type_v) = (CacheType::Q8_0, CacheType::Q8_0);
        })
    };
    let answer = quantised(place.options())
        .generate(of("01J", &prompt, 12))
        .unwrap();
    assert_eq!(answer.stats.cached_tokens, 0);
    assert_eq!(answer.stats.cache.again, Some(Recomputed::OtherSettings));
    assert_agree(&answer, &quantised(options()).complete(&prompt, 12));
}

#[test]
fn a_damaged_file_is_found_out_and_leaves() {
    let place = Place::new();
    let prompt = story(120);
    place.keep(&prompt);
    let file = place.file();
    let whole = fs::read(&file).unwrap();
    let middle = whole.len() / 2;
    let mut flipped = whole.clone();
    flipped[middle] ^= 16;
    for damaged in [&flipped[..], &whole[..middle], b"limpidkv", b""] {
        fs::write(&file, damaged).unwrap();
        let answer = place.engine().generate(of("01J", &prompt, 12)).unwrap();
        assert_eq!(answer.stats.cached_tokens, 0);
        assert_eq!(answer.stats.cache.again, Some(Recomputed::Damaged));
        assert_agree(&answer, &fresh(&prompt));
        place.file();
    }
}

/// Has the file of a state say that it has so many bytes, and have them; they are no state, which
/// is known when all are read.
fn lengthen(file: &Path, bytes: u64) {
    const MAGIC: usize = 8;
    let whole = fs::read(file).unwrap();
    let length: [u8; 4] = whole[MAGIC..MAGIC + 4].try_into().unwrap();
    let start = MAGIC + 4;
    let end = start + u32::from_le_bytes(length) as usize;
    let state = &whole[end + 4..];
    let tail = |bytes: u64| postcard::to_stdvec(&(bytes, crc32fast::hash(state))).unwrap();
    let header = whole[start..end].strip_suffix(&tail(state.len() as u64)[..]);
    let header = [header.unwrap(), &tail(bytes)].concat();
    let mut changed = whole[..MAGIC].to_vec();
    changed.extend(u32::try_from(header.len()).unwrap().to_le_bytes());
    changed.extend(&header);
    changed.extend(crc32fast::hash(&header).to_le_bytes());
    let before = changed.len() as u64;
    fs::write(file, changed).unwrap();
    let file = fs::File::options().write(true).open(file).unwrap();
    file.set_len(before + bytes).unwrap();
}

#[test]
fn others_write_on_while_a_file_is_read() {
    let place = Place::new();
    let prompt = story(120);
    place.keep(&prompt);
    lengthen(&place.file(), 1 << 29);
    let mut engine = place.engine();
    let ask = |engine: &mut Engine, request: GenerateRequest| {
        let id = engine.request();
        let request = GenerateRequest {
            request: id,
            ..request
        };
        engine.tell(EngineCommand::Generate(Box::new(request)));
        id
    };
    let writer = ask(&mut engine, endless(greedy(text(&story(20)), 2000)));
    engine.wait(|event| matches!(event, EngineEvent::Token(_)).then_some(()));
    let reader = ask(&mut engine, of("01J", &prompt, 4));
    let mut meanwhile = 0;
    let again = engine.wait(|event| {
        match &event {
            EngineEvent::Token(_) if event.request() == Some(writer) => meanwhile += 1,
            EngineEvent::Recalled { request, cache } if *request == reader => {
                return Some(cache.again);
            }
            _ => {}
        }
        None
    });
    assert_eq!(again, Some(Recomputed::Damaged));
    // One or two may have been on their way.
    assert!(meanwhile > 3, "{meanwhile}");
}

#[test]
fn an_answer_is_continued_from_disk_beside_others() {
    let place = Place::new();
    let (beginning, whole) = (story(200), story(220));
    let before = place.keep(&beginning);
    let mut engine = place.engine();
    let others = endless(greedy(text("A list of colours:"), 80));
    let mut ends = engine
        .generate_all(vec![others, of("01J", &whole, 12)])
        .ends;
    let after = ends.pop().unwrap().unwrap();
    assert!(after.stats.cached_tokens + 2 >= before.stats.prompt_tokens);
    assert_eq!(after.stats.cache.restored, after.stats.cached_tokens);
    assert_agree_within(TOLERANCE_TOGETHER, &after, &fresh(&whole));
}

#[test]
fn what_had_to_make_room_is_told() {
    let mut engine = Engine::load();
    let prompt = |number: usize| format!("Story {number}: {}", story(30 + number));
    for number in 0..12 {
        let key = format!("conversation-{number}");
        engine.generate(of(&key, &prompt(number), 2)).unwrap();
    }
    let again = engine
        .generate(of("conversation-0", &prompt(0), 2))
        .unwrap();
    assert_eq!(again.stats.cache.again, Some(Recomputed::Evicted));
}
