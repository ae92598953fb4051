//! One style of a theme file.

use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::style::{Color, Modifier, Style};
use toml_edit::{Item, TableLike, Value};

use crate::config::error::{ConfigError, SourceText};
use crate::words::config as words;

/// The names of the terminal's own colours.
const COLORS: &[(&str, Color)] = &[
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

const MODIFIERS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed-out", Modifier::CROSSED_OUT),
];

/// The theme's own names for colours.
pub(super) type Palette = BTreeMap<String, Color>;

/// Reads colours and styles, and knows the file they stand in.
pub(super) struct Reader<'a> {
    pub source: SourceText<'a>,
    pub palette: Palette,
    /// All that is wrong with the file.
    pub mistakes: Vec<ConfigError>,
}

impl Reader<'_> {
    /// Reads a colour: a name of the palette or the terminal, `#rrggbb`, or 0 to 255.
    pub fn color(&self, value: &Value) -> Result<Color, ConfigError> {
        let wrong = |message: String| self.wrong(value.span(), message);
        match value {
            Value::Integer(index) => u8::try_from(*index.value())
                .map(Color::Indexed)
                .map_err(|_| wrong(words::color_numbers(index.value()))),
            Value::String(name) => self.named_color(name.value()).ok_or_else(|| {
                let known = self.palette.keys().map(String::as_str);
                wrong(words::unknown_color(name.value()))
                    .nearest(
                        name.value(),
                        known.chain(COLORS.iter().map(|(name, _)| *name)),
                    )
                    .hint(words::HOW_COLORS_ARE_WRITTEN)
            }),
            other => Err(wrong(words::expected_color(other.type_name()))),
        }
    }

    fn named_color(&self, name: &str) -> Option<Color> {
        if let Some(digits) = name.strip_prefix('#') {
            let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let rgb = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
            return Some(Color::from_u32(rgb));
        }
        let own = self.palette.get(name).copied();
        own.or_else(|| {
            COLORS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, color)| *color)
        })
    }

    /// What was read; what is wrong instead is kept.
    pub fn note<T>(&mut self, read: Result<T, ConfigError>) -> Option<T> {
        read.map_err(|error| self.mistakes.push(error)).ok()
    }

    /// Reads a style: a colour for the text, or a table.
    pub fn style(&mut self, value: &Value) -> Option<Style> {
        match value {
            Value::InlineTable(table) => Some(self.style_table(table)),
            color => {
                let color = self.color(color);
                self.note(color).map(foreground)
            }
        }
    }

    /// Reads a style that is a table.
    pub fn style_table(&mut self, table: &dyn TableLike) -> Style {
        let mut style = Style::new();
        for (key, item) in table.iter() {
            let span = table.key(key).and_then(toml_edit::Key::span);
            let property = self.property(key, span, item);
            if let Some(property) = self.note(property) {
                style = style.patch(property);
            }
        }
        style
    }

    fn property(
        &self,
        key: &str,
        span: Option<Range<usize>>,
        item: &Item,
    ) -> Result<Style, ConfigError> {
        let Some(value) = item.as_value() else {
            return Err(self.wrong(span, words::not_a_value(key)));
        };
        match key {
            "fg" => return self.color(value).map(foreground),
            "bg" => return Ok(Style::new().bg(self.color(value)?)),
            _ => {}
        }
        let modifier = MODIFIERS.iter().find(|(name, _)| *name == key);
        let Some((_, modifier)) = modifier else {
            let known = MODIFIERS.iter().map(|(name, _)| *name).chain(["fg", "bg"]);
            let message = words::unknown_property(key);
            return Err(self.wrong(span, message).nearest(key, known));
        };
        match value.as_bool() {
            Some(true) => Ok(Style::new().add_modifier(*modifier)),
            Some(false) => Ok(Style::new()),
            None => Err(self.wrong(value.span(), words::is_true_or_false(key))),
        }
    }

    pub fn wrong(&self, span: Option<Range<usize>>, message: impl Into<String>) -> ConfigError {
        ConfigError::new(message).at_column(&self.source, span)
    }
}

/// `default` leaves the colour to what is drawn below, so that text in a popup keeps its ground.
fn foreground(color: Color) -> Style {
    Style::new().fg(color)
}
