//! Of the engine process, its channel, and the resident engine.

pub mod llama;

use super::{phrases, sentences};

phrases! {
    CHANNEL_CLOSED = "the engine's channel is closed", "与引擎的通道已关闭";
    CLOSED = "the channel is closed", "通道已关闭";
    TRUNCATED = "the channel ended in the middle of a frame", "通道在一帧的中途断开";
    NO_CHANNEL =
        "standard input is no channel; this command is limpid's own, for the process that \
         computes",
        "标准输入不是通道；此命令供 limpid 启动计算进程时自用";
    ORPHANED = "the process that started it is gone", "启动它的进程已退出";
    HAS_ITS_MODEL =
        "an engine process serves one model, and this one has its model",
        "一个引擎进程只服务一个模型，而此进程已有模型";
    BUILT_WITHOUT_LLAMA =
        "this limpid was built without llama.cpp; use --endpoint, or build it with the \
         feature `llama`",
        "此 limpid 编译时未包含 llama.cpp；请使用 --endpoint，或启用特性 `llama` 重新编译";
    OWN_DEATH = "the engine reported its own death", "引擎报告了自己的退出";
    SUPERVISOR_GONE =
        "its supervisor is gone; start limpid again",
        "引擎的监管线程已退出；请重新启动 limpid";
    PATH_NOT_UTF8 =
        "its path is not valid UTF-8; rename it or use a link",
        "其路径不是有效的 UTF-8；请重命名或使用链接";

    NO_RESIDENT = "no resident engine runs", "没有常驻引擎在运行";
    OUT_OF_PLACE =
        "the resident engine answered with something else than was asked",
        "常驻引擎答非所问";
    /// What is found in place of a private folder.
    OTHER_USER_LISTENS = "another user listens there", "另一个用户在监听";
    NO_FOLDER = "it is none", "它不是目录";
    LISTENER_ENDED = "the thread that listens ended", "监听线程已结束";
    SUPERVISOR_ENDED = "the engine's supervisor ended", "引擎的监管线程已结束";
    NO_SANDBOX = "the resident engine runs without a sandbox", "常驻引擎未在沙箱中运行";
    SERVES_ONE_MODEL = "the resident engine serves one model", "常驻引擎只服务一个模型";
    OTHERS_COMPUTE =
        "a resident engine neither measures, compares nor converts: others compute on it",
        "常驻引擎不做测量、比较或转换：其他程序正在用它计算";
}

sentences! {
    oversize(size, limit) =
        "a frame of {size} bytes is larger than the {limit} that are allowed",
        "一帧有 {size} 字节，超过允许的 {limit} 字节";
    malformed(reason) = "a frame makes no sense: {reason}", "无法解析一帧：{reason}";
    trailing_bytes(number) = "a frame has {number} bytes too many", "一帧多出 {number} 字节";
    cannot_encode(reason) =
        "a message cannot be written down: {reason}",
        "无法编码消息：{reason}";
    answer_unsent(reason) = "the answer cannot be sent: {reason}", "无法发送回答：{reason}";
    channel_broke(reason) = "the channel broke: {reason}", "通道中断：{reason}";
    started_by_other(build, protocol, own) =
        "started by limpid {build} (protocol {protocol}), but this is limpid {own}",
        "由 limpid {build}（协议 {protocol}）启动，而此程序是 limpid {own}";
    other_build(build, protocol, own, own_protocol) =
        "the engine is limpid {build} (protocol {protocol}) and this is limpid {own} \
         (protocol {own_protocol}); start limpid again",
        "引擎是 limpid {build}（协议 {protocol}），而此程序是 limpid {own}\
         （协议 {own_protocol}）；请重新启动 limpid";
    silent(seconds) =
        "the engine did not answer within {seconds} s",
        "引擎在 {seconds} s 内没有响应";
    request_too_large(size, limit) =
        "the request is {size} MB large and {limit} MB is the most an engine takes",
        "请求有 {size} MB，而引擎最多接受 {limit} MB";
    not_started(reason) =
        "cannot start the engine process: {reason}",
        "无法启动引擎进程：{reason}";
    serve_gone(reason) =
        "limpid serve, which had the model, is gone: {reason}",
        "持有模型的 limpid serve 已退出：{reason}";
    died_too_often(deaths, model) =
        "the engine died {deaths} times on {model}; choose another model, or start \
         limpid again to try this one once more",
        "引擎在运行 {model} 时已异常退出 {deaths} 次；请换用其他模型，\
         或重新启动 limpid 再试一次";

    other_program(build) =
        "the resident engine is limpid {build}, another program than this one",
        "常驻引擎是 limpid {build}，与此程序不是同一版本";
    no_answer(reason) =
        "the resident engine does not answer: {reason}",
        "常驻引擎没有响应：{reason}";
    cannot_use_resident(reason) =
        "the resident engine cannot be used: {reason}",
        "无法使用常驻引擎：{reason}";
    not_private(path, found) =
        "{path} is not a folder of this user alone ({found}); remove it, or set \
         LIMPID_RUNTIME_DIR to a folder that is",
        "{path} 不是当前用户专有的目录（{found}）；请删除它，\
         或把 LIMPID_RUNTIME_DIR 设为专有的目录";
    resident_runs(path) =
        "a resident engine runs already, on {path}",
        "已有常驻引擎在 {path} 上运行";
    cannot_use(path, reason) = "cannot use {path}: {reason}", "无法使用 {path}：{reason}";
    belongs_to(user) = "it belongs to the user {user}", "它属于用户 {user}";
    has_mode(mode) = "its mode is {mode}", "其权限为 {mode}";
    other_model(path) =
        "the resident model is {path}, as it was when it was loaded",
        "常驻的模型是加载时的 {path}";
    other_settings(flags) =
        "the resident engine has another {flags}",
        "常驻引擎的设置不同：{flags}";
    too_many_clients(number) =
        "the resident engine has {number} clients, and takes no more",
        "常驻引擎已有 {number} 个客户端，不再接受更多";
    /// Beside the resident one.
    private_engine(reason) =
        "This program has an engine of its own, which takes more memory: {reason}.",
        "此程序另用了自己的引擎，会多占内存：{reason}。";
    too_many_requests(number) =
        "the resident engine has {number} requests, and takes no more; try again in a moment",
        "常驻引擎已有 {number} 个请求，不再接受更多；请稍后再试";
    too_many_of_one(number) =
        "the resident engine takes {number} requests of one program at a time",
        "常驻引擎同时只接受每个程序的 {number} 个请求";
}
