//! The hub with real sockets and an engine whose every move the test makes.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::thread::JoinHandle;

use crossbeam_channel::unbounded;

use super::*;
use crate::engine::Listener;
use crate::engine::reader::ReadEnd;
use crate::engine::resident::desk::tests::model;
use crate::engine::resident::greeting::Greeting;
use crate::engine::resident::link::{self, Link, LinkError};
use crate::engine::resident::place::Place;
use crate::inference::{LoadRequest, RequestId};
use crate::words::Said;

/// What a test waits for at most; nothing here takes long.
const PATIENCE: Duration = Duration::from_secs(20);

struct FakeEngine {
    commands: Sender<EngineCommand>,
    events: Receiver<EngineEvent>,
}

impl Engine for FakeEngine {
    fn send(&self, command: EngineCommand) -> Result<(), EngineError> {
        self.commands
            .send(command)
            .map_err(|_| EngineError::NoModel)
    }

    fn events(&self) -> &Receiver<EngineEvent> {
        &self.events
    }

    fn listen(&self, _: Listener) {
        unreachable!("the hub reads the channel")
    }

    fn pid(&self) -> Option<u32> {
        Some(4711)
    }
}

/// A running hub.
struct Stage {
    folder: tempfile::TempDir,
    /// What the engine is told, and what it says.
    commands: Receiver<EngineCommand>,
    events: Sender<EngineEvent>,
    hub: Option<JoinHandle<Ending>>,
    stop: Sender<()>,
}

impl Stage {
    fn new(limits: Limits, keep_alive: Option<Duration>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mode = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder.path(), mode).unwrap();
        let path = folder.path().join("model.gguf");
        std::fs::write(&path, b"GGUF").unwrap();
        let (tell, commands) = unbounded();
        let (events, heard) = unbounded();
        let (stop, stopped) = unbounded();
        let options = HubOptions {
            terms: Terms {
                file: FileIdentity::of(&path).unwrap(),
                load: LoadRequest::new(RequestId(1), path),
                sandbox: true,
            },
            limits,
            keep_alive,
        };
        let taken = Place::new(folder.path().to_owned()).take().unwrap();
        let hub = thread::spawn(move || {
            let engine = FakeEngine {
                commands: tell,
                events: heard,
            };
            Hub::start(options, &taken, &engine)
                .unwrap()
                .run(&stopped, |_| ())
        });
        let stage = Self {
            folder,
            commands,
            events,
            hub: Some(hub),
            stop,
        };
        assert!(matches!(stage.told(), EngineCommand::Load(_)));
        stage
    }

    fn loaded(limits: Limits) -> Self {
        let stage = Self::new(limits, None);
        stage.load();
        stage
    }

    fn load(&self) {
        let request = RequestId(1);
        let model = model();
        self.events
            .send(EngineEvent::Loaded { request, model })
            .unwrap();
    }

    fn place(&self) -> Place {
        Place::new(self.folder.path().to_owned())
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn told(&self) -> EngineCommand {
        self.commands.recv_timeout(PATIENCE).unwrap()
    }

    fn connect(&self) -> Result<Client, LinkError> {
        let load = LoadRequest::new(RequestId(9), self.path("model.gguf"));
        let mut link = Link::connect(&self.place(), &load, true)?;
        let (sender, events) = unbounded();
        let ended = link.read(move |event| sender.send(event).is_ok())?;
        let frame = wire::encode(&EngineCommand::Load(Box::new(load)))?;
        link.write_frame(&frame)?;
        let client = Client {
            link,
            events,
            ended,
        };
        client.until(|event| matches!(event, EngineEvent::Loaded { .. }));
        Ok(client)
    }

    fn end(&mut self) -> Ending {
        self.hub.take().unwrap().join().unwrap()
    }
}

struct Client {
    link: Link,
    events: Receiver<EngineEvent>,
    ended: Receiver<ReadEnd>,
}

impl Client {
    fn send(&mut self, command: &EngineCommand) {
        let frame = wire::encode(command).unwrap();
        self.link.write_frame(&frame).unwrap();
    }

    fn until(&self, wanted: impl Fn(&EngineEvent) -> bool) -> EngineEvent {
        loop {
            let event = self.events.recv_timeout(PATIENCE).unwrap();
            if wanted(&event) {
                return event;
            }
        }
    }

    fn ends(&self) {
        self.ended.recv_timeout(PATIENCE).unwrap();
    }
}

fn tokenize(request: u64) -> EngineCommand {
    EngineCommand::Tokenize {
        request: RequestId(request),
        text: "text".into(),
        add_bos: false,
        parse_special: false,
        continues: false,
    }
}

fn tokenized(request: RequestId) -> EngineEvent {
    EngineEvent::Tokenized {
        request,
        tokens: Vec::new(),
    }
}

/// A connection that speaks for itself, past its greeting.
fn raw(stage: &Stage) -> UnixStream {
    let mut stream = stage.place().connect().unwrap().unwrap();
    let wish = Wish::Use {
        load: Box::new(LoadRequest::new(RequestId(9), stage.path("model.gguf"))),
        sandbox: true,
    };
    let answer = greeting::ask(&mut stream, &wish).unwrap();
    assert!(matches!(answer, greeting::Answer::Reply(Reply::Welcome)));
    stream
}

/// The hub answers a client as ever.
fn serves(stage: &Stage) {
    let mut client = stage.connect().unwrap();
    client.send(&tokenize(30));
    let ours = stage.told().request().unwrap();
    stage.events.send(tokenized(ours)).unwrap();
    let event = client.until(EngineEvent::is_closing);
    assert_eq!(event, tokenized(RequestId(30)));
}

#[test]
fn two_clients_with_the_same_ids_get_their_own_answers() {
    let stage = Stage::loaded(Limits::default());
    let (mut one, mut two) = (stage.connect().unwrap(), stage.connect().unwrap());
    one.send(&tokenize(5));
    let first = stage.told().request().unwrap();
    two.send(&tokenize(5));
    let second = stage.told().request().unwrap();
    stage.events.send(tokenized(second)).unwrap();
    two.until(|event| *event == tokenized(RequestId(5)));
    stage.events.send(tokenized(first)).unwrap();
    one.until(|event| *event == tokenized(RequestId(5)));
    two.until_shared(2);
}

impl Client {
    fn until_shared(&mut self, count: u32) {
        // A status that is asked for again tells of everyone who is there now.
        self.send(&EngineCommand::Load(Box::new(LoadRequest::new(
            RequestId(9),
            "/m".into(),
        ))));
        let event = self.until(
            |event| matches!(event, EngineEvent::Shared(sharing) if sharing.clients == count),
        );
        let EngineEvent::Shared(sharing) = event else {
            panic!("{event:?}")
        };
        assert_eq!(sharing.engine, Some(4711));
    }
}

#[test]
fn all_are_told_whether_anything_is_computed() {
    let stage = Stage::loaded(Limits::default());
    let (mut one, two) = (stage.connect().unwrap(), stage.connect().unwrap());
    let tells_two = |busy: bool| {
        two.until(|event| matches!(event, EngineEvent::Shared(it) if it.is_busy == busy));
    };
    one.send(&tokenize(5));
    tells_two(true);
    let ours = stage.told().request().unwrap();
    stage.events.send(tokenized(ours)).unwrap();
    tells_two(false);
}

#[test]
fn a_client_that_vanishes_has_its_request_cancelled() {
    let stage = Stage::loaded(Limits::default());
    let mut client = stage.connect().unwrap();
    client.send(&tokenize(5));
    let ours = stage.told().request().unwrap();
    drop(client);
    assert_eq!(stage.told(), EngineCommand::Cancel(ours));
    stage.events.send(tokenized(ours)).unwrap();
    serves(&stage);
}

#[test]
fn whoever_sends_nonsense_is_cut_off_and_harms_nobody() {
    let stage = Stage::loaded(Limits::default());
    let nonsense: [&[u8]; 5] = [
        b"GET / HTTP/1.1\r\n\r\n",
        &[0xff; 64],
        &[0, 0, 0, 0],
        &[3, 0, 0, 0, 0xff, 0xff, 0xff],
        // It ends in the middle of a frame.
        &[200, 0, 0, 0, 1, 2],
    ];
    for bytes in nonsense {
        let mut before = stage.place().connect().unwrap().unwrap();
        before.write_all(bytes).unwrap();
        before.shutdown(std::net::Shutdown::Write).unwrap();
        drain(before);
        let mut after = raw(&stage);
        after.write_all(bytes).unwrap();
        after.shutdown(std::net::Shutdown::Write).unwrap();
        drain(after);
        serves(&stage);
    }
}

/// Reads to the end, which must come.
fn drain(mut stream: UnixStream) {
    use std::io::Read as _;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
    }
}

#[test]
fn a_client_that_does_not_read_is_cut_off_and_the_others_are_not_held_up() {
    let stage = Stage::loaded(Limits::default());
    let mut deaf = raw(&stage);
    let load = LoadRequest::new(RequestId(9), stage.path("model.gguf"));
    for command in [EngineCommand::Load(Box::new(load)), tokenize(5)] {
        deaf.write_all(&wire::encode(&command).unwrap()).unwrap();
    }
    let ours = stage.told().request().unwrap();
    let mut other = stage.connect().unwrap();
    other.send(&tokenize(6));
    let theirs = stage.told().request().unwrap();
    let large = EngineEvent::Rendered {
        request: ours,
        pieces: vec![crate::inference::RenderedPiece {
            id: crate::inference::TokenId(0),
            bytes: vec![b'x'; 1 << 20],
            kind: crate::inference::TokenKind::Text,
        }],
    };
    // Not closing for the desk's sake: a prefill says nothing new, again and again.
    let prefill = EngineEvent::Prefill {
        request: ours,
        done: 1,
        total: 2,
        reused: 0,
    };
    for _ in 0..40_000 {
        stage.events.send(prefill.clone()).unwrap();
    }
    assert_eq!(
        stage.told(),
        EngineCommand::Cancel(ours),
        "it is disconnected"
    );
    stage.events.send(large).unwrap();
    stage.events.send(tokenized(theirs)).unwrap();
    other.until(|event| *event == tokenized(RequestId(6)));
    serves(&stage);
}

#[test]
fn a_client_that_wants_another_engine_learns_which_this_one_is() {
    let stage = Stage::loaded(Limits::default());
    let other = stage.path("other.gguf");
    std::fs::write(&other, b"GGUF").unwrap();
    let refused = |load: &LoadRequest| match Link::connect(&stage.place(), load, true) {
        Err(LinkError::Refused(refusal)) => refusal.reason,
        other => panic!("{other:?}"),
    };
    let reason = refused(&LoadRequest::new(RequestId(1), other));
    assert!(reason.contains("model.gguf"), "{reason}");
    let mut load = LoadRequest::new(RequestId(1), stage.path("model.gguf"));
    load.context_size = Some(99);
    let reason = refused(&load);
    assert!(reason.contains("--ctx-size"), "{reason}");
}

#[test]
fn another_build_is_sent_away_and_may_stop_the_hub() {
    let mut stage = Stage::loaded(Limits::default());
    let greeting = Greeting {
        protocol: 1,
        build: "0.0.1".into(),
    };
    let connect = |wish: &Wish| {
        let mut stream = stage.place().connect().unwrap().unwrap();
        stream.write_all(&wire::encode(&greeting).unwrap()).unwrap();
        stream.write_all(&wire::encode(wish).unwrap()).unwrap();
        let theirs: Greeting = wire::read(&mut stream).unwrap();
        assert_eq!(theirs, Greeting::ours());
        wire::read::<Reply>(&mut stream)
    };
    assert!(matches!(connect(&Wish::Status), Err(WireError::Closed)));
    assert_eq!(connect(&Wish::Stop).unwrap(), Reply::Stopping);
    assert_eq!(stage.end(), Ending::Stopped);
}

#[test]
fn it_tells_of_itself_and_is_gone_after_being_told_to_stop() {
    let mut stage = Stage::loaded(Limits::default());
    let _client = stage.connect().unwrap();
    let status = link::status(&stage.place()).unwrap();
    assert_eq!((status.clients, status.requests), (1, 0));
    assert!(status.ready);
    assert_eq!(status.pid, std::process::id());
    link::stop(&stage.place()).unwrap();
    assert_eq!(stage.end(), Ending::Stopped);
    assert!(!Path::new(&stage.place().socket()).exists());
    assert!(matches!(
        link::status(&stage.place()),
        Err(LinkError::Nobody)
    ));
}

#[test]
fn nobody_asking_ends_it_and_an_open_request_keeps_it() {
    let mut stage = Stage::new(Limits::default(), Some(Duration::from_millis(300)));
    stage.load();
    let mut client = stage.connect().unwrap();
    client.send(&tokenize(5));
    let ours = stage.told().request().unwrap();
    // It answers for as long as it is asked; then it has nothing to wait for.
    stage.events.send(tokenized(ours)).unwrap();
    client.until(|event| *event == tokenized(RequestId(5)));
    assert_eq!(stage.end(), Ending::Idle);
    client.ends();
}

#[test]
fn a_full_house_refuses_with_a_sentence_and_still_tells_its_status() {
    let stage = Stage::loaded(Limits {
        clients: 1,
        requests: 4,
    });
    let first = stage.connect().unwrap();
    match stage.connect() {
        Err(LinkError::Refused(refusal)) => {
            assert!(refusal.reason.contains("1 clients"), "{refusal:?}");
            assert!(refusal.avoidable);
        }
        _ => panic!("the house is full"),
    }
    assert_eq!(link::status(&stage.place()).unwrap().clients, 1);
    drop(first);
    // Its place is free once the hub has seen it go.
    let freed = (0..2000).any(|_| {
        thread::sleep(Duration::from_millis(1));
        stage.connect().is_ok()
    });
    assert!(freed);
}

#[test]
fn a_model_that_cannot_be_loaded_ends_it_with_the_reason() {
    let mut stage = Stage::new(Limits::default(), None);
    let error = EngineError::ModelNotLoadable {
        path: "/m".into(),
        reason: Said::verbatim("no"),
    };
    stage
        .events
        .send(EngineEvent::Failed {
            request: Some(RequestId(1)),
            error: error.clone(),
        })
        .unwrap();
    assert_eq!(stage.end(), Ending::Failed(error));
}

#[test]
fn the_stop_channel_ends_it() {
    let mut stage = Stage::loaded(Limits::default());
    let client = stage.connect().unwrap();
    stage.stop.send(()).unwrap();
    assert_eq!(stage.end(), Ending::Stopped);
    client.ends();
}
