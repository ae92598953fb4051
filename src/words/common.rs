//! What several rooms say, and what stands between the parts of a list.

use super::{phrases, sentences};

phrases! {
    /// Between the parts of a sentence.
    CLAUSE_SEPARATOR = ", ", "，";
    ASSISTANT = "assistant", "助手";
    /// At the end of a sentence.
    FULL_STOP = ".", "。";
    /// Between the items of a list.
    LIST_SEPARATOR = ", ", "、";
    /// Between the parts of a list whose items may have commas.
    PART_SEPARATOR = "; ", "；";
    /// Between sentences.
    SENTENCE_SEPARATOR = " ", "";
    SYSTEM = "system", "系统";
    USER = "user", "用户";
}

sentences! {
    cannot_make(path) = "cannot make {path}", "无法创建 {path}";
    cannot_read(path) = "cannot read {path}", "无法读取 {path}";
    cannot_write(path) = "cannot write {path}", "无法写入 {path}";
}
