//! Of one question and one answer: the pipe.

use super::{phrases, sentences};

phrases! {
    STANDARD_INPUT = "standard input", "标准输入";
    WAITING_FOR_INPUT =
        "waiting for standard input to end (press Ctrl-D, or start with < /dev/null)",
        "正在等待标准输入结束（按 Ctrl-D，或启动时加 < /dev/null）";
    READER_ENDED = "the reading thread ended", "读取线程已结束";
    EVENTS_ENDED = "the driver's events ended", "驱动的事件流已结束";
    INTERRUPTED = "interrupted", "已中断";
    ANSWER_STANDS =
        "the last message is an answer already, and --prefill would begin another",
        "最后一条消息已是回答，而 --prefill 会另起一个";
    NO_QUESTION = "there is no user's message to answer", "没有可回答的用户消息";
    NOTHING_TO_ANSWER = "there is nothing to answer", "没有可回答的内容";
}

sentences! {
    cannot_read(name, error) = "cannot read {name}: {error}", "无法读取 {name}：{error}";
    cannot_write(error) = "cannot write the answer: {error}", "无法写出回答：{error}";
    no_messages(name, reason) =
        "{name} is no list of messages: {reason}",
        "{name} 不是消息列表：{reason}";
    unknown_role(number, role) =
        "message {number} has the role '{role}'; known are system, user, assistant",
        "第 {number} 条消息的角色是“{role}”；可用的是 system、user、assistant";
    unknown_part(number, kind) =
        "message {number} has a part of type '{kind}'; only text can be read",
        "第 {number} 条消息含有类型为“{kind}”的部分；只能读取文本";
    read_as(name, encoding) = "{name} was read as {encoding}", "{name} 已按 {encoding} 读取";
    report(read, reused, read_rate, written, written_rate, first_ms, seed) =
        "{read} tokens read ({reused}) at {read_rate}, {written} written at {written_rate}, first after {first_ms:.0} ms, seed {seed}",
        "读取 {read} 个词元（{reused}），{read_rate}；写出 {written} 个，{written_rate}；首个在 {first_ms:.0} ms 后；种子 {seed}";
    /// How many of the tokens that were read.
    reused(tokens) = "{tokens} reused", "复用 {tokens}";
    reused_from_disk(tokens, from_disk) =
        "{tokens} reused, {from_disk} from disk",
        "复用 {tokens}，其中 {from_disk} 来自磁盘";
    report_again(report, reason) =
        "{report}, computed again: {reason}",
        "{report}；重新计算：{reason}";
}
