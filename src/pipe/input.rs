//! What a one-shot is asked: standard input, then files, then the command line.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde::Deserialize;

use crate::inference::{Message, Role};
use crate::text::{self, NoText};
use crate::words::pipe as words;

/// How long standard input may stay silent before the user is told what is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Input that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{}", words::cannot_read(text::visible_line(name), source))]
    Unreadable { name: String, source: io::Error },
    #[error("{}", words::cannot_read(text::visible_line(name), source))]
    NoText { name: String, source: NoText },
    #[error("{}", words::no_messages(text::visible_line(name), reason))]
    NotMessages { name: String, reason: String },
}

/// Where the parts of a prompt come from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `-f`, in order; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// `-p` and the free arguments, joined by spaces; empty where there are none.
    pub arguments: String,
}

/// Reads every source and joins the parts by blank lines: standard input (where it is no
/// terminal), then the files, then the arguments. A part keeps its text but for the line end
/// that closes it.
pub fn prompt(sources: &Sources) -> Result<String, InputError> {
    let mut parts = Vec::new();
    let named = sources.files.iter().any(|file| file.as_os_str() == "-");
    if !named && !io::stdin().is_terminal() {
        let waiting = !sources.arguments.is_empty() || !sources.files.is_empty();
        parts.push(read_stdin(waiting)?);
    }
    for file in &sources.files {
        parts.push(if file.as_os_str() == "-" {
            read_stdin(true)?
        } else {
            read_file(file)?
        });
    }
    parts.push(sources.arguments.clone());
    Ok(join(parts))
}

fn join(parts: Vec<String>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .map(|part| part.strip_suffix('\n').map_or(part.clone(), str::to_owned))
        .filter(|part| !part.trim().is_empty())
        .collect();
    parts.join("\n\n")
}

/// Reads an OpenAI-style JSON array of messages (`--messages`); `-` is standard input.
pub fn messages(file: &Path) -> Result<Vec<Message>, InputError> {
    /// Content is a string, or a list of parts of which the texts are taken.
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Content {
        Text(String),
        Parts(Vec<Part>),
    }
    #[derive(Deserialize)]
    struct Part {
        r#type: String,
        #[serde(default)]
        text: String,
    }
    #[derive(Deserialize)]
    struct Entry {
        role: String,
        content: Content,
    }

    let (name, source) = if file.as_os_str() == "-" {
        (String::from(words::STANDARD_INPUT), read_stdin(true)?)
    } else {
        (file.display().to_string(), read_file(file)?)
    };
    let wrong = |reason: String| InputError::NotMessages {
        name: name.clone(),
        reason,
    };
    let entries: Vec<Entry> =
        serde_json::from_str(&source).map_err(|error| wrong(error.to_string()))?;
    let mut messages = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let role = match entry.role.as_str() {
            "system" | "developer" => Role::System,
            "user" => Role::User,
            "assistant" => Role::Assistant,
            other => {
                return Err(wrong(words::unknown_role(index + 1, other)));
            }
        };
        let content = match entry.content {
            Content::Text(text) => text,
            Content::Parts(parts) => {
                if let Some(part) = parts.iter().find(|part| part.r#type != "text") {
                    return Err(wrong(words::unknown_part(index + 1, &part.r#type)));
                }
                parts.into_iter().map(|part| part.text).collect()
            }
        };
        messages.push(Message::new(role, content));
    }
    Ok(messages)
}

/// A text given as words, as a file's name, or on standard input (`-`, or nothing). `None`
/// where nothing was given and `optional` says that this is fine.
pub fn text_or_file(words: &[String], optional: bool) -> Result<Option<String>, InputError> {
    match words {
        [] if optional && io::stdin().is_terminal() => Ok(None),
        [] => read_stdin(false).map(|text| (!optional || !text.is_empty()).then_some(text)),
        [word] if word == "-" => read_stdin(false).map(Some),
        [word] if Path::new(word).is_file() => read_file(Path::new(word)).map(Some),
        words => Ok(Some(words.join(" "))),
    }
}

fn read_file(path: &Path) -> Result<String, InputError> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(|source| InputError::Unreadable {
            name: name.clone(),
            source,
        })?;
    decode(name, bytes)
}

/// `say_waiting`: a prompt was given otherwise, so a silent standard input is likely a
/// mistake of the caller's.
fn read_stdin(say_waiting: bool) -> Result<String, InputError> {
    let name = || String::from(words::STANDARD_INPUT);
    let (sender, receiver) = channel();
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        let result = io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes);
        // The receiver lives until this message arrives.
        let _ = sender.send(result);
    });
    let mut received = receiver.recv_timeout(PATIENCE);
    if let Err(RecvTimeoutError::Timeout) = received {
        if say_waiting {
            eprintln!("limpid: {}", words::WAITING_FOR_INPUT);
        }
        received = receiver.recv().map_err(|_| RecvTimeoutError::Disconnected);
    }
    let bytes = match received {
        Ok(result) => result.map_err(|source| InputError::Unreadable {
            name: name(),
            source,
        })?,
        Err(_) => {
            return Err(InputError::Unreadable {
                name: name(),
                source: io::Error::other(&*words::READER_ENDED),
            });
        }
    };
    // It has sent its result, so it ends at once.
    let _ = reader.join();
    decode(name(), bytes)
}

/// UTF-8 keeps its exact bytes; that it was something else is said on standard error.
fn decode(name: String, bytes: Vec<u8>) -> Result<String, InputError> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error.into_bytes(),
    };
    match text::decode(bytes) {
        Ok(decoded) => {
            if let Some(encoding) = decoded.encoding {
                eprintln!(
                    "limpid: {}",
                    words::read_as(text::visible_line(&name), encoding)
                );
            }
            Ok(decoded.text)
        }
        Err(source) => Err(InputError::NoText { name, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages_of(json: &str) -> Result<Vec<Message>, InputError> {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), json).expect("it can be written");
        messages(file.path())
    }

    #[test]
    fn parts_are_joined_by_a_blank_line_and_empty_ones_left_out() {
        let parts = ["report\n", "", "  \n", "summarise"]
            .map(String::from)
            .to_vec();
        assert_eq!(join(parts), "report\n\nsummarise");
    }

    #[test]
    fn messages_are_read_in_both_forms_of_content() {
        let read = messages_of(
            r#"[{"role":"system","content":"be brief"},
                {"role":"user","content":[{"type":"text","text":"why"},{"type":"text","text":"?"}]}]"#,
        )
        .expect("both forms are known");
        assert_eq!(read[0], Message::new(Role::System, "be brief"));
        assert_eq!(read[1], Message::new(Role::User, "why?"));
    }

    #[test]
    fn a_wrong_role_or_part_is_named() {
        let error = messages_of(r#"[{"role":"robot","content":""}]"#).expect_err("no such role");
        assert!(
            error.to_string().contains("message 1 has the role 'robot'"),
            "{error}"
        );
        let error = messages_of(r#"[{"role":"user","content":[{"type":"image_url"}]}]"#)
            .expect_err("no images");
        assert!(error.to_string().contains("'image_url'"), "{error}");
    }

    #[test]
    fn text_in_another_encoding_is_read_and_binary_data_refused() {
        let name = || "notes.txt".to_owned();
        let text = "Zwölf Boxkämpfer jagen Viktor über den großen Sylter Deich";
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
        let read = decode(name(), bytes.into_owned()).expect("it is text");
        assert_eq!(read, text);
        let error = decode(name(), b"\x7FELF\xFF\0".to_vec()).expect_err("a program");
        assert_eq!(
            error.to_string(),
            "cannot read notes.txt: it is no text but binary data"
        );
        let marked = "\u{FEFF}as it is";
        let read = decode(name(), marked.into()).expect("it is text");
        assert_eq!(read, marked, "UTF-8 keeps its bytes");
    }
}
