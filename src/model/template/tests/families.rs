//! What the families print.

use super::*;
use crate::model::template::render_or_fallback;
use crate::words::Said;

const CHATML: &str = "{%- for message in messages -%}\n\
    {{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}\n\
    {%- endfor -%}\n\
    {%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}";

const LLAMA_3: &str = r#"{{- bos_token }}
{%- if not date_string is defined %}
    {%- set date_string = "26 Jul 2024" %}
{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
{%- if tools is not none and tools is defined %}
    {{- "Environment: ipython\n" }}
{%- endif %}
{{- "Today Date: " + date_string + "\n\n" }}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] | trim + '<|eot_id|>' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif %}
"#;

const MISTRAL: &str = r"{{ bos_token }}
{%- for message in messages %}
{%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
{{- raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}
{%- endif %}
{%- if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}
{%- elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}
{%- else %}{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}
{%- endfor %}";

const GEMMA: &str = r"{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '
' + message['content'] | trim + '<end_of_turn>
' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model
'}}{% endif %}";

const PHI_3: &str = r"{% for message in messages %}{% if message['role'] == 'system' and message['content'] %}{{'<|system|>
' + message['content'] + '<|end|>
'}}{% elif message['role'] == 'user' %}{{'<|user|>
' + message['content'] + '<|end|>
'}}{% elif message['role'] == 'assistant' %}{{'<|assistant|>
' + message['content'] + '<|end|>
'}}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>
' }}{% else %}{{ eos_token }}{% endif %}";

const ZEPHYR: &str = r"{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>
'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}";

const TOOLS: &str = r"{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- for tool in tools %}{{ tool | tojson }}{% endfor %}
    {{- '<|im_end|>\n' }}
{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
{%- endif %}
{%- set ns = namespace(last=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- if message.role == 'user' and not (message.content.startswith('<tool>') and message.content.endswith('</tool>')) %}
        {%- set ns.last = (messages|length - 1) - loop.index0 %}
        {%- break %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- set content = message.content if message.content is string else '' %}
    {%- if message.role == 'user' %}
        {{- '<|im_start|>user\n' + content + '<|im_end|>' + '\n' }}
    {%- elif message.role == 'assistant' %}
        {%- set reasoning = '' %}
        {%- if '</think>' in content %}
            {%- set reasoning = content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\n') %}
        {%- endif %}
        {%- if loop.index0 > ns.last and reasoning %}
            {{- '<|im_start|>assistant\n<think>\n' + reasoning.strip('\n') + '\n</think>\n\n' + content }}
        {%- else %}
            {{- '<|im_start|>assistant\n' + content }}
        {%- endif %}
        {%- if message.tool_calls %}{{- '\n' }}{%- endif %}
        {{- '<|im_end|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\n\n</think>\n\n' }}{%- endif %}
{%- endif %}";

#[test]
fn chatml_is_printed_and_cut_at_the_messages() {
    let rendered = rendered(CHATML, &guided());
    assert_eq!(
        rendered.text(),
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n\
         <|im_start|>assistant\nHello!<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n\
         <|im_start|>assistant\n"
    );
    assert_eq!(
        contents(&rendered),
        [(0, "Be brief."), (1, "Hi"), (2, "Hello!"), (3, "Why?")]
    );
    assert_eq!(rendered.notices, Vec::<Said>::new());
}

#[test]
fn a_model_without_a_template_gets_chatml() {
    let messages = guided();
    let mut plain = request(CHATML, &messages);
    plain.source = None;
    let fallback = render(&plain).expect("it needs no template");
    assert_eq!(fallback, rendered(CHATML, &messages));
}

#[test]
fn llama_3_trims_and_tells_the_date() {
    let messages = [
        Message::new(Role::System, "  Be brief.\n"),
        Message::new(Role::User, " Hi  \n\n"),
    ];
    let rendered = rendered(LLAMA_3, &messages);
    assert_eq!(
        rendered.text(),
        "<s><|start_header_id|>system<|end_header_id|>\n\nToday Date: 29 Feb 2024\n\nBe brief.\
         <|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>\
         <|start_header_id|>assistant<|end_header_id|>\n\n"
    );
    assert_eq!(contents(&rendered), [(0, "Be brief."), (1, "Hi")]);
}

#[test]
fn mistral_refuses_a_system_message_and_gets_it_with_the_users() {
    let rendered = rendered(MISTRAL, &guided());
    assert_eq!(
        rendered.text(),
        "<s>[INST] Be brief.\n\nHi [/INST]Hello!</s>[INST] Why? [/INST]"
    );
    assert_eq!(
        contents(&rendered),
        [(0, "Be brief.\n\n"), (1, "Hi"), (2, "Hello!"), (3, "Why?")]
    );
    assert_eq!(rendered.notices.len(), 1);
    assert!(
        rendered.notices[0].contains("must alternate"),
        "{:?}",
        rendered.notices
    );
}

#[test]
fn two_questions_in_a_row_are_joined_where_speakers_must_alternate() {
    let messages = [
        Message::new(Role::User, "One"),
        Message::new(Role::User, "Two"),
    ];
    let rendered = rendered(MISTRAL, &messages);
    assert_eq!(rendered.text(), "<s>[INST] One\n\nTwo [/INST]");
    assert!(
        rendered.notices[0].contains("were joined"),
        "{:?}",
        rendered.notices
    );
}

#[test]
fn gemma_refuses_a_system_message_in_its_own_words() {
    let rendered = rendered(GEMMA, &guided());
    assert_eq!(
        rendered.text(),
        "<s><start_of_turn>user\nBe brief.\n\nHi<end_of_turn>\n<start_of_turn>model\nHello!\
         <end_of_turn>\n<start_of_turn>user\nWhy?<end_of_turn>\n<start_of_turn>model\n"
    );
    assert!(
        rendered.notices[0].contains("System role not supported"),
        "{:?}",
        rendered.notices
    );
}

#[test]
fn a_system_message_that_a_template_passes_over_is_not_lost() {
    let deaf = "{% for m in messages %}{% if m.role != 'system' %}<{{ m.role }}>{{ m.content }}\
                {% endif %}{% endfor %}";
    let rendered = rendered(deaf, &guided());
    assert_eq!(
        rendered.text(),
        "<user>Be brief.\n\nHi<assistant>Hello!<user>Why?"
    );
    assert_eq!(rendered.notices.len(), 1);
}

#[test]
fn what_a_template_leaves_out_all_the_same_is_told() {
    let last = "<user>{{ messages[-1].content }}";
    let rendered = rendered(last, &talk());
    assert_eq!(rendered.text(), "<user>Why?");
    assert!(
        rendered
            .notices
            .iter()
            .any(|it| it.contains("leaves out messages 1, 2")),
        "{:?}",
        rendered.notices
    );
}

#[test]
fn phi_and_zephyr_keep_their_line_ends() {
    assert_eq!(
        rendered(PHI_3, &guided()[..2]).text(),
        "<|system|>\nBe brief.<|end|>\n<|user|>\nHi<|end|>\n<|assistant|>\n"
    );
    assert_eq!(
        rendered(ZEPHYR, &guided()[..2]).text(),
        "<|system|>\nBe brief.</s>\n<|user|>\nHi</s>\n<|assistant|>\n"
    );
}

#[test]
fn reasoning_is_stripped_from_old_answers_as_the_template_wants_it() {
    let messages = [
        Message::new(Role::System, "Be brief."),
        Message::new(Role::User, "Hi"),
        Message::new(Role::Assistant, "<think>\nWell.\n</think>\n\nHello!"),
        Message::new(Role::User, "Why?"),
    ];
    let rendered = rendered(TOOLS, &messages);
    assert_eq!(
        rendered.text(),
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n\
         <|im_start|>assistant\nHello!<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n\
         <|im_start|>assistant\n"
    );
    assert_eq!(
        contents(&rendered),
        [(0, "Be brief."), (1, "Hi"), (2, "Hello!"), (3, "Why?")]
    );
    assert_eq!(rendered.notices, Vec::<Said>::new());
}

#[test]
fn contents_as_lists_of_parts_are_given_to_templates_that_want_them() {
    let typed = "{% for m in messages %}<{{ m.role }}>{% for part in m.content %}\
                 {% if part.type == 'text' %}{{ part.text }}{% endif %}{% endfor %}{% endfor %}";
    let rendered = rendered(typed, &guided());
    assert_eq!(
        rendered.text(),
        "<system>Be brief.<user>Hi<assistant>Hello!<user>Why?"
    );
    assert_eq!(contents(&rendered).len(), 4);
}

#[test]
fn what_python_templates_call_is_there() {
    let source = "{{ strftime_now('%Y-%m-%d') }}|{{ {'a': ['<b>', none]} | tojson }}|\
                  {{ [1] | tojson(indent=2) }}|{{ 'a-b'.split('-')[-1].upper() }}|\
                  {% generation %}{{ messages[0].content }}{% endgeneration %}|\
                  {% for i in range(9) %}{% if i == 2 %}{% continue %}{% endif %}\
                  {% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}|\
                  {{ tools is defined }}";
    assert_eq!(
        rendered(source, &talk()[..1]).text(),
        "2024-02-29|{\"a\": [\"<b>\", null]}|[\n  1\n]|B|Hi|013|False"
    );
}

#[test]
fn a_template_that_cannot_be_used_is_replaced_and_the_reason_told() {
    let messages = talk();
    let fallback = render_or_fallback(&request("{{ oops(", &messages));
    assert!(
        fallback
            .text()
            .starts_with("<|im_start|>user\nHi<|im_end|>\n")
    );
    assert!(
        fallback.notices[0].contains("no valid Jinja"),
        "{:?}",
        fallback.notices
    );
}

/// As Qwen3's, GLM's and SmolLM3's do it.
#[test]
fn a_template_is_told_whether_the_model_is_to_think() {
    let source = "{% for m in messages %}{{ m.content }}|{% endfor %}\
                  {% if enable_thinking is defined and enable_thinking is false %}<think></think>\
                  {% elif enable_thinking is defined %}on{% else %}as it is{% endif %}";
    let messages = talk();
    for (think, end) in [
        (None, "as it is"),
        (Some(false), "<think></think>"),
        (Some(true), "on"),
    ] {
        let request = super::TemplateRequest {
            think,
            ..request(source, &messages)
        };
        let text = super::render(&request)
            .expect("the template is right")
            .text();
        assert_eq!(text, format!("Hi|Hello!|Why?|{end}"));
    }
    assert!(crate::inference::reads_thinking(source));
    assert!(!crate::inference::reads_thinking(
        "{{ my_enable_thinking }}"
    ));
}
