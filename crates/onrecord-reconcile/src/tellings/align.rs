//! Which words of one telling are told by which words of another.
//!
//! First the longest run of like words in the same order; then, since a paraphrase or a translation turns
//! the order round, each content word that is left takes the nearest like word that is left.

use std::ops::Range;

use super::{Telling, words::Word};

/// How much of a stretch of words the other telling has, in content words; a figure or a date counts twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share {
    /// Content words that the other has too.
    pub(crate) shared: usize,
    /// Content words.
    pub(crate) all: usize,
}

impl Share {
    /// Whether at least `percent` of the content words are shared.
    pub(crate) fn at_least(self, percent: usize) -> bool {
        self.all > 0 && self.shared * 100 >= self.all * percent
    }
}

/// Two tellings, word against word. Side 0 is the left one, side 1 the right one.
pub(crate) struct Alignment {
    links: [Vec<Option<usize>>; 2],
    in_order: [Vec<bool>; 2],
}

const CONTENT: u32 = 8;
const FUNCTION: u32 = 1;

impl Alignment {
    /// Aligns the words of two tellings.
    pub(crate) fn new(left: &Telling, right: &Telling) -> Self {
        let (a, b) = (&left.words, &right.words);
        let mut found = Self {
            links: [vec![None; a.len()], vec![None; b.len()]],
            in_order: [vec![false; a.len()], vec![false; b.len()]],
        };
        let like = |x: &Word, y: &Word| alike((left, x), (right, y));
        found.link_in_order(a, b, like);
        found.link_rest(a, b, like);
        found
    }

    /// What a word of `side` is told by on the other side.
    pub(crate) fn link(&self, side: usize, word: usize) -> Option<usize> {
        self.links[side].get(word).copied().flatten()
    }

    /// Whether the link keeps the order of the words around it.
    pub(crate) fn keeps_order(&self, side: usize, word: usize) -> bool {
        self.in_order[side].get(word).copied().unwrap_or_default()
    }

    /// How much of a range of `side` the other side has.
    pub(crate) fn share(&self, side: usize, telling: &Telling, range: Range<usize>) -> Share {
        let content = range.filter(|&i| telling.words.get(i).is_some_and(|w| w.content));
        content.fold(Share { shared: 0, all: 0 }, |share, i| Share {
            shared: share.shared + usize::from(self.link(side, i).is_some()) * worth(&telling.words[i]),
            all: share.all + worth(&telling.words[i]),
        })
    }

    fn join(&mut self, i: usize, j: usize, in_order: bool) {
        self.links[0][i] = Some(j);
        self.links[1][j] = Some(i);
        self.in_order[0][i] = in_order;
        self.in_order[1][j] = in_order;
    }

    /// The heaviest common subsequence; both sides are bounded, so the table is.
    fn link_in_order(&mut self, a: &[Word], b: &[Word], like: impl Fn(&Word, &Word) -> bool) {
        let width = b.len() + 1;
        let mut best = vec![0_u32; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
                let take = if like(&a[i], &b[j]) { weight(&a[i]) + best[(i + 1) * width + j + 1] } else { 0 };
                best[i * width + j] = skip.max(take);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            let here = best[i * width + j];
            if like(&a[i], &b[j]) && here == weight(&a[i]) + best[(i + 1) * width + j + 1] {
                self.join(i, j, true);
                (i, j) = (i + 1, j + 1);
            } else if here == best[(i + 1) * width + j] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// Content words that are left take the like word nearest to where their place would be.
    fn link_rest(&mut self, a: &[Word], b: &[Word], like: impl Fn(&Word, &Word) -> bool) {
        for (i, word) in a.iter().enumerate().filter(|(_, w)| w.content) {
            if self.links[0][i].is_some() {
                continue;
            }
            let place = i * b.len() / a.len().max(1);
            let free = (0..b.len()).filter(|&j| self.links[1][j].is_none() && like(word, &b[j]));
            if let Some(j) = free.min_by_key(|j| j.abs_diff(place)) {
                self.join(i, j, false);
            }
        }
    }
}

fn worth(word: &Word) -> usize {
    if word.is_plain() { 1 } else { 2 }
}

fn weight(word: &Word) -> u32 {
    if word.content { CONTENT } else { FUNCTION }
}

/// Whether two words tell one thing: the same key, the same number in the same measure, days that agree.
fn alike((left, x): (&Telling, &Word), (right, y): (&Telling, &Word)) -> bool {
    match (x.figure, y.figure, x.date, y.date) {
        (Some(_), Some(_), ..) => match (left.figure(x), right.figure(y)) {
            (Some(f), Some(g)) => f.value == g.value && f.unit == g.unit,
            _ => false,
        },
        (_, _, Some(d), Some(e)) => {
            let value =
                |t: &Telling, i: u32| t.of.annotations.dates.get(i as usize).and_then(|d| d.value.clone());
            match (value(left, d), value(right, e)) {
                (Some(d), Some(e)) => d.is_compatible_with(&e),
                _ => x.key == y.key,
            }
        }
        (None, None, None, None) => x.key == y.key,
        _ => false,
    }
}
