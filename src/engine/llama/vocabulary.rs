//! The model's vocabulary: text to token ids, and ids to bytes, with llama.cpp's traps guarded.

use std::sync::Arc;

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token_type::LlamaTokenAttr;

use super::segments::{Part, Run, Special, runs};
use crate::inference::{EngineError, TokenId, TokenKind};
use crate::words::{Said, engine::llama as words};

/// A loaded model's vocabulary.
pub(super) struct Vocabulary {
    model: Arc<LlamaModel>,
    size: u32,
    bos: Option<TokenId>,
    bos_text: String,
    eos_text: String,
    adds_bos: bool,
    /// Each text that is tokenised by itself gains a leading space (SentencePiece).
    prefixes_space: bool,
    /// Longest name first.
    specials: Vec<Special>,
}

impl Vocabulary {
    /// Reads what is asked for often. The model must have a vocabulary (`load.rs` checks).
    pub(super) fn new(model: Arc<LlamaModel>) -> Self {
        let vocab = model.vocab();
        let size = u32::try_from(vocab.n_tokens()).unwrap_or(0);
        let found_by_name =
            LlamaTokenAttr::Control | LlamaTokenAttr::UserDefined | LlamaTokenAttr::Unknown;
        let mut specials: Vec<Special> = (0..size)
            .filter_map(|id| {
                let token = llama_token(TokenId(id));
                let attributes = vocab.attr(token);
                if !attributes.intersects(found_by_name) {
                    return None;
                }
                Some(Special {
                    id: TokenId(id),
                    text: vocab.text(token)?.to_str().ok()?.to_owned(),
                    strips_left: attributes.contains(LlamaTokenAttr::LStrip),
                    strips_right: attributes.contains(LlamaTokenAttr::RStrip),
                })
            })
            .collect();
        specials.sort_by_key(|special| std::cmp::Reverse(special.text.len()));
        // An absent token is -1, and asking for its text throws across the language border.
        let bos = u32::try_from(vocab.bos().0).ok().filter(|&id| id < size);
        let name = |id: Option<u32>| {
            let bytes = id.map(|id| vocab.token_to_piece(llama_token(TokenId(id)), true, None));
            bytes.map_or_else(String::new, |bytes| {
                String::from_utf8_lossy(&bytes).into_owned()
            })
        };
        let bos_text = name(bos);
        let eos_text = name(u32::try_from(vocab.eos().0).ok().filter(|&id| id < size));
        let adds_bos = vocab.should_add_bos();
        let mut vocabulary = Self {
            model,
            size,
            bos: bos.map(TokenId),
            bos_text,
            eos_text,
            adds_bos,
            prefixes_space: false,
            specials,
        };
        vocabulary.prefixes_space = {
            let mut bytes = Vec::new();
            for id in vocabulary.raw_tokens("a", false) {
                vocabulary.append_piece(id, true, &mut bytes);
            }
            bytes == b" a"
        };
        vocabulary
    }

    /// Where another vocabulary is not the same: in size, or in the text or the type of a token.
    pub(super) fn difference(&self, other: &Self) -> Option<Said> {
        if self.size != other.size {
            return Some(Said::new(|| words::sizes_differ(self.size, other.size)));
        }
        let (ours, theirs) = (self.model.vocab(), other.model.vocab());
        (0..self.size).find_map(|id| {
            let token = llama_token(TokenId(id));
            let (one, two) = (ours.text(token), theirs.text(token));
            if one != two {
                let [one, two] = [one, two].map(|text| text.unwrap_or_default().to_string_lossy());
                return Some(Said::new(|| words::texts_differ(id, &one, &two)));
            }
            let (one, two) = (ours.attr(token), theirs.attr(token));
            (one != two).then(|| {
                Said::new(|| {
                    words::types_differ(id, format_args!("{one:?}"), format_args!("{two:?}"))
                })
            })
        })
    }

    /// Number of tokens.
    pub(super) fn size(&self) -> u32 {
        self.size
    }

    /// The beginning-of-sequence token, where there is one.
    pub(super) fn bos(&self) -> Option<TokenId> {
        self.bos
    }

    /// The name of the beginning-of-sequence token; empty where there is none.
    pub(super) fn bos_text(&self) -> &str {
        &self.bos_text
    }

    /// The name of the end-of-sequence token; empty where there is none.
    pub(super) fn eos_text(&self) -> &str {
        &self.eos_text
    }

    /// Tokens that the model's author forbids to be chosen.
    pub(super) fn suppressed(&self) -> Vec<TokenId> {
        let vocab = self.model.vocab();
        let ids = vocab.suppress_tokens().iter();
        ids.filter_map(|token| u32::try_from(token.0).ok().map(TokenId))
            .filter(|&id| self.contains(id))
            .collect()
    }

    /// Whether the id names a token of this vocabulary.
    pub(super) fn contains(&self, id: TokenId) -> bool {
        id.0 < self.size
    }

    /// Whether the token ends an answer.
    pub(super) fn is_end(&self, id: TokenId) -> bool {
        self.contains(id) && self.model.vocab().is_eog(llama_token(id))
    }

    /// All tokens that end an answer, in rising order.
    pub(super) fn end_tokens(&self) -> Vec<TokenId> {
        (0..self.size)
            .map(TokenId)
            .filter(|&id| self.is_end(id))
            .collect()
    }

    /// Whether the token is text or control.
    pub(super) fn kind(&self, id: TokenId) -> TokenKind {
        if self.contains(id) && self.model.vocab().is_control(llama_token(id)) {
            TokenKind::Control
        } else {
            TokenKind::Text
        }
    }

    /// Appends a token's bytes; those of a control token are its name, or nothing where
    /// `names` is false. An id outside the vocabulary has none.
    pub(super) fn append_piece(&self, id: TokenId, names: bool, bytes: &mut Vec<u8>) {
        if self.contains(id) {
            self.model
                .vocab()
                .token_to_piece_into(llama_token(id), bytes, names, None);
        }
    }

    /// A token's bytes, as [`append_piece`](Self::append_piece).
    pub(super) fn piece(&self, id: TokenId, names: bool) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16);
        self.append_piece(id, names, &mut bytes);
        bytes
    }

    /// Cuts a text into tokens.
    ///
    /// # Errors
    /// The text is beyond what llama.cpp can count.
    pub(super) fn tokenize(
        &self,
        text: &str,
        add_bos: bool,
        parse_special: bool,
    ) -> Result<Vec<TokenId>, EngineError> {
        check_length(text)?;
        let mut ids = self.raw_tokens(text, parse_special);
        if add_bos {
            self.add_bos(&mut ids);
        }
        Ok(ids)
    }

    /// Cuts the rest of a text into tokens, whose beginning was cut before.
    ///
    /// # Errors
    /// The text is beyond what llama.cpp can count.
    pub(super) fn tokenize_on(
        &self,
        text: &str,
        parse_special: bool,
    ) -> Result<Vec<TokenId>, EngineError> {
        check_length(text)?;
        Ok(if self.prefixes_space {
            self.without_prefix(text, parse_special)
        } else {
            self.raw_tokens(text, parse_special)
        })
    }

    /// Cuts a rendered prompt into tokens: special tokens come from the template alone, and
    /// answers stay the tokens they were.
    ///
    /// # Errors
    /// The text is beyond what llama.cpp can count.
    pub(super) fn tokenize_parts(&self, parts: &[Part<'_>]) -> Result<Vec<TokenId>, EngineError> {
        let mut ids = Vec::new();
        for run in runs(parts, &self.specials) {
            match run {
                Run::Special(id) => ids.push(id),
                Run::Tokens(tokens) => ids.extend_from_slice(tokens),
                Run::Plain { text, continues } => {
                    check_length(&text)?;
                    if continues && self.prefixes_space {
                        ids.extend(self.without_prefix(&text, false));
                    } else {
                        ids.extend(self.raw_tokens(&text, false));
                    }
                }
            }
        }
        self.add_bos(&mut ids);
        Ok(ids)
    }

    /// Puts the beginning-of-sequence token in front where the model wants it and the template
    /// has not put it there.
    fn add_bos(&self, ids: &mut Vec<TokenId>) {
        if let Some(bos) = self.bos
            && self.adds_bos
            && ids.first() != Some(&bos)
        {
            ids.insert(0, bos);
        }
    }

    /// Tokens of a text in the middle of another: without the leading space that SentencePiece
    /// puts before each text it is given.
    fn without_prefix(&self, text: &str, parse_special: bool) -> Vec<TokenId> {
        // Nothing merges across a line feed in the vocabularies that prefix a space; where
        // something does, the tokens do not begin alike, and the space is kept.
        const ANCHOR: &str = "\n";
        let anchor = self.raw_tokens(ANCHOR, false);
        let mut anchored = String::with_capacity(ANCHOR.len() + text.len());
        anchored.push_str(ANCHOR);
        anchored.push_str(text);
        let ids = self.raw_tokens(&anchored, parse_special);
        match ids.strip_prefix(anchor.as_slice()) {
            Some(rest) => rest.to_vec(),
            None => self.raw_tokens(text, parse_special),
        }
    }

    fn raw_tokens(&self, text: &str, parse_special: bool) -> Vec<TokenId> {
        if text.is_empty() {
            return Vec::new();
        }
        let tokens = self
            .model
            .vocab()
            .tokenize(text.as_bytes(), false, parse_special);
        tokens
            .into_iter()
            .filter_map(|token| u32::try_from(token.0).ok().map(TokenId))
            .collect()
    }
}

/// The binding panics on a text whose length is no `int`.
fn check_length(text: &str) -> Result<(), EngineError> {
    // llama.cpp adds a space or two.
    if text.len() < i32::MAX as usize - 16 {
        return Ok(());
    }
    Err(EngineError::Refused {
        reason: Said::new(|| words::text_too_long(text.len())),
    })
}

/// llama.cpp's form of an id that is inside the vocabulary.
pub(super) fn llama_token(id: TokenId) -> LlamaToken {
    LlamaToken(i32::try_from(id.0).unwrap_or(-1))
}
