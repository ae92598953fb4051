//! `limpid models`: its commands and their arguments.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueHint};

use super::ListFormat;
use crate::inference::WeightFormat;
use crate::words::usage as words;

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
