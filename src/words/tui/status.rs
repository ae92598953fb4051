//! What runs, and the keys that matter now.

use crate::words::{phrases, sentences};

phrases! {
    NO_MODEL = "no model", "未加载模型";
    ENGINE_DIED = "the engine died", "引擎已崩溃";
    MODEL_REFUSED = "the model was refused", "模型未被接受";

    GREEDY = "greedy", "贪心";
    READ_ONLY = "read-only", "只读";
    INCOGNITO = "incognito", "无痕";
    MOUSE = "mouse", "鼠标";

    WAITING_FOR_MODEL = "waiting for the model", "等待模型";
    WAITING_FOR_ENGINE = "waiting for the engine", "等待引擎";
    WRITING = "writing", "正在生成";
    STOPPING = "stopping", "正在停止";

    STOPS = "stops", "停止";
    NEW_LINE = "new line", "换行";
    GO_ON = "go on", "继续";
    LEAVE_IT = "leave it", "放弃";
    MORE = "more", "扩展";
    ADD_UP = "add up", "合计";
    COPY = "copy", "复制";
    DROP = "drop", "取消";
    COLOUR = "colour", "着色";
    UNCERTAIN = "uncertain", "不确定";
    NEXT = "next", "下一个";
    OTHER = "other", "候选";
    BRANCH = "branch", "分支";
    BACK = "back", "返回";
    AGAIN = "again", "重答";
    DELETE = "delete", "删除";
    EDIT = "edit", "编辑";
    BEFORE = "before", "上一条";
    WRITE = "write", "输入";
    HELP = "help", "帮助";
    UP = "up", "向上";
    DOWN = "down", "向下";
    ZOOM = "zoom", "放大";
    MARK = "mark", "标记";
    CHOOSE = "choose", "选择";
    NEXT_PANE = "next pane", "下个窗格";
    TOKENS = "tokens", "词元";
    ACTIONS = "actions", "操作";
}

sentences! {
    loading(name, percent) = "loading {name} {percent:.0} %", "正在加载 {name} {percent:.0} %";
    temperature(value) = "temp {value}", "温度 {value}";
    cpu(threads) = "cpu {threads}", "cpu {threads}";
    gpu(names, layers, all) = "{names} {layers}/{all} layers", "{names} {layers}/{all} 层";
    reading(done, tokens) = "reading {done} of {tokens}", "正在读取 {done} / {tokens}";
}
