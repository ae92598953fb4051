//! What a draft has cost one answer, and brought to it.
//!
//! What a draft is worth is foreseen from how often it was sure and right, and from what a batch
//! costs; each of these is off by a little, and where it hardly gains, that decides. So what came
//! of it is counted as well.

/// Decodes after which what was counted is believed.
const TELLING: u32 = 5;

/// Times are measured to some per cent.
const LOSS: f64 = 0.97;

/// Seconds, of the decodes before which the draft wrote.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    decodes: u32,
    took: f64,
    /// What their tokens would have taken one by one.
    one_by_one: f64,
    /// The draft wrote so long before the decode that comes.
    writing: Option<f64>,
}

impl Ledger {
    /// The draft has written, or was not sure of anything. The first time it has read the prompt
    /// too, which says nothing of those that follow.
    pub(super) fn wrote(&mut self, seconds: f64) {
        self.writing = Some(if self.decodes == 0 { 0.0 } else { seconds });
    }

    /// A decode is over, whose tokens would have taken so long one by one.
    pub(super) fn decoded(&mut self, took: f64, one_by_one: f64) {
        if let Some(writing) = self.writing.take() {
            self.decodes += 1;
            self.took += writing + took;
            self.one_by_one += one_by_one;
        }
    }

    /// Whether the answer would be further without the draft, which is to be `worth` so much of
    /// its speed.
    pub(super) fn is_a_loss(&self, worth: f64) -> bool {
        self.decodes >= TELLING && self.one_by_one < LOSS.min(worth) * self.took
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After so many decodes that took a second, half as long as the draft wrote, and gave
    /// `tokens` each.
    fn after(decodes: u32, tokens: f64) -> Ledger {
        let mut ledger = Ledger::default();
        for _ in 0..decodes {
            ledger.wrote(0.5);
            ledger.decoded(1.0, tokens);
        }
        ledger
    }

    #[test]
    fn a_draft_that_brings_less_than_it_costs_is_a_loss_once_that_is_certain() {
        assert!(!after(TELLING - 1, 1.0).is_a_loss(1.1));
        assert!(after(TELLING, 1.0).is_a_loss(1.1));
        assert!(!after(TELLING, 1.5).is_a_loss(1.1));
        assert!(!after(20, 3.0).is_a_loss(1.1));
        assert!(!after(20, 0.1).is_a_loss(0.0), "whatever it costs");
    }

    #[test]
    fn decodes_that_it_did_not_write_for_count_for_nothing() {
        let mut ledger = after(TELLING, 1.6);
        for _ in 0..50 {
            ledger.decoded(1.0, 0.5);
        }
        assert!(!ledger.is_a_loss(1.1));
    }
}
