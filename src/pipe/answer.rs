//! An answer on its way to standard output.

use std::io::{self, IsTerminal, Write};

use super::Format;
use super::reasoning::Parts;
use crate::chat::Pieces;
use crate::chat::openai::{
    Choice, ChoiceMessage, Chunk, ChunkChoice, Completion, Delta, Label, Logprobs, Timings,
    TokenLogprob, Usage,
};
use crate::inference::{
    Classified, EngineError, EngineEvent, GeneratedToken, GenerationStats, LabelOdds, StopReason,
};
use crate::text::{self, Speech, Utf8Stream};

/// Why an answer broke off.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Writes each event of one answer as it comes.
pub struct Answer<W: Write> {
    format: Format,
    top: usize,
    out: W,
    /// A terminal gets sanitised text and a line end.
    terminal: bool,
    model: String,
    /// What the answer begins with and no token wrote, until it is written.
    begun: String,
    content: Vec<u8>,
    decoder: Utf8Stream,
    pieces: Pieces,
    logprobs: Vec<TokenLogprob>,
    labels: Vec<LabelOdds>,
    parts: Parts,
    /// What the model thought.
    thoughts: Vec<u8>,
    thinking: Utf8Stream,
}

impl Answer<io::StdoutLock<'static>> {
    pub fn new(format: Format, top: usize, parts: Parts, out: io::StdoutLock<'static>) -> Self {
        let terminal = out.is_terminal();
        Self::to(out, terminal, format, top, parts)
    }
}

impl<W: Write> Answer<W> {
    fn to(out: W, terminal: bool, format: Format, top: usize, parts: Parts) -> Self {
        Self {
            format,
            top,
            out,
            terminal,
            model: String::new(),
            begun: String::new(),
            content: Vec::new(),
            decoder: Utf8Stream::new(),
            pieces: Pieces::new(),
            logprobs: Vec::new(),
            labels: Vec::new(),
            parts,
            thoughts: Vec::new(),
            thinking: Utf8Stream::new(),
        }
    }

    /// What the answer begins with, written as soon as the model goes on after it.
    pub fn begin_with(&mut self, text: &str) {
        text.clone_into(&mut self.begun);
    }

    fn write_beginning(&mut self) -> io::Result<()> {
        let begun = std::mem::take(&mut self.begun);
        if begun.is_empty() {
            return Ok(());
        }
        let parts = self.parts.split_text(begun.as_bytes());
        self.write(parts, None)
    }

    /// Takes in one event; the statistics when it was the last.
    pub fn take(&mut self, event: &EngineEvent) -> Result<Option<GenerationStats>, AnswerError> {
        match event {
            EngineEvent::BeginsThinking { .. } => self.parts.begin_inside(),
            EngineEvent::Loaded { model, .. } => self.model = model.title(),
            EngineEvent::Token(token) => {
                self.write_beginning()?;
                self.token(token)?;
            }
            EngineEvent::Finished { stop, stats, .. } => {
                self.write_beginning()?;
                self.end(stop, stats)?;
                return Ok(Some(**stats));
            }
            EngineEvent::Classified(found) => {
                self.classified(found)?;
                return Ok(Some(found.stats));
            }
            EngineEvent::Failed { error, .. } => return Err(error.clone().into()),
            EngineEvent::Exited(exit) => return Err(EngineError::Died(exit.clone()).into()),
            _ => {}
        }
        Ok(None)
    }

    /// What the answer was chosen from; empty where the model wrote it.
    pub fn labels(&self) -> &[LabelOdds] {
        &self.labels
    }

    /// The likeliest label is the answer.
    fn classified(&mut self, found: &Classified) -> io::Result<()> {
        self.labels.clone_from(&found.labels);
        let best = self.labels.first().map_or("", |best| best.label.as_str());
        let bytes = best.as_bytes().to_vec();
        match self.format {
            Format::Text if self.terminal => {
                self.out.write_all(text::visible(best).as_bytes())?;
            }
            Format::Text => self.out.write_all(&bytes)?,
            Format::Json => self.content = bytes,
            Format::JsonLines => {
                let content = Some(best.to_owned());
                self.chunk(content, None, None)?;
            }
        }
        self.end(&StopReason::EndOfGeneration, &found.stats)
    }

    fn token(&mut self, token: &GeneratedToken) -> io::Result<()> {
        self.learn(token);
        // The text alone has no place for it.
        let logprob = (self.format != Format::Text)
            .then(|| TokenLogprob::new(&token.trace, &self.pieces, self.top));
        let name = self.pieces.get(&token.trace.id).cloned();
        let parts = self.parts.split(token, &name.unwrap_or_default());
        self.write(parts, logprob)
    }

    /// Writes parts of the answer to where they belong.
    fn write(
        &mut self,
        parts: Vec<(Speech, Vec<u8>)>,
        logprob: Option<TokenLogprob>,
    ) -> io::Result<()> {
        match self.format {
            Format::Text => {
                for (speech, bytes) in parts {
                    if !self.parts.is_for_output(speech, &bytes) {
                        continue;
                    }
                    if self.terminal {
                        let text = self.decoder.push(&bytes);
                        self.out.write_all(text::visible(&text).as_bytes())?;
                    } else {
                        self.out.write_all(&bytes)?;
                    }
                }
                self.out.flush()
            }
            Format::Json => {
                for (speech, bytes) in parts {
                    match speech {
                        Speech::Answer => self.content.extend_from_slice(&bytes),
                        Speech::Reasoning => self.thoughts.extend_from_slice(&bytes),
                    }
                }
                self.logprobs.extend(logprob);
                Ok(())
            }
            Format::JsonLines => {
                let (mut content, mut thought) = (String::new(), String::new());
                for (speech, bytes) in parts {
                    match speech {
                        Speech::Answer => content.push_str(&self.decoder.push(&bytes)),
                        Speech::Reasoning => thought.push_str(&self.thinking.push(&bytes)),
                    }
                }
                let thought = Some(thought).filter(|it| self.parts.is_told() && !it.is_empty());
                // A token of the reasoning adds nothing to the answer.
                let content = Some(content).filter(|it| thought.is_none() || !it.is_empty());
                self.delta(
                    Delta {
                        content,
                        reasoning_content: thought,
                    },
                    logprob,
                    None,
                )
            }
        }
    }

    /// What the model thought, where it is told and there is any.
    fn thoughts(&mut self) -> Option<String> {
        let thoughts = std::mem::take(&mut self.thoughts);
        let text = String::from_utf8_lossy(&thoughts).into_owned();
        Some(text).filter(|text| self.parts.is_told() && !text.is_empty())
    }

    /// Takes in the bytes of tokens that come up for the first time.
    fn learn(&mut self, token: &GeneratedToken) {
        let new = token
            .pieces
            .iter()
            .map(|piece| (piece.id, piece.bytes.clone()));
        self.pieces.extend(new);
    }

    fn end(&mut self, stop: &StopReason, stats: &GenerationStats) -> io::Result<()> {
        let held = self.parts.finish();
        if !held.is_empty() {
            self.write(held, None)?;
        }
        match self.format {
            Format::Text if self.terminal => {
                let rest = self.decoder.finish();
                writeln!(self.out, "{}", text::visible(&rest))?;
            }
            Format::Text => {}
            Format::Json => {
                let reasoning_content = self.thoughts();
                let completion = Completion {
                    object: "chat.completion",
                    model: &self.model,
                    choices: [Choice {
                        index: 0,
                        message: ChoiceMessage {
                            role: "assistant",
                            content: String::from_utf8_lossy(&self.content).into_owned(),
                            reasoning_content,
                        },
                        logprobs: Logprobs {
                            content: std::mem::take(&mut self.logprobs),
                        },
                        labels: self.labels.iter().map(Label::from).collect(),
                        finish_reason: stop.finish_reason(),
                        stop_reason: stop.clone(),
                    }],
                    usage: Some(stats.into()),
                    timings: Some(stats.into()),
                    seed: Some(stats.seed),
                };
                serde_json::to_writer(&mut self.out, &completion)?;
                writeln!(self.out)?;
            }
            Format::JsonLines => {
                let rest = self.decoder.finish();
                let rest = (!rest.is_empty()).then_some(rest);
                self.chunk(rest, None, Some((stop, stats)))?;
            }
        }
        self.out.flush()
    }

    fn chunk(
        &mut self,
        content: Option<String>,
        logprob: Option<TokenLogprob>,
        end: Option<(&StopReason, &GenerationStats)>,
    ) -> io::Result<()> {
        let delta = Delta {
            content,
            reasoning_content: None,
        };
        self.delta(delta, logprob, end)
    }

    fn delta(
        &mut self,
        delta: Delta,
        logprob: Option<TokenLogprob>,
        end: Option<(&StopReason, &GenerationStats)>,
    ) -> io::Result<()> {
        let chunk = Chunk {
            object: "chat.completion.chunk",
            model: &self.model,
            choices: [ChunkChoice {
                index: 0,
                delta,
                logprobs: logprob.map(|logprob| Logprobs {
                    content: vec![logprob],
                }),
                labels: match end {
                    Some(_) => self.labels.iter().map(Label::from).collect(),
                    None => Vec::new(),
                },
                finish_reason: end.map(|(stop, _)| stop.finish_reason()),
                stop_reason: end.map(|(stop, _)| stop.clone()),
            }],
            usage: end.map(|(_, stats)| Usage::from(stats)),
            timings: end.map(|(_, stats)| Timings::from(stats)),
            seed: end.map(|(_, stats)| stats.seed),
        };
        // One write a line, so that a reader never sees half of one.
        let mut line = serde_json::to_vec(&chunk)?;
        line.push(b'\n');
        self.out.write_all(&line)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{Piece, RequestId, SamplerState, TokenId, TokenKind, TokenTrace};

    fn parts() -> Parts {
        Parts::new(crate::config::ReasoningShown::Auto, true, false)
    }

    fn token(id: u32, bytes: &[u8]) -> EngineEvent {
        EngineEvent::Token(Box::new(GeneratedToken {
            request: RequestId(1),
            text: bytes.to_vec(),
            trace: TokenTrace {
                state: SamplerState::default(),
                id: TokenId(id),
                kind: TokenKind::Text,
                text_len: bytes.len() as u32,
                logprob: -0.1,
                rank: Some(1),
                entropy: Some(0.2),
                outside: 0.0,
                candidates: Vec::new(),
            },
            pieces: vec![Piece {
                id: TokenId(id),
                bytes: bytes.to_vec(),
            }],
        }))
    }

    fn finished() -> EngineEvent {
        EngineEvent::Finished {
            request: RequestId(1),
            stop: StopReason::EndOfGeneration,
            stats: Box::default(),
        }
    }

    fn written(format: Format, terminal: bool, events: &[EngineEvent]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut answer = Answer::to(&mut out, terminal, format, 3, parts());
        for event in events {
            answer.take(event).expect("a vector takes everything");
        }
        out
    }

    #[test]
    fn a_pipe_gets_the_exact_bytes_and_none_of_ours() {
        let events = [
            token(1, b"\xE4\xBD"),
            token(2, b"\xA0\x1b]52;c;aGk=\x07\xFF"),
            finished(),
        ];
        assert_eq!(
            written(Format::Text, false, &events),
            b"\xE4\xBD\xA0\x1b]52;c;aGk=\x07\xFF"
        );
    }

    #[test]
    fn a_terminal_gets_no_control_sequence_even_split_across_tokens() {
        let events = [
            token(1, b"\x1b"),
            token(2, b"]52;c;aGk=\x07\xE4"),
            token(3, b"\xBD\xA0"),
            finished(),
        ];
        let shown = String::from_utf8(written(Format::Text, true, &events)).expect("text");
        assert!(
            !shown.contains('\x1b') && !shown.contains('\x07'),
            "{shown:?}"
        );
        assert!(shown.ends_with("你\n"), "{shown:?}");
    }

    #[test]
    fn what_the_answer_begins_with_is_part_of_it_in_every_form() {
        for (format, terminal) in [
            (Format::Text, false),
            (Format::Text, true),
            (Format::Json, false),
            (Format::JsonLines, false),
        ] {
            let mut out = Vec::new();
            let mut answer = Answer::to(&mut out, terminal, format, 3, parts());
            answer.begin_with("Sure:");
            for event in [token(1, b" yes"), finished()] {
                answer.take(&event).expect("a vector takes everything");
            }
            let written = String::from_utf8(out).expect("text");
            match format {
                Format::Text => assert_eq!(written.trim_end(), "Sure: yes"),
                Format::Json => assert!(written.contains("\"content\":\"Sure: yes\""), "{written}"),
                Format::JsonLines => {
                    let first = written.lines().next().expect("a line");
                    assert!(first.contains("\"content\":\"Sure:\""), "{first}");
                }
            }
        }
    }

    #[test]
    fn a_character_split_across_tokens_is_whole_in_the_lines() {
        let events = [token(1, b"\xE4\xBD"), token(2, b"\xA0"), finished()];
        let lines = String::from_utf8(written(Format::JsonLines, false, &events)).expect("text");
        let lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object"))
            .collect();
        assert_eq!(lines[0]["choices"][0]["delta"]["content"], "");
        assert_eq!(lines[1]["choices"][0]["delta"]["content"], "你");
        assert_eq!(
            lines[0]["choices"][0]["logprobs"]["content"][0]["bytes"][0],
            0xE4
        );
        assert_eq!(lines[2]["choices"][0]["finish_reason"], "stop");
    }

    #[test]
    fn a_failure_of_the_engine_is_the_answers_failure() {
        let mut answer = Answer::to(Vec::new(), false, Format::Text, 0, parts());
        let failed = EngineEvent::Failed {
            request: None,
            error: EngineError::EmptyPrompt,
        };
        assert!(matches!(
            answer.take(&failed),
            Err(AnswerError::Engine(EngineError::EmptyPrompt))
        ));
    }
}
