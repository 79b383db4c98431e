//! The nouns of OnRecord, and nothing else: no input or output, no parsing, none of our crates below.
//!
//! A page becomes an [`Article`]; an article gets [`Annotations`]; many annotated articles become a
//! [`Record`]. Whatever is found points at the exact words it was found in: a [`Span`] into the clean
//! text of one article, made citable as [`Evidence`].

mod annotation;
mod article;
mod because;
mod correction;
mod date;
mod entity;
mod evidence;
mod hash;
mod number;
mod offsets;
mod problem;
mod reading;
mod record;
mod revision;
mod span;
mod unit;

pub use annotation::*;
pub use article::*;
pub use because::Because;
pub use correction::{Change, Correction, Place, Signed, is_mask, is_shown_as, mask_of};
pub use date::DateValue;
pub use entity::{EntityKind, LocalEntity};
pub use evidence::Evidence;
pub use hash::{Hash, Hasher, Id};
pub use number::Number;
pub use offsets::OffsetMap;
pub use problem::{Problem, ProblemKind};
pub use reading::{Guess, Reading, Word};
pub use record::*;
pub use revision::{ChangedPage, Edit, EditKind, Replaced, Revision};
pub use span::Span;
pub use unit::{Conversion, Unit};
