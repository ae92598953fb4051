//! The borders of the panes and of the input, and who says what.

use crate::words::{phrases, sentences};

phrases! {
    CONVERSATION = "conversation", "对话";
    TOKEN = "token", "词元";
    THROUGHPUT = "throughput", "吞吐";
    ZOOMED = " zoomed ", " 已放大 ";

    CORRECTED_BY_YOU = "corrected by you", "由你更正";
    SYSTEM = "system", "系统";
    YOU = "you", "你";
    ASSISTANT = "assistant", "助手";
}

sentences! {
    zoomed(key) = " zoomed · {key} ", " 已放大 · {key} ";
    answer_begins(text) = " answer begins: {text} ", " 回答开头：{text} ";
    too_long(tokens, limit) =
        " too long · about {tokens} of {limit} tokens ",
        " 过长 · 约 {tokens} / {limit} 个词元 ";
    oldest_summarised(count, tokens, limit) =
        " oldest {count} to be summarised · about {tokens} of {limit} tokens ",
        " 最早的 {count} 条将被摘要 · 约 {tokens} / {limit} 个词元 ";
    oldest_left_out(count, tokens, limit) =
        " oldest {count} will not be sent · about {tokens} of {limit} tokens ",
        " 最早的 {count} 条不会发送 · 约 {tokens} / {limit} 个词元 ";
    more_below(key) = " more below · {key} ", " 下方还有内容 · {key} ";
    more_below_from(percent, key) =
        " {percent:.0} %, more below · {key} ",
        " {percent:.0} %，下方还有内容 · {key} ";

    not_saved(reason) = "not saved: {reason}", "未保存：{reason}";
    running(command, key) = "running {command}; {key} stops it", "正在运行 {command}；按 {key} 停止";
}
