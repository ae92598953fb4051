//! Of `limpid models`.

use crate::words::{phrases, sentences};

phrases! {
    CHECKING = "checking", "正在校验";
    RIGHT = "right", "正确";
    WRONG = "WRONG", "错误";
    NO_CHECKSUM = "no checksum is known", "没有已知的校验和";
    GET_IT_AGAIN =
        "`limpid models rm NAME`, then `limpid models pull NAME` gets it again",
        "先 `limpid models rm NAME`，再 `limpid models pull NAME` 可以重新下载";

    COPYING = "copying", "正在复制";
    CONVERTING = "converting", "正在转换";
    STOPPED = "stopped; nothing was kept", "已停止，没有保留任何内容";

    WAITING =
        "another limpid is getting this model; waiting for it",
        "另一个 limpid 正在下载这个模型，等待其完成";

    NAME = "name", "名称";
    FILE = "file", "文件";
    SIZE = "size", "大小";
    ARCHITECTURE = "architecture", "架构";
    PARAMETERS = "parameters", "参数量";
    CONTEXT = "context", "上下文";
    VOCABULARY = "vocabulary", "词表";
    TOKENIZER = "tokenizer", "分词器";
    LICENCE = "licence", "许可证";
    STORED_AS = "stored as", "存储格式";
    TEMPLATE = "template", "模板";
    PROBLEM = "PROBLEM", "问题";
    NOT_SAID = "not said", "未注明";
    NO_TEMPLATE = "none; use --raw, or --chat-template", "无；请用 --raw 或 --chat-template";
}

sentences! {
    not_here(model) =
        "not here; `limpid models pull {model}`",
        "未下载；`limpid models pull {model}`";
    here_already(name) =
        "'{name}' is here already, and no model of the catalogue",
        "“{name}”已在本机，且不是模型目录中的模型";
    show(name) = "`limpid models show {name}` tells what it is", "`limpid models show {name}` 显示它的详情";

    differ(count) =
        "{count} of these files differ from the catalogue's checksum",
        "其中 {count} 个文件与模型目录中的校验和不符";

    not_ours(file) = "{file} is not limpid's: it is left alone", "{file} 不属于 limpid，未作改动";
    /// A question without its end.
    remove(file) = "Remove {file}", "删除 {file}";
    cannot_remove(file) = "cannot remove {file}", "无法删除 {file}";
    removed(file) = "removed {file}", "已删除 {file}";
    no_room(file, size, bytes, left) =
        "{file} needs {size} ({bytes} bytes) and the disk has {left} left",
        "{file} 需要 {size}（{bytes} 字节），而磁盘只剩 {left}";

    no_name(name) = "'{name}' cannot be a model's name", "“{name}”不能用作模型名称";
    exists(file) = "{file} exists; give another --name", "{file} 已存在；请换一个 --name";

    told(name, line) = "{name}: {line}", "{name}：{line}";
    from(place) = "from {place}", "来自 {place}";
    another_way(problem) = "{problem}; trying another way", "{problem}；换一种方式再试";
    done_of(done, total) = "{done} of {total}", "{done}，共 {total}";
    seconds_left(seconds) = "{seconds} s left", "还需 {seconds} s";

    target_exists(file) =
        "{file} exists; name another file with -o, or remove it first",
        "{file} 已存在；请用 -o 指定另一个文件，或先删除它";
    quantised_already(file, stored, format) =
        "limpid: {file} is {stored} already: what that lost stays lost, and is lost twice; the \
         original, as F16 or BF16, makes a better {format}",
        "limpid：{file} 已经是 {stored}：已损失的精度无法恢复，还会再损失一次；\
         用 F16 或 BF16 的原始模型转换出的 {format} 更好";
    quantised(size, format, before) =
        "limpid: {size} as {format}, from {before}",
        "limpid：{format} 格式为 {size}，原为 {before}";
    cannot_write_in(folder) = "cannot write in {folder}", "无法写入目录 {folder}";

    duplicate_token(token) =
        "the token {token} stands twice in its vocabulary, so it cannot be loaded",
        "词元 {token} 在词表中出现两次，因此无法加载";
    tokens(count) = "{count} tokens", "{count} 个词元";
    tokenizer(name, pre) = "{name}, pre-tokenizer {pre}", "{name}，预分词器 {pre}";
    version(number) = "version {number}", "版本 {number}";
    stored(kind, tensors, size, percent) =
        "{kind:<8} {tensors:>4} tensors  {size:>9}  {percent:4.1} %",
        "{kind:<8} {tensors:>4} 个张量  {size:>9}  {percent:4.1} %";
    more_lines(count) = "… {count} more lines", "… 还有 {count} 行";
}
