//! Content that one account leaves out while it tells the rest.

use std::ops::Range;

use onrecord_model::{Figure, Number};

use super::pair::{Finding, Pair, Shown, printed};
use crate::tellings::{Telling, agree};

/// Content words that make a clause worth missing.
const LEAST_CONTENT: usize = 3;
/// A plain count from here on is not told twice by chance.
const LARGE: i64 = 100;
/// Figures of the other article that are looked at.
const MOST_FIGURES: usize = 256;

/// Clauses and listed things that the other side does not have, though it tells what is around them.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    if !pair.is_close() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (side, telling, _) in pair.ways() {
        found.extend(clauses(pair, side, telling));
        found.extend(listed(pair, side, telling));
    }
    found
}

/// Whole clauses that neither the other account nor its article tells.
fn clauses(pair: &Pair, side: usize, telling: &Telling) -> Vec<Finding> {
    let mut found = Vec::new();
    for clause in &telling.clauses {
        let share = pair.share(side, clause.clone());
        let rest = telling.clauses.iter().filter(|c| *c != clause);
        let rest_is_told = rest.clone().any(|c| pair.share(side, c.clone()).at_least(50));
        let keys = telling.keys(clause.clone());
        let gone = share.all >= least_content(telling, clause)
            && !share.at_least(26)
            && !pair.is_told_in_article(1 - side, &keys, 50)
            && !is_figure_told(telling, clause, pair.sides[1 - side]);
        if gone && rest_is_told {
            found.extend(finding(side, telling, clause.clone(), "difference.omission.clause"));
        }
    }
    found
}

/// Whether the clause gives a figure and the other article gives the same: a large count, or a number in a like unit.
fn is_figure_told(telling: &Telling, clause: &Range<usize>, other: &Telling) -> bool {
    let sure = |figure: &&Figure| figure.unit.is_some() || figure.value >= Number::whole(LARGE);
    let same =
        |figure: &Figure| other.of.annotations.figures.iter().take(MOST_FIGURES).any(|f| agree(figure, f));
    let words = telling.words.get(clause.clone()).unwrap_or_default();
    words.iter().filter_map(|word| telling.figure(word)).filter(sure).any(same)
}

/// A quotation's whole sentence is worth missing sooner than a clause.
fn least_content(telling: &Telling, clause: &Range<usize>) -> usize {
    LEAST_CONTENT - usize::from(is_sentence(telling, clause))
}

/// Whether a clause is all of a part.
fn is_sentence(telling: &Telling, clause: &Range<usize>) -> bool {
    let own = telling.part_of(clause.start);
    let before = clause.start.checked_sub(1).map(|i| telling.part_of(i));
    let after = (clause.end < telling.words.len()).then(|| telling.part_of(clause.end));
    before != Some(own) && after != Some(own)
}

/// A member of a list whose neighbours in the list are told.
fn listed(pair: &Pair, side: usize, telling: &Telling) -> Vec<Finding> {
    let is_told = |i: usize| pair.alignment.link(side, i).is_some();
    let mut found = Vec::new();
    for i in 1..telling.words.len().saturating_sub(1) {
        let word = &telling.words[i];
        if !word.is_plain() || is_told(i) || !joined(telling, i - 1, i) {
            continue;
        }
        let before = (0..i).rev().find(|&j| telling.words[j].content);
        let after = (i + 1..telling.words.len()).find(|&j| telling.words[j].content);
        let around = before.is_some_and(is_told) && after.is_some_and(is_told);
        if around && !pair.is_told_in_article(1 - side, &[word.key.as_str()].into(), 100) {
            found.extend(finding(side, telling, i..i + 1, "difference.omission.listed"));
        }
    }
    found
}

/// Whether a list goes on from the word at `i` to the one after it: a comma, or "and" between content words.
fn joined(telling: &Telling, i: usize, next: usize) -> bool {
    let (a, b) = (&telling.words[i], &telling.words[next]);
    let between = telling.text().get(a.span.end()..b.span.start()).unwrap_or_default();
    let goes_on = matches!(a.text.as_str(), "and" | "or")
        && i.checked_sub(1).and_then(|before| telling.words.get(before)).is_some_and(|w| w.content);
    (a.content && between.trim() == ",") || goes_on
}

fn finding(side: usize, telling: &Telling, range: Range<usize>, rule: &'static str) -> Option<Finding> {
    let note =
        format!("“{}” is left out by one account", printed(telling, telling.words.get(range.clone())?));
    let own = Shown::Words(telling.span(range)?);
    Some(Finding::seen_from(side, (own, Shown::Nothing), rule, note))
}
