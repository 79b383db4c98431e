//! Tells which lines of a page saved as text are the article, and why the others are not.

mod features;
mod model;
mod rules;
mod segment;

use super::lines::Line;

pub(crate) use rules::rule_for;
pub(crate) use segment::{Verdict, is_sentence};

/// Tells the article's lines from the rest; `headline` is the one that the input names.
pub(crate) fn classify(lines: &[Line], headline: Option<&str>) -> Verdict {
    segment::decide(lines, headline)
}

/// The numbers that the line model sees, for training it.
pub(crate) fn numbers(lines: &[Line]) -> Vec<Vec<f32>> {
    let ruled: Vec<Option<&rules::Rule>> = lines.iter().map(|line| rule_for(&line.plain)).collect();
    features::features(lines, &ruled).into_iter().map(|row| row.to_vec()).collect()
}
