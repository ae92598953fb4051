//! `limpid attention`: where the model looks at one token of a text.

mod report;

use std::io::Write;

use super::ask::{ask, load, tokenize, unexpected};
use super::progress::Progress;
use crate::cli::Failure;
use crate::engine::Engine;
use crate::inference::{
    AttendAt, AttendRequest, AttentionEvent, AttentionLayer, AttentionWindow, EngineCommand,
    EngineError, EngineEvent, LoadRequest, Prompt, RequestId, TokenId,
};
use crate::probability::attention::{Heads, weights};
use crate::words::commands::{self, attention as words};

/// What to show.
#[derive(Debug, Clone, Copy)]
pub struct AttentionOptions {
    /// The token that looks, counted from 1; `None`: the last.
    pub token: Option<usize>,
    /// The model's number of a layer, counted from 0; `None`: the mean over all.
    pub layer: Option<u32>,
    /// Counted from 0; `None`: the mean over the layer's. Only with `layer`.
    pub head: Option<usize>,
    pub format: AttentionFormat,
    /// Say nothing of the progress.
    pub quiet: bool,
}

/// How the weights are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttentionFormat {
    /// The strongest sources.
    Table,
    /// Every token of the window with its weight.
    Json,
    /// A page with a heat map.
    Html,
}

/// What came of a request.
#[derive(Debug, Clone, Default)]
struct Attention {
    window: AttentionWindow,
    layers: Vec<AttentionLayer>,
}

/// Reads `input` and writes where the model looks to `out`.
///
/// # Errors
/// The model cannot be loaded or its attention not read, there is no such token, layer or head,
/// or `out` cannot be written.
pub fn run(
    engine: &dyn Engine,
    model: LoadRequest,
    input: &str,
    options: AttentionOptions,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut progress = Progress::new(commands::READING, options.quiet);
    // The text is read in a context of its own.
    let model = LoadRequest {
        context_size: Some(256),
        ..model
    };
    load(engine, model, |_| ())?;
    let mut ids = tokens(engine, input)?;
    if let Some(token) = options.token {
        if token == 0 || token > ids.len() {
            let reason = words::no_token(token, ids.len());
            return Err(Failure::usage(reason).into());
        }
        ids.truncate(token);
    }
    let found = attend(engine, ids, |done, total| {
        progress.tokens(done.into(), Some(f64::from(done) / f64::from(total.max(1))));
    });
    progress.end();
    let found = found?;
    let heads = heads(&found.layers, options)?;
    let count = found.window.tokens.len();
    let weights = weights(&found.layers, count, heads)
        .ok_or_else(|| unexpected(&EngineEvent::Attended { request: ATTEND }))?;
    let report = report::Report {
        window: &found.window,
        layers: &found.layers,
        weights: &weights,
        options,
    };
    match options.format {
        AttentionFormat::Table => report.table(out)?,
        AttentionFormat::Json => report.json(out)?,
        AttentionFormat::Html => report.html(out)?,
    }
    out.flush()?;
    Ok(())
}

const ATTEND: RequestId = RequestId(3);

fn tokens(engine: &dyn Engine, input: &str) -> Result<Vec<TokenId>, EngineError> {
    let request = RequestId(2);
    let command = EngineCommand::Tokenize {
        request,
        text: input.to_owned(),
        add_bos: true,
        parse_special: false,
        continues: false,
    };
    let tokens = tokenize(engine, request, command)?;
    Ok(tokens.iter().map(|token| token.id).collect())
}

fn attend(
    engine: &dyn Engine,
    ids: Vec<TokenId>,
    mut progress: impl FnMut(u32, u32),
) -> Result<Attention, EngineError> {
    let command = EngineCommand::Attend(Box::new(AttendRequest {
        request: ATTEND,
        prompt: Prompt::Tokens(ids),
        at: AttendAt::Last,
        chat_template: None,
    }));
    let mut found = Attention::default();
    ask(engine, ATTEND, command, |event| match event {
        EngineEvent::Prefill { done, total, .. } => progress(*done, *total),
        EngineEvent::Attention { event, .. } => match event {
            AttentionEvent::Window(window) => found.window.clone_from(window),
            AttentionEvent::Layer(layer) => found.layers.push(layer.clone()),
        },
        _ => {}
    })?;
    Ok(found)
}

/// Which weights are meant.
fn heads(layers: &[AttentionLayer], options: AttentionOptions) -> Result<Heads, Failure> {
    let Some(number) = options.layer else {
        return Ok(Heads::All);
    };
    let place = layers.iter().position(|layer| layer.layer == number);
    let Some(place) = place else {
        let (first, last) = (layers.first(), layers.last());
        let [first, last] = [first, last].map(|it| it.map_or(0, |layer| layer.layer));
        return Err(Failure::usage(words::no_layer(number, first, last)));
    };
    match options.head {
        None => Ok(Heads::Layer(place)),
        Some(head) if head < layers[place].heads as usize => Ok(Heads::Head(place, head)),
        Some(head) => Err(Failure::usage(words::no_head(
            number,
            head,
            layers[place].heads.saturating_sub(1),
        ))),
    }
}
