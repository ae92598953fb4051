//! Of `limpid serve`.

use crate::words::{phrases, sentences};

phrases! {
    CANNOT_LEAVE_TERMINAL = "cannot leave the terminal", "无法脱离终端";
    NONE_RUNS = "no resident engine runs", "没有常驻引擎在运行";
    ENDED = "the resident engine ended", "常驻引擎已结束";
    NOT_ENDED =
        "the resident engine was told to end, and has not ended yet",
        "已通知常驻引擎结束，但它还没有结束";
    SERVE_STARTS = "`limpid serve` starts one", "`limpid serve` 可以启动一个";
    STOP_ENDS =
        "`limpid serve --stop` ends it all the same",
        "仍可以用 `limpid serve --stop` 结束它";
    STATUS_AND_STOP =
        "`limpid serve --status` tells of it, `limpid serve --stop` ends it",
        "`limpid serve --status` 显示它的状态，`limpid serve --stop` 结束它";
    NO_SIGNALS = "cannot wait for signals", "无法等待信号";
    CANNOT_START = "cannot start the resident engine", "无法启动常驻引擎";
    KEPT_FOR_NO_TIME =
        "an engine that is kept for no time cannot be served",
        "保留时间为零的引擎无法常驻";
    KEEP_ALIVE_TAKES =
        "--keep-alive takes a time such as 30m, or `forever`",
        "--keep-alive 接受 30m 之类的时间，或 `forever`";

    MODEL = "model", "模型";
    PROCESS = "process", "进程";
    ENGINE = "engine", "引擎";
    MEMORY = "memory", "内存";
    CLIENTS = "clients", "客户端";
    REQUESTS = "requests", "请求";
    RUNS_FOR = "runs for", "已运行";
    IDLE_FOR = "idle for", "已空闲";
    ENDS = "ends", "结束";

    LOADS = "loads its model", "正在加载模型";
    STARTS_LATER = "starts with the next request", "收到下一个请求时启动";
    NOT_KNOWN = "not known", "未知";
    WHEN_STOPPED = "when it is stopped", "手动停止时";
}

sentences! {
    loading(percent) = "loading: {percent:.0} %", "正在加载：{percent:.0} %";
    ready(model, socket) = "{model} is ready on {socket}", "{model} 已就绪，位于 {socket}";

    process(pid) = "process {pid}", "进程 {pid}";
    of(number, most) = "{number} of {most}", "{number}，上限 {most}";
    ends_in(time) = "in {time}, if nobody asks", "{time} 后，若无人请求";
    ends_after(time) = "{time} after the last request", "最后一个请求之后 {time}";
}
