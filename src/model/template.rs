//! Chat templates: from messages to the text a model was trained to read.
//!
//! A template is a Jinja program out of an untrusted file. It is rendered with a budget for
//! its work and memory, a deadline, and a stack of its own; whatever it does, an answer or an
//! error is back within [`DEADLINE`].
//!
//! Fuel alone bounds neither printing nor comparing lists: one that holds itself twice,
//! forty times over, prints for ever, and a namespace that holds itself overflows any stack.
//! Hence `guard`, which refuses what multiplies lists and has the rest measured. The hostile
//! templates of the tests, each answered in time, take the whole test process to 100 MB at most
//! (unoptimised build, 2 cores).
//!
//! What comes out is cut into the template's own text and the messages' text, so that special
//! tokens are looked for in the former alone:
//!
//! ```text
//!  messages ------------> template --> plain text ----+
//!  messages as markers -> template --> marked text --align--> Template | Content | Template ...
//! ```
//!
//! | file | idea |
//! |---|---|
//! | `jinja` | the environment that published templates expect |
//! | `guard`, `bounds` | every value a template gives a name to is measured |
//! | `methods` | Python's string methods, paid for before they allocate |
//! | `json`, `date` | what Python's `json.dumps` and `strftime` would print |
//! | `marker` | contents become markers, as a whole or between a template's own words |
//! | `align` | finds in the plain text what the markers stand for |
//! | `shape` | forms of the same messages, for templates that refuse one |

mod align;
mod bounds;
mod chatml;
mod date;
mod guard;
mod jinja;
mod json;
mod marker;
mod methods;
mod shape;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::inference::Message;
use crate::words::{Said, model as words};

use jinja::Failure;
use shape::Turn;

/// How long a template may take, all its renderings together.
pub const DEADLINE: Duration = Duration::from_millis(1500);

/// Longest source, bytes; the longest published templates have some 20,000.
pub const SOURCE_LIMIT: usize = 256 << 10;

/// A template can nest lists as deep as its fuel lasts, and each level takes stack when they
/// are dropped. Only what is touched takes memory.
const STACK: usize = 256 << 20;

/// What to render.
#[derive(Debug, Clone)]
pub struct TemplateRequest<'a> {
    /// Jinja source; `None` is `ChatML`, as llama.cpp takes for models without a template.
    pub source: Option<&'a str>,
    pub messages: &'a [Message],
    /// Whether the model is to think first, for templates that ask; `None` tells them nothing.
    pub think: Option<bool>,
    /// End with the beginning of an answer.
    pub add_generation_prompt: bool,
    /// The text of the token that begins a text; empty where the vocabulary has none.
    pub bos_text: &'a str,
    /// The text of the token that ends a text.
    pub eos_text: &'a str,
    /// Some templates tell the model today's date, which is given in UTC.
    pub now: SystemTime,
}

/// A part of a rendered prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// The template's own text: special tokens in it are meant.
    Template(String),
    /// Text out of `messages[message]`: it is only text.
    Content { message: usize, text: String },
}

impl Segment {
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Template(text) | Self::Content { text, .. } => text,
        }
    }
}

/// A rendered prompt; the segments' texts, put together, are what the template printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    pub segments: Vec<Segment>,
    /// Sentences for the user, on what was changed to please the template. They may quote the
    /// template: sanitise before showing.
    pub notices: Vec<Said>,
}

impl Rendered {
    /// The whole prompt.
    #[must_use]
    pub fn text(&self) -> String {
        self.segments.iter().map(Segment::text).collect()
    }
}

/// Why a template gave no prompt. The reasons quote the template: sanitise before showing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("{}", words::template_too_long(.0, SOURCE_LIMIT))]
    TooLong(usize),
    #[error("{}", words::no_jinja(.0))]
    Syntax(Said),
    #[error("{0}")]
    Forbidden(Said),
    #[error("{0}")]
    Failed(Said),
    #[error("{}", words::TOO_EXPENSIVE)]
    TooExpensive,
    #[error("{}", words::deadline_passed(DEADLINE.as_millis()))]
    Deadline,
    #[error("{}", words::INSEPARABLE)]
    Inseparable,
    #[error("{}", words::SILENT)]
    Silent,
    #[error("{}", words::cannot_start(.0))]
    Thread(Said),
}

/// Whether a rendered prompt ends inside the model's reasoning, so that its answer begins there.
#[must_use]
pub fn opens_reasoning(prompt: &[u8]) -> bool {
    crate::text::opens_reasoning(prompt)
}

/// Renders `request`.
///
/// # Errors
/// The template is not valid, fails, takes too long, or changes the messages beyond
/// recognition.
pub fn render(request: &TemplateRequest<'_>) -> Result<Rendered, TemplateError> {
    let turns = shape::turns(request.messages);
    let Some(source) = request.source else {
        return Ok(chatml::render(&turns, request.add_generation_prompt));
    };
    if source.len() > SOURCE_LIMIT {
        return Err(TemplateError::TooLong(source.len()));
    }
    let job = Job {
        source: guard::guarded(&source.replace("\r\n", "\n"))?,
        turns,
        values: jinja::Values {
            add_generation_prompt: request.add_generation_prompt,
            think: request.think,
            bos_text: request.bos_text.to_owned(),
            eos_text: request.eos_text.to_owned(),
            now: request.now,
            give_up: Instant::now() + DEADLINE,
        },
    };
    let (sender, receiver) = mpsc::sync_channel(1);
    // Past the deadline the thread is left alone: its fuel ends soon, and nobody listens.
    thread::Builder::new()
        .name("template".to_owned())
        .stack_size(STACK)
        .spawn(move || drop(sender.send(job.run())))
        .map_err(|error| TemplateError::Thread(Said::of(&error)))?;
    match receiver.recv_timeout(DEADLINE) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(TemplateError::Deadline),
        Err(RecvTimeoutError::Disconnected) => {
            Err(TemplateError::Failed(words::JINJA_FAILED.into()))
        }
    }
}

/// Renders `request`; where the template gives no prompt, renders `ChatML` and says so.
#[must_use]
pub fn render_or_fallback(request: &TemplateRequest<'_>) -> Rendered {
    render(request).unwrap_or_else(|error| {
        let turns = shape::turns(request.messages);
        let mut rendered = chatml::render(&turns, request.add_generation_prompt);
        rendered
            .notices
            .push(Said::new(|| words::template_unusable(&error)));
        rendered
    })
}

/// Everything the thread needs.
struct Job {
    source: String,
    turns: Vec<Turn>,
    values: jinja::Values,
}

impl Job {
    /// Tries the forms of the messages until the template takes one and leaves none out.
    fn run(&self) -> Result<Rendered, TemplateError> {
        let program = jinja::Program::new(&self.values, &self.turns);
        let template = program.compile(&self.source)?;
        let mut first_error = None;
        let mut incomplete = None;
        for shape in shape::shapes(&self.turns) {
            let plain = match template.render(&shape.plain()) {
                Ok(plain) if shape.misread(&plain) => continue,
                Ok(plain) => plain,
                Err(Failure::Refused(reason)) => {
                    first_error.get_or_insert(TemplateError::Failed(reason));
                    continue;
                }
                Err(Failure::Fatal(error)) => return Err(error),
            };
            let Some(segments) = self.separate(&template, &shape, &plain)? else {
                first_error.get_or_insert(TemplateError::Inseparable);
                continue;
            };
            let missing = shape::missing(&self.turns, &segments);
            let mut rendered = Rendered {
                segments,
                notices: shape.notices(first_error.as_ref()),
            };
            if missing.is_empty() {
                return Ok(rendered);
            }
            if missing.len() == shape::spoken(&self.turns).count() {
                first_error.get_or_insert(TemplateError::Silent);
                continue;
            }
            rendered.notices.push(shape::missing_notice(&missing));
            incomplete.get_or_insert(rendered);
        }
        incomplete.ok_or(first_error.unwrap_or(TemplateError::Silent))
    }

    /// Cuts the plain text into the template's and the messages' parts.
    fn separate(
        &self,
        template: &jinja::Template<'_>,
        shape: &shape::Shape,
        plain: &str,
    ) -> Result<Option<Vec<Segment>>, TemplateError> {
        let taken = [&self.source, &self.values.bos_text, &self.values.eos_text];
        // Markers as wholes are what nearly all templates need.
        let mut printed = String::new();
        if let Some(marked) = marker::mark(shape, &[], &taken) {
            match template.render(&marked.shape) {
                Ok(text) => {
                    if let Some(segments) = align::align(&text, plain, &marked.pieces) {
                        return Ok(Some(segments));
                    }
                    printed = text;
                }
                Err(Failure::Refused(_)) => {}
                Err(Failure::Fatal(error)) => return Err(error),
            }
        }
        // A template that looks for its own words in a message must find them there: then only
        // what lies between them is marked. Words that it prints by itself, as it does its control
        // tokens, stay hidden, or a message's could pass for its own.
        let words: Vec<String> = marker::words(&self.source)
            .into_iter()
            .filter(|word| !printed.contains(word) && shape.says(word))
            .collect();
        if !words.is_empty()
            && let Some(marked) = marker::mark(shape, &words, &taken)
        {
            match template.render(&marked.shape) {
                Ok(text) => {
                    if let Some(segments) = align::align(&text, plain, &marked.pieces) {
                        return Ok(Some(align::disown(segments, &words, &shape.turns)));
                    }
                }
                Err(Failure::Refused(_)) => {}
                Err(Failure::Fatal(error)) => return Err(error),
            }
        }
        Ok(align::locate(plain, &shape.turns))
    }
}
