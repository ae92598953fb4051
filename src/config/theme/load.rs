//! Reading theme files and what they inherit.

use std::fs;
use std::path::{Path, PathBuf};

use ratatui::style::Style;
use toml_edit::{Document, Item, TableLike};

use super::style::{Palette, Reader};
use super::{BUILT_IN, Background, Listed, Part, SCALE_STEPS, Theme, unknown};
use crate::config::error::{ConfigError, SourceText};
use crate::words::config as words;

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

pub(super) fn load(name: &str, folder: Option<&Path>) -> Result<Theme, ConfigError> {
    let first = find(name, folder, false)?;
    let (theme_name, path) = (first.name.clone(), first.path.clone());
    let mut layers = vec![read(&first)?];
    let mut current = first;
    while let Some(base) = layers.last().and_then(|layer| layer.inherits.clone()) {
        if layers.len() > DEPTH_LIMIT {
            let error = ConfigError::new(words::THEMES_IN_A_CIRCLE);
            return Err(ConfigError {
                path: Some(path),
                ..error
            });
        }
        // The user's "dark" may build on the built-in "dark".
        let only_built_in = base == current.name && !current.built_in;
        current = find(&base, folder, only_built_in).map_err(|error| ConfigError {
            path: Some(current.path.clone()),
            ..error
        })?;
        layers.push(read(&current)?);
    }
    assemble(theme_name, &path, &layers)
}

fn assemble(name: String, path: &Path, layers: &[Layer]) -> Result<Theme, ConfigError> {
    let mut styles = [None; Part::ALL.len()];
    // From the base up, so that what stands nearer goes over it.
    for (part, style) in layers.iter().rev().flat_map(|layer| &layer.styles) {
        styles[*part as usize] = Some(*style);
    }
    let missing = |message: String| ConfigError {
        path: Some(path.to_path_buf()),
        ..ConfigError::new(message).hint(words::INHERIT_WHAT_IS_MISSING)
    };
    let mut complete = [Style::new(); Part::ALL.len()];
    for part in Part::ALL {
        let base = || styles[part.base()? as usize];
        complete[part as usize] = styles[part as usize]
            .or_else(base)
            .ok_or_else(|| missing(words::no_style(part.name())))?;
    }
    let scale = layers.iter().find_map(|layer| layer.scale);
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
        scale: scale.ok_or_else(|| missing(words::NO_SCALE.into()))?,
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

fn read(source: &Source) -> Result<Layer, ConfigError> {
    let text = SourceText {
        path: &source.path,
        text: &source.text,
    };
    let document = Document::parse(source.text.as_str())
        .map_err(|error| ConfigError::toml(&error).at(&text, error.span()))?;
    let mut reader = Reader {
        source: text,
        palette: Palette::new(),
    };
    let root = document.as_table();
    for (key, _) in root {
        if !KEYS.contains(&key) {
            let span = root.key(key).and_then(toml_edit::Key::span);
            let message = words::unknown_theme_key(key);
            return Err(reader
                .wrong(span, message)
                .nearest(key, KEYS.iter().copied()));
        }
    }
    reader.palette = palette(&reader, root.get("palette"))?;
    Ok(Layer {
        description: text_of(&reader, root, "description")?,
        background: background(&reader, root)?,
        inherits: text_of(&reader, root, "inherits")?,
        styles: styles(&reader, root.get("styles"))?,
        scale: scale(&reader, root.get("token"))?,
    })
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
    reader: &Reader<'_>,
    item: Option<&'a Item>,
    name: &str,
) -> Result<Option<&'a dyn TableLike>, ConfigError> {
    let Some(item) = item else {
        return Ok(None);
    };
    let table = item.as_table_like();
    table
        .map(Some)
        .ok_or_else(|| reader.wrong(item.span(), words::is_a_table(name)))
}

fn palette(reader: &Reader<'_>, item: Option<&Item>) -> Result<Palette, ConfigError> {
    let Some(table) = table(reader, item, "palette")? else {
        return Ok(Palette::new());
    };
    table
        .iter()
        .map(|(name, item)| {
            let value = item.as_value();
            let value =
                value.ok_or_else(|| reader.wrong(item.span(), words::color_is_a_text(name)))?;
            Ok((name.to_owned(), reader.color(value)?))
        })
        .collect()
}

fn styles(reader: &Reader<'_>, item: Option<&Item>) -> Result<Vec<(Part, Style)>, ConfigError> {
    let Some(table) = table(reader, item, "styles")? else {
        return Ok(Vec::new());
    };
    let mut styles = Vec::new();
    for (key, item) in table.iter() {
        let Some(part) = Part::from_name(key) else {
            let span = table.key(key).and_then(toml_edit::Key::span);
            let mut error = reader
                .wrong(span, words::unknown_part(key))
                .nearest(key, Part::ALL.map(Part::name));
            if item.as_table_like().is_some() {
                error = error.hint(words::QUOTE_DOTTED_NAMES);
            }
            return Err(error);
        };
        let style = match item {
            Item::Value(value) => reader.style(value)?,
            Item::Table(table) => reader.style_table(table)?,
            _ => return Err(reader.wrong(item.span(), words::is_a_color_or_table(key))),
        };
        styles.push((part, style));
    }
    Ok(styles)
}

fn scale(
    reader: &Reader<'_>,
    item: Option<&Item>,
) -> Result<Option<[Style; SCALE_STEPS]>, ConfigError> {
    let Some(table) = table(reader, item, "token")? else {
        return Ok(None);
    };
    for (key, _) in table.iter() {
        if key != "scale" {
            let span = table.key(key).and_then(toml_edit::Key::span);
            let message = words::unknown_token_key(key);
            return Err(reader.wrong(span, message).nearest(key, ["scale"]));
        }
    }
    let Some(item) = table.get("scale") else {
        return Ok(None);
    };
    let wrong = |found: usize| reader.wrong(item.span(), words::scale_steps(SCALE_STEPS, found));
    let values = item.as_array().ok_or_else(|| wrong(0))?;
    let styles: Vec<_> = values
        .iter()
        .map(|value| reader.style(value))
        .collect::<Result<_, _>>()?;
    let found = styles.len();
    styles.try_into().map(Some).map_err(|_| wrong(found))
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
