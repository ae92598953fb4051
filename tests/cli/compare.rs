//! `limpid compare` through the real program.

use serde_json::Value;

use crate::support::browser;
use crate::support::other_models::{requantized, with_another_token};
use crate::support::pty::{Home, test_model};
use crate::support::run::{assert_code, stderr, stdout};

const TEXT: &str = "The tide comes in because the moon pulls at the sea.";

fn compare(home: &Home, models: &[&str], more: &[&str]) -> std::process::Output {
    let mut arguments = vec!["compare"];
    arguments.extend(models.iter().flat_map(|model| ["-m", model]));
    arguments.extend(more);
    home.run(&arguments)
}

/// The default model, and the same in another quantisation.
fn both() -> [String; 2] {
    [test_model(), requantized()].map(|path| path.to_str().expect("a UTF-8 path").to_owned())
}

fn lines(output: &std::process::Output) -> Vec<Value> {
    let parsed = |line: &str| serde_json::from_str(line).expect("a line is JSON");
    stdout(output).lines().map(parsed).collect()
}

#[test]
fn the_lines_add_up_to_the_summary_and_spell_the_text() {
    let home = Home::new();
    let [a, b] = both();
    let output = compare(&home, &[&a, &b], &["--format", "jsonl", TEXT]);
    assert_code(&output, 0);
    let mut lines = lines(&output);
    let summary = lines.pop().expect("there are lines")["summary"].take();
    let text: String = lines
        .iter()
        .map(|line| line["token"].as_str().expect("tokens are text"))
        .collect();
    assert_eq!(text, TEXT);
    let (first, rest) = lines.split_first().expect("there are tokens");
    assert!(
        first.get("kl_divergence").is_none(),
        "nothing comes before it"
    );
    let column = |find: fn(&Value) -> &Value| -> Vec<f64> {
        rest.iter()
            .map(|line| find(line).as_f64().expect("a number"))
            .collect()
    };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let near = |found: &Value, expected: f64| {
        let found = found.as_f64().expect("a number");
        assert!(
            (found - expected).abs() < 1e-4 * expected.abs().max(1.0),
            "{found} {expected}"
        );
    };
    let divergences = column(|line| &line["kl_divergence"]);
    let (of_a, of_b) = (
        column(|line| &line["a"]["logprob"]),
        column(|line| &line["b"]["logprob"]),
    );
    near(&summary["kl_divergence"]["mean"], mean(&divergences));
    near(
        &summary["kl_divergence"]["maximum"],
        divergences.iter().copied().fold(0.0, f64::max),
    );
    near(&summary["perplexity_a"], (-mean(&of_a)).exp());
    near(&summary["perplexity_b"], (-mean(&of_b)).exp());
    near(&summary["log_perplexity_ratio"], mean(&of_a) - mean(&of_b));
    let same = rest.iter().filter(|line| line["same_top"] == true).count();
    near(&summary["same_top"], same as f64 / rest.len() as f64);
    for line in rest {
        let difference = line["difference"].as_f64().expect("a number");
        let (a, b) = (&line["a"], &line["b"]);
        let of = |odds: &Value| odds["logprob"].as_f64().expect("a number");
        assert!((difference - (of(b) - of(a))).abs() < 1e-4);
        let best = |odds: &Value| odds["top_logprobs"][0]["id"].clone();
        assert_eq!(line["same_top"], best(a) == best(b));
        if a["rank"] == 1 {
            assert_eq!(best(a), line["id"]);
        }
        assert!(a["top_logprobs"].as_array().expect("a list").len() > 4);
    }
}

#[test]
fn the_table_names_both_models_and_every_token() {
    let home = Home::new();
    let [a, b] = both();
    let output = compare(&home, &[&a, &b], &[TEXT]);
    assert_code(&output, 0);
    let table = stdout(&output);
    assert!(
        table.starts_with("A  SmolLM2-135M-Instruct.Q4_1\nB  "),
        "{table}"
    );
    for expected in [
        "B-A bits",
        "·because",
        "perplexity of A",
        "same top token",
        "mean KL(A|B)",
    ] {
        assert!(table.contains(expected), "{expected} is not in\n{table}");
    }
    assert_eq!(stderr(&output), "");
}

#[test]
fn bits_and_nats_are_the_same_information() {
    let home = Home::new();
    let [a, b] = both();
    let maximum = |units: &str| -> f64 {
        assert_code(&home.run(&["config", "set", "ui.units", units]), 0);
        let output = compare(&home, &[&a, &b], &["The sea."]);
        assert_code(&output, 0);
        let table = stdout(&output);
        let line = table.lines().find(|line| line.starts_with("maximum KL"));
        let line = line.expect("the totals have it");
        assert!(line.ends_with(units), "{line}");
        let number = line.split_whitespace().nth(2).expect("a number follows");
        number.parse().expect("it is a number")
    };
    let (bits, nats) = (maximum("bits"), maximum("nats"));
    assert!(
        (bits * std::f64::consts::LN_2 - nats).abs() < 1e-4,
        "{bits} {nats}"
    );
}

#[test]
fn two_models_are_wanted_no_fewer_and_no_more() {
    let home = Home::new();
    let [a, _] = both();
    for models in [
        &[][..],
        &[a.as_str()],
        &[a.as_str(), a.as_str(), a.as_str()],
    ] {
        let output = compare(&home, models, &[TEXT]);
        assert_code(&output, 2);
        assert!(
            stderr(&output).contains("takes two models"),
            "{}",
            stderr(&output)
        );
        assert!(stderr(&output).contains("-m A.gguf -m B.gguf"));
    }
}

#[test]
fn models_of_other_vocabularies_are_refused_with_a_reason() {
    let home = Home::new();
    let other = with_another_token();
    let output = compare(
        &home,
        &[&both()[0], other.to_str().expect("a UTF-8 path")],
        &[TEXT],
    );
    assert_code(&output, 1);
    assert!(
        stderr(&output).contains("vocabularies differ: token "),
        "{}",
        stderr(&output)
    );
    assert_eq!(stdout(&output), "");
}

#[test]
fn a_text_of_one_token_leaves_nothing_to_compare() {
    let home = Home::new();
    let [a, b] = both();
    let output = compare(&home, &[&a, &b], &["--format", "jsonl", "The"]);
    assert_code(&output, 2);
    assert!(
        stderr(&output).contains("single token"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_reader_that_leaves_ends_the_comparison_quietly() {
    let home = Home::new();
    let [a, b] = both();
    let mut child = home
        .limpid(["compare", "-m", &a, "-m", &b, "--format", "jsonl", TEXT])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("limpid starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("limpid ends");
    assert_code(&output, 141);
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_page_shows_the_text_twice_with_tokens_that_belong_together_and_opens_without_an_error() {
    let home = Home::new();
    let [a, b] = both();
    let text = "The <b>sea</b> & the moon";
    let output = compare(&home, &[&a, &b], &["--format", "html", text]);
    assert_code(&output, 0);
    let page = stdout(&output);
    let lines = lines(&compare(&home, &[&a, &b], &["--format", "jsonl", text]));
    let tokens = lines.len() - 1;
    assert_eq!(page.matches("<span class=\"t ").count(), 2 * tokens);
    for token in 0..tokens {
        let index = format!("data-i=\"{token}\"");
        assert_eq!(page.matches(&index).count(), 2, "{index}");
    }
    assert_eq!(page.matches("<div class=\"text\">").count(), 2);
    assert!(!page.contains("<b>"), "text is no markup");
    assert!(page.contains("\nmean KL(A|B)          ") && page.contains("\nperplexity of B"));
    assert!(page.ends_with("</html>\n"));
    if let Some(dom) = browser::open(&home, &page, 2 * tokens) {
        assert!(dom.contains("&lt;") && !dom.contains("<b>"));
    }
}
