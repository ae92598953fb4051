//! The session's transitions, as a specification.

mod asking;
mod branching;
mod editing;
mod fanning;
mod harness;
mod keeping;
mod overflow;
mod reading;
mod reconsider;
mod replay;
mod stopping;
mod supervision;
mod switching;
mod tasks;
mod thinking;
mod titling;
mod weighing;
mod writing;
