//! The last samples of something, as a row of little bars.

use std::collections::VecDeque;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A fixed number of samples; a new one pushes out the oldest.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    capacity: usize,
    samples: VecDeque<f32>,
}

impl Sparkline {
    /// Room for `capacity` samples, at least one.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        Self {
            capacity,
            samples: VecDeque::with_capacity(capacity),
        }
    }

    /// Adds a sample; one that is negative or no number counts as 0.
    pub fn push(&mut self, sample: f32) {
        if self.samples.len() == self.capacity {
            self.samples.pop_front();
        }
        self.samples.push_back(if sample > 0.0 {
            sample.min(f32::MAX)
        } else {
            0.0
        });
    }

    /// Forgets all samples.
    pub fn clear(&mut self) {
        self.samples.clear();
    }

    /// The newest samples as bars, oldest first, at most `columns` of them.
    ///
    /// The highest bar drawn is the largest sample among these; the lowest stands for 0.
    #[must_use]
    pub fn bars(&self, columns: usize) -> String {
        let first = self.samples.len().saturating_sub(columns);
        let shown = self.samples.range(first..);
        let largest = shown.clone().copied().fold(0.0, f32::max);
        shown
            .map(|&sample| {
                let share = if largest > 0.0 { sample / largest } else { 0.0 };
                BARS[(share * (BARS.len() - 1) as f32).round() as usize]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(samples: &[f32]) -> Sparkline {
        let mut line = Sparkline::new(8);
        for &sample in samples {
            line.push(sample);
        }
        line
    }

    #[test]
    fn bars_rise_with_the_samples() {
        let line = line(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert_eq!(line.bars(8), "▁▂▃▄▅▆▇█");
        assert_eq!(line.bars(3), "▆▇█");
        assert_eq!(line.bars(0), "");
    }

    #[test]
    fn the_oldest_sample_makes_room() {
        let mut line = line(&[100.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        line.push(1.0);
        assert_eq!(line.bars(20), "▁▁▁▁▁▁▁█");
        line.clear();
        assert_eq!(line.bars(20), "");
    }

    #[test]
    fn what_is_no_rate_is_drawn_as_nothing() {
        assert_eq!(line(&[f32::NAN, -1.0, 2.0]).bars(8), "▁▁█");
        assert_eq!(line(&[0.0, 0.0]).bars(8), "▁▁");
    }

    proptest! {
        #[test]
        fn there_is_one_bar_for_each_sample_that_fits(
            samples in proptest::collection::vec(any::<f32>(), 0..40),
            columns in 0_usize..20,
        ) {
            let drawn = line(&samples).bars(columns).chars().count();
            prop_assert_eq!(drawn, samples.len().min(8).min(columns));
        }
    }
}
