//! `ChatML`, for models that bring no template, or one that cannot be used.
//!
//! llama.cpp takes it in the same case: it is the most widely trained format, and a
//! vocabulary without its tokens reads it as plain text with visible turns.

use super::shape::Turn;
use super::{Rendered, Segment};
use crate::inference::Role;

pub(super) fn render(turns: &[Turn], add_generation_prompt: bool) -> Rendered {
    let mut segments = Vec::new();
    let mut own = String::new();
    for turn in turns {
        begin(&mut own, turn.role);
        for span in turn.spans.iter().filter(|span| !span.text.is_empty()) {
            segments.push(Segment::Template(std::mem::take(&mut own)));
            segments.push(Segment::Content {
                message: span.message,
                text: span.text.clone(),
            });
        }
        own.push_str("<|im_end|>\n");
    }
    if add_generation_prompt {
        begin(&mut own, Role::Assistant);
    }
    segments.push(Segment::Template(own));
    segments.retain(|segment| !segment.text().is_empty());
    Rendered {
        segments,
        notices: Vec::new(),
    }
}

fn begin(own: &mut String, role: Role) {
    own.push_str("<|im_start|>");
    own.push_str(role.as_str());
    own.push('\n');
}
