//! Of `limpid attention`.

use crate::words::{phrases, sentences};

phrases! {
    WEIGHT = "weight", "权重";
    TOKEN = "token", "词元";
    PIECE = "piece", "文本";

    /// Of the first token.
    IDLE =
        "the first token: heads with nothing to look for rest on it",
        "第一个词元：没有关注目标的头会停在它上面";
    HARDLY = "hardly looked at", "几乎没有关注";
    STRONGEST =
        "the strongest source. Point at a token for its weight.",
        "关注最强的来源。指向词元可查看其权重。";
}

sentences! {
    no_token(number, count) =
        "there is no token {number}: the text has {count}",
        "没有第 {number} 个词元：文本共有 {count} 个";
    no_layer(number, first, last) =
        "there is no layer {number} with attention; they are {first} to {last}",
        "没有带注意力的第 {number} 层；可选 {first} 到 {last}";
    no_head(layer, head, last) =
        "layer {layer} has no head {head}; they are 0 to {last}",
        "第 {layer} 层没有头 {head}；可选 0 到 {last}";

    idle_row(row, idle) = "{row}  ({idle})", "{row}  （{idle}）";
    of_first(percent, idle) =
        "{percent:.2} % go to {idle}, so it has no colour.",
        "{percent:.2} % 落在{idle}，因此它没有颜色。";
    details(piece, number, id, percent) =
        "{piece}\ntoken {number}, id {id}\nweight {percent:.3} %",
        "{piece}\n词元 {number}，编号 {id}\n权重 {percent:.3} %";

    mean_of_all(layers) =
        "the mean over all heads of {layers} layers",
        "{layers} 层所有头的平均";
    mean_of_layer(layer) = "the mean over the heads of layer {layer}", "第 {layer} 层各头的平均";
    one_head(layer, head) = "head {head} of layer {layer}", "第 {layer} 层的头 {head}";
    title(number, piece, shown) = "token {number}, {piece}: {shown}", "词元 {number}，{piece}：{shown}";
    cut(read, before) =
        "The text was cut: the model read the last {read} tokens, without the {before} \
         before.",
        "文本已截断：模型读取了最后 {read} 个词元，略去了之前的 {before} 个。";
}
