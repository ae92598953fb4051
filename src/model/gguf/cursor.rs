//! Reads a file whose length is known, and never past it.

use std::fmt::Display;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use super::error::Problem;
use crate::words::{Said, model as words};

/// Longest string that is kept, bytes. The longest published chat templates have some 20 KB,
/// licences 40 KB.
const STRING_LIMIT: u64 = 16 << 20;

/// A position in a file of a known length.
pub(super) struct Cursor {
    file: BufReader<File>,
    position: u64,
    len: u64,
}

impl Cursor {
    pub fn new(file: File, len: u64) -> Self {
        Self {
            file: BufReader::with_capacity(1 << 16, file),
            position: 0,
            len,
        }
    }

    pub fn position(&self) -> u64 {
        self.position
    }

    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn remaining(&self) -> u64 {
        self.len.saturating_sub(self.position)
    }

    /// Fails unless `bytes` more are there.
    pub fn need(&self, bytes: u64, what: impl Display + Copy) -> Result<(), Problem> {
        if bytes <= self.remaining() {
            return Ok(());
        }
        Err(Problem::Truncated {
            what: Said::of(&what),
            needed: self.position.saturating_add(bytes),
            have: self.len,
        })
    }

    pub fn bytes<const N: usize>(&mut self, what: impl Display + Copy) -> Result<[u8; N], Problem> {
        self.need(N as u64, what)?;
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        self.position += N as u64;
        Ok(bytes)
    }

    pub fn u32(&mut self, what: impl Display + Copy) -> Result<u32, Problem> {
        self.bytes(what).map(u32::from_le_bytes)
    }

    pub fn u64(&mut self, what: impl Display + Copy) -> Result<u64, Problem> {
        self.bytes(what).map(u64::from_le_bytes)
    }

    pub fn string(&mut self, what: impl Display + Copy) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        self.string_into(&mut bytes, what)?;
        Ok(bytes)
    }

    /// As [`string`](Self::string), in place of what is in `bytes`.
    pub fn string_into(
        &mut self,
        bytes: &mut Vec<u8>,
        what: impl Display + Copy,
    ) -> Result<(), Problem> {
        let len = self.u64(what)?;
        self.need(len, what)?;
        if len > STRING_LIMIT {
            return Err(Problem::Malformed(Said::new(|| {
                words::has_bytes(what, len)
            })));
        }
        bytes.resize(len as usize, 0);
        self.file.read_exact(bytes)?;
        self.position += len;
        Ok(())
    }

    pub fn skip(&mut self, bytes: u64, what: impl Display + Copy) -> Result<(), Problem> {
        self.need(bytes, what)?;
        let offset = i64::try_from(bytes)
            .map_err(|_| Problem::Malformed(Said::new(|| words::has_bytes(what, bytes))))?;
        self.file.seek_relative(offset)?;
        self.position += bytes;
        Ok(())
    }

    pub fn seek(&mut self, position: u64) -> Result<(), Problem> {
        self.file.seek(SeekFrom::Start(position))?;
        self.position = position;
        Ok(())
    }
}
