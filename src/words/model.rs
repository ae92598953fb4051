//! Of model files and their names, of getting them, and of chat templates.

use super::{phrases, sentences};

phrases! {
    /// What is wrong with a file, behind its path.
    NOT_THERE = "does not exist", "不存在";
    A_DIRECTORY =
        "is a directory; name the .gguf file in it",
        "是目录；请指定其中的 .gguf 文件";
    NOT_PERMITTED =
        "may not be read by you; check its permissions",
        "不允许你读取；请检查其权限";
    EMPTY = "is empty; get it again", "是空的；请重新获取";
    BIG_ENDIAN =
        "is a big-endian GGUF file; convert it for this machine",
        "是大端序的 GGUF 文件；请先为本机转换";

    /// What a file is too short for, or has too much of.
    TENSOR_COUNT = "the number of tensors", "张量数";
    VALUE_COUNT = "the number of metadata values", "元数据项数";
    METADATA = "the metadata", "元数据";
    TENSORS = "the list of tensors", "张量列表";
    A_KEY = "a metadata key", "元数据的键";
    MAGIC = "the magic number", "魔数";
    VERSION = "the version", "版本号";
    A_VALUE_TYPE = "a value's type", "值的类型";
    A_TENSOR_NAME = "a tensor's name", "张量的名称";
    TENSOR_DIMENSIONS = "a tensor's dimensions", "张量的维数";
    A_TENSOR_SHAPE = "a tensor's shape", "张量的形状";
    A_TENSOR_TYPE = "a tensor's type", "张量的类型";
    A_TENSOR_OFFSET = "a tensor's offset", "张量的偏移";
    A_TOKEN = "a token", "词元";

    /// What a file is instead of a model.
    ZSTD = "a zstd archive", "zstd 压缩包的内容";
    ZIP = "a zip archive", "zip 压缩包的内容";
    GZIP = "a gzip archive", "gzip 压缩包的内容";
    WEB_PAGE = "a web page, or other text with tags", "网页或其他带标签的文本";
    LFS_POINTER = "a Git LFS pointer, or other text", "Git LFS 指针或其他文本";

    ALIGNMENT_ODD =
        "general.alignment is no power of two",
        "general.alignment 不是 2 的幂";
    ALIGNMENT_LARGE = "general.alignment is too large", "general.alignment 过大";

    LIST_SHOWS =
        "`limpid models list` shows what is here",
        "`limpid models list` 可查看本机已有的模型";

    NOWHERE_TO_GET = "there is nowhere to get it from", "没有可供下载的来源";
    PULL_STOPPED =
        "stopped; what came is kept, and the next pull goes on from there",
        "已停止；已下载的部分会保留，下次从断点继续";
    NO_REDIRECT = "a redirect that leads nowhere", "重定向没有去处";
    INSECURE_REDIRECT = "a redirect away from https", "重定向离开了 https";
    TOO_MANY_REDIRECTS = "too many redirects", "重定向次数过多";
    NOT_INSTALLED = "they are not installed", "两者都未安装";
    EMPTY_REPORT = "its report is empty", "它的报告为空";
    NO_WHEEL_LEFT = "it left no wheel", "它没有下载到 wheel";
    SAID_NOTHING = "it said nothing", "它没有任何输出";

    /// Whose folder a model lies in.
    HUGGING_FACE_CACHE = "Hugging Face cache", "Hugging Face 缓存";

    /// Who recommends settings.
    OWN_CARD = "the model's own card", "模型卡";
    OWN_FILE = "the model's file", "模型文件";

    /// What is wrong with a template.
    TOO_EXPENSIVE =
        "it takes more work or memory than any honest template",
        "所需的计算或内存超出任何正常模板";
    INSEPARABLE =
        "it changes the messages so that they cannot be found again in what it prints",
        "它改动了消息，以致在输出中找不到原文";
    SILENT = "it prints none of the messages", "它没有输出任何消息";
    JINJA_FAILED = "the Jinja engine failed", "Jinja 引擎出错";
    UNCLOSED_COMMENT = "a comment does not end", "有注释没有结束";
    UNCLOSED_STRING = "a string does not end", "有字符串没有结束";
    UNCLOSED_TAG = "a tag does not end", "有标签没有结束";
    MULTIPLIES =
        "it multiplies something other than a quoted text",
        "它对引号内文本以外的东西做了乘法";
    NO_JSON = "a value is no JSON", "有值无法表示为 JSON";
    /// What was done to please a template.
    FOLDED =
        "the system message was put in front of the user's",
        "系统消息已并入用户消息开头";
    JOINED =
        "neighbouring messages of one speaker were joined",
        "同一方的相邻消息已合并";
}

sentences! {
    does_not_exist(path) = "{path} does not exist", "{path} 不存在";
    is_directory(path) =
        "{path} is a directory; name the .gguf file in it",
        "{path} 是目录；请指定其中的 .gguf 文件";

    cannot_read(path, reason) = "cannot read {path}: {reason}", "无法读取 {path}：{reason}";

    /// What is wrong with a file, behind its path, or where that was named already.
    with_path(path, what) = "{path} {what}", "{path} {what}";
    without_path(what) = "it {what}", "该文件{what}";
    no_gguf(found) =
        "is no GGUF file: it begins with {found}",
        "不是 GGUF 文件：文件开头是{found}";
    other_version(version) =
        "is GGUF version {version}; versions 2 and 3 can be read",
        "是 GGUF 版本 {version}；只能读取版本 2 和 3";
    cut_off(what, needed, have) =
        "is cut off: {what} needs {needed} bytes and the file has {have}; get it again",
        "不完整（{what}）：需要 {needed} 字节，文件只有 {have} 字节；请重新获取";
    damaged(reason) = "is damaged: {reason}", "已损坏：{reason}";

    tensor_data(name) = "the data of tensor '{name}'", "张量“{name}”的数据";
    has_bytes(what, bytes) = "{what} has {bytes} bytes", "长度异常（{bytes} 字节）：{what}";
    key_twice(key) = "the key '{key}' stands twice", "键“{key}”出现了两次";
    begins_with_text(quoted) = "text ({quoted})", "文本（{quoted}）";
    begins_with_bytes(bytes) = "{bytes}", "字节 {bytes}";
    no_value_type(number) = "there is no value type {number}", "不存在值类型 {number}";
    lists_too_deep(key) =
        "'{key}' is a list of lists too deep",
        "“{key}”的列表嵌套过深";
    tensor_has_dimensions(name, dimensions) =
        "tensor '{name}' has {dimensions} dimensions",
        "张量“{name}”有 {dimensions} 个维度";
    tensor_too_large(name) =
        "tensor '{name}' is too large to exist",
        "张量“{name}”大得不可能存在";

    no_file(path) =
        "{path} is a device, a pipe or a socket, and no file",
        "{path} 是设备、管道或套接字，不是文件";
    not_pulled(name) =
        "the model '{name}' is not on this machine yet",
        "模型“{name}”尚未下载到本机";
    unknown_model(spec) = "there is no model '{spec}' here", "本机没有模型“{spec}”";
    ambiguous_model(spec, number, found) =
        "'{spec}' is the name of {number} models: {found}",
        "“{spec}”对应 {number} 个模型：{found}";
    cannot_look_into(path, reason) =
        "cannot look into {path}: {reason}",
        "无法查看 {path}：{reason}";
    pull_gets_it(name) =
        "`limpid models pull {name}` gets it",
        "可用 `limpid models pull {name}` 下载";
    did_you_mean(name) = "did you mean {name}?", "是否想用 {name}？";
    pull_gets_it_from_hub(spec) =
        "`limpid models pull {spec}` gets it from Hugging Face",
        "可用 `limpid models pull {spec}` 从 Hugging Face 下载";

    no_catalogue(path, reason) =
        "{path} is no catalogue: {reason}",
        "{path} 不是模型目录：{reason}";
    file_name_not_plain(model) =
        "the file of '{model}' is to be a plain name that ends in .gguf",
        "“{model}”的 file 须为以 .gguf 结尾的纯文件名";
    sha256_malformed(model) =
        "the sha256 of '{model}' is to be 64 lower-case hexadecimal digits",
        "“{model}”的 sha256 须为 64 位小写十六进制数字";

    offline(what) =
        "{what} is not here, and --offline forbids to get it",
        "本机没有 {what}，而 --offline 禁止下载";
    no_space(path, needed, available) =
        "{path} needs {needed} more bytes and the disk has {available} left; nothing was changed",
        "{path} 还需 {needed} 字节，磁盘只剩 {available} 字节；未做任何改动";
    wrong_checksum(path, found, wanted) =
        "what came is not {path}: its sha256 is {found}, not {wanted}; it was thrown away",
        "下载到的不是 {path}：其 sha256 为 {found}，应为 {wanted}；已丢弃";
    another_file(path, found, wanted) =
        "{path} exists and is another file: its sha256 is {found}, not {wanted}; move it away, then pull again",
        "{path} 已存在，但不是同一个文件：其 sha256 为 {found}，应为 {wanted}；请先移走它再下载";
    no_pip(reason) =
        "neither `python3 -m pip` nor `pip3` works here: {reason}",
        "`python3 -m pip` 和 `pip3` 在本机都不可用：{reason}";
    pip_failed(package, reason) =
        "pip could not find {package}: {reason}",
        "pip 找不到 {package}：{reason}";
    connection_ended(done, total) =
        "the connection ended after {done} of {total} bytes; pull again to go on",
        "连接在收到 {done} / {total} 字节后中断；再次下载可从断点继续";
    forbidden(url) =
        "{url} may not be read; a private or gated model needs HF_TOKEN",
        "无权读取 {url}；私有或受限的模型需要 HF_TOKEN";
    server_answered(status) = "the server answered {status}", "服务器返回 {status}";
    /// Neither a name nor an address.
    no_such_spec(spec) =
        "'{spec}' is neither a model of the catalogue nor of the form org/repo[:quant]",
        "“{spec}”既不在模型目录中，也不是 org/repo[:quant] 的形式";
    no_gguf_in_repo(repo) = "{repo} has no .gguf file", "{repo} 中没有 .gguf 文件";
    no_quant_in_repo(repo, quant, paths) =
        "{repo} has no '{quant}'; it has {paths}",
        "{repo} 中没有“{quant}”；有的是 {paths}";
    several_parts(path) =
        "{path} is one of several parts; limpid gets models of one file, so choose another \
         quantisation, or join it with llama-gguf-split and import it",
        "{path} 是多个分片之一；limpid 只下载单文件模型，请选择其他量化，\
         或用 llama-gguf-split 合并后导入";
    unreadable_report(reason) =
        "its report cannot be read: {reason}",
        "无法读取它的报告：{reason}";
    /// Where a download comes from.
    by_pip(requirement) = "pip, {requirement}", "{requirement}（由 pip 下载）";
    no_wheel(path, reason) = "{path}: is no wheel: {reason}", "{path}：不是 wheel：{reason}";
    no_member(path, member, reason) =
        "{path}: has no {member}: {reason}",
        "{path}：其中没有 {member}：{reason}";
    cannot_unpack(path, reason) =
        "{path}: cannot be unpacked: {reason}",
        "{path}：无法解压：{reason}";

    /// What is wrong with a template.
    template_too_long(bytes, limit) =
        "it has {bytes} bytes, and {limit} are allowed",
        "它有 {bytes} 字节，最多允许 {limit} 字节";
    no_jinja(reason) = "it is no valid Jinja: {reason}", "它不是有效的 Jinja：{reason}";
    deadline_passed(limit) = "it did not end within {limit} ms", "它在 {limit} ms 内没有结束";
    cannot_start(reason) = "it could not be started: {reason}", "无法启动：{reason}";
    too_many_tags(limit) = "it has more than {limit} tags", "它有超过 {limit} 个标签";
    tag_too_long(names, tokens) =
        "a tag in it has more than {names} names or {tokens} words",
        "其中有标签超过 {names} 个名称或 {tokens} 个单词";
    uses_tag(tag) = "it uses the tag '{tag}'", "它用了标签“{tag}”";
    at_line(what, line) = "{what}, line {line}", "{what}，第 {line} 行";
    template_unusable(reason) =
        "the model's chat template cannot be used ({reason}); ChatML is used instead",
        "模型的对话模板无法使用（{reason}），改用 ChatML";
    messages_changed(changes) =
        "the model's chat template does not take these messages: {changes}",
        "模型的对话模板不接受这些消息：{changes}";
    messages_changed_since(reason, changes) =
        "the model's chat template does not take these messages ({reason}): {changes}",
        "模型的对话模板不接受这些消息（{reason}）：{changes}";
    both_changes(first, second) = "{first}, and {second}", "{first}，并且{second}";
    leaves_out_message(number) =
        "the model's chat template leaves out message {number}; the model does not see it",
        "模型的对话模板略去了第 {number} 条消息，模型看不到它";
    leaves_out_messages(numbers) =
        "the model's chat template leaves out messages {numbers}; the model does not see them",
        "模型的对话模板略去了第 {numbers} 条消息，模型看不到它们";
}
