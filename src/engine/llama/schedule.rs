//! Answers in progress: all of them advance by one decode at a time, in one batch.
//!
//! ```text
//!  decode 7   sequence 0  ·the            (writes)
//!             sequence 2  ·of             (writes)
//!             sequence 5  what ·is ·the   (reads a part of its prompt)
//! ```
//!
//! The weights are read once for a decode, whatever is in its batch, so several answers
//! together take little longer than one alone. Requests wait here for a sequence, and one that
//! is alone gets exactly the batches that it would get without the others.

mod job;
mod share;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use self::job::{Job, Seating};
use super::context::{Context, DecodeFailure};
use super::kept::Others;
use super::pace::Pace;
use super::{End, Loaded};
use crate::engine::backend::{Cancellation, ChannelClosed, EventSink};
use crate::inference::{EngineError, FanRequest, GenerateRequest, RequestId, StopReason, TokenId};

/// All requests for answers that are not over.
#[derive(Default)]
pub(super) struct Schedule {
    /// They have no sequence yet; in the order they came.
    waiting: VecDeque<Job>,
    /// In the order they got their sequence.
    running: Vec<Job>,
    /// The first that waits found no place, and none has become free since.
    blocked: bool,
    /// How many have ended: each of them may have left a place.
    ended: u64,
}

/// The answers in progress, as far as they concern what is computed between their decodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answers {
    pub(super) count: usize,
    /// Cells that they will need for certain.
    pub(super) cells: usize,
    /// How many have ended so far.
    pub(super) ended: u64,
}

/// What is computed between the decodes of the answers, as far as it concerns them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    /// It has a sequence, and will need so many cells more.
    pub(super) holds: Option<usize>,
    /// It waits for a sequence, and no answer that has none is to get one before.
    pub(super) waits: bool,
}

impl Schedule {
    /// Whether there is anything to compute.
    pub(super) fn is_busy(&self) -> bool {
        !self.waiting.is_empty() || !self.running.is_empty()
    }

    /// Takes a request for an answer.
    ///
    /// # Errors
    /// It cannot be carried out: a prompt that does not fit, settings that make no sense.
    pub(super) fn generate(
        &mut self,
        loaded: &mut Loaded,
        request: GenerateRequest,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let job = Job::answer(loaded, request, events)?;
        self.waiting.push_back(job);
        Ok(())
    }

    /// Takes a request for several answers.
    ///
    /// # Errors
    /// As those of [`generate`](Self::generate).
    pub(super) fn fan_out(
        &mut self,
        loaded: &mut Loaded,
        fan: FanRequest,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let job = Job::fan(loaded, fan, events)?;
        self.waiting.push_back(job);
        Ok(())
    }

    /// The answers that have a sequence.
    pub(super) fn answers(&self) -> Answers {
        Answers {
            count: self.running.len(),
            cells: self.outstanding(),
            ended: self.ended,
        }
    }

    /// A sequence has become free, or cells.
    pub(super) fn look_again(&mut self) {
        self.blocked = false;
    }

    fn one_has_ended(&mut self) {
        self.blocked = false;
        self.ended += 1;
    }

    /// Advances every answer by one decode, and closes those that end.
    ///
    /// # Errors
    /// Only when the channel is closed.
    pub(super) fn step(
        &mut self,
        loaded: &mut Loaded,
        beside: Beside,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        self.end_cancelled(loaded, cancellation, events)?;
        let preparing = Instant::now();
        self.seat(loaded, beside, events)?;
        match self.running.as_mut_slice() {
            [job] => job.guess(loaded),
            jobs => jobs.iter_mut().for_each(Job::guess_nothing),
        }
        self.make_room(loaded, events)?;
        let batch = self.compose(loaded, preparing.elapsed());
        if batch.tokens.is_empty() {
            return Ok(());
        }
        let depth = batch.depth(&loaded.context);
        cancellation.decoding_for(self.alone());
        let started = Instant::now();
        let decoded = loaded.context.decode_batch(&batch.tokens);
        match decoded {
            Ok(()) => {}
            // It was the only one, and it was cancelled.
            Err(DecodeFailure::Stopped) => {
                return self.end_cancelled(loaded, cancellation, events);
            }
            Err(failure) => return self.fail_all(loaded, &failure.into(), events),
        }
        loaded.context.synchronize();
        let took = started.elapsed();
        if batch.reads {
            loaded.pace.learn(batch.tokens.len(), depth, took);
            loaded.decode_costs.learn_reading(batch.tokens.len(), took);
        } else if batch.parts.len() == 1 {
            loaded.decode_costs.learn(batch.tokens.len(), took);
        }
        self.running.iter_mut().for_each(Job::count_decode);
        self.deliver(loaded, &batch, took, events)
    }

    /// The request that computes alone, so that nobody else is hurt where its decode ends in
    /// the middle.
    fn alone(&self) -> Option<RequestId> {
        match self.running.as_slice() {
            [job] => Some(job.request()),
            _ => None,
        }
    }

    fn end_cancelled(
        &mut self,
        loaded: &mut Loaded,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let running = std::mem::take(&mut self.running);
        let waiting = std::mem::take(&mut self.waiting);
        let is_cancelled = |job: &Job| cancellation.is_cancelled(job.request());
        let (ended, running) = running.into_iter().partition::<Vec<_>, _>(is_cancelled);
        let (given_up, waiting) = waiting
            .into_iter()
            .partition::<VecDeque<_>, _>(is_cancelled);
        (self.running, self.waiting) = (running, waiting);
        for job in ended.into_iter().chain(given_up) {
            self.one_has_ended();
            job.end(&StopReason::Cancelled, loaded, events)?;
        }
        Ok(())
    }

    /// Gives sequences to those that wait, in their order, while there are some and the tokens
    /// fit.
    fn seat(
        &mut self,
        loaded: &mut Loaded,
        beside: Beside,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        while !self.blocked
            && !beside.waits
            && let Some(mut job) = self.waiting.pop_front()
        {
            let others = Others {
                cells: self.outstanding() + beside.holds.unwrap_or(0),
                are_there: !self.running.is_empty() || beside.holds.is_some(),
            };
            match job.seat(loaded, others, events)? {
                Seating::Seated => self.running.push(job),
                Seating::Fetches => {
                    self.waiting.push_front(job);
                    return Ok(());
                }
                Seating::NoPlace if others.are_there => {
                    self.waiting.push_front(job);
                    self.blocked = true;
                }
                Seating::NoPlace => {
                    let error = job.too_long(loaded);
                    job.fail(error, loaded, events)?;
                }
            }
        }
        for job in &mut self.waiting {
            job.tell_to_wait(events)?;
        }
        Ok(())
    }

    /// Cells that were promised: the rest of each prompt, and one for what follows it.
    fn outstanding(&self) -> usize {
        self.running.iter().map(Job::outstanding).sum()
    }

    /// Makes room for the tokens that are to be computed next; where there is none, the answer
    /// that began last ends.
    fn make_room(
        &mut self,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        for place in 0..self.running.len() {
            self.running[place].end_full(loaded, events)?;
        }
        while !loaded.ensure_room(self.outstanding(), events)? {
            let last = self.running.iter_mut().rev().find(|job| job.writes());
            let Some(job) = last else { break };
            job.end_last(&StopReason::ContextFull, loaded, events)?;
        }
        self.close_ended(events)
    }

    fn close_ended(&mut self, events: &mut dyn EventSink) -> Result<(), ChannelClosed> {
        let mut place = 0;
        while place < self.running.len() {
            if self.running[place].is_over() {
                self.one_has_ended();
                self.running.remove(place).close(events)?;
            } else {
                place += 1;
            }
        }
        Ok(())
    }

    /// The next batch; so long ago the last one was over.
    fn compose(&self, loaded: &Loaded, waited: Duration) -> Batch {
        let mut batch = Batch::default();
        let mut writing = Duration::ZERO;
        for (job, one) in self.running.iter().enumerate() {
            for (stream, row, tokens) in one.pending() {
                batch.parts.push(Part {
                    job,
                    what: What::Stream(stream),
                    from: batch.tokens.len(),
                });
                let before = batch.tokens.len();
                batch.tokens.extend(tokens.map(|token| (row, token, true)));
                let added = batch.tokens.len() - before;
                let depth = loaded.context.len(row);
                writing += loaded.pace.time_for(added, depth);
            }
        }
        let remaining: Vec<_> = self.running.iter().map(Job::unread).collect();
        let unread = remaining.iter().sum();
        let writes = batch.tokens.len();
        if unread == 0 || (writes > 0 && Pace::is_overdue(waited)) {
            return batch;
        }
        let (ubatch, most) = (loaded.context.ubatch_size(), loaded.context.batch_size());
        let depths = self.running.iter().filter_map(Job::depth);
        let depth = depths.max().unwrap_or(0);
        let budget = match writes {
            0 => loaded.pace.chunk(unread, depth, ubatch, most),
            _ => {
                let room = most.saturating_sub(writes);
                loaded.pace.chunk_beside(unread, depth, writing, room)
            }
        };
        for (job, count) in share::divide(&remaining, budget).into_iter().enumerate() {
            let Some((row, tokens, is_last)) = self.running[job].next_to_read(count) else {
                continue;
            };
            batch.parts.push(Part {
                job,
                what: What::Prompt(tokens.len()),
                from: batch.tokens.len(),
            });
            let last = tokens.len() - 1;
            batch.tokens.extend(
                tokens
                    .iter()
                    .enumerate()
                    .map(|(place, &token)| (row, token, is_last && place == last)),
            );
            batch.reads = true;
        }
        batch
    }

    /// Hands each answer what was computed for it.
    fn deliver(
        &mut self,
        loaded: &mut Loaded,
        batch: &Batch,
        took: Duration,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let mut failed = Vec::new();
        for part in &batch.parts {
            let job = &mut self.running[part.job];
            let delivered = match part.what {
                What::Prompt(count) => job.has_read(loaded, count, part.from + count - 1, events),
                What::Stream(stream) => job.has_written(loaded, stream, part.from, took, events),
            };
            match delivered {
                Ok(()) => {}
                Err(End::Failed(error)) => failed.push((part.job, error)),
                Err(End::Closed) => return Err(ChannelClosed),
            }
        }
        failed.sort_by_key(|(job, _)| *job);
        failed.dedup_by_key(|(job, _)| *job);
        for (place, error) in failed.into_iter().rev() {
            self.one_has_ended();
            self.running.remove(place).fail(error, loaded, events)?;
        }
        self.close_ended(events)
    }

    fn fail_all(
        &mut self,
        loaded: &mut Loaded,
        error: &EngineError,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        for job in std::mem::take(&mut self.running) {
            self.one_has_ended();
            job.fail(error.clone(), loaded, events)?;
        }
        Ok(())
    }
}

/// What one decode computes.
#[derive(Default)]
struct Batch {
    /// Sequence, token, and whether its logits are wanted.
    tokens: Vec<(usize, TokenId, bool)>,
    parts: Vec<Part>,
    /// Whether there is a part of a prompt in it.
    reads: bool,
}

impl Batch {
    /// The tokens before each of its tokens, at the mean.
    fn depth(&self, context: &Context) -> usize {
        let depths = self.tokens.iter().map(|&(row, ..)| context.len(row));
        depths.sum::<usize>() / self.tokens.len().max(1)
    }
}

/// The tokens of a batch that belong to one answer.
struct Part {
    /// The place of its job among those that run.
    job: usize,
    what: What,
    /// The place of its first token in the batch.
    from: usize,
}

enum What {
    /// So many tokens of its prompt.
    Prompt(usize),
    /// The token that was chosen last, and guesses, in this one of its streams.
    Stream(u16),
}
