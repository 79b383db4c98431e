//! A text as passages, and which passages of two texts are one.
//!
//! Passages that stand once in each text are anchors; those in the same order hold the alignment, the others were
//! moved (the idea of Bram Cohen's patience diff). Between anchors, passages are paired by the words they share.

use std::{collections::BTreeMap, ops::Range};

use onrecord_model::{AnnotatedArticle, Span};

use crate::words::{combine, words};

/// Passages between two anchors that are compared with each other; more are taken as gone or new.
const MOST_BETWEEN: usize = 60;
/// Least share of two passages' words that one passage rewritten has in common (Dice).
const LEAST_SHARED: f32 = 0.5;
/// Least share of a passage's words that must stand in a neighbour's counterpart, to be a part of it.
const LEAST_ABSORBED: f32 = 0.6;

/// A sentence, or a line outside of sentences.
pub(super) struct Passage {
    pub(super) span: Span,
    /// Hash of its words.
    whole: u64,
    bag: Bag,
    words: usize,
}

type Bag = BTreeMap<u64, usize>;

/// Passages of both texts that belong together, or stand in one text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Of the earlier text; empty where the later one only has it.
    pub(super) left: Range<usize>,
    /// Of the later text; empty where the earlier one only has it.
    pub(super) right: Range<usize>,
    /// The same words in another order of passages.
    pub(super) moved: bool,
}

/// The passages of an article: its sentences, and what stands between them line by line.
pub(super) fn passages(of: &AnnotatedArticle) -> Vec<Passage> {
    let text = of.article.text.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    for &sentence in &of.annotations.sentences {
        if sentence.start() >= at {
            lines(text, Span::new(at, sentence.start()), &mut found);
            found.push(sentence);
            at = sentence.end();
        }
    }
    lines(text, Span::new(at, text.len()), &mut found);
    found.into_iter().map(|span| Passage::new(text, span)).filter(|passage| passage.words > 0).collect()
}

fn lines(text: &str, span: Span, found: &mut Vec<Span>) {
    let mut start = span.start();
    for line in span.slice(text).split_inclusive('\n') {
        let line_span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if line.contains(char::is_alphanumeric) {
            found.push(line_span);
        }
    }
}

impl Passage {
    fn new(text: &str, span: Span) -> Self {
        let forms: Vec<u64> = words(span.slice(text)).into_iter().map(|word| word.form).collect();
        let mut bag = Bag::new();
        forms.iter().for_each(|&form| *bag.entry(form).or_default() += 1);
        Self { span, words: forms.len(), whole: combine(forms), bag }
    }
}

/// What belongs together, in the order of the later text; what is gone stands where it would have stood.
pub(super) fn align(left: &[Passage], right: &[Passage]) -> Vec<Aligned> {
    let (anchors, moved) = anchors(left, right);
    let moved =
        Moved { to: moved.iter().copied().collect(), from: moved.iter().map(|&(l, r)| (r, l)).collect() };
    let texts = Texts { left, right, moved };
    let mut aligned = Vec::new();
    let (mut l, mut r) = (0, 0);
    for (next_l, next_r) in anchors.into_iter().chain([(left.len(), right.len())]) {
        texts.between((l..next_l, r..next_r), &mut aligned);
        if next_l < left.len() {
            aligned.push(Aligned { left: next_l..next_l + 1, right: next_r..next_r + 1, moved: false });
        }
        (l, r) = (next_l + 1, next_r + 1);
    }
    aligned
}

/// Both texts, with the passages that were moved as they are.
struct Texts<'a> {
    left: &'a [Passage],
    right: &'a [Passage],
    moved: Moved,
}

struct Moved {
    /// By the place in the earlier text.
    to: BTreeMap<usize, usize>,
    /// By the place in the later text.
    from: BTreeMap<usize, usize>,
}

/// Pairs of places in the earlier and the later text.
type Places = Vec<(usize, usize)>;

/// The passages that stand once in each text: those in the same order, and the others.
fn anchors(left: &[Passage], right: &[Passage]) -> (Places, Places) {
    let (once_l, once_r) = (once(left), once(right));
    let mut pairs: Places =
        once_l.iter().filter_map(|(whole, &l)| once_r.get(whole).map(|&r| (l, r))).collect();
    pairs.sort_unstable();
    let kept = longest_rising(&pairs);
    pairs.into_iter().enumerate().fold((Vec::new(), Vec::new()), |(mut order, mut moved), (i, pair)| {
        if kept.binary_search(&i).is_ok() {
            order.push(pair)
        } else {
            moved.push(pair)
        }
        (order, moved)
    })
}

/// Where each passage stands that stands once.
fn once(passages: &[Passage]) -> BTreeMap<u64, usize> {
    let mut places: BTreeMap<u64, Option<usize>> = BTreeMap::new();
    for (i, passage) in passages.iter().enumerate() {
        places.entry(passage.whole).and_modify(|place| *place = None).or_insert(Some(i));
    }
    places.into_iter().filter_map(|(whole, place)| Some((whole, place?))).collect()
}

/// Indices of a longest run of pairs whose right places rise, by patience sorting.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (i, &(_, r)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].1 < r);
        before.push(pile.checked_sub(1).map(|p| tops[p]));
        if pile == tops.len() { tops.push(i) } else { tops[pile] = i }
    }
    let mut run = Vec::new();
    let mut at = tops.last().copied();
    while let Some(i) = at {
        run.push(i);
        at = before[i];
    }
    run.reverse();
    run
}

/// Passages of the earlier and of the later text that belong together.
type Group = (Range<usize>, Range<usize>);

impl Texts<'_> {
    /// Pairs what stands between two anchors, in the order of the later text.
    fn between(&self, (l, r): Group, aligned: &mut Vec<Aligned>) {
        let mut groups: Vec<Group> = Vec::new();
        for (i, j) in self.alike((&l, &r)) {
            // Pairs that cross would tear the order; the likest stay.
            let fits = |(x, y): &Group| (x.start < i && y.start < j) || (x.start > i && y.start > j);
            if groups.iter().all(fits) {
                groups.push((i..i + 1, j..j + 1));
            }
        }
        groups.sort_by_key(|(x, _)| x.start);
        for n in 0..groups.len() {
            let low = n.checked_sub(1).map_or((l.start, r.start), |b| (groups[b].0.end, groups[b].1.end));
            let high = groups.get(n + 1).map_or((l.end, r.end), |(x, y)| (x.start, y.start));
            groups[n] = self.absorbed(groups[n].clone(), (low.0..high.0, low.1..high.1));
        }
        let (mut at_l, mut at_r) = (l.start, r.start);
        for (x, y) in groups.into_iter().chain([(l.end..l.end, r.end..r.end)]) {
            let gone = (at_l..x.start).filter(|i| !self.moved.to.contains_key(i));
            aligned.extend(gone.map(|i| Aligned { left: i..i + 1, right: at_r..at_r, moved: false }));
            aligned.extend((at_r..y.start).map(|j| self.new_at(x.start, j)));
            (at_l, at_r) = (x.end, y.end);
            if !x.is_empty() {
                aligned.push(Aligned { left: x, right: y, moved: false });
            }
        }
    }

    /// A passage of the later text that nothing at its place answers to.
    fn new_at(&self, at: usize, j: usize) -> Aligned {
        match self.moved.from.get(&j) {
            Some(&i) => Aligned { left: i..i + 1, right: j..j + 1, moved: true },
            None => Aligned { left: at..at, right: j..j + 1, moved: false },
        }
    }

    /// Every two passages that share most of their words, the likest first.
    fn alike(&self, (l, r): (&Range<usize>, &Range<usize>)) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for i in l.clone().filter(|i| !self.moved.to.contains_key(i)).take(MOST_BETWEEN) {
            for j in r.clone().filter(|j| !self.moved.from.contains_key(j)).take(MOST_BETWEEN) {
                let (a, b) = (&self.left[i], &self.right[j]);
                let share = 2.0 * common(&a.bag, &b.bag) as f32 / (a.words + b.words) as f32;
                if share >= LEAST_SHARED {
                    pairs.push((share, i, j));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        pairs.into_iter().map(|(_, i, j)| (i, j)).collect()
    }

    /// A sentence that was cut in two, or two that were made one: a neighbour whose words stand in the counterpart
    /// belongs to it. `free` is what nothing else has taken.
    fn absorbed(&self, (mut x, mut y): Group, free: Group) -> Group {
        let (left, right) = (self.left, self.right);
        let takes_l = |i: usize, x: &Range<usize>, y: &Range<usize>| {
            !self.moved.to.contains_key(&i) && is_part(&left[i], &left[x.clone()], &right[y.clone()])
        };
        let takes_r = |j: usize, x: &Range<usize>, y: &Range<usize>| {
            !self.moved.from.contains_key(&j) && is_part(&right[j], &right[y.clone()], &left[x.clone()])
        };
        if x.start > free.0.start && takes_l(x.start - 1, &x, &y) {
            x.start -= 1;
        } else if x.end < free.0.end && takes_l(x.end, &x, &y) {
            x.end += 1;
        } else if y.start > free.1.start && takes_r(y.start - 1, &x, &y) {
            y.start -= 1;
        } else if y.end < free.1.end && takes_r(y.end, &x, &y) {
            y.end += 1;
        }
        (x, y)
    }
}

/// Whether most words of `passage` stand in `others`, besides those that its neighbours share with them.
fn is_part(passage: &Passage, neighbours: &[Passage], others: &[Passage]) -> bool {
    let mut rest = Bag::new();
    others.iter().flat_map(|p| &p.bag).for_each(|(&form, &n)| *rest.entry(form).or_default() += n);
    for (form, n) in neighbours.iter().flat_map(|p| &p.bag) {
        if let Some(left) = rest.get_mut(form) {
            *left = left.saturating_sub(*n);
        }
    }
    common(&passage.bag, &rest) as f32 >= LEAST_ABSORBED * passage.words as f32
}

fn common(a: &Bag, b: &Bag) -> usize {
    a.iter().map(|(form, n)| b.get(form).map_or(0, |m| *n.min(m))).sum()
}
