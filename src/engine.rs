//! The engine: what computes, in a process of its own.
//!
//! llama.cpp holds thousands of assertions that end the process, and it parses files from
//! strangers. So the program starts itself a second time with a hidden command, and the two
//! speak over a private socket pair. A bad model can end that process, never the conversation.
//!
//! ```text
//!  this process                              | the engine process (limpid __engine)
//!  caller -> ProcessEngine -> supervisor ----|--> host: reader -> compute thread -> Backend
//!  caller <- outlet <- ledger <- reader <----|--- one frame an event
//!                    log ring <- pipe <------|--- whatever llama.cpp prints
//! ```
//!
//! | file | idea |
//! |---|---|
//! | [`backend`] | what a backend implements, and how it learns of a cancellation |
//! | [`wire`] | frames, their limits, and the handshake |
//! | [`process`] | the process as its parent holds it: start, write, end |
//! | `reader` | the thread that turns its frames into events |
//! | [`outlet`] | where those go: a channel, or who listens |
//! | `patient` | a socket whose reader sleeps while the other side only takes |
//! | `log_ring` | the last lines it printed |
//! | [`supervisor`] | [`ProcessEngine`]: starts, restarts, and gives up on a model that kills |
//! | [`host`] | the process from within: reader thread, compute thread, their end |
//! | `llama` | llama.cpp as a backend |
//! | [`resident`] | an engine that stays, and that several programs share |
//! | [`states`] | where engines keep what they computed of conversations |
//! | [`sandbox`] | what the process gives up before it reads a model |
//!
//! **One process serves one model.** A second `Load` starts a fresh process. So the sandbox can
//! be entered between receiving the path of the model and opening it: the loader that parses
//! the file, the template engine and every thread that computes run inside. And whatever a bad
//! model left behind in memory, the next one doesn't meet it.

pub mod backend;
pub mod host;
#[cfg(feature = "llama")]
pub mod llama;
mod log_ring;
pub mod outlet;
mod patient;
pub mod process;
mod reader;
pub mod resident;
pub mod sandbox;
pub mod states;
pub mod supervisor;
pub mod wire;

pub use backend::{Backend, Cancellation, ChannelClosed, EventSink};
pub use outlet::{Listener, Outlet};
pub use process::ProcessOptions;
pub use states::States;
pub use supervisor::ProcessEngine;

use crossbeam_channel::Receiver;

use crate::inference::{EngineCommand, EngineError, EngineEvent};

/// An engine as its user holds it: commands down, events up.
///
/// A command that `send` took is answered by its closing event, or by
/// [`EngineEvent::Exited`], which ends all that were open. A command that `send` refused is
/// answered by nothing else.
pub trait Engine: Send {
    /// Hands a command over without waiting for it.
    ///
    /// # Errors
    /// The command cannot cross to the engine (a path that is no UTF-8, a prompt beyond the
    /// size of a frame), or the engine is gone for good.
    fn send(&self, command: EngineCommand) -> Result<(), EngineError>;

    /// Where the engine's events arrive, as long as nobody [listens](Self::listen).
    fn events(&self) -> &Receiver<EngineEvent>;

    /// Has `listener` told what waits in [`events`](Self::events), and from now on all that
    /// comes, on the thread that read it.
    fn listen(&self, listener: Listener);

    /// The engine's process id, while one runs on this machine.
    fn pid(&self) -> Option<u32>;
}
