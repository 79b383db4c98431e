//! A record as people and programs read it: blocks of words for briefs and pages, and the shapes that are published.

pub mod brief;
mod draft;
mod hidden;
mod loaded;
mod mask;
mod news;
#[cfg(any(test, feature = "sample"))]
pub mod sample;
pub mod wire;

pub use draft::{DRAFT, DraftReport};
pub use hidden::{Hidden, Names};
pub use loaded::Loaded;
pub use mask::masked;
pub use news::{Kind, News};
