//! A doubt kept by one and dropped by the other, or a reporting word that judges.

use onrecord_model::Bound;

use super::pair::{Finding, Pair, Shown, printed};
use crate::tellings::{Telling, Word, read};

/// Softening words, and reporting words that judge, on one side only.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    if !pair.is_close() {
        return Vec::new();
    }
    let ways = pair.ways();
    let softened = ways.iter().flat_map(|&(side, a, b)| softened(pair, side, a, b));
    let judged = ways.iter().filter_map(|&(side, a, b)| judged(pair, side, a, b));
    softened.chain(judged).collect()
}

/// Hedges of `telling`, where `other` has none at all.
fn softened(pair: &Pair, side: usize, telling: &Telling, other: &Telling) -> Vec<Finding> {
    if soft(other, &other.words) || soft(other, &other.frame) {
        return Vec::new();
    }
    let inside = telling.lexicon.hedges.find(&telling.words).into_iter().filter(|&(at, len)| {
        let modal = telling.lexicon.possible.at(&telling.words, at) > 0;
        let next = telling.words.iter().enumerate().skip(at + len).find(|(_, w)| w.content).map(|(i, _)| i);
        let told = next.is_some_and(|i| pair.alignment.link(side, i).is_some());
        let clause = telling.clause_of(at);
        let allowed = modal && limits(telling, clause.clone());
        (told && !allowed)
            || (!modal && (pair.share(side, clause.clone()).at_least(40) || clause.len() <= len + 1))
    });
    let mut found: Vec<Finding> = inside
        .filter_map(|(at, len)| {
            let words = telling.words.get(at..at + len)?;
            Some(finding((side, telling), words, pair.counterpart(side, at..at + len)))
        })
        .collect();
    for (at, len) in telling.lexicon.hedges.find(&telling.frame) {
        if let Some(words) =
            telling.frame.get(at..at + len).filter(|words| is_said_of_content(telling, words))
        {
            found.push(finding((side, telling), words, pair.counterpart(side, 0..1)));
        }
    }
    found.truncate(1);
    found
}

/// Whether a clause forbids or caps: "no more than 50 may enter" leaves no room.
fn limits(telling: &Telling, clause: std::ops::Range<usize>) -> bool {
    let words = telling.words.get(clause).unwrap_or_default();
    let capped =
        |w: &Word| telling.figure(w).is_some_and(|f| matches!(f.bound, Bound::AtMost | Bound::LessThan));
    words.iter().any(capped) || telling.lexicon.negations.stand_in(words)
}

/// In the frame, a hedge is the outlet's doubt about the words only between them.
fn is_said_of_content(telling: &Telling, words: &[Word]) -> bool {
    let parts = &telling.account.parts;
    let (Some(first), Some(word)) = (parts.first(), words.first()) else { return false };
    let close =
        parts.iter().any(|p| word.span.end() <= p.span.start() && p.span.start() - word.span.end() < 40);
    close || first.span.start() < word.span.start()
}

fn soft(telling: &Telling, words: &[Word]) -> bool {
    telling.lexicon.hedges.stand_in(words) || telling.lexicon.possible.stand_in(words)
}

fn finding((side, telling): (usize, &Telling), words: &[Word], other: Shown) -> Finding {
    let shown = words.first().zip(words.last()).map(|(a, b)| a.span.cover(b.span));
    let own = shown.map_or(Shown::Nothing, Shown::Words);
    let note = format!("“{}” is in one account only", printed(telling, words));
    Finding::seen_from(side, (own, other), "difference.hedge.words", note)
}

/// A reporting word that judges, where the other side's adds nothing.
fn judged(pair: &Pair, side: usize, telling: &Telling, other: &Telling) -> Option<Finding> {
    let (cue, plain) = (telling.account.cue?, other.account.cue?);
    let words = read(telling.of, telling.lexicon, cue, 8);
    let others = read(other.of, other.lexicon, plain, 8);
    let neutral = other.lexicon.neutral.stand_in(&others) && !other.lexicon.judging.stand_in(&others);
    if !telling.lexicon.judging.stand_in(&words) || !neutral {
        return None;
    }
    let note =
        format!("“{}” in one account, “{}” in the other", printed(telling, &words), printed(other, &others));
    let own = Shown::Words(cue);
    Some(Finding::seen_from(side, (own, pair.counterpart(side, 0..1)), "difference.hedge.cue", note))
}
