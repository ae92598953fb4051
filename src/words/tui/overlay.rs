//! What lies over the panes: help, lists, questions, the sampler settings.

use crate::words::{phrases, sentences};

phrases! {
    /// After the name of a key.
    CLOSES = "closes", "关闭";
    LEAVES_IT = "leaves it", "放弃";
    NOTHING_MATCHES = "nothing matches", "没有匹配项";

    HELP = "help", "帮助";
    COMMANDS_TO_TYPE = "Commands, to be typed", "可输入的命令";
    COMMAND = "command", "命令";
    ACTIONS = "actions", "操作";
    NO_ACTIONS = "there are none", "没有操作";
    WORKS_IN_LIST = "This works in a list.", "此操作在列表中有效。";
    WORKS_IN_TOKENS = "This works in the token view.", "此操作在词元视图中有效。";
    WORKS_IN_SAMPLER = "This works in the sampler settings.", "此操作在采样设置中有效。";

    ANOTHER_KEY = "another key", "更换按键";
    NO_KEY_TODAY = "without a key today", "现在没有按键";
    PRESS_KEY = "Press the new key.", "请按新的按键。";
    KEY_IS_FREE = "It is free.", "该按键空闲。";
    BIND_OR_LEAVE = "Enter binds it · Esc leaves it as it is", "Enter 绑定 · Esc 保持不变";
    LEAVES_AS_IS = "Esc leaves it as it is", "Esc 保持不变";

    CONVERSATIONS = "conversations", "对话";
    ARCHIVED_CONVERSATIONS = "archived conversations", "已归档的对话";
    NONE_ARCHIVED = "No conversation is archived.", "没有已归档的对话。";
    NONE_STORED = "No conversation is stored yet.", "还没有保存的对话。";
    READING_CONVERSATIONS = "Looking for conversations…", "正在读取对话……";
    NOTHING_DELETED = "Nothing was deleted here.", "这里没有删除过对话。";
    ASK_TAGS = "tags: ", "标签：";
    ASK_TITLE = "title: ", "标题：";
    /// After the name of a key.
    KEEPS_IT = "keeps it", "保存";
    LEAVES_AS_WAS = "leaves it as it was", "保持原样";
    SHOW_OTHERS = "others", "其他";
    SHOW_ARCHIVED = "archived", "已归档";
    UNARCHIVE = "unarchive", "取回";
    ARCHIVE = "archive", "归档";
    RENAME = "rename", "改名";
    TAG = "tag", "标签";
    PIN = "pin", "置顶";
    REMOVE = "remove", "删除";
    UNDO = "undo", "撤销";
    NO_WORDS = "(no words)", "（无文字）";

    SAMPLER = "sampler", "采样器";
    DIGITS_TYPE = "0-9 type", "0-9 输入";
    /// After the name of a key.
    TAKES_IT = "takes it", "采用";
    SAVE_AS_PRESET = "save as preset", "存为预设";
    DEFAULT = "default", "默认值";
    CHANGE = "change", "调整";
    ASK_PRESET_NAME = "name of the preset: ", "预设名称：";
}

sentences! {
    another_key(key) = "{key} another key", "{key} 更换按键";
    works_in_list_as(key) = "This works in a list, as {key}.", "此操作在列表中有效，按键为 {key}。";
    works_in_tokens_as(key) =
        "This works in the token view, as {key}.",
        "此操作在词元视图中有效，按键为 {key}。";

    works_in_sampler_as(key) =
        "This works in the sampler settings, as {key}.",
        "此操作在采样设置中有效，按键为 {key}。";

    preset_takes(key) =
        "{key} takes all sampler settings from here; the seed stays.",
        "按 {key} 采用这里的全部采样设置；种子不变。";

    today(keys) = "today {keys}", "现在为 {keys}";
    /// Where a key works, and what it is today.
    place_and_key(place, today) = "{place}, {today}", "{place}，{today}";

    /// The candidates come with their odds, two spaces apart.
    sampled_now(candidates) = "here now: {candidates}", "此处现在：{candidates}";
    sampled_now_and_more(candidates, others) =
        "here now: {candidates}  and {others} more",
        "此处现在：{candidates}  另有 {others} 个";
}
