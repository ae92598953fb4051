//! Of what `/show`, `/stats`, `/context` and `/branches` say.

use crate::words::{Language, language, phrases, sentences};

// The names of the rows.
phrases! {
    MODEL = "model", "模型";
    CALLS_ITSELF = "calls itself", "自称";
    FILE = "file", "文件";
    KIND = "kind", "类型";
    SIZE = "size", "大小";
    VOCABULARY = "vocabulary", "词表";
    CONTEXT = "context", "上下文";
    RUNS_ON = "runs on", "运行于";
    LOADED_IN = "loaded in", "加载用时";
    ENGINE = "engine", "引擎";
    CONVERSATION = "conversation", "对话";
    ID = "id", "编号";
    MESSAGES = "messages", "消息";
    HISTORY = "history", "历史";
    ENDED = "ended", "结束";
    PROMPT = "prompt", "提示";
    COMPUTED_AGAIN = "computed again", "重新计算";
    FIRST_TOKEN = "first token", "首个词元";
    ANSWER = "answer", "回答";
    GUESSED = "guessed", "猜测";
    LOAD = "load", "加载";
    SEED = "seed", "种子";
    MEMORY = "memory", "内存";
    SURPRISE = "surprise", "惊异度";
    PERPLEXITY = "perplexity", "困惑度";
    GROWS_TO = "grows to", "可增至";
    WHEN_FULL = "when full", "占满时";
}

// The model and the conversation.
phrases! {
    NONE_PICK_ONE = "none; /model picks one", "无；用 /model 选择";
    RESIDENT_ALONE =
        "resident (limpid serve), used by this program alone",
        "常驻（limpid serve），仅本程序在用";
    READ_ONLY = "read only; /fork goes on in a copy", "只读；用 /fork 在副本中继续";
    WRITTEN = "written as it is said", "随时写入";
    NOTHING_WRITTEN = "nothing is written", "不写入";
    NO_MODEL = "no model is loaded", "没有加载模型";
}

sentences! {
    loading(path, percent) = "loading {path}, {percent:.0} %", "正在加载 {path}，{percent:.0} %";
    died(exit) = "{exit}; the next message starts it", "{exit}；发送下一条消息时会启动";
    refused(error) = "none: {error}", "无：{error}";
    resident_shared(programs) =
        "resident (limpid serve), shared by {programs} programs",
        "常驻（limpid serve），由 {programs} 个程序共用";
    shown(shown, all, branches) =
        "{shown} shown, {all} in {branches} branches",
        "显示 {shown} 条，{branches} 个分支中共 {all} 条";
    not_saved(reason) = "not saved: {reason}", "未保存：{reason}";
    parameters(count, bytes) = "{count} parameters, {bytes}", "{count}参数，{bytes}";
    tokens(count) = "{count} tokens", "{count} 个词元";
    context_of(size, limit, trained) =
        "{size} tokens, may grow to {limit}; trained for {trained}",
        "{size} 个词元，可增至 {limit}；训练长度 {trained}";
    runs_on(devices, threads, on_gpu, layers) =
        "{devices}, {threads} threads, {on_gpu} of {layers} layers on a GPU",
        "{devices}，{threads} 个线程，{layers} 层中有 {on_gpu} 层在 GPU 上";
}

/// A number of parameters, with its unit; each language has units of its own.
#[must_use]
pub fn large(number: u64) -> String {
    let shown = number as f64;
    match (language(), number) {
        (Language::English, 0..1_000_000) => number.to_string(),
        (Language::English, 1_000_000..1_000_000_000) => format!("{:.0} million", shown / 1e6),
        (Language::English, _) => format!("{:.1} billion", shown / 1e9),
        (Language::Chinese, 0..10_000) => format!("{number} 个"),
        (Language::Chinese, 10_000..100_000_000) => format!("{:.0} 万", shown / 1e4),
        (Language::Chinese, 100_000_000..10_000_000_000) => format!("{:.2} 亿", shown / 1e8),
        (Language::Chinese, _) => format!("{:.0} 亿", shown / 1e8),
    }
}

// The system prompt and the template.
phrases! {
    NO_SYSTEM_PROMPT =
        "There is no system prompt; /system TEXT sets one.",
        "没有系统提示；用 /system TEXT 设置。";
    RAW =
        "No template: the model goes on with plain text (--raw).",
        "不用模板：模型直接续写纯文本（--raw）。";
    NO_MODEL_NO_TEMPLATE =
        "No model is loaded; its template comes with it.",
        "没有加载模型；模板由模型提供。";
}

sentences! {
    template_of(path, hash) =
        "The template of {path} (sha256 begins {hash}). /show prompt shows what it makes of this conversation.",
        "{path} 的模板（sha256 以 {hash} 开头）。用 /show prompt 查看本对话套用后的样子。";
    no_template(path) =
        "{path} brings no template, so a plain one is used. /show prompt shows it at work.",
        "{path} 不带模板，因此使用简单模板。用 /show prompt 查看套用后的样子。";
}

// Why an answer ended.
phrases! {
    NO_ANSWER = "There is no answer yet.", "还没有回答。";
    NOT_BEGUN = "not begun yet", "尚未开始";
    NOT_ENDED = "not yet", "尚未结束";
    DONE = "the model was done", "模型已答完";
    AT_LIMIT = "at the length limit; /continue goes on", "到达长度上限；用 /continue 继续";
    STOPPED = "stopped; /continue goes on", "已停止；用 /continue 继续";
    CONTEXT_WAS_FULL = "the context was full", "上下文已满";
}

sentences! {
    at_stop_text(text) = "at the stop text {text}", "遇到停止文本 {text}";
}

// What an answer cost, and how sure the model was.
sentences! {
    prompt(tokens, reused, time) =
        "{tokens} tokens, {reused}; the others in {time}",
        "{tokens} 个词元，{reused}；其余用时 {time}";
    reused(tokens) = "{tokens} reused", "复用 {tokens} 个";
    reused_from_disk(tokens, from_disk) =
        "{tokens} reused ({from_disk} from disk)",
        "复用 {tokens} 个（其中 {from_disk} 个来自磁盘）";
    at_rate(ms, rate) = "{ms:.0} ms, {rate:.1} tokens/s", "{ms:.0} ms，{rate:.1} 词元/s";
    after(ms) = "after {ms:.0} ms", "{ms:.0} ms 后";
    answer(tokens, time) = "{tokens} tokens in {time}", "{tokens} 个词元，用时 {time}";
    guessed(guessed, right, gain) =
        "{guessed} tokens, {right} of them right, {gain:.2} times the speed",
        "{guessed} 个词元，猜对 {right} 个，速度为 {gain:.2} 倍";
    surprise(bits) = "{bits:.2} bits a token", "每个词元 {bits:.2} 比特";
    perplexity(measured, expected) =
        "{measured:.2}; the model itself expected {expected:.2}",
        "{measured:.2}；模型自己的预期是 {expected:.2}";
}

// How full the context is.
phrases! {
    THE_ANSWER_STOPS = "the answer stops", "回答停止";
    OLDEST_LEFT_OUT = "the oldest messages are left out", "略去最早的消息";
    OLDEST_SUMMARISED = "the oldest messages are summarised", "把最早的消息写成摘要";
}

sentences! {
    used(used, size, percent) =
        "{used} of {size} tokens after the last answer, {percent:.0} %",
        "上一个回答之后占用 {used} 个词元，共 {size} 个，{percent:.0} %";
    empty(size) = "empty, of {size} tokens", "空，共 {size} 个词元";
    all_sent(count) = "all {count} are sent", "{count} 条全部发送";
    oldest_summarised(oldest, count) =
        "the oldest {oldest} of {count} no longer fit and are sent as a summary",
        "{count} 条中最早的 {oldest} 条已放不下，以摘要代替发送";
    oldest_not_sent(oldest, count) =
        "the oldest {oldest} of {count} no longer fit and are not sent",
        "{count} 条中最早的 {oldest} 条已放不下，不再发送";
}

// The messages.
phrases! {
    NOTHING_SAID = "Nothing was said yet.", "还没有任何消息。";
    NO_WORDS = "(no words)", "（无文字）";
    BY_SYSTEM = "system", "系统";
    BY_YOU = "you", "你";
    BY_MODEL = "answer", "回答";
}

sentences! {
    sibling(number, count) = "({number} of {count} here)", "（此处共 {count} 个，这是第 {number} 个）";
}

// The branches.
phrases! {
    ONE_EMPTY_BRANCH =
        "There is one branch, and nothing in it.",
        "只有一个分支，其中还没有内容。";
    BRANCHES_LEGEND =
        "* is shown. /branches NUMBER shows another.",
        "* 表示当前显示的分支。用 /branches NUMBER 切换。";
}

sentences! {
    with_perplexity(perplexity) = "perplexity {perplexity:.2}", "困惑度 {perplexity:.2}";
    and_others(messages) = "and {messages}", "另有 {messages}";
    and_others_to(messages, last) = "and {messages}, last: {last}", "另有 {messages}，最后：{last}";
}
