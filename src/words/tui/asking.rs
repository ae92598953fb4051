//! What the input asks for beside a message.

use crate::words::{phrases, sentences};

phrases! {
    /// What stands in the input while it is empty.
    ASK = "ask something, or / for a command", "输入消息，或用 / 输入命令";

    CONTINUE_WITH = "continue with…", "续写为…";
    SEARCH = "search…", "搜索…";
    COMMAND = "command…", "命令…";
    PREFILL = "the next answer begins with…", "下一个回答的开头…";
    EXPORT = "export to…", "导出到…";

}

sentences! {
    to_write(key) = "{key} to write", "按 {key} 输入";
    continue_with_hint(send, back) =
        "continue with… {send} goes on from it, {back} leaves it",
        "续写为… {send} 从此继续，{back} 放弃";
    search_hint(send, back) =
        "a text; {send} finds the next, alone the last one again, {back} leaves it",
        "要找的文本；{send} 找下一处，留空则重复上次搜索，{back} 放弃";
    command_hint(back) =
        "a command, such as /set temperature 0.5; {back} leaves it",
        "命令，例如 /set temperature 0.5；{back} 放弃";
    prefill_hint(send, back) =
        "the answer's first words; {send} alone takes them back, {back} leaves it",
        "回答的开头文字；留空按 {send} 则取消，{back} 放弃";
    export_hint(back) =
        "a path: .jsonl, .json or .txt; {back} leaves it",
        "路径：.jsonl、.json 或 .txt；{back} 放弃";
    command_wanted(back) =
        "A command is typed here, such as /set temperature 0.5; {back} leaves it.",
        "这里输入命令，例如 /set temperature 0.5；按 {back} 放弃。";
}
