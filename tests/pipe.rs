//! limpid in pipes: exact bytes on standard output, everything else on standard error, and
//! the documented exit codes.

mod answers;
mod bad_input;
mod constrained;
#[cfg(all(feature = "llama", target_os = "linux"))]
mod ending;
mod exit_codes;
#[cfg(target_os = "linux")]
mod privacy;
mod reasoning;
mod tasks;
mod waiting;
#[cfg(target_os = "linux")]
mod waking;
