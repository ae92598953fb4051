//! What the reader takes, and what it refuses.

use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;

use super::fixture::Fixture;
use super::{GgufError, Header, TensorType};

fn read(bytes: &[u8]) -> Result<Header, GgufError> {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("model.gguf");
    fs::write(&path, bytes).expect("written");
    let header = Header::read(&path)?;
    header.check_data(&path)?;
    header.duplicate_token(&path)?;
    Ok(header)
}

#[test]
fn a_header_says_what_the_model_is() {
    let header = read(&Fixture::small().build()).expect("a whole file");
    assert_eq!(header.architecture(), Some("llama"));
    assert_eq!(header.name(), Some("A small one"));
    assert_eq!(header.context_length(), Some(2048));
    assert_eq!(header.vocabulary(), Some(3));
    assert_eq!(header.parameters(), 96);
    let share = header.quantisation()[0];
    assert_eq!(
        (share.kind, share.tensors, share.bytes),
        (TensorType(2), 1, 54)
    );
    assert_eq!(share.kind.to_string(), "Q4_0");
}

#[test]
fn every_prefix_of_a_file_is_refused_and_says_so() {
    let whole = Fixture::small().build();
    for len in 0..whole.len() - 42 {
        let error = read(&whole[..len]).expect_err("a cut file");
        assert!(
            matches!(
                error,
                GgufError::Empty(_) | GgufError::NotGguf { .. } | GgufError::Truncated { .. }
            ),
            "{len}: {error}"
        );
    }
}

#[test]
fn sizes_are_not_believed() {
    let huge = u64::MAX.to_le_bytes();
    let string = Fixture::default().raw("general.name", 8, &huge).build();
    assert!(matches!(read(&string), Err(GgufError::Truncated { .. })));
    let array = [&4_u32.to_le_bytes()[..], &huge].concat();
    let array = Fixture::default()
        .raw("tokenizer.ggml.scores", 9, &array)
        .build();
    assert!(matches!(read(&array), Err(GgufError::Truncated { .. })));
    let mut counts = Fixture::small().build();
    counts[8..16].copy_from_slice(&huge);
    assert!(matches!(read(&counts), Err(GgufError::Truncated { .. })));
}

#[test]
fn lists_of_lists_end_somewhere() {
    let level = [&9_u32.to_le_bytes()[..], &1_u64.to_le_bytes()].concat();
    let deep = Fixture::default()
        .raw("deep", 9, &level.repeat(100))
        .build();
    assert!(matches!(read(&deep), Err(GgufError::Malformed { .. })));
}

#[test]
fn files_that_are_something_else_are_named_for_what_they_are() {
    let said = |bytes: &[u8]| read(bytes).expect_err("no GGUF").to_string();
    assert!(said(b"PK\x03\x04rest").ends_with("it begins with a zip archive"));
    assert!(said(b"<!doctype html>").contains("a web page"));
    assert!(said(b"hello, I am text").contains("text (\"hell\")"));
    assert!(said(b"version https://git-lfs").contains("Git LFS"));
    let mut big = Fixture::small().build();
    big[4..8].copy_from_slice(&3_u32.to_be_bytes());
    assert!(said(&big).contains("big-endian"));
    big[4..8].copy_from_slice(&1_u32.to_le_bytes());
    assert!(said(&big).contains("version 1"));
    let folder = TempDir::new().expect("a temporary folder");
    assert!(matches!(
        Header::read(folder.path()),
        Err(GgufError::IsDirectory(_))
    ));
    assert!(matches!(
        Header::read(&folder.path().join("absent")),
        Err(GgufError::NotFound(_))
    ));
}

#[test]
fn who_was_told_the_path_is_told_the_rest() {
    let error = read(b"GGUF\x09\0\0\0").expect_err("no version of ours");
    let whole = error.to_string();
    assert!(whole.contains("model.gguf is GGUF version 9"), "{whole}");
    assert_eq!(
        error.without_path(),
        "it is GGUF version 9; versions 2 and 3 can be read"
    );
}

#[test]
fn tensor_data_beyond_the_end_is_found() {
    let whole = Fixture::small().build();
    let error = read(&whole[..whole.len() - 33]).expect_err("cut in the data");
    assert!(
        error
            .to_string()
            .contains("the data of tensor 'token_embd.weight'"),
        "{error}"
    );
}

#[test]
fn a_token_that_stands_twice_is_found() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("twice.gguf");
    let twice = Fixture::default().texts("tokenizer.ggml.tokens", &["a", "b", "a"]);
    fs::write(&path, twice.build()).expect("written");
    let header = Header::read(&path).expect("the header is whole");
    assert_eq!(
        header.duplicate_token(&path).expect("readable"),
        Some("a".into())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_mutated_file_is_answered_and_never_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..16)
    ) {
        let mut bytes = Fixture::small().build();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // Whatever it says, it says something, and costs no more than the file is long.
        if let Ok(header) = read(&bytes) {
            prop_assert!(header.tensors.len() <= bytes.len());
            prop_assert!(header.metadata.len() <= bytes.len());
        }
    }
}
