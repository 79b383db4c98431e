//! The exact place that a finding rests on.

use crate::{Id, Span};

/// A span in the clean text of one article: what every finding must be able to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// The article whose clean text the span points into.
    pub article: Id,
    /// Where the words stand.
    pub span: Span,
}

impl Evidence {
    /// Evidence is never less than an article and a place in it.
    pub fn new(article: Id, span: Span) -> Self {
        Self { article, span }
    }
}
