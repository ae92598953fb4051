use clap::CommandFactory;

use super::*;
use crate::config::{Value, table};

fn read(line: &[&str]) -> Result<Args, clap::Error> {
    let argv = ["limpid"].iter().chain(line).map(OsString::from);
    Args::read(argv)
}

fn complaint(line: &[&str]) -> String {
    let error = read(line).expect_err("is wrong");
    assert_eq!(error.exit_code(), 2);
    error.to_string()
}

fn given(args: &Args, key: &str) -> Option<Value> {
    let mut given = args.general.0.iter().chain(&args.talk.settings.0);
    given
        .find(|given| given.setting.key == key)
        .map(|given| given.value.clone())
}

#[test]
fn the_definition_holds_together() {
    Args::command().debug_assert();
}

#[test]
fn words_are_a_prompt() {
    let args = read(&["why", "is", "the sky blue?"]).expect("is right");
    assert_eq!(args.prompt().as_deref(), Some("why is the sky blue?"));
    let args = read(&["--", "repl", "-ngl"]).expect("is right");
    assert_eq!(args.prompt().as_deref(), Some("repl -ngl"));
}

#[test]
fn a_prompt_and_a_command_do_not_go_together() {
    assert!(complaint(&["why", "-n", "3", "repl"]).contains("do not go together"));
}

#[test]
fn other_programs_spellings_mean_the_same() {
    let table: [(&[&str], &str, Value); 10] = [
        (
            &["--temperature", "0.5"],
            "sampling.temperature",
            Value::Number(0.5),
        ),
        (&["--n-predict", "8"], "answer.predict", Value::Integer(8)),
        (&["--max-tokens=8"], "answer.predict", Value::Integer(8)),
        (&["-n", "-1"], "answer.predict", Value::Unset),
        (&["-ngl", "99"], "load.gpu_layers", Value::Integer(99)),
        (
            &["--n-gpu-layers", "all"],
            "load.gpu_layers",
            Value::Text("all".into()),
        ),
        (&["-ub=128"], "load.ubatch_size", Value::Integer(128)),
        (
            &["-sys", "Be brief."],
            "answer.system",
            Value::Text("Be brief.".into()),
        ),
        (&["--seed", "-1"], "sampling.seed", Value::Unset),
        (
            &["--top-nsigma", "-1"],
            "sampling.top_n_sigma",
            Value::Number(-1.0),
        ),
    ];
    for (line, key, value) in table {
        let args = read(line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
        assert_eq!(given(&args, key), Some(value), "{line:?}");
    }
}

#[test]
fn a_flag_given_twice_counts_the_last_time_and_a_repeatable_one_adds_up() {
    let args =
        read(&["--temp", "1", "--temp", "0", "--stop", "a;b", "--stop", "c"]).expect("is right");
    assert_eq!(
        given(&args, "sampling.temperature"),
        Some(Value::Number(0.0))
    );
    let stop = Value::List(vec!["a;b".into(), "c".into()]);
    assert_eq!(given(&args, "answer.stop"), Some(stop));
}

#[test]
fn continue_takes_an_id_only_behind_an_equals_sign() {
    let args = read(&["-C", "go", "on"]).expect("is right");
    assert_eq!(args.talk.resume, Some(Resume::Last));
    assert_eq!(args.prompt().as_deref(), Some("go on"));
    let args = read(&["--continue=01J"]).expect("is right");
    assert_eq!(args.talk.resume, Some(Resume::Id("01J".into())));
}

#[test]
fn usage_errors_say_what_is_wrong_and_what_is_near() {
    insta::assert_snapshot!(complaint(&["--temprature", "1"]), @r"
    error: unexpected argument '--temprature' found

      tip: a similar argument exists: '--temperature'

    Usage: limpid --temp <N> [PROMPT]...

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(complaint(&["--temp", "warm"]), @r"
    error: invalid value 'warm' for '--temp <N>': expected a number of at least 0, found 'warm'

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(complaint(&["--color", "alway"]), @r"
    error: invalid value 'alway' for '--color <WHEN>'
      [possible values: auto, always, never]

      tip: a similar value exists: 'always'

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(complaint(&["--samplers", "top_k;topp"]), @r"
    error: invalid value 'top_k;topp' for '--samplers <A;B>': unknown sampler 'topp'; known are penalties, dry, top_n_sigma, top_k, typ_p, top_p, min_p, xtc, temperature

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(complaint(&["--quiet", "--verbose"]), @r"
    error: the argument '--quiet' cannot be used with '--verbose'

    Usage: limpid --quiet [PROMPT]...

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(complaint(&["models", "lst"]), @r"
    error: unrecognized subcommand 'lst'

      tip: a similar subcommand exists: 'list'

    Usage: limpid models [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
}

/// A command or a flag is in the manual, so each has to say something.
#[test]
fn every_flag_and_command_is_explained() {
    fn check(command: &clap::Command) {
        let name = command.get_name();
        for argument in command.get_arguments() {
            let quiet = argument.get_help().is_none() && argument.get_long().is_some();
            assert!(!quiet, "--{} of {name}", argument.get_id());
        }
        for inner in command.get_subcommands() {
            assert!(
                inner.get_about().is_some(),
                "{} of {name}",
                inner.get_name()
            );
            check(inner);
        }
    }
    check(&Args::command());
}

#[test]
fn every_flag_of_the_table_is_on_the_command_line() {
    let command = Args::command();
    for flag in table::all().flat_map(|setting| setting.flags) {
        let found = command
            .get_arguments()
            .any(|argument| argument.get_long() == Some(flag.long));
        assert!(found, "--{}", flag.long);
    }
}
