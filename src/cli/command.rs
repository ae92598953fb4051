//! The commands and their arguments.

pub mod history;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum, ValueHint};

pub use history::{ExportFormat, HistoryCommand};

use super::flags::{ComparedModels, ModelFlags, ServeFlags, TalkFlags};
use super::talk::Resume;
use crate::inference::WeightFormat;
use crate::words::usage as words;

/// A command; without one, limpid chats.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Chat in lines, for poor links, screen readers and dumb terminals
    Repl(ReplArgs),
    /// List, fetch, check and describe models
    Models(ModelsArgs),
    /// Show how a text is cut into tokens
    Tokens(TokensArgs),
    /// Show what a model makes of each token of a text, and the text's perplexity
    Score(ScoreArgs),
    /// Show what two models, or two quantisations of one, hold of the same text
    Compare(CompareArgs),
    /// Show where a model looks at a token of a text
    Attention(AttentionArgs),
    /// Measure prefill and decode speed
    Bench(BenchArgs),
    /// Try how a model is loaded best on this machine, and keep that
    Tune(TuneArgs),
    /// Keep a model loaded, for every limpid on this machine to share
    Serve(ServeArgs),
    /// List, show, export, import and delete stored conversations
    History(HistoryArgs),
    /// Look at the terminal, the machine and the model, and say what to do
    Doctor(DoctorArgs),
    /// Show and change settings
    Config(ConfigArgs),
    /// List, show and check themes
    Themes(ThemesArgs),
    /// List, show and copy ready-made tasks
    Tasks(TasksArgs),
    /// Print a shell's completion script
    Completions(CompletionsArgs),
    /// Print a manual page, or write them all
    Man(ManArgs),
}

#[derive(Debug, Clone, Default, Args)]
pub struct ReplArgs {
    /// Go on with the last conversation, or with the one that has this ID
    #[arg(
        short = 'C',
        long = "continue",
        value_name = "ID",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        value_parser = super::talk::resume
    )]
    pub resume: Option<Resume>,
    #[command(flatten)]
    pub settings: TalkFlags,
}

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ListFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Args)]
pub struct ModelsArgs {
    #[command(subcommand)]
    pub command: ModelsCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub enum ModelsCommand {
    /// The models of the catalogue and those found on this machine
    List {
        /// How to print the list
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
    /// Fetch a model of the catalogue; an interrupted one is resumed
    Pull {
        /// A name from `limpid models list`, or `org/repo:QUANT` of Hugging Face
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// What a model file says about itself
    Show {
        /// A name or a path
        #[arg(value_name = "MODEL")]
        model: String,
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
    /// Compare files with the catalogue's checksums
    Verify {
        /// Names or paths; without any, every model that limpid keeps
        #[arg(value_name = "MODEL")]
        models: Vec<String>,
    },
    /// Take a GGUF file into limpid's own folder
    Import {
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The name it gets; without it, the file's own
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Write a model in another format, such as Q8_0 or Q4_K_M
    Quantize(QuantizeArgs),
    /// Delete models that limpid keeps
    Rm {
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        /// Do not ask
        #[arg(short, long)]
        yes: bool,
    },
}

#[derive(Debug, Clone, Args)]
pub struct QuantizeArgs {
    /// A name or a path; best the original, as F16 or BF16
    #[arg(value_name = "MODEL")]
    pub model: String,
    /// In what to store its matrices
    #[arg(long, value_name = "FORMAT", ignore_case = true, value_parser = weight_format())]
    pub to: WeightFormat,
    /// Where to; without it, limpid's own folder, under the model's name with the new format
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

fn weight_format() -> impl TypedValueParser<Value = WeightFormat> {
    PossibleValuesParser::new(WeightFormat::ALL.map(WeightFormat::name))
        .try_map(|name| WeightFormat::named(&name).ok_or_else(|| words::no_format(name)))
}

/// How tokens are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TokensFormat {
    /// A line for each token: byte offset, id, text
    #[default]
    Text,
    /// One array
    Json,
    /// One object a line
    Jsonl,
}

#[derive(Debug, Clone, Args)]
pub struct TokensArgs {
    /// The text, or a file's name; `-` or nothing is standard input
    #[arg(value_name = "TEXT|FILE")]
    pub input: Vec<String>,
    /// Take special tokens in the text for what they are, as a template's text is taken
    #[arg(long)]
    pub special: bool,
    /// Begin with the token that the model expects at the beginning
    #[arg(long)]
    pub bos: bool,
    /// Print the number of tokens alone
    #[arg(long, conflicts_with = "format")]
    pub count: bool,
    /// Compare with the original tokenizer, over the text or a built-in multilingual one
    #[arg(long, value_name = "TOKENIZER.JSON", conflicts_with_all = ["format", "count"], value_hint = ValueHint::FilePath)]
    pub check: Option<PathBuf>,
    /// How to print the tokens
    #[arg(long, value_enum, default_value_t)]
    pub format: TokensFormat,
    #[command(flatten)]
    pub settings: ModelFlags,
}

/// In which windows a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ScoreMethod {
    /// Every token once, each with at least a window's rest before it
    #[default]
    Sliding,
    /// The second half of windows that do not overlap: the perplexity of llama-perplexity
    Halves,
}

/// What the odds of a text are told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ScoreBy {
    #[default]
    Token,
    Word,
    Sentence,
    /// Runs of words that were each less probable than one half, the least probable first
    Uncertain,
}

/// How the odds of a text are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ScoreFormat {
    /// A line a token
    #[default]
    Text,
    /// An object a token and one for the text
    Jsonl,
    /// A self-contained page with a heat map
    Html,
    /// A picture with a heat map
    Svg,
}

#[derive(Debug, Clone, Args)]
pub struct ScoreArgs {
    /// The text, or a file's name; `-` or nothing is standard input
    #[arg(value_name = "TEXT|FILE")]
    pub input: Vec<String>,
    /// In which windows to read; their size is --ctx-size, by default 2048 tokens sliding and 512
    /// in halves
    #[arg(long, value_enum, default_value_t)]
    pub method: ScoreMethod,
    /// Tokens from one sliding window to the next [default: half a window]
    #[arg(long, value_name = "N")]
    pub stride: Option<u32>,
    /// Windows to read at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub chunks: Option<u64>,
    /// Tell tokens, words or sentences, or only what is least certain
    #[arg(long, value_enum, default_value_t)]
    pub by: ScoreBy,
    /// Alternatives to show of each token
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub top_logprobs: u16,
    /// How to print the odds
    #[arg(long, value_enum, default_value_t)]
    pub format: ScoreFormat,
    #[command(flatten)]
    pub settings: ModelFlags,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// A line for each token, and the numbers of the whole text
    Table,
    /// One object a line; the last one sums up
    Jsonl,
    /// A self-contained page with a heat map for each model
    Html,
}

#[derive(Debug, Clone, Args)]
pub struct CompareArgs {
    /// The text, or a file's name; `-` or nothing is standard input
    #[arg(value_name = "TEXT|FILE")]
    pub input: Vec<String>,
    /// How to print it; without it, a terminal shows two heat maps to walk in, and a pipe gets the
    /// table
    #[arg(long, value_enum)]
    pub format: Option<CompareFormat>,
    #[command(flatten)]
    pub models: ComparedModels,
}

/// How attention weights are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum AttentionFormat {
    /// The strongest sources
    #[default]
    Table,
    /// Every token with its weight
    Json,
    /// A self-contained page with a heat map
    Html,
}

#[derive(Debug, Clone, Args)]
pub struct AttentionArgs {
    /// The text, or a file's name; `-` or nothing is standard input
    #[arg(value_name = "TEXT|FILE")]
    pub input: Vec<String>,
    /// The token that looks, counted from 1; without it, the last
    #[arg(long, value_name = "N")]
    pub token: Option<usize>,
    /// One layer, counted from 0; without it, the mean over all
    #[arg(long, value_name = "L")]
    pub layer: Option<u32>,
    /// One head of the layer, counted from 0; without it, the mean over the layer's
    #[arg(long, value_name = "H", requires = "layer")]
    pub head: Option<usize>,
    /// How to print the weights
    #[arg(long, value_enum, default_value_t)]
    pub format: AttentionFormat,
    #[command(flatten)]
    pub settings: ModelFlags,
}

/// How measurements are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum BenchFormat {
    /// A Markdown table
    #[default]
    Md,
    Csv,
    Json,
}

#[derive(Debug, Clone, Args)]
pub struct BenchArgs {
    /// Tokens of the prefill test; 0 leaves it out
    #[arg(short = 'p', long, value_name = "N", default_value_t = 512)]
    pub n_prompt: u32,
    /// Tokens of the decode test; 0 leaves it out
    #[arg(short = 'n', long, value_name = "N", default_value_t = 128)]
    pub n_gen: u32,
    /// Tokens that are in the context before each test
    #[arg(short = 'd', long, value_name = "N", default_value_t = 0)]
    pub n_depth: u32,
    /// How often each test is repeated
    #[arg(short = 'r', long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub repetitions: u32,
    /// How to print the results
    #[arg(short = 'o', long, alias = "output", value_enum, default_value_t)]
    pub format: BenchFormat,
    #[command(flatten)]
    pub settings: ModelFlags,
}

#[derive(Debug, Clone, Args)]
pub struct TuneArgs {
    /// About how long to measure
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub time: u32,
    /// Also try copies in other formats, which are removed afterwards
    #[arg(long)]
    pub formats: bool,
    /// What to measure perplexity on, instead of a text of its own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub text: Option<PathBuf>,
    /// Forget what was kept for this model on this machine
    #[arg(long, conflicts_with_all = ["time", "formats", "text", "format"])]
    pub forget: bool,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    #[command(flatten)]
    pub settings: ModelFlags,
}

#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Say what runs: its model, clients and memory, and when it ends
    #[arg(long, conflicts_with = "stop")]
    pub status: bool,
    /// End the one that runs
    #[arg(long)]
    pub stop: bool,
    /// How to print the status
    #[arg(long, value_enum, default_value_t, requires = "status")]
    pub format: ListFormat,
    /// Programs that may use it at a time
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub max_clients: u32,
    /// Requests that may be open at a time; a quarter of them for each program
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub max_requests: u32,
    /// Leave the terminal; limpid's own, for keep_alive
    #[arg(long, hide = true)]
    pub detached: bool,
    #[command(flatten)]
    pub settings: ServeFlags,
}

#[derive(Debug, Clone, Args)]
pub struct HistoryArgs {
    #[command(subcommand)]
    pub command: HistoryCommand,
}

#[derive(Debug, Clone, Args)]
pub struct DoctorArgs {
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    #[command(flatten)]
    pub settings: ModelFlags,
}

#[derive(Debug, Clone, Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    pub command: ConfigCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Write a settings file with every option explained
    Init {
        /// Replace the one that is there
        #[arg(long)]
        force: bool,
    },
    /// Every value, and where it came from
    Show,
    /// Where limpid keeps its files
    Path,
    /// Look for mistakes in the settings file, and for keys that do less than they seem to
    Check,
    /// Every key in force, what it does, and where that was said
    Keys,
    /// Print one value
    Get {
        /// As `limpid config show` names it, such as sampling.temperature
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Write one value to the settings file, and leave the rest of it as it is
    Set {
        /// As `limpid config show` names it, such as sampling.temperature
        #[arg(value_name = "KEY")]
        key: String,
        /// The new value
        #[arg(value_name = "VALUE", allow_hyphen_values = true)]
        value: String,
    },
}

#[derive(Debug, Clone, Args)]
pub struct ThemesArgs {
    #[command(subcommand)]
    pub command: ThemesCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub enum ThemesCommand {
    /// The themes that can be chosen
    List,
    /// Every style of a theme, drawn in itself
    Show {
        /// A theme's name, or a file's path
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Look for mistakes in a theme file
    Check {
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}

#[derive(Debug, Clone, Args)]
pub struct TasksArgs {
    #[command(subcommand)]
    pub command: TasksCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub enum TasksCommand {
    /// The tasks that --task and /task know
    List,
    /// The file of a task, as it is written
    Show {
        /// A task's name
        #[arg(value_name = "NAME", value_parser = super::talk::TaskName)]
        name: String,
    },
    /// Copy a built-in task to your own, to be changed there
    Init {
        /// A task's name
        #[arg(value_name = "NAME", value_parser = super::talk::TaskName)]
        name: String,
    },
}

#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// The page
    #[arg(
        value_name = "PAGE",
        default_value = "limpid.1",
        conflicts_with = "out"
    )]
    pub page: String,
    /// Write every page, and the completions, to this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}
