//! What a request does once its prompt is read: tokens are chosen, told, and computed.

use std::sync::Arc;
use std::time::Duration;

use super::{Job, Phase, Stream};
use crate::engine::backend::EventSink;
use crate::engine::llama::fan::{self, BranchSink};
use crate::engine::llama::prefill::{Prefill, count};
use crate::engine::llama::speculation::Speculation;
use crate::engine::llama::writer::Writer;
use crate::engine::llama::{End, Loaded};
use crate::inference::{EngineEvent, FanEvent, GeneratedToken, StopReason, TokenId};

impl Job {
    /// Of each stream: its number, its sequence, and the tokens to compute.
    pub(in crate::engine::llama::schedule) fn pending(
        &self,
    ) -> impl Iterator<Item = (u16, usize, impl Iterator<Item = TokenId>)> {
        self.streams().iter().map(|stream| {
            let tokens = std::iter::once(stream.next).chain(stream.guesses.iter().copied());
            (stream.number, stream.writer.row, tokens)
        })
    }

    /// Guesses what may follow, where it is the only one that computes: others would wait for
    /// what is in vain. Guesses take free cells only.
    pub(in crate::engine::llama::schedule) fn guess(&mut self, loaded: &mut Loaded) {
        let limit = self.request.max_tokens;
        // All at once: a sliding window gives away what has left it before the next part, and
        // wrong guesses are taken back.
        let most = loaded
            .context
            .batch_size()
            .min(loaded.context.ubatch_size());
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
        if let (true, Some(draft)) = (stream.guesses.is_empty(), &mut loaded.draft) {
            stream.guesses = speculation.draft(room, left, &loaded.decode_costs, draft);
        }
    }

    /// Leaves the guesses alone.
    pub(in crate::engine::llama::schedule) fn guess_nothing(&mut self) {
        if let Phase::Writing { streams, .. } = &mut self.phase {
            for stream in streams {
                stream.guesses.clear();
            }
        }
    }

    /// Takes note of a decode that it had a part in.
    pub(in crate::engine::llama::schedule) fn count_decode(&mut self) {
        let written = count(self.streams().len());
        if let (Some(fan), 1..) = (&mut self.fan, written) {
            fan.stats.decodes += 1;
            fan.stats.computed += written;
        }
    }

    /// The prompt is read: the first tokens are chosen.
    pub(super) fn begin(
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
            speculation: loaded
                .speculates()
                .map(|worth| Speculation::new(&self.prompt, worth)),
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
        fan::tell_if_fewer(
            loaded,
            self.request.request,
            fan.branches,
            streams.len(),
            rows.len(),
            events,
        )?;
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
    pub(in crate::engine::llama::schedule) fn has_written(
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
            let draft = loaded.draft.as_deref_mut();
            speculation.learn(guesses.len(), accepted, draft);
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
}
