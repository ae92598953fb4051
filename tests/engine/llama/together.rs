//! Several requests at once: all in one batch, each what it would be alone.

use std::collections::BTreeMap;

use limpid::inference::{
    EngineCommand, EngineError, EngineEvent, GenerateRequest, Prompt, RequestId, StopReason,
};
use limpid::words::Said;

use super::support::{
    Answer, Engine, TOLERANCE_TOGETHER, assert_agree_within, endless, greedy, story, text,
};

/// What came of several requests that were sent at once.
pub struct Together {
    /// In the order they were sent.
    pub ends: Vec<Result<Answer, EngineError>>,
    /// Whose events came, in their order: a prompt's chunk (with its tokens) or a token.
    order: Vec<(usize, Step)>,
    /// Whose notices came, and what they say.
    notices: Vec<(usize, Said)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Read(u32),
    Wrote,
}

impl Engine {
    pub fn generate_all(&mut self, requests: Vec<GenerateRequest>) -> Together {
        self.generate_all_but(requests, None)
    }

    /// Cancels one of them when it has that many tokens.
    fn generate_all_but(
        &mut self,
        requests: Vec<GenerateRequest>,
        cancel: Option<(usize, usize)>,
    ) -> Together {
        let mut ids = BTreeMap::new();
        let mut open: Vec<Vec<_>> = requests.iter().map(|_| Vec::new()).collect();
        let mut ends: Vec<_> = requests.iter().map(|_| None).collect();
        let (mut order, mut read) = (Vec::new(), vec![0; requests.len()]);
        let mut notices = Vec::new();
        for (place, request) in requests.into_iter().enumerate() {
            let id = self.request();
            ids.insert(id, place);
            self.tell(EngineCommand::Generate(Box::new(GenerateRequest {
                request: id,
                ..request
            })));
        }
        let id_of = |wanted| {
            let mut found = ids.iter().filter(|&(_, place)| *place == wanted);
            *found.next().unwrap().0
        };
        while ends.iter().any(Option::is_none) {
            let event = self.wait(Some);
            let place = event.request().map(|id: RequestId| ids[&id]);
            match (event, place) {
                (EngineEvent::Prefill { done, reused, .. }, Some(place)) => {
                    let before = std::mem::replace(&mut read[place], done).max(reused);
                    order.push((place, Step::Read(done - before)));
                }
                (EngineEvent::Token(token), Some(place)) => {
                    order.push((place, Step::Wrote));
                    open[place].push(*token);
                    if cancel == Some((place, open[place].len())) {
                        self.tell(EngineCommand::Cancel(id_of(place)));
                    }
                }
                (EngineEvent::Finished { stop, stats, .. }, Some(place)) => {
                    ends[place] = Some(Ok(Answer {
                        tokens: std::mem::take(&mut open[place]),
                        prefill: Vec::new(),
                        grown: Vec::new(),
                        recalled: limpid::inference::CacheUse::default(),
                        stop,
                        stats: *stats,
                    }));
                }
                (EngineEvent::Notice { text, .. }, Some(place)) => notices.push((place, text)),
                (EngineEvent::Failed { error, .. }, Some(place)) => ends[place] = Some(Err(error)),
                _ => {}
            }
        }
        Together {
            ends: ends.into_iter().flatten().collect(),
            order,
            notices,
        }
    }
}

/// A prompt that shares nothing with those of other numbers.
fn prompt(number: usize) -> Prompt {
    text(&format!("{number}. {}", story(30 + 10 * number)))
}

#[test]
fn each_of_several_answers_is_what_it_would_be_alone() {
    let requests: Vec<_> = (0..4).map(|number| greedy(prompt(number), 24)).collect();
    let together = Engine::load().generate_all(requests.clone());
    for (request, end) in requests.into_iter().zip(&together.ends) {
        let alone = Engine::load().generate(request).unwrap();
        assert_agree_within(TOLERANCE_TOGETHER, &alone, end.as_ref().unwrap());
    }
    // The second one has begun before the first is over.
    let first_of = |place| {
        together
            .order
            .iter()
            .position(|one| *one == (place, Step::Wrote))
    };
    let last_of = |place| {
        together
            .order
            .iter()
            .rposition(|one| *one == (place, Step::Wrote))
    };
    assert!(first_of(1) < last_of(0), "{:?}", together.order);
}

#[test]
fn one_that_reads_a_long_prompt_does_not_stop_another_from_writing() {
    let writes = endless(greedy(text(&story(20)), 60));
    let reads = greedy(text(&story(500)), 2);
    let together = Engine::load().generate_all(vec![writes, reads]);
    let wrote = |step: &(usize, Step)| *step == (0, Step::Wrote);
    let first = together.order.iter().position(wrote).unwrap();
    let last = together.order.iter().rposition(wrote).unwrap();
    let between: Vec<u32> = together.order[first..last]
        .split(wrote)
        .map(|steps| {
            let read = |step: &(usize, Step)| match step.1 {
                Step::Read(tokens) => tokens,
                Step::Wrote => 0,
            };
            steps.iter().map(read).sum()
        })
        .collect();
    let longest = between.iter().max().unwrap();
    assert!(between.iter().filter(|&&read| read > 0).count() > 1);
    assert!(*longest < 200, "read between two tokens: {between:?}");
}

#[test]
fn there_may_be_more_requests_than_sequences() {
    let requests = (0..11)
        .map(|number| greedy(prompt(number % 3), 5))
        .collect();
    let together = Engine::load().generate_all(requests);
    for end in &together.ends {
        let answer = end.as_ref().unwrap();
        assert!(!answer.tokens.is_empty() && answer.tokens.len() <= 5);
    }
    for (one, other) in [(0, 3), (3, 6), (1, 4), (2, 8)] {
        let [one, other] = [one, other].map(|place| together.ends[place].as_ref().unwrap());
        assert_agree_within(TOLERANCE_TOGETHER, one, other);
    }
}

#[test]
fn one_that_is_cancelled_leaves_the_others_alone() {
    let requests: Vec<_> = (0..3).map(|number| greedy(prompt(number), 30)).collect();
    let together = Engine::load().generate_all_but(requests.clone(), Some((1, 4)));
    let ends: Vec<_> = together
        .ends
        .iter()
        .map(|end| end.as_ref().unwrap())
        .collect();
    assert_eq!(ends[1].stop, StopReason::Cancelled);
    assert!(ends[1].tokens.len() < 30);
    for place in [0, 2] {
        let alone = Engine::load().generate(requests[place].clone()).unwrap();
        assert_agree_within(TOLERANCE_TOGETHER, &alone, ends[place]);
    }
}

#[test]
fn one_that_cannot_be_carried_out_leaves_the_others_alone() {
    let mut requests: Vec<_> = (0..3).map(|number| greedy(prompt(number), 8)).collect();
    requests[1].sampling.grammar = Some("root ::= nowhere".to_owned());
    let together = Engine::load().generate_all(requests.clone());
    assert!(matches!(together.ends[1], Err(EngineError::Constraint(_))));
    for place in [0, 2] {
        let alone = Engine::load().generate(requests[place].clone()).unwrap();
        assert_agree_within(
            TOLERANCE_TOGETHER,
            &alone,
            together.ends[place].as_ref().unwrap(),
        );
    }
}

#[test]
fn those_that_do_not_fit_beside_each_other_take_turns() {
    let mut engine = Engine::load_with(|load| load.context_size = Some(512));
    let requests: Vec<_> = (0..3)
        .map(|number| greedy(text(&format!("{number}. {}", story(220))), 6))
        .collect();
    let together = engine.generate_all(requests.clone());
    for (request, end) in requests.into_iter().zip(&together.ends) {
        let alone = Engine::load().generate(request).unwrap();
        assert_agree_within(TOLERANCE_TOGETHER, &alone, end.as_ref().unwrap());
    }
    // Those that wait know why nothing comes.
    let told: Vec<usize> = together.notices.iter().map(|(place, _)| *place).collect();
    assert_eq!(told, [1, 2]);
    assert!(together.notices[0].1.contains("no room beside"));
}

#[test]
fn where_no_cell_is_left_the_one_that_began_last_ends() {
    let mut engine = Engine::load_with(|load| load.context_size = Some(256));
    let requests = [0, 1].map(|number| endless(greedy(prompt(number), 4000)));
    let together = engine.generate_all(requests.into());
    let [first, last] = [0, 1].map(|place| together.ends[place].as_ref().unwrap());
    assert_eq!(first.stop, StopReason::ContextFull);
    assert_eq!(last.stop, StopReason::ContextFull);
    assert_eq!(first.stats.context_used, 256, "it had the whole context");
    assert!(last.stats.context_used < 200, "{}", last.stats.context_used);
}
