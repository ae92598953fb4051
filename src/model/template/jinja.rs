//! The Jinja environment that published templates expect: that of Hugging Face's
//! `transformers` (`render_jinja_template`), with limits.

use std::fmt::Write;
use std::time::{Instant, SystemTime};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, State, Value, context};

use super::TemplateError;
use super::date::strftime;
use super::json::tojson;
use super::shape::{Spelled, Turn};

/// Steps that any template gets. minijinja charges a step for 64 bytes of data too, so this
/// bounds memory (64 MB) as well as time. The largest published templates take some 2,000
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
    pub bos_text: String,
    pub eos_text: String,
    pub now: SystemTime,
    /// Work that fuel cannot measure ends here.
    pub give_up: Instant,
}

/// Why a rendering gave nothing.
pub(super) enum Failure {
    /// It does not take these messages; others, perhaps.
    Refused(String),
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

/// The source as minijinja takes it: lines end as Jinja ends them, and the tags with which
/// `transformers` marks what a model is trained to say, `{% generation %}`, do nothing.
pub(super) fn prepare(source: &str) -> String {
    let source = source.replace("\r\n", "\n");
    let mut prepared = String::with_capacity(source.len());
    let mut rest = source.as_str();
    while let Some(open) = rest.find("{%") {
        let (text, tag) = rest.split_at(open + 2);
        prepared.push_str(text);
        rest = tag;
        let word = tag.trim_start_matches(['-', '+']).trim_start();
        let lead = tag.len() - word.len();
        for (name, stands_for) in [("generation", "if true"), ("endgeneration", "endif")] {
            let after = word.strip_prefix(name).map(str::trim_start);
            if let Some(after) = after
                && after.trim_start_matches(['-', '+']).starts_with("%}")
            {
                prepared.push_str(&tag[..lead]);
                prepared.push_str(stands_for);
                prepared.push(' ');
                rest = after;
                break;
            }
        }
    }
    prepared.push_str(rest);
    prepared
}

impl<'a> Program<'a> {
    pub fn new(values: &'a Values, turns: &[Turn]) -> Self {
        let mut environment = Environment::new();
        environment.set_syntax(syntax());
        let spans = turns.iter().flat_map(|turn| &turn.spans);
        let bytes: u64 = spans.map(|span| span.text.len() as u64).sum();
        environment.set_fuel(Some(
            FUEL + FUEL_PER_MESSAGE * turns.len() as u64 + bytes / BYTES_PER_FUEL,
        ));
        let give_up = values.give_up;
        environment.set_unknown_method_callback(move |state, value, method, arguments| {
            charge(state, value, give_up)?;
            minijinja_contrib::pycompat::unknown_method_callback(state, value, method, arguments)
        });
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
            .map_err(|error| TemplateError::Syntax(explain(&error)))?;
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

/// A method reads its whole string, which minijinja does not charge for.
fn charge(state: &State<'_, '_>, value: &Value, give_up: Instant) -> Result<(), Error> {
    let bytes = value.as_str().map_or(0, str::len) as u64;
    state.consume_fuel(1 + bytes / 64)?;
    if Instant::now() > give_up {
        return Err(Error::from(ErrorKind::OutOfFuel));
    }
    Ok(())
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
                let content = match spelled.typed {
                    false => Value::from(spoken.content.as_str()),
                    true => Value::from(vec![
                        context! { type => "text", text => spoken.content.as_str() },
                    ]),
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
            date_string => strftime(self.values.now, "%d %b %Y"),
        };
        self.template.render(context).map_err(|error| {
            if runs_dry(&error) {
                Failure::Fatal(TemplateError::TooExpensive)
            } else {
                Failure::Refused(explain(&error))
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
    let mut text = match error.detail() {
        Some(detail) => detail.to_owned(),
        None => error.kind().to_string(),
    };
    if let Some(line) = error.line() {
        // Writing to a string cannot fail.
        let _ = write!(text, ", line {line}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn training_marks_do_nothing_and_keep_their_white_space_control() {
        assert_eq!(
            prepare("a\r\n{%- generation -%}b{% endgeneration %}{% set generation = 1 %}"),
            "a\n{%- if true -%}b{% endif %}{% set generation = 1 %}"
        );
    }
}
