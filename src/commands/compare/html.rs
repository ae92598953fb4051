//! The comparison as a page: the text twice, in the colours of either model.

use std::io::Write;

use crate::chat::Pieces;
use crate::commands::page::html;
use crate::config::Units;
use crate::inference::{ComparedOdds, ComparedToken, ModelInfo, TokenOdds};
use crate::text;
use crate::words::commands::compare as words;

/// A page that is being written: A's map as it comes, B's kept until that is done.
#[derive(Debug, Default)]
pub struct Page {
    second: Vec<u8>,
    tokens: u64,
}

impl Page {
    /// Writes what comes before A's map.
    pub fn begin(
        &mut self,
        a: &ModelInfo,
        b: &ModelInfo,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        html::begin(out, &words::both(a.title(), b.title()))?;
        html::legend(out)?;
        html::paragraph(out, &words::model("A", a.title()))?;
        html::begin_text(out)?;
        html::paragraph(&mut self.second, &words::model("B", b.title()))?;
        html::begin_text(&mut self.second)
    }

    /// Writes a token of both maps.
    pub fn token(
        &mut self,
        token: &ComparedToken,
        pieces: &Pieces,
        units: Units,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        let odds = token.odds.as_deref();
        let name = text::visible_piece(&token.bytes);
        let about = match odds {
            None => format!("{name}\n{}", words::NOTHING_BEFORE),
            Some(odds) => format!("{name}\n{}", difference(odds, units)),
        };
        let of_a = odds.map_or(String::new(), |odds| side("A", &odds.a, pieces));
        let of_b = odds.map_or(String::new(), |odds| side("B", &odds.b, pieces));
        let logprobs = odds.map(|odds| (odds.a.logprob, odds.b.logprob));
        html::token(
            out,
            self.tokens,
            &token.bytes,
            logprobs.map(|both| both.0),
            &format!("{about}\n\n{of_a}"),
        )?;
        html::token(
            &mut self.second,
            self.tokens,
            &token.bytes,
            logprobs.map(|both| both.1),
            &of_b,
        )?;
        self.tokens += 1;
        Ok(())
    }

    /// Writes B's map, and the numbers of the whole text, a line each.
    pub fn end(mut self, totals: &[String], out: &mut dyn Write) -> std::io::Result<()> {
        html::end_text(out)?;
        html::end_text(&mut self.second)?;
        out.write_all(&self.second)?;
        html::columns(out, totals)?;
        html::end(out)
    }
}

fn difference(odds: &ComparedOdds, units: Units) -> String {
    words::difference(
        units.of_nats(odds.divergence),
        super::table::unit(units),
        units.of_nats(f64::from(odds.difference())),
    )
}

fn side(name: &str, odds: &TokenOdds, pieces: &Pieces) -> String {
    let percent = |logprob: f32| logprob.exp() * 100.0;
    let mut lines = words::odds(name, percent(odds.logprob), odds.rank);
    for (id, logprob) in &odds.best {
        let piece = match pieces.get(id) {
            Some(bytes) => text::visible_piece(bytes),
            None => format!("#{}", id.0),
        };
        lines += &format!("\n{:>8.3} %  {piece}", percent(*logprob));
    }
    lines
}
