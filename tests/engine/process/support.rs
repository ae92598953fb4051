//! What the tests of this folder share.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use limpid::engine::{Engine as _, ProcessEngine, ProcessOptions};
use limpid::inference::{
    EngineCommand, EngineError, EngineEvent, EngineExit, LoadRequest, RequestId,
};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

/// Far beyond what anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(3);

pub fn options() -> ProcessOptions {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_limpid"));
    ProcessOptions {
        program,
        sandbox: true,
        verbose: false,
        resident: None,
        states: None,
    }
}

pub fn engine() -> ProcessEngine {
    ProcessEngine::new(options()).unwrap()
}

pub fn event(engine: &ProcessEngine) -> EngineEvent {
    engine
        .events()
        .recv_timeout(PATIENCE)
        .expect("the engine says something")
}

/// The next event that `wanted` turns into something; the others are passed over.
pub fn find<T>(engine: &ProcessEngine, wanted: impl Fn(EngineEvent) -> Option<T>) -> T {
    loop {
        if let Some(found) = wanted(event(engine)) {
            return found;
        }
    }
}

/// One thread: tests run side by side, and threads of llama.cpp that outnumber the cores spin
/// while they wait for each other.
pub fn load(id: u64, path: impl AsRef<Path>) -> EngineCommand {
    let load = LoadRequest::new(RequestId(id), path.as_ref().to_owned());
    EngineCommand::Load(Box::new(LoadRequest {
        threads: Some(1),
        ..load
    }))
}

/// Sends a command that fails, and returns its error.
pub fn refused(engine: &ProcessEngine, command: EngineCommand) -> EngineError {
    let id = command.request();
    engine.send(command).unwrap();
    find(engine, |event| match event {
        EngineEvent::Failed { request, error } if request == id => Some(error),
        EngineEvent::Exited(exit) => panic!("{exit}"),
        _ => None,
    })
}

pub fn exit(engine: &ProcessEngine) -> EngineExit {
    find(engine, |event| match event {
        EngineEvent::Exited(exit) => Some(exit),
        _ => None,
    })
}

pub fn pid(engine: &ProcessEngine) -> Pid {
    let raw = until("the engine runs", || engine.pid());
    Pid::from_raw(raw.try_into().unwrap()).unwrap()
}

pub fn until<T>(what: &str, condition: impl Fn() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Kills the engine and returns what its parent is told. Rust's own handler takes the first
/// SEGV for a possible stack overflow and returns; a real fault comes again, and so does this.
pub fn kill(engine: &ProcessEngine, signal: Signal) -> EngineExit {
    let pid = pid(engine);
    until("the engine is dead", || {
        (engine.pid().is_none() || kill_process(pid, signal).is_err()).then_some(())
    });
    exit(engine)
}

/// Waits until no process has this id, or only one that nobody has reaped.
pub fn wait_until_gone(pid: Pid) {
    until("the process is gone", || {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let dead = stat
            .rsplit(") ")
            .next()
            .is_some_and(|rest| rest.starts_with('Z'));
        (dead || test_kill_process(pid).is_err()).then_some(())
    });
}
