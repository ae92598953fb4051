//! The attention view: what it asks for, how it is gone through, and what it looks like.

use limpid::chat::session::Attend;
use limpid::inference::{
    AttendAt, AttendedToken, AttentionEvent, AttentionLayer, AttentionWindow, EngineError,
    EngineEvent, MessagePart, Prompt, RequestId, StopReason, TokenId, TokenKind,
};
use limpid::tui::overlay::{AttentionLayer as View, Layer};
use limpid::tui::update::Request;

use super::stage::{self, Stage};

const REQUEST: RequestId = RequestId(2);

/// An answer that has ended, the cursor on its sixth token, and the view of it opened.
fn opened(stage: &mut Stage) -> Attend {
    stage.loaded();
    stage.ask("Why is the sky blue?", 80);
    stage.words("The sky is blue because of a process called Rayleigh scattering.");
    stage.finish(StopReason::EndOfGeneration);
    looked_at(stage)
}

/// The view of the sixth token of an answer that has ended.
pub(super) fn looked_at(stage: &mut Stage) -> Attend {
    stage.press(&["ctrl-t", "l", "l", "l", "l", "l"]);
    match stage.press(&["a"]).as_slice() {
        [Request::Attend(attend)] => (**attend).clone(),
        other => panic!("{other:?}"),
    }
}

fn view(stage: &mut Stage) -> &mut View {
    match stage.app.layers.last_mut() {
        Some(Layer::Attention(view)) => view,
        other => panic!("{other:?}"),
    }
}

fn token(text: &str, kind: TokenKind) -> AttendedToken {
    AttendedToken {
        id: TokenId(7),
        kind,
        bytes: text.as_bytes().to_vec(),
    }
}

fn found(stage: &mut Stage, cut: u32) {
    let texts = [
        "user",
        "\n",
        "Why",
        " is",
        " the",
        " sky",
        " blue",
        "?",
        "<|im_end|>",
        "\n",
        "<|im_start|>",
        "assistant",
        "\n",
        "The",
        " sky",
        " is\x1b[31m",
        " blue",
        " because",
    ];
    found_in(stage, cut, &texts);
}

/// Three layers of two heads over a short chat, from an engine played by the test.
pub(super) fn found_in(stage: &mut Stage, cut: u32, texts: &[&str]) {
    let mut tokens = vec![token("<|im_start|>", TokenKind::Control)];
    tokens.extend(texts.iter().map(|text| token(text, TokenKind::Text)));
    let count = tokens.len();
    let send = |stage: &mut Stage, event| {
        let event = EngineEvent::Attention {
            request: REQUEST,
            event,
        };
        assert!(!view(stage).take(event));
    };
    let window = AttentionWindow { tokens, cut };
    send(stage, AttentionEvent::Window(window));
    for layer in 0..3 {
        let mut weights = Vec::new();
        for head in 0..2 {
            let mut row = vec![0.01_f32; count];
            row[6 + layer] = 0.2;
            row[14 + head] = 0.1;
            row[0] = 1.0 - row[1..].iter().sum::<f32>();
            weights.extend(row);
        }
        let layer = AttentionLayer {
            layer: layer as u32,
            heads: 2,
            weights,
        };
        send(stage, AttentionEvent::Layer(layer));
    }
    assert!(view(stage).take(EngineEvent::Attended { request: REQUEST }));
}

#[test]
fn the_view_asks_for_the_conversation_up_to_the_token() {
    let mut stage = Stage::new(80, 24);
    let attend = opened(&mut stage);
    assert_eq!(attend.request.at, AttendAt::Last);
    assert_eq!(attend.load.path.to_str(), Some("/m/SmolLM2.gguf"));
    let Prompt::Chat {
        messages,
        answer_prefix: Some(prefix),
        ..
    } = attend.request.prompt
    else {
        panic!("an answer is gone on with");
    };
    assert_eq!(messages.len(), 1);
    assert_eq!(prefix.content.trim_end(), "The sky is blue because of");
    let [MessagePart::Tokens(ids)] = prefix.parts.as_slice() else {
        panic!("{:?}", prefix.parts);
    };
    assert_eq!(ids.len(), 6, "the answer's own, the cursor's the last");
}

#[test]
fn without_a_model_it_says_what_is_missing() {
    let mut stage = Stage::new(80, 24);
    opened(&mut stage);
    let session = &stage.session;
    let message = stage.last_answer();
    assert!(session.attend(message, 0).is_ok());
    assert!(session.attend(message, 10_000).is_err());
    let mut empty = Stage::new(80, 24);
    empty.press(&["ctrl-t"]);
    let says = empty.session.attend(message, 0).unwrap_err();
    assert!(says.contains("none is loaded"), "{says}");
}

#[test]
fn layers_and_heads_are_chosen_by_keys() {
    let mut stage = Stage::new(80, 24);
    opened(&mut stage);
    found(&mut stage, 0);
    for (keys, says) in [
        (&[][..], "mean over all heads of 3 layers"),
        (&["j"], "layer 0 of 0 to 2, mean over its 2 heads"),
        (&["l"], "layer 0 of 0 to 2, head 0 of 0 to 1"),
        (&["right"], "layer 0 of 0 to 2, head 1 of 0 to 1"),
        (&["down"], "layer 1 of 0 to 2, head 1 of 0 to 1"),
        (&["h", "h"], "layer 1 of 0 to 2, mean over its 2 heads"),
        (&["g"], "mean over all heads of 3 layers"),
    ] {
        stage.press(keys);
        let text = stage.text();
        assert!(text.contains(says), "{says:?} is missing in:\n{text}");
    }
    stage.press(&["esc"]);
    assert!(stage.app.layers.is_empty());
    assert!(stage.app.cursor.is_some(), "the token view stays");
}

#[test]
fn what_is_computed_is_told_and_so_is_what_cannot_be() {
    let mut stage = Stage::new(80, 24);
    opened(&mut stage);
    view(&mut stage).take(EngineEvent::Loading {
        request: RequestId(1),
        fraction: 0.5,
    });
    assert!(stage.text().contains("loading the model: 50 %"));
    view(&mut stage).take(EngineEvent::Prefill {
        request: REQUEST,
        done: 32,
        total: 1234,
        reused: 0,
    });
    let text = stage.text();
    assert!(text.contains("32 of 1,234 tokens"), "{text}");
    assert!(text.contains("Esc cancels"), "{text}");
    let error = EngineError::NoAttention {
        architecture: "mamba".to_owned(),
    };
    let over = view(&mut stage).take(EngineEvent::Failed {
        request: Some(REQUEST),
        error,
    });
    assert!(over);
    let text = stage.text();
    assert!(text.contains("architecture mamba"), "{text}");
    stage.press(&["a"]);
    assert!(stage.app.layers.is_empty());
}

#[test]
fn the_heat_map_is_seen_at_every_size() {
    let seen = stage::at_every_size(|stage| {
        opened(stage);
        found(stage, 312);
    });
    for (size, text) in seen {
        insta::assert_snapshot!(format!("heat_{size}"), text);
    }
}

#[test]
fn the_heat_map_is_seen_in_colour_and_without() {
    for theme in ["ansi", "mono"] {
        let mut stage = Stage::with_theme(80, 16, theme);
        opened(&mut stage);
        found(&mut stage, 0);
        stage.press(&["j"]);
        insta::assert_snapshot!(format!("heat_{theme}"), stage.styled());
    }
}
