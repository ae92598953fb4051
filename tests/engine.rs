//! The engine process as its parent and the kernel see it.

mod process;
