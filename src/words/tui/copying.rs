//! Messages that leave with their odds.

use crate::words::{phrases, sentences};

phrases! {
    MESSAGE_WITH_ODDS = "the message with its odds", "消息及其概率";
    NO_ODDS_KNOWN = "no odds are known of that message", "没有那条消息的概率数据";
}

sentences! {
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
