//! The real program in Chinese, at three sizes, without a model.

use crate::support::pty::{Home, Pty};

const SIZES: [(u16, u16); 3] = [(80, 24), (200, 50), (40, 10)];
const ALT_S: &str = "\x1bs";
const CTRL_O: &str = "\x0f";
const CTRL_R: &str = "\x12";

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

#[test]
fn what_an_input_method_commits_is_shown_with_the_cursor_behind_it() {
    for size in SIZES {
        let home = Home::new();
        let mut pty = start(&home, size);
        let before = pty.with_screen(|screen| screen.cursor_position().1);
        pty.send("你好，世界");
        pty.wait_for("你好，世界");
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
        let before = pty.with_screen(|screen| screen.cursor_position().1);
        pty.send("显示按键");
        wait_cursor(&pty, "› 显示按键", before + 8);
        pty.send("\x7f");
        wait_cursor(&pty, "› 显示按", before + 6);
        close(&mut pty, "┌ 操作 ─");
        pty.send(CTRL_R);
        pty.wait_for("┌ 输入历史 ─");
        pty.send("天空");
        wait_cursor(&pty, "› 天空", before + 4);
        close(&mut pty, "┌ 输入历史 ─");
        // The name of a preset.
        pty.send(ALT_S);
        pty.wait_for("┌ 采样器 ─");
        pty.send("s");
        pty.wait_for("预设名称：");
        let before = pty.with_screen(|screen| screen.cursor_position().1);
        pty.send("我的");
        wait_cursor(&pty, "预设名称：我的", before + 4);
        close(&mut pty, "预设名称：");
        close(&mut pty, "┌ 采样器 ─");
        leave(&mut pty);
    }
}
