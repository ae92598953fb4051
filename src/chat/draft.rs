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

    /// What became of this draft in an editor: what was folded, and is there as it was, is
    /// folded again.
    #[must_use]
    pub fn edited(&self, text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        for piece in &self.pieces {
            if let Piece::Folded(folded) = piece
                && let Some((before, after)) = rest.split_once(folded.as_str())
            {
                pieces.extend(Self::of(before).pieces);
                pieces.push(piece.clone());
                rest = after;
            }
        }
        pieces.extend(Self::of(rest).pieces);
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

    #[test]
    fn what_an_editor_left_as_it_was_stays_folded() {
        let typed = |text: &str| Piece::Typed(text.to_owned());
        let folded = |text: &str| Piece::Folded(text.to_owned());
        let file = attachment::file("a.txt", "one\n");
        let draft = Draft {
            pieces: vec![
                typed("see "),
                folded("page 1\n"),
                typed(" and "),
                folded("page 2\n"),
            ],
        };
        let untouched = draft.edited(&draft.text());
        assert_eq!(untouched, draft);
        let edited = draft.edited(&format!("look: page 1, not\npage 2\n\n{file}\n!"));
        assert_eq!(
            edited.pieces,
            [
                typed("look: page 1, not\n"),
                folded("page 2\n"),
                typed("\n"),
                folded(&file),
                typed("\n!"),
            ]
        );
    }
}
