//! Of the command line: the frame of `--help`, and what is wrong with what was typed.

use super::{phrases, sentences};

phrases! {
    COMPARED_MODELS =
        "The two models: -m A -m B; names from `limpid models list`, or paths",
        "两个模型：-m A -m B；`limpid models list` 中的名称，或路径";
    COMPARED_MODELS_LONG =
        "The two models, given one after the other: -m A -m B. Names from `limpid \
         models list`, or paths. Divergence is measured from the first: take the one \
         that is closer to the original weights.",
        "两个模型，先后给出：-m A -m B。可以是 `limpid models list` 中的名称，或路径。散度从第一个算起：\
         请把更接近原始权重的放在前面。";
}

sentences! {
    /// The help of a flag, and the default of its setting.
    with_default(help, value) = "{help} [default: {value}]", "{help} [默认值：{value}]";
    /// Other names of a flag.
    with_aliases(help, names) = "{help}. Also: {names}.", "{help}。也可写作：{names}。";
    full(help) = "{help}.", "{help}。";
    setting_and_variables(key, names) = "[setting: {key}] [env: {names}]", "[设置项：{key}] [环境变量：{names}]";
    and_default(origins, value) = "{origins} [default: {value}]", "{origins} [默认值：{value}]";
}
