//! The best sequence of BIO labels (Viterbi 1967): no span goes on that has not begun.

use std::ops::Range;

use super::{best, log_softmax};
use crate::labels::{Bio, BioLabels};

/// One span that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decoded {
    pub(crate) words: Range<usize>,
    pub(crate) kind: usize,
    /// The least probability, over its words, of its kind.
    pub(crate) probability: f32,
}

/// The spans of one task. `scores` holds a row a word; where `parts_from(i)`, no span goes on into word `i`.
pub(crate) fn decode(
    scores: &[Vec<f32>],
    labels: &BioLabels,
    parts_from: impl Fn(usize) -> bool,
) -> Vec<Decoded> {
    let sure: Vec<Vec<f32>> = scores.iter().map(|row| log_softmax(row)).collect();
    let path = viterbi(&sure, labels, parts_from);
    collect(&path, &sure, labels)
}

fn may_follow(before: Option<Bio>, label: Bio) -> bool {
    match label {
        Bio::Inside(kind) => matches!(before, Some(Bio::Begin(k) | Bio::Inside(k)) if k == kind),
        _ => true,
    }
}

fn viterbi(sure: &[Vec<f32>], labels: &BioLabels, parts_from: impl Fn(usize) -> bool) -> Vec<usize> {
    let n_labels = labels.labels.len();
    let mut totals = vec![0.0_f32; n_labels];
    let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(sure.len());
    for (i, row) in sure.iter().enumerate() {
        let cut = i == 0 || parts_from(i);
        let mut next = vec![f32::NEG_INFINITY; n_labels];
        let mut from = vec![0; n_labels];
        for (to, label) in labels.labels.iter().enumerate() {
            for (before, old) in labels.labels.iter().enumerate() {
                let total = totals[before] + row.get(to).copied().unwrap_or(f32::NEG_INFINITY);
                if may_follow((!cut).then_some(*old), *label) && total > next[to] {
                    (next[to], from[to]) = (total, before);
                }
            }
        }
        // Long articles must not lose the small differences to large sums.
        let top = next.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        totals = next.iter().map(|total| total - top).collect();
        came_from.push(from);
    }
    let mut path = vec![0; sure.len()];
    let mut label = best(&totals);
    for (i, from) in came_from.iter().enumerate().rev() {
        path[i] = label;
        label = from[label];
    }
    path
}

fn collect(path: &[usize], sure: &[Vec<f32>], labels: &BioLabels) -> Vec<Decoded> {
    let mut out: Vec<Decoded> = Vec::new();
    for (i, &label) in path.iter().enumerate() {
        let probability = probability(&sure[i], labels, labels.labels[label]);
        match labels.labels[label] {
            Bio::Outside => {}
            Bio::Begin(kind) => out.push(Decoded { words: i..i + 1, kind, probability }),
            Bio::Inside(_) => {
                if let Some(span) = out.last_mut() {
                    span.words.end = i + 1;
                    span.probability = span.probability.min(probability);
                }
            }
        }
    }
    out
}

/// How probable the kind of `label` is, wherever in a span of it the word stands.
fn probability(sure: &[f32], labels: &BioLabels, label: Bio) -> f32 {
    let kind = |label: Bio| match label {
        Bio::Outside => None,
        Bio::Begin(kind) | Bio::Inside(kind) => Some(kind),
    };
    let same = labels.labels.iter().zip(sure).filter(|(other, _)| kind(**other) == kind(label));
    same.map(|(_, score)| score.exp()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> BioLabels {
        BioLabels::read(&["O", "B-a", "I-a", "B-b", "I-b"]).unwrap()
    }

    /// Rows that prefer one label each.
    fn rows(preferred: &[usize]) -> Vec<Vec<f32>> {
        preferred.iter().map(|p| (0..5).map(|l| if l == *p { 4.0 } else { 0.0 }).collect()).collect()
    }

    #[track_caller]
    fn check(preferred: &[usize], cut: &[usize], expected: &[(Range<usize>, usize)]) {
        let found: Vec<(Range<usize>, usize)> = decode(&rows(preferred), &labels(), |i| cut.contains(&i))
            .into_iter()
            .map(|span| (span.words, span.kind))
            .collect();
        assert_eq!(found, expected, "{preferred:?}");
    }

    #[test]
    fn spans_begin_before_they_go_on() {
        check(&[], &[], &[]);
        check(&[0, 1, 2, 2, 0, 3], &[], &[(1..4, 0), (5..6, 1)]);
        check(&[1, 1, 2], &[], &[(0..1, 0), (1..3, 0)]);
        check(&[0, 1, 4, 4, 0], &[], &[(1..2, 0), (2..4, 1)]);
        check(&[1, 2, 2], &[1], &[(0..1, 0), (1..3, 0)]);
    }

    #[test]
    fn a_span_is_as_sure_as_its_weakest_word() {
        let mut scores = rows(&[1, 2]);
        scores[1][2] = 2.0;
        let found = decode(&scores, &labels(), |_| false);
        let weakest = (2.0_f32.exp() + 1.0) / (2.0_f32.exp() + 4.0);
        assert!((found[0].probability - weakest).abs() < 1e-6);
    }

    fn total(scores: &[Vec<f32>], path: &[usize]) -> f32 {
        path.iter().zip(scores).map(|(label, row)| row[*label]).sum()
    }

    fn is_allowed(path: &[usize], labels: &BioLabels) -> bool {
        path.iter().enumerate().all(|(i, label)| {
            may_follow(i.checked_sub(1).map(|before| labels.labels[path[before]]), labels.labels[*label])
        })
    }

    proptest::proptest! {
        #[test]
        fn no_other_allowed_sequence_is_better(values in proptest::collection::vec(-9_i8..9, 20)) {
            let labels = labels();
            let scores: Vec<Vec<f32>> =
                values.chunks(5).map(|row| row.iter().map(|v| f32::from(*v)).collect()).collect();
            let path = viterbi(&scores, &labels, |_| false);
            proptest::prop_assert!(is_allowed(&path, &labels));
            for code in 0..5_usize.pow(4) {
                let other: Vec<usize> = (0..4).map(|i| code / 5_usize.pow(i) % 5).collect();
                if is_allowed(&other, &labels) {
                    proptest::prop_assert!(total(&scores, &other) <= total(&scores, &path));
                }
            }
        }
    }
}
