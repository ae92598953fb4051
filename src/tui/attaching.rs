//! Files and outputs on their way into the message: read and run beside the loop.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::format;
use super::overlay::{Choice, Item, Layer, Picker};
use super::run::Loop;
use crate::chat::session::about_tokens;
use crate::config::{Action, Context};
use crate::driver::files::{self, Globbed, TextFile};
use crate::driver::shell::{Ran, Running};
use crate::words::nouns;
use crate::words::tui::{attaching as words, run};

/// What was read.
pub(super) enum Gathered {
    File(Result<TextFile, String>),
    Glob {
        pattern: String,
        globbed: Result<Globbed, String>,
    },
}

/// What is on its way.
pub(super) struct Attaching {
    said: Sender<Gathered>,
    gathered: Receiver<Gathered>,
    running: Option<Running>,
    /// Commands that wait for the one that runs.
    waiting: VecDeque<String>,
}

impl Attaching {
    pub fn new() -> Self {
        let (said, gathered) = unbounded();
        Self {
            said,
            gathered,
            running: None,
            waiting: VecDeque::new(),
        }
    }

    pub fn gathered(&self) -> &Receiver<Gathered> {
        &self.gathered
    }

    /// Where the command that runs says what came of it.
    pub fn ran(&self) -> Receiver<Result<Ran, String>> {
        match &self.running {
            Some(running) => running.outcome().clone(),
            None => crossbeam_channel::never(),
        }
    }

    pub fn stop(&mut self) {
        self.waiting.clear();
        if let Some(running) = &self.running {
            running.stop();
        }
    }
}

/// What is said of the files that cannot be attached: one sentence, however many there are.
fn left_out(reasons: &[String]) -> Option<String> {
    match reasons {
        [] => None,
        [reason] => Some(reason.clone()),
        [first, ..] => {
            let files = format::count(reasons.len() as u64, nouns::FILE);
            Some(words::left_out(files, first))
        }
    }
}

impl Loop {
    /// Reads a file on a thread of its own: its disk may be slow.
    pub(super) fn read_file(&mut self, path: PathBuf) {
        self.gather(move || Gathered::File(files::read(&path)));
    }

    pub(super) fn glob(&mut self, pattern: String) {
        self.gather(move || {
            let globbed = files::glob(&pattern);
            Gathered::Glob { pattern, globbed }
        });
    }

    fn gather(&mut self, read: impl FnOnce() -> Gathered + Send + 'static) {
        let said = self.attaching.said.clone();
        let spawned = thread::Builder::new()
            .name("files".to_owned())
            // The loop lives as long as anybody reads.
            .spawn(move || _ = said.send(read()));
        if let Err(error) = spawned {
            self.complain(run::no_thread(error));
        }
    }

    pub(super) fn on_gathered(&mut self, gathered: Gathered) {
        self.frame.request();
        match gathered {
            Gathered::File(Ok(file)) => {
                if let Some(says) = file.says() {
                    self.inform(says);
                }
                self.app.composer.editor.attach(&file.attachment());
                self.app.composer.touched();
            }
            Gathered::Glob {
                pattern,
                globbed: Ok(globbed),
            } => self.offer(&pattern, &globbed),
            Gathered::File(Err(reason))
            | Gathered::Glob {
                globbed: Err(reason),
                ..
            } => self.complain(reason),
        }
        self.follow_draft();
    }

    /// Shows what a pattern found, with what it costs: all of it, or one.
    fn offer(&mut self, pattern: &str, globbed: &Globbed) {
        if let Some(says) = left_out(&globbed.left_out) {
            self.complain(says);
        }
        let cost = |bytes: usize, tokens: usize| {
            words::cost(format::bytes(bytes as u64), format::short(tokens as u64))
        };
        let (mut bytes, mut tokens) = (0, 0);
        let mut all = Vec::new();
        let mut items = Vec::new();
        for file in &globbed.files {
            let text = file.attachment();
            let about = about_tokens(&text);
            bytes += file.text.len();
            tokens += about;
            let mut detail = cost(file.text.len(), about);
            if let Some(encoding) = file.encoding {
                detail = words::cost_of_encoding(encoding, detail);
            }
            items.push(Item::new(
                &file.name,
                &detail,
                Choice::Attach(vec![text.clone()]),
            ));
            all.push(text);
        }
        if items.len() > 1 {
            let label = words::attach_all(format::count(all.len() as u64, nouns::FILE));
            items.insert(
                0,
                Item::new(&label, &cost(bytes, tokens), Choice::Attach(all)),
            );
        }
        let limit = self
            .driver
            .session()
            .model()
            .map(|model| model.context_limit);
        let title = match limit {
            Some(limit) => words::matching_in_context(pattern, format::thousands(limit.into())),
            None => words::matching(pattern),
        };
        let picker = Picker::new(title, items, words::NO_FILE_MATCHES);
        self.app.layers.push(Layer::Picker(picker));
    }

    /// Runs commands one after another; the user has agreed to each.
    pub(super) fn run_shell(&mut self, commands: Vec<String>) {
        self.attaching.waiting.extend(commands);
        if self.attaching.running.is_none() {
            self.run_next();
        }
    }

    fn run_next(&mut self) {
        let command = self.attaching.waiting.pop_front();
        self.attaching.running = command.as_deref().map(Running::start);
        self.app.shell = command;
    }

    pub(super) fn on_ran(&mut self, ran: Result<Ran, String>) {
        self.frame.request();
        match ran {
            Ok(ran) => {
                let editor = &mut self.app.composer.editor;
                editor.attach_output(&ran.command, &ran.attachment());
                self.app.composer.touched();
                let last = self.attaching.waiting.is_empty();
                self.inform(if last {
                    let send = self.app.key_in(Context::Input, Action::Send);
                    words::ran_last(&ran.command, ran.ended, send)
                } else {
                    words::ran(&ran.command, ran.ended)
                });
                for says in ran.says {
                    self.inform(says);
                }
            }
            Err(reason) => self.complain(reason),
        }
        self.run_next();
        self.follow_draft();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_files_that_are_left_out_are_one_sentence() {
        let reasons = |count: usize| (1..=count).map(|one| format!("{one}.bin is no text"));
        let said = |count| left_out(&reasons(count).collect::<Vec<_>>());
        assert_eq!(said(0), None);
        assert_eq!(said(1).as_deref(), Some("1.bin is no text"));
        assert_eq!(
            said(34).as_deref(),
            Some("34 files left out; the first: 1.bin is no text")
        );
    }
}
