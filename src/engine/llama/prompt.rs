//! A prompt becomes token ids.

use std::ops::Range;
use std::time::SystemTime;

use super::kept::Opening;
use super::segments::{Part, tokens_of};
use super::vocabulary::Vocabulary;
use super::{End, Loaded};
use crate::engine::backend::EventSink;
use crate::inference::{
    EngineError, EngineEvent, Message, MessagePart, Prompt, RequestId, Role, TokenId,
};
use crate::model::template::{
    self, Rendered, Segment, TemplateRequest, render, render_or_fallback,
};
use crate::words::{Said, engine::llama as words};

/// The ids that the model is to read for a prompt.
pub(super) fn tokens(
    loaded: &mut Loaded,
    request: RequestId,
    prompt: &Prompt,
    chat_template: Option<&str>,
    events: &mut dyn EventSink,
) -> Result<Vec<TokenId>, End> {
    match Asked::of(prompt, chat_template) {
        Asked::Text(text) => Ok(loaded.vocabulary.tokenize(text, true, false)?),
        Asked::Tokens(tokens) => Ok(tokens.to_vec()),
        Asked::Chat(chat) => Ok(read(loaded, request, chat, events)?.1),
    }
}

/// As [`tokens`], and what of them stands before the user's first message; `None` where that is
/// nothing, or cannot be told.
pub(super) fn tokens_and_opening(
    loaded: &mut Loaded,
    request: RequestId,
    prompt: &Prompt,
    chat_template: Option<&str>,
    events: &mut dyn EventSink,
) -> Result<(Vec<TokenId>, Option<Opening>), End> {
    let Asked::Chat(asked) = Asked::of(prompt, chat_template) else {
        let tokens = tokens(loaded, request, prompt, chat_template, events)?;
        return Ok((tokens, None));
    };
    let (rendered, ids) = read(loaded, request, asked, events)?;
    let opening = opening(&loaded.vocabulary, &rendered, asked.messages, &ids);
    Ok((ids, opening))
}

fn opening(
    vocabulary: &Vocabulary,
    rendered: &Rendered,
    messages: &[Message],
    ids: &[TokenId],
) -> Option<Opening> {
    let is_users = |message: usize| {
        let message = messages.get(message);
        message.is_some_and(|message| message.role == Role::User)
    };
    let first = rendered.segments.iter().position(
        |segment| matches!(segment, Segment::Content { message, .. } if is_users(*message)),
    )?;
    let pieces = ids.iter().map(|&id| vocabulary.piece(id, true));
    let segments = rendered.segments.iter().take(first + 1).enumerate();
    let segments = segments.map(|(place, segment)| (segment.text(), place == first));
    let tokens = tokens_of(pieces, segments)?.start;
    let texts = rendered.segments[..first].iter().map(Segment::text);
    Opening::new(texts, &ids[..tokens])
}

/// A chat to be rendered.
#[derive(Clone, Copy)]
struct Chat<'a> {
    messages: &'a [Message],
    answer_prefix: Option<&'a Message>,
    /// Instead of the model's own.
    template: Option<&'a str>,
    think: Option<bool>,
}

/// A prompt with the template that is asked for.
enum Asked<'a> {
    Text(&'a str),
    Tokens(&'a [TokenId]),
    Chat(Chat<'a>),
}

impl<'a> Asked<'a> {
    fn of(prompt: &'a Prompt, template: Option<&'a str>) -> Self {
        match prompt {
            Prompt::Text(text) => Self::Text(text),
            Prompt::Tokens(tokens) => Self::Tokens(tokens),
            Prompt::Chat {
                messages,
                answer_prefix,
                think,
            } => Self::Chat(Chat {
                messages,
                answer_prefix: answer_prefix.as_ref(),
                template,
                think: *think,
            }),
        }
    }
}

/// A chat as its template renders it, and its ids.
fn read(
    loaded: &mut Loaded,
    request: RequestId,
    asked: Chat<'_>,
    events: &mut dyn EventSink,
) -> Result<(Rendered, Vec<TokenId>), End> {
    let rendered = rendered(loaded, request, asked, events)?;
    let ids = chat(
        &loaded.vocabulary,
        &rendered,
        asked.messages,
        asked.answer_prefix,
    )?;
    Ok((rendered, ids))
}

/// Tokens that a mark which opens the reasoning is written with at most, and blanks after it.
const MARK: usize = 16;

/// Whether a prompt ends inside the model's reasoning.
pub(super) fn opens_reasoning(loaded: &Loaded, prompt: &[TokenId]) -> bool {
    let end = &prompt[prompt.len().saturating_sub(MARK)..];
    let mut bytes = Vec::new();
    for &token in end {
        loaded.vocabulary.append_piece(token, true, &mut bytes);
    }
    template::opens_reasoning(&bytes)
}

/// The ids of a rendered chat, and of what its answer begins with.
fn chat(
    vocabulary: &Vocabulary,
    rendered: &Rendered,
    messages: &[Message],
    answer_prefix: Option<&Message>,
) -> Result<Vec<TokenId>, End> {
    let mut parts = Vec::new();
    for segment in &rendered.segments {
        match segment {
            Segment::Template(text) => parts.push(Part::Template(text)),
            Segment::Content { message, text } => {
                content(vocabulary, messages.get(*message), text, &mut parts);
            }
        }
    }
    if let Some(prefix) = answer_prefix {
        content(vocabulary, Some(prefix), &prefix.content, &mut parts);
    }
    Ok(vocabulary.tokenize_parts(&parts)?)
}

/// A chat's ids, and which of them write the content of `messages[message]`.
///
/// # Errors
/// The prompt is no chat, or the template leaves the message out or changes it beyond
/// recognition.
pub(super) fn message(
    loaded: &mut Loaded,
    request: RequestId,
    prompt: &Prompt,
    chat_template: Option<&str>,
    message: usize,
    events: &mut dyn EventSink,
) -> Result<(Vec<TokenId>, Range<usize>), End> {
    let Asked::Chat(asked) = Asked::of(prompt, chat_template) else {
        let reason = words::NO_CHAT.into();
        return Err(EngineError::Refused { reason }.into());
    };
    let (rendered, ids) = read(loaded, request, asked, events)?;
    let pieces = ids.iter().map(|&id| loaded.vocabulary.piece(id, true));
    let segments = rendered.segments.iter().map(|segment| {
        let is_it = matches!(segment, Segment::Content { message: of, .. } if *of == message);
        (segment.text(), is_it)
    });
    let range = tokens_of(pieces, segments).ok_or_else(|| EngineError::Refused {
        reason: words::MESSAGE_LEFT_OUT.into(),
    })?;
    Ok((ids, range))
}

fn rendered(
    loaded: &mut Loaded,
    request: RequestId,
    chat: Chat<'_>,
    events: &mut dyn EventSink,
) -> Result<Rendered, End> {
    let mut rendered = render_for(loaded, chat)?;
    // The model's own template concerns everyone.
    let of = chat.template.map(|_| request);
    for text in rendered.notices.drain(..) {
        // Once is enough: the next message would be told the same.
        if loaded.told.insert((of.is_some(), text.clone())) {
            events.send(EngineEvent::Notice { request: of, text })?;
        }
    }
    Ok(rendered)
}

fn render_for(loaded: &Loaded, chat: Chat<'_>) -> Result<Rendered, EngineError> {
    let request = TemplateRequest {
        source: chat.template.or(loaded.template.as_deref()),
        messages: chat.messages,
        think: chat.think,
        add_generation_prompt: true,
        bos_text: loaded.vocabulary.bos_text(),
        eos_text: loaded.vocabulary.eos_text(),
        now: SystemTime::now(),
    };
    // A template that the user gave is what the user wants, or an error.
    if chat.template.is_some() {
        return render(&request).map_err(|error| EngineError::Template {
            reason: Said::of(&error),
        });
    }
    let mut rendered = render_or_fallback(&request);
    if request.source.is_none() {
        rendered.notices.push(words::NO_TEMPLATE.into());
    }
    Ok(rendered)
}

/// A message's text, or what it was made of where the template left it as it was.
fn content<'a>(
    vocabulary: &Vocabulary,
    message: Option<&'a Message>,
    text: &'a str,
    parts: &mut Vec<Part<'a>>,
) {
    match message {
        Some(message)
            if message.role == Role::Assistant && spells(vocabulary, &message.parts, text) =>
        {
            parts.extend(message.parts.iter().map(|part| match part {
                MessagePart::Tokens(tokens) => Part::Tokens(tokens),
                MessagePart::Typed(text) => Part::Content(text),
            }));
        }
        _ => parts.push(Part::Content(text)),
    }
}

/// Whether an answer's parts are exactly this text, and none of its tokens ends an answer. A
/// branch that begins inside a character has U+FFFD in its text where the bytes are cut.
fn spells(vocabulary: &Vocabulary, parts: &[MessagePart], text: &str) -> bool {
    let mut bytes = Vec::with_capacity(text.len());
    for part in parts {
        match part {
            MessagePart::Typed(text) => bytes.extend_from_slice(text.as_bytes()),
            MessagePart::Tokens(tokens) => {
                for &token in tokens {
                    if !vocabulary.contains(token) || vocabulary.is_end(token) {
                        return false;
                    }
                    vocabulary.append_piece(token, false, &mut bytes);
                }
            }
        }
    }
    !parts.is_empty() && String::from_utf8_lossy(&bytes) == text
}
