//! The branches of a conversation: as a tree, side by side, written together.

use crate::words::{phrases, sentences};

phrases! {
    TREE = "branches", "分支";
    /// After the names of keys.
    SHOWS_IT = "shows it", "显示";
    MARKS_IT = "marks it to compare", "标记以比较";
    COMPARES = "on another compares", "另一分支上按则比较";
    SCROLL = "scroll", "滚动";
    SCROLL_BOTH = "scroll both", "同时滚动";
    ANOTHER_BRANCH = "another branch", "换分支";
    STOPS = "stops", "停止";
    ANOTHER = "another", "换一个";
    GOES_ON = "goes on with it", "从此继续";
    CLOSES = "closes", "关闭";
    /// Eight columns at most.
    BITS_PER_TOKEN = "bits/tok", "比特/tok";
    NATS_PER_TOKEN = "nats/tok", "奈特/tok";
    /// Over the odds of the first token; seven columns at most.
    FIRST = "first", "首词元";
    MODEL = "model", "模型";
    BRANCH_ENDS = "(ends here)", "（到此结束）";
    EMPTY = "(empty)", "（空）";

    ENDS_HERE = "∎ ends here", "∎ 到此结束";
    TYPED = "typed", "手动输入";

    /// Between what two have in common and its end.
    COLON = ": ", "：";
    TWO_BRANCHES = "two branches", "两个分支";
    SAME_BRANCH = "These two are the same branch by now.", "这两个现在是同一分支。";

    CONTINUATIONS = "continuations", "续写";
    OF_ANOTHER_CONVERSATION =
        "These continuations belong to another conversation.",
        "这些续写属于另一个对话。";
    STOPPED_BEFORE = "Stopped before any of them began.", "尚未开始任何续写就已停止。";
    WAITING = "waiting for the model…", "等待模型……";

    STATE_WRITING = "writing…", "生成中…";
    STATE_ENDED = "ended", "已结束";
    STATE_LENGTH = "length limit", "达到长度上限";
    STATE_STOPPED = "stopped", "已停止";
    STATE_FULL = "context full", "上下文已满";
    STATE_FAILED = "failed", "失败";
}

sentences! {
    /// The tokens come with their word.
    sureness(perplexity, tokens) =
        "perplexity {perplexity:.2}, {tokens}",
        "困惑度 {perplexity:.2}，{tokens}";
    perplexity(perplexity) = "perplexity {perplexity:.2}", "困惑度 {perplexity:.2}";
    in_common(messages) = "{messages} in common", "共有 {messages}";
    in_common_with_tokens(messages, tokens) =
        "{messages} and {tokens} in common",
        "共有 {messages}和 {tokens}";
    reading_before(done, tokens) =
        "reading what stands before them: {done} of {tokens}",
        "正在读取其前的内容：{done} / {tokens}";
    cost_failed(tokens, reason) = "{tokens}, then: {reason}", "{tokens}，随后：{reason}";
    cost(tokens, decodes, cached, prompt) =
        "{tokens} in {decodes}; {cached} of {prompt} before them were cached",
        "{tokens}，{decodes}；其前 {prompt}中 {cached} 个来自缓存";
    cost_briefly(tokens, decodes) = "{tokens} in {decodes}", "{tokens}，{decodes}";
    cost_so_far(tokens) =
        "{tokens} so far, all decoded in one batch",
        "目前 {tokens}，全部在同一批中解码";
    cost_stopped(tokens) = "{tokens}; stopped", "{tokens}；已停止";
}
