//! Where limpid keeps its files, and how it makes them private.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::words::Phrase;
use crate::words::config as words;

/// The environment as a function, so that tests can bring their own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The process's own environment.
#[must_use]
pub fn process_env(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// No place is known for a kind of file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::no_folder(what, variable))]
pub struct NoFolder {
    pub what: Phrase,
    pub variable: &'static str,
}

/// The folders, each known or not. Nothing is made or looked at before it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    config: Option<PathBuf>,
    data: Option<PathBuf>,
    state: Option<PathBuf>,
    cache: Option<PathBuf>,
    models: Option<PathBuf>,
    runtime: Option<PathBuf>,
}

impl Paths {
    /// Reads `LIMPID_CONFIG_DIR`, `LIMPID_DATA_DIR`, `LIMPID_STATE_DIR`, `LIMPID_CACHE_DIR`,
    /// `LIMPID_MODELS_DIR` and `LIMPID_RUNTIME_DIR`; for the rest, the platform's places (on Linux `XDG_*`, then HOME).
    #[must_use]
    pub fn find(env: Env<'_>) -> Self {
        let project = ProjectDirs::from("", "", "limpid");
        let project = project.as_ref();
        let or = |variable: &str, platform: Option<&Path>| {
            let own = env(variable)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from);
            // A relative one would mean another folder after each `cd`.
            own.and_then(|path| std::path::absolute(path).ok())
                .or_else(|| platform.map(Path::to_path_buf))
        };
        let data = or("LIMPID_DATA_DIR", project.map(ProjectDirs::data_dir));
        let models = data.as_ref().map(|data| data.join("models"));
        let cache = or("LIMPID_CACHE_DIR", project.map(ProjectDirs::cache_dir));
        // A system without a folder for sockets: not every session has one, and macOS never.
        let run = cache.as_ref().map(|cache| cache.join("run"));
        let runtime = project.and_then(ProjectDirs::runtime_dir);
        Self {
            runtime: or("LIMPID_RUNTIME_DIR", runtime.or(run.as_deref())),
            config: or("LIMPID_CONFIG_DIR", project.map(ProjectDirs::config_dir)),
            // Only Linux knows a place for state.
            state: or(
                "LIMPID_STATE_DIR",
                project.map(|dirs| dirs.state_dir().unwrap_or(dirs.data_local_dir())),
            ),
            cache,
            models: or("LIMPID_MODELS_DIR", models.as_deref()),
            data,
        }
    }

    /// All folders below one: for tests and for a portable installation.
    #[must_use]
    pub fn below(root: &Path) -> Self {
        Self {
            config: Some(root.join("config")),
            data: Some(root.join("data")),
            state: Some(root.join("state")),
            cache: Some(root.join("cache")),
            models: Some(root.join("data/models")),
            runtime: Some(root.join("run")),
        }
    }

    /// The settings file, `config.toml`.
    pub fn settings_file(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.config()?.join("config.toml"))
    }

    /// The user's own themes; they go before the built-in ones.
    pub fn themes_dir(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.config()?.join("themes"))
    }

    /// The user's own system prompts; they go before the built-in ones.
    pub fn prompts_dir(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.config()?.join("system"))
    }

    /// The user's own tasks; they go before the built-in ones.
    pub fn tasks_dir(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.config()?.join("tasks"))
    }

    /// Models that were pulled or imported.
    pub fn models_dir(&self) -> Result<PathBuf, NoFolder> {
        known(self.models.as_ref(), words::MODELS, "LIMPID_MODELS_DIR")
    }

    /// One file for each conversation.
    pub fn history_dir(&self) -> Result<PathBuf, NoFolder> {
        Ok(known(self.data.as_ref(), words::CONVERSATIONS, "LIMPID_DATA_DIR")?.join("history"))
    }

    /// What was typed before, for the up key.
    pub fn input_history_file(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.state()?.join("input_history"))
    }

    /// How the screen was divided last.
    pub fn panes_file(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.state()?.join("panes.json"))
    }

    /// What was copied and no terminal takes.
    pub fn clipboard_file(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.state()?.join("clipboard.txt"))
    }

    /// limpid's own log.
    pub fn log_file(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.state()?.join("limpid.log"))
    }

    /// What was found best for models on this machine.
    pub fn tuned_file(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.state()?.join("tuned.json"))
    }

    /// What can be made again at any time.
    pub fn cache_dir(&self) -> Result<PathBuf, NoFolder> {
        known(self.cache.as_ref(), words::CACHED_FILES, "LIMPID_CACHE_DIR")
    }

    /// The log of a resident engine that has no terminal.
    pub fn serve_log_file(&self) -> Result<PathBuf, NoFolder> {
        Ok(self.state()?.join("serve.log"))
    }

    /// The socket of the resident engine: `$XDG_RUNTIME_DIR/limpid`, or a folder of the cache.
    pub fn runtime_dir(&self) -> Result<PathBuf, NoFolder> {
        known(
            self.runtime.as_ref(),
            words::RESIDENT_ENGINE,
            "LIMPID_RUNTIME_DIR",
        )
    }

    fn config(&self) -> Result<PathBuf, NoFolder> {
        known(self.config.as_ref(), words::SETTINGS, "LIMPID_CONFIG_DIR")
    }

    fn state(&self) -> Result<PathBuf, NoFolder> {
        known(self.state.as_ref(), words::LOGS, "LIMPID_STATE_DIR")
    }
}

fn known(
    folder: Option<&PathBuf>,
    what: Phrase,
    variable: &'static str,
) -> Result<PathBuf, NoFolder> {
    folder.cloned().ok_or(NoFolder { what, variable })
}

/// Makes a folder and the missing ones above it, for the user alone (0700) whatever the umask.
/// One that exists stays as it is.
///
/// # Errors
/// As [`fs::create_dir`]; the message names the folder.
pub fn create_private_dir(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        create_private_dir(parent)?;
    }
    let made = match DirBuilder::new().mode(0o700).create(path) {
        // Another limpid was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {
            return Ok(());
        }
        made => made,
    };
    // A umask can only take bits away, so a strict one would lock the user out.
    made.and_then(|()| fs::set_permissions(path, Permissions::from_mode(0o700)))
        .map_err(|error| named(path, &error))
}

/// Opens a file to write, making it and its folder for the user alone (0600, 0700) whatever
/// the umask.
///
/// # Errors
/// As [`OpenOptions::open`]; the message names the file.
pub fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    if let Some(parent) = path.parent() {
        create_private_dir(parent)?;
    }
    let existed = path.exists();
    let file = options
        .mode(0o600)
        .open(path)
        .map_err(|error| named(path, &error))?;
    if !existed {
        file.set_permissions(Permissions::from_mode(0o600))
            .map_err(|error| named(path, &error))?;
    }
    Ok(file)
}

/// Replaces a file's text in one step, so that a reader sees the old or the new one.
///
/// # Errors
/// The folder cannot be made or written; the message names the file.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use io::Write;
    // A settings file that is a link into a dotfiles folder stays one.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().unwrap_or(Path::new("."));
    create_private_dir(folder)?;
    let write = || {
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        // tempfile asks for 0600, of which a strict umask takes more away.
        new.as_file()
            .set_permissions(Permissions::from_mode(0o600))?;
        new.write_all(text.as_bytes())?;
        new.as_file().sync_all()?;
        new.persist(&target).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error: io::Error| named(path, &error))
}

/// Writes a file that was not there, for the user alone; one that is there is left as it is.
///
/// # Errors
/// The file is there already or cannot be written; the message names it.
pub fn create_private(path: &Path, text: &str) -> io::Result<()> {
    use io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let created = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    created
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), words::cannot_write(path.display(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("exists").permissions().mode() & 0o777
    }

    #[test]
    fn variables_go_before_the_platforms_places() {
        let env = |name: &str| match name {
            "LIMPID_DATA_DIR" => Some("/data".into()),
            "LIMPID_STATE_DIR" => Some("/state".into()),
            "LIMPID_CONFIG_DIR" => Some("/config".into()),
            _ => None,
        };
        let paths = Paths::find(&env);
        assert_eq!(paths.history_dir(), Ok("/data/history".into()));
        assert_eq!(paths.models_dir(), Ok("/data/models".into()));
        assert_eq!(paths.log_file(), Ok("/state/limpid.log".into()));
        assert_eq!(paths.settings_file(), Ok("/config/config.toml".into()));
    }

    #[test]
    fn an_unknown_folder_says_which_variable_to_set() {
        let error = Paths::default()
            .history_dir()
            .expect_err("nothing is known");
        assert_eq!(
            error.to_string(),
            "no folder for conversations is known: set HOME, or LIMPID_DATA_DIR to an absolute path"
        );
    }

    #[test]
    fn new_folders_and_files_are_private_and_old_ones_are_left_alone() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let open = root.path().join("open");
        fs::create_dir(&open).expect("can be made");
        fs::set_permissions(&open, Permissions::from_mode(0o755)).expect("can be set");
        let file = open.join("a/b/file");
        open_private(&file, OpenOptions::new().write(true).create(true)).expect("can be opened");
        assert_eq!(mode(&open), 0o755);
        assert_eq!(mode(&open.join("a")), 0o700);
        assert_eq!(mode(&open.join("a/b")), 0o700);
        assert_eq!(mode(&file), 0o600);
    }

    #[test]
    fn replacing_a_linked_file_keeps_the_link() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        fs::write(&real, "old").expect("can be written");
        std::os::unix::fs::symlink(&real, &link).expect("can be linked");
        write_private(&link, "new").expect("can be written");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).expect("can be read"), "new");
        assert_eq!(mode(&real), 0o600);
    }
}
