use super::harness::*;
use crate::chat::session::{Session, SessionOptions};
use crate::chat::{Event, MessageId, ReadingState, UserEvent};
use crate::inference::*;
use crate::words::Said;

fn piece(text: &str) -> TokenizedPiece {
    TokenizedPiece {
        id: id_of(text.as_bytes()),
        bytes: text.as_bytes().to_vec(),
        kind: TokenKind::Text,
    }
}

fn scored(text: &str, logprob: f32) -> ScoredToken {
    let id = id_of(text.as_bytes());
    ScoredToken {
        id,
        kind: TokenKind::Text,
        bytes: text.as_bytes().to_vec(),
        odds: Some(Box::new(TokenOdds {
            logprob,
            rank: 1,
            entropy: 1.5,
            best: vec![(id, logprob), (id_of(b"!"), -2.0)],
        })),
    }
}

/// The texts that were sent to be cut, and where each goes on from another.
fn cuts(harness: &Harness) -> Vec<(RequestId, String, bool)> {
    let commands = harness.commands().into_iter();
    commands
        .filter_map(|command| match command {
            EngineCommand::Tokenize {
                request,
                text,
                continues,
                add_bos: false,
                parse_special: false,
            } => Some((*request, text.clone(), *continues)),
            _ => None,
        })
        .collect()
}

fn score_request(harness: &Harness) -> ScoreRequest {
    let mut commands = harness.commands().into_iter();
    commands
        .find_map(|command| match command {
            EngineCommand::Score(request) => Some((**request).clone()),
            _ => None,
        })
        .expect("a text was sent to be scored")
}

fn tokenize(harness: &mut Harness, request: RequestId, texts: &[&str]) {
    let tokens = texts.iter().map(|text| piece(text)).collect();
    harness.engine(EngineEvent::Tokenized { request, tokens });
}

fn score(harness: &mut Harness, request: RequestId, tokens: Vec<ScoredToken>) {
    harness.engine(EngineEvent::Scored(Box::new(ScoreEvent {
        request,
        tokens,
        pieces: vec![Piece {
            id: id_of(b"!"),
            bytes: b"!".to_vec(),
        }],
        done: 3,
        total: 9,
    })));
}

fn spans(session: &Session, message: MessageId) -> Vec<(usize, usize, bool)> {
    let tokens = &session.reading(message).expect("it was read").tokens;
    let spans = tokens.iter();
    spans
        .map(|token| (token.span.start, token.span.end, token.odds.is_some()))
        .collect()
}

fn state(harness: &Harness, message: MessageId) -> ReadingState {
    let reading = harness.session.reading(message).expect("it was read");
    reading.state.clone()
}

fn asked() -> (Harness, MessageId) {
    let mut harness = Harness::new();
    harness.exchange("Why now?", &["Be", "cause"]);
    let question = harness.last().parent.expect("it answers something");
    (harness, question)
}

#[test]
fn a_message_of_the_user_is_cut_once_when_someone_looks() {
    let (mut harness, question) = asked();
    assert!(harness.session.can_read(question));
    harness.user(UserEvent::Read(question));
    let cut = cuts(&harness);
    assert_eq!(cut.len(), 1);
    assert_eq!((cut[0].1.as_str(), cut[0].2), ("Why now?", true));
    assert_eq!(state(&harness, question), ReadingState::Cutting);
    assert!(!harness.session.can_read(question));
    tokenize(&mut harness, cut[0].0, &["Why", " now", "?"]);
    assert_eq!(state(&harness, question), ReadingState::Cut);
    assert_eq!(
        spans(&harness.session, question),
        [(0, 3, false), (3, 7, false), (7, 8, false)]
    );
    harness.user(UserEvent::Read(question));
    assert_eq!(cuts(&harness), []);
    assert_eq!(harness.appended(), Vec::<&crate::chat::RecordBody>::new());
}

#[test]
fn a_generated_answer_has_nothing_to_read() {
    let (mut harness, _) = asked();
    let answer = harness.last().id;
    assert!(!harness.session.can_read(answer));
    harness.user(UserEvent::Score(answer));
    assert_eq!(harness.commands(), Vec::<&EngineCommand>::new());
    assert!(harness.said().contains("kept when it was written"));
}

#[test]
fn a_score_reads_up_to_the_message_and_gives_its_tokens_odds() {
    let (mut harness, question) = asked();
    harness.user(UserEvent::Score(question));
    let request = score_request(&harness);
    let Prompt::Chat { messages, .. } = &request.prompt else {
        panic!("not a chat prompt");
    };
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].content, "Why now?");
    assert_eq!(request.scope, ScoreScope::Message(0));
    let id = request.request;
    assert_eq!(harness.session.scoring(), Some(question));
    score(
        &mut harness,
        id,
        vec![scored("\nWhy", -1.0), scored(" now", -2.0)],
    );
    let part = ReadingState::Scoring { done: 3, total: 9 };
    assert_eq!(state(&harness, question), part);
    score(&mut harness, id, vec![scored("?", -0.5)]);
    harness.engine(EngineEvent::ScoreFinished { request: id });
    assert_eq!(state(&harness, question), ReadingState::Scored);
    assert_eq!(
        spans(&harness.session, question),
        [(0, 3, true), (3, 7, true), (7, 8, true)]
    );
    let reading = harness.session.reading(question).expect("it is there");
    assert_eq!(reading.piece(id_of(b"!")), Some(&b"!"[..]));
    let odds = reading.tokens[1].odds.as_ref().expect("it was scored");
    assert!((odds.logprob + 2.0).abs() < 1e-6);
    let listed = (-2.0_f32).exp() * 2.0;
    assert!((odds.outside - (1.0 - listed)).abs() < 1e-6);
    assert_eq!(harness.session.scoring(), None);
}

#[test]
fn of_messages_that_are_sent_as_one_the_last_is_scored() {
    let mut harness = Harness::new();
    harness.submit("Why now?");
    harness.user(UserEvent::Stop).user(UserEvent::Stop);
    let answer = harness.last().id;
    harness.user(UserEvent::Delete(answer));
    harness.submit("Well?");
    let question = harness.last().parent.expect("it answers something");
    harness.user(UserEvent::Stop).user(UserEvent::Stop);
    harness.user(UserEvent::Score(question));
    let id = score_request(&harness).request;
    let read = ["Why", " now", "?\n\n", "Well", "?"];
    score(
        &mut harness,
        id,
        read.map(|text| scored(text, -1.0)).to_vec(),
    );
    harness.engine(EngineEvent::ScoreFinished { request: id });
    assert_eq!(
        spans(&harness.session, question),
        [(0, 4, true), (4, 5, true)]
    );
}

#[test]
fn a_system_message_is_read_with_the_question_it_stands_before() {
    let mut harness = Harness::with(SessionOptions {
        system: Some("Be brief.".into()),
        ..Default::default()
    });
    harness.exchange("Why?", &["So"]);
    let system = harness.conversation().path()[0];
    harness.user(UserEvent::Score(system));
    let request = score_request(&harness);
    let Prompt::Chat { messages, .. } = request.prompt else {
        panic!("not a chat prompt");
    };
    let roles: Vec<Role> = messages.iter().map(|message| message.role).collect();
    assert_eq!(roles, [Role::System, Role::User]);
    assert_eq!(request.scope, ScoreScope::Message(0));
}

#[test]
fn what_was_typed_into_an_answer_is_read_and_the_rest_is_not() {
    let (mut harness, _) = asked();
    let answer = harness.last().id;
    harness.user(UserEvent::ContinueWith {
        message: answer,
        index: 1,
        text: " kind".into(),
    });
    harness.token("ly").finish(StopReason::EndOfGeneration);
    let branch = harness.last().id;
    harness.user(UserEvent::Score(branch));
    let cut = cuts(&harness);
    assert_eq!(cut.len(), 1);
    assert_eq!((cut[0].1.as_str(), cut[0].2), (" kind", true));
    let id = score_request(&harness).request;
    let read = ["Be", " kind", "ly"];
    score(
        &mut harness,
        id,
        read.map(|text| scored(text, -1.0)).to_vec(),
    );
    harness.engine(EngineEvent::ScoreFinished { request: id });
    assert_eq!(spans(&harness.session, branch), [(2, 7, true)]);
}

#[test]
fn ctrl_c_stops_a_scoring_and_leaves_the_boundaries() {
    let (mut harness, question) = asked();
    harness.user(UserEvent::Score(question));
    let (cut, id) = (cuts(&harness)[0].0, score_request(&harness).request);
    tokenize(&mut harness, cut, &["Why", " now", "?"]);
    harness.user(UserEvent::Score(question));
    assert!(harness.said().contains("scored already"));
    harness.user(UserEvent::Stop);
    assert_eq!(harness.cancelled(), Some(id));
    harness.engine(EngineEvent::Failed {
        request: Some(id),
        error: EngineError::Cancelled,
    });
    assert_eq!(state(&harness, question), ReadingState::Cut);
    assert_eq!(spans(&harness.session, question).len(), 3);
}

#[test]
fn a_refusal_is_told_where_the_odds_would_be() {
    let (mut harness, question) = asked();
    harness.user(UserEvent::Score(question));
    let id = score_request(&harness).request;
    harness.engine(EngineEvent::Failed {
        request: Some(id),
        error: EngineError::Refused {
            reason: Said::verbatim("this engine cannot"),
        },
    });
    let failed = ReadingState::Failed("This engine cannot.".into());
    assert_eq!(state(&harness, question), failed);
}

#[test]
fn tokens_that_do_not_spell_the_message_are_not_believed() {
    let (mut harness, question) = asked();
    harness.user(UserEvent::Read(question));
    let cut = cuts(&harness)[0].0;
    tokenize(&mut harness, cut, &["Who", " knew"]);
    assert!(matches!(state(&harness, question), ReadingState::Failed(_)));
    assert_eq!(spans(&harness.session, question), []);
}

#[test]
fn without_a_model_nothing_is_read_and_scoring_says_what_is_missing() {
    let mut harness = Harness::bare(SessionOptions::default());
    harness.submit("Why?");
    harness.user(UserEvent::Stop);
    let question = harness.last().id;
    assert!(!harness.session.can_read(question));
    harness.user(UserEvent::Read(question));
    assert_eq!(harness.commands(), Vec::<&EngineCommand>::new());
    harness.user(UserEvent::Score(question));
    assert!(harness.said().contains("/model loads one"));
}

#[test]
fn another_model_a_death_and_another_conversation_forget_what_was_read() {
    let (mut harness, question) = asked();
    harness.user(UserEvent::Read(question));
    let cut = cuts(&harness)[0].0;
    tokenize(&mut harness, cut, &["Why", " now", "?"]);
    harness.load(OTHER_MODEL);
    assert_eq!(harness.session.reading(question), None);

    harness.user(UserEvent::Score(question));
    harness.engine(died());
    assert_eq!(harness.session.reading(question), None);
    assert_eq!(harness.session.scoring(), None);

    harness.load(MODEL);
    harness.user(UserEvent::Score(question));
    let id = score_request(&harness).request;
    harness.user(UserEvent::New(crate::chat::ConversationId("NEXT".into())));
    assert_eq!(harness.cancelled(), Some(id));
    score(&mut harness, id, vec![scored("Why", -1.0)]);
    harness.handle(Event::Engine(EngineEvent::ScoreFinished { request: id }));
    assert_eq!(harness.session.reading(question), None);
}
