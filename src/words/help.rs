//! What `--help` says of the commands and their arguments, and what the themes and tasks that come
//! with limpid say of themselves.
//!
//! The English stands elsewhere, as the doc comments of `src/cli` and in files of TOML; it is what
//! finds the other language here.

use super::{Language, Phrase, language};

/// Sorted by the English.
const HELP: &[Phrase] = &[
    Phrase::new(
        "--help shows every flag, and says more about each.",
        "--help 显示所有选项，并有更多说明。",
    ),
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
    Phrase::new("About how long to measure", "大约测量多久"),
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
    Phrase::new("Answer a question about a text", "回答关于文本的问题"),
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
        "Bring back what was deleted in the list of conversations; without an ID, say what is there",
        "恢复在对话列表中删除的对话；省略 ID 时列出可恢复的",
    ),
    Phrase::new(
        "Chat in lines, for poor links, screen readers and dumb terminals",
        "以行为单位对话，适合慢速连接、屏幕阅读器和简单终端",
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
        "Chat with language models on your own machine, and see every token's odds",
        "在自己的机器上与语言模型对话，看清每个词元的概率",
    ),
    Phrase::new(
        "Chat with language models on your own machine, and see every token's odds.\n\nWithout a prompt, limpid opens the chat on the terminal. With a prompt, or with text piped in, it answers once and exits: standard output carries the answer alone.",
        "在自己的机器上与语言模型对话，看清每个词元的概率。\n\n没有提示时，limpid 在终端中打开对话。有提示或从管道输入文本时，它回答一次就退出：标准输出上只有回答。",
    ),
    Phrase::new(
        "Choose the label that fits a text best, and show each label's share",
        "选出最适合文本的标签，并显示各标签的占比",
    ),
    Phrase::new(
        "Compare files with the catalogue's checksums",
        "用模型目录中的校验和核对文件",
    ),
    Phrase::new(
        "Compare with the original tokenizer, over the text or a built-in multilingual one",
        "与原始分词器比较，使用给出的文本或内置的多语言文本",
    ),
    Phrase::new(
        "Complete the text as it is, without a chat template: for base models",
        "按原样续写文本，不用对话模板：用于基础模型",
    ),
    Phrase::new(
        "Copy a built-in task to your own, to be changed there",
        "把内置任务复制为你自己的，以便修改",
    ),
    Phrase::new("Delete conversations for good", "永久删除对话"),
    Phrase::new("Delete every conversation for good", "永久删除所有对话"),
    Phrase::new("Delete models that limpid keeps", "删除 limpid 保存的模型"),
    Phrase::new("Do not ask", "不再询问"),
    Phrase::new(
        "Each flag has an environment variable: LIMPID_TOP_K stands for --top-k. Those of llama.cpp (LLAMA_ARG_*) hold where limpid's own are not set, and the settings file where neither is: `limpid config show` tells each value and where it came from.\n\nExit codes: 0 done, 1 failed, 2 usage, 3 model not found or not loadable, 4 the engine died, 5 the prompt does not fit, 6 network, 130 interrupted, 141 broken pipe.",
        "每个选项都有环境变量：LIMPID_TOP_K 代表 --top-k。没有设置 limpid 的变量时，使用 llama.cpp 的变量（LLAMA_ARG_*）；都没有时，使用设置文件：`limpid config show` 显示每个值及其来源。\n\n退出码：0 完成，1 失败，2 用法错误，3 模型未找到或无法加载，4 引擎异常结束，5 提示放不下，6 网络错误，130 被中断，141 管道断开。",
    ),
    Phrase::new("End the one that runs", "结束正在运行的引擎"),
    Phrase::new(
        "Every key in force, what it does, and where that was said",
        "每个生效的按键、其作用和出处",
    ),
    Phrase::new(
        "Every style of a theme, drawn in itself",
        "以主题自身的样式显示它的每个样式",
    ),
    Phrase::new(
        "Every token once, each with at least a window's rest before it",
        "每个词元读一次，各自之前至少有窗口其余的部分",
    ),
    Phrase::new("Every token with its weight", "每个词元及其权重"),
    Phrase::new("Every value, and where it came from", "每个值及其来源"),
    Phrase::new("Explain code or a command", "解释代码或命令"),
    Phrase::new(
        "Extract names and facts from a text, as JSON",
        "从文本中提取名称和事实，输出为 JSON",
    ),
    Phrase::new(
        "Fetch a model of the catalogue; an interrupted one is resumed",
        "下载模型目录中的模型；中断的下载会继续",
    ),
    Phrase::new(
        "Find words in what was said, the latest conversation first",
        "在对话内容中查找，最近的对话在前",
    ),
    Phrase::new(
        "Forget what was kept for this model on this machine",
        "忘掉本机为这个模型保存的结果",
    ),
    Phrase::new("Give a conversation tags", "给对话加标签"),
    Phrase::new(
        "Go on with the last conversation, or with the one that has this ID",
        "继续上一个对话，或继续此 ID 的对话",
    ),
    Phrase::new("How long the summary is to be", "总结应有多长"),
    Phrase::new("How often each test is repeated", "每项测试重复多少次"),
    Phrase::new("How the new text is to be", "新文本应是怎样的"),
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
        "Keep a model loaded, for every limpid on this machine to share",
        "保持模型加载，供本机上所有 limpid 共用",
    ),
    Phrase::new(
        "Keep conversations from limpid's jsonl, ChatGPT, aichat, llm, or a list of messages",
        "从 limpid 的 jsonl、ChatGPT、aichat、llm 或消息列表导入对话",
    ),
    Phrase::new(
        "Keep conversations from limpid's jsonl, ChatGPT, aichat, llm, or a list of messages\n\nWhat a file is, is told by what is in it: limpid's own jsonl, ChatGPT's conversations.json or the zip it came in, a session or the messages.md of aichat, the output of `llm logs --json`, messages as in the OpenAI API (JSON, or JSON Lines). What was imported before is left alone, but for messages that are new since: they are added to it.",
        "从 limpid 的 jsonl、ChatGPT、aichat、llm 或消息列表导入对话\n\n文件的种类由内容判断：limpid 自己的 jsonl，ChatGPT 的 conversations.json 或其所在的 zip，aichat 的会话或 messages.md，`llm logs --json` 的输出，OpenAI API 那样的消息（JSON 或 JSON Lines）。以前导入过的不会重复导入，只加入其后新增的消息。",
    ),
    Phrase::new("Keep conversations on top of the list", "把对话置顶"),
    Phrase::new(
        "Leave conversations out of the list, unless it is asked for them",
        "归档对话，列表中不再显示，除非要求",
    ),
    Phrase::new(
        "Leave the terminal; limpid's own, for keep_alive",
        "脱离终端；供 limpid 自己实现 keep_alive",
    ),
    Phrase::new(
        "List the devices that were built in, and exit",
        "列出编译支持的设备，然后退出",
    ),
    Phrase::new(
        "List, fetch, check and describe models",
        "列出、下载、校验和查看模型",
    ),
    Phrase::new("List, show and check themes", "列出、显示和检查主题"),
    Phrase::new(
        "List, show and copy ready-made tasks",
        "列出、显示和复制现成的任务",
    ),
    Phrase::new(
        "List, show, export, import and delete stored conversations",
        "列出、显示、导出、导入和删除保存的对话",
    ),
    Phrase::new(
        "Look at the terminal, the machine and the model, and say what to do",
        "检查终端、机器和模型，并给出建议",
    ),
    Phrase::new("Look for mistakes in a theme file", "检查主题文件中的错误"),
    Phrase::new(
        "Look for mistakes in the settings file, and for keys that do less than they seem to",
        "检查设置文件中的错误，以及看似有用实则无用的按键",
    ),
    Phrase::new("Markdown", "Markdown"),
    Phrase::new("Measure prefill and decode speed", "测量预填和解码速度"),
    Phrase::new("Model", "模型"),
    Phrase::new("Name a conversation", "给对话命名"),
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
    Phrase::new("Pin them no more", "取消置顶"),
    Phrase::new("Plain text", "纯文本"),
    Phrase::new("Print a conversation", "输出一个对话"),
    Phrase::new(
        "Print a manual page, or write them all",
        "输出一个手册页，或写出全部手册页",
    ),
    Phrase::new("Print a shell's completion script", "输出 shell 的补全脚本"),
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
    Phrase::new("Print one value", "输出一个值"),
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
    Phrase::new(
        "Rated answers:\n  sft         a line for each answer that was rated up, and for each correction:\n              {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, {\"role\": \"assistant\", \"content\": \"…\"}]}\n  preference  a line for each two answers to the same message of which one is better: a\n              correction than what it corrects, one that was rated up than one rated down:\n              {\"prompt\": [{\"role\": \"user\", \"content\": \"…\"}], \"chosen\": [{\"role\": \"assistant\",\n              \"content\": \"…\"}], \"rejected\": [{\"role\": \"assistant\", \"content\": \"…\"}]}\nNo export writes over a file.",
        "评价过的回答：\n  sft         每个好评的回答和每个更正各一行：\n              {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, {\"role\": \"assistant\", \"content\": \"…\"}]}\n  preference  同一消息的两个回答中有一个更好时一行：更正好于被更正的，好评的好于差评的：\n              {\"prompt\": [{\"role\": \"user\", \"content\": \"…\"}], \"chosen\": [{\"role\": \"assistant\",\n              \"content\": \"…\"}], \"rejected\": [{\"role\": \"assistant\", \"content\": \"…\"}]}\n导出从不覆盖已有文件。",
    ),
    Phrase::new("Replace the one that is there", "替换已有的文件"),
    Phrase::new(
        "Requests that may be open at a time; a quarter of them for each program",
        "可同时打开的请求数；每个程序最多占四分之一",
    ),
    Phrase::new("Rewrite a text in another style", "用另一种风格改写文本"),
    Phrase::new(
        "Runs of words that were each less probable than one half, the least probable first",
        "由概率均低于一半的词连成的片段，概率最低的在前",
    ),
    Phrase::new(
        "Say what runs: its model, clients and memory, and when it ends",
        "显示正在运行的引擎：模型、客户端、内存和结束时间",
    ),
    Phrase::new("Show and change settings", "显示和修改设置"),
    Phrase::new(
        "Show how a text is cut into tokens",
        "显示文本如何切分为词元",
    ),
    Phrase::new(
        "Show what a model makes of each token of a text, and the text's perplexity",
        "显示模型如何看待文本的每个词元，以及文本的困惑度",
    ),
    Phrase::new(
        "Show what two models, or two quantisations of one, hold of the same text",
        "对同一文本比较两个模型，或同一模型的两种量化",
    ),
    Phrase::new(
        "Show where a model looks at a token of a text",
        "显示模型在文本的某个词元处看了哪里",
    ),
    Phrase::new(
        "Stored conversations: the pinned ones, then the others, the latest first",
        "保存的对话：先是置顶的，再是其他，最近的在前",
    ),
    Phrase::new("Summarise a text", "总结文本"),
    Phrase::new(
        "Tags, each one word, with or without a # before it",
        "标签，每个一个词，前面可以有 #",
    ),
    Phrase::new(
        "Take a GGUF file into limpid's own folder",
        "把 GGUF 文件收入 limpid 自己的目录",
    ),
    Phrase::new(
        "Take special tokens in the text for what they are, as a template's text is taken",
        "识别文本中的特殊词元，如同对待模板的文本",
    ),
    Phrase::new("Take tags off a conversation", "去掉对话的标签"),
    Phrase::new("Take them back into the list", "把归档的对话放回列表"),
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
    Phrase::new("The file of a task, as it is written", "任务文件的原文"),
    Phrase::new("The files; `-` is standard input", "文件；`-` 表示标准输入"),
    Phrase::new(
        "The form; without it as the file's ending says, else md, or sft with --rated",
        "形式；省略时由文件扩展名决定，否则为 md，有 --rated 时为 sft",
    ),
    Phrase::new("The language of the explanation", "用什么语言解释"),
    Phrase::new("The language of the summary", "用什么语言总结"),
    Phrase::new("The language to translate into", "译成什么语言"),
    Phrase::new(
        "The messages as an OpenAI-style JSON array",
        "OpenAI 风格的消息 JSON 数组",
    ),
    Phrase::new(
        "The models of the catalogue and those found on this machine",
        "模型目录中的模型和本机上找到的模型",
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
        "The tasks that --task and /task know",
        "--task 和 /task 可用的任务",
    ),
    Phrase::new(
        "The text, or a file's name; `-` or nothing is standard input",
        "文本或文件名；`-` 或省略表示标准输入",
    ),
    Phrase::new("The themes that can be chosen", "可选的主题"),
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
    Phrase::new("Translate a text", "翻译文本"),
    Phrase::new(
        "Try how a model is loaded best on this machine, and keep that",
        "试出模型在本机上的最佳加载方式并保存",
    ),
    Phrase::new(
        "What a model file says about itself",
        "模型文件对自身的说明",
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
    Phrase::new("What to find out", "要弄清什么"),
    Phrase::new("What to look for", "要找什么"),
    Phrase::new(
        "What to measure perplexity on, instead of a text of its own",
        "用来测量困惑度的文本，代替自带的文本",
    ),
    Phrase::new("Where limpid keeps its files", "limpid 的文件在哪里"),
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
    Phrase::new("Write a commit message for a diff", "为 diff 写提交说明"),
    Phrase::new(
        "Write a conversation in another form, or rated answers to train on",
        "把对话写成其他形式，或导出评价过的回答用于训练",
    ),
    Phrase::new(
        "Write a model in another format, such as Q8_0 or Q4_K_M",
        "把模型写成另一种格式，例如 Q8_0 或 Q4_K_M",
    ),
    Phrase::new(
        "Write a settings file with every option explained",
        "写出带有全部选项说明的设置文件",
    ),
    Phrase::new(
        "Write every page, and the completions, to this folder",
        "把所有手册页和补全脚本写入此目录",
    ),
    Phrase::new(
        "Write one value to the settings file, and leave the rest of it as it is",
        "向设置文件写入一个值，其余保持不变",
    ),
    Phrase::new(
        "no colour at all: bold, underline and dim tell things apart",
        "完全不用颜色：以粗体、下划线和暗淡区分",
    ),
    Phrase::new(
        "pure colours on a black ground, at least 7:1",
        "黑色背景上的纯色，对比度至少 7:1",
    ),
    Phrase::new("quiet colours on a light ground", "浅色背景上的淡雅颜色"),
    Phrase::new(
        "safe for colour-blind eyes, on a dark ground (Okabe and Ito's colours)",
        "色盲友好，深色背景（Okabe 与 Ito 的配色）",
    ),
    Phrase::new(
        "safe for colour-blind eyes, on a light ground (Okabe and Ito's colours)",
        "色盲友好，浅色背景（Okabe 与 Ito 的配色）",
    ),
    Phrase::new("soft colours on a dark ground", "深色背景上的柔和颜色"),
    Phrase::new(
        "the terminal's own 16 colours, whatever they are",
        "终端自己的 16 种颜色，不论它们是什么",
    ),
];

/// The Chinese of an English text.
#[must_use]
pub fn chinese(english: &str) -> Option<&'static str> {
    let of = |phrase: &Phrase| phrase.in_language(Language::English);
    let found = HELP.binary_search_by(|phrase| of(phrase).cmp(english));
    found
        .ok()
        .map(|index| HELP[index].in_language(Language::Chinese))
}

/// A text in the language that is spoken, or as it is where that has none for it.
#[must_use]
pub fn spoken(english: String) -> String {
    match (language(), chinese(&english)) {
        (Language::Chinese, Some(text)) => text.to_owned(),
        _ => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_stands_once_and_in_its_place() {
        let texts = HELP.iter().map(|it| it.in_language(Language::English));
        assert!(texts.is_sorted_by(|one, other| one < other));
    }
}
