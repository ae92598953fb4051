//! An engine that stays: `limpid serve`, which several programs share over a Unix socket.
//!
//! ```text
//!  limpid (client)                 limpid serve (hub)                     limpid __engine
//!  supervisor -> link ==socket==> guest -> desk -> ProcessEngine ==pair==> llama.cpp
//!                                 (threads) (ids)   (supervisor)
//! ```
//!
//! The hub holds no model and parses no model file: it starts one engine process, sandboxed as
//! ever, and hands requests and events to and fro. What crosses the socket is what crosses to
//! an engine process, after a greeting of its own.
//!
//! | file | idea |
//! |---|---|
//! | [`place`] | the socket: a private folder, a lock, nobody else's |
//! | [`greeting`] | the first frames each way: who is there, and what is wanted |
//! | [`terms`] | whether the resident model is the one that a client wants, in all that shapes it |
//! | `address` | a request's id on one side becomes that on the other |
//! | [`desk`] | who asked for what: pure, it does no IO and knows no clock |
//! | `guest` | a connection as the hub holds it: two threads and a bounded queue |
//! | [`hub`] | the loop between the guests, the desk and the engine |
//! | [`link`] | a connection as the client holds it |
//! | [`starter`] | starts a hub that outlives the program that wanted it |

mod address;
pub mod desk;
pub mod greeting;
mod guest;
pub mod hub;
pub mod link;
pub mod place;
pub mod starter;
pub mod terms;

pub use desk::Limits;
pub use greeting::Status;
pub use hub::{Ending, Hub, HubOptions};
pub use place::{Place, PlaceError};
pub use starter::{Resident, serve_arguments};
