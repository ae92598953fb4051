//! By what tokens are coloured, and what the ends of the scale mean.

use crate::words::{phrases, sentences};

phrases! {
    OFF = "off", "关闭";
    PROBABILITY = "probability", "概率";
    ENTROPY = "entropy", "熵";
    RANK = "rank", "名次";
    SURPRISE = "surprise", "惊异度";

    UNLIKELY = "unlikely", "不太可能";
    LIKELY = "likely", "很可能";
    OPEN = "open", "多种可能";
    SETTLED = "settled", "确定";
    FAR = "far", "靠后";
    FIRST = "first", "第一";
    SURPRISING = "surprising", "意外";
    EXPECTED = "expected", "预料之中";
}

sentences! {
    /// Before the scale.
    legend(by, low) = " {by}: {low} ", " {by}：{low} ";
}
