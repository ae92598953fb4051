//! What an engine's user is told when it dies, and what happens next.

use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use limpid::engine::{Engine as _, ProcessEngine, ProcessOptions};
use limpid::inference::{EngineCommand, EngineError, EngineEvent, RequestId};
use rustix::process::{Signal, kill_process};

use super::support::{engine, exit, find, kill, load, options, pid, refused, wait_until_gone};

const ABSENT: &str = "/nonexistent/model.gguf";

fn tokenize(id: u64) -> EngineCommand {
    EngineCommand::Tokenize {
        request: RequestId(id),
        text: "hello".into(),
        add_bos: true,
        parse_special: false,
        continues: false,
    }
}

#[test]
fn the_signal_that_ended_an_engine_is_told_and_the_next_load_starts_another() {
    for signal in [Signal::KILL, Signal::SEGV, Signal::ABORT] {
        let engine = engine();
        engine.start();
        let first = pid(&engine);
        let exit = kill(&engine, signal);
        assert_eq!(exit.signal, Some(signal.as_raw()));
        assert_eq!(exit.code, None);
        assert_eq!(exit.model, None);
        refused(&engine, load(1, ABSENT));
        assert_ne!(pid(&engine), first);
    }
}

#[test]
fn the_third_death_on_a_model_refuses_it_by_name_and_no_other() {
    let engine = engine();
    for deaths in 1..=3 {
        refused(&engine, load(deaths, ABSENT));
        let exit = kill(&engine, Signal::KILL);
        assert_eq!(exit.model, Some(PathBuf::from(ABSENT)));
        assert_eq!(u64::from(exit.deaths), deaths);
    }
    for command in [load(4, ABSENT), tokenize(5)] {
        let error = refused(&engine, command);
        assert!(matches!(
            error,
            EngineError::Refused { .. } | EngineError::ModelNotLoadable { .. }
        ));
    }
    let error = refused(&engine, load(6, ABSENT));
    assert!(matches!(&error, EngineError::Refused { reason } if reason.contains(ABSENT)));
    assert_eq!(engine.pid(), None, "a refused model starts nothing");

    let other = refused(&engine, load(7, "/nonexistent/other.gguf"));
    assert!(!other.to_string().contains("died"), "{other}");
    assert!(engine.pid().is_some());
}

#[test]
fn the_last_lines_an_engine_printed_come_with_its_death() {
    let engine = engine();
    refused(&engine, load(1, ABSENT));
    let log = kill(&engine, Signal::KILL).log.join("\n");
    assert!(log.contains("limpid engine: files"), "{log}");
}

#[test]
fn a_program_that_dies_at_once_is_reported_with_its_code_and_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("limpid");
    let script =
        "#!/bin/sh\necho no such library\necho \"trace $GGML_NO_BACKTRACE $1\" >&2\nexit 127\n";
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let engine = ProcessEngine::new(ProcessOptions {
        program,
        ..options()
    })
    .unwrap();
    engine.send(load(1, ABSENT)).unwrap();
    let exit = exit(&engine);
    assert_eq!(exit.code, Some(127));
    assert_eq!(exit.log, ["no such library", "trace 1 __engine"]);
    assert_eq!(exit.deaths, 1);
}

#[test]
fn a_program_that_cannot_be_started_fails_the_request_and_says_why() {
    let program = PathBuf::from("/nonexistent/limpid");
    let engine = ProcessEngine::new(ProcessOptions {
        program,
        ..options()
    })
    .unwrap();
    engine.start();
    let error = refused(&engine, load(1, ABSENT)).to_string();
    assert!(
        error.contains("cannot start the engine process: No such file"),
        "{error}"
    );
}

#[test]
fn without_a_model_a_request_is_refused_and_nothing_is_started() {
    let engine = engine();
    assert_eq!(refused(&engine, tokenize(1)), EngineError::NoModel);
    assert_eq!(engine.pid(), None);
}

#[test]
fn after_a_failed_load_requests_are_told_its_reason() {
    let engine = engine();
    let error = refused(&engine, load(1, ABSENT));
    assert_ne!(error, EngineError::NoModel);
    assert_eq!(refused(&engine, tokenize(2)), error);
}

#[test]
fn each_model_meets_a_fresh_process() {
    let engine = engine();
    refused(&engine, load(1, ABSENT));
    let first = pid(&engine);
    refused(&engine, load(2, "/nonexistent/other.gguf"));
    assert_ne!(pid(&engine), first);
    wait_until_gone(first);
}

#[test]
fn a_path_that_is_no_utf_8_is_refused_before_it_is_sent() {
    let path = PathBuf::from(std::ffi::OsString::from_vec(b"/models/\xff.gguf".to_vec()));
    let error = engine().send(load(1, &path)).unwrap_err();
    assert!(matches!(&error, EngineError::ModelNotLoadable { path: named, .. } if *named == path));
}

#[test]
fn a_request_too_large_for_a_frame_is_refused_before_it_is_sent() {
    let text = "x".repeat(65 << 20);
    let command = EngineCommand::Tokenize {
        request: RequestId(1),
        text,
        add_bos: false,
        parse_special: false,
        continues: false,
    };
    assert!(matches!(
        engine().send(command),
        Err(EngineError::Refused { .. })
    ));
}

#[test]
fn dropping_an_engine_ends_its_process() {
    let engine = engine();
    engine.start();
    let pid = pid(&engine);
    drop(engine);
    wait_until_gone(pid);
}

#[test]
fn a_load_replaces_an_engine_that_hangs_and_closes_its_requests() {
    let engine = engine();
    engine.start();
    let hanging = pid(&engine);
    kill_process(hanging, Signal::STOP).unwrap();
    engine.send(load(1, ABSENT)).unwrap();
    engine.send(load(2, "/nonexistent/other.gguf")).unwrap();
    let failures = [1, 2].map(|_| {
        find(&engine, |event| match event {
            EngineEvent::Failed { request, error } => Some((request, error)),
            EngineEvent::Exited(exit) => panic!("a replaced process is no death: {exit}"),
            _ => None,
        })
    });
    assert_eq!(failures[0], (Some(RequestId(1)), EngineError::Cancelled));
    assert_eq!(failures[1].0, Some(RequestId(2)));
    assert_ne!(pid(&engine), hanging);
    wait_until_gone(hanging);
}
