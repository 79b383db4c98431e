//! Articles that are one text: verbatim, cut, reordered or lightly edited.

use onrecord_model::CopyGroup;

use crate::corpus::Corpus;

/// Groups the articles that are one text.
pub(crate) fn group(_corpus: &Corpus) -> Vec<CopyGroup> {
    Vec::new()
}
