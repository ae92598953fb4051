//! The driver between the session, the writer and an engine that says what it is told to.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use limpid::chat::session::SessionOptions;
use limpid::chat::{AnswerState, UserEvent};
use limpid::driver::history::{History, HistoryEvent};
use limpid::driver::{Driver, DriverEvent, DriverOptions};
use limpid::engine::{Engine, Listener, Outlet};
use limpid::inference::{
    CacheType, EngineCommand, EngineError, EngineEvent, FlashAttention, FormatSpeed, Formats,
    GeneratedToken, GenerationStats, LoadRequest, ModelInfo, Piece, RequestId, SamplerState,
    StopReason, TokenId, TokenKind, TokenTrace, WeightFormat,
};
use limpid::model::fingerprint;
use limpid::model::tuning::{Open, Tuned, Tuning};

use super::faulty_disk::FaultyDisk;
use super::writing::{Place, texts};

/// An engine in this process: the test reads what it was asked and says what it answers.
#[derive(Clone)]
struct ScriptedEngine {
    asked: Arc<Mutex<Vec<EngineCommand>>>,
    say: Outlet,
    events: Receiver<EngineEvent>,
}

impl ScriptedEngine {
    fn new() -> Self {
        let (say, events) = Outlet::new();
        Self {
            asked: Arc::default(),
            say,
            events,
        }
    }

    fn generation(&self) -> Option<RequestId> {
        let asked = self.asked.lock().expect("no test panics in here");
        asked.iter().rev().find_map(|command| match command {
            EngineCommand::Generate(generate) => Some(generate.request),
            _ => None,
        })
    }

    fn token(&self, request: RequestId, text: &str) {
        let id = TokenId(text.len() as u32);
        self.say(EngineEvent::Token(Box::new(GeneratedToken {
            request,
            text: text.as_bytes().to_vec(),
            trace: TokenTrace {
                state: SamplerState::default(),
                id,
                kind: TokenKind::Text,
                text_len: text.len() as u32,
                logprob: -0.5,
                rank: Some(1),
                entropy: Some(1.0),
                outside: 0.4,
                candidates: Vec::new(),
            },
            pieces: vec![Piece {
                id,
                bytes: text.as_bytes().to_vec(),
            }],
        })));
    }

    fn say(&self, event: EngineEvent) {
        self.say.send(event);
    }
}

impl Engine for ScriptedEngine {
    fn send(&self, command: EngineCommand) -> Result<(), EngineError> {
        if let EngineCommand::Load(load) = &command {
            let model = ModelInfo {
                path: load.path.clone(),
                ..model()
            };
            self.say(EngineEvent::Loaded {
                request: load.request,
                model: Box::new(model),
            });
        }
        self.asked
            .lock()
            .expect("no test panics in here")
            .push(command);
        Ok(())
    }

    fn events(&self) -> &Receiver<EngineEvent> {
        &self.events
    }

    fn listen(&self, listener: Listener) {
        self.say.listen(listener);
    }

    fn pid(&self) -> Option<u32> {
        None
    }
}

fn model() -> ModelInfo {
    ModelInfo {
        name: "scripted".to_owned(),
        path: "scripted.gguf".into(),
        architecture: "test".to_owned(),
        size: 1,
        parameters: 1,
        vocabulary: 100,
        context_trained: 2048,
        context_size: 2048,
        context_limit: 2048,
        weight_bytes_per_token: 96_000_000,
        cell_bytes: 23_040,
        threads: 1,
        shortage: limpid::inference::Shortage::default(),
        gpu_layers: 0,
        layers: 1,
        devices: Vec::new(),
        has_template: true,
        template_hash: String::new(),
        reads_thinking: false,
        can_rewind: true,
        end_tokens: Vec::new(),
        load_ms: 1.0,
        system_info: String::new(),
    }
}

fn driver(place: &Place, disk: &FaultyDisk, engine: &ScriptedEngine) -> Driver {
    let folder = Ok(place.store.folder().to_owned());
    let history = History::start_on(folder.clone(), Box::new(disk.clone()));
    let options = DriverOptions {
        session: SessionOptions::default(),
        history: folder,
        open: None,
        model: Some("scripted.gguf".into()),
        tuning: None,
    };
    let mut driver = Driver::with_history(options, Box::new(engine.clone()), history);
    pump(&mut driver, "the model to be loaded", |driver| {
        driver.session().model().is_some()
    });
    driver
}

/// Passes events on until a condition holds.
fn pump(driver: &mut Driver, what: &str, holds: impl Fn(&Driver) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds(driver) {
        let event = driver.events().recv_deadline(deadline);
        driver.on_event(event.unwrap_or_else(|_| panic!("waited for {what}")));
    }
}

#[test]
fn the_model_starts_only_when_the_message_is_on_disk() {
    let place = Place::new();
    let disk = FaultyDisk::default();
    let engine = ScriptedEngine::new();
    let mut driver = driver(&place, &disk, &engine);
    disk.hold_syncs(true);
    driver.user(UserEvent::Submit("hello".to_owned()));
    assert!(!driver.is_settled());
    // The front end is not held up: it stays with what was said.
    assert!(driver.session().is_busy());
    let early = driver.events().recv_timeout(Duration::from_millis(200));
    assert!(
        !matches!(early, Ok(DriverEvent::History(HistoryEvent::Synced(_)))),
        "{early:?}"
    );
    assert_eq!(engine.generation(), None);

    disk.hold_syncs(false);
    pump(&mut driver, "the generation", |_| {
        engine.generation().is_some()
    });
    let id = driver.session().conversation().id.clone();
    let stored = place.store.read(&id).expect("it is on disk");
    assert!(texts(&stored.conversation).contains(&"hello".to_owned()));
}

#[test]
fn the_model_answers_even_where_nothing_can_be_saved() {
    let place = Place::new();
    let disk = FaultyDisk::default();
    let engine = ScriptedEngine::new();
    let mut driver = driver(&place, &disk, &engine);
    disk.fill_up(0);
    driver.user(UserEvent::Submit("hello".to_owned()));
    pump(&mut driver, "the generation", |_| {
        engine.generation().is_some()
    });
    assert!(driver.session().unsaved().is_some());
}

#[test]
fn a_running_answer_is_saved_when_the_program_ends() {
    let place = Place::new();
    let disk = FaultyDisk::default();
    let engine = ScriptedEngine::new();
    let mut driver = driver(&place, &disk, &engine);
    driver.user(UserEvent::Submit("hello".to_owned()));
    pump(&mut driver, "the generation", |_| {
        engine.generation().is_some()
    });
    let request = engine.generation().expect("it was asked for");
    engine.token(request, "half an ");
    engine.token(request, "answer");
    pump(&mut driver, "the tokens", |driver| {
        let conversation = driver.session().conversation();
        conversation
            .nodes
            .values()
            .any(|node| node.text() == "half an answer")
    });
    let id = driver.session().conversation().id.clone();
    // This engine never confirms that it stopped.
    assert_eq!(driver.finish(), []);

    let stored = place.store.read(&id).expect("it is on disk").conversation;
    let answer = stored.nodes.values().last().expect("there is an answer");
    assert_eq!(answer.text(), "half an answer");
}

#[test]
fn what_is_queued_at_the_end_is_given_back_and_not_sent() {
    let place = Place::new();
    let disk = FaultyDisk::default();
    let engine = ScriptedEngine::new();
    let mut driver = driver(&place, &disk, &engine);
    driver.user(UserEvent::Submit("hello".to_owned()));
    pump(&mut driver, "the generation", |_| {
        engine.generation().is_some()
    });
    let request = engine.generation();
    driver.user(UserEvent::Submit("and another thing".to_owned()));
    let id = driver.session().conversation().id.clone();
    let notices = driver.finish();
    let said: Vec<_> = notices.into_iter().map(|notice| notice.text).collect();
    assert!(
        said.contains(&"not sent: and another thing".to_owned()),
        "{said:?}"
    );
    assert_eq!(engine.generation(), request, "no other answer was begun");
    let stored = place.store.read(&id).expect("it is on disk").conversation;
    assert!(!texts(&stored).contains(&"and another thing".to_owned()));
}

#[test]
fn a_finished_answer_is_on_disk_with_its_traces() {
    let place = Place::new();
    let disk = FaultyDisk::default();
    let engine = ScriptedEngine::new();
    let mut driver = driver(&place, &disk, &engine);
    driver.user(UserEvent::Submit("hello".to_owned()));
    pump(&mut driver, "the generation", |_| {
        engine.generation().is_some()
    });
    let request = engine.generation().expect("it was asked for");
    engine.token(request, "hi");
    engine.say(EngineEvent::Finished {
        request,
        stop: StopReason::EndOfGeneration,
        stats: Box::new(GenerationStats::default()),
    });
    pump(&mut driver, "the end", |driver| {
        !driver.session().is_busy() && driver.is_settled()
    });
    disk.lose_power();
    let id = driver.session().conversation().id.clone();
    let stored = place.store.read(&id).expect("it is on disk").conversation;
    let answer = stored.nodes.values().last().expect("there is an answer");
    let traced = answer.answer.as_ref().expect("a model wrote it");
    assert_eq!(
        traced.state,
        AnswerState::Ended(StopReason::EndOfGeneration)
    );
    assert_eq!(traced.traces.len(), 1);
    assert_eq!(traced.traces[0].logprob.to_bits(), (-0.5_f32).to_bits());
}

#[test]
fn a_stored_conversation_is_opened_and_gone_on_with() {
    let place = Place::with_messages(2);
    let disk = FaultyDisk::default();
    let engine = ScriptedEngine::new();
    let mut driver = driver(&place, &disk, &engine);
    driver.user(UserEvent::Open(place.id.clone()));
    pump(&mut driver, "the conversation", |driver| {
        driver.session().conversation().id == place.id
    });
    driver.user(UserEvent::Submit("and more".to_owned()));
    pump(&mut driver, "the generation", |_| {
        engine.generation().is_some()
    });
    assert!(texts(&place.read()).contains(&"and more".to_owned()));
}

#[test]
fn what_was_found_best_for_a_model_is_how_the_next_start_loads_it() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("model.gguf");
    std::fs::write(&path, b"weights").expect("it can be written");
    let tuning = Tuning {
        file: folder.path().join("tuned.json"),
        fingerprints: folder.path().join("fingerprints.json"),
        open: Open {
            threads: true,
            ubatch_size: true,
            flash_attention: true,
            cache_type: true,
        },
    };
    let sha256 = fingerprint::of(&path, Some(&tuning.fingerprints), |_| ()).expect("it is read");
    let best = Tuned {
        threads: 3,
        ubatch_size: 128,
        flash_attention: FlashAttention::On,
        cache_type: CacheType::Q8_0,
    };
    let formats = Formats {
        on_gpu: false,
        speeds: vec![FormatSpeed {
            format: WeightFormat::Q4_0,
            prefill: 3.5,
            decode: 1.4,
            perplexity: Some(1.15),
            as_good: false,
        }],
    };
    tuning
        .keep(&sha256, best, Some(formats.clone()))
        .expect("it can be kept");

    let engine = ScriptedEngine::new();
    let session = SessionOptions {
        load: Some(LoadRequest::new(RequestId(1), path.clone())),
        ..SessionOptions::default()
    };
    let options = DriverOptions {
        session,
        history: Ok(place.store.folder().to_owned()),
        open: None,
        model: Some(path),
        tuning: Some(tuning),
    };
    let mut driver = Driver::new(options, Box::new(engine.clone()));
    pump(&mut driver, "the model to be loaded", |driver| {
        driver.session().model().is_some()
    });
    let asked = engine.asked.lock().expect("no test panics in here");
    let load = asked.iter().find_map(|command| match command {
        EngineCommand::Load(load) => Some(load),
        _ => None,
    });
    let load = load.expect("a model is loaded");
    assert_eq!(load.threads, Some(3));
    assert_eq!(load.ubatch_size, 128);
    assert_eq!(load.flash_attention, FlashAttention::On);
    assert_eq!(load.cache_type_k, CacheType::Q8_0);
    assert_eq!(load.cache_type_v, CacheType::Q8_0);
    assert_eq!(driver.formats(), Some(formats));
}
