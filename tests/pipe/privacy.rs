//! A local chat keeps to this machine.

use std::io::Read;
use std::process::Stdio;

use crate::support::run::{ENDLESS, Home, children};
use crate::support::sockets;

#[test]
fn a_local_chat_opens_no_connection() {
    let home = Home::new();
    let mut child = home
        .limpid(ENDLESS.into_iter().chain(["Count from one to a thousand."]))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("limpid starts");
    let mut out = child.stdout.take().expect("piped");
    out.read_exact(&mut [0; 1]).expect("the answer begins");
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
