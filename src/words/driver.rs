//! Of the driver: the history on disk, files and commands whose text goes into a message.

use super::{phrases, sentences};

phrases! {
    NO_READER = "nothing reads the history", "没有线程读取历史";

    IS_FOLDER = "it is a folder; /glob takes the files in one", "这是目录；/glob 可以取其中的文件";
    NO_FILE = "it is no file", "这不是文件";
    TOO_LARGE = "it is larger than 16 MiB", "超过 16 MiB";

    STOPPED = "stopped", "已停止";
    NO_EXIT_STATUS = "no exit status", "没有退出状态";

    NOWHERE = "nowhere that is known", "没有已知来源";
    WAITING =
        "another limpid is getting it; waiting for that",
        "另一个 limpid 正在下载它，等待其完成";

    DELETED_WHILE_OPEN = "the file was deleted while it was open", "文件在打开期间被删除";
    BECAME_SHORTER = "the file has become shorter", "文件变短了";
    OTHER_RECORD = "another record stands there", "该处是另一条记录";
    OPEN_ELSEWHERE = "it is open in another limpid", "它已在另一个 limpid 中打开";
    NOT_SAVED_YET = "what was said in it last is not saved yet", "其中最近的内容还没有保存";
    NO_LOCKS =
        "this file system has no locks: do not open this conversation in two \
         programs at once",
        "这个文件系统不支持文件锁：不要同时在两个程序中打开这个对话";

    IS_EMPTY = "it is empty", "文件为空";
    RECORD_TOO_LONG = "it is too long for a record", "过长，不是一条记录";
    SECOND_HEADER =
        "a second header: one file holds one conversation",
        "出现第二个文件头：一个文件只含一个对话";
    FIRST_IS_NO_HEADER = "the first record is no header", "第一条记录不是文件头";

    EMPTY_LINE = "an empty line", "空行";
    NO_HEADER = "it has no header", "没有文件头";
}

sentences! {
    draft_not_kept(reason) =
        "what you type is not kept for the case of a crash: {reason}",
        "输入的内容没有保存，崩溃时会丢失：{reason}";
    not_saved(reason) = "not saved: {reason}", "未保存：{reason}";
    not_sent(text) = "not sent: {text}", "未发送：{text}";

    read_as(file, encoding) = "{file} was read as {encoding}.", "{file} 按 {encoding} 读取。";
    cannot_read(file, reason) = "cannot read {file}: {reason}", "无法读取 {file}：{reason}";
    no_pattern(pattern, error) = "'{pattern}' is no pattern: {error}", "“{pattern}”不是有效的模式：{error}";
    too_many_files(pattern, most) =
        "'{pattern}' matches more than {most} files",
        "“{pattern}”匹配了超过 {most} 个文件";
    files_too_large(pattern) =
        "the files of '{pattern}' are larger than 16 MiB",
        "“{pattern}”的文件总共超过 16 MiB";

    cannot_run(command, error) = "cannot run {command}: {error}", "无法运行 {command}：{error}";
    no_thread(error) = "cannot start a thread: {error}", "无法启动线程：{error}";
    output_cut(kibibytes, command) =
        "Only the first {kibibytes} KiB of the output of {command} were kept.",
        "{command} 的输出只保留了前 {kibibytes} KiB。";
    output_read_as(command, encoding) =
        "The output of {command} was read as {encoding}.",
        "{command} 的输出按 {encoding} 读取。";
    output_no_text(command) =
        "The output of {command} is no text; what can be shown of it is here.",
        "{command} 的输出不是文本；这里是其中可以显示的部分。";
    stopped_after(seconds) = "stopped after {seconds} s", "{seconds} s 后被停止";
    exit_status(code) = "exit status {code}", "退出状态 {code}";
    killed_by(signal) = "killed by signal {signal}", "被信号 {signal} 终止";

    no_model(name) = "the catalogue has no model '{name}'", "模型目录中没有模型“{name}”";
    from(place) = "from {place}", "来自 {place}";
    another_way(problem) = "{problem}; trying another way", "{problem}；换一种方式再试";
    package(package, version) = "PyPI, {package} {version}", "PyPI，{package} {version}";

    no_writer(error) =
        "the thread that writes the history did not start: {error}",
        "写入历史的线程没有启动：{error}";
    no_answer(seconds) =
        "the disk has not answered for {seconds} s",
        "磁盘已 {seconds} s 没有响应";

    at_path(path, problem) = "{path}: {problem}", "{path}：{problem}";
    partly_written(path, written, wanted) =
        "{path}: only {written} of {wanted} bytes could be written",
        "{path}：共 {wanted} 字节，只写入了 {written} 字节";
    written_by_other(path) =
        "another program wrote to {path} while it was open here; /fork goes on in a copy",
        "{path} 在这里打开期间，另一个程序写入了它；/fork 可以在副本中继续";
    not_writable(error) = "it may not be written ({error})", "没有写入权限（{error}）";
    newer(version) =
        "a newer limpid wrote it (format {version})",
        "它由更新版本的 limpid 写入（格式 {version}）";
    read_only(reason) =
        "this conversation is read-only here: {reason}; /fork goes on in a copy",
        "这个对话在这里是只读的：{reason}；/fork 可以在副本中继续";
    torn(bytes) =
        "the last record was cut off in mid-write and is lost ({bytes} bytes); all before it is \
         here",
        "最后一条记录写到一半中断，已丢失（{bytes} 字节）；之前的内容都在";
    damaged(line, reason) =
        "the file of this conversation is damaged: line {line}: {reason}; what could be read is \
         here",
        "这个对话的文件已损坏：第 {line} 行：{reason}；能读取的内容都在";
    damaged_in_places(line, reason, more) =
        "the file of this conversation is damaged: line {line}: {reason}, and {more} more; what \
         could be read is here",
        "这个对话的文件已损坏：第 {line} 行：{reason}，另有 {more} 处；能读取的内容都在";

    no_conversations(folder) = "there are no conversations in {folder}", "{folder} 中没有对话";
    not_found(wanted) =
        "no conversation begins with '{wanted}'",
        "没有以“{wanted}”开头的对话";
    not_found_but(wanted, nearest) =
        "no conversation begins with '{wanted}'; the nearest is {nearest}",
        "没有以“{wanted}”开头的对话；最接近的是 {nearest}";
    ambiguous(wanted, matches) =
        "'{wanted}' could be any of {matches}",
        "“{wanted}”可能是以下任意一个：{matches}";
    in_use(path) =
        "{path} is open in another limpid; close it there first",
        "{path} 已在另一个 limpid 中打开；请先在那里关闭";
    exists(path) = "{path} is there already", "{path} 已经存在";
    cannot_be_changed(path, reason) = "{path} cannot be changed: {reason}", "无法更改 {path}：{reason}";

    at_line(line, reason) = "line {line}: {reason}", "第 {line} 行：{reason}";
    out_of_order(number, due) =
        "record {number} where {due} was due",
        "此处应为记录 {due}，却是记录 {number}";
    bad_number(number) = "no message can have the number {number}", "消息编号不能是 {number}";
    wrong_length(written, has) =
        "its tokens wrote {written} bytes, and its text has {has}",
        "它的词元写出 {written} 字节，而文本有 {has} 字节";
    bad_logprob(id) =
        "token {id} has a log-probability that is none",
        "词元 {id} 的对数概率无效";
    bad_probability(id) = "token {id} has a probability that is none", "词元 {id} 的概率无效";
    bad_entropy(id) = "token {id} has an entropy that is none", "词元 {id} 的熵无效";

    nul_bytes(count) = "{count} NUL bytes", "{count} 个 NUL 字节";
    nul_bytes_before(count) = "{count} NUL bytes before a record", "记录前有 {count} 个 NUL 字节";
}
