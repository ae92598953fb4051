//! Of `limpid doctor`.

use crate::words::{phrases, sentences};

phrases! {
    GOOD = "ok", "正常";
    IMPROVABLE = "hint", "建议";
    BROKEN = "FAIL", "故障";

    ALL_GOOD = "Everything is as it should be.", "一切正常。";
    ONE_IMPROVABLE = "limpid works; 1 thing could be better.", "limpid 可以工作；有 1 处可以改进。";
    ONE_BROKEN = "1 thing keeps limpid from its work.", "有 1 个问题使 limpid 无法工作。";

    SETTINGS = "settings", "设置";
    CONVERSATIONS = "conversations", "对话";
    MODELS = "models", "模型目录";
    CACHE = "cache", "缓存";
    GPU = "gpu", "显卡";
    MODEL = "model", "模型";
    MEMORY = "memory", "内存";
    TERMINAL = "terminal", "终端";
    ANSWERS = "answers", "应答";
    COLOURS = "colours", "颜色";
    BACKGROUND = "background", "背景";
    LETTERS = "letters", "字符";
    KEYBOARD = "keyboard", "键盘";
    CLIPBOARD = "clipboard", "剪贴板";

    WHAT_IS_KEPT =
        "`limpid models list` and `limpid history list` show what is kept",
        "`limpid models list` 和 `limpid history list` 列出占用空间的内容";
    CUDA_DOES_NOT_FIT =
        "its driver and the CUDA libraries that limpid was built with do not fit: `nvidia-smi` \
         tells the driver's version",
        "它的驱动与编译 limpid 时所用的 CUDA 库不匹配：`nvidia-smi` 显示驱动版本";
    NO_GPU = "none found that limpid can use", "没有找到 limpid 可用的显卡";
    FOR_A_GPU =
        "with one: `make install FEATURES=cuda` (NVIDIA), `rocm` (AMD) or `vulkan` (any)",
        "如果有显卡：`make install FEATURES=cuda`（NVIDIA）、`rocm`（AMD）或 `vulkan`（任意）";
    BUILD_WITH_CUDA =
        "build with `make install FEATURES=cuda`",
        "请用 `make install FEATURES=cuda` 编译";
    INSTALL_NVIDIA_DRIVER =
        "install NVIDIA's driver, so that `nvidia-smi` lists it, and build with \
         `make install FEATURES=cuda`",
        "请安装 NVIDIA 驱动，使 `nvidia-smi` 能列出它，并用 `make install FEATURES=cuda` 编译";
    BUILD_WITH_ROCM =
        "build with `make install FEATURES=vulkan`, or with `rocm` where ROCm is installed",
        "请用 `make install FEATURES=vulkan` 编译；已安装 ROCm 时可用 `rocm`";
    BUILD_WITH_VULKAN =
        "build with `make install FEATURES=vulkan`",
        "请用 `make install FEATURES=vulkan` 编译";
    DRIVER_SHOWS_NONE =
        "this build could use it, and its driver shows none: `vulkaninfo --summary` or `rocminfo` \
         tells what it shows",
        "这个版本可以使用它，但驱动没有给出设备：`vulkaninfo --summary` 或 `rocminfo` 显示驱动给出的内容";

    NO_MEMORY_TOLD = "the system does not tell of it", "系统没有提供";
    TAKE_A_SMALLER =
        "it will be read from disk again and again: take a smaller one",
        "运行时会反复读取磁盘：请换用更小的模型";
    QUANTISE =
        "`limpid models quantize` writes it with fewer bits a weight",
        "`limpid models quantize` 可以用更少的比特存储每个权重";
    COMPUTING = "computing some tokens", "正在试算几个词元";
    ONE_THREAD = "1 thread", "1 个线程";

    IN_BACKGROUND = "limpid runs in the background", "limpid 在后台运行";
    NO_TERMINAL =
        "standard input and output are no terminal, so it was not asked",
        "标准输入和标准输出不是终端，因此没有检查";
    DUMB =
        "TERM says that this terminal moves no cursor, so limpid chats in lines",
        "TERM 表明这个终端不能移动光标，因此 limpid 逐行对话";
    SET_TERM =
        "in a real terminal, set TERM to its name, such as xterm-256color",
        "如果是真正的终端，请把 TERM 设为它的名称，例如 xterm-256color";
    NO_ANSWER =
        "it answered no question, so some of this is what its environment says",
        "终端没有应答，因此部分结论来自环境变量";
    /// Behind the terminal's name.
    INSIDE_TMUX = ", inside tmux", "，在 tmux 中";
    INSIDE_SCREEN = ", inside screen", "，在 screen 中";
    INSIDE_EITHER = ", inside screen or tmux", "，在 screen 或 tmux 中";
    STTY =
        "`stty cols 80 rows 24` tells it, as on a serial line",
        "可以用 `stty cols 80 rows 24` 告知，就像在串口终端上";
    ONLY_CONVERSATION =
        "the conversation alone has room; from 40x10 on there are the other panes",
        "只放得下对话；从 40x10 起才有其他窗格";

    NO_COLOUR =
        "none, as NO_COLOR or the setting ui.color wants it",
        "无，这是 NO_COLOR 或设置项 ui.color 的要求";
    TMUX_COLOURS =
        "if the terminal around tmux has 16 million: `set -as terminal-features ',*:RGB'` in \
         tmux.conf, and COLORTERM=truecolor",
        "如果 tmux 外层的终端支持 1600 万色：在 tmux.conf 中写 \
         `set -as terminal-features ',*:RGB'`，并设置 COLORTERM=truecolor";
    TRUE_COLOUR =
        "if this terminal has 16 million, say so: COLORTERM=truecolor",
        "如果这个终端支持 1600 万色，请用 COLORTERM=truecolor 说明";
    COLOURS_16_MILLION = "16 million", "1600 万色";
    COLOURS_256 = "256", "256 色";
    COLOURS_16 = "16", "16 色";
    CONSOLE_COLOURS =
        "16, as a Linux console has them: cyan and grey stand for dark blue and dark grey, which \
         are hard to read there",
        "16 色（Linux 控制台）：深蓝和深灰难以辨认，用青色和灰色代替";

    DARK = "dark", "深色";
    LIGHT = "light", "浅色";

    NO_UTF8 =
        "the locale has no UTF-8: frames are drawn in ASCII",
        "区域设置不是 UTF-8：边框用 ASCII 绘制";
    SET_LANG =
        "`export LANG=C.UTF-8`, where the terminal can show it",
        "如果终端能显示 UTF-8，请执行 `export LANG=C.UTF-8`";
    CONSOLE_LETTERS =
        "UTF-8, drawn with the font of a Linux console: frames keep to the signs that all of its \
         fonts have, and Chinese, Japanese, Korean and emoji are ??",
        "UTF-8，由 Linux 控制台的字体绘制：边框只用各种字体都有的符号，中文、日文、韩文和 emoji 显示为 ??";
    WIDE_LETTERS = "UTF-8, wide ones as wide as they should be", "UTF-8，宽字符宽度正确";
    FRAMES_SHIFT =
        "frames will shift beside Chinese, Japanese, Korean and emoji: the terminal's own \
         setting for UTF-8 or ambiguous width is off",
        "中文、日文、韩文和 emoji 旁的边框会错位：终端自身的 UTF-8 或歧义宽度设置有误";

    ALL_KEYS =
        "every key is told apart (kitty's protocol)",
        "能区分每个按键（kitty 协议）";
    SHIFT_ENTER =
        "Shift-Enter looks like Enter here: Alt-Enter or Ctrl-J begins a new line",
        "这里无法区分 Shift-Enter 和 Enter：换行请用 Alt-Enter 或 Ctrl-J";
    TMUX_KEYS =
        "`set -s extended-keys on` in tmux.conf, where the terminal around it can tell them \
         apart",
        "如果外层终端能够区分，请在 tmux.conf 中写 `set -s extended-keys on`";

    SCREEN_CLIPBOARD =
        "screen may keep what is copied from the terminal around it",
        "screen 可能不会把复制的内容交给外层终端";
    FILES_OR_TMUX =
        "`x` in the token view and /export write files; tmux passes copies on",
        "词元视图中的 `x` 和 /export 可以写入文件；tmux 会转交复制的内容";
    EITHER_CLIPBOARD =
        "screen or tmux is around and did not say which: short texts are copied, longer ones \
         written to a file",
        "外层是 screen 或 tmux，但没有说明是哪一个：短文本可以复制，较长的写入文件";
    SET_TERM_OF_TMUX =
        "in tmux: `set -g default-terminal tmux-256color` in tmux.conf says so, over SSH too",
        "如果是 tmux：在 tmux.conf 中写 `set -g default-terminal tmux-256color` 即可表明，SSH 中也有效";
    CONSOLE_CLIPBOARD = "a console has none", "控制台没有剪贴板";
    FILES =
        "`x` in the token view and /export write files",
        "词元视图中的 `x` 和 /export 可以写入文件";
    CLIPBOARD_TAKEN =
        "the terminal takes what is copied (OSC 52)",
        "终端接收复制的内容（OSC 52）";
    CLIPBOARD_SENT =
        "what is copied is sent to the terminal (OSC 52), which does not say whether it takes \
         it",
        "复制的内容会发给终端（OSC 52），但终端没有说明是否接收";
    ALLOW_IT =
        "if pasting elsewhere gives nothing, allow it in the terminal's settings",
        "如果在别处粘贴不出内容，请在终端的设置中允许";
    TMUX_SILENT =
        "copies go to tmux, which could not be asked",
        "复制的内容交给 tmux，但无法查询它的设置";
    TMUX_PASSES = "tmux passes on what is copied", "tmux 会转交复制的内容";
    TMUX_CLIPBOARD = "`set -s set-clipboard on` in tmux.conf", "请在 tmux.conf 中写 `set -s set-clipboard on`";
}

sentences! {
    improvable(count) =
        "limpid works; {count} things could be better.",
        "limpid 可以工作；有 {count} 处可以改进。";
    broken(count) =
        "{count} things keep limpid from its work.",
        "有 {count} 个问题使 limpid 无法工作。";

    sound(file) = "{file}: no mistakes", "{file}：没有错误";
    defaults(file) =
        "the defaults: there is no {file}, which `limpid config init` writes",
        "使用默认值：没有 {file}，`limpid config init` 可以生成它";

    no_place(folder) = "{folder} has no place", "{folder} 无处可放";
    not_writable(folder, error) =
        "{folder} cannot be written in: {error}",
        "无法写入 {folder}：{error}";
    whose(folder) = "`ls -ld {folder}` shows whose it is", "`ls -ld {folder}` 显示它属于谁";
    unknown_room(folder, error) = "{folder}: {error}", "{folder}：{error}";
    room(folder, free) = "{folder}, {free} free", "{folder}，可用 {free}";

    gpu_of(maker) = "a GPU of {maker}", "{maker} 显卡";
    gpu_unused(names) = "{names} is here, and not used", "本机有 {names}，但没有使用";
    gpu_memory(gpu, free, total) = "{gpu}, {free} of {total} free", "{gpu}，共 {total}，可用 {free}";

    pull_default(model) =
        "`limpid models pull {model}` gets the default one, or -m names a \
         GGUF file that is here",
        "`limpid models pull {model}` 下载默认模型，也可以用 -m 指定本机的 GGUF 文件";
    memory(available, total, needed) =
        "{available} of {total} available; the model has {needed}",
        "共 {total}，可用 {available}；模型占 {needed}";
    loading(percent) = "loading the model: {percent:.0} %", "正在加载模型：{percent:.0} %";
    threads(count) = "{count} threads", "{count} 个线程";
    gpu_layers(count) = "{count} layers on the GPU", "GPU 上 {count} 层";
    computes(model, seconds, speed, place) =
        "{model} loads in {seconds:.1} s and writes {speed:.0} tok/s with {place}",
        "{model} 加载用时 {seconds:.1} s，生成速度 {speed:.0} tok/s（{place}）";

    not_asked(error) = "it could not be asked: {error}", "无法查询终端：{error}";
    no_size(name, inside) =
        "{name}{inside}; it does not tell its size",
        "{name}{inside}；它没有告知大小";
    one_pane(terminal) =
        "{terminal}: one pane at a time, Tab turns to the next",
        "{terminal}：一次显示一个窗格，按 Tab 切换";
    all_panes(terminal) = "{terminal}: all three panes at once", "{terminal}：同时显示三个窗格";

    other_theme(background, theme) =
        "{background}, and the theme is {theme}",
        "{background}，而主题是 {theme}";
    auto_theme(theme) =
        "`limpid config set ui.theme {theme}` has the theme follow the terminal",
        "`limpid config set ui.theme {theme}` 让主题跟随终端";
    wrong_width(columns) =
        "a wide letter takes {columns} columns instead of 2",
        "宽字符占 {columns} 列，而不是 2 列";
    tmux_keeps(value) =
        "tmux does not pass on what programs copy (set-clipboard is {value})",
        "tmux 不会转交程序复制的内容（set-clipboard 为 {value}）";
}
