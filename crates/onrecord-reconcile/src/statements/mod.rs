//! Acts of saying, and every outlet's account of each.

use onrecord_model::{CopyGroup, Entity, Statement, Story};

use crate::corpus::Corpus;

/// Aligns the quotations of each story into statements.
pub(crate) fn align(
    _corpus: &Corpus,
    _entities: &[Entity],
    _groups: (&[CopyGroup], &[Story]),
) -> Vec<Statement> {
    Vec::new()
}
