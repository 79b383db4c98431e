//! Content that one account leaves out while it tells the rest.

use std::ops::Range;

use onrecord_model::{Figure, Number};

use super::{
    pair::{Finding, Pair, Shown, printed},
    slots::{gaps, open_words},
};
use crate::tellings::{Share, Telling, Word, agree};

/// Content words that make a clause worth missing.
const LEAST_CONTENT: usize = 3;
/// Percent of a whole sentence's words that one sentence of the other article must tell for it to be no omission: a
/// sentence told in other words keeps few of them.
const PARAPHRASE: usize = 25;
/// A plain count from here on is not told twice by chance.
const LARGE: i64 = 100;
/// Figures of the other article that are looked at.
const MOST_FIGURES: usize = 256;

/// Clauses and listed things that the other side does not have, though it tells what is around them.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    if !pair.is_close() {
        return Vec::new();
    }
    // What an outlet adds in its own words may be its own: nobody left it out.
    if pair.is_retold(0) || pair.is_retold(1) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (side, telling, _) in pair.ways() {
        found.extend(sentences(pair, side, telling));
        found.extend(clauses(pair, side, telling));
        found.extend(runs(pair, side, telling));
        found.extend(listed(pair, side, telling));
    }
    found
}

/// Whole sentences that neither the other account nor its article tells.
fn sentences(pair: &Pair, side: usize, telling: &Telling) -> Vec<Finding> {
    let all = telling.sentences();
    let is_gone = |range: &Range<usize>| {
        let rest_is_told = all.iter().any(|r| r != range && pair.share(side, r.clone()).at_least(50));
        let keys = pair.sides[side].keys(range.clone());
        rest_is_told
            && is_untold(pair, side, range, LEAST_CONTENT - 1)
            && !pair.is_told_in_article(1 - side, &keys, PARAPHRASE)
    };
    let gone = all.iter().filter(|range| is_gone(range));
    gone.filter_map(|range| finding(side, telling, range.clone(), "difference.omission.sentence")).collect()
}

/// Whether nothing of a range is told by the other account, nor by a sentence of its article.
fn is_untold(pair: &Pair, side: usize, range: &Range<usize>, least: usize) -> bool {
    let share = pair.share(side, range.clone());
    let keys = pair.sides[side].keys(range.clone());
    share.all >= least
        && !share.at_least(26)
        && !is_conditional(pair.sides[side], range)
        && !pair.is_told_in_article(1 - side, &keys, 50)
        && !is_figure_told(pair.sides[side], range, pair.sides[1 - side])
}

/// Whether a condition opens in the range: whether it is lost is the truncation's to say.
fn is_conditional(telling: &Telling, range: &Range<usize>) -> bool {
    telling.lexicon.conditions.find(&telling.words).iter().any(|(at, _)| range.contains(at))
}

/// Words in a row that stand between, before or after words that both tell, where the other has nothing at all.
fn runs(pair: &Pair, side: usize, telling: &Telling) -> Vec<Finding> {
    let mut found = Vec::new();
    for gap in gaps(pair) {
        let own = open_words(pair, side, gap[side].clone());
        let (Some(&first), Some(&last)) = (own.first(), own.last()) else { continue };
        let in_one_clause = telling.clause_of(first) == telling.clause_of(last);
        let told: Share = pair.share(side, telling.clause_of(first));
        let is_bare = open_words(pair, 1 - side, gap[1 - side].clone()).is_empty();
        let range = first..last + 1;
        if in_one_clause && is_bare && told.shared >= 2 && is_untold(pair, side, &range, LEAST_CONTENT) {
            found.extend(finding(side, telling, range, "difference.omission.run"));
        }
    }
    found
}

/// Whole clauses that neither the other account nor its article tells.
fn clauses(pair: &Pair, side: usize, telling: &Telling) -> Vec<Finding> {
    let mut found = Vec::new();
    for clause in &telling.clauses {
        let mut rest = telling.clauses.iter().filter(|c| *c != clause);
        let rest_is_told = rest.any(|c| pair.share(side, c.clone()).at_least(50));
        if rest_is_told && is_untold(pair, side, clause, least_content(telling, clause)) {
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
        if !word.is_plain() || is_told(i) || !is_member(telling, i) || limits(telling, &telling.words[i..=i])
        {
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

/// Whether a word stands in a list: one goes on before it, and after it too unless it is the last.
fn is_member(telling: &Telling, i: usize) -> bool {
    let is_last = !telling.words[i - 1].content;
    joined(telling, i - 1, i) && (is_last || joined(telling, i, i + 1))
}

/// Whether a condition or a limit begins with these words: what it limits is another kind of difference.
fn limits(telling: &Telling, words: &[Word]) -> bool {
    telling.lexicon.conditions.stand_in(words) || telling.lexicon.provisos.stand_in(words)
}

/// Whether a list goes on from the word at `i` to the one after it: a comma, or "and" between content words.
fn joined(telling: &Telling, i: usize, next: usize) -> bool {
    let (a, b) = (&telling.words[i], &telling.words[next]);
    let between = telling.text().get(a.span.end()..b.span.start()).unwrap_or_default();
    let goes_on = matches!(a.text.as_str(), "and" | "or")
        && i.checked_sub(1).and_then(|before| telling.words.get(before)).is_some_and(|w| w.content);
    (a.content && between.trim() == ",") || goes_on || (a.content && matches!(b.text.as_str(), "and" | "or"))
}

fn finding(side: usize, telling: &Telling, range: Range<usize>, rule: &'static str) -> Option<Finding> {
    let note =
        format!("“{}” is left out by one account", printed(telling, telling.words.get(range.clone())?));
    let own = Shown::Words(telling.span(range)?);
    Some(Finding::seen_from(side, (own, Shown::Nothing), rule, note))
}
