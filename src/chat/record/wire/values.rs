//! The JSON forms of what records hold, where they differ from those of the types themselves.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{self, DeserializeOwned};
use serde::ser::{self, SerializeMap as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::inference::{CacheUse, GenerationStats, SamplerSettings, TokenId};
use crate::words::chat::files as words;

/// A label; a log-probability that JSON cannot hold is null.
#[derive(Debug, Serialize, Deserialize)]
pub struct Label {
    pub label: String,
    pub logprob: Option<f64>,
    pub share: f64,
    #[serde(default)]
    pub tokens: u32,
}

/// What an answer cost; guesses only where there were any.
#[derive(Debug)]
pub struct Statistics(pub GenerationStats);

impl Serialize for Statistics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let GenerationStats {
            prompt_tokens,
            cached_tokens,
            prompt_ms,
            predicted_tokens,
            predicted_ms,
            ttft_ms,
            load_ms,
            context_used,
            context_size,
            seed,
            engine_memory,
            speculation,
            cache,
        } = &self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("prompt_tokens", prompt_tokens)?;
        map.serialize_entry("cached_tokens", cached_tokens)?;
        map.serialize_entry("prompt_ms", prompt_ms)?;
        map.serialize_entry("predicted_tokens", predicted_tokens)?;
        map.serialize_entry("predicted_ms", predicted_ms)?;
        map.serialize_entry("ttft_ms", ttft_ms)?;
        map.serialize_entry("load_ms", load_ms)?;
        map.serialize_entry("context_used", context_used)?;
        map.serialize_entry("context_size", context_size)?;
        map.serialize_entry("seed", seed)?;
        map.serialize_entry("engine_memory", engine_memory)?;
        if speculation.guessed > 0 {
            map.serialize_entry("speculation", speculation)?;
        }
        if *cache != CacheUse::default() {
            map.serialize_entry("cache", cache)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Statistics {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Lenient::deserialize(deserializer).map(|Lenient(stats)| Self(stats))
    }
}

/// `text` where it is UTF-8, otherwise `bytes` in base64.
#[derive(Debug, Serialize, Deserialize)]
pub struct Content {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bytes: Option<String>,
}

impl Content {
    pub fn new(content: &[u8]) -> Self {
        match std::str::from_utf8(content) {
            Ok(text) => Self {
                text: Some(text.to_owned()),
                bytes: None,
            },
            Err(_) => Self {
                text: None,
                bytes: Some(STANDARD.encode(content)),
            },
        }
    }

    pub fn into_bytes(self) -> Result<Vec<u8>, String> {
        content(self.text, self.bytes)
    }
}

pub fn content(text: Option<String>, bytes: Option<String>) -> Result<Vec<u8>, String> {
    match (text, bytes) {
        (Some(text), _) => Ok(text.into_bytes()),
        (None, Some(bytes)) => STANDARD.decode(bytes).map_err(words::bad_bytes),
        (None, None) => Err(words::NO_CONTENT.into()),
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct NamedToken {
    pub id: TokenId,
    #[serde(flatten)]
    pub content: Content,
}

/// JSON has no infinity: a forbidden token's bias is null.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bias {
    pub id: TokenId,
    pub bias: Option<f32>,
}

/// A set of named values that may grow: those that a record lacks are the default's.
#[derive(Debug)]
pub struct Lenient<T>(pub T);

impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Default + Serialize + DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = serde_json::Map::deserialize(deserializer)?;
        let mut whole = serde_json::to_value(T::default()).map_err(de::Error::custom)?;
        for (name, value) in found {
            // A number that JSON cannot hold was written as null.
            if !value.is_null() {
                whole[name] = value;
            }
        }
        serde_json::from_value(whole)
            .map(Self)
            .map_err(de::Error::custom)
    }
}

/// Sampler settings, in the form of the format's version 1: what it had no name for is written
/// only where it is set.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Settings(pub Lenient<SamplerSettings>);

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = serde_json::to_string(&self.0).map_err(ser::Error::custom)?;
        // Within a text its quotes would be escaped.
        let named = whole.replacen(r#","json_schema":null"#, "", 1);
        RawValue::from_string(named)
            .map_err(ser::Error::custom)?
            .serialize(serializer)
    }
}
