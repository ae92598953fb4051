//! The thread that computes, and the queue before it.

use std::io;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded, unbounded};

use super::FrameSink;
use crate::engine::backend::{Backend, Cancellation, ChannelClosed, EventSink};
use crate::inference::{EngineCommand, EngineError, EngineEvent};

/// One of llama.cpp's tokenizers recurses once for each character of a text without spaces;
/// 26,000 of them overflow the usual 8 MiB (llama.cpp issue 27783).
const STACK: usize = 64 << 20;

/// Who has asked something asks the next thing soon, or not for a while.
const UNTIL_REST: Duration = Duration::from_millis(300);

/// The thread that computes, as the reader holds it.
#[derive(Debug)]
pub struct Compute {
    queue: Sender<EngineCommand>,
    /// Disconnected when the thread has dropped its backend.
    ended: Receiver<()>,
}

impl Compute {
    /// Starts the thread; it inherits the sandbox of the one that calls.
    pub fn start(events: FrameSink, cancellation: Cancellation) -> io::Result<Self> {
        let (queue, commands) = unbounded();
        let (running, ended) = bounded(0);
        thread::Builder::new()
            .name("compute".into())
            .stack_size(STACK)
            .spawn(move || {
                let _running: Sender<()> = running;
                let _guard = AbortOnPanic;
                let mut backend = make_backend();
                work(backend.as_mut(), &commands, &cancellation, events);
            })?;
        Ok(Self { queue, ended })
    }

    /// Queues a command behind those that wait.
    pub fn queue(&self, command: EngineCommand) -> Result<(), ChannelClosed> {
        self.queue.send(command).map_err(|_| ChannelClosed)
    }

    /// Lets the thread end if it is idle, and says whether it did within `limit`.
    pub fn finish(self, limit: Duration) -> bool {
        drop(self.queue);
        self.ended.recv_timeout(limit) == Err(RecvTimeoutError::Disconnected)
    }
}

fn work(
    backend: &mut dyn Backend,
    commands: &Receiver<EngineCommand>,
    cancellation: &Cancellation,
    events: FrameSink,
) {
    let mut events = Closing {
        events,
        cancellation,
    };
    loop {
        // What waits is taken first, so that it shares the next decode.
        let command = if backend.is_busy() {
            commands.try_recv()
        } else if backend.wants_rest() {
            match commands.recv_timeout(UNTIL_REST) {
                Err(RecvTimeoutError::Timeout) => {
                    backend.rest();
                    continue;
                }
                other => other.map_err(|_| TryRecvError::Disconnected),
            }
        } else {
            commands.recv().map_err(|_| TryRecvError::Disconnected)
        };
        let gone_on = match command {
            Ok(command) => {
                cancellation.decoding_for(command.request());
                backend.execute(command, cancellation, &mut events)
            }
            Err(TryRecvError::Empty) => backend.step(cancellation, &mut events),
            Err(TryRecvError::Disconnected) => Err(ChannelClosed),
        };
        if gone_on.is_err() {
            break;
        }
    }
    // What was computed is put aside, and nobody hears of it.
    cancellation.stop_everything();
    if backend.is_busy() {
        let _nobody_hears = backend.step(cancellation, &mut events);
    }
    backend.close();
}

/// Forgets the cancellation of each request that is closed.
struct Closing<'a> {
    events: FrameSink,
    cancellation: &'a Cancellation,
}

impl EventSink for Closing<'_> {
    fn send(&mut self, event: EngineEvent) -> Result<(), ChannelClosed> {
        if let (Some(request), true) = (event.request(), event.is_closing()) {
            self.cancellation.clear(request);
        }
        self.events.send(event)
    }
}

/// A compute thread that panics takes the process with it: the reader would else keep an
/// engine alive that answers nothing.
struct AbortOnPanic;

impl Drop for AbortOnPanic {
    fn drop(&mut self) {
        if thread::panicking() {
            std::process::abort();
        }
    }
}

#[cfg(feature = "llama")]
fn make_backend() -> Box<dyn Backend> {
    match crate::engine::llama::LlamaBackend::new() {
        Ok(backend) => Box::new(backend),
        Err(error) => Box::new(Refusing(error)),
    }
}

#[cfg(not(feature = "llama"))]
fn make_backend() -> Box<dyn Backend> {
    Box::new(Refusing(EngineError::Refused {
        reason: crate::words::engine::BUILT_WITHOUT_LLAMA.into(),
    }))
}

/// Answers every command with the reason why there is no backend.
struct Refusing(EngineError);

impl Backend for Refusing {
    fn execute(
        &mut self,
        command: EngineCommand,
        _cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        events.send(EngineEvent::Failed {
            request: command.request(),
            error: self.0.clone(),
        })
    }

    fn is_busy(&self) -> bool {
        false
    }

    fn step(
        &mut self,
        _cancellation: &Cancellation,
        _events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        Ok(())
    }
}
