//! Of `limpid tune`.

use crate::words::{phrases, sentences};

phrases! {
    INTERRUPTED = "interrupted", "已中断";
    NO_FOLDER =
        "there is no folder to keep anything in; set LIMPID_STATE_DIR",
        "没有可以保存结果的目录；请设置 LIMPID_STATE_DIR";
    CANNOT_FORGET = "cannot forget", "无法清除保存的结果";
    FORGOTTEN = "forgotten", "已清除";
    NOTHING_KEPT = "nothing was kept for it", "没有为它保存过结果";
    STOPPED = "stopped; nothing was kept", "已停止，没有保留任何内容";
    NO_TIME_LEFT =
        "there was no time left for it (--time)",
        "没有剩余时间尝试（--time）";

    FIRST_LOOK = "a first look", "初步测量";
    THREADS = "threads", "线程数";
    FLASH_ATTENTION = "flash attention", "flash attention";
    PHYSICAL_BATCH = "physical batch", "物理批";
    KV_CACHE = "KV cache", "KV 缓存";
    FORMAT = "format", "格式";
    ALL_TOGETHER = "all together", "合并验证";
    AS_IT_WAS = "as it was", "原设置";
    THIS_FILE = "this file", "当前文件";

    PREFILL = "prefill t/s", "预填 t/s";
    DECODE = "decode t/s", "解码 t/s";
    TIME = "time", "用时";
    PERPLEXITY = "perplexity", "困惑度";
    COST = "cost", "代价";
    A_TOKEN = "a token", "每词元";
    WEIGHTS = "weights", "权重";

    NOTHING_FASTER =
        "Nothing that was tried is clearly faster than it was.",
        "所有尝试都没有明显比原来快。";
}

sentences! {
    reading(size) = "reading {size}", "正在读取 {size}";
    no_text(file) = "cannot read {file} as text", "无法把 {file} 作为文本读取";
    converting(format) = "converting to {format}", "正在转换为 {format}";
    loading(stage, variant) = "{stage}: loading, {variant}", "{stage}：正在加载，{variant}";
    judging(stage, variant) = "{stage}: reading a text, {variant}", "{stage}：正在读取文本，{variant}";
    turn(stage, variant, number, seconds) =
        "{stage}: {variant}, turn {number}, {seconds} s",
        "{stage}：{variant}，第 {number} 轮，{seconds} s";

    on_machine(model, machine) = "{model} on {machine}", "{machine} 上的 {model}";
    kept(threads, flash_attention, batch, cache) =
        "Kept for this model on this machine: {threads} threads, flash attention {flash_attention}, \
         physical batch {batch}, KV cache {cache}.",
        "已为本机的这个模型保存：{threads} 个线程，flash attention {flash_attention}，\
         物理批 {batch}，KV 缓存 {cache}。";
    not_kept(threads, flash_attention, batch, cache) =
        "Best, and not kept: {threads} threads, flash attention {flash_attention}, \
         physical batch {batch}, KV cache {cache}.",
        "最佳设置（未保存）：{threads} 个线程，flash attention {flash_attention}，\
         物理批 {batch}，KV 缓存 {cache}。";
    quantise(model, format) =
        "`limpid models quantize {model} --to {format}` writes the format that is marked.",
        "`limpid models quantize {model} --to {format}` 可以写出标记的格式。";
    measured_behind(tokens) =
        "Speeds are those behind {tokens} tokens of context.",
        "速度是在已有 {tokens} 个词元的上下文之后测得的。";
    judged_on(tokens) =
        "Perplexity is of {tokens} tokens; ± is the standard error of the cost.",
        "困惑度取自 {tokens} 个词元；± 为代价的标准误差。";
    gain_behind(part, depth) =
        "Behind {depth} tokens, a prompt of 512 and an answer of 128 take {part:.2} of the time that they took.",
        "在 {depth} 个词元之后，512 个词元的提示和 128 个词元的回答，用时为原来的 {part:.2}。";
    gain(part) =
        "A prompt of 512 tokens and an answer of 128 take {part:.2} of the time that they took.",
        "512 个词元的提示和 128 个词元的回答，用时为原来的 {part:.2}。";
    problem(variant, why) = "{variant}: {why}", "{variant}：{why}";
}
