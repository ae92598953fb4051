//! What sending a message would come to, before it is sent.

use super::overflow::oldest_to_leave;
use super::prompt::{self, Span};
use super::{ContextPolicy, Session};
use crate::chat::MessageId;
use crate::inference::Role;

/// Letters of plain English that a token has on average, with today's vocabularies.
const LETTERS: usize = 4;

/// Tokens that a template adds to a message, about.
const TEMPLATE: usize = 8;

/// An estimate, but for a message that was counted: the engine counts all when it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// Of the message alone.
    pub message: u32,
    /// It was counted by the model's own tokenizer.
    pub counted: bool,
    /// Of the whole prompt.
    pub tokens: u32,
    /// What the context may hold.
    pub limit: u32,
    /// How many of the oldest messages would not be sent, where not all fit.
    pub left_out: usize,
}

impl Forecast {
    #[must_use]
    pub fn fits(&self) -> bool {
        self.tokens < self.limit
    }
}

impl Session {
    /// What it would come to if `text` were said after `parent`; `None` without a model. It looks
    /// at the conversation back to the last answer of which the engine told how full it left the
    /// context.
    #[must_use]
    pub fn forecast(&self, parent: Option<MessageId>, text: &str) -> Option<Forecast> {
        let limit = self.model()?.context_limit;
        let counted = self.weight(text);
        let message = counted.map_or_else(|| about_tokens(text), |tokens| tokens as usize);
        let before = self.tokens_up_to(parent);
        let tokens = u32::try_from(before + message + TEMPLATE).unwrap_or(u32::MAX);
        let mut forecast = Forecast {
            message: u32::try_from(message).unwrap_or(u32::MAX),
            counted: counted.is_some(),
            tokens,
            limit,
            left_out: 0,
        };
        if !forecast.fits() && self.options().context_full != ContextPolicy::Stop {
            let span = Span {
                to: parent,
                prefix: None,
                left_out: self.left_out.as_ref(),
            };
            let mut turns: Vec<(Role, usize)> = prompt::turns(&self.conversation, span)
                .iter()
                .map(|node| (node.role, node.content.len()))
                .collect();
            turns.push((Role::User, text.len()));
            forecast.left_out = oldest_to_leave(&turns, tokens, limit).unwrap_or_default();
        }
        Some(forecast)
    }

    fn tokens_up_to(&self, message: Option<MessageId>) -> usize {
        let mut tokens = 0;
        let mut at = message;
        while let Some(node) = at.and_then(|id| self.conversation.node(id)) {
            let stats = node.answer.as_ref().and_then(|answer| answer.stats);
            if let Some(stats) = stats.filter(|stats| stats.context_used > 0) {
                return tokens + stats.context_used as usize;
            }
            tokens += about_tokens(&node.text()) + TEMPLATE;
            at = node.parent;
        }
        tokens
    }
}

/// About how many tokens a text has. Other scripts than Latin take about a token a character.
#[must_use]
pub fn about_tokens(text: &str) -> usize {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let others = text.chars().filter(|it| !it.is_ascii()).count();
    ascii.div_ceil(LETTERS) + others
}
