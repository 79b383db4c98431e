//! Finds names and descriptions and joins those that mean one thing.

use onrecord_model::{Annotations, Article};

use crate::Annotator;

/// Finds names and descriptions and joins those that mean one thing.
pub(crate) struct Mentions;

impl Annotator for Mentions {
    fn name(&self) -> &'static str {
        "mentions"
    }

    fn annotate(&self, _article: &Article, _out: &mut Annotations) {}
}
