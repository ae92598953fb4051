//! Reads a template's tags before it runs: refuses what no chat template needs, and has every
//! value measured that gets a name.
//!
//! Without names a template's values can grow only as far as its text does, since each tag
//! holds few of them. So after each tag that binds names (`set`, `for`, `macro`) a call of the
//! [`CHECK`] filter is written, which measures what they are bound to (`bounds`). A filter, unlike a
//! function, cannot be replaced from inside a template.
//!
//! The reading follows minijinja's lexer: strings with backslashes, and a tag that ends only
//! where its brackets are closed. Were the two to disagree, a bound name could go unmeasured.

use std::ops::Range;

use super::TemplateError;
use crate::words::{Phrase, Said, model as words};

/// The filter that measures the values in a list.
pub(super) const CHECK: &str = "limpid_bounded";

/// Tags and comments. The longest published templates have some 300.
const TAG_LIMIT: usize = 4_096;
const TOKEN_LIMIT: usize = 1_024;
/// Names in one tag: what multiplies the largest measured value.
const NAME_LIMIT: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Text,
    Other,
}

struct Token {
    kind: Kind,
    range: Range<usize>,
    /// How many brackets are open around it.
    depth: i64,
}

/// Returns the source with the checks written in and `{% generation %}` tags, with which `transformers`
/// marks what a model is trained to say, made to do nothing; or says what is refused.
pub(super) fn guarded(source: &str) -> Result<String, TemplateError> {
    let mut out = String::with_capacity(source.len() * 2);
    let mut position = 0;
    let mut tags = 0;
    while let Some(start) = next_start(source, position) {
        out.push_str(&source[position..start]);
        let opening = &source[start..start + 2];
        if opening == "{#" {
            let Some(end) = source[start + 2..].find("#}") else {
                return Err(unclosed(words::UNCLOSED_COMMENT));
            };
            position = start + 2 + end + 2;
            out.push_str(&source[start..position]);
            continue;
        }
        tags += 1;
        if tags > TAG_LIMIT {
            return Err(TemplateError::Forbidden(Said::new(|| {
                words::too_many_tags(TAG_LIMIT)
            })));
        }
        let tag = read_tag(source, start, opening == "{%")?;
        check_operators(source, &tag.tokens)?;
        if opening == "{%" {
            write_block(source, start, &tag, &mut out)?;
        } else {
            out.push_str(&source[start..tag.end]);
        }
        position = tag.end;
    }
    out.push_str(&source[position..]);
    Ok(out)
}

fn unclosed(what: Phrase) -> TemplateError {
    TemplateError::Syntax(what.into())
}

fn next_start(source: &str, from: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    (from..bytes.len().saturating_sub(1))
        .find(|&at| bytes[at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))
}

struct Tag {
    tokens: Vec<Token>,
    /// Where its closing delimiter begins, white space control included, and where it ends.
    close: usize,
    end: usize,
}

fn read_tag(source: &str, start: usize, is_block: bool) -> Result<Tag, TemplateError> {
    let bytes = source.as_bytes();
    let closing: &[u8] = if is_block { b"%}" } else { b"}}" };
    let mut at = start + 2;
    if matches!(bytes.get(at), Some(b'-' | b'+')) {
        at += 1;
    }
    let mut tokens = Vec::new();
    let mut names = 0;
    let mut depth = 0_i64;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if depth == 0 {
            let control = usize::from(matches!(byte, b'-' | b'+'));
            if bytes[at + control..].starts_with(closing) {
                return Ok(Tag {
                    tokens,
                    close: at,
                    end: at + control + 2,
                });
            }
        }
        let from = at;
        let outside = depth;
        let kind = match byte {
            b'"' | b'\'' => {
                at = end_of_string(bytes, at).ok_or_else(|| unclosed(words::UNCLOSED_STRING))?;
                Kind::Text
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                while bytes
                    .get(at)
                    .is_some_and(|&b| b == b'_' || b.is_ascii_alphanumeric() || b >= 0x80)
                {
                    at += 1;
                }
                names += 1;
                Kind::Name
            }
            b'0'..=b'9' => {
                while bytes
                    .get(at)
                    .is_some_and(|&b| b == b'_' || b.is_ascii_alphanumeric())
                {
                    at += 1;
                }
                Kind::Other
            }
            _ => {
                depth += match byte {
                    b'(' | b'[' | b'{' => 1,
                    b')' | b']' | b'}' => -1,
                    _ => 0,
                };
                at += 1;
                Kind::Other
            }
        };
        tokens.push(Token {
            kind,
            range: from..at,
            depth: outside,
        });
        if tokens.len() > TOKEN_LIMIT || names > NAME_LIMIT {
            return Err(TemplateError::Forbidden(Said::new(|| {
                words::tag_too_long(NAME_LIMIT, TOKEN_LIMIT)
            })));
        }
    }
    Err(unclosed(words::UNCLOSED_TAG))
}

fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == bytes[start] => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// A product may make a list of a hundred million items of a short one, unmeasured; fuel covers it
/// only where a string is repeated.
fn check_operators(source: &str, tokens: &[Token]) -> Result<(), TemplateError> {
    let refused = tokens.iter().enumerate().any(|(index, token)| {
        &source[token.range.clone()] == "*" && (index == 0 || tokens[index - 1].kind != Kind::Text)
    });
    if refused {
        return Err(TemplateError::Forbidden(words::MULTIPLIES.into()));
    }
    Ok(())
}

fn write_block(
    source: &str,
    start: usize,
    tag: &Tag,
    out: &mut String,
) -> Result<(), TemplateError> {
    let word = |token: &Token| &source[token.range.clone()];
    let keyword = tag.tokens.first().map_or("", word);
    match keyword {
        "generation" | "endgeneration" if tag.tokens.len() == 1 => {
            let range = &tag.tokens[0].range;
            out.push_str(&source[start..range.start]);
            out.push_str(if keyword == "generation" {
                "if true"
            } else {
                "endif"
            });
            out.push_str(&source[range.end..tag.end]);
            return Ok(());
        }
        "raw" | "endraw" | "with" | "call" | "include" | "import" | "from" | "extends" => {
            return Err(TemplateError::Forbidden(Said::new(|| {
                words::uses_tag(keyword)
            })));
        }
        _ => {}
    }
    let rest = tag.tokens.get(1..).unwrap_or_default();
    let bound = match keyword {
        "set" => text_before(source, rest, "="),
        "for" => text_before(source, rest, "in"),
        "macro" => parameters(source, rest),
        _ => None,
    };
    out.push_str(&source[start..tag.end]);
    if let Some(bound) = bound {
        // A namespace may hold lists but no namespace, else it could come to hold itself.
        let inside = keyword == "set" && bound.contains('.');
        let closing = &source[tag.close..tag.end];
        for text in ["{% set limpid_ = [", &bound, "]|", CHECK] {
            out.push_str(text);
        }
        out.push_str(if inside { "(true) " } else { "(false) " });
        out.push_str(closing);
    }
    Ok(())
}

/// The text of the tokens in front of the word `end`; nothing where it does not come.
fn text_before(source: &str, tokens: &[Token], end: &str) -> Option<String> {
    let at = tokens
        .iter()
        .position(|token| &source[token.range.clone()] == end)?;
    let first = tokens.first()?.range.start;
    Some(source[first..tokens[at].range.start].trim().to_owned())
}

/// The names of a macro's parameters.
fn parameters(source: &str, tokens: &[Token]) -> Option<String> {
    let names: Vec<&str> = tokens
        .windows(2)
        .filter(|pair| {
            pair[1].kind == Kind::Name
                && pair[1].depth == 1
                && matches!(&source[pair[0].range.clone()], "(" | ",")
        })
        .map(|pair| &source[pair[1].range.clone()])
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_bound_is_measured() {
        let check = |source: &str| guarded(source).expect("accepted");
        assert_eq!(
            check("{%- set ns.a = \"%} =\" -%} x"),
            "{%- set ns.a = \"%} =\" -%}{% set limpid_ = [ns.a]|limpid_bounded(true) -%} x"
        );
        assert_eq!(
            check("{% for a, (b, c) in d %}"),
            "{% for a, (b, c) in d %}{% set limpid_ = [a, (b, c)]|limpid_bounded(false) %}"
        );
        assert_eq!(
            check("{% macro m(a, b={'x': [1, y]}, c=2) %}"),
            "{% macro m(a, b={'x': [1, y]}, c=2) %}{% set limpid_ = [a, b, c]|limpid_bounded(false) %}"
        );
        assert_eq!(check("{% set x %}{% endset %}"), "{% set x %}{% endset %}");
        assert_eq!(check("{# {% set x = 1 %} #}{"), "{# {% set x = 1 %} #}{");
    }

    #[test]
    fn generation_tags_keep_their_white_space_control() {
        assert_eq!(
            guarded("{%- generation -%}a{% endgeneration %}").expect("accepted"),
            "{%- if true -%}a{% endif %}"
        );
    }

    #[test]
    fn what_no_chat_template_needs_is_refused() {
        let sums = format!("{{{{ {} }}}}", vec!["x"; 2_000].join("+"));
        for source in [
            "{% raw %}{% endraw %}",
            "{% with a = b %}{% endwith %}",
            "{{ [x] * 100000000 }}",
            "{{ x ** 'a' * 2 }}",
            "{{ 'open",
            "{% set x = (",
            "{# open",
            &sums,
            &"{{x}}".repeat(5_000),
        ] {
            assert!(guarded(source).is_err(), "{source:.40}");
        }
        assert!(guarded("{{ ' ' * 4 }}").is_ok());
    }
}
