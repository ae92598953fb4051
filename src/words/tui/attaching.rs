//! What comes into the input: files, output, pasted text, what an editor wrote.

use crate::words::{phrases, sentences};

phrases! {
    NO_FILE_MATCHES = "No file matches.", "没有匹配的文件。";
    RUNNER_GONE = "the thread that runs the command is gone", "运行命令的线程已不存在";
    DRAFT_IS_BACK =
        "What you had typed and not sent is back.",
        "已恢复你未发送的草稿。";
}

sentences! {
    cost(size, tokens) = "{size}, ~{tokens} tokens", "{size}，约 {tokens} 个词元";
    cost_of_encoding(encoding, cost) = "{encoding}, {cost}", "{encoding}，{cost}";
    attach_all(files) = "attach all {files}", "附加全部 {files}";
    matching(pattern) = "files that match {pattern}", "匹配 {pattern} 的文件";
    matching_in_context(pattern, limit) =
        "files that match {pattern} · the context holds {limit}",
        "匹配 {pattern} 的文件 · 上下文容量 {limit}";
    ran(command, ended) = "{command}: {ended}.", "{command}：{ended}。";
    ran_last(command, ended, key) =
        "{command}: {ended}. {key} sends the message.",
        "{command}：{ended}。按 {key} 发送消息。";

    /// How many files of a pattern, and why the first of them.
    left_out(files, reason) = "{files} left out; the first: {reason}", "略过 {files}；第一个：{reason}";

    folded(header, tokens) = "[{header}, ~{tokens} tokens]", "[{header}，约 {tokens} 个词元]";
    folded_paste(size, tokens) =
        "[pasted text, {size}, ~{tokens} tokens]",
        "[粘贴的文本，{size}，约 {tokens} 个词元]";

    cannot_start(program, error) = "cannot start {program}: {error}", "无法启动 {program}：{error}";
    editor_ended(status) =
        "the editor ended with {status}; your text is as it was",
        "编辑器以 {status} 结束；你的文本保持不变";
    editor_ended_having_written(status) =
        "the editor ended with {status}; your text is as it was, and Up brings what was written there",
        "编辑器以 {status} 结束；你的文本保持不变，按 ↑ 可取回在编辑器中写下的内容";
}
