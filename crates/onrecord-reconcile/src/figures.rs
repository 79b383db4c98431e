//! One thing counted in one story, with every value that the articles give for it.
//!
//! Two figures belong to one series where they count the same nouns under the same heads ("injured" is not
//! "dead"), in one measure, in clauses about one thing. A figure whose text does not say what it counts
//! belongs to none: a series is only worth reading if everything in it may be set side by side.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Because, Figure, FigureSeries, Id, Number, Story, Unit};
use rayon::prelude::*;

use crate::{
    components::Components,
    corpus::Findings,
    keys::Blocks,
    tellings::{Count, counts_of},
    words::hash,
};

/// One noun in common makes two figures candidates.
const BLOCKS: Blocks = Blocks { least_shared: 1, most_candidates: 48 };

/// A value this many times another is hardly told of the same thing.
const FARTHEST: i128 = 20;

/// A figure, and where it stands.
pub(crate) struct Placed<'a> {
    /// The article.
    pub(crate) article: Id,
    /// Index into the article's figures.
    pub(crate) index: u32,
    /// The figure with what it counts.
    pub(crate) count: Count<'a>,
}

/// The figures of one series.
pub(crate) struct Counted<'a> {
    /// As the record shows it.
    pub(crate) series: FigureSeries,
    /// Its members, in the same order.
    pub(crate) members: Vec<Placed<'a>>,
}

/// Finds what is counted more than once in a story. Sorted by id.
pub(crate) fn series<'a>(found: &Findings<'a>) -> Vec<Counted<'a>> {
    let mut all: Vec<Counted> =
        found.stories.par_iter().flat_map_iter(|story| in_story(found, story)).collect();
    all.sort_by_key(|counted| counted.series.id);
    all
}

fn in_story<'a>(found: &Findings<'a>, story: &Story) -> Vec<Counted<'a>> {
    let placed = placed(found, story);
    let keys: Vec<Vec<u64>> = placed.iter().map(keys).collect();
    let printed = Printed::new(&placed);
    let mut components = Components::new(placed.len());
    for (a, b) in BLOCKS.candidates(&keys) {
        let (a_figure, b_figure) = (&placed[a], &placed[b]);
        if count_one_thing(&a_figure.count, &b_figure.count)
            && !printed.has_both(a_figure, b_figure)
            && !are_apart(found, a_figure, b_figure)
        {
            components.join(a, b);
        }
    }
    let mut slots: Vec<Option<Placed>> = placed.into_iter().map(Some).collect();
    let mut groups = Vec::new();
    for group in components.groups().into_iter().filter(|group| group.len() > 1) {
        let members: Vec<Placed> = group.iter().filter_map(|&i| slots[i].take()).collect();
        groups.extend(counted(found, story, members));
    }
    groups
}

/// The figures of a story that say what they count, by article and place.
fn placed<'a>(found: &Findings<'a>, story: &Story) -> Vec<Placed<'a>> {
    let of_article = |&article: &Id| {
        let counts = found.corpus.get(article).map(counts_of).unwrap_or_default();
        let named = counts.into_iter().filter(|(_, count)| !count.counted.is_empty());
        named.map(move |(index, count)| Placed { article, index, count }).collect::<Vec<_>>()
    };
    story.articles.iter().flat_map(of_article).collect()
}

/// What two figures must share to be compared: a noun they count.
fn keys(placed: &Placed) -> Vec<u64> {
    placed.count.counted.iter().map(|key| hash(key.as_bytes())).collect()
}

/// Whether two figures surely count one thing.
fn count_one_thing(a: &Count, b: &Count) -> bool {
    let nouns = a.counted.intersection(&b.counted).count();
    let most = a.counted.len().max(b.counted.len());
    // What is counted may be told in an earlier sentence, outside the words around.
    let around = a.context.intersection(&b.context).count().saturating_sub(nouns);
    let same_nouns = a.head.is_some() && a.head == b.head && 2 * nouns >= most;
    same_nouns && around >= 1 && a.same_thing(b).is_some() && a.same_measure(b) && are_near(a, b)
}

/// Whether the two are counted in places that are not one: schools in one town and schools in another.
fn are_apart(found: &Findings, a: &Placed, b: &Placed) -> bool {
    let place = |placed: &Placed| Some(found.entity_of(placed.article, placed.count.place?)?.id);
    place(a).zip(place(b)).is_some_and(|(a, b)| a != b)
}

/// Which values each article gives for things of one name.
struct Printed(BTreeSet<(Id, String, Number)>);

impl Printed {
    fn new(placed: &[Placed]) -> Self {
        Self(placed.iter().filter_map(|p| Self::key(p.article, &p.count, &p.count)).collect())
    }

    fn key(article: Id, head: &Count, value: &Count) -> Option<(Id, String, Number)> {
        Some((article, head.head.clone()?, value.base_value()?))
    }

    /// Whether one of the two articles gives both values. It then tells two things apart ("230 tankers, 60 of
    /// them old"), which the other article tells apart as well.
    fn has_both(&self, a: &Placed, b: &Placed) -> bool {
        let gives =
            |article, value| Self::key(article, &a.count, value).is_some_and(|key| self.0.contains(&key));
        a.count.base_value() != b.count.base_value()
            && (gives(a.article, &b.count) || gives(b.article, &a.count))
    }
}

/// Whether the values are not too far apart to be values of one thing.
fn are_near(a: &Count, b: &Count) -> bool {
    let (Some(a), Some(b)) = (a.base_value(), b.base_value()) else { return false };
    let (a, b) = (a.millionths().abs(), b.millionths().abs());
    a.max(b) <= a.min(b).saturating_mul(FARTHEST)
}

/// The series of some figures, if more than one article gives one.
fn counted<'a>(found: &Findings<'a>, story: &Story, mut members: Vec<Placed<'a>>) -> Option<Counted<'a>> {
    let day = |article: Id| {
        let published = found.corpus.get(article).and_then(|a| a.article.published.as_ref());
        published.map(|p| (p.value.date, p.value.time))
    };
    members.sort_by_key(|m| (day(m.article).is_none(), day(m.article), m.article, m.index));
    let first = members.first()?;
    if members.iter().all(|m| m.article == first.article) {
        return None;
    }
    let unit = usual_unit(&members);
    let values: Vec<Number> = members
        .iter()
        .filter_map(|m| value_in((m.count.figure, m.count.figure.value), unit.as_ref()))
        .collect();
    let spread = (values.iter().min().copied()?, values.iter().max().copied()?);
    let counted = label(found, &members)?;
    let because = Because::new(
        "figures.counted",
        format!("each of the {} figures counts “{counted}” in a like clause", members.len()),
    );
    let series = FigureSeries {
        id: Id::of([first.article.to_string(), first.index.to_string()]),
        story: story.id,
        counted,
        unit,
        members: members.iter().map(|m| (m.article, m.index)).collect(),
        spread,
        because,
    };
    Some(Counted { series, members })
}

/// The unit that most figures use; the first by name among equals.
fn usual_unit(members: &[Placed]) -> Option<Unit> {
    let mut uses: BTreeMap<Option<&Unit>, usize> = BTreeMap::new();
    for member in members {
        *uses.entry(member.count.figure.unit.as_ref()).or_default() += 1;
    }
    let best = uses.into_iter().max_by_key(|&(unit, n)| (n, std::cmp::Reverse(unit)));
    best.and_then(|(unit, _)| unit.cloned())
}

/// A value of a figure in the series' unit.
pub(crate) fn value_in((figure, value): (&Figure, Number), unit: Option<&Unit>) -> Option<Number> {
    match (figure.unit.as_ref(), unit) {
        (Some(own), Some(unit)) if own != unit => {
            let conversion = unit.conversion()?;
            own.to_base(value)?.scaled(conversion.denominator, conversion.numerator)
        }
        _ => Some(value),
    }
}

/// What is counted, as the fullest figure prints it; the first in the alphabet among equals.
fn label(found: &Findings, members: &[Placed]) -> Option<String> {
    let printed = members.iter().filter_map(|m| {
        let words = found.corpus.words(m.article, m.count.figure.counted?);
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    printed.max_by(|a, b| a.chars().count().cmp(&b.chars().count()).then_with(|| b.cmp(a)))
}
