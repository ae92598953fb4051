//! What `/show`, `/stats`, `/context` and `/branches` say: the same text in every front end.
//!
//! The texts hold names from model files and words of models, raw: sanitise what is shown.

mod branches;
mod labels;
mod messages;

pub use branches::branches;
pub use labels::labels;
pub use messages::{first_words, messages};

use super::session::{EngineStatus, Session};
use super::{Answer, AnswerState};
use crate::inference::{GenerationStats, ModelInfo, Role, StopReason, TokenKind};
use crate::probability::Perplexity;

/// Lines of a name and a value, the values aligned.
#[derive(Debug, Default)]
struct Table(Vec<(&'static str, String)>);

impl Table {
    fn row(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.push((name, value.into()));
    }

    fn text(&self) -> String {
        let width = self.0.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
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
        EngineStatus::NoModel => table.row("model", "none; /model picks one"),
        EngineStatus::Loading { path, fraction, .. } => {
            table.row(
                "model",
                format!("loading {}, {:.0} %", path.display(), fraction * 100.0),
            );
        }
        EngineStatus::Ready(model) => describe(model, &mut table),
        EngineStatus::Died(exit) => {
            table.row("model", format!("{exit}; the next message starts it"));
        }
        EngineStatus::Refused(error) => table.row("model", format!("none: {error}")),
    }
    match session.sharing().clients {
        0 => {}
        1 => table.row(
            "engine",
            "resident (limpid serve), used by this program alone",
        ),
        clients => table.row(
            "engine",
            format!("resident (limpid serve), shared by {clients} programs"),
        ),
    }
    let conversation = session.conversation();
    table.row("conversation", conversation.title_or_first_words());
    table.row("id", conversation.id.to_string());
    let branches = conversation.leaves().count();
    table.row(
        "messages",
        format!(
            "{} shown, {} in {branches} branches",
            conversation.path().len(),
            conversation.len()
        ),
    );
    table.row(
        "history",
        match (
            session.unsaved(),
            session.is_read_only(),
            session.is_recording(),
        ) {
            (Some(reason), ..) => format!("not saved: {reason}"),
            (None, true, _) => "read only; /fork goes on in a copy".to_owned(),
            (None, false, true) => "written as it is said".to_owned(),
            (None, false, false) => "nothing is written".to_owned(),
        },
    );
    table.text()
}

fn describe(model: &ModelInfo, table: &mut Table) {
    table.row("model", model.title());
    if !model.name.is_empty() {
        table.row("calls itself", model.name.clone());
    }
    table.row("file", model.path.display().to_string());
    table.row(
        "kind",
        format!("{} ({})", model.description, model.architecture),
    );
    table.row(
        "size",
        format!(
            "{} parameters, {}",
            count(model.parameters),
            bytes(model.size)
        ),
    );
    table.row("vocabulary", format!("{} tokens", model.vocabulary));
    table.row(
        "context",
        format!(
            "{} tokens, may grow to {}; trained for {}",
            model.context_size, model.context_limit, model.context_trained
        ),
    );
    let devices: Vec<&str> = model
        .devices
        .iter()
        .map(|device| device.name.as_str())
        .collect();
    table.row(
        "runs on",
        format!(
            "{}, {} threads, {} of {} layers on a GPU",
            if devices.is_empty() {
                "CPU".to_owned()
            } else {
                devices.join(", ")
            },
            model.threads,
            model.gpu_layers,
            model.layers
        ),
    );
    table.row("loaded in", format!("{:.0} ms", model.load_ms));
}

/// The system prompt in force.
#[must_use]
pub fn system(session: &Session) -> String {
    session
        .system()
        .unwrap_or_else(|| "There is no system prompt; /system TEXT sets one.".to_owned())
}

/// Which chat template is used.
#[must_use]
pub fn template(session: &Session) -> String {
    if session.options().raw {
        return "No template: the model goes on with plain text (--raw).".to_owned();
    }
    if let Some(source) = &session.options().chat_template {
        return source.clone();
    }
    match session.model() {
        None => "No model is loaded; its template comes with it.".to_owned(),
        Some(model) if model.has_template => format!(
            "The template of {} (sha256 begins {}). /show prompt shows what it makes of this \
             conversation.",
            model.path.display(),
            model.template_hash
        ),
        Some(model) => format!(
            "{} brings no template, so a plain one is used. /show prompt shows it at work.",
            model.path.display()
        ),
    }
}

/// What the last answer cost, and how sure the model was of it.
#[must_use]
pub fn stats(session: &Session) -> String {
    let shown = session.conversation().last_of(Role::Assistant);
    let Some(answer) = shown.and_then(|node| node.answer.as_deref()) else {
        return "There is no answer yet.".to_owned();
    };
    let mut table = Table::default();
    table.row("model", answer.model.clone());
    table.row("ended", ending(&answer.state));
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
        AnswerState::Waiting => "not begun yet".to_owned(),
        AnswerState::Streaming => "not yet".to_owned(),
        AnswerState::Failed(sentence) => sentence.clone(),
        AnswerState::Ended(stop) => match stop {
            StopReason::EndOfGeneration => "the model was done".to_owned(),
            StopReason::Length => "at the length limit; /continue goes on".to_owned(),
            StopReason::StopString(text) => format!("at the stop text {text:?}"),
            StopReason::Cancelled => "stopped; /continue goes on".to_owned(),
            StopReason::ContextFull => "the context was full".to_owned(),
        },
    }
}

fn from_disk(tokens: u32) -> String {
    match tokens {
        0 => String::new(),
        tokens => format!(" ({tokens} from disk)"),
    }
}

fn costs(stats: &GenerationStats, table: &mut Table) {
    let rate =
        |rate: Option<f64>| rate.map_or_else(String::new, |rate| format!(", {rate:.1} tokens/s"));
    table.row(
        "prompt",
        format!(
            "{} tokens, {} reused{}; the others in {:.0} ms{}",
            stats.prompt_tokens,
            stats.cached_tokens,
            from_disk(stats.cache.restored),
            stats.prompt_ms,
            rate(stats.prompt_per_second())
        ),
    );
    if let Some(reason) = stats.cache.again {
        table.row("computed again", reason.to_string());
    }
    table.row("first token", format!("after {:.0} ms", stats.ttft_ms));
    table.row(
        "answer",
        format!(
            "{} tokens in {:.0} ms{}",
            stats.predicted_tokens,
            stats.predicted_ms,
            rate(stats.predicted_per_second())
        ),
    );
    let guesses = &stats.speculation;
    if guesses.guessed > 0 {
        table.row(
            "guessed",
            format!(
                "{} tokens, {} of them right, {:.2} times the speed",
                guesses.guessed, guesses.accepted, guesses.gain
            ),
        );
    }
    if stats.load_ms > 0.0 {
        table.row("load", format!("{:.0} ms", stats.load_ms));
    }
    table.row("seed", stats.seed.to_string());
    if stats.engine_memory > 0 {
        table.row("memory", bytes(stats.engine_memory));
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
            "surprise",
            format!("{:.2} bits a token", nll / std::f64::consts::LN_2),
        );
        let expected = perplexity.expected().map_or_else(String::new, |expected| {
            format!("; the model itself expected {expected:.2}")
        });
        table.row("perplexity", format!("{measured:.2}{expected}"));
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
            table.row(
                "context",
                format!(
                    "{} of {size} tokens after the last answer, {share:.0} %",
                    stats.context_used
                ),
            );
        }
        (None, Some(model)) => {
            table.row(
                "context",
                format!("empty, of {} tokens", model.context_size),
            );
        }
        (None, None) => table.row("context", "no model is loaded"),
    }
    if let Some(model) = session.model() {
        table.row("grows to", format!("{} tokens", model.context_limit));
    }
    let conversation = session.conversation();
    let path = conversation.path();
    let sent_from = session
        .kept_from()
        .and_then(|kept| path.iter().position(|&id| id == kept))
        .unwrap_or(0);
    table.row(
        "messages",
        if sent_from == 0 {
            format!("all {} are sent", path.len())
        } else {
            let instead = match session.summary() {
                Some(_) => "are sent as a summary",
                None => "are not sent",
            };
            format!(
                "the oldest {sent_from} of {} no longer fit and {instead}",
                path.len()
            )
        },
    );
    table.row(
        "when full",
        match session.options().context_full {
            super::ContextPolicy::Stop => "the answer stops",
            super::ContextPolicy::DropOldest => "the oldest messages are left out",
            super::ContextPolicy::Summarise => "the oldest messages are summarised",
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

fn count(number: u64) -> String {
    match number {
        0..1_000_000 => number.to_string(),
        1_000_000..1_000_000_000 => format!("{:.0} million", number as f64 / 1e6),
        _ => format!("{:.1} billion", number as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests;
