//! What is chosen by name: models, themes, presets, system prompts, stored conversations.

use crate::words::{phrases, sentences};

phrases! {
    MODELS = "models", "模型";
    LOOKING_FOR_MODELS = "Looking for models…", "正在查找模型……";
    NO_MODELS =
        "No model was found on this machine; `limpid models pull` gets one.",
        "本机上没有找到模型；用 `limpid models pull` 获取。";
    SEARCHING = "Searching…", "正在搜索……";
    NOTHING_FOUND = "Nothing was found.", "没有找到。";
    TASKS = "tasks", "任务";
    EXACT_PROMPT = "the exact prompt", "完整提示";

    BUILT_IN = "built in", "内置";
    NONE = "There are none.", "没有。";

    SYSTEM_PROMPTS = "system prompts", "系统提示";
    /// The row that takes the system prompt away.
    NO_PROMPT = "none", "无";
    NO_SYSTEM_PROMPT = "no system prompt", "不用系统提示";

    THEMES = "themes", "主题";
    AUTO_THEME = "dark or light, as the terminal is", "随终端深浅";
    NO_COLOUR =
        "Colour is switched off, so every theme looks alike.",
        "颜色已关闭，所有主题看起来都一样。";

    NO_SETTINGS_FILE =
        "there is no place for a settings file: set HOME",
        "没有放置设置文件的位置：请设置 HOME";

    NOT_KEPT_HERE = "No conversations are kept here.", "这里不保存对话。";
    RESTORED = "It is back.", "已恢复。";
    OPEN_ELSEWHERE = "It is open in another limpid.", "它已在另一个 limpid 中打开。";
    FIRST_WORDS_STAND = "Its first words stand for it.", "改用开头文字作为标题。";
}

sentences! {
    with_words(words) = "conversations with: {words}", "含有以下内容的对话：{words}";
    searching(done, files) = "Searching… {done} of {files}", "正在搜索…… {done} / {files}";
    task_unusable(error) = "cannot be used: {error}", "无法使用：{error}";

    /// A key, the action that it was bound to, and where.
    bound_and_kept(key, action, place, file) =
        "{key} is '{action}' {place}, as {file} says now.",
        "{key} 现为“{action}”（{place}），已写入 {file}。";
    bound_not_kept(key, action, place) =
        "{key} is '{action}' {place} until you leave; a session that is not kept writes no settings.",
        "{key} 现为“{action}”（{place}），直到退出；不保存的会话不写设置。";
    bound_not_written(key, action, place, error) =
        "{key} is '{action}' {place} until you leave; it is not in the settings: {error}",
        "{key} 现为“{action}”（{place}），直到退出；未能写入设置：{error}";

    sampled_as(name) =
        "The next answer is sampled as '{name}' says.",
        "下一个回答按“{name}”采样。";
    preset_saved(name, file) =
        "Saved as [presets.{name}] in {file}; --preset {name} takes it.",
        "已存为 {file} 中的 [presets.{name}]；用 --preset {name} 采用。";
    system_prompt_is(name) =
        "The system prompt is '{name}' from your next message on.",
        "从你的下一条消息起，系统提示为“{name}”。";
    theme_is(name) = "The theme is {name} until you leave.", "主题为 {name}，直到退出。";

    cannot_be_changed(reason) = "It cannot be changed: {reason}.", "无法修改：{reason}。";
    renamed(title) = "It is called {title}.", "已改名为“{title}”。";

    model_cannot_be_got(error) = "the model cannot be got: {error}", "无法获取模型：{error}";
    model_is_here(name) = "{name} is here.", "{name} 已就绪。";

    deleted(key) = "Deleted; {key} brings it back.", "已删除；按 {key} 恢复。";
}
