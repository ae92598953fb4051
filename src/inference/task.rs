//! A task: how a text is to be put to a model, and with which settings.

use serde::{Deserialize, Serialize};

use super::{Message, Role, SamplerSettings};

/// A ready-made task with its parameters filled in, which lacks nothing but the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    pub name: String,
    /// The system message it is asked under; `None`: the one there is.
    pub system: Option<String>,
    /// A question and the answer it should get, each, to show the model how.
    pub examples: Vec<Example>,
    /// What stands around the text; it goes between two of these.
    pub around: Vec<String>,
    pub sampling: SamplerSettings,
    /// Tokens of the answer at most.
    pub max_tokens: Option<u32>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// The answer is one of these; `None`: the model writes one.
    pub labels: Option<Vec<String>>,
}

/// A question and the answer it should get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    pub user: String,
    pub assistant: String,
}

impl Task {
    /// What the model is asked about a text.
    #[must_use]
    pub fn message(&self, text: &str) -> String {
        self.around.join(text)
    }

    /// The whole of what the model reads, where nothing was said before.
    #[must_use]
    pub fn messages(&self, text: &str) -> Vec<Message> {
        let system = self.system.as_ref();
        let examples = self.examples.iter().flat_map(|example| {
            [
                Message::new(Role::User, self.message(&example.user)),
                Message::new(Role::Assistant, &example.assistant),
            ]
        });
        system
            .map(|system| Message::new(Role::System, system))
            .into_iter()
            .chain(examples)
            .chain([Message::new(Role::User, self.message(text))])
            .collect()
    }
}
