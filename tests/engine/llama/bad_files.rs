//! Files that are no models get a sentence, and the engine lives.

use std::fs;
use std::path::Path;

use limpid::engine::{Backend as _, Cancellation, ChannelClosed, EventSink, llama::LlamaBackend};
use limpid::inference::{EngineCommand, EngineError, EngineEvent, LoadRequest, RequestId};

use super::support::Engine;
use crate::support::pty::test_model;

fn reason(path: &Path) -> String {
    match Engine::try_load(LoadRequest::new(RequestId(0), path.to_owned())) {
        Err(EngineError::ModelNotLoadable {
            path: named,
            reason,
        }) => {
            assert_eq!(named, path);
            reason.into()
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it loaded"),
    }
}

/// A GGUF file of key-value pairs alone.
fn gguf(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"GGUF".to_vec();
    file.extend(3_u32.to_le_bytes());
    file.extend(0_u64.to_le_bytes());
    file.extend((pairs.len() as u64).to_le_bytes());
    for (key, value) in pairs {
        file.extend(string(key));
        file.extend(value);
    }
    file
}

fn string(text: &str) -> Vec<u8> {
    let mut bytes = (text.len() as u64).to_le_bytes().to_vec();
    bytes.extend(text.as_bytes());
    bytes
}

/// A text value: type 8.
fn text(text: &str) -> Vec<u8> {
    [8_u32.to_le_bytes().to_vec(), string(text)].concat()
}

/// An array (type 9) of texts.
fn texts(texts: &[&str]) -> Vec<u8> {
    let mut bytes = [9_u32.to_le_bytes(), 8_u32.to_le_bytes()].concat();
    bytes.extend((texts.len() as u64).to_le_bytes());
    bytes.extend(texts.iter().flat_map(|text| string(text)));
    bytes
}

#[test]
fn what_is_no_model_is_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let whole = fs::read(test_model()).unwrap();
    let cut = write("cut.gguf", &whole[..whole.len() / 2]);
    let foo = gguf(&[("general.architecture", text("foo"))]);
    let bert = gguf(&[("general.architecture", text("bert"))]);
    let twice = gguf(&[
        ("general.architecture", text("llama")),
        ("tokenizer.ggml.model", text("gpt2")),
        ("tokenizer.ggml.tokens", texts(&["a", "b", "a"])),
    ]);
    let cases = [
        (folder.path().to_owned(), "directory"),
        (folder.path().join("missing.gguf"), "does not exist"),
        (write("empty.gguf", b""), "empty"),
        (write("notes.gguf", b"Dear diary, today"), "no GGUF"),
        (cut, "cut off"),
        (write("foo.gguf", &foo), "unknown model architecture: 'foo'"),
        (write("bert.gguf", &bert), "bert"),
        (write("twice.gguf", &twice), "'a'"),
    ];
    for (path, expected) in cases {
        let reason = reason(&path);
        assert!(reason.contains(expected), "{}: {reason}", path.display());
        let path = path.display().to_string();
        assert!(!reason.contains(&path), "the path is told apart: {reason}");
    }
}

struct Events(Vec<EngineEvent>);

impl EventSink for Events {
    fn send(&mut self, event: EngineEvent) -> Result<(), ChannelClosed> {
        self.0.push(event);
        Ok(())
    }
}

#[test]
fn loading_tells_its_progress_and_can_be_cancelled() {
    let load = |cancellation: &Cancellation| {
        let request = LoadRequest::new(RequestId(5), test_model());
        let mut backend = LlamaBackend::new().unwrap();
        let mut events = Events(Vec::new());
        let command = EngineCommand::Load(Box::new(request));
        backend.execute(command, cancellation, &mut events).unwrap();
        events.0
    };
    let events = load(&Cancellation::new());
    let request = RequestId(5);
    let fractions = events.iter().filter_map(|event| match event {
        EngineEvent::Loading { fraction, .. } => Some(*fraction),
        _ => None,
    });
    assert!(fractions.clone().count() > 0);
    assert!(fractions.is_sorted());
    assert!(matches!(
        events.last(),
        Some(EngineEvent::Loaded {
            request: RequestId(5),
            ..
        })
    ));
    let cancellation = Cancellation::new();
    cancellation.cancel(request);
    let cancelled = EngineEvent::Failed {
        request: Some(request),
        error: EngineError::Cancelled,
    };
    assert_eq!(load(&cancellation), [cancelled]);
}
