//! `limpid tokens`: how a text is cut into tokens.

mod check;
mod samples;

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::ask::{ask, load, unexpected};
use crate::engine::Engine;
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, LoadRequest, RequestId, TokenKind, TokenizedPiece,
};
use crate::text;
use crate::text::columns;
use crate::words::commands::tokens as words;

/// What to show of the tokens.
#[derive(Debug, Clone)]
pub struct TokensOptions {
    /// Texts such as `<|im_end|>` become control tokens.
    pub parse_special: bool,
    /// Begin with the token that the model expects at the beginning.
    pub add_bos: bool,
    pub format: TokensFormat,
    /// Compare with this `tokenizer.json` instead of listing.
    pub check: Option<PathBuf>,
}

/// How the tokens are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokensFormat {
    /// A line a token, and their count.
    Table,
    /// One array.
    Json,
    /// One object a line.
    JsonLines,
    /// The number of tokens alone.
    Count,
}

/// A token as the JSON form shows it.
#[derive(Serialize)]
struct Token<'a> {
    id: u32,
    /// Byte offsets into the text, end exclusive.
    start: usize,
    end: usize,
    /// Lossy where the bytes are a part of a character.
    text: String,
    bytes: &'a [u8],
    kind: TokenKind,
}

/// Cuts `input` into tokens and writes them to `out`; with no `input`, `check` compares over
/// built-in texts in many scripts.
///
/// # Errors
/// The model cannot be loaded, the tokenizer file cannot be read, the two disagree, or `out`
/// cannot be written.
pub fn run(
    engine: &dyn Engine,
    model: LoadRequest,
    input: Option<String>,
    options: &TokensOptions,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    load(engine, model, |_| ())?;
    if let Some(file) = &options.check {
        return compare(engine, input.as_deref(), file, options, out);
    }
    let input = input.unwrap_or_default();
    let tokens = tokenize(engine, &input, options)?;
    match options.format {
        TokensFormat::Count => writeln!(out, "{}", tokens.len())?,
        TokensFormat::JsonLines => {
            for token in described(&tokens) {
                serde_json::to_writer(&mut *out, &token)?;
                writeln!(out)?;
            }
        }
        TokensFormat::Json => {
            let tokens: Vec<_> = described(&tokens).collect();
            serde_json::to_writer_pretty(&mut *out, &tokens)?;
            writeln!(out)?;
        }
        TokensFormat::Table => {
            let bytes = columns::left(&words::BYTES, 15);
            writeln!(out, "{:>8}  {bytes}  {}", "id", words::PIECE)?;
            for (start, token) in spans(&tokens) {
                let range = format!("{start}..{}", start + token.bytes.len());
                let piece = text::visible_piece(&token.bytes);
                let note = match token.kind {
                    TokenKind::Text => "",
                    TokenKind::Control | TokenKind::EndOfGeneration => &words::CONTROL,
                };
                writeln!(out, "{:>8}  {range:<15}  {piece}{note}", token.id.0)?;
            }
            writeln!(out, "{}", words::total(tokens.len(), input.len()))?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Compares over `input`, or over the built-in texts, each by itself.
fn compare(
    engine: &dyn Engine,
    input: Option<&str>,
    file: &Path,
    options: &TokensOptions,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let original = check::Original::load(file, options)?;
    let mut comparison = check::Comparison::new(&original, out);
    let given = input.map(|input| [(words::THE_TEXT, input)]);
    let texts = given
        .as_ref()
        .map_or(&samples::SAMPLES[..], |given| &given[..]);
    for (name, input) in texts {
        let ours = tokenize(engine, input, options)?;
        comparison.add(*name, input, &ours)?;
    }
    comparison.finish()
}

fn described(tokens: &[TokenizedPiece]) -> impl Iterator<Item = Token<'_>> {
    spans(tokens).map(|(start, token)| Token {
        id: token.id.0,
        start,
        end: start + token.bytes.len(),
        text: String::from_utf8_lossy(&token.bytes).into_owned(),
        bytes: &token.bytes,
        kind: token.kind,
    })
}

/// Each token with the byte offset it starts at.
fn spans(tokens: &[TokenizedPiece]) -> impl Iterator<Item = (usize, &TokenizedPiece)> {
    tokens.iter().scan(0, |offset, token| {
        let start = *offset;
        *offset += token.bytes.len();
        Some((start, token))
    })
}

fn tokenize(
    engine: &dyn Engine,
    input: &str,
    options: &TokensOptions,
) -> Result<Vec<TokenizedPiece>, EngineError> {
    let request = RequestId(2);
    let command = EngineCommand::Tokenize {
        request,
        text: input.to_owned(),
        add_bos: options.add_bos,
        parse_special: options.parse_special,
        continues: false,
    };
    match ask(engine, request, command, |_| ())? {
        EngineEvent::Tokenized { tokens, .. } => Ok(tokens),
        other => Err(unexpected(&other)),
    }
}
