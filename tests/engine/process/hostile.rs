//! Files that are made to do harm, or come to it: the engine may die of them, nothing else does.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use limpid::engine::Engine as _;
use limpid::inference::{EngineError, EngineEvent, RequestId};
use rustix::process::Signal;

use super::model::{generate, loaded_from};
use super::support::{engine, exit, find, load};
use crate::support::pty::test_model;

#[test]
fn a_model_file_cut_while_it_is_mapped_ends_its_engine_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    fs::copy(test_model(), &path).unwrap();
    let engine = loaded_from(&path);
    let file = File::options().write(true).open(&path).unwrap();
    file.set_len(4096).unwrap();
    engine.send(generate(2, Some(8))).unwrap();
    let died = exit(&engine);
    assert_eq!(died.signal, Some(Signal::BUS.as_raw()));
    assert_eq!(died.model.as_deref(), Some(&*path));
    // The next message starts an engine, and the file is named as what it is by now.
    engine.send(generate(3, Some(1))).unwrap();
    let reason = find(&engine, |event| match event {
        EngineEvent::Failed {
            error: EngineError::ModelNotLoadable { path, reason },
            ..
        } => Some((path, reason)),
        EngineEvent::Token(_) => panic!("there is nothing to answer with"),
        _ => None,
    });
    assert_eq!(reason.0, path);
    assert!(reason.1.contains("cut off"), "{}", reason.1);
}

/// Bytes at the front of the default model that hold its metadata and tensor list.
const HEAD: u64 = 1 << 21;
const MUTATIONS: u64 = 60;

#[test]
fn damage_in_the_head_of_a_model_ends_in_an_answer_and_never_in_us() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    fs::copy(test_model(), &path).unwrap();
    let file = File::options().read(true).write(true).open(&path).unwrap();
    let mut head = vec![0; HEAD as usize];
    file.read_exact_at(&mut head, 0).unwrap();
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..MUTATIONS {
        // The first kilobytes hold the sizes and types that everything else hangs on.
        let region = if round % 2 == 0 { 4096 } else { HEAD };
        let length = 1 + random(8);
        let at = random(region - length);
        let damage: Vec<u8> = (0..length).map(|_| random(256) as u8).collect();
        file.write_all_at(&damage, at).unwrap();
        let engine = engine();
        engine.send(load(round, &path)).unwrap();
        let loaded = find(&engine, |event| match event {
            EngineEvent::Loaded { .. } => Some(true),
            EngineEvent::Failed { .. } | EngineEvent::Exited(_) => Some(false),
            _ => None,
        });
        if loaded {
            engine.send(generate(MUTATIONS + round, Some(2))).unwrap();
            find(&engine, |event| match event {
                EngineEvent::Finished { request, .. } => {
                    (request == RequestId(MUTATIONS + round)).then_some(())
                }
                EngineEvent::Failed { .. } | EngineEvent::Exited(_) => Some(()),
                _ => None,
            });
        }
        file.write_all_at(&head[at as usize..(at + length) as usize], at)
            .unwrap();
    }
    // The file is whole again.
    loaded_from(&path);
}
