//! `limpid score`: what a model held of each token of a text, and the text's perplexity.
//!
//! ```text
//!  text -> parts -> tokens -> windows -> engine -> odds -> table, JSON lines, HTML, SVG
//! ```
//!
//! Everything passes through part by part, so a text may be longer than memory.

mod sheet;
mod stretches;
mod text;

use std::io::{self, Write};

pub use sheet::ScoreFormat;
pub use stretches::Stretch;
pub use text::{Source, TextError};

use self::sheet::{Sheet, Summary};
use super::ask::{ask_and_write, load, tokenize};
use super::progress::Progress;
use crate::chat::Pieces;
use crate::cli::{ExitStatus, Failure};
use crate::engine::Engine;
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, LoadRequest, ModelInfo, Prompt, RequestId, ScoreEvent,
    ScoreRequest, ScoreScope, ScoredToken, TokenId,
};
use crate::probability::{Perplexity, Window, Windowing, Windows};
use crate::words::commands::{self, score as words};

/// The window of `llama-perplexity`, tokens.
const HALVES: u32 = 512;

/// The sliding window, tokens: as far as the default context reaches.
const SLIDING: u32 = 2048;

/// In which windows a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Every token once, each with at least half a window before it.
    Sliding {
        /// Tokens from one window to the next; `None`: half a window.
        stride: Option<u32>,
    },
    /// The second half of windows that do not overlap, as `llama-perplexity` does it.
    Halves,
}

/// What to read, and how to show it.
#[derive(Debug, Clone)]
pub struct ScoreOptions {
    pub method: Method,
    /// Tokens of a window; 0 is all that the model can read, `None` what is usual for the method.
    pub window: Option<u32>,
    /// Windows at most.
    pub chunks: Option<u64>,
    /// Alternatives shown of each token.
    pub alternatives: u16,
    /// `None`: token by token.
    pub by: Option<Stretch>,
    pub format: ScoreFormat,
    /// Say nothing of the progress.
    pub quiet: bool,
}

/// Reads `source` with the model and writes its odds to `out`.
///
/// # Errors
/// The text cannot be read or is too short for a window, the model cannot be loaded, the engine
/// died, or `out` cannot be written.
pub fn run(
    engine: &dyn Engine,
    model: LoadRequest,
    source: Source,
    options: &ScoreOptions,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    if options.by.is_some() && matches!(options.format, ScoreFormat::Html | ScoreFormat::Svg) {
        let wrong = words::TOKEN_BY_TOKEN;
        return Err(Failure::usage(wrong).into());
    }
    let load_all = LoadRequest {
        // The window is none of the conversation's.
        context_size: None,
        ..model
    };
    let info = load(engine, load_all, |_| ())?;
    let mut text = Text {
        engine,
        source,
        next_request: 2,
        tokens: Vec::new(),
        given_away: 0,
        ended: false,
    };
    let bos = text.bos()?;
    let windowing = windowing(options, &info)?;
    if matches!(windowing, Windowing::Halves { .. }) {
        text.tokens.extend(bos);
    }
    let mut sheet = Sheet::new(options.format, options.by, out)?;
    let summary = Reading {
        text,
        bos,
        options,
        pieces: Pieces::new(),
        perplexity: Perplexity::new(),
        bytes: 0,
    }
    .read(windowing, &info, &mut sheet)?;
    sheet.end(&summary)?;
    Ok(())
}

fn windowing(options: &ScoreOptions, info: &ModelInfo) -> Result<Windowing, Failure> {
    let usual = match options.method {
        Method::Sliding { .. } => SLIDING,
        Method::Halves => HALVES,
    };
    let size = match options.window {
        None => usual.min(info.context_limit),
        Some(0) => info.context_limit,
        Some(size) if size > info.context_limit => {
            return Err(Failure::usage(words::large_window(
                size,
                info.context_limit,
            )));
        }
        Some(size) => size,
    };
    if size < 4 {
        return Err(Failure::usage(words::TINY_WINDOW));
    }
    let size = size as usize;
    Ok(match options.method {
        Method::Halves => Windowing::Halves { size },
        Method::Sliding { stride } => {
            let stride = stride.map_or(size / 2, |stride| stride as usize);
            if stride == 0 || stride > size {
                return Err(Failure::usage(words::bad_stride(size)));
            }
            Windowing::Sliding { size, stride }
        }
    })
}

/// The text's tokens, as far as they are needed.
struct Text<'a> {
    engine: &'a dyn Engine,
    source: Source,
    next_request: u64,
    /// Those from `given_away` on.
    tokens: Vec<TokenId>,
    given_away: usize,
    ended: bool,
}

impl Text<'_> {
    fn request(&mut self) -> RequestId {
        self.next_request += 1;
        RequestId(self.next_request)
    }

    /// The token that the model expects before a text.
    fn bos(&mut self) -> Result<Option<TokenId>, EngineError> {
        Ok(self.cut(String::new(), true, false)?.first().copied())
    }

    fn cut(
        &mut self,
        text: String,
        add_bos: bool,
        continues: bool,
    ) -> Result<Vec<TokenId>, EngineError> {
        let request = self.request();
        let command = EngineCommand::Tokenize {
            request,
            text,
            add_bos,
            parse_special: false,
            continues,
        };
        let tokens = tokenize(self.engine, request, command)?;
        Ok(tokens.into_iter().map(|token| token.id).collect())
    }

    /// Tokens there are up to now, those given away included.
    fn available(&self) -> usize {
        self.given_away + self.tokens.len()
    }

    /// Takes in another part.
    fn grow(&mut self) -> anyhow::Result<()> {
        let continues = self.source.parts.bytes() > 0;
        match self.source.parts.next()? {
            Some(part) => {
                let tokens = self.cut(part, false, continues)?;
                self.tokens.extend(tokens);
            }
            None => self.ended = true,
        }
        Ok(())
    }

    /// The next window, as soon as its tokens are there.
    fn window(&mut self, windows: &mut Windows) -> anyhow::Result<Option<Window>> {
        let needed = windows.needed_from();
        self.tokens.drain(..needed - self.given_away);
        self.given_away = needed;
        loop {
            if let Some(window) = windows.next(self.available(), self.ended) {
                return Ok(Some(window));
            }
            if self.ended {
                return Ok(None);
            }
            self.grow()?;
        }
    }
}

struct Reading<'a> {
    text: Text<'a>,
    bos: Option<TokenId>,
    options: &'a ScoreOptions,
    pieces: Pieces,
    perplexity: Perplexity,
    /// Of the tokens that were scored.
    bytes: u64,
}

impl Reading<'_> {
    fn read(
        mut self,
        windowing: Windowing,
        info: &ModelInfo,
        sheet: &mut Sheet<'_>,
    ) -> anyhow::Result<Summary> {
        let sliding = matches!(windowing, Windowing::Sliding { .. });
        let mut windows = Windows::new(windowing, sliding && self.bos.is_some());
        let mut progress = Progress::new(commands::READING, self.options.quiet);
        let mut count = 0;
        while self.options.chunks.is_none_or(|most| count < most) {
            let Some(window) = self.text.window(&mut windows)? else {
                break;
            };
            if count == 0 {
                sheet.begin(info)?;
            }
            self.score(&window, sliding, sheet, &mut progress)?;
            count += 1;
        }
        progress.end();
        if count == 0 {
            return Err(self.too_short(windowing).into());
        }
        Ok(Summary {
            model: info.title(),
            windowing,
            windows: count,
            perplexity: self.perplexity,
            bytes: self.bytes,
        })
    }

    fn too_short(&self, windowing: Windowing) -> Failure {
        let has = self.text.available();
        match windowing {
            Windowing::Halves { size } => {
                Failure::new(ExitStatus::Failed, words::too_short(has, size))
                    .hint(words::SMALLER_WINDOW)
            }
            Windowing::Sliding { .. } => Failure::new(ExitStatus::Failed, words::EMPTY),
        }
    }

    fn score(
        &mut self,
        window: &Window,
        sliding: bool,
        sheet: &mut Sheet<'_>,
        progress: &mut Progress,
    ) -> anyhow::Result<()> {
        let start = window.read.start - self.text.given_away;
        let mut tokens = self.text.tokens[start..start + window.read.len()].to_vec();
        let mut first = window.scored.start - window.read.start;
        if let Some(bos) = self.bos {
            if sliding {
                tokens.insert(0, bos);
                first += 1;
            } else {
                tokens[0] = bos;
            }
        }
        let request = self.text.request();
        let command = EngineCommand::Score(Box::new(ScoreRequest {
            request,
            prompt: Prompt::Tokens(tokens),
            scope: ScoreScope::From(u32::try_from(first).unwrap_or(u32::MAX)),
            candidates: self.options.alternatives.max(1),
            chat_template: None,
        }));
        let engine = self.text.engine;
        let mut place = window.scored.start;
        ask_and_write(engine, request, command, |event| {
            if let EngineEvent::Scored(scored) = event {
                self.write(place, scored, sheet)?;
                place += scored.tokens.len();
                progress.tokens(place as u64, self.share(place));
            }
            anyhow::Ok(())
        })?;
        Ok(())
    }

    fn write(
        &mut self,
        first: usize,
        scored: &ScoreEvent,
        sheet: &mut Sheet<'_>,
    ) -> io::Result<()> {
        let pieces = scored.pieces.iter();
        self.pieces
            .extend(pieces.map(|piece| (piece.id, piece.bytes.clone())));
        for (place, token) in (first..).zip(&scored.tokens) {
            self.count(token);
            sheet.token(place, token, &self.pieces)?;
        }
        sheet.flush()
    }

    fn count(&mut self, token: &ScoredToken) {
        if let Some(odds) = &token.odds {
            self.perplexity.add(odds.logprob, Some(odds.entropy));
            self.bytes += token.bytes.len() as u64;
        }
    }

    /// How much of the text is scored, 0..=1, judged by the bytes that were cut into tokens.
    fn share(&self, place: usize) -> Option<f64> {
        let cut = self.text.source.parts.bytes() as f64 / self.text.source.length? as f64;
        Some(place as f64 / self.text.available() as f64 * cut)
    }
}
