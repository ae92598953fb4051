//! NVIDIA GPUs, through the driver's own library (NVML), found at run time.

use nvml_wrapper::Nvml;
use nvml_wrapper::enums::device::UsedGpuMemory;

/// The driver's library, loaded.
pub struct GpuMeter {
    nvml: Nvml,
}

/// One GPU at one moment. What a driver does not tell (some do not for a slice of a GPU) is
/// `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GpuSample {
    /// As the driver calls it, raw: sanitise before showing.
    pub name: String,
    /// Share of the last sampling period (1/6 s to 1 s) in which it computed, percent.
    pub busy_percent: Option<u32>,
    /// Bytes in use by everybody, and in all.
    pub memory_used: Option<u64>,
    pub memory_total: Option<u64>,
    /// Bytes in use by the process asked for. In a container the driver may know it under
    /// another number and this stays `None`.
    pub process_memory: Option<u64>,
}

impl GpuMeter {
    /// Loads the driver's library; `None` where there is none, or no GPU.
    ///
    /// May take seconds when the driver has to wake: not for a thread that draws.
    #[must_use]
    pub fn open() -> Option<Self> {
        let nvml = Nvml::init().ok()?;
        (nvml.device_count().ok()? > 0).then_some(Self { nvml })
    }

    /// Looks at every GPU, and at how much of each the process with this number uses.
    #[must_use]
    pub fn sample(&self, pid: u32) -> Vec<GpuSample> {
        let count = self.nvml.device_count().unwrap_or(0);
        (0..count)
            .filter_map(|index| self.sample_one(index, pid))
            .collect()
    }

    fn sample_one(&self, index: u32, pid: u32) -> Option<GpuSample> {
        let device = self.nvml.device_by_index(index).ok()?;
        let memory = device.memory_info().ok();
        Some(GpuSample {
            name: device.name().unwrap_or_else(|_| format!("GPU {index}")),
            busy_percent: device.utilization_rates().ok().map(|rates| rates.gpu),
            memory_used: memory.as_ref().map(|memory| memory.used),
            memory_total: memory.as_ref().map(|memory| memory.total),
            process_memory: device
                .running_compute_processes()
                .ok()
                .and_then(|processes| {
                    let ours = processes.into_iter().find(|process| process.pid == pid)?;
                    match ours.used_gpu_memory {
                        UsedGpuMemory::Used(bytes) => Some(bytes),
                        UsedGpuMemory::Unavailable => None,
                    }
                }),
        })
    }
}

impl std::fmt::Debug for GpuMeter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GpuMeter").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_gpu_is_no_error_and_one_with_it_is_described() {
        let Some(meter) = GpuMeter::open() else {
            assert!(GpuMeter::open().is_none(), "asking again finds none either");
            return;
        };
        let samples = meter.sample(std::process::id());
        assert!(!samples.is_empty());
        for sample in samples {
            assert!(!sample.name.is_empty());
            assert!(sample.busy_percent.is_none_or(|percent| percent <= 100));
            assert!(sample.memory_used <= sample.memory_total);
        }
    }
}
