//! The sampler chain, applied link by link, so that each candidate's fate is known.
//!
//! llama.cpp's own samplers do the work. Each is applied to the candidate array by itself;
//! between two of them it is seen which of the reported candidates are gone. Where the first
//! link that acts is top-k, the chain starts from the few best tokens instead of the whole
//! vocabulary, which changes nothing and saves most of the cost.

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::data::LlamaTokenData;
use llama_cpp_2::token::data_array::LlamaTokenDataArray;

use super::sampler_links::{Link, Selector, links};
use super::vocabulary::llama_token;
use crate::inference::{
    EngineError, LogitChange, Mirostat, SamplerKind, SamplerLink, SamplerSettings, SamplerState,
    TokenId,
};
use crate::words::{Said, engine::llama as words};

/// Below this a temperature divides logits beyond what f32 holds; it is greedy.
const COLDEST: f32 = 1e-6;

/// Tokens that a grammar is asked about before it is asked about the whole vocabulary, which
/// costs some milliseconds. Where it allows one of them, the choice is among these.
const GRAMMAR_SHORTLIST: usize = 256;

/// Logits further below the best than this have probabilities that f32 rounds to 0, from which
/// locally typical sampling would make NaN.
const TYPICAL_REACH: f32 = 70.0;

/// The mark by which it is seen whether XTC's lot fell on acting: only then does it work out
/// the probabilities, whether it drops a token or not. None is below 0.
const UNTOUCHED: f32 = -1.0;

/// What became of a reported candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fate {
    /// Its probability after the samplers, 0..=1.
    pub(super) probability: f32,
    pub(super) link: SamplerLink,
}

/// A ready chain for one generation.
pub(super) struct Chain {
    links: Vec<Link>,
    selector: Selector,
    array: LlamaTokenDataArray,
    /// How many of the best tokens the chain starts from; `None`: the whole vocabulary.
    shortlist: Option<usize>,
    /// The best token is chosen and nothing changes which that is.
    plainly_greedy: bool,
    /// For each token its place among the reported candidates plus one, else 0.
    places: Vec<u16>,
    fates: Vec<Fate>,
    alive: Vec<bool>,
    /// Tokens of the prompt that the penalties look back on.
    memory: usize,
    /// What changed the logits of the reported candidates; `None` where nobody asks.
    changes: Option<Vec<LogitChange>>,
    mirostat: Option<Bound>,
    /// What the samplers that draw lots or remember were at in the last choice.
    state: SamplerState,
}

/// Mirostat's bound on the surprise, kept in step with llama.cpp's own, which cannot be read:
/// `mu` begins at twice `tau` and moves by `-eta * (surprise - tau)` with each choice
/// (`llama_sampler_mirostat_v2_apply` and its sibling for version 1). All but `eta` in bits.
#[derive(Debug, Clone, Copy)]
struct Bound {
    mu: f32,
    tau: f32,
    eta: f32,
}

impl Bound {
    fn new(settings: &SamplerSettings) -> Option<Self> {
        let acts = settings.mirostat != Mirostat::Off && !is_greedy(settings);
        acts.then_some(Self {
            mu: 2.0 * settings.mirostat_tau,
            tau: settings.mirostat_tau,
            eta: settings.mirostat_eta,
        })
    }

    /// Takes the probability that the chosen token had among those that were left.
    fn observe(&mut self, probability: f32) {
        let surprise = -probability.log2();
        self.mu -= self.eta * (surprise - self.tau);
    }
}

impl Chain {
    /// Builds the chain.
    ///
    /// `reported` candidates are to have their fates known; `context` is how far back "the
    /// whole context" reaches, tokens; `suppressed` are tokens that the model's author forbids.
    ///
    /// # Errors
    /// [`EngineError::Sampling`] names the setting that cannot be used.
    pub(super) fn new(
        model: &LlamaModel,
        settings: &SamplerSettings,
        suppressed: &[TokenId],
        seed: u32,
        context: u32,
        reported: usize,
    ) -> Result<Self, EngineError> {
        let (links, selector, memory) = links(model, settings, suppressed, seed, context)?;
        let vocabulary = usize::try_from(model.n_vocab()).unwrap_or(0);
        let greedy = matches!(selector, Selector::Greedy(_));
        Ok(Self {
            // Those that top-k drops are to be seen dropped, so they must be there.
            shortlist: shortlist(&links, &selector, settings)
                .map(|count| count.max(reported) + settings.logit_bias.len() + suppressed.len()),
            plainly_greedy: greedy && links.is_empty(),
            links,
            selector,
            array: LlamaTokenDataArray::new(Vec::new(), false),
            places: vec![0; vocabulary],
            fates: Vec::new(),
            alive: Vec::new(),
            memory,
            changes: None,
            mirostat: Bound::new(settings),
            state: SamplerState::default(),
        })
    }

    /// Takes down from now on what changes the logits of the reported candidates.
    pub(super) fn watch_logits(&mut self) {
        self.changes = Some(Vec::new());
    }

    /// What changed the logits of the reported candidates in the last
    /// [`choose`](Self::choose), if that was [watched](Self::watch_logits).
    pub(super) fn changes(&mut self) -> Vec<LogitChange> {
        self.changes.take().unwrap_or_default()
    }

    /// What the samplers that draw lots or remember were at in the last
    /// [`choose`](Self::choose).
    pub(super) fn state(&self) -> SamplerState {
        self.state
    }

    /// How many of the best tokens [`choose`](Self::choose) needs to be given.
    pub(super) fn best_needed(&self) -> usize {
        if self.plainly_greedy {
            1
        } else {
            self.shortlist.unwrap_or(0)
        }
    }

    /// Shows the penalties what was written before, oldest first. Only as much as they look
    /// back on is read.
    ///
    /// # Errors
    /// [`EngineError::Sampling`] when a sampler refuses a token.
    pub(super) fn remember(&mut self, tokens: &[TokenId]) -> Result<(), EngineError> {
        let from = tokens.len().saturating_sub(self.memory);
        for &token in &tokens[from..] {
            for link in self.links.iter_mut().filter(|link| link.looks_back) {
                accept(&mut link.sampler, token)?;
            }
        }
        Ok(())
    }

    /// Chooses a token. `best` are the most probable tokens, best first, at least
    /// [`best_needed`](Self::best_needed) where there are so many; the fates of the first
    /// `reported` of them can then be read from [`fates`](Self::fates).
    ///
    /// # Errors
    /// [`EngineError::Sampling`] when bias or grammar leave no token.
    pub(super) fn choose(
        &mut self,
        logits: &[f32],
        best: &[(u32, f32)],
        reported: usize,
    ) -> Result<TokenId, EngineError> {
        let reported = &best[..reported.min(best.len())];
        self.state = SamplerState {
            xtc: None,
            mirostat_mu: self.mirostat.map(|bound| bound.mu),
        };
        self.fates.clear();
        self.fates.resize(
            reported.len(),
            Fate {
                probability: 0.0,
                link: SamplerLink::Kept,
            },
        );
        if self.plainly_greedy {
            let &(chosen, _) = best.first().ok_or_else(no_token)?;
            self.only(chosen, reported);
            return Ok(TokenId(chosen));
        }
        for (place, &(id, _)) in (1..).zip(reported) {
            if let Some(entry) = self.places.get_mut(id as usize) {
                *entry = place;
            }
        }
        let chosen = self.run(logits, best, reported);
        for &(id, _) in reported {
            if let Some(entry) = self.places.get_mut(id as usize) {
                *entry = 0;
            }
        }
        chosen
    }

    /// What became of the reported candidates in the last [`choose`](Self::choose).
    pub(super) fn fates(&self) -> &[Fate] {
        &self.fates
    }

    /// Tells the stateful links which token was taken.
    ///
    /// # Errors
    /// [`EngineError::Sampling`] when the grammar has no place for it.
    pub(super) fn accept(&mut self, token: TokenId) -> Result<(), EngineError> {
        for link in self.links.iter_mut().filter(|link| link.has_state) {
            accept(&mut link.sampler, token)?;
        }
        Ok(())
    }

    fn run(
        &mut self,
        logits: &[f32],
        best: &[(u32, f32)],
        reported: &[(u32, f32)],
    ) -> Result<TokenId, EngineError> {
        let mut shortlist = self.shortlist;
        // Only the masks at the head of the chain can leave nothing of a shortlist; then the
        // whole vocabulary is asked.
        let masks = self.links.iter().take_while(|link| link.may_empty).count();
        loop {
            self.fill(logits, best, shortlist);
            for place in 0..masks {
                self.apply(place);
            }
            if !self.array.data.is_empty() {
                break;
            }
            shortlist.take().ok_or_else(no_token)?;
            self.fates
                .iter_mut()
                .for_each(|fate| fate.link = SamplerLink::Kept);
            self.changes.iter_mut().for_each(Vec::clear);
        }
        for place in masks..self.links.len() {
            self.apply(place);
        }
        self.select(reported)
    }

    fn fill(&mut self, logits: &[f32], best: &[(u32, f32)], shortlist: Option<usize>) {
        let entry = |id: u32, logit: f32| LlamaTokenData::new(llama_token(TokenId(id)), logit, 0.0);
        let data = &mut self.array.data;
        data.clear();
        if let Some(count) = shortlist {
            let best = &best[..count.min(best.len())];
            data.extend(best.iter().map(|&(id, _)| entry(id, logits[id as usize])));
        } else {
            // A sort over NaN is undefined in C++, and an impossible token is no candidate.
            let possible = (0..)
                .zip(logits)
                .filter(|(_, logit)| **logit > f32::NEG_INFINITY);
            data.extend(possible.map(|(id, &logit)| entry(id, logit)));
        }
        self.array.sorted = shortlist.is_some();
        self.array.selected = None;
    }

    fn apply(&mut self, place: usize) {
        let before = self.array.data.len();
        let watched = self.links[place]
            .changes
            .filter(|_| self.changes.is_some())
            .map(|by| (by, self.reported_logits()));
        let link = &mut self.links[place];
        if link.kind == SamplerLink::Typical {
            let best = self
                .array
                .data
                .iter()
                .map(LlamaTokenData::logit)
                .fold(f32::MIN, f32::max);
            self.array
                .data
                .retain(|token| token.logit() > best - TYPICAL_REACH);
        }
        // With one token left it draws no lot.
        let lot = link.kind == SamplerLink::Xtc && before > 1;
        if let (true, Some(first)) = (lot, self.array.data.first_mut()) {
            first.set_p(UNTOUCHED);
        }
        self.array.apply_sampler(&mut link.sampler);
        if lot {
            let left_alone = self.array.data.iter().any(|token| token.p() == UNTOUCHED);
            self.state.xtc = Some(!left_alone);
        }
        if link.masks {
            self.array
                .data
                .retain(|token| token.logit() > f32::NEG_INFINITY);
        }
        let kind = link.kind;
        if self.array.data.len() != before {
            self.mark_dropped(kind);
        }
        if let Some((by, before)) = watched {
            let after = self.reported_logits();
            let logits = before
                .into_iter()
                .zip(after)
                .map(|(one, other)| one.zip(other));
            let logits = logits.collect();
            let changes = self.changes.get_or_insert_default();
            changes.push(LogitChange { by, logits });
        }
    }

    /// The logit of each reported candidate that is still in the array.
    fn reported_logits(&self) -> Vec<Option<f32>> {
        let mut logits = vec![None; self.fates.len()];
        for token in &self.array.data {
            if let Some(place) = place_of(&self.places, token) {
                logits[place] = Some(token.logit());
            }
        }
        logits
    }

    /// Notes `link` at each reported candidate that is no longer in the array.
    fn mark_dropped(&mut self, link: SamplerLink) {
        self.alive.clear();
        self.alive.resize(self.fates.len(), false);
        for token in &self.array.data {
            if let Some(place) = place_of(&self.places, token) {
                self.alive[place] = true;
            }
        }
        for (fate, alive) in self.fates.iter_mut().zip(&self.alive) {
            if !alive && fate.link == SamplerLink::Kept {
                fate.link = link;
            }
        }
    }

    fn select(&mut self, reported: &[(u32, f32)]) -> Result<TokenId, EngineError> {
        let before = self.array.data.len();
        self.array.apply_sampler(self.selector.sampler());
        let token = self.array.selected_token().ok_or_else(no_token)?;
        let chosen = u32::try_from(token.0).map_err(|_| no_token())?;
        let selected = self.array.selected.and_then(|at| self.array.data.get(at));
        if let (Some(bound), Some(selected)) = (&mut self.mirostat, selected) {
            bound.observe(selected.p());
        }
        if matches!(self.selector, Selector::Greedy(_)) {
            self.only(chosen, reported);
            return Ok(TokenId(chosen));
        }
        if self.array.data.len() != before {
            self.mark_dropped(SamplerLink::Mirostat);
        }
        for token in &self.array.data {
            if let Some(place) = place_of(&self.places, token) {
                self.fates[place].probability = token.p().clamp(0.0, 1.0);
            }
        }
        Ok(TokenId(chosen))
    }

    /// Greedy choice: `chosen` alone remains.
    fn only(&mut self, chosen: u32, reported: &[(u32, f32)]) {
        for (fate, &(id, _)) in self.fates.iter_mut().zip(reported) {
            if id == chosen {
                fate.probability = 1.0;
            } else if fate.link == SamplerLink::Kept {
                fate.link = SamplerLink::Greedy;
            }
        }
    }
}

fn place_of(places: &[u16], token: &LlamaTokenData) -> Option<usize> {
    let id = usize::try_from(token.id().0).ok()?;
    usize::from(*places.get(id)?).checked_sub(1)
}

/// Whether these settings take the best token, always.
pub(super) fn is_greedy(settings: &SamplerSettings) -> bool {
    let acts =
        settings.mirostat != Mirostat::Off || settings.order.contains(&SamplerKind::Temperature);
    acts && settings.temperature < COLDEST
}

/// How many of the best tokens are enough for the chain to give what the whole vocabulary
/// would, not counting those that are forbidden; `None` where they never are.
fn shortlist(links: &[Link], selector: &Selector, settings: &SamplerSettings) -> Option<usize> {
    let only_forbids = settings
        .logit_bias
        .iter()
        .all(|bias| bias.bias == f32::NEG_INFINITY);
    for link in links {
        match link.kind {
            // A token that is forbidden only moves the others up by one place.
            SamplerLink::LogitBias if only_forbids => {}
            SamplerLink::Grammar => return Some(GRAMMAR_SHORTLIST.max(top_k(settings))),
            SamplerLink::TopK => return Some(top_k(settings)),
            _ => return None,
        }
    }
    matches!(selector, Selector::Greedy(_)).then_some(1)
}

fn top_k(settings: &SamplerSettings) -> usize {
    usize::try_from(settings.top_k).unwrap_or(0)
}

fn accept(sampler: &mut LlamaSampler, token: TokenId) -> Result<(), EngineError> {
    sampler
        .try_accept(llama_token(token))
        .map_err(|_| EngineError::Sampling {
            reason: Said::new(|| words::token_unfit(token.0)),
        })
}

fn no_token() -> EngineError {
    EngineError::Sampling {
        reason: words::NO_TOKEN_LEFT.into(),
    }
}

#[cfg(test)]
mod tests;
