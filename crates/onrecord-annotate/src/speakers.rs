//! Works out who speaks behind each source.

use onrecord_model::{Annotations, Article};

use crate::Annotator;

/// Works out who speaks behind each source.
pub(crate) struct Speakers;

impl Annotator for Speakers {
    fn name(&self) -> &'static str {
        "speakers"
    }

    fn annotate(&self, _article: &Article, _out: &mut Annotations) {}
}
