//! Of bytes that are no text, and of the way to the clipboard.

use super::phrases;

phrases! {
    BINARY = "it is no text but binary data", "它不是文本，而是二进制数据";
    UNKNOWN_ENCODING =
        "it is neither UTF-8 nor any other encoding that was recognised; convert it first, for example with iconv -t UTF-8",
        "它不是 UTF-8，也不是能识别的其他编码；请先转换，例如用 iconv -t UTF-8";

    /// How a copy went, behind what was copied.
    THROUGH_TERMINAL = "through the terminal", "经由终端";
    THROUGH_TMUX =
        "through tmux, where its set-clipboard is on",
        "经由 tmux（须开启其 set-clipboard）";
    THROUGH_SCREEN = "through screen", "经由 screen";
    THROUGH_SCREEN_OR_TMUX =
        "through screen, or through tmux, where its set-clipboard is on",
        "经由 screen，或经由 tmux（须开启其 set-clipboard）";

    /// In front of what an image shows.
    IMAGE = "image: ", "图片：";
}
