//! From bytes to a [`Header`].

use std::collections::BTreeMap;

use super::Header;
use super::cursor::Cursor;
use super::error::Problem;
use super::tensor::{TensorInfo, TensorType};
use super::value::{ArrayInfo, Value, ValueType};
use crate::words::{Said, model as words};

/// llama.cpp's own limit (`GGML_MAX_DIMS`).
const MAX_DIMENSIONS: u32 = 4;

/// Lists of lists of lists; published files have none deeper than one.
const MAX_DEPTH: u32 = 4;

/// `GGUF_DEFAULT_ALIGNMENT`.
const DEFAULT_ALIGNMENT: u64 = 32;

pub(super) fn header(cursor: &mut Cursor) -> Result<Header, Problem> {
    let version = version(cursor)?;
    let tensor_count = cursor.u64(words::TENSOR_COUNT)?;
    let value_count = cursor.u64(words::VALUE_COUNT)?;
    // A value takes a key's length and a type at the least, a tensor an empty name with no
    // dimension: more of them than fit are a lie.
    cursor.need(value_count.saturating_mul(13), words::METADATA)?;
    cursor.need(tensor_count.saturating_mul(24), words::TENSORS)?;

    let mut metadata = BTreeMap::new();
    for _ in 0..value_count {
        let key = String::from_utf8_lossy(&cursor.string(words::A_KEY)?).into_owned();
        let kind = value_type(cursor)?;
        let value = value(cursor, kind, &key)?;
        if metadata.insert(key.clone(), value).is_some() {
            return Err(Problem::Malformed(Said::new(|| words::key_twice(&key))));
        }
    }
    let mut tensors = Vec::new();
    for _ in 0..tensor_count {
        tensors.push(tensor(cursor)?);
    }
    let alignment = match metadata.get("general.alignment") {
        None => DEFAULT_ALIGNMENT,
        Some(Value::Unsigned(number)) if number.is_power_of_two() => *number,
        Some(_) => {
            return Err(Problem::Malformed(words::ALIGNMENT_ODD.into()));
        }
    };
    let data_start = cursor
        .position()
        .checked_next_multiple_of(alignment)
        .ok_or_else(|| Problem::Malformed(words::ALIGNMENT_LARGE.into()))?;
    Ok(Header {
        version,
        file_len: cursor.len(),
        data_start,
        metadata,
        tensors,
    })
}

fn version(cursor: &mut Cursor) -> Result<u32, Problem> {
    let mut magic = [0; 4];
    for byte in magic.iter_mut().take(cursor.remaining().min(4) as usize) {
        [*byte] = cursor.bytes(words::MAGIC)?;
    }
    if magic != *b"GGUF" {
        let found: Said = match magic {
            [0x28, 0xB5, 0x2F, 0xFD] => words::ZSTD.into(),
            [b'P', b'K', ..] => words::ZIP.into(),
            [0x1F, 0x8B, ..] => words::GZIP.into(),
            _ if magic.starts_with(b"<") => words::WEB_PAGE.into(),
            _ if magic.starts_with(b"vers") => words::LFS_POINTER.into(),
            _ if magic
                .iter()
                .all(|it| it.is_ascii_graphic() || it.is_ascii_whitespace()) =>
            {
                Said::new(|| {
                    words::begins_with_text(format_args!("{:?}", String::from_utf8_lossy(&magic)))
                })
            }
            _ => Said::new(|| words::begins_with_bytes(format_args!("{magic:02X?}"))),
        };
        return Err(Problem::NotGguf { found });
    }
    match cursor.u32(words::VERSION)? {
        version @ (2 | 3) => Ok(version),
        version if matches!(version.swap_bytes(), 1..=3) => Err(Problem::BigEndian),
        version => Err(Problem::UnsupportedVersion(version)),
    }
}

fn value_type(cursor: &mut Cursor) -> Result<ValueType, Problem> {
    let number = cursor.u32(words::A_VALUE_TYPE)?;
    ValueType::from_number(number)
        .ok_or_else(|| Problem::Malformed(Said::new(|| words::no_value_type(number))))
}

fn value(cursor: &mut Cursor, kind: ValueType, key: &str) -> Result<Value, Problem> {
    Ok(match kind {
        ValueType::U8 => Value::Unsigned(cursor.bytes(key).map(u8::from_le_bytes)?.into()),
        ValueType::I8 => Value::Signed(cursor.bytes(key).map(i8::from_le_bytes)?.into()),
        ValueType::U16 => Value::Unsigned(cursor.bytes(key).map(u16::from_le_bytes)?.into()),
        ValueType::I16 => Value::Signed(cursor.bytes(key).map(i16::from_le_bytes)?.into()),
        ValueType::U32 => Value::Unsigned(cursor.u32(key)?.into()),
        ValueType::I32 => Value::Signed(cursor.bytes(key).map(i32::from_le_bytes)?.into()),
        ValueType::F32 => Value::Float(cursor.bytes(key).map(f32::from_le_bytes)?.into()),
        ValueType::U64 => Value::Unsigned(cursor.u64(key)?),
        ValueType::I64 => Value::Signed(cursor.bytes(key).map(i64::from_le_bytes)?),
        ValueType::F64 => Value::Float(cursor.bytes(key).map(f64::from_le_bytes)?),
        ValueType::Bool => Value::Bool(cursor.bytes::<1>(key)? != [0]),
        ValueType::String => Value::String(cursor.string(key)?),
        ValueType::Array => Value::Array(array(cursor, key, 0)?),
    })
}

/// Reads past a list and says where it is.
fn array(cursor: &mut Cursor, key: &str, depth: u32) -> Result<ArrayInfo, Problem> {
    if depth >= MAX_DEPTH {
        return Err(Problem::Malformed(Said::new(|| words::lists_too_deep(key))));
    }
    let element = value_type(cursor)?;
    let len = cursor.u64(key)?;
    let least = len.saturating_mul(element.least_size());
    cursor.need(least, key)?;
    let offset = cursor.position();
    match element {
        ValueType::String => {
            for _ in 0..len {
                let bytes = cursor.u64(key)?;
                cursor.skip(bytes, key)?;
            }
        }
        ValueType::Array => {
            for _ in 0..len {
                array(cursor, key, depth + 1)?;
            }
        }
        _ => cursor.skip(least, key)?,
    }
    Ok(ArrayInfo {
        element,
        len,
        offset,
    })
}

fn tensor(cursor: &mut Cursor) -> Result<TensorInfo, Problem> {
    let name = String::from_utf8_lossy(&cursor.string(words::A_TENSOR_NAME)?).into_owned();
    let dimensions = cursor.u32(words::TENSOR_DIMENSIONS)?;
    if dimensions > MAX_DIMENSIONS {
        return Err(Problem::Malformed(Said::new(|| {
            words::tensor_has_dimensions(&name, dimensions)
        })));
    }
    let mut shape = Vec::new();
    for _ in 0..dimensions {
        shape.push(cursor.u64(words::A_TENSOR_SHAPE)?);
    }
    let elements = shape
        .iter()
        .try_fold(1_u64, |product, dimension| product.checked_mul(*dimension))
        .ok_or_else(|| Problem::Malformed(Said::new(|| words::tensor_too_large(&name))))?;
    let kind = TensorType(cursor.u32(words::A_TENSOR_TYPE)?);
    let offset = cursor.u64(words::A_TENSOR_OFFSET)?;
    Ok(TensorInfo {
        name,
        shape,
        kind,
        elements,
        bytes: kind.bytes(elements),
        offset,
    })
}
