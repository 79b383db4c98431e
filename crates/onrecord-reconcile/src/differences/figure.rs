//! Another number, bound or unit for the same thing counted.

use super::pair::{Finding, Pair, Shown};
use crate::tellings::{Count, Relation};

/// The figures that count one thing and whose numbers differ.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let [left, right] = &pair.counts;
    pair.figures.iter().filter_map(|&(i, j)| differ(&left[i], &right[j])).collect()
}

/// The finding, where two figures of one thing do not agree.
pub(super) fn differ(left: &Count, right: &Count) -> Option<Finding> {
    let (rule, note) = match left.relation(right) {
        Relation::OtherNumber => ("difference.figure.number", "another number for the same thing counted"),
        Relation::OtherBound => ("difference.figure.bound", "the same number with another bound"),
        Relation::OtherUnit => ("difference.figure.unit", "the same digits in another unit"),
        Relation::Agree | Relation::NotComparable => return None,
    };
    let sides = [Shown::Words(left.figure.span), Shown::Words(right.figure.span)];
    Some(Finding { sides, rule, note: note.to_owned() })
}
