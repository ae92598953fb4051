//! What the input asks for beside a message.

use crate::words::phrases;

phrases! {
    /// What stands in the input while it is empty.
    ASK = "ask something, or / for a command", "输入消息，或用 / 输入命令";
    ESC_TO_WRITE = "Esc to write", "按 Esc 输入";

    CONTINUE_WITH = "continue with…", "续写为…";
    SEARCH = "search…", "搜索…";
    COMMAND = "command…", "命令…";
    PREFILL = "the next answer begins with…", "下一个回答的开头…";
    EXPORT = "export to…", "导出到…";

    CONTINUE_WITH_HINT =
        "continue with… Enter goes on from it, Esc leaves it",
        "续写为… Enter 从此继续，Esc 放弃";
    SEARCH_HINT =
        "a text; Enter finds the next, alone the last one again, Esc leaves it",
        "要找的文本；Enter 找下一处，留空则重复上次搜索，Esc 放弃";
    COMMAND_HINT =
        "a command, such as /set temperature 0.5; Esc leaves it",
        "命令，例如 /set temperature 0.5；Esc 放弃";
    PREFILL_HINT =
        "the answer's first words; Enter alone takes them back, Esc leaves it",
        "回答的开头文字；留空按 Enter 则取消，Esc 放弃";
    EXPORT_HINT =
        "a path: .jsonl, .json or .txt; Esc leaves it",
        "路径：.jsonl、.json 或 .txt；Esc 放弃";

    COMMAND_WANTED =
        "A command is typed here, such as /set temperature 0.5; Esc leaves it.",
        "这里输入命令，例如 /set temperature 0.5；按 Esc 放弃。";
}
