//! `limpid history export`: a conversation in another form, or rated answers to train on.

use std::path::Path;

use super::{LAST, exported, find, for_stdout, read, reading, say};
use crate::chat::ExportFormat;
use crate::chat::export::rated::{RatedForm, rated};
use crate::cli::Failure;
use crate::cli::command::ExportFormat as Wanted;
use crate::commands::print;
use crate::config::paths;
use crate::driver::Store;
use crate::words::{commands::history as words, nouns};

pub(super) fn run(
    store: &Store,
    ids: &[String],
    only_rated: bool,
    format: Option<Wanted>,
    output: Option<&Path>,
) -> anyhow::Result<()> {
    let rated_form = match format {
        Some(Wanted::Preference) => Some(RatedForm::Preference),
        Some(Wanted::Sft) => Some(RatedForm::Sft),
        None if only_rated => Some(RatedForm::Sft),
        _ => None,
    };
    if let Some(form) = rated_form {
        return rated_answers(store, ids, form, output);
    }
    if only_rated {
        return Err(Failure::usage(words::ONLY_RATED_FORMS).into());
    }
    let id = match ids {
        [] => LAST,
        [id] => id,
        _ => {
            return Err(Failure::usage(words::ONE_AT_A_TIME)
                .hint(words::SEVERAL_RATED)
                .into());
        }
    };
    let (_, scan) = read(store, id)?;
    let text = exported(&scan.conversation, form(format, output));
    write(output, text)
}

/// The form that is asked for, or that the file's ending says.
fn form(format: Option<Wanted>, output: Option<&Path>) -> ExportFormat {
    match format {
        Some(Wanted::Html) => ExportFormat::Html,
        Some(Wanted::Text) => ExportFormat::Text,
        Some(Wanted::Json) => ExportFormat::Json,
        Some(Wanted::Jsonl) => ExportFormat::Jsonl,
        Some(Wanted::Md | Wanted::Sft | Wanted::Preference) => ExportFormat::Markdown,
        None => {
            let extension = output.and_then(Path::extension);
            extension
                .and_then(|extension| ExportFormat::of_extension(&extension.to_string_lossy()))
                .unwrap_or(ExportFormat::Markdown)
        }
    }
}

fn rated_answers(
    store: &Store,
    ids: &[String],
    form: RatedForm,
    output: Option<&Path>,
) -> anyhow::Result<()> {
    let ids = if ids.is_empty() {
        store.ids().map_err(super::failure)?
    } else {
        let found = ids.iter().map(|id| find(store, id));
        found.collect::<Result<_, _>>()?
    };
    let mut text = String::new();
    let (mut count, mut left_out) = (0, 0);
    reading(|progress| {
        for (number, id) in ids.iter().enumerate() {
            progress(number, ids.len());
            // Most conversations have no rating: their bytes tell, without taking them apart.
            let Some(scan) = store.read_rated(id).map_err(super::failure)? else {
                continue;
            };
            let found = rated(&scan.conversation, form);
            left_out += found.left_out;
            count += found.lines.len();
            for line in found.lines {
                text.push_str(&line);
                text.push('\n');
            }
        }
        anyhow::Ok(())
    })?;
    if left_out > 0 {
        say(&match form {
            RatedForm::Sft => words::left_out_sft(left_out),
            RatedForm::Preference => words::left_out_preference(left_out),
        });
    }
    if count == 0 {
        say(&words::NOTHING_TO_EXPORT);
        return Ok(());
    }
    say(&nouns::LINE.count(count as u64, count));
    write(output, text)
}

/// To a file for the user alone, as the history is; never over one that is there.
fn write(output: Option<&Path>, text: String) -> anyhow::Result<()> {
    let Some(path) = output else {
        return print(&for_stdout(text));
    };
    paths::create_private(path, &text)?;
    say(&words::written(path.display()));
    Ok(())
}
