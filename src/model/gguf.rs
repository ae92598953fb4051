//! A GGUF file's header, read without trusting it.
//!
//! No size in the file is believed before it is compared with the file's length, arrays are
//! skipped and not kept, and every string is bounded. So a header of a 250,000-token
//! vocabulary is read in milliseconds, and a hostile one costs no more than its own bytes.
//!
//! Format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, versions 2 and 3,
//! little endian. Strings are raw: sanitise them before showing.

mod cursor;
mod error;
#[cfg(test)]
pub(crate) mod fixture;
mod parse;
mod tensor;
#[cfg(test)]
mod tests;
mod traffic;
mod value;

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;

pub use error::GgufError;
pub use tensor::{TensorInfo, TensorType};
pub use value::{ArrayInfo, Value};

use cursor::Cursor;
use value::ValueType;

use crate::words::{Said, model as words};

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub version: u32,
    /// Bytes of the whole file.
    pub file_len: u64,
    /// Where the tensors' data begins, bytes.
    pub data_start: u64,
    pub metadata: BTreeMap<String, Value>,
    pub tensors: Vec<TensorInfo>,
}

/// How much of a model is stored in one tensor type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeShare {
    pub kind: TensorType,
    pub tensors: usize,
    pub bytes: u64,
    pub parameters: u64,
}

impl Header {
    /// Reads the header of the file at `path`.
    ///
    /// # Errors
    /// The file cannot be opened, is no GGUF, is cut off, or contradicts itself; each error
    /// says which, and never costs more than reading the file once.
    pub fn read(path: &Path) -> Result<Self, GgufError> {
        let io = |source| GgufError::from_io(path, source);
        let metadata = fs::metadata(path).map_err(io)?;
        if metadata.is_dir() {
            return Err(GgufError::IsDirectory(path.to_owned()));
        }
        if metadata.len() == 0 {
            return Err(GgufError::Empty(path.to_owned()));
        }
        let file = File::open(path).map_err(io)?;
        parse::header(&mut Cursor::new(file, metadata.len())).map_err(|problem| problem.at(path))
    }

    /// The text under `key`, where there is one and it is UTF-8.
    #[must_use]
    pub fn str(&self, key: &str) -> Option<&str> {
        match self.metadata.get(key)? {
            Value::String(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The number under `key`, of whatever integer type, if it is not negative.
    #[must_use]
    pub fn u64(&self, key: &str) -> Option<u64> {
        match self.metadata.get(key)? {
            Value::Unsigned(number) => Some(*number),
            Value::Signed(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }

    #[must_use]
    pub fn f64(&self, key: &str) -> Option<f64> {
        match self.metadata.get(key)? {
            Value::Float(number) => Some(*number),
            _ => None,
        }
    }

    #[must_use]
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.metadata.get(key)? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    #[must_use]
    pub fn array(&self, key: &str) -> Option<ArrayInfo> {
        match self.metadata.get(key)? {
            Value::Array(array) => Some(*array),
            _ => None,
        }
    }

    /// `general.architecture`, such as `llama`.
    #[must_use]
    pub fn architecture(&self) -> Option<&str> {
        self.str("general.architecture")
    }

    /// `general.name`.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.str("general.name")
    }

    /// Tokens the model was trained to read.
    #[must_use]
    pub fn context_length(&self) -> Option<u64> {
        self.u64(&format!("{}.context_length", self.architecture()?))
    }

    /// The Jinja source of the model's chat template.
    #[must_use]
    pub fn chat_template(&self) -> Option<&str> {
        self.str("tokenizer.chat_template")
    }

    /// Names of further templates (`tokenizer.chat_template.NAME`).
    pub fn named_templates(&self) -> impl Iterator<Item = &str> {
        let prefix = "tokenizer.chat_template.";
        self.metadata
            .keys()
            .filter_map(move |key| key.strip_prefix(prefix))
    }

    #[must_use]
    pub fn license(&self) -> Option<&str> {
        self.str("general.license")
    }

    /// Whether this file holds a part of a model only.
    #[must_use]
    pub fn is_split(&self) -> bool {
        self.u64("split.count").is_some_and(|files| files > 1)
    }

    /// Tokens in the vocabulary.
    #[must_use]
    pub fn vocabulary(&self) -> Option<u64> {
        self.array("tokenizer.ggml.tokens").map(|tokens| tokens.len)
    }

    /// Numbers in all tensors.
    #[must_use]
    pub fn parameters(&self) -> u64 {
        self.tensors
            .iter()
            .fold(0, |sum, tensor| sum.saturating_add(tensor.elements))
    }

    /// Bytes of all tensors of a known type.
    #[must_use]
    pub fn tensor_bytes(&self) -> u64 {
        let bytes = self.tensors.iter().filter_map(|tensor| tensor.bytes);
        bytes.fold(0, u64::saturating_add)
    }

    /// What the model is stored as, the type with the most bytes first.
    #[must_use]
    pub fn quantisation(&self) -> Vec<TypeShare> {
        let mut shares: Vec<TypeShare> = Vec::new();
        for tensor in &self.tensors {
            let bytes = tensor.bytes.unwrap_or_default();
            match shares.iter_mut().find(|share| share.kind == tensor.kind) {
                Some(share) => {
                    share.tensors += 1;
                    share.bytes = share.bytes.saturating_add(bytes);
                    share.parameters = share.parameters.saturating_add(tensor.elements);
                }
                None => shares.push(TypeShare {
                    kind: tensor.kind,
                    tensors: 1,
                    bytes,
                    parameters: tensor.elements,
                }),
            }
        }
        shares.sort_by_key(|share| std::cmp::Reverse(share.bytes));
        shares
    }

    /// Checks that every tensor's data lies inside the file.
    ///
    /// # Errors
    /// [`GgufError::Truncated`] with the first tensor that does not.
    pub fn check_data(&self, path: &Path) -> Result<(), GgufError> {
        for tensor in &self.tensors {
            let end = self
                .data_start
                .checked_add(tensor.offset)
                .and_then(|start| start.checked_add(tensor.bytes.unwrap_or_default()));
            if end.is_none_or(|end| end > self.file_len) {
                return Err(GgufError::Truncated {
                    path: path.to_owned(),
                    what: Said::new(|| words::tensor_data(&tensor.name)),
                    needed: end.unwrap_or(u64::MAX),
                    have: self.file_len,
                });
            }
        }
        Ok(())
    }

    /// The first text that two tokens of the vocabulary share; llama.cpp ends the process on
    /// such a file, and published models contain them.
    ///
    /// # Errors
    /// As [`read`](Self::read), since the token list is read only now.
    pub fn duplicate_token(&self, path: &Path) -> Result<Option<String>, GgufError> {
        let Some(tokens) = self.array("tokenizer.ggml.tokens") else {
            return Ok(None);
        };
        if tokens.element != ValueType::String {
            return Ok(None);
        }
        let file = File::open(path).map_err(|source| GgufError::from_io(path, source))?;
        let mut cursor = Cursor::new(file, self.file_len);
        find_duplicate(&mut cursor, tokens.offset, tokens.len)
            .map_err(|problem: error::Problem| problem.at(path))
    }
}

/// The first string of a list that comes a second time.
///
/// Their hashes are compared first: keeping a hundred thousand texts takes longer than reading
/// them, and that is a part of every start.
fn find_duplicate(
    cursor: &mut Cursor,
    offset: u64,
    count: u64,
) -> Result<Option<String>, error::Problem> {
    let hasher = RandomState::new();
    let mut hashes = Vec::new();
    let mut token = Vec::new();
    cursor.seek(offset)?;
    for _ in 0..count {
        cursor.string_into(&mut token, words::A_TOKEN)?;
        hashes.push(hasher.hash_one(&token));
    }
    hashes.sort_unstable();
    let twice: HashSet<u64> = hashes
        .windows(2)
        .filter_map(|pair| (pair[0] == pair[1]).then_some(pair[0]))
        .collect();
    if twice.is_empty() {
        return Ok(None);
    }
    let mut seen = HashSet::new();
    cursor.seek(offset)?;
    for _ in 0..count {
        cursor.string_into(&mut token, words::A_TOKEN)?;
        if twice.contains(&hasher.hash_one(&token)) && !seen.insert(token.clone()) {
            return Ok(Some(String::from_utf8_lossy(&token).into_owned()));
        }
    }
    Ok(None)
}
