//! The pane of speeds.

use crate::words::{phrases, sentences};

phrases! {
    /// The labels: eight columns at most.
    LOAD = "load", "加载";
    MODEL = "model", "模型";
    ENGINE = "engine", "引擎";
    DECODE = "decode", "解码";
    CEILING = "ceiling", "上限";
    GUESSED = "guessed", "猜测";
    PREFILL = "prefill", "预填";
    REUSED = "reused", "复用";
    WHY = "why", "原因";
    FIRST = "first", "首词元";
    ANSWER = "answer", "回答";
    CONTEXT = "context", "上下文";
    MEMORY = "memory", "内存";
    CPU = "cpu", "cpu";
    GPU = "gpu", "gpu";
    READS = "reads", "读取";
    ADVICE = "advice", "建议";

    SHOWN_HERE =
        "How fast each answer comes, and what it takes, is shown here.",
        "每个回答有多快、占用多少，都显示在这里。";
    AN_EXAMPLE = "An example:", "例如：";

    NONE_LOADED = "none is loaded", "未加载";
    NOT_RUNNING = "not running; the next message starts it", "未运行；发送下一条消息时启动";
    TO_LOAD = " to load the model", " 完成模型加载";
    RESIDENT = "resident", "常驻";
    ALONE = " · this program alone", " · 仅本程序使用";
    CANNOT_REWIND =
        "nothing: this model's cache cannot rewind",
        "无：此模型的缓存无法回退";
    TO_FIRST_TOKEN = " to the first token", " 后出现首个词元";
    A_TOKEN = " a token", "（每词元）";
    OF_ONE_CORE = " of one core", "（以单核计）";
}

sentences! {
    /// These follow a number.
    shared(clients) = " · {clients} programs share it", " · {clients} 个程序共用";
    of_ceiling(most, limit) =
        " of {most} tok/s that memory allows · limited by {limit}",
        "，内存允许 {most} tok/s · 受限于{limit}";
    of_ceiling_briefly(most, limit) =
        " of {most} tok/s · limited by {limit}",
        " / {most} tok/s · 受限于{limit}";
    a_token_of_bandwidth(gigabytes) =
        " a token · memory {gigabytes:.1} GB/s",
        "（每词元）· 内存带宽 {gigabytes:.1} GB/s";
    guessed_of(tokens) = " of {tokens} rightly", " / {tokens}猜中";
    guessed_of_with_gain(tokens, gain) =
        " of {tokens} rightly · {gain:.2} times the speed",
        " / {tokens}猜中 · 速度为 {gain:.2} 倍";
    guessed_of_with_gain_briefly(tokens, gain) =
        " of {tokens} rightly · {gain:.2}×",
        " / {tokens}猜中 · {gain:.2}×";
    in_time(took) = " in {took}", "，用时 {took}";
    in_time_at(took, rate) = " in {took} · {rate} tok/s", "，用时 {took} · {rate} tok/s";
    in_time_with_seed(took, seed) = " in {took} · seed {seed}", "，用时 {took} · 种子 {seed}";
    in_time_so_far(took) = " in {took} so far", "，已用 {took}";
    of(total) = " of {total}", " / {total}";
    of_from_cache(total) = " of {total}, from the cache", " / {total}，来自缓存";
    of_from_disk(total) = " of {total}, from disk", " / {total}，来自磁盘";
    of_partly_from_disk(total, some) =
        " of {total}, {some} of them from disk",
        " / {total}，其中 {some} 个来自磁盘";
    mapped(bytes) = ", {bytes} of it mapped files", "，其中 {bytes} 为映射文件";
    mapped_briefly(bytes) = ", {bytes} mapped", "，映射 {bytes}";
    of_one_core_with(threads) = " of one core · {threads}", "（以单核计）· {threads}";
    gpu_memory(used, total) = " · {used} of {total}", " · {used} / {total}";

    progress(done, total) = "{done} of {total}", "{done} / {total}";
    progress_at(done, total, rate) = "{done} of {total}, {rate} tok/s", "{done} / {total}，{rate} tok/s";
    context(used, size) = "{used} of {size}  ", "{used} / {size}  ";
    busy(percent) = "{percent} % busy", "占用 {percent} %";
}
