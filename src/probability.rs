//! What a model's logits say: log-probabilities, ranks, entropy, surprise, perplexity.
//!
//! Pure functions over one row of logits, that is the scores of all tokens of the vocabulary in
//! token order. Probabilities are the model's own, softmax at temperature 1:
//!
//! ```text
//! log Z      = ln Σ exp(xᵢ)                the log normaliser
//! ln pᵢ      = xᵢ − log Z                  log-probability, nats
//! H          = −Σ pᵢ ln pᵢ                 entropy, nats
//! surprise   = −log₂ pᵢ                    bits
//! perplexity = exp(−(1/N) Σ ln pₜ)         of a text of N tokens
//! KL(P‖Q)    = Σ pᵢ (ln pᵢ − ln qᵢ)        of two models at one place, nats
//! ```
//!
//! (Shannon 1948, "A Mathematical Theory of Communication", for entropy and surprise; Jelinek
//! et al. 1977 for perplexity.) A logit of negative infinity is a token that cannot come; NaN,
//! which a damaged model can produce, counts as that.

pub mod attention;
mod best;
mod comparison;
mod divergence;
mod perplexity;
mod softmax;
mod spans;
mod summary;
mod units;
mod windows;

pub use comparison::{Compared, Comparison, Totals};
pub use divergence::kl_divergence;
pub use perplexity::Perplexity;
pub use softmax::{log_sum_exp, logprob};
pub use spans::{Span, SpanToken, UncertainRun, least_certain, sentences, stretch, words};
pub use summary::{Distribution, Summary, Workspace, distribution, entropy, rank_of};
pub use units::{bits_from_nats, nats_from_bits, perplexity, surprise_bits};
pub use windows::{Window, Windowing, Windows};
