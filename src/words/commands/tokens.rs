//! Of `limpid tokens`.

use crate::words::{phrases, sentences};

phrases! {
    BYTES = "bytes", "字节";
    PIECE = "piece", "文本";
    /// Behind a token.
    CONTROL = "  (control)", "  （控制）";
    /// What is compared, where there is only one.
    THE_TEXT = "the text", "文本";
    NOTHING = "nothing", "无";
    GGUF = "GGUF", "GGUF";
    ORIGINAL = "original", "原版";
    WHAT_IS_WRONG =
        "where only some kinds of text differ the pre-tokenizer (tokenizer.ggml.pre) is \
         wrong: convert the model anew; where all do, the two are not of one model",
        "如果只有某些文本不同，则是预分词器（tokenizer.ggml.pre）有误：请重新转换模型；\
         如果全都不同，则两者不属于同一个模型";

    ENGLISH = "English", "英文";
    CONTRACTIONS = "contractions", "缩写";
    DIGITS = "digits", "数字";
    OTHER_NUMBERS = "other numbers", "其他数字";
    SPACES = "spaces", "空格";
    LINES = "lines", "换行";
    CODE = "code", "代码";
    INDENTATION = "indentation", "缩进";
    MARKUP = "markup", "标记";
    PUNCTUATION = "punctuation", "标点";
    CURRENCIES = "currencies", "货币符号";
    LATIN = "Latin", "拉丁字母";
    CYRILLIC_AND_GREEK = "Cyrillic and Greek", "西里尔字母和希腊字母";
    HEBREW_AND_ARABIC = "Hebrew and Arabic", "希伯来文和阿拉伯文";
    INDIC = "Indic", "印度文字";
    CHINESE_AND_JAPANESE = "Chinese and Japanese", "中文和日文";
    KOREAN_AND_THAI = "Korean and Thai", "韩文和泰文";
    EMOJI = "emoji", "表情符号";
    COMBINING_AND_LIGATURES = "combining and ligatures", "组合字符和连字";
    MIXED = "mixed", "混合";
}

sentences! {
    total(tokens, bytes) = "{tokens} tokens, {bytes} bytes", "{tokens} 个词元，{bytes} 字节";

    no_tokenizer(file) =
        "{file} is no tokenizer.json that can be read",
        "{file} 不是可以读取的 tokenizer.json";
    cannot_encode(file) = "{file} cannot encode the text", "{file} 无法编码这段文本";

    differs(name, ours, theirs) =
        "{name}: {ours} tokens, the original has {theirs}",
        "{name}：{ours} 个词元，原版有 {theirs} 个";
    place(byte, line, around) =
        "  byte {byte}, line {line}: {around}",
        "  字节 {byte}，第 {line} 行：{around}";
    same(tokens, bytes) =
        "the same {tokens} tokens for {bytes} bytes",
        "{bytes} 字节的 {tokens} 个词元完全相同";
    same_in(tokens, bytes, texts) =
        "the same {tokens} tokens for {bytes} bytes in {texts} texts",
        "{texts} 段文本，{bytes} 字节的 {tokens} 个词元完全相同";
    more_places(count) = "and {count} more places", "另有 {count} 处";
    one_differs(file, places) =
        "the GGUF cuts this text differently than {file}, in {places} places",
        "GGUF 对这段文本的切分与 {file} 有 {places} 处不同";
    some_differ(different, texts, file, places) =
        "the GGUF cuts {different} of {texts} texts differently than {file}, in {places} places",
        "GGUF 对 {texts} 段文本中 {different} 段的切分与 {file} 不同，共 {places} 处";
}
