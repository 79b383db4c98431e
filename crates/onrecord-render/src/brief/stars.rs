//! The differences of one statement, told once each: "“81 percent” in A ≠ “18 percent” in B, C, D".
//!
//! Every pair of accounts has differences of its own; six accounts of which one has another number give five
//! that a reader takes for one. A star is one telling and all tellings that differ from it in one kind.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Difference, DifferenceKind, Id, Side, Span, Statement};

use super::{
    doc::{Inline, Line, joined, text},
    index::Index,
    notes::Notes,
    words::{marked, printed},
};

/// Outlets named that leave the words out; the accounts show all of them.
const MOST_UNTOLD: usize = 6;
/// Characters by which words are known again in a reason.
const BEGINNING_CHARS: usize = 40;

/// One way to tell it: the words, or `None` for leaving them out.
type Telling<'a> = Option<&'a str>;

/// Who tells it so, with the place of the words.
type Tellers = BTreeSet<(Id, Option<Span>)>;

/// One telling and all that differ from it in one kind.
#[derive(Debug)]
pub struct Star<'a> {
    /// In what they differ.
    pub kind: DifferenceKind,
    centre: Telling<'a>,
    others: BTreeSet<Telling<'a>>,
    tellers: BTreeMap<Telling<'a>, Tellers>,
    notes: BTreeSet<&'a str>,
}

/// What a difference shows of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown<'a> {
    /// The article.
    pub article: Id,
    /// The words that differ; `None` where this side leaves them out.
    pub words: Option<(Span, &'a str)>,
}

/// What a difference shows of each side. A side that points at a whole part of its account, while the other
/// points at words inside one, or at the words that the reason names, only shows where they are missing.
pub(crate) fn sides<'a>(
    index: &Index<'a>,
    statement: Option<&Statement>,
    difference: &Difference,
) -> [Shown<'a>; 2] {
    let whole = difference.between.map(|side| {
        let account = statement.and_then(|s| s.accounts.iter().find(|a| a.article == side.article));
        let covers = |span: Span| account.is_some_and(|a| a.parts.iter().any(|p| span.contains(p.span)));
        (account.and_then(|a| a.source), side.span.is_some_and(covers))
    });
    let named = |i: usize| {
        let Side { article, span } = difference.between[i];
        span.is_some_and(|span| difference.because.note.contains(index.words(article, span).trim()))
    };
    [0, 1].map(|i| {
        let side = difference.between[i];
        let other = difference.between[1 - i];
        let place_only = whole[i].1 && other.span.is_some() && (!whole[1 - i].1 || named(1 - i) && !named(i));
        let span = match (place_only, difference.kind) {
            (false, _) => side.span,
            (true, DifferenceKind::Speaker) => whole[i].0,
            (true, _) => None,
        };
        let words = span.map(|span| (span, index.words(side.article, span))).filter(|(_, w)| !w.is_empty());
        Shown { article: side.article, words }
    })
}

/// The differences as stars: the kind that changes most first, then the widest.
pub fn stars<'a>(
    index: &Index<'a>,
    statement: Option<&Statement>,
    differences: &[&'a Difference],
) -> Vec<Star<'a>> {
    let mut by_kind: BTreeMap<DifferenceKind, Vec<&'a Difference>> = BTreeMap::new();
    differences.iter().for_each(|d| by_kind.entry(d.kind).or_default().push(d));
    by_kind.into_iter().flat_map(|(kind, list)| of_kind(index, statement, kind, &list)).collect()
}

/// Takes the telling that differs from most others as the middle of a star, until none is left.
fn of_kind<'a>(
    index: &Index<'a>,
    statement: Option<&Statement>,
    kind: DifferenceKind,
    differences: &[&'a Difference],
) -> Vec<Star<'a>> {
    let mut edges: Vec<([Shown<'a>; 2], &'a str)> =
        differences.iter().map(|d| (sides(index, statement, d), d.because.note.as_str())).collect();
    let mut stars = Vec::new();
    while let Some(centre) = busiest(&edges) {
        let mut star =
            Star { kind, centre, others: BTreeSet::new(), tellers: BTreeMap::new(), notes: BTreeSet::new() };
        edges.retain(|(pair, note)| {
            let Some(at) = pair.iter().position(|side| telling(side) == centre) else { return true };
            star.add(pair, at, note);
            false
        });
        stars.push(star);
    }
    stars
}

fn telling<'a>(side: &Shown<'a>) -> Telling<'a> {
    side.words.map(|(_, words)| words.trim())
}

/// The telling with most differences; words before their absence, then by the words.
fn busiest<'a>(edges: &[([Shown<'a>; 2], &'a str)]) -> Option<Telling<'a>> {
    let mut counts: BTreeMap<Telling<'a>, BTreeSet<(Id, Id)>> = BTreeMap::new();
    for (pair, _) in edges {
        let articles = (pair[0].article, pair[1].article);
        pair.iter().for_each(|side| _ = counts.entry(telling(side)).or_default().insert(articles));
    }
    let busier = |(telling, pairs): &(Telling, BTreeSet<_>)| (pairs.len(), telling.is_some());
    counts.into_iter().rev().max_by_key(busier).map(|(telling, _)| telling)
}

impl<'a> Star<'a> {
    fn add(&mut self, pair: &[Shown<'a>; 2], at: usize, note: &'a str) {
        for side in pair {
            let place = (side.article, side.words.map(|(span, _)| span));
            self.tellers.entry(telling(side)).or_default().insert(place);
        }
        self.others.insert(telling(&pair[1 - at]));
        if !note.is_empty() {
            self.notes.insert(note);
        }
    }

    /// The star on one line, with who tells what and the reasons.
    pub fn line(&self, index: &Index<'a>, notes: &mut Notes) -> Line<'a> {
        let mut line = vec![Inline::Kind(self.kind), text(" ")];
        let others: Vec<Telling> = self.others.iter().copied().filter(|&o| o != self.centre).collect();
        let (told, untold): (Vec<Telling>, Vec<Telling>) = others.into_iter().partition(Option::is_some);
        match self.centre {
            Some(_) => line.extend(self.told(self.centre, index, notes)),
            None => line.extend(joined(told.iter().map(|&t| self.told(t, index, notes)), "; ")),
        }
        if self.centre.is_some() && !told.is_empty() {
            line.push(text(" ≠ "));
            line.extend(joined(told.iter().map(|&t| self.told(t, index, notes)), "; "));
        }
        if self.centre.is_none() || !untold.is_empty() {
            line.push(text("; not in "));
            line.extend(self.told(None, index, notes));
        }
        line.extend(self.reasons());
        line
    }

    /// The words and who prints them.
    fn told(&self, telling: Telling<'a>, index: &Index<'a>, notes: &mut Notes) -> Line<'a> {
        let mut line = Line::new();
        if let Some(words) = telling {
            let span = Span::new(0, words.len());
            line.extend([Inline::Words(marked(words, span, true, Vec::new())), text(" in ")]);
        }
        let all = self.tellers.get(&telling).map_or(0, BTreeSet::len);
        let most = if telling.is_some() { all } else { MOST_UNTOLD };
        let tellers = self.tellers.get(&telling).into_iter().flatten().take(most);
        let teller = |&(article, span): &(Id, Option<Span>)| {
            let mut one = vec![text(index.outlet(article))];
            one.extend(span.map(|span| notes.cite_within(article, span)));
            one
        };
        line.extend(joined(tellers.map(teller), ", "));
        if all > most {
            line.push(text(format!(" and {} more", all - most)));
        }
        line
    }

    /// Why the record says so, where the words on the line do not show it.
    fn reasons(&self) -> Line<'a> {
        // A reason quotes long words only in part, and says the same of two sides in either order.
        let shown = |note: &str| self.tellers.keys().flatten().any(|words| note.contains(beginning(words)));
        let mut seen = BTreeSet::new();
        let notes = self.notes.iter().filter(|note| !shown(note) && seen.insert(in_any_order(note))).take(3);
        let notes: Vec<Line> = notes.map(|note| vec![Inline::Faint(printed(note))]).collect();
        if notes.is_empty() {
            return Line::new();
        }
        let mut line = vec![Inline::Faint(" (".into())];
        line.extend(joined(notes, "; "));
        line.push(Inline::Faint(")".into()));
        line
    }
}

fn beginning(words: &str) -> &str {
    words.char_indices().nth(BEGINNING_CHARS).map_or(words, |(end, _)| &words[..end])
}

fn in_any_order(note: &str) -> Vec<&str> {
    let mut words: Vec<&str> = note.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reason_told_of_both_sides_is_one() {
        let one = in_any_order("said on 4 March in one, on 5 March in the other");
        assert_eq!(one, in_any_order("said on 5 March in one, on 4 March in the other"));
        assert_ne!(one, in_any_order("said on 4 March in one, on 6 March in the other"));
    }

    #[test]
    fn long_words_are_known_by_their_beginning() {
        assert_eq!(beginning("boats left"), "boats left");
        assert_eq!(beginning(&"é".repeat(200)), "é".repeat(BEGINNING_CHARS));
    }
}
