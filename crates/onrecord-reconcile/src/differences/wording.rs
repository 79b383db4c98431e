//! Other words that change or shift the meaning.

use super::{
    pair::{Finding, Pair, Shown, printed},
    slots::{in_one_clause, unlinked},
};
use crate::tellings::{Telling, Word};

/// Words between a negation and what it negates.
const REACH: usize = 4;

/// Sentences turned round, opposites, stronger words, and lost futures.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let mut found = turned(pair);
    found.extend(shifted(pair));
    found.extend(settled(pair));
    found
}

/// The same word, negated on one side only.
fn turned(pair: &Pair) -> Vec<Finding> {
    let mut found = Vec::new();
    for (side, telling, other) in pair.ways() {
        if negated(other, &other.frame) {
            continue;
        }
        for at in (0..telling.words.len()).filter(|&i| telling.lexicon.negates(&telling.words[i].text)) {
            let Some((word, there)) = bare(pair, side, at) else { continue };
            let words = &telling.words[at..=word];
            let note =
                format!("“{}” in one account, without the negation in the other", printed(telling, words));
            let own = telling.span(at..word + 1).map_or(Shown::Nothing, Shown::Words);
            let theirs = Shown::Words(other.words[there].span);
            found.push(Finding::seen_from(side, (own, theirs), "difference.wording.negation", note));
        }
    }
    found
}

/// The word that `at` negates, where the other side has it without a negation near it.
fn bare(pair: &Pair, side: usize, at: usize) -> Option<(usize, usize)> {
    let (telling, other) = (pair.sides[side], pair.sides[1 - side]);
    let word = (at + 1..telling.clause_of(at).end.min(at + 1 + REACH)).find(|&i| telling.words[i].content)?;
    let there = pair.alignment.link(side, word).filter(|_| pair.alignment.keeps_order(side, word))?;
    let around = other.clause_of(there);
    let (left, right) = if side == 0 { (word, there) } else { (there, word) };
    let close = pair.tell_alike(left, right, 60);
    (close && telling.words[word].is_plain() && !negated(other, &other.words[around]))
        .then_some((word, there))
}

fn negated(telling: &Telling, words: &[Word]) -> bool {
    words.iter().any(|w| w.text.ends_with("n't")) || telling.lexicon.negations.stand_in(words)
}

/// Opposites, and words of which one says more than the other.
fn shifted(pair: &Pair) -> Vec<Finding> {
    let [left, right] = pair.sides;
    let (mine, theirs) = (unlinked(pair, 0), unlinked(pair, 1));
    let mut found = Vec::new();
    for &i in &mine {
        for &j in &theirs {
            let (a, b) = (&left.words[i], &right.words[j]);
            let rule = match () {
                () if left.lexicon.are_opposite(a, b) => "difference.wording.opposite",
                () if left.lexicon.are_shifted(a, b) => "difference.wording.stronger",
                () => continue,
            };
            if in_one_clause(pair, i, j) {
                found.push(words(pair, (i, j), rule));
            }
        }
    }
    found
}

/// Both quote, and what one puts into the future the other tells as going on.
fn settled(pair: &Pair) -> Vec<Finding> {
    let mut found = Vec::new();
    for (side, telling, other) in pair.ways() {
        if !(telling.is_direct() && other.is_direct()) {
            continue;
        }
        for (at, len) in telling.lexicon.future.find(&telling.words) {
            let clause = telling.clause_of(at);
            let links: Vec<usize> = clause.clone().filter_map(|i| pair.alignment.link(side, i)).collect();
            let Some(&there) = links.iter().find(|&&j| other.words[j].content) else { continue };
            let around = other.clause_of(there);
            let close = pair.share(side, clause).at_least(50);
            if close
                && !other.lexicon.future.stand_in(&other.words[around.clone()])
                && !has_condition(other, &around)
            {
                let note =
                    format!("“{}” in one account only", printed(telling, &telling.words[at..at + len]));
                let own = telling.span(at..at + len).map_or(Shown::Nothing, Shown::Words);
                let theirs = other.span(around).map_or(Shown::Nothing, Shown::Part);
                found.push(Finding::seen_from(side, (own, theirs), "difference.wording.future", note));
            }
        }
    }
    found
}

fn has_condition(telling: &Telling, clause: &std::ops::Range<usize>) -> bool {
    telling.words.get(clause.clone()).is_some_and(|words| telling.lexicon.conditions.stand_in(words))
}

/// One word against another.
pub(super) fn words(pair: &Pair, (i, j): (usize, usize), rule: &'static str) -> Finding {
    let [left, right] = pair.sides;
    let (a, b) = (&left.words[i], &right.words[j]);
    let note = format!(
        "“{}” in one account, “{}” in the other",
        a.span.slice(left.text()),
        b.span.slice(right.text())
    );
    Finding { sides: [Shown::Words(a.span), Shown::Words(b.span)], rule, note }
}
