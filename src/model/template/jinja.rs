//! The Jinja environment that published templates expect: that of Hugging Face's
//! `transformers` (`render_jinja_template`), with limits.

use std::time::{Instant, SystemTime};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, State, Value, context};

use super::bounds::Bounds;
use super::date::strftime;
use super::json::{self, tojson};
use super::shape::{Spelled, Turn};
use super::{TemplateError, guard, methods};
use crate::words::{Said, model as words};

/// Steps that any template gets. minijinja charges a step for 64 bytes of data too, so this
/// bounds time and the memory of texts (64 MB); lists need `bounds`. The largest published templates take some 2,000
/// steps for a short conversation.
const FUEL: u64 = 1 << 20;

/// Further steps for each message.
const FUEL_PER_MESSAGE: u64 = 500;

/// A further step for so many bytes of messages, since they pass through several filters.
const BYTES_PER_FUEL: u64 = 4;

/// What a template is given besides the messages.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub add_generation_prompt: bool,
    pub think: Option<bool>,
    pub bos_text: String,
    pub eos_text: String,
    pub now: SystemTime,
    /// Work that fuel cannot measure ends here.
    pub give_up: Instant,
}

/// Why a rendering gave nothing.
pub(super) enum Failure {
    /// It does not take these messages; others, perhaps.
    Refused(Said),
    /// It would do the same with any.
    Fatal(TemplateError),
}

/// An environment for one request.
pub(super) struct Program<'a> {
    environment: Environment<'a>,
    values: &'a Values,
}

pub(super) struct Template<'a> {
    template: minijinja::Template<'a, 'a>,
    values: &'a Values,
}

impl<'a> Program<'a> {
    pub fn new(values: &'a Values, turns: &[Turn]) -> Self {
        let mut environment = Environment::new();
        environment.set_syntax(syntax());
        let spans = turns.iter().flat_map(|turn| &turn.spans);
        let bytes: usize = spans.map(|span| span.text.len()).sum();
        environment.set_fuel(Some(
            FUEL + FUEL_PER_MESSAGE * turns.len() as u64 + bytes as u64 / BYTES_PER_FUEL,
        ));
        let bounds = Bounds::new(values.give_up, turns.len(), bytes);
        environment.set_unknown_method_callback(move |state, value, method, arguments| {
            methods::call(state, &bounds, value, method, arguments)
        });
        environment.add_filter(
            guard::CHECK,
            move |state: &State<'_, '_>, values: &Value, inside: bool| {
                bounds
                    .check(state, values, inside)
                    .map(|()| Value::from(()))
            },
        );
        // These make lists that are computed when they are read, and so nest unmeasured.
        for filter in ["batch", "chain", "groupby", "pprint", "slice", "zip"] {
            environment.remove_filter(filter);
        }
        environment.remove_global("debug");
        let now = values.now;
        environment.add_function("strftime_now", move |format: &str| strftime(now, format));
        environment.add_function("raise_exception", raise_exception);
        environment.add_filter("tojson", tojson);
        Self {
            environment,
            values,
        }
    }

    pub fn compile(&'a self, source: &'a str) -> Result<Template<'a>, TemplateError> {
        let template = self
            .environment
            .template_from_named_str("template", source)
            .map_err(|error| TemplateError::Syntax(Said::new(|| explain(&error))))?;
        Ok(Template {
            template,
            values: self.values,
        })
    }
}

/// The options with which `transformers` makes its environment.
fn syntax() -> SyntaxConfig {
    let mut builder = SyntaxConfig::builder();
    builder.trim_blocks(true).lstrip_blocks(true);
    // Only delimiters can make it fail, and these are the default ones.
    builder.build().unwrap_or_default()
}

fn raise_exception(message: &str) -> Result<Value, Error> {
    Err(Error::new(ErrorKind::InvalidOperation, message.to_owned()))
}

impl Template<'_> {
    pub fn render(&self, spelled: &Spelled) -> Result<String, Failure> {
        let messages: Vec<Value> = spelled
            .messages
            .iter()
            .map(|spoken| {
                let content = if spelled.typed {
                    Value::from(vec![
                        context! { type => "text", text => spoken.content.as_str() },
                    ])
                } else {
                    Value::from(spoken.content.as_str())
                };
                context! { role => spoken.role.as_str(), content }
            })
            .collect();
        // `tools` and `documents` stay undefined: templates ask whether they are defined.
        let context = context! {
            messages,
            add_generation_prompt => self.values.add_generation_prompt,
            bos_token => self.values.bos_text.as_str(),
            eos_token => self.values.eos_text.as_str(),
            // Templates ask whether it is defined.
            enable_thinking => self.values.think.map_or(Value::UNDEFINED, Value::from),
            date_string => strftime(self.values.now, "%d %b %Y"),
        };
        self.template.render(context).map_err(|error| {
            if runs_dry(&error) {
                Failure::Fatal(TemplateError::TooExpensive)
            } else {
                Failure::Refused(Said::new(|| explain(&error)))
            }
        })
    }
}

/// Whether the fuel ended, here or in what this error comes from.
fn runs_dry(error: &Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error
            .downcast_ref::<Error>()
            .is_some_and(|it| it.kind() == ErrorKind::OutOfFuel)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// One line on what went wrong, and where.
fn explain(error: &Error) -> String {
    let text = match error.detail() {
        Some(detail) => detail.to_owned(),
        None if json::is_refusal(error) => words::NO_JSON.into(),
        None => error.kind().to_string(),
    };
    match error.line() {
        Some(line) => words::at_line(text, line),
        None => text,
    }
}
