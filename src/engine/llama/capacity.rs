//! How large the context is, and how large it may become.

use llama_cpp_2::model::LlamaModel;

use super::context::{SEQUENCES, bytes_per_value};
use crate::inference::CacheType;
use crate::words::{Said, engine::llama as words};

/// Left free beside the cache: buffers of the computation, and everyone else.
const MARGIN: u64 = 256 << 20;

/// Sizes that are not doubled are rounded to this, as llama.cpp rounds them.
const STEP: u32 = 256;

/// The rules by which a context is sized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Capacity {
    /// Tokens to begin with.
    pub(super) first: u32,
    /// Tokens that one conversation may come to hold.
    pub(super) limit: u32,
    /// Bytes of cache a token takes.
    cell: u64,
    /// What the model was trained to read.
    trained: u32,
    /// What memory allowed when the model was loaded, where that is less.
    by_memory: Option<u32>,
    fixed: bool,
}

impl Capacity {
    /// A context begins this small, because llama.cpp zeroes the whole cache when it is made:
    /// a question and its answer mostly fit.
    pub(super) const FIRST: u32 = 512;

    /// What a conversation needs room for, where nothing tells how much it may have.
    pub(super) const MODEST: u32 = 2048;

    /// Sizes a new context. `wanted` are tokens, with 0 for the model's own limit and `None` for
    /// a context that grows; `available` is the memory that is free, bytes, where that is known.
    ///
    /// # Errors
    /// What was asked for does not fit into memory.
    pub(super) fn new(
        wanted: Option<u32>,
        trained: u32,
        cell: u64,
        available: Option<u64>,
    ) -> Result<Self, Said> {
        let trained = if trained == 0 { Self::MODEST } else { trained };
        let most = available.map(|bytes| cells(bytes, cell));
        if let Some(size) = wanted {
            let size = if size == 0 { trained } else { size };
            if let Some(most) = most.filter(|&most| size > most) {
                return Err(Said::new(|| words::context_too_large(size, most)));
            }
            return Ok(Self {
                first: size,
                limit: size,
                cell,
                trained,
                by_memory: None,
                fixed: true,
            });
        }
        let first = Self::FIRST.min(trained);
        let by_memory = most.filter(|&most| most < trained);
        Ok(Self {
            first,
            limit: by_memory.unwrap_or(trained).max(first),
            cell,
            trained,
            by_memory,
            fixed: false,
        })
    }

    /// The size to grow to so that `needed` tokens of all conversations fit; `None` where that
    /// may not be.
    ///
    /// `state` are the bytes to be copied, which exist twice for a moment.
    pub(super) fn next(
        &self,
        current: u32,
        needed: usize,
        state: u64,
        available: Option<u64>,
    ) -> Option<u32> {
        let needed = u32::try_from(needed).ok()?;
        // Several conversations may together hold more than the model reads of one.
        let most = if self.fixed || self.by_memory.is_some() || needed <= self.limit {
            self.limit
        } else {
            self.limit.saturating_mul(SEQUENCES as u32)
        };
        if self.fixed || needed > most {
            return None;
        }
        let mut doubled = current.max(1);
        while doubled < needed {
            doubled = doubled.saturating_mul(2);
        }
        let free = available.map_or(u32::MAX, |bytes| {
            cells(bytes.saturating_sub(state), self.cell)
        });
        let least = needed.checked_next_multiple_of(STEP)?;
        [doubled, least]
            .into_iter()
            .map(|size| size.min(most))
            .find(|&size| size > current && size <= free)
    }

    /// Checks that a context beside the present one fits into memory.
    ///
    /// # Errors
    /// A sentence that says how much would fit.
    pub(super) fn check(&self, size: u32, available: Option<u64>) -> Result<(), Said> {
        Self::new(Some(size.max(1)), self.trained, self.cell, available).map(drop)
    }

    /// Whether it is memory, and neither the model nor the user, that sets the limit.
    pub(super) fn is_short_of_memory(&self) -> bool {
        self.by_memory.is_some()
    }

    /// What a user can do about a prompt that does not fit.
    pub(super) fn hint(&self) -> Said {
        let Self { limit, trained, .. } = *self;
        Said::new(|| {
            if self.fixed && limit < trained {
                words::context_fixed(limit, trained)
            } else if self.by_memory.is_some() {
                words::memory_allows_no_more(trained)
            } else {
                words::trained_for(trained)
            }
        })
    }
}

/// Tokens whose cells fit into so many bytes.
pub(super) fn cells(available: u64, cell: u64) -> u32 {
    let bytes = available.saturating_sub(MARGIN);
    let count = bytes.checked_div(cell).unwrap_or(u64::from(u32::MAX));
    u32::try_from(count).unwrap_or(u32::MAX) / STEP * STEP
}

/// Bytes of KV cache that a token takes; 0 for a model that keeps a state of fixed size.
///
/// Layers times heads times the length of a key and a value. Models that compress the cache or
/// leave it out in some layers take less, so the limit that follows errs on the safe side.
pub(super) fn cell_bytes(
    model: &LlamaModel,
    architecture: &str,
    keys: CacheType,
    values: CacheType,
) -> u64 {
    if model.is_recurrent() {
        return 0;
    }
    let length = |name: &str| {
        let key = format!("{architecture}.attention.{name}_length");
        model.meta_val_str(&key).ok()?.parse::<f64>().ok()
    };
    let width = f64::from(model.n_embd()) / f64::from(model.n_head().max(1));
    // A layer without attention says 0 heads; another one does not.
    let heads = match model.n_head_kv() {
        0 => model.n_head(),
        heads => heads,
    };
    let row = length("key").unwrap_or(width) * bytes_per_value(keys)
        + length("value").unwrap_or(width) * bytes_per_value(values);
    (f64::from(model.n_layer()) * f64::from(heads) * row) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The default model's cache.
    const CELL: u64 = 23_040;

    fn growing(trained: u32, available: u64) -> Capacity {
        Capacity::new(None, trained, CELL, Some(available)).unwrap()
    }

    #[test]
    fn a_context_begins_small_and_doubles_up_to_the_models_limit() {
        let capacity = growing(8192, 8 << 30);
        assert_eq!((capacity.first, capacity.limit), (512, 8192));
        assert_eq!(capacity.next(512, 513, 0, Some(8 << 30)), Some(1024));
        assert_eq!(capacity.next(2048, 2049, 0, Some(8 << 30)), Some(4096));
        assert_eq!(capacity.next(2048, 5000, 0, Some(8 << 30)), Some(8192));
        // Several conversations, none of which is longer than the model reads.
        assert_eq!(capacity.next(8192, 8193, 0, Some(8 << 30)), Some(16_384));
        assert_eq!(capacity.next(65_536, 65_537, 0, Some(8 << 30)), None);
    }

    #[test]
    fn a_model_that_reads_less_begins_at_its_limit() {
        let capacity = growing(256, 8 << 30);
        assert_eq!((capacity.first, capacity.limit), (256, 256));
        assert_eq!(growing(3000, 8 << 30).next(2048, 2500, 0, None), Some(3000));
    }

    #[test]
    fn free_memory_is_a_limit() {
        let room_for_6000 = MARGIN + 6000 * CELL;
        let capacity = growing(100_000, room_for_6000);
        assert_eq!(capacity.limit, 5888);
        assert!(capacity.hint().contains("free memory"));
        assert!(capacity.is_short_of_memory());
        assert!(!growing(100_000, 8 << 30).is_short_of_memory());
        // Not enough for the double, enough for the limit, or for what is needed.
        assert_eq!(
            capacity.next(4096, 4100, 0, Some(room_for_6000)),
            Some(5888)
        );
        assert_eq!(
            capacity.next(4096, 4100, 0, Some(MARGIN + 4500 * CELL)),
            Some(4352)
        );
        assert_eq!(capacity.next(4096, 4100, 0, Some(MARGIN)), None);
        assert_eq!(
            capacity.next(4096, 4100, 3000 * CELL, Some(room_for_6000)),
            None
        );
    }

    #[test]
    fn a_fixed_context_never_grows() {
        let capacity = Capacity::new(Some(1000), 8192, CELL, Some(8 << 30)).unwrap();
        assert_eq!((capacity.first, capacity.limit), (1000, 1000));
        assert_eq!(capacity.next(1000, 1001, 0, None), None);
        assert!(capacity.hint().contains("-c fixes"));
        let whole = Capacity::new(Some(0), 8192, CELL, None).unwrap();
        assert_eq!(whole.first, 8192);
    }

    #[test]
    fn a_fixed_context_beyond_memory_is_refused_with_what_would_fit() {
        let error = Capacity::new(Some(1 << 30), 8192, CELL, Some(MARGIN + 1000 * CELL));
        assert!(error.unwrap_err().contains("768 would"));
    }

    #[test]
    fn a_model_without_a_growing_cache_is_not_limited_by_it() {
        let capacity = Capacity::new(None, 1 << 20, 0, Some(MARGIN)).unwrap();
        assert_eq!(capacity.limit, 1 << 20);
    }
}
