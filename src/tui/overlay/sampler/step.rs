//! How far a key moves a setting.

use crate::config::{Kind, Setting, Value};

/// By how much a key changes a setting.
fn step(setting: &Setting) -> f64 {
    match setting.name() {
        "temperature" | "top_p" | "typical_p" | "xtc_probability" | "dry_base"
        | "repeat_penalty" | "presence_penalty" | "frequency_penalty" => 0.05,
        "min_p" | "xtc_threshold" | "mirostat_eta" => 0.01,
        "top_n_sigma" | "dry_multiplier" => 0.1,
        "mirostat_tau" => 0.5,
        "top_k" => 5.0,
        "repeat_last_n" | "dry_penalty_last_n" => 16.0,
        _ => 1.0,
    }
}

/// The value a step further, at most as far as the setting goes.
pub(super) fn stepped(setting: &Setting, value: &Value, by: f64) -> Value {
    let step = step(setting);
    let next = |number: f64, min: f64, max: f64| {
        let places = (number / step + by).round() * step;
        // A step of a half is not to leave 0.8000000001 behind.
        ((places * 1e4).round() / 1e4).clamp(min, max)
    };
    match (value, setting.kind) {
        (Value::Number(number), Kind::Number { min, max }) => {
            Value::Number(next(*number, min, max))
        }
        (Value::Integer(number), Kind::Integer { min, max, .. }) => {
            Value::Integer(next(*number as f64, min as f64, max as f64) as i64)
        }
        (Value::Unset, Kind::Integer { min, .. }) => Value::Integer(min),
        (other, _) => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::table;

    #[test]
    fn steps_are_round_and_stop_where_the_setting_does() {
        let of = |key| table::find(key).expect("is a setting");
        let table = [
            (
                "sampling.temperature",
                Value::Number(0.8),
                1.0,
                Value::Number(0.85),
            ),
            (
                "sampling.temperature",
                Value::Number(0.0),
                -1.0,
                Value::Number(0.0),
            ),
            (
                "sampling.top_p",
                Value::Number(0.98),
                1.0,
                Value::Number(1.0),
            ),
            (
                "sampling.top_k",
                Value::Integer(40),
                -1.0,
                Value::Integer(35),
            ),
            ("sampling.top_k", Value::Integer(0), -1.0, Value::Integer(0)),
            (
                "sampling.mirostat",
                Value::Integer(2),
                1.0,
                Value::Integer(2),
            ),
            ("sampling.seed", Value::Unset, 1.0, Value::Integer(0)),
            (
                "sampling.dry_penalty_last_n",
                Value::Integer(-1),
                -1.0,
                Value::Integer(-1),
            ),
        ];
        for (key, before, by, after) in table {
            assert_eq!(stepped(of(key), &before, by), after, "{key}");
        }
    }
}
