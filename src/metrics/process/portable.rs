//! A process as `sysinfo` finds it, where there is no Linux `/proc`.

use std::time::Duration;

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use super::{ProcessMemory, Reading};

pub(super) fn read(pid: u32) -> Option<Reading> {
    let pid = Pid::from_u32(pid);
    let mut system = System::new().ok()?;
    let wanted = ProcessRefreshKind::nothing().with_memory().with_cpu();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), true, wanted);
    let process = system.process(pid)?;
    Some(Reading {
        memory: ProcessMemory {
            resident: process.memory(),
            shared_file: None,
        },
        cpu: Duration::from_millis(process.accumulated_cpu_time()),
        started: process.start_time(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_this_process_and_no_other() {
        let reading = read(std::process::id()).unwrap();
        assert!(reading.memory.resident > 500_000);
        assert!(reading.started > 0);
        assert_eq!(read(u32::MAX), None);
    }
}
