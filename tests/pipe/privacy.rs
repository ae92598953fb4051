//! A local chat keeps to this machine.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::run::{Home, assert_code, children};
use crate::support::sockets;

#[test]
fn a_local_chat_opens_no_connection() {
    let home = Home::new();
    let (mut child, out) = home.answering(Stdio::null());
    let engine = children(child.id());
    assert!(!engine.is_empty(), "the engine is a process of its own");
    let mut ours = sockets::of(&child.id().to_string());
    for pid in &engine {
        ours.extend(sockets::of(pid));
    }
    assert!(!ours.is_empty(), "the two speak over a socket pair");
    let shared: Vec<_> = ours.intersection(&sockets::internet()).cloned().collect();
    assert_eq!(shared, Vec::<String>::new(), "sockets of the internet");
    drop(out);
    child.wait().expect("limpid ends");
}

#[test]
fn of_a_question_nothing_is_kept_but_what_all_questions_begin_with() {
    let home = Home::new();
    let ask = |more: &[&str]| {
        let asked = [&["-n", "2", "Why is the sky blue?"], more].concat();
        assert_code(&home.run(&asked), 0);
    };
    ask(&["--incognito"]);
    ask(&[
        "--system",
        "You are a pirate who answers in rhymes about the sea.",
    ]);
    ask(&["--kv-cache-mb", "0"]);
    ask(&[]);
    // It is written when the program has ended already.
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let files = home.files().into_iter().map(|(path, _)| path);
        let kept: Vec<_> = files
            .filter(|path| path.extension().is_some_and(|end| end == "kv"))
            .collect();
        match kept.as_slice() {
            [only] => {
                let name = only.file_name().and_then(|name| name.to_str());
                assert!(
                    name.is_some_and(|name| name.starts_with("opening-")),
                    "{name:?}"
                );
                break;
            }
            files => assert!(Instant::now() < deadline && files.is_empty(), "{files:?}"),
        }
        thread::sleep(Duration::from_millis(5));
    }
}
