//! A process as Linux shows it under `/proc` (proc(5)).

use std::fs;
use std::time::Duration;

use super::{ProcessMemory, Reading};

pub(super) fn read(pid: u32) -> Option<Reading> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let statm = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    let (cpu, started) = parse_stat(&stat, rustix::param::clock_ticks_per_second())?;
    let memory = parse_statm(&statm, rustix::param::page_size() as u64)?;
    Some(Reading {
        memory,
        cpu,
        started,
    })
}

/// Processor time and start time from `stat`; `None` for a process that has ended and only waits
/// for its parent.
fn parse_stat(stat: &str, ticks_per_second: u64) -> Option<(Duration, u64)> {
    // The second field is the program's name in parentheses, which may itself hold any of these
    // characters: what follows the last one is safe to split.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_ascii_whitespace().collect();
    // fields[0] is proc(5)'s field 3.
    if matches!(*fields.first()?, "Z" | "X" | "x") {
        return None;
    }
    let number = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    let ticks = number(14)?.checked_add(number(15)?)?;
    let cpu = Duration::from_secs_f64(ticks as f64 / ticks_per_second.max(1) as f64);
    Some((cpu, number(22)?))
}

/// Memory from `statm`, whose numbers are pages: size, resident, shared.
fn parse_statm(statm: &str, page: u64) -> Option<ProcessMemory> {
    let mut pages = statm
        .split_ascii_whitespace()
        .skip(1)
        .map(str::parse::<u64>);
    let resident = pages.next()?.ok()?;
    let shared = pages.next()?.ok()?;
    Some(ProcessMemory {
        resident: resident.checked_mul(page)?,
        shared_file: Some(shared.checked_mul(page)?),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STAT: &str = "4242 (evil) R 1 (x) S 1 4242 4242 0 -1 4194304 100 0 5 0 150 50 0 0 20 0 3 0 \
                        98765 1000000 250 18446744073709551615 0 0";

    #[test]
    fn a_program_name_with_parentheses_shifts_nothing() {
        assert_eq!(
            parse_stat(STAT, 100),
            Some((Duration::from_secs(2), 98_765))
        );
    }

    #[test]
    fn a_process_that_has_ended_is_gone() {
        assert_eq!(parse_stat(&STAT.replace(") S 1", ") Z 1"), 100), None);
    }

    #[test]
    fn pages_become_bytes() {
        let memory = parse_statm("1000 423 396 5 0 123 0\n", 4096);
        let expected = ProcessMemory {
            resident: 423 * 4096,
            shared_file: Some(396 * 4096),
        };
        assert_eq!(memory, Some(expected));
        assert_eq!(parse_statm("1000 423", 4096), None);
        assert_eq!(parse_statm(&format!("1 {} 1", u64::MAX), 4096), None);
    }

    #[test]
    fn a_mapped_file_is_counted_as_shared() {
        let memory = read(std::process::id()).unwrap().memory;
        let file = memory.shared_file.unwrap();
        assert!(file > 0 && file <= memory.resident, "{memory:?}");
    }

    proptest! {
        #[test]
        fn damaged_files_are_no_panic(text in "\\PC{0,40}", cut in 0_usize..85) {
            let _ = parse_stat(&text, 0);
            let _ = parse_statm(&text, 4096);
            let before_the_start_time = STAT.find("98765").unwrap();
            prop_assert!(parse_stat(&STAT[..cut.min(before_the_start_time)], 100).is_none());
        }
    }
}
