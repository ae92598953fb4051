//! Attention weights: averages over heads and layers, and the strongest sources.
//!
//! A head's row is a distribution over the tokens that can be looked at, so the mean of rows is
//! one too. A layer's mean is that of its heads; the mean over all is that of the layers'
//! means, so that each layer counts alike however many heads it has.
//!
//! The first token is left out of the strongest sources and of the scale: heads that have
//! nothing to look for rest on it, and it takes most of the weight without meaning anything
//! (Xiao et al. 2023, "Efficient Streaming Language Models with Attention Sinks").

use crate::inference::AttentionLayer;

/// The place of the token on which idle heads rest.
pub const SINK: usize = 0;

/// Which of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heads {
    /// The mean over all heads of all layers.
    #[default]
    All,
    /// The mean over the heads of one layer, by its place among those that were told.
    Layer(usize),
    /// One head of one layer.
    Head(usize, usize),
}

/// A weight for each of `tokens` tokens; `None` where there is no such layer or head.
#[must_use]
pub fn weights(layers: &[AttentionLayer], tokens: usize, which: Heads) -> Option<Vec<f32>> {
    match which {
        Heads::All => {
            let means = layers
                .iter()
                .filter_map(|layer| mean_of_heads(layer, tokens));
            mean(means, tokens).map(|row| narrowed(&row))
        }
        Heads::Layer(layer) => mean_of_heads(layers.get(layer)?, tokens).map(|row| narrowed(&row)),
        Heads::Head(layer, head) => {
            let rows = &layers.get(layer)?.weights;
            let start = head.checked_mul(tokens)?;
            Some(rows.get(start..start.checked_add(tokens)?)?.to_vec())
        }
    }
}

fn mean_of_heads(layer: &AttentionLayer, tokens: usize) -> Option<Vec<f64>> {
    if tokens == 0 {
        return None;
    }
    let rows = layer.weights.chunks_exact(tokens);
    let rows = rows.map(|row| row.iter().copied().map(f64::from).collect());
    mean(rows, tokens)
}

/// The mean of rows, in double precision: there may be thousands of them.
fn mean(rows: impl Iterator<Item = Vec<f64>>, tokens: usize) -> Option<Vec<f64>> {
    let mut total = vec![0.0; tokens];
    let mut count = 0.0;
    for row in rows {
        for (total, weight) in total.iter_mut().zip(row) {
            *total += weight;
        }
        count += 1.0;
    }
    (count > 0.0).then(|| total.into_iter().map(|total| total / count).collect())
}

fn narrowed(row: &[f64]) -> Vec<f32> {
    row.iter().map(|&weight| weight as f32).collect()
}

/// The places with the most weight but for the [`SINK`], at most `count`, heaviest first; of
/// equals the nearer to the end first. Weights that are no numbers or 0 are left out.
#[must_use]
pub fn strongest(weights: &[f32], count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..weights.len())
        .filter(|&place| place != SINK && weights[place] > 0.0)
        .collect();
    places.sort_unstable_by(|&one, &other| {
        weights[other]
            .total_cmp(&weights[one])
            .then(other.cmp(&one))
    });
    places.truncate(count);
    places
}

/// Where each weight stands between 0 and the largest one beside the [`SINK`], 0..=1; `None` for
/// the sink. The square root spreads the small ones, which are most of them.
#[must_use]
pub fn scale(weights: &[f32]) -> Vec<Option<f32>> {
    let largest = weights
        .iter()
        .enumerate()
        .filter(|&(place, weight)| place != SINK && weight.is_finite())
        .map(|(_, &weight)| weight)
        .fold(0.0_f32, f32::max);
    let fraction = |(place, &weight): (usize, &f32)| {
        if place == SINK {
            return None;
        }
        let known = largest > 0.0 && weight.is_finite();
        let fraction = if known { weight / largest } else { 0.0 };
        Some(fraction.clamp(0.0, 1.0).sqrt())
    };
    weights.iter().enumerate().map(fraction).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(layer: u32, rows: &[&[f32]]) -> AttentionLayer {
        AttentionLayer {
            layer,
            heads: rows.len() as u32,
            weights: rows.concat(),
        }
    }

    fn layers() -> Vec<AttentionLayer> {
        vec![
            layer(0, &[&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0]]),
            // One head, which counts as much as the two above together.
            layer(2, &[&[0.5, 0.25, 0.25]]),
        ]
    }

    #[test]
    fn every_layer_counts_alike_however_many_heads_it_has() {
        let all = weights(&layers(), 3, Heads::All).unwrap();
        assert_eq!(all, [0.5, 0.375, 0.125]);
        assert_eq!(
            weights(&layers(), 3, Heads::Layer(0)).unwrap(),
            [0.5, 0.5, 0.0]
        );
        assert_eq!(
            weights(&layers(), 3, Heads::Head(0, 1)).unwrap(),
            [0.0, 1.0, 0.0]
        );
    }

    #[test]
    fn a_mean_of_rows_that_sum_to_one_sums_to_one() {
        for which in [Heads::All, Heads::Layer(0), Heads::Layer(1)] {
            let sum: f32 = weights(&layers(), 3, which).unwrap().iter().sum();
            assert!((sum - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn what_is_not_there_is_none() {
        assert_eq!(weights(&[], 3, Heads::All), None);
        assert_eq!(weights(&layers(), 0, Heads::All), None);
        assert_eq!(weights(&layers(), 3, Heads::Layer(2)), None);
        assert_eq!(weights(&layers(), 3, Heads::Head(0, 2)), None);
        assert_eq!(weights(&layers(), 3, Heads::Head(1, usize::MAX)), None);
    }

    #[test]
    fn the_sink_is_neither_among_the_strongest_nor_on_the_scale() {
        let weights = [0.7, 0.05, 0.2, 0.05, 0.0];
        assert_eq!(strongest(&weights, 10), [2, 3, 1]);
        assert_eq!(strongest(&weights, 1), [2]);
        let scale = scale(&weights);
        assert_eq!(scale[0], None);
        assert_eq!(scale[1], Some(0.5));
        assert_eq!(scale[2], Some(1.0));
        assert_eq!(scale[4], Some(0.0));
    }

    #[test]
    fn a_damaged_models_weights_break_nothing() {
        let weights = [0.5, f32::NAN, 0.5];
        assert_eq!(strongest(&weights, 10), [2]);
        assert_eq!(scale(&weights), [None, Some(0.0), Some(1.0)]);
        assert!(scale(&[]).is_empty());
    }
}
