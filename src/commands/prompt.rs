//! `--show-prompt`: the exact prompt a model would be given, special tokens visible.

use std::io::Write;

use serde::Serialize;

use super::ask::{ask, load, unexpected};
use crate::engine::Engine;
use crate::inference::{
    EngineCommand, EngineEvent, LoadRequest, Prompt, RenderedPiece, RequestId, TokenKind,
};
use crate::text;

/// How the prompt is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptFormat {
    /// The text; sanitised for a terminal, exact bytes otherwise.
    Text { terminal: bool },
    /// One array of tokens.
    Json,
}

#[derive(Serialize)]
struct Token<'a> {
    id: u32,
    text: String,
    bytes: &'a [u8],
    kind: TokenKind,
}

/// Renders `prompt` with the model's template (or `chat_template`) and writes it to `out`.
///
/// # Errors
/// The model cannot be loaded, the template fails, or `out` cannot be written.
pub fn show(
    engine: &dyn Engine,
    model: LoadRequest,
    prompt: Prompt,
    chat_template: Option<String>,
    format: PromptFormat,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    load(engine, model, |_| ())?;
    let request = RequestId(2);
    let command = EngineCommand::Render {
        request,
        prompt,
        chat_template,
    };
    let pieces = match ask(engine, request, command, |_| ())? {
        EngineEvent::Rendered { pieces, .. } => pieces,
        other => return Err(unexpected(&other).into()),
    };
    match format {
        PromptFormat::Json => {
            let tokens: Vec<_> = pieces.iter().map(token).collect();
            serde_json::to_writer_pretty(&mut *out, &tokens)?;
            writeln!(out)?;
        }
        PromptFormat::Text { terminal } => {
            let bytes: Vec<u8> = pieces
                .iter()
                .flat_map(|piece| piece.bytes.clone())
                .collect();
            if terminal {
                writeln!(out, "{}", text::visible(&String::from_utf8_lossy(&bytes)))?;
            } else {
                out.write_all(&bytes)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn token(piece: &RenderedPiece) -> Token<'_> {
    Token {
        id: piece.id.0,
        text: String::from_utf8_lossy(&piece.bytes).into_owned(),
        bytes: &piece.bytes,
        kind: piece.kind,
    }
}
