//! The forms in which a text's odds are written.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::stretches::{Stretch, Stretches};
use crate::chat::Pieces;
use crate::chat::openai::TokenLogprob;
use crate::commands::page::{html, svg::Picture};
use crate::inference::{ModelInfo, ScoredToken, TokenId};
use crate::probability::{Perplexity, Windowing};
use crate::text;
use crate::text::columns;
use crate::words::{commands::score as words, common};

/// How the odds are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreFormat {
    /// A line a token.
    Table,
    /// An object a token, and one for the text.
    JsonLines,
    /// A self-contained page.
    Html,
    /// A picture.
    Svg,
}

/// What the whole text came to.
pub struct Summary {
    /// Raw.
    pub model: String,
    pub windowing: Windowing,
    /// Windows that were read.
    pub windows: u64,
    pub perplexity: Perplexity,
    /// Bytes of the tokens that were scored.
    pub bytes: u64,
}

/// The last line of the JSON form.
#[derive(Serialize)]
struct Total<'a> {
    object: &'static str,
    model: &'a str,
    method: &'static str,
    window: usize,
    stride: usize,
    windows: u64,
    tokens: u64,
    bytes: u64,
    perplexity: Option<f64>,
    standard_error: Option<f64>,
    expected_perplexity: Option<f64>,
    /// Nats a token.
    mean_logprob: Option<f64>,
    bits_per_byte: Option<f64>,
}

impl Summary {
    fn method(&self) -> (&'static str, usize, usize) {
        match self.windowing {
            Windowing::Halves { size } => ("halves", size, size),
            Windowing::Sliding { size, stride } => ("sliding", size, stride),
        }
    }

    /// −log₂ p of everything, a byte: what does not depend on how the text was cut into tokens.
    fn bits_per_byte(&self) -> Option<f64> {
        let mean = self.perplexity.mean_nll().filter(|_| self.bytes > 0)?;
        let nats = mean * self.perplexity.tokens() as f64;
        Some(nats / std::f64::consts::LN_2 / self.bytes as f64)
    }

    /// The result in sentences, without markup.
    fn lines(&self) -> Vec<String> {
        let Some(perplexity) = self.perplexity.measured() else {
            return vec![words::NO_PERPLEXITY.into()];
        };
        let tokens = self.perplexity.tokens();
        let mut first = vec![match self.perplexity.standard_error() {
            Some(error) => words::perplexity_within(perplexity, error, tokens),
            None => words::perplexity(perplexity, tokens),
        }];
        first.extend(self.perplexity.expected().map(words::expected));
        first.extend(self.bits_per_byte().map(words::bits_a_byte));
        let first = first.join(&common::PART_SEPARATOR);
        let second = match self.windowing {
            Windowing::Halves { size } => words::halves(self.windows, size),
            Windowing::Sliding { size, stride } => words::sliding(self.windows, size, stride),
        };
        vec![first, second]
    }
}

/// A text's odds on their way out.
pub struct Sheet<'a> {
    form: Form,
    out: &'a mut dyn Write,
}

enum Form {
    Table,
    JsonLines,
    StretchTable(Stretches),
    StretchLines(Stretches),
    Html,
    /// With the model's name.
    Svg(Box<Picture>, String),
}

impl<'a> Sheet<'a> {
    /// # Errors
    /// A picture has no place to wait in.
    pub fn new(
        format: ScoreFormat,
        by: Option<Stretch>,
        out: &'a mut dyn Write,
    ) -> io::Result<Self> {
        let form = match format {
            ScoreFormat::Table => by.map_or(Form::Table, |stretch| {
                Form::StretchTable(Stretches::new(stretch))
            }),
            ScoreFormat::JsonLines => by.map_or(Form::JsonLines, |stretch| {
                Form::StretchLines(Stretches::new(stretch))
            }),
            ScoreFormat::Html => Form::Html,
            ScoreFormat::Svg => Form::Svg(Box::new(Picture::new()?), String::new()),
        };
        Ok(Self { form, out })
    }

    /// Writes what comes before the tokens.
    pub fn begin(&mut self, model: &ModelInfo) -> io::Result<()> {
        let title = words::read_by(text::visible_line(&model.title()));
        match &mut self.form {
            Form::Table => writeln!(
                self.out,
                "{}  {:>7}  {:>9}  {}  {}  {}  {}",
                columns::right(&words::TOKEN, 7),
                "%",
                "ln p",
                columns::right(&words::RANK, 8),
                columns::right(&words::ENTROPY, 7),
                columns::left(&words::PIECE, 20),
                words::ALTERNATIVES
            ),
            Form::JsonLines | Form::StretchTable(_) | Form::StretchLines(_) => Ok(()),
            Form::Html => {
                html::begin(self.out, &title)?;
                html::legend(self.out)?;
                html::begin_text(self.out)
            }
            Form::Svg(_, name) => {
                *name = title;
                Ok(())
            }
        }
    }

    /// Writes a token; `place` counts the text's tokens from 0.
    pub fn token(&mut self, place: usize, token: &ScoredToken, pieces: &Pieces) -> io::Result<()> {
        let logprob = token.odds.as_ref().map(|odds| odds.logprob);
        match &mut self.form {
            Form::Table => writeln!(self.out, "{}", row(place, token, pieces)),
            Form::JsonLines => {
                let line = TokenLogprob::read(token, pieces);
                serde_json::to_writer(&mut *self.out, &line)?;
                writeln!(self.out)
            }
            Form::StretchTable(text) | Form::StretchLines(text) => {
                text.add(token);
                Ok(())
            }
            Form::Html => html::token(
                self.out,
                place as u64,
                &token.bytes,
                logprob,
                &details(token, pieces),
            ),
            Form::Svg(picture, _) => picture.token(&token.bytes, logprob, &details(token, pieces)),
        }
    }

    /// Hands on what was written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes what comes after the tokens.
    pub fn end(self, summary: &Summary) -> io::Result<()> {
        let out = self.out;
        match self.form {
            Form::Table => end_table(out, summary)?,
            Form::StretchTable(text) => {
                text.table(out)?;
                end_table(out, summary)?;
            }
            Form::JsonLines => end_json_lines(out, summary)?,
            Form::StretchLines(text) => {
                text.json_lines(out)?;
                end_json_lines(out, summary)?;
            }
            Form::Html => {
                html::end_text(out)?;
                for line in summary.lines() {
                    html::paragraph(out, &line)?;
                }
                html::end(out)?;
            }
            Form::Svg(picture, title) => {
                picture.finish(&title, &summary.lines().join(&common::PART_SEPARATOR), out)?;
            }
        }
        out.flush()
    }
}

fn end_table(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    for line in summary.lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn end_json_lines(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let (method, window, stride) = summary.method();
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let total = Total {
        object: "score",
        model: &summary.model,
        method,
        window,
        stride,
        windows: summary.windows,
        tokens: summary.perplexity.tokens(),
        bytes: summary.bytes,
        perplexity: finite(summary.perplexity.measured()),
        standard_error: finite(summary.perplexity.standard_error()),
        expected_perplexity: finite(summary.perplexity.expected()),
        mean_logprob: finite(summary.perplexity.mean_nll()).map(|nll| 0.0 - nll),
        bits_per_byte: finite(summary.bits_per_byte()),
    };
    serde_json::to_writer(&mut *out, &total)?;
    writeln!(out)
}

fn piece_of(id: TokenId, pieces: &Pieces) -> String {
    pieces
        .get(&id)
        .map_or_else(|| format!("#{}", id.0), |bytes| text::visible_piece(bytes))
}

fn row(place: usize, token: &ScoredToken, pieces: &Pieces) -> String {
    let piece = columns::left(&text::visible_piece(&token.bytes), 20);
    let Some(odds) = &token.odds else {
        return format!(
            "{place:>7}  {:>7}  {:>9}  {:>8}  {:>7}  {piece}  {}",
            "",
            "",
            "",
            "",
            words::NOTHING_BEFORE
        );
    };
    let alternatives: Vec<_> = odds
        .best
        .iter()
        .filter(|(id, _)| *id != token.id)
        .map(|&(id, logprob)| format!("{} {:.1}", piece_of(id, pieces), logprob.exp() * 100.0))
        .collect();
    format!(
        "{place:>7}  {:>7.2}  {:>9.4}  {:>8}  {:>7.3}  {piece}  {}",
        odds.logprob.exp() * 100.0,
        odds.logprob,
        odds.rank,
        odds.entropy,
        alternatives.join(", ")
    )
}

/// What is shown of a token that is pointed at.
fn details(token: &ScoredToken, pieces: &Pieces) -> String {
    let piece = text::visible_piece(&token.bytes);
    let Some(odds) = &token.odds else {
        return format!("{piece}\n{}", words::NOTHING_BEFORE);
    };
    let mut out = words::details(
        piece,
        odds.logprob.exp() * 100.0,
        odds.rank,
        // Zero minus it, so that a certain token does not surprise by -0.
        (0.0 - odds.logprob) / std::f32::consts::LN_2,
        odds.entropy / std::f32::consts::LN_2,
    );
    for &(id, logprob) in &odds.best {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "\n{:>6.2} %  {}",
            logprob.exp() * 100.0,
            piece_of(id, pieces)
        );
    }
    out
}
