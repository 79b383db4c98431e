//! Finds expressions of time and works out the days they mean.

use onrecord_model::{Annotations, Article};

use crate::Annotator;

/// Finds expressions of time and works out the days they mean.
pub(crate) struct Dates;

impl Annotator for Dates {
    fn name(&self) -> &'static str {
        "dates"
    }

    fn annotate(&self, _article: &Article, _out: &mut Annotations) {}
}
