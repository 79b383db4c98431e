//! Slots: one content word on either side, between words that both tellings have in the same order.

use std::ops::Range;

use super::pair::Pair;
use crate::tellings::Telling;

/// The pairs of words that stand in one slot, as indices into the words of the two sides.
pub(super) fn slots(pair: &Pair) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for gap in gaps(pair) {
        let open = |side: usize| open_words(pair, side, gap[side].clone());
        if let ([i], [j]) = (open(0).as_slice(), open(1).as_slice()) {
            found.push((*i, *j));
        }
    }
    found
}

/// The content words of a stretch that nothing on the other side tells.
pub(super) fn open_words(pair: &Pair, side: usize, range: Range<usize>) -> Vec<usize> {
    let words = &pair.sides[side].words;
    range.filter(|&i| words[i].content && pair.alignment.link(side, i).is_none()).collect()
}

/// The stretches between neighbouring content words that are linked in order, on both sides.
pub(super) fn gaps(pair: &Pair) -> Vec<[Range<usize>; 2]> {
    let left = pair.sides[0];
    let anchored = |i: &usize| left.words[*i].content && pair.alignment.keeps_order(0, *i);
    let anchors: Vec<(usize, usize)> = (0..left.words.len())
        .filter(anchored)
        .filter_map(|i| Some((i, pair.alignment.link(0, i)?)))
        .collect();
    let between = anchors.windows(2).map(|w| [w[0].0 + 1..w[1].0, w[0].1 + 1..w[1].1]);
    let mut gaps: Vec<_> = between.collect();
    if let (Some(first), Some(last)) = (anchors.first(), anchors.last()) {
        gaps.push([0..first.0, 0..first.1]);
        gaps.push([last.0 + 1..left.words.len(), last.1 + 1..pair.sides[1].words.len()]);
    }
    gaps
}

/// Whether the clauses of two words tell the same thing: they share a content word.
pub(super) fn in_one_clause(pair: &Pair, i: usize, j: usize) -> bool {
    let content = |t: &Telling, w: usize| t.words[w].content;
    let [left, right] = pair.sides;
    let there = right.clause_of(j);
    left.clause_of(i)
        .filter(|&w| w != i && content(left, w))
        .filter_map(|w| pair.alignment.link(0, w))
        .any(|w| there.contains(&w))
}

/// Plain content words of either side that nothing on the other side tells.
pub(super) fn unlinked(pair: &Pair, side: usize) -> Vec<usize> {
    let words = &pair.sides[side].words;
    (0..words.len()).filter(|&i| words[i].is_plain() && pair.alignment.link(side, i).is_none()).collect()
}
