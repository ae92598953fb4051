//! Shows an answer while it comes.

use std::io;

use ratatui::style::Style;

use super::out::Out;
use crate::chat::{Conversation, MessageId, show};
use crate::config::{ColorBy, ReasoningShown, Theme};
use crate::inference::{TokenKind, TokenTrace};
use crate::probability::surprise_bits;
use crate::text::{Thought, Utf8Stream};
use crate::words::{Phrase, thinking as words};

/// How answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub color_by: ColorBy,
    pub reasoning: ReasoningShown,
    /// Words say where the reasoning begins, and the answer.
    pub spoken: bool,
    /// Nothing is said but what was asked for.
    pub quiet: bool,
}

impl Look {
    /// Whether what a model thinks is shown as it comes: a terminal shows a line in its place
    /// unless all is wanted.
    #[must_use]
    pub fn streams(self, out: &Out) -> bool {
        match self.reasoning {
            ReasoningShown::On | ReasoningShown::Only => true,
            ReasoningShown::Auto => !out.abilities().terminal && !self.quiet,
            ReasoningShown::Off => false,
        }
    }
}

/// What a stretch of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Mark,
    Reasoning,
    Answer,
}

/// How much of which message was shown.
#[derive(Debug, Default)]
pub struct Printer {
    message: Option<MessageId>,
    bytes: usize,
    tokens: usize,
    /// Where the text of those tokens ends.
    end: usize,
    /// Where the reasoning is.
    thought: Option<Thought>,
    /// What was shown last.
    part: Option<Part>,
    /// The line that stands for the reasoning, until it is shown; and whether it was.
    line: Option<String>,
    told: bool,
    stream: Utf8Stream,
}

impl Printer {
    /// What is there already of an answer that is gone on with has been shown.
    #[must_use]
    pub fn going_on(conversation: &Conversation, message: Option<MessageId>) -> Self {
        let node = message.and_then(|message| conversation.node(message));
        Self {
            message,
            bytes: node.map_or(0, |node| node.content.len()),
            tokens: node
                .and_then(|node| node.answer.as_ref())
                .map_or(0, |answer| answer.traces.len()),
            end: message
                .and_then(|message| conversation.token_spans(message).pop())
                .map_or(0, |span| span.end),
            told: node.is_some_and(|node| node.thought().is_some_and(|it| it.answer.is_some())),
            ..Self::default()
        }
    }

    /// Shows what came to `message` since the last call.
    pub fn advance(
        &mut self,
        conversation: &Conversation,
        message: MessageId,
        look: Look,
        out: &mut Out,
    ) -> io::Result<()> {
        if self.message != Some(message) {
            self.finish(out)?;
            *self = Self {
                message: Some(message),
                ..Self::default()
            };
        }
        let Some(node) = conversation.node(message) else {
            return Ok(());
        };
        let mut certain = node.content.len();
        if let Some(answer) = &node.answer {
            self.thought = answer.thinking.thought();
            if !self.told && self.thought.is_some_and(|it| it.answer.is_some()) {
                self.line = show::thinking(node, None);
            }
            if answer.is_open() {
                // What may become a mark waits until it is known.
                certain = certain.saturating_sub(answer.thinking.undecided());
            }
            let content = &node.content[..certain];
            if self.tokens == 0 {
                self.end = answer.prefix_len;
            }
            for trace in answer.traces.iter().skip(self.tokens) {
                self.end += answer.typed_before(self.tokens);
                self.piece(content, self.end, None, look, out)?;
                self.end += trace.text_len as usize;
                let style = style_of(trace, look.color_by, out.theme());
                self.piece(content, self.end, style, look, out)?;
                self.tokens += 1;
            }
        }
        self.piece(&node.content[..certain], certain, None, look, out)?;
        self.say(look, out)
    }

    /// Shows what stands for reasoning that never came to an answer.
    pub fn tell(
        &mut self,
        conversation: &Conversation,
        look: Look,
        out: &mut Out,
    ) -> io::Result<()> {
        if !self.told {
            let node = self.message.and_then(|message| conversation.node(message));
            self.line = node.and_then(|node| show::thinking(node, None));
        }
        self.say(look, out)
    }

    /// Shows the line that stands for the reasoning, once: where there is one who looks.
    fn say(&mut self, look: Look, out: &mut Out) -> io::Result<()> {
        match self.line.take() {
            Some(line) => {
                self.told = true;
                if !out.abilities().terminal || look.reasoning == ReasoningShown::Off {
                    return Ok(());
                }
                out.dim(&line)
            }
            None => Ok(()),
        }
    }

    /// Shows what is left of a character that never became whole.
    pub fn finish(&mut self, out: &mut Out) -> io::Result<()> {
        let rest = self.stream.finish();
        out.answer(&rest, b"", None)
    }

    fn piece(
        &mut self,
        content: &[u8],
        end: usize,
        style: Option<Style>,
        look: Look,
        out: &mut Out,
    ) -> io::Result<()> {
        while self.bytes < end.min(content.len()) {
            let (part, until) = self.part_at(self.bytes);
            let until = until.min(end).min(content.len());
            let bytes = &content[self.bytes..until];
            self.bytes = until;
            match part {
                Part::Mark => {}
                Part::Reasoning => self.reasoning(bytes, look, out)?,
                Part::Answer => self.answer(bytes, style, look, out)?,
            }
        }
        Ok(())
    }

    /// What the byte is part of, and where that ends.
    fn part_at(&self, byte: usize) -> (Part, usize) {
        let Some(thought) = self.thought else {
            return (Part::Answer, usize::MAX);
        };
        let answer = thought.answer.unwrap_or(usize::MAX);
        if byte < thought.start {
            (Part::Mark, thought.start)
        } else if byte < thought.end || thought.answer.is_none() {
            (Part::Reasoning, thought.end.max(byte + 1))
        } else if byte < answer {
            (Part::Mark, answer)
        } else {
            (Part::Answer, usize::MAX)
        }
    }

    fn reasoning(&mut self, bytes: &[u8], look: Look, out: &mut Out) -> io::Result<()> {
        if !look.streams(out) {
            return Ok(());
        }
        let Some(bytes) = self.enter(Part::Reasoning, words::REASONING, bytes, look, out)? else {
            return Ok(());
        };
        let text = self.stream.push(bytes);
        if look.reasoning == ReasoningShown::Only && !out.abilities().terminal {
            return out.answer(&text, bytes, None);
        }
        out.reasoning(&text, bytes)
    }

    fn answer(
        &mut self,
        bytes: &[u8],
        style: Option<Style>,
        look: Look,
        out: &mut Out,
    ) -> io::Result<()> {
        self.say(look, out)?;
        let Some(bytes) = self.enter(Part::Answer, words::ANSWER, bytes, look, out)? else {
            return Ok(());
        };
        let text = self.stream.push(bytes);
        if look.reasoning == ReasoningShown::Only && !out.abilities().terminal {
            return out.reasoning(&text, bytes);
        }
        out.answer(&text, bytes, style)
    }

    /// Begins another part on a line of its own, without the blanks before its first word; `None`
    /// while there are only blanks.
    fn enter<'a>(
        &mut self,
        part: Part,
        name: Phrase,
        bytes: &'a [u8],
        look: Look,
        out: &mut Out,
    ) -> io::Result<Option<&'a [u8]>> {
        if self.part == Some(part) {
            return Ok(Some(bytes));
        }
        let bytes = if self.thought.is_some() {
            bytes.trim_ascii_start()
        } else {
            bytes
        };
        if bytes.is_empty() {
            return Ok(None);
        }
        out.end_answer()?;
        if look.spoken {
            out.lines(&name)?;
        }
        self.part = Some(part);
        Ok(Some(bytes))
    }
}

/// The style of a token's place between improbable and probable.
fn style_of(trace: &TokenTrace, color_by: ColorBy, theme: &Theme) -> Option<Style> {
    if trace.kind != TokenKind::Text {
        return None;
    }
    certainty(trace, color_by).map(|certainty| theme.scale(certainty))
}

/// 0 for the least expected token, 1 for the most; `None` where it is not known.
fn certainty(trace: &TokenTrace, color_by: ColorBy) -> Option<f32> {
    match color_by {
        ColorBy::Off => None,
        ColorBy::Probability => Some(trace.logprob.exp()),
        // One through the number of equally likely choices that would be as uncertain.
        ColorBy::Entropy => trace.entropy.map(|entropy| (-entropy).exp()),
        ColorBy::Rank => trace.rank.map(|rank| 1.0 / rank.max(1) as f32),
        // One in a thousand is as surprising as the scale goes.
        ColorBy::Surprise => Some((1.0 - surprise_bits(trace.logprob) / 10.0).clamp(0.0, 1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::{Answer, ConversationId};
    use crate::inference::{Role, SamplerState, TokenId};
    use crate::repl::out::tests::{PIPE, PLAIN, TERMINAL, out, out as out_of};

    fn trace(text: &[u8], probability: f32) -> TokenTrace {
        TokenTrace {
            state: SamplerState::default(),
            id: TokenId(1),
            kind: TokenKind::Text,
            text_len: text.len() as u32,
            logprob: probability.ln(),
            rank: Some(2),
            entropy: Some(0.0),
            outside: 0.0,
            candidates: Vec::new(),
        }
    }

    fn conversation() -> (Conversation, MessageId) {
        let mut conversation = Conversation::new(ConversationId("X".to_owned()), 0);
        let id = conversation
            .append_message(None, Role::Assistant, Vec::new(), 0)
            .expect("a root has no parent to miss");
        let answer = Answer::waiting("", "");
        assert!(conversation.begin_answer(id, answer));
        (conversation, id)
    }

    fn look(color_by: ColorBy) -> Look {
        Look {
            color_by,
            reasoning: ReasoningShown::Auto,
            spoken: false,
            quiet: false,
        }
    }

    fn stream(out: &mut Out, color_by: ColorBy, tokens: &[&[u8]]) {
        stream_as(look(color_by), out, tokens);
    }

    fn stream_as(look: Look, out: &mut Out, tokens: &[&[u8]]) {
        let (mut conversation, id) = conversation();
        let mut printer = Printer::default();
        for token in tokens {
            assert!(conversation.extend_answer(id, token, [trace(token, 0.5)]));
            printer
                .advance(&conversation, id, look, out)
                .expect("it takes all");
        }
        printer
            .tell(&conversation, look, out)
            .expect("it takes all");
        printer.finish(out).expect("it takes all");
    }

    #[test]
    fn a_character_split_across_tokens_is_shown_whole() {
        let crab = "🦀".as_bytes();
        let (mut out, answers, _) = out(PLAIN);
        stream(
            &mut out,
            ColorBy::Off,
            &[&crab[..1], &crab[1..3], &crab[3..], b"!"],
        );
        assert_eq!(answers.text(), "🦀!");
    }

    #[test]
    fn an_escape_split_across_tokens_does_not_reach_the_terminal() {
        let (mut out, answers, _) = out(TERMINAL);
        stream(&mut out, ColorBy::Off, &[b"\x1b", b"]52;c;", b"aGk=\x07"]);
        assert_eq!(answers.text(), "␛]52;c;aGk=^G");
    }

    #[test]
    fn a_pipe_gets_the_bytes_as_they_are() {
        let (mut out, answers, _) = out(PIPE);
        stream(&mut out, ColorBy::Probability, &[b"\x1b[1m", b"x\r\n"]);
        assert_eq!(answers.text(), "\x1b[1mx\r\n");
    }

    #[test]
    fn tokens_are_coloured_on_request_alone() {
        let (mut colored, answers, _) = out(TERMINAL);
        stream(&mut colored, ColorBy::Probability, &[b"sky"]);
        assert!(answers.text().starts_with("\x1b["), "{:?}", answers.text());
        let (mut plain, answers, _) = out(TERMINAL);
        stream(&mut plain, ColorBy::Off, &[b"sky"]);
        assert_eq!(answers.text(), "sky");
    }

    const THINKS: [&[u8]; 9] = [
        b"<th",
        b"ink>",
        b"\n",
        b"H",
        b"m",
        b"\n",
        b"</think>",
        b"\n\n",
        b"So.",
    ];

    #[test]
    fn a_line_stands_for_what_a_model_thinks() {
        let (mut out, answers, asides) = out_of(PLAIN);
        stream(&mut out, ColorBy::Off, &THINKS);
        assert_eq!(answers.text(), "So.");
        assert_eq!(asides.text(), "thought 7 tokens\n");
        let (mut out, answers, asides) = out_of(PLAIN);
        let off = Look {
            reasoning: ReasoningShown::Off,
            ..look(ColorBy::Off)
        };
        stream_as(off, &mut out, &THINKS);
        assert_eq!(
            (answers.text().as_str(), asides.text().as_str()),
            ("So.", "")
        );
    }

    #[test]
    fn what_a_model_thinks_is_shown_apart_where_it_is_wanted() {
        let on = Look {
            reasoning: ReasoningShown::On,
            ..look(ColorBy::Off)
        };
        let (mut colored, answers, asides) = out_of(TERMINAL);
        stream_as(on, &mut colored, &THINKS);
        let shown = answers.text();
        assert!(shown.starts_with("\x1b["), "{shown:?}");
        assert!(shown.ends_with("m\x1b[0m\nSo."), "{shown:?}");
        assert!(asides.text().contains("thought 7 tokens"));
        let spoken = Look { spoken: true, ..on };
        let (mut plain, answers, asides) = out_of(PLAIN);
        stream_as(spoken, &mut plain, &THINKS);
        assert_eq!(answers.text(), "Hm\nSo.");
        assert_eq!(asides.text(), "Reasoning:\nthought 7 tokens\nAnswer:\n");
    }

    #[test]
    fn a_pipe_has_the_answer_alone_and_the_reasoning_beside_it() {
        let (mut pipe, answers, asides) = out_of(PIPE);
        stream(&mut pipe, ColorBy::Off, &THINKS);
        assert_eq!(
            (answers.text().as_str(), asides.text().as_str()),
            ("So.", "Hm\n")
        );
        let only = Look {
            reasoning: ReasoningShown::Only,
            ..look(ColorBy::Off)
        };
        let (mut pipe, answers, asides) = out_of(PIPE);
        stream_as(only, &mut pipe, &THINKS);
        assert_eq!(
            (answers.text().as_str(), asides.text().as_str()),
            ("Hm\n", "So.")
        );
    }

    #[test]
    fn what_comes_at_once_is_shown_in_order() {
        let (mut plain, answers, asides) = out_of(PLAIN);
        let spoken = Look {
            spoken: true,
            ..look(ColorBy::Off)
        };
        stream_as(spoken, &mut plain, &[b"<think>Hm</think>So."]);
        assert_eq!(answers.text(), "So.");
        assert_eq!(asides.text(), "thought 1 token\nAnswer:\n");
    }

    #[test]
    fn what_only_looks_like_a_mark_is_shown_when_that_is_known() {
        let (mut plain, answers, _) = out_of(PLAIN);
        stream(&mut plain, ColorBy::Off, &[b"<th", b"e>"]);
        assert_eq!(answers.text(), "<the>");
    }

    #[test]
    fn the_scale_runs_from_improbable_to_probable() {
        let token = trace(b"x", 0.25);
        assert_eq!(certainty(&token, ColorBy::Rank), Some(0.5));
        assert_eq!(certainty(&token, ColorBy::Entropy), Some(1.0));
        let probability = certainty(&token, ColorBy::Probability).expect("it is known");
        assert!((probability - 0.25).abs() < 1e-6);
    }
}
