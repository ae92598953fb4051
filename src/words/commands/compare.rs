//! Of `limpid compare`.

use crate::words::{phrases, sentences};

phrases! {
    FIRST_MODEL = "the first model", "第一个模型";
    SECOND_MODEL = "the second model", "第二个模型";
    NEVER_BEGAN = "a comparison ended before it began", "比较还没有开始就结束了";
    SINGLE_TOKEN =
        "the text is a single token: nothing comes before it that a model \
         could foresee it from",
        "文本只有一个词元：前面没有内容可供模型预测它";
    NONE_GIVEN =
        "a comparison takes two models, and none was given",
        "比较需要两个模型，一个也没有给出";
    ONE_GIVEN =
        "a comparison takes two models, and one was given",
        "比较需要两个模型，只给出了一个";
    NAME_BOTH =
        "name both: limpid compare -m A.gguf -m B.gguf FILE",
        "请给出两个模型：limpid compare -m A.gguf -m B.gguf FILE";

    BITS = "bits", "比特";
    NATS = "nats", "奈特";
    TOKEN = "token", "词元";
    RANK = "rank", "名次";
    CONTROL = " (control)", "（控制）";

    PERPLEXITY_A = "perplexity of A", "A 的困惑度";
    PERPLEXITY_B = "perplexity of B", "B 的困惑度";
    MEAN = "mean KL(A|B)", "KL(A|B) 平均值";
    MEDIAN = "median KL", "KL 中位数";
    PERCENTILE_99 = "99th percentile KL", "KL 第 99 百分位";
    MAXIMUM = "maximum KL", "KL 最大值";
    SAME_TOP = "same top token", "首选词元相同";
    MEAN_CHANGE = "mean change of p", "p 的平均变化";
    RMS_CHANGE = "RMS change of p", "p 的均方根变化";
    TOKENS_COMPARED = "tokens compared", "比较的词元数";

    NOTHING_BEFORE = "nothing comes before it", "前面没有内容";
}

sentences! {
    loading(model, percent) = "loading {model}: {percent:.0} %", "正在加载{model}：{percent:.0} %";
    compared(done, total) = "compared {done} of {total} tokens", "已比较 {done} / {total} 个词元";

    more_given(count) =
        "a comparison takes two models, and {count} were given",
        "比较需要两个模型，给出了 {count} 个";

    both(a, b) = "{a} and {b}", "{a} 与 {b}";
    model(side, name) = "{side}: {name}", "{side}：{name}";
    difference(divergence, unit, change) =
        "KL {divergence:.5} {unit}, B-A {change:+.4} {unit}",
        "KL {divergence:.5} {unit}，B-A {change:+.4} {unit}";
    odds(side, percent, rank) =
        "{side}: {percent:.3} %, rank {rank}",
        "{side}：{percent:.3} %，名次 {rank}";
}
