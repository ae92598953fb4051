//! The memory that a KV cache can have: that of GPUs, that of the machine, or of both, where the
//! layers are divided.

use super::devices;
use super::free_memory;
use crate::inference::Device;

/// Where a model's cache is, and what is free there.
#[derive(Debug)]
pub(super) struct CacheMemory {
    /// The GPUs that have a part of the model, with what was free on them before it came.
    gpus: Vec<Device>,
    /// Bytes of weights on them.
    weights: u64,
    /// How much of the cache is there, from 0 to 1.
    share: f64,
}

impl CacheMemory {
    /// Of a model of so many layers and bytes, `gpu_layers` of which are on `gpus`; llama.cpp
    /// counts the output as one more, which is the first to go there and has no cache.
    pub(super) fn new(gpus: Vec<Device>, gpu_layers: u32, layers: u32, bytes: u64) -> Self {
        let part = |of: u32, all: u32| f64::from(of) / f64::from(all.max(1));
        Self {
            gpus,
            weights: (bytes as f64 * part(gpu_layers, layers + 1)) as u64,
            share: part(gpu_layers.saturating_sub(1), layers).min(1.0),
        }
    }

    /// The GPUs that have a part of the model.
    pub(super) fn gpus(&self) -> &[Device] {
        &self.gpus
    }

    /// Bytes that the whole cache can have now; `None` where nobody says.
    pub(super) fn free(&self) -> Option<u64> {
        let gpus = if self.gpus.is_empty() {
            None
        } else {
            devices::free_on(&self.gpus)
        };
        self.room(gpus, free_memory())
    }

    /// As many bytes as fill what is free of either memory.
    fn room(&self, gpus: Option<u64>, main: Option<u64>) -> Option<u64> {
        // A driver may tell of what there is, and not of what is left.
        let before: u64 = self.gpus.iter().map(|gpu| gpu.memory_free).sum();
        let gpus = gpus.map(|free| free.min(before.saturating_sub(self.weights)));
        let filled = |free: Option<u64>, share: f64| {
            let free = free.filter(|_| share > 0.0)?;
            Some((free as f64 / share) as u64)
        };
        let both = [filled(gpus, self.share), filled(main, 1.0 - self.share)];
        both.into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gpu(free: u64) -> Device {
        Device {
            name: "GPU".into(),
            description: String::new(),
            memory_total: free,
            memory_free: free,
            is_gpu: true,
        }
    }

    #[test]
    fn without_a_gpu_it_is_the_machines() {
        let memory = CacheMemory::new(Vec::new(), 0, 30, 1000);
        assert_eq!(memory.room(None, Some(500)), Some(500));
        assert_eq!(memory.room(None, None), None);
    }

    #[test]
    fn with_all_layers_on_a_gpu_it_is_what_the_weights_leave_there() {
        let memory = CacheMemory::new(vec![gpu(3000)], 31, 30, 1000);
        // What the driver says, and what it would say if it counted.
        assert_eq!(memory.room(Some(1200), Some(5)), Some(1200));
        assert_eq!(memory.room(Some(3000), Some(5)), Some(2000));
    }

    #[test]
    fn with_some_layers_there_either_memory_can_be_the_first_to_be_full() {
        // The output, and three quarters of the layers.
        let memory = CacheMemory::new(vec![gpu(9000)], 31, 40, 0);
        assert_eq!(memory.room(Some(3000), Some(9000)), Some(4000));
        assert_eq!(memory.room(Some(3000), Some(500)), Some(2000));
        // The output alone: no part of the cache is there.
        let memory = CacheMemory::new(vec![gpu(9000)], 1, 40, 0);
        assert_eq!(memory.room(Some(10), Some(700)), Some(700));
    }
}
