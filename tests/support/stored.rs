//! What a program has stored, read without it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::pty::{Home, PATIENCE};

/// A conversation's file.
pub struct Stored {
    pub file: PathBuf,
    pub records: Vec<Value>,
}

/// A message of it, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub id: u64,
    pub parent: Option<u64>,
    pub role: String,
    pub text: String,
}

impl Home {
    /// The conversations, the oldest first. A line that is being written is left out.
    pub fn conversations(&self) -> Vec<Stored> {
        let mut files = self.files();
        files.retain(|(path, _)| path.extension().is_some_and(|it| it == "jsonl"));
        files.sort();
        let stored = files.into_iter().map(|(file, content)| {
            let text = String::from_utf8_lossy(&content).into_owned();
            let whole = text
                .split_inclusive('\n')
                .filter(|line| line.ends_with('\n'));
            let records = whole.map(|line| serde_json::from_str(line).expect("a record is JSON"));
            let records = records.collect();
            Stored { file, records }
        });
        stored.collect()
    }

    /// The only conversation.
    pub fn conversation(&self) -> Stored {
        let mut all = self.conversations();
        assert_eq!(all.len(), 1, "there is one conversation");
        all.remove(0)
    }

    /// Waits until so many answers, of all conversations, have ended.
    pub fn wait_for_answers(&self, count: usize) {
        self.wait_for_stored(&format!("{count} answers"), |stored| {
            let ends = stored.iter().map(|one| one.of("end").count());
            ends.sum::<usize>() >= count
        });
    }

    /// Waits until a condition on what is stored holds.
    pub fn wait_for_stored(&self, what: &str, holds: impl Fn(&[Stored]) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds(&self.conversations()) {
            assert!(Instant::now() < deadline, "waited for {what} on disk");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// What is typed and not sent, a text for each draft.
    pub fn drafts(&self) -> Vec<String> {
        let files = self.files().into_iter();
        files
            .filter(|(path, _)| path.extension().is_some_and(|it| it == "draft"))
            .map(|(_, content)| String::from_utf8_lossy(&content).into_owned())
            .collect()
    }
}

impl Stored {
    /// The records of a type.
    pub fn of(&self, kind: &str) -> impl Iterator<Item = &Value> {
        let records = self.records.iter();
        records.filter(move |record| record["type"] == kind)
    }

    /// Every message, in the order in which they were begun.
    pub fn said(&self) -> Vec<Said> {
        let messages = self.of("message");
        messages
            .map(|message| {
                let mut bytes = content(message);
                let chunks = self.of("chunk");
                for chunk in chunks.filter(|it| it["message"] == message["id"]) {
                    bytes.extend(content(chunk));
                }
                Said {
                    id: message["id"].as_u64().expect("it has a number"),
                    parent: message["parent"].as_u64(),
                    role: message["role"].as_str().expect("it has a role").to_owned(),
                    text: String::from_utf8(bytes).expect("it is UTF-8 as a whole"),
                }
            })
            .collect()
    }

    /// The texts of one role.
    pub fn texts(&self, role: &str) -> Vec<String> {
        let said = self.said().into_iter();
        said.filter(|message| message.role == role)
            .map(|message| message.text)
            .collect()
    }
}

fn content(record: &Value) -> Vec<u8> {
    match (record["text"].as_str(), record["bytes"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(bytes)) => STANDARD.decode(bytes).expect("it is base64"),
        (None, None) => Vec::new(),
    }
}
