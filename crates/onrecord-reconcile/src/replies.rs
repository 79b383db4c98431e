//! Who answers whom.

use onrecord_model::Reply;

use crate::corpus::Findings;

/// Finds the statements that answer another.
pub(crate) fn find(_found: &Findings) -> Vec<Reply> {
    Vec::new()
}
