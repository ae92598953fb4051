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

    USAGE = "Usage: ", "用法：";
    COMMANDS = "Commands:", "命令：";
    ARGUMENTS = "Arguments:", "参数：";
    OPTIONS = "Options:", "选项：";
    POSSIBLE_VALUES = "Possible values:", "可选值：";
    MORE_HELP = "For more information, try '--help'.", "更多信息请看 --help。";
    NOT_UTF8 = "invalid UTF-8 was detected in one or more arguments", "参数中有无效的 UTF-8";

    NO_ID =
        "an ID has letters and digits alone; `limpid history list` shows them",
        "ID 只含字母和数字；`limpid history list` 列出它们";
    NO_PARAMETER = "a parameter is NAME=VALUE", "参数应写作 NAME=VALUE";

    DEFAULT = "default", "默认值";
    VALUE_IS_NOT_UTF8 = "the value is not UTF-8", "值不是 UTF-8";
    LARGER_THAN_4_MIB = "it is larger than 4 MiB", "它大于 4 MiB";
    NOT_UTF8_TEXT = "it is not UTF-8 text", "它不是 UTF-8 文本";
    NO_JINJA =
        "this is no Jinja template, it holds neither {{ nor {%",
        "这不是 Jinja 模板，其中既没有 {{ 也没有 {%";
    TEMPLATE_FROM_FILE =
        "--chat-template-file FILE reads the template from a file",
        "--chat-template-file FILE 从文件读取模板";
    ONE_CONSTRAINT =
        "--grammar '' or --json-schema '' takes one away",
        "--grammar '' 或 --json-schema '' 去掉其中一个";

    SHOW_MODEL_FILE =
        "`limpid models show FILE` says what is in a model file",
        "`limpid models show FILE` 显示模型文件的内容";
    LIST_MODELS =
        "`limpid models list` shows what can be loaded",
        "`limpid models list` 列出可以加载的模型";
    GIVE_A_PROMPT =
        "type a prompt, pipe one in, or name a file with -f",
        "请输入提示、从管道传入，或用 -f 指定文件";
    OTHER_TEMPLATE =
        "--chat-template-file uses another template, --raw none",
        "--chat-template-file 使用另一个模板，--raw 不用模板";
}

sentences! {
    /// The help of a flag, and the default of its setting.
    with_default(help, value) = "{help} [default: {value}]", "{help} [默认值：{value}]";
    /// Other names of a flag.
    with_aliases(help, names) = "{help}. Also: {names}.", "{help}。也可写作：{names}。";
    full(help) = "{help}.", "{help}。";
    setting_and_variables(key, names) =
        "[setting: {key}] [env: {names}]",
        "[设置项：{key}] [环境变量：{names}]";
    and_default(origins, value) = "{origins} [default: {value}]", "{origins} [默认值：{value}]";

    heading(name) = "{name}:", "{name}：";
    default_value(value) = "[default: {value}]", "[默认值：{value}]";
    possible_values(names) = "[possible values: {names}]", "[可选值：{names}]";
    explained_value(name, help) = "- {name}: {help}", "- {name}：{help}";
    named_value(name) = "- {name}", "- {name}";

    error(problem) = "error: {problem}", "错误：{problem}";
    tip(text) = "  tip: {text}", "  提示：{text}";
    quoted(name) = "'{name}'", "“{name}”";
    similar(names) = "  tip: a similar one exists: {names}", "  提示：有相似的{names}";
    pass_as_value(argument, line) =
        "  tip: to pass '{argument}' as a value, use '{line}'",
        "  提示：要把“{argument}”作为值传入，请写“{line}”";
    unknown_argument(name) = "unexpected argument '{name}' found", "未知的选项或参数“{name}”";
    unknown_command(name) = "unrecognized subcommand '{name}'", "未知的子命令“{name}”";
    needs_command(name) =
        "'{name}' requires a subcommand but one was not provided",
        "“{name}”需要一个子命令";
    missing_arguments(names) =
        "the following required arguments were not provided: {names}",
        "缺少必需的参数：{names}";
    given_twice(name) =
        "the argument '{name}' cannot be used multiple times",
        "“{name}”不能多次使用";
    do_not_go_together(name, others) =
        "the argument '{name}' cannot be used with '{others}'",
        "“{name}”不能与“{others}”同时使用";
    goes_with_no_other(name) =
        "the argument '{name}' cannot be used with one or more of the other specified arguments",
        "“{name}”不能与所给的其他参数同时使用";
    needs_equals_sign(name) =
        "equal sign is needed when assigning values to '{name}'",
        "给“{name}”赋值时需要等号";
    needs_a_value(name) =
        "a value is required for '{name}' but none was supplied",
        "“{name}”需要一个值";
    invalid_value(value, name) = "invalid value '{value}' for '{name}'", "“{name}”的值“{value}”无效";
    invalid_value_because(value, name, problem) =
        "invalid value '{value}' for '{name}': {problem}",
        "“{name}”的值“{value}”无效：{problem}";
    too_many_values(value, name) =
        "unexpected value '{value}' for '{name}' found; no more were expected",
        "“{name}”有多余的值“{value}”";
    too_few_values(name, least, found) =
        "{least} values required by '{name}'; only {found} were provided",
        "“{name}”至少需要 {least} 个值，只给了 {found} 个";
    wrong_number_of_values(name, right, found) =
        "{right} values required for '{name}' but {found} were provided",
        "“{name}”需要 {right} 个值，给了 {found} 个";
    prompt_and_command(prompt) =
        "a prompt ('{prompt}') and a command do not go together; after `--`, everything is prompt\n",
        "提示（“{prompt}”）和命令不能同时使用；`--` 之后的一切都是提示\n";

    from_preset(name) = "preset {name}", "预设 {name}";
    from_variable(name) = "env {name}", "环境变量 {name}";
    from_flag(name) = "flag {name}", "选项 {name}";
    of_value(key, origin, problem) = "'{key}' ({origin}): {problem}", "“{key}”（{origin}）：{problem}";
    of_variable(name, problem) = "{name}: {problem}", "{name}：{problem}";
    cannot_read(path, problem) = "cannot read {path}: {problem}", "无法读取 {path}：{problem}";
    no_such_prompt(path, problem) =
        "cannot read {path}: it is not there; {problem}",
        "无法读取 {path}：文件不存在；{problem}";
    grammar_too(origin) =
        "a grammar is set too ({origin}), and an answer can follow one alone",
        "同时设置了语法（{origin}），而一个回答只能遵循其中之一";
    no_format(name) = "'{name}' is no format", "“{name}”不是格式";
}
