//! `limpid models import`: takes a file into limpid's own folder.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, bail};

use super::{Meter, ModelsContext, check_disk, shown};
use crate::cli::{ExitStatus, Failure};
use crate::commands::print;
use crate::model::gguf::Header;
use crate::words::{commands::models as words, common};

pub(super) fn import(
    file: &Path,
    name: Option<&str>,
    context: &ModelsContext,
) -> anyhow::Result<()> {
    let unreadable = |error| Failure::new(ExitStatus::Model, error);
    let header = Header::read(file).map_err(unreadable)?;
    header.check_data(file).map_err(unreadable)?;
    let name = match name {
        Some(name) => name.strip_suffix(".gguf").unwrap_or(name).to_owned(),
        None => file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
    };
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
        return Err(Failure::usage(words::no_name(name)).into());
    }
    let store = &context.paths.store;
    let target = store.join(format!("{name}.gguf"));
    fs::create_dir_all(store).with_context(|| common::cannot_make(store.display()))?;
    if target.exists() {
        bail!(words::exists(target.display()));
    }
    check_disk(store, &target, header.file_len)?;
    copy(file, &target, header.file_len, context)?;
    print(&format!("{}\n", shown(&target.display().to_string())))
}

/// Copies under a temporary name and renames, so that half a copy is never a model.
fn copy(file: &Path, target: &Path, total: u64, context: &ModelsContext) -> anyhow::Result<()> {
    let cannot = || common::cannot_write(target.display());
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut from = File::open(file).with_context(|| common::cannot_read(file.display()))?;
    let mut to = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
    let mut meter = Meter::new(&words::COPYING, context.quiet);
    let mut buffer = vec![0; 1 << 20];
    let mut done = 0;
    loop {
        let count = from
            .read(&mut buffer)
            .with_context(|| common::cannot_read(file.display()))?;
        if count == 0 {
            break;
        }
        to.write_all(&buffer[..count]).with_context(cannot)?;
        done += count as u64;
        meter.bytes(done, total);
    }
    meter.end();
    to.as_file().sync_all().with_context(cannot)?;
    to.persist_noclobber(target).with_context(cannot)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(cannot)
}
