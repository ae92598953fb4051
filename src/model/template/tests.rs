//! Templates of the families that are published, written anew, and hostile ones.

mod families;
mod growth;
mod hostile;
mod separation;

use std::time::{Duration, UNIX_EPOCH};

use super::{Rendered, Segment, TemplateError, TemplateRequest, render};
use crate::inference::{Message, Role};

/// A question, an answer, a question.
fn talk() -> Vec<Message> {
    vec![
        Message::new(Role::User, "Hi"),
        Message::new(Role::Assistant, "Hello!"),
        Message::new(Role::User, "Why?"),
    ]
}

/// The same with a system message before it.
fn guided() -> Vec<Message> {
    let mut messages = vec![Message::new(Role::System, "Be brief.")];
    messages.extend(talk());
    messages
}

fn request<'a>(source: &'a str, messages: &'a [Message]) -> TemplateRequest<'a> {
    TemplateRequest {
        think: None,
        source: Some(source),
        messages,
        add_generation_prompt: true,
        bos_text: "<s>",
        eos_text: "</s>",
        // 29 February 2024.
        now: UNIX_EPOCH + Duration::from_secs(1_709_211_909),
    }
}

fn rendered(source: &str, messages: &[Message]) -> Rendered {
    render(&request(source, messages)).expect("the template is right")
}

fn refused(source: &str, messages: &[Message]) -> TemplateError {
    render(&request(source, messages)).expect_err("the template is wrong")
}

/// What of the prompt is a message's text, in order.
fn contents(rendered: &Rendered) -> Vec<(usize, &str)> {
    let content = |segment| match segment {
        &Segment::Content { message, ref text } => Some((message, text.as_str())),
        Segment::Template(_) => None,
    };
    rendered.segments.iter().filter_map(content).collect()
}
