//! Numbers for the KV cache, layers on a GPU, and a context, that fit into memory.

use super::capacity::cells;
use crate::inference::{CacheType, FlashAttention, LoadRequest};
use crate::words::{Said, engine::llama as words};

/// What is tried, the finest first.
const TYPES: [CacheType; 3] = [CacheType::F16, CacheType::Q8_0, CacheType::Q4_0];

/// The types that may be chosen, the finest first; none where the user has.
pub(super) fn types(request: &LoadRequest) -> &'static [CacheType] {
    if request.fit && can_shrink(request) {
        &TYPES
    } else {
        &[]
    }
}

/// Changes `request` as little as memory demands, and says what it changed.
///
/// `trained` are the tokens the model was made to read, `cell` the bytes of one of them with keys
/// and values of a type, `available` the bytes for the cache. The finest type with which the
/// wanted context fits is taken, from `finest` on; where none does, the coarsest, with what fits.
/// Types that the user has chosen stay, and so do all without flash attention, which quantised
/// values need.
pub(super) fn fit(
    request: &mut LoadRequest,
    finest: CacheType,
    trained: u32,
    cell: impl Fn(CacheType) -> u64,
    available: u64,
) -> Option<Said> {
    let wanted = match request.context_size {
        None | Some(0) => trained,
        Some(size) => size,
    };
    if !can_shrink(request) {
        return None;
    }
    let fits = |&kind: &CacheType| cells(available, cell(kind)) >= wanted;
    let found = TYPES
        .into_iter()
        .skip_while(|&kind| kind != finest)
        .find(fits);
    if found == Some(CacheType::F16) {
        return None;
    }
    let kind = found.unwrap_or(CacheType::Q4_0);
    request.cache_type_k = kind;
    request.cache_type_v = kind;
    let name = kind.name();
    if found.is_some() {
        return Some(Said::new(|| words::cache_made_smaller(name, wanted)));
    }
    let most = cells(available, cell(kind));
    // Without a size it grows as far as memory allows by itself.
    if let Some(size) = &mut request.context_size {
        *size = most.max(1);
    }
    Some(Said::new(|| {
        words::context_made_smaller(wanted, name, most)
    }))
}

/// Whether smaller types could be chosen.
pub(super) fn can_shrink(request: &LoadRequest) -> bool {
    let usual = request.cache_type_k == CacheType::F16 && request.cache_type_v == CacheType::F16;
    usual && request.flash_attention != FlashAttention::Off
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::RequestId;

    const TRAINED: u32 = 8192;

    /// Bytes, of a model of 30 layers with rows of 192 numbers.
    fn cell(kind: CacheType) -> u64 {
        match kind {
            CacheType::Q8_0 => 12_240,
            CacheType::Q4_0 => 6480,
            _ => 23_040,
        }
    }

    /// What `fit` makes of a request where `tokens` of f16 fit.
    fn fitted(context_size: Option<u32>, tokens: u64) -> (LoadRequest, Option<Said>) {
        let mut load = LoadRequest::new(RequestId(1), "m.gguf".into());
        load.context_size = context_size;
        // What stays free beside the cache, and a bit over for the rounding.
        let available = (256 << 20) + (tokens + 256) * cell(CacheType::F16);
        let said = fit(&mut load, CacheType::F16, TRAINED, cell, available);
        (load, said)
    }

    #[test]
    fn what_fits_is_left_alone() {
        for size in [None, Some(0), Some(4096)] {
            let (load, said) = fitted(size, 8192);
            assert_eq!(
                (load.cache_type_k, load.context_size),
                (CacheType::F16, size)
            );
            assert_eq!(said, None);
        }
    }

    #[test]
    fn the_finest_type_that_fits_is_taken() {
        let (load, said) = fitted(None, 5000);
        assert_eq!(load.cache_type_k, CacheType::Q8_0);
        assert_eq!(load.cache_type_v, CacheType::Q8_0);
        assert!(said.unwrap().contains("8192 tokens fit"));
        let (load, _) = fitted(Some(16_384), 5000);
        assert_eq!(load.cache_type_v, CacheType::Q4_0);
        assert_eq!(load.context_size, Some(16_384));
    }

    #[test]
    fn where_nothing_fits_the_context_becomes_what_does() {
        let (load, said) = fitted(Some(16_384), 2000);
        assert_eq!(load.cache_type_k, CacheType::Q4_0);
        let size = load.context_size.unwrap();
        assert!(size > 7000 && size < 16_384, "{size}");
        assert!(said.unwrap().contains(&size.to_string()));
        // It grows by itself, and ends where memory does.
        assert_eq!(fitted(None, 1000).0.context_size, None);
    }

    #[test]
    fn what_layers_made_way_for_is_no_finer_again() {
        let mut load = LoadRequest::new(RequestId(1), "m.gguf".into());
        load.fit = true;
        assert_eq!(types(&load), TYPES);
        let said = fit(&mut load, CacheType::Q8_0, TRAINED, cell, u64::MAX);
        assert_eq!(load.cache_type_k, CacheType::Q8_0);
        assert!(said.unwrap().contains("q8_0"));
        assert_eq!(types(&load), []);
    }

    #[test]
    fn what_the_user_chose_stays() {
        let mut load = LoadRequest::new(RequestId(1), "m.gguf".into());
        load.cache_type_k = CacheType::Q5_0;
        let fit = |load: &mut LoadRequest| fit(load, CacheType::F16, TRAINED, cell, 0);
        assert_eq!(fit(&mut load), None);
        assert!(!can_shrink(&load));
        load.cache_type_k = CacheType::F16;
        assert!(can_shrink(&load));
        load.flash_attention = FlashAttention::Off;
        assert_eq!(fit(&mut load), None);
        assert_eq!(load.cache_type_k, CacheType::F16);
    }
}
