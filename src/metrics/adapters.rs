//! Which makers' GPUs are plugged in, whether or not a driver has taken them.

use std::fs;
use std::path::Path;

/// Where Linux lists what is on the PCI bus.
const DEVICES: &str = "/sys/bus/pci/devices";

/// Whose GPU it is, of those that llama.cpp can compute on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Maker {
    Nvidia,
    Amd,
    Intel,
}

impl Maker {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nvidia => "NVIDIA",
            Self::Amd => "AMD",
            Self::Intel => "Intel",
        }
    }
}

/// The makers of the GPUs here, each once; none where the system does not tell.
#[must_use]
pub fn gpu_makers() -> Vec<Maker> {
    makers_in(Path::new(DEVICES))
}

fn makers_in(devices: &Path) -> Vec<Maker> {
    let listed = fs::read_dir(devices).into_iter().flatten().flatten();
    let mut makers: Vec<Maker> = listed.filter_map(|one| maker(&one.path())).collect();
    makers.sort_unstable();
    makers.dedup();
    makers
}

fn maker(device: &Path) -> Option<Maker> {
    let number = |file: &str| {
        let text = fs::read_to_string(device.join(file)).ok()?;
        u32::from_str_radix(text.trim().strip_prefix("0x")?, 16).ok()
    };
    let maker = match number("vendor")? {
        0x10DE => Maker::Nvidia,
        0x1002 => Maker::Amd,
        0x8086 => Maker::Intel,
        _ => return None,
    };
    // The class: a display controller of any kind. AMD's accelerators without a display call
    // themselves that; Intel's of this class compute no text.
    match (number("class")? >> 16, maker) {
        (0x03, _) | (0x12, Maker::Amd) => Some(maker),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_controllers_of_known_makers_are_gpus_and_nothing_else_is() {
        let bus = tempfile::tempdir().expect("a temporary folder can be made");
        for (slot, vendor, class) in [
            ("0000:00:00.0", "0x8086", "0x060000"),
            ("0000:00:02.0", "0x8086", "0x030000"),
            ("0000:00:0b.0", "0x8086", "0x120000"),
            ("0000:01:00.0", "0x1002", "0x030000"),
            ("0000:02:00.0", "0x1002", "0x120000"),
            ("0000:03:00.0", "0x1a03", "0x030000"),
            ("0000:04:00.0", "nonsense", "0x030000"),
        ] {
            let device = bus.path().join(slot);
            fs::create_dir(&device).expect("it can be made");
            fs::write(device.join("vendor"), format!("{vendor}\n")).expect("it can be written");
            fs::write(device.join("class"), format!("{class}\n")).expect("it can be written");
        }
        assert_eq!(makers_in(bus.path()), [Maker::Amd, Maker::Intel]);
        assert_eq!(makers_in(&bus.path().join("nowhere")), []);
    }
}
