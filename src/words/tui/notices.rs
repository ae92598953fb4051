//! What keys say when they did something, or found nothing to do.

use crate::words::{phrases, sentences};

phrases! {
    COMMAND_STILL_RUNS = "A command still runs for this message.", "这条消息还有命令在运行。";
    RUN_COMMAND = "run this command?", "运行这条命令？";
    /// After the letter of a key.
    RUNS_IT = "runs it", "运行";
    SENDS_AS_TEXT = "sends it as text", "作为文本发送";

    TOKENS_NOT_COLOURED = "Tokens are not coloured.", "词元不着色。";

    NO_ANSWER_TO_COPY = "There is no answer to copy yet.", "还没有可复制的回答。";
    /// What is copied.
    YOUR_MESSAGE = "your message", "你的消息";
    SYSTEM_MESSAGE = "the system message", "系统消息";
    THE_SELECTION = "the selection", "所选内容";
    MARKED_LINES = "the marked lines", "标记的行";
    MARKED_TEXT = "the marked text", "标记的文本";
    NOTHING_FOLDED = "Nothing is folded here.", "这里没有折叠的内容。";
    NOTHING_TYPED_BEFORE = "Nothing was typed before.", "之前没有输入过内容。";
    TYPED_BEFORE = "typed before", "输入历史";

    NO_BRANCH_THAT_WAY = "There is no branch that way.", "那个方向没有分支。";
    NO_ANSWER_TO_CONTINUE = "There is no answer to go on with yet.", "还没有可以继续的回答。";
    ONLY_ANSWERS_CONTINUE =
        "Only an answer goes on with other words; your own messages can be edited.",
        "只有回答能换别的文字继续；你自己的消息可以编辑。";
    ONLY_WRITTEN_FANS =
        "Only what a model wrote has other continuations.",
        "只有模型写的内容才有其他续写。";
    NO_BRANCHES_YET =
        "There are no branches yet: nothing was said.",
        "还没有分支：对话尚未开始。";
    ON_SAME_BRANCH = "These two are on the same branch.", "这两条在同一分支上。";

    ONLY_ANSWERS_RATED =
        "Only answers are rated and corrected.",
        "只有回答可以评价和更正。";
    NO_ANSWER = "There is no answer yet.", "还没有回答。";

    NOTHING_SAID = "Nothing was said yet.", "对话尚未开始。";
    NO_MESSAGE_TO_EDIT = "There is no message to edit yet.", "还没有可编辑的消息。";
    SYSTEM_BY_COMMAND =
        "The system prompt is changed with /system, from your next message on.",
        "系统提示用 /system 修改，从你的下一条消息起生效。";
    DELETE_IT = "Delete it", "删除";
    RESTORE_BRINGS_BACK = "/restore brings back", "/restore 可恢复";
    LEAVE_IT = "Leave it", "保留";

    NO_PANE_BESIDE =
        "There is no pane beside the conversation whose border could move.",
        "对话旁没有可移动边界的窗格。";
    NO_PANE_BELOW =
        "There is no pane below another whose border could move.",
        "没有上下相邻、可移动边界的窗格。";
    PANES_RESET = "All panes are shown, in their usual sizes.", "已显示所有窗格，并恢复默认大小。";
    MOUSE_IS_OURS =
        "The mouse scrolls, chooses and marks here; the terminal selects text with Shift held.",
        "鼠标在这里滚动、选择和标记；按住 Shift 由终端选取文本。";
    MOUSE_IS_TERMINALS =
        "The mouse is the terminal's: it selects text.",
        "鼠标交给终端：用来选取文本。";

    RENDERED = "Answers are shown with their markup rendered.", "回答以渲染后的标记显示。";
    RENDERED_UNLESS_COLOURED =
        "Answers are shown with their markup rendered when tokens are not coloured.",
        "词元不着色时，回答以渲染后的标记显示。";
    RAW = "Answers are shown as the model wrote them.", "回答按模型所写的原文显示。";
    REASONING_IS_SHOWN =
        "Reasoning is shown in full while tokens are coloured, walked or marked.",
        "词元着色、逐个查看或标记时，思考过程会完整显示。";
    NO_CODE_BLOCK = "There is no code block in this conversation.", "这个对话中没有代码块。";

    NO_TOKENS =
        "There are no tokens to look at yet: ask something first.",
        "还没有可查看的词元：请先提问。";
    NOTHING_SOUGHT = "Nothing was searched for yet.", "还没有搜索过。";
    FOUND_FROM_BEGINNING =
        "Found from the beginning of the conversation on.",
        "已从对话开头重新找起。";
    NOTHING_TO_MARK = "There is nothing to mark here yet.", "这里还没有可标记的内容。";
    NO_ANSWER_TO_LOOK_THROUGH =
        "There is no answer to look through yet.",
        "还没有可检查的回答。";
    LEAST_CERTAIN = "least certain words", "最不确定的词";
    NO_ALTERNATIVES = "No alternatives are known of this token.", "没有这个词元的候选数据。";
    ONLY_ANSWERS_BRANCH =
        "Only an answer goes on from another token; your own messages can be edited.",
        "只有回答能从别的词元继续；你自己的消息可以编辑。";
    SAME_ALTERNATIVE =
        "That is the one the answer went on with.",
        "回答正是从这个候选继续的。";

    /// Where the action has no key of its own.
    COMPLETION = "completion", "补全";
    PRESS_AGAIN = "Press it again to leave.", "再按一次退出。";
}

sentences! {
    run_commands(count) = "run these {count} commands?", "运行这 {count} 条命令？";
    tokens_coloured(by, low, high) =
        "Tokens are coloured by {by}, from {low} to {high}.",
        "词元按{by}着色，从{low}到{high}。";
    units(unit) = "Surprise and entropy are in {unit}.", "惊异度和熵以{unit}为单位。";
    choose_message(key) =
        "Choose a message first, with {key} in the conversation.",
        "请先在对话中用 {key} 选择一条消息。";
    delete_with(messages) = "Delete it, with {messages} after it", "删除它及其后的 {messages}";
    delete(words) = "delete: {words}", "删除：{words}";

    pane_shown(pane) = "The {pane} pane is shown again.", "已重新显示{pane}窗格。";
    pane_hidden(pane, key) =
        "The {pane} pane is hidden; {key} shows it again.",
        "已隐藏{pane}窗格；按 {key} 重新显示。";
    pane_hidden_without_key(pane) =
        "The {pane} pane is hidden; the list of all actions shows it again.",
        "已隐藏{pane}窗格；可在操作列表中重新显示。";

    code_block(number, all) = "code block {number} of {all}", "代码块 {number} / {all}";
    code_block_in(number, all, language) =
        "code block {number} of {all} ({language})",
        "代码块 {number} / {all}（{language}）";
    not_found(sought) =
        "“{sought}” is not in the messages shown.",
        "显示的消息中没有“{sought}”。";
    no_text_to_add_up(tokens) =
        "{tokens}: no text, so there is nothing to add up.",
        "{tokens}：没有文本，无可合计。";
    odds_asked_for(tokens) =
        "{tokens}: their odds are asked for; the token pane adds them up.",
        "{tokens}：正在查询概率；词元窗格会给出合计。";
    sum(tokens, percent, perplexity, surprise, unit) =
        "{tokens}: probability {percent} %, perplexity {perplexity:.2}, {surprise:.2} {unit} of surprise.",
        "{tokens}：概率 {percent} %，困惑度 {perplexity:.2}，惊异度 {surprise:.2} {unit}。";
    no_uncertain_word(percent) = "No word had less than {percent} %.", "没有低于 {percent} % 的词。";
    no_uncertain_token(percent) =
        "No other token that way had less than {percent} %.",
        "那个方向没有其他低于 {percent} % 的词元。";
    run_odds(all, weakest) = "{all} %, its weakest {weakest} %", "{all} %，最弱处 {weakest} %";

    attaches(key, file) = "{key} attaches {file}.", "按 {key} 附加 {file}。";
    attaches_files(key, count) = "{key} attaches these {count} files.", "按 {key} 附加这 {count} 个文件。";
    press_again(key) = "Press {key} again to leave.", "再按一次 {key} 退出。";

    nothing_selected(left, right) =
        "Nothing is selected; {left} and {right} select.",
        "没有选中任何内容；用 {left} 和 {right} 选取。";
    no_branch_to_compare(key) =
        "There is no other branch here to compare with; {key} on an alternative makes one.",
        "这里没有可比较的其他分支；在候选上按 {key} 可新建分支。";
    no_odds_to_copy(key) = "No odds are known here; {key} copies the text.", "这里没有概率数据；按 {key} 复制文本。";
    answer_being_written(key) =
        "The answer is still being written; {key} stops it.",
        "回答仍在生成；按 {key} 停止。";
    correcting(send, back) =
        "Correcting the answer: {send} keeps it as a new branch, {back} leaves it as it was.",
        "正在更正回答：{send} 存为新分支，{back} 保持原样。";
    editing_message(send, back) =
        "Editing your message: {send} sends it as a new branch, {back} leaves it as it was.",
        "正在编辑你的消息：{send} 作为新分支发送，{back} 保持原样。";
    editing_answer(send, back) =
        "Editing the answer: {send} puts yours beside it, {back} leaves it as it was.",
        "正在编辑回答：{send} 把你的版本放在它旁边，{back} 保持原样。";
    not_sampled(key) =
        "Only what a model wrote was sampled; {key} scores a text that it read.",
        "只有模型写的内容经过采样；按 {key} 为它读过的文本打分。";
    no_odds_of_message(key) =
        "No odds are known of this message; {key} has the model score it.",
        "没有这条消息的概率；按 {key} 让模型打分。";
    no_alternatives_here(key) =
        "No alternatives are known here; {key} has the model score this message.",
        "这里没有候选数据；按 {key} 让模型为这条消息打分。";
    choose_alternative(next, previous) =
        "Choose an alternative first, with {next} and {previous}.",
        "请先用 {next} 和 {previous} 选择一个候选。";
}
