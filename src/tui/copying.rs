//! Where a copy goes from here: the terminal takes it from the loop, a command and a file from
//! another thread.

use super::chores::Done;
use super::format;
use super::run::Loop;
use super::terminal::Terminal;
use super::update::Clip;
use crate::config::copying::{self, Way};
use crate::text::clipboard::{ASK_WHO, Through};
use crate::words::{copying as words, nouns};

impl Loop {
    /// Copies a text, and says what, how much and how.
    pub(super) fn copy(&mut self, clip: Clip, terminal: &mut Terminal) -> anyhow::Result<()> {
        let size = size(&clip.text);
        let what = clip.what;
        if clip.text.is_empty() {
            self.inform(words::no_text(what));
            return Ok(());
        }
        match self.copying.way(&clip.text) {
            Way::Terminal(bytes) => {
                terminal.send(&bytes)?;
                let how = self.copying.through().says();
                self.inform(words::copied(what, size, how));
            }
            Way::Command(command) => self.begin("copy", move |report| {
                report(match copying::run(&command, &clip.text) {
                    Ok(()) => Done::info(words::copied_with(what, size, command)),
                    Err(error) => Done::error(words::command_failed(what, command, error)),
                });
            }),
            Way::File(file, reason) => {
                let recording = self.driver.session().is_recording();
                match file.filter(|_| recording) {
                    Some(file) => self.begin("copy", move |report| {
                        report(match copying::write(&file, &clip.text) {
                            Ok(()) => Done::info(words::wrote(what, size, file.display(), reason)),
                            Err(error) => Done::error(words::not_copied(what, error)),
                        });
                    }),
                    None => self.complain(words::not_copied_incognito(what, size, reason)),
                }
            }
        }
        Ok(())
    }

    /// Asks what stands between, where the environment leaves that open.
    pub(super) fn ask_who_copies(&self, terminal: &mut Terminal) -> std::io::Result<()> {
        match self.copying.through() {
            Through::ScreenOrTmux => terminal.send(ASK_WHO),
            _ => Ok(()),
        }
    }

    /// It said what it is.
    pub(super) fn on_multiplexer(&mut self, found: Through) {
        if self.copying.through() == Through::ScreenOrTmux {
            self.copying.is_through(found);
        }
    }
}

fn size(text: &str) -> String {
    if text.len() > 10_000 {
        format::bytes(text.len() as u64)
    } else {
        format::count(text.chars().count() as u64, nouns::CHARACTER)
    }
}
