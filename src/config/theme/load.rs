//! Reading theme files and what they inherit.

use std::fs;
use std::path::{Path, PathBuf};

use ratatui::style::Style;
use toml_edit::{Document, Item, TableLike};

use super::style::{Palette, Reader};
use super::{BUILT_IN, Background, ColorDepth, Listed, Part, SCALE_STEPS, Theme, unknown};
use crate::config::error::{ConfigError, SourceText};
use crate::words::{config as words, help};

/// A longer chain of `inherits` than this is a mistake, if not a circle.
const DEPTH_LIMIT: usize = 8;

const KEYS: &[&str] = &[
    "description",
    "background",
    "inherits",
    "palette",
    "styles",
    "token",
];

/// What one file says, before what it inherits is added.
#[derive(Debug, Default)]
struct Layer {
    description: Option<String>,
    background: Option<Background>,
    inherits: Option<String>,
    styles: Vec<(Part, Style)>,
    scale: Option<[Style; SCALE_STEPS]>,
}

struct Source {
    name: String,
    path: PathBuf,
    text: String,
    built_in: bool,
}

pub(super) fn load(name: &str, folder: Option<&Path>) -> Result<Theme, Vec<ConfigError>> {
    let one = |error| vec![error];
    let first = find(name, folder, false).map_err(one)?;
    let (theme_name, path) = (first.name.clone(), first.path.clone());
    let (layer, mut mistakes) = read(&first).map_err(one)?;
    let mut layers = vec![layer];
    let mut current = first;
    while let Some(base) = layers.last().and_then(|layer| layer.inherits.clone()) {
        if layers.len() > DEPTH_LIMIT {
            let error = ConfigError::new(words::THEMES_IN_A_CIRCLE);
            mistakes.push(ConfigError {
                path: Some(path),
                ..error
            });
            return Err(mistakes);
        }
        // The user's "dark" may build on the built-in "dark".
        let only_built_in = base == current.name && !current.built_in;
        let found = find(&base, folder, only_built_in).map_err(|error| ConfigError {
            path: Some(current.path.clone()),
            ..error
        });
        match found.and_then(|found| Ok((read(&found)?, found))) {
            Ok(((layer, more), found)) => {
                layers.push(layer);
                mistakes.extend(more);
                current = found;
            }
            Err(error) => {
                mistakes.push(error);
                return Err(mistakes);
            }
        }
    }
    // What is missing may be what was wrong.
    if mistakes.is_empty() {
        assemble(theme_name, &path, &layers)
    } else {
        Err(mistakes)
    }
}

fn assemble(name: String, path: &Path, layers: &[Layer]) -> Result<Theme, Vec<ConfigError>> {
    let mut styles = [None; Part::ALL.len()];
    // From the base up, so that what stands nearer goes over it.
    for (part, style) in layers.iter().rev().flat_map(|layer| &layer.styles) {
        styles[*part as usize] = Some(*style);
    }
    let mut mistakes = Vec::new();
    let mut missing = |message: String| {
        mistakes.push(ConfigError {
            path: Some(path.to_path_buf()),
            ..ConfigError::new(message).hint(words::INHERIT_WHAT_IS_MISSING)
        });
    };
    let mut complete = [Style::new(); Part::ALL.len()];
    for part in Part::ALL {
        let base = || styles[part.base()? as usize];
        match styles[part as usize].or_else(base) {
            Some(style) => complete[part as usize] = style,
            None => missing(words::no_style(part.name())),
        }
    }
    let scale = layers.iter().find_map(|layer| layer.scale);
    if scale.is_none() {
        missing(words::NO_SCALE.into());
    }
    let Some(scale) = scale.filter(|_| mistakes.is_empty()) else {
        return Err(mistakes);
    };
    let first = layers.first();
    Ok(Theme {
        name,
        description: first
            .and_then(|layer| layer.description.clone())
            .unwrap_or_default(),
        background: layers
            .iter()
            .find_map(|layer| layer.background)
            .unwrap_or_default(),
        styles: complete,
        scale,
        depth: ColorDepth::True,
    })
}

fn find(name: &str, folder: Option<&Path>, only_built_in: bool) -> Result<Source, ConfigError> {
    let is_path =
        name.contains('/') || Path::new(name).extension().is_some_and(|ext| ext == "toml");
    let own = if is_path {
        Some(PathBuf::from(name))
    } else {
        let file = folder.map(|folder| folder.join(format!("{name}.toml")));
        file.filter(|file| !only_built_in && file.is_file())
    };
    if let Some(path) = own {
        let text = fs::read_to_string(&path).map_err(|error| {
            ConfigError::access(words::cannot_read_theme(path.display(), error))
        })?;
        let stem = path.file_stem().unwrap_or(path.as_os_str());
        return Ok(Source {
            name: stem.to_string_lossy().into_owned(),
            path,
            text,
            built_in: false,
        });
    }
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == name);
    let (name, text) = built_in.ok_or_else(|| unknown(name, folder))?;
    Ok(Source {
        name: (*name).to_owned(),
        path: PathBuf::from(format!("themes/{name}.toml")),
        text: (*text).to_owned(),
        built_in: true,
    })
}

/// What a file says, and all that is wrong with it, in its order.
///
/// # Errors
/// It is no TOML.
fn read(source: &Source) -> Result<(Layer, Vec<ConfigError>), ConfigError> {
    let text = SourceText {
        path: &source.path,
        text: &source.text,
    };
    let document = Document::parse(source.text.as_str())
        .map_err(|error| ConfigError::toml(&error).at_column(&text, error.span()))?;
    let mut reader = Reader {
        source: text,
        palette: Palette::new(),
        mistakes: Vec::new(),
    };
    let root = document.as_table();
    for (key, _) in root {
        if !KEYS.contains(&key) {
            let span = root.key(key).and_then(toml_edit::Key::span);
            let mistake = reader
                .wrong(span, words::unknown_theme_key(key))
                .nearest(key, KEYS.iter().copied());
            reader.mistakes.push(mistake);
        }
    }
    reader.palette = palette(&mut reader, root.get("palette"));
    let description = text_of(&reader, root, "description");
    let description = reader.note(description).flatten();
    let background = background(&reader, root);
    let inherits = text_of(&reader, root, "inherits");
    let layer = Layer {
        description: if source.built_in {
            description.map(help::spoken)
        } else {
            description
        },
        background: reader.note(background).flatten(),
        inherits: reader.note(inherits).flatten(),
        styles: styles(&mut reader, root.get("styles")),
        scale: scale(&mut reader, root.get("token")),
    };
    reader
        .mistakes
        .sort_by_key(|mistake| (mistake.line, mistake.column));
    Ok((layer, reader.mistakes))
}

fn text_of(
    reader: &Reader<'_>,
    table: &dyn TableLike,
    key: &str,
) -> Result<Option<String>, ConfigError> {
    let Some(item) = table.get(key) else {
        return Ok(None);
    };
    let text = item.as_str().map(str::to_owned);
    text.map(Some)
        .ok_or_else(|| reader.wrong(item.span(), words::is_a_text(key)))
}

fn background(
    reader: &Reader<'_>,
    table: &dyn TableLike,
) -> Result<Option<Background>, ConfigError> {
    Ok(match text_of(reader, table, "background")?.as_deref() {
        None => None,
        Some("dark") => Some(Background::Dark),
        Some("light") => Some(Background::Light),
        Some("any") => Some(Background::Any),
        Some(other) => {
            let span = table.get("background").and_then(Item::span);
            let message = words::backgrounds(other);
            return Err(reader.wrong(span, message));
        }
    })
}

fn table<'a>(
    reader: &mut Reader<'_>,
    item: Option<&'a Item>,
    name: &str,
) -> Option<&'a dyn TableLike> {
    let item = item?;
    let table = item.as_table_like();
    let table = table.ok_or_else(|| reader.wrong(item.span(), words::is_a_table(name)));
    reader.note(table)
}

fn palette(reader: &mut Reader<'_>, item: Option<&Item>) -> Palette {
    let mut palette = Palette::new();
    let Some(table) = table(reader, item, "palette") else {
        return palette;
    };
    for (name, item) in table.iter() {
        let value = item.as_value();
        let value = value.ok_or_else(|| reader.wrong(item.span(), words::color_is_a_text(name)));
        let color = value.and_then(|value| reader.color(value));
        // A name whose colour is wrong is known all the same: its uses are not.
        palette.insert(name.to_owned(), reader.note(color).unwrap_or_default());
    }
    palette
}

fn styles(reader: &mut Reader<'_>, item: Option<&Item>) -> Vec<(Part, Style)> {
    let mut styles = Vec::new();
    let Some(table) = table(reader, item, "styles") else {
        return styles;
    };
    for (key, item) in table.iter() {
        let Some(part) = Part::from_name(key) else {
            let span = table.key(key).and_then(toml_edit::Key::span);
            let mut mistake = reader
                .wrong(span, words::unknown_part(key))
                .nearest(key, Part::ALL.map(Part::name));
            if item.as_table_like().is_some() {
                mistake = mistake.hint(words::QUOTE_DOTTED_NAMES);
            }
            reader.mistakes.push(mistake);
            continue;
        };
        let style = match item {
            Item::Value(value) => reader.style(value),
            Item::Table(table) => Some(reader.style_table(table)),
            _ => {
                let mistake = reader.wrong(item.span(), words::is_a_color_or_table(key));
                reader.note(Err(mistake))
            }
        };
        styles.extend(style.map(|style| (part, style)));
    }
    styles
}

fn scale(reader: &mut Reader<'_>, item: Option<&Item>) -> Option<[Style; SCALE_STEPS]> {
    let table = table(reader, item, "token")?;
    for (key, _) in table.iter() {
        if key != "scale" {
            let span = table.key(key).and_then(toml_edit::Key::span);
            let mistake = reader
                .wrong(span, words::unknown_token_key(key))
                .nearest(key, ["scale"]);
            reader.mistakes.push(mistake);
        }
    }
    let item = table.get("scale")?;
    let values = item.as_array();
    let found = values.map_or(0, toml_edit::Array::len);
    let styles: Vec<Style> = values
        .into_iter()
        .flatten()
        .filter_map(|value| reader.style(value))
        .collect();
    if found != SCALE_STEPS {
        let mistake = reader.wrong(item.span(), words::scale_steps(SCALE_STEPS, found));
        reader.mistakes.push(mistake);
    }
    styles.try_into().ok()
}

/// The theme files in the user's folder; none where it cannot be read.
pub(super) fn user_themes(folder: Option<&Path>) -> Vec<Listed> {
    let Some(Ok(entries)) = folder.map(fs::read_dir) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?.to_owned();
            Some(Listed {
                name,
                file: Some(path),
            })
        })
        .collect()
}
