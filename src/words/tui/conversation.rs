//! The pane of the conversation: its messages, and what it shows before there are any.

use crate::words::{phrases, sentences};

phrases! {
    MOTTO =
        "Talk to a model, and watch it choose every word.",
        "与模型对话，看它如何选出每个词。";
    LOADING = "The model is loading; you can type already.", "模型正在加载；现在就可以输入。";
    NO_MODEL =
        "No model is loaded: /model lists those that are here.",
        "没有加载模型：用 /model 列出本机的模型。";
    SEND = "send", "发送";
    TOKENS = "go through the answer token by token", "逐个词元查看回答";
    NEXT_PANE = "next pane", "下一个窗格";
    COMPLETE_OR_NEXT_PANE = "next pane, or complete a /command", "下一个窗格，或补全 /命令";
    ACTIONS = "find any action", "查找任何操作";
    ALL_KEYS = "all keys", "全部按键";

    /// After the name of who wrote it.
    WAITS = "  waits until the answer ends", "  等回答结束后发送";

    STOPPED = "stopped; /continue goes on from here", "已停止；用 /continue 从这里继续";
    LENGTH_LIMIT = "length limit reached; /continue goes on", "达到长度上限；用 /continue 继续";
    CONTEXT_FULL =
        "the context is full; /new starts a new conversation",
        "上下文已满；用 /new 开始新对话";
}

sentences! {
    send_or_new_line(key) = "send; {key} for a new line", "发送；{key} 换行";
    ready(model) = "{model} is ready.", "{model} 已就绪。";
    /// What is folded: how much is not shown, and in tokens.
    folded(size, tokens) = "[… {size}, ~{tokens} tokens]", "[… {size}，约 {tokens} 个词元]";
}
