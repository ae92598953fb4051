//! In Chinese.

use unicode_width::UnicodeWidthStr;

use crate::support::pty::{Home, Pty};

use super::{BRIEF, SIZE};

/// A chat in Chinese, at its first prompt.
fn chinese(home: &Home) -> Pty {
    let pty = Pty::limpid_with(home, &BRIEF, &[("LIMPID_LANGUAGE", "zh")], SIZE);
    pty.wait_for("用 /help 查看命令，Ctrl-D 退出。");
    pty.wait_for("> ");
    pty
}

/// The column in which `word` begins in the line that begins with `label`.
fn column(screen: &str, label: &str, word: &str) -> usize {
    let line = screen
        .lines()
        .find(|line| line.starts_with(label))
        .unwrap_or_else(|| panic!("no line begins with {label}:\n{screen}"));
    let at = line
        .find(word)
        .unwrap_or_else(|| panic!("{word} is not in {line}"));
    line[..at].width()
}

#[test]
fn commands_are_helped_with_and_refused_in_chinese() {
    let home = Home::new();
    let mut pty = chinese(&home);
    pty.send("/help\r");
    pty.wait_for("多行消息以 \"\"\" 开头，以 \"\"\" 结尾。");
    let screen = pty.screen();
    assert_eq!(
        column(&screen, "/incognito", "不再记录"),
        column(&screen, "/theme", "选择或更换配色"),
        "{screen}"
    );
    pty.send("/hlep\r");
    pty.wait_for("没有 /hlep 这个命令。是否指 /help？没有发送任何内容。");
    pty.send("/set temp warm\r");
    pty.wait_for("/set temp 应为：不小于 0 的数；却得到“warm”。");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn the_model_and_an_answer_are_told_of_in_aligned_columns() {
    let home = Home::new();
    let mut pty = chinese(&home);
    pty.send("Why is the sky blue?\r");
    pty.wait_for("首个词元 ");
    pty.send("/show info\r");
    pty.wait_for("随时写入");
    let screen = pty.screen();
    let column = |label, word| column(&screen, label, word);
    assert_eq!(
        column("对话", "Why is"),
        column("历史", "随时写入"),
        "{screen}"
    );
    assert_eq!(
        column("上下文", "512"),
        column("历史", "随时写入"),
        "{screen}"
    );
    assert!(
        screen.contains("1 个分支中共 2 条"),
        "what is counted has its measure word:\n{screen}"
    );
    pty.send("/stats\r");
    pty.wait_for("每个词元 ");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}
