//! Where two accounts, figures, dates or tellings differ.

use onrecord_model::{Difference, FigureSeries};

use crate::corpus::Findings;

/// Finds what differs.
pub(crate) fn find(_found: &Findings, _figures: &[FigureSeries]) -> Vec<Difference> {
    Vec::new()
}
