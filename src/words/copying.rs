//! What is copied, and how it gets out: in panes and in lines.

use super::{phrases, sentences};

phrases! {
    /// Why not through the terminal.
    AS_SET = "as ui.copy says", "ui.copy 如此设定";
    CONSOLE_HAS_NO_CLIPBOARD = "a Linux console has no clipboard", "Linux 控制台没有剪贴板";
    NO_ESCAPE_SEQUENCES =
        "no escape sequences are written here, which copying needs",
        "这里不写转义序列，而复制需要它";
    SCREEN_OR_TMUX =
        "screen and tmux take it in ways of their own, and which of them this is cannot be told",
        "screen 和 tmux 的复制方式不同，而这里无法分辨是哪一个";

    /// What is copied.
    THE_ANSWER = "the answer", "回答";
}

sentences! {
    too_large(kilobytes) = "terminals copy no more than {kilobytes} kB", "终端最多复制 {kilobytes} kB";
    /// What is copied (`the answer`), its size, and how it went there.
    copied(what, size, how) = "Copied {what}, {size}, {how}.", "已复制：{what}，{size}，{how}。";
    copied_with(what, size, command) =
        "Copied {what}, {size}, with {command}.",
        "已用 {command} 复制：{what}，{size}。";
    no_text(what) = "Nothing was copied: {what} has no text.", "未复制：{what}没有文本。";
    command_failed(what, command, error) =
        "{what} was not copied: `{command}` {error}",
        "未复制{what}：`{command}` {error}";
    not_copied(what, error) = "{what} was not copied: {error}", "未复制{what}：{error}";
    wrote(what, size, file, reason) =
        "Wrote {what}, {size}, to {file}: {reason}.",
        "已写入 {file}：{what}，{size}。原因：{reason}。";
    not_copied_incognito(what, size, reason) =
        "{what}, {size}, was not copied: {reason}, and an incognito session \
         writes no file. /export writes one where you say.",
        "未复制{what}（{size}）：{reason}，而无痕会话不写文件。/export 可写到你指定的位置。";
    not_awaited(command) = "`{command}` still runs; it is not waited for.", "`{command}` 仍在运行；不再等待。";

    /// These three follow a command.
    ended_with_error(status, error) = "ended with {status}: {error}", "以 {status} 结束：{error}";
    ended(status) = "ended with {status}", "以 {status} 结束";
    complains(text) = "says: {text}", "报告：{text}";
}
