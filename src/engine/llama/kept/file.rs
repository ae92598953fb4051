//! The file of one conversation's state: what shapes it, its tokens, and llama.cpp's bytes.
//!
//! ```text
//! magic  u32 length  header (postcard)  u32 CRC-32 of the header  state
//! ```
//!
//! Numbers are little-endian. The checksums find damage; what a forger could do to llama.cpp is
//! bounded by the sandbox that this is read in.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::inference::{CacheType, FlashAttention, Recomputed, TokenId};

const MAGIC: [u8; 8] = *b"limpidkv";

/// Bytes of a header at most: some 5 for each token of the longest contexts there are.
const MAX_HEADER: u32 = 64 << 20;

/// The versions of what made the bytes, each of which may change what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version {
    pub(super) limpid: String,
    /// The crate that brings llama.cpp, which lays the bytes out.
    pub(super) llama: String,
}

/// What gives the same tokens other numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shape {
    /// The sha256 of the model's file.
    pub(super) model: String,
    pub(super) cache_type_k: CacheType,
    pub(super) cache_type_v: CacheType,
    pub(super) flash_attention: FlashAttention,
}

/// The beginning of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) version: Version,
    pub(super) shape: Shape,
    pub(super) tokens: Vec<TokenId>,
    /// Bytes that follow, and their CRC-32.
    bytes: u64,
    checksum: u32,
}

/// Writes a whole file.
pub(super) fn write(
    to: &mut impl Write,
    version: &Version,
    shape: &Shape,
    tokens: Vec<TokenId>,
    state: &[u8],
) -> io::Result<()> {
    let header = Header {
        version: version.clone(),
        shape: shape.clone(),
        tokens,
        bytes: state.len() as u64,
        checksum: crc32fast::hash(state),
    };
    let header = postcard::to_stdvec(&header).map_err(io::Error::other)?;
    let length = u32::try_from(header.len())
        .ok()
        .filter(|&length| length <= MAX_HEADER)
        .ok_or_else(|| io::Error::other("too many tokens for one file"))?;
    to.write_all(&MAGIC)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&header)?;
    to.write_all(&crc32fast::hash(&header).to_le_bytes())?;
    to.write_all(state)
}

/// Reads a file's beginning, and says what speaks against the rest.
pub(super) fn read_header(
    from: &mut impl Read,
    version: &Version,
    shape: &Shape,
) -> Result<Header, Recomputed> {
    let mut magic = [0; MAGIC.len()];
    fill(from, &mut magic)?;
    let length = read_u32(from)?;
    if magic != MAGIC || length > MAX_HEADER {
        return Err(Recomputed::Damaged);
    }
    let bytes = read_bytes(from, u64::from(length))?;
    if read_u32(from)? != crc32fast::hash(&bytes) {
        return Err(Recomputed::Damaged);
    }
    // Another version's header may have other fields behind the version, which comes first.
    let (found, _) =
        postcard::take_from_bytes::<Version>(&bytes).map_err(|_| Recomputed::Damaged)?;
    if found != *version {
        return Err(Recomputed::OtherVersion);
    }
    let header: Header = postcard::from_bytes(&bytes).map_err(|_| Recomputed::Damaged)?;
    if header.shape != *shape {
        return Err(Recomputed::OtherSettings);
    }
    Ok(header)
}

/// Reads what follows a header.
pub(super) fn read_state(from: &mut impl Read, header: &Header) -> Result<Vec<u8>, Recomputed> {
    let state = read_bytes(from, header.bytes)?;
    let ends = from.read(&mut [0]).is_ok_and(|read| read == 0);
    if !ends || crc32fast::hash(&state) != header.checksum {
        return Err(Recomputed::Damaged);
    }
    Ok(state)
}

/// Reads so many bytes, and never allocates for more than there are.
fn read_bytes(from: &mut impl Read, count: u64) -> Result<Vec<u8>, Recomputed> {
    let mut bytes = Vec::new();
    match from.by_ref().take(count).read_to_end(&mut bytes) {
        Ok(read) if read as u64 == count => Ok(bytes),
        _ => Err(Recomputed::Damaged),
    }
}

fn read_u32(from: &mut impl Read) -> Result<u32, Recomputed> {
    let mut bytes = [0; 4];
    fill(from, &mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn fill(from: &mut impl Read, bytes: &mut [u8]) -> Result<(), Recomputed> {
    from.read_exact(bytes).map_err(|_| Recomputed::Damaged)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version() -> Version {
        Version {
            limpid: "1.0".into(),
            llama: "llama 1".into(),
        }
    }

    fn shape() -> Shape {
        Shape {
            model: "ab12".into(),
            cache_type_k: CacheType::F16,
            cache_type_v: CacheType::F16,
            flash_attention: FlashAttention::Auto,
        }
    }

    fn file() -> Vec<u8> {
        let tokens = (0..500).map(TokenId).collect();
        let mut file = Vec::new();
        write(&mut file, &version(), &shape(), tokens, &[7; 300]).unwrap();
        file
    }

    fn read(mut file: &[u8], version: &Version, shape: &Shape) -> Result<Vec<u8>, Recomputed> {
        let header = read_header(&mut file, version, shape)?;
        assert_eq!(header.tokens.len(), 500);
        read_state(&mut file, &header)
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(read(&file(), &version(), &shape()), Ok(vec![7; 300]));
    }

    #[test]
    fn what_another_version_or_model_or_cache_type_made_is_refused() {
        let newer = Version {
            limpid: "1.1".into(),
            ..version()
        };
        let other_llama = Version {
            llama: "llama 2".into(),
            ..version()
        };
        for other in [newer, other_llama] {
            let refused = read(&file(), &other, &shape());
            assert_eq!(refused, Err(Recomputed::OtherVersion));
        }
        let model = Shape {
            model: "ab13".into(),
            ..shape()
        };
        let cache = Shape {
            cache_type_v: CacheType::Q8_0,
            ..shape()
        };
        for other in [model, cache] {
            let refused = read(&file(), &version(), &other);
            assert_eq!(refused, Err(Recomputed::OtherSettings));
        }
    }

    proptest! {
        #[test]
        fn a_changed_byte_anywhere_is_found(place in 0..file().len(), by in 1..=255_u8) {
            let mut file = file();
            file[place] ^= by;
            prop_assert!(read(&file, &version(), &shape()).is_err());
        }

        #[test]
        fn a_file_that_ends_early_or_late_is_found(len in 0..file().len(), more in 1..9_usize) {
            prop_assert!(read(&file()[..len], &version(), &shape()).is_err());
            let longer = [file(), vec![0; more]].concat();
            prop_assert!(read(&longer, &version(), &shape()).is_err());
        }

        #[test]
        fn nonsense_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(read(&bytes, &version(), &shape()).is_err());
        }
    }
}
