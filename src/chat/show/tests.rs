use std::time::Duration;

use super::*;
use crate::chat::session::{ContextPolicy, SessionOptions};
use crate::chat::{Answer, Conversation, ConversationId, Event, Now, RecordBody, UserEvent};
use crate::inference::{
    CacheUse, EngineEvent, Recomputed, RequestId, SamplerState, TokenId, TokenTrace,
};

const NOW: Now = Now {
    wall: 0,
    monotonic: Duration::ZERO,
};

fn trace(text: &str, probability: f32) -> TokenTrace {
    TokenTrace {
        state: SamplerState::default(),
        id: TokenId(1),
        kind: TokenKind::Text,
        text_len: text.len() as u32,
        logprob: probability.ln(),
        rank: Some(1),
        entropy: Some(std::f32::consts::LN_2),
        outside: 0.0,
        candidates: Vec::new(),
    }
}

/// A question with two answers, the second one shown.
fn conversation() -> Conversation {
    let mut tree = Conversation::new(ConversationId("ID".into()), 0);
    let question = tree.append_message(None, Role::User, b"Why is\nthe sky blue?".to_vec(), 0);
    for text in ["One.", "Two."] {
        let id = tree
            .append_message(question, Role::Assistant, Vec::new(), 0)
            .unwrap();
        tree.begin_answer(id, Answer::waiting("Tiny", "v"));
        tree.extend_answer(id, text.as_bytes(), [trace("T", 0.5), trace("wo.", 0.125)]);
        let stats = GenerationStats {
            prompt_tokens: 80,
            cached_tokens: 61,
            cache: CacheUse::default(),
            prompt_ms: 62.0,
            predicted_tokens: 11,
            predicted_ms: 100.0,
            ttft_ms: 70.0,
            context_used: 83,
            context_size: 2048,
            seed: 42,
            engine_memory: 158_000_000,
            speculation: crate::inference::SpeculationStats::default(),
            ..GenerationStats::default()
        };
        tree.end_answer(id, AnswerState::Ended(StopReason::Length), Some(stats));
    }
    tree
}

fn session(options: SessionOptions) -> Session {
    let mut session = Session::new(options, ConversationId("OLD".into()), NOW);
    let model = ModelInfo {
        name: "Tiny".into(),
        path: "/models/tiny.gguf".into(),
        architecture: "llama".into(),
        size: 98_000_000,
        parameters: 134_500_000,
        vocabulary: 49_152,
        context_trained: 8192,
        context_size: 2048,
        context_limit: 8192,
        weight_bytes_per_token: 96_000_000,
        cell_bytes: 23_040,
        threads: 2,
        shortage: crate::inference::Shortage::default(),
        gpu_layers: 0,
        layers: 30,
        devices: Vec::new(),
        has_template: true,
        template_hash: "0011223344556677".into(),
        reads_thinking: false,
        can_rewind: true,
        end_tokens: Vec::new(),
        load_ms: 130.4,
        system_info: String::new(),
    };
    session.handle(
        Event::Engine(EngineEvent::Loaded {
            request: RequestId(1),
            model: Box::new(model),
        }),
        NOW,
    );
    session.handle(
        Event::Opened {
            conversation: Box::new(conversation()),
            read_only: false,
            notices: Vec::new(),
        },
        NOW,
    );
    session
}

#[test]
fn info_tells_of_the_model_and_the_conversation() {
    assert_eq!(
        info(&session(SessionOptions::default())),
        "\
model         tiny
calls itself  Tiny
file          /models/tiny.gguf
kind          llama 134 M, 5.8 bits a weight
size          134 million parameters, 98 MB
vocabulary    49152 tokens
context       2048 tokens, may grow to 8192; trained for 8192
runs on       CPU, 2 threads, 0 of 30 layers on a GPU
loaded in     130 ms
conversation  Why is the sky blue?
id            ID
messages      2 shown, 3 in 2 branches
history       written as it is said"
    );
}

#[test]
fn stats_tell_what_came_from_disk_and_why_the_rest_was_computed_again() {
    let mut table = Table::default();
    let stats = GenerationStats {
        cached_tokens: 61,
        cache: CacheUse {
            restored: 40,
            again: Some(Recomputed::Evicted),
        },
        ..GenerationStats::default()
    };
    costs(&stats, &mut table);
    let text = table.text();
    for said in [
        "61 reused (40 from disk)",
        "computed again  it had made room for others",
    ] {
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn info_tells_why_there_is_no_model() {
    let mut session = Session::new(SessionOptions::default(), ConversationId("ID".into()), NOW);
    assert!(info(&session).contains("model         none; /model picks one"));
    session.handle(Event::User(UserEvent::LoadModel("/m.gguf".into())), NOW);
    assert!(
        info(&session).contains("loading /m.gguf, 0 %"),
        "{}",
        info(&session)
    );
    session.handle(
        Event::NotSaved {
            reason: "disk full".into(),
        },
        NOW,
    );
    assert!(info(&session).contains("not saved: disk full"));
}

#[test]
fn stats_tell_what_the_last_answer_cost_and_how_sure_it_was() {
    // Half and an eighth: 1 and 3 bits, 2 on average, 4 choices.
    assert_eq!(
        stats(&session(SessionOptions::default())),
        "\
model        Tiny
ended        at the length limit; /continue goes on
prompt       80 tokens, 61 reused; the others in 62 ms, 306.5 tokens/s
first token  after 70 ms
answer       11 tokens in 100 ms, 100.0 tokens/s
seed         42
memory       158 MB
surprise     2.00 bits a token
perplexity   4.00; the model itself expected 2.00"
    );
    let empty = Session::new(SessionOptions::default(), ConversationId("ID".into()), NOW);
    assert_eq!(stats(&empty), "There is no answer yet.");
}

#[test]
fn context_tells_how_much_room_there_is_and_what_happens_without() {
    let options = SessionOptions {
        context_full: ContextPolicy::DropOldest,
        ..SessionOptions::default()
    };
    assert_eq!(
        context(&session(options)),
        "\
context    empty, of 2048 tokens
grows to   8192 tokens
messages   all 2 are sent
when full  the oldest messages are left out"
    );
}

#[test]
fn branches_are_numbered_and_the_shown_one_is_marked() {
    let mut session = session(SessionOptions::default());
    assert_eq!(
        branches(&session),
        "     Why is the sky blue?
  1  ├ One.  50.0 %  perplexity 4.00
* 2  └ Two.  50.0 %  perplexity 4.00
* is shown. /branches NUMBER shows another."
    );
    let first = session.conversation().leaves().next().unwrap().id;
    session.handle(Event::User(UserEvent::Show(first)), NOW);
    assert!(
        branches(&session).contains("\n* 1"),
        "{}",
        branches(&session)
    );
}

#[test]
fn the_template_and_the_system_prompt_are_told() {
    let plain = session(SessionOptions::default());
    assert!(
        template(&plain).contains("0011223344556677"),
        "{}",
        template(&plain)
    );
    assert!(
        system(&plain).contains("/system TEXT"),
        "{}",
        system(&plain)
    );
    let options = SessionOptions {
        chat_template: Some("{{ x }}".into()),
        ..SessionOptions::default()
    };
    assert_eq!(template(&session(options)), "{{ x }}");
    let raw = session(SessionOptions {
        raw: true,
        ..SessionOptions::default()
    });
    assert!(template(&raw).contains("--raw"), "{}", template(&raw));
    let none = Session::new(SessionOptions::default(), ConversationId("ID".into()), NOW);
    assert!(template(&none).contains("No model"), "{}", template(&none));
}

#[test]
fn a_copy_tells_that_it_is_read_only_until_it_is_forked() {
    let mut session = Session::new(SessionOptions::default(), ConversationId("X".into()), NOW);
    session.handle(
        Event::Opened {
            conversation: Box::new(conversation()),
            read_only: true,
            notices: Vec::new(),
        },
        NOW,
    );
    assert!(
        info(&session).contains("read only; /fork"),
        "{}",
        info(&session)
    );
    let effects = session.handle(
        Event::User(UserEvent::Fork(ConversationId("Y".into()))),
        NOW,
    );
    assert!(effects.iter().any(|effect| matches!(
        effect,
        crate::chat::Effect::Append { records, .. }
            if matches!(records[0], RecordBody::Header { .. })
    )));
    assert!(info(&session).contains("written as it is said"));
}
