//! System calls, through seccomp: no sockets, no new processes, no reaching into other ones.
//!
//! A list of what is refused rather than of what is allowed: GPU drivers and allocators use
//! calls that no list foresees, and a refused call (EPERM) lets them go on without it.

use std::collections::BTreeMap;

use libc::{c_int, c_long};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};

/// Refused whatever the arguments.
const REFUSED: [c_long; 33] = [
    // Sockets; `socketpair` and the channel that is open reach no one new.
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    // Does IO, sockets included, behind the back of this filter.
    libc::SYS_io_uring_setup,
    // Other programs, other processes.
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_kcmp,
    libc::SYS_setns,
    libc::SYS_unshare,
    // The machine and the kernel's less travelled corners.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_open_by_handle_at,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_reboot,
    libc::SYS_swapon,
];

/// The calls of the x32 ABI carry this bit and are else the same.
#[cfg(target_arch = "x86_64")]
const X32: c_long = 0x4000_0000;

/// Restricts this thread and those it starts.
pub fn restrict() -> Result<(), seccompiler::Error> {
    // The C library asks for a thread by clone3, whose flags a filter can't see; told that
    // there is none, it takes clone.
    let no_clone3 = filter(BTreeMap::from([(libc::SYS_clone3, vec![])]), libc::ENOSYS)?;
    let refused = filter(refused_calls()?, libc::EPERM)?;
    apply_filter(&no_clone3)?;
    apply_filter(&refused)
}

fn refused_calls() -> Result<BTreeMap<c_long, Vec<SeccompRule>>, seccompiler::Error> {
    let mut calls: BTreeMap<c_long, Vec<SeccompRule>> =
        REFUSED.into_iter().map(|call| (call, vec![])).collect();
    // A signal may go to the process itself: `abort` is one.
    let to_others = rule(SeccompCmpOp::Ne, u64::from(std::process::id()))?;
    for call in [libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo] {
        calls.insert(call, vec![to_others.clone()]);
    }
    // Threads, yes; processes, no.
    let no_thread = rule(SeccompCmpOp::MaskedEq(flag(libc::CLONE_THREAD)), 0)?;
    calls.insert(libc::SYS_clone, vec![no_thread]);
    #[cfg(target_arch = "x86_64")]
    {
        calls.insert(libc::SYS_fork, vec![]);
        calls.insert(libc::SYS_vfork, vec![]);
        let x32: Vec<_> = calls
            .iter()
            .map(|(call, rules)| (call | X32, rules.clone()))
            .collect();
        calls.extend(x32);
    }
    Ok(calls)
}

/// Matches a call by its first argument.
fn rule(operator: SeccompCmpOp, value: u64) -> Result<SeccompRule, seccompiler::Error> {
    let condition = SeccompCondition::new(0, SeccompCmpArgLen::Dword, operator, value)?;
    Ok(SeccompRule::new(vec![condition])?)
}

fn filter(
    calls: BTreeMap<c_long, Vec<SeccompRule>>,
    errno: c_int,
) -> Result<BpfProgram, seccompiler::Error> {
    let architecture = std::env::consts::ARCH.try_into()?;
    let action = SeccompAction::Errno(errno.unsigned_abs());
    let filter = SeccompFilter::new(calls, SeccompAction::Allow, action, architecture)?;
    Ok(filter.try_into()?)
}

fn flag(flag: c_int) -> u64 {
    u64::from(flag.unsigned_abs())
}
