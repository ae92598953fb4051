//! What `/show`, `/stats`, `/context` and `/branches` say: the same text in every front end.
//!
//! The texts hold names from model files and words of models, raw: sanitise what is shown.

mod branches;
mod labels;
mod messages;
mod thinking;

pub use branches::branches;
pub use labels::labels;
pub use messages::{first_words, messages};
pub use thinking::thinking;

use super::session::{EngineStatus, Session};
use super::{Answer, AnswerState};
use crate::inference::{GenerationStats, ModelInfo, Role, StopReason, TokenKind};
use crate::probability::Perplexity;
use crate::text;
use crate::words::{Phrase, chat::show as words, common};

/// Lines of a name and a value, the values aligned.
#[derive(Debug, Default)]
struct Table(Vec<(Phrase, String)>);

impl Table {
    fn row(&mut self, name: Phrase, value: impl Into<String>) {
        self.0.push((name, value.into()));
    }

    fn text(&self) -> String {
        let widths = self.0.iter().map(|(name, _)| text::width(name));
        let width = widths.max().unwrap_or(0);
        let lines: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name:width$}  {value}"))
            .collect();
        lines.join("\n")
    }
}

/// The model and the conversation.
#[must_use]
pub fn info(session: &Session) -> String {
    let mut table = Table::default();
    match session.engine() {
        EngineStatus::NoModel => table.row(words::MODEL, words::NONE_PICK_ONE),
        EngineStatus::Loading { path, fraction, .. } => {
            table.row(
                words::MODEL,
                words::loading(path.display(), fraction * 100.0),
            );
        }
        EngineStatus::Ready(model) => describe(model, &mut table),
        EngineStatus::Died(exit) => {
            table.row(words::MODEL, words::died(exit));
        }
        EngineStatus::Refused(error) => table.row(words::MODEL, words::refused(error)),
    }
    match session.sharing().clients {
        0 => {}
        1 => table.row(words::ENGINE, words::RESIDENT_ALONE),
        clients => table.row(words::ENGINE, words::resident_shared(clients)),
    }
    let conversation = session.conversation();
    table.row(words::CONVERSATION, conversation.title_or_first_words());
    table.row(words::ID, conversation.id.to_string());
    let branches = conversation.leaves().count();
    table.row(
        words::MESSAGES,
        words::shown(conversation.path().len(), conversation.len(), branches),
    );
    table.row(
        words::HISTORY,
        match (
            session.unsaved(),
            session.is_read_only(),
            session.is_recording(),
        ) {
            (Some(reason), ..) => words::not_saved(reason),
            (None, true, _) => words::READ_ONLY.into(),
            (None, false, true) => words::WRITTEN.into(),
            (None, false, false) => words::NOTHING_WRITTEN.into(),
        },
    );
    table.text()
}

fn describe(model: &ModelInfo, table: &mut Table) {
    table.row(words::MODEL, model.title());
    if !model.name.is_empty() {
        table.row(words::CALLS_ITSELF, model.name.clone());
    }
    table.row(words::FILE, model.path.display().to_string());
    table.row(words::KIND, model.description());
    table.row(
        words::SIZE,
        words::parameters(words::large(model.parameters), bytes(model.size)),
    );
    table.row(words::VOCABULARY, words::tokens(model.vocabulary));
    table.row(
        words::CONTEXT,
        words::context_of(
            model.context_size,
            model.context_limit,
            model.context_trained,
        ),
    );
    let devices: Vec<&str> = model
        .devices
        .iter()
        .map(|device| device.name.as_str())
        .collect();
    table.row(
        words::RUNS_ON,
        words::runs_on(
            if devices.is_empty() {
                "CPU".to_owned()
            } else {
                devices.join(&common::LIST_SEPARATOR)
            },
            model.threads,
            model.gpu_layers,
            model.layers,
        ),
    );
    table.row(words::LOADED_IN, format!("{:.0} ms", model.load_ms));
}

/// The system prompt in force.
#[must_use]
pub fn system(session: &Session) -> String {
    session
        .system()
        .unwrap_or_else(|| words::NO_SYSTEM_PROMPT.into())
}

/// Which chat template is used.
#[must_use]
pub fn template(session: &Session) -> String {
    if session.options().raw {
        return words::RAW.into();
    }
    if let Some(source) = &session.options().chat_template {
        return source.clone();
    }
    match session.model() {
        None => words::NO_MODEL_NO_TEMPLATE.into(),
        Some(model) if model.has_template => {
            words::template_of(model.path.display(), &model.template_hash)
        }
        Some(model) => words::no_template(model.path.display()),
    }
}

/// What the last answer cost, and how sure the model was of it.
#[must_use]
pub fn stats(session: &Session) -> String {
    let shown = session.conversation().last_of(Role::Assistant);
    let Some(answer) = shown.and_then(|node| node.answer.as_deref()) else {
        return words::NO_ANSWER.into();
    };
    let mut table = Table::default();
    table.row(words::MODEL, answer.model.clone());
    table.row(words::ENDED, ending(&answer.state));
    if let Some(stats) = &answer.stats {
        costs(stats, &mut table);
    }
    certainty(answer, &mut table);
    table.text()
}

/// Why an answer ended, in words.
#[must_use]
pub fn ending(state: &AnswerState) -> String {
    match state {
        AnswerState::Waiting => words::NOT_BEGUN.into(),
        AnswerState::Streaming => words::NOT_ENDED.into(),
        AnswerState::Failed(sentence) => sentence.clone(),
        AnswerState::Ended(stop) => match stop {
            StopReason::EndOfGeneration => words::DONE.into(),
            StopReason::Length => words::AT_LIMIT.into(),
            StopReason::StopString(text) => words::at_stop_text(format_args!("{text:?}")),
            StopReason::Cancelled => words::STOPPED.into(),
            StopReason::ContextFull => words::CONTEXT_WAS_FULL.into(),
        },
    }
}

fn reused(stats: &GenerationStats) -> String {
    match stats.cache.restored {
        0 => words::reused(stats.cached_tokens),
        from_disk => words::reused_from_disk(stats.cached_tokens, from_disk),
    }
}

fn time(ms: f64, rate: Option<f64>) -> String {
    match rate {
        Some(rate) => words::at_rate(ms, rate),
        None => format!("{ms:.0} ms"),
    }
}

fn costs(stats: &GenerationStats, table: &mut Table) {
    table.row(
        words::PROMPT,
        words::prompt(
            stats.prompt_tokens,
            reused(stats),
            time(stats.prompt_ms, stats.prompt_per_second()),
        ),
    );
    if let Some(reason) = stats.cache.again {
        table.row(words::COMPUTED_AGAIN, reason.to_string());
    }
    table.row(words::FIRST_TOKEN, words::after(stats.ttft_ms));
    table.row(
        words::ANSWER,
        words::answer(
            stats.predicted_tokens,
            time(stats.predicted_ms, stats.predicted_per_second()),
        ),
    );
    let guesses = &stats.speculation;
    if guesses.guessed > 0 {
        table.row(
            words::GUESSED,
            words::guessed(guesses.guessed, guesses.accepted, guesses.gain),
        );
    }
    if stats.load_ms > 0.0 {
        table.row(words::LOAD, format!("{:.0} ms", stats.load_ms));
    }
    table.row(words::SEED, stats.seed.to_string());
    if stats.engine_memory > 0 {
        table.row(words::MEMORY, bytes(stats.engine_memory));
    }
}

fn certainty(answer: &Answer, table: &mut Table) {
    let mut perplexity = Perplexity::new();
    let tokens = answer.traces.outlines(0..answer.traces.len());
    for token in tokens.filter(|token| token.kind == TokenKind::Text) {
        perplexity.add(token.logprob, token.entropy);
    }
    if let (Some(nll), Some(measured)) = (perplexity.mean_nll(), perplexity.measured()) {
        table.row(
            words::SURPRISE,
            words::surprise(nll / std::f64::consts::LN_2),
        );
        let value = match perplexity.expected() {
            Some(expected) => words::perplexity(measured, expected),
            None => format!("{measured:.2}"),
        };
        table.row(words::PERPLEXITY, value);
    }
}

/// How full the context is.
#[must_use]
pub fn context(session: &Session) -> String {
    let mut table = Table::default();
    match (session.last_stats(), session.model()) {
        (Some(stats), model) => {
            let size = model
                .map_or(stats.context_size, |model| model.context_size)
                .max(1);
            let share = f64::from(stats.context_used) * 100.0 / f64::from(size);
            table.row(words::CONTEXT, words::used(stats.context_used, size, share));
        }
        (None, Some(model)) => {
            table.row(words::CONTEXT, words::empty(model.context_size));
        }
        (None, None) => table.row(words::CONTEXT, words::NO_MODEL),
    }
    if let Some(model) = session.model() {
        table.row(words::GROWS_TO, words::tokens(model.context_limit));
    }
    let conversation = session.conversation();
    let path = conversation.path();
    let sent_from = session
        .kept_from()
        .and_then(|kept| path.iter().position(|&id| id == kept))
        .unwrap_or(0);
    table.row(
        words::MESSAGES,
        if sent_from == 0 {
            words::all_sent(path.len())
        } else {
            match session.summary() {
                Some(_) => words::oldest_summarised(sent_from, path.len()),
                None => words::oldest_not_sent(sent_from, path.len()),
            }
        },
    );
    table.row(
        words::WHEN_FULL,
        match session.options().context_full {
            super::ContextPolicy::Stop => words::THE_ANSWER_STOPS,
            super::ContextPolicy::DropOldest => words::OLDEST_LEFT_OUT,
            super::ContextPolicy::Summarise => words::OLDEST_SUMMARISED,
        },
    );
    table.text()
}

/// Bytes in units of 1000, as `ls --si` has them.
fn bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{:.1} kB", size as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.0} MB", size as f64 / 1e6),
        _ => format!("{:.1} GB", size as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests;
