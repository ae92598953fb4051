//! What was typed and not sent, a private file for each conversation: `<id>.draft`.
//!
//! A file is replaced whole and locked by the program that writes it, so that another one does
//! not take it for what was left behind. It is not synced: it is to outlive the program, and a
//! disk that is busy is better used for what was sent.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk};
use crate::chat::ConversationId;
use crate::chat::draft::Draft;
use crate::driver::ulid;

/// The drafts that this program writes.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    held: HashMap<ConversationId, File>,
}

impl Drafts {
    /// Keeps what is typed in a conversation; nothing is no file.
    pub fn keep(&mut self, folder: &Path, id: &ConversationId, draft: &Draft) -> io::Result<()> {
        if draft.is_blank() {
            self.held.remove(id);
            return remove(folder, id);
        }
        RealDisk.create_folder(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(io::BufWriter::new(&mut file), draft)?;
        file.flush()?;
        // Where there are no locks, another program may take the draft over: it is not lost.
        let _unlocked = file.as_file().try_lock();
        let file = file
            .persist(path_of(folder, id))
            .map_err(|error| error.error)?;
        self.held.insert(id.clone(), file);
        Ok(())
    }

    /// Takes the newest draft of a conversation that never began, whose program is gone or is
    /// this one; not that of `but`.
    pub fn adopt(&mut self, folder: &Path, but: &ConversationId) -> io::Result<Option<Draft>> {
        for id in ids(folder)?.into_iter().rev() {
            let begun = folder.join(format!("{id}.jsonl")).exists();
            let path = path_of(folder, &id);
            if id == *but || begun || !(self.held.remove(&id).is_some() || is_free(&path)) {
                continue;
            }
            match read(&path) {
                Ok(draft) => {
                    fs::remove_file(&path)?;
                    if let Some(draft) = draft {
                        return Ok(Some(draft));
                    }
                }
                Err(error) => tracing::warn!("{}: {error}", path.display()),
            }
        }
        Ok(None)
    }
}

/// The draft of a conversation that is open here.
pub(super) fn of(folder: &Path, id: &ConversationId) -> io::Result<Option<Draft>> {
    read(&path_of(folder, id))
}

/// The conversations with a draft, oldest first.
fn ids(folder: &Path) -> io::Result<Vec<ConversationId>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut ids: Vec<_> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let id = name.to_str()?.strip_suffix(".draft")?;
            ulid::is_ulid(id).then(|| ConversationId(id.to_owned()))
        })
        .collect();
    ids.sort();
    Ok(ids)
}

/// Deletes a conversation's draft, if it has one.
pub(super) fn remove(folder: &Path, id: &ConversationId) -> io::Result<()> {
    match fs::remove_file(path_of(folder, id)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Deletes all drafts but those that a running program writes.
pub(super) fn purge(folder: &Path) -> io::Result<()> {
    for id in ids(folder)? {
        if is_free(&path_of(folder, &id)) {
            remove(folder, &id)?;
        }
    }
    Ok(())
}

fn path_of(folder: &Path, id: &ConversationId) -> PathBuf {
    folder.join(format!("{id}.draft"))
}

fn is_free(path: &Path) -> bool {
    !matches!(
        File::open(path).map(|file| file.try_lock()),
        Ok(Err(fs::TryLockError::WouldBlock))
    )
}

/// `None`: there is none, or it was cut off and is none any more.
fn read(path: &Path) -> io::Result<Option<Draft>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let draft: serde_json::Result<Draft> = serde_json::from_slice(&bytes);
    if let Err(error) = &draft {
        tracing::warn!("{}: {error}", path.display());
    }
    Ok(draft.ok())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::chat::draft::Piece;

    fn draft(text: &str) -> Draft {
        Draft {
            pieces: vec![
                Piece::Typed(text.to_owned()),
                Piece::Folded("folded".to_owned()),
            ],
        }
    }

    fn id(number: u8) -> ConversationId {
        ConversationId(format!("01ARZ3NDEKTSV4RRFFQ69G5F{number:02}"))
    }

    #[test]
    fn a_draft_comes_back_with_its_folds_and_goes_when_it_is_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut drafts = Drafts::default();
        drafts
            .keep(folder.path(), &id(1), &draft("a"))
            .expect("written");
        let path = path_of(folder.path(), &id(1));
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let read = of(folder.path(), &id(1));
        assert_eq!(read.expect("read"), Some(draft("a")));
        drafts
            .keep(folder.path(), &id(1), &Draft::default())
            .expect("removed");
        assert!(!path.exists());
    }

    #[test]
    fn what_a_running_program_writes_is_not_taken_from_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut running = Drafts::default();
        running
            .keep(folder.path(), &id(1), &draft("a"))
            .expect("written");
        running
            .keep(folder.path(), &id(1), &draft("b"))
            .expect("written");
        let mut other = Drafts::default();
        assert_eq!(other.adopt(folder.path(), &id(9)).expect("read"), None);
        purge(folder.path()).expect("read");
        assert!(path_of(folder.path(), &id(1)).exists());
        drop(running);
        let adopted = other.adopt(folder.path(), &id(9)).expect("read");
        assert_eq!(adopted, Some(draft("b")));
        assert_eq!(other.adopt(folder.path(), &id(9)).expect("read"), None);
    }

    #[test]
    fn only_what_never_began_is_taken_for_a_new_conversation() {
        let folder = tempfile::tempdir().expect("a folder");
        for number in 1..4 {
            let mut gone = Drafts::default();
            gone.keep(folder.path(), &id(number), &draft(&number.to_string()))
                .expect("written");
        }
        fs::write(folder.path().join(format!("{}.jsonl", id(2))), "").expect("written");
        let mut drafts = Drafts::default();
        let adopted = drafts.adopt(folder.path(), &id(3)).expect("read");
        assert_eq!(adopted, Some(draft("1")));
        assert!(path_of(folder.path(), &id(2)).exists());
        assert!(path_of(folder.path(), &id(3)).exists());
    }

    #[test]
    fn a_file_that_was_cut_off_is_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(path_of(folder.path(), &id(2)), "{\"pieces\":[").expect("written");
        Drafts::default()
            .keep(folder.path(), &id(1), &draft("a"))
            .expect("written");
        let adopted = Drafts::default().adopt(folder.path(), &id(9));
        assert_eq!(adopted.expect("read"), Some(draft("a")));
    }
}
