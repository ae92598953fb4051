//! `limpid compare`: the same text under two models.
//!
//! What comes from the engine is printed as it comes; kept are 8 bytes a token for the totals,
//! and the bytes of the candidates.

mod json;
mod meter;
mod table;

use std::collections::HashMap;
use std::io::Write;

use self::meter::Meter;
use super::ask::{ask, load};
use crate::cli::Failure;
use crate::config::Units;
use crate::engine::Engine;
use crate::inference::{
    CompareEvent, CompareRequest, ComparedToken, EngineCommand, EngineError, EngineEvent,
    LoadRequest, ModelInfo, RequestId, TokenId,
};
use crate::probability::{Compared, Comparison};

/// What to compare.
#[derive(Debug, Clone)]
pub struct Question {
    /// The one that divergence is measured from.
    pub a: LoadRequest,
    pub b: LoadRequest,
    pub text: String,
    /// As [`CompareRequest::window`].
    pub window: u32,
    /// The most probable tokens to tell of each model, at least 1.
    pub candidates: u16,
}

impl Question {
    /// What is asked of an engine: to load the first model, then to compare.
    #[must_use]
    pub fn requests(self) -> (LoadRequest, CompareRequest) {
        let mut first = self.a;
        first.beside = vec![self.b.path.clone()];
        let compare = CompareRequest {
            request: RequestId(first.request.0 + 1),
            other: self.b,
            text: self.text,
            window: self.window,
            candidates: self.candidates.max(1),
        };
        (first, compare)
    }
}

/// How to print what comes of it.
#[derive(Debug, Clone, Copy)]
pub struct CompareOptions {
    pub format: CompareFormat,
    /// Of the table; JSON has nats.
    pub units: Units,
    /// Say on stderr how far it is.
    pub progress: bool,
}

/// How the tokens are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareFormat {
    /// A line a token, then the totals.
    Table,
    /// One object a line, the last one with the totals.
    JsonLines,
}

/// Reads the text under both models and writes what they held of it to `out`.
///
/// # Errors
/// A model cannot be loaded, their vocabularies differ, the engine died, or `out` cannot be
/// written.
pub fn run(
    engine: &dyn Engine,
    question: Question,
    options: CompareOptions,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (first, compare) = question.requests();
    let mut meter = Meter::new(options.progress);
    let a = load(engine, first, |share| {
        meter.loading("the first model", share);
    })?;
    let request = compare.request;
    let mut report = Report {
        options,
        out,
        meter,
        a,
        b: None,
        total: 0,
        done: 0,
        pieces: HashMap::new(),
        sum: Comparison::new(),
    };
    let mut written = Ok(());
    let command = EngineCommand::Compare(Box::new(compare));
    let ended = ask(engine, request, command, |event| {
        if written.is_ok() {
            written = report.take_in(event);
            if written.is_err() {
                // There is nobody to compute for. An engine that is gone computes nothing.
                let _gone = engine.send(EngineCommand::Cancel(request));
            }
        }
    });
    report.meter.clear();
    written?;
    ended?;
    report.end()
}

/// What is printed, and what is known so far.
struct Report<'a> {
    options: CompareOptions,
    out: &'a mut dyn Write,
    meter: Meter,
    a: ModelInfo,
    b: Option<ModelInfo>,
    total: u32,
    /// Tokens printed.
    done: usize,
    pieces: HashMap<TokenId, Vec<u8>>,
    sum: Comparison,
}

impl Report<'_> {
    fn take_in(&mut self, event: &EngineEvent) -> anyhow::Result<()> {
        match event {
            EngineEvent::Loading { fraction, .. } => {
                self.meter.loading("the second model", *fraction);
            }
            EngineEvent::Compare { event, .. } => match event {
                CompareEvent::Started { other, total } => {
                    self.b = Some((**other).clone());
                    self.total = *total;
                    if self.options.format == CompareFormat::Table {
                        self.meter.clear();
                        table::head(&self.a, other, self.options.units, self.out)?;
                    }
                }
                CompareEvent::Read { tokens, pieces } => {
                    for piece in pieces {
                        self.pieces.insert(piece.id, piece.bytes.clone());
                    }
                    self.tokens(tokens)?;
                }
            },
            _ => {}
        }
        Ok(())
    }

    fn tokens(&mut self, tokens: &[ComparedToken]) -> anyhow::Result<()> {
        self.meter.clear();
        for token in tokens {
            if let Some(odds) = &token.odds {
                self.sum.add(Compared {
                    logprob_a: odds.a.logprob,
                    logprob_b: odds.b.logprob,
                    divergence: odds.divergence,
                    same_top: odds.same_top(),
                });
            }
            match self.options.format {
                CompareFormat::Table => table::row(token, self.options.units, self.out)?,
                CompareFormat::JsonLines => json::token(token, &self.pieces, self.out)?,
            }
        }
        self.out.flush()?;
        self.done += tokens.len();
        self.meter.reading(self.done, self.total);
        Ok(())
    }

    fn end(self) -> anyhow::Result<()> {
        let b = self.b.ok_or_else(|| EngineError::Protocol {
            reason: "a comparison ended before it began".to_owned(),
        })?;
        let totals = self.sum.totals().ok_or_else(|| {
            Failure::usage(
                "the text is a single token: nothing comes before it that a model \
                            could foresee it from",
            )
        })?;
        match self.options.format {
            CompareFormat::Table => {
                table::totals(&self.a, &b, &totals, self.options.units, self.out)?;
            }
            CompareFormat::JsonLines => json::totals(&self.a, &b, &totals, self.out)?,
        }
        Ok(self.out.flush()?)
    }
}
