//! What the loop says when something it stands on fails.

use crate::words::{phrases, sentences};

phrases! {
    NO_TERMINAL =
        "cannot use this terminal; `limpid repl` needs none",
        "无法使用此终端；`limpid repl` 不需要终端";
    NO_THREAD = "cannot start a thread", "无法启动线程";
    NO_SIGNALS = "cannot listen for signals", "无法监听信号";
    NO_INPUT = "cannot read from the terminal", "无法从终端读取";
    DRIVER_GONE =
        "the thread that brings the engine's events is gone",
        "传递引擎事件的线程已不存在";
    NEVER_OPENED = "the terminal was never opened", "终端从未打开";
    BROKE_OFF = "it broke off", "已中断";
}

sentences! {
    no_thread(error) = "cannot start a thread: {error}", "无法启动线程：{error}";
    panes_not_remembered(error) =
        "how the panes are divided is not remembered: {error}",
        "未能记住窗格布局：{error}";
}
