//! Of each setting: what it does, as the settings file, `--help` and the manual tell it.
//!
//! A sentence ends with its stop; what an entry calls a FLAG is the help of that flag and has none.

use super::phrases;

phrases! {
    OFFLINE = "Never open a connection to the network.", "从不打开网络连接。";
    OFFLINE_FLAG = "Never open a connection to the network", "从不打开网络连接";
    SANDBOX =
        "Confine the engine process to the files and system calls it needs (Linux).",
        "把引擎进程限制在它所需的文件和系统调用之内（Linux）。";
    NO_SANDBOX_FLAG = "Do not confine the engine process", "不限制引擎进程";
    VERBOSITY =
        "How much to say on stderr: quiet leaves errors alone, verbose adds the engine's log.",
        "在标准错误上说多少：quiet 只说错误，verbose 还显示引擎日志。";
    QUIET_FLAG = "Say nothing on stderr but errors", "标准错误上只说错误";
    VERBOSE_FLAG = "Show the engine's log too", "也显示引擎日志";
    COLOR =
        "Whether to use colour. auto: on a terminal, unless NO_COLOR is set.",
        "是否使用颜色。auto：在终端上使用，除非设置了 NO_COLOR。";
    LANGUAGE =
        "The language of the interface: English or Simplified Chinese. auto: as the locale says (LC_ALL, LC_MESSAGES, LANG).",
        "界面语言：英语或简体中文。auto：由区域设置决定（LC_ALL、LC_MESSAGES、LANG）。";

    MODEL =
        "The model: a name from `limpid models list`, a path, or a file found in the Hugging Face cache, LM Studio's folder or ollama's blobs. Empty: the catalogue's default.",
        "模型：`limpid models list` 中的名称、路径，或在 Hugging Face 缓存、LM Studio 目录、ollama 的 blob 中找到的文件。留空：模型目录的默认模型。";
    MODEL_FLAG =
        "The model: a name from `limpid models list`, or a path",
        "模型：`limpid models list` 中的名称，或路径";
    CTX_SIZE =
        "Tokens in the context. 0 is the model's own limit; auto starts with 512 and grows as the conversation does.",
        "上下文的词元数。0 为模型自身的上限；auto 从 512 开始，随对话增长。";
    THREADS =
        "Threads that compute. auto: one for each physical core.",
        "计算所用的线程数。auto：每个物理核心一个。";
    BATCH_SIZE = "Prompt tokens handed over at once.", "一次交出的提示词元数。";
    UBATCH_SIZE =
        "Prompt tokens computed at once. Short: -ub.",
        "一次计算的提示词元数。短写：-ub。";
    GPU_LAYERS =
        "Layers that go to the GPU. auto: as many as fit. Short: -ngl.",
        "放到 GPU 上的层数。auto：能放多少放多少。短写：-ngl。";
    DEVICES =
        "Devices to compute on, as --list-devices names them. Empty: all.",
        "用来计算的设备，名称见 --list-devices。留空：全部。";
    DEVICE_FLAG =
        "Devices to compute on, as --list-devices names them, with commas between. Short: -dev",
        "用来计算的设备，名称见 --list-devices，以逗号分隔。短写：-dev";
    FLASH_ATTN =
        "Flash attention: less memory, and faster where the device has it. Short: -fa.",
        "Flash attention：更省内存，设备支持时也更快。短写：-fa。";
    CACHE_TYPE_K =
        "The type of the keys in the KV cache; smaller ones save memory. Short: -ctk.",
        "KV 缓存中键的类型；较小的类型省内存。短写：-ctk。";
    CACHE_TYPE_V =
        "The type of the values in the KV cache; quantised ones need flash attention. Short: -ctv.",
        "KV 缓存中值的类型；量化类型需要 flash attention。短写：-ctv。";
    FIT =
        "Choose the types of the KV cache, the layers on the GPU and, where nothing else helps, a smaller context, so that all fits into memory.",
        "选择 KV 缓存的类型、GPU 上的层数，必要时缩小上下文，使一切能放进内存。";
    FIT_FLAG =
        "Choose KV cache types, GPU layers and context so that they fit into memory",
        "选择 KV 缓存类型、GPU 层数和上下文大小，使它们能放进内存";
    SPECULATE =
        "Guess what comes next from the text so far, and compute several tokens at once where that is faster.",
        "根据已有文本猜测后文，在更快的地方一次计算多个词元。";
    NO_SPECULATE_FLAG = "Compute one token after the other", "逐个计算词元";
    DRAFT =
        "A smaller model with the same vocabulary, a name or a path: it writes ahead, and the model checks several tokens at once. Answers stay the model's own.",
        "词表相同的较小模型，写名称或路径：它先写，模型一次核对多个词元。回答仍是模型自己的。";
    DRAFT_FLAG =
        "A smaller model with the same vocabulary that guesses what comes next",
        "词表相同的较小模型，用来猜测后文";

    KEEP_ALIVE =
        "How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off. Where no resident engine runs, one is started.",
        "最后一次请求之后模型保持加载多久，供下一次启动 limpid 使用：90s、30m、2h、forever 或 off。没有常驻引擎在运行时，会启动一个。";

    PRESET =
        "Take all sampler settings from a preset: precise, balanced, creative, greedy, one of [presets.NAME], or model for what its makers recommend. What is set here beside it counts more.",
        "全部采样设置取自一个预设：precise、balanced、creative、greedy、[presets.NAME] 中的一个，或 model（模型作者的建议）。这里另行设置的值优先。";
    PRESET_FLAG =
        "Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more",
        "全部采样设置取自一个预设：precise、balanced、creative、greedy、model 或你自己的；其他选项优先";
    TEMPERATURE =
        "Flattens (above 1) or sharpens (below 1) the odds. 0 always takes the most probable token.",
        "拉平（大于 1）或锐化（小于 1）概率分布。0 总是取最可能的词元。";
    SEED =
        "Seed of the random numbers. random draws one and reports it.",
        "随机数的种子。random 随机取一个并报告。";
    TOP_K =
        "Keep the K most probable tokens; 0 keeps all.",
        "保留概率最高的 K 个词元；0 全部保留。";
    TOP_P =
        "Keep the most probable tokens that together reach this probability; 1 keeps all.",
        "保留合计达到此概率的最可能词元；1 全部保留。";
    MIN_P =
        "Drop tokens less probable than this share of the best one's probability; 0 drops none.",
        "丢弃概率低于最佳词元这一比例的词元；0 不丢弃。";
    TYPICAL_P =
        "Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off.",
        "局部典型采样：保留惊异度接近熵的词元；1 关闭。";
    TOP_N_SIGMA =
        "Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off.",
        "保留 logit 与最佳者相差 N 个标准差以内的词元；0 或更小关闭。";
    XTC_PROBABILITY =
        "How often to exclude the top choices (XTC); 0 turns it off.",
        "以多大概率排除首选词元（XTC）；0 关闭。";
    XTC_THRESHOLD =
        "The probability from which XTC counts a token as a top choice; above 0.5 it cannot act.",
        "XTC 把达到此概率的词元视为首选；大于 0.5 时不起作用。";
    DRY_MULTIPLIER =
        "Strength of the penalty on extending a repetition (DRY); 0 turns it off.",
        "对延长重复的惩罚强度（DRY）；0 关闭。";
    DRY_BASE =
        "How fast the DRY penalty grows with the repetition's length.",
        "DRY 惩罚随重复长度增长的速度。";
    DRY_ALLOWED_LENGTH =
        "Repetitions of up to this many tokens go unpunished by DRY.",
        "不超过这么多词元的重复不受 DRY 惩罚。";
    DRY_PENALTY_LAST_N =
        "How many tokens back DRY looks; 0 none, -1 the whole context.",
        "DRY 回看多少个词元；0 不看，-1 为整个上下文。";
    DRY_SEQUENCE_BREAKERS =
        "Texts that a repetition does not cross for DRY.",
        "DRY 的重复不会跨越的文本。";
    DRY_SEQUENCE_BREAKER_FLAG =
        "A text that a repetition does not cross for DRY; replaces the default ones. Repeatable",
        "DRY 的重复不会跨越的文本；取代默认的文本。可重复";
    REPEAT_LAST_N =
        "How many tokens back the penalties look; 0 none, -1 the whole context.",
        "惩罚回看多少个词元；0 不看，-1 为整个上下文。";
    REPEAT_PENALTY =
        "Divides the logits of tokens that came already; 1 turns it off.",
        "把出现过的词元的 logit 除以此值；1 关闭。";
    PRESENCE_PENALTY =
        "Subtracted once from the logits of tokens that came already; 0 turns it off.",
        "从出现过的词元的 logit 中减去一次；0 关闭。";
    FREQUENCY_PENALTY =
        "Subtracted from a token's logit for each time it came; 0 turns it off.",
        "词元每出现一次，就从它的 logit 中减去一次；0 关闭。";
    MIROSTAT =
        "Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off.",
        "使惊异度保持在目标值，而不截断：1 或 2 为版本，0 关闭。";
    MIROSTAT_TAU = "Mirostat's target surprise, in bits.", "Mirostat 的目标惊异度，单位为比特。";
    MIROSTAT_ETA = "Mirostat's learning rate.", "Mirostat 的学习率。";
    LOGIT_BIAS =
        "Biases of single tokens, as ID+BIAS or ID-BIAS; 15043-inf forbids token 15043.",
        "单个词元的偏置，写作 ID+BIAS 或 ID-BIAS；15043-inf 禁止词元 15043。";
    LOGIT_BIAS_FLAG =
        "Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable",
        "加到一个词元的 logit 上：15043+1，或用 15043-inf 禁止它。可重复";
    GRAMMAR =
        "A GBNF grammar that the answer must follow, or @FILE.",
        "回答必须遵循的 GBNF 语法，或 @FILE。";
    GRAMMAR_FILE_FLAG = "Read the GBNF grammar from a file", "从文件读取 GBNF 语法";
    JSON_SCHEMA =
        "A JSON schema that the answer must follow, or @FILE. {} is any JSON.",
        "回答必须遵循的 JSON Schema，或 @FILE。{} 为任意 JSON。";
    JSON_SCHEMA_FILE_FLAG = "Read the JSON schema from a file", "从文件读取 JSON Schema";
    SAMPLERS =
        "The samplers in the order they act; one that is not named does not act.",
        "采样器，按起作用的顺序；未列出的不起作用。";
    SAMPLERS_FLAG =
        "The samplers in the order they act, with semicolons between; one that is not named does not act",
        "采样器，按起作用的顺序，以分号分隔；未列出的不起作用";

    PREDICT =
        "Tokens an answer may have. unlimited: until the model ends it or the context is full.",
        "一个回答最多有多少词元。unlimited：直到模型结束回答或上下文已满。";
    STOP =
        "Texts that end an answer; they are not part of it.",
        "使回答结束的文本；不算在回答之内。";
    STOP_FLAG =
        "A text that ends the answer and is not part of it. Repeatable",
        "使回答结束的文本，不算在回答之内。可重复";
    SYSTEM =
        "The system message of new conversations, or @FILE, or @NAME of a system prompt; @@ begins a text with @.",
        "新对话的系统消息，或 @FILE，或系统提示的 @NAME；@@ 表示文本以 @ 开头。";
    SYSTEM_PROMPT_FILE_FLAG =
        "Read the system message from a file. Short: -sysf",
        "从文件读取系统消息。短写：-sysf";
    SYSTEM_FLAG =
        "The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys",
        "系统消息；@FILE 从文件读取，@NAME 取已命名的系统提示：concise、teacher、translator、reviewer 或你自己的。短写：-sys";
    CHAT_TEMPLATE =
        "A Jinja chat template instead of the model's own, or @FILE.",
        "用来代替模型自带模板的 Jinja 对话模板，或 @FILE。";
    CHAT_TEMPLATE_FILE_FLAG = "Read the chat template from a file", "从文件读取对话模板";
    CANDIDATES =
        "Alternatives collected for each token; 0 collects none, and neither rank nor entropy.",
        "每个词元收集多少候选；0 不收集，也没有名次和熵。";
    REASONING =
        "What is shown of the reasoning of a model. In a chat auto: a line that opens; on: all of it; off: only while it thinks. In pipes auto: it goes to standard error; on: with -q too; off: nowhere; only: it changes places with the answer.",
        "显示模型的哪些思考过程。在对话中，auto：一行，可展开；on：全部；off：只在思考时显示。在管道中，auto：送到标准错误；on：有 -q 时也显示；off：不显示；only：与回答互换位置。";
    THINKING =
        "Whether a model that can think before it answers is asked to. auto: as its template has it; on, off: the template is told so, by enable_thinking.",
        "能在回答前思考的模型是否要思考。auto：由其模板决定；on、off：通过 enable_thinking 告知模板。";
    CONTEXT_FULL =
        "When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead.",
        "上下文已满时：停止并说明，丢弃最早的几轮（系统消息保留），或让模型总结它们并改为发送总结。";

    INCOGNITO =
        "Write nothing to disk: no history, no log, no input history.",
        "不向磁盘写入任何内容：没有历史，没有日志，没有输入历史。";
    INCOGNITO_FLAG = "Write nothing to disk", "不向磁盘写入任何内容";
    KEEP_HISTORY = "Keep conversations.", "保存对话。";
    ONE_SHOTS =
        "Keep questions that are answered once (`limpid PROMPT`, a pipe) too; -C keeps a single one.",
        "只回答一次的问题（`limpid PROMPT`、管道）也保存；-C 保存单个问题。";
    KEPT_CANDIDATES =
        "Alternatives kept with each token of an answer.",
        "随回答的每个词元保存多少候选。";
    KV_CACHE_MB =
        "Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave. 0 keeps none.",
        "对话的 KV 缓存可占多少兆字节磁盘，这样再次打开长对话时无需计算；最久未用的先清除。0 不保存。";
    KEEP_DELETED_DAYS =
        "Days for which a conversation that was deleted in the list can come back (`limpid history restore`).",
        "在列表中删除的对话在多少天内可以恢复（`limpid history restore`）。";
    THEME =
        "A theme from `limpid themes list`, or the path of a theme file. auto: dark or light, as the terminal says that its background is.",
        "`limpid themes list` 中的主题，或主题文件的路径。auto：按终端报告的背景选择深色或浅色。";
    COLOR_BY =
        "Colour the tokens of answers by their probability, entropy, rank or surprise.",
        "按概率、熵、名次或惊异度给回答的词元着色。";
    MARKDOWN =
        "Show the headings, lists, tables and code of answers as such; otherwise as the model wrote them.",
        "把回答中的标题、列表、表格和代码渲染出来；否则按模型所写显示。";
    HYPERLINKS =
        "Give the addresses of links (http and https) to the terminal, which opens them; otherwise they are written after their words. auto: where the terminal is known to take them.",
        "把链接地址（http 和 https）交给终端，由终端打开；否则写在链接文字之后。auto：已知终端支持时。";
    UNITS = "The unit of surprise and entropy.", "惊异度和熵的单位。";
    UNCERTAIN =
        "A token or word that had less than this probability counts as uncertain.",
        "概率低于此值的词元或词算作不确定。";
    CANDIDATE_MASS =
        "Show the best alternatives of a token that together reach this probability; 1 shows all that were collected.",
        "显示词元合计达到此概率的最佳候选；1 显示收集到的全部。";
    FAN_OUT =
        "Continuations that f in the token view has written at once.",
        "在词元视图中按 f 一次写出多少种续写。";
    EDITING =
        "Whose keys the input has. With vi, Esc turns letters into commands: motions, operators, counts, u.",
        "输入框使用谁的按键。选 vi 时，Esc 把字母变成命令：移动、操作符、计数、u。";
    MOUSE =
        "Use the mouse: the wheel scrolls what is under it, a click chooses a pane, a tab, a row or a token, dragging moves a border or marks text. Selecting text in the terminal then needs Shift. F2 switches it on and off.",
        "使用鼠标：滚轮滚动其下的内容，单击选择窗格、标签页、行或词元，拖动移动边界或标记文本。此时在终端中选取文本需按住 Shift。F2 开关鼠标。";
    LINEAR =
        "Chat in lines that are only ever added, with words for marks: for screen readers. Also chosen by TERM=dumb.",
        "以只增不改的行对话，用文字代替记号：供屏幕阅读器使用。TERM=dumb 时也会选用。";
    LINEAR_FLAG =
        "Chat in lines that are only ever added, with words for marks: for screen readers",
        "以只增不改的行对话，用文字代替记号：供屏幕阅读器使用";
    COPY_TO =
        "Where a copy goes. auto: to ui.copy_command where one is set, else through the terminal (OSC 52, also over SSH and in tmux), else to a private file in the state folder. terminal and file: there.",
        "复制到哪里。auto：设置了 ui.copy_command 就交给它，否则通过终端（OSC 52，SSH 和 tmux 中也可用），再不行则写入状态目录中的私有文件。terminal 和 file：只到那里。";
    COPY_COMMAND =
        "A shell command that takes what is copied on its standard input, such as wl-copy or pbcopy.",
        "从标准输入接收所复制内容的 shell 命令，例如 wl-copy 或 pbcopy。";
}
