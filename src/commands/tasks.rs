//! `limpid tasks list|show|init`, and the task that `--task` asks for.

use std::fmt::Write as _;
use std::path::Path;

use crate::cli::command::{TasksArgs, TasksCommand};
use crate::cli::{ExitStatus, Failure, Origin, Resolved};
use crate::config::tasks::Base;
use crate::config::{paths, table, tasks};
use crate::inference::Task;
use crate::text;
use crate::words::commands as words;

/// Lists, shows or copies tasks.
///
/// # Errors
/// A task is unknown, a file would be written over, or standard output cannot be written.
pub fn run(args: &TasksArgs, resolved: &Resolved) -> anyhow::Result<()> {
    let folder = resolved.paths.tasks_dir();
    let known = folder.as_deref().ok();
    match &args.command {
        TasksCommand::List => super::print(&list(known)),
        TasksCommand::Show { name } => {
            let (_, source) = tasks::source(name, known)?;
            super::print(&text::visible(&source))
        }
        TasksCommand::Init { name } => {
            let path = init(name, &folder?)?;
            super::print(&format!("{}\n", text::visible_line(&path)))
        }
    }
}

/// The task that was asked for, with its parameters. What was typed goes over its settings.
///
/// # Errors
/// There is none of that name, its file has a mistake, or a parameter is missing.
pub fn asked(resolved: &Resolved) -> anyhow::Result<Option<Task>> {
    let Some(name) = &resolved.talk.task else {
        return Ok(None);
    };
    let folder = resolved.paths.tasks_dir().ok();
    let settings = &resolved.settings;
    let typed = |key: &str| {
        let setting = table::all().find(|setting| setting.key == key);
        setting.is_some_and(|it| matches!(resolved.value(it).1, Origin::Flag(_)))
    };
    let base = Base {
        sampling: settings.sampling.clone(),
        max_tokens: settings.answer.predict,
        stop: settings.answer.stop.clone(),
    };
    let file = tasks::load(name, folder.as_deref())?;
    let mut task = file.ready(&resolved.talk.params, &base, typed)?;
    if typed("answer.system") {
        task.system.clone_from(&settings.answer.system);
    }
    Ok(Some(task))
}

fn list(folder: Option<&Path>) -> String {
    let tasks = tasks::list(folder);
    let name = |name: &str| text::visible_line(name).into_owned();
    let widest = tasks
        .iter()
        .map(|one| text::width(&name(&one.name)))
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for one in &tasks {
        let shown = text::columns::left(&name(&one.name), widest);
        let about = match &one.description {
            Ok(description) => description.clone(),
            Err(error) => words::cannot_be_used(error),
        };
        let own = if one.path.is_some() {
            &*words::YOUR_TASK
        } else {
            ""
        };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{shown}  {}{own}", text::visible_line(&about));
    }
    out
}

/// Copies a built-in task to the user's folder; its path.
fn init(name: &str, folder: &Path) -> anyhow::Result<String> {
    let Some(source) = tasks::built_in(name) else {
        // It says which there are.
        tasks::source(name, Some(folder))?;
        let sentence = words::own_task(name);
        return Err(Failure::new(ExitStatus::Failed, sentence).into());
    };
    let path = folder.join(format!("{name}.toml"));
    paths::create_private_dir(folder)?;
    paths::create_private(&path, source)?;
    Ok(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_the_users_own_and_is_never_written_over() {
        let home = tempfile::tempdir().expect("there is room");
        let folder = home.path().join("tasks");
        let path = init("summarize", &folder).expect("can be copied");
        assert!(path.ends_with("tasks/summarize.toml"), "{path}");
        let listed = list(Some(&folder));
        assert!(listed.contains("Summarise a text  (yours)"), "{listed}");
        assert!(init("summarize", &folder).is_err(), "a second copy");
        let error = init("sumarize", &folder).expect_err("a typing error");
        assert!(error.to_string().contains("no task 'sumarize'"), "{error}");
    }
}
