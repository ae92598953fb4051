//! The simple commands, run as a user runs them.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const LIMPID: &str = env!("CARGO_BIN_EXE_limpid");

/// A home of its own for one test.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn settings(&self) -> PathBuf {
        self.0.path().join("config/config.toml")
    }

    fn write_settings(&self, text: &str) {
        fs::create_dir_all(self.0.path().join("config")).expect("can be made");
        fs::write(self.settings(), text).expect("can be written");
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().stdin(Stdio::null());
        for kind in ["CONFIG", "DATA", "STATE", "CACHE"] {
            let folder = self.0.path().join(kind.to_lowercase());
            command.env(format!("LIMPID_{kind}_DIR"), folder);
        }
        command
    }

    fn run(&self, line: &[&str]) -> Output {
        self.command(LIMPID)
            .args(line)
            .output()
            .expect("limpid starts")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn mode(path: &Path) -> u32 {
    let found = fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    found.permissions().mode() & 0o777
}

#[test]
fn a_usage_error_ends_in_2_and_leaves_stdout_alone() {
    let home = Home::new();
    for line in [
        ["--temprature", "1"],
        ["models", "lst"],
        ["themes", "shwo"],
        ["--theme", ""],
    ] {
        let output = home.run(&line);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{line:?}: {}",
            text(&output.stderr)
        );
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn help_is_output_and_names_every_command() {
    let output = Home::new().run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
    let help = text(&output.stdout);
    for command in [
        "repl",
        "models",
        "tokens",
        "attention",
        "bench",
        "history",
        "config",
        "themes",
        "man",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
    assert!(!help.contains("__engine"));
    assert!(!help.contains('\u{1B}'));
}

#[test]
fn a_full_disk_on_stdout_is_one_line_and_1() {
    for line in [
        &["--help"][..],
        &["man"],
        &["completions", "bash"],
        &["config", "show"],
    ] {
        let full = OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("is a device");
        let mut command = Home::new().command(LIMPID);
        let output = command
            .args(line)
            .stdout(full)
            .output()
            .expect("limpid starts");
        assert_eq!(output.status.code(), Some(1), "{line:?}");
        let stderr = text(&output.stderr);
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(
            stderr.contains("cannot write to standard output"),
            "{stderr}"
        );
    }
}

#[test]
fn a_closed_pipe_on_stdout_is_quiet_and_141() {
    let (reader, writer) = io::pipe().expect("a pipe");
    drop(reader);
    let mut command = Home::new().command(LIMPID);
    let output = command.args(["completions", "zsh"]).stdout(writer).output();
    let output = output.expect("limpid starts");
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn files_are_private_whatever_the_umask() {
    for umask in ["000", "777"] {
        let home = Home::new();
        let line = format!("umask {umask}; exec {LIMPID} config init");
        let output = home
            .command("/bin/sh")
            .args(["-c", &line])
            .output()
            .expect("sh starts");
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(mode(&home.settings()), 0o600, "umask {umask}");
        assert_eq!(mode(&home.0.path().join("config")), 0o700, "umask {umask}");
    }
}

#[test]
fn a_mistake_in_the_settings_is_told_with_its_line_and_can_be_repaired() {
    let home = Home::new();
    home.write_settings("# mine\n\nmodle = \"x\"\n");
    let output = home.run(&["config", "show"]);
    assert_eq!(output.status.code(), Some(2));
    let file = home.settings();
    assert_eq!(
        text(&output.stderr),
        format!(
            "error: {}:3: unknown key 'modle'\nhint: did you mean 'model'?\n",
            file.display()
        )
    );
    for line in [
        &["config", "path"][..],
        &["config", "init", "--force"],
        &["config", "show"],
    ] {
        assert_eq!(home.run(line).status.code(), Some(0), "{line:?}");
    }
}

#[test]
fn config_check_finds_mistakes_and_keys_that_do_less_than_they_seem_to() {
    let home = Home::new();
    let output = home.run(&["config", "check"]);
    assert_eq!(output.status.code(), Some(0), "a file is not needed");
    home.write_settings("[keys.input]\nctrl-s = \"send\"\n");
    let output = home.run(&["config", "check"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout).lines().count(), 1);
    // Everywhere stands before the list, so the list's own key is never asked.
    home.write_settings("[keys.global]\nctrl-p = \"palette\"\n");
    let output = home.run(&["config", "check"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    let place = format!("{}:2: ctrl-p", home.settings().display());
    assert!(said.contains(&place), "{said}");
    // And so is everywhere's where the input has it.
    home.write_settings("[keys.input]\nctrl-c = \"copy-selection\"\n");
    let said = text(&home.run(&["config", "check"]).stdout);
    assert!(
        said.contains("careful: no key is 'interrupt' in [keys.input] any more"),
        "{said}"
    );
    home.write_settings("[keys.input]\nctrl-s = \"sned\"\n");
    let output = home.run(&["config", "check"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    let place = format!("error: {}:2: ", home.settings().display());
    assert!(
        said.starts_with(&place) && said.contains("did you mean 'send'?"),
        "{said}"
    );
}

#[test]
fn config_keys_tells_each_key_and_where_it_was_said_as_settings_again() {
    let home = Home::new();
    home.write_settings("[keys.global]\nalt-x = \"leave\"\n");
    let output = home.run(&["config", "keys"]);
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stdout);
    let line = |begins: &str| {
        let line = said.lines().find(|line| line.starts_with(begins));
        line.unwrap_or_else(|| panic!("{begins} in {said}"))
    };
    let own = line("\"alt-x\"");
    assert!(own.contains("= \"leave\""), "{own}");
    let place = format!("# {}:2", home.settings().display());
    assert!(own.ends_with(&place), "{own}");
    assert!(line("\"f1\"").ends_with("# default"));
    // What it prints is what the settings file takes.
    let defaults = home.run(&["config", "keys"]);
    home.write_settings(&text(&defaults.stdout));
    let output = home.run(&["config", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn config_show_tells_where_each_value_came_from() {
    let home = Home::new();
    home.write_settings("[sampling]\ntop_k = 7\n");
    let mut command = home.command(LIMPID);
    command
        .env("LIMPID_TOP_P", "0.5")
        .env("LLAMA_ARG_CTX_SIZE", "4096");
    let output = command
        .args(["--temp", "0", "config", "show"])
        .output()
        .expect("limpid starts");
    let shown = text(&output.stdout);
    let origin = |key: &str| {
        let line = shown
            .lines()
            .find(|line| line.starts_with(&format!("{key} = ")));
        let line = line.unwrap_or_else(|| panic!("{key} in {shown}"));
        line.split_once("# ").map(|(_, origin)| origin.to_owned())
    };
    let file = format!("{}:2", home.settings().display());
    assert_eq!(
        origin("sampling.temperature").as_deref(),
        Some("flag --temp")
    );
    assert_eq!(
        origin("sampling.top_p").as_deref(),
        Some("env LIMPID_TOP_P")
    );
    assert_eq!(
        origin("load.ctx_size").as_deref(),
        Some("env LLAMA_ARG_CTX_SIZE")
    );
    assert_eq!(origin("sampling.top_k"), Some(file));
    assert_eq!(origin("ui.theme").as_deref(), Some("default"));
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let mut command = Home::new().command(LIMPID);
    command
        .env("LIMPID_CONFIG_DIR", "/proc/limpid")
        .args(["config", "init"]);
    let output = command.output().expect("limpid starts");
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(
        stderr.starts_with("error: cannot write /proc/limpid"),
        "{stderr}"
    );
}

#[test]
fn a_theme_file_is_checked_with_its_line() {
    let home = Home::new();
    let file = home.0.path().join("mine.toml");
    fs::write(&file, "inherits = \"dark\"\n[styles]\ntitel = \"red\"\n").expect("can be written");
    let name = file.to_string_lossy();
    let output = home.run(&["themes", "check", &name]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        format!("error: {name}:3:1: unknown part 'titel'\nhint: did you mean 'title'?\n")
    );
}

#[test]
fn every_mistake_of_a_theme_file_is_told_at_once() {
    let home = Home::new();
    let file = home.0.path().join("mine.toml");
    let theme = "inherits = \"dark\"\nbackgroud = \"dark\"\n[palette]\nsea = \"#12345\"\n\
                 [styles]\ntext = \"gren\"\ntitle = { fg = \"sea\", blod = true, bg = 256 }\n\
                 [token]\nscale = [\"red\", \"bleu\"]\n";
    fs::write(&file, theme).expect("can be written");
    let name = file.to_string_lossy();
    let output = home.run(&["themes", "check", &name]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    let places: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("error: ")?.strip_prefix(&*name))
        .collect();
    assert_eq!(
        places,
        [
            ":2:1: unknown key 'backgroud' in a theme",
            ":4:7: unknown colour '#12345'",
            ":6:8: unknown colour 'gren'",
            ":7:23: unknown property 'blod' of a style",
            ":7:41: colour numbers go from 0 to 255, found 256",
            ":9:9: 'scale' is a list of 9 styles from improbable to probable, found 2",
            ":9:17: unknown colour 'bleu'",
        ]
    );
    for hint in ["'background'", "'green'", "'bold'", "'blue'"] {
        assert!(
            said.contains(&format!("hint: did you mean {hint}?")),
            "{said}"
        );
    }
    // A theme that is not there, and one that builds on none.
    assert_eq!(
        home.run(&["themes", "check", "none.toml"]).status.code(),
        Some(1)
    );
    fs::write(&file, "inherits = \"drak\"\n").expect("can be written");
    let output = home.run(&["themes", "check", &name]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("did you mean 'dark'?"));
    fs::write(&file, "inherits = \"dark\"\n").expect("can be written");
    assert_eq!(home.run(&["themes", "check", &name]).status.code(), Some(0));
}

#[test]
fn a_text_from_a_file_cannot_control_the_terminal() {
    let home = Home::new();
    home.write_settings("\"mod\\u001B]0;title\\u0007el\" = 1\n");
    let output = home.run(&["config", "show"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.contains(&0x1B), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains('␛'));
}

/// Characters of the common block: what no English text has.
fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

#[test]
fn help_and_mistakes_are_told_in_the_language_that_is_asked_for() {
    let home = Home::new();
    let run = |variables: &[(&str, &str)], line: &[&str]| {
        let mut command = home.command(LIMPID);
        command.args(line).envs(variables.iter().copied());
        let output = command.output().expect("limpid starts");
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let chinese = &[("LIMPID_LANGUAGE", "zh")][..];
    let locale = &[("LANG", "zh_CN.UTF-8")][..];
    for (variables, line) in [
        (chinese, &["--help"][..]),
        (locale, &["-h"]),
        (locale, &["models", "pull", "--help"]),
        (&[], &["--language", "zh", "help", "history", "export"]),
    ] {
        let (code, help, stderr) = run(variables, line);
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{line:?}");
        assert!(help.contains("用法：limpid"), "{line:?}: {help}");
        assert!(help.contains("选项："), "{line:?}: {help}");
        assert!(!help.contains("Usage:"), "{line:?}: {help}");
        assert!(help.matches("\n模型：\n").count() <= 1, "{line:?}: {help}");
        let wide = help.lines().find(|line| limpid::text::width(line) > 100);
        assert_eq!(wide, None, "{line:?}");
    }
    let english = [("LANG", "zh_CN.UTF-8"), ("LIMPID_LANGUAGE", "en")];
    let (_, help, _) = run(&english, &["--help"]);
    assert!(
        help.contains("Usage: limpid") && !is_chinese(&help),
        "{help}"
    );

    let (code, _, stderr) = run(chinese, &["--temprature", "1"]);
    assert_eq!(code, Some(2));
    for part in [
        "错误：",
        "“--temprature”",
        "“--temperature”",
        "用法：limpid",
        "--help",
    ] {
        assert!(stderr.contains(part), "{part}: {stderr}");
    }
    let (code, _, stderr) = run(chinese, &["--temp", "warm"]);
    assert_eq!(code, Some(2));
    assert!(
        stderr.contains("应为不小于 0 的数字，实际为“warm”"),
        "{stderr}"
    );
    let (code, _, stderr) = run(chinese, &["why", "-n", "3", "repl"]);
    assert_eq!(code, Some(2));
    assert!(
        stderr.contains("不能同时使用") && stderr.contains("用法："),
        "{stderr}"
    );

    let (_, themes, _) = run(chinese, &["themes", "list"]);
    assert!(themes.contains("深色背景上的柔和颜色"), "{themes}");

    home.write_settings("[sampling]\ntemprature = 1\n");
    let (code, _, stderr) = run(chinese, &["config", "show"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("未知的键“sampling.temprature”"), "{stderr}");
    assert!(stderr.contains("“sampling.temperature”"), "{stderr}");
}

/// They are files, and the same for everyone.
#[test]
fn what_is_generated_is_english_in_every_language() {
    let home = Home::new();
    for line in [
        &["man"][..],
        &["man", "limpid-config.5"],
        &["man", "keys.md"],
        &["completions", "zsh"],
    ] {
        let spoken = |language: &str| {
            let mut command = home.command(LIMPID);
            command.args(line).env("LIMPID_LANGUAGE", language);
            command.output().expect("limpid starts").stdout
        };
        assert!(!spoken("en").is_empty());
        assert_eq!(text(&spoken("zh")), text(&spoken("en")), "{line:?}");
    }
}
