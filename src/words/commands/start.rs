//! Of the way from a command line to a front end.

use crate::words::{phrases, sentences};

phrases! {
    NOT_TOGETHER =
        "--messages and --interactive do not go together",
        "--messages 和 --interactive 不能同时使用";
    ONLY_ANSWERED =
        "without --interactive the question is answered and that is all",
        "不加 --interactive 则只回答问题，然后退出";
    EMPTY_PROMPT = "the prompt is empty", "提示为空";
    GIVE_PROMPT =
        "give it as an argument, in a file (-f), or on standard input",
        "请用参数、文件（-f）或标准输入给出提示";
    CANNOT_WRITE_ANSWER = "cannot write the answer", "无法写出回答";
    NO_TERMINAL =
        "standard output is no terminal, and there is no prompt",
        "标准输出不是终端，也没有给出提示";
    GIVE_OR_PIPE =
        "give a prompt, or pipe one in; `limpid repl` chats in lines",
        "请给出提示，或用管道输入；`limpid repl` 逐行对话";
}

sentences! {
    no_terminal_to_go_on(error) =
        "there is no terminal to go on chatting on: {error}",
        "没有可以继续对话的终端：{error}";
    unreadable_terminal(error) = "cannot read the terminal: {error}", "无法读取终端：{error}";
    no_log(file, error) = "limpid: no log is kept: {file}: {error}", "limpid：没有保存日志：{file}：{error}";
}
