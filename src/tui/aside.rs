//! The second engine, and the view that it computes for.

use super::overlay::{AttentionLayer, Layer};
use super::run::Loop;
use crate::chat::session::Attend;
use crate::driver::Aside;
use crate::inference::EngineEvent;
use crate::words::tui::attention as words;

impl Loop {
    /// Starts a second engine for the view that was just opened.
    pub(super) fn attend(&mut self, attend: Attend) {
        match Aside::attend(&self.engines, attend) {
            Ok(aside) => self.aside = Some(aside),
            Err(error) => {
                if let Some(layer) = self.attention() {
                    layer.fail(&format!("{error:#}"));
                }
            }
        }
    }

    /// Takes in what the second engine says; `None`: it will say nothing more.
    pub(super) fn on_aside(&mut self, event: Option<EngineEvent>) {
        let ended = match (event, self.attention()) {
            (Some(event), Some(layer)) => layer.take(event),
            (None, Some(layer)) => {
                layer.fail(&words::ENDED);
                true
            }
            (_, None) => true,
        };
        if ended {
            self.aside = None;
        }
        self.frame.request();
    }

    /// Ends the second engine when its view was closed.
    pub(super) fn leave_aside(&mut self) {
        if self.attention().is_none() {
            self.aside = None;
        }
    }

    fn attention(&mut self) -> Option<&mut AttentionLayer> {
        self.app.layers.iter_mut().find_map(|layer| match layer {
            Layer::Attention(layer) => Some(&mut **layer),
            _ => None,
        })
    }
}
