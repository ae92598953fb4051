//! Of what llama.cpp cannot load, read or follow.

use crate::words::{phrases, sentences};

phrases! {
    NO_CONTEXT_GIVEN =
        "llama.cpp made no context and gave no reason",
        "llama.cpp 未能创建上下文，也没有说明原因";
    NO_CELL = "no cell of the context is free", "上下文中没有空闲的单元";
    BEYOND_POSITIONS = "the position is beyond 2^31", "位置超出 2^31";
    EMPTY_LABEL = "a label is empty", "有标签为空";

    BOTH_CONSTRAINTS =
        "a grammar and a JSON schema are set, and an answer can follow one alone",
        "同时设置了语法和 JSON Schema，而回答只能遵守其中之一";
    NO_ROOT = "it has no rule named root", "没有名为 root 的规则";
    GRAMMAR_WITH_NUL = "it contains a NUL", "其中有 NUL 字符";
    NO_GBNF = "it is no GBNF that llama.cpp can read", "不是 llama.cpp 能读取的 GBNF";
    UNEXPECTED_END = "unexpected end of input", "输入意外结束";
    NO_GRAMMAR_OF_IT =
        "llama.cpp cannot make a grammar of it; a pattern may be no regular expression",
        "llama.cpp 无法由它生成语法；可能有 pattern 不是正则表达式";
    BREAKER_WITH_NUL =
        "a DRY sequence breaker contains a NUL",
        "有 DRY 序列分隔符包含 NUL 字符";
    NO_TOKEN_LEFT =
        "logit bias and grammar leave no token that could come",
        "logit 偏置与语法合起来没有留下任何可选的词元";
    WRITTEN_UNFIT =
        "what was written before this token does not fit the grammar",
        "此词元之前写下的内容不符合语法";
    NOT_OF_MODEL =
        "the token at this place is none of the model's",
        "此处的词元不属于该模型";

    NO_CHAT = "only a chat has messages", "只有对话才有消息";
    MESSAGE_LEFT_OUT =
        "the model's chat template leaves this message out or changes it",
        "模型的对话模板略去或改动了此消息";
    NO_TEMPLATE =
        "the model brings no chat template, so ChatML is used; if it is a base model, use \
         --raw, else give it its template with --chat-template-file",
        "模型不带对话模板，因此使用 ChatML；若是基座模型请用 --raw，\
         否则请用 --chat-template-file 指定其模板";
    WAITS_FOR_ROOM =
        "The context has no room beside the answers that are being written: this one \
         begins when one of them is over.",
        "上下文中除了正在写的回答已没有空间：等其中一个结束后，此请求才会开始。";

    /// Why there are fewer continuations.
    NO_OTHER_TOKEN = "no other token can come here", "此处没有其他可选的词元";
    CANNOT_SHARE =
        "this model cannot share what it has read between branches",
        "此模型无法在分支之间共享已读的内容";
    NO_MORE_ROWS = "the context keeps no more at a time", "上下文同时只能容纳这么多";
    NO_MORE_ROOM = "the context has no room for more", "上下文没有空间容纳更多";

    NO_GPU =
        "no GPU was built in and found, so the model runs on the processor; \
         `limpid --list-devices` shows what there is",
        "编译时未包含 GPU 支持，或没有找到 GPU，因此模型在处理器上运行；\
         `limpid --list-devices` 可查看可用设备";
    FIT_UNKNOWN =
        "what fits the GPU could not be found out, so all layers go there; if \
         that fails, give --gpu-layers a number",
        "无法得知 GPU 能容纳多少，因此所有层都放到 GPU；若失败，请给 --gpu-layers 一个数字";
    PATH_WITH_NUL = "the path contains a NUL", "路径包含 NUL 字符";
    NO_VOCABULARY =
        "it has no vocabulary, so no text can go in or out",
        "它没有词表，无法输入或输出文本";
    NO_ARCHITECTURE =
        "it names no architecture, so it is no model",
        "它没有写明架构，因此不是模型";
    CANNOT_CONVERT =
        "llama.cpp cannot convert it, and does not say why",
        "llama.cpp 无法转换它，也没有说明原因";
    CANNOT_FORGET = "it cannot forget a wrong guess", "它无法忘掉猜错的词元";
}

sentences! {
    cannot_start(reason) = "llama.cpp cannot start: {reason}", "llama.cpp 无法启动：{reason}";
    llama_returned(code) = "llama.cpp returned {code}", "llama.cpp 返回 {code}";
    no_batch_of(tokens) = "a batch cannot have {tokens} tokens", "一批不能有 {tokens} 个词元";
    no_context(size, reason) =
        "no context of {size} tokens: {reason}",
        "无法创建 {size} 个词元的上下文：{reason}";

    context_too_large(size, most) =
        "a context of {size} tokens does not fit into memory; {most} would: ask for \
         fewer with -c, or for smaller numbers with --cache-type-k and -v",
        "内存容不下 {size} 个词元的上下文，只容得下 {most} 个：请用 -c 减少，\
         或用 --cache-type-k 和 -v 选用更小的数值类型";
    /// What to do about a prompt that is too long.
    context_fixed(limit, trained) =
        "-c fixes the context at {limit}; without it, it grows to {trained}",
        "-c 把上下文固定为 {limit}；去掉它则可增长到 {trained}";
    memory_allows_no_more(trained) =
        "free memory allows no more, though the model reads {trained}; a smaller model or \
         --cache-type-k q8_0 leaves more room",
        "空闲内存不允许更多，尽管模型可读 {trained} 个；换用更小的模型\
         或 --cache-type-k q8_0 可留出更多空间";
    trained_for(trained) =
        "the model was made to read {trained} tokens; shorten the prompt",
        "模型按读取 {trained} 个词元训练；请缩短提示";
    cache_made_smaller(name, wanted) =
        "the KV cache holds {name} instead of f16, so that {wanted} tokens fit into memory",
        "KV 缓存用 {name} 代替 f16，使内存容得下 {wanted} 个词元";
    context_made_smaller(wanted, name, most) =
        "{wanted} tokens do not fit into memory: with {name} instead of f16 in the KV cache, \
         {most} do",
        "内存容不下 {wanted} 个词元：KV 缓存用 {name} 代替 f16 后，容得下 {most} 个";

    grammar_refused(reason) =
        "llama.cpp refuses the grammar that it makes of it: {reason}",
        "llama.cpp 拒绝由它生成的语法：{reason}";
    no_rule(name) = "there is no rule '{name}'", "没有规则“{name}”";
    pattern_unsupported(reason) =
        "this pattern is not supported: {reason}",
        "不支持此 pattern：{reason}";
    no_number(name, value) =
        "{name} is {value}; it must be a number",
        "{name} 为 {value}；它须是数字";
    repeat_penalty_low(value) =
        "repeat_penalty is {value}; it must be above 0, and 1 turns it off",
        "repeat_penalty 为 {value}；它须大于 0，设为 1 则关闭";
    mirostat_tau_low(value) =
        "mirostat_tau is {value}; it must be above 0 bits",
        "mirostat_tau 为 {value}；它须大于 0 比特";
    bias_beyond(token, last) =
        "logit bias names token {token}, and the model's tokens are 0 to {last}",
        "logit 偏置指定了词元 {token}，而模型的词元是 0 到 {last}";
    bias_not_finite(token, value) =
        "the logit bias of token {token} is {value}; it must be finite, or -inf to forbid it",
        "词元 {token} 的 logit 偏置为 {value}；它须是有限值，或用 -inf 禁止该词元";
    token_unfit(token) = "token {token} does not fit the grammar", "词元 {token} 不符合语法";

    prompt_beyond(token, last) =
        "the prompt names token {token}, and the model's tokens are 0 to {last}",
        "提示指定了词元 {token}，而模型的词元是 0 到 {last}";
    message_shorter(tokens, asked) =
        "the message has {tokens} tokens in the prompt, and number {asked} was asked for",
        "该消息在提示中有 {tokens} 个词元，而要求的是第 {asked} 个";
    text_too_long(bytes) =
        "a text of {bytes} bytes is too long to be tokenised",
        "{bytes} 字节的文本过长，无法切分为词元";
    fewer_continuations(written, asked, reason) =
        "{written} of {asked} continuations are written: {reason}.",
        "{asked} 种续写只写了 {written} 种：{reason}。";

    no_device(name, known) =
        "there is no device '{name}'; this build and machine have {known}",
        "没有设备“{name}”；此程序和本机可用的有 {known}";
    writes_no_text(architecture) =
        "models of the architecture {architecture} don't write text token by token",
        "架构为 {architecture} 的模型不能逐词元地写文本";
    token_twice(token) =
        "its vocabulary has the token '{token}' twice, which llama.cpp cannot read",
        "其词表中词元“{token}”出现了两次，llama.cpp 无法读取";
    no_path(path) = "{path} is no path", "{path} 不是路径";

    cannot_compare(one, two, difference) =
        "{one} and {two} cannot be compared, since their vocabularies differ: {difference}; two \
         quantisations of one model have the same",
        "{one} 和 {two} 无法比较，因为词表不同：{difference}；\
         同一模型的两种量化词表相同";
    sizes_differ(one, two) = "{one} tokens and {two}", "{one} 个词元与 {two} 个";
    texts_differ(id, one, two) =
        "token {id} is '{one}' in the one and '{two}' in the other",
        "词元 {id} 在前者中是“{one}”，在后者中是“{two}”";
    types_differ(id, one, two) =
        "token {id} is {one} in the one and {two} in the other",
        "词元 {id} 的类型在前者中是 {one}，在后者中是 {two}";
    other_vocabulary(difference) =
        "its vocabulary is another one: {difference}",
        "它的词表不同：{difference}";
    drafts_nothing(path, reason) =
        "{path} drafts nothing: {reason}",
        "{path} 无法用作草稿模型：{reason}";
}
