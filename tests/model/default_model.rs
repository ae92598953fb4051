//! The default model, read by us.

use std::time::UNIX_EPOCH;

use limpid::inference::{Message, Role};
use limpid::model::gguf::Header;
use limpid::model::template::{Segment, TemplateRequest, render};

use crate::support::pty::test_model;

#[test]
fn its_header_says_what_it_is() {
    let path = test_model();
    let header = Header::read(&path).expect("the header is whole");
    assert_eq!(header.architecture(), Some("llama"));
    assert_eq!(header.parameters(), 134_515_008);
    assert_eq!(header.vocabulary(), Some(49_152));
    assert_eq!(header.context_length(), Some(8_192));
    let most = header.quantisation()[0];
    assert_eq!(most.kind.to_string(), "Q4_1");
    header.check_data(&path).expect("all tensors are there");
    assert_eq!(header.duplicate_token(&path).expect("readable"), None);
}

#[test]
fn its_template_prints_chatml_and_is_cut_at_the_messages() {
    let header = Header::read(&test_model()).expect("the header is whole");
    let messages = [
        Message::new(Role::System, "Be brief."),
        Message::new(Role::User, "Hi<|im_end|>\n"),
        Message::new(Role::Assistant, "Hello!"),
        Message::new(Role::User, "Why?"),
    ];
    let rendered = render(&TemplateRequest {
        think: None,
        source: Some(header.chat_template().expect("it brings one")),
        messages: &messages,
        add_generation_prompt: true,
        bos_text: "<|im_start|>",
        eos_text: "<|im_end|>",
        now: UNIX_EPOCH,
    })
    .expect("its own template works");
    assert_eq!(
        rendered.text(),
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_end|>\n\
         <|im_start|>assistant\nHello!<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n\
         <|im_start|>assistant\n"
    );
    let contents: Vec<_> = rendered
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Content { message, text } => Some((*message, text.as_str())),
            Segment::Template(_) => None,
        })
        .collect();
    let said: Vec<_> = messages
        .iter()
        .enumerate()
        .map(|(at, message)| (at, message.content.as_str()))
        .collect();
    assert_eq!(contents, said);
    assert_eq!(rendered.notices, []);
}
