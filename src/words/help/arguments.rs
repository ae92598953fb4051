//! What the arguments of commands and their values mean.

use crate::words::Phrase;

/// Sorted by the English.
pub(super) const ARGUMENTS: &[Phrase] = &[
    Phrase::new("A Markdown table", "Markdown 表格"),
    Phrase::new("A line a token", "每个词元一行"),
    Phrase::new(
        "A line for each token, and the numbers of the whole text",
        "每个词元一行，以及全文的数字",
    ),
    Phrase::new(
        "A line for each token: byte offset, id, text",
        "每个词元一行：字节偏移、id、文本",
    ),
    Phrase::new(
        "A name from `limpid models list`, or `org/repo:QUANT` of Hugging Face",
        "`limpid models list` 中的名称，或 Hugging Face 上的 `org/repo:QUANT`",
    ),
    Phrase::new("A name or a path", "名称或路径"),
    Phrase::new(
        "A name or a path; best the original, as F16 or BF16",
        "名称或路径；最好是 F16 或 BF16 的原始模型",
    ),
    Phrase::new(
        "A parameter of the task, as language=French. Repeatable",
        "任务的参数，例如 language=French。可重复",
    ),
    Phrase::new("A picture with a heat map", "带热图的图片"),
    Phrase::new("A self-contained page with a heat map", "带热图的独立网页"),
    Phrase::new(
        "A self-contained page with a heat map for each model",
        "为每个模型各带一幅热图的独立网页",
    ),
    Phrase::new("A task's name", "任务名称"),
    Phrase::new("A theme's name, or a file's path", "主题名称，或文件路径"),
    Phrase::new(
        "About how long it may take, converting and loading included",
        "大约可用多长时间，含转换和加载",
    ),
    Phrase::new(
        "Also try copies in other formats, which are removed afterwards",
        "也试用其他格式的副本，事后删除",
    ),
    Phrase::new(
        "Alternatives to print with each token, with --format json or jsonl [default: 5]",
        "随每个词元输出多少候选，配合 --format json 或 jsonl [默认值：5]",
    ),
    Phrase::new("Alternatives to show of each token", "每个词元显示多少候选"),
    Phrase::new(
        "An id or the beginning of one; `last` is the latest",
        "id 或其开头；`last` 为最近的对话",
    ),
    Phrase::new(
        "An id or the beginning of one; without any the latest, and with --rated all",
        "id 或其开头；省略时为最近的对话，有 --rated 时为全部",
    ),
    Phrase::new(
        "An object a token and one for the text",
        "每个词元一个对象，全文一个对象",
    ),
    Phrase::new(
        "As `limpid config show` names it, such as sampling.temperature",
        "与 `limpid config show` 中的名称相同，例如 sampling.temperature",
    ),
    Phrase::new(
        "Ask with an OpenAI-style JSON array of messages; `-` is standard input",
        "用 OpenAI 风格的消息 JSON 数组提问；`-` 表示标准输入",
    ),
    Phrase::new("At most this many", "最多这么多个"),
    Phrase::new("At most this many conversations", "最多这么多个对话"),
    Phrase::new(
        "Begin with the token that the model expects at the beginning",
        "以模型期望的起始词元开头",
    ),
    Phrase::new(
        "Chat in lines, without the full screen, as `limpid repl` does",
        "以行为单位对话，不用全屏，与 `limpid repl` 相同",
    ),
    Phrase::new(
        "Chat on the terminal after the prompt or the piped text is answered",
        "回答提示或管道文本之后，继续在终端对话",
    ),
    Phrase::new(
        "Compare with the original tokenizer, over the text or a built-in multilingual one",
        "与原始分词器比较，使用给出的文本或内置的多语言文本",
    ),
    Phrase::new(
        "Complete the text as it is, without a chat template: for base models",
        "按原样续写文本，不用对话模板：用于基础模型",
    ),
    Phrase::new("Do not ask", "不再询问"),
    Phrase::new("End the one that runs", "结束正在运行的引擎"),
    Phrase::new(
        "Every token once, each with at least a window's rest before it",
        "每个词元读一次，各自之前至少有窗口其余的部分",
    ),
    Phrase::new("Every token with its weight", "每个词元及其权重"),
    Phrase::new(
        "Forget what was kept for this model on this machine",
        "忘掉本机为这个模型保存的结果",
    ),
    Phrase::new(
        "Go on with the last conversation, or with the one that has this ID",
        "继续上一个对话，或继续此 ID 的对话",
    ),
    Phrase::new("How often each test is repeated", "每项测试重复多少次"),
    Phrase::new("How to print it", "输出格式"),
    Phrase::new(
        "How to print it; without it, a terminal shows two heat maps to walk in, and a pipe gets the table",
        "输出格式；省略时在终端显示两幅可浏览的热图，在管道中输出表格",
    ),
    Phrase::new("How to print the answer", "回答的输出格式"),
    Phrase::new("How to print the list", "列表的输出格式"),
    Phrase::new("How to print the odds", "概率的输出格式"),
    Phrase::new("How to print the results", "结果的输出格式"),
    Phrase::new("How to print the status", "状态的输出格式"),
    Phrase::new("How to print the tokens", "词元的输出格式"),
    Phrase::new("How to print the weights", "权重的输出格式"),
    Phrase::new("How to print what was found", "结果的输出格式"),
    Phrase::new("Ids, or the beginnings of ids", "id 或其开头，可给多个"),
    Phrase::new(
        "Ids, or the beginnings of ids; `last` is the latest",
        "id 或其开头，可给多个；`last` 为最近的对话",
    ),
    Phrase::new("In what to store its matrices", "矩阵以何种格式存储"),
    Phrase::new(
        "In which windows to read; their size is --ctx-size, by default 2048 tokens sliding and 512 in halves",
        "以怎样的窗口读取；窗口大小为 --ctx-size，默认滑动时 2048 个词元，分半时 512 个",
    ),
    Phrase::new(
        "Leave the terminal; limpid's own, for keep_alive",
        "脱离终端；供 limpid 自己实现 keep_alive",
    ),
    Phrase::new(
        "List the devices that were built in, and exit",
        "列出编译支持的设备，然后退出",
    ),
    Phrase::new("Markdown", "Markdown"),
    Phrase::new("Model", "模型"),
    Phrase::new(
        "Names or paths; without any, every model that limpid keeps",
        "名称或路径；省略时为 limpid 保存的所有模型",
    ),
    Phrase::new(
        "Of rated answers: chats to learn from",
        "评价过的回答：可供学习的对话",
    ),
    Phrase::new(
        "Of rated answers: pairs of a better and a worse one",
        "评价过的回答：一好一差的配对",
    ),
    Phrase::new(
        "One OpenAI-style object at the end, with log-probabilities",
        "最后输出一个 OpenAI 风格的对象，带对数概率",
    ),
    Phrase::new("One array", "一个数组"),
    Phrase::new("One event a line", "每行一个事件"),
    Phrase::new(
        "One head of the layer, counted from 0; without it, the mean over the layer's",
        "该层的某个头，从 0 数起；省略时取该层各头的平均",
    ),
    Phrase::new(
        "One layer, counted from 0; without it, the mean over all",
        "某一层，从 0 数起；省略时取所有层的平均",
    ),
    Phrase::new("One object a line", "每行一个对象"),
    Phrase::new(
        "One object a line; the last one sums up",
        "每行一个对象；最后一个是汇总",
    ),
    Phrase::new("One page for a browser", "供浏览器查看的单个网页"),
    Phrase::new(
        "Only those with this tag; given several times, with all of them",
        "只显示带此标签的；多次给出时须带全部标签",
    ),
    Phrase::new("Output", "输出"),
    Phrase::new("Plain text", "纯文本"),
    Phrase::new("Print help", "显示帮助"),
    Phrase::new(
        "Print help (see a summary with '-h')",
        "显示帮助（-h 显示摘要）",
    ),
    Phrase::new(
        "Print help (see more with '--help')",
        "显示帮助（--help 显示更多）",
    ),
    Phrase::new("Print help for the subcommand(s)", "要显示哪个子命令的帮助"),
    Phrase::new(
        "Print the exact prompt the model would read, special tokens visible, and exit",
        "输出模型将读到的确切提示（特殊词元可见），然后退出",
    ),
    Phrase::new("Print the number of tokens alone", "只输出词元数"),
    Phrase::new(
        "Print this message or the help of the given subcommand(s)",
        "显示本信息或所给子命令的帮助",
    ),
    Phrase::new("Print version", "显示版本"),
    Phrase::new("Programs that may use it at a time", "可同时使用它的程序数"),
    Phrase::new("Prompt", "提示"),
    Phrase::new(
        "Put a file's text before the prompt; `-` is standard input. Repeatable",
        "把文件内容放在提示之前；`-` 表示标准输入。可重复",
    ),
    Phrase::new(
        "Put the text to the model as a ready-made task; `limpid tasks list` shows them",
        "把文本作为现成的任务交给模型；`limpid tasks list` 列出任务",
    ),
    Phrase::new("Replace the one that is there", "替换已有的文件"),
    Phrase::new(
        "Requests that may be open at a time; a quarter of them for each program",
        "可同时打开的请求数；每个程序最多占四分之一",
    ),
    Phrase::new(
        "Runs of words that were each less probable than one half, the least probable first",
        "由概率均低于一半的词连成的片段，概率最低的在前",
    ),
    Phrase::new(
        "Say what runs: its model, clients and memory, and when it ends",
        "显示正在运行的引擎：模型、客户端、内存和结束时间",
    ),
    Phrase::new(
        "Tags, each one word, with or without a # before it",
        "标签，每个一个词，前面可以有 #",
    ),
    Phrase::new(
        "Take special tokens in the text for what they are, as a template's text is taken",
        "识别文本中的特殊词元，如同对待模板的文本",
    ),
    Phrase::new(
        "Tell tokens, words or sentences, or only what is least certain",
        "按词元、词或句子显示，或只显示最不确定的",
    ),
    Phrase::new(
        "The answer alone, its exact bytes",
        "只有回答本身，字节原样",
    ),
    Phrase::new(
        "The answers that were rated or corrected, as JSON Lines",
        "评价或更正过的回答，以 JSON Lines 输出",
    ),
    Phrase::new(
        "The archived ones, which are left out otherwise",
        "显示已归档的对话（通常不显示）",
    ),
    Phrase::new("The files; `-` is standard input", "文件；`-` 表示标准输入"),
    Phrase::new(
        "The form; without it as the file's ending says, else md, or sft with --rated",
        "形式；省略时由文件扩展名决定，否则为 md，有 --rated 时为 sft",
    ),
    Phrase::new(
        "The messages as an OpenAI-style JSON array",
        "OpenAI 风格的消息 JSON 数组",
    ),
    Phrase::new(
        "The name it gets; without it, the file's own",
        "取什么名称；省略时用文件名",
    ),
    Phrase::new("The new value", "新的值"),
    Phrase::new("The page", "哪个手册页"),
    Phrase::new("The records as they are stored", "按存储原样的记录"),
    Phrase::new(
        "The second half of windows that do not overlap: the perplexity of llama-perplexity",
        "不重叠窗口的后一半：llama-perplexity 的困惑度",
    ),
    Phrase::new("The shell", "哪种 shell"),
    Phrase::new("The strongest sources", "最强的来源"),
    Phrase::new(
        "The text, or a file's name; `-` or nothing is standard input",
        "文本或文件名；`-` 或省略表示标准输入",
    ),
    Phrase::new(
        "The title; without one its first words stand for it",
        "标题；省略时以对话开头的文字代替",
    ),
    Phrase::new(
        "The token that looks, counted from 1; without it, the last",
        "观察的词元，从 1 数起；省略时为最后一个",
    ),
    Phrase::new(
        "Tokens from one sliding window to the next [default: half a window]",
        "相邻滑动窗口之间的词元数 [默认值：半个窗口]",
    ),
    Phrase::new(
        "Tokens of the decode test; 0 leaves it out",
        "解码测试的词元数；0 表示不测",
    ),
    Phrase::new(
        "Tokens of the prefill test; 0 leaves it out",
        "预填测试的词元数；0 表示不测",
    ),
    Phrase::new(
        "Tokens that are in the context before each test",
        "每次测试前上下文中已有的词元数",
    ),
    Phrase::new(
        "What the answer begins with: the model goes on after it",
        "回答以此开头：模型接着写下去",
    ),
    Phrase::new("What to ask", "要问什么"),
    Phrase::new(
        "What to ask; with several words, they are joined by spaces",
        "要问什么；多个词以空格连接",
    ),
    Phrase::new(
        "What to measure perplexity on, instead of a text of its own",
        "用来测量困惑度的文本，代替自带的文本",
    ),
    Phrase::new(
        "Where to; without it, limpid's own folder, under the model's name with the new format",
        "写到哪里；省略时写入 limpid 自己的目录，以模型名加新格式命名",
    ),
    Phrase::new(
        "Where to; without it, standard output",
        "写到哪里；省略时为标准输出",
    ),
    Phrase::new("Windows to read at most", "最多读取多少个窗口"),
    Phrase::new(
        "With --rated: of all conversations",
        "与 --rated 一起使用：所有对话的",
    ),
    Phrase::new(
        "Words or phrases, each of which must be in a conversation",
        "词或短语，对话须包含其中每一个",
    ),
    Phrase::new(
        "Write every page, and the completions, to this folder",
        "把所有手册页和补全脚本写入此目录",
    ),
];
