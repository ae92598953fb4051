//! What stands in the input and was not sent yet.

use serde::{Deserialize, Serialize};

use super::attachment;

/// A text in pieces, some of which are shown folded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    Typed(String),
    Folded(String),
}

impl Draft {
    /// A text as it was sent: attachments are folded again.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut pieces = Vec::new();
        let typed = |range: std::ops::Range<usize>| {
            (!range.is_empty()).then(|| Piece::Typed(text[range].to_owned()))
        };
        let mut at = 0;
        for found in attachment::find(text) {
            pieces.extend(typed(at..found.range.start));
            pieces.push(Piece::Folded(text[found.range.clone()].to_owned()));
            at = found.range.end;
        }
        pieces.extend(typed(at..text.len()));
        Self { pieces }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let pieces = self.pieces.iter();
        pieces
            .map(|(Piece::Typed(text) | Piece::Folded(text))| text.as_str())
            .collect()
    }

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.all(|(Piece::Typed(text) | Piece::Folded(text))| text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_folded_again_where_something_was_attached() {
        let file = attachment::file("a.txt", "one\ntwo\n");
        let text = format!("see\n{file}\nand tell");
        let draft = Draft::of(&text);
        assert_eq!(
            draft.pieces,
            [
                Piece::Typed("see\n".to_owned()),
                Piece::Folded(file),
                Piece::Typed("\nand tell".to_owned()),
            ]
        );
        assert_eq!(draft.text(), text);
        assert!(!draft.is_blank() && Draft::of(" \n").is_blank());
    }
}
