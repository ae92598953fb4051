//! Of `limpid history`.

use crate::words::{phrases, sentences};

phrases! {
    NO_WORD = "there is no word to look for", "没有要查找的词";
    NOTHING_STORED = "No conversation is stored.", "没有已保存的对话。";
    NOTHING_FOUND = "Nothing was found.", "什么也没有找到。";
    ONE_PLACE = "1 place", "1 处";
    NO_JSON = "cannot make JSON of it", "无法转换为 JSON";
    NO_JSON_LIST = "cannot make JSON of the list", "无法把列表转换为 JSON";
    STATE_NOT_DELETED = "its KV cache cannot be deleted", "无法删除它的 KV 缓存";
    STATES_NOT_DELETED = "their KV caches cannot be deleted", "无法删除它们的 KV 缓存";
    NOTHING_DELETED = "nothing was deleted", "没有删除任何内容";

    ONLY_RATED_FORMS =
        "rated answers are exported as sft or as preference",
        "已评价的回答只能以 sft 或 preference 导出";
    ONE_AT_A_TIME = "one conversation is exported at a time", "一次只能导出一个对话";
    SEVERAL_RATED =
        "--rated exports the rated answers of several",
        "--rated 可以导出多个对话中已评价的回答";
    NOTHING_TO_EXPORT =
        "there is nothing to export: `+`, `-` or /rate rates an answer, /correct corrects one",
        "没有可导出的内容：`+`、`-` 或 /rate 评价回答，/correct 更正回答";

    TOO_LARGE = "it is larger than 4 GiB", "超过 4 GiB";
    PACKED_TOO_LARGE = "what is in it is larger than 4 GiB", "其中的内容超过 4 GiB";
    NO_CONVERSATIONS_FILE =
        "there is no conversations.json in it",
        "其中没有 conversations.json";
    OWN_FILES =
        "limpid's own files are written by `limpid history export ID --format jsonl` or \
         /export FILE.jsonl",
        "limpid 自己的文件由 `limpid history export ID --format jsonl` 或 \
         /export FILE.jsonl 写出";
    KNOWN_FILES =
        "known are limpid's own jsonl, ChatGPT's conversations.json or its zip, aichat's \
         sessions and messages.md, `llm logs --json`, and messages as in the OpenAI API",
        "支持 limpid 自己的 jsonl、ChatGPT 的 conversations.json 或其 zip、aichat 的 \
         会话和 messages.md、`llm logs --json`，以及 OpenAI API 格式的消息";

    NOTHING_TO_RESTORE = "Nothing that was deleted can come back.", "没有可以恢复的已删除对话。";
    RESTORE_LIST =
        "`limpid history restore` shows what can come back",
        "`limpid history restore` 列出可以恢复的对话";
}

sentences! {
    reading(read, all) =
        "reading conversations: {read} of {all}",
        "正在读取对话：{read}/{all}";
    damaged_line(file, line, reason) =
        "warning: {file}: line {line}: {reason}",
        "警告：{file}：第 {line} 行：{reason}";
    newer(version) =
        "warning: a newer limpid wrote parts of this (format {version}); they are not shown",
        "警告：其中一部分由更新版本的 limpid 写入（格式 {version}），未显示";
    one_other_branch(count) =
        "({count} other branch; --format json and jsonl export all)",
        "（另有 {count} 个分支；--format json 和 jsonl 可以全部导出）";
    other_branches(count) =
        "({count} other branches; --format json and jsonl export all)",
        "（另有 {count} 个分支；--format json 和 jsonl 可以全部导出）";
    damaged_title(damage, title) = "({damage}) {title}", "（{damage}）{title}";
    messages(count) = "{count:>4} messages", "{count:>4} 条消息";
    places(count) = "{count} places", "{count} 处";
    hit(role, place) = "{role}: {place}", "{role}：{place}";

    deleted(id) = "deleted {id}", "已删除 {id}";
    deleted_all(count) = "deleted {count} conversations", "已删除 {count} 个对话";
    /// A question without its end.
    delete_all(count) =
        "Delete all {count} conversations for good",
        "永久删除全部 {count} 个对话";

    left_out_sft(count) =
        "{count} rated answers are left out: they were rated down; --format preference pairs them \
         with better ones",
        "略去 {count} 个已评价的回答：它们得到差评；--format preference 会把它们与更好的回答配对";
    left_out_preference(count) =
        "{count} rated answers are left out: they have no better or worse one beside them",
        "略去 {count} 个已评价的回答：没有更好或更差的回答可以配对";
    written(file) = "written to {file}", "已写入 {file}";

    refused(file, reason) = "{file}: {reason}", "{file}：{reason}";
    titled(title, size) = "{title}: {size}", "{title}：{size}";
    imported(from, conversations) =
        "{from}: {conversations} imported",
        "{from}：已导入 {conversations}";
    grown(title, messages) = "{title}: {messages}, new since it was imported", "{title}：导入后新增 {messages}";
    grown_beside(title, messages) =
        "{title}: {messages}, new since it was imported, in a branch beside what was added here",
        "{title}：导入后新增 {messages}，与在此处添加的内容并列为分支";
    have_grown(conversations) =
        "grown since, and here already: {conversations}",
        "已存在并有新增：{conversations}";
    here_already(conversations) =
        "left alone, and here already: {conversations}",
        "已存在，未作改动：{conversations}";
    left_out(count, what) = "left out: {count} {what}", "略去：{what}（{count}）";
    size(messages, branches) = "{messages} in {branches}", "{messages}，{branches}";

    restorable(days) =
        "deleted in the last {days} days (history.keep_deleted_days); `limpid history restore ID` brings one back",
        "最近 {days} 天内删除的对话（history.keep_deleted_days）；`limpid history restore ID` 可以恢复";
}
