//! What sending a message would come to, said before it is sent.
//!
//! ```text
//! > Tell me more about all of them.
//! This comes to about 2311 of 2048 tokens: the oldest messages (4) will not be sent.
//! Send it? [Y/n]
//! ```

use std::io;

use super::Repl;
use super::wait::Waited;
use crate::chat::session::{ContextPolicy, EngineStatus, Forecast, about_tokens};
use crate::chat::{MessageId, Notice, Session, Severity, UserEvent};
use crate::words::repl as words;

/// Tokens that fit into every context.
const FEW: usize = 100;

impl Repl {
    /// Whether a message is to be sent after `parent`. What would not fit is said, and somebody
    /// who sits there is asked.
    pub(super) fn is_to_be_sent(
        &mut self,
        parent: Option<MessageId>,
        text: &str,
    ) -> io::Result<bool> {
        if !self.has_counted(parent, text)? {
            self.out.dim(&words::NOT_SENT)?;
            return Ok(false);
        }
        let foretold = {
            let driver = self.lock();
            let session = driver.session();
            let forecast = session.forecast(parent, text);
            forecast.and_then(|forecast| warning(forecast, session.options().context_full))
        };
        let Some(text) = foretold else {
            return Ok(true);
        };
        self.out.notice(&Notice {
            severity: Severity::Warning,
            text,
        })?;
        let sent = self.confirms(&words::SEND_IT, true)?;
        if !sent {
            self.out.dim(&words::NOT_SENT)?;
        }
        Ok(sent)
    }

    /// Waits for the model, which says what fits, and has it count a text that may be too much.
    /// Ctrl-C ends that, and then nothing was counted.
    fn has_counted(&mut self, parent: Option<MessageId>, text: &str) -> io::Result<bool> {
        if parent.is_none() && about_tokens(text) < FEW {
            return Ok(true);
        }
        let is_loading =
            |session: &Session| matches!(session.engine(), EngineStatus::Loading { .. });
        if self.wait_for_model(|driver| !is_loading(driver.session()))? == Waited::Interrupted {
            return Ok(false);
        }
        let estimate = self.lock().session().forecast(parent, text);
        if estimate.is_none_or(|estimate| estimate.tokens < estimate.limit / 2) {
            return Ok(true);
        }
        let notices = self.lock().user(UserEvent::Weigh(text.to_owned()));
        self.show(&notices)?;
        self.wait(|driver| !driver.session().is_weighing())?;
        Ok(true)
    }
}

/// What is said of a message that does not fit.
fn warning(forecast: Forecast, policy: ContextPolicy) -> Option<String> {
    let Forecast { tokens, limit, .. } = forecast;
    if forecast.fits() {
        return None;
    }
    Some(match (forecast.left_out, policy) {
        (0, _) => words::too_long(tokens, limit),
        (count, ContextPolicy::Summarise) => words::oldest_summarised(count, tokens, limit),
        (count, _) => words::oldest_left_out(count, tokens, limit),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast(tokens: u32, left_out: usize) -> Forecast {
        Forecast {
            message: 12,
            counted: true,
            tokens,
            limit: 2048,
            left_out,
        }
    }

    #[test]
    fn only_what_does_not_fit_is_told_of_and_what_becomes_of_the_oldest() {
        assert_eq!(
            warning(forecast(2047, 0), ContextPolicy::DropOldest),
            None,
            "it fits"
        );
        let told = |left_out, policy| warning(forecast(2311, left_out), policy).unwrap();
        assert_eq!(
            told(0, ContextPolicy::Stop),
            "This comes to about 2311 of 2048 tokens: it is too long."
        );
        assert_eq!(
            told(4, ContextPolicy::DropOldest),
            "This comes to about 2311 of 2048 tokens: the oldest messages (4) will not be sent."
        );
        assert_eq!(
            told(4, ContextPolicy::Summarise),
            "This comes to about 2311 of 2048 tokens: the oldest messages (4) will be summarised."
        );
    }
}
