//! The comparison as JSON lines: a token each, then the totals. All information is in nats.

use std::io::Write;

use serde::Serialize;

use crate::chat::Pieces;
use crate::chat::openai::TopLogprob;
use crate::inference::{ComparedToken, ModelInfo, TokenId, TokenKind, TokenOdds};
use crate::probability::Totals;

#[derive(Serialize)]
struct Token<'a> {
    /// Lossy where the bytes are a part of a character.
    token: String,
    id: TokenId,
    bytes: &'a [u8],
    kind: TokenKind,
    /// Absent where nothing came before the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<Odds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<Odds>,
    /// `b.logprob` - `a.logprob`; null where it is infinite.
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<f32>,
    /// Null where it is infinite.
    #[serde(skip_serializing_if = "Option::is_none")]
    kl_divergence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_top: Option<bool>,
}

#[derive(Serialize)]
struct Odds {
    logprob: f32,
    rank: u32,
    entropy: f32,
    top_logprobs: Vec<TopLogprob>,
}

/// Writes a token's line.
pub fn token(token: &ComparedToken, pieces: &Pieces, out: &mut dyn Write) -> anyhow::Result<()> {
    let odds = token.odds.as_deref();
    line(
        &Token {
            token: String::from_utf8_lossy(&token.bytes).into_owned(),
            id: token.id,
            bytes: &token.bytes,
            kind: token.kind,
            a: odds.map(|odds| described(&odds.a, pieces)),
            b: odds.map(|odds| described(&odds.b, pieces)),
            difference: odds.map(crate::inference::ComparedOdds::difference),
            kl_divergence: odds.map(|odds| odds.divergence),
            same_top: odds.map(crate::inference::ComparedOdds::same_top),
        },
        out,
    )
}

fn described(odds: &TokenOdds, pieces: &Pieces) -> Odds {
    let best = odds.best.iter();
    Odds {
        logprob: odds.logprob,
        rank: odds.rank,
        entropy: odds.entropy,
        top_logprobs: best
            .map(|&(id, logprob)| TopLogprob::new(id, logprob, pieces))
            .collect(),
    }
}

#[derive(Serialize)]
struct Summary {
    model_a: String,
    model_b: String,
    tokens: u64,
    perplexity_a: f64,
    perplexity_b: f64,
    log_perplexity_ratio: f64,
    kl_divergence: Divergence,
    same_top: f64,
    mean_change: f64,
    rms_change: f64,
}

#[derive(Serialize)]
struct Divergence {
    mean: f64,
    mean_error: f64,
    median: f64,
    percentile_99: f64,
    maximum: f64,
}

#[derive(Serialize)]
struct End {
    summary: Summary,
}

/// Writes the last line.
pub fn totals(
    a: &ModelInfo,
    b: &ModelInfo,
    totals: &Totals,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    line(
        &End {
            summary: Summary {
                model_a: a.title(),
                model_b: b.title(),
                tokens: totals.tokens,
                perplexity_a: totals.perplexity_a,
                perplexity_b: totals.perplexity_b,
                log_perplexity_ratio: totals.log_ratio,
                kl_divergence: Divergence {
                    mean: totals.mean,
                    mean_error: totals.mean_error,
                    median: totals.median,
                    percentile_99: totals.percentile_99,
                    maximum: totals.maximum,
                },
                same_top: totals.same_top,
                mean_change: totals.mean_change,
                rms_change: totals.rms_change,
            },
        },
        out,
    )
}

fn line(value: &impl Serialize, out: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(writeln!(out)?)
}
