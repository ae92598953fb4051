//! The JSON form of a record's body.

mod values;

use serde::{Deserialize, Serialize};

pub(super) use self::values::content;
use self::values::{Bias, Content, Label, Lenient, NamedToken, Settings, Statistics};
use super::columns::Columns;
use super::{MetaChange, RecordBody, RecordError};
use crate::chat::{ConversationId, MessageId, Rating};
use crate::inference::{LabelOdds, LogitBias, Piece, Role, StopReason};

/// What every record has.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub v: u32,
    pub seq: u64,
    #[serde(rename = "type")]
    pub kind: String,
}

pub(super) fn head(line: &str) -> Option<Head> {
    serde_json::from_str(line).ok()
}

/// The body as an object that begins with its `type`.
pub(super) fn to_json(body: &RecordBody) -> String {
    serde_json::to_string(&Body::from(body))
        .expect("strings, numbers and lists of them always have a JSON form")
}

pub(super) fn from_json(line: &str, kind: &str) -> Result<RecordBody, RecordError> {
    let malformed = |reason: String| RecordError::Malformed { reason };
    if !TYPES.contains(&kind) {
        return Err(RecordError::UnknownType {
            name: kind.to_owned(),
        });
    }
    let body: Body = serde_json::from_str(line).map_err(|error| malformed(error.to_string()))?;
    body.try_into().map_err(malformed)
}

const TYPES: [&str; 16] = [
    "header",
    "message",
    "begin",
    "chunk",
    "typed",
    "thinking",
    "labels",
    "pieces",
    "end",
    "head",
    "title",
    "meta",
    "rating",
    "correction",
    "tombstone",
    "restore",
];

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Body {
    Header {
        conversation: ConversationId,
        created: u64,
        program: String,
    },
    Message {
        id: MessageId,
        parent: Option<MessageId>,
        role: Role,
        created: u64,
        #[serde(flatten)]
        content: Content,
    },
    Begin {
        message: MessageId,
        model: String,
        vocabulary: String,
        template_hash: String,
        prefix_len: usize,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        think: Option<bool>,
        sampling: Settings,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        logit_bias: Vec<Bias>,
    },
    Chunk {
        message: MessageId,
        #[serde(flatten)]
        content: Content,
        trace: Columns,
    },
    Typed {
        message: MessageId,
        #[serde(flatten)]
        content: Content,
    },
    Thinking {
        message: MessageId,
        #[serde(default)]
        opened: bool,
        #[serde(default)]
        ms: Option<u64>,
    },
    Labels {
        message: MessageId,
        labels: Vec<Label>,
    },
    Pieces {
        vocabulary: String,
        pieces: Vec<NamedToken>,
    },
    End {
        message: MessageId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stop: Option<StopReason>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stats: Option<Statistics>,
    },
    Head {
        message: Option<MessageId>,
    },
    Title {
        title: Option<String>,
    },
    Meta(MetaChange),
    Rating {
        message: MessageId,
        rating: Option<Rating>,
    },
    Correction {
        message: MessageId,
        corrects: MessageId,
    },
    Tombstone {
        message: MessageId,
    },
    Restore {
        message: MessageId,
    },
}

impl From<&RecordBody> for Body {
    fn from(body: &RecordBody) -> Self {
        match body.clone() {
            RecordBody::Header {
                conversation,
                created,
                program,
            } => Self::Header {
                conversation,
                created,
                program,
            },
            RecordBody::Message {
                id,
                parent,
                role,
                created,
                content,
            } => Self::Message {
                id,
                parent,
                role,
                created,
                content: Content::new(&content),
            },
            RecordBody::Begin {
                message,
                model,
                vocabulary,
                template_hash,
                mut sampling,
                prefix_len,
                think,
            } => {
                let logit_bias = std::mem::take(&mut sampling.logit_bias)
                    .into_iter()
                    .map(|LogitBias { id, bias }| Bias {
                        id,
                        bias: Some(bias).filter(|bias| bias.is_finite()),
                    })
                    .collect();
                Self::Begin {
                    message,
                    model,
                    vocabulary,
                    template_hash,
                    prefix_len,
                    think,
                    sampling: Settings(Lenient(*sampling)),
                    logit_bias,
                }
            }
            RecordBody::Chunk {
                message,
                content,
                traces,
            } => Self::Chunk {
                message,
                content: Content::new(&content),
                trace: Columns::pack(&traces),
            },
            RecordBody::Typed { message, content } => Self::Typed {
                message,
                content: Content::new(&content),
            },
            RecordBody::Thinking {
                message,
                opened,
                ms,
            } => Self::Thinking {
                message,
                opened,
                ms,
            },
            RecordBody::Labels { message, labels } => Self::Labels {
                message,
                labels: labels
                    .into_iter()
                    .map(|one| Label {
                        label: one.label,
                        logprob: Some(one.logprob).filter(|logprob| logprob.is_finite()),
                        share: one.share,
                        tokens: one.tokens,
                    })
                    .collect(),
            },
            RecordBody::Pieces { vocabulary, pieces } => Self::Pieces {
                vocabulary,
                pieces: pieces
                    .into_iter()
                    .map(|Piece { id, bytes }| NamedToken {
                        id,
                        content: Content::new(&bytes),
                    })
                    .collect(),
            },
            RecordBody::End {
                message,
                stop,
                failure,
                stats,
            } => Self::End {
                message,
                stop,
                failure,
                stats: stats.map(|stats| Statistics(*stats)),
            },
            RecordBody::Head { message } => Self::Head { message },
            RecordBody::Title { title } => Self::Title { title },
            RecordBody::Meta(change) => Self::Meta(change),
            RecordBody::Rating { message, rating } => Self::Rating { message, rating },
            RecordBody::Correction { message, corrects } => Self::Correction { message, corrects },
            RecordBody::Tombstone { message } => Self::Tombstone { message },
            RecordBody::Restore { message } => Self::Restore { message },
        }
    }
}

impl TryFrom<Body> for RecordBody {
    type Error = String;

    fn try_from(body: Body) -> Result<Self, String> {
        Ok(match body {
            Body::Header {
                conversation,
                created,
                program,
            } => Self::Header {
                conversation,
                created,
                program,
            },
            Body::Message {
                id,
                parent,
                role,
                created,
                content,
            } => Self::Message {
                id,
                parent,
                role,
                created,
                content: content.into_bytes()?,
            },
            Body::Begin {
                message,
                model,
                vocabulary,
                template_hash,
                prefix_len,
                think,
                sampling: Settings(Lenient(mut sampling)),
                logit_bias,
            } => {
                sampling.logit_bias = logit_bias
                    .into_iter()
                    .map(|Bias { id, bias }| LogitBias {
                        id,
                        bias: bias.unwrap_or(f32::NEG_INFINITY),
                    })
                    .collect();
                Self::Begin {
                    message,
                    model,
                    vocabulary,
                    template_hash,
                    sampling: Box::new(sampling),
                    prefix_len,
                    think,
                }
            }
            Body::Chunk {
                message,
                content,
                trace,
            } => Self::Chunk {
                message,
                content: content.into_bytes()?,
                traces: trace.unpack()?,
            },
            Body::Typed { message, content } => Self::Typed {
                message,
                content: content.into_bytes()?,
            },
            Body::Thinking {
                message,
                opened,
                ms,
            } => Self::Thinking {
                message,
                opened,
                ms,
            },
            Body::Labels { message, labels } => Self::Labels {
                message,
                labels: labels
                    .into_iter()
                    .map(|one| LabelOdds {
                        label: one.label,
                        logprob: one.logprob.unwrap_or(f64::NEG_INFINITY),
                        share: one.share,
                        tokens: one.tokens,
                    })
                    .collect(),
            },
            Body::Pieces { vocabulary, pieces } => Self::Pieces {
                vocabulary,
                pieces: pieces
                    .into_iter()
                    .map(|piece| {
                        Ok(Piece {
                            id: piece.id,
                            bytes: piece.content.into_bytes()?,
                        })
                    })
                    .collect::<Result<_, String>>()?,
            },
            Body::End {
                message,
                stop,
                failure,
                stats,
            } => Self::End {
                message,
                stop,
                failure,
                stats: stats.map(|Statistics(stats)| Box::new(stats)),
            },
            Body::Head { message } => Self::Head { message },
            Body::Title { title } => Self::Title { title },
            Body::Meta(change) => Self::Meta(change),
            Body::Rating { message, rating } => Self::Rating { message, rating },
            Body::Correction { message, corrects } => Self::Correction { message, corrects },
            Body::Tombstone { message } => Self::Tombstone { message },
            Body::Restore { message } => Self::Restore { message },
        })
    }
}
