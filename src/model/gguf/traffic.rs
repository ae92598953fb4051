//! What decoding reads of a model's weights.

use super::{Header, TensorInfo};

/// The table of embeddings, of which one row is read for a token, unless it is the output
/// matrix too.
const EMBEDDINGS: &str = "token_embd.weight";
const OUTPUT: &str = "output.weight";

/// What the names of tensors that hold all experts of a layer have in them.
const EXPERTS: &str = "_exps.";

impl Header {
    /// Bytes of weights that are read to decode one token, at least: each matrix once, one row
    /// of the embeddings, and of the experts those that a token is sent to.
    #[must_use]
    pub fn bytes_per_token(&self) -> u64 {
        let has_output = self.tensors.iter().any(|tensor| tensor.name == OUTPUT);
        self.tensors
            .iter()
            .map(|tensor| self.bytes_read(tensor, has_output))
            .fold(0, u64::saturating_add)
    }

    fn bytes_read(&self, tensor: &TensorInfo, has_output: bool) -> u64 {
        let bytes = tensor.bytes.unwrap_or_default();
        if tensor.name == EMBEDDINGS && has_output {
            let rows = tensor.shape.get(1).copied().unwrap_or(1).max(1);
            return bytes / rows;
        }
        if tensor.name.contains(EXPERTS) {
            let (used, all) = self.experts();
            return (u128::from(bytes) * u128::from(used) / u128::from(all))
                .try_into()
                .unwrap_or(u64::MAX);
        }
        bytes
    }

    /// Experts that a token is sent to, of how many; 1 of 1 where the file does not say.
    fn experts(&self) -> (u64, u64) {
        let architecture = self.architecture().unwrap_or_default();
        let number = |name: &str| self.u64(&format!("{architecture}.{name}"));
        match (number("expert_used_count"), number("expert_count")) {
            (Some(used), Some(all @ 1..)) if (1..=all).contains(&used) => (used, all),
            _ => (1, 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    fn header(fixture: &Fixture) -> Header {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), fixture.build()).unwrap();
        Header::read(file.path()).unwrap()
    }

    /// F16: 2 bytes a number.
    const F16: u32 = 1;

    #[test]
    fn shared_embeddings_are_read_whole_and_others_by_the_row() {
        let shared = Fixture::default()
            .text("general.architecture", "llama")
            .tensor("token_embd.weight", &[64, 100], F16)
            .tensor("blk.0.attn_q.weight", &[64, 64], F16);
        assert_eq!(header(&shared).bytes_per_token(), 2 * (64 * 100 + 64 * 64));
        let apart = shared.tensor("output.weight", &[64, 100], F16);
        assert_eq!(
            header(&apart).bytes_per_token(),
            2 * (64 + 64 * 64 + 64 * 100)
        );
    }

    #[test]
    fn of_the_experts_only_those_are_read_that_are_used() {
        let experts = |used: u32| {
            let fixture = Fixture::default()
                .text("general.architecture", "qwen3moe")
                .number("qwen3moe.expert_count", 8)
                .number("qwen3moe.expert_used_count", used)
                .tensor("blk.0.ffn_up_exps.weight", &[32, 16, 8], F16)
                .tensor("blk.0.ffn_gate_inp.weight", &[32, 8], F16);
            header(&fixture).bytes_per_token()
        };
        assert_eq!(experts(2), 2 * (32 * 16 * 2 + 32 * 8));
        // Numbers that make no sense are not believed.
        assert_eq!(experts(0), 2 * (32 * 16 * 8 + 32 * 8));
        assert_eq!(experts(9), 2 * (32 * 16 * 8 + 32 * 8));
    }
}
