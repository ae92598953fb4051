//! Several answers to one prompt in one decode loop.
//!
//! ```text
//!  sequence 0  prompt prompt prompt │ Ra   ·scatt ering
//!  sequence 3  (the same cells)     │ Sun  light  ·is
//!  sequence 5  (the same cells)     │ It   ·is    ∎
//!                                     each column is one decode
//! ```

use std::time::Instant;

use super::generate::{Writer, seed, written};
use super::prefill::{Prefill, check, count, prefill};
use super::{End, Loaded, prompt};
use crate::engine::backend::{Cancellation, ChannelClosed, EventSink};
use crate::inference::{
    EngineError, EngineEvent, FanEvent, FanRequest, FanStats, GenerateRequest, GeneratedToken,
    RequestId, SamplerLink, StopReason, TokenId, TokenTrace,
};

/// Candidates looked at beyond as many as there are branches: bias and grammar may forbid some.
const SPARE: u16 = 16;

/// Carries out a fan, to its `FanFinished`.
pub(super) fn fan_out(
    loaded: &mut Loaded,
    fan: &FanRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let started = Instant::now();
    let request = &fan.generate;
    let template = request.chat_template.as_deref();
    let tokens = prompt::tokens(loaded, &request.prompt, template, events)?;
    check(loaded, &tokens)?;
    let seed = seed(request);
    let wider = GenerateRequest {
        candidates: request
            .candidates
            .max(fan.branches.max(1).saturating_add(SPARE)),
        ..request.clone()
    };
    let mut opener = Writer::new(loaded, &wider, &tokens, seed)?;
    let read = prefill(loaded, request.request, &tokens, cancellation, events)?;
    let mut stats = FanStats {
        prompt_tokens: count(tokens.len()),
        cached_tokens: read.reused,
        ..FanStats::default()
    };
    if !read.cancelled && request.max_tokens != Some(0) {
        let openings = openings(loaded, &mut opener, fan)?;
        let rows = rows(loaded, &read, tokens.len(), openings.len(), events)?;
        tell_if_fewer(loaded, fan.branches, openings.len(), rows.len(), events)?;
        let mut writing = Writing {
            request: request.request,
            prompt: &tokens,
            read,
            started,
            branches: Vec::with_capacity(rows.len()),
        };
        for (row, branch) in rows.into_iter().zip(0_u16..) {
            let seed = seed.wrapping_add(u32::from(branch));
            let mut writer = Writer::new(loaded, request, &tokens, seed)?;
            writer.row = row;
            writing.branches.push(Branch {
                number: branch,
                writer,
                next: None,
            });
        }
        writing.write(loaded, openings, cancellation, &mut stats, events)?;
    }
    events.send(EngineEvent::FanFinished {
        request: request.request,
        stats,
    })?;
    Ok(())
}

/// The tokens that the branches begin with, the most probable first.
fn openings(
    loaded: &mut Loaded,
    opener: &mut Writer<'_>,
    fan: &FanRequest,
) -> Result<Vec<GeneratedToken>, EngineError> {
    let mut token = opener.choose(loaded, None)?;
    let all = token.trace.candidates.clone();
    let listed = usize::from(fan.generate.candidates);
    if listed == 0 {
        token.trace.entropy = None;
    }
    let unlisted = token.trace.candidates.drain(listed.min(all.len())..);
    token.trace.outside += unlisted.map(|one| one.logprob.exp()).sum::<f32>();
    let forbidden = [SamplerLink::Grammar, SamplerLink::LogitBias];
    Ok(all
        .into_iter()
        .zip(1_u32..)
        .filter(|(candidate, _)| !forbidden.contains(&candidate.link))
        .filter(|(candidate, _)| Some(candidate.id) != fan.without)
        .take(usize::from(fan.branches.max(1)))
        .map(|(candidate, rank)| {
            let (kind, text) = written(&loaded.vocabulary, candidate.id);
            GeneratedToken {
                trace: TokenTrace {
                    id: candidate.id,
                    kind,
                    text_len: count(text.len()),
                    logprob: candidate.logprob,
                    rank: (listed > 0).then_some(rank),
                    ..token.trace.clone()
                },
                text,
                ..token.clone()
            }
        })
        .collect())
}

/// A sequence for each branch, as many as there is room for; all hold the prompt.
fn rows(
    loaded: &mut Loaded,
    read: &Prefill,
    prompt: usize,
    wanted: usize,
    events: &mut dyn EventSink,
) -> Result<Vec<usize>, ChannelClosed> {
    let mut wanted = wanted.min(loaded.context.rows());
    while wanted > 1 && !loaded.ensure_room_beside(&[read.row], prompt, wanted, events)? {
        wanted -= 1;
    }
    let mut rows = vec![read.row];
    while rows.len() < wanted {
        let Some(row) = loaded.context.branch_off(read.row, &rows) else {
            break;
        };
        rows.push(row);
    }
    rows.truncate(wanted);
    Ok(rows)
}

fn tell_if_fewer(
    loaded: &Loaded,
    asked: u16,
    possible: usize,
    written: usize,
    events: &mut dyn EventSink,
) -> Result<(), ChannelClosed> {
    if written >= usize::from(asked) {
        return Ok(());
    }
    let why = if written == possible {
        "no other token can come here".to_owned()
    } else if !loaded.info.can_rewind {
        "this model cannot share what it has read between branches".to_owned()
    } else if written == loaded.context.rows() {
        "the context keeps no more at a time".to_owned()
    } else {
        "the context has no room for more".to_owned()
    };
    let text = format!("{written} of {asked} continuations are written: {why}.");
    events.send(EngineEvent::Notice { text })
}

struct Branch<'a> {
    number: u16,
    writer: Writer<'a>,
    /// The token that is to be computed next.
    next: Option<TokenId>,
}

struct Writing<'a> {
    request: RequestId,
    prompt: &'a [TokenId],
    read: Prefill,
    started: Instant,
    /// Those that are not over.
    branches: Vec<Branch<'a>>,
}

impl Writing<'_> {
    fn write(
        &mut self,
        loaded: &mut Loaded,
        openings: Vec<GeneratedToken>,
        cancellation: &Cancellation,
        stats: &mut FanStats,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        events.send(EngineEvent::Fan {
            request: self.request,
            event: FanEvent::Began {
                branches: u16::try_from(self.branches.len()).unwrap_or(u16::MAX),
            },
        })?;
        let mut chosen: Vec<_> = openings.into_iter().take(self.branches.len()).collect();
        loop {
            self.take(loaded, chosen, events)?;
            if cancellation.is_cancelled(self.request) {
                while let Some(branch) = self.branches.pop() {
                    self.end(branch, StopReason::Cancelled, loaded, events)?;
                }
            }
            while !self.ensure_room(loaded, events)? {
                if let Some(branch) = self.branches.pop() {
                    self.end(branch, StopReason::ContextFull, loaded, events)?;
                }
            }
            if self.branches.is_empty() {
                return Ok(());
            }
            let next: Vec<_> = self
                .branches
                .iter()
                .filter_map(|branch| Some((branch.writer.row, branch.next?)))
                .collect();
            loaded
                .context
                .decode_each(&next)
                .map_err(EngineError::from)?;
            stats.decodes += 1;
            stats.computed += count(next.len());
            chosen = self
                .branches
                .iter_mut()
                .enumerate()
                .map(|(place, branch)| branch.writer.choose(loaded, Some(place)))
                .collect::<Result<_, _>>()?;
        }
    }

    /// Gives each branch its token; those that end with it are over.
    fn take(
        &mut self,
        loaded: &mut Loaded,
        tokens: Vec<GeneratedToken>,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let branches = std::mem::take(&mut self.branches);
        for (mut branch, token) in branches.into_iter().zip(tokens) {
            branch.next = Some(token.trace.id);
            let mut sink = BranchSink {
                request: self.request,
                branch: branch.number,
                events,
            };
            match branch.writer.take(token, &mut sink)? {
                Some(stop) => self.end(branch, stop, loaded, events)?,
                None => self.branches.push(branch),
            }
        }
        Ok(())
    }

    /// Makes room for one token of each branch.
    fn ensure_room(
        &self,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<bool, ChannelClosed> {
        let rows: Vec<_> = self.branches.iter().map(|one| one.writer.row).collect();
        let own = |&row: &usize| loaded.context.len(row).saturating_sub(self.prompt.len());
        let held = self.prompt.len() + rows.iter().map(own).sum::<usize>();
        if rows.is_empty() {
            return Ok(true);
        }
        loaded.ensure_room_beside(&rows, held, rows.len(), events)
    }

    fn end(
        &self,
        mut branch: Branch<'_>,
        stop: StopReason,
        loaded: &mut Loaded,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let mut sink = BranchSink {
            request: self.request,
            branch: branch.number,
            events,
        };
        branch.writer.answer.flush(&mut sink)?;
        let stats = branch
            .writer
            .stats(loaded, &self.read, self.prompt, self.started);
        events.send(EngineEvent::Fan {
            request: self.request,
            event: FanEvent::Ended {
                branch: branch.number,
                stop,
                stats: Box::new(stats),
            },
        })
    }
}

/// Says of each token which branch it belongs to.
struct BranchSink<'a> {
    request: RequestId,
    branch: u16,
    events: &'a mut dyn EventSink,
}

impl EventSink for BranchSink<'_> {
    fn send(&mut self, event: EngineEvent) -> Result<(), ChannelClosed> {
        let event = match event {
            EngineEvent::Token(token) => EngineEvent::Fan {
                request: self.request,
                event: FanEvent::Token {
                    branch: self.branch,
                    token,
                },
            },
            other => other,
        };
        self.events.send(event)
    }
}
