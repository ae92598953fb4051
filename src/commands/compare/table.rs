//! The comparison as a table that a person reads.
//!
//! ```text
//!   token                 A %      rank     B %      rank   B - A bits    KL bits
//!   The                     -         -       -         -            -          -
//!   ·sky                 1.93        12    2.20        10       +0.189      0.031
//! ```

use std::io::Write;

use crate::config::Units;
use crate::inference::{ComparedToken, ModelInfo, TokenKind, TokenOdds};
use crate::probability::Totals;
use crate::text;
use crate::text::columns;
use crate::words::Phrase;
use crate::words::commands::compare as words;

/// Columns of a token's text.
const TOKEN: usize = 20;
/// Columns of the name of a number of the whole text.
const LABEL: usize = 22;

/// The names of models and columns.
pub fn head(
    a: &ModelInfo,
    b: &ModelInfo,
    units: Units,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let unit = unit(units);
    writeln!(out, "A  {}", name(a))?;
    writeln!(out, "B  {}\n", name(b))?;
    let rank = columns::right(&words::RANK, 7);
    writeln!(
        out,
        "{}  {:>8} {rank}  {:>8} {rank}  {}  {}",
        columns::left(&words::TOKEN, TOKEN),
        "A %",
        "B %",
        columns::right(&format!("B-A {unit}"), 11),
        columns::right(&format!("KL {unit}"), 10)
    )
}

/// What people call the unit.
pub fn unit(units: Units) -> Phrase {
    match units {
        Units::Bits => words::BITS,
        Units::Nats => words::NATS,
    }
}

/// A token's line; one that nothing came before has no numbers.
pub fn row(token: &ComparedToken, units: Units, out: &mut dyn Write) -> std::io::Result<()> {
    let mut shown = text::visible_piece(&token.bytes);
    if token.kind == TokenKind::Control {
        shown += &words::CONTROL;
    }
    let shown = columns::left(&text::fit(&shown, TOKEN), TOKEN);
    let Some(odds) = &token.odds else {
        return writeln!(
            out,
            "{shown}  {0:>8} {0:>7}  {0:>8} {0:>7}  {0:>11}  {0:>10}",
            "-"
        );
    };
    let percent = |odds: &TokenOdds| format!("{:.3}", odds.logprob.exp() * 100.0);
    writeln!(
        out,
        "{shown}  {:>8} {:>7}  {:>8} {:>7}  {:>+11.4}  {:>10.5}",
        percent(&odds.a),
        odds.a.rank,
        percent(&odds.b),
        odds.b.rank,
        units.of_nats(f64::from(odds.difference())),
        units.of_nats(odds.divergence)
    )
}

/// The numbers of the whole text.
pub fn totals(
    a: &ModelInfo,
    b: &ModelInfo,
    totals: &Totals,
    units: Units,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    writeln!(out)?;
    for line in summary(a, b, totals, units) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The numbers of the whole text, a line each.
pub fn summary(a: &ModelInfo, b: &ModelInfo, totals: &Totals, units: Units) -> Vec<String> {
    let unit = unit(units);
    let of = |nats: f64| units.of_nats(nats);
    let percent = |share: f64| share * 100.0;
    let perplexity = |value: f64, model| format!("{value:.4}  {}", name(model));
    let change = |share: f64| format!("{:+.4} %", percent(share));
    let information = |nats: f64| format!("{:.6} {unit}", of(nats));
    let (mean, error) = (of(totals.mean), of(totals.mean_error));
    let rows: [(&str, String); 11] = [
        (&words::PERPLEXITY_A, perplexity(totals.perplexity_a, a)),
        (&words::PERPLEXITY_B, perplexity(totals.perplexity_b, b)),
        ("ln(PPL(B)/PPL(A))", format!("{:+.6}", totals.log_ratio)),
        (&words::MEAN, format!("{mean:.6} ± {error:.6} {unit}")),
        (&words::MEDIAN, information(totals.median)),
        (&words::PERCENTILE_99, information(totals.percentile_99)),
        (&words::MAXIMUM, information(totals.maximum)),
        (
            &words::SAME_TOP,
            format!("{:.3} %", percent(totals.same_top)),
        ),
        (&words::MEAN_CHANGE, change(totals.mean_change)),
        (
            &words::RMS_CHANGE,
            format!("{:.4} %", percent(totals.rms_change)),
        ),
        (&words::TOKENS_COMPARED, totals.tokens.to_string()),
    ];
    let rows = rows.into_iter();
    rows.map(|(label, value)| format!("{}{value}", columns::left(label, LABEL)))
        .collect()
}

fn name(model: &ModelInfo) -> String {
    text::visible_line(&model.title()).into_owned()
}
