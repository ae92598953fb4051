//! What leaves: copies, messages with their odds.

use crate::words::{phrases, sentences};

phrases! {
    /// Why not through the terminal.
    AS_SET = "as ui.copy says", "ui.copy 如此设定";
    CONSOLE_HAS_NO_CLIPBOARD = "a Linux console has no clipboard", "Linux 控制台没有剪贴板";

    MESSAGE_WITH_ODDS = "the message with its odds", "消息及其概率";
    NO_ODDS_KNOWN = "no odds are known of that message", "没有那条消息的概率数据";
}

sentences! {
    too_large(most) = "terminals copy no more than {most}", "终端最多复制 {most}";
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

    /// These three follow a command.
    ended_with_error(status, error) = "ended with {status}: {error}", "以 {status} 结束：{error}";
    ended(status) = "ended with {status}", "以 {status} 结束";
    complains(text) = "says: {text}", "报告：{text}";

    message_with_odds(top) =
        "the message with its odds and the best {top} alternatives of each token",
        "消息及其概率和每个词元的前 {top} 个候选";
    unknown_export(path, endings) =
        "{path}: the ending says the form; use {endings}",
        "{path}：格式由扩展名决定；请用 {endings}";
    unknown_form(path) =
        "{path}: the ending says the form; use .jsonl, .json or .txt",
        "{path}：格式由扩展名决定；请用 .jsonl、.json 或 .txt";
    written(path) = "Written to {path}.", "已写入 {path}。";
}
