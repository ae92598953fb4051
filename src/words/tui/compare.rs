//! Two models beside each other.

use crate::words::{phrases, sentences};

phrases! {
    DIFFERENCE = "difference", "差异";
    LESS_THAN_OTHER = "less than the other", "低于对方";
    NO_LESS = "no less", "不低于";
    DIVERGENCE = "divergence", "散度";
    APART = "apart", "分歧";
    ALIKE = "alike", "一致";

    KEYS = "keys", "按键";
    PREVIOUS_TOKEN = "Previous token", "上一个词元";
    NEXT_TOKEN = "Next token", "下一个词元";
    LINE_UP = "A line up", "上移一行";
    LINE_DOWN = "A line down", "下移一行";
    PAGE_UP = "A page up", "上移一页";
    PAGE_DOWN = "A page down", "下移一页";
    FIRST_TOKEN = "First token", "第一个词元";
    LAST_TOKEN = "Last token", "最后一个词元";
    LARGEST_DIVERGENCE =
        "The largest divergence, then the next largest",
        "散度最大处，再按则依次向下";
    LARGER_DIVERGENCE = "Back to a larger divergence", "回到散度更大处";
    WHOLE_SCREEN =
        "The token's numbers on the whole screen, and back",
        "全屏显示该词元的数值，再按恢复";
    COLOUR_BY =
        "Colour by probability, difference, divergence, entropy, rank, surprise or nothing",
        "按概率、差异、散度、熵、名次、惊异度着色，或不着色";
    UNITS = "Bits or nats", "比特或奈特";
    REDRAW = "Draw the screen anew", "重新绘制屏幕";
    STOP_OR_LEAVE = "Stop reading; leave", "停止读取；退出";
    LEAVE = "Leave", "退出";

    NOTHING_BEFORE = "nothing comes before it", "其前没有内容";
    SAME_BEST = "same best token", "首选相同";
    ANOTHER_BEST = "another best token", "首选不同";
    THE_LARGEST = "the largest", "最大";

    NO_TERMINAL =
        "cannot use this terminal; `--format table` needs none",
        "无法使用此终端；`--format table` 不需要终端";
    SUPERVISOR_ENDED = "the engine's supervisor ended", "引擎的监管线程已结束";

    STARTING = "starting the engine", "正在启动引擎";
    LOADED_SECOND = "loaded after the first", "在第一个之后加载";
    LOADED = "loaded", "已加载";
    TOKEN = " token ", " 词元 ";

    LARGEST_KEY = "largest", "最大";
    COLOUR_KEY = "colour", "着色";
    NEXT_KEY = "next", "下一个";
    HELP_KEY = "help", "帮助";
    BOTH_TEXTS_KEY = "both texts", "两份文本";
    MORE_KEY = "more", "更多";
    LEAVE_KEY = "leave", "退出";
}

sentences! {
    control(name) = "{name} (control)", "{name}（控制）";
    place(number, all) = "{number} of {all}", "{number} / {all}";
    /// The place is written as in `3rd`, `第 3`.
    nth_largest(nth) = "{nth} largest", "{nth} 大";
    percents(a, b) = "{a} and {b} %", "{a} 与 {b} %";
    rank(rank) = "rank {rank}", "名次 {rank}";
    entropy(value) = "entropy {value:.2}", "熵 {value:.2}";

    perplexity(value) = " perplexity {value:.2} ", " 困惑度 {value:.2} ";
    perplexities(a, b) = "perplexity {a:.2} and {b:.2}", "困惑度 {a:.2} 与 {b:.2}";
    loading(percent) = "loading: {percent:.0} %", "正在加载：{percent:.0} %";
    reading(tokens) = "reading {tokens}", "正在读取 {tokens}";
    read(done, total) = "read {done} of {total}", "已读 {done} / {total}";
    mean(value, unit) = "mean KL {value:.4} {unit}", "平均 KL {value:.4} {unit}";
    same_best(percent) = "same best {percent:.1} %", "首选相同 {percent:.1} %";
    median(value) = "median KL {value:.4}", "KL 中位数 {value:.4}";
    percentile(value) = "99 % below {value:.3}", "99 % 低于 {value:.3}";
    maximum(value) = "largest {value:.3}", "最大 {value:.3}";
}
