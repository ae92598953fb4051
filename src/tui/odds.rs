//! A message leaves with its odds: to the clipboard, to a file.

use std::path::Path;

use super::asking::{self, Question};
use super::chores::Done;
use super::run::Loop;
use super::terminal::Terminal;
use super::update::Clip;
use crate::chat::MessageId;
use crate::chat::odds::{self, Form};
use crate::config::paths;
use crate::words::tui::copying as words;

/// Alternatives of each token that are copied: OpenAI's most, else as many as terminals take.
const ALTERNATIVES: [usize; 6] = [20, 10, 5, 3, 1, 0];

impl Loop {
    /// Copies a message with its odds as JSON, with fewer alternatives where it is long. What
    /// is longer than terminals take even without goes to a file: half of it would be no JSON.
    pub(super) fn copy_odds(
        &mut self,
        message: MessageId,
        terminal: &mut Terminal,
    ) -> anyhow::Result<()> {
        let conversation = self.driver.session().conversation();
        for top in ALTERNATIVES {
            let Some(text) = odds::write(conversation, message, Form::Json, top) else {
                return Ok(());
            };
            if self.copying.takes(&text) {
                let what = words::message_with_odds(top);
                return self.copy(Clip::new(what, text), terminal);
            }
        }
        // All of them, where there is room for all.
        let Some(text) = odds::write(conversation, message, Form::Json, usize::MAX) else {
            return Ok(());
        };
        self.copy(Clip::new(words::MESSAGE_WITH_ODDS, text), terminal)
    }

    /// Writes a message with its odds; a path that does not do is asked for again.
    pub(super) fn export_message(&mut self, message: MessageId, path: &Path) {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let Some(form) = Form::of_extension(&extension) else {
            return self.ask_for_another_path(message, path, words::unknown_form(path.display()));
        };
        // The odds of a long message are read from disk, token by token.
        let conversation = self.driver.session().conversation().clone();
        let path = path.to_path_buf();
        self.begin_writing("odds", move |report| {
            let written = match odds::write(&conversation, message, form, usize::MAX) {
                None => Err(words::NO_ODDS_KNOWN.into()),
                Some(text) => {
                    paths::create_private(&path, &text).map_err(|error| error.to_string())
                }
            };
            report(match written {
                Ok(()) => Done::info(words::written(path.display())),
                Err(reason) => Done::OddsUnwritten {
                    message,
                    path,
                    reason,
                },
            });
        });
    }

    pub(super) fn ask_for_another_path(&mut self, message: MessageId, path: &Path, reason: String) {
        self.complain(reason);
        let typed = path.to_string_lossy();
        asking::ask(&mut self.app, Question::ExportMessage(message), &typed);
    }
}
