//! What several tests of the whole program need.

pub mod pty;
pub mod run;
