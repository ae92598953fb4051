//! Small files of what was found out once: replaced whole, for the user alone.

use std::fs::{self, DirBuilder};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is in the file. One that is not there holds nothing; one that cannot be understood is
/// damaged or of another version, and is worth no more than finding it out again.
///
/// # Errors
/// The file is there and cannot be read.
pub fn read<T: DeserializeOwned + Default>(file: &Path) -> io::Result<T> {
    match fs::read(file) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(error),
    }
}

/// Replaces the file in one step, and makes its folder.
///
/// # Errors
/// The folder cannot be made or written.
pub fn write<T: Serialize>(file: &Path, content: &T) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer_pretty(&mut new, content)?;
    new.write_all(b"\n")?;
    new.persist(file).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn what_is_written_is_read_and_is_the_users_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("made/numbers.json");
        assert!(read::<Vec<u32>>(&file).unwrap().is_empty());
        write(&file, &[1, 2]).unwrap();
        assert_eq!(read::<Vec<u32>>(&file).unwrap(), [1, 2]);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
        fs::write(&file, "[1, 2").unwrap();
        assert!(read::<Vec<u32>>(&file).unwrap().is_empty());
        assert!(
            read::<Vec<u32>>(folder.path()).is_err(),
            "a folder is no file"
        );
    }
}
