use super::*;
use crate::chat::{ConversationId, Now, Session, SessionOptions, UserEvent};
use crate::inference::SamplerSettings;

fn session() -> Session {
    let now = Now {
        wall: 0,
        monotonic: std::time::Duration::ZERO,
    };
    Session::new(SessionOptions::default(), ConversationId("ID".into()), now)
}

fn command(line: &str) -> SlashCommand {
    match parse(line) {
        Parsed::Command(command) => command,
        other => panic!("{line}: {other:?}"),
    }
}

fn sampling(line: &str) -> SamplerSettings {
    match command(line).outcome(&session()) {
        Outcome::Events(events) => match &events[..] {
            [UserEvent::Sampling(sampling)] => (**sampling).clone(),
            other => panic!("{line}: {other:?}"),
        },
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn text_that_begins_with_a_slash_is_text() {
    for line in [
        "hello",
        "",
        "/",
        "//",
        "// a comment",
        "/etc/hosts",
        "/home/x y",
        "/usr/bin/env is what?",
        "/*",
        "/dev.txt",
        "/ help",
        "/help\nand more",
        "what is /help?",
    ] {
        assert_eq!(parse(line), Parsed::NotACommand(line.into()), "{line}");
    }
}

#[test]
fn every_name_and_alias_is_read() {
    for spec in SPECS {
        for name in spec.aliases.iter().chain([&spec.name]) {
            let line = format!("/{name}");
            let parsed = parse(&line);
            assert!(
                matches!(parsed, Parsed::Command(_) | Parsed::Usage { .. }),
                "{line}"
            );
            let upper = parse(&line.to_uppercase());
            assert_eq!(upper, parsed, "letters' case does not matter");
        }
    }
}

#[test]
fn no_two_commands_share_a_name() {
    let mut names: Vec<_> = SPECS
        .iter()
        .flat_map(|spec| spec.aliases.iter().chain([&spec.name]))
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn an_unknown_command_suggests_the_nearest_and_is_not_sent() {
    for (line, near) in [
        ("/hlep", Some("help")),
        ("/regenerate", Some("regen")),
        ("/contin", Some("continue")),
        ("/modle x", Some("model")),
        ("/Exitt", Some("exit")),
        ("/xyzzyx", None),
    ] {
        let Parsed::Unknown { nearest, .. } = parse(line) else {
            panic!("{line}")
        };
        assert_eq!(nearest, near, "{line}");
        assert!(
            parse(line)
                .complaint()
                .unwrap()
                .contains("Nothing was sent")
        );
    }
}

#[test]
fn arguments_are_read() {
    assert_eq!(
        command("/edit  say it so "),
        SlashCommand::Edit {
            message: None,
            text: Some("say it so".into())
        }
    );
    assert_eq!(
        command("/edit #2 2 plus 2?"),
        SlashCommand::Edit {
            message: Some(2),
            text: Some("2 plus 2?".into())
        }
    );
    assert_eq!(
        command("/edit 2 plus 2?"),
        SlashCommand::Edit {
            message: None,
            text: Some("2 plus 2?".into())
        },
        "a number without # is text"
    );
    assert_eq!(command("/delete #3"), SlashCommand::Delete(3));
    assert_eq!(command("/delete 3"), SlashCommand::Delete(3));
    assert_eq!(command("/regen"), SlashCommand::Regenerate(None));
    assert_eq!(command("/regen #1"), SlashCommand::Regenerate(Some(1)));
    assert_eq!(command("/branches 2"), SlashCommand::Branches(Some(2)));
    assert_eq!(command("/model"), SlashCommand::Model(None));
    assert_eq!(command("/system"), SlashCommand::System(SystemChange::Show));
    assert_eq!(
        command("/system none"),
        SlashCommand::System(SystemChange::Remove)
    );
    assert_eq!(
        command("/system Be brief."),
        SlashCommand::System(SystemChange::Set("Be brief.".into()))
    );
    assert_eq!(
        command("/read a b.txt"),
        SlashCommand::Read("a b.txt".into())
    );
    assert_eq!(
        command("/read \"a b.txt\""),
        SlashCommand::Read("a b.txt".into())
    );
    assert_eq!(
        command("/read a\\ b.txt"),
        SlashCommand::Read("a b.txt".into())
    );
    assert_eq!(
        command("/glob src/**/*.rs"),
        SlashCommand::Glob("src/**/*.rs".into())
    );
    assert_eq!(
        command("/show TEMPLATE"),
        SlashCommand::Show(Topic::Template)
    );
    assert_eq!(command("/set"), SlashCommand::Show(Topic::Parameters));
    assert_eq!(
        command("/incognito off"),
        SlashCommand::Incognito(Some(false))
    );
    assert!(matches!(command("/help /set"), SlashCommand::Help(Some(spec)) if spec.name == "set"));
}

#[test]
fn arguments_that_do_not_fit_say_what_does() {
    for (line, says) in [
        ("/exit now", "takes nothing"),
        ("/branches x", "/branches lists"),
        ("/branches 0", "/branches lists"),
        ("/delete", "/delete #2; /show messages"),
        ("/delete #0", "found '#0'"),
        ("/regen twice", "the number of a message"),
        ("/read", "FILE"),
        ("/export", "FILE"),
        ("/show", "info, parameters"),
        ("/show promt", "Did you mean prompt?"),
        ("/incognito maybe", "on or off"),
        ("/help setx", "Did you mean /set?"),
        ("/set temperatur 1", "Did you mean temperature?"),
        ("/set xyz 1", "/help set"),
        ("/set temp", "a number from 0 up"),
        ("/set temp hot", "a number from 0 up, found 'hot'"),
        ("/set temp -1", "found '-1'"),
        ("/set temp nan", "found 'nan'"),
        ("/set top-p 1.5", "from 0 to 1"),
        ("/set seed x", "random"),
        ("/set predict 0", "-1 for no limit"),
        ("/set mirostat 3", "0, 1 or 2"),
        ("/set samplers top_k;magic", "top_k"),
        ("/set logit-bias 5", "TOKEN+NUMBER"),
        (
            "/set json-schema {\"type\": 1}",
            "at #/type, line 1, column 2",
        ),
        ("/set json-schema {\"type\": 1}", "\n  {\"type\": 1}\n   ^"),
    ] {
        let complaint = parse(line).complaint().unwrap_or_else(|| panic!("{line}"));
        assert!(complaint.contains(says), "{line}: {complaint}");
    }
}

fn is(found: f32, expected: f32) -> bool {
    found.to_bits() == expected.to_bits()
}

#[test]
fn settings_are_set_under_their_flags_names() {
    assert!(is(sampling("/set temp 0.2").temperature, 0.2));
    assert!(is(sampling("/set --temp 0.2").temperature, 0.2));
    assert!(is(sampling("/set temperature 0").temperature, 0.0));
    assert_eq!(sampling("/set top_k 7").top_k, 7);
    assert_eq!(
        sampling("/set dry-penalty-last-n -1").dry.penalty_last_n,
        -1
    );
    assert_eq!(sampling("/set seed 42").seed, Some(42));
    assert_eq!(sampling("/set seed random").seed, None);
    assert_eq!(sampling("/set samplers top-k;temp").order.len(), 2);
    let bias = sampling("/set logit-bias 15043-inf").logit_bias[0];
    assert_eq!((bias.id.0, bias.bias), (15043, f32::NEG_INFINITY));
    let schema = sampling(r#"/set json-schema {"type": "integer"}"#);
    assert_eq!(
        schema.json_schema.as_deref(),
        Some(r#"{"type": "integer"}"#)
    );
    let grammar = sampling(r#"/set grammar root ::= "a""#).grammar;
    assert_eq!(grammar.as_deref(), Some(r#"root ::= "a""#));
    assert_eq!(sampling("/set json-schema none").json_schema, None);
    let predict = command("/set predict 5").outcome(&session());
    assert_eq!(
        predict,
        Outcome::Events(vec![UserEvent::MaxTokens(Some(5))])
    );
}

#[test]
fn every_setting_takes_the_value_it_shows() {
    let session = session();
    for setting in SETTINGS {
        let value = setting.value(session.options());
        let assignment = Assignment::parse(setting.name, &value)
            .unwrap_or_else(|error| panic!("{}: {error}", setting.name));
        match assignment.event(session.sampling()) {
            UserEvent::Sampling(sampling) => assert_eq!(&*sampling, session.sampling()),
            UserEvent::MaxTokens(limit) => assert_eq!(limit, session.max_tokens()),
            UserEvent::Candidates(count) => assert_eq!(count, session.options().candidates),
            UserEvent::CandidateMass(mass) => {
                assert!((mass - session.options().candidate_mass).abs() < 1e-6);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn parameters_mark_what_is_not_the_default() {
    let mut session = session();
    let now = Now {
        wall: 0,
        monotonic: std::time::Duration::ZERO,
    };
    session.handle(
        crate::chat::Event::User(UserEvent::Sampling(Box::new(sampling("/set top-k 7")))),
        now,
    );
    let Outcome::Text(text) = command("/set").outcome(&session) else {
        panic!()
    };
    assert!(text.contains("* top-k               7\n"), "{text}");
    assert!(text.contains("  temp                0.8\n"), "{text}");
}

#[test]
fn help_names_every_command_and_setting() {
    let Outcome::Text(help) = command("/help").outcome(&session()) else {
        panic!()
    };
    for spec in SPECS {
        assert!(help.contains(&format!("/{}", spec.name)), "{}", spec.name);
    }
    let Outcome::Text(help) = command("/help set").outcome(&session()) else {
        panic!()
    };
    for setting in SETTINGS {
        assert!(help.contains(setting.name), "{}", setting.name);
    }
    let Outcome::Text(help) = command("/help exit").outcome(&session()) else {
        panic!()
    };
    assert_eq!(help, "/exit\nLeave.\nAlso: /quit, /bye");
}

#[test]
fn saving_names_a_conversation_and_ends_incognito() {
    let now = Now {
        wall: 0,
        monotonic: std::time::Duration::ZERO,
    };
    let options = SessionOptions {
        record: false,
        ..SessionOptions::default()
    };
    let incognito = Session::new(options, ConversationId("ID".into()), now);
    assert_eq!(
        command("/save Sky").outcome(&incognito),
        Outcome::Events(vec![
            UserEvent::Incognito(false),
            UserEvent::Rename("Sky".into())
        ])
    );
    assert!(matches!(
        command("/save").outcome(&session()),
        Outcome::Text(_)
    ));
    assert_eq!(
        command("/incognito").outcome(&session()),
        Outcome::Events(vec![UserEvent::Incognito(true)])
    );
}

fn offered(line: &str) -> (String, Vec<String>) {
    match complete(line, line.len()) {
        Completions::Words { range, words } => (line[range].to_owned(), words),
        other => panic!("{line}: {other:?}"),
    }
}

fn asked(line: &str) -> (String, Argument) {
    match complete(line, line.len()) {
        Completions::Ask { range, kind } => (line[range].to_owned(), kind),
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn names_are_completed() {
    assert_eq!(
        offered("/ex"),
        ("ex".into(), vec!["exit".into(), "export".into()])
    );
    assert_eq!(offered("  /reg"), ("reg".into(), vec!["regen".into()]));
    assert_eq!(
        offered("/q"),
        ("q".into(), vec!["quit".into()]),
        "aliases when nothing else fits"
    );
    assert_eq!(offered("/").1.len(), SPECS.len());
}

#[test]
fn arguments_are_completed_by_kind() {
    assert_eq!(
        offered("/set top-"),
        (
            "top-".into(),
            vec!["top-k".into(), "top-p".into(), "top-n-sigma".into()]
        )
    );
    assert_eq!(
        offered("/show p"),
        ("p".into(), vec!["parameters".into(), "prompt".into()])
    );
    assert_eq!(offered("/incognito o").1, ["on", "off"]);
    assert_eq!(offered("/help st").1, ["stats"]);
    assert_eq!(asked("/read a dir/fi"), ("a dir/fi".into(), Argument::File));
    assert_eq!(asked("/model "), (String::new(), Argument::Model));
    assert_eq!(asked("/theme  da"), ("da".into(), Argument::Theme));
    assert_eq!(asked("/load 01"), ("01".into(), Argument::Conversation));
}

#[test]
fn nothing_is_offered_where_nothing_is_known() {
    for line in [
        "hello",
        "/etc/ho",
        "/nosuch x",
        "/exit x",
        "/set temp 0",
        "/system Be",
        "/zzz",
    ] {
        assert_eq!(complete(line, line.len()), Completions::None, "{line}");
    }
    assert_eq!(
        complete("/é", 2),
        Completions::None,
        "a cursor inside a character"
    );
    assert_eq!(complete("/é", 99), Completions::None);
}

#[test]
fn what_the_answer_begins_with_and_what_has_a_name() {
    assert_eq!(
        command("/prefill Sure,").outcome(&session()),
        Outcome::Events(vec![UserEvent::Prefill(Some("Sure,".into()))])
    );
    assert_eq!(
        command("/prefill none").outcome(&session()),
        Outcome::Events(vec![UserEvent::Prefill(None)])
    );
    assert_eq!(
        command("/system @concise"),
        SlashCommand::System(SystemChange::Named("concise".into()))
    );
    assert_eq!(
        command("/system @home you are kind"),
        SlashCommand::System(SystemChange::Set("@home you are kind".into())),
        "a text may begin with a name"
    );
    assert_eq!(command("/preset"), SlashCommand::Preset(None));
    assert_eq!(
        command("/preset creative").outcome(&session()),
        Outcome::Request(Request::Preset("creative".into()))
    );
    assert_eq!(asked("/system @co"), ("@co".into(), Argument::SystemPrompt));
    assert_eq!(asked("/preset c"), ("c".into(), Argument::Preset));
    assert_eq!(asked("/tag sky wo"), ("wo".into(), Argument::Tag));
    assert_eq!(asked("/untag "), (String::new(), Argument::Tag));
    assert_eq!(asked("/edit #"), ("#".into(), Argument::Message));
}
