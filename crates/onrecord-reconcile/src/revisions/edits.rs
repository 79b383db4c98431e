//! What changed in one passage: which words, and whether they were quoted, counted or named.

use std::{collections::BTreeSet, ops::Range};

use onrecord_model::{Because, Edit, EditKind, Replaced, Span};

use super::tokens::{Sort, Token, Version};
use crate::{background, words::fold};

/// Words of a passage that are compared one by one; of a longer one, only beginning and end.
const MOST_WORDS: usize = 600;
/// Words in a row that two wordings may share by chance, and what makes a word common.
const CHANCE_WORDS: usize = 2;
const COMMON_WEIGHT: f32 = 0.25;
/// Letters of a word in which one wrong letter is a slip.
const SLIP_LETTERS: usize = 5;

/// Words that one version has in the place of words of the other: ranges of tokens, of which one may be empty.
struct Cut {
    left: Range<usize>,
    right: Range<usize>,
}

/// Two passages, or runs of passages, that belong together.
pub(super) struct Pair<'v, 'a> {
    versions: [&'v Version<'a>; 2],
    spans: [Span; 2],
    tokens: [Vec<Token>; 2],
}

impl<'v, 'a> Pair<'v, 'a> {
    pub(super) fn new(versions: [&'v Version<'a>; 2], spans: [Span; 2]) -> Self {
        let tokens = [versions[0].tokens(spans[0]), versions[1].tokens(spans[1])];
        Self { versions, spans, tokens }
    }

    /// What changed, if anything did. `moved` says that the passage stands in another place.
    pub(super) fn edit(&self, moved: bool) -> Option<Edit> {
        let cuts = self.cuts();
        let mut kinds: BTreeSet<EditKind> = cuts.iter().flat_map(|cut| self.kinds(cut)).collect();
        let has_lost_marks = self.marks_changed();
        if has_lost_marks {
            kinds.insert(EditKind::Quotation);
        }
        if kinds.iter().any(|kind| !kind.is_cosmetic()) {
            kinds.remove(&EditKind::Cosmetic);
            if (0..2).any(|i| self.versions[i].is_headline(self.spans[i])) {
                kinds.insert(EditKind::Headline);
                kinds.remove(&EditKind::Wording);
            }
        } else if kinds.is_empty() && self.are_printed_otherwise() {
            kinds.insert(EditKind::Cosmetic);
        }
        if moved {
            kinds.insert(EditKind::Order);
        }
        let (rule, note) = because(&kinds, has_lost_marks)?;
        let replaced =
            |cut: &Cut| Replaced { before: self.place(0, &cut.left), after: self.place(1, &cut.right) };
        Some(Edit {
            kinds: kinds.into_iter().collect(),
            before: Some(self.spans[0]),
            after: Some(self.spans[1]),
            replaced: cuts.iter().map(replaced).collect(),
            because: Because::new(rule, note),
        })
    }

    /// Where some words stand; an empty span where there are none, before the word that follows.
    fn place(&self, i: usize, range: &Range<usize>) -> Span {
        let tokens = &self.tokens[i];
        let next = tokens.get(range.start).map_or(self.spans[i].end(), |token| token.span.start());
        match tokens[range.clone()] {
            [first, .., last] => first.span.cover(last.span),
            [one] => one.span,
            [] => Span::new(next, next),
        }
    }

    /// The words that changed: what a longest common run of words leaves.
    fn cuts(&self) -> Vec<Cut> {
        let [left, right] = &self.tokens;
        let mut pairs = matches(left, right);
        pairs.push((left.len(), right.len()));
        let mut cuts: Vec<Cut> = Vec::new();
        let (mut l, mut r) = (0, 0);
        for (i, j) in pairs {
            if l < i || r < j {
                match cuts.last_mut() {
                    Some(last) if self.is_chance(last, l) => (last.left.end, last.right.end) = (i, j),
                    _ => cuts.push(Cut { left: l..i, right: r..j }),
                }
            }
            (l, r) = (i + 1, j + 1);
        }
        cuts
    }

    /// Whether the words between a cut and the next one at `l` are so few and common that nobody kept them.
    fn is_chance(&self, last: &Cut, l: usize) -> bool {
        let kept = &self.tokens[0][last.left.end..l];
        let is_common = |t: &Token| t.sort == Sort::Plain && background::weight(t.term) < COMMON_WEIGHT;
        kept.len() <= CHANCE_WORDS && kept.iter().all(is_common)
    }

    fn kinds(&self, cut: &Cut) -> BTreeSet<EditKind> {
        if self.is_cosmetic(cut) {
            return BTreeSet::from([EditKind::Cosmetic]);
        }
        let gone = &self.tokens[0][cut.left.clone()];
        let new = &self.tokens[1][cut.right.clone()];
        let mut kinds = BTreeSet::new();
        for token in gone.iter().chain(new) {
            kinds.extend(token.quoted.then_some(EditKind::Quotation));
            kinds.extend(match token.sort {
                Sort::Figure => Some(EditKind::Figure),
                Sort::Date => Some(EditKind::Date),
                _ => None,
            });
        }
        if gone.iter().chain(new).any(|token| token.sort == Sort::Name) && !self.names_the_same(cut) {
            kinds.insert(EditKind::Name);
        }
        if kinds.is_empty() {
            kinds.insert(EditKind::Wording);
        }
        kinds
    }

    /// Whether both sides name one by a longer and a shorter name: "Holm", "Ida Holm".
    fn names_the_same(&self, cut: &Cut) -> bool {
        let names = |i: usize, range: &Range<usize>| -> Option<BTreeSet<String>> {
            let named = |range: Range<usize>| -> Option<BTreeSet<String>> {
                let names = self.tokens[i][range].iter().filter(|t| t.sort == Sort::Name);
                names.map(|t| self.versions[i].named(t.span).map(fold)).collect()
            };
            // A cut without a name stands beside the name that both versions keep.
            let around = range.start.saturating_sub(1)..(range.end + 1).min(self.tokens[i].len());
            let own = named(range.clone())?;
            let all = if own.is_empty() { named(around)? } else { own };
            (all.len() == 1).then_some(all)
        };
        let (left, right) = (names(0, &cut.left), names(1, &cut.right));
        left.is_some() && left == right
    }

    /// Whether a reader would hear no difference: the same letters, or a slip of spelling.
    fn is_cosmetic(&self, cut: &Cut) -> bool {
        let letters = |i: usize, range: &Range<usize>| -> String {
            let words = self.tokens[i][range.clone()].iter().map(|t| t.span.slice(self.versions[i].text()));
            words.flat_map(|w| fold(w).chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>()).collect()
        };
        let (left, right) = (letters(0, &cut.left), letters(1, &cut.right));
        left == right || self.is_slip(cut, (&left, &right))
    }

    /// One letter between two plain words of which one is no word.
    fn is_slip(&self, cut: &Cut, (left, right): (&str, &str)) -> bool {
        let one = |i: usize, range: &Range<usize>| match &self.tokens[i][range.clone()] {
            [token] if token.sort == Sort::Plain => Some(*token),
            _ => None,
        };
        let (Some(a), Some(b)) = (one(0, &cut.left), one(1, &cut.right)) else { return false };
        let is_word = |t: Token| background::weight(t.term) < 1.0;
        let is_long = left.chars().count().min(right.chars().count()) >= SLIP_LETTERS;
        is_long && is_word(a) != is_word(b) && is_one_letter_off(left, right)
    }

    /// Whether words that both versions print stand in quotation marks in one of them only.
    fn marks_changed(&self) -> bool {
        let marks = |i: usize| {
            let text = self.spans[i].slice(self.versions[i].text());
            text.matches(['"', '“', '”', '„', '«', '»']).count()
        };
        let [left, right] = &self.tokens;
        let changed = |&(i, j): &(usize, usize)| left[i].quoted != right[j].quoted;
        marks(0) != marks(1) && matches(left, right).iter().filter(|pair| changed(pair)).count() >= 2
    }

    fn are_printed_otherwise(&self) -> bool {
        let printed = |i: usize| {
            let text = self.spans[i].slice(self.versions[i].text());
            text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        printed(0) != printed(1)
    }
}

/// A passage that one version has and the other has not.
pub(super) fn alone(version: &Version, other: &Version, span: Span, is_new: bool) -> Edit {
    let tokens = version.tokens(span);
    let known = |token: &&Token| {
        let name = fold(token.span.slice(version.text()));
        other.of.annotations.entities.iter().any(|e| {
            std::iter::once(&e.name).chain(&e.variants).any(|n| fold(n).split(' ').any(|part| part == name))
        })
    };
    let mut kinds = BTreeSet::from([EditKind::Passage]);
    kinds.extend(tokens.iter().any(|t| t.quoted).then_some(EditKind::Quotation));
    kinds.extend(tokens.iter().any(|t| t.sort == Sort::Figure).then_some(EditKind::Figure));
    let names_another = tokens.iter().filter(|t| t.sort == Sort::Name).any(|t| !known(&t));
    kinds.extend(names_another.then_some(EditKind::Name));
    kinds.extend(version.is_headline(span).then_some(EditKind::Headline));
    let (rule, note) = if is_new {
        ("revisions.added", "a passage that the earlier version does not have")
    } else {
        ("revisions.removed", "a passage that the later version does not have")
    };
    Edit {
        kinds: kinds.into_iter().collect(),
        before: (!is_new).then_some(span),
        after: is_new.then_some(span),
        replaced: Vec::new(),
        because: Because::new(rule, note),
    }
}

/// The rule and its reason; `None` where nothing changed.
fn because(kinds: &BTreeSet<EditKind>, has_lost_marks: bool) -> Option<(&'static str, &'static str)> {
    let first = kinds.first()?;
    Some(match first {
        EditKind::Quotation if has_lost_marks => {
            ("revisions.marks", "the same words, in quotation marks in one version only")
        }
        EditKind::Order => ("revisions.order", "the same words in another place"),
        EditKind::Cosmetic => ("revisions.cosmetic", "printed in another way, with nothing else to hear"),
        _ => ("revisions.words", "most words of the passage are the same, these are not"),
    })
}

/// Pairs of words that say the same, in both orders: a longest common subsequence.
fn matches(left: &[Token], right: &[Token]) -> Vec<(usize, usize)> {
    let front = left.iter().zip(right).take_while(|(a, b)| a.says(b)).count();
    let (rest_l, rest_r) = (&left[front..], &right[front..]);
    let back = rest_l.iter().rev().zip(rest_r.iter().rev()).take_while(|(a, b)| a.says(b)).count();
    let (mid_l, mid_r) = (&rest_l[..rest_l.len() - back], &rest_r[..rest_r.len() - back]);
    let mut pairs: Vec<(usize, usize)> = (0..front).map(|i| (i, i)).collect();
    if mid_l.len() <= MOST_WORDS && mid_r.len() <= MOST_WORDS {
        pairs.extend(longest_common(mid_l, mid_r).into_iter().map(|(i, j)| (i + front, j + front)));
    }
    pairs.extend((0..back).rev().map(|n| (left.len() - 1 - n, right.len() - 1 - n)));
    pairs
}

fn longest_common(left: &[Token], right: &[Token]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    let mut best = vec![0_u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            best[i * width + j] = if left[i].says(&right[j]) {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < left.len() && j < right.len() {
        if left[i].says(&right[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Whether one letter was left out, put in, taken for another or changed places with its neighbour.
fn is_one_letter_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let front = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (s, l) = (&short[front..], &long[front..]);
    match long.len() - short.len() {
        0 => {
            let swapped = s.len() >= 2 && s[0] == l[1] && s[1] == l[0] && s[2..] == l[2..];
            !s.is_empty() && (s[1..] == l[1..] || swapped)
        }
        1 => *s == l[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_told_from_two() {
        for (a, b, expected) in [
            ("goverment", "government", true),
            ("harbuor", "harbour", true),
            ("harbeur", "harbour", true),
            ("harbour", "harbour", false),
            ("harbour", "labour", false),
            ("closes", "opened", false),
        ] {
            assert_eq!(is_one_letter_off(a, b), expected, "{a} {b}");
            assert_eq!(is_one_letter_off(b, a), expected, "{b} {a}");
        }
    }
}
