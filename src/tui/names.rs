//! What completion asks for that is at hand.

use super::update::Names;
use crate::config::Presets;
use crate::config::presets::MODEL_PRESET;
use crate::driver::Driver;

/// Who knows which names.
pub struct KnownNames<'a> {
    pub presets: &'a Presets,
    pub driver: &'a Driver,
}

impl Names for KnownNames<'_> {
    fn presets(&self) -> Vec<String> {
        let names = self.presets.iter().map(|preset| preset.name.clone());
        names.chain([MODEL_PRESET.to_owned()]).collect()
    }

    fn messages(&self) -> Vec<String> {
        let shown = self.driver.session().conversation().path().len();
        (1..=shown).map(|number| format!("#{number}")).collect()
    }
}
