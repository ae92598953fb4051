use std::fs;

use super::*;
use crate::inference::Role;

/// A folder with one task of the user's.
fn folder(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join(format!("{name}.toml")), text).expect("can be written");
    folder
}

fn ready(name: &str, given: &[(&str, &str)], folder: Option<&Path>) -> Result<Task, ConfigError> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let given: Vec<_> = given.iter().map(own).collect();
    load(name, folder)?.ready(&given, &Base::default(), |_| false)
}

#[test]
fn every_built_in_task_is_without_mistakes_and_has_a_place_for_the_text() {
    for name in built_in_names() {
        let task = ready(name, &[], None).unwrap_or_else(|error| panic!("{error}"));
        let message = task.message("THE TEXT");
        assert!(message.contains("THE TEXT"), "{name}: {message}");
        assert!(!message.contains("{{"), "{name}: {message}");
        assert!(task.system.is_some(), "{name}");
    }
    let names: Vec<_> = list(None).into_iter().map(|one| one.name).collect();
    assert_eq!(
        names,
        built_in_names().collect::<Vec<_>>(),
        "in their order"
    );
}

#[test]
fn parameters_are_filled_in_and_the_text_is_never_a_template() {
    let task = ready("translate", &[("language", "{{input}} French")], None).expect("is right");
    assert_eq!(
        task.message("Hello {{language}}"),
        "Translate into {{input}} French:\n\nHello {{language}}"
    );
    let error = ready("translate", &[("langauge", "French")], None).expect_err("a typing error");
    assert_eq!(error.to_string(), "the task 'translate' has no 'langauge'");
    assert_eq!(error.hints[0], "did you mean 'language'?");
}

#[test]
fn a_parameter_without_a_default_must_be_given() {
    let own = folder("t", "prompt = \"{{a}} {{input}}\"\n[parameters.a]\n");
    let error = ready("t", &[], Some(own.path())).expect_err("it is missing");
    assert_eq!(error.to_string(), "the task 't' needs 'a'");
    assert!(
        error.hints[0].contains("--param a=VALUE"),
        "{:?}",
        error.hints
    );
}

#[test]
fn a_task_changes_the_settings_that_it_names_and_no_others() {
    let own = folder(
        "t",
        "prompt = \"{{input}}\"\n[sampling]\ntemperature = 0.5\ntop_k = 3\n[answer]\npredict = 9\nstop = [\"x\"]\n",
    );
    let file = load("t", Some(own.path())).expect("is right");
    let base = Base {
        sampling: SamplerSettings {
            top_p: 0.5,
            top_k: 7,
            ..SamplerSettings::default()
        },
        ..Base::default()
    };
    let task = file
        .ready(&[], &base, |key| key == "sampling.top_k")
        .expect("is right");
    assert_eq!((task.sampling.temperature, task.sampling.top_p), (0.5, 0.5));
    assert_eq!(task.sampling.top_k, 7, "what was asked for stays");
    assert_eq!(
        (task.max_tokens, &task.stop[..]),
        (Some(9), &["x".to_owned()][..])
    );
}

#[test]
fn labels_come_from_the_file_or_the_parameter() {
    let labels = |given: &[(&str, &str)]| ready("classify", given, None).map(|task| task.labels);
    let default = labels(&[]).expect("has labels").expect("classifies");
    assert_eq!(default, ["positive", "negative", "neutral"]);
    let given = labels(&[("labels", "spam, ham,spam")])
        .expect("two")
        .expect("classifies");
    assert_eq!(given, ["spam", "ham"]);
    let error = labels(&[("labels", "spam")]).expect_err("one is no choice");
    assert!(error.to_string().contains("two labels or more"), "{error}");
}

#[test]
fn the_users_file_wins_and_a_mistake_in_it_is_named_with_its_line() {
    let own = folder("translate", "prompt = \"Mine: {{input}}\"\n");
    let task = ready("translate", &[], Some(own.path())).expect("is right");
    assert_eq!(task.message("x"), "Mine: x");
    for (text, part) in [
        ("promt = \"{{input}}\"\n", "t.toml:1: unknown key 'promt'"),
        ("description = \"\"\n", "a task needs a prompt"),
        (
            "description = \"\"\nprompt = \"x\"\n",
            "t.toml:2: the prompt has no {{input}}",
        ),
        (
            "prompt = \"{{input}} {{lang}}\"\n",
            "t.toml:1: prompt has a place for 'lang'",
        ),
        (
            "prompt = \"{{input}}\"\nkind = \"choose\"\n",
            "t.toml:2: kind is answer or classify",
        ),
        (
            "prompt = \"{{input}}\"\nlabels = [\"a\"]\n",
            "t.toml:2: labels need kind",
        ),
        (
            "prompt = \"{{input}}\"\n[sampling]\ntemp = 1\n",
            "t.toml:3: a task cannot set 'sampling.temp'",
        ),
        (
            "prompt = \"{{input}}\"\n[sampling]\ntop_p = 2\n",
            "t.toml:3: 'sampling.top_p'",
        ),
        (
            "prompt = \"{{input}}\"\n[answer]\nsystem = \"\"\n",
            "t.toml:3: a task cannot set",
        ),
        (
            "prompt = \"{{input}}\"\n[[examples]]\nuser = \"a\"\n",
            "t.toml:3: an example is a table",
        ),
        (
            "prompt = \"{{input}}\"\n[parameters.a]\ndefalt = \"\"\n",
            "t.toml:3: unknown key 'defalt'",
        ),
        (
            "prompt = \"{{input}}\"\n[sampling]\njson_schema = '{\"type\": 1}'\n",
            "t.toml:3: 'sampling.json_schema': the JSON schema is wrong at #/type",
        ),
        ("prompt = \n", "t.toml:1"),
    ] {
        let own = folder("t", text);
        let error = load("t", Some(own.path())).expect_err(text).to_string();
        assert!(error.contains(part), "{text}\n{error}");
    }
}

#[test]
fn a_name_is_no_path() {
    let own = folder("t", "prompt = \"{{input}}\"\n");
    let inner = own.path().join("inner");
    fs::create_dir(&inner).expect("there is room");
    let error = load("../t", Some(&inner)).expect_err("outside");
    assert_eq!(error.to_string(), "there is no task '../t'");
}

#[test]
fn examples_come_before_the_text_as_questions_of_the_same_form() {
    let own = folder(
        "t",
        "system = \"S\"\nprompt = \"Q: {{input}}\"\n[[examples]]\nuser = \"a\"\nassistant = \"b\"\n",
    );
    let task = ready("t", &[], Some(own.path())).expect("is right");
    let messages = task.messages("c");
    let said: Vec<_> = messages
        .iter()
        .map(|one| (one.role, one.content.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Role::System, "S"),
            (Role::User, "Q: a"),
            (Role::Assistant, "b"),
            (Role::User, "Q: c")
        ]
    );
}

#[test]
fn parameters_are_taken_off_a_line_in_the_chat() {
    let task = load("translate", None).expect("is built in");
    let (given, rest) = task.split_parameters("language=\"old Norse\" x=1 y");
    assert_eq!(given, [("language".to_owned(), "old Norse".to_owned())]);
    assert_eq!(rest, "x=1 y");
    assert_eq!(task.split_parameters("just a text").1, "just a text");
}

#[test]
fn what_every_built_in_task_says_of_itself_has_its_chinese() {
    for name in built_in_names() {
        let task = load(name, None).unwrap_or_else(|error| panic!("{error}"));
        let parameters = task.parameters.iter().filter(|one| one.name != LABELS);
        let texts = parameters.map(|one| &one.description);
        for text in texts.chain([&task.description]) {
            assert!(crate::words::help::chinese(text).is_some(), "{text}");
        }
    }
}
