//! A message with the odds of its tokens, as a text for other programs and for people.

use std::fmt::Write as _;

use super::openai::{Choice, ChoiceMessage, Chunk, ChunkChoice, Completion, Delta, Logprobs};
use super::openai::{Timings, TokenLogprob, Usage};
use super::{Answer, AnswerState, Conversation, MessageId, Node, Pieces};
use crate::inference::{StopReason, TokenTrace};
use crate::probability::{Perplexity, surprise_bits};
use crate::text::{Utf8Stream, visible_piece, width};
use crate::words::chat::files as words;

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One object in the shape of an OpenAI response, as `--format json` prints it.
    Json,
    /// An object for each token and one for the end, as `--format jsonl` prints them. What was
    /// typed between tokens is an object without odds.
    JsonLines,
    /// A line for each token.
    Text,
}

impl Form {
    /// The form that the ending of a file's name asks for.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::JsonLines),
            "txt" | "text" => Some(Self::Text),
            _ => None,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Text => "txt",
        }
    }
}

/// Whether a message has tokens whose odds are known.
#[must_use]
pub fn are_known(conversation: &Conversation, message: MessageId) -> bool {
    let answer = conversation
        .node(message)
        .and_then(|node| node.answer.as_deref());
    answer.is_some_and(|answer| !answer.traces.is_empty())
}

/// A file's name that says which message it is: the conversation's first words and the
/// message's number.
#[must_use]
pub fn file_name(conversation: &Conversation, message: MessageId, form: Form) -> String {
    const LONGEST: usize = 40;
    let title = conversation.title_or_first_words().to_lowercase();
    let words = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        if name.len() + word.len() > LONGEST {
            break;
        }
        name.push_str(word);
        name.push('-');
    }
    if name.is_empty() {
        name.push_str("message-");
    }
    format!("{name}{}.{}", message.0, form.extension())
}

/// Writes a message with its odds, and with the best `top` alternatives of each token; `None`
/// where none are known.
#[must_use]
pub fn write(
    conversation: &Conversation,
    message: MessageId,
    form: Form,
    top: usize,
) -> Option<String> {
    let node = conversation.node(message)?;
    let answer = node.answer.as_deref()?;
    if answer.traces.is_empty() {
        return None;
    }
    let none = Pieces::new();
    let said = Said {
        node,
        answer,
        pieces: conversation.pieces_of(message).unwrap_or(&none),
        top,
    };
    match form {
        Form::Json => said.json().map(|text| text + "\n").ok(),
        Form::JsonLines => said.json_lines().ok(),
        Form::Text => Some(said.table()),
    }
}

struct Said<'a> {
    node: &'a Node,
    answer: &'a Answer,
    pieces: &'a Pieces,
    top: usize,
}

impl Said<'_> {
    fn stop(&self) -> StopReason {
        match &self.answer.state {
            AnswerState::Ended(stop) => stop.clone(),
            // Cut off, or still going on: what is written here ends without a reason of its own.
            AnswerState::Waiting | AnswerState::Streaming | AnswerState::Failed(_) => {
                StopReason::Cancelled
            }
        }
    }

    fn logprob(&self, trace: &TokenTrace) -> TokenLogprob {
        TokenLogprob::new(trace, self.pieces, self.top)
    }

    fn json(&self) -> serde_json::Result<String> {
        let traces = self.answer.traces.iter();
        let stop = self.stop();
        let stats = self.answer.stats.as_ref();
        serde_json::to_string(&Completion {
            object: "chat.completion",
            model: &self.answer.model,
            choices: [Choice {
                index: 0,
                message: ChoiceMessage {
                    role: self.node.role.as_str(),
                    content: self.node.text().into_owned(),
                    reasoning_content: None,
                },
                logprobs: Logprobs {
                    content: traces.map(|trace| self.logprob(trace)).collect(),
                },
                labels: Vec::new(),
                finish_reason: stop.finish_reason(),
                stop_reason: stop,
            }],
            usage: stats.map(Usage::from),
            timings: stats.map(Timings::from),
            seed: stats.map(|stats| stats.seed),
        })
    }

    fn json_lines(&self) -> serde_json::Result<String> {
        let mut decoder = Utf8Stream::new();
        let mut lines = String::new();
        let content = &self.node.content;
        let spans = self.answer.spans(content.len());
        let stretches = self
            .answer
            .stretches(content.len(), self.answer.traces.len());
        for stretch in stretches {
            if stretch.tokens.is_empty() {
                let text = decoder.push(&content[stretch.bytes]);
                self.line(&mut lines, Some(text), None)?;
                continue;
            }
            for index in stretch.tokens {
                let text = decoder.push(&content[spans[index].clone()]);
                self.line(&mut lines, Some(text), Some(&self.answer.traces[index]))?;
            }
        }
        let rest = decoder.finish();
        self.line(&mut lines, (!rest.is_empty()).then_some(rest), None)?;
        Ok(lines)
    }

    /// A token, what was typed, or with neither the end.
    fn line(
        &self,
        lines: &mut String,
        content: Option<String>,
        trace: Option<&TokenTrace>,
    ) -> serde_json::Result<()> {
        let ends = content.is_none() && trace.is_none();
        let stop = ends.then(|| self.stop());
        let stats = self.answer.stats.as_ref().filter(|_| ends);
        let line = serde_json::to_string(&Chunk {
            object: "chat.completion.chunk",
            model: &self.answer.model,
            choices: [ChunkChoice {
                index: 0,
                delta: Delta {
                    content,
                    reasoning_content: None,
                },
                logprobs: trace.map(|trace| Logprobs {
                    content: vec![self.logprob(trace)],
                }),
                labels: Vec::new(),
                finish_reason: stop.as_ref().map(StopReason::finish_reason),
                stop_reason: stop,
            }],
            usage: stats.map(Usage::from),
            timings: stats.map(Timings::from),
            seed: stats.map(|stats| stats.seed),
        })?;
        lines.push_str(&line);
        lines.push('\n');
        Ok(())
    }

    fn table(&self) -> String {
        let mut text = String::new();
        let mut perplexity = Perplexity::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{} {} {} {}  {}",
            right(&words::PERCENT, 8),
            right(&words::RANK, 7),
            right(&words::SURPRISE, 8),
            right(&words::ENTROPY, 8),
            words::TOKEN
        );
        let content = &self.node.content;
        for stretch in self
            .answer
            .stretches(content.len(), self.answer.traces.len())
        {
            if stretch.tokens.is_empty() {
                let typed = visible_piece(&content[stretch.bytes]);
                let _ = writeln!(text, "{}  {typed}", right(&words::TYPED, 34));
            }
            for trace in self.answer.traces.range(stretch.tokens) {
                perplexity.add(trace.logprob, trace.entropy);
                let rank = trace.rank.map_or_else(String::new, |rank| rank.to_string());
                let entropy = trace.entropy.map_or_else(String::new, |entropy| {
                    format!("{:.3}", crate::probability::bits_from_nats(entropy))
                });
                let bytes = self.pieces.get(&trace.id);
                let piece =
                    bytes.map_or_else(|| format!("#{}", trace.id.0), |bytes| visible_piece(bytes));
                let _ = writeln!(
                    text,
                    "{:>8.3} {rank:>7} {:>8.3} {entropy:>8}  {piece}",
                    trace.logprob.exp() * 100.0,
                    surprise_bits(trace.logprob),
                );
            }
        }
        if let Some(measured) = perplexity.measured() {
            let tokens = perplexity.tokens();
            let _ = writeln!(text, "{}", words::perplexity(measured, tokens));
        }
        text
    }
}

/// A heading over numbers, which stand to the right.
fn right(heading: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(heading));
    format!("{}{heading}", " ".repeat(missing))
}

#[cfg(test)]
mod tests;
