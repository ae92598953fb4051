//! Of the settings, the folders, and what is wrong with either.

use super::{phrases, sentences};

phrases! {
    CACHED_FILES = "cached files", "缓存文件";
    CONVERSATIONS = "conversations", "对话";
    LOGS = "logs and input history", "日志和输入历史";
    MODELS = "models", "模型";
    RESIDENT_ENGINE = "the resident engine", "常驻引擎";
    SETTINGS = "settings", "设置";
}

sentences! {
    no_folder(what, variable) =
        "no folder for {what} is known: set HOME, or {variable} to an absolute path",
        "不知道{what}的目录：请设置 HOME，或把 {variable} 设为绝对路径";
}
