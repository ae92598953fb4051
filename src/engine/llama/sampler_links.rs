//! The links of a sampler chain: settings checked, and llama.cpp's samplers made of them.
//!
//! Order and meaning follow `common_sampler_init` of llama.cpp's `common/sampling.cpp`: bias
//! first, then either mirostat or the links in the user's order, then the selection. A grammar
//! acts right after the bias. At temperature 0 the truncating links cannot change which token
//! is the best, so they are left out.

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::logit_bias::LlamaLogitBias;

use super::constraint;
use super::samplers::is_greedy;
use super::vocabulary::llama_token;
use crate::inference::{
    EngineError, LogitChanger, Mirostat, SamplerKind, SamplerLink, SamplerSettings, TokenId,
};
use crate::words::{Said, engine::llama as words};

/// Candidates that mirostat 1.0 estimates the distribution's shape from; llama.cpp's constant.
const MIROSTAT_M: i32 = 100;

/// One step of the chain.
pub(super) struct Link {
    pub(super) sampler: LlamaSampler,
    /// What a candidate that it drops is marked with; `Kept` for links that drop none.
    pub(super) kind: SamplerLink,
    /// What it is called where it changes logits.
    pub(super) changes: Option<LogitChanger>,
    /// It drops candidates by a logit of negative infinity.
    pub(super) masks: bool,
    /// It may leave no candidate.
    pub(super) may_empty: bool,
    /// It must be told the tokens that are taken.
    pub(super) has_state: bool,
    /// It must be told the tokens of the prompt as well.
    pub(super) looks_back: bool,
}

/// The sampler that ends the chain by choosing.
pub(super) enum Selector {
    Greedy(LlamaSampler),
    Draw(LlamaSampler),
}

impl Selector {
    pub(super) fn sampler(&mut self) -> &mut LlamaSampler {
        match self {
            Self::Greedy(sampler) | Self::Draw(sampler) => sampler,
        }
    }
}

impl Link {
    fn new(kind: SamplerLink, sampler: LlamaSampler) -> Self {
        Self {
            sampler,
            kind,
            changes: None,
            masks: false,
            may_empty: false,
            has_state: false,
            looks_back: false,
        }
    }

    fn changing(changes: LogitChanger, sampler: LlamaSampler) -> Self {
        Self {
            changes: Some(changes),
            ..Self::new(SamplerLink::Kept, sampler)
        }
    }

    fn looking_back(changes: LogitChanger, sampler: LlamaSampler) -> Self {
        Self {
            has_state: true,
            looks_back: true,
            ..Self::changing(changes, sampler)
        }
    }

    pub(super) fn mask(kind: SamplerLink, sampler: LlamaSampler) -> Self {
        Self {
            masks: true,
            may_empty: true,
            ..Self::new(kind, sampler)
        }
    }
}

/// Makes the links that act, the selector, and says how many tokens the links look back on.
pub(super) fn links(
    model: &LlamaModel,
    settings: &SamplerSettings,
    suppressed: &[TokenId],
    seed: u32,
    context: u32,
) -> Result<(Vec<Link>, Selector, usize), EngineError> {
    check(settings, model.n_vocab())?;
    let mut made = Vec::new();
    made.extend(bias(model, settings, suppressed));
    made.extend(constraint::link(model, settings)?);
    let mut memory = 0;
    let greedy = is_greedy(settings);
    if settings.mirostat == Mirostat::Off || greedy {
        for &kind in &settings.order {
            let Some((link, reach)) = link(model, settings, kind, seed, context, greedy)? else {
                continue;
            };
            memory = memory.max(reach);
            made.push(link);
        }
    } else {
        made.push(Link::changing(
            LogitChanger::Temperature,
            LlamaSampler::temp(settings.temperature),
        ));
    }
    let selector = match settings.mirostat {
        _ if greedy => Selector::Greedy(LlamaSampler::greedy()),
        Mirostat::Off => Selector::Draw(LlamaSampler::dist(seed)),
        Mirostat::V1 => Selector::Draw(LlamaSampler::mirostat(
            model.n_vocab(),
            seed,
            settings.mirostat_tau,
            settings.mirostat_eta,
            MIROSTAT_M,
        )),
        Mirostat::V2 => Selector::Draw(LlamaSampler::mirostat_v2(
            seed,
            settings.mirostat_tau,
            settings.mirostat_eta,
        )),
    };
    Ok((made, selector, memory))
}

/// One link of the user's order and how far back it looks; `None` where its setting turns it
/// off.
fn link(
    model: &LlamaModel,
    settings: &SamplerSettings,
    kind: SamplerKind,
    seed: u32,
    context: u32,
    greedy: bool,
) -> Result<Option<(Link, usize)>, EngineError> {
    let s = settings;
    let link = match kind {
        SamplerKind::Penalties => {
            let reach = look_back(s.repeat_last_n, context);
            let off =
                s.repeat_penalty == 1.0 && s.frequency_penalty == 0.0 && s.presence_penalty == 0.0;
            if off || reach == 0 {
                return Ok(None);
            }
            let sampler = LlamaSampler::penalties(
                model.n_vocab(),
                reach,
                s.repeat_penalty,
                s.frequency_penalty,
                s.presence_penalty,
            );
            let link = Link::looking_back(LogitChanger::Penalties, sampler);
            return Ok(Some((link, reach as usize)));
        }
        SamplerKind::Dry => {
            let reach = look_back(s.dry.penalty_last_n, context);
            if s.dry.multiplier == 0.0 || s.dry.base < 1.0 || reach == 0 {
                return Ok(None);
            }
            let breakers = &s.dry.sequence_breakers;
            if breakers.iter().any(|breaker| breaker.contains('\0')) {
                return Err(refused(|| words::BREAKER_WITH_NUL.into()));
            }
            let sampler = LlamaSampler::dry(
                model,
                s.dry.multiplier,
                s.dry.base,
                s.dry.allowed_length,
                reach,
                breakers,
            );
            let link = Link::looking_back(LogitChanger::Dry, sampler);
            return Ok(Some((link, reach as usize)));
        }
        _ if greedy => None,
        SamplerKind::TopNSigma => (s.top_n_sigma > 0.0).then(|| Link {
            // The best candidate always stays.
            may_empty: false,
            ..Link::mask(
                SamplerLink::TopNSigma,
                LlamaSampler::top_n_sigma(s.top_n_sigma),
            )
        }),
        SamplerKind::TopK => {
            (s.top_k > 0).then(|| Link::new(SamplerLink::TopK, LlamaSampler::top_k(s.top_k)))
        }
        SamplerKind::Typical => (s.typical_p < 1.0)
            .then(|| Link::new(SamplerLink::Typical, LlamaSampler::typical(s.typical_p, 1))),
        SamplerKind::TopP => {
            (s.top_p < 1.0).then(|| Link::new(SamplerLink::TopP, LlamaSampler::top_p(s.top_p, 1)))
        }
        SamplerKind::MinP => {
            (s.min_p > 0.0).then(|| Link::new(SamplerLink::MinP, LlamaSampler::min_p(s.min_p, 1)))
        }
        SamplerKind::Xtc => (s.xtc_probability > 0.0 && s.xtc_threshold <= 0.5).then(|| {
            let sampler = LlamaSampler::xtc(s.xtc_probability, s.xtc_threshold, 1, seed);
            Link::new(SamplerLink::Xtc, sampler)
        }),
        SamplerKind::Temperature => Some(Link::changing(
            LogitChanger::Temperature,
            LlamaSampler::temp(s.temperature),
        )),
    };
    Ok(link.map(|link| (link, 0)))
}

fn bias(model: &LlamaModel, settings: &SamplerSettings, suppressed: &[TokenId]) -> Option<Link> {
    let forbidden = suppressed.iter().map(|&id| (id, f32::NEG_INFINITY));
    let biases: Vec<_> = settings
        .logit_bias
        .iter()
        .map(|bias| (bias.id, bias.bias))
        .chain(forbidden)
        .map(|(id, bias)| LlamaLogitBias::new(llama_token(id), bias))
        .collect();
    (!biases.is_empty()).then(|| Link {
        changes: Some(LogitChanger::Bias),
        ..Link::mask(
            SamplerLink::LogitBias,
            LlamaSampler::logit_bias(model.n_vocab(), &biases),
        )
    })
}

/// How many tokens a penalty looks back on. llama.cpp takes a negative number for 0, and
/// allocates what it is told.
fn look_back(tokens: i32, context: u32) -> i32 {
    let context = i32::try_from(context).unwrap_or(i32::MAX);
    if tokens < 0 {
        context
    } else {
        tokens.min(context)
    }
}

fn refused(why: impl Fn() -> String) -> EngineError {
    EngineError::Sampling {
        reason: Said::new(why),
    }
}

/// Refuses what llama.cpp would take for something else, or compute NaN from.
fn check(settings: &SamplerSettings, vocabulary: i32) -> Result<(), EngineError> {
    let s = settings;
    let finite = [
        ("temperature", s.temperature),
        ("top_p", s.top_p),
        ("min_p", s.min_p),
        ("typical_p", s.typical_p),
        ("top_n_sigma", s.top_n_sigma),
        ("xtc_probability", s.xtc_probability),
        ("xtc_threshold", s.xtc_threshold),
        ("dry_multiplier", s.dry.multiplier),
        ("dry_base", s.dry.base),
        ("repeat_penalty", s.repeat_penalty),
        ("presence_penalty", s.presence_penalty),
        ("frequency_penalty", s.frequency_penalty),
        ("mirostat_tau", s.mirostat_tau),
        ("mirostat_eta", s.mirostat_eta),
    ];
    if let Some((name, value)) = finite.iter().find(|(_, value)| !value.is_finite()) {
        return Err(refused(|| words::no_number(name, value)));
    }
    if s.repeat_penalty <= 0.0 || !(1.0 / s.repeat_penalty).is_finite() {
        return Err(refused(|| words::repeat_penalty_low(s.repeat_penalty)));
    }
    if s.mirostat != Mirostat::Off && s.mirostat_tau <= 0.0 {
        return Err(refused(|| words::mirostat_tau_low(s.mirostat_tau)));
    }
    let size = u32::try_from(vocabulary).unwrap_or(0);
    for bias in &s.logit_bias {
        if bias.id.0 >= size {
            let last = size.saturating_sub(1);
            return Err(refused(|| words::bias_beyond(bias.id.0, last)));
        }
        if bias.bias.is_nan() || bias.bias == f32::INFINITY {
            return Err(refused(|| words::bias_not_finite(bias.id.0, bias.bias)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::LogitBias;

    #[test]
    fn the_defaults_are_usable() {
        assert_eq!(check(&SamplerSettings::default(), 100), Ok(()));
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        let wrong = |change: fn(&mut SamplerSettings)| {
            let mut settings = SamplerSettings::default();
            change(&mut settings);
            check(&settings, 100).unwrap_err().to_string()
        };
        assert!(wrong(|s| s.temperature = f32::NAN).contains("temperature"));
        assert!(wrong(|s| s.dry.base = f32::INFINITY).contains("dry_base"));
        assert!(wrong(|s| s.repeat_penalty = 0.0).contains("repeat_penalty"));
        assert!(wrong(|s| s.repeat_penalty = 1e-45).contains("repeat_penalty"));
        let biased = |id, bias| LogitBias {
            id: TokenId(id),
            bias,
        };
        let mut settings = SamplerSettings {
            logit_bias: vec![biased(100, 1.0)],
            ..Default::default()
        };
        assert!(
            check(&settings, 100)
                .unwrap_err()
                .to_string()
                .contains("0 to 99")
        );
        settings.logit_bias = vec![biased(3, f32::INFINITY)];
        assert!(
            check(&settings, 100)
                .unwrap_err()
                .to_string()
                .contains("token 3")
        );
        settings.logit_bias = vec![biased(3, f32::NEG_INFINITY)];
        assert_eq!(check(&settings, 100), Ok(()));
    }

    #[test]
    fn the_whole_context_is_as_far_as_penalties_look_back() {
        assert_eq!(look_back(-1, 4096), 4096);
        assert_eq!(look_back(i32::MAX, 4096), 4096);
        assert_eq!(look_back(64, 4096), 64);
        assert_eq!(look_back(0, 4096), 0);
    }
}
