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
        format!("error: {name}:3: unknown part 'titel'\nhint: did you mean 'title'?\n")
    );
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
