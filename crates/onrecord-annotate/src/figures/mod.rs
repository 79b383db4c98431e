//! Finds asserted quantities and what they count.

use onrecord_model::{Annotations, Article};

use crate::Annotator;

/// Finds asserted quantities and what they count.
pub(crate) struct Figures;

impl Annotator for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn annotate(&self, _article: &Article, _out: &mut Annotations) {}
}
