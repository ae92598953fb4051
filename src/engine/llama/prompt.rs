//! A prompt becomes token ids.

use super::{End, Loaded};
use crate::engine::backend::EventSink;
use crate::inference::{EngineError, Prompt, TokenId};

/// The ids that the model is to read for a prompt.
pub(super) fn tokens(
    loaded: &Loaded,
    prompt: &Prompt,
    chat_template: Option<&str>,
    events: &mut dyn EventSink,
) -> Result<Vec<TokenId>, End> {
    match prompt {
        Prompt::Text(text) => Ok(loaded.vocabulary.tokenize(text, true, false)?),
        Prompt::Tokens(tokens) => Ok(tokens.clone()),
        Prompt::Chat { .. } => {
            let _ = (chat_template, events, &loaded.template);
            Err(EngineError::Template {
                reason: "this build cannot render chats yet; use --raw".to_owned(),
            }
            .into())
        }
    }
}
