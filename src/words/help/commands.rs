//! What the program and its commands do.

use crate::words::Phrase;

/// Sorted by the English.
pub(super) const COMMANDS: &[Phrase] = &[
    Phrase::new(
        "--help shows every flag, and says more about each.",
        "--help 显示所有选项，并有更多说明。",
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
        "Chat with language models on your own machine, and see every token's odds",
        "在自己的机器上与语言模型对话，看清每个词元的概率",
    ),
    Phrase::new(
        "Chat with language models on your own machine, and see every token's odds.\n\nWithout a prompt, limpid opens the chat on the terminal. With a prompt, or with text piped in, it answers once and exits: standard output carries the answer alone.",
        "在自己的机器上与语言模型对话，看清每个词元的概率。\n\n没有提示时，limpid 在终端中打开对话。有提示或从管道输入文本时，它回答一次就退出：标准输出上只有回答。",
    ),
    Phrase::new(
        "Compare files with the catalogue's checksums",
        "用模型目录中的校验和核对文件",
    ),
    Phrase::new(
        "Copy a built-in task to your own, to be changed there",
        "把内置任务复制为你自己的，以便修改",
    ),
    Phrase::new("Delete conversations for good", "永久删除对话"),
    Phrase::new("Delete every conversation for good", "永久删除所有对话"),
    Phrase::new("Delete models that limpid keeps", "删除 limpid 保存的模型"),
    Phrase::new(
        "Each flag has an environment variable: LIMPID_TOP_K stands for --top-k. Those of llama.cpp (LLAMA_ARG_*) hold where limpid's own are not set, and the settings file where neither is: `limpid config show` tells each value and where it came from.\n\nExit codes: 0 done, 1 failed, 2 usage, 3 model not found or not loadable, 4 the engine died, 5 the prompt does not fit, 6 network, 130 interrupted, 141 broken pipe.",
        "每个选项都有环境变量：LIMPID_TOP_K 代表 --top-k。没有设置 limpid 的变量时，使用 llama.cpp 的变量（LLAMA_ARG_*）；都没有时，使用设置文件：`limpid config show` 显示每个值及其来源。\n\n退出码：0 完成，1 失败，2 用法错误，3 模型未找到或无法加载，4 引擎异常结束，5 提示放不下，6 网络错误，130 被中断，141 管道断开。",
    ),
    Phrase::new(
        "Every key in force, what it does, and where that was said",
        "每个生效的按键、其作用和出处",
    ),
    Phrase::new(
        "Every style of a theme, drawn in itself",
        "以主题自身的样式显示它的每个样式",
    ),
    Phrase::new("Every value, and where it came from", "每个值及其来源"),
    Phrase::new(
        "Fetch a model of the catalogue; an interrupted one is resumed",
        "下载模型目录中的模型；中断的下载会继续",
    ),
    Phrase::new(
        "Find words in what was said, the latest conversation first",
        "在对话内容中查找，最近的对话在前",
    ),
    Phrase::new("Give a conversation tags", "给对话加标签"),
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
    Phrase::new("Measure prefill and decode speed", "测量预填和解码速度"),
    Phrase::new("Name a conversation", "给对话命名"),
    Phrase::new("Pin them no more", "取消置顶"),
    Phrase::new("Print a conversation", "输出一个对话"),
    Phrase::new(
        "Print a manual page, or write them all",
        "输出一个手册页，或写出全部手册页",
    ),
    Phrase::new("Print a shell's completion script", "输出 shell 的补全脚本"),
    Phrase::new("Print one value", "输出一个值"),
    Phrase::new(
        "Rated answers:\n  sft         a line for each answer that was rated up, and for each correction:\n              {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, {\"role\": \"assistant\", \"content\": \"…\"}]}\n  preference  a line for each two answers to the same message of which one is better: a\n              correction than what it corrects, one that was rated up than one rated down:\n              {\"prompt\": [{\"role\": \"user\", \"content\": \"…\"}], \"chosen\": [{\"role\": \"assistant\",\n              \"content\": \"…\"}], \"rejected\": [{\"role\": \"assistant\", \"content\": \"…\"}]}\nNo export writes over a file.",
        "评价过的回答：\n  sft         每个好评的回答和每个更正各一行：\n              {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, {\"role\": \"assistant\", \"content\": \"…\"}]}\n  preference  同一消息的两个回答中有一个更好时一行：更正好于被更正的，好评的好于差评的：\n              {\"prompt\": [{\"role\": \"user\", \"content\": \"…\"}], \"chosen\": [{\"role\": \"assistant\",\n              \"content\": \"…\"}], \"rejected\": [{\"role\": \"assistant\", \"content\": \"…\"}]}\n导出从不覆盖已有文件。",
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
    Phrase::new(
        "Take a GGUF file into limpid's own folder",
        "把 GGUF 文件收入 limpid 自己的目录",
    ),
    Phrase::new("Take tags off a conversation", "去掉对话的标签"),
    Phrase::new("Take them back into the list", "把归档的对话放回列表"),
    Phrase::new("The file of a task, as it is written", "任务文件的原文"),
    Phrase::new(
        "The models of the catalogue and those found on this machine",
        "模型目录中的模型和本机上找到的模型",
    ),
    Phrase::new(
        "The tasks that --task and /task know",
        "--task 和 /task 可用的任务",
    ),
    Phrase::new("The themes that can be chosen", "可选的主题"),
    Phrase::new(
        "Try how a model is loaded best on this machine, and keep that",
        "试出模型在本机上的最佳加载方式并保存",
    ),
    Phrase::new(
        "What a model file says about itself",
        "模型文件对自身的说明",
    ),
    Phrase::new("Where limpid keeps its files", "limpid 的文件在哪里"),
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
        "Write one value to the settings file, and leave the rest of it as it is",
        "向设置文件写入一个值，其余保持不变",
    ),
];
