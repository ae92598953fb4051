//! The terminal's modes between two lines.
//!
//! While an answer comes the terminal is not the editor's. What is typed ahead then must not be
//! printed into the answer, and its keys must reach the editor as they are: in the usual mode
//! Enter would come as a line feed, which is the key for a new line, and Ctrl-D would be lost.
//! Ctrl-C and Ctrl-Z are signals while there is something to interrupt.

use std::io;

use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

/// Puts the terminal back when it is dropped.
pub struct Modes {
    original: Termios,
    between: Termios,
}

impl Modes {
    /// Stops echo, and whatever the terminal makes of keys before they are read.
    ///
    /// # Errors
    /// Standard input is no terminal, or it is gone.
    pub fn enter() -> io::Result<Self> {
        let original = tcgetattr(io::stdin())?;
        let mut between = original.clone();
        between
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        between.input_modes.remove(InputModes::ICRNL);
        between.special_codes[SpecialCodeIndex::VMIN] = 1;
        between.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(io::stdin(), OptionalActions::Now, &between)?;
        Ok(Self { original, between })
    }

    /// Whether Ctrl-C and Ctrl-Z are signals, as while an answer comes, or keys that wait for the
    /// editor: between the two a signal would reach nobody.
    pub fn signals(&mut self, wanted: bool) {
        self.between.local_modes.set(LocalModes::ISIG, wanted);
        // A terminal that is gone says so when it is read.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.between);
    }

    /// The modes from before.
    #[must_use]
    pub fn original(&self) -> &Termios {
        &self.original
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        // A terminal that is gone needs no modes.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.original);
    }
}
