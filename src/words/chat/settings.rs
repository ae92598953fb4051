//! Of the settings that `/set` takes.

use crate::words::{phrases, sentences};

// What each is for.
phrases! {
    TEMP = "flattens or sharpens the odds; 0 is greedy", "让概率分布更平缓或更尖锐；0 为贪心";
    SEED = "of the random numbers", "随机数的种子";
    PREDICT = "tokens of an answer at most", "回答最多的词元数";
    TOP_K = "keep the K most probable tokens; 0 keeps all", "保留概率最高的 K 个词元；0 保留全部";
    TOP_P =
        "keep the best that reach this probability; 1 all",
        "保留累计概率达到此值的最佳词元；1 为全部";
    MIN_P =
        "drop what is below this share of the best; 0 none",
        "丢弃低于最佳词元此比例的词元；0 不丢弃";
    TYPICAL = "locally typical sampling; 1 is off", "局部典型采样；1 为关闭";
    TOP_N_SIGMA = "logits near the best; 0 or less is off", "保留接近最佳的 logit；0 或更小为关闭";
    XTC_PROBABILITY = "how often XTC acts; 0 is off", "XTC 起作用的概率；0 为关闭";
    XTC_THRESHOLD = "what XTC counts as a top choice", "XTC 把达到此概率的视为首选";
    DRY_MULTIPLIER = "strength of DRY; 0 is off", "DRY 的强度；0 为关闭";
    DRY_BASE = "how fast the DRY penalty grows", "DRY 惩罚增长的快慢";
    DRY_ALLOWED_LENGTH = "tokens DRY lets repeat", "DRY 允许重复的词元数";
    DRY_PENALTY_LAST_N = "tokens back DRY looks; -1 all", "DRY 回看的词元数；-1 为全部";
    REPEAT_LAST_N = "tokens back the penalties look; -1 all", "各项惩罚回看的词元数；-1 为全部";
    REPEAT_PENALTY = "divides repeated logits; 1 is off", "重复词元的 logit 除以此值；1 为关闭";
    PRESENCE_PENALTY = "taken off repeated tokens once", "词元重复时扣一次";
    FREQUENCY_PENALTY = "taken off each time", "词元每重复一次都扣";
    MIROSTAT = "holds the surprise at a target; 0 is off", "使惊异度保持在目标值；0 为关闭";
    MIROSTAT_ENT = "mirostat's target surprise, bits", "mirostat 的目标惊异度，单位比特";
    MIROSTAT_LR = "mirostat's learning rate", "mirostat 的学习率";
    SAMPLERS = "in the order they act", "各采样器，按生效的顺序";
    LOGIT_BIAS = "added to the logit of one token", "加到某个词元的 logit 上";
    GRAMMAR = "GBNF that the answer follows; none frees it", "回答须遵循的 GBNF 语法；none 取消";
    JSON_SCHEMA =
        "JSON schema that the answer follows; none frees it",
        "回答须遵循的 JSON Schema；none 取消";
    CANDIDATES =
        "alternatives collected for each token; 0 none",
        "为每个词元收集的候选数；0 不收集";
    CANDIDATE_MASS =
        "show the best that reach this probability; 1 all",
        "显示累计概率达到此值的最佳候选；1 为全部";
}

// What each takes, as a noun.
phrases! {
    A_NUMBER = "a number", "一个数";
    A_MIROSTAT = "0, 1 or 2", "0、1 或 2";
    A_BIAS =
        "TOKEN+NUMBER, TOKEN-NUMBER, TOKEN-inf to forbid it, or none",
        "TOKEN+NUMBER、TOKEN-NUMBER、TOKEN-inf（禁止该词元）或 none";
    A_GRAMMAR = "a GBNF grammar in one line, or none", "写成一行的 GBNF 语法，或 none";
    A_SCHEMA = "a JSON schema in one line, or none", "写成一行的 JSON Schema，或 none";
    A_SEED =
        "a whole number from 0 to 4294967295, or random",
        "0 到 4294967295 的整数，或 random";
    A_LIMIT =
        "a whole number from 1 up, or -1 for no limit",
        "不小于 1 的整数，或 -1 表示不限";
    A_SHARE = "a number from 0 to 1", "0 到 1 的数";
}

sentences! {
    number_from(min) = "a number from {min} up", "不小于 {min} 的数";
    number_between(min, max) = "a number from {min} to {max}", "{min} 到 {max} 的数";
    whole_from(min) = "a whole number from {min} up", "不小于 {min} 的整数";
    whole_between(min, max) = "a whole number from {min} to {max}", "{min} 到 {max} 的整数";
    samplers_of(names) = "names with ; between, of {names}", "以 ; 分隔的名称，可选 {names}";
}

// What is wrong.
sentences! {
    unknown(name) =
        "There is no setting '{name}'; /help set lists them.",
        "没有设置项“{name}”；用 /help set 列出全部设置项。";
    unknown_but_near(name, near) =
        "There is no setting '{name}'. Did you mean {near}?",
        "没有设置项“{name}”。是否指 {near}？";
    not_a_value(setting, expected, found) =
        "/set {setting} takes {expected}, found '{found}'.",
        "/set {setting} 应为：{expected}；却得到“{found}”。";
    not_set(reason) = "Nothing is set: {reason}", "没有作任何设置：{reason}";
}

// The list.
phrases! {
    LEGEND =
        "* is not the default. /set KEY VALUE changes one; /help set explains them.",
        "* 表示不是默认值。用 /set KEY VALUE 修改；用 /help set 查看说明。";
}
