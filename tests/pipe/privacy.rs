//! A local chat keeps to this machine.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::support::run::{ENDLESS, Home, children};

/// The inodes of a process's sockets.
fn sockets(pid: &str) -> BTreeSet<String> {
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd"))
        .into_iter()
        .flatten()
        .flatten();
    descriptors
        .filter_map(|it| fs::read_link(it.path()).ok())
        .filter_map(|it| {
            Some(
                it.to_str()?
                    .strip_prefix("socket:[")?
                    .trim_end_matches(']')
                    .to_owned(),
            )
        })
        .collect()
}

/// The inodes of every internet socket of this network namespace.
fn internet() -> BTreeSet<String> {
    let tables = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"];
    let lines = tables.map(|it| fs::read_to_string(format!("/proc/net/{it}")).unwrap_or_default());
    let inode = |line: &str| line.split_whitespace().nth(9).map(str::to_owned);
    lines
        .iter()
        .flat_map(|table| table.lines().skip(1).filter_map(inode))
        .collect()
}

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
    let mut ours = sockets(&child.id().to_string());
    for pid in &engine {
        ours.extend(sockets(pid));
    }
    assert!(!ours.is_empty(), "the two speak over a socket pair");
    let shared: Vec<_> = ours.intersection(&internet()).cloned().collect();
    assert_eq!(shared, Vec::<String>::new(), "sockets of the internet");
    drop(out);
    child.wait().expect("limpid ends");
}
