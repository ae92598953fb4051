//! What the model had read when it came to a token.

use super::Session;
use crate::chat::MessageId;
use crate::chat::conversation::Node;
use crate::inference::{AttendAt, AttendRequest, LoadRequest, Prompt, RequestId, TokenKind};
use crate::words::chat::session as words;

/// Tokens of the context that an engine begins with which does nothing but look once: what it
/// reads, it reads in another one.
const SMALL: u32 = 256;

/// What a second engine is to load and to do, so that it tells where the model looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Attend {
    pub load: LoadRequest,
    pub request: AttendRequest,
}

impl Session {
    /// How to find out where the model looks at a token of a message: at that token as it reads
    /// what stands before it, as the conversation has it.
    ///
    /// # Errors
    /// A sentence for the user on why it cannot be found out.
    pub fn attend(&self, message: MessageId, index: usize) -> Result<Attend, &'static str> {
        let Some(path) = self.model_path() else {
            return Err(words::ATTENTION_NEEDS_MODEL.into());
        };
        let node = self.conversation.node(message);
        let node = node.ok_or(words::MESSAGE_NOT_THERE)?;
        let (prompt, at) = if node.answer.is_some() {
            (self.answer_up_to(node, index)?, AttendAt::Last)
        } else {
            self.message_at(node, index)?
        };
        let load = match &self.options.load {
            Some(load) => load.clone(),
            None => LoadRequest::new(RequestId(1), path.to_owned()),
        };
        Ok(Attend {
            load: LoadRequest {
                request: RequestId(1),
                path: path.to_owned(),
                context_size: Some(SMALL),
                ..load
            },
            request: AttendRequest {
                request: RequestId(2),
                prompt,
                at,
                chat_template: self.options.chat_template.clone(),
            },
        })
    }

    /// A prompt whose last token is the answer's.
    fn answer_up_to(&self, node: &Node, index: usize) -> Result<Prompt, &'static str> {
        let answer = node.answer.as_deref().ok_or(words::TOKEN_NOT_THERE)?;
        let token = answer.traces.outline(index).ok_or(words::TOKEN_NOT_THERE)?;
        if token.kind == TokenKind::EndOfGeneration {
            return Err(words::END_NEVER_READ.into());
        }
        let end = answer
            .span(index, node.content.len())
            .ok_or(words::TOKEN_NOT_THERE)?
            .end;
        let content = &node.content[..end];
        Ok(self.beginning(node, answer, content, index + 1))
    }

    /// A prompt that ends in the message, and the place of its token.
    fn message_at(&self, node: &Node, index: usize) -> Result<(Prompt, AttendAt), &'static str> {
        let prompt = self.prompt(Some(node.id), None);
        let Prompt::Chat { messages, .. } = &prompt else {
            return Err(words::ATTENTION_NEEDS_TEMPLATE.into());
        };
        let place = messages.iter().rposition(|it| it.content == node.text());
        let place = place.ok_or(words::SENT_TOGETHER)?;
        let at = AttendAt::Message {
            message: u32::try_from(place).unwrap_or(u32::MAX),
            token: u32::try_from(index).unwrap_or(u32::MAX),
        };
        Ok((prompt, at))
    }
}
