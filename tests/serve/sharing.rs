//! Several programs, one engine.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use super::{BRIEF, Serve, ask, number, socket, status, wait_until};
use crate::support::pty::Pty;
use crate::support::run::{ENDLESS, Home, assert_code, children, stderr, stdout};

#[test]
fn an_answer_of_the_resident_engine_is_that_of_a_private_one() {
    let home = Home::new();
    let (private, shared) = ask(&home, &[]);
    assert!(!shared);
    let serve = Serve::start(&home, &[]);
    assert!(serve.said.contains("engine.sock"), "{}", serve.said);
    let (first, shared) = ask(&home, &[]);
    assert!(shared);
    assert!(!private.stdout.is_empty());
    assert_eq!(stdout(&first), stdout(&private));
    // Also for a prompt that the first one left in the cache.
    let tokens = |arguments: &[&str]| {
        let (output, shared) = ask(&home, arguments);
        assert!(shared);
        let object: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        object["usage"]["completion_tokens"].clone()
    };
    assert_eq!(tokens(&["--format", "json"]), 10);
}

#[test]
fn a_warm_one_shot_starts_no_process() {
    let home = Home::new();
    let serve = Serve::start(&home, &[]);
    let (mut child, _out) = home.answering(Stdio::null());
    assert_eq!(children(child.id()), Vec::<String>::new());
    assert_eq!(children(serve.pid()).len(), 1, "one engine for all");
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
}

#[test]
fn two_clients_at_a_time_are_both_answered() {
    let home = Home::new();
    let _serve = Serve::start(&home, &[]);
    let (alone, _) = ask(&home, &[]);
    let spawn = || {
        home.limpid(
            BRIEF
                .into_iter()
                .chain(["--format", "json", "Why is the sky blue?"]),
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("limpid starts")
    };
    let both = [spawn(), spawn()].map(|it| it.wait_with_output().expect("it ends"));
    assert!(!alone.stdout.is_empty());
    for output in both {
        assert_code(&output, 0);
        let object: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assert_eq!(object["usage"]["completion_tokens"], 10, "{object}");
    }
}

/// Tokens and log-probabilities of an answer as JSON.
fn odds(object: &serde_json::Value) -> Vec<serde_json::Value> {
    let odds = object["choices"][0]["logprobs"]["content"].as_array();
    odds.expect("there are odds").clone()
}

/// Batches of other shapes round differently, so the texts are the same up to the first place
/// where the two best tokens are this close, in nats; see the engine's own tests.
const TOLERANCE: f64 = 0.4;

#[test]
fn clients_at_the_same_time_get_each_the_answer_that_it_gets_alone() {
    let home = Home::new();
    let questions = [
        "Why is the sky blue?",
        "Name three fruits.",
        "What is the sea made of?",
    ];
    let asked = |question: &str| {
        let format = ["--format", "json", "--top-logprobs", "2", "--temp", "0"];
        home.limpid(format.into_iter().chain(["-n", "32", question]))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("limpid starts")
    };
    let ended = |child: std::process::Child| -> serde_json::Value {
        let output = child.wait_with_output().expect("it ends");
        assert_code(&output, 0);
        serde_json::from_str(&stdout(&output)).expect("JSON")
    };
    let alone = questions.map(|question| ended(asked(question)));
    let serve = Serve::start(&home, &[]);
    let together = questions.map(asked).map(ended);
    assert_eq!(children(serve.pid()).len(), 1, "one engine for all");
    for (alone, together) in alone.iter().zip(&together) {
        let (alone, together) = (odds(alone), odds(together));
        assert!(alone.len() > 8, "{alone:?}");
        let first = alone
            .iter()
            .zip(&together)
            .position(|(one, other)| one["id"] != other["id"]);
        let Some(first) = first else {
            assert_eq!(alone.len(), together.len());
            continue;
        };
        let best = |place: usize| {
            let one = &alone[first]["top_logprobs"][place];
            one["logprob"].as_f64().expect("a number")
        };
        assert!(best(0) - best(1) < TOLERANCE, "{:?}", alone[first]);
    }
}

#[test]
fn a_client_that_vanishes_frees_the_engine_for_the_next() {
    let home = Home::new();
    let _serve = Serve::start(&home, &[]);
    let (mut child, _out) = home.answering(Stdio::null());
    assert_eq!(number(&status(&home).expect("it runs"), "requests"), 1);
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    wait_until("its request is cancelled", || {
        let status = status(&home).expect("it runs");
        number(&status, "requests") == 0 && number(&status, "clients") == 0
    });
    let (_, shared) = ask(&home, &[]);
    assert!(shared);
}

#[test]
fn other_settings_another_model_and_incognito_get_an_engine_of_their_own() {
    let home = Home::new();
    let _serve = Serve::start(&home, &[]);
    let (_, shared) = ask(&home, &["-c", "512"]);
    assert!(!shared);
    assert!(super::log(&home).contains("--ctx-size"), "it says why");
    let copy = home.path().join("copy.gguf");
    fs::copy(crate::support::run::model(), &copy).expect("it can be copied");
    let (_, shared) = ask(&home, &["-m", copy.to_str().expect("UTF-8")]);
    assert!(!shared);
    // Another path to the same file is the same model.
    let link = home.path().join("link.gguf");
    std::os::unix::fs::symlink(crate::support::run::model(), &link).expect("it can be linked");
    let (_, shared) = ask(&home, &["-m", "link.gguf"]);
    assert!(shared);
    // An incognito session keeps no log either: its engine is its child.
    let mut child = home
        .limpid(
            ENDLESS
                .into_iter()
                .chain(["--incognito", "Count to a thousand."]),
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("limpid starts");
    let mut out = child.stdout.take().expect("piped");
    out.read_exact(&mut [0; 1]).expect("the answer begins");
    assert_eq!(children(child.id()).len(), 1);
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
}

#[test]
fn the_socket_and_its_folder_are_for_this_user_alone_and_no_port_is_open() {
    let home = Home::new();
    let serve = Serve::start(&home, &[]);
    let mode = |path: &std::path::Path| {
        let metadata = fs::symlink_metadata(path).expect("it is there");
        metadata.permissions().mode() & 0o777
    };
    let socket = socket(&home);
    assert_eq!(mode(&socket), 0o600);
    assert_eq!(mode(socket.parent().expect("it is in a folder")), 0o700);
    let engine = children(serve.pid());
    assert_eq!(engine.len(), 1);
    let internet = crate::support::sockets::internet();
    for pid in engine.into_iter().chain([serve.pid().to_string()]) {
        let open: BTreeSet<_> = crate::support::sockets::of(&pid);
        assert!(open.is_disjoint(&internet), "{pid}");
    }
    // A folder that others can enter is not used, and is named.
    drop(serve);
    let folder = socket.parent().expect("it is in a folder");
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let output = home.run(&["serve"]);
    assert_code(&output, 1);
    assert!(stderr(&output).contains("755"), "{}", stderr(&output));
    let (_, shared) = ask(&home, &[]);
    assert!(!shared);
}

#[test]
fn the_throughput_pane_says_that_the_engine_is_resident_and_how_many_share_it() {
    let home = Home::new();
    let _serve = Serve::start(&home, &[]);
    let one = Pty::limpid(&home, &[], (110, 40));
    one.wait_for("this program alone");
    let mut two = Pty::limpid(&home, &[], (110, 40));
    two.wait_for("2 programs share it");
    one.wait_for("2 programs share it");
    two.send("/exit\r");
    assert_eq!(two.exit_code(), 0);
    one.wait_for("this program alone");
}
