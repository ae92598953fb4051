//! What the second engine found, and which part of it is looked at.

use crate::inference::{AttentionLayer, AttentionWindow};
use crate::probability::attention::{Heads, scale, strongest, weights};
use crate::text;
use crate::tui::passage::Passage;
use crate::words::tui::attention as words;

/// Sources at most; as many are shown as there is room for.
const MOST: usize = 64;

/// The weights, and the text they belong to, laid out.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) window: AttentionWindow,
    pub(super) layers: Vec<AttentionLayer>,
    /// The window's tokens.
    pub(super) text: Passage,
    chosen: Heads,
    /// Of what is chosen, a number for each token.
    pub(super) weights: Vec<f32>,
    pub(super) heat: Vec<Option<f32>>,
    /// The places of the heaviest.
    pub(super) strongest: Vec<usize>,
}

impl Found {
    pub(super) fn window(&mut self, window: AttentionWindow) {
        for token in &window.tokens {
            self.text.push(&token.bytes);
        }
        self.window = window;
    }

    /// Shows other weights; what is not there changes nothing.
    pub(super) fn choose(&mut self, heads: Heads) {
        if let Some(weights) = weights(&self.layers, self.window.tokens.len(), heads) {
            self.chosen = heads;
            self.heat = scale(&weights);
            self.strongest = strongest(&weights, MOST);
            self.weights = weights;
        }
    }

    /// The next or previous layer; before the first comes the mean of all.
    pub(super) fn step_layer(&mut self, by: isize) {
        let (layer, head) = match self.chosen {
            Heads::All if by > 0 => (Some(0), None),
            Heads::All => (None, None),
            Heads::Layer(layer) => (layer.checked_add_signed(by), None),
            Heads::Head(layer, head) => (layer.checked_add_signed(by), Some(head)),
        };
        self.choose(match (layer, head) {
            (None, _) => Heads::All,
            (Some(layer), None) => Heads::Layer(layer),
            (Some(layer), Some(head)) => {
                // Layers need not have the same number of heads.
                let heads = self.layers.get(layer).map_or(1, |it| it.heads as usize);
                Heads::Head(layer, head.min(heads.saturating_sub(1)))
            }
        });
    }

    /// The next or previous head of the layer; before the first comes the layer's mean.
    pub(super) fn step_head(&mut self, by: isize) {
        self.choose(match self.chosen {
            Heads::All if by > 0 => Heads::Layer(0),
            Heads::All => Heads::All,
            Heads::Layer(layer) if by > 0 => Heads::Head(layer, 0),
            Heads::Layer(layer) => Heads::Layer(layer),
            Heads::Head(layer, head) => match head.checked_add_signed(by) {
                Some(head) => Heads::Head(layer, head),
                None => Heads::Layer(layer),
            },
        });
    }

    /// What is chosen, in words.
    pub(super) fn says(&self) -> String {
        let number = |layer: usize| self.layers.get(layer).map_or(0, |it| it.layer);
        let last = self.layers.last().map_or(0, |it| it.layer);
        match self.chosen {
            Heads::All => words::all_heads(self.layers.len()),
            Heads::Layer(layer) => {
                let heads = self.layers.get(layer).map_or(0, |it| it.heads);
                words::layer(number(layer), last, heads)
            }
            Heads::Head(layer, head) => {
                let heads = self.layers.get(layer).map_or(0, |it| it.heads);
                words::head(number(layer), last, head, heads.saturating_sub(1))
            }
        }
    }

    /// The token that looks, as it is shown.
    pub(super) fn looking(&self) -> String {
        self.window
            .tokens
            .len()
            .checked_sub(1)
            .map_or_else(String::new, |place| self.name(place))
    }

    /// A token as it is shown.
    pub(super) fn name(&self, place: usize) -> String {
        let token = self.window.tokens.get(place);
        token.map_or_else(String::new, |token| text::visible_piece(&token.bytes))
    }

    /// A token's number in all that was to be read, counted from 1.
    pub(super) fn number(&self, place: usize) -> usize {
        self.window.cut as usize + place + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{AttendedToken, TokenId, TokenKind};

    fn found() -> Found {
        let token = |bytes: &[u8]| AttendedToken {
            id: TokenId(1),
            kind: TokenKind::Text,
            bytes: bytes.to_vec(),
        };
        let mut found = Found::default();
        found.window(AttentionWindow {
            tokens: vec![token(b"The"), token(b" sk"), token(b"y")],
            cut: 7,
        });
        let layer = |layer, heads: u32| AttentionLayer {
            layer,
            heads,
            weights: [0.5, 0.3, 0.2].repeat(heads as usize),
        };
        found.layers = vec![layer(0, 2), layer(3, 1)];
        found.choose(Heads::All);
        found
    }

    #[test]
    fn layers_and_heads_are_gone_through_and_never_left() {
        let mut found = found();
        found.step_layer(-1);
        assert_eq!(found.chosen, Heads::All);
        found.step_head(1);
        found.step_head(1);
        found.step_head(1);
        found.step_head(1);
        assert_eq!(found.chosen, Heads::Head(0, 1));
        assert_eq!(found.says(), "layer 0 of 0 to 3, head 1 of 0 to 1");
        found.step_layer(1);
        assert_eq!(found.chosen, Heads::Head(1, 0), "it has one head alone");
        found.step_layer(1);
        assert_eq!(found.chosen, Heads::Head(1, 0));
        found.step_head(-1);
        assert_eq!(found.chosen, Heads::Layer(1));
        found.step_layer(-1);
        found.step_layer(-1);
        assert_eq!(found.chosen, Heads::All);
    }

    #[test]
    fn a_token_has_its_number_in_all_that_was_to_be_read() {
        let found = found();
        assert_eq!(found.number(0), 8);
        assert_eq!(found.strongest, [1, 2]);
        assert_eq!(found.looking(), "y");
    }
}
