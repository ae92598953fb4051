//! Tiny models of random weights, with the default model's vocabulary, for what no variant of it
//! has: a cache that cannot go back to every place. What they say means nothing, and depends on
//! all that they have read.

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use super::other_models::made;
use super::pty::test_model;

mod gguf;
mod weights;

use self::gguf::Gguf;

/// Tokens that the sliding window sees, the one that looks included.
pub const WINDOW: u32 = 32;

/// A tiny model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tiny {
    /// A state of one size, whatever it has read.
    Recurrent,
    /// Layers with such a state, and one with attention.
    Hybrid,
    /// Attention to all that it has read, and to the last [`WINDOW`] tokens.
    SlidingWindow,
}

impl Tiny {
    pub const ALL: [Self; 3] = [Self::Recurrent, Self::Hybrid, Self::SlidingWindow];

    /// Its file, which is made if this build has not made it yet.
    pub fn path(self) -> PathBuf {
        let architecture = self.architecture();
        // Another number for other weights: files of older builds stay where they are.
        made(&format!("tiny-{architecture}-1.gguf"), |target| {
            let mut gguf = Gguf::with_vocabulary_of(&test_model());
            gguf.text("general.architecture", architecture);
            gguf.text("general.name", &format!("Tiny {architecture}"));
            weights::fill(self, &mut gguf);
            let file = std::fs::File::create(target).unwrap();
            let mut file = BufWriter::new(file);
            gguf.write(&mut file).unwrap();
            file.flush().unwrap();
        })
    }

    fn architecture(self) -> &'static str {
        match self {
            Self::Recurrent => "mamba",
            Self::Hybrid => "lfm2",
            Self::SlidingWindow => "gemma3",
        }
    }
}
