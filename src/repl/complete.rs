//! What Tab offers, and when Enter sends.

use std::cell::RefCell;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use crate::chat::multiline::{Entry, Multiline};
use crate::chat::slash::{Argument, Completions, complete};
use crate::text::visible_line;

/// Who knows the names that commands take; asked when Tab is pressed, not before.
pub trait Names {
    /// The names of a kind, and what is said of each.
    fn known(&self, kind: Argument) -> Vec<(String, String)>;
}

/// Knows the names, and remembers the line that is being edited.
pub struct LineHelper {
    names: Box<dyn Names>,
    files: FilenameCompleter,
    /// The line as it was last shown: Ctrl-C comes without it.
    shown: RefCell<String>,
}

impl LineHelper {
    #[must_use]
    pub fn new(names: Box<dyn Names>) -> Self {
        Self {
            names,
            files: FilenameCompleter::new(),
            shown: RefCell::new(String::new()),
        }
    }

    /// Whether there was a text to clear; forgets it.
    pub fn take_was_empty(&self) -> bool {
        std::mem::take(&mut *self.shown.borrow_mut())
            .trim()
            .is_empty()
    }

    fn offers(&self, kind: Argument, word: &str) -> Vec<Pair> {
        let word = word.to_lowercase();
        let known = self.names.known(kind).into_iter();
        known
            .filter(|(name, _)| name.to_lowercase().starts_with(&word))
            .map(|(name, about)| pair(name, &about))
            .collect()
    }
}

/// What is offered is shown, so it is made visible; what is inserted is what it is.
fn pair(name: String, about: &str) -> Pair {
    let display = match about {
        "" => visible_line(&name).into_owned(),
        about => format!("{}  {}", visible_line(&name), visible_line(about)),
    };
    Pair {
        display,
        replacement: name,
    }
}

impl Completer for LineHelper {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        context: &Context<'_>,
    ) -> Result<(usize, Vec<Pair>), ReadlineError> {
        match complete(line, cursor) {
            Completions::None => Ok((cursor, Vec::new())),
            Completions::Words { range, words } => {
                let words = words.into_iter().map(|word| pair(word, "")).collect();
                Ok((range.start, words))
            }
            Completions::Ask {
                range,
                kind: Argument::File,
            } => {
                // The file completer looks for a word of its own; a path may hold blanks.
                let path = &line[range.clone()];
                let (start, found) = self.files.complete(path, path.len(), context)?;
                Ok((range.start + start, found))
            }
            Completions::Ask { range, kind } => {
                let offers = self.offers(kind, &line[range.clone()]);
                Ok((range.start, offers))
            }
        }
    }
}

impl Hinter for LineHelper {
    type Hint = String;

    fn hint(&self, line: &str, _cursor: usize, _context: &Context<'_>) -> Option<String> {
        line.clone_into(&mut self.shown.borrow_mut());
        None
    }
}

impl Highlighter for LineHelper {}

impl Validator for LineHelper {
    fn validate(
        &self,
        context: &mut ValidationContext<'_>,
    ) -> Result<ValidationResult, ReadlineError> {
        Ok(if is_open(context.input()) {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}

impl Helper for LineHelper {}

/// What opens and closes a block.
const FENCE: &str = "\"\"\"";

/// Whether a text opens a block and does not close it.
fn is_open(text: &str) -> bool {
    text.trim_start().starts_with(FENCE) && {
        let mut lines = Multiline::new();
        text.lines().all(|line| lines.push(line) == Entry::More)
    }
}

/// What a text from the editor is. Its lines were ended on purpose, so that apart from a block's
/// marks it is taken as it is.
#[must_use]
pub fn entry(text: String) -> Entry {
    if !text.contains('\n') && !text.trim_start().starts_with(FENCE) {
        return Entry::Line(text);
    }
    if text.trim_start().starts_with(FENCE) {
        let mut lines = Multiline::new();
        let mut rest = text.lines();
        let block = rest.find_map(|line| match lines.push(line) {
            Entry::Block(block) => Some(block),
            Entry::More | Entry::Line(_) => None,
        });
        // Words after the closing mark belong to it no less.
        if let Some(block) = block
            && rest.all(|line| line.trim().is_empty())
        {
            return Entry::Block(block);
        }
    }
    Entry::Block(text)
}

#[cfg(test)]
mod tests {
    use rustyline::history::DefaultHistory;

    use super::*;

    struct Some;

    impl Names for Some {
        fn known(&self, kind: Argument) -> Vec<(String, String)> {
            let names: &[(&str, &str)] = match kind {
                Argument::Model => &[("smollm2-135m", ""), ("qwen\x1b[2J", "")],
                Argument::Theme => &[("dark", ""), ("light", "")],
                Argument::Conversation => &[("01ARZ", "why\x07")],
                Argument::Branch => &[("1", ""), ("2", "")],
                _ => &[],
            };
            let owned = |&(name, about): &(&str, &str)| (name.to_owned(), about.to_owned());
            names.iter().map(owned).collect()
        }
    }

    fn offered(line: &str) -> (usize, Vec<String>) {
        let helper = LineHelper::new(Box::new(Some));
        let history = DefaultHistory::new();
        let context = Context::new(&history);
        let (start, pairs) = helper
            .complete(line, line.len(), &context)
            .expect("nothing is read that could fail");
        for pair in &pairs {
            assert!(
                !pair.display.contains(char::is_control),
                "{:?}",
                pair.display
            );
        }
        (
            start,
            pairs.into_iter().map(|pair| pair.replacement).collect(),
        )
    }

    #[test]
    fn tab_completes_commands_and_their_arguments() {
        assert_eq!(offered("/reg"), (1, vec!["regen".to_owned()]));
        assert_eq!(offered("/theme d"), (7, vec!["dark".to_owned()]));
        assert_eq!(offered("/model smol"), (7, vec!["smollm2-135m".to_owned()]));
        assert_eq!(offered("/load 01a"), (6, vec!["01ARZ".to_owned()]));
        assert_eq!(offered("/branches ").1, ["1", "2"]);
        assert_eq!(offered("/model q").1, ["qwen\x1b[2J"]);
    }

    #[test]
    fn tab_completes_file_names() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        std::fs::write(folder.path().join("report.txt"), "x").expect("it can be written");
        let line = format!("/read {}/rep", folder.path().display());
        let (start, found) = offered(&line);
        let completed = format!("{}{}", &line[..start], found[0]);
        assert_eq!(
            completed,
            format!("/read {}/report.txt", folder.path().display())
        );
    }

    #[test]
    fn tab_in_a_message_offers_nothing() {
        assert_eq!(offered("why is the sky").1, Vec::<String>::new());
    }

    #[test]
    fn enter_does_not_send_an_open_block() {
        assert!(is_open("\"\"\"one"));
        assert!(is_open("\"\"\"\none\n"));
        assert!(!is_open("\"\"\"one\"\"\""));
        assert!(!is_open("\"\"\"\none\n\"\"\""));
        assert!(!is_open("say \"\"\" to me"));
        assert!(!is_open("a backslash \\"));
    }

    #[test]
    fn a_pasted_text_is_taken_as_it_is() {
        let code = "cc -o x \\\n   x.c";
        assert_eq!(entry(code.to_owned()), Entry::Block(code.to_owned()));
        assert_eq!(entry("/help".to_owned()), Entry::Line("/help".to_owned()));
        let block = "\"\"\"\n/help\n\"\"\"";
        assert_eq!(entry(block.to_owned()), Entry::Block("/help".to_owned()));
    }

    #[test]
    fn what_is_taken_back_is_entered_as_the_same_again() {
        for one in [
            Entry::Line("/help".into()),
            Entry::Block("/no command".into()),
            Entry::Block("one\n/two".into()),
        ] {
            assert_eq!(entry(one.retyped()), one);
        }
    }
}
