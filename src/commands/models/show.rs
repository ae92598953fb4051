//! `limpid models show`: what a file says of itself.

use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use super::{shown, size};
use crate::cli::command::ListFormat;
use crate::cli::{ExitStatus, Failure};
use crate::commands::print;
use crate::model::gguf::Header;
use crate::text::columns;
use crate::words::commands::models as words;

/// Lines of the chat template that are shown.
const TEMPLATE_LINES: usize = 6;

/// Columns of one of these lines.
const TEMPLATE_COLUMNS: usize = 96;

#[derive(Serialize)]
struct Shown<'a> {
    path: &'a Path,
    name: Option<&'a str>,
    architecture: Option<&'a str>,
    parameters: u64,
    /// Bytes of the file.
    size: u64,
    quantisation: Vec<Share>,
    /// Tokens the model was trained to read.
    context: Option<u64>,
    vocabulary: Option<u64>,
    tokenizer: Option<&'a str>,
    pre_tokenizer: Option<&'a str>,
    licence: Option<&'a str>,
    chat_template: Option<&'a str>,
    gguf_version: u32,
    /// Why llama.cpp would refuse the file, where that is known.
    problem: Option<String>,
}

#[derive(Serialize)]
struct Share {
    r#type: String,
    tensors: usize,
    parameters: u64,
    bytes: u64,
}

pub(super) fn show(path: &Path, format: ListFormat) -> anyhow::Result<()> {
    let unreadable = |error| Failure::new(ExitStatus::Model, error);
    let header = Header::read(path).map_err(unreadable)?;
    let problem = match header.check_data(path) {
        Err(error) => Some(error.to_string()),
        Ok(()) => header
            .duplicate_token(path)
            .map_err(unreadable)?
            .map(|token| words::duplicate_token(format_args!("{token:?}"))),
    };
    let quantisation = header.quantisation().into_iter().map(|share| Share {
        r#type: share.kind.to_string(),
        tensors: share.tensors,
        parameters: share.parameters,
        bytes: share.bytes,
    });
    let all = Shown {
        path,
        name: header.name(),
        architecture: header.architecture(),
        parameters: header.parameters(),
        size: header.file_len,
        quantisation: quantisation.collect(),
        context: header.context_length(),
        vocabulary: header.vocabulary(),
        tokenizer: header.str("tokenizer.ggml.model"),
        pre_tokenizer: header.str("tokenizer.ggml.pre"),
        licence: header.license(),
        chat_template: header.chat_template(),
        gguf_version: header.version,
        problem,
    };
    if format == ListFormat::Json {
        return print(&(serde_json::to_string_pretty(&all)? + "\n"));
    }
    print(&table(&all))
}

fn table(all: &Shown<'_>) -> String {
    let none = || words::NOT_SAID.text().to_owned();
    let text = |value: Option<&str>| value.map_or_else(none, shown);
    let number = |value: Option<u64>| value.map_or_else(none, |it| it.to_string());
    let mut rows = vec![
        (words::NAME.text(), text(all.name)),
        (words::FILE.text(), shown(&all.path.display().to_string())),
        (words::SIZE.text(), size(all.size)),
        (words::ARCHITECTURE.text(), text(all.architecture)),
        (
            words::PARAMETERS.text(),
            format!("{:.1} M", all.parameters as f64 / 1e6),
        ),
        (words::CONTEXT.text(), words::tokens(number(all.context))),
        (
            words::VOCABULARY.text(),
            words::tokens(number(all.vocabulary)),
        ),
        (
            words::TOKENIZER.text(),
            words::tokenizer(text(all.tokenizer), text(all.pre_tokenizer)),
        ),
        (words::LICENCE.text(), text(all.licence)),
        ("GGUF", words::version(all.gguf_version)),
    ];
    for (index, share) in all.quantisation.iter().enumerate() {
        let label = if index == 0 {
            words::STORED_AS.text()
        } else {
            ""
        };
        let percent = 100.0 * share.bytes as f64 / all.size.max(1) as f64;
        rows.push((
            label,
            words::stored(&share.r#type, share.tensors, size(share.bytes), percent),
        ));
    }
    match all.chat_template {
        None => rows.push((words::TEMPLATE.text(), words::NO_TEMPLATE.into())),
        Some(template) => {
            let lines: Vec<&str> = template.lines().collect();
            for (index, line) in lines.iter().take(TEMPLATE_LINES).enumerate() {
                let label = if index == 0 {
                    words::TEMPLATE.text()
                } else {
                    ""
                };
                let line = crate::text::fit(&shown(line), TEMPLATE_COLUMNS).into_owned();
                rows.push((label, line));
            }
            if lines.len() > TEMPLATE_LINES {
                rows.push(("", words::more_lines(lines.len() - TEMPLATE_LINES)));
            }
        }
    }
    if let Some(problem) = &all.problem {
        rows.push((words::PROBLEM.text(), shown(problem)));
    }
    rows.iter().fold(String::new(), |mut out, (label, value)| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{} {value}", columns::left(label, 13));
        out
    })
}
