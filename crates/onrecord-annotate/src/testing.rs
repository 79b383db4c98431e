//! What the tests of every annotator share.

use onrecord_model::{Article, Hash};

/// An article that is nothing but its text.
pub(crate) fn article(text: &str) -> Article {
    Article::of_text("-", Hash::of(text.as_bytes()), text)
}
