//! What time alone brings: what is kept, measured and shown every so often.

use std::time::Duration;

use super::{Loop, World};
use crate::chat::session::EngineStatus;
use crate::driver::Measured;

impl Loop {
    pub(super) fn deadline(&self) -> Option<Duration> {
        [
            self.frame.deadline(),
            self.stream.deadline(),
            self.refresh.deadline(),
            self.sampling.deadline(),
            self.drafting.deadline(),
            self.dividing.deadline(),
            self.weighing.deadline(),
            self.app.notices.deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// What time alone changes.
    pub(super) fn tick(&mut self, world: &World) {
        let now = self.driver.now();
        self.app.now = now;
        if self.app.notices.expire(now) {
            self.frame.request();
        }
        if self.drafting.take(now) {
            self.keep_draft();
        }
        if self.panes_changed() {
            self.dividing.request();
        }
        if self.dividing.take(now) {
            self.keep_panes();
        }
        if self.weighing.take(now) {
            self.weigh();
        }
        if self.stream.take(now) {
            self.frame.request();
        }
        let session = self.driver.session();
        let loading = matches!(session.engine(), EngineStatus::Loading { .. });
        let busy = session.is_busy() || loading;
        let ended = self.was_busy && !busy;
        self.was_busy = busy;
        if busy {
            self.refresh.request();
            self.sampling.request();
        }
        if self.refresh.take(now) || ended {
            self.app.meters.refresh(session, now);
            self.app.follow_newest(session);
            self.frame.request();
        }
        let rests = self.is_quiet() && !loading;
        if rests && !self.rested {
            self.look_at_memory();
        }
        self.rested = rests;
        if (self.sampling.take(now) || ended)
            && let Some(pid) = self.driver.engine_pid()
        {
            world.sampler.ask(pid, now);
        }
    }

    /// Whether nothing computes: neither for this program nor, in an engine that is shared, for
    /// others.
    pub(super) fn is_quiet(&self) -> bool {
        let session = self.driver.session();
        !session.is_busy() && !session.sharing().is_busy
    }

    /// What memory allows is found out when an answer has been written, and nothing computes.
    fn look_at_memory(&mut self) {
        let session = self.driver.session();
        if let (Some(model), Some(_)) = (session.model(), session.last_stats())
            && model.gpu_layers == 0
            && model.weight_bytes_per_token > 0
            && self.app.meters.bandwidth_of(model.threads).is_none()
        {
            self.was_quiet = true;
            self.bandwidth.ask(model.threads);
        }
    }

    pub(super) fn on_bandwidth(&mut self, measured: Measured) {
        // What was measured beside an answer, of whomever, is less than memory gives.
        if !self.was_quiet || !self.is_quiet() {
            self.bandwidth.set_aside(measured);
            // It is asked for again at the next rest.
            self.rested = false;
        } else {
            self.bandwidth.keep(measured);
            self.app.meters.bandwidth = Some(measured);
            self.frame.request();
        }
    }
}
