//! Of conversations as files: what is exported, imported, and wrong with a record.

use crate::words::{phrases, sentences};

// Exports for people.
phrases! {
    SYSTEM = "System", "系统";
    YOU = "You", "你";
    CORRECTED_ANSWER = "Corrected answer", "更正后的回答";
    ASSISTANT = "Assistant", "助手";
    ENDINGS = ".md, .html, .txt, .json or .jsonl", ".md、.html、.txt、.json 或 .jsonl";
}

// The odds of a message's tokens as a table.
phrases! {
    PERCENT = "percent", "百分比";
    RANK = "rank", "名次";
    SURPRISE = "surprise", "惊异度";
    ENTROPY = "entropy", "熵";
    TOKEN = "token", "词元";
    TYPED = "(typed)", "（输入的）";
}

sentences! {
    perplexity(perplexity, tokens) =
        "perplexity {perplexity:.3} over {tokens} tokens; bits",
        "困惑度 {perplexity:.3}，共 {tokens} 个词元；单位为比特";
}

// What is imported: why it is not, and what of it is left out.
phrases! {
    NO_UTF8 = "it is no text in UTF-8", "不是 UTF-8 文本";
    A_DATABASE =
        "it is a SQLite database, which is not read; `llm logs --json -n 0 > FILE` exports it",
        "这是 SQLite 数据库，不能读取；请用 `llm logs --json -n 0 > FILE` 导出";
    UNKNOWN_EXPORT = "it is no export that is known here", "不是可识别的导出文件";
    NO_CONVERSATION = "there is no conversation in it", "其中没有对话";
    AICHAT_SESSION = "a session of aichat", "aichat 的会话";
    CHATGPT_EXPORT = "ChatGPT's export", "ChatGPT 的导出文件";
    WITHOUT_MESSAGES = "entries without messages", "没有消息的条目";
    WITHOUT_ANSWER = "entries without an answer", "没有回答的条目";
    WITHOUT_ID = "entries without an id", "没有编号的条目";
    WITHOUT_MESSAGE = "conversations without a message", "没有消息的对话";
    CALLS_OF_TOOLS = "calls of tools", "工具调用";
}

sentences! {
    broken(form, reason) = "it looks like {form}, but {reason}", "看起来是 {form}，但是 {reason}";
    messages_of(role) = "messages of '{role}'", "“{role}”的消息";
    parts_of(kind) = "parts of the kind '{kind}'", "类型为“{kind}”的部分";
}

// What is wrong with a record.
phrases! {
    TORN = "it is not a whole record", "记录不完整";
    NO_CONTENT = "neither text nor bytes", "既没有文本也没有字节";
}

sentences! {
    checksum(found, expected) =
        "its checksum is {found} and should be {expected}",
        "校验和是 {found}，应为 {expected}";
    newer(version, known) =
        "it has version {version} of the format, and this program reads up to {known}; a newer limpid reads it",
        "格式版本是 {version}，本程序最高可读 {known}；较新的 limpid 可以读取";
    unknown_type(name) = "its type '{name}' is not known", "未知的类型“{name}”";
    malformed(reason) = "it is damaged: {reason}", "已损坏：{reason}";
    bad_bytes(error) = "bytes: {error}", "字节：{error}";
    bad_column(name, error) = "column {name}: {error}", "列 {name}：{error}";
    short_column(name, bytes, count, width) =
        "column {name} has {bytes} bytes and should have {count} numbers of {width}",
        "列 {name} 有 {bytes} 字节，应为 {count} 个 {width} 字节的数";
    no_sampler(number) = "no sampler has number {number}", "没有编号为 {number} 的采样器";
    no_kind(number) = "no kind of token has number {number}", "没有编号为 {number} 的词元类型";
}

// A record that does not fit what came before it.
sentences! {
    duplicate(message) = "message {message} was there already", "消息 {message} 已经存在";
    missing(message) = "message {message} is not there", "消息 {message} 不存在";
    orphan(message) =
        "message {message} lost the one before it and was put after the last one read",
        "消息 {message} 失去了前一条，已接在最后读到的消息之后";
    no_answer(message) =
        "the beginning of answer {message} is lost; its text was kept without probabilities",
        "回答 {message} 的开头已丢失；其文本保留，但没有概率";
}
