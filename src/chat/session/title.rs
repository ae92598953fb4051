//! A title that the model finds.
//!
//! It is asked beside the conversation: nothing of it comes into the tree but the title.

use super::{Activity, Session};
use crate::chat::session::prompt::{self, Span};
use crate::chat::{RecordBody, Severity};
use crate::inference::{
    EngineCommand, GenerateRequest, GeneratedToken, Keep, RequestId, SamplerSettings, StopReason,
};
use crate::text;
use crate::words::chat::session as words;

/// Tokens at most: a title, and what a small model says around it.
const TITLE_TOKENS: u32 = 40;
/// Columns of a title at most.
const COLUMNS: usize = 60;

/// A title that is being written.
#[derive(Debug)]
pub(super) struct Titling {
    request: RequestId,
    text: Vec<u8>,
}

impl Session {
    pub(super) fn ask_title(&mut self) {
        if self.is_busy() {
            return self.notify(Severity::Info, words::STILL_WRITING_TITLE);
        }
        let Some(head) = self.conversation.head else {
            return self.notify(Severity::Info, words::NOTHING_TO_NAME);
        };
        if self.model.is_none() {
            return self.notify(Severity::Info, words::NO_MODEL_FOR_TITLE);
        }
        let request = self.request();
        let span = Span {
            to: Some(head),
            prefix: None,
            left_out: None,
        };
        let prompt = prompt::title(&self.conversation, span, self.thoughtless());
        let sampling = SamplerSettings {
            temperature: 0.0,
            ..SamplerSettings::default()
        };
        let generate = GenerateRequest {
            max_tokens: Some(TITLE_TOKENS),
            stop: Vec::new(),
            candidates: 0,
            // What is cached of the conversation is left as it is.
            conversation: None,
            keep: Keep::Nothing,
            ..self.generation(request, prompt, sampling)
        };
        self.titling = Some(Titling {
            request,
            text: Vec::new(),
        });
        self.activity = Activity::Waiting {
            since: self.now.monotonic,
        };
        self.send(EngineCommand::Generate(Box::new(generate)));
        self.notify(Severity::Info, words::LOOKS_FOR_TITLE);
    }

    /// Whether `request` writes a title.
    pub(super) fn titles(&self, request: RequestId) -> bool {
        let titling = self.titling.as_ref();
        titling.is_some_and(|titling| titling.request == request)
    }

    /// Takes a token of the title; whether it was one.
    pub(super) fn adds_to_title(&mut self, token: &GeneratedToken) -> bool {
        match &mut self.titling {
            Some(titling) if titling.request == token.request => {
                titling.text.extend_from_slice(&token.text);
                true
            }
            _ => false,
        }
    }

    pub(super) fn titled(&mut self, stop: &StopReason) {
        let Some(titling) = self.titling.take() else {
            return;
        };
        self.rest();
        if *stop == StopReason::Cancelled {
            self.notify(Severity::Info, words::TITLE_STAYS);
            return self.send_queued();
        }
        let written = String::from_utf8_lossy(text::said_in(&titling.text));
        match one_line(&written) {
            Some(title) => {
                self.notify(Severity::Info, words::is_called(&title));
                let title = Some(title);
                self.commit(vec![RecordBody::Title { title }], true);
            }
            None => self.first_words(&words::NO_TITLE_FOUND),
        }
        self.send_queued();
    }

    pub(super) fn not_titled(&mut self, reason: &str) {
        self.titling = None;
        self.rest();
        self.first_words(reason);
        self.send_queued();
    }

    /// There is none from the model, and why: what stood for one before stands for it.
    fn first_words(&mut self, reason: &str) {
        let title = self.conversation.title_or_first_words();
        self.notify(Severity::Warning, words::still_called(reason, title));
    }

    /// Stops the search for a title; whether there was one. A second stop does not wait.
    pub(super) fn stop_titling(&mut self) -> bool {
        let Some(request) = self.titling.as_ref().map(|titling| titling.request) else {
            return false;
        };
        if matches!(self.activity, Activity::Stopping { .. }) {
            self.abandon_title();
        } else {
            self.activity = Activity::Stopping {
                since: self.now.monotonic,
            };
            self.send(EngineCommand::Cancel(request));
        }
        true
    }

    /// Ends it at once; what still comes of it is ignored.
    pub(super) fn abandon_title(&mut self) {
        if let Some(titling) = self.titling.take() {
            if !matches!(self.activity, Activity::Stopping { .. }) {
                self.send(EngineCommand::Cancel(titling.request));
            }
            self.rest();
        }
    }
}

/// The first line with words in it, without what models put around a title; none where there is
/// no such line.
fn one_line(written: &str) -> Option<String> {
    let around = |letter: char| letter.is_whitespace() || "\"'“”‘’*#_`:".contains(letter);
    let line = written
        .lines()
        .map(|line| line.trim_matches(around))
        .map(|line| {
            let (head, rest) = line.split_at_checked(6).unwrap_or((line, ""));
            if head.eq_ignore_ascii_case("title:") {
                rest.trim_matches(around)
            } else {
                line
            }
        })
        .find(|line| line.contains(char::is_alphanumeric))?;
    let line = line.trim_end_matches(['.', ':']).trim_matches(around);
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let visible = text::visible_line(&words);
    Some(text::fit(&visible, COLUMNS).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_without_what_is_put_around_it() {
        for (written, title) in [
            (
                "\n\n\"Why the Sky Is Blue\"\nmore",
                Some("Why the Sky Is Blue"),
            ),
            ("Title: **Blue light**.", Some("Blue light")),
            ("**Title:** Blue light", Some("Blue light")),
            ("# Blue\u{1b}[2J", Some("Blue␛[2J")),
            (" \n...", None),
            ("", None),
        ] {
            assert_eq!(one_line(written).as_deref(), title, "{written:?}");
        }
        let long = one_line(&"word ".repeat(40)).expect("it has words");
        assert!(text::width(&long) <= COLUMNS, "{long}");
    }
}
