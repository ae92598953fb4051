//! Numbers as a person reads them, and columns.

use std::time::Duration;

use crate::config::Units;
use crate::text;
use crate::words::Phrase;
use crate::words::nouns::{self, Noun};
use crate::words::tui::format as words;

/// `49152` as `49,152`.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number in a few digits, where more would say nothing: `842`, `3.1k`, `12k`, `1.4M`.
#[must_use]
pub fn short(number: u64) -> String {
    let (size, unit) = match number {
        0..1_000 => return number.to_string(),
        1_000..1_000_000 => (1_000.0, "k"),
        _ => (1_000_000.0, "M"),
    };
    let value = number as f64 / size;
    if value < 10.0 {
        format!("{value:.1}{unit}")
    } else {
        format!("{value:.0}{unit}")
    }
}

/// A probability, 0..=1, in at most five columns: `62.1`, `0.04`, `<.01`, `100`.
#[must_use]
pub fn percent(probability: f32) -> String {
    let percent = probability * 100.0;
    if percent >= 99.95 {
        "100".to_owned()
    } else if percent >= 0.95 {
        format!("{percent:.1}")
    } else if percent >= 0.005 {
        format!("{percent:.2}")
    } else if percent > 0.0 {
        "<.01".to_owned()
    } else {
        "0".to_owned()
    }
}

/// Bytes in the unit that leaves at most four digits: `98 MB`, `1.3 GB`. Powers of 1000.
#[must_use]
pub fn bytes(count: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    for (size, unit) in units {
        if count >= size {
            let value = count as f64 / size as f64;
            return if value < 10.0 {
                format!("{value:.1} {unit}")
            } else {
                format!("{value:.0} {unit}")
            };
        }
    }
    format!("{count} B")
}

/// A duration: `74 ms`, `1.3 s`, `2 min 05 s`.
#[must_use]
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 1.0 {
        format!("{:.0} ms", seconds * 1000.0)
    } else if seconds < 10.0 {
        format!("{seconds:.1} s")
    } else if seconds < 60.0 {
        format!("{seconds:.0} s")
    } else {
        let whole = duration.as_secs();
        words::minutes_and_seconds(whole / 60, whole % 60)
    }
}

/// Milliseconds as an engine counts them.
#[must_use]
pub fn milliseconds(milliseconds: f64) -> String {
    // What is no duration, or longer than one can be, is shown as none.
    duration(Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default())
}

/// How long ago, from milliseconds: `just now`, `5 min ago`, `3 days ago`.
#[must_use]
pub fn age(milliseconds: u64) -> String {
    let minutes = milliseconds / 60_000;
    match minutes {
        0 => words::JUST_NOW.into(),
        1..60 => words::minutes_ago(minutes),
        60..1440 => words::hours_ago(minutes / 60),
        _ => words::days_ago(count(minutes / 1440, nouns::DAY)),
    }
}

/// A rate with as many digits as mean something: `131`, `8.4`, `0.53`.
#[must_use]
pub fn rate(per_second: f64) -> String {
    if per_second >= 99.5 {
        thousands(per_second.round() as u64)
    } else if per_second >= 0.95 {
        format!("{per_second:.1}")
    } else {
        format!("{per_second:.2}")
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
#[must_use]
pub fn ordinal(number: u64) -> String {
    words::ordinal(number, thousands(number))
}

/// What surprise and entropy are measured in.
#[must_use]
pub fn unit(units: Units) -> Phrase {
    match units {
        Units::Bits => words::BITS,
        Units::Nats => words::NATS,
    }
}

/// `1 token`, `2 tokens`.
#[must_use]
pub fn count(number: u64, noun: Noun) -> String {
    noun.count(number, thousands(number))
}

/// Cuts or fills a text to exactly this many columns.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    text::columns::left(&text::fit(text, columns), columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact_enough() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(49_152), "49,152");
        assert_eq!(thousands(1_234_567), "1,234,567");
        let percents = [
            (1.0, "100"),
            (0.99949, "99.9"),
            (0.621, "62.1"),
            (0.0004, "0.04"),
            (1e-9, "<.01"),
            (0.0, "0"),
        ];
        for (probability, text) in percents {
            assert_eq!(percent(probability), text);
            assert!(percent(probability).len() <= 5);
        }
        assert_eq!(bytes(98_362_432), "98 MB");
        assert_eq!(bytes(1_320_000_000), "1.3 GB");
        assert_eq!(bytes(512), "512 B");
        assert_eq!(milliseconds(74.4), "74 ms");
        assert_eq!(milliseconds(1_340.0), "1.3 s");
        assert_eq!(milliseconds(125_000.0), "2 min 05 s");
        assert_eq!(milliseconds(f64::NAN), "0 ms");
        assert_eq!(rate(131.4), "131");
        assert_eq!(rate(8.44), "8.4");
        assert_eq!(age(0), "just now");
        assert_eq!(age(61 * 60_000), "1 h ago");
        assert_eq!(age(49 * 3_600_000), "2 days ago");
        let ordinals = [1, 2, 3, 4, 11, 12, 13, 21, 112, 1003].map(ordinal);
        let expected = [
            "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th", "1,003rd",
        ];
        assert_eq!(ordinals, expected);
        assert_eq!(count(1, nouns::TOKEN), "1 token");
        assert_eq!(count(0, nouns::TOKEN), "0 tokens");
    }
}
