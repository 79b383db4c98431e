//! Splits a text into sentences.

use onrecord_model::{Annotations, Article};

use crate::Annotator;

/// Splits a text into sentences.
pub(crate) struct Sentences;

impl Annotator for Sentences {
    fn name(&self) -> &'static str {
        "sentences"
    }

    fn annotate(&self, _article: &Article, _out: &mut Annotations) {}
}
