//! Memory of the whole machine.

use sysinfo::{MemoryRefreshKind, ProcessRefreshKind, ProcessesToUpdate, System};

/// What the machine has, or what the container or control group we run in may use of it. Bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemMemory {
    pub total: u64,
    /// What can be had without swapping; page cache counts, since the system gives it up.
    pub available: u64,
}

impl SystemMemory {
    /// Asks the operating system; `None` where it does not say.
    #[must_use]
    pub fn read() -> Option<Self> {
        let mut system = System::new().ok()?;
        system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
        let machine = Self {
            total: system.total_memory(),
            available: system.available_memory(),
        };
        let machine = Some(machine).filter(|memory| memory.total > 0)?;
        let own_limits = sysinfo::get_current_pid().ok().and_then(|pid| {
            let wanted = ProcessRefreshKind::nothing();
            system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), true, wanted);
            system.process(pid)?.cgroup_limits()
        });
        Some(match own_limits {
            Some(limits) => machine.within(limits.total_memory, limits.rss),
            None => machine,
        })
    }

    /// The part that a control group with this limit leaves, of which `used` is taken. Only
    /// anonymous memory counts as used: a mapped model is cache that can be dropped.
    fn within(self, limit: u64, used: u64) -> Self {
        Self {
            total: self.total.min(limit),
            available: self.available.min(limit.saturating_sub(used)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_memory() {
        let memory = SystemMemory::read().unwrap();
        assert!(memory.total > 16 << 20);
        assert!(memory.available <= memory.total);
    }

    #[test]
    fn the_tighter_limit_holds() {
        let machine = SystemMemory {
            total: 1000,
            available: 600,
        };
        assert_eq!(
            machine.within(800, 300),
            SystemMemory {
                total: 800,
                available: 500
            }
        );
        assert_eq!(
            machine.within(800, 100),
            SystemMemory {
                total: 800,
                available: 600
            }
        );
        assert_eq!(machine.within(u64::MAX, 0), machine);
        assert_eq!(
            machine.within(100, 300),
            SystemMemory {
                total: 100,
                available: 0
            }
        );
    }
}
