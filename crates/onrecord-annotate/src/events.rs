//! Codes happenings to PLOVER, and abstains where no rule fits.

use onrecord_model::{Annotations, Article};

use crate::Annotator;

/// Codes happenings to PLOVER, and abstains where no rule fits.
pub(crate) struct Events;

impl Annotator for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn annotate(&self, _article: &Article, _out: &mut Annotations) {}
}
