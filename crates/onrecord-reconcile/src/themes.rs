//! Propositions that come back in several stories.

use onrecord_model::Theme;

use crate::corpus::Findings;

/// Finds the themes.
pub(crate) fn find(_found: &Findings) -> Vec<Theme> {
    Vec::new()
}
