//! How many threads to compute with: one for each physical core that this process may use.

use std::num::NonZero;

/// The default number of threads; at least 1.
///
/// A second hyper-thread of a core shares its multipliers and its path to memory, and a thread
/// more than there are cores makes every other one wait for it. Honoured are the affinity mask
/// (`taskset`, cpusets) and, through the standard library, the cgroup's processor quota.
pub(super) fn default_threads() -> u32 {
    let allowed = std::thread::available_parallelism().map_or(1, NonZero::get);
    let cores = physical_cores().unwrap_or(allowed);
    u32::try_from(cores.min(allowed).max(1)).unwrap_or(1)
}

/// Distinct physical cores among the processors of the affinity mask, where the system tells.
#[cfg(target_os = "linux")]
fn physical_cores() -> Option<usize> {
    use std::collections::BTreeSet;
    use std::fs;

    let mask = rustix::thread::sched_getaffinity(None).ok()?;
    let cores: BTreeSet<String> = (0..rustix::thread::CpuSet::MAX_CPU)
        .filter(|&cpu| mask.is_set(cpu))
        .map(|cpu| {
            let list = format!("/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list");
            fs::read_to_string(list).map_err(drop)
        })
        .collect::<Result<_, ()>>()
        .ok()?;
    (!cores.is_empty()).then_some(cores.len())
}

#[cfg(not(target_os = "linux"))]
fn physical_cores() -> Option<usize> {
    sysinfo::System::physical_core_count().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_thread_and_no_more_than_may_run() {
        let threads = default_threads() as usize;
        let allowed = std::thread::available_parallelism().map_or(1, NonZero::get);
        assert!((1..=allowed).contains(&threads));
    }
}
