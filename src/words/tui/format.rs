//! Numbers as a person reads them.

use std::fmt::Display;

use crate::words::{Language, language, phrases, sentences};

phrases! {
    JUST_NOW = "just now", "刚刚";

    BITS = "bits", "比特";
    NATS = "nats", "奈特";
}

sentences! {
    minutes_and_seconds(minutes, seconds) =
        "{minutes} min {seconds:02} s",
        "{minutes} 分 {seconds:02} 秒";
    minutes_ago(minutes) = "{minutes} min ago", "{minutes} 分钟前";
    hours_ago(hours) = "{hours} h ago", "{hours} 小时前";
    /// The days come with their word: `3 days`.
    days_ago(days) = "{days} ago", "{days}前";

    more_below(rows) = "{rows} more below", "下方还有 {rows} 行";
    more_above(rows) = "{rows} more above", "上方还有 {rows} 行";
    more_around(above, below) = "{above} above, {below} below", "上方 {above} 行，下方 {below} 行";
}

/// A place in an order; `shown` is how the number is written: `1st`, `1,002nd`.
#[must_use]
pub fn ordinal(number: u64, shown: impl Display) -> String {
    let suffix = match (number % 10, number % 100) {
        _ if language() == Language::Chinese => return format!("第 {shown}"),
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{shown}{suffix}")
}
