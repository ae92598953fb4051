//! Of pages and pictures that show a text as a heat map.

use crate::words::phrases;

phrases! {
    LIKELY = "likely", "很可能";
    UNLIKELY =
        "unlikely: a bit of surprise a step. Point at a token for its odds.",
        "不太可能：每一级相差一比特惊异度。指向词元可查看其概率。";
}
