//! Makes small GGUF files for tests.

/// A file in the making.
#[derive(Debug, Clone, Default)]
pub struct Fixture {
    values: Vec<Vec<u8>>,
    tensors: Vec<(String, Vec<u64>, u32)>,
}

fn string(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u64).to_le_bytes()[..], bytes].concat()
}

impl Fixture {
    /// A `llama` model of one tensor with a vocabulary of three tokens.
    pub fn small() -> Self {
        Self::default()
            .text("general.architecture", "llama")
            .text("general.name", "A small one")
            .number("llama.context_length", 2048)
            .texts("tokenizer.ggml.tokens", &["<s>", "a", "b"])
            .text("tokenizer.chat_template", "{{ messages[0].content }}")
            .tensor("token_embd.weight", &[32, 3], 2)
    }

    fn value(mut self, key: &str, kind: u32, bytes: &[u8]) -> Self {
        let key = string(key.as_bytes());
        self.values
            .push([&key[..], &kind.to_le_bytes(), bytes].concat());
        self
    }

    pub fn text(self, key: &str, text: &str) -> Self {
        self.value(key, 8, &string(text.as_bytes()))
    }

    pub fn number(self, key: &str, number: u32) -> Self {
        self.value(key, 4, &number.to_le_bytes())
    }

    pub fn texts(self, key: &str, texts: &[&str]) -> Self {
        let mut bytes = [
            &8_u32.to_le_bytes()[..],
            &(texts.len() as u64).to_le_bytes(),
        ]
        .concat();
        bytes.extend(texts.iter().flat_map(|text| string(text.as_bytes())));
        self.value(key, 9, &bytes)
    }

    pub fn raw(self, key: &str, kind: u32, bytes: &[u8]) -> Self {
        self.value(key, kind, bytes)
    }

    pub fn tensor(mut self, name: &str, shape: &[u64], kind: u32) -> Self {
        self.tensors.push((name.into(), shape.to_vec(), kind));
        self
    }

    /// The bytes of the file, its tensors' data zeroes.
    pub fn build(&self) -> Vec<u8> {
        let mut bytes = b"GGUF".to_vec();
        bytes.extend(3_u32.to_le_bytes());
        bytes.extend((self.tensors.len() as u64).to_le_bytes());
        bytes.extend((self.values.len() as u64).to_le_bytes());
        bytes.extend(self.values.iter().flatten());
        let mut offset = 0_u64;
        for (name, shape, kind) in &self.tensors {
            bytes.extend(string(name.as_bytes()));
            bytes.extend((shape.len() as u32).to_le_bytes());
            bytes.extend(shape.iter().flat_map(|it| it.to_le_bytes()));
            bytes.extend(kind.to_le_bytes());
            bytes.extend(offset.to_le_bytes());
            let elements: u64 = shape.iter().product();
            let size = super::TensorType(*kind)
                .bytes(elements)
                .expect("a known type");
            offset += size.next_multiple_of(32);
        }
        bytes.resize(bytes.len().next_multiple_of(32), 0);
        bytes.resize(bytes.len() + offset as usize, 0);
        bytes
    }
}
