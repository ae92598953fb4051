//! Values that grow, nest or hold themselves until nothing is left: fuel alone stops none of
//! these, and each would end the engine process.

use super::*;
use crate::model::template::render_or_fallback;

/// A list that holds itself twice, forty times over, in a namespace.
const DOUBLED: &str = "{% set ns = namespace(x=['a'], y=['a']) %}{% for i in range(40) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}";

fn assert_falls_back(name: &str, source: &str) {
    let messages = [Message::new(Role::User, "Hi")];
    let rendered = render_or_fallback(&request(source, &messages));
    assert_eq!(
        rendered.text(),
        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
        "{name}"
    );
    assert_eq!(rendered.notices.len(), 1, "{name}");
    assert!(
        rendered.notices[0].contains("ChatML"),
        "{name}: {}",
        rendered.notices[0]
    );
}

#[test]
fn loops_without_end_fall_back() {
    let range = "{% for i in range(100000) %}";
    assert_falls_back("nested", &(range.repeat(3) + &"{% endfor %}".repeat(3)));
    assert_falls_back(
        "macro",
        "{% macro m(x) %}{{ m(x) }}{{ m(x) }}{% endmacro %}{{ m(1) }}",
    );
    assert_falls_back(
        "loop",
        "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    );
    assert_falls_back("block", "{% block a %}{{ self.a() }}{% endblock %}");
    assert_falls_back("range", "{% for i in range(1000000000) %}{% endfor %}");
}

#[test]
fn text_that_grows_without_end_falls_back() {
    let grow = |step: &str| {
        format!("{{% set ns = namespace(s='ab') %}}{{% for i in range(60) %}}{step}{{% endfor %}}")
    };
    assert_falls_back("concat", &grow("{% set ns.s = ns.s ~ ns.s %}"));
    assert_falls_back(
        "capture",
        &grow("{% set q %}{{ ns.s }}{{ ns.s }}{% endset %}{% set ns.s = q %}"),
    );
    for (name, source) in [
        ("repeat", "{{ 'x' * 1000000000 }}"),
        ("list", "{{ [1] * 100000000 }}"),
        (
            "replace",
            "{% set t = 'ab' * 100000 %}{{ t.replace('', t) }}",
        ),
        (
            "replace filter",
            "{% set t = 'ab' * 100000 %}{{ t|replace('', t) }}",
        ),
        ("pad", "{{ '{:>2000000000}'.format('a') }}"),
        ("printf", "{{ '%2000000000d'|format(1) }}"),
        ("indent", "{{ 'a\nb'|indent(3000000000) }}"),
        ("json", "{{ [1]|tojson(indent=3000000000) }}"),
        ("split", "{{ ('x' * 10000000).split('') }}"),
        ("splitlines", "{{ ('\n' * 10000000).splitlines() }}"),
        ("join", "{{ ('x' * 1000000).join(range(10000)) }}"),
    ] {
        assert_falls_back(name, source);
    }
}

#[test]
fn lists_that_grow_without_end_fall_back() {
    for (name, end) in [
        ("print", "{{ ns.x }}"),
        ("concat", "{{ ns.x ~ '' }}"),
        ("string", "{{ ns.x|string }}"),
        ("equal", "{{ ns.x == ns.y }}"),
        ("json", "{{ ns.x|tojson }}"),
        ("key", "{% set m = {ns.x: 1} %}"),
    ] {
        assert_falls_back(name, &format!("{DOUBLED}{end}"));
    }
    assert_falls_back(
        "in a row",
        &format!(
            "{{% set x = ['a'] %}}{}{{{{ x }}}}",
            "{% set x = [x, x] %}".repeat(40)
        ),
    );
    assert_falls_back(
        "nested loops",
        &format!(
            "{{% set x = ['a'] %}}{}{{{{ x }}}}{}",
            "{% for x in [[x, x]] %}".repeat(40),
            "{% endfor %}".repeat(40)
        ),
    );
    assert_falls_back(
        "macro arguments",
        "{% macro m(x, n) %}{% if n %}{{ m([x, x], n - 1) }}{% else %}{{ x }}{% endif %}{% endmacro %}{{ m('a', 40) }}",
    );
    assert_falls_back(
        "sum",
        "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s }}",
    );
    assert_falls_back(
        "deep",
        "{% set ns = namespace(s=[1]) %}{% for i in range(100000) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
    );
    assert_falls_back(
        "lazy",
        "{% set ns = namespace(s=[1, 2]) %}{% for i in range(100000) %}{% set ns.s = ns.s[0:] %}{% endfor %}{{ ns.s }}{{ 1 // 0 }}",
    );
}

#[test]
fn values_that_hold_themselves_fall_back() {
    assert_falls_back(
        "self",
        "{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}",
    );
    assert_falls_back(
        "list",
        "{% set ns = namespace() %}{% set ns.x = [ns] %}{{ ns|tojson }}",
    );
    assert_falls_back(
        "two",
        "{% set a = namespace() %}{% set b = namespace(x=[a]) %}{% set a.x = b %}{{ a == b }}",
    );
}

#[test]
fn syntax_that_nests_without_end_falls_back() {
    let chain = |piece: &str, times: usize| format!("{{{{ {}x }}}}", piece.repeat(times));
    for (name, source) in [
        ("brackets", chain("(", 100_000)),
        ("lists", chain("[", 900)),
        ("minus", chain("-", 100_000)),
        ("not", chain("not ", 20_000)),
        ("sums", chain("x + ", 50_000)),
        ("loops", "{% for i in messages %}".repeat(4_000)),
        ("ifs", "{% if messages %}".repeat(4_000)),
        ("long", " ".repeat(1 << 20)),
    ] {
        assert_falls_back(name, &source);
    }
}

/// The largest expressions that are let through fit the stack.
#[test]
fn syntax_as_deep_as_is_allowed_ends_in_an_answer() {
    let messages = talk();
    for source in [
        format!("{{{{ {}1 }}}}", "-".repeat(1_000)),
        format!("{{{{ {}1 }}}}", "not ".repeat(200)),
        format!("{{{{ {}1 }}}}", "1 - ".repeat(400)),
        format!("{{{{ x{} }}}}", "|d".repeat(200)),
        format!("{{{{ {}1{} }}}}", "(".repeat(140), ")".repeat(140)),
        format!("{{% if x %}}{}{{% endif %}}", "{% elif x %}".repeat(4_000)),
    ] {
        let rendered = render_or_fallback(&request(&source, &messages));
        assert!(rendered.text().contains("<|im_start|>"), "{source:.40}");
        assert_eq!(rendered.notices.len(), 1, "{source:.40}");
    }
}
