//! The thread that finds the colours of code.

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::paint::{Job, Painted, Painter};

/// The thread, as its owner holds it; it is started with the first job.
#[derive(Debug)]
pub struct Highlighter {
    jobs: Option<Sender<Job>>,
    results: Sender<Painted>,
    painted: Receiver<Painted>,
}

impl Default for Highlighter {
    fn default() -> Self {
        let (results, painted) = unbounded();
        Self {
            jobs: None,
            results,
            painted,
        }
    }
}

impl Highlighter {
    /// Has the colours found.
    ///
    /// # Errors
    /// The system has no room for another thread.
    pub fn ask(&mut self, jobs: Vec<Job>) -> std::io::Result<()> {
        for job in jobs {
            let sender = match &self.jobs {
                Some(sender) => sender,
                None => {
                    let sender = start(self.results.clone())?;
                    self.jobs.insert(sender)
                }
            };
            // A thread that panicked has said so, and code stays plain.
            let _ = sender.send(job);
        }
        Ok(())
    }

    /// Where what was found comes.
    #[must_use]
    pub fn painted(&self) -> &Receiver<Painted> {
        &self.painted
    }
}

fn start(results: Sender<Painted>) -> std::io::Result<Sender<Job>> {
    let (sender, jobs) = unbounded::<Job>();
    std::thread::Builder::new()
        .name("highlighter".to_owned())
        .spawn(move || {
            let mut painter = Painter::default();
            for job in jobs {
                if results.send(painter.paint(&job)).is_err() {
                    return;
                }
            }
        })?;
    Ok(sender)
}
