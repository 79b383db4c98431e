//! The same number, but another thing, place or time counted.

use super::pair::{Finding, Pair, Shown};
use crate::tellings::Count;

/// Figures of one value that stand under different heads of one family, or count different nouns.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let [left, right] = &pair.counts;
    let mut found = Vec::new();
    for a in left {
        let twins =
            right.iter().filter(|b| b.figure.value == a.figure.value && b.figure.unit == a.figure.unit);
        let twins: Vec<&Count> = twins.collect();
        let alone = left.iter().filter(|b| b.figure.value == a.figure.value).count() == 1;
        if let ([b], true) = (twins.as_slice(), alone)
            && let Some(note) = other_thing(pair, a, b)
        {
            let sides = [Shown::Words(a.figure.span), Shown::Words(b.figure.span)];
            found.push(Finding { sides, rule: "difference.scope", note });
        }
    }
    found
}

/// What shows that two equal numbers count different things.
fn other_thing(pair: &Pair, a: &Count, b: &Count) -> Option<String> {
    let families = &pair.sides[0].lexicon.families;
    if let Some(i) = a.conflicts(b).next() {
        let (family, one, other) = (families.get(i)?, a.heads.get(i)?.as_ref()?, b.heads.get(i)?.as_ref()?);
        return Some(format!("one number, told of another {}: {one}, {other}", family.name));
    }
    if [&a.before, &b.before].map(|w| w.as_deref()) == [Some("by"), Some("to")]
        || [&a.before, &b.before].map(|w| w.as_deref()) == [Some("to"), Some("by")]
    {
        return Some("one number, told once as the change and once as what was reached".to_owned());
    }
    let plain = a.figure.unit.is_none() && b.figure.unit.is_none();
    let apart = plain && a.head.is_some() && b.head.is_some() && a.counted.is_disjoint(&b.counted);
    let shared = a.context.intersection(&b.context).count();
    (apart && shared >= 1).then(|| "one number, told of two things counted".to_owned())
}
