//! One request for an answer, or for several: it waits, reads its prompt, writes, and ends.

mod writing;

use std::sync::Arc;
use std::time::Instant;

use crate::engine::backend::{ChannelClosed, EventSink};
use crate::engine::llama::fan::{BranchSink, Fan};
use crate::engine::llama::kept::{Fetch, Opening, Others, Recalled};
use crate::engine::llama::prefill::{self, Prefill, check, count, too_long};
use crate::engine::llama::speculation::Speculation;
use crate::engine::llama::writer::{Writer, seed};
use crate::engine::llama::{End, Loaded, prompt};
use crate::inference::{
    CacheUse, EngineError, EngineEvent, FanEvent, FanRequest, GenerateRequest, RequestId,
    StopReason, TokenId,
};
use crate::words::engine::llama as words;

pub(super) struct Job {
    request: Arc<GenerateRequest>,
    /// Several answers are wanted.
    fan: Option<Fan>,
    prompt: Vec<TokenId>,
    /// What is computed before the rest, and kept; `None` for nothing.
    opening: Option<Opening>,
    seed: u32,
    started: Instant,
    /// What chooses the first token; gone when that is chosen.
    opener: Option<Writer>,
    phase: Phase,
    /// What its conversation's past adds; `None` until that was looked for.
    recalled: Option<Recalled>,
    /// What it needs of that from disk.
    fetch: Fetch,
    /// Its user knows that it waits for others.
    told_to_wait: bool,
}

/// Whether a request has a sequence.
pub(super) enum Seating {
    Seated,
    /// There is none, or no room for its tokens.
    NoPlace,
    /// What it can use of its conversation is being read.
    Fetches,
}

enum Phase {
    /// It has no sequence.
    Waiting,
    Reading(Reading),
    /// It is over when no stream is left.
    Writing {
        read: Prefill,
        streams: Vec<Stream>,
    },
}

/// A prompt of which a part is in the cache.
struct Reading {
    read: Prefill,
    since: Instant,
    /// Tokens that are there.
    done: usize,
}

/// An answer as it is written.
struct Stream {
    /// Counted from 0 among the answers of its request.
    number: u16,
    writer: Writer,
    /// The token that was chosen, and is to be computed next.
    next: TokenId,
    /// What may follow it, to be computed with it.
    guesses: Vec<TokenId>,
    /// `None` where nothing may be guessed.
    speculation: Option<Speculation>,
}

impl Job {
    pub(super) fn answer(
        loaded: &mut Loaded,
        request: GenerateRequest,
        events: &mut dyn EventSink,
    ) -> Result<Self, End> {
        let candidates = request.candidates;
        Self::new(loaded, request, candidates, None, events)
    }

    pub(super) fn fan(
        loaded: &mut Loaded,
        request: FanRequest,
        events: &mut dyn EventSink,
    ) -> Result<Self, End> {
        let fan = Fan::new(&request);
        let candidates = fan.candidates_to_open(request.generate.candidates);
        Self::new(loaded, request.generate, candidates, Some(fan), events)
    }

    /// `candidates` are looked at when the first token is chosen.
    fn new(
        loaded: &mut Loaded,
        request: GenerateRequest,
        candidates: u16,
        fan: Option<Fan>,
        events: &mut dyn EventSink,
    ) -> Result<Self, End> {
        let started = Instant::now();
        let template = request.chat_template.as_deref();
        let (id, asked) = (request.request, &request.prompt);
        let (prompt, opening) = if loaded.conversations.keeps_openings(request.keep) {
            prompt::tokens_and_opening(loaded, id, asked, template, events)?
        } else {
            (prompt::tokens(loaded, id, asked, template, events)?, None)
        };
        check(loaded, &prompt)?;
        if prompt::opens_reasoning(loaded, &prompt) {
            events.send(EngineEvent::BeginsThinking {
                request: request.request,
            })?;
        }
        let seed = seed(&request);
        let request = Arc::new(request);
        let opener = Writer::new(loaded, Arc::clone(&request), candidates, &prompt, seed)?;
        Ok(Self {
            request,
            fan,
            prompt,
            opening,
            seed,
            started,
            opener: Some(opener),
            phase: Phase::Waiting,
            recalled: None,
            fetch: Fetch::default(),
            told_to_wait: false,
        })
    }

    pub(super) fn request(&self) -> RequestId {
        self.request.request
    }

    /// Says, once, why nothing comes.
    pub(super) fn tell_to_wait(&mut self, events: &mut dyn EventSink) -> Result<(), ChannelClosed> {
        if std::mem::replace(&mut self.told_to_wait, true) {
            return Ok(());
        }
        events.send(EngineEvent::Notice {
            request: Some(self.request()),
            text: words::WAITS_FOR_ROOM.into(),
        })
    }

    /// Finds it a sequence, where there is one and its tokens fit beside those of others.
    pub(super) fn seat(
        &mut self,
        loaded: &mut Loaded,
        others: Others,
        events: &mut dyn EventSink,
    ) -> Result<Seating, ChannelClosed> {
        // What is on disk needs a place as well.
        if !loaded.context.has_place() {
            return Ok(Seating::NoPlace);
        }
        let recalled = match self.recalled {
            Some(recalled) => recalled,
            None => {
                let (key, keep) = (self.request.conversation.clone(), self.request.keep);
                let (prompt, fetch) = (&self.prompt, &mut self.fetch);
                let recalled = loaded.recall(key.as_ref(), keep, prompt, others, fetch, events)?;
                let Some(recalled) = recalled else {
                    return Ok(Seating::Fetches);
                };
                if let Some(opening) = &self.opening {
                    loaded.recall_opening(opening, &self.prompt, others, events)?;
                }
                recalled
            }
        };
        self.recalled = Some(recalled);
        let Some(seat) = loaded.context.seat(&self.prompt) else {
            return Ok(Seating::NoPlace);
        };
        // The first token of the answer needs a cell too.
        let missing = self.prompt.len() - seat.kept + 1;
        if !loaded.ensure_room(missing + others.cells, events)? {
            loaded.context.leave(seat.row);
            return Ok(Seating::NoPlace);
        }
        let (reused, total) = (count(seat.kept), count(self.prompt.len()));
        let cache = recalled.told(self.prompt.len(), seat.kept);
        if cache != CacheUse::default() {
            events.send(EngineEvent::Recalled {
                request: self.request(),
                cache,
            })?;
        }
        prefill::tell(events, self.request(), reused, total, reused)?;
        self.phase = Phase::Reading(Reading {
            read: Prefill {
                row: seat.row,
                reused,
                cache,
                ..Prefill::default()
            },
            since: Instant::now(),
            done: seat.kept,
        });
        Ok(Seating::Seated)
    }

    /// Why it can never have one.
    pub(super) fn too_long(&self, loaded: &Loaded) -> EngineError {
        too_long(loaded, &self.prompt, loaded.context.size())
    }

    /// Tokens of its prompt that are to be computed.
    pub(super) fn unread(&self) -> usize {
        match &self.phase {
            Phase::Reading(reading) => self.prompt.len() - reading.done,
            Phase::Waiting | Phase::Writing { .. } => 0,
        }
    }

    /// Tokens before the next one of its prompt; `None` where it reads none.
    pub(super) fn depth(&self) -> Option<usize> {
        match &self.phase {
            Phase::Reading(reading) => Some(reading.done),
            Phase::Waiting | Phase::Writing { .. } => None,
        }
    }

    /// Cells that it will need for certain.
    pub(super) fn outstanding(&self) -> usize {
        match &self.phase {
            Phase::Waiting => 0,
            Phase::Reading(_) => self.unread() + 1,
            Phase::Writing { streams, .. } => {
                streams.iter().map(|stream| 1 + stream.guesses.len()).sum()
            }
        }
    }

    /// The next tokens of its prompt, `count` at most, with their sequence, and whether they are
    /// the last ones; `None` for none.
    pub(super) fn next_to_read(&self, count: usize) -> Option<(usize, &[TokenId], bool)> {
        match &self.phase {
            Phase::Reading(reading) if count > 0 => {
                let opening = self.opening.as_ref().map(Opening::len);
                let end = opening
                    .filter(|&end| reading.done < end)
                    .unwrap_or(self.prompt.len())
                    .min(reading.done + count);
                let tokens = &self.prompt[reading.done..end];
                Some((reading.read.row, tokens, end == self.prompt.len()))
            }
            _ => None,
        }
    }

    fn streams(&self) -> &[Stream] {
        match &self.phase {
            Phase::Writing { streams, .. } => streams,
            Phase::Waiting | Phase::Reading(_) => &[],
        }
    }

    /// `count` more tokens of its prompt were computed; the logits of the last one are at
    /// `place` in the batch, if it was the prompt's last.
    pub(super) fn has_read(
        &mut self,
        loaded: &mut Loaded,
        tokens: usize,
        place: usize,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let request = self.request();
        let Phase::Reading(reading) = &mut self.phase else {
            return Ok(());
        };
        reading.done += tokens;
        reading.read.took = reading.since.elapsed();
        let (read, done) = (reading.read, reading.done);
        prefill::tell(
            events,
            request,
            count(done),
            count(self.prompt.len()),
            read.reused,
        )?;
        if let Some(opening) = self.opening.take_if(|opening| done >= opening.len()) {
            loaded.has_opened(&opening);
        }
        if done == self.prompt.len() {
            self.begin(loaded, read, place, events)?;
        }
        Ok(())
    }

    /// Whether it writes.
    pub(super) fn writes(&self) -> bool {
        matches!(&self.phase, Phase::Writing { streams, .. } if !streams.is_empty())
    }

    /// Whether there is nothing left to do but to [close](Self::close) it.
    pub(super) fn is_over(&self) -> bool {
        matches!(&self.phase, Phase::Writing { streams, .. } if streams.is_empty())
    }

    /// Ends the streams whose sequence is as long as the model can have one.
    pub(super) fn end_full(
        &mut self,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let limit = loaded.capacity.limit as usize;
        let full: Vec<_> = self
            .streams()
            .iter()
            .filter(|stream| loaded.context.len(stream.writer.row) >= limit)
            .map(|stream| stream.number)
            .collect();
        for number in full {
            self.end_stream(number, &StopReason::ContextFull, loaded, events)?;
        }
        Ok(())
    }

    /// Ends the last one of its streams.
    pub(super) fn end_last(
        &mut self,
        stop: &StopReason,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        match self.streams().last() {
            Some(stream) => self.end_stream(stream.number, stop, loaded, events),
            None => Ok(()),
        }
    }

    fn end_stream(
        &mut self,
        number: u16,
        stop: &StopReason,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let Phase::Writing { read, streams } = &mut self.phase else {
            return Ok(());
        };
        let Some(place) = streams.iter().position(|one| one.number == number) else {
            return Ok(());
        };
        let (read, stream) = (*read, streams.remove(place));
        let mut writer = stream.writer;
        writer.speculation = stream.speculation.map(|it| it.stats()).unwrap_or_default();
        let used = loaded.context.len(writer.row);
        loaded.has_computed(self.request.conversation.as_ref(), writer.row);
        loaded.context.leave(writer.row);
        self.tell_end(number, writer, &read, used, stop, loaded, events)
    }

    /// Ends a request whose answer has not begun.
    fn end_unwritten(
        &mut self,
        stop: &StopReason,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let (read, used) = match &self.phase {
            Phase::Waiting => (Prefill::default(), 0),
            Phase::Reading(reading) => {
                let row = reading.read.row;
                loaded.has_computed(self.request.conversation.as_ref(), row);
                loaded.context.leave(row);
                (reading.read, loaded.context.len(row))
            }
            Phase::Writing { .. } => return Ok(()),
        };
        let streams = Vec::new();
        self.phase = Phase::Writing { read, streams };
        match (&self.fan, self.opener.take()) {
            (None, Some(writer)) => self.tell_end(0, writer, &read, used, stop, loaded, events),
            _ => Ok(()),
        }
    }

    /// Says what came of an answer that left `used` tokens in its sequence.
    #[expect(
        clippy::too_many_arguments,
        reason = "all that is known of an answer at its end"
    )]
    fn tell_end(
        &self,
        number: u16,
        mut writer: Writer,
        read: &Prefill,
        used: usize,
        stop: &StopReason,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let (request, stop) = (self.request(), stop.clone());
        let branch = self.fan.is_some().then_some(number);
        let mut sink = BranchSink::new(request, branch, events);
        writer.answer.flush(&mut sink)?;
        let stats = Box::new(writer.stats(loaded, read, self.prompt.len(), used, self.started));
        events.send(match branch {
            Some(branch) => EngineEvent::Fan {
                request,
                event: FanEvent::Ended {
                    branch,
                    stop,
                    stats,
                },
            },
            None => EngineEvent::Finished {
                request,
                stop,
                stats,
            },
        })
    }

    /// Ends it, whatever it is doing.
    pub(super) fn end(
        mut self,
        stop: &StopReason,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        self.end_unwritten(stop, loaded, events)?;
        while self.writes() {
            self.end_last(stop, loaded, events)?;
        }
        self.close(events)
    }

    /// Says that it is over, where its last stream has not said so.
    pub(super) fn close(self, events: &mut dyn EventSink) -> Result<(), ChannelClosed> {
        match self.fan {
            Some(fan) => events.send(EngineEvent::FanFinished {
                request: self.request.request,
                stats: fan.stats,
            }),
            None => Ok(()),
        }
    }

    /// Ends it with an error.
    pub(super) fn fail(
        self,
        error: EngineError,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        match &self.phase {
            Phase::Waiting => {}
            Phase::Reading(reading) => loaded.context.leave(reading.read.row),
            Phase::Writing { .. } => {
                for stream in self.streams() {
                    loaded.context.leave(stream.writer.row);
                }
            }
        }
        events.send(EngineEvent::Failed {
            request: Some(self.request()),
            error,
        })
    }
}
