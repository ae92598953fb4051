//! The sampler settings that a model's makers recommend: by its card, or in the file itself.

use std::collections::BTreeMap;
use std::path::Path;

use super::catalog::Catalog;
use super::gguf::{Header, Value};
use crate::words::model as words;

/// llama.cpp's keys, and the names of the settings.
const KEYS: [(&str, &str); 12] = [
    ("general.sampling.temp", "temperature"),
    ("general.sampling.top_k", "top_k"),
    ("general.sampling.top_p", "top_p"),
    ("general.sampling.min_p", "min_p"),
    ("general.sampling.xtc_probability", "xtc_probability"),
    ("general.sampling.xtc_threshold", "xtc_threshold"),
    ("general.sampling.penalty_last_n", "repeat_last_n"),
    ("general.sampling.penalty_repeat", "repeat_penalty"),
    ("general.sampling.mirostat", "mirostat"),
    ("general.sampling.mirostat_tau", "mirostat_tau"),
    ("general.sampling.mirostat_eta", "mirostat_eta"),
    ("general.sampling.sequence", "samplers"),
];

/// Sampler settings as text, by their names in the settings file. Nobody has checked them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommended {
    /// Who says so.
    pub source: &'static str,
    pub values: BTreeMap<String, String>,
}

/// What is recommended for the model in the file at `path`; `None` where nothing is known. What
/// the file says counts more than what the catalogue knows of a file of this name.
#[must_use]
pub fn recommended(path: &Path, catalog: &Catalog) -> Option<Recommended> {
    let in_file = Header::read(path).map(|header| of_header(&header));
    let in_file = in_file.unwrap_or_default();
    let name = path.file_name().and_then(|name| name.to_str());
    let entry = catalog
        .entries()
        .find(|entry| Some(entry.file.as_str()) == name);
    let source = if in_file.is_empty() {
        words::OWN_CARD
    } else {
        words::OWN_FILE
    };
    let mut values = entry.map_or_else(BTreeMap::new, |entry| entry.sampling.clone());
    values.extend(in_file);
    (!values.is_empty()).then(|| Recommended {
        source: source.text(),
        values,
    })
}

fn of_header(header: &Header) -> BTreeMap<String, String> {
    let known = KEYS.iter().filter_map(|&(key, name)| {
        let text = match header.metadata.get(key)? {
            Value::String(text) => String::from_utf8_lossy(text).into_owned(),
            // As it was written: 0.6 is stored in 32 bits.
            Value::Float(number) => (*number as f32).to_string(),
            Value::Unsigned(number) => number.to_string(),
            Value::Signed(number) => number.to_string(),
            Value::Bool(_) | Value::Array(_) => return None,
        };
        Some((name.to_owned(), text))
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_model_has_what_its_card_says() {
        let catalog = Catalog::load(None).expect("the built-in list is right");
        let path = Path::new("/nowhere/SmolLM2-135M-Instruct.Q4_1.gguf");
        let found = recommended(path, &catalog).expect("its card says something");
        assert_eq!(
            found.values.get("temperature").map(String::as_str),
            Some("0.2")
        );
        assert_eq!(recommended(Path::new("/nowhere/x.gguf"), &catalog), None);
    }

    #[test]
    fn what_a_file_says_is_read_under_our_names() {
        let metadata = BTreeMap::from([
            (
                "general.sampling.temp".to_owned(),
                Value::Float(f64::from(0.6_f32)),
            ),
            ("general.sampling.top_k".to_owned(), Value::Signed(20)),
            (
                "general.sampling.sequence".to_owned(),
                Value::String(b"top_k;temp".to_vec()),
            ),
        ]);
        let header = Header {
            version: 3,
            file_len: 0,
            data_start: 0,
            metadata,
            tensors: Vec::new(),
        };
        let values: Vec<(String, String)> = of_header(&header).into_iter().collect();
        let expected = [
            ("samplers", "top_k;temp"),
            ("temperature", "0.6"),
            ("top_k", "20"),
        ];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(values, expected);
    }
}
