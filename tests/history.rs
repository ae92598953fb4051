//! What the history promises, on a disk that fails in every way we could think of.

mod damage;
mod driver;
mod faults;
mod faulty_disk;
mod keeping;
mod kill;
mod listing;
mod order;
mod searching;
mod sharing;
mod traces;
mod writing;
