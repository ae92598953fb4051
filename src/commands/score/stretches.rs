//! A text's odds by words, by sentences, or by what is least certain.
//!
//! A sentence may end anywhere, so the text and a few bytes for each token are held until its end.

use std::io::{self, Write};

use serde::Serialize;

use crate::inference::ScoredToken;
use crate::probability::{Span, SpanToken, least_certain, sentences, words};
use crate::text;
use crate::text::columns;
use crate::words::commands::score as told;

/// Which stretches of a text are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    Word,
    Sentence,
    /// Runs of words that were each less probable than one half, the least probable first.
    Uncertain,
}

/// Below this probability a word is uncertain: something else was likelier than it.
const UNCERTAIN: f64 = 0.5;

/// Columns that a stretch's text may take in the table.
const COLUMNS: usize = 72;

/// A text that is gathered to be told by stretches.
#[derive(Debug)]
pub struct Stretches {
    stretch: Stretch,
    text: Vec<u8>,
    tokens: Vec<SpanToken>,
}

/// A stretch as the JSON form shows it.
#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    /// Byte offsets into the text, end exclusive.
    start: usize,
    end: usize,
    tokens: usize,
    logprob: f64,
    probability: f64,
    /// The geometric mean of its tokens.
    per_token: f64,
}

impl Stretches {
    pub fn new(stretch: Stretch) -> Self {
        Self {
            stretch,
            text: Vec::new(),
            tokens: Vec::new(),
        }
    }

    pub fn add(&mut self, token: &ScoredToken) {
        let start = self.text.len();
        self.text.extend_from_slice(&token.bytes);
        self.tokens.push(SpanToken {
            bytes: start..self.text.len(),
            logprob: token.odds.as_ref().map(|odds| odds.logprob),
        });
    }

    fn spans(&self) -> Vec<Span> {
        match self.stretch {
            Stretch::Word => words(&self.text, &self.tokens),
            Stretch::Sentence => sentences(&self.text, &self.tokens),
            Stretch::Uncertain => least_certain(&self.text, &self.tokens, UNCERTAIN)
                .into_iter()
                .map(|run| run.span)
                .collect(),
        }
    }

    /// Writes a line for each stretch.
    pub fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{:>9}  {}  {:>9}  {}  {}  {}",
            "%",
            columns::right(&told::PERCENT_EACH, 7),
            "ln p",
            columns::right(&told::TOKENS, 6),
            columns::right(&told::AT_BYTE, 8),
            told::TEXT
        )?;
        for span in self.spans() {
            let shown = text::visible_bytes(&self.text[span.bytes.clone()]);
            writeln!(
                out,
                "{:>9}  {:>7.2}  {:>9.4}  {:>6}  {:>8}  {}",
                percent(span.probability()),
                span.per_token() * 100.0,
                span.logprob,
                span.count,
                span.bytes.start,
                text::fit(&shown, COLUMNS)
            )?;
        }
        Ok(())
    }

    /// Writes an object for each stretch.
    pub fn json_lines(&self, out: &mut dyn Write) -> io::Result<()> {
        for span in self.spans() {
            let line = Line {
                text: &String::from_utf8_lossy(&self.text[span.bytes.clone()]),
                start: span.bytes.start,
                end: span.bytes.end,
                tokens: span.count,
                logprob: span.logprob.max(f64::MIN),
                probability: span.probability(),
                per_token: span.per_token(),
            };
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
        Ok(())
    }
}

/// A sentence of many tokens is never likely; its size still tells something.
fn percent(probability: f64) -> String {
    let percent = probability * 100.0;
    if percent == 0.0 || percent >= 0.005 {
        format!("{percent:.2}")
    } else {
        format!("{percent:.1e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{TokenId, TokenKind, TokenOdds};

    fn token(text: &str, logprob: Option<f32>) -> ScoredToken {
        let odds = logprob.map(|logprob| TokenOdds {
            logprob,
            rank: 1,
            entropy: 1.0,
            best: Vec::new(),
        });
        ScoredToken {
            id: TokenId(1),
            kind: TokenKind::Text,
            bytes: text.as_bytes().to_vec(),
            odds: odds.map(Box::new),
        }
    }

    fn told(stretch: Stretch) -> Vec<serde_json::Value> {
        let mut stretches = Stretches::new(stretch);
        let half = 0.5_f32.ln();
        for (text, logprob) in [
            ("The", None),
            (" sky", Some(0.9_f32.ln())),
            (".", Some(half)),
            (" Ray", Some(half)),
            ("leigh", Some(half)),
            (" won", Some(0.1_f32.ln())),
            (".", Some(0.0)),
        ] {
            stretches.add(&token(text, logprob));
        }
        let mut out = Vec::new();
        stretches.json_lines(&mut out).unwrap();
        let lines = String::from_utf8(out).unwrap();
        let parsed = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        parsed.collect()
    }

    #[test]
    fn words_and_sentences_are_as_probable_as_their_tokens_together() {
        let words = told(Stretch::Word);
        let texts: Vec<_> = words.iter().map(|word| word["text"].clone()).collect();
        assert_eq!(
            texts,
            ["sky", "Rayleigh", "won"],
            "nothing came before the first"
        );
        assert!((words[1]["probability"].as_f64().unwrap() - 0.25).abs() < 1e-6);
        assert!((words[1]["per_token"].as_f64().unwrap() - 0.5).abs() < 1e-6);
        let sentences = told(Stretch::Sentence);
        assert_eq!(sentences.len(), 1);
        assert_eq!(sentences[0]["text"], "Rayleigh won.");
        assert!((sentences[0]["probability"].as_f64().unwrap() - 0.025).abs() < 1e-6);
    }

    #[test]
    fn what_is_least_certain_comes_first() {
        let runs = told(Stretch::Uncertain);
        assert_eq!(runs[0]["text"], "Rayleigh won");
        assert_eq!(
            (&runs[0]["start"], &runs[0]["end"]),
            (&9.into(), &21.into())
        );
    }
}
