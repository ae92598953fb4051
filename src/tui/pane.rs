//! The panes: one file each, `render(app, session, area, buffer)`, opening with a sketch.

pub mod conversation;
pub mod input;
pub mod status;
pub mod throughput;
pub mod tokens;
