//! How a checked [`Value`] gets into a field of the settings, and out again.

use super::settings::{
    ColorBy, ColorChoice, ContextFull, CopyTo, Editing, Hyperlinks, KeepAlive, LanguageChoice,
    ReasoningShown, Thinking, Units, Verbosity,
};
use super::value::Value;
use crate::inference::{
    CacheType, FlashAttention, GpuLayers, LogitBias, Mirostat, SamplerKind, TokenId,
};
use crate::words::config as words;

/// A field of the settings that a [`Value`] can be written to.
pub trait Field {
    fn read(&self) -> Value;

    /// Takes a value that already has the setting's kind.
    ///
    /// # Errors
    /// A sentence on what the kind alone could not check.
    fn write(&mut self, value: Value) -> Result<(), String>;
}

/// A table entry's kind and its field disagree: a mistake in the table, found by its tests.
fn misfit<T>(value: &Value) -> Result<T, String> {
    Err(words::misfit(format_args!("{value:?}")))
}

impl Field for bool {
    fn read(&self) -> Value {
        Value::Switch(*self)
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        match value {
            Value::Switch(on) => *self = on,
            other => return misfit(&other),
        }
        Ok(())
    }
}

impl Field for f32 {
    fn read(&self) -> Value {
        // Through its text, or 0.8 would be shown as 0.800000011920929.
        Value::Number(
            self.to_string()
                .parse()
                .unwrap_or_else(|_| f64::from(*self)),
        )
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        match value {
            Value::Number(number) => *self = number as f32,
            other => return misfit(&other),
        }
        Ok(())
    }
}

macro_rules! whole_number_fields {
    ($($type:ty)+) => { $(
        impl Field for $type {
            fn read(&self) -> Value {
                Value::Integer(i64::from(*self))
            }

            fn write(&mut self, value: Value) -> Result<(), String> {
                match value {
                    Value::Integer(number) => {
                        *self = number.try_into().map_err(|_| words::too_large(number))?;
                    }
                    other => return misfit(&other),
                }
                Ok(())
            }
        }
    )+ };
}

whole_number_fields!(i32 u32 u16);

impl Field for Option<u32> {
    fn read(&self) -> Value {
        self.as_ref().map_or(Value::Unset, Field::read)
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        if value == Value::Unset {
            *self = None;
            return Ok(());
        }
        self.get_or_insert_default().write(value)
    }
}

impl Field for String {
    fn read(&self) -> Value {
        Value::Text(self.clone())
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        match value {
            Value::Text(text) => *self = text,
            Value::Unset => return Err(words::CANNOT_BE_EMPTY.into()),
            other => return misfit(&other),
        }
        Ok(())
    }
}

impl Field for Option<String> {
    fn read(&self) -> Value {
        self.clone().map_or(Value::Unset, Value::Text)
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        *self = match value {
            Value::Text(text) => Some(text),
            Value::Unset => None,
            other => return misfit(&other),
        };
        Ok(())
    }
}

impl Field for Vec<String> {
    fn read(&self) -> Value {
        Value::List(self.clone())
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        match value {
            Value::List(items) => *self = items,
            other => return misfit(&other),
        }
        Ok(())
    }
}

impl Field for Vec<SamplerKind> {
    fn read(&self) -> Value {
        Value::List(self.iter().map(|kind| kind.name().to_owned()).collect())
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        let Value::List(items) = value else {
            return misfit(&value);
        };
        let mut order = Vec::with_capacity(items.len());
        for item in &items {
            let kind: SamplerKind = item.parse()?;
            if order.contains(&kind) {
                return Err(words::sampler_twice(kind.name()));
            }
            order.push(kind);
        }
        *self = order;
        Ok(())
    }
}

impl Field for Vec<LogitBias> {
    fn read(&self) -> Value {
        let item = |bias: &LogitBias| format!("{}{:+}", bias.id.0, bias.bias);
        Value::List(self.iter().map(item).collect())
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        let Value::List(items) = value else {
            return misfit(&value);
        };
        *self = items
            .iter()
            .map(|item| logit_bias(item))
            .collect::<Result<_, _>>()?;
        Ok(())
    }
}

/// Reads llama.cpp's `ID+BIAS` or `ID-BIAS`; the bias may be `inf`.
fn logit_bias(text: &str) -> Result<LogitBias, String> {
    let wrong = || words::expected_bias(text);
    let sign = text.find(['+', '-']).ok_or_else(wrong)?;
    let (id, bias) = text.split_at(sign);
    let id = id.trim().parse().map_err(|_| wrong())?;
    let bias: f32 = bias.trim().parse().map_err(|_| wrong())?;
    // An infinite bonus would turn the softmax into NaN.
    if bias.is_nan() || bias == f32::INFINITY {
        return Err(wrong());
    }
    Ok(LogitBias {
        id: TokenId(id),
        bias,
    })
}

impl Field for KeepAlive {
    fn read(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        *self = match value {
            Value::Text(text) => text.parse()?,
            Value::Unset => Self::Off,
            other => return misfit(&other),
        };
        Ok(())
    }
}

impl Field for Mirostat {
    fn read(&self) -> Value {
        Value::Integer(match self {
            Self::Off => 0,
            Self::V1 => 1,
            Self::V2 => 2,
        })
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        *self = match value {
            Value::Integer(0) => Self::Off,
            Value::Integer(1) => Self::V1,
            Value::Integer(2) => Self::V2,
            other => return misfit(&other),
        };
        Ok(())
    }
}

impl Field for GpuLayers {
    fn read(&self) -> Value {
        match self {
            Self::Auto => Value::Unset,
            Self::All => Value::Text("all".to_owned()),
            Self::Count(count) => count.read(),
        }
    }

    fn write(&mut self, value: Value) -> Result<(), String> {
        *self = match value {
            Value::Unset => Self::Auto,
            Value::Text(_) => Self::All,
            other => {
                let mut count = 0;
                Field::write(&mut count, other)?;
                Self::Count(count)
            }
        };
        Ok(())
    }
}

/// Fields whose values are names.
macro_rules! named_fields {
    ($($type:ty: $name:expr, $from_name:expr;)+) => { $(
        impl Field for $type {
            fn read(&self) -> Value {
                Value::Text($name(*self).to_owned())
            }

            fn write(&mut self, value: Value) -> Result<(), String> {
                let Value::Text(name) = &value else {
                    return misfit(&value);
                };
                match $from_name(name.as_str()) {
                    Some(variant) => *self = variant,
                    None => return misfit(&value),
                }
                Ok(())
            }
        }
    )+ };
}

named_fields! {
    ContextFull: ContextFull::name, ContextFull::from_name;
    ColorChoice: ColorChoice::name, ColorChoice::from_name;
    LanguageChoice: LanguageChoice::name, LanguageChoice::from_name;
    ColorBy: ColorBy::name, ColorBy::from_name;
    CopyTo: CopyTo::name, CopyTo::from_name;
    Hyperlinks: Hyperlinks::name, Hyperlinks::from_name;
    ReasoningShown: ReasoningShown::name, ReasoningShown::from_name;
    Thinking: Thinking::name, Thinking::from_name;
    Units: Units::name, Units::from_name;
    Editing: Editing::name, Editing::from_name;
    Verbosity: Verbosity::name, Verbosity::from_name;
    CacheType: CacheType::name, |name| CacheType::ALL.into_iter().find(|one| one.name() == name);
    FlashAttention: flash_attention_name, flash_attention_from_name;
}

/// The names of [`FlashAttention`], in the order they are offered.
pub(super) const FLASH_ATTENTION: &[&str] = &["auto", "on", "off"];

fn flash_attention_name(flash: FlashAttention) -> &'static str {
    match flash {
        FlashAttention::Auto => "auto",
        FlashAttention::On => "on",
        FlashAttention::Off => "off",
    }
}

fn flash_attention_from_name(name: &str) -> Option<FlashAttention> {
    [
        FlashAttention::Auto,
        FlashAttention::On,
        FlashAttention::Off,
    ]
    .into_iter()
    .find(|flash| flash_attention_name(*flash) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logit_bias_is_read_as_llama_cpp_reads_it() {
        let read = |text| logit_bias(text).map(|one| (one.id.0, one.bias));
        assert_eq!(read("15043+1"), Ok((15043, 1.0)));
        assert_eq!(read("15043-0.5"), Ok((15043, -0.5)));
        assert_eq!(read("2-inf"), Ok((2, f32::NEG_INFINITY)));
        for wrong in ["15043", "+1", "2+inf", "2+nan", "two+1", "2+"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_sampler_stands_in_the_order_once() {
        let mut order = Vec::<SamplerKind>::new();
        let list = |names: &[&str]| Value::List(names.iter().map(ToString::to_string).collect());
        assert_eq!(order.write(list(&["temp", "top-k"])), Ok(()));
        assert_eq!(order, [SamplerKind::Temperature, SamplerKind::TopK]);
        assert_eq!(
            order.write(list(&["temp", "temperature"])),
            Err("the sampler 'temperature' stands there twice".to_owned())
        );
    }
}
