use std::ffi::OsString;
use std::fs;

use super::*;
use crate::config::{Verbosity, settings::ColorChoice};

struct World {
    folder: tempfile::TempDir,
    variables: HashMap<String, String>,
}

impl World {
    fn new(file: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("config.toml"), file).expect("can be written");
        let variables = HashMap::new();
        Self { folder, variables }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    fn resolve(&self, line: &[&str]) -> Result<Resolved, ResolveError> {
        let line = ["limpid"].iter().chain(line).map(OsString::from);
        let args = Args::read(line).unwrap_or_else(|error| panic!("{error}"));
        resolve(&args, &|name| match name {
            "LIMPID_CONFIG_DIR" => Some(self.folder.path().into()),
            _ => self.variables.get(name).map(OsString::from),
        })
    }

    fn origin(&self, line: &[&str], key: &str) -> (Value, String) {
        let resolved = self.resolve(line).unwrap_or_else(|error| panic!("{error}"));
        let setting = table::find(key).expect("is a setting");
        let (value, origin) = resolved.value(setting);
        let folder = format!("{}/", self.folder.path().display());
        (value, origin.to_string().replace(&folder, ""))
    }

    fn complaint(&self, line: &[&str]) -> String {
        let error = self.resolve(line).expect_err("is wrong").to_string();
        error.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

#[test]
fn flags_go_before_limpids_variables_those_before_llamas_those_before_the_file() {
    let file = "[sampling]\ntemperature = 0.1\n";
    let key = "sampling.temperature";
    let (llama, own) = (("LLAMA_ARG_TEMPERATURE", "0.2"), ("LIMPID_TEMP", "0.3"));
    let flag = ["--temp", "0.4"];
    let number = |value, origin: &str| (Value::Number(value), origin.to_owned());

    assert_eq!(World::new("").origin(&[], key), number(0.8, "default"));
    assert_eq!(
        World::new(file).origin(&[], key),
        number(0.1, "config.toml:2")
    );
    let world = World::new(file).with(llama.0, llama.1);
    assert_eq!(
        world.origin(&[], key),
        number(0.2, "env LLAMA_ARG_TEMPERATURE")
    );
    let world = world.with(own.0, own.1);
    assert_eq!(world.origin(&[], key), number(0.3, "env LIMPID_TEMP"));
    assert_eq!(world.origin(&flag, key), number(0.4, "flag --temp"));
    let settings = world.resolve(&flag).expect("is right").settings;
    assert!((settings.sampling.temperature - 0.4).abs() < 1e-6);
}

#[test]
fn a_flag_behind_a_command_goes_over_one_before_it() {
    let world = World::new("");
    let (value, _) = world.origin(&["-t", "1", "bench", "-t", "2"], "load.threads");
    assert_eq!(value, Value::Integer(2));
    let (value, _) = world.origin(&["-m", "a", "repl"], "model");
    assert_eq!(value, Value::Text("a".into()));
}

#[test]
fn flags_of_every_command_may_stand_anywhere() {
    let world = World::new("");
    for line in [
        ["--offline", "models", "list"],
        ["models", "--offline", "list"],
        ["models", "list", "--offline"],
    ] {
        assert!(
            world.resolve(&line).expect("is right").settings.offline,
            "{line:?}"
        );
    }
}

#[test]
fn flags_without_a_value_set_theirs() {
    let resolved = World::new("")
        .resolve(&["-q", "--no-sandbox", "--incognito"])
        .expect("is right");
    assert_eq!(resolved.settings.verbosity, Verbosity::Quiet);
    assert!(!resolved.settings.sandbox);
    assert!(resolved.settings.incognito);
    let world = World::new("")
        .with("LIMPID_NO_SANDBOX", "1")
        .with("LIMPID_OFFLINE", "0");
    let settings = world.resolve(&[]).expect("is right").settings;
    assert!(!settings.sandbox && !settings.offline);
}

#[test]
fn every_flag_of_a_conversation_has_its_variable() {
    use super::super::talk::TalkFormat;
    let world = World::new("")
        .with("LIMPID_FORMAT", "jsonl")
        .with("LIMPID_TOP_LOGPROBS", "3")
        .with("LIMPID_PROMPT", "hello")
        .with("LIMPID_RAW", "yes")
        .with("LIMPID_CONTINUE", "01J")
        .with("LIMPID_COLOR", "never");
    let resolved = world.resolve(&[]).expect("is right");
    assert_eq!(resolved.talk.format, Some(TalkFormat::Jsonl));
    assert_eq!(resolved.talk.top_logprobs, Some(3));
    assert_eq!(resolved.talk.prompt.as_deref(), Some("hello"));
    assert_eq!(
        resolved.talk.resume,
        Some(super::super::Resume::Id("01J".into()))
    );
    assert!(resolved.talk.raw);
    assert_eq!(resolved.settings.ui.color, ColorChoice::Never);
    let typed = world
        .resolve(&["-p", "typed", "--format", "text"])
        .expect("is right")
        .talk;
    assert_eq!(typed.prompt.as_deref(), Some("typed"));
    assert_eq!(typed.format, Some(TalkFormat::Text));
}

#[test]
fn a_wrong_variable_is_named() {
    let world = World::new("").with("LIMPID_TEMP", "warm");
    assert_eq!(
        world.complaint(&[]),
        "LIMPID_TEMP: expected a number of at least 0, found 'warm'"
    );
    let world = World::new("").with("LIMPID_FORMAT", "yaml");
    assert_eq!(
        world.complaint(&[]),
        "LIMPID_FORMAT: invalid value 'yaml' for '--format <FORMAT>'"
    );
    let world = World::new("").with("LIMPID_OFFLINE", "maybe");
    assert_eq!(
        world.complaint(&[]),
        "LIMPID_OFFLINE: expected true or false, found 'maybe'"
    );
}

#[test]
fn a_value_may_stand_in_a_file() {
    let world = World::new("[answer]\nsystem = \"@system.txt\"\n");
    fs::write(world.folder.path().join("system.txt"), "Be brief.").expect("can be written");
    let resolved = world.resolve(&[]).expect("is right");
    assert_eq!(
        resolved.settings.answer.system.as_deref(),
        Some("Be brief.")
    );
    let (value, _) = world.origin(&[], "answer.system");
    assert_eq!(value, Value::Text("@system.txt".into()));
    let resolved = world.resolve(&["--system", "@@me"]).expect("is right");
    assert_eq!(resolved.settings.answer.system.as_deref(), Some("@me"));
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_its_flag() {
    let world = World::new("");
    assert_eq!(
        world.complaint(&["--grammar-file", "/nonexistent/g.gbnf"]),
        "'sampling.grammar' (flag --grammar-file): cannot read /nonexistent/g.gbnf: No such file or directory (os error 2)"
    );
    let path = world.folder.path().join("latin1");
    fs::write(&path, b"\xe9").expect("can be written");
    let argument = format!("@{}", path.display());
    assert_eq!(
        world.complaint(&["--system", &argument]),
        "'answer.system' (flag --system): cannot read latin1: it is not UTF-8 text"
    );
}

#[test]
fn a_schema_that_cannot_be_followed_is_refused_with_its_place() {
    let world = World::new("[sampling]\njson_schema = \"@answer.json\"\n");
    let schema = "{\n  \"type\": \"number\",\n  \"minimum\": 1\n}";
    fs::write(world.folder.path().join("answer.json"), schema).expect("can be written");
    let error = world.resolve(&[]).expect_err("no bounds of numbers");
    assert!(
        error
            .to_string()
            .contains("at #/minimum, line 3, column 3: minimum cannot be kept"),
        "{error}"
    );
    let report = crate::cli::exit::Report::of(&error.into());
    assert_eq!(report.status, crate::cli::ExitStatus::Usage);
    assert_eq!(report.excerpt.as_deref(), Some("    \"minimum\": 1\n    ^"));
    let both = ["--grammar", "root ::= \"a\"", "--json-schema", "{}"];
    let error = World::new("").resolve(&both).expect_err("one alone");
    assert!(error.to_string().contains("follow one alone"), "{error}");
    assert!(World::new("").resolve(&["-j", "{}"]).is_ok());
}

#[test]
fn the_name_of_a_built_in_template_is_not_taken_for_a_template() {
    let error = World::new("")
        .resolve(&["--chat-template", "chatml"])
        .expect_err("is a name");
    assert!(error.to_string().contains("no Jinja template"));
    let report = crate::cli::exit::Report::of(&error.into());
    assert_eq!(
        report.hints,
        ["--chat-template-file FILE reads the template from a file"]
    );
}

#[test]
fn a_mistake_in_the_file_stops_everything_and_names_the_line() {
    assert_eq!(
        World::new("modle = 1\n").complaint(&[]),
        "config.toml:1: unknown key 'modle'"
    );
}

#[test]
fn a_preset_goes_before_the_file_and_after_flags() {
    let key = "sampling.top_k";
    let number = |value, origin: &str| (Value::Integer(value), origin.to_owned());
    let world = World::new("[sampling]\ntop_k = 7\n");
    let precise = ["--preset", "precise"];
    assert_eq!(world.origin(&[], key), number(7, "config.toml:2"));
    assert_eq!(world.origin(&precise, key), number(40, "preset precise"));
    let both = ["--preset", "precise", "--top-k", "3"];
    assert_eq!(world.origin(&both, key), number(3, "flag --top-k"));
    let settings = world.resolve(&precise).expect("is right").settings;
    assert!((settings.sampling.temperature - 0.2).abs() < 1e-6);
    let by_variable = World::new("").with("LIMPID_PRESET", "greedy");
    let settings = by_variable.resolve(&[]).expect("is right").settings;
    assert!(settings.sampling.temperature.abs() < 1e-6);
}

#[test]
fn what_the_file_says_beside_a_preset_counts_more() {
    let world = World::new(
        "[sampling]\npreset = \"wit\"\ntop_k = 7\n\n[presets.wit]\ntemperature = 0.9\ntop_k = 3\n",
    );
    let settings = world.resolve(&[]).expect("is right").settings;
    assert_eq!(settings.sampling.top_k, 7);
    assert!((settings.sampling.temperature - 0.9).abs() < 1e-6);
    assert_eq!(world.origin(&[], "sampling.temperature").1, "preset wit");
    assert_eq!(
        World::new("").complaint(&["--preset", "precice"]),
        "'sampling.preset' (flag --preset): there is no preset 'precice'; did you mean 'precise'?"
    );
}

#[test]
fn a_system_prompt_is_named_and_a_file_of_that_name_goes_first() {
    let world = World::new("");
    let system = |line: &[&str]| {
        let resolved = world
            .resolve(line)
            .unwrap_or_else(|error| panic!("{error}"));
        resolved.settings.answer.system.expect("there is one")
    };
    let built_in = system(&["--system", "@concise"]);
    assert!(built_in.starts_with("Answer in as few words"), "{built_in}");
    fs::create_dir(world.folder.path().join("system")).expect("can be made");
    fs::write(world.folder.path().join("system/pirate.md"), "Arr.\n").expect("can be written");
    assert_eq!(system(&["--system", "@pirate"]), "Arr.");
    let complaint = world.complaint(&["--system", "@pirat"]);
    assert!(
        complaint.contains("cannot read pirat: it is not there"),
        "{complaint}"
    );
    assert!(complaint.contains("system/pirat.md"), "{complaint}");
    assert!(complaint.contains("did you mean @pirate?"), "{complaint}");
}
