//! A record as a line.

use serde::{Deserialize, Serialize};

use crate::chat::{Record, RecordBody};

#[derive(Serialize, Deserialize)]
struct Line {
    v: u32,
    seq: u64,
    crc: u32,
    body: RecordBody,
}

#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("format {version}, which this version does not know")]
    Newer { version: u32 },
    #[error("{0}")]
    Damaged(String),
}

pub fn encode(record: &Record) -> Vec<u8> {
    let body = serde_json::to_string(&record.body).unwrap_or_default();
    let crc = crc32fast::hash(body.as_bytes());
    format!(
        "{{\"v\":1,\"seq\":{},\"crc\":{crc},\"body\":{body}}}\n",
        record.sequence
    )
    .into_bytes()
}

pub fn decode(line: &[u8]) -> Result<Record, DecodeError> {
    let line: Line =
        serde_json::from_slice(line).map_err(|error| DecodeError::Damaged(error.to_string()))?;
    if line.v > 1 {
        return Err(DecodeError::Newer { version: line.v });
    }
    let body = serde_json::to_string(&line.body).unwrap_or_default();
    if crc32fast::hash(body.as_bytes()) != line.crc {
        return Err(DecodeError::Damaged("wrong checksum".to_owned()));
    }
    Ok(Record {
        sequence: line.seq,
        body: line.body,
    })
}
