//! What the outlets say in their own words: figures that do not agree, and corrections of themselves.

use onrecord_model::{Difference, FigureSeries};

use crate::corpus::Findings;

/// Differences between figures outside quotations, inside one story.
pub(super) fn by_outlets(_found: &Findings, _figures: &[FigureSeries]) -> Vec<Difference> {
    Vec::new()
}
