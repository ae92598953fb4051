//! Records that are read a second time, when someone looks at what is in them.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::disk::LogFile;
use crate::chat::conversation::{TracePlace, TraceSource};
use crate::chat::{RecordBody, record};
use crate::inference::TokenTrace;
use crate::words::driver as words;

/// A conversation's file, opened once more for reading alone.
pub(super) struct StoredLines {
    pub path: PathBuf,
    pub file: Mutex<Box<dyn LogFile>>,
}

impl TraceSource for StoredLines {
    fn read(&self, place: TracePlace) -> Option<Vec<TokenTrace>> {
        match self.traces(place) {
            Ok(traces) => Some(traces),
            Err(reason) => {
                tracing::warn!("{}: byte {}: {reason}", self.path.display(), place.at);
                None
            }
        }
    }
}

impl StoredLines {
    fn traces(&self, place: TracePlace) -> Result<Vec<TokenTrace>, String> {
        let mut line = vec![0; place.len];
        // Nothing is left half done by a reader that panicked.
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut filled = 0;
        while filled < line.len() {
            let at = place.at + filled as u64;
            match file.read_at(at, &mut line[filled..]) {
                Ok(0) => return Err(words::BECAME_SHORTER.into()),
                Ok(count) => filled += count,
                Err(error) => return Err(error.to_string()),
            }
        }
        drop(file);
        let record = record::decode(&line).map_err(|error| error.to_string())?;
        match record.body {
            RecordBody::Chunk { traces, .. } => Ok(traces),
            _ => Err(words::OTHER_RECORD.into()),
        }
    }
}
