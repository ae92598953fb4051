//! The settings as a list: their values, and what each is for.

use std::fmt::Write as _;

use super::SETTINGS;
use crate::chat::{Session, SessionOptions};
use crate::words::chat::settings as words;

/// All settings with their values; a star marks those that are not llama.cpp's defaults.
pub(in crate::chat) fn parameters(session: &Session) -> String {
    let width = SETTINGS
        .iter()
        .map(|setting| setting.name.len())
        .max()
        .unwrap_or(0);
    let defaults = SessionOptions::default();
    let mut text = String::new();
    for setting in SETTINGS {
        let value = setting.value(session.options());
        let mark = if value == setting.value(&defaults) {
            ' '
        } else {
            '*'
        };
        let _ = writeln!(text, "{mark} {:width$}  {value}", setting.name);
    }
    text.push_str(&words::LEGEND);
    text
}

/// What each setting is for.
pub(in crate::chat::slash) fn help() -> String {
    let width = SETTINGS
        .iter()
        .map(|setting| setting.name.len())
        .max()
        .unwrap_or(0);
    let lines: Vec<String> = SETTINGS
        .iter()
        .map(|setting| format!("{:width$}  {}", setting.name, setting.help))
        .collect();
    lines.join("\n")
}
