//! Stops loading a model that keeps killing its engine.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::inference::EngineError;
use crate::words::{Said, engine as words};

/// Deaths on one model after which it is refused.
pub const MAX_DEATHS: u32 = 3;

/// Deaths by the path of the model they happened on, for as long as the program runs.
#[derive(Debug, Default)]
pub struct Breaker {
    deaths: HashMap<PathBuf, u32>,
}

impl Breaker {
    /// Counts a death and returns how many that makes for this model.
    pub fn count_death(&mut self, model: &Path) -> u32 {
        let deaths = self.deaths.entry(model.to_owned()).or_default();
        *deaths += 1;
        *deaths
    }

    /// # Errors
    /// [`EngineError::Refused`] once an engine died on this model for the third time.
    pub fn check(&self, model: &Path) -> Result<(), EngineError> {
        match self.deaths.get(model) {
            Some(&deaths) if deaths >= MAX_DEATHS => Err(EngineError::Refused {
                reason: Said::new(|| words::died_too_often(deaths, model.display())),
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_death_refuses_that_model_alone_and_names_it() {
        let mut breaker = Breaker::default();
        let bad = Path::new("/models/bad.gguf");
        for deaths in 1..=MAX_DEATHS {
            assert_eq!(breaker.check(bad), Ok(()));
            assert_eq!(breaker.count_death(bad), deaths);
        }
        let refusal = breaker.check(bad).unwrap_err().to_string();
        assert!(refusal.contains("/models/bad.gguf"), "{refusal}");
        assert_eq!(breaker.check(Path::new("/models/good.gguf")), Ok(()));
    }
}
