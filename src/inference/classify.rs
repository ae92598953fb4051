//! A choice among given labels, by what the model holds of each.

use serde::{Deserialize, Serialize};

use super::{ConversationKey, GenerationStats, Prompt, RequestId};

/// Labels to be weighed as the answer to a prompt, which is read once for all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassifyRequest {
    pub request: RequestId,
    pub prompt: Prompt,
    /// The answers to choose from, no two alike.
    pub labels: Vec<String>,
    /// Jinja source instead of the model's own template.
    pub chat_template: Option<String>,
    /// The conversation it belongs to.
    pub conversation: Option<ConversationKey>,
}

/// What the model holds of a label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelOdds {
    pub label: String,
    /// Of the answer that is this label and nothing else, nats: the sum over its tokens, and that
    /// of its end. A longer label has more tokens to be unlikely in; that is part of what the
    /// model holds of it, so nothing is divided by its length.
    pub logprob: f64,
    /// Its probability among all labels, 0..=1.
    pub share: f64,
    /// Tokens of the label, without the end.
    pub tokens: u32,
}

/// What came of a [`ClassifyRequest`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classified {
    pub request: RequestId,
    /// The likeliest first; their shares add up to 1.
    pub labels: Vec<LabelOdds>,
    pub stats: GenerationStats,
}

impl LabelOdds {
    /// Makes shares of log-probabilities and sorts: the likeliest first, among equals as given.
    #[must_use]
    pub fn shares(labels: Vec<(String, f64, u32)>) -> Vec<Self> {
        let best = labels
            .iter()
            .map(|(_, logprob, _)| *logprob)
            .fold(f64::NEG_INFINITY, f64::max);
        let weight = |logprob: f64| {
            // Where the model holds none of them possible, all are alike.
            if best == f64::NEG_INFINITY {
                1.0
            } else {
                (logprob - best).exp()
            }
        };
        let sum: f64 = labels.iter().map(|(_, logprob, _)| weight(*logprob)).sum();
        let mut odds: Vec<Self> = labels
            .into_iter()
            .map(|(label, logprob, tokens)| Self {
                share: weight(logprob) / sum,
                label,
                logprob,
                tokens,
            })
            .collect();
        odds.sort_by(|one, other| other.logprob.total_cmp(&one.logprob));
        odds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_the_likeliest_is_first() {
        let given = [("a", -3.0), ("b", -1.0), ("c", f64::NEG_INFINITY)];
        let given = given.map(|(label, logprob)| (label.to_owned(), logprob, 1));
        let odds = LabelOdds::shares(given.to_vec());
        let names: Vec<_> = odds.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(names, ["b", "a", "c"]);
        assert!((odds.iter().map(|one| one.share).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((odds[1].share / odds[0].share - (-2.0_f64).exp()).abs() < 1e-12);
        let none = vec![("a".to_owned(), f64::NEG_INFINITY, 1); 2];
        assert_eq!(LabelOdds::shares(none)[0].share, 0.5);
    }
}
