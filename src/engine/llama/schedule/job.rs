//! One request for an answer, or for several: it waits, reads its prompt, and writes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::engine::backend::{ChannelClosed, EventSink};
use crate::engine::llama::fan::{self, BranchSink, Fan};
use crate::engine::llama::prefill::{self, Prefill, check, count, too_long};
use crate::engine::llama::speculation::Speculation;
use crate::engine::llama::writer::{Writer, seed};
use crate::engine::llama::{End, Loaded, prompt};
use crate::inference::{
    EngineError, EngineEvent, FanEvent, FanRequest, GenerateRequest, GeneratedToken, RequestId,
    StopReason, TokenId,
};

pub(super) struct Job {
    request: Arc<GenerateRequest>,
    /// Several answers are wanted.
    fan: Option<Fan>,
    prompt: Vec<TokenId>,
    seed: u32,
    started: Instant,
    /// What chooses the first token; gone when that is chosen.
    opener: Option<Writer>,
    phase: Phase,
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
        let prompt = prompt::tokens(loaded, &request.prompt, template, events)?;
        check(loaded, &prompt)?;
        let seed = seed(&request);
        let request = Arc::new(request);
        let opener = Writer::new(loaded, Arc::clone(&request), candidates, &prompt, seed)?;
        Ok(Self {
            request,
            fan,
            prompt,
            seed,
            started,
            opener: Some(opener),
            phase: Phase::Waiting,
        })
    }

    pub(super) fn request(&self) -> RequestId {
        self.request.request
    }

    /// Finds it a sequence, where there is one and its tokens fit beside the `outstanding` ones
    /// of others. Returns whether it has one.
    pub(super) fn seat(
        &mut self,
        loaded: &mut Loaded,
        outstanding: usize,
        events: &mut dyn EventSink,
    ) -> Result<bool, ChannelClosed> {
        let Some(seat) = loaded.context.seat(&self.prompt) else {
            return Ok(false);
        };
        // The first token of the answer needs a cell too.
        let missing = self.prompt.len() - seat.kept + 1;
        if !loaded.ensure_room(missing + outstanding, events)? {
            loaded.context.leave(seat.row);
            return Ok(false);
        }
        let (reused, total) = (count(seat.kept), count(self.prompt.len()));
        prefill::tell(events, self.request(), reused, total, reused)?;
        self.phase = Phase::Reading(Reading {
            read: Prefill {
                row: seat.row,
                reused,
                ..Prefill::default()
            },
            since: Instant::now(),
            done: seat.kept,
        });
        Ok(true)
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

    /// The next `count` tokens of its prompt with their sequence, and whether they are the last
    /// ones; `None` for none.
    pub(super) fn next_to_read(&self, count: usize) -> Option<(usize, &[TokenId], bool)> {
        match &self.phase {
            Phase::Reading(reading) if count > 0 => {
                let end = (reading.done + count).min(self.prompt.len());
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

    /// Of each stream: its number, its sequence, and the tokens to compute.
    pub(super) fn pending(
        &self,
    ) -> impl Iterator<Item = (u16, usize, impl Iterator<Item = TokenId>)> {
        self.streams().iter().map(|stream| {
            let tokens = std::iter::once(stream.next).chain(stream.guesses.iter().copied());
            (stream.number, stream.writer.row, tokens)
        })
    }

    /// Guesses what may follow, where it is the only one that computes: others would wait for
    /// what is in vain. Guesses take free cells only.
    pub(super) fn guess(&mut self, loaded: &Loaded) {
        let (limit, most) = (self.request.max_tokens, loaded.context.batch_size());
        let Phase::Writing { streams, .. } = &mut self.phase else {
            return;
        };
        let [stream] = streams.as_mut_slice() else {
            return;
        };
        let Some(speculation) = &mut stream.speculation else {
            return;
        };
        let left = limit.map_or(usize::MAX, |limit| {
            limit.saturating_sub(stream.writer.predicted()) as usize
        });
        let held = loaded.context.len(stream.writer.row);
        let room = [
            left,
            most,
            loaded.context.free(),
            (loaded.capacity.limit as usize).saturating_sub(held),
        ];
        // One place is for the token itself.
        let room = room.into_iter().min().unwrap_or(0).saturating_sub(1);
        stream.guesses = speculation.guess(room, &loaded.decode_costs);
    }

    /// Leaves the guesses alone.
    pub(super) fn guess_nothing(&mut self) {
        if let Phase::Writing { streams, .. } = &mut self.phase {
            for stream in streams {
                stream.guesses.clear();
            }
        }
    }

    /// Takes note of a decode that it had a part in.
    pub(super) fn count_decode(&mut self) {
        let written = count(self.streams().len());
        if let (Some(fan), 1..) = (&mut self.fan, written) {
            fan.stats.decodes += 1;
            fan.stats.computed += written;
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
        reading.read.decodes += 1;
        reading.read.took = reading.since.elapsed();
        let (read, done) = (reading.read, reading.done);
        prefill::tell(
            events,
            request,
            count(done),
            count(self.prompt.len()),
            read.reused,
        )?;
        if done == self.prompt.len() {
            self.begin(loaded, read, place, events)?;
        }
        Ok(())
    }

    /// The prompt is read: the first tokens are chosen.
    fn begin(
        &mut self,
        loaded: &mut Loaded,
        read: Prefill,
        place: usize,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        if self.request.max_tokens == Some(0) {
            return Ok(self.end_unwritten(&StopReason::Length, loaded, events)?);
        }
        let Some(mut opener) = self.opener.take() else {
            return Ok(());
        };
        opener.row = read.row;
        if self.fan.is_some() {
            return self.begin_fan(loaded, read, &mut opener, place, events);
        }
        let token = opener.choose(loaded, place)?;
        let stream = Stream {
            number: 0,
            writer: opener,
            next: token.trace.id,
            guesses: Vec::new(),
            speculation: loaded.speculates().then(|| Speculation::new(&self.prompt)),
        };
        self.phase = Phase::Writing {
            read,
            streams: vec![stream],
        };
        self.take(loaded, 0, token, events)
    }

    fn begin_fan(
        &mut self,
        loaded: &mut Loaded,
        read: Prefill,
        opener: &mut Writer,
        place: usize,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let Some(fan) = &mut self.fan else {
            return Ok(());
        };
        fan.stats.prompt_tokens = count(self.prompt.len());
        fan.stats.cached_tokens = read.reused;
        let openings = fan::openings(loaded, opener, fan, self.request.candidates, place)?;
        let mut streams = Vec::with_capacity(openings.len());
        for (opening, number) in openings.iter().zip(0_u16..) {
            let seed = self.seed.wrapping_add(u32::from(number));
            let request = Arc::clone(&self.request);
            let candidates = request.candidates;
            streams.push(Stream {
                number,
                writer: Writer::new(loaded, request, candidates, &self.prompt, seed)?,
                next: opening.trace.id,
                guesses: Vec::new(),
                speculation: None,
            });
        }
        let rows = fan::rows(loaded, read.row, streams.len(), events)?;
        fan::tell_if_fewer(loaded, fan.branches, streams.len(), rows.len(), events)?;
        streams.truncate(rows.len());
        for (stream, row) in streams.iter_mut().zip(rows) {
            stream.writer.row = row;
        }
        events.send(EngineEvent::Fan {
            request: self.request(),
            event: FanEvent::Began {
                branches: u16::try_from(streams.len()).unwrap_or(u16::MAX),
            },
        })?;
        let numbers = 0..u16::try_from(streams.len()).unwrap_or(u16::MAX);
        self.phase = Phase::Writing { read, streams };
        for (number, opening) in numbers.zip(openings) {
            self.take(loaded, number, opening, events)?;
        }
        Ok(())
    }

    /// The pending tokens of a stream were computed, which `took` so long; the logits of the
    /// first are at `place` in the batch.
    pub(super) fn has_written(
        &mut self,
        loaded: &mut Loaded,
        number: u16,
        place: usize,
        took: Duration,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let Some(stream) = self.stream(number) else {
            return Ok(());
        };
        let guesses = std::mem::take(&mut stream.guesses);
        let row = stream.writer.row;
        let held = loaded.context.len(row) - guesses.len();
        let mut accepted = 0;
        let stop = loop {
            let Some(stream) = self.stream(number) else {
                return Ok(());
            };
            let token = stream.writer.choose(loaded, place + accepted)?;
            let came_true = guesses.get(accepted) == Some(&token.trace.id);
            let stop = self.tell(number, token, events)?;
            if stop.is_some() || !came_true {
                break stop;
            }
            accepted += 1;
        };
        // What was guessed wrong, or beyond the answer's end, was never written.
        loaded.context.rewind(row, held + accepted);
        if let Some(speculation) = self.stream(number).and_then(|it| it.speculation.as_mut()) {
            speculation.learn(guesses.len(), accepted);
            speculation.count(accepted + 1, took, &loaded.decode_costs);
        }
        match stop {
            Some(stop) => Ok(self.end_stream(number, &stop, loaded, events)?),
            None => Ok(()),
        }
    }

    fn stream(&mut self, number: u16) -> Option<&mut Stream> {
        match &mut self.phase {
            Phase::Writing { streams, .. } => {
                streams.iter_mut().find(|stream| stream.number == number)
            }
            Phase::Waiting | Phase::Reading(_) => None,
        }
    }

    /// Gives a stream the token that was chosen for it; it is over where that ends it.
    fn take(
        &mut self,
        loaded: &mut Loaded,
        number: u16,
        token: GeneratedToken,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        match self.tell(number, token, events)? {
            Some(stop) => Ok(self.end_stream(number, &stop, loaded, events)?),
            None => Ok(()),
        }
    }

    /// Tells a stream's token, which is to be computed next; returns why the answer ends with
    /// it, if it does.
    fn tell(
        &mut self,
        number: u16,
        token: GeneratedToken,
        events: &mut dyn EventSink,
    ) -> Result<Option<StopReason>, End> {
        let (request, is_fan) = (self.request(), self.fan.is_some());
        let Some(stream) = self.stream(number) else {
            return Ok(None);
        };
        stream.next = token.trace.id;
        if let Some(speculation) = &mut stream.speculation {
            speculation.push(token.trace.id);
        }
        let mut sink = BranchSink::new(request, is_fan.then_some(number), events);
        stream.writer.take(token, &mut sink)
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
