//! What a conversation starts with: settings to a model, an engine and a driver.

use std::cell::LazyCell;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::models::{self, ModelsContext};
use crate::chat::ConversationId;
use crate::chat::session::{ContextPolicy, SessionOptions};
use crate::cli::{ExitStatus, Failure, Origin, Resolved, Resume};
use crate::config::presets::MODEL_PRESET;
use crate::config::{ContextFull, KeepAlive, Settings, Verbosity, table};
use crate::driver::{Bandwidth, Driver, DriverOptions, InstalledModels, Library, Store, ulid};
use crate::engine::resident::{Place, Resident};
use crate::engine::states::WORTH_KEEPING;
use crate::engine::{Engine, ProcessEngine, ProcessOptions, States};
use crate::inference::{ConversationKey, LoadRequest, RequestId, SamplerSettings};
use crate::model::recommended::recommended;
use crate::model::tuning::{Open, Tuning};
use crate::model::{Catalog, DEFAULT_MODEL, ResolveError, StorePaths, resolve};
use crate::text;
use crate::words::{commands as words, offer as offers};

/// Where models are, and how they are got.
#[must_use]
pub fn models_context(resolved: &Resolved) -> ModelsContext {
    let paths = &resolved.paths;
    let variable = |name| std::env::var(name).ok().filter(|it| !it.is_empty());
    let incognito = resolved.settings.incognito;
    ModelsContext {
        paths: StorePaths {
            // Without a home there is no store: a folder that does not exist holds nothing.
            store: paths
                .models_dir()
                .unwrap_or_else(|_| PathBuf::from("/nonexistent")),
            fingerprints: paths
                .cache_dir()
                .ok()
                .filter(|_| !incognito)
                .map(|it| it.join("fingerprints.json")),
            catalog: paths
                .settings_file()
                .ok()
                .and_then(|it| Some(it.parent()?.join("catalog.toml"))),
        },
        offline: resolved.settings.offline,
        hub: variable("HF_ENDPOINT"),
        token: variable("HF_TOKEN"),
        quiet: resolved.settings.verbosity == Verbosity::Quiet,
    }
}

/// The file of the model that the settings name, the catalogue's default if none. With
/// `may_ask`, a model of the catalogue that is not here is offered to be got.
///
/// # Errors
/// It is not here, or could not be got.
pub fn model(resolved: &Resolved, may_ask: bool) -> Result<PathBuf, Failure> {
    let spec = resolved.settings.model.as_deref().unwrap_or(DEFAULT_MODEL);
    named_model(resolved, spec, may_ask)
}

/// The name of the model that the settings ask for, where it is in the catalogue and not here.
#[must_use]
pub fn missing_model(resolved: &Resolved) -> Option<String> {
    let spec = resolved.settings.model.as_deref().unwrap_or(DEFAULT_MODEL);
    match resolve::resolve(spec, &models_context(resolved).paths) {
        Err(ResolveError::NotPulled(name)) => Some(name),
        _ => None,
    }
}

/// As [`model`], for the model that `spec` names.
///
/// # Errors
/// It is not here, or could not be got.
pub fn named_model(resolved: &Resolved, spec: &str, may_ask: bool) -> Result<PathBuf, Failure> {
    let context = models_context(resolved);
    let missing = match resolve::resolve(spec, &context.paths) {
        Err(ResolveError::NotPulled(name)) => name,
        Ok(path) => return Ok(path),
        Err(_) => return models::find(spec, &context),
    };
    if may_ask && !context.offline && wants(&missing, context.paths.clone()) {
        return models::pull(&missing, &context);
    }
    models::find(spec, &context)
}

/// Asks on the terminal whether a model is to be got, and says what it is.
fn wants(name: &str, paths: StorePaths) -> bool {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return false;
    }
    let mut said = vec![offers::missing(name)];
    if let Some(offer) = InstalledModels::new(paths).offer(name) {
        let facts = offer.facts(models::size(offer.size));
        said.extend([offer.title, facts]);
    }
    let said: String = said
        .iter()
        .map(|line| format!("{}\n", text::visible_line(line)))
        .collect();
    let mut answer = String::new();
    let asked = write!(io::stderr(), "{said}{}", offers::GET_IT_NOW)
        .and_then(|()| io::stdin().lock().read_line(&mut answer));
    let answer = answer.trim().to_lowercase();
    asked.is_ok_and(|bytes| bytes > 0) && matches!(answer.as_str(), "" | "y" | "yes")
}

/// How the settings want `path` loaded, and what they leave open as was found best for it.
#[must_use]
pub fn load_request(resolved: &Resolved, path: PathBuf) -> LoadRequest {
    let mut load = resolved.settings.load.request(RequestId(1), path);
    if let Some(tuning) = tuning(resolved) {
        tuning.apply(&mut load);
    }
    load
}

/// How fast this machine reads its memory; incognito it is measured anew each time.
#[must_use]
pub fn bandwidth(resolved: &Resolved) -> Bandwidth {
    let cache = resolved.paths.cache_dir().ok();
    Bandwidth::new(
        cache
            .filter(|_| !resolved.settings.incognito)
            .map(|cache| cache.join("bandwidth.json")),
    )
}

/// What was found best for models on this machine; `None` where there is no place to keep it.
#[must_use]
pub fn tuning(resolved: &Resolved) -> Option<Tuning> {
    let is_open = |keys: &[&str]| {
        let mut settings = table::all().filter(|setting| keys.contains(&setting.key));
        settings.all(|setting| resolved.value(setting).1 == Origin::Default)
    };
    Some(Tuning {
        file: resolved.paths.tuned_file().ok()?,
        fingerprints: resolved.paths.cache_dir().ok()?.join("fingerprints.json"),
        open: Open {
            threads: is_open(&["load.threads"]),
            ubatch_size: is_open(&["load.ubatch_size"]),
            flash_attention: is_open(&["load.flash_attn"]),
            cache_type: is_open(&["load.cache_type_k", "load.cache_type_v"]),
        },
    })
}

/// As [`load_request`], with the draft that the settings name.
///
/// # Errors
/// The draft is not here.
pub fn load_request_with_draft(resolved: &Resolved, path: PathBuf) -> anyhow::Result<LoadRequest> {
    with_draft(resolved, load_request(resolved, path))
}

fn with_draft(resolved: &Resolved, mut load: LoadRequest) -> anyhow::Result<LoadRequest> {
    if let Some(name) = &resolved.settings.load.draft {
        load.draft = Some(std::path::absolute(named_model(resolved, name, false)?)?);
    }
    Ok(load)
}

/// An engine process of this program alone, that has not started yet.
///
/// # Errors
/// The program's own file or a thread cannot be had.
pub fn engine(settings: &Settings) -> anyhow::Result<ProcessEngine> {
    engine_beside(settings, None, None)
}

/// As [`engine`], and what it computes of conversations outlives it.
///
/// # Errors
/// As [`engine`].
pub fn keeping_engine(resolved: &Resolved) -> anyhow::Result<ProcessEngine> {
    engine_beside(&resolved.settings, None, states(resolved))
}

/// Where what is computed of conversations is kept; `None` where nothing is to be.
#[must_use]
pub fn states(resolved: &Resolved) -> Option<States> {
    let settings = &resolved.settings;
    let nothing = settings.incognito || !settings.history.enabled;
    kept_states(resolved).filter(|states| states.limit > 0 && !nothing)
}

/// Where it was kept, whatever the settings are now.
#[must_use]
pub fn kept_states(resolved: &Resolved) -> Option<States> {
    let cache = resolved.paths.cache_dir().ok()?;
    Some(States {
        root: cache.join("states"),
        limit: u64::from(resolved.settings.history.kv_cache_mb) << 20,
        worth: WORTH_KEEPING,
        fingerprints: cache.join("fingerprints.json"),
    })
}

/// Lets go of what was deleted more than `days` ago, and of what was computed of conversations
/// that cannot come back. It is tried again at the next start, so a failure is only logged.
pub fn expire_deleted(store: &Store, states: Option<&States>, days: u32) {
    let gone = store.expire_deleted(days).unwrap_or_else(|error| {
        tracing::warn!("{error}");
        Vec::new()
    });
    let Some(states) = states else { return };
    let keys = gone.into_iter().filter_map(|id| ConversationKey::new(id.0));
    for key in keys {
        if let Err(error) = states.forget(&key) {
            tracing::warn!("{error}");
        }
    }
    // Only where something was unused for a day are all conversations listed.
    let known = LazyCell::new(|| {
        let known = store.known();
        known.inspect_err(|error| tracing::warn!("{error}"))
    });
    // What conversations begin with alike is kept under a name of another form.
    let is_stray = |name: &str| {
        let is_gone = || {
            (*known)
                .as_ref()
                .is_ok_and(|it| !it.contains(&ConversationId(name.to_owned())))
        };
        ulid::is_ulid(name) && is_gone()
    };
    if let Err(error) = states.forget_strays(is_stray) {
        tracing::warn!("{error}");
    }
}

/// The resident engine where it has the model that will be loaded, else one of this program
/// alone. Where the settings keep engines alive, a resident one is started. With `keep`, what
/// it computes of conversations may outlive it.
///
/// # Errors
/// As [`engine`].
pub fn shared_engine(resolved: &Resolved, keep: bool) -> anyhow::Result<ProcessEngine> {
    let settings = &resolved.settings;
    let folder = resolved.paths.runtime_dir().ok();
    // What is said incognito stays in no process that outlives it.
    let resident = folder
        .filter(|_| !settings.incognito)
        .map(|folder| Resident {
            place: Place::new(folder),
            keep_alive: (settings.keep_alive != KeepAlive::Off)
                .then(|| settings.keep_alive.to_string()),
        });
    engine_beside(settings, resident, states(resolved).filter(|_| keep))
}

fn engine_beside(
    settings: &Settings,
    resident: Option<Resident>,
    states: Option<States>,
) -> anyhow::Result<ProcessEngine> {
    let options = ProcessOptions::this_program().context(words::NO_PROGRAM)?;
    ProcessEngine::new(ProcessOptions {
        sandbox: settings.sandbox,
        verbose: settings.verbosity == Verbosity::Verbose,
        resident,
        states,
        ..options
    })
    .context(words::NO_ENGINE_THREAD)
}

/// What is asked of the session, beyond the settings.
#[derive(Debug, Clone, Default)]
pub struct Conversation<'a> {
    /// Whether it may be written down; incognito and the settings may still forbid it.
    pub keep: bool,
    /// Whether the computed tokens before the user's first message may be kept where it is not.
    pub keep_opening: bool,
    /// Whether anyone sees what else its tokens could have been.
    pub odds: bool,
    /// No template.
    pub raw: bool,
    /// The stored conversation to go on with.
    pub resume: Option<&'a Resume>,
}

/// A driver with its engine on the way, and the stored conversation that it is opening.
///
/// # Errors
/// The conversation to go on with is not there, or a thread cannot be started.
pub fn driver(
    resolved: &Resolved,
    model: impl Into<Option<PathBuf>>,
    conversation: &Conversation<'_>,
) -> anyhow::Result<(Driver, Option<ConversationId>)> {
    let model = model.into();
    let settings = &resolved.settings;
    let folder = resolved.paths.history_dir();
    let open = match conversation.resume {
        None => None,
        Some(resume) => Some(stored(&Store::new(folder.clone()?), resume)?),
    };
    let engine = shared_engine(resolved, conversation.keep || conversation.keep_opening)?;
    engine.start();
    let options = DriverOptions {
        session: SessionOptions {
            sampling: match &model {
                Some(model) => sampling(resolved, model)?,
                None => settings.sampling.clone(),
            },
            max_tokens: settings.answer.predict,
            stop: settings.answer.stop.clone(),
            candidates: if conversation.odds {
                settings.answer.candidates
            } else {
                0
            },
            candidate_mass: settings.ui.candidate_mass,
            stored_candidates: settings.history.candidates.into(),
            system: settings.answer.system.clone(),
            prefill: resolved.talk.prefill.clone(),
            context_full: match settings.answer.context_full {
                ContextFull::Stop => ContextPolicy::Stop,
                ContextFull::DropOldest => ContextPolicy::DropOldest,
                ContextFull::Summarise => ContextPolicy::Summarise,
            },
            raw: conversation.raw,
            chat_template: settings.answer.chat_template.clone(),
            think: settings.answer.thinking.asked(),
            load: Some(with_draft(
                resolved,
                settings
                    .load
                    .request(RequestId(1), model.clone().unwrap_or_default()),
            )?),
            record: conversation.keep && settings.history.enabled && !settings.incognito,
            keep_opening: conversation.keep_opening,
            ..SessionOptions::default()
        },
        history: folder.map_err(|error| error.to_string()),
        open: open.clone(),
        model,
        tuning: tuning(resolved),
    };
    let engine: Box<dyn Engine> = Box::new(engine);
    Ok((Driver::new(options, engine), open))
}

/// The sampler settings for a model: where they are to be as its makers recommend, those that
/// nobody set.
fn sampling(resolved: &Resolved, model: &Path) -> anyhow::Result<SamplerSettings> {
    let settings = &resolved.settings;
    if settings.preset.as_deref() != Some(MODEL_PRESET) {
        return Ok(settings.sampling.clone());
    }
    let catalog = models_context(resolved).paths.catalog;
    let catalog = Catalog::load(catalog.as_deref())?;
    let presets = match recommended(model, &catalog) {
        Some(found) => resolved.presets.with_model(found.source, &found.values),
        None => resolved.presets.clone(),
    };
    let preset = presets.find(MODEL_PRESET).map_err(|problem| {
        Failure::usage(words::no_preset(MODEL_PRESET, problem)).hint(words::PRESETS_FOR_ALL)
    })?;
    // Where a flag asks for it, it counts more than the settings file.
    let in_file = |origin: &Origin| matches!(origin, Origin::File { .. });
    let asked = resolved.value(table::find("sampling.preset")?).1;
    let mut merged = settings.clone();
    for (setting, value) in preset.values() {
        let origin = resolved.value(setting).1;
        if origin == Origin::Default || in_file(&origin) && !in_file(&asked) {
            setting
                .write(&mut merged, value)
                .map_err(anyhow::Error::msg)?;
        }
    }
    Ok(merged.sampling)
}

/// The id of the stored conversation that is meant.
///
/// # Errors
/// There is none, or more than one.
pub fn stored(store: &Store, resume: &Resume) -> Result<ConversationId, Failure> {
    let found = match resume {
        Resume::Last => store.latest(),
        Resume::Id(prefix) => store.find(prefix),
    };
    found.map_err(|error| Failure::new(ExitStatus::Failed, error).hint(words::HISTORY_LIST))
}
