//! Of what an engine refuses, how it dies, and what is wrong with a text that an answer is to
//! follow.

use super::{phrases, sentences};

phrases! {
    NO_MODEL_LOADED = "no model is loaded", "没有加载模型";
    EMPTY_PROMPT = "the prompt is empty", "提示为空";
    CANCELLED = "cancelled", "已取消";
    NO_USABLE_NUMBERS =
        "the model computed no usable numbers; its file may be damaged",
        "模型算出的数值不可用，文件可能已损坏";

    ENGINE_DIED = "the engine died", "引擎异常退出";
    /// What a signal may mean, behind its name.
    OTHER_PROCESSOR = "built for another processor?", "是为其他处理器编译的？";
    LLAMA_GAVE_UP = "llama.cpp gave up on this file", "llama.cpp 无法处理该文件";
    FILE_SHRANK =
        "the model file shrank while it was in use?",
        "模型文件在使用中被截短？";
    OUT_OF_MEMORY =
        "out of memory? try a smaller model or -c",
        "内存不足？请换用更小的模型或减小 -c";
    STOPPED_BY_SANDBOX = "stopped by the sandbox", "被沙箱终止";

    MADE_ROOM = "it had made room for others", "之前为其他对话腾出了空间";
    CANNOT_REWIND =
        "this model cannot forget a part of a text",
        "此模型无法只忘掉文本的一部分";
    OTHER_VERSION =
        "another version made what is on disk",
        "磁盘上的内容由另一个版本写入";
    OTHER_SETTINGS =
        "what is on disk is of other settings",
        "磁盘上的内容属于另一组设置";
    DAMAGED_ON_DISK = "what is on disk is damaged", "磁盘上的内容已损坏";
    MALFORMED_KEY =
        "a conversation's key is letters, digits and -",
        "对话的键只能由字母、数字和 - 组成";

    /// What is wrong; it begins a sentence.
    GRAMMAR = "the grammar", "语法";
    JSON_SCHEMA = "the JSON schema", "JSON Schema 约束";

    EXPECTED_SCHEMA =
        "expected a schema in braces; true and false are not supported",
        "此处应为花括号中的 Schema，不支持 true 和 false";
    REF_NEEDS_TEXT = "$ref needs a text", "$ref 的值须为文本";
    ALL_OF_JOINS =
        "allOf joins objects that have properties, or enums, and nothing else",
        "allOf 只能合并带有 properties 的对象，或合并 enum";
    ALL_OF_MIXES =
        "allOf joins objects or enums, not both",
        "allOf 只能合并对象或合并 enum，不能兼有两者";
    NO_COMMON_VALUE = "no value is in all of these enums", "没有一个值同时属于所有这些 enum";
    NO_TYPES = "the list of types is empty", "类型列表为空";
    ENUM_NEEDS_VALUES = "enum needs an array of values", "enum 的值须为数组";
    PROPERTIES_NEED_SCHEMAS =
        "properties need a name and a schema each",
        "properties 中的每一项都须有名称和 Schema";
    REQUIRED_NEEDS_NAMES =
        "required needs an array of names",
        "required 的值须为名称的数组";
    ADDITIONAL_NEEDS_SCHEMA =
        "additionalProperties needs true, false or a schema",
        "additionalProperties 的值须为 true、false 或一个 Schema";
    PATTERN_NEEDS_TEXT = "pattern needs a text", "pattern 的值须为文本";
    PATTERN_NOT_ANCHORED =
        "a pattern is followed only if it begins with ^ and ends with $",
        "pattern 须以 ^ 开头、以 $ 结尾才会生效";
    NO_WHOLE_NUMBER =
        "no whole number lies between these bounds",
        "这两个边界之间没有整数";
}

sentences! {
    cannot_load(path, reason) = "cannot load {path}: {reason}", "无法加载 {path}：{reason}";
    prompt_too_long(tokens, limit, hint) =
        "the prompt has {tokens} tokens and {limit} fit; {hint}",
        "提示有 {tokens} 个词元，只能容纳 {limit} 个；{hint}";
    template_failed(reason) = "the chat template failed: {reason}", "对话模板出错：{reason}";
    sampler_settings_unusable(reason) =
        "the sampler settings cannot be used: {reason}",
        "采样器设置无法使用：{reason}";
    decoding_failed(reason) = "decoding failed: {reason}", "解码失败：{reason}";
    no_attention(architecture) =
        "the attention weights of this model (architecture {architecture}) cannot be read: it \
         computes none, or in a form that limpid does not know",
        "无法读取此模型（架构 {architecture}）的注意力权重：模型不计算注意力权重，\
         或其形式是 limpid 不认识的";
    channel_broke(reason) = "the engine's channel broke: {reason}", "与引擎的通道中断：{reason}";

    engine_died(how) = "the engine died {how}", "引擎异常退出（{how}）";
    engine_died_on(model) = "the engine died on {model}", "引擎在运行 {model} 时异常退出";
    engine_died_on_so(how, model) =
        "the engine died {how} on {model}",
        "引擎在运行 {model} 时异常退出（{how}）";
    /// The four ways it dies, as they stand in the sentences above.
    with_exit_code(code) = "with exit code {code}", "退出码 {code}";
    by_signal(signal) = "by signal {signal}", "信号 {signal}";
    by_named_signal(signal, name) = "by signal {signal} ({name})", "信号 {signal}，{name}";
    by_signal_that_means(signal, name, meaning) =
        "by signal {signal} ({name}: {meaning})",
        "信号 {signal}，{name}：{meaning}";

    described(architecture, size, bits) =
        "{architecture} {size}, {bits:.1} bits a weight",
        "{architecture} {size}，每个权重 {bits:.1} 比特";

    text_differs(from) = "the text differs from token {from} on", "文本从第 {from} 个词元起不同";
    unknown_sampler(name, known) =
        "unknown sampler '{name}'; known are {known}",
        "未知的采样器“{name}”；可用的有 {known}";

    is_wrong(what, reason) = "{what} is wrong: {reason}", "{what}有误：{reason}";
    is_wrong_at(what, place, reason) =
        "{what} is wrong at {place}: {reason}",
        "{what}有误（{place}）：{reason}";
    line_and_column(line, column) = "line {line}, column {column}", "第 {line} 行第 {column} 列";
    pointer_and_place(pointer, place) = "{pointer}, {place}", "{pointer} 处，{place}";

    nested_too_deep(most) = "it is nested more than {most} deep", "嵌套超过 {most} 层";
    needs_schemas(key) = "{key} needs schemas in an array", "{key} 的值须为 Schema 的数组";
    reference_outside(name) =
        "'{name}' is not in this schema; only references like #/$defs/NAME are supported",
        "“{name}”不在此 Schema 内；只支持形如 #/$defs/NAME 的引用";
    reference_to_nothing(name) =
        "'{name}' names nothing in this schema",
        "“{name}”在此 Schema 中不存在";
    reference_to_itself(name) =
        "'{name}' is nothing but a reference to itself",
        "“{name}”只是对自身的引用";
    property_twice(name) =
        "the property '{name}' stands in two parts of allOf",
        "属性“{name}”出现在 allOf 的两个部分中";

    cannot_hold(key) = "an answer cannot be held to {key}", "无法让回答遵守 {key}";
    no_keyword(key) = "JSON Schema has no keyword {key}", "JSON Schema 没有关键字 {key}";
    no_keyword_but(key, name) =
        "JSON Schema has no keyword {key}, did you mean {name}?",
        "JSON Schema 没有关键字 {key}，是否想写 {name}？";
    no_effect_beside(key, other) =
        "{key} has no effect beside {other}",
        "与 {other} 并列的 {key} 不起作用";
    no_effect_beside_alternatives(key, own) =
        "{key} has no effect beside {own}; put it into each alternative",
        "与 {own} 并列的 {key} 不起作用；请把它写进每个备选项";
    no_effect_beside_choice(key) =
        "{key} has no effect beside enum or const",
        "与 enum 或 const 并列的 {key} 不起作用";
    only_for_integers(key) =
        "{key} cannot be kept for numbers, only for the type integer",
        "{key} 对类型 number 无法保证，只能用于类型 integer";
    no_all_of_beside(types) =
        "allOf has no effect beside the keywords of {types}",
        "与 {types} 的关键字并列的 allOf 不起作用";
    no_effect_on(key, types) =
        "{key} has no effect on the type {types}",
        "{key} 对类型 {types} 不起作用";
    no_effect_without_type(key) =
        "{key} has no effect without a type",
        "没有 type 时 {key} 不起作用";
    no_type(name, known) =
        "{name} is no type; there are {known}",
        "{name} 不是类型；可用的有 {known}";

    not_of_type(value, types) =
        "{value} is not of the type {types}",
        "{value} 不属于类型 {types}";
    no_name(value) = "{value} is no name", "{value} 不是名称";
    required_but_absent(name) =
        "'{name}' is required and not among the properties",
        "“{name}”是必需的，却不在 properties 中";
    array_length(length) =
        "the array has {length} items, one for each schema",
        "数组有 {length} 项，每个 Schema 对应一项";
    at_most(key, most) = "{key} can be {most} at most", "{key} 最大为 {most}";
    needs_count(key) =
        "{key} needs a whole number from 0 up",
        "{key} 的值须为不小于 0 的整数";
    nothing_fits(most, least) =
        "{most} is below {least}, so nothing fits",
        "{most} 小于 {least}，没有任何值能满足";
    too_many_digits(key) =
        "{key} is beyond the 15 digits that are supported",
        "{key} 超出所支持的 15 位数字";
    needs_number(key) = "{key} needs a number", "{key} 的值须为数字";
}
