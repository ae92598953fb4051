//! Of the reasoning of models: whether they are asked to think, and what they thought.

use super::{phrases, sentences};

phrases! {
    WILL_THINK =
        "The model is asked to think before it answers, from the next answer on.",
        "从下一个回答起，要求模型先思考再回答。";
    WILL_NOT_THINK =
        "The model is asked to answer without thinking first, from the next answer on.",
        "从下一个回答起，要求模型不经思考直接回答。";
    THINKS_AS_TEMPLATE =
        "Whether the model thinks before it answers is left to its template.",
        "模型回答前是否思考，由其模板决定。";
    /// Of reasoning that no tokens are known of.
    THOUGHT = "thought", "思考过程";
    /// Read aloud before what a model thinks, and before what it says then.
    REASONING = "Reasoning:", "思考过程：";
    ANSWER = "Answer:", "回答：";
    NOTHING_THOUGHT =
        "No answer here was thought about: there is no reasoning to show.",
        "这里没有带思考过程的回答，无可显示。";
}

sentences! {
    thinking(tokens, seconds) = "thinking… {tokens}, {seconds:.1} s", "思考中… {tokens}，{seconds:.1} s";
    thought_in(tokens, seconds) = "thought {tokens} in {seconds:.1} s", "思考了 {tokens}，用时 {seconds:.1} s";
    thought(tokens) = "thought {tokens}", "思考了 {tokens}";
    cannot_be_asked(model, variable) =
        "The template of {model} does not read {variable}: it thinks, or does not, as it is made to.",
        "{model} 的模板不读取 {variable}：是否思考由模型自身决定。";
}
