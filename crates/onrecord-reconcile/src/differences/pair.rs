//! Two accounts side by side, and what a rule says about them.

use std::{collections::BTreeSet, ops::Range};

use onrecord_model::{AnnotatedArticle, Span, Statement};

use crate::{
    corpus::Findings,
    tellings::{Alignment, Count, Lexicon, Share, Telling, Word, read},
    words::hash,
};

/// Sentences of one article that are searched for what an account leaves out.
const MOST_SENTENCES: usize = 400;

/// All tellings of one statement, and what their articles say besides.
pub(crate) struct Told<'a> {
    /// The findings so far.
    pub(crate) found: &'a Findings<'a>,
    /// The statement.
    pub(crate) statement: &'a Statement,
    /// Its tellings.
    pub(crate) tellings: Vec<Telling<'a>>,
}

impl Told<'_> {
    /// Whether a sentence of the telling's article has at least `percent` of the keys.
    pub(crate) fn is_told_in_article(&self, telling: usize, keys: &BTreeSet<&str>, percent: usize) -> bool {
        let Some(telling) = self.tellings.get(telling).filter(|_| !keys.is_empty()) else { return false };
        let keys: Vec<u64> = keys.iter().map(|key| hash(key.as_bytes())).collect();
        let has = |sentence: &Vec<u64>| keys.iter().filter(|k| sentence.binary_search(k).is_ok()).count();
        let sentences = self.found.sentences(telling.of, || sentences(telling.of, telling.lexicon));
        sentences.iter().any(|s| has(s) * 100 >= keys.len() * percent)
    }
}

/// The content keys of each sentence of an article, hashed and sorted.
fn sentences(of: &AnnotatedArticle, lexicon: &Lexicon) -> Vec<Vec<u64>> {
    let keys = |&span: &Span| {
        let words = read(of, lexicon, span, 120);
        let mut keys: Vec<u64> = words.iter().filter(|w| w.content).map(|w| hash(w.key.as_bytes())).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    of.annotations.sentences.iter().take(MOST_SENTENCES).map(keys).collect()
}

/// Two tellings of one statement, aligned.
pub(crate) struct Pair<'a> {
    /// All tellings of the statement.
    pub(crate) told: &'a Told<'a>,
    /// The two.
    pub(crate) sides: [&'a Telling<'a>; 2],
    /// Which words of one are told by which words of the other.
    pub(crate) alignment: Alignment,
    /// The figures of each side.
    pub(crate) counts: [Vec<Count<'a>>; 2],
    /// Which figures of the two sides count one thing, as indices into `counts`.
    pub(crate) figures: Vec<(usize, usize)>,
    places: [usize; 2],
}

impl<'a> Pair<'a> {
    /// Aligns two tellings of a statement, by their places in it.
    pub(crate) fn new(told: &'a Told<'a>, left: usize, right: usize) -> Self {
        let sides = [&told.tellings[left], &told.tellings[right]];
        let counts = sides.map(Telling::counts);
        Self {
            told,
            sides,
            alignment: Alignment::new(sides[0], sides[1]),
            figures: pairs(&counts[0], &counts[1]),
            counts,
            places: [left, right],
        }
    }

    /// How much of a range of one side the other side has.
    pub(crate) fn share(&self, side: usize, range: Range<usize>) -> Share {
        self.alignment.share(side, self.sides[side], range)
    }

    /// How much of all of one side the other has.
    pub(crate) fn whole(&self, side: usize) -> Share {
        self.share(side, 0..self.sides[side].words.len())
    }

    /// Whether the article of `side` says the keys in one of its sentences.
    pub(crate) fn is_told_in_article(&self, side: usize, keys: &BTreeSet<&str>, percent: usize) -> bool {
        self.told.is_told_in_article(self.places[side], keys, percent)
    }

    /// Whether both tell the same thing closely enough that what is missing means something.
    pub(crate) fn is_close(&self) -> bool {
        let rivals = self
            .figures
            .iter()
            .filter(|&&(i, j)| self.counts[0][i].figure.value != self.counts[1][j].figure.value);
        let more = rivals.count() * 2;
        let close = |share: Share| Share { shared: share.shared + more, ..share };
        let (left, right) = (close(self.whole(0)), close(self.whole(1)));
        left.shared.max(right.shared) >= 2 && (left.at_least(40) || right.at_least(40))
    }

    /// Whether the clauses of two words, one on each side, tell the same: at least `percent` of the shorter.
    pub(crate) fn tell_alike(&self, i: usize, j: usize, percent: usize) -> bool {
        let [left, right] = self.sides;
        let (here, there) = (left.clause_of(i), right.clause_of(j));
        let plain = |t: &Telling, r: Range<usize>| t.words[r].iter().filter(|w| w.is_plain()).count();
        let linked = here.clone().filter(|&w| left.words[w].is_plain());
        let shared =
            linked.filter(|&w| self.alignment.link(0, w).is_some_and(|l| there.contains(&l))).count();
        Share { shared, all: plain(left, here).min(plain(right, there)) }.at_least(percent)
    }

    /// The two sides, each with the other: for rules that look at one side at a time.
    pub(crate) fn ways(&self) -> [(usize, &'a Telling<'a>, &'a Telling<'a>); 2] {
        [(0, self.sides[0], self.sides[1]), (1, self.sides[1], self.sides[0])]
    }

    /// Whether a side's outlet tells it in its own words, so that nobody can say how much of it the account is.
    pub(crate) fn is_retold(&self, side: usize) -> bool {
        let account = self.sides[side].account;
        account.quotations.is_empty() && !account.primary
    }

    /// What the other side has where `range` of `side` stands: the part of its words that are linked
    /// to the clause around `range`, or else its part with most links.
    pub(crate) fn counterpart(&self, side: usize, range: Range<usize>) -> Shown {
        let (telling, other) = (self.sides[side], self.sides[1 - side]);
        let clause = telling.clause_of(range.start);
        let linked = clause.filter_map(|i| self.alignment.link(side, i));
        let near = linked.filter(|&j| other.words[j].content).min();
        let any = (0..telling.words.len()).filter_map(|i| self.alignment.link(side, i)).min();
        let part = near.or(any).and_then(|j| other.part_of(j));
        part.or_else(|| other.account.parts.first().map(|p| p.span)).map_or(Shown::Nothing, Shown::Part)
    }
}

/// Which figures of two lists count one thing, as indices: the surest pairs first, each figure once.
pub(crate) fn pairs(left: &[Count], right: &[Count]) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (i, a) in left.iter().enumerate() {
        for (j, b) in right.iter().enumerate() {
            if let Some(score) = a.same_thing(b) {
                let same = usize::from(a.figure.value == b.figure.value) * 8;
                scored.push((std::cmp::Reverse(score + same), i.abs_diff(j), i, j));
            }
        }
    }
    scored.sort_unstable();
    let (mut lefts, mut rights) = (vec![false; left.len()], vec![false; right.len()]);
    let mut found = Vec::new();
    for (_, _, i, j) in scored {
        if !lefts[i] && !rights[j] {
            (lefts[i], rights[j]) = (true, true);
            found.push((i, j));
        }
    }
    found
}

/// What one side of a finding shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The very words that differ.
    Words(Span),
    /// The part of the account that lacks them.
    Part(Span),
    /// This side leaves it out.
    Nothing,
}

impl Shown {
    /// What is shown, if anything.
    pub(crate) fn span(self) -> Option<Span> {
        match self {
            Self::Words(span) | Self::Part(span) => Some(span),
            Self::Nothing => None,
        }
    }

    fn words(self) -> Option<Span> {
        match self {
            Self::Words(span) => Some(span),
            _ => None,
        }
    }
}

/// One difference that a rule has found between two tellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What each side shows.
    pub(crate) sides: [Shown; 2],
    /// The rule, as the reference lists it.
    pub(crate) rule: &'static str,
    /// What it saw, in a sentence.
    pub(crate) note: String,
}

impl Finding {
    /// A finding seen from `side`: its own words first, then what the other side shows.
    pub(crate) fn seen_from(
        side: usize,
        (own, other): (Shown, Shown),
        rule: &'static str,
        note: String,
    ) -> Self {
        let sides = if side == 0 { [own, other] } else { [other, own] };
        Self { sides, rule, note }
    }

    /// Whether its words were explained by an earlier finding.
    pub(crate) fn repeats(&self, earlier: &Finding) -> bool {
        let overlap = |i: usize| match (self.sides[i].words(), earlier.sides[i].words()) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => false,
        };
        overlap(0) || overlap(1)
    }
}

/// The printed words of a run of words, for a note: short, on one line.
pub(crate) fn printed(telling: &Telling, words: &[Word]) -> String {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    let text = first.span.cover(last.span).slice(telling.text());
    let line: Vec<&str> = text.split_whitespace().collect();
    let short: String = line.join(" ").chars().take(80).collect();
    short
}
