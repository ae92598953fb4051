//! Of the slash commands: what each does, what is wrong with a line, what they answer at once.

use crate::words::{phrases, sentences};

phrases! {
    HELP = "Show the commands, or one", "显示全部命令，或其中一个";
    EXIT = "Leave", "退出";
    NEW = "Begin a new conversation; this one is kept", "开始新对话；当前对话会保留";
    REGEN =
        "Answer the last message, or another one, once more, as a new branch",
        "对最后一条或指定的消息重新回答，作为新分支";
    EDIT =
        "Say your last message, or any other, differently, as a new branch",
        "换一种说法重写你的上一条或指定的消息，作为新分支";
    DELETE =
        "Delete a message and what follows it; /restore brings them back",
        "删除一条消息及其后的内容；/restore 可恢复";
    RESTORE = "Bring back what was deleted last", "恢复最近删除的内容";
    UNDO =
        "Step back before the last message; its branch is kept",
        "退回到上一条消息之前；其分支会保留";
    CONTINUE =
        "Go on with the last answer; with TEXT, as if it had gone on with these words, as a new branch",
        "继续上一个回答；带 TEXT 时，按这些文字接着写，作为新分支";
    PREFILL =
        "Show, set or remove what the next answer begins with",
        "显示、设置或取消下一个回答的开头";
    BRANCHES =
        "Show the branches of the conversation as a tree, or one of them",
        "以树的形式显示对话的分支，或切换到其中一个";
    MODEL = "Pick or load a model", "选择或加载模型";
    SYSTEM =
        "Show, set or remove this conversation's system prompt; @NAME takes a named one",
        "显示、设置或移除本对话的系统提示；@NAME 取用已命名的提示";
    SET =
        "Set how tokens are chosen; keys are the names of the flags",
        "设置如何选取词元；KEY 与命令行选项同名";
    PRESET =
        "Take all sampler settings from a preset; without NAME, show them",
        "采用一个预设的全部采样设置；不带 NAME 则列出预设";
    SHOW =
        "Show the model, the settings, the system prompt, the template or the exact prompt",
        "显示模型、设置、系统提示、模板或实际发送的提示";
    STATS = "Show what the last answer cost and how sure it was", "显示上一个回答的开销和把握程度";
    CONTEXT = "Show how full the context is", "显示上下文的占用情况";
    READ = "Attach a text file to your message", "把文本文件附加到消息";
    GLOB =
        "Attach the text files that match, such as src/**/*.rs; it asks first",
        "附加匹配的文本文件，例如 src/**/*.rs；会先询问";
    COPY = "Copy the last answer", "复制上一个回答";
    SAVE =
        "Name this conversation; ends incognito, since it is then kept",
        "为本对话命名并保存；会结束无痕模式";
    LOAD = "Go on with a stored conversation", "继续一个已保存的对话";
    SEARCH = "Find what was said in any stored conversation", "在所有已保存的对话中查找说过的话";
    TITLE =
        "Name this conversation; alone, have the model find a title",
        "为本对话命名；不带标题则由模型拟定";
    RATE =
        "Say what the last answer is worth, for `limpid history export --rated`",
        "评价上一个回答，供 `limpid history export --rated` 使用";
    CORRECT =
        "Say the last answer as it should have been, as a new branch",
        "写出上一个回答本该有的样子，作为新分支";
    PIN = "Keep this conversation on top of the list", "把本对话置顶";
    TAG =
        "Tag this conversation, to find it by #TAG; alone, show its tags",
        "给本对话加标签，以便用 #TAG 查找；不带参数则显示标签";
    UNTAG = "Take tags off this conversation", "去掉本对话的标签";
    ARCHIVE =
        "Leave this conversation out of the list, unless it is asked for",
        "把本对话归档：除非要求，否则不再列出";
    TASK =
        "Put the next message, or TEXT, as a ready-made task: translate, summarize, classify …",
        "把下一条消息或 TEXT 作为现成的任务提交：翻译、摘要、分类……";
    FORK = "Go on in a copy of this conversation", "在本对话的副本中继续";
    EXPORT =
        "Write the conversation to FILE, as its ending says: .md, .html, .txt, .json, .jsonl",
        "把对话写入 FILE，格式由扩展名决定：.md、.html、.txt、.json、.jsonl";
    THINK =
        "Show or hide the reasoning of the last answer; on and off say whether the model is to think",
        "显示或隐藏上一个回答的思考过程；on 和 off 决定是否要求模型思考";
    THEME = "Pick or change the colours", "选择或更换配色";
    INCOGNITO =
        "Write nothing down; off keeps this conversation, with what was said meanwhile",
        "不再记录；off 则保存本对话，包括期间说过的话";
}

// Help.
phrases! {
    FENCE =
        "\"\"\" opens and closes a message of several lines.",
        "多行消息以 \"\"\" 开头，以 \"\"\" 结尾。";
}

sentences! {
    aliases(names) = "Also: {names}", "别名：{names}";
}

// A line that is not understood.
phrases! {
    GLOB_NEEDS_PATTERN =
        "/glob needs a pattern, such as src/**/*.rs.",
        "/glob 需要一个模式，例如 src/**/*.rs。";
    SEARCH_NEEDS_WORDS = "/search needs words to look for.", "/search 需要要查找的词。";
    RATE_TAKES = "/rate takes up, down or none.", "/rate 可取 up、down 或 none。";
}

sentences! {
    unknown(name) =
        "There is no /{name}; /help shows the commands. Nothing was sent.",
        "没有 /{name} 这个命令；用 /help 查看全部命令。没有发送任何内容。";
    unknown_but_near(name, near) =
        "There is no /{name}. Did you mean /{near}? Nothing was sent.",
        "没有 /{name} 这个命令。是否指 /{near}？没有发送任何内容。";
    no_command(name) = "There is no /{name}.", "没有 /{name} 这个命令。";
    did_you_mean(sentence, near) =
        "{sentence} Did you mean {near}?",
        "{sentence}是否指 {near}？";
    takes_nothing(command, found) =
        "/{command} takes nothing after it, found '{found}'.",
        "/{command} 后面不带参数，却有“{found}”。";
    needs_path(command, line) =
        "/{command} needs the path of a file: {line}",
        "/{command} 需要一个文件路径：{line}";
    not_a_branch(found) =
        "'{found}' is not the number of a branch; /branches lists them.",
        "“{found}”不是分支编号；用 /branches 列出全部分支。";
    set_needs(setting, expected) =
        "/set {setting} needs {expected}.",
        "/set {setting} 需要一个值：{expected}。";
    rate_takes(found) =
        "/rate takes up, down or none, found '{found}'.",
        "/rate 可取 up、down 或 none，却得到“{found}”。";
    think_takes(found) =
        "/think takes on, off or auto, found '{found}'.",
        "/think 接受 on、off 或 auto，而不是 '{found}'。";
    takes_on_or_off(command, found) =
        "/{command} takes on or off, found '{found}'.",
        "/{command} 可取 on 或 off，却得到“{found}”。";
    needs_message(command) =
        "/{command} takes the number of a message, as in /{command} #2; /show messages lists them.",
        "/{command} 需要消息编号，例如 /{command} #2；用 /show messages 列出全部消息。";
    needs_message_not(command, found) =
        "/{command} takes the number of a message, as in /{command} #2, found '{found}'; /show messages lists them.",
        "/{command} 需要消息编号，例如 /{command} #2，却得到“{found}”；用 /show messages 列出全部消息。";
    show_needs(topics) = "/show needs one of {topics}.", "/show 需要以下之一：{topics}。";
    show_knows(topics, found) =
        "/show knows {topics}, not '{found}'.",
        "/show 可取 {topics}，没有“{found}”。";
}

// What a command answers at once.
phrases! {
    BEGINS_FREELY =
        "The next answer begins as the model likes; /prefill TEXT says how.",
        "下一个回答的开头由模型决定；用 /prefill TEXT 指定开头。";
    NOTHING_TO_COPY = "There is no answer to copy yet.", "还没有可复制的回答。";
    NOTHING_TO_RATE = "There is no answer to rate yet.", "还没有可评价的回答。";
    NOTHING_TO_CORRECT = "There is no answer to correct yet.", "还没有可更正的回答。";
    NOTHING_TO_EDIT = "There is no message to edit yet.", "还没有可编辑的消息。";
    NOTHING_TO_CONTINUE = "There is no answer to go on with.", "没有可继续的回答。";
    NO_TAGS =
        "This conversation has no tags; /tag WORD gives it one.",
        "本对话没有标签；用 /tag WORD 添加。";
    SAVED_ALREADY =
        "This conversation is kept as it is said; /save TITLE names it.",
        "本对话随时都在保存；用 /save TITLE 为它命名。";
}

sentences! {
    begins_with(text) = "The next answer begins with: {text}", "下一个回答的开头：{text}";
    no_branch(number) =
        "There is no branch {number}; /branches lists them.",
        "没有 {number} 号分支；用 /branches 列出全部分支。";
    no_message(number) =
        "There is no message {number} here; /show messages lists them.",
        "这里没有 {number} 号消息；用 /show messages 列出全部消息。";
    no_tag(tag) = "This conversation has no tag #{tag}.", "本对话没有标签 #{tag}。";
}
