//! The measurements, as events.

use limpid::inference::{BenchRequest, BenchTest, EngineCommand, EngineEvent};

use super::support::Engine;

#[test]
fn a_bench_measures_what_was_asked_and_leaves_the_conversation_cached() {
    let mut engine = Engine::load();
    engine.complete("A conversation that is cached", 4);
    let request = engine.request();
    let bench = BenchRequest {
        request,
        prompt_tokens: 64,
        decode_tokens: 8,
        depth: 0,
        repetitions: 2,
        warm_up: true,
        candidates: 40,
    };
    let mut samples = Vec::new();
    engine.ask(EngineCommand::Bench(Box::new(bench)), |event| match event {
        EngineEvent::BenchSample(sample) => {
            samples.push((sample.test, sample.tokens, sample.candidates));
            assert!(sample.nanoseconds > 0);
            None
        }
        EngineEvent::BenchFinished { .. } => Some(()),
        EngineEvent::Failed { error, .. } => panic!("{error}"),
        _ => None,
    });
    let expected = [
        (BenchTest::Prefill, 64, 0),
        (BenchTest::Prefill, 64, 0),
        (BenchTest::Decode, 8, 40),
        (BenchTest::Decode, 8, 40),
    ];
    assert_eq!(samples, expected);
    let again = engine.complete("A conversation that is cached", 4);
    assert_eq!(again.stats.cached_tokens, again.stats.prompt_tokens - 1);
}
