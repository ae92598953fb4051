//! Which sockets a process has, as the kernel tells.

use std::collections::BTreeSet;
use std::fs;

/// The inodes of a process's sockets.
pub fn of(pid: &str) -> BTreeSet<String> {
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
pub fn internet() -> BTreeSet<String> {
    let tables = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"];
    let lines = tables.map(|it| fs::read_to_string(format!("/proc/net/{it}")).unwrap_or_default());
    let inode = |line: &str| line.split_whitespace().nth(9).map(str::to_owned);
    lines
        .iter()
        .flat_map(|table| table.lines().skip(1).filter_map(inode))
        .collect()
}
