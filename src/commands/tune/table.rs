//! How a search is told.

use std::fmt::Write as _;

use serde::Serialize;

use super::Found;
use super::contest::Measured;
use super::stage::{Stage, Tried};
use crate::commands::models::size;
use crate::inference::FlashAttention;
use crate::text;
use crate::words::commands::tune as words;
use crate::words::{Language, Phrase};

/// The table that people read.
pub fn text(found: &Found, kept: bool) -> String {
    let mut out = words::on_machine(
        text::visible_line(&found.model),
        text::visible_line(&found.machine),
    ) + "\n";
    for tried in &found.tried {
        out += "\n";
        out += &stage(tried);
    }
    let tuned = found.tuned;
    let flash_attention = match tuned.flash_attention {
        FlashAttention::On => "on",
        FlashAttention::Off => "off",
        FlashAttention::Auto => "auto",
    };
    let (threads, batch) = (tuned.threads, tuned.ubatch_size);
    let cache = tuned.cache_type.name();
    let verdict = if kept {
        words::kept(threads, flash_attention, batch, cache)
    } else {
        words::not_kept(threads, flash_attention, batch, cache)
    };
    // Writing to a String cannot fail.
    let _ = writeln!(out, "\n{verdict}");
    if let Some(format) = better_format(found) {
        let says = words::quantise(text::visible_line(&found.model), format);
        let _ = writeln!(out, "{says}");
    }
    let gain = match found.gain {
        Some(gain) if found.depth > 0 => words::gain_behind(gain, found.depth),
        Some(gain) => words::gain(gain),
        None => words::NOTHING_FASTER.into(),
    };
    out + &gain + "\n"
}

/// A format that is faster than the file's, and as good.
fn better_format(found: &Found) -> Option<&str> {
    let mut tried = found.tried.iter();
    let formats = tried.find(|tried| tried.stage == Stage::Formats)?;
    let best = formats.best.filter(|&best| best > 0)?;
    Some(&formats.outcomes[best].label)
}

fn stage(tried: &Tried) -> String {
    let mut header = vec![tried.stage.title()];
    header.extend([words::PREFILL, words::DECODE, words::TIME]);
    let extra: &[Phrase] = match tried.stage {
        Stage::KvCache => &[words::PERPLEXITY, words::COST, words::A_TOKEN],
        Stage::Formats => &[words::PERPLEXITY, words::COST, words::WEIGHTS],
        _ => &[],
    };
    header.extend(extra);
    let header = header.into_iter().map(String::from).collect();
    let mut rows: Vec<Vec<String>> = vec![header];
    let mut problems = String::new();
    for (at, outcome) in tried.outcomes.iter().enumerate() {
        let mark = if tried.best == Some(at) { "> " } else { "  " };
        let label = format!("{mark}{}", text::visible_line(&outcome.label));
        match &outcome.result {
            Ok(measured) => rows.push(cells(label, measured, tried)),
            // Writing to a String cannot fail.
            Err(why) => {
                let _ = writeln!(
                    problems,
                    "{}",
                    words::problem(label, text::visible_line(why))
                );
            }
        }
    }
    let columns = rows[0].len();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| text::width(cell))
                .max()
                .unwrap_or_default()
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if column == 0 {
                line += &text::columns::left(cell, *width);
            } else {
                line += "  ";
                line += &text::columns::right(cell, *width);
            }
        }
        out += line.trim_end();
        out += "\n";
    }
    let read = tried.first().map_or(0, |first| first.surprise.len());
    let notes = [
        (tried.depth > 0).then(|| words::measured_behind(tried.depth)),
        (read > 0).then(|| words::judged_on(read)),
    ];
    for note in notes.into_iter().flatten() {
        let _ = writeln!(out, "{note}");
    }
    out + &problems
}

fn cells(label: String, measured: &Measured, tried: &Tried) -> Vec<String> {
    let speed = |speed: Option<f64>| speed.map_or_else(|| "-".to_owned(), |it| format!("{it:.1}"));
    let of_first = |value: Option<f64>, first: Option<f64>| value.zip(first).map(|(a, b)| a / b);
    let first = tried.first();
    let time = of_first(Some(measured.seconds()), first.map(Measured::seconds));
    let mut cells = vec![
        label,
        speed(measured.prefill),
        speed(measured.decode),
        time.map_or_else(|| "-".to_owned(), |it| format!("{it:.2}")),
    ];
    if tried.stage.costs_quality() {
        let perplexity = measured.perplexity();
        cells.push(perplexity.map_or_else(String::new, |it| format!("{it:.3}")));
        let cost = tried.cost(measured).map(|cost| {
            let (more, error) = (100.0 * (cost.ratio() - 1.0), 100.0 * cost.error());
            format!("{more:+.2} ±{error:.2} %")
        });
        cells.push(cost.unwrap_or_default());
        cells.push(size(match tried.stage {
            Stage::Formats => measured.model.size,
            _ => measured.model.cell_bytes,
        }));
    }
    cells
}

#[derive(Serialize)]
struct Json<'a> {
    model: &'a str,
    machine: &'a str,
    stages: Vec<JsonStage<'a>>,
    best: crate::model::tuning::Tuned,
    /// Of the time as it was.
    time: Option<f64>,
    /// Tokens before those that this was measured with.
    depth: u32,
}

#[derive(Serialize)]
struct JsonStage<'a> {
    stage: &'static str,
    /// Tokens before those that were measured.
    depth: u32,
    /// Tokens that perplexity is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_tokens: Option<usize>,
    variants: Vec<JsonVariant<'a>>,
}

#[derive(Serialize)]
struct JsonVariant<'a> {
    label: &'a str,
    chosen: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    prefill_per_second: Option<f64>,
    decode_per_second: Option<f64>,
    turns: Option<usize>,
    perplexity: Option<f64>,
    /// Of the first's perplexity, and the standard error of that.
    perplexity_ratio: Option<f64>,
    perplexity_ratio_error: Option<f64>,
    /// Bytes of a token in the KV cache, and of the weights.
    cell_bytes: Option<u64>,
    size: Option<u64>,
}

/// All numbers.
pub fn json(found: &Found) -> serde_json::Result<String> {
    let stages = found.tried.iter().map(|tried| JsonStage {
        stage: tried.stage.name(),
        depth: tried.depth,
        text_tokens: tried
            .first()
            .map(|first| first.surprise.len())
            .filter(|&tokens| tokens > 0),
        variants: tried
            .outcomes
            .iter()
            .enumerate()
            .map(|(at, outcome)| {
                let measured = outcome.result.as_ref().ok();
                let cost = measured.and_then(|it| tried.cost(it));
                JsonVariant {
                    label: match (tried.stage, at) {
                        (Stage::Formats, 0) => words::THIS_FILE.in_language(Language::English),
                        _ => &outcome.label,
                    },
                    chosen: tried.best == Some(at),
                    problem: outcome.result.as_ref().err().map(String::as_str),
                    prefill_per_second: measured.and_then(|it| it.prefill),
                    decode_per_second: measured.and_then(|it| it.decode),
                    turns: measured.map(|it| it.turns),
                    perplexity: measured.and_then(Measured::perplexity),
                    perplexity_ratio: cost.map(|it| it.ratio()),
                    perplexity_ratio_error: cost.map(|it| it.error()),
                    cell_bytes: measured.map(|it| it.model.cell_bytes),
                    size: measured.map(|it| it.model.size),
                }
            })
            .collect(),
    });
    let all = Json {
        model: &found.model,
        machine: &found.machine,
        stages: stages.collect(),
        best: found.tuned,
        time: found.gain,
        depth: found.depth,
    };
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::commands::tune::contest::Outcome;
    use crate::inference::{CacheType, LoadRequest, ModelInfo, RequestId};
    use crate::model::tuning::Tuned;

    fn load() -> LoadRequest {
        LoadRequest::new(RequestId(1), "m.gguf".into())
    }

    pub fn unmeasured(label: &str) -> Outcome {
        Outcome {
            label: label.to_owned(),
            load: load(),
            result: Err("no memory\x1b[31m".to_owned()),
        }
    }

    /// A variant with these speeds, tokens a second.
    pub fn outcome(label: &str, prefill: f64, decode: f64, perplexity: Option<f64>) -> Outcome {
        let model = ModelInfo {
            threads: 2,
            size: 100_000_000,
            cell_bytes: 23_040,
            ..ModelInfo::default()
        };
        Outcome {
            label: label.to_owned(),
            load: load(),
            result: Ok(Measured {
                prefill: Some(prefill),
                decode: Some(decode),
                turns: 3,
                surprise: perplexity.map_or_else(Vec::new, |it| vec![it.ln(); 430]),
                model,
            }),
        }
    }

    #[test]
    fn what_was_tried_is_told_with_what_it_took_and_what_it_cost() {
        let found = Found {
            model: "m".into(),
            machine: "a machine".into(),
            tried: vec![
                Stage::Threads.judge(
                    vec![
                        outcome("2", 500.0, 100.0, None),
                        outcome("1", 250.0, 50.0, None),
                        unmeasured("4"),
                    ],
                    0,
                ),
                Stage::KvCache.judge(
                    vec![
                        outcome("f16", 500.0, 100.0, Some(20.0)),
                        outcome("q4_0", 1000.0, 200.0, Some(21.0)),
                    ],
                    1200,
                ),
            ],
            tuned: Tuned {
                threads: 2,
                ubatch_size: 512,
                flash_attention: FlashAttention::Auto,
                cache_type: CacheType::F16,
            },
            gain: None,
            depth: 0,
            formats: None,
        };
        insta::assert_snapshot!(text(&found, true));
        let json: serde_json::Value = serde_json::from_str(&json(&found).unwrap()).unwrap();
        assert_eq!(json["stages"][1]["depth"], 1200);
        let ratio = &json["stages"][1]["variants"][1]["perplexity_ratio"];
        assert!((ratio.as_f64().unwrap() - 1.05).abs() < 1e-9, "{ratio}");
        assert_eq!(json["stages"][0]["variants"][0]["chosen"], true);
        assert_eq!(
            json["stages"][0]["variants"][2]["decode_per_second"],
            serde_json::Value::Null
        );
    }
}
