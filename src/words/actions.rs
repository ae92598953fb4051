//! What each key can do: help, palette, manual.

use super::phrases;

phrases! {
    HELP = "Show the keys", "显示按键";
    PALETTE = "Find any action by its name", "按名称查找任何操作";
    TOKEN_VIEW = "Go through the answer token by token", "逐个词元查看回答";
    NEXT_PANE = "Next pane", "下一个窗格";
    PREVIOUS_PANE = "Previous pane", "上一个窗格";
    ZOOM =
        "Give one pane the whole screen, or the others theirs back",
        "让一个窗格占满屏幕，或恢复其他窗格";
    TOGGLE_TOKEN_PANE = "Hide the token pane, or show it", "隐藏或显示词元窗格";
    TOGGLE_THROUGHPUT_PANE = "Hide the throughput pane, or show it", "隐藏或显示吞吐窗格";
    BORDER_LEFT = "Move the border beside the conversation left", "把对话旁的边界左移";
    BORDER_RIGHT = "Move the border beside the conversation right", "把对话旁的边界右移";
    BORDER_UP = "Move the border above the lower pane up", "把下方窗格上边的边界上移";
    BORDER_DOWN = "Move the border above the lower pane down", "把下方窗格上边的边界下移";
    RESET_PANES = "Show all panes again, in their usual sizes", "重新显示所有窗格，恢复默认大小";
    TOGGLE_MOUSE =
        "Use the mouse here, or leave it to the terminal to select text",
        "在这里使用鼠标，或把鼠标留给终端选取文本";
    BACK = "Go back: close what is open, return to the input", "返回：关闭打开的内容，回到输入框";
    INTERRUPT =
        "Stop the answer, else clear the input, else leave at the second time",
        "停止回答；没有回答则清空输入；再按一次则退出";
    LEAVE = "Leave limpid", "退出 limpid";
    NEW_CONVERSATION = "Start a new conversation", "开始新对话";
    PICK_CONVERSATION = "Open another conversation", "打开另一个对话";
    PICK_MODEL = "Load another model", "加载另一个模型";
    REGENERATE = "Answer once more", "重新回答一次";
    EDIT_LAST = "Say the last message differently", "换一种说法重写上一条消息";
    CONTINUE = "Go on with an answer that was cut", "继续被截断的回答";
    PREVIOUS_MESSAGE = "Choose the message before", "选择上一条消息";
    NEXT_MESSAGE = "Choose the message after", "选择下一条消息";
    EDIT_MESSAGE =
        "Say the chosen message differently, as a new branch",
        "换一种说法重写所选消息，作为新分支";
    DELETE_MESSAGE = "Delete the chosen message and what follows it", "删除所选消息及其后的内容";
    RESTORE_DELETED = "Bring back what was deleted last", "恢复最近删除的内容";
    ANSWER_AGAIN = "Answer the chosen message once more", "对所选消息重新回答一次";
    PREFILL = "Type what the next answer begins with", "输入下一个回答的开头";
    SAMPLER_PANEL = "Look at the sampler settings and change them", "查看并修改采样设置";
    PICK_SYSTEM = "Choose a system prompt for this conversation", "为本对话选择系统提示";
    UNDO = "Step back before the last exchange", "退回到上一轮问答之前";
    TOGGLE_INCOGNITO =
        "Write nothing of this conversation, or write it again",
        "不再记录本对话，或重新记录";
    PAGE_UP = "Scroll a page up", "向上滚动一页";
    PAGE_DOWN = "Scroll a page down", "向下滚动一页";
    SCROLL_UP = "Scroll a line up", "向上滚动一行";
    SCROLL_DOWN = "Scroll a line down", "向下滚动一行";
    SCROLL_TOP = "Scroll to the beginning", "滚动到开头";
    SCROLL_BOTTOM = "Scroll to the end and follow it", "滚动到末尾并跟随";
    REDRAW = "Draw the screen anew", "重新绘制屏幕";
    SUSPEND = "Suspend limpid; `fg` brings it back", "挂起 limpid；用 `fg` 恢复";
    SEND = "Send the message", "发送消息";
    NEW_LINE = "New line", "换行";
    COMPLETE = "Complete a slash command, else next pane", "补全斜杠命令，否则转到下一个窗格";
    HISTORY_PREVIOUS = "The line above, or what was typed before", "上一行，或之前输入的内容";
    HISTORY_NEXT = "The line below, or what was typed after", "下一行，或之后输入的内容";
    HISTORY_SEARCH = "Search what was typed before", "搜索之前输入的内容";
    EDITOR =
        "Write the message in $VISUAL or $EDITOR",
        "用 $VISUAL 或 $EDITOR 编写消息";
    CURSOR_LEFT = "A character left", "左移一个字符";
    CURSOR_RIGHT = "A character right", "右移一个字符";
    WORD_LEFT = "A word left", "左移一个单词";
    WORD_RIGHT = "A word right", "右移一个单词";
    LINE_START = "To the start of the line", "到行首";
    LINE_END = "To the end of the line", "到行尾";
    DELETE_LEFT = "Delete the character before", "删除前一个字符";
    DELETE_RIGHT = "Delete the character after", "删除后一个字符";
    DELETE_OR_LEAVE =
        "Delete the character after; leave when the input is empty",
        "删除后一个字符；输入为空时退出";
    DELETE_WORD_LEFT = "Cut the word before", "剪切前一个单词";
    DELETE_WORD_RIGHT = "Cut the word after", "剪切后一个单词";
    DELETE_TO_START = "Cut to the start of the line", "剪切到行首";
    DELETE_TO_END = "Cut to the end of the line", "剪切到行尾";
    YANK = "Insert what was cut last", "插入最近剪切的内容";
    UNDO_EDIT = "Undo the last change of the text", "撤销对文本的上一次修改";
    REDO_EDIT = "Make it again", "重做";
    SELECT_LEFT = "Select a character left", "向左选取一个字符";
    SELECT_RIGHT = "Select a character right", "向右选取一个字符";
    SELECT_WORD_LEFT = "Select a word left", "向左选取一个单词";
    SELECT_WORD_RIGHT = "Select a word right", "向右选取一个单词";
    SELECT_LINE_START = "Select to the start of the line", "选取到行首";
    SELECT_LINE_END = "Select to the end of the line", "选取到行尾";
    SELECT_UP = "Select a line up; scroll where nothing is typed", "向上选取一行；没有输入时滚动";
    SELECT_DOWN =
        "Select a line down; scroll where nothing is typed",
        "向下选取一行；没有输入时滚动";
    SELECT_ALL = "Select all that is typed", "选取全部输入";
    COPY_SELECTION = "Copy what is selected", "复制所选内容";
    CUT_SELECTION = "Cut what is selected, and copy it", "剪切所选内容并复制到剪贴板";
    UNFOLD =
        "Show what is folded: under the cursor, in the chosen message, else anywhere",
        "展开折叠内容：先看光标处，再看所选消息，否则展开全部";
    TOGGLE_REASONING =
        "Show the reasoning of the answer, or fold it",
        "显示或折叠回答的思考过程";
    PREVIOUS_TOKEN = "Previous token", "上一个词元";
    NEXT_TOKEN = "Next token", "下一个词元";
    PREVIOUS_CANDIDATE = "Previous alternative", "上一个候选";
    NEXT_CANDIDATE = "Next alternative", "下一个候选";
    BRANCH_HERE = "Go on from this alternative as a new branch", "从这个候选继续，作为新分支";
    CONTINUE_WITH =
        "Type how the answer goes on from here, as a new branch",
        "输入回答从这里如何继续，作为新分支";
    FAN_OUT =
        "Several continuations from here at once, as new branches",
        "从这里同时写出几种续写，作为新分支";
    BRANCH_TREE = "All branches as a tree", "以树的形式显示所有分支";
    COMPARE_BRANCHES = "This branch beside the next one", "把本分支与下一分支并排比较";
    COPY_ODDS = "Copy the message with its odds", "复制消息及其概率";
    EXPORT_MESSAGE = "Write the message with its odds to a file", "把消息及其概率写入文件";
    RATE_UP = "Rate the answer up; once more takes it back", "给回答好评；再按一次取消";
    RATE_DOWN = "Rate the answer down; once more takes it back", "给回答差评；再按一次取消";
    CORRECT =
        "Say the answer as it should have been, as a new branch",
        "写出回答本该有的样子，作为新分支";
    ATTENTION = "Where the model looked at this token", "模型在这个词元处看了哪里";
    ASK_AGAIN =
        "Ask the engine again, with the settings of now; then between now and stored",
        "用现在的设置再问一次引擎；再按则在现在与存储值之间切换";
    COMMAND =
        "Type a command, such as /set, and stay at this token",
        "输入命令（例如 /set），并停留在这个词元";
    NEXT_UNCERTAIN = "Next uncertain token", "下一个不确定的词元";
    PREVIOUS_UNCERTAIN = "Previous uncertain token", "上一个不确定的词元";
    PREVIOUS_BRANCH = "Previous branch", "上一个分支";
    NEXT_BRANCH = "Next branch", "下一个分支";
    SEARCH = "Search the text of the tokens", "在词元的文本中搜索";
    SCORE =
        "Have the model score the tokens of a message that it did not write",
        "让模型给并非它写的消息逐词元打分";
    UNCERTAIN_SPANS = "List the least certain words of the message", "列出消息中最不确定的词";
    UNITS = "Surprise and entropy in bits or nats", "惊异度和熵以比特或奈特显示";
    COLOR_BY =
        "Colour by probability, entropy, rank, surprise or nothing",
        "按概率、熵、名次、惊异度着色，或不着色";
    MARK =
        "Mark a stretch: moves extend it, copying takes it, going back drops it",
        "标记一段：移动扩展，复制取走，返回放弃";
    RAW_VIEW =
        "Answers as they were written, or with their markup rendered",
        "按原文显示回答，或渲染其标记";
    COPY_BLOCK =
        "Copy the code block at the top of the window; again: the next one",
        "复制窗口顶部的代码块；再按：下一个";
    COPY = "Copy to the clipboard", "复制到剪贴板";
    LIST_UP = "One row up", "上移一行";
    LIST_DOWN = "One row down", "下移一行";
    PIN = "Keep the conversation on top of the list, or no more", "把对话置顶，或取消置顶";
    TAG = "Type the tags of the conversation in the list", "输入列表中所选对话的标签";
    RENAME = "Type the title of the conversation in the list", "输入列表中所选对话的标题";
    ARCHIVE =
        "Leave the conversation out of the list, or take it back",
        "把对话移出列表归档，或取回";
    DELETE =
        "Delete the conversation in the list; the undo key brings it back",
        "删除列表中的对话；撤销键可恢复";
    SHOW_ARCHIVED =
        "Show the archived conversations, or the others",
        "显示已归档的对话，或显示其他对话";
    CHOOSE = "Choose this row", "选择这一行";
    BIND = "Give the action of this row another key", "给这一行的操作换一个按键";
    LOWER_VALUE = "Lower the setting of this row by a step", "把这一行的设置调低一步";
    RAISE_VALUE = "Raise the setting of this row by a step", "把这一行的设置调高一步";
    DEFAULT_VALUE = "Give the setting of this row its default", "把这一行的设置恢复为默认值";
    SAVE_PRESET = "Save the sampler settings as a preset", "把采样设置存为预设";
}
