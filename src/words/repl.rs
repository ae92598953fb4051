//! Of the conversation in lines.

use super::{Language, language, phrases, sentences};

// Beginning and leaving.
phrases! {
    GREETING = "/help shows the commands, Ctrl-D leaves.", "用 /help 查看命令，Ctrl-D 退出。";
    LEAVE_HINT =
        "(Ctrl-C once more leaves, and so does Ctrl-D)",
        "（再按一次 Ctrl-C 退出，Ctrl-D 也可以）";
    ONCE_MORE_LEAVES = "(Ctrl-C once more leaves)", "（再按一次 Ctrl-C 退出）";
    CANNOT_USE_TERMINAL =
        "cannot use this terminal; --plain needs nothing of it",
        "无法使用此终端；--plain 对终端没有要求";
    CANNOT_LISTEN = "cannot listen for signals", "无法接收信号";
    CANNOT_WRITE = "cannot write to standard output", "无法写入标准输出";

    /// In front of what is typed, read aloud; with what parts it from that.
    YOU_ALOUD = "You: ", "你：";
    /// In front of further lines, read aloud.
    AND_ALOUD = "And: ", "续：";
}

// Commands.
phrases! {
    NEW_CONVERSATION = "A new conversation.", "新对话。";
    NO_MODEL_FOUND =
        "No model was found; `limpid models pull` gets one.",
        "没有找到模型；用 `limpid models pull` 下载。";
    MODEL_HINT = "/model NAME loads one.", "用 /model NAME 加载。";
    NONE = "There are none.", "一个也没有。";
    TASK_HINT =
        "/task NAME TEXT puts a text as one; without TEXT, your next message.",
        "/task NAME TEXT 把文本作为任务提交；不带 TEXT 则用于下一条消息。";
    THEME_HINT = "/theme NAME changes to one.", "用 /theme NAME 更换。";
    PRESET_HINT =
        "/preset NAME takes one; /set shows the settings.",
        "用 /preset NAME 采用；用 /set 查看设置。";
    MODEL_PRESET = "as its makers recommend", "按模型作者的推荐";
    NOTHING_TO_EDIT = "There is no message to edit yet.", "还没有可编辑的消息。";
    EDIT_HINT =
        "/edit TEXT says the last one differently, /edit #NUMBER TEXT another.",
        "/edit TEXT 重写上一条消息，/edit #NUMBER TEXT 重写另一条。";
    NOTHING_CHANGED = "Nothing was changed.", "没有任何改动。";
    NOTHING_TO_CORRECT = "There is no answer to correct yet.", "还没有可更正的回答。";
    CORRECT_HINT =
        "/correct TEXT says it as it should have been.",
        "用 /correct TEXT 写出它本该有的样子。";
    NOT_KEPT = "No conversations are kept here.", "这里不保存对话。";
    NOTHING_STORED = "No conversation is stored yet.", "还没有保存的对话。";
    LOAD_HINT_BEGINNING =
        "/load ID goes on with one; its beginning is enough.",
        "用 /load ID 继续其中一个；只写编号的开头即可。";
    LOAD_HINT = "/load ID goes on with one.", "用 /load ID 继续其中一个。";
    NOTHING_FOUND = "Nothing was found.", "没有找到。";
    UNTIL_YOU_LEAVE = "Changed until you leave.", "已更换，退出前有效。";
}

sentences! {
    unusable_task(name, error) = "{name}  cannot be used: {error}", "{name}  无法使用：{error}";
    named_system(name) =
        "The system prompt is '{name}' from your next message on.",
        "从下一条消息起使用系统提示“{name}”。";
    sampled_as(preset) = "Sampled as '{preset}' says.", "已按“{preset}”采样。";
    answers_now(model, description) =
        "{model} answers now ({description}).",
        "现在由 {model} 回答（{description}）。";
    going_on_with(title) = "Going on with: {title}", "继续：{title}";
    unknown_ending(file, endings) =
        "{file}: the ending says the form; use {endings}",
        "{file}：格式由扩展名决定；请用 {endings}";
    written_to(file) = "Written to {file}.", "已写入 {file}。";
    prompt_tokens(count, control) =
        "{count} tokens, {control} of them control tokens",
        "{count} 个词元，其中 {control} 个是控制词元";
}

// What is attached.
phrases! {
    COMMANDS_NOT_RUN =
        "Commands are run only where somebody can be asked; they are sent as text.",
        "只有能询问用户时才运行命令；现按文本发送。";
    NOT_RUN = "Not run; it is sent as text.", "未运行；按文本发送。";
}

sentences! {
    /// What is counted comes with its word.
    attached(lines, file, tokens) =
        "Before your next message: {lines} of {file}, about {tokens}.",
        "下一条消息之前：{file} 的 {lines}（约 {tokens}）。";
    no_match(pattern) = "No file matches {pattern}.", "没有文件匹配 {pattern}。";
    file_cost(file, tokens) = "{file}: about {tokens} tokens", "{file}：约 {tokens} 个词元";
    file_cost_of(file, tokens, encoding) =
        "{file}: about {tokens} tokens, read as {encoding}",
        "{file}：约 {tokens} 个词元，按 {encoding} 读取";
    attach_all(count, tokens) =
        "Attach {count} files, about {tokens} tokens?",
        "附加 {count} 个文件，约 {tokens} 个词元？";
    attached_all(count) =
        "{count} files go before your next message.",
        "{count} 个文件将放在下一条消息之前。";
    run_this(command) = "Run this command?\n  {command}", "运行这条命令？\n  {command}";
    ran(ended, tokens) = "{ended}; about {tokens} tokens.", "{ended}；约 {tokens} 个词元。";
}

// What would not fit, before it is sent.
phrases! {
    SEND_IT = "Send it?", "发送吗？";
    NOT_SENT = "Not sent.", "未发送。";
}

sentences! {
    too_long(tokens, limit) =
        "This comes to about {tokens} of {limit} tokens: it is too long.",
        "总计约 {tokens} / {limit} 个词元：过长。";
    oldest_left_out(count, tokens, limit) =
        "This comes to about {tokens} of {limit} tokens: the oldest messages ({count}) will not be sent.",
        "总计约 {tokens} / {limit} 个词元：最早的消息（{count} 条）不会发送。";
    oldest_summarised(count, tokens, limit) =
        "This comes to about {tokens} of {limit} tokens: the oldest messages ({count}) will be summarised.",
        "总计约 {tokens} / {limit} 个词元：最早的消息（{count} 条）将被摘要。";
}

// What is waited for.
phrases! {
    STOPPING = "stopping", "正在停止";
    WAITING = "waiting for the engine", "正在等待引擎";
}

sentences! {
    loading(file, percent) = "loading {file}: {percent:.0} %", "正在加载 {file}：{percent:.0} %";
    reading(done, total, rate) =
        "reading the prompt: {done} of {total} tokens, {rate:.0} tok/s (Ctrl-C stops)",
        "正在读取提示：{done}/{total} 个词元，{rate:.0} tok/s（Ctrl-C 停止）";
}

/// Units as they are read aloud.
#[must_use]
pub fn aloud(line: &str) -> String {
    match language() {
        Language::English => line
            .replace(" %", " percent")
            .replace("tok/s", "tokens a second"),
        Language::Chinese => line.replace("tok/s", "词元每秒"),
    }
}

// After an answer.
sentences! {
    guesses(right, guessed, gain) =
        "{right} of {guessed} guesses true ({gain:.2}×)",
        "{guessed} 次猜测中 {right} 次正确（{gain:.2}×）";
    first_token(time) = "first token {time}", "首个词元 {time}";
    prompt(tokens) = "prompt {tokens}", "提示 {tokens}";
    prompt_reused(tokens, reused) = "prompt {tokens} ({reused} reused)", "提示 {tokens}（复用 {reused}）";
    prompt_from_disk(tokens, reused) =
        "prompt {tokens} ({reused} reused from disk)",
        "提示 {tokens}（从磁盘复用 {reused}）";
    prompt_partly_from_disk(tokens, reused, some) =
        "prompt {tokens} ({reused} reused, {some} from disk)",
        "提示 {tokens}（复用 {reused}，其中 {some} 来自磁盘）";
    computed_again(reason) = "computed again: {reason}", "重新计算：{reason}";
    context(used, size) = "context {used}/{size}", "上下文 {used}/{size}";
    seed(seed) = "seed {seed}", "种子 {seed}";
    ended(ending) = "(ended {ending})", "（结束：{ending}）";

    tokens_a_second(rate) = "{rate:.0} tokens a second", "每秒 {rate:.0} 个词元";
    first_token_after(time) = "first token after {time}", "首个词元在 {time}后";
    milliseconds(number) = "{number:.0} milliseconds", "{number:.0} 毫秒";
    seconds(number) = "{number:.1} seconds", "{number:.1} 秒";
    end_of_answer(parts) = "End of answer, {parts}.", "回答结束，{parts}。";
}
