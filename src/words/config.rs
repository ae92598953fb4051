//! Of the settings, the folders, the keys and themes, and what is wrong with any of them.

use super::{phrases, sentences};

phrases! {
    CACHED_FILES = "cached files", "缓存文件";
    CONVERSATIONS = "conversations", "对话";
    LOGS = "logs and input history", "日志和输入历史";
    MODELS = "models", "模型";
    RESIDENT_ENGINE = "the resident engine", "常驻引擎";
    SETTINGS = "settings", "设置";

    GROUP_MODEL = "Model", "模型";
    GROUP_SAMPLING = "Sampling", "采样";
    GROUP_ANSWER = "Answer", "回答";
    GROUP_HISTORY = "History", "历史";
    GROUP_DISPLAY = "Display", "显示";
    GROUP_GENERAL = "General", "通用";
    GROUP_RESIDENT = "Resident engine", "常驻引擎";

    EVERYWHERE = "Everywhere", "任何地方";
    WHILE_TYPING = "While typing", "输入时";
    IN_A_PANE = "In a pane", "窗格中";
    IN_THE_TOKEN_VIEW = "In the token view", "词元视图中";
    IN_A_LIST = "In a list", "列表中";
    AFTER_A_DELETION = "After a deletion in a list", "在列表中删除之后";
    IN_THE_SAMPLER = "In the sampler settings", "采样设置中";
    IN_COMPARE = "In limpid compare", "limpid compare 中";

    /// The beginning of the explained settings file.
    EXPLAINED_HEAD =
        "# limpid's settings. Each line that is commented out shows the default.\n\
         # What is set here is overruled by LLAMA_ARG_* variables, those by LIMPID_* variables,\n\
         # and those by flags. `limpid config show` tells each value and where it came from.\n",
        "# limpid 的设置。被注释掉的每一行显示默认值。\n\
         # 这里的设置会被 LLAMA_ARG_* 变量覆盖，后者被 LIMPID_* 变量覆盖，再后者被命令行选项覆盖。\n\
         # `limpid config show` 显示每个值及其来源。\n";
    EXPLAINED_PRESETS =
        "Presets: sampler settings under a name, for --preset and /preset. What a preset does not \
         name is llama.cpp's default.",
        "预设：带名称的一组采样设置，供 --preset 和 /preset 使用。预设没有提到的，取 llama.cpp 的默认值。";
    EXPLAINED_KEYS =
        "Keys: \"KEY\" = \"ACTION\", where \"none\" frees a key. A key that a context does not know is \
         looked up in [keys.global]; before that, [keys.sampler] and [keys.deleted] look in \
         [keys.list], and [keys.compare] in [keys.token]. Ctrl-M, Ctrl-I and Ctrl-H are Enter, Tab \
         and Backspace to a terminal, and cannot be bound.",
        "按键：\"KEY\" = \"ACTION\"，其中 \"none\" 释放一个按键。某处不认识的按键会到 [keys.global] 中查找；\
         在此之前，[keys.sampler] 和 [keys.deleted] 先查 [keys.list]，[keys.compare] 先查 [keys.token]。\
         对终端来说，Ctrl-M、Ctrl-I 和 Ctrl-H 就是 Enter、Tab 和 Backspace，不能绑定。";

    /// What a setting takes, as a noun.
    A_SWITCH = "true or false", "开关（true 或 false）";
    A_WHOLE_NUMBER = "a whole number", "整数";
    A_NUMBER = "a number", "数字";
    A_TEXT = "text", "文本";
    A_LIST = "a list of texts", "文本列表";

    /// What stands in a file instead; the value follows.
    THE_TEXT = "the text", "文本";
    THE_WHOLE_NUMBER = "the whole number", "整数";
    THE_NUMBER = "the number", "数字";
    THE_SWITCH = "the switch", "开关";
    THE_DATE = "the date", "日期";
    THE_LIST = "the list", "列表";
    THE_TABLE = "the table", "表";
    MIXED_LIST = "a list with something else in it", "含有其他内容的列表";
    CANNOT_BE_EMPTY = "it cannot be empty", "不能为空";
    NO_SECTION = "it is no section", "它不是小节";

    FORCE_REPLACES = "--force replaces it", "--force 会替换它";
    PRESET_NAMES =
        "a name has letters, digits, hyphens and underscores, and is not 'model'",
        "名称由字母、数字、连字符和下划线组成，且不能是“model”";
    PRESET_OF_THE_MODEL =
        "'model' is what the model's own makers recommend",
        "“model”是模型作者自己的建议";
    CALL_PRESET_OTHERWISE = "call the preset something else", "请给预设换一个名称";
    NOTHING_RECOMMENDED =
        "nothing is known of what this model's makers recommend",
        "不知道这个模型的作者建议什么";
    PRECISE = "keeps to the likeliest: facts, code, extraction", "紧跟最可能的：事实、代码、提取";
    BALANCED = "llama.cpp's defaults", "llama.cpp 的默认值";
    CREATIVE =
        "surprises, drops what is far off: stories, ideas",
        "出人意料，但丢弃太离谱的：故事、点子";
    GREEDY = "always the likeliest token: the same each time", "总取最可能的词元：每次都一样";
    YOUR_OWN = "your own", "你自己的";
    LARGER_THAN_1_MIB = "it is larger than 1 MiB", "它大于 1 MiB";

    KEY_NEEDS_KITTY =
        "only terminals with kitty's keyboard protocol tell it",
        "只有支持 kitty 键盘协议的终端能识别它";
    HOW_KEYS_ARE_WRITTEN =
        "keys are written like ctrl-a, alt-enter, shift-tab, f1, pageup, G or ?",
        "按键的写法如 ctrl-a、alt-enter、shift-tab、f1、pageup、G 或 ?";
    START_OF_AN_ARROW_KEY = "the start of an arrow key", "方向键的开头";
    WHERE_KEYS_STAND =
        "keys stand in [keys.global], [keys.input], [keys.pane], [keys.token], [keys.list], \
         [keys.deleted], [keys.sampler] or [keys.compare]",
        "按键写在 [keys.global]、[keys.input]、[keys.pane]、[keys.token]、[keys.list]、\
         [keys.deleted]、[keys.sampler] 或 [keys.compare] 中";
    ACTION_IS_A_TEXT = "a key's action is a text", "按键的操作应为文本";

    TASK_TAKES_A_TEXT = "it takes a text and nothing else", "它只接受一段文本";
    TASK_NEEDS_PROMPT = "a task needs a prompt", "任务需要 prompt";
    PARAMETERS_ARE_TABLES =
        "parameters are tables: [parameters.NAME]",
        "参数应为表：[parameters.NAME]";
    INPUT_IS_THE_TEXT =
        "input is the text itself, and no parameter",
        "input 是文本本身，不是参数";
    EXAMPLE_IS_A_TABLE =
        "an example is a table with user and assistant: [[examples]]",
        "示例应为含有 user 和 assistant 的表：[[examples]]";
    LABELS_NEED_CLASSIFY =
        "labels need kind = \"classify\"",
        "labels 需要 kind = \"classify\"";
    LABELS_ARE_TEXTS = "labels are texts without commas", "labels 应为不含逗号的文本";
    LABELS_PARAMETER =
        "The labels to choose from, with commas between",
        "可选的标签，以逗号分隔";
    PROMPT_HAS_NO_INPUT =
        "the prompt has no {{input}}, so the text has no place",
        "prompt 中没有 {{input}}，文本无处可放";

    KNOWN_THEMES = "`limpid themes list` shows the known ones", "`limpid themes list` 列出已有主题";
    HOW_COLORS_ARE_WRITTEN =
        "a colour is a name, \"#rrggbb\" or a number from 0 to 255",
        "颜色可以是名称、\"#rrggbb\" 或 0 到 255 的数字";
    THEMES_IN_A_CIRCLE =
        "themes inherit from each other in a circle",
        "主题之间循环继承";
    INHERIT_WHAT_IS_MISSING =
        "add it, or take it over from another theme: inherits = \"ansi\"",
        "请添加它，或从另一个主题继承：inherits = \"ansi\"";
    NO_SCALE = "the theme has no 'token.scale'", "主题中没有“token.scale”";
    QUOTE_DOTTED_NAMES =
        "quote a name with a dot: \"border.focused\" = …",
        "含点的名称要加引号：\"border.focused\" = …";
}

sentences! {
    no_folder(what, variable) =
        "no folder for {what} is known: set HOME, or {variable} to an absolute path",
        "不知道{what}的目录：请设置 HOME，或把 {variable} 设为绝对路径";

    did_you_mean(name) = "did you mean '{name}'?", "你是不是想用“{name}”？";
    did_you_mean_prompt(name) = "did you mean @{name}?", "你是不是想用 @{name}？";
    /// An error and what to do, for a place that has one sentence.
    with_hint(error, hint) = "{error}; {hint}", "{error}；{hint}";
    /// What was typed, in the middle of a sentence.
    quoted(text) = "'{text}'", "“{text}”";
    /// A number behind a word.
    bare(number) = "{number}", " {number}";
    of_setting(key, problem) = "'{key}': {problem}", "“{key}”：{problem}";
    cannot_read(path, error) = "cannot read {path}: {error}", "无法读取 {path}：{error}";
    cannot_write(path, error) = "cannot write {path}: {error}", "无法写入 {path}：{error}";
    no_toml(error) = "{error}", "TOML 语法错误：{error}";

    from_to(number, min, max) = "{number} from {min} to {max}", "介于 {min} 和 {max} 之间的{number}";
    at_least(number, min) = "{number} of at least {min}", "不小于 {min} 的{number}";
    at_most(number, max) = "{number} of at most {max}", "不大于 {max} 的{number}";
    or_word(number, word) = "{number} or \"{word}\"", "{number}或 \"{word}\"";
    one_of(names) = "one of {names}", "以下之一：{names}";
    expected(kind, found) = "expected {kind}, found {found}", "应为{kind}，实际为{found}";
    /// A type of TOML and the value as it is written.
    of_type(name, value) = "{name} {value}", "{name} {value}（类型不符）";
    expected_time(found) =
        "expected a time such as 90s, 30m or 2h, `forever` or `off`, found '{found}'",
        "应为 90s、30m、2h 这样的时间，或 `forever`、`off`，实际为“{found}”";
    expected_bias(found) =
        "expected a bias like 15043+1, 15043-0.5 or 15043-inf, found '{found}'",
        "应为 15043+1、15043-0.5 或 15043-inf 这样的偏置，实际为“{found}”";
    misfit(value) = "cannot use {value} here", "这里不能使用 {value}";
    too_large(number) = "{number} is too large", "{number} 太大";
    sampler_twice(name) = "the sampler '{name}' stands there twice", "采样器“{name}”出现了两次";
    it_takes(kind) = "it takes {kind}", "它接受：{kind}";
    /// A setting's text, and what it takes.
    explained(text, kind) = "{text} Takes {kind}.", "{text}取值：{kind}。";

    unknown_setting(key) = "unknown setting '{key}'", "未知的设置项“{key}”";
    unknown_section(name) = "unknown section '{name}'", "未知的小节“{name}”";
    unknown_key(key) = "unknown key '{key}'", "未知的键“{key}”";
    not_a_section(key, kind) =
        "'{key}' is not a section; it takes {kind}",
        "“{key}”不是小节；它接受：{kind}";
    is_a_section(name) = "'{name}' is a section: write [{name}]", "“{name}”是小节：请写 [{name}]";
    is_a_table(key) = "'{key}' is a table", "“{key}”应为表";
    not_a_table(key) = "'{key}' is not a table", "“{key}”不是表";
    is_a_text(key) = "'{key}' is a text", "“{key}”应为文本";
    settings_too_large(path) = "{path} is too large for a settings file", "作为设置文件，{path} 太大";
    cannot_read_settings(path, error) =
        "cannot read the settings in {path}: {error}",
        "无法读取设置文件 {path}：{error}";
    is_there_already(path) = "{path} is there already", "{path} 已经存在";

    as_source_says(source) = "as {source} says", "依据{source}";
    no_preset(name) = "there is no preset '{name}'", "没有预设“{name}”";
    no_preset_among(name, all) =
        "there is no preset '{name}'; there are {all}, and your own stand in [presets.NAME] of the settings file",
        "没有预设“{name}”；现有：{all}，你自己的预设写在设置文件的 [presets.NAME] 中";
    no_preset_name(name) = "'{name}' is no name for a preset", "“{name}”不能作为预设的名称";
    preset_is_a_table(name) =
        "'presets.{name}' is a table: write [presets.{name}]",
        "“presets.{name}”应为表：请写 [presets.{name}]";

    no_prompt(name) =
        "there is no system prompt '{name}': none of that name is built in",
        "没有系统提示“{name}”：内置的也没有";
    no_prompt_in(name, file) =
        "there is no system prompt '{name}': {file} is not there, and none of that name is built in",
        "没有系统提示“{name}”：{file} 不存在，内置的也没有";

    unknown_place(name) = "unknown place 'keys.{name}'", "未知的位置“keys.{name}”";
    unknown_chord(key) = "unknown key '{key}'", "未知的按键“{key}”";
    unknown_action(name) = "unknown action '{name}'", "未知的操作“{name}”";
    cannot_be_bound(key, other) =
        "{key} cannot be bound: terminals send it as {other}",
        "{key} 不能绑定：终端发送的是 {other}";
    key_twice(key, context, line) =
        "the key {key} stands twice in [keys.{context}], on line {line} already",
        "按键 {key} 在 [keys.{context}] 中出现两次，第 {line} 行已有";
    told_by_kitty_only(key) =
        "{key} is told only by terminals with kitty's keyboard protocol; others send another key or none",
        "只有支持 kitty 键盘协议的终端能识别 {key}；其他终端发送别的按键，或什么也不发送";
    key_taken(key, action, former) =
        "{key} is bound to '{action}', and nothing to '{former}' any more",
        "{key} 绑定到“{action}”，“{former}”不再有任何按键";
    key_hidden(key, action, context, other) =
        "{key} is bound to '{action}' everywhere, but [keys.{context}] has it as '{other}'",
        "{key} 在任何地方都绑定到“{action}”，但 [keys.{context}] 中它是“{other}”";
    /// A key of one place stands before one that works everywhere; another still does.
    key_stands_before(key, action, context, hidden, other) =
        "{key} is '{action}' in [keys.{context}] and no longer '{hidden}' there; {other} still is",
        "{key} 在 [keys.{context}] 中是“{action}”，不再是“{hidden}”；{other} 仍然是";
    /// And none does.
    key_takes_the_last(key, action, context, hidden) =
        "{key} is '{action}' in [keys.{context}], and no key is '{hidden}' there any more",
        "{key} 在 [keys.{context}] 中是“{action}”，那里不再有按键是“{hidden}”";
    /// The same of an action that stops what runs or leads out.
    way_out_lost(key, action, context, hidden) =
        "careful: no key is '{hidden}' in [keys.{context}] any more, since {key} is '{action}' there",
        "注意：[keys.{context}] 中不再有按键是“{hidden}”，因为 {key} 在那里是“{action}”";
    key_is_the_only_one(action) =
        "it is '{action}' here, which would have no key",
        "它在这里是“{action}”，后者将没有按键";
    key_is_one_of_several(action) =
        "it is '{action}' here, which has others",
        "它在这里是“{action}”，后者还有别的按键";
    key_is_hidden_here(action) =
        "it is '{action}' everywhere, but not here then",
        "它在任何地方都是“{action}”，但在这里将不再是";
    key_hides_it(context, action) =
        "[keys.{context}] has it as '{action}'",
        "[keys.{context}] 中它是“{action}”";

    task_too_large(path) = "{path} is too large for a task", "作为任务文件，{path} 太大";
    cannot_read_task(path, error) =
        "cannot read the task in {path}: {error}",
        "无法读取任务文件 {path}：{error}";
    no_task(name) = "there is no task '{name}'", "没有任务“{name}”";
    there_are(names) = "there are {names}", "现有：{names}";
    task_needs(task, name) = "the task '{task}' needs '{name}'", "任务“{task}”需要“{name}”";
    how_to_give_parameter(name, task) =
        "--param {name}=VALUE gives it, in the chat /task {task} {name}=VALUE",
        "用 --param {name}=VALUE 给出，在对话中用 /task {task} {name}=VALUE";
    task_needs_labels(task) =
        "the task '{task}' needs two labels or more",
        "任务“{task}”需要两个或更多标签";
    no_parameter(task, name) = "the task '{task}' has no '{name}'", "任务“{task}”没有“{name}”";
    built_in_file(name) = "{name}.toml (built in)", "{name}.toml（内置）";
    task_kinds(found) =
        "kind is answer or classify, found '{found}'",
        "kind 应为 answer 或 classify，实际为“{found}”";
    key_is_a_text(key) = "{key} is a text", "{key} 应为文本";
    key_is_a_section(name) = "{name} is a section: [{name}]", "{name} 应为小节：[{name}]";
    parameter_is_a_table(name) =
        "a parameter is a table: [parameters.{name}]",
        "参数应为表：[parameters.{name}]";
    task_cannot_set(key) = "a task cannot set '{key}'", "任务不能设置“{key}”";
    unknown_parameter(key, name) =
        "{key} has a place for '{name}', which is no parameter",
        "{key} 中有“{name}”的位置，但它不是参数";
    how_to_make_a_parameter(name) =
        "[parameters.{name}] makes it one; the text is {{{{input}}}}",
        "用 [parameters.{name}] 使它成为参数；文本是 {{{{input}}}}";

    unknown_theme(name) = "unknown theme '{name}'", "未知的主题“{name}”";
    cannot_read_theme(path, error) =
        "cannot read the theme {path}: {error}",
        "无法读取主题 {path}：{error}";
    unknown_theme_key(key) = "unknown key '{key}' in a theme", "主题中有未知的键“{key}”";
    unknown_token_key(key) = "unknown key '{key}' in [token]", "[token] 中有未知的键“{key}”";
    unknown_part(key) = "unknown part '{key}'", "未知的部分“{key}”";
    no_style(part) = "the theme has no style '{part}'", "主题中没有样式“{part}”";
    backgrounds(found) =
        "'background' is dark, light or any, found '{found}'",
        "“background”应为 dark、light 或 any，实际为“{found}”";
    color_is_a_text(name) = "the colour '{name}' is a text", "颜色“{name}”应为文本";
    is_a_color_or_table(key) = "'{key}' is a colour or a table", "“{key}”应为颜色或表";
    scale_steps(steps, found) =
        "'scale' is a list of {steps} styles from improbable to probable, found {found}",
        "“scale”应为 {steps} 个样式的列表，从不可能到可能，实际有 {found} 个";
    color_numbers(found) =
        "colour numbers go from 0 to 255, found {found}",
        "颜色编号从 0 到 255，实际为 {found}";
    unknown_color(name) = "unknown colour '{name}'", "未知的颜色“{name}”";
    expected_color(found) = "expected a colour, found {found}", "应为颜色，实际为 {found}";
    not_a_value(key) = "'{key}' is not a value", "“{key}”不是值";
    unknown_property(key) = "unknown property '{key}' of a style", "样式有未知的属性“{key}”";
    is_true_or_false(key) = "'{key}' is true or false", "“{key}”应为 true 或 false";
}
