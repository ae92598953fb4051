//! How many threads a token wakes: each one takes a core from those that compute.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::run::{ENDLESS, Home, children};

/// Tokens between the two looks.
const TOKENS: usize = 150;

/// How often each thread of a process has gone to sleep by itself so far, by its id and name.
fn sleeps(pid: &str) -> BTreeMap<String, u64> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("the process runs");
    tasks
        .flatten()
        .filter_map(|task| {
            // A thread may end while the list is read.
            let name = std::fs::read_to_string(task.path().join("comm")).ok()?;
            let status = std::fs::read_to_string(task.path().join("status")).ok()?;
            let count = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            let id = task.file_name().to_string_lossy().into_owned();
            Some((
                format!("{id} {}", name.trim()),
                count.trim().parse().expect("a number"),
            ))
        })
        .collect()
}

/// Which threads went to sleep about once a token.
fn awake(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> Vec<String> {
    let often = |(thread, count): (&String, &u64)| {
        let slept = count - before.get(thread).unwrap_or(&0);
        (slept as usize > TOKENS / 3).then(|| thread.clone())
    };
    after.iter().filter_map(often).collect()
}

#[test]
fn a_token_wakes_who_reads_it_and_who_prints_it_and_nobody_else() {
    let home = Home::new();
    let mut child = home
        .limpid(ENDLESS.into_iter().chain([
            "--format",
            "jsonl",
            "--no-speculate",
            "-n",
            "400",
            "Count from one to a thousand.",
        ]))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("limpid starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut read = |count: usize| {
        for _ in 0..count {
            let line = lines.next().expect("the answer goes on").expect("text");
            assert!(line.contains("\"delta\""), "{line}");
        }
    };
    read(20);
    let pid = child.id().to_string();
    let [engine] = &*children(child.id()) else {
        panic!("one engine")
    };
    let before = (sleeps(&pid), sleeps(engine));
    read(TOKENS);
    let after = (sleeps(&pid), sleeps(engine));

    let mut awake_here = awake(&before.0, &after.0);
    awake_here.retain(|thread| !thread.ends_with("engine reader"));
    assert_eq!(awake_here, [format!("{pid} limpid")], "{:?}", after.0);
    // Its first thread reads commands, of which none comes; the others compute.
    let awake_there = awake(&before.1, &after.1);
    assert!(
        !awake_there
            .iter()
            .any(|thread| thread.starts_with(&format!("{engine} "))),
        "{awake_there:?}"
    );
    child.kill().expect("limpid runs");
    child.wait().expect("limpid ends");
}
