//! Several answers to one prompt: with what they begin, and where they are computed.
//!
//! ```text
//!  sequence 0  prompt prompt prompt │ Ra   ·scatt ering
//!  sequence 3  (the same cells)     │ Sun  light  ·is
//!  sequence 5  (the same cells)     │ It   ·is    ∎
//!                                     each column is one decode
//! ```

use super::Loaded;
use super::prefill::count;
use super::writer::{Writer, written};
use crate::engine::backend::{ChannelClosed, EventSink};
use crate::inference::{
    EngineError, EngineEvent, FanEvent, FanRequest, FanStats, GeneratedToken, RequestId,
    SamplerLink, TokenId, TokenTrace,
};
use crate::words::{Said, engine::llama as words};

/// Candidates looked at beyond as many as there are branches: bias and grammar may forbid some.
const SPARE: u16 = 16;

/// What is asked of several answers beyond what is asked of each, and what they cost.
pub(super) struct Fan {
    /// How many at most.
    pub(super) branches: u16,
    without: Option<TokenId>,
    pub(super) stats: FanStats,
}

impl Fan {
    pub(super) fn new(request: &FanRequest) -> Self {
        Self {
            branches: request.branches,
            without: request.without,
            stats: FanStats::default(),
        }
    }

    /// How many candidates are looked at for the first tokens, where `wanted` are reported.
    pub(super) fn candidates_to_open(&self, wanted: u16) -> u16 {
        wanted.max(self.branches.max(1).saturating_add(SPARE))
    }
}

/// The tokens that the branches begin with, the most probable first; each with `listed`
/// candidates. The logits are those at `place` of the last batch.
pub(super) fn openings(
    loaded: &mut Loaded,
    opener: &mut Writer,
    fan: &Fan,
    listed: u16,
    place: usize,
) -> Result<Vec<GeneratedToken>, EngineError> {
    let mut token = opener.choose(loaded, place)?;
    let all = token.trace.candidates.clone();
    let listed = usize::from(listed);
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

/// A sequence for each branch, as many as there is room for; all hold what `first` holds.
pub(super) fn rows(
    loaded: &mut Loaded,
    first: usize,
    wanted: usize,
    events: &mut dyn EventSink,
) -> Result<Vec<usize>, ChannelClosed> {
    let mut wanted = wanted.min(loaded.context.rows());
    while wanted > 1 && !loaded.ensure_room(wanted, events)? {
        wanted -= 1;
    }
    let mut rows = vec![first];
    while rows.len() < wanted {
        let Some(row) = loaded.context.branch_off(first) else {
            break;
        };
        rows.push(row);
    }
    rows.truncate(wanted);
    Ok(rows)
}

pub(super) fn tell_if_fewer(
    loaded: &Loaded,
    request: RequestId,
    asked: u16,
    possible: usize,
    written: usize,
    events: &mut dyn EventSink,
) -> Result<(), ChannelClosed> {
    if written >= usize::from(asked) {
        return Ok(());
    }
    let why = if written == possible {
        words::NO_OTHER_TOKEN
    } else if !loaded.info.can_rewind {
        words::CANNOT_SHARE
    } else if written == loaded.context.rows() {
        words::NO_MORE_ROWS
    } else {
        words::NO_MORE_ROOM
    };
    let text = Said::new(|| words::fewer_continuations(written, asked, why));
    events.send(EngineEvent::Notice {
        request: Some(request),
        text,
    })
}

/// Says of each token which branch it belongs to, where there are several.
pub(super) struct BranchSink<'a> {
    request: RequestId,
    branch: Option<u16>,
    events: &'a mut dyn EventSink,
}

impl<'a> BranchSink<'a> {
    pub(super) fn new(
        request: RequestId,
        branch: Option<u16>,
        events: &'a mut dyn EventSink,
    ) -> Self {
        Self {
            request,
            branch,
            events,
        }
    }
}

impl EventSink for BranchSink<'_> {
    fn send(&mut self, event: EngineEvent) -> Result<(), ChannelClosed> {
        let event = match (event, self.branch) {
            (EngineEvent::Token(token), Some(branch)) => EngineEvent::Fan {
                request: self.request,
                event: FanEvent::Token { branch, token },
            },
            (other, _) => other,
        };
        self.events.send(event)
    }
}
