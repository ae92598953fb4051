//! Shows an answer while it comes.

use std::io;

use ratatui::style::Style;

use super::out::Out;
use crate::chat::{Conversation, MessageId};
use crate::config::{ColorBy, Theme};
use crate::inference::{TokenKind, TokenTrace};
use crate::probability::surprise_bits;
use crate::text::Utf8Stream;

/// How much of which message was shown.
#[derive(Debug, Default)]
pub struct Printer {
    message: Option<MessageId>,
    bytes: usize,
    tokens: usize,
    /// Where the text of those tokens ends.
    end: usize,
    begun: bool,
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
            begun: false,
            stream: Utf8Stream::new(),
        }
    }

    /// Whether anything of an answer was shown.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    /// Shows what came to `message` since the last call.
    pub fn advance(
        &mut self,
        conversation: &Conversation,
        message: MessageId,
        color_by: ColorBy,
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
        if let Some(answer) = &node.answer {
            if self.tokens == 0 {
                self.end = answer.prefix_len;
            }
            for trace in answer.traces.iter().skip(self.tokens) {
                self.end += answer.typed_before(self.tokens);
                self.piece(&node.content, self.end, None, out)?;
                self.end += trace.text_len as usize;
                let style = style_of(trace, color_by, out.theme());
                self.piece(&node.content, self.end, style, out)?;
                self.tokens += 1;
            }
        }
        self.piece(&node.content, node.content.len(), None, out)
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
        out: &mut Out,
    ) -> io::Result<()> {
        let Some(bytes) = content.get(self.bytes..end.min(content.len())) else {
            return Ok(());
        };
        if bytes.is_empty() {
            return Ok(());
        }
        self.begun = true;
        self.bytes += bytes.len();
        let text = self.stream.push(bytes);
        out.answer(&text, bytes, style)
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
    use crate::repl::out::tests::{PIPE, PLAIN, TERMINAL, out};

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

    fn stream(out: &mut Out, color_by: ColorBy, tokens: &[&[u8]]) {
        let (mut conversation, id) = conversation();
        let mut printer = Printer::default();
        for token in tokens {
            assert!(conversation.extend_answer(id, token, [trace(token, 0.5)]));
            printer
                .advance(&conversation, id, color_by, out)
                .expect("it takes all");
        }
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

    #[test]
    fn the_scale_runs_from_improbable_to_probable() {
        let token = trace(b"x", 0.25);
        assert_eq!(certainty(&token, ColorBy::Rank), Some(0.5));
        assert_eq!(certainty(&token, ColorBy::Entropy), Some(1.0));
        let probability = certainty(&token, ColorBy::Probability).expect("it is known");
        assert!((probability - 0.25).abs() < 1e-6);
    }
}
