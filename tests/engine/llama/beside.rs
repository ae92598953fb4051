//! What reads much beside answers: they go on meanwhile, and either is what it would be alone.

use limpid::inference::{
    Classified, ClassifyRequest, EngineCommand, EngineError, EngineEvent, GenerateRequest, Prompt,
    ReconsiderRequest, Reconsidered, RequestId, SamplerSettings, SamplerState, ScoreRequest,
    ScoreScope, ScoredToken, StopReason, TokenId,
};

use super::support::{Engine, TOLERANCE_TOGETHER, endless, greedy, story, text};

/// Sequences of a context.
const SEQUENCES: usize = 8;

/// A text of some thousand tokens.
fn long() -> Prompt {
    text(&story(1000))
}

fn classify(prompt: Prompt) -> impl FnOnce(RequestId) -> EngineCommand {
    move |request| {
        EngineCommand::Classify(Box::new(ClassifyRequest {
            request,
            prompt,
            labels: [" The sailor", " Nobody", " The"].map(String::from).into(),
            chat_template: None,
            conversation: None,
        }))
    }
}

fn score(prompt: Prompt) -> impl FnOnce(RequestId) -> EngineCommand {
    move |request| {
        EngineCommand::Score(Box::new(ScoreRequest {
            request,
            prompt,
            scope: ScoreScope::From(0),
            candidates: 5,
            chat_template: None,
        }))
    }
}

fn reconsider(prompt: Prompt) -> impl FnOnce(RequestId) -> EngineCommand {
    move |request| {
        EngineCommand::Reconsider(Box::new(ReconsiderRequest {
            request,
            prompt,
            written: Vec::new(),
            chosen: TokenId(504),
            sampling: SamplerSettings::default(),
            recorded: SamplerState::default(),
            candidates: 5,
            chat_template: None,
        }))
    }
}

fn is_token(event: &EngineEvent) -> bool {
    matches!(event, EngineEvent::Token(_))
}

impl Engine {
    fn order(&mut self, command: impl FnOnce(RequestId) -> EngineCommand) -> RequestId {
        let id = self.request();
        self.tell(command(id));
        id
    }

    fn answer(&mut self, request: GenerateRequest) -> RequestId {
        self.order(|id| {
            EngineCommand::Generate(Box::new(GenerateRequest {
                request: id,
                ..request
            }))
        })
    }

    /// Begins an answer that no token ends, and waits until it has one.
    fn endless_answer(&mut self, number: usize) -> RequestId {
        let prompt = text(&format!("{number}. {}", story(20)));
        let id = self.answer(endless(greedy(prompt, 100_000)));
        self.wait(|event| (event.request() == Some(id) && is_token(&event)).then_some(()));
        id
    }

    /// All events until those of a request are over, with the one that closes it.
    fn until_closed(&mut self, id: RequestId) -> Vec<EngineEvent> {
        let mut events = Vec::new();
        loop {
            let event = self.wait(Some);
            let closes = event.request() == Some(id) && event.is_closing();
            events.push(event);
            if closes {
                return events;
            }
        }
    }

    fn cancel(&mut self, id: RequestId) -> EngineEvent {
        self.tell(EngineCommand::Cancel(id));
        self.until_closed(id).pop().unwrap()
    }

    /// What comes of a command, alone and beside an answer that streams.
    fn alone_and_beside(
        command: impl Fn() -> Box<dyn FnOnce(RequestId) -> EngineCommand>,
    ) -> [Vec<EngineEvent>; 2] {
        let mut engine = Self::load();
        let id = engine.order(command());
        let alone = engine.until_closed(id);
        let mut engine = Self::load();
        let answer = engine.endless_answer(0);
        let id = engine.order(command());
        let beside = engine.until_closed(id);
        assert_goes_on(&beside, id, answer);
        let end = engine.cancel(answer);
        let EngineEvent::Finished { stop, .. } = end else {
            panic!("{end:?}");
        };
        assert_eq!(stop, StopReason::Cancelled);
        [alone, beside]
    }
}

/// Checks that an answer got tokens all the time that a request told of its progress.
fn assert_goes_on(events: &[EngineEvent], reads: RequestId, writes: RequestId) {
    let of_reading = |event: &EngineEvent| event.request() == Some(reads);
    let first = events.iter().position(of_reading).unwrap();
    let steps = events[first..].iter().filter(|it| of_reading(it)).count();
    assert!(steps > 30, "it is read in many parts: {steps}");
    let tokens = events[first..]
        .iter()
        .filter(|it| it.request() == Some(writes) && is_token(it))
        .count();
    assert!(tokens + 5 > steps, "{tokens} tokens in {steps} parts");
    // And evenly: between two tokens little more than a part is read.
    let longest = events[first..]
        .split(|it| it.request() == Some(writes) && is_token(it))
        .map(|between| between.iter().filter(|it| of_reading(it)).count())
        .max();
    assert!(longest <= Some(3), "{longest:?} parts between two tokens");
}

fn classified(events: &[EngineEvent]) -> &Classified {
    match events.last() {
        Some(EngineEvent::Classified(found)) => found,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_same_odds(one: &Classified, other: &Classified) {
    for odds in &one.labels {
        let same = other.labels.iter().find(|it| it.label == odds.label);
        let off = (odds.logprob - same.unwrap().logprob).abs();
        let allowed = f64::from(TOLERANCE_TOGETHER) * f64::from(odds.tokens + 1);
        assert!(off < allowed, "{}: {off}", odds.label);
    }
    assert_eq!(one.labels.len(), other.labels.len());
}

#[test]
fn an_answer_goes_on_while_a_text_is_classified() {
    let [alone, beside] = Engine::alone_and_beside(|| Box::new(classify(long())));
    assert_same_odds(classified(&alone), classified(&beside));
    assert!(classified(&alone).stats.prompt_tokens > 1000);
}

#[test]
fn an_answer_goes_on_while_a_text_is_scored() {
    let scored = |events: &[EngineEvent]| -> Vec<ScoredToken> {
        let of = |event: &EngineEvent| match event {
            EngineEvent::Scored(scored) => Some(scored.tokens.clone()),
            _ => None,
        };
        events.iter().filter_map(of).flatten().collect()
    };
    let [alone, beside] = Engine::alone_and_beside(|| Box::new(score(long())));
    let (alone, beside) = (scored(&alone), scored(&beside));
    assert!(alone.len() > 1000);
    assert_eq!(alone.len(), beside.len());
    for (one, other) in alone.iter().zip(&beside).skip(1) {
        assert_eq!(one.id, other.id);
        let [one, other] = [one, other].map(|it| it.odds.as_ref().unwrap().logprob);
        assert!(
            (one - other).abs() < TOLERANCE_TOGETHER,
            "{one} and {other}"
        );
    }
}

#[test]
fn an_answer_goes_on_while_a_long_conversation_is_asked_about() {
    let found = |events: &[EngineEvent]| -> Reconsidered {
        match events.last() {
            Some(EngineEvent::Reconsidered(found)) => *found.clone(),
            other => panic!("{other:?}"),
        }
    };
    let [alone, beside] = Engine::alone_and_beside(|| Box::new(reconsider(long())));
    let (alone, beside) = (found(&alone), found(&beside));
    assert!(alone.prompt_tokens > 1000);
    assert!(beside.decodes > 30, "{}", beside.decodes);
    let off = (alone.trace.logprob - beside.trace.logprob).abs();
    assert!(off < TOLERANCE_TOGETHER, "{off}");
}

#[test]
fn what_is_asked_in_the_middle_of_a_classification_is_answered_before_its_end() {
    let mut engine = Engine::load();
    let reads = engine.order(classify(long()));
    let begun = |event: EngineEvent| matches!(event, EngineEvent::Prefill { .. }).then_some(());
    engine.wait(begun);
    let answer = engine.answer(endless(greedy(text("Once upon a time"), 5)));
    let events = engine.until_closed(answer);
    let tokens = events.iter().filter(|it| is_token(it)).count();
    assert_eq!(tokens, 5);
    let is_over = |event: &EngineEvent| event.request() == Some(reads) && event.is_closing();
    assert!(!events.iter().any(is_over), "it is read meanwhile");
    assert!(!engine.ids("Hello").is_empty());
    let end = engine.cancel(reads);
    let EngineEvent::Failed { error, .. } = end else {
        panic!("{end:?}");
    };
    assert_eq!(error, EngineError::Cancelled);
    assert_eq!(engine.complete("Once upon", 2).tokens.len(), 2);
}

/// Waits until a request says that it waits.
fn waits(engine: &mut Engine, id: RequestId) {
    engine.wait(|event| match event {
        EngineEvent::Notice { request, text } if request == Some(id) => {
            assert!(text.contains("no room beside"), "{text}");
            Some(())
        }
        other if other.request() == Some(id) => panic!("{other:?}"),
        _ => None,
    });
}

#[test]
fn a_classification_waits_while_all_sequences_are_taken() {
    let mut engine = Engine::load();
    let question = || text(&story(40));
    let id = engine.order(classify(question()));
    let alone = engine.until_closed(id);
    let answers: Vec<_> = (0..SEQUENCES).map(|it| engine.endless_answer(it)).collect();
    // One that is given up while it waits leaves the others alone.
    let given_up = engine.order(classify(question()));
    waits(&mut engine, given_up);
    let end = engine.cancel(given_up);
    assert!(matches!(&end, EngineEvent::Failed { error, .. } if *error == EngineError::Cancelled));
    let reads = engine.order(classify(question()));
    waits(&mut engine, reads);
    engine.tell(EngineCommand::Cancel(answers[3]));
    let events = engine.until_closed(reads);
    assert_same_odds(classified(&alone), classified(&events));
    let over = events.iter().position(EngineEvent::is_closing).unwrap();
    assert_eq!(events[over].request(), Some(answers[3]), "it was first");
    for (place, &answer) in answers.iter().enumerate() {
        if place != 3 {
            engine
                .wait(|event| (event.request() == Some(answer) && is_token(&event)).then_some(()));
        }
    }
}

/// An engine whose context stays as it is, and tokens of a story, which are more.
fn with_512() -> (Engine, Vec<TokenId>) {
    let mut engine = Engine::load_with(|load| load.context_size = Some(512));
    let ids = engine.ids(&story(500));
    assert!(ids.len() > 520);
    (engine, ids)
}

#[test]
fn an_answer_that_has_no_room_beside_a_classification_begins_when_that_is_over() {
    let (mut engine, ids) = with_512();
    let reads = engine.order(classify(Prompt::Tokens(ids[..400].to_vec())));
    let begun = |event: EngineEvent| matches!(event, EngineEvent::Prefill { .. }).then_some(());
    engine.wait(begun);
    let asked = Prompt::Tokens(ids[200..400].to_vec());
    let answer = engine.answer(endless(greedy(asked, 3)));
    waits(&mut engine, answer);
    let events = engine.until_closed(reads);
    assert_eq!(classified(&events).labels.len(), 3);
    let events = engine.until_closed(answer);
    assert_eq!(events.iter().filter(|it| is_token(it)).count(), 3);
    assert!(matches!(
        events.last(),
        Some(EngineEvent::Finished { stop, .. }) if *stop == StopReason::Length
    ));
}

#[test]
fn a_classification_makes_way_for_an_answer_that_grows_and_ends_as_it_would_alone() {
    let (mut alone, ids) = with_512();
    let mut made_way = 0;
    // It is read in some ten parts, and the answer grows by a token in each.
    for tokens in [300, 308, 316, 320, 324, 328] {
        let prompt = || Prompt::Tokens(ids[..tokens].to_vec());
        let id = alone.order(classify(prompt()));
        let expected = alone.until_closed(id);
        let (mut engine, _) = with_512();
        let asked = Prompt::Tokens(ids[300..480].to_vec());
        let answer = engine.answer(endless(greedy(asked, 100_000)));
        engine.wait(|event| is_token(&event).then_some(()));
        let reads = engine.order(classify(prompt()));
        let events = engine.until_closed(reads);
        assert_same_odds(classified(&expected), classified(&events));
        let is = |event: &EngineEvent| match event {
            EngineEvent::Notice { request, .. } => *request == Some(reads),
            _ => false,
        };
        let Some(waits) = events.iter().position(is) else {
            // There was room for both to its end.
            continue;
        };
        let begun = |it: &EngineEvent| matches!(it, EngineEvent::Prefill { .. });
        made_way += usize::from(events[..waits].iter().any(begun));
        let end = events
            .iter()
            .find(|it| it.request() == Some(answer) && it.is_closing());
        let Some(EngineEvent::Finished { stop, stats, .. }) = end else {
            panic!("{end:?}");
        };
        assert_eq!(*stop, StopReason::ContextFull);
        assert_eq!(stats.context_used, 512, "the answer had the whole context");
    }
    assert!(made_way > 0);
}
