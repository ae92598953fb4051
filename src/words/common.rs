//! What several rooms say, and what stands between the parts of a list.

use super::phrases;

phrases! {
    /// Between the items of a list.
    LIST_SEPARATOR = ", ", "、";
    /// Between sentences.
    SENTENCE_SEPARATOR = " ", "";
}
