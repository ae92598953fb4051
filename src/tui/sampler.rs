//! A thread that looks at the machine when it is asked to.
//!
//! Asking a GPU's driver can take seconds when it has to wake, so the thread that draws does
//! not. It is asked only while something runs: an idle program looks at nothing.

use std::io;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::metrics::{GpuMeter, GpuSample, ProcessMeter, ProcessSample, SystemMemory};

/// The machine at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub engine: Option<ProcessSample>,
    pub gpus: Vec<GpuSample>,
    pub memory: Option<SystemMemory>,
}

/// Which process to look at, and the time of asking.
#[derive(Debug, Clone, Copy)]
struct Question {
    pid: u32,
    now: Duration,
}

/// The thread, as its owner holds it.
#[derive(Debug)]
pub struct Sampler {
    questions: Sender<Question>,
    samples: Receiver<Sample>,
}

impl Sampler {
    /// # Errors
    /// The system has no room for another thread.
    pub fn start() -> io::Result<Self> {
        // One question at a time: a slow driver is not asked again meanwhile.
        let (questions, asked) = bounded::<Question>(1);
        let (answer, samples) = bounded(1);
        std::thread::Builder::new()
            .name("sampler".to_owned())
            .spawn(move || {
                let mut gpu = None;
                let mut meter: Option<(u32, ProcessMeter)> = None;
                for question in asked {
                    // Looked for once, with the first question.
                    let gpu = gpu.get_or_insert_with(GpuMeter::open);
                    if meter.as_ref().is_none_or(|(pid, _)| *pid != question.pid) {
                        meter = Some((question.pid, ProcessMeter::new(question.pid)));
                    }
                    let sample = Sample {
                        engine: meter
                            .as_mut()
                            .and_then(|(_, meter)| meter.sample(question.now)),
                        gpus: gpu
                            .as_ref()
                            .map_or_else(Vec::new, |gpu| gpu.sample(question.pid)),
                        memory: SystemMemory::read(),
                    };
                    if answer.send(sample).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self { questions, samples })
    }

    /// Asks for a sample, unless the last one has not come yet.
    pub fn ask(&self, pid: u32, now: Duration) {
        // Full means busy; the next time will do.
        let _ = self.questions.try_send(Question { pid, now });
    }

    /// Where the samples come.
    #[must_use]
    pub fn samples(&self) -> &Receiver<Sample> {
        &self.samples
    }
}
