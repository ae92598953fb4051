//! `limpid bench`, from outside, on the real model.

use serde_json::Value;

use crate::support::run::{Home, assert_code, model, stdout};

fn bench(arguments: &[&str]) -> String {
    let model = model();
    let mut all = vec!["bench", "-m", model.to_str().unwrap(), "-r", "1"];
    all.extend(arguments);
    let output = Home::new().run(&all);
    assert_code(&output, 0);
    stdout(&output)
}

#[test]
fn the_table_is_followed_by_what_holds_decoding_back() {
    let table = bench(&["-p", "0", "-n", "4"]);
    assert!(table.contains("A token reads "), "{table}");
    let advice = table.lines().last().unwrap();
    assert!(advice.ends_with('.'), "{table}");
    // Nothing was decoded, so nothing is known.
    assert!(!bench(&["-p", "8", "-n", "0"]).contains("A token reads"));
}

#[test]
fn a_depth_is_read_before_the_clock_starts_and_named() {
    let bench = |depth: &str| -> Value {
        let arguments = ["-p", "8", "-n", "4", "-d", depth, "-o", "json"];
        serde_json::from_str(&bench(&arguments)).unwrap()
    };
    let (none, deep) = (bench("0"), bench("1500"));
    assert_eq!(none[1]["test"], "tg4");
    assert_eq!(deep[0]["test"], "pp8 @ d1500");
    assert_eq!(deep[1]["test"], "tg4 @ d1500");
    // What lies in the cache is read with every token.
    let bytes = |rows: &Value| rows[1]["ceiling"]["bytes_per_token"].as_u64().unwrap();
    let cell = 30 * 2 * 192 * 2;
    assert_eq!(bytes(&deep) - bytes(&none), 1500 * cell);
}

#[test]
fn the_ceiling_is_of_the_models_own_bytes() {
    let rows: Vec<Value> =
        serde_json::from_str(&bench(&["-p", "0", "-n", "4", "-o", "json"])).unwrap();
    let ceiling = &rows[0]["ceiling"];
    let size = std::fs::metadata(model()).unwrap().len();
    let read = ceiling["bytes_per_token"].as_u64().unwrap();
    // This model's embeddings are its output matrix: all of it but the header is read.
    assert!(read > size * 9 / 10 && read < size, "{read} of {size}");
    let share = ceiling["share"].as_f64().unwrap();
    assert!(share > 0.0, "{ceiling}");
    let with_candidates = &rows[1];
    assert!(with_candidates["candidates"].as_u64().unwrap() > 0);
    assert_eq!(with_candidates.get("ceiling"), None);
}
