//! Finds acts of reporting: source, cue and content.

use onrecord_model::{Annotations, Article};

use crate::Annotator;

/// Finds acts of reporting: source, cue and content.
pub(crate) struct Quotations;

impl Annotator for Quotations {
    fn name(&self) -> &'static str {
        "quotations"
    }

    fn annotate(&self, _article: &Article, _out: &mut Annotations) {}
}
