//! The pane of tokens and their odds.

use crate::words::{phrases, sentences};

phrases! {
    /// The first columns, up to the bar, are sixteen.
    EXAMPLE_BEST = "▸ ·scattering   ██████   62.1 %", "▸ 散射          ██████   62.1 %";
    EXAMPLE_SECOND = "  ·scatter      █▏       12.4 %", "  效应          █▏       12.4 %";
    EXAMPLE_THIRD = "  ·diffraction  ▋         6.0 %", "  现象          ▋         6.0 %";
    EXAMPLE_OTHERS = "  all others    █▊       19.5 %", "  其余全部      █▊       19.5 %";
    EXAMPLE_AFTER =
        "An example, after “a process called Rayleigh”:",
        "示例，接在“因为发生了瑞利”之后：";
    EXAMPLE_CHOOSE =
        "Any of them can be chosen, and the answer goes on from there.",
        "可以选中其中任何一个，回答便从那里继续。";
    SHOWN_HERE =
        "The odds of every token are shown here, as the answer is written.",
        "生成回答时，这里显示每个词元的概率。";

    BEING_CUT = "The model is cutting this message into tokens…", "模型正在把这条消息切分为词元……";
    CUT_WHEN_READY =
        "This message is cut into tokens as soon as the model is ready.",
        "模型就绪后，这条消息即被切分为词元。";
    MODEL_NEEDED =
        "A model is needed to cut this message into tokens: /model loads one.",
        "把这条消息切分为词元需要模型：用 /model 加载。";
    NO_TOKENS = " no tokens ", " 没有词元 ";
    CUTTING = " cutting into tokens ", " 正在切分词元 ";
    NO_MODEL_TO_CUT = " no model to cut this into tokens ", " 没有模型可切分词元 ";
    NOT_SCORED = " not scored ", " 未打分 ";
    END_OF_ANSWER = "∎ end of answer", "∎ 回答结束";
    ABOUT_TO_READ = "The model is about to read this message.", "模型即将读取这条消息。";
    NOTHING_BEFORE =
        "Nothing came before this token, so the model held nothing of it.",
        "这个词元之前没有内容，模型对它没有预测。";

    TOKEN = "token", "词元";
    CONTROL_TOKEN = "control token", "控制词元";
    END_TOKEN = "end token", "结束词元";
    RANK = "rank", "名次";
    SURPRISE = "surprise", "惊异度";
    ENTROPY = "entropy", "熵";
    /// Before bars.
    ENTROPY_BARS = "entropy ", "熵 ";
    ACTED = "acted", "已生效";
    DID_NOT_ACT = "did not act", "未生效";
    AS_IF_IT_ACTED = "as if it acted", "按已生效计";
    /// Before the value that a logit has at last.
    THEN = "then", "结果";
    MARKED_TOKENS = "marked tokens", "标记词元";
    NOT_KNOWN = "not known", "未知";
    PROBABILITY = "probability", "概率";
    PERPLEXITY = "perplexity", "困惑度";
    WORD = "word", "本词";
    SENTENCE = "sentence", "本句";
    PERPLEXITY_SO_FAR = "perplexity so far", "至此困惑度";

    CANDIDATE = "candidate", "候选";
    MODEL_PERCENT = "model %", "模型 %";
    NOW_PERCENT = "now %", "现在 %";
    STORED_PERCENT = "stored %", "存储 %";
    ASKING = "asking…", "查询中…";
    ALL_OTHERS = "all others", "其余全部";
}

sentences! {
    rank(rank) = "rank {rank} ", "名次 {rank} ";
    reading(done, tokens, key) =
        "The model is reading: {done} of {tokens}. {key} stops it.",
        "模型正在读取：{done} / {tokens}。按 {key} 停止。";
    place(kind, number, all, id) =
        "{kind} {number} of {all}, id {id}",
        "{kind} {number} / {all}，id {id}";
    as_recorded(what) = "{what}, as recorded", "{what}（按记录）";
    bits(value) = "{value:.2} bits", "{value:.2} 比特";
    bits_at_start(value) = "{value:.2} bits, as at the start", "{value:.2} 比特（按初始值）";

    after_samplers(when) = "after samplers, {when}", "采样器处理后，{when}";
    sampled(when) = "sampled, {when}", "采样后，{when}";
    /// In eleven columns.
    asking(percent) = "asking {percent} %", "查询 {percent} %";
    dropped_by(sampler) = "dropped by {sampler}", "被 {sampler} 去除";
    others(number) = "{number} others", "其余 {number} 个";

    nobody_generated(key) =
        "Nobody generated this token. {key} scores this message: the model reads it, and \
         says what it held of each token.",
        "这个词元不是模型生成的。按 {key} 为这条消息打分：模型读取它，并给出对每个词元的预测。";
}
