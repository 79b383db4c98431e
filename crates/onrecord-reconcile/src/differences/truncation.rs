//! A quotation cut so that a condition or a limit is lost.

use std::ops::Range;

use super::pair::Shown;
use super::pair::{Finding, Pair, printed};
use crate::tellings::{Telling, Word};

/// Conditions and limits that one side has and the other lacks, though it tells what depends on them.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let mut found = Vec::new();
    for (side, telling, other) in pair.ways().into_iter().filter(|&(side, ..)| !pair.is_retold(1 - side)) {
        for range in limits(telling, other) {
            if is_lost(pair, side, range.clone()) && tells_the_rest(pair, side, range.clone()) {
                found.extend(finding(pair, side, range));
            }
        }
    }
    found
}

/// Where conditions stand; limits too, where the other side quotes and so has cut the quotation.
fn limits(telling: &Telling, other: &Telling) -> Vec<Range<usize>> {
    let (words, lexicon) = (&telling.words, telling.lexicon);
    let conditions = lexicon.conditions.find(words).into_iter().filter(|&(at, _)| is_condition(telling, at));
    let provisos = lexicon.provisos.find(words).into_iter().filter(|_| other.is_direct());
    let clause = |(at, len): (usize, usize)| at..telling.clause_of(at).end.max(at + len);
    conditions.chain(provisos).map(clause).collect()
}

/// Words that are conditions only where a clause begins, or not after "asked" and the like.
fn is_condition(telling: &Telling, at: usize) -> bool {
    let words = &telling.words;
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let asked = before.is_some_and(|w| matches!(w.key.as_str(), "ask" | "know" | "see" | "wonder" | "say"));
    if telling.lexicon.hedges.at(words, at) > 0 {
        return false;
    }
    let starts = telling.clause_of(at).start == at;
    let next = words.get(at + 1..(at + 5).min(words.len())).unwrap_or_default();
    let dated = next.iter().any(|w| w.date.is_some() || w.text.contains(|c: char| c.is_ascii_digit()));
    match words[at].text.as_str() {
        "should" | "once" | "pending" | "assuming" | "provided" | "providing" => starts,
        "until" | "not" => !dated,
        _ => !asked,
    }
}

/// Whether the other side has neither the words nor any condition of its own.
fn is_lost(pair: &Pair, side: usize, range: Range<usize>) -> bool {
    let (telling, other) = (pair.sides[side], pair.sides[1 - side]);
    let limits =
        |words: &[Word]| other.lexicon.conditions.stand_in(words) || other.lexicon.provisos.stand_in(words);
    let keys = telling.keys(range.clone());
    let told = pair.share(side, range).at_least(50) || pair.is_told_in_article(1 - side, &keys, 60);
    !keys.is_empty() && !told && !limits(&other.words) && !limits(&other.frame)
}

/// Whether the other side tells what the condition belongs to.
fn tells_the_rest(pair: &Pair, side: usize, range: Range<usize>) -> bool {
    let telling = pair.sides[side];
    let rest = telling.clauses.iter().filter(|c| c.start < range.start || c.start >= range.end);
    let clause_told =
        rest.clone().any(|c| pair.share(side, c.start..c.end.min(range.start.max(c.start))).at_least(50));
    clause_told
        || rest.into_iter().any(|c| pair.share(side, c.clone()).at_least(50))
        || pair.whole(1 - side).at_least(50)
}

fn finding(pair: &Pair, side: usize, range: Range<usize>) -> Option<Finding> {
    let telling = pair.sides[side];
    let words = telling.words.get(range.clone())?;
    let note = format!("“{}” is in one account only", printed(telling, words));
    let own = Shown::Words(telling.span(range.clone())?);
    let other = main_part(pair, side, range);
    Some(Finding::seen_from(side, (own, other), "difference.truncation", note))
}

/// The part of the other side that tells what the condition belongs to.
fn main_part(pair: &Pair, side: usize, range: Range<usize>) -> Shown {
    let telling = pair.sides[side];
    let mut outside = (0..telling.words.len()).filter(|i| !range.contains(i) && telling.words[*i].content);
    let linked = outside.find(|&i| pair.alignment.link(side, i).is_some());
    pair.counterpart(side, linked.map_or(range, |i| i..i + 1))
}
