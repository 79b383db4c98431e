//! Tells which lines of a page saved as text are the article, and why the others are not.

mod rules;
mod segment;

use onrecord_model::Because;

use super::lines::Line;

pub(crate) use rules::rule_for;

/// For each line the reason why it is left out, or `None` where it belongs to the article.
pub(crate) fn classify(lines: &[Line]) -> Vec<Option<Because>> {
    let ruled: Vec<Option<&rules::Rule>> = lines.iter().map(|line| rule_for(&line.plain)).collect();
    segment::decide(lines, &ruled)
}
