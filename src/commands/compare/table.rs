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

/// Columns of a token's text.
const TOKEN: usize = 20;

/// The names of models and columns.
pub fn head(
    a: &ModelInfo,
    b: &ModelInfo,
    units: Units,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let unit = units.name();
    writeln!(out, "A  {}", name(a))?;
    writeln!(out, "B  {}\n", name(b))?;
    writeln!(
        out,
        "{:<TOKEN$}  {:>8} {:>7}  {:>8} {:>7}  {:>11}  {:>10}",
        "token",
        "A %",
        "rank",
        "B %",
        "rank",
        format!("B-A {unit}"),
        format!("KL {unit}")
    )
}

/// A token's line; one that nothing came before has no numbers.
pub fn row(token: &ComparedToken, units: Units, out: &mut dyn Write) -> std::io::Result<()> {
    let mut shown = text::visible_piece(&token.bytes);
    if token.kind == TokenKind::Control {
        shown += " (control)";
    }
    let shown = text::fit(&shown, TOKEN);
    let gap = " ".repeat(TOKEN - text::width(&shown));
    let Some(odds) = &token.odds else {
        return writeln!(
            out,
            "{shown}{gap}  {0:>8} {0:>7}  {0:>8} {0:>7}  {0:>11}  {0:>10}",
            "-"
        );
    };
    let percent = |odds: &TokenOdds| format!("{:.3}", odds.logprob.exp() * 100.0);
    writeln!(
        out,
        "{shown}{gap}  {:>8} {:>7}  {:>8} {:>7}  {:>+11.4}  {:>10.5}",
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
    let unit = units.name();
    let of = |nats: f64| units.of_nats(nats);
    let percent = |share: f64| share * 100.0;
    vec![
        format!(
            "perplexity of A       {:.4}  {}",
            totals.perplexity_a,
            name(a)
        ),
        format!(
            "perplexity of B       {:.4}  {}",
            totals.perplexity_b,
            name(b)
        ),
        format!("ln(PPL(B)/PPL(A))     {:+.6}", totals.log_ratio),
        format!(
            "mean KL(A|B)          {:.6} ± {:.6} {unit}",
            of(totals.mean),
            of(totals.mean_error)
        ),
        format!("median KL             {:.6} {unit}", of(totals.median)),
        format!(
            "99th percentile KL    {:.6} {unit}",
            of(totals.percentile_99)
        ),
        format!("maximum KL            {:.6} {unit}", of(totals.maximum)),
        format!("same top token        {:.3} %", percent(totals.same_top)),
        format!(
            "mean change of p      {:+.4} %",
            percent(totals.mean_change)
        ),
        format!("RMS change of p       {:.4} %", percent(totals.rms_change)),
        format!("tokens compared       {}", totals.tokens),
    ]
}

fn name(model: &ModelInfo) -> String {
    text::visible_line(&model.title()).into_owned()
}
