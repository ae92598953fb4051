//! `limpid models pull`, killed and in crowds.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::server::Server;
use crate::support::pty::PATIENCE;
use crate::support::run::{Home, assert_code, stderr, stdout};

/// Makes the file at `address` a model called `thing`.
fn know(home: &Home, address: &str, body: &[u8]) {
    let mut sha256 = String::new();
    for byte in Sha256::digest(body) {
        write!(sha256, "{byte:02x}").expect("a String takes everything");
    }
    let folder = home.path().join("config/limpid");
    fs::create_dir_all(&folder).expect("it can be made");
    let catalog = format!(
        "[[model]]\nname = 'thing'\ntitle = 'A thing'\nfile = 'thing.gguf'\nsize = {}\n\
         sha256 = '{sha256}'\nlicence = 'none'\n\
         [[model.source]]\nkind = 'https'\nurl = '{}/thing.gguf'\n",
        body.len(),
        address
    );
    fs::write(folder.join("catalog.toml"), catalog).expect("it can be written");
}

fn store(home: &Home) -> PathBuf {
    home.path().join("data/limpid/models")
}

fn names(home: &Home) -> Vec<String> {
    let entries = fs::read_dir(store(home)).expect("the store is there");
    entries
        .map(|it| {
            it.expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

fn body() -> Vec<u8> {
    (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect()
}

#[test]
fn a_killed_pull_is_gone_on_with_and_half_of_it_is_never_a_model() {
    let (home, body) = (Home::new(), body());
    let half = body.len() / 2;
    let server = Server::start(body.clone(), half);
    know(&home, &server.address, &body);

    let mut child = home
        .limpid(["models", "pull", "thing"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("limpid starts");
    let part = store(&home).join("thing.gguf.part");
    let begun = Instant::now();
    while fs::metadata(&part).map_or(0, |it| it.len()) < half as u64 {
        assert!(begun.elapsed() < PATIENCE, "half of it comes");
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    assert!(!store(&home).join("thing.gguf").exists());
    let shown = home.run(&["models", "show", "thing"]);
    assert_code(&shown, 3);
    assert!(
        stderr(&shown).contains("limpid models pull thing"),
        "{}",
        stderr(&shown)
    );

    server.release();
    let again = home.run(&["models", "pull", "thing"]);
    assert_code(&again, 0);
    let file = PathBuf::from(stdout(&again).trim());
    assert_eq!(fs::read(file).expect("it is there"), body);
    assert_eq!(names(&home), ["thing.gguf"]);
    let requests = server.requests();
    assert!(
        requests[1].contains(&format!("range: bytes={half}-")),
        "{}",
        requests[1]
    );
    assert!(requests[1].contains("if-range: \"one\""), "{}", requests[1]);
}

#[test]
fn ten_pulls_of_one_model_at_once_leave_one_right_file() {
    let (home, body) = (Home::new(), body());
    let server = Server::start(body.clone(), 1000);
    know(&home, &server.address, &body);
    let children: Vec<_> = (0..10)
        .map(|_| {
            home.limpid(["models", "pull", "thing"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("limpid starts")
        })
        .collect();
    server.release();
    for child in children {
        assert_code(&child.wait_with_output().expect("it ends"), 0);
    }
    assert_eq!(names(&home), ["thing.gguf"]);
    let file = store(&home).join("thing.gguf");
    assert_eq!(fs::read(file).expect("it is there"), body);
    assert_eq!(server.requests().len(), 1, "one of them fetched it");
}

#[test]
fn a_changed_file_is_found_by_verify() {
    let (home, body) = (Home::new(), body());
    let server = Server::start(body.clone(), usize::MAX);
    know(&home, &server.address, &body);
    assert_code(&home.run(&["models", "pull", "thing"]), 0);
    let right = home.run(&["models", "verify", "thing"]);
    assert_code(&right, 0);
    assert!(stdout(&right).contains("right"), "{}", stdout(&right));
    let file = store(&home).join("thing.gguf");
    let mut changed = body;
    changed[77] ^= 1;
    fs::write(&file, changed).expect("it can be written");
    let wrong = home.run(&["models", "verify"]);
    assert_code(&wrong, 3);
    assert!(stdout(&wrong).contains("WRONG"), "{}", stdout(&wrong));
}

#[test]
fn offline_gets_nothing_and_a_server_that_is_gone_is_a_network_error() {
    let (home, body) = (Home::new(), body());
    let server = Server::start(body.clone(), usize::MAX);
    know(&home, &server.address, &body);
    let offline = home.run(&["models", "pull", "thing", "--offline"]);
    assert_code(&offline, 6);
    assert!(
        stderr(&offline).contains("--offline"),
        "{}",
        stderr(&offline)
    );
    assert_eq!(server.requests(), Vec::<String>::new());
    know(&home, "http://127.0.0.1:9", &body);
    assert_code(&home.run(&["models", "pull", "thing"]), 6);
}
