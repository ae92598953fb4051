//! Of a model that is not here and can be had.

use super::{phrases, sentences};

phrases! {
    OFFLINE =
        "No model is here, and the network is switched off (--offline).",
        "本机没有模型，且已禁用网络（--offline）。";
    ENTER_GETS_IT = "Enter or y gets it.", "按 Enter 或 y 下载。";
    ENTER_TRIES_AGAIN =
        "Enter or y tries again; what came is kept. /model takes a file.",
        "按 Enter 或 y 重试，已下载的部分会保留；/model 可加载本地文件。";
    /// While something is typed.
    EMPTY_INPUT_GETS_IT = "Enter or y with an empty input gets it.", "输入框为空时按 Enter 或 y 下载。";
    EMPTY_INPUT_TRIES_AGAIN =
        "Enter or y with an empty input tries again; what came is kept. /model takes a file.",
        "输入框为空时按 Enter 或 y 重试，已下载的部分会保留；/model 可加载本地文件。";
    TYPE_ALREADY = "You can type already.", "现在就可以输入。";
    GET_IT_NOW = "Get it now? [Y/n] ", "现在下载吗？[Y/n] ";
}

sentences! {
    ask(name) =
        "The model {name} is not on this machine. Get it now?",
        "本机没有模型 {name}。现在下载吗？";
    missing(name) = "The model {name} is not on this machine.", "本机没有模型 {name}。";
    facts(size, licence, source) =
        "{size}, {licence}, from {source}",
        "{size}，{licence}，来自 {source}";
    pull_or_load(name) =
        "`limpid models pull {name}` gets one; /model takes a file.",
        "用 `limpid models pull {name}` 下载一个；/model 可加载本地文件。";
    getting(name, share, key) = "Getting {name}: {share}; {key} stops.", "正在下载 {name}：{share}；按 {key} 停止。";
    getting_briefly(name, share) = "getting {name} {share}", "下载 {name} {share}";
    failed(name, why) = "{name} could not be got: {why}", "无法下载 {name}：{why}";
}
