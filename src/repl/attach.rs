//! Files and outputs that go into a message, in lines: what they cost, and questions first.

use std::io;
use std::path::Path;

use crossbeam_channel::select;

use super::source::Read;
use super::{Entry, Repl, Signal, park};
use crate::chat::attachment;
use crate::chat::session::about_tokens;
use crate::driver::files;
use crate::driver::shell::{Ran, Running};
use crate::words::{nouns, repl as words};

impl Repl {
    pub(super) fn attach_file(&mut self, path: &Path) -> io::Result<()> {
        let file = match files::read(path) {
            Ok(file) => file,
            Err(reason) => return self.complain(reason),
        };
        if let Some(says) = file.says() {
            self.out.dim(&says)?;
        }
        let text = file.attachment();
        let (lines, tokens) = (file.text.lines().count(), about_tokens(&text));
        self.out.dim(&words::attached(
            nouns::LINE.count(lines as u64, lines),
            &file.name,
            nouns::TOKEN.count(tokens as u64, tokens),
        ))?;
        self.attached.push(text);
        Ok(())
    }

    pub(super) fn attach_matching(&mut self, pattern: &str) -> io::Result<()> {
        let globbed = match files::glob(pattern) {
            Ok(globbed) => globbed,
            Err(reason) => return self.complain(reason),
        };
        for reason in globbed.left_out {
            self.complain(reason)?;
        }
        if globbed.files.is_empty() {
            return self.out.lines(&words::no_match(pattern));
        }
        let mut texts = Vec::new();
        let mut tokens = 0;
        for file in &globbed.files {
            let text = file.attachment();
            let about = about_tokens(&text);
            self.out.lines(&match file.encoding {
                Some(encoding) => words::file_cost_of(&file.name, about, encoding),
                None => words::file_cost(&file.name, about),
            })?;
            tokens += about;
            texts.push(text);
        }
        let count = texts.len();
        let question = words::attach_all(count, tokens);
        if self.agrees(&question)? {
            self.attached.extend(texts);
            self.out.dim(&words::attached_all(count))?;
        }
        Ok(())
    }

    /// Runs the commands in a message that the user agrees to; their outputs take their places.
    pub(super) fn with_outputs(&mut self, text: String) -> io::Result<String> {
        let commands = attachment::commands(&text);
        if commands.is_empty() {
            return Ok(text);
        }
        if !self.source.is_interactive() {
            self.out.dim(&words::COMMANDS_NOT_RUN)?;
            return Ok(text);
        }
        let mut out = String::new();
        let mut at = 0;
        for (range, command) in commands {
            out.push_str(&text[at..range.start]);
            at = range.end;
            let output = self.output_of(command)?;
            match output {
                Some(output) => {
                    if !out.is_empty() && !out.ends_with('\n') {
                        out.push('\n');
                    }
                    out.push_str(&output);
                    if !text[at..].starts_with('\n') && at < text.len() {
                        out.push('\n');
                    }
                }
                None => out.push_str(&text[range]),
            }
        }
        out.push_str(&text[at..]);
        Ok(out)
    }

    fn output_of(&mut self, command: &str) -> io::Result<Option<String>> {
        if !self.agrees(&words::run_this(command))? {
            self.out.dim(&words::NOT_RUN)?;
            return Ok(None);
        }
        match self.run_shell(command) {
            Ok(ran) => {
                for says in &ran.says {
                    self.out.dim(says)?;
                }
                let text = ran.attachment();
                let about = about_tokens(&text);
                self.out.dim(&words::ran(ran.ended, about))?;
                Ok(Some(text))
            }
            Err(reason) => {
                self.complain(reason)?;
                Ok(None)
            }
        }
    }

    fn run_shell(&mut self, command: &str) -> Result<Ran, String> {
        let running = Running::start(command);
        let signals = self.signals.receiver().clone();
        self.interruptible(true);
        let ran = loop {
            select! {
                recv(running.outcome()) -> ran => {
                    break ran.unwrap_or_else(|error| Err(error.to_string()));
                }
                recv(signals) -> signal => match signal {
                    Ok(Signal::Interrupt) => running.stop(),
                    Ok(Signal::Ending) | Err(_) => park(),
                }
            }
        };
        self.interruptible(false);
        ran
    }

    /// Asks; only `y` and `yes` agree.
    fn agrees(&mut self, question: &str) -> io::Result<bool> {
        self.confirms(question, false)
    }

    /// Asks; `y` and `yes` agree, and Enter alone means `otherwise`. Where nobody can be asked it is
    /// agreed to.
    pub(super) fn confirms(&mut self, question: &str, otherwise: bool) -> io::Result<bool> {
        if !self.source.is_interactive() {
            return Ok(true);
        }
        let keys = if otherwise { "[Y/n]" } else { "[y/N]" };
        self.out.lines(&format!("{question} {keys}"))?;
        let Read::Entry(Entry::Line(answer)) = self.read(None)? else {
            return Ok(false);
        };
        Ok(match answer.trim() {
            "" => otherwise,
            answer => ["y", "yes"]
                .iter()
                .any(|yes| answer.eq_ignore_ascii_case(yes)),
        })
    }
}
