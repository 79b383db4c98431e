//! Another number, bound or unit for the same thing counted.

use super::pair::{Finding, Pair, Shown};
use crate::tellings::{Count, Relation};

/// Pairs off the figures that count one thing, and shows those whose numbers differ.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let [left, right] = &pair.counts;
    best(left, right).into_iter().filter_map(|(i, j)| differ(&left[i], &right[j])).collect()
}

/// Which figures of the two lists belong together, as indices.
pub(super) fn best(left: &[Count], right: &[Count]) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (i, a) in left.iter().enumerate() {
        for (j, b) in right.iter().enumerate() {
            if let Some(score) = a.same_thing(b) {
                let same = usize::from(a.figure.value == b.figure.value) * 8;
                scored.push((std::cmp::Reverse(score + same), i.abs_diff(j), i, j));
            }
        }
    }
    scored.sort_unstable();
    let (mut lefts, mut rights) = (vec![false; left.len()], vec![false; right.len()]);
    let mut found = Vec::new();
    for (_, _, i, j) in scored {
        if !lefts[i] && !rights[j] {
            (lefts[i], rights[j]) = (true, true);
            found.push((i, j));
        }
    }
    found
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
