//! What the labels of a classification weigh, as lines.

use crate::inference::LabelOdds;
use crate::text;

/// Columns of the longest bar.
const BAR: usize = 20;

/// A line for each label, the likeliest first, none wider than `width` columns:
/// `positive  ████████████████     82.1 %`.
#[must_use]
pub fn labels(labels: &[LabelOdds], width: usize) -> Vec<String> {
    // The share, and the blanks around the bar.
    const REST: usize = 11;
    let name = |odds: &LabelOdds| text::visible_line(&odds.label).into_owned();
    let widest = labels.iter().map(|odds| text::width(&name(odds))).max();
    let names = widest.unwrap_or(0).min(width.saturating_sub(REST).max(4));
    let bar = BAR.min(width.saturating_sub(names + REST));
    labels
        .iter()
        .map(|odds| {
            let name = text::columns::left(&text::fit(&name(odds), names), names);
            let filled = (odds.share * bar as f64).round() as usize;
            let bar = format!(
                "{}{}",
                "█".repeat(filled),
                " ".repeat(bar - filled.min(bar))
            );
            format!("{name}  {bar} {:5.1} %", odds.share * 100.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_a_bar_and_its_share_within_the_width() {
        let odds = LabelOdds::shares(vec![
            ("positive".to_owned(), -0.1, 1),
            (
                "a label that is far too long for the line\x1b".to_owned(),
                -3.0,
                9,
            ),
        ]);
        for width in [80, 40, 20] {
            let lines = labels(&odds, width);
            assert_eq!(lines.len(), 2);
            assert!(
                lines.iter().all(|line| text::width(line) <= width),
                "{lines:#?}"
            );
            assert!(lines[0].starts_with("positive"), "{lines:#?}");
            assert!(lines[0].ends_with("94.8 %"), "{lines:#?}");
            assert!(!lines[1].contains('\x1b'), "{lines:#?}");
        }
    }
}
