//! Where the model looked at a token.

use crate::words::{phrases, sentences};

phrases! {
    TITLE = "attention", "注意力";
    STARTING = "starting a second engine…", "正在启动第二个引擎……";
    /// After the names of keys.
    SCROLL = "scroll", "滚动";
    MEAN_OF_ALL = "mean of all", "全部平均";
    LAYER = "layer", "层";
    HEAD = "head", "头";
    CLOSES = "closes", "关闭";
    CANCELS = "cancels", "取消";
    /// Before the token that looks.
    AT = "at ", "位于 ";
    /// Between the token and what is told of it.
    COLON = ": ", "：";
    STRONGEST = "strongest sources", "最强来源";
    ENDED = "the second engine ended without an answer", "第二个引擎没有给出结果就结束了";

    NO_TOKENS =
        "There are no tokens to look at yet: ask something first.",
        "还没有可查看的词元：请先提问。";
    WAS_TYPED =
        "This was typed into an answer; look at a token that the model wrote.",
        "这是手动写入回答的内容；请选择模型生成的词元。";
}

sentences! {
    loading(percent) = "loading the model: {percent:.0} %", "正在加载模型：{percent:.0} %";
    reading(done, tokens) =
        "reading what stands before the token: {done} of {tokens}",
        "正在读取该词元之前的内容：{done} / {tokens}";
    cut(read, before) =
        "Cut: only the last {read} were read, without {before} before.",
        "已截断：只读取了最后 {read}，未含之前的 {before} 个。";
    first_token(weight) =
        "first token {weight}: idle heads rest on it, so it has no colour",
        "首个词元 {weight}：闲置的头停在此处，因此不着色";

    all_heads(layers) = "mean over all heads of {layers} layers", "{layers} 层全部头的平均";
    layer(number, last, heads) =
        "layer {number} of 0 to {last}, mean over its {heads} heads",
        "第 {number} 层（0 至 {last}），{heads} 个头的平均";
    head(number, last, head, last_head) =
        "layer {number} of 0 to {last}, head {head} of 0 to {last_head}",
        "第 {number} 层（0 至 {last}），第 {head} 头（0 至 {last_head}）";
}
