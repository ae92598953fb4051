//! What `/set` can set: sampler settings, the seed, the length limit, the alternatives.
//!
//! Names and ranges are those of the command line's flags.

mod catalogue;
mod list;

use std::ops::RangeInclusive;

pub use catalogue::SETTINGS;
pub(super) use list::help;
pub(in crate::chat) use list::parameters;

use super::nearest;
use crate::chat::{SessionOptions, UserEvent};
use crate::inference::{
    ConstraintError, LogitBias, Mirostat, SamplerKind, SamplerSettings, TokenId, check_schema,
};
use crate::words::{Phrase, chat::settings as words, common};

/// A setting, and where it lives.
#[derive(Debug)]
pub struct Setting {
    /// As the flag: `top-k`.
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// One phrase.
    pub help: Phrase,
    field: Field,
}

#[derive(Debug)]
enum Field {
    Number(fn(&mut SamplerSettings) -> &mut f32, RangeInclusive<f32>),
    Count(fn(&mut SamplerSettings) -> &mut i32, RangeInclusive<i32>),
    Mirostat,
    Samplers,
    LogitBias,
    Grammar,
    JsonSchema,
    Seed,
    Predict,
    Candidates,
    CandidateMass,
}

/// A setting with a value that it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    setting: &'static Setting,
    value: Value,
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(f32),
    Count(i32),
    Mirostat(Mirostat),
    Samplers(Vec<SamplerKind>),
    LogitBias(Option<LogitBias>),
    Grammar(Option<String>),
    JsonSchema(Option<String>),
    Seed(Option<u32>),
    Predict(Option<u32>),
    Candidates(u16),
    CandidateMass(f32),
}

/// Why something cannot be set; a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    #[error("{}", no_setting(name, *nearest))]
    Unknown {
        name: String,
        nearest: Option<&'static str>,
    },
    #[error("{}", words::not_a_value(setting, expected, found))]
    Value {
        setting: &'static str,
        expected: String,
        found: String,
    },
    #[error("{}", words::not_set(.0.with_excerpt()))]
    Constraint(ConstraintError),
}

fn no_setting(name: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(near) => words::unknown_but_near(name, near),
        None => words::unknown(name),
    }
}

const ANY: f32 = f32::MAX;

/// What takes a value away.
const NONE: &str = "none";

/// Characters of a text that are listed.
const LISTED: usize = 60;

/// As of `--candidates`.
const MOST_CANDIDATES: u16 = 1000;

impl Setting {
    /// The setting with that name; underscores count as hyphens, and leading hyphens are the
    /// flag's.
    ///
    /// # Errors
    /// [`SettingError::Unknown`], with the nearest name.
    pub fn named(name: &str) -> Result<&'static Self, SettingError> {
        let wanted = name
            .trim_start_matches('-')
            .replace('_', "-")
            .to_lowercase();
        let is_called = |setting: &&Setting| {
            let same = |known: &str| known.replace('_', "-") == wanted;
            same(setting.name) || setting.aliases.iter().any(|alias| same(alias))
        };
        SETTINGS
            .iter()
            .find(is_called)
            .ok_or_else(|| SettingError::Unknown {
                name: name.to_owned(),
                nearest: nearest(
                    &wanted,
                    SETTINGS.iter().flat_map(|setting| {
                        [setting.name]
                            .into_iter()
                            .chain(setting.aliases.iter().copied())
                    }),
                ),
            })
    }

    /// What it takes, as a noun: "a number from 0 to 1".
    #[must_use]
    pub fn expects(&self) -> String {
        match &self.field {
            Field::Number(_, range) => match (*range.start(), *range.end()) {
                (min, max) if min == -ANY && max == ANY => words::A_NUMBER.into(),
                (min, ANY) => words::number_from(min),
                (min, max) => words::number_between(min, max),
            },
            Field::Count(_, range) => words::whole_from(range.start()),
            Field::Mirostat => words::A_MIROSTAT.into(),
            Field::Samplers => {
                let names: Vec<_> = SamplerKind::DEFAULT_ORDER
                    .iter()
                    .map(|kind| kind.name())
                    .collect();
                words::samplers_of(names.join(&common::LIST_SEPARATOR))
            }
            Field::LogitBias => words::A_BIAS.into(),
            Field::Grammar => words::A_GRAMMAR.into(),
            Field::JsonSchema => words::A_SCHEMA.into(),
            Field::Seed => words::A_SEED.into(),
            Field::Predict => words::A_LIMIT.into(),
            Field::Candidates => words::whole_between(0, MOST_CANDIDATES),
            Field::CandidateMass => words::A_SHARE.into(),
        }
    }

    /// Its value, as `/set` takes it.
    #[must_use]
    pub fn value(&self, options: &SessionOptions) -> String {
        // The accessors give a place to write to; reading goes by a copy.
        let mut copy = options.sampling.clone();
        match &self.field {
            Field::Number(field, _) => field(&mut copy).to_string(),
            Field::Count(field, _) => field(&mut copy).to_string(),
            Field::Mirostat => match copy.mirostat {
                Mirostat::Off => "0".to_owned(),
                Mirostat::V1 => "1".to_owned(),
                Mirostat::V2 => "2".to_owned(),
            },
            Field::Samplers => {
                let names: Vec<_> = copy.order.iter().map(|kind| kind.name()).collect();
                names.join(";")
            }
            Field::LogitBias if copy.logit_bias.is_empty() => "none".to_owned(),
            Field::LogitBias => {
                let biases: Vec<_> = copy
                    .logit_bias
                    .iter()
                    .map(|LogitBias { id, bias }| format!("{}{bias:+}", id.0))
                    .collect();
                biases.join(" ")
            }
            Field::Grammar => one_line(copy.grammar),
            Field::JsonSchema => one_line(copy.json_schema),
            Field::Seed => copy
                .seed
                .map_or("random".to_owned(), |seed| seed.to_string()),
            Field::Predict => {
                let limit = options.max_tokens;
                limit.map_or("-1".to_owned(), |limit| limit.to_string())
            }
            Field::Candidates => options.candidates.to_string(),
            Field::CandidateMass => options.candidate_mass.to_string(),
        }
    }
}

impl PartialEq for Setting {
    /// There is one setting of each name.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Assignment {
    /// Reads `/set KEY VALUE`.
    ///
    /// # Errors
    /// No such setting, or not a value it takes.
    pub fn parse(key: &str, value: &str) -> Result<Self, SettingError> {
        let setting = Setting::named(key)?;
        if matches!(setting.field, Field::JsonSchema) && value != NONE {
            check_schema(value).map_err(SettingError::Constraint)?;
        }
        let parsed = setting
            .field
            .parse(value)
            .ok_or_else(|| SettingError::Value {
                setting: setting.name,
                expected: setting.expects(),
                found: value.to_owned(),
            })?;
        Ok(Self {
            setting,
            value: parsed,
        })
    }

    /// What it changes in a session with these settings.
    #[must_use]
    pub fn event(&self, sampling: &SamplerSettings) -> UserEvent {
        let mut sampling = Box::new(sampling.clone());
        match (&self.setting.field, &self.value) {
            (_, Value::Predict(limit)) => return UserEvent::MaxTokens(*limit),
            (_, Value::Candidates(count)) => return UserEvent::Candidates(*count),
            (_, Value::CandidateMass(mass)) => return UserEvent::CandidateMass(*mass),
            (Field::Number(field, _), Value::Number(number)) => *field(&mut sampling) = *number,
            (Field::Count(field, _), Value::Count(number)) => *field(&mut sampling) = *number,
            (_, Value::Mirostat(version)) => sampling.mirostat = *version,
            (_, Value::Samplers(order)) => sampling.order.clone_from(order),
            (_, Value::Seed(seed)) => sampling.seed = *seed,
            (_, Value::Grammar(grammar)) => {
                sampling.grammar.clone_from(grammar);
                // An answer follows one of the two.
                sampling.json_schema.take_if(|_| grammar.is_some());
            }
            (_, Value::JsonSchema(schema)) => {
                sampling.json_schema.clone_from(schema);
                sampling.grammar.take_if(|_| schema.is_some());
            }
            (_, Value::LogitBias(None)) => sampling.logit_bias.clear(),
            (_, Value::LogitBias(Some(bias))) => {
                sampling.logit_bias.retain(|other| other.id != bias.id);
                sampling.logit_bias.push(*bias);
            }
            // `parse` gives each field its own kind of value.
            (_, Value::Number(_) | Value::Count(_)) => {}
        }
        UserEvent::Sampling(sampling)
    }

    /// The name of what is set.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.setting.name
    }
}

impl Field {
    fn parse(&self, text: &str) -> Option<Value> {
        Some(match self {
            Self::Number(_, range) => {
                Value::Number(text.parse().ok().filter(|number| range.contains(number))?)
            }
            Self::Count(_, range) => {
                Value::Count(text.parse().ok().filter(|number| range.contains(number))?)
            }
            Self::Mirostat => Value::Mirostat(match text {
                "0" | "off" => Mirostat::Off,
                "1" => Mirostat::V1,
                "2" => Mirostat::V2,
                _ => return None,
            }),
            Self::Samplers => Value::Samplers(
                text.split(';')
                    .map(str::parse)
                    .collect::<Result<_, _>>()
                    .ok()?,
            ),
            Self::LogitBias if text == "none" => Value::LogitBias(None),
            Self::LogitBias => Value::LogitBias(Some(bias(text)?)),
            Self::Grammar => Value::Grammar((text != NONE).then(|| text.to_owned())),
            Self::JsonSchema => Value::JsonSchema((text != NONE).then(|| text.to_owned())),
            Self::Seed if matches!(text, "random" | "-1") => Value::Seed(None),
            Self::Seed => Value::Seed(Some(text.parse().ok()?)),
            Self::Predict if matches!(text, "-1" | "none") => Value::Predict(None),
            Self::Predict => Value::Predict(Some(text.parse().ok().filter(|&limit| limit > 0)?)),
            Self::Candidates => {
                let known = |count: &u16| *count <= MOST_CANDIDATES;
                Value::Candidates(text.parse().ok().filter(known)?)
            }
            Self::CandidateMass => {
                let share = |mass: &f32| (0.0..=1.0).contains(mass);
                Value::CandidateMass(text.parse().ok().filter(share)?)
            }
        })
    }
}

/// A text that may have come from a file, as it fits into a list.
fn one_line(text: Option<String>) -> String {
    match text {
        None => NONE.to_owned(),
        Some(text) => {
            let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some((cut, _)) = words.char_indices().nth(LISTED) {
                words.truncate(cut);
                words.push('…');
            }
            words
        }
    }
}

/// `15043+1.5`, `15043-inf`.
fn bias(text: &str) -> Option<LogitBias> {
    let (id, bias) = text.split_at(text.find(['+', '-'])?);
    let bias: f32 = bias.parse().ok()?;
    let id = TokenId(id.trim().parse().ok()?);
    (bias.is_finite() || bias == f32::NEG_INFINITY).then_some(LogitBias { id, bias })
}
