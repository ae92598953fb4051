//! Where the model looked: the attention weights of one token over those before it.
//!
//! The prompt is read in a context of its own, with flash attention off, since that never
//! writes the weights down. Only the last token is read alone and watched: one row of weights
//! for each head of each layer.

mod probe;

use std::time::Instant;

use self::probe::Probe;
use super::errand::{Errand, Went};
use super::prefill::{check_ids, count, tell};
use super::schedule::Answers;
use super::{End, Loaded, prompt};
use crate::engine::backend::EventSink;
use crate::inference::{
    AttendAt, AttendRequest, AttendedToken, AttentionEvent, AttentionWindow, EngineError,
    EngineEvent, RequestId, TokenId,
};
use crate::words::{Said, engine::llama as words};

/// Tokens that are looked at, at most: the weights of a large model over as many (80 layers of
/// 64 heads) take 42 MB, and reading without flash attention takes time in their square.
const WINDOW: usize = 2048;

/// A request, carried out to its `Attended`.
pub(super) struct Looking {
    request: Box<AttendRequest>,
    /// `None` until it begins.
    run: Option<Run>,
}

/// A prompt that is read up to the token that looks.
struct Run {
    window: Vec<TokenId>,
    /// Tokens before those.
    cut: usize,
    /// Tokens that are read.
    done: usize,
    probe: Probe,
}

impl Looking {
    pub(super) fn new(request: Box<AttendRequest>) -> Self {
        Self { request, run: None }
    }
}

impl Errand for Looking {
    fn request(&self) -> RequestId {
        self.request.request
    }

    fn go_on(
        &mut self,
        loaded: &mut Loaded,
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Went, End> {
        let id = self.request.request;
        let Some(run) = &mut self.run else {
            let run = begin(loaded, &self.request, events)?;
            tell(events, id, 0, count(run.window.len()), 0)?;
            self.run = Some(run);
            return Ok(Went::On);
        };
        if run.done + 1 < run.window.len() {
            run.read(loaded, answers)?;
            tell(events, id, count(run.done), count(run.window.len()), 0)?;
            return Ok(Went::On);
        }
        run.look(loaded, id, events)?;
        events.send(EngineEvent::Attended { request: id })?;
        Ok(Went::Over)
    }
}

/// Cuts the prompt into tokens, and makes a context for them.
fn begin(
    loaded: &mut Loaded,
    request: &AttendRequest,
    events: &mut dyn EventSink,
) -> Result<Run, End> {
    let mut window = prefix(loaded, request, events)?;
    check_ids(loaded, &window)?;
    let most = match loaded.info.context_trained as usize {
        0 => WINDOW,
        trained => WINDOW.min(trained),
    };
    let cut = window.len().saturating_sub(most);
    window.drain(..cut);
    let size = count(window.len());
    loaded.check_room(size)?;
    let settings = loaded.context.settings();
    let probe = Probe::new(&loaded.model, settings, size)
        .map_err(|reason| EngineError::Refused { reason })?;
    Ok(Run {
        window,
        cut,
        done: 0,
        probe,
    })
}

impl Run {
    /// Reads on, up to the last token at most.
    fn read(&mut self, loaded: &mut Loaded, answers: Answers) -> Result<(), EngineError> {
        let remaining = self.window.len() - 1 - self.done;
        let (ubatch, batch) = (self.probe.ubatch_size(), self.probe.batch_size());
        let chunk = loaded
            .pace
            .chunk_in_turn(remaining, self.done, ubatch, batch, answers.count);
        let started = Instant::now();
        self.probe
            .read(&self.window[self.done..self.done + chunk])?;
        loaded.pace.learn(chunk, self.done, started.elapsed());
        self.done += chunk;
        Ok(())
    }

    /// Reads the last token, and tells where it looked.
    fn look(
        &mut self,
        loaded: &Loaded,
        id: RequestId,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let size = self.window.len();
        let layers = self.probe.look(self.window[size - 1], size)?;
        if layers.is_empty() {
            return Err(EngineError::NoAttention {
                architecture: loaded.info.architecture.clone(),
            }
            .into());
        }
        tell(events, id, count(size), count(size), 0)?;
        let vocabulary = &loaded.vocabulary;
        let tokens = self.window.iter().map(|&id| AttendedToken {
            id,
            kind: vocabulary.kind(id),
            bytes: vocabulary.piece(id, true),
        });
        let window = AttentionWindow {
            tokens: tokens.collect(),
            cut: count(self.cut),
        };
        let mut send = |event| events.send(EngineEvent::Attention { request: id, event });
        send(AttentionEvent::Window(window))?;
        // A frame for each layer: those of a large model would not fit into one.
        for layer in layers {
            send(AttentionEvent::Layer(layer))?;
        }
        Ok(())
    }
}

/// The prompt up to the token that looks.
fn prefix(
    loaded: &mut Loaded,
    request: &AttendRequest,
    events: &mut dyn EventSink,
) -> Result<Vec<TokenId>, End> {
    let template = request.chat_template.as_deref();
    match request.at {
        AttendAt::Last => {
            prompt::tokens(loaded, request.request, &request.prompt, template, events)
        }
        AttendAt::Message { message, token } => {
            let (mut tokens, content) = prompt::message(
                loaded,
                request.request,
                &request.prompt,
                template,
                message as usize,
                events,
            )?;
            let at = content.start + token as usize;
            if at >= content.end {
                let reason =
                    Said::new(|| words::message_shorter(content.len(), u64::from(token) + 1));
                return Err(EngineError::Refused { reason }.into());
            }
            tokens.truncate(at + 1);
            Ok(tokens)
        }
    }
}
