//! Reads the sentences of one article with a small multi-task transformer: parts of speech, dependencies,
//! names, who says what, and a vector a sentence.
//!
//! Pure: the weights are bytes that the caller hands over or that the crate carries. One window of up to
//! [`LONGEST_WINDOW`] pieces runs alone on one thread, so that the answer for an article hangs neither on
//! other articles nor on the number of threads.

mod decode;
mod labels;
mod network;
mod pieces;
mod reader;
mod reading;
#[cfg(test)]
mod reference;
mod windows;

pub use labels::Labels;
pub use reader::{ModelError, Reader};
pub use reading::{Mark, Reading};
pub use windows::{LONGEST_WINDOW, Word};
