//! Templates that nest, recurse, grow or loop for ever end in an error, soon.

use std::time::Instant;

use super::*;
use crate::model::template::{SOURCE_LIMIT, render_or_fallback};

/// RELIABILITY's bound for an answer.
const BOUND: Duration = Duration::from_secs(2);

fn hostile() -> Vec<(&'static str, String)> {
    vec![
        (
            "loops",
            "{% for a in range(99999) %}{% for b in range(99999) %}{{ a * b }}{% endfor %}{% endfor %}".into(),
        ),
        (
            "doubles",
            "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}".into(),
        ),
        ("multiplies", "{{ 'x' * 10**9 }}".into()),
        ("multiplies a list", "{{ [messages] * 10**9 }}".into()),
        ("recurses", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}".into()),
        ("nests brackets", format!("{{{{ {} }}}}", "[".repeat(200_000))),
        ("nests blocks", "{% if true %}".repeat(15_000)),
        ("negates", format!("{{{{ {}1 }}}}", "-".repeat(200_000))),
        ("denies", format!("{{{{ {}true }}}}", "not ".repeat(60_000))),
        ("adds", format!("{{{{ 1{} }}}}", "+1".repeat(120_000))),
        ("adds names", format!("{{{{ 1{} }}}}", "+a".repeat(120_000))),
        ("adds in many tags", format!("{{{{ 1{} }}}}", "+a".repeat(1_500)).repeat(80)),
        ("raises", format!("{{{{ 1{} }}}}", "**1".repeat(80_000))),
        ("concatenates", format!("{{{{ 1{} }}}}", "~1".repeat(120_000))),
        ("looks deep", format!("{{{{ a{} }}}}", ".a".repeat(120_000))),
        ("filters", format!("{{{{ a{} }}}}", "|d".repeat(120_000))),
        ("calls", format!("{{{{ a{} }}}}", "()".repeat(120_000))),
        ("compares", format!("{{{{ 1{} }}}}", "==1".repeat(80_000))),
        ("chooses", format!("{{{{ 1{} }}}}", " if 1 else 1".repeat(20_000))),
        ("chains elif", format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(20_000))),
        (
            "builds deep lists",
            "{% set ns = namespace(x=[]) %}{% for a in range(99999) %}{% for b in range(99) %}{% set ns.x = [ns.x] %}{% endfor %}{% endfor %}".into(),
        ),
        (
            "prints deep lists",
            "{% set ns = namespace(x=[]) %}{% for a in range(20000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}".into(),
        ),
        (
            "dumps deep lists",
            "{% set ns = namespace(x=[]) %}{% for a in range(20000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x | tojson }}".into(),
        ),
        (
            "compares deep lists",
            "{% set ns = namespace(x=[], y=[]) %}{% for a in range(20000) %}{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}{% endfor %}{{ ns.x == ns.y }}".into(),
        ),
        (
            "searches long strings",
            "{% set x = 'ab' * 4000000 %}{% for a in range(99999) %}{{ x.find('ba' * 99) }}{{ x.count('q') }}{% endfor %}".into(),
        ),
        (
            "replaces for ever",
            "{% set ns = namespace(x='a') %}{% for i in range(99999) %}{% set ns.x = ns.x.replace('a', 'aa') %}{% endfor %}".into(),
        ),
        ("cubes", "{{ range(99999) | map('string') | join('x' * 9999) }}".into()),
        (
            "folds constants",
            "{{ ('x' * 99999999) ~ ('y' * 99999999) }}{{ [1] * 99999999 }}".into(),
        ),
        ("folds a lot", "{{ 'x' * 999999 }}".repeat(5000)),
        ("pads", "{{ '%999999999d' | format(1) }}{{ 'x' | center(10**9) }}".into()),
        ("indents", "{{ [[1]] | tojson(indent=10**9) }}{{ ('a\n' * 99999) | indent(10**9) }}".into()),
        ("raises to powers", "{{ 9 ** 9 ** 9 }}{{ 9.0 ** 99999 }}".into()),
        ("includes itself", "{% include 'template' %}".into()),
        ("extends itself", "{% extends 'template' %}".into()),
        ("reads files", "{% include '/etc/passwd' %}".into()),
    ]
}

#[test]
fn a_hostile_template_ends_soon_and_the_fallback_is_stated() {
    let messages = talk();
    for (what, source) in hostile() {
        assert!(source.len() <= SOURCE_LIMIT, "{what} is read at all");
        let begun = Instant::now();
        let answer = render_or_fallback(&request(&source, &messages));
        assert!(begun.elapsed() < BOUND, "{what}: {:?}", begun.elapsed());
        assert!(!answer.notices.is_empty(), "{what}: {:.80}", answer.text());
    }
}

#[test]
fn a_source_that_is_too_long_is_not_read() {
    let source = "x".repeat(SOURCE_LIMIT + 1);
    assert_eq!(
        refused(&source, &talk()),
        TemplateError::TooLong(SOURCE_LIMIT + 1)
    );
}

#[test]
fn a_long_conversation_is_no_hostile_one() {
    let text = "a word or two, and then some more of them. ".repeat(500);
    let messages: Vec<Message> = (0..100)
        .map(|at| {
            Message::new(
                if at % 2 == 0 {
                    Role::User
                } else {
                    Role::Assistant
                },
                text.as_str(),
            )
        })
        .collect();
    let source = "{% for m in messages %}<|{{ m.role }}|>{{ m.content | trim }}{% endfor %}";
    let rendered = rendered(source, &messages);
    assert_eq!(contents(&rendered).len(), 100);
}

#[test]
fn an_endless_line_is_answered() {
    let messages = [Message::new(Role::User, "x".repeat(100_000))];
    let source = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}";
    assert_eq!(contents(&rendered(source, &messages)).len(), 1);
}
