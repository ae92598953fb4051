//! A token asked of again: with the settings of now, beside what was stored.

use limpid::chat::{MessageId, UserEvent};
use limpid::inference::{
    Candidate, EngineEvent, LogitChange, LogitChanger, Mirostat, Piece, Reconsidered, RequestId,
    SamplerKind, SamplerLink, SamplerState, TokenKind, TokenTrace,
};
use limpid::tui::update::Request;

use super::stage::{self, Stage};

/// The token that the tests look at, and what was probable there.
const INDEX: usize = 10;
const THERE: [(&str, f32); 4] = [
    ("scattering", 0.621),
    ("scatter", 0.124),
    ("diffraction", 0.06),
    ("refraction", 0.033),
];

fn ask_again() -> Request {
    Request::User(UserEvent::Reconsider {
        message: MessageId(2),
        index: INDEX,
    })
}

/// Looks at the token, with nothing asked.
fn at_the_token(stage: &mut Stage) {
    stage.conversation();
    stage.press(&["ctrl-t"]);
    for _ in 0..INDEX {
        stage.press(&["l"]);
    }
}

/// The engine's answer under a penalty and another temperature.
pub(super) fn found(stage: &mut Stage, request: RequestId) -> EngineEvent {
    let id = stage.id(b"scattering");
    let finals = [0.4, 0.35, 0.25, 0.0];
    let candidates: Vec<Candidate> = THERE
        .iter()
        .zip(finals)
        .map(|((text, probability), final_probability)| Candidate {
            id: stage.id(text.as_bytes()),
            logprob: probability.ln(),
            final_probability,
            link: if final_probability > 0.0 {
                SamplerLink::Kept
            } else {
                SamplerLink::TopP
            },
        })
        .collect();
    let logits = vec![17.25_f32, 15.5, 14.75, 14.25];
    let penalised = vec![15.75_f32, 15.5, 14.75, 14.25];
    let change = |by, before: &[f32], after: Vec<f32>| LogitChange {
        by,
        logits: before
            .iter()
            .zip(after)
            .map(|(&before, after)| Some((before, after)))
            .collect(),
    };
    let warmed: Vec<f32> = penalised.iter().map(|logit| logit / 0.5).collect();
    let mut last = change(LogitChanger::Temperature, &penalised, warmed);
    last.logits[3] = None;
    EngineEvent::Reconsidered(Box::new(Reconsidered {
        request,
        trace: TokenTrace {
            state: SamplerState::default(),
            id,
            kind: TokenKind::Text,
            text_len: 10,
            logprob: THERE[0].1.ln(),
            rank: Some(1),
            entropy: Some(1.34),
            outside: 0.162,
            candidates,
        },
        logits: logits.clone(),
        changes: vec![change(LogitChanger::Penalties, &logits, penalised), last],
        pieces: vec![Piece {
            id,
            bytes: b"scattering".to_vec(),
        }],
        prompt_tokens: 90,
        cached_tokens: 89,
        decodes: 1,
    }))
}

/// Presses `r`, and has it answered.
fn asked_again(stage: &mut Stage) {
    at_the_token(stage);
    // The settings that the engine's answer is for.
    let mut sampling = stage.session.sampling().clone();
    sampling.temperature = 0.5;
    stage.user(UserEvent::Sampling(Box::new(sampling)));
    let requests = stage.press(&["r"]);
    assert_eq!(requests, [ask_again()]);
    let request = RequestId(stage.requests());
    stage.obey(requests);
    let event = found(stage, request);
    stage.engine(event);
}

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

#[test]
fn what_the_settings_of_now_make_of_a_token_is_labelled_and_its_logits_are_told() {
    at_every_size("asked_again", asked_again);
}

#[test]
fn now_and_stored_are_told_apart_without_colour_and_with() {
    for theme in ["ansi", "mono"] {
        let mut stage = Stage::with_theme(120, 30, theme);
        asked_again(&mut stage);
        insta::assert_snapshot!(format!("asked_again_{theme}"), stage.styled());
    }
}

#[test]
fn r_goes_between_now_and_stored() {
    let mut stage = Stage::new(120, 30);
    asked_again(&mut stage);
    assert!(stage.text().contains("now %"), "{}", stage.text());
    assert!(stage.text().contains("penalties -1.50"), "{}", stage.text());
    assert!(
        stage.text().contains("temperature /0.5"),
        "{}",
        stage.text()
    );
    assert!(stage.text().contains("then 31.50"), "{}", stage.text());
    assert_eq!(stage.press(&["r"]), []);
    let text = stage.text();
    assert!(
        text.contains("stored %") && !text.contains("now %"),
        "{text}"
    );
    assert!(!text.contains("penalties"), "{text}");
    assert_eq!(stage.press(&["r"]), []);
    assert!(stage.text().contains("now %"));
    // Elsewhere nothing was asked.
    stage.press(&["l"]);
    assert!(stage.text().contains("stored %"), "{}", stage.text());
}

#[test]
fn the_alternatives_that_are_shown_are_those_that_the_cursor_goes_through() {
    let mut stage = Stage::new(120, 30);
    asked_again(&mut stage);
    stage.press(&["j"]);
    assert!(stage.text().contains("logit 15.50"), "{}", stage.text());
    stage.press(&["j", "j"]);
    let text = stage.text();
    assert!(text.contains("logit 14.25"), "{text}");
    assert!(
        !text.contains("temperature /"),
        "it was dropped before: {text}"
    );
    let id = stage.id(b"refraction");
    assert_eq!(
        stage.press(&["enter"]),
        [Request::User(UserEvent::BranchAt {
            message: MessageId(2),
            index: INDEX,
            candidate: id
        })]
    );
}

#[test]
fn while_it_is_asked_the_column_says_so_and_how_far_the_reading_is() {
    let mut stage = Stage::new(120, 30);
    at_the_token(&mut stage);
    let requests = stage.press(&["r"]);
    let request = RequestId(stage.requests());
    stage.obey(requests);
    assert!(stage.text().contains("asking…"), "{}", stage.text());
    stage.engine(EngineEvent::Prefill {
        request,
        done: 45,
        total: 90,
        reused: 0,
    });
    assert!(stage.text().contains("asking 50 %"), "{}", stage.text());
    stage.press(&["l"]);
    let place = stage.app.cursor.and_then(|cursor| cursor.written());
    assert_eq!(place, Some(INDEX + 1), "nobody waits for it");
}

#[test]
fn a_setting_typed_at_a_token_asks_again_and_the_cursor_stays() {
    let mut stage = Stage::new(120, 30);
    at_the_token(&mut stage);
    let cursor = stage.app.cursor;
    stage.press(&[":"]);
    assert_eq!(stage.app.composer.editor.text(), "/set ");
    stage.write("penalties 3");
    assert_eq!(stage.press(&["enter"]), [], "no setting is called that");
    assert!(stage.app.asking.is_some(), "it can be corrected");
    stage.press(&["ctrl-u"]);
    stage.write("/set samplers top_k;temperature");
    let requests = stage.press(&["enter"]);
    let [Request::User(UserEvent::Sampling(sampling)), again] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(
        sampling.order,
        [SamplerKind::TopK, SamplerKind::Temperature]
    );
    assert_eq!(*again, ask_again());
    assert_eq!(stage.app.cursor, cursor);
    assert!(stage.app.asking.is_none());
}

#[test]
fn candidates_are_shown_down_to_a_mass_and_the_cursor_still_reaches_all() {
    let mut stage = Stage::new(120, 30);
    at_the_token(&mut stage);
    assert!(stage.text().contains("  refraction"), "{}", stage.text());
    stage.press(&[":"]);
    stage.write("candidate-mass 0.7");
    let requests = stage.press(&["enter"]);
    assert_eq!(requests, [Request::User(UserEvent::CandidateMass(0.7))]);
    stage.obey(requests);
    let text = stage.text();
    assert!(text.contains("  scatter "), "62.1 and 12.4: {text}");
    assert!(!text.contains("  diffraction"), "{text}");
    assert!(text.contains("49,150 others"), "{text}");
    stage.press(&["j", "j"]);
    assert!(stage.text().contains("  diffraction"), "{}", stage.text());
}

#[test]
fn more_candidates_are_asked_for_at_the_token() {
    let mut stage = Stage::new(120, 30);
    asked_again(&mut stage);
    stage.press(&[":"]);
    stage.write("candidates 100");
    let requests = stage.press(&["enter"]);
    let wanted = [Request::User(UserEvent::Candidates(100)), ask_again()];
    assert_eq!(requests, wanted);
    stage.obey(requests);
    assert!(stage.text().contains("asking…"), "{}", stage.text());
}

#[test]
fn what_xtc_and_mirostat_were_at_is_shown_with_the_token() {
    let xtc = |acted| SamplerState {
        xtc: Some(acted),
        mirostat_mu: None,
    };
    let mirostat = SamplerState {
        xtc: None,
        mirostat_mu: Some(7.625),
    };
    let cases = [
        (xtc(true), "xtc acted"),
        (xtc(false), "xtc did not act"),
        (mirostat, "mirostat mu 7.62 bits"),
    ];
    for (state, says) in cases {
        let mut stage = Stage::new(120, 30);
        stage.samplers = state;
        at_the_token(&mut stage);
        assert!(stage.text().contains(says), "{says}: {}", stage.text());
        let mut sampling = stage.session.sampling().clone();
        sampling.xtc_probability = 0.5;
        if state.mirostat_mu.is_some() {
            sampling.mirostat = Mirostat::V2;
        }
        stage.user(UserEvent::Sampling(Box::new(sampling)));
        let requests = stage.press(&["r"]);
        let request = RequestId(stage.requests());
        stage.obey(requests);
        let event = found(&mut stage, request);
        stage.engine(event);
        let says = format!("{says}, as recorded");
        assert!(stage.text().contains(&says), "{says}: {}", stage.text());
    }
}

#[test]
fn without_a_model_the_column_is_the_stored_one_and_r_says_what_is_missing() {
    let mut stage = Stage::new(120, 30);
    at_the_token(&mut stage);
    stage.engine(EngineEvent::Exited(limpid::inference::EngineExit {
        signal: Some(9),
        code: None,
        log: Vec::new(),
        model: None,
        deaths: 1,
    }));
    assert!(stage.text().contains("stored %"), "{}", stage.text());
    let requests = stage.press(&["r"]);
    stage.obey(requests);
    assert!(
        stage.text().contains("A model is needed"),
        "{}",
        stage.text()
    );
    stage.press(&[":"]);
    stage.write("temperature 0.3");
    let requests = stage.press(&["enter"]);
    assert_eq!(
        requests.len(),
        1,
        "nobody is there to be asked: {requests:?}"
    );
}
