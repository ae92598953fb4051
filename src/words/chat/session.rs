//! What the session tells: notices, and why something cannot be done.

use crate::words::{phrases, sentences};

// The conversation as a whole.
phrases! {
    READ_ONLY =
        "This conversation can only be read here. /fork makes a copy to go on with.",
        "本对话在这里只能阅读。用 /fork 建一个副本来继续。";
    MESSAGE_GONE = "That message is not in this conversation.", "本对话中没有这条消息。";
    SHOWN_ALREADY = "That conversation is the one shown.", "当前显示的就是这个对话。";
    ANSWER_WAS_CUT =
        "The last answer was cut off before it ended; /continue goes on with it.",
        "上一个回答没有写完就中断了；用 /continue 继续。";
    A_COPY = "This is a copy; the original stays as it is.", "这是副本；原对话保持不变。";
    SAVED_AGAIN = "Saved again; nothing is missing.", "已恢复保存；没有遗漏。";
}

sentences! {
    cannot_open(id, reason) =
        "Cannot open conversation {id}: {reason}",
        "无法打开对话 {id}：{reason}";
    not_sent(text) = "Not sent: {text}", "未发送：{text}";
    not_saved(reason) = "Not saved: {reason}", "未保存：{reason}";
    inconsistent(error) = "The conversation is inconsistent: {error}.", "对话内容不一致：{error}。";
}

// Incognito.
phrases! {
    NOTHING_IS_WRITTEN = "Nothing is being written.", "现在不作记录。";
    IS_WRITTEN = "This is being written.", "现在正在记录。";
    NOTHING_WRITTEN_NOW =
        "From now on nothing is written. What was said before stays on disk.",
        "从现在起不作记录。之前的内容仍留在磁盘上。";
    NOTHING_WRITTEN = "From now on nothing is written.", "从现在起不作记录。";
    WRITTEN_AGAIN =
        "This conversation is written again, with what was said meanwhile.",
        "本对话恢复记录，包括期间的内容。";
    WRITTEN_NOW = "This conversation is written from now on.", "从现在起记录本对话。";
}

// Sending, stopping, going on.
phrases! {
    NOTHING_TO_SEND =
        "There is nothing to send: the message is empty.",
        "没有可发送的内容：消息为空。";
    QUEUED = "Queued: it is sent when this answer ends.", "已排队：本回答结束后发送。";
    QUEUE_WAITS = "What is queued waits for your next message.", "排队的消息等到你的下一条消息再发送。";
    MESSAGE_KEPT =
        "The message is kept; /regen asks for its answer.",
        "消息已保留；用 /regen 请求回答。";
    STILL_WRITING = "The answer is still being written.", "回答还在生成中。";
    NOTHING_TO_CONTINUE = "There is no answer to go on with.", "没有可继续的回答。";
    NOTHING_TO_UNDO = "There is nothing to undo.", "没有可撤销的内容。";
    NO_MODEL_WAITS =
        "No model is loaded. The message waits: choose one with /model.",
        "没有加载模型。消息在等待：请用 /model 选择一个模型。";
    PROMPT_NEEDS_MODEL =
        "The prompt is cut into tokens by the model, and none is loaded.",
        "提示由模型切分为词元，而现在没有加载模型。";
    PROMPT_EMPTY = "The prompt is empty: nothing was said yet.", "提示为空：还没有任何消息。";
}

sentences! {
    queued_after(others) =
        "Queued: it is sent after {others} others.",
        "已排队：前面还有 {others} 条消息。";
    refused_waits(error) =
        "{error}. The message waits: choose another model with /model.",
        "{error}。消息在等待：请用 /model 选择另一个模型。";
}

// Tasks.
phrases! {
    AS_IT_IS = "Your next message is put as it is.", "下一条消息将按原样提交。";
}

sentences! {
    as_task(name) =
        "Your next message is put as the task {name}; /task none takes it back.",
        "下一条消息将作为任务 {name} 提交；用 /task none 取消。";
    not_as_task(name) =
        "Your next message is put as it is, not as the task {name}.",
        "下一条消息将按原样提交，不再作为任务 {name}。";
}

// Messages said differently, answered again, deleted, brought back.
phrases! {
    NOTHING_TO_ANSWER = "There is no message to answer again yet.", "还没有可重新回答的消息。";
    EMPTY_MESSAGE =
        "An empty message cannot be sent; nothing changed.",
        "不能发送空消息；没有任何改动。";
    SAME_ANSWER = "The answer is the same; nothing changed.", "回答没有变化；没有任何改动。";
    EDITED =
        "The answer is now as you wrote it; /continue has the model go on from there.",
        "回答已改为你所写的；用 /continue 让模型从这里继续。";
    SYSTEM_BY_COMMAND =
        "The system prompt is changed with /system, from your next message on.",
        "系统提示用 /system 修改，从下一条消息起生效。";
    ONE_DELETED =
        "One message was deleted; /restore brings it back.",
        "已删除 1 条消息；用 /restore 恢复。";
    NOTHING_DELETED =
        "Nothing was deleted here that could come back.",
        "这里没有删除过可以恢复的内容。";
    ONE_RESTORED = "The message is back.", "消息已恢复。";
    ONLY_ANSWERS_CONTINUE =
        "Only an answer can be gone on with; your own messages can be edited.",
        "只有回答可以继续；你自己的消息可以编辑。";
    NOTHING_TYPED = "Nothing was typed; nothing changed.", "没有输入内容；没有任何改动。";
}

sentences! {
    deleted(count) =
        "{count} messages were deleted; /restore brings them back.",
        "已删除 {count} 条消息；用 /restore 恢复。";
    restored(count) = "{count} messages are back.", "已恢复 {count} 条消息。";
}

// Ratings, corrections, and how a conversation is kept.
phrases! {
    ONLY_ANSWERS_RATED = "Only answers are rated.", "只能评价回答。";
    RATED_UP = "Rated up.", "已给好评。";
    RATED_DOWN = "Rated down.", "已给差评。";
    NOT_RATED = "Not rated any more.", "已取消评价。";
    ONLY_ANSWERS_CORRECTED =
        "Only answers are corrected; /edit says your own message differently.",
        "只能更正回答；你自己的消息用 /edit 改写。";
    EMPTY_CORRECTION =
        "An empty answer corrects nothing; nothing changed.",
        "空的回答更正不了什么；没有任何改动。";
    SAME_CORRECTION = "That is what it said; nothing changed.", "与原回答相同；没有任何改动。";
    CORRECTED =
        "Kept as a branch beside the answer; the conversation goes on from it.",
        "已作为原回答旁的分支保存；对话从它继续。";
    PINNED = "Pinned: it stands on top of the list.", "已置顶：排在列表最前。";
    NOT_PINNED = "Not pinned any more.", "已取消置顶。";
    ARCHIVED =
        "Archived: it is left out of the list until it is asked for.",
        "已归档：除非要求，否则不再列出。";
    NOT_ARCHIVED = "Not archived any more.", "已取消归档。";
    TAGS_GONE = "Its tags are gone.", "标签已全部去掉。";
    NOTHING_CHANGED = "Nothing changed.", "没有任何改动。";
    A_TAG_IS_A_WORD = "A tag is a word, such as #work.", "标签是一个词，例如 #work。";
}

sentences! {
    tagged(tags) = "Tagged {tags}.", "标签：{tags}。";
    tag_too_long(most) = "A tag has {most} characters at most.", "标签最多 {most} 个字符。";
    no_tag(text) = "'{text}' is no tag: a tag is one word.", "“{text}”不是标签：标签是一个词。";
}

// Titles.
phrases! {
    STILL_WRITING_TITLE =
        "The answer is still being written; /title asks for a title after it.",
        "回答还在生成中；结束后再用 /title 拟定标题。";
    NOTHING_TO_NAME = "There is nothing to name yet.", "还没有可命名的内容。";
    NO_MODEL_FOR_TITLE =
        "No model is loaded that could find a title; /title TITLE sets one.",
        "没有加载可拟定标题的模型；用 /title TITLE 设置标题。";
    LOOKS_FOR_TITLE = "The model looks for a title.", "模型正在拟定标题。";
    TITLE_STAYS = "Stopped; the title stays as it was.", "已停止；标题保持不变。";
    NO_TITLE_FOUND = "The model found no title.", "模型没有拟出标题。";
    EMPTY_CONVERSATION = "empty conversation", "空对话";
}

sentences! {
    is_called(title) = "It is called: {title}", "标题：{title}";
    still_called(reason, title) =
        "{reason} It is still called: {title}",
        "{reason}标题仍是：{title}";
}

// The engine.
phrases! {
    LOADING_STOPPED = "Loading was stopped.", "已停止加载。";
    CHOOSE_ANOTHER =
        "Your message waits: choose another model with /model.",
        "你的消息在等待：请用 /model 选择另一个模型。";
    ANSWER_KEPT =
        "What came of the answer is kept; the next message starts it again.",
        "已生成的部分保留了下来；发送下一条消息时会重新启动引擎。";
    REGEN_TRIES_AGAIN = "Your message is kept; /regen tries again.", "你的消息已保留；用 /regen 重试。";
    STARTS_AGAIN = "The next message starts it again.", "发送下一条消息时会重新启动引擎。";
    LAST_LINES = "Its last lines:", "它最后输出的几行：";
    CUT_OFF = "cut off before it ended", "没有写完就中断了";
    NO_REASON = "ended without a reason", "没有原因就结束了";
}

// The context is full.
phrases! {
    WROTE_NOTHING = "The model wrote nothing.", "模型什么也没写。";
}

sentences! {
    context_full(tokens) =
        "The context is full ({tokens} tokens), so the answer stops here. A larger one (-c) or a new conversation (/new) has room.",
        "上下文已满（{tokens} 个词元），回答到此为止。可用更大的上下文（-c）或开始新对话（/new）。";
    summarising(tokens, limit, oldest) =
        "The context is full ({tokens} tokens, {limit} fit): the oldest {oldest} messages are being summarised.",
        "上下文已满（{tokens} 个词元，只容得下 {limit} 个）：正在把最早的 {oldest} 条消息写成摘要。";
    left_out_of(tokens, limit, oldest) =
        "The context is full: the oldest {oldest} messages are no longer sent to the model ({tokens} tokens, {limit} fit). They stay in the conversation.",
        "上下文已满：最早的 {oldest} 条消息不再发送给模型（{tokens} 个词元，只容得下 {limit} 个）。它们仍留在对话中。";
    no_summary(reason) = "No summary could be written. {reason}", "没能写出摘要。{reason}";
    summarised(oldest, summary) =
        "The oldest {oldest} messages are sent to the model as a summary from now on; they stay in the conversation. It says: {summary}",
        "从现在起，最早的 {oldest} 条消息以摘要发送给模型；它们仍留在对话中。摘要内容：{summary}";
    left_out(oldest) =
        "The oldest {oldest} messages are no longer sent to the model. They stay in the conversation.",
        "最早的 {oldest} 条消息不再发送给模型。它们仍留在对话中。";
}

// Tokens: other branches, odds of now, continuations, attention.
phrases! {
    NO_SUCH_TOKEN = "That message has no such token.", "该消息没有这个词元。";
    NOT_A_CANDIDATE = "That token was not among the candidates.", "该词元不在候选之中。";
    TOKEN_TEXT_UNKNOWN = "The text of that token is not known.", "不知道该词元的文本。";
    MESSAGE_NOT_THERE = "The message is not there any more.", "消息已不在了。";
    TOKEN_NOT_THERE = "The token is not there any more.", "词元已不在了。";
    NOT_SAMPLED =
        "Only what a model wrote was sampled; these are your own words.",
        "只有模型写的内容经过采样；这些是你自己的话。";
    ASK_WHEN_ENDED =
        "An answer is being written; ask when it has ended.",
        "正在生成回答；结束后再查询。";
    AGAIN_NEEDS_MODEL =
        "A model is needed to ask again: /model loads one. The odds stored with the answer are shown.",
        "重新查询需要模型：用 /model 加载。现在显示的是随回答保存的概率。";
    ANOTHER_MODEL =
        "Another model wrote this answer; its odds as they were stored are shown.",
        "这个回答由另一个模型写成；显示的是当时保存的概率。";
    ONLY_ANSWERS_FAN =
        "Only an answer has other continuations; your own messages can be edited.",
        "只有回答才有其他续写；你自己的消息可以编辑。";
    FAN_WHILE_LOADING =
        "Continuations are written by a model, and it is still being loaded.",
        "续写由模型生成，而模型仍在加载。";
    FAN_NEEDS_MODEL =
        "Continuations are written by a model, and none is loaded; /model loads one.",
        "续写由模型生成，而现在没有加载模型；用 /model 加载。";
    ATTENTION_NEEDS_MODEL =
        "Where the model looks is computed by it, and none is loaded; /model loads one.",
        "模型看向哪里要由模型计算，而现在没有加载模型；用 /model 加载。";
    END_NEVER_READ =
        "The token that ends an answer was never read by the model.",
        "结束回答的词元从未被模型读取。";
    ATTENTION_NEEDS_TEMPLATE =
        "Without a template only an answer's tokens can be looked at.",
        "没有模板时只能查看回答的词元。";
    SENT_TOGETHER =
        "This message was sent together with the one before it.",
        "这条消息是与前一条一起发送的。";
}

// Scoring.
phrases! {
    ODDS_KEPT =
        "The odds of this message were kept when it was written.",
        "这条消息的概率在生成时已保存。";
    SCORE_WHEN_ENDED =
        "This answer is still being written; its beginning can be scored when it has ended.",
        "这个回答还在生成中；结束后可为其开头打分。";
    SCORE_NEEDS_MODEL =
        "A model is needed to score a message: /model loads one.",
        "给消息打分需要模型：用 /model 加载。";
    SCORING_ALREADY =
        "A message is being scored already.",
        "已在给一条消息打分。";
    SCORING_STOPPED = "Scoring was stopped.", "已停止打分。";
    NOT_SPELLED =
        "The model's tokens do not spell this message: it has bytes that are no text, or the chat template changes it.",
        "模型的词元拼不出这条消息：其中有非文本的字节，或被对话模板改动。";
}
