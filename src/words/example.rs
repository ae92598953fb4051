//! Of the panes before there is anything to show: what they will, with an example.

use super::{phrases, sentences};

phrases! {
    SPEED =
        "How fast each answer comes, and what it takes, is shown here.",
        "每个回答有多快、占用多少，都显示在这里。";
    AN_EXAMPLE = "An example:", "例如：";
    FIRST_TOKEN = " to the first token", " 后得到首个词元";
}

sentences! {
    of_context(used, size) = "{used} of {size}  ", "{used} / {size}  ";
    tokens_in(duration) = " in {duration}", "，用时 {duration}";
}
