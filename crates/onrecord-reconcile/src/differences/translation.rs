//! Other words for one original, without change of substance.

use super::{
    pair::{Finding, Pair},
    slots::{in_one_clause, slots, unlinked},
    wording::words,
};

/// Words that may render one word of another language; and, between two quotations that otherwise agree, words in
/// one slot.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let [left, right] = pair.sides;
    let quoted = |(i, j): &(usize, usize)| left.words[*i].quoted && right.words[*j].quoted;
    let mut found = Vec::new();
    for &i in &unlinked(pair, 0) {
        for &j in &unlinked(pair, 1) {
            if left.lexicon.are_near(&left.words[i], &right.words[j]) && in_one_clause(pair, i, j) {
                found.push(words(pair, (i, j), "difference.translation.near"));
            }
        }
    }
    let plain = |(i, j): &(usize, usize)| left.words[*i].is_plain() && right.words[*j].is_plain();
    let is_one_text =
        left.is_direct() && right.is_direct() && (0..2).all(|side| pair.whole(side).at_least(60));
    let slots = slots(pair).into_iter().filter(|_| is_one_text).filter(quoted).filter(plain);
    found.extend(slots.map(|slot| words(pair, slot, "difference.translation.slot")));
    found
}
