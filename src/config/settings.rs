//! The settings that everything runs with, all merged and checked.

use std::path::PathBuf;
use std::time::Duration;

use crate::inference::{
    CacheType, FlashAttention, GpuLayers, LoadRequest, RequestId, SamplerSettings,
};
use crate::words::config as words;

/// An enum whose names are the words of the settings file.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $($(#[$of])* $variant,)+ }

        impl $name {
            /// All names, in the order they are offered.
            pub const NAMES: &'static [&'static str] = &[$($word),+];

            /// The name in the settings file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The variant of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

choice!(
    /// What happens when no cell of the context is left.
    ContextFull {
        /// The answer ends there, and the user is told.
        #[default]
        Stop = "stop",
        /// The oldest turns leave the prompt; the system message stays.
        DropOldest = "drop-oldest",
        /// The same, and the model's own summary of them is sent instead.
        Summarise = "summarise",
    }
);
choice!(
    /// Where a copy goes.
    CopyTo {
        /// To the user's command where there is one, else through the terminal, else to a file.
        #[default]
        Auto = "auto",
        /// Through the terminal, and to a file where it takes no more.
        Terminal = "terminal",
        File = "file",
    }
);
choice!(
    /// What is shown of what a model thinks before it answers.
    ReasoningShown {
        /// Both, where they can be told apart: pipes have the answer on standard output and the
        /// reasoning on standard error.
        #[default]
        Auto = "auto",
        /// The same, even where little is said otherwise (`-q`).
        On = "on",
        /// The answer alone.
        Off = "off",
        /// The reasoning takes the answer's place.
        Only = "only",
    }
);
choice!(
    /// Whether a model is asked to think before it answers.
    Thinking {
        /// As its template has it.
        #[default]
        Auto = "auto",
        On = "on",
        Off = "off",
    }
);

impl Thinking {
    /// What the template is told; `None` leaves it alone.
    #[must_use]
    pub fn asked(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::On => Some(true),
            Self::Off => Some(false),
        }
    }
}

choice!(
    /// Whether output is coloured.
    ColorChoice {
        /// On a terminal, unless `NO_COLOR` is set or the terminal is dumb.
        #[default]
        Auto = "auto",
        Always = "always",
        Never = "never",
    }
);
choice!(
    /// In which language the interface speaks.
    LanguageChoice {
        /// As the locale says.
        #[default]
        Auto = "auto",
        English = "en",
        Chinese = "zh",
    }
);
choice!(
    /// By what the tokens of an answer are coloured.
    ColorBy {
        #[default]
        Off = "off",
        Probability = "probability",
        Entropy = "entropy",
        Rank = "rank",
        Surprise = "surprise",
    }
);
choice!(
    /// The unit of surprise and entropy.
    Units {
        #[default]
        Bits = "bits",
        Nats = "nats",
    }
);
impl Units {
    /// The other unit.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Bits => Self::Nats,
            Self::Nats => Self::Bits,
        }
    }

    /// What so many nats are in this unit.
    #[must_use]
    pub fn of_nats(self, nats: f64) -> f64 {
        match self {
            Self::Bits => nats * std::f64::consts::LOG2_E,
            Self::Nats => nats,
        }
    }
}

choice!(
    /// Whether addresses go to the terminal beside the words of a link (OSC 8).
    Hyperlinks {
        /// To those that are known to take them.
        #[default]
        Auto = "auto",
        Always = "always",
        Never = "never",
    }
);
choice!(
    /// Whose keys the input line has.
    Editing {
        #[default]
        Emacs = "emacs",
        Vi = "vi",
    }
);
choice!(
    /// How much is said on stderr and in the log.
    Verbosity {
        Quiet = "quiet",
        #[default]
        Normal = "normal",
        Verbose = "verbose",
    }
);

/// Everything that can be set. `Settings::default()` is what limpid does when nothing is.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// A catalogue name, a path, or the name of a file found in the usual places; `None` is
    /// the catalogue's default.
    pub model: Option<String>,
    pub load: LoadSettings,
    pub sampling: SamplerSettings,
    /// The preset that the sampler settings come from, where nothing else names one.
    pub preset: Option<String>,
    pub answer: AnswerSettings,
    pub history: HistorySettings,
    pub ui: UiSettings,
    /// Opens no connection to the network.
    pub offline: bool,
    /// Whether the engine process gives up what it does not need.
    pub sandbox: bool,
    /// Writes nothing to disk.
    pub incognito: bool,
    pub verbosity: Verbosity,
    pub keep_alive: KeepAlive,
}

/// How long a resident engine stays after its last request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeepAlive {
    /// None is started.
    #[default]
    Off,
    For(Duration),
    /// Until it is stopped.
    Forever,
}

impl std::fmt::Display for KeepAlive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Forever => f.write_str("forever"),
            Self::For(time) => {
                let seconds = time.as_secs();
                match (seconds % 3600, seconds % 60) {
                    (0, _) => write!(f, "{}h", seconds / 3600),
                    (_, 0) => write!(f, "{}m", seconds / 60),
                    _ => write!(f, "{seconds}s"),
                }
            }
        }
    }
}

impl std::str::FromStr for KeepAlive {
    type Err = String;

    /// Reads `90s`, `30m`, `2h`, a number of seconds, `forever`, or `off`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || words::expected_time(text);
        let word = text.trim().to_ascii_lowercase();
        match word.as_str() {
            "off" | "0" => return Ok(Self::Off),
            "forever" => return Ok(Self::Forever),
            _ => {}
        }
        let digits = word.trim_end_matches(|it: char| it.is_ascii_alphabetic());
        let unit = match &word[digits.len()..] {
            "" | "s" => 1,
            "m" | "min" => 60,
            "h" => 3600,
            _ => return Err(wrong()),
        };
        let count: u32 = digits.parse().map_err(|_| wrong())?;
        match u64::from(count) * unit {
            0 => Ok(Self::Off),
            seconds => Ok(Self::For(Duration::from_secs(seconds))),
        }
    }
}

/// How a model is loaded; the fields are those of [`LoadRequest`].
#[derive(Debug, Clone, PartialEq)]
pub struct LoadSettings {
    pub context_size: Option<u32>,
    pub threads: Option<u32>,
    pub batch_size: u32,
    pub ubatch_size: u32,
    pub gpu_layers: GpuLayers,
    pub devices: Vec<String>,
    pub flash_attention: FlashAttention,
    pub cache_type_k: CacheType,
    pub cache_type_v: CacheType,
    /// See [`LoadRequest::fit`].
    pub fit: bool,
    pub speculate: bool,
    /// A model's name or path; `None`: no draft.
    pub draft: Option<String>,
}

impl LoadSettings {
    /// The request that loads `path` in this way.
    #[must_use]
    pub fn request(&self, request: RequestId, path: PathBuf) -> LoadRequest {
        LoadRequest {
            request,
            path,
            beside: Vec::new(),
            context_size: self.context_size,
            threads: self.threads,
            batch_size: self.batch_size,
            ubatch_size: self.ubatch_size,
            gpu_layers: self.gpu_layers,
            devices: self.devices.clone(),
            flash_attention: self.flash_attention,
            cache_type_k: self.cache_type_k,
            cache_type_v: self.cache_type_v,
            fit: self.fit,
            speculate: self.speculate.then_some(LoadRequest::WORTH_GUESSING),
            // A name that is looked up by who asks.
            draft: None,
            states: None,
        }
    }
}

/// What is asked of an answer, apart from its sampling.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSettings {
    /// Tokens at most.
    pub predict: Option<u32>,
    pub stop: Vec<String>,
    /// The system message's text; `@FILE` has been read by then.
    pub system: Option<String>,
    /// Jinja source; `@FILE` has been read by then.
    pub chat_template: Option<String>,
    /// Alternatives collected for each token.
    pub candidates: u16,
    pub reasoning: ReasoningShown,
    pub thinking: Thinking,
    pub context_full: ContextFull,
}

#[derive(Debug, Clone, PartialEq)]
pub struct HistorySettings {
    pub enabled: bool,
    /// Whether questions answered once (`limpid PROMPT`, a pipe) are kept too.
    pub one_shots: bool,
    /// Megabytes on disk for what was computed of conversations.
    pub kv_cache_mb: u32,
    /// Days for which what was deleted in the list can come back.
    pub keep_deleted_days: u32,
    /// Alternatives kept with each token; at most [`AnswerSettings::candidates`] come.
    pub candidates: u16,
}

#[derive(Debug, Clone, PartialEq)]
pub struct UiSettings {
    /// A theme's name, or the path of a theme file.
    pub theme: String,
    pub color: ColorChoice,
    pub language: LanguageChoice,
    pub color_by: ColorBy,
    /// Whether the markup of answers is rendered.
    pub markdown: bool,
    pub hyperlinks: Hyperlinks,
    pub units: Units,
    /// A token under this probability is uncertain, 0..=1.
    pub uncertain: f32,
    /// Candidates are shown down to this probability mass together, 0..=1.
    pub candidate_mass: f32,
    /// Continuations that are written together.
    pub fan_out: u16,
    pub editing: Editing,
    /// Whether the wheel scrolls and a click puts the token cursor; the terminal's own selection then needs Shift.
    pub mouse: bool,
    /// Lines that are only ever added, with words for marks: for screen readers.
    pub linear: bool,
    pub copy: CopyTo,
    /// A shell command that takes what is copied on its standard input.
    pub copy_command: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        let load = LoadRequest::new(RequestId(0), PathBuf::new());
        Self {
            model: None,
            load: LoadSettings {
                context_size: load.context_size,
                threads: load.threads,
                batch_size: load.batch_size,
                ubatch_size: load.ubatch_size,
                gpu_layers: load.gpu_layers,
                devices: load.devices,
                flash_attention: load.flash_attention,
                cache_type_k: load.cache_type_k,
                cache_type_v: load.cache_type_v,
                fit: load.fit,
                speculate: load.speculate.is_some(),
                draft: None,
            },
            sampling: SamplerSettings::default(),
            preset: None,
            answer: AnswerSettings {
                predict: None,
                stop: Vec::new(),
                system: None,
                chat_template: None,
                candidates: 40,
                reasoning: ReasoningShown::Auto,
                thinking: Thinking::Auto,
                context_full: ContextFull::Stop,
            },
            history: HistorySettings {
                enabled: true,
                one_shots: false,
                kv_cache_mb: 1024,
                keep_deleted_days: 30,
                candidates: 20,
            },
            ui: UiSettings {
                theme: super::theme::DEFAULT_THEME.to_owned(),
                color: ColorChoice::Auto,
                language: LanguageChoice::Auto,
                color_by: ColorBy::Off,
                markdown: true,
                hyperlinks: Hyperlinks::Auto,
                units: Units::Bits,
                uncertain: 0.5,
                candidate_mass: 1.0,
                fan_out: 4,
                editing: Editing::Emacs,
                mouse: false,
                linear: false,
                copy: CopyTo::Auto,
                copy_command: None,
            },
            offline: false,
            sandbox: true,
            incognito: false,
            verbosity: Verbosity::Normal,
            keep_alive: KeepAlive::Off,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_to_keep_is_read_in_the_units_it_is_written_in() {
        for (text, seconds) in [
            ("90s", 90),
            ("90", 90),
            ("30m", 1800),
            ("2h", 7200),
            (" 5M ", 300),
        ] {
            let read: KeepAlive = text.parse().expect(text);
            assert_eq!(read, KeepAlive::For(Duration::from_secs(seconds)), "{text}");
            assert_eq!(read.to_string().parse(), Ok(read), "{text}");
        }
        for (text, read) in [
            ("off", KeepAlive::Off),
            ("0", KeepAlive::Off),
            ("0m", KeepAlive::Off),
            ("forever", KeepAlive::Forever),
        ] {
            assert_eq!(text.parse(), Ok(read), "{text}");
        }
        for text in ["", "soon", "-1", "1.5h", "5d", "99999999999s"] {
            let error = text.parse::<KeepAlive>().expect_err(text);
            assert!(error.contains("30m"), "{error}");
        }
    }
}
