//! The real program with the real model in a real terminal.

use std::io::Write;

use limpid::tui::signal;
use limpid::tui::terminal::Terminal;

use crate::support::pty::{Home, Pty};
use crate::support::run::ENDLESS;

/// The last of what gives a terminal back.
const LEFT: &[u8] = b"\x1b[?1049l";
const STATUS: &str = "F1 help";

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Starts with the model loaded.
fn start(home: &Home, size: (u16, u16)) -> Pty {
    let pty = Pty::limpid(home, &["-n", "200", "--seed", "7"], size);
    pty.wait_for("is ready.");
    pty
}

fn ask(pty: &mut Pty, text: &str) {
    pty.send(text);
    pty.wait_for(text);
    pty.send("\r");
}

fn wait_answered(pty: &Pty) {
    pty.wait_for("seed 7");
}

#[test]
fn a_conversation_shows_its_words_its_odds_and_its_speed() {
    let home = Home::new();
    let mut pty = start(&home, (120, 36));
    ask(&mut pty, "Why is the sky blue?");
    wait_answered(&pty);
    let screen = pty.screen();
    for part in [
        "tok/s",
        "surprise",
        "others",
        "to the first token",
        "entropy",
    ] {
        assert!(screen.contains(part), "{part:?} is missing in:\n{screen}");
    }
    // Found out beside it, and a moment after the answer.
    pty.wait_for("ceiling ");
    pty.send("\x14");
    pty.wait_for("token 1 of");
    pty.send("j\r");
    pty.wait_for("2/2");
    wait_answered(&pty);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(pty.is_cooked());
    assert!(contains(&pty.raw(), LEFT));
}

#[test]
fn a_question_is_walked_searched_and_scored() {
    let home = Home::new();
    let mut pty = start(&home, (120, 36));
    ask(&mut pty, "Why is the sky blue?");
    wait_answered(&pty);
    // Into the question from behind; its tokens come from the engine.
    pty.send("\x14h");
    pty.wait_for("s scores this");
    pty.send("s");
    pty.wait_for("perplexity so far");
    pty.wait_for("others");
    pty.send("g");
    pty.wait_for("token 1 of 6");
    pty.send("/");
    pty.wait_for("search…");
    pty.send("sky\r");
    pty.wait_for("·sky ");
    // Each of its words was scored, and the first is as open as a question is.
    pty.send("w");
    pty.wait_for("least certain words");
    pty.wait_for("[Why");
    pty.send("\x1b");
    pty.wait_gone("least certain words");
    pty.wait_for("word ");
    pty.send("\x1b");
    pty.wait_for(STATUS);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_token_is_asked_of_again_with_other_settings_and_the_conversation_goes_on() {
    let home = Home::new();
    let mut pty = start(&home, (120, 40));
    ask(&mut pty, "Why is the sky blue?");
    wait_answered(&pty);
    pty.send("\x14");
    pty.wait_for("token 1 of");
    pty.send("ll");
    pty.wait_for("token 3 of");
    pty.wait_for("stored %");
    pty.send("r");
    pty.wait_for("now %");
    pty.wait_for("temperature /0.8");
    pty.send(":");
    pty.wait_for("/set");
    pty.send("temperature 0.3\r");
    pty.wait_for("temperature /0.3");
    pty.wait_for("token 3 of");
    pty.send("r");
    pty.wait_for("stored %");
    pty.send("\x14");
    pty.wait_for("ask something");
    ask(&mut pty, "And at night?");
    wait_answered(&pty);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_second_engine_shows_where_the_model_looked_and_goes_with_its_view() {
    let home = Home::new();
    let mut pty = start(&home, (120, 36));
    ask(&mut pty, "Why is the sky blue?");
    wait_answered(&pty);
    pty.send("\x14");
    pty.wait_for("token 1 of");
    pty.send("lla");
    pty.wait_for("mean over all heads of 30 layers");
    pty.wait_for("strongest sources");
    pty.wait_for("first token");
    pty.send("jjl");
    pty.wait_for("layer 1 of 0 to 29, head 0 of 0 to 8");
    pty.send("\x1b");
    pty.wait_gone("strongest sources");
    pty.wait_for("token 3 of");
    pty.send("\x14");
    pty.wait_for("ask something");
    ask(&mut pty, "And at night?");
    wait_answered(&pty);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn ctrl_c_stops_an_answer_and_keeps_what_came() {
    let home = Home::new();
    let mut pty = Pty::limpid(&home, &ENDLESS, (80, 24));
    pty.wait_for("is ready.");
    ask(&mut pty, "Count from one to one thousand.");
    pty.wait_for("writing");
    pty.send("\x03");
    pty.wait_for("/continue goes on");
    pty.send("\x03");
    pty.wait_for("again to leave");
    pty.send("\x03");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn ten_megabytes_are_pasted_and_taken_back() {
    let home = Home::new();
    let mut pty = start(&home, (80, 24));
    let mut paste = b"\x1b[200~".to_vec();
    paste.extend(b"0123456 ".repeat(10 << 17));
    paste.extend(b"END\x1b[201~");
    pty.send_bytes(&paste);
    pty.wait_for("10,485,763 characters");
    pty.send("\x03");
    pty.wait_for("ask something");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_paste_without_an_end_gives_the_keyboard_back() {
    let home = Home::new();
    let mut pty = start(&home, (80, 24));
    pty.send("\x1b[200~half a paste");
    pty.wait_for("half a paste");
    pty.send("\x15typed");
    pty.wait_for("› typed");
    pty.send("\x03\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn no_escape_from_content_reaches_the_terminal() {
    let home = Home::new();
    let mut pty = start(&home, (120, 36));
    pty.send("\x1b[200~Say \x1b]52;c;aGk=\x07 and \x1b]8;;http://x\x1b\\ and \u{9b}31m.\x1b[201~");
    pty.wait_for("␛]52;c;aGk=^G");
    pty.send("\r");
    wait_answered(&pty);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let raw = pty.raw();
    for part in [&b"\x1b]"[..], b"\x07", "\u{9b}".as_bytes()] {
        assert!(!contains(&raw, part), "{part:?} was sent");
    }
}

#[test]
fn what_is_copied_is_sent_only_on_the_users_key() {
    let home = Home::new();
    let mut pty = start(&home, (120, 36));
    ask(&mut pty, "Say hi.");
    wait_answered(&pty);
    assert!(!contains(&pty.raw(), b"\x1b]52;c;"));
    pty.send("\x14y");
    pty.wait_for("Copied");
    assert!(contains(&pty.raw(), b"\x1b]52;c;"));
}

#[test]
fn signals_give_the_terminal_back_and_say_which_it_was() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("QUIT", 131), ("INT", 130)] {
        let home = Home::new();
        let mut pty = start(&home, (80, 24));
        assert!(!pty.is_cooked());
        pty.signal(signal);
        assert_eq!(pty.exit_code(), code, "{signal}");
        assert!(pty.is_cooked(), "{signal}");
        assert!(pty.raw().ends_with(LEFT), "{signal}");
    }
}

#[test]
fn a_closed_terminal_ends_the_program_and_keeps_the_conversation() {
    let home = Home::new();
    let mut pty = Pty::limpid(&home, &ENDLESS, (80, 24));
    pty.wait_for("is ready.");
    ask(&mut pty, "A word to be kept: quixotry.");
    pty.wait_for("writing");
    // Help hides the cursor, and ratatui would complain that it cannot show it again.
    pty.send("\x1bOP");
    pty.wait_for("Esc closes");
    pty.hang_up();
    assert_eq!(pty.exit_code(), 129);
    let kept = home
        .files()
        .into_iter()
        .any(|(_, content)| contains(&content, b"quixotry"));
    assert!(kept);
}

#[test]
fn what_was_said_in_another_conversation_is_found_and_opened() {
    let home = Home::new();
    let mut pty = start(&home, (100, 30));
    ask(&mut pty, "A word to be found: quixotry.");
    wait_answered(&pty);
    pty.send("/new\r");
    pty.wait_gone("to be found");
    pty.send("/search nothing of the kind\r");
    pty.wait_for("Nothing was found.");
    pty.send("\x1b");
    pty.wait_gone("Nothing was found.");
    pty.send("/search QUIXOTRY\r");
    pty.wait_for("conversations with: QUIXOTRY");
    pty.wait_for("A word to be found: quixotry.");
    pty.send("\r");
    pty.wait_gone("conversations with");
    pty.wait_for("A word to be found: quixotry.");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_suspended_program_comes_back_and_paints_itself() {
    let home = Home::new();
    let mut pty = Pty::command(
        &home,
        &["bash", "--norc", "-i"],
        &[("PS1", "shell> ")],
        (100, 30),
    );
    pty.wait_for("shell>");
    let program = env!("CARGO_BIN_EXE_limpid");
    pty.send(&format!("{program} {}\r", ENDLESS.join(" ")));
    pty.wait_for("is ready.");
    ask(&mut pty, "Count from one to one hundred.");
    pty.wait_for("writing");
    pty.send("\x1a");
    pty.wait_for("Stopped");
    pty.wait_gone(STATUS);
    pty.send("echo $((6*7))\r");
    pty.wait_for("42");
    pty.send("fg\r");
    pty.wait_for(STATUS);
    pty.wait_for("Count from one to one hundred.");
    pty.send("\x03");
    pty.wait_for("/continue goes on");
    pty.send("\x04");
    pty.wait_gone(STATUS);
    pty.send("exit 5\r");
    assert_eq!(pty.exit_code(), 5);
}

/// Processor time of a program and those that it started, in the kernel's ticks of 10 ms.
#[cfg(target_os = "linux")]
fn ticks(pid: u32) -> u64 {
    let processes = std::fs::read_dir("/proc").expect("Linux has it");
    let mut sum = 0;
    for process in processes.flatten() {
        // What is no process, or has just ended, has no such file.
        let stat = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        // The name may hold anything; the numbers stand behind its last bracket.
        let Some((_, fields)) = stat.rsplit_once(')') else {
            continue;
        };
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
        let own = process.file_name().to_string_lossy() == pid.to_string();
        if own || number(1) == Some(pid.into()) {
            sum += number(11).unwrap_or(0) + number(12).unwrap_or(0);
        }
    }
    sum
}

#[cfg(not(target_os = "linux"))]
fn ticks(_pid: u32) -> u64 {
    0
}

#[test]
fn an_idle_program_writes_nothing_and_does_nothing() {
    let home = Home::new();
    let mut pty = start(&home, (120, 36));
    ask(&mut pty, "Say hi.");
    wait_answered(&pty);
    // The machine is looked at once more after the answer.
    let settle = std::time::Duration::from_millis(1500);
    std::thread::sleep(settle);
    let (bytes, worked) = (pty.raw().len(), ticks(pty.pid()));
    std::thread::sleep(settle);
    assert_eq!(pty.raw().len(), bytes);
    let worked = ticks(pty.pid()) - worked;
    // One tick may fall on whoever runs by chance when it is counted.
    assert!(worked <= 1, "{worked} ticks in {settle:?}");
}

#[test]
fn no_color_means_no_colour() {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &[], &[("NO_COLOR", "1")], (100, 30));
    pty.wait_for("is ready.");
    pty.with_screen(|screen| {
        for row in 0..30 {
            for column in 0..100 {
                let cell = screen.cell(row, column).expect("it is on the screen");
                assert_eq!(cell.fgcolor(), vt100::Color::Default);
                assert_eq!(cell.bgcolor(), vt100::Color::Default);
            }
        }
    });
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

/// The colours of the screen's top left corner and of the status line's beginning.
fn colours(screen: &vt100::Screen) -> Vec<vt100::Color> {
    let places = [(0, 0), (0, 4), (34, 1), (35, 4)];
    let cells = places.map(|(row, column)| screen.cell(row, column).expect("it is there"));
    cells.map(vt100::Cell::fgcolor).to_vec()
}

#[test]
fn the_theme_is_as_the_terminal_says_it_is() {
    let home = Home::new();
    let with = |theme: &str| {
        let variables = [("COLORTERM", "truecolor")];
        let pty = Pty::limpid_with(&home, &["--theme", theme], &variables, (120, 36));
        pty.wait_for("is ready.");
        pty
    };
    let [dark, light, ansi] =
        ["dark", "light", "ansi"].map(|theme| with(theme).with_screen(colours));
    assert!(dark != light && light != ansi && ansi != dark);
    let mut pty = with("auto");
    assert!(contains(&pty.raw(), b"\x1b]11;?\x1b\\"));
    // One that says nothing gets what fits any.
    assert_eq!(pty.with_screen(colours), ansi);
    pty.send("\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\");
    let becomes = |pty: &Pty, wanted: &[vt100::Color]| {
        pty.wait_until("the theme", |screen, _| colours(screen) == wanted);
    };
    becomes(&pty, &light);
    // The desktop goes dark.
    pty.send("\x1b[?997;1n");
    becomes(&pty, &dark);
    // The list shows what it stands on, and leaves everything as it was.
    pty.send("/theme\r");
    pty.wait_for("high-contrast");
    pty.send("light");
    becomes(&pty, &light);
    pty.send("\x1b");
    pty.wait_gone("high-contrast");
    becomes(&pty, &dark);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(contains(&pty.raw(), b"\x1b[?2031l"));
}

#[test]
fn without_a_utf8_locale_everything_is_ascii() {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &[], &[("LANG", "C")], (100, 30));
    pty.wait_for("is ready.");
    assert!(pty.screen().is_ascii(), "{}", pty.screen());
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

/// Runs one of the ignored tests below as a program in a terminal.
fn run_inside(name: &str) -> (String, Vec<u8>) {
    let home = Home::new();
    let this = std::env::current_exe().expect("a test knows its file");
    let command = format!(
        "{} --exact tui::real::{name} --ignored --nocapture; echo code $?",
        this.display()
    );
    let mut pty = Pty::command(&home, &["sh", "-c", &command], &[], (80, 24));
    pty.exit_code();
    assert!(pty.is_cooked());
    (pty.screen(), pty.raw())
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let (screen, raw) = run_inside("panics_in_the_terminal");
    assert!(screen.contains("on purpose"), "{screen}");
    assert!(screen.contains("code 101"), "{screen}");
    let left = raw.windows(LEFT.len()).position(|window| window == LEFT);
    let said = raw.windows(10).position(|window| window == b"on purpose");
    assert!(left.is_some() && left < said);
}

#[test]
fn an_abort_gives_the_terminal_back() {
    let (screen, raw) = run_inside("aborts_in_the_terminal");
    assert!(screen.contains("code 134"), "{screen}");
    assert!(contains(&raw, LEFT));
}

fn enter() -> Terminal {
    let mut terminal = Terminal::enter(false).expect("there is a terminal");
    terminal
        .draw(|frame| {
            frame.render_widget("on the alternate screen", frame.area());
            std::collections::HashMap::new()
        })
        .expect("it can be drawn on");
    terminal
}

#[test]
#[ignore = "a program that `a_panic_gives_the_terminal_back_before_it_speaks` runs"]
fn panics_in_the_terminal() {
    let _terminal = enter();
    panic!("on purpose");
}

#[test]
#[ignore = "a program that `an_abort_gives_the_terminal_back` runs"]
fn aborts_in_the_terminal() {
    let _terminal = enter();
    let (events, _received) = crossbeam_channel::unbounded();
    let _guard = signal::install(events).expect("handlers can be installed");
    // Whatever was buffered is not the matter here.
    let _ = std::io::stdout().flush();
    std::process::abort();
}
