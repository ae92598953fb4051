//! A GGUF file in the making.

use std::io::{self, Write};
use std::path::Path;

/// What each tensor's data, and the first one, is aligned to.
const ALIGNMENT: usize = 32;

/// The number of a type of value, and of one of tensor: 32-bit floats.
const FLOAT: u32 = 6;
const F32: u32 = 0;

#[derive(Default)]
pub struct Gguf {
    values: Vec<Vec<u8>>,
    tensors: Vec<(String, Vec<u64>, Vec<f32>)>,
}

fn string(text: &str) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
}

impl Gguf {
    /// One that has what another file says of its tokenizer and its chat template.
    pub fn with_vocabulary_of(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let mut reader = Reader {
            bytes: &bytes,
            at: 16,
        };
        let count = reader.number();
        let mut gguf = Self::default();
        for _ in 0..count {
            let from = reader.at;
            let is_wanted = reader.string().starts_with(b"tokenizer.");
            let kind = reader.kind();
            reader.skip(kind);
            if is_wanted {
                gguf.values.push(bytes[from..reader.at].to_vec());
            }
        }
        gguf
    }

    fn value(&mut self, key: &str, kind: u32, bytes: &[u8]) {
        let value = [&string(key), &kind.to_le_bytes()[..], bytes].concat();
        self.values.push(value);
    }

    pub fn text(&mut self, key: &str, text: &str) {
        self.value(key, 8, &string(text));
    }

    pub fn number(&mut self, key: &str, number: u32) {
        self.value(key, 4, &number.to_le_bytes());
    }

    pub fn float(&mut self, key: &str, number: f32) {
        self.value(key, FLOAT, &number.to_le_bytes());
    }

    pub fn numbers(&mut self, key: &str, numbers: &[u32]) {
        let mut bytes = 4_u32.to_le_bytes().to_vec();
        bytes.extend((numbers.len() as u64).to_le_bytes());
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        self.value(key, 9, &bytes);
    }

    pub fn tensor(&mut self, name: &str, shape: &[u64], weights: Vec<f32>) {
        assert_eq!(shape.iter().product::<u64>(), weights.len() as u64);
        self.tensors.push((name.into(), shape.to_vec(), weights));
    }

    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let mut header = b"GGUF".to_vec();
        header.extend(3_u32.to_le_bytes());
        header.extend((self.tensors.len() as u64).to_le_bytes());
        header.extend((self.values.len() as u64).to_le_bytes());
        header.extend(self.values.iter().flatten());
        let mut offset = 0;
        for (name, shape, weights) in &self.tensors {
            header.extend(string(name));
            header.extend((shape.len() as u32).to_le_bytes());
            header.extend(shape.iter().flat_map(|size| size.to_le_bytes()));
            header.extend(F32.to_le_bytes());
            header.extend((offset as u64).to_le_bytes());
            offset += size_of_val(&weights[..]).next_multiple_of(ALIGNMENT);
        }
        to.write_all(&padded(header))?;
        for (_, _, weights) in &self.tensors {
            let bytes = weights.iter().flat_map(|weight| weight.to_le_bytes());
            to.write_all(&padded(bytes.collect()))?;
        }
        Ok(())
    }
}

fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
    bytes
}

/// Walks over the values of a file's header.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        self.at += count;
        &self.bytes[self.at - count..self.at]
    }

    fn number(&mut self) -> u64 {
        u64::from_le_bytes(self.take(8).try_into().unwrap())
    }

    fn kind(&mut self) -> u32 {
        u32::from_le_bytes(self.take(4).try_into().unwrap())
    }

    fn string(&mut self) -> &'a [u8] {
        let length = self.number() as usize;
        self.take(length)
    }

    fn skip(&mut self, kind: u32) {
        match kind {
            8 => {
                self.string();
            }
            9 => {
                let kind = self.kind();
                for _ in 0..self.number() {
                    self.skip(kind);
                }
            }
            0 | 1 | 7 => self.at += 1,
            2 | 3 => self.at += 2,
            4..=6 => self.at += 4,
            _ => self.at += 8,
        }
    }
}
