//! The real program in Chinese, at three sizes, without a model.

mod views;

use regex::Regex;

use crate::support::pty::{Home, Pty};

const SIZES: [(u16, u16); 3] = [(80, 24), (200, 50), (40, 10)];
const ALT_S: &str = "\x1bs";
const CTRL_O: &str = "\x0f";
const CTRL_R: &str = "\x12";
const F1: &str = "\x1bOP";

/// Starts in a folder without models.
fn start(home: &Home, size: (u16, u16)) -> Pty {
    let models = home.path().join("models");
    let variables = [
        ("LIMPID_LANGUAGE", "zh"),
        ("LIMPID_MODEL", ""),
        ("LIMPID_MODELS_DIR", models.to_str().expect("is UTF-8")),
    ];
    let pty = Pty::limpid_with(home, &["--offline"], &variables, size);
    pty.wait_for("输入消息");
    pty
}

fn leave(pty: &mut Pty) {
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

/// Closes what is open over the panes.
fn close(pty: &mut Pty, title: &str) {
    pty.send("\x1b");
    pty.wait_until(&format!("{title:?} closed"), |screen, _| {
        !screen.contents().contains(title)
    });
}

/// What the screen shows, without what this machine has, and how many actions there are.
fn shown(pty: &Pty) -> String {
    let machine = Regex::new(r"(?m)│ gpu .*$").expect("the pattern is sound");
    let counts = Regex::new(r"还有 \d+ 行|\d+ / \d+").expect("the pattern is sound");
    let screen = pty.screen();
    let screen = machine.replace_all(&screen, "│ gpu");
    let masked = counts.replace_all(&screen, |found: &regex::Captures<'_>| {
        found[0].replace(|c: char| c.is_ascii_digit(), "#")
    });
    masked.into_owned()
}

/// Waits until the terminal's cursor is seen in this column of the row that shows a text.
fn wait_cursor(pty: &Pty, row_with: &str, column: u16) {
    pty.wait_until(
        &format!("the cursor in column {column} beside {row_with:?}"),
        |screen, _| {
            let (row, at) = screen.cursor_position();
            let (_, columns) = screen.size();
            let text = screen
                .rows(0, columns.get())
                .nth(usize::from(row))
                .unwrap_or_default();
            at == column && text.contains(row_with) && !screen.hide_cursor()
        },
    );
}

/// Waits until it is on the mark that stands behind what is typed into a list.
fn wait_cursor_on_mark(pty: &Pty, typed: &str) {
    pty.wait_until(&format!("the cursor behind {typed:?}"), |screen, _| {
        let (row, column) = screen.cursor_position();
        let mark = screen.cell(row, column).map(vt100::Cell::contents);
        let seen = screen.contents();
        let text = seen.lines().nth(usize::from(row)).unwrap_or_default();
        mark == Some("▏") && text.contains(typed) && !screen.hide_cursor()
    });
}

/// Two words of English beside each other. Names are none: what has a digit or a sign in it, what
/// is written in capitals, keys, what stands between backticks.
fn english(screen: &str) -> Vec<String> {
    const KEYS: [&str; 19] = [
        "Alt",
        "Backspace",
        "Ctrl",
        "Delete",
        "Down",
        "End",
        "Enter",
        "Esc",
        "Home",
        "Insert",
        "Left",
        "PgDn",
        "PgUp",
        "Right",
        "Shift",
        "Space",
        "Tab",
        "Up",
        "limpid",
    ];
    let code = Regex::new("`[^`]*`").expect("the pattern is sound");
    let words = Regex::new(r"[^\s，。：；、！？（）“”│·]+").expect("the pattern is sound");
    let mut found = Vec::new();
    for row in screen.lines() {
        let row = code.replace_all(row, "``");
        let mut last: Option<(usize, &str)> = None;
        for word in words.find_iter(&row) {
            let text = word.as_str();
            let is_word = text.len() > 1
                && text.chars().all(|c| c.is_ascii_alphabetic())
                && text.chars().any(|c| c.is_ascii_lowercase())
                && !KEYS.contains(&text);
            if !is_word {
                continue;
            }
            if let Some((end, before)) = last
                && word.start() == end + 1
            {
                found.push(format!("{before} {text}"));
            }
            last = Some((word.end(), text));
        }
    }
    found
}

#[test]
fn english_words_are_found_and_names_are_not() {
    let screen = "│ 已复制 the answer。 │\n│ Ctrl-T 词元 · F1 帮助 · temp_x top_k │\n│ Enter 发送 Shift Tab │";
    assert_eq!(english(screen), ["the answer"]);
    assert_eq!(english("no odds known"), ["no odds", "odds known"]);
}

/// Opens something over each first screen, and shows it once its `end`, what is drawn last, is
/// there.
fn at_every_size(name: &str, keys: &str, title: &str, end: &str) {
    for size in SIZES {
        let home = Home::new();
        let mut pty = start(&home, size);
        if !keys.is_empty() {
            pty.send(keys);
            pty.wait_for(title);
        }
        pty.wait_for(end);
        let screen = shown(&pty);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), screen);
        assert_eq!(english(&screen), [""; 0], "{screen}");
        if !keys.is_empty() {
            close(&mut pty, title);
        }
        leave(&mut pty);
    }
}

#[test]
fn the_first_screen_is_chinese() {
    at_every_size("chinese_first", "", "", "F1 帮助 ┘");
}

#[test]
fn the_help_is_chinese() {
    at_every_size("chinese_help", F1, "┌ 帮助 ─", "Esc 关闭 ─┘");
}

#[test]
fn the_palette_is_chinese() {
    at_every_size("chinese_palette", CTRL_O, "┌ 操作 ─", "行 ─┘");
}

#[test]
fn the_sampler_settings_are_chinese() {
    at_every_size("chinese_sampler", ALT_S, "┌ 采样器 ─", "Esc 关闭 ─┘");
}

#[test]
fn what_an_input_method_commits_is_shown_with_the_cursor_behind_it() {
    for size in SIZES {
        let home = Home::new();
        let mut pty = start(&home, size);
        // Behind the border, a blank and the prompt.
        let before = 4;
        wait_cursor(&pty, "› 输入消息", before);
        pty.send("你好，世界");
        wait_cursor(&pty, "你好，世界", before + 10);
        // Back over one character, which is two columns, and another one in between.
        pty.send("\x1b[D");
        wait_cursor(&pty, "你好，世界", before + 8);
        pty.send("新");
        wait_cursor(&pty, "你好，世新界", before + 10);
        pty.send("\x7f\x7f");
        wait_cursor(&pty, "你好，界", before + 6);
        pty.send("\x15\x0b");
        wait_cursor(&pty, "", before);
        leave(&mut pty);
    }
}

#[test]
fn the_cursor_follows_what_is_typed_into_lists_and_questions() {
    for size in SIZES {
        let home = Home::new();
        let mut pty = start(&home, size);
        pty.send(CTRL_O);
        pty.wait_for("┌ 操作 ─");
        wait_cursor_on_mark(&pty, "› ▏");
        pty.send("显示按键");
        wait_cursor_on_mark(&pty, "› 显示按键▏");
        pty.send("\x7f");
        wait_cursor_on_mark(&pty, "› 显示按▏");
        close(&mut pty, "┌ 操作 ─");
        pty.send(CTRL_R);
        pty.wait_for("┌ 输入历史 ─");
        pty.send("天空");
        wait_cursor_on_mark(&pty, "› 天空▏");
        close(&mut pty, "┌ 输入历史 ─");
        // The name of a preset.
        pty.send(ALT_S);
        pty.wait_for("┌ 采样器 ─");
        pty.send("s");
        pty.wait_for("预设名称：");
        wait_cursor_on_mark(&pty, "预设名称：▏");
        pty.send("我的");
        wait_cursor_on_mark(&pty, "预设名称：我的▏");
        close(&mut pty, "预设名称：");
        close(&mut pty, "┌ 采样器 ─");
        leave(&mut pty);
    }
}
