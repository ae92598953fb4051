//! The weights as a table, as JSON, and as a page.

use std::io::{self, Write};

use serde::Serialize;

use super::AttentionOptions;
use crate::commands::page::{STEPS, html};
use crate::inference::{AttentionLayer, AttentionWindow, TokenKind};
use crate::probability::attention::{SINK, scale, strongest};
use crate::text;
use crate::text::columns;
use crate::words::commands::attention as words;

/// Sources at most in the table.
const SOURCES: usize = 20;

/// What is to be shown.
pub(super) struct Report<'a> {
    pub(super) window: &'a AttentionWindow,
    pub(super) layers: &'a [AttentionLayer],
    /// A number for each token of the window.
    pub(super) weights: &'a [f32],
    pub(super) options: AttentionOptions,
}

/// The JSON form.
#[derive(Serialize)]
struct Json<'a> {
    /// The token that looks.
    token: usize,
    /// Tokens at the beginning that were left out.
    cut: u32,
    /// The numbers of the layers that have attention.
    layers: Vec<u32>,
    /// The shown one; absent: the mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<usize>,
    tokens: Vec<Token<'a>>,
}

#[derive(Serialize)]
struct Token<'a> {
    /// Counted from 1, in the whole text.
    index: usize,
    id: u32,
    /// Lossy where the bytes are a part of a character.
    text: String,
    bytes: &'a [u8],
    kind: TokenKind,
    weight: f32,
}

impl Report<'_> {
    pub(super) fn table(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.title())?;
        if let Some(says) = self.cut() {
            writeln!(out, "{says}")?;
        }
        let head = [&*words::WEIGHT, &*words::TOKEN].map(|cell| columns::right(cell, 8));
        writeln!(out, "{}  {}", head.join("  "), words::PIECE)?;
        for place in strongest(self.weights, SOURCES) {
            writeln!(out, "{}", self.row(place))?;
        }
        if !self.window.tokens.is_empty() {
            writeln!(out, "{}", words::idle_row(self.row(SINK), words::IDLE))?;
        }
        Ok(())
    }

    fn row(&self, place: usize) -> String {
        let (index, percent) = (self.number(place), self.weights[place] * 100.0);
        format!("{percent:>6.2} %  {index:>8}  {}", self.piece(place))
    }

    pub(super) fn json(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let tokens = self.window.tokens.iter().zip(self.weights).enumerate();
        let json = Json {
            token: self.number(self.window.tokens.len()) - 1,
            cut: self.window.cut,
            layers: self.layers.iter().map(|layer| layer.layer).collect(),
            layer: self.options.layer,
            head: self.options.head,
            tokens: tokens
                .map(|(place, (token, &weight))| Token {
                    index: self.number(place),
                    id: token.id.0,
                    text: String::from_utf8_lossy(&token.bytes).into_owned(),
                    bytes: &token.bytes,
                    kind: token.kind,
                    weight,
                })
                .collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &json)?;
        writeln!(out)?;
        Ok(())
    }

    pub(super) fn html(&self, out: &mut impl Write) -> io::Result<()> {
        html::begin(out, &self.title())?;
        if let Some(says) = self.cut() {
            html::paragraph(out, &says)?;
        }
        html::scale(out, &words::HARDLY, &words::STRONGEST)?;
        let first = self.weights.get(SINK).copied().unwrap_or(0.0) * 100.0;
        html::paragraph(out, &words::of_first(first, words::IDLE))?;
        html::begin_text(out)?;
        let tokens = self.window.tokens.iter().zip(scale(self.weights));
        for (place, (token, heat)) in tokens.enumerate() {
            let step = heat.map(|heat| ((heat * STEPS as f32) as usize).min(STEPS - 1));
            let details = words::details(
                self.piece(place),
                self.number(place),
                token.id.0,
                self.weights[place] * 100.0,
            );
            html::cell(out, self.number(place) as u64, &token.bytes, step, &details)?;
        }
        html::end_text(out)?;
        html::end(out)
    }

    /// Which token, and which weights.
    fn title(&self) -> String {
        let shown = match (self.options.layer, self.options.head) {
            (None, _) => words::mean_of_all(self.layers.len()),
            (Some(layer), None) => words::mean_of_layer(layer),
            (Some(layer), Some(head)) => words::one_head(layer, head),
        };
        let last = self.window.tokens.len().saturating_sub(1);
        words::title(self.number(last), self.piece(last), shown)
    }

    fn cut(&self) -> Option<String> {
        let (cut, read) = (self.window.cut, self.window.tokens.len());
        (cut > 0).then(|| words::cut(read, cut))
    }

    /// Counted from 1, in the whole text.
    fn number(&self, place: usize) -> usize {
        self.window.cut as usize + place + 1
    }

    fn piece(&self, place: usize) -> String {
        let token = self.window.tokens.get(place);
        token.map_or_else(String::new, |token| text::visible_piece(&token.bytes))
    }
}
