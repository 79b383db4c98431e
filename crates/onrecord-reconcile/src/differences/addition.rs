//! Words in quotation marks that no other account has.

use super::pair::{Finding, Pair, Shown, printed};
use crate::tellings::Telling;

/// Longer insertions are content that the others leave out.
const LONGEST: usize = 3;

/// Short insertions into words that both quote, where the statement is told by others too.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    if pair.told.tellings.len() < 3 || !pair.is_close() {
        return Vec::new();
    }
    let mut found = Vec::new();
    // A paraphrase leaves words out by its nature; only a quotation can be said to lack them.
    let quoted =
        |(_, telling, other): &(usize, &Telling, &Telling)| !telling.account.primary && other.is_direct();
    for (side, telling, other) in pair.ways().into_iter().filter(quoted) {
        for run in inserted(pair, side, telling) {
            let keys = telling.keys(run.clone());
            if telling.lexicon.conditions.stand_in(&telling.words[run.clone()])
                || told_by_another(pair, telling, &keys)
                || pair.is_told_in_article(1 - side, &keys, 100)
            {
                continue;
            }
            let note = format!(
                "“{}” stands in quotation marks here and in no other account",
                printed(telling, &telling.words[run.clone()])
            );
            let own = telling.span(run.clone()).map_or(Shown::Nothing, Shown::Words);
            let theirs = pair.counterpart(side, run);
            if !other.words.is_empty() {
                found.push(Finding::seen_from(side, (own, theirs), "difference.addition", note));
            }
        }
    }
    found
}

/// Runs of quoted content words between two words that the other side has next to each other.
fn inserted(pair: &Pair, side: usize, telling: &Telling) -> Vec<std::ops::Range<usize>> {
    let content: Vec<usize> = (0..telling.words.len()).filter(|&i| telling.words[i].content).collect();
    let linked = |n: usize| {
        content
            .get(n)
            .and_then(|&i| pair.alignment.link(side, i).filter(|_| pair.alignment.keeps_order(side, i)))
    };
    let mut found = Vec::new();
    let mut n = 1;
    while n < content.len() {
        let run = (n..content.len()).take_while(|&m| linked(m).is_none()).count();
        let plain =
            (n..n + run).all(|m| telling.words[content[m]].is_plain() && telling.words[content[m]].quoted);
        if let (1..=LONGEST, true, Some(before), Some(after)) = (run, plain, linked(n - 1), linked(n + run))
            && next_to(pair, side, before, after)
        {
            found.push(content[n]..content[n + run - 1] + 1);
        }
        n += run.max(1);
    }
    found
}

/// Whether no content word stands between two words of the other side.
fn next_to(pair: &Pair, side: usize, before: usize, after: usize) -> bool {
    let words = &pair.sides[1 - side].words;
    before < after && !words[before + 1..after].iter().any(|w| w.content)
}

fn told_by_another(pair: &Pair, telling: &Telling, keys: &std::collections::BTreeSet<&str>) -> bool {
    let others = pair.told.tellings.iter().filter(|t| t.account.article != telling.account.article);
    others.into_iter().any(|t| keys.is_subset(&t.keys(0..t.words.len())))
}
