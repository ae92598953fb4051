//! What is typed is counted in the model's own tokens.

use super::harness::Harness;
use crate::chat::UserEvent;
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, RequestId, TokenId, TokenKind, TokenizedPiece,
};

fn asked(harness: &Harness) -> Vec<(RequestId, String)> {
    let commands = harness.commands().into_iter();
    commands
        .filter_map(|command| match command {
            EngineCommand::Tokenize { request, text, .. } => Some((*request, text.clone())),
            _ => None,
        })
        .collect()
}

fn counted(harness: &mut Harness, request: RequestId, tokens: usize) {
    let piece = TokenizedPiece {
        id: TokenId(1),
        bytes: b"x".to_vec(),
        kind: TokenKind::Text,
    };
    let tokens = vec![piece; tokens];
    harness.engine(EngineEvent::Tokenized { request, tokens });
}

#[test]
fn an_estimate_stands_until_the_count_comes() {
    let mut harness = Harness::new();
    let forecast = |harness: &Harness| {
        let forecast = harness.session.forecast(None, "Why now?");
        let forecast = forecast.expect("a model is loaded");
        (forecast.message, forecast.counted)
    };
    assert_eq!(forecast(&harness), (2, false));
    harness.user(UserEvent::Weigh("Why now?".to_owned()));
    let (request, text) = asked(&harness).remove(0);
    assert_eq!(text, "Why now?");
    assert!(harness.session.is_weighing());
    counted(&mut harness, request, 3);
    assert!(!harness.session.is_weighing());
    assert_eq!(forecast(&harness), (3, true));
    harness.user(UserEvent::Weigh("Why now?".to_owned()));
    assert_eq!(asked(&harness), [], "it is known");
}

#[test]
fn one_text_is_counted_at_a_time_and_then_the_newest() {
    let mut harness = Harness::new();
    harness.user(UserEvent::Weigh("a".to_owned()));
    let (request, _) = asked(&harness).remove(0);
    for text in ["ab", "abc"] {
        harness.user(UserEvent::Weigh(text.to_owned()));
        assert_eq!(asked(&harness), []);
    }
    counted(&mut harness, request, 1);
    let (request, text) = asked(&harness).remove(0);
    assert_eq!(text, "abc");
    harness.engine(EngineEvent::Failed {
        request: Some(request),
        error: EngineError::Cancelled,
    });
    assert_eq!(harness.said(), "", "the estimate stays");
    assert_eq!(harness.session.weight("abc"), None);
}
