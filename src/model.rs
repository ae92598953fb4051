//! Model files: what is in them, where they are, and how they come here.
//!
//! | file | idea |
//! |---|---|
//! | [`gguf`] | reads a file's header, believing nothing |
//! | [`catalog`] | known models, and where to get them |
//! | [`store`] | the folder limpid keeps models in |
//! | [`discover`] | models other programs have on this machine, used where they lie |
//! | [`mod@resolve`] | a name, a path or a repository to a file |
//! | [`fingerprint`] | the sha256 of a file, remembered |
//! | [`tuning`] | how a model is loaded best on this machine |
//! | [`recommended`] | how a model's makers would sample it |
//! | [`remembered`] | small files of what was found out once |
//! | [`pull`] | gets a model, checked and whole |
//! | [`template`] | messages to the text a model was trained to read |

pub mod catalog;
pub mod discover;
pub mod fingerprint;
pub mod gguf;
pub mod pull;
pub mod recommended;
pub mod remembered;
pub mod resolve;
pub mod store;
pub mod template;
pub mod tuning;

pub use catalog::{Catalog, DEFAULT_MODEL};
pub use resolve::{ResolveError, installed, resolve};
pub use store::{FoundModel, Origin, StorePaths};
