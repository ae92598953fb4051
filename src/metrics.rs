//! What the work costs: token rates, memory, processor and GPU.
//!
//! [`Rate`] and [`Sparkline`] are pure and take the time as an argument. The meters read the
//! operating system; each reading takes far less than a millisecond, but opening the
//! [`GpuMeter`] may take seconds. What cannot be read is `None`, never an error.

mod adapters;
mod advice;
mod bandwidth;
mod ceiling;
mod gpu;
mod process;
mod rate;
mod sparkline;
mod system;

pub use adapters::{Maker, gpu_makers};
pub use advice::{Advice, Seen};
pub use bandwidth::read_bandwidth;
pub use ceiling::{Ceiling, Limit, hardware_threads};
pub use gpu::{GpuMeter, GpuSample};
pub use process::{ProcessMemory, ProcessMeter, ProcessSample};
pub use rate::Rate;
pub use sparkline::Sparkline;
pub use system::SystemMemory;
