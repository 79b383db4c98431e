//! Another place for the same happening.

use onrecord_model::{EntityKind, Id};

use super::{
    pair::{Finding, Pair},
    slots::slots,
    wording::words,
};
use crate::tellings::Telling;

/// Names of places in one slot that are not one place, and of which neither article knows the other's.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let [left, right] = pair.sides;
    let differ = |&(i, j): &(usize, usize)| {
        let (Some(a), Some(b)) = (place(pair, left, i), place(pair, right, j)) else { return false };
        let unknown = |side: usize, telling: &Telling, w: usize| {
            !pair.is_told_in_article(side, &[telling.words[w].key.as_str()].into(), 100)
        };
        a != b && unknown(1, left, i) && unknown(0, right, j)
    };
    let found = slots(pair).into_iter().filter(differ);
    found.map(|slot| words(pair, slot, "difference.place")).collect()
}

/// The record's entity behind a word that names a place.
fn place(pair: &Pair, telling: &Telling, word: usize) -> Option<Id> {
    let span = telling.words.get(word)?.span;
    let mentions = &telling.of.annotations.mentions;
    let mention = mentions.iter().find(|m| m.span.overlaps(span) && m.kind == EntityKind::Place)?;
    let joined = pair.told.found.entity_of(telling.account.article, mention.entity?)?;
    Some(joined.id)
}
