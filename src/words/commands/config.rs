//! Of `limpid config`.

use crate::words::{phrases, sentences};

phrases! {
    DEFAULT = "default", "默认";

    SETTINGS = "settings", "设置";
    THEMES = "themes", "主题";
    SYSTEM_PROMPTS = "system prompts", "系统提示";
    MODELS = "models", "模型";
    HISTORY = "history", "历史";
    INPUT_HISTORY = "input history", "输入历史";
    PANES = "panes", "窗格";
    COPIES = "copies", "复制的内容";
    LOG = "log", "日志";
    CACHE = "cache", "缓存";
}

sentences! {
    wrote(file) = "wrote {file}", "已写入 {file}";
    not_there(file) = "{file} is not there: the defaults hold", "没有 {file}：使用默认值";
    sound(file) = "{file}: no mistakes", "{file}：没有错误";
    sound_but_one(file) = "{file}: no mistakes, 1 warning", "{file}：没有错误，1 条警告";
    sound_but(file, count) =
        "{file}: no mistakes, {count} warnings",
        "{file}：没有错误，{count} 条警告";
}
