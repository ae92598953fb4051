//! Of the commands that are not a conversation.

pub mod attention;
pub mod compare;
pub mod config;
pub mod doctor;
pub mod history;
pub mod models;
pub mod page;
pub mod score;
pub mod serve;
pub mod start;
pub mod tokens;
pub mod tune;

use super::{phrases, sentences};

phrases! {
    CANNOT_WRITE_OUTPUT = "cannot write to standard output", "无法写入标准输出";
    NO_SUPERVISOR = "the engine's supervisor ended", "引擎的监督线程已结束";

    YES_FLAG = "--yes does it without asking", "加 --yes 则不询问，直接执行";

    NO_LLAMA = "This limpid was built without llama.cpp.", "这个 limpid 编译时没有包含 llama.cpp。";
    NO_GPU_FOUND =
        "No GPU was found, though support for one was built in.",
        "编译时包含了 GPU 支持，但没有找到 GPU。";
    NO_GPU_SUPPORT =
        "No GPU support was built in: build with FEATURES=cuda, vulkan, metal or rocm.",
        "编译时没有包含 GPU 支持：请用 FEATURES=cuda、vulkan、metal 或 rocm 编译。";

    /// Before the number of tokens that are read: `reading: 4096 tokens, 512 a second`.
    READING = "reading", "正在读取";

    BENCH_WITHOUT_SAMPLE = "a bench ended without a sample", "测速结束时没有给出样本";

    MAIN_PAGE = "`limpid man limpid.1` is the main one", "`limpid man limpid.1` 是主手册页";

    NO_PROGRAM = "cannot find limpid's own program", "找不到 limpid 自身的程序文件";
    NO_ENGINE_THREAD = "cannot start a thread for the engine", "无法为引擎启动线程";
    PRESETS_FOR_ALL =
        "precise, balanced, creative and greedy are for every model",
        "precise、balanced、creative 和 greedy 适用于所有模型";
    HISTORY_LIST =
        "`limpid history list` shows what is stored",
        "`limpid history list` 列出已保存的对话";

    /// Behind the description of a task that the user wrote.
    YOUR_TASK = "  (yours)", "  （自定义）";

    /// What a style is shown on.
    SAMPLE = "The quick brown fox", "敏捷的棕色狐狸";
    PROBABILITY_SCALE = "improbable to probable", "从不太可能到很可能";
}

sentences! {
    engine_log(line) = "engine: {line}", "引擎：{line}";
    error(message) = "error: {message}", "错误：{message}";
    hint(hint) = "hint: {hint}", "提示：{hint}";

    wrong_answer(event) = "an answer of the wrong kind: {event}", "收到类型不符的应答：{event}";

    /// `question` has no end.
    nobody_to_ask(question) =
        "{question}? There is no terminal to ask on",
        "{question}？没有可以询问的终端";
    yes_or_no(question) = "{question}? [y/N] ", "{question}？[y/N] ";

    device_memory(total, free) =
        " ({total} MiB, {free} MiB free)",
        "（{total} MiB，可用 {free} MiB）";

    tokens_done(label, done, speed) =
        "{label}: {done} tokens, {speed:.0} a second",
        "{label}：{done} 个词元，每秒 {speed:.0} 个";
    tokens_left(label, done, speed, percent, seconds) =
        "{label}: {done} tokens, {speed:.0} a second, {percent:.0} %, {seconds:.0} s left",
        "{label}：{done} 个词元，每秒 {speed:.0} 个，{percent:.0} %，还需 {seconds:.0} s";

    repetition(test, number, all) = "{test}: {number} of {all}", "{test}：第 {number} 次，共 {all} 次";
    repetition_with_candidates(test, number, all) =
        "{test} with candidates: {number} of {all}",
        "{test}（带候选）：第 {number} 次，共 {all} 次";

    no_page(name) = "there is no page '{name}'", "没有手册页“{name}”";
    did_you_mean(near) = "did you mean '{near}'?", "是不是想用“{near}”？";

    no_preset(preset, problem) = "--preset {preset}: {problem}", "--preset {preset}：{problem}";

    cannot_be_used(problem) = "cannot be used: {problem}", "无法使用：{problem}";
    own_task(name) =
        "'{name}' is a task of your own; there is nothing to copy",
        "“{name}”是你自己的任务，没有可复制的内容";

    sound_theme(theme, styles) =
        "{theme}: no mistakes; {styles} styles",
        "{theme}：没有错误，{styles} 种样式";
    /// Of a style's background.
    on_color(color) = "on {color}", "背景 {color}";
}
