//! One entity for every name that the articles give one person, body or place.

use onrecord_model::{Entity, Story};

use crate::corpus::Corpus;

/// Joins the articles' local entities.
pub(crate) fn entities(_corpus: &Corpus, _stories: &[Story]) -> Vec<Entity> {
    Vec::new()
}
