//! Articles about one happening.

use onrecord_model::{CopyGroup, Story};

use crate::corpus::Corpus;

/// Groups the articles by happening; every article is in exactly one story.
pub(crate) fn group(_corpus: &Corpus, _copies: &[CopyGroup]) -> Vec<Story> {
    Vec::new()
}
