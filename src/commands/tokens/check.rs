//! Compares a GGUF's tokenisation with the original tokenizer's.
//!
//! Many published conversions name the wrong pre-tokenizer, and nothing says so: the text is
//! merely cut differently than in training. The original `tokenizer.json` is the reference.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use tokenizers::Tokenizer;

use crate::inference::TokenizedPiece;
use crate::text;

/// Scripts, digits, code, contractions and white space: what pre-tokenizers differ in.
pub const MULTILINGUAL: &str = "\
Hello, world! It's what they'd've said; we'll see.  Two  spaces, and\ttabs.\n\n\
Numbers: 7 42 365 1234567 3.14159 1,000,000 0xFF 1e-9 ½ ² Ⅷ\n\
fn main() {\n    let mut s = String::from(\"a_b\");\n\tif x != y && z >= 0 { return; }\n}\n\
Grüße aus Österreich, où l'été à Noël n'est qu'un rêve; ¿qué tal, señor?\n\
Привет, мир! Как дела? Γειά σου Κόσμε. שלום עולם. مرحبا بالعالم. नमस्ते दुनिया\n\
你好，世界！今天天气怎么样？こんにちは、世界。カタカナ 안녕하세요 세계 สวัสดีชาวโลก\n\
👋🏽 👩‍👩‍👧‍👦 🇨🇭 ❤️ e\u{301} \u{fb01} … — “quotes” «guillemets» 5€ £3 ¥7\n\
   leading and trailing   \n\nEND";

/// How many differing places are shown.
const SHOWN: usize = 5;

/// Writes the first differences between `ours` and what `file` makes of `input`.
pub fn compare(
    input: &str,
    ours: &[TokenizedPiece],
    file: &Path,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let shown_file = text::visible_line(&file.display().to_string()).into_owned();
    let tokenizer = Tokenizer::from_file(file)
        .map_err(|error| anyhow!("{error}"))
        .with_context(|| format!("{shown_file} is no tokenizer.json that can be read"))?;
    let encoding = tokenizer
        .encode(input, false)
        .map_err(|error| anyhow!("{error}"))
        .with_context(|| format!("{shown_file} cannot encode the text"))?;
    let theirs = encoding.get_ids();
    let ours: Vec<u32> = ours.iter().map(|token| token.id.0).collect();
    if ours == theirs {
        writeln!(
            out,
            "the same {} tokens for {} bytes",
            ours.len(),
            input.len()
        )?;
        return Ok(());
    }
    let mut report = String::new();
    for difference in differences(&ours, theirs).take(SHOWN) {
        let at = encoding
            .get_offsets()
            .get(difference.theirs.start)
            .map_or(input.len(), |it| it.0);
        let around: String = input
            .get(at..)
            .unwrap_or_default()
            .chars()
            .take(24)
            .collect();
        writeln!(
            report,
            "  at byte {at}, `{}`: the GGUF gives {:?}, the tokenizer {:?}",
            text::visible_line(&around),
            &ours[difference.ours],
            &theirs[difference.theirs],
        )?;
    }
    out.flush()?;
    bail!(
        "the GGUF cuts this text differently than {shown_file}: {} tokens, not {}\n{report}\
         its pre-tokenizer (tokenizer.ggml.pre) is likely wrong: convert the model anew",
        ours.len(),
        theirs.len()
    )
}

/// A stretch where the two disagree.
struct Difference {
    ours: std::ops::Range<usize>,
    theirs: std::ops::Range<usize>,
}

/// Stretches that differ, found by looking ahead for the next common pair of tokens.
fn differences<'a>(ours: &'a [u32], theirs: &'a [u32]) -> impl Iterator<Item = Difference> + 'a {
    const LOOK_AHEAD: usize = 64;
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while i < ours.len() && j < theirs.len() && ours[i] == theirs[j] {
            i += 1;
            j += 1;
        }
        if i >= ours.len() && j >= theirs.len() {
            return None;
        }
        let start = (i, j);
        let meets = |a: usize, b: usize| {
            let pair = |ids: &[u32], at: usize| ids.get(at..at + 2).map(<[u32]>::to_vec);
            pair(ours, a).is_some_and(|ids| Some(ids) == pair(theirs, b))
        };
        let meeting = (1..2 * LOOK_AHEAD)
            .flat_map(|sum| (0..=sum).map(move |a| (start.0 + a, start.1 + sum - a)))
            .find(|&(a, b)| meets(a, b));
        (i, j) = meeting.unwrap_or((ours.len(), theirs.len()));
        Some(Difference {
            ours: start.0..i,
            theirs: start.1..j,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_name_the_stretches_that_disagree() {
        let ours = [1, 2, 9, 4, 5, 6, 7];
        let theirs = [1, 2, 3, 3, 4, 5, 6, 8];
        let found: Vec<_> = differences(&ours, &theirs)
            .map(|it| (it.ours, it.theirs))
            .collect();
        assert_eq!(found, [(2..3, 2..4), (6..7, 7..8)]);
    }

    #[test]
    fn equal_texts_have_no_difference() {
        assert_eq!(differences(&[1, 2], &[1, 2]).count(), 0);
    }
}
