//! `limpid compare`: the same text under two models.
//!
//! What comes from the engine is printed as it comes; kept are 8 bytes a token for the totals,
//! and the bytes of the candidates.

mod html;
mod json;
mod table;

use std::io::Write;

use super::ask::{ask_and_write, load};
use super::status_line::StatusLine;
use crate::chat::Pieces;
use crate::cli::Failure;
use crate::config::Units;
use crate::engine::Engine;
use crate::inference::{
    CompareEvent, CompareRequest, ComparedToken, EngineCommand, EngineError, EngineEvent,
    LoadRequest, ModelInfo, RequestId,
};
use crate::probability::Comparison;
use crate::words::commands::compare as words;

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
    /// A page with the text twice, then the totals.
    Html,
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
    let mut status = StatusLine::new(options.progress);
    let a = load(engine, first, |share| {
        status.draw(|| words::loading(words::FIRST_MODEL, share * 100.0));
    })?;
    let request = compare.request;
    let mut report = Report {
        options,
        out,
        status,
        a,
        b: None,
        total: 0,
        done: 0,
        pieces: Pieces::new(),
        sum: Comparison::new(),
        page: html::Page::default(),
    };
    let command = EngineCommand::Compare(Box::new(compare));
    let ended = ask_and_write(engine, request, command, |event| report.take_in(event));
    report.status.clear();
    ended?;
    report.end()
}

/// What is printed, and what is known so far.
struct Report<'a> {
    options: CompareOptions,
    out: &'a mut dyn Write,
    status: StatusLine,
    a: ModelInfo,
    b: Option<ModelInfo>,
    total: u32,
    /// Tokens printed.
    done: usize,
    pieces: Pieces,
    sum: Comparison,
    page: html::Page,
}

impl Report<'_> {
    fn take_in(&mut self, event: &EngineEvent) -> anyhow::Result<()> {
        match event {
            EngineEvent::Loading { fraction, .. } => {
                self.status
                    .draw(|| words::loading(words::SECOND_MODEL, *fraction * 100.0));
            }
            EngineEvent::Compare { event, .. } => match event {
                CompareEvent::Started { other, total } => {
                    self.b = Some((**other).clone());
                    self.total = *total;
                    self.status.clear();
                    match self.options.format {
                        CompareFormat::Table => {
                            table::head(&self.a, other, self.options.units, self.out)?;
                        }
                        CompareFormat::Html => self.page.begin(&self.a, other, self.out)?,
                        CompareFormat::JsonLines => {}
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
        self.status.clear();
        for token in tokens {
            if let Some(odds) = &token.odds {
                self.sum.add(odds.as_ref().into());
            }
            match self.options.format {
                CompareFormat::Table => table::row(token, self.options.units, self.out)?,
                CompareFormat::JsonLines => json::token(token, &self.pieces, self.out)?,
                CompareFormat::Html => {
                    let units = self.options.units;
                    self.page.token(token, &self.pieces, units, self.out)?;
                }
            }
        }
        self.out.flush()?;
        self.done += tokens.len();
        let (done, total) = (self.done, self.total);
        self.status.draw(|| words::compared(done, total));
        Ok(())
    }

    fn end(self) -> anyhow::Result<()> {
        let b = self.b.ok_or_else(|| EngineError::Protocol {
            reason: words::NEVER_BEGAN.into(),
        })?;
        let totals = self
            .sum
            .totals()
            .ok_or_else(|| Failure::usage(words::SINGLE_TOKEN))?;
        match self.options.format {
            CompareFormat::Table => {
                table::totals(&self.a, &b, &totals, self.options.units, self.out)?;
            }
            CompareFormat::JsonLines => json::totals(&self.a, &b, &totals, self.out)?,
            CompareFormat::Html => {
                let lines = table::summary(&self.a, &b, &totals, self.options.units);
                self.page.end(&lines, self.out)?;
            }
        }
        Ok(self.out.flush()?)
    }
}
