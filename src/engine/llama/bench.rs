//! Prefill and decode speed, as `llama-bench` defines them.
//!
//! `pp512`: 512 random tokens in one logical batch after the beginning-of-sequence token;
//! `tg128`: 128 tokens one by one, each a random one, so that no sampling is measured. Each
//! test has a warm-up that is not counted and an empty cache before each repetition
//! (`test_prompt` and `test_gen` in llama.cpp's `tools/llama-bench`); with a depth, that many
//! tokens are in the cache before the clock starts (its `-d`), read once for all where the
//! model can go back to them. With candidates, what a
//! chat does for each token is done as well: odds, samplers, rank.
//!
//! The tests run in a context of their own, so the conversations' cached tokens stay.

use std::time::{Duration, Instant};

use super::context::Context;
use super::samplers::Chain;
use super::{End, Loaded};
use crate::engine::backend::{Cancellation, EventSink};
use crate::inference::{
    BenchRequest, BenchSample, BenchTest, EngineError, EngineEvent, SamplerSettings, TokenId,
};
use crate::probability::rank_of;

/// Carries out the tests, to `BenchFinished`.
pub(super) fn bench(
    loaded: &mut Loaded,
    request: &BenchRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let tests = [
        (BenchTest::Prefill, request.prompt_tokens),
        (BenchTest::Decode, request.decode_tokens),
    ];
    let tests = tests.into_iter().filter(|&(_, tokens)| tokens > 0);
    let mut run = Run::new(loaded, request, cancellation)?;
    if request.warm_up {
        for (test, tokens) in tests.clone() {
            run.warm_up(test, tokens)?;
        }
    }
    for (test, tokens) in tests {
        for _ in 0..request.repetitions {
            let took = run.repetition(test, tokens)?;
            events.send(EngineEvent::BenchSample(BenchSample {
                request: request.request,
                test,
                tokens,
                nanoseconds: u64::try_from(took.as_nanos()).unwrap_or(u64::MAX),
                candidates: run.candidates(test),
            }))?;
        }
    }
    events.send(EngineEvent::BenchFinished {
        request: request.request,
    })?;
    Ok(())
}

struct Run<'a> {
    loaded: &'a mut Loaded,
    request: &'a BenchRequest,
    cancellation: &'a Cancellation,
    context: Context,
    /// Whether the tokens of the depth are in it, and only they.
    is_deep: bool,
    chain: Chain,
    random: Random,
}

impl<'a> Run<'a> {
    fn new(
        loaded: &'a mut Loaded,
        request: &'a BenchRequest,
        cancellation: &'a Cancellation,
    ) -> Result<Self, End> {
        let most = request.prompt_tokens.max(request.decode_tokens);
        let context = loaded.context_beside(most.saturating_add(request.depth))?;
        let chain = Chain::new(
            &loaded.model,
            &SamplerSettings::default(),
            &[],
            1,
            most,
            usize::from(request.candidates),
        )?;
        let random = Random::new(loaded.vocabulary.size());
        Ok(Self {
            loaded,
            request,
            cancellation,
            context,
            is_deep: false,
            chain,
            random,
        })
    }

    /// Collected for each token; none in the prefill test.
    fn candidates(&self, test: BenchTest) -> u16 {
        match test {
            BenchTest::Prefill => 0,
            BenchTest::Decode => self.request.candidates,
        }
    }

    /// The whole prompt, or one token.
    fn warm_up(&mut self, test: BenchTest, tokens: u32) -> Result<(), End> {
        self.context.clear();
        match test {
            BenchTest::Prefill => self.read(tokens),
            BenchTest::Decode => self.write(1),
        }
    }

    fn repetition(&mut self, test: BenchTest, tokens: u32) -> Result<Duration, End> {
        if self.is_deep && self.loaded.info.can_rewind {
            self.context.rewind(0, self.request.depth as usize);
        } else {
            self.context.clear();
            if self.request.depth > 0 {
                self.read(self.request.depth)?;
                self.is_deep = true;
            }
        }
        let started = Instant::now();
        match test {
            BenchTest::Prefill => self.read(tokens)?,
            BenchTest::Decode => self.write(tokens)?,
        }
        Ok(started.elapsed())
    }

    fn read(&mut self, tokens: u32) -> Result<(), End> {
        let mut left = tokens as usize;
        let mut first = self.loaded.vocabulary.bos();
        while left > 0 {
            let size = left.min(self.context.batch_size());
            let batch: Vec<_> = (0..size)
                .map(|_| first.take().unwrap_or_else(|| self.random.token()))
                .collect();
            left -= size;
            self.step(&batch)?;
        }
        Ok(())
    }

    fn write(&mut self, tokens: u32) -> Result<(), End> {
        let mut token = self
            .loaded
            .vocabulary
            .bos()
            .unwrap_or_else(|| self.random.token());
        for _ in 0..tokens {
            self.step(&[token])?;
            if self.request.candidates > 0 {
                self.collect()?;
            }
            token = self.random.token();
        }
        Ok(())
    }

    fn step(&mut self, tokens: &[TokenId]) -> Result<(), End> {
        if self.cancellation.is_cancelled(self.request.request) {
            return Err(EngineError::Cancelled.into());
        }
        self.context
            .decode(0, tokens, true)
            .map_err(EngineError::from)?;
        self.context.synchronize();
        Ok(())
    }

    /// What a chat does with the logits of a token.
    fn collect(&mut self) -> Result<(), EngineError> {
        let logits = self.context.logits();
        let wanted = usize::from(self.request.candidates);
        let k = wanted.max(self.chain.best_needed());
        let summary = self.loaded.summaries.summarize(logits, k);
        let chosen = self.chain.choose(logits, summary.best, wanted)?;
        // The token is not used, so the compiler must be kept from leaving its rank out.
        std::hint::black_box(rank_of(logits, chosen.0));
        self.chain.accept(chosen)
    }
}

/// Random token ids, the same in every run (xorshift32, Marsaglia 2003).
struct Random {
    state: u32,
    vocabulary: u32,
}

impl Random {
    fn new(vocabulary: u32) -> Self {
        Self {
            state: 0x9e37_79b9,
            vocabulary: vocabulary.max(1),
        }
    }

    fn token(&mut self) -> TokenId {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        TokenId(self.state % self.vocabulary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_tokens_are_inside_the_vocabulary_and_differ() {
        let mut random = Random::new(1000);
        let ids: Vec<_> = (0..500).map(|_| random.token()).collect();
        assert!(ids.iter().all(|id| id.0 < 1000));
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert!(distinct.len() > 300);
        assert_eq!(Random::new(1000).token(), ids[0]);
    }
}
