//! Of `limpid score`.

use crate::words::{phrases, sentences};

phrases! {
    TOKEN_BY_TOKEN =
        "a page or a picture is drawn token by token; leave out --by",
        "网页和图片是逐词元绘制的；请去掉 --by";
    TINY_WINDOW = "--ctx-size must be at least 4 tokens", "--ctx-size 至少为 4 个词元";
    SMALLER_WINDOW =
        "give a smaller --ctx-size, or --method sliding, which scores any text",
        "请给出更小的 --ctx-size，或用可以给任何文本打分的 --method sliding";
    EMPTY = "the text is empty", "文本为空";
    NO_STRIDE =
        "--stride is for --method sliding; halves do not overlap",
        "--stride 只用于 --method sliding；halves 的窗口不重叠";

    NO_PERPLEXITY =
        "no perplexity: nothing came before the only token, and the model expects no \
         beginning-of-sequence token",
        "没有困惑度：唯一的词元前面没有内容，而模型不需要序列起始词元";

    TOKEN = "token", "词元";
    RANK = "rank", "名次";
    ENTROPY = "entropy", "熵";
    PIECE = "piece", "文本";
    ALTERNATIVES = "alternatives", "候选";
    NOTHING_BEFORE = "nothing before it", "前面没有内容";

    /// The mean probability of a stretch's tokens, in percent.
    PERCENT_EACH = "% each", "每个 %";
    TOKENS = "tokens", "词元数";
    AT_BYTE = "at byte", "起始字节";
    TEXT = "text", "文本";

    THE_TEXT = "the text", "文本";
    STANDARD_INPUT = "standard input", "标准输入";
    READING_INPUT =
        "limpid: reading standard input; Ctrl-D ends it",
        "limpid：正在读取标准输入；按 Ctrl-D 结束";
}

sentences! {
    large_window(size, most) =
        "--ctx-size {size} is more than the {most} tokens that can be read at once",
        "--ctx-size {size} 超过了一次能读取的 {most} 个词元";
    bad_stride(size) =
        "--stride must be from 1 to the window's {size} tokens",
        "--stride 必须在 1 到窗口的 {size} 个词元之间";
    too_short(has, size) =
        "the text has {has} tokens, and a window {size}",
        "文本有 {has} 个词元，而一个窗口需要 {size} 个";

    perplexity(value, tokens) =
        "perplexity {value:.4} over {tokens} tokens",
        "困惑度 {value:.4}，共 {tokens} 个词元";
    perplexity_within(value, error, tokens) =
        "perplexity {value:.4} ± {error:.4} over {tokens} tokens",
        "困惑度 {value:.4} ± {error:.4}，共 {tokens} 个词元";
    expected(value) = "the model expected {value:.4}", "模型的预期为 {value:.4}";
    bits_a_byte(bits) = "{bits:.3} bits a byte", "每字节 {bits:.3} 比特";
    halves(windows, size) =
        "method halves, as llama-perplexity: the second half of {windows} windows of {size} tokens",
        "halves 方法，与 llama-perplexity 相同：{windows} 个窗口（每个 {size} 个词元）的后半部分";
    sliding(windows, size, stride) =
        "method sliding: every token once, in {windows} windows of {size} tokens, each {stride} \
         further",
        "sliding 方法：每个词元一次，共 {windows} 个窗口（每个 {size} 个词元），步长 {stride}";

    read_by(model) = "Read by {model}", "由 {model} 读取";
    details(piece, percent, rank, surprise, entropy) =
        "{piece}\n{percent:.2} %  rank {rank}  {surprise:.2} bits of surprise  entropy {entropy:.2} bits",
        "{piece}\n{percent:.2} %  名次 {rank}  惊异度 {surprise:.2} 比特  熵 {entropy:.2} 比特";

    unreadable(name, error) = "cannot read {name}: {error}", "无法读取 {name}：{error}";
    not_utf8(name, offset, byte) =
        "{name} is not UTF-8 (byte {offset} is 0x{byte}); convert it first, for example with \
         iconv -t UTF-8",
        "{name} 不是 UTF-8（字节 {offset} 为 0x{byte}）；请先转换，例如用 iconv -t UTF-8";
}
