//! The grammar or JSON schema that an answer follows.
//!
//! A schema is made into a grammar by llama.cpp's own converter, which is to read nothing that
//! was not checked: it recurses, and leaves out what it has no grammar for.

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::{GrammarError, json_schema_to_grammar};

use super::sampler_links::Link;
use super::{log, stderr};
use crate::inference::{
    Constraint, ConstraintError, EngineError, Place, SamplerLink, SamplerSettings, check_schema,
    pattern_in_schema,
};
use crate::words::{Said, engine::llama as words};

/// The link that lets through only what the settings want; `None` where they want nothing.
pub(super) fn link(
    model: &LlamaModel,
    settings: &SamplerSettings,
) -> Result<Option<Link>, EngineError> {
    let made = match (&settings.grammar, &settings.json_schema) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err(EngineError::Sampling {
                reason: words::BOTH_CONSTRAINTS.into(),
            });
        }
        (Some(grammar), None) => sampler(model, grammar).map_err(|fault| fault.in_grammar(grammar)),
        (None, Some(schema)) => from_schema(schema).and_then(|grammar| {
            sampler(model, &grammar).map_err(|Fault { reason, .. }| {
                ConstraintError::new(
                    Constraint::JsonSchema,
                    Said::new(|| words::grammar_refused(&reason)),
                )
            })
        }),
    };
    let sampler = made.map_err(|error| EngineError::Constraint(Box::new(error)))?;
    Ok(Some(Link {
        has_state: true,
        ..Link::mask(SamplerLink::Grammar, sampler)
    }))
}

/// Why llama.cpp refuses a grammar.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    reason: Said,
    /// Where it stopped reading, in bytes.
    at: Option<usize>,
}

impl Fault {
    fn new(reason: impl Into<Said>) -> Self {
        Self {
            reason: reason.into(),
            at: None,
        }
    }

    fn in_grammar(self, source: &str) -> ConstraintError {
        ConstraintError {
            place: self.at.map(|byte| Place::of(source, byte)),
            ..ConstraintError::new(Constraint::Grammar, self.reason)
        }
    }
}

fn sampler(model: &LlamaModel, source: &str) -> Result<LlamaSampler, Fault> {
    log::forget();
    let (sampler, said) = stderr::listen(|| LlamaSampler::grammar(model, source, "root"));
    sampler.map_err(|error| {
        parse_fault(&said, source)
            .or_else(|| log::first_complaint().map(Fault::new))
            .unwrap_or_else(|| match error {
                GrammarError::RootNotFound => Fault::new(words::NO_ROOT),
                GrammarError::GrammarNullBytes => Fault {
                    at: source.find('\0'),
                    ..Fault::new(words::GRAMMAR_WITH_NUL)
                },
                _ => Fault::new(words::NO_GBNF),
            })
    })
}

/// What llama.cpp's grammar parser prints: `parse: error parsing grammar: CAUSE`, then the whole
/// grammar. A cause that has a place quotes all that follows it.
fn parse_fault(said: &str, source: &str) -> Option<Fault> {
    let (_, said) = said.split_once("error parsing grammar: ")?;
    let cause = said
        .strip_suffix(&format!("\n\n{source}\n"))
        .or_else(|| said.lines().next())?;
    if let Some((reason, rest)) = cause.split_once(" at ")
        && source.ends_with(rest)
    {
        return Some(Fault {
            at: Some(source.len() - rest.len()),
            ..Fault::new(Said::verbatim(reason))
        });
    }
    let cause = cause.trim();
    let undefined = cause
        .strip_prefix("Undefined rule identifier '")
        .and_then(|rest| rest.strip_suffix('\''));
    if let Some(name) = undefined {
        return Some(Fault {
            reason: Said::new(|| words::no_rule(name)),
            at: word(source, name),
        });
    }
    match cause {
        "" => None,
        "unexpected end of input" => Some(Fault {
            reason: words::UNEXPECTED_END.into(),
            at: Some(source.len()),
        }),
        _ => Some(Fault::new(Said::verbatim(cause))),
    }
}

/// Where the name of a rule stands first.
fn word(source: &str, name: &str) -> Option<usize> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '-';
    source.match_indices(name).map(|(at, _)| at).find(|&at| {
        !source[..at].ends_with(is_part) && !source[at + name.len()..].starts_with(is_part)
    })
}

/// The grammar of a JSON schema.
fn from_schema(schema: &str) -> Result<String, ConstraintError> {
    check_schema(schema)?;
    let (grammar, said) = stderr::listen(|| json_schema_to_grammar(schema));
    if let Some(fault) = pattern_fault(&said, schema) {
        return Err(fault);
    }
    grammar.map_err(|_| ConstraintError::new(Constraint::JsonSchema, words::NO_GRAMMAR_OF_IT))
}

/// A pattern of which llama.cpp says that it takes any text instead: `pattern PATTERN is not
/// supported (WHY), accepting any string`.
fn pattern_fault(said: &str, schema: &str) -> Option<ConstraintError> {
    let (_, said) = said.split_once("conversion was incomplete: pattern ")?;
    let (pattern, why) = said.split_once(" is not supported (")?;
    let (why, _) = why.split_once("), accepting any string")?;
    let found = pattern_in_schema(schema, pattern);
    let (pointer, place) = found.map_or((None, None), |(pointer, place)| {
        (Some(pointer), Some(place))
    });
    Some(ConstraintError {
        pointer,
        place,
        ..ConstraintError::new(
            Constraint::JsonSchema,
            Said::new(|| words::pattern_unsupported(why)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(cause: &str, source: &str) -> Fault {
        let said = format!("parse: error parsing grammar: {cause}\n\n{source}\n");
        parse_fault(&said, source).expect("it was said")
    }

    #[test]
    fn the_place_is_where_the_parser_stopped_reading() {
        let source = "root ::= (\"a\" at\nb";
        assert_eq!(
            fault("expecting ')' at at\nb", source),
            Fault {
                reason: Said::verbatim("expecting ')'"),
                at: Some(14)
            }
        );
        assert_eq!(fault("expecting ::= at ", "root").at, Some(4));
        let none = fault("there are too many", source);
        assert_eq!(
            (none.reason, none.at),
            (Said::verbatim("there are too many"), None)
        );
    }

    #[test]
    fn a_rule_that_is_not_there_is_shown_where_it_is_used() {
        let source = "root ::= abc | b-a | b";
        assert_eq!(
            fault("Undefined rule identifier 'b'", source),
            Fault {
                reason: Said::new(|| words::no_rule("b")),
                at: Some(21)
            }
        );
    }

    #[test]
    fn a_schema_becomes_a_grammar_and_what_is_left_out_an_error() {
        let grammar = from_schema(r#"{"type": "array", "items": {"enum": ["a"]}}"#);
        assert!(grammar.expect("is supported").contains("root ::="));
        let schema = r#"{"properties": {"a": {"type": "string", "pattern": "^(?=x)y$"}}}"#;
        let error = from_schema(schema).expect_err("is left out");
        assert_eq!(error.pointer.as_deref(), Some("#/properties/a/pattern"));
        assert!(error.place.is_some(), "{error}");
        let invalid = r#"{"type": "string", "pattern": "^(a$"}"#;
        let error = from_schema(invalid);
        assert!(error.is_err() || !error.unwrap().is_empty());
    }

    /// Each is followed as `check_schema` says, so that its rules stay those of the converter.
    #[test]
    fn what_is_checked_is_what_llama_cpp_can_convert() {
        for schema in [
            "{}",
            r#"{"type": ["integer", "null"], "minimum": -3, "exclusiveMaximum": 10}"#,
            r##"{"$defs": {"n": {"properties": {"next": {"$ref": "#/$defs/n"}}}}, "$ref": "#/$defs/n"}"##,
            r##"{"allOf": [{"$ref": "#/definitions/c"}], "definitions": {"c": {"enum": ["a", "b"]}}}"##,
            r#"{"type": "array", "prefixItems": [{"type": "number"}, {"const": 1}], "minItems": 2}"#,
            r#"{"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2000}"#,
            r#"{"type": "integer", "minimum": -1e15, "maximum": 1e15}"#,
            r#"{"type": "string", "minLength": 2, "maxLength": 2000}"#,
        ] {
            assert!(from_schema(schema).is_ok(), "{schema}");
        }
    }
}
