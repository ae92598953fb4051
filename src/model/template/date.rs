//! Python's `strftime`, as far as templates use it, in UTC and English.

use std::time::{SystemTime, UNIX_EPOCH};

const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SECONDS_PER_DAY: u64 = 86_400;

/// A point in time, taken apart.
struct Moment {
    year: u64,
    /// 1..=12.
    month: u64,
    /// 1..=31.
    day: u64,
    /// 0 is Sunday.
    weekday: usize,
    /// Since midnight.
    second: u64,
}

impl Moment {
    /// The proleptic Gregorian calendar; years that begin in March have their leap day last
    /// (<https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
    fn of(time: SystemTime) -> Self {
        // A clock before 1970 is not set; the first day is as good as any.
        let seconds = time
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let days = seconds / SECONDS_PER_DAY;
        let shifted = days + 719_468;
        let era = shifted / 146_097;
        let day_of_era = shifted % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = match from_march {
            0..=9 => from_march + 3,
            _ => from_march - 9,
        };
        Self {
            year: era * 400 + year_of_era + u64::from(month <= 2),
            month,
            day: day_of_year - (153 * from_march + 2) / 5 + 1,
            weekday: ((days + 4) % 7) as usize,
            second: seconds % SECONDS_PER_DAY,
        }
    }
}

/// Writes `time` as `format` says; an unknown directive stays as it is.
pub(super) fn strftime(time: SystemTime, format: &str) -> String {
    let moment = Moment::of(time);
    let (hour, minute) = (moment.second / 3600, moment.second / 60 % 60);
    let twelve = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    let day = DAYS[moment.weekday];
    let month = MONTHS[moment.month as usize - 1];
    let mut text = String::new();
    let mut chars = format.chars();
    while let Some(character) = chars.next() {
        if character != '%' {
            text.push(character);
            continue;
        }
        let mut directive = chars.next();
        // glibc's `%-d` leaves the zero out.
        let padded = directive != Some('-');
        if !padded {
            directive = chars.next();
        }
        let number = |number: u64| {
            if padded {
                format!("{number:02}")
            } else {
                number.to_string()
            }
        };
        let part = match directive {
            Some('Y') => moment.year.to_string(),
            Some('y') => number(moment.year % 100),
            Some('m') => number(moment.month),
            Some('d') => number(moment.day),
            Some('e') => format!("{:2}", moment.day),
            Some('B') => month.to_owned(),
            Some('b' | 'h') => month[..3].to_owned(),
            Some('A') => day.to_owned(),
            Some('a') => day[..3].to_owned(),
            Some('H') => number(hour),
            Some('I') => number(twelve),
            Some('M') => number(minute),
            Some('S') => number(moment.second % 60),
            Some('p') => if hour < 12 { "AM" } else { "PM" }.to_owned(),
            Some('F') => strftime(time, "%Y-%m-%d"),
            Some('T') => strftime(time, "%H:%M:%S"),
            Some('Z') => "UTC".to_owned(),
            Some('z') => "+0000".to_owned(),
            Some('%') | None => "%".to_owned(),
            Some(other) => format!("%{other}"),
        };
        text.push_str(&part);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn dates_are_written_as_python_writes_them() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        // 29 February 2024, a Thursday, 13:05:09.
        let leap = at(1_709_211_909);
        assert_eq!(strftime(leap, "%d %b %Y"), "29 Feb 2024");
        assert_eq!(
            strftime(leap, "%A, %B %-d, %F %T %I:%M %p %y%%"),
            "Thursday, February 29, 2024-02-29 13:05:09 01:05 PM 24%"
        );
        assert_eq!(strftime(at(0), "%a %e %H%"), "Thu  1 00%");
        assert_eq!(strftime(at(4_102_444_799), "%F %q"), "2099-12-31 %q");
    }
}
