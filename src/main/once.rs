//! One question and its answer, or the prompt that would be sent.

use std::io::{self, IsTerminal};

use limpid::chat::ConversationId;
use limpid::cli::{Args, ExitStatus, Failure, Origin, Resolved, Resume, TalkFormat};
use limpid::commands::launch::{self, Conversation};
use limpid::commands::prompt;
use limpid::config::paths::process_env;
use limpid::config::{Verbosity, table, theme::use_color};
use limpid::driver::Store;
use limpid::inference::{Message, Prompt, Role, Task};
use limpid::pipe::{self, Format, PipeError, PipeOptions, Question, input};
use limpid::words::commands::start as words;

use super::resumable;

pub fn question(args: &Args, resolved: &Resolved) -> anyhow::Result<Question> {
    if let Some(file) = &resolved.talk.messages {
        return Ok(Question::Messages(input::messages(file)?));
    }
    let prompt = input::prompt(&input::Sources {
        files: resolved.talk.files.clone(),
        arguments: args
            .prompt()
            .or_else(|| resolved.talk.prompt.clone())
            .unwrap_or_default(),
    })?;
    if prompt.trim().is_empty() {
        return Err(Failure::usage(words::EMPTY_PROMPT)
            .hint(words::GIVE_PROMPT)
            .into());
    }
    Ok(Question::Send(prompt))
}

pub fn answer(resolved: &Resolved, question: Question, task: Option<Task>) -> anyhow::Result<()> {
    let (settings, talk) = (&resolved.settings, &resolved.talk);
    let keep = talk.resume.is_some() || settings.history.one_shots;
    let format = talk.format.unwrap_or_default();
    let conversation = Conversation {
        keep,
        odds: keep || format != TalkFormat::Text,
        keep_opening: begins_alike(resolved, &question),
        raw: talk.raw,
        resume: resumable(resolved, talk.resume.as_ref())?,
    };
    let model = launch::model(resolved, false)?;
    let (driver, opening) = launch::driver(resolved, model, &conversation)?;
    let options = PipeOptions {
        question,
        task,
        opening,
        system: settings.answer.system.clone(),
        format: match format {
            TalkFormat::Text => Format::Text,
            TalkFormat::Json => Format::Json,
            TalkFormat::Jsonl => Format::JsonLines,
        },
        top_logprobs: talk.top_logprobs.unwrap_or(pipe::TOP_LOGPROBS).into(),
        reasoning: settings.answer.reasoning,
        dim: use_color(settings.ui.color, true, &process_env),
        quiet: settings.verbosity == Verbosity::Quiet,
        verbose: settings.verbosity == Verbosity::Verbose,
    };
    pipe::run(driver, &options).map_err(|error| match error {
        PipeError::Engine(error) => error.into(),
        PipeError::Write(error) => anyhow::Error::from(error).context(words::CANNOT_WRITE_ANSWER),
        PipeError::Interrupted => Failure::new(ExitStatus::Interrupted, "").into(),
        PipeError::Refused(sentence) => Failure::new(ExitStatus::Failed, sentence).into(),
    })
}

/// Whether what stands before a question comes from files, so that nothing that was typed is kept
/// where the conversation is not.
fn begins_alike(resolved: &Resolved, question: &Question) -> bool {
    let system = table::find("answer.system").map(|setting| resolved.value(setting).1);
    let typed = !matches!(system, Ok(Origin::Default | Origin::File { .. }));
    matches!(question, Question::Send(_)) && !typed
}

pub fn show_prompt(
    resolved: &Resolved,
    question: Question,
    task: Option<&Task>,
) -> anyhow::Result<()> {
    let talk = &resolved.talk;
    let prompt = match question {
        Question::Send(text) if talk.raw => {
            Prompt::Text(text + talk.prefill.as_deref().unwrap_or_default())
        }
        question => {
            let mut messages = match resumable(resolved, talk.resume.as_ref())? {
                Some(resume) => said(resolved, resume)?,
                None => Vec::new(),
            };
            match question {
                Question::Messages(all) => messages = all,
                Question::Send(text) if task.is_some() => {
                    let mut own = task.map_or_else(Vec::new, |task| task.messages(&text));
                    if own.iter().any(|message| message.role == Role::System) {
                        messages.retain(|message| message.role != Role::System);
                        let system = own.remove(0);
                        messages.insert(0, system);
                    }
                    messages.append(&mut own);
                }
                Question::Send(text) => {
                    let system = resolved.settings.answer.system.clone();
                    if let Some(system) = system.filter(|_| messages.is_empty()) {
                        messages.push(Message::new(Role::System, system));
                    }
                    messages.push(Message::new(Role::User, text));
                }
            }
            let begun = talk.prefill.clone().filter(|text| !text.is_empty());
            Prompt::Chat {
                messages,
                answer_prefix: begun.map(|text| Message::new(Role::Assistant, text)),
                think: resolved.settings.answer.thinking.asked(),
            }
        }
    };
    let format = match talk.format.unwrap_or_default() {
        TalkFormat::Text => prompt::PromptFormat::Text {
            terminal: io::stdout().is_terminal(),
        },
        TalkFormat::Json | TalkFormat::Jsonl => prompt::PromptFormat::Json,
    };
    let model = launch::model(resolved, false)?;
    prompt::show(
        &launch::shared_engine(resolved, false)?,
        launch::load_request(resolved, model),
        prompt,
        resolved.settings.answer.chat_template.clone(),
        format,
        &mut io::stdout().lock(),
    )
}

/// What was said in a stored conversation, on the path that is shown.
fn said(resolved: &Resolved, resume: &Resume) -> anyhow::Result<Vec<Message>> {
    let store = Store::new(resolved.paths.history_dir()?);
    let id: ConversationId = launch::stored(&store, resume)?;
    let conversation = store.read(&id)?.conversation;
    let nodes = conversation
        .path()
        .into_iter()
        .filter_map(|id| conversation.node(id));
    Ok(nodes
        .map(|node| {
            Message::new(
                node.role,
                String::from_utf8_lossy(&node.content).into_owned(),
            )
        })
        .collect())
}
