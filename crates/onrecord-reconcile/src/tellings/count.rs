//! A figure with what it counts: which two figures count the same thing, and how their numbers relate.

use std::collections::BTreeSet;
use std::ops::Range;

use onrecord_model::{AnnotatedArticle, Bound, EntityKind, EntityRef, Figure, Mention, Number, Unit};

use super::{Lexicon, Word, clauses, read};

/// Words on either side of a figure that can show what kind of thing it counts.
const REACH: usize = 8;
/// Words of a counted noun phrase that are read.
const LONGEST_COUNTED: usize = 16;

/// Bytes of the words that tie a place to what is counted: "in", "of the", "across".
const LONGEST_LINK: usize = 10;

/// A figure where it stands.
pub(crate) struct Count<'a> {
    /// The figure.
    pub(crate) figure: &'a Figure,
    /// The keys of what it counts; generic nouns are left out.
    pub(crate) counted: BTreeSet<String>,
    /// The key of the last noun of what it counts; none where that only points back ("such ships").
    pub(crate) head: Option<String>,
    /// The content keys around it.
    pub(crate) context: BTreeSet<String>,
    /// For each family of the lexicon, the head that stands nearest.
    pub(crate) heads: Vec<Option<&'static str>>,
    /// The periods that its clause speaks of: "annual", "a month".
    pub(crate) periods: Vec<&'static str>,
    /// The small word in front: "by" 3 percent is not "to" 3 percent.
    pub(crate) before: Option<String>,
    /// The place right behind what is counted: "40 schools in Velden".
    pub(crate) place: Option<EntityRef>,
}

/// How the numbers of two figures that count one thing relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// They say the same, or one is the other rounded.
    Agree,
    /// The same number with another bound.
    OtherBound,
    /// Another number.
    OtherNumber,
    /// The same digits in another unit.
    OtherUnit,
    /// Nothing can be said.
    NotComparable,
}

impl<'a> Count<'a> {
    /// The figure at `words[at]`, in its clause.
    pub(crate) fn new(
        of: &'a AnnotatedArticle,
        lexicon: &'static Lexicon,
        (words, clause, at): (&[Word], Range<usize>, usize),
    ) -> Option<Self> {
        let figure = of.annotations.figures.get(words.get(at)?.figure? as usize)?;
        let noun = figure.counted.map(|span| read(of, lexicon, span, LONGEST_COUNTED)).unwrap_or_default();
        let plain: Vec<&Word> = noun.iter().filter(|w| w.is_plain()).collect();
        let clause = words.get(clause).unwrap_or_default();
        let around = clause.iter().filter(|w| w.is_plain());
        let periods = lexicon.periods.iter().filter(|(_, words)| words.stand_in(clause));
        let counted: BTreeSet<String> =
            plain.iter().filter(|w| !lexicon.is_generic(&w.key)).map(|w| w.key.clone()).collect();
        let points_back = lexicon.anaphors.at(words, at + 1) > 0;
        let head = plain.last().map(|w| w.key.clone()).filter(|key| !points_back && counted.contains(key));
        let before = at.checked_sub(1).and_then(|i| words.get(i)).map(|w| w.text.clone());
        Some(Self {
            figure,
            head,
            counted,
            context: around.map(|w| w.key.clone()).collect(),
            heads: heads(lexicon, words, at),
            periods: periods.map(|(name, _)| name.as_str()).collect(),
            before,
            place: place_of(of, figure),
        })
    }

    /// The families in which the two stand under different heads.
    pub(crate) fn conflicts<'b>(&'b self, other: &'b Count) -> impl Iterator<Item = usize> + 'b {
        let heads = self.heads.iter().zip(&other.heads).enumerate();
        heads.filter(|(_, (a, b))| a.is_some() && b.is_some() && a != b).map(|(i, _)| i)
    }

    /// How sure it is that both count one thing; `None` where they do not.
    pub(crate) fn same_thing(&self, other: &Count) -> Option<usize> {
        if self.conflicts(other).next().is_some() || !comparable(self.figure, other.figure) {
            return None;
        }
        let nouns = self.counted.intersection(&other.counted).count();
        let head = self.head.is_some() && self.head == other.head;
        let least = self.context.len().min(other.context.len()).max(1);
        let context = self.context.intersection(&other.context).count() * 4 / least;
        let vague = self.counted.is_empty() || other.counted.is_empty();
        let same_heads = self.heads.iter().zip(&other.heads).filter(|(a, b)| a.is_some() && a == b).count();
        let score = nouns * 2 + usize::from(head) * 3 + context + same_heads * 2;
        let enough = nouns > 0 || (vague && (context >= 2 || same_heads > 0)) || context >= 3;
        enough.then_some(score)
    }

    /// Whether both surely count one thing, by its name or its kind, and give it different numbers.
    pub(crate) fn is_rival_of(&self, other: &Count) -> bool {
        let same_head = self.heads.iter().zip(&other.heads).any(|(a, b)| a.is_some() && a == b);
        let same_name = !self.counted.is_disjoint(&other.counted);
        let sure = (same_head || same_name) && self.same_thing(other).is_some() && self.same_measure(other);
        sure && self.relation(other) == Relation::OtherNumber
    }

    /// Whether both are plain counts, or in units of one dimension.
    pub(crate) fn same_measure(&self, other: &Count) -> bool {
        comparable_units(self.figure, other.figure)
    }

    /// The value in the base unit of its dimension.
    pub(crate) fn base_value(&self) -> Option<Number> {
        self.figure.unit.as_ref().map_or(Some(self.figure.value), |unit| unit.to_base(self.figure.value))
    }

    /// How the number relates to another of the same thing.
    pub(crate) fn relation(&self, other: &Count) -> Relation {
        if self.figure.unit != other.figure.unit && !comparable_units(self.figure, other.figure) {
            let same = self.figure.value == other.figure.value;
            let is_rate = is_rate_of(self.figure, other) || is_rate_of(other.figure, self);
            return match (same, is_rate) {
                (true, true) => Relation::Agree,
                (true, false) => Relation::OtherUnit,
                (false, _) => Relation::NotComparable,
            };
        }
        relation(self.figure, other.figure)
    }
}

/// Whether a figure is a rate whose period the other tells beside its number: "$5 million a year" and "an annual
/// payment of $5 million".
fn is_rate_of(rate: &Figure, other: &Count) -> bool {
    let unit = |figure: &Figure| figure.unit.as_ref().map(|u| u.name().to_owned());
    let (Some(rate), Some(plain)) = (unit(rate), unit(other.figure)) else { return false };
    let period = rate.split_once(" per ").filter(|(unit, _)| *unit == plain).map(|(_, period)| period);
    period.is_some_and(|period| other.periods.contains(&period))
}

/// The place that a preposition ties to what is counted, or that is named in it.
fn place_of(of: &AnnotatedArticle, figure: &Figure) -> Option<EntityRef> {
    let counted = figure.counted.map_or(figure.span, |counted| counted.cover(figure.span));
    let mentions = &of.annotations.mentions;
    let next = &mentions[mentions.partition_point(|mention| mention.span.end() <= counted.start())..];
    let is_tied = |mention: &&Mention| {
        let between = of.article.text.get(counted.end()..mention.span.start());
        between.is_none_or(|words| words.len() <= LONGEST_LINK && words.chars().all(is_of_a_link))
    };
    next.iter().take_while(is_tied).find(|mention| mention.kind == EntityKind::Place)?.entity
}

fn is_of_a_link(c: char) -> bool {
    c == ' ' || c.is_lowercase()
}

/// For each family the head that stands nearest to the figure, without looking past another figure.
fn heads(lexicon: &'static Lexicon, words: &[Word], at: usize) -> Vec<Option<&'static str>> {
    let stop = |i: usize| words[i].figure.is_some();
    let right = (at + 1..words.len().min(at + 1 + REACH)).take_while(|&i| !stop(i));
    let left = (at.saturating_sub(REACH)..at).rev().take_while(|&i| !stop(i));
    let mut near: Vec<(usize, usize)> = right.map(|i| (i - at, i)).chain(left.map(|i| (at - i, i))).collect();
    near.sort_by_key(|&(distance, i)| (distance, i < at));
    let head = |i: usize, family: &'static super::lexicon::Family| {
        family.heads.iter().find(|(_, phrases)| phrases.at(words, i) > 0).map(|(head, _)| head.as_str())
    };
    lexicon.families.iter().map(|family| near.iter().find_map(|&(_, i)| head(i, family))).collect()
}

/// Units that measure one thing, or the same digits in two units: as a share and as a multiple ("12 percent", "12
/// times"), in two currencies.
fn comparable(f: &Figure, g: &Figure) -> bool {
    comparable_units(f, g)
        || (f.value == g.value && measure(f).is_some() && measure(g).is_some())
        || (f.value == g.value && ratio(f) != ratio(g))
}

fn ratio(f: &Figure) -> bool {
    f.unit.as_ref().is_some_and(|u| matches!(u.name(), "percent" | "times" | "percentage point"))
}

/// Units that only say what is counted leave the number a plain count.
fn measure(f: &Figure) -> Option<&Unit> {
    f.unit.as_ref().filter(|u| !matches!(u.name(), "people" | "person" | "items" | "units"))
}

fn comparable_units(f: &Figure, g: &Figure) -> bool {
    match (measure(f), measure(g)) {
        (None, None) => true,
        (Some(u), Some(v)) => u.is_comparable_with(v),
        _ => false,
    }
}

/// Whether two figures give the same number in like units.
pub(crate) fn agree(f: &Figure, g: &Figure) -> bool {
    comparable_units(f, g) && relation(f, g) == Relation::Agree
}

/// How two numbers of one measure relate.
pub(crate) fn relation(f: &Figure, g: &Figure) -> Relation {
    let base = |figure: &Figure, n: Number| figure.unit.as_ref().map_or(Some(n), |u| u.to_base(n));
    let (Some(a), Some(b)) = (base(f, f.value), base(g, g.value)) else { return Relation::NotComparable };
    let converted = f.unit != g.unit;
    if f.value_to.is_some() || g.value_to.is_some() {
        return ranges(f, g);
    }
    let same = if converted { within(a, b, 100) } else { a == b };
    match (same, f.bound == g.bound) {
        (true, true) => Relation::Agree,
        // A converted number is rounded, and a rounded number says "about" of itself.
        (true, false) if converted && [f.bound, g.bound].contains(&Bound::About) => Relation::Agree,
        (true, false) => Relation::OtherBound,
        (false, _) if rounds(f, a, b) || rounds(g, b, a) => Relation::Agree,
        (false, true) if !converted && f.bound == Bound::Exactly && is_shortened(f.value, g.value) => {
            Relation::Agree
        }
        (false, _) => Relation::OtherNumber,
    }
}

/// A range against a range, or against one number.
fn ranges(f: &Figure, g: &Figure) -> Relation {
    match (f.value_to, g.value_to) {
        (Some(a), Some(b)) if (f.value, a) == (g.value, b) => Relation::Agree,
        (Some(to), None) if to == g.value || f.value == g.value => Relation::OtherBound,
        (None, Some(to)) if to == f.value || f.value == g.value => Relation::OtherBound,
        _ => Relation::OtherNumber,
    }
}

/// Whether the two are within one part in `parts` of each other.
fn within(a: Number, b: Number, parts: i128) -> bool {
    let (a, b) = (a.millionths(), b.millionths());
    (a - b).abs().saturating_mul(parts) <= a.abs().max(b.abs())
}

/// Whether `figure`, whose number is `rounded`, is a rounding of `exact` that its bound allows.
fn rounds(figure: &Figure, rounded: Number, exact: Number) -> bool {
    let near = within(rounded, exact, 50);
    match figure.bound {
        Bound::About => near,
        Bound::MoreThan | Bound::AtLeast => near && exact > rounded,
        Bound::LessThan | Bound::AtMost => near && exact < rounded,
        Bound::Exactly | Bound::Range => false,
    }
}

/// Whether one number is the other with fewer digits: "3 million" for 2.97 million, "33 percent" for 33.3. Only of
/// large numbers and fractions, which nobody gives to the last digit: whole counts are told as they are.
fn is_shortened(a: Number, b: Number) -> bool {
    let shortens = |coarse: Number, fine: Number| {
        let place = last_place(coarse);
        let is_long = fine.millionths() % place != 0 && (coarse >= MILLION || !fine.is_whole());
        is_long && 2 * (coarse.millionths() - fine.millionths()).abs() <= place
    };
    within(a, b, 50) && (shortens(a, b) || shortens(b, a))
}

/// The value of the last digit of a number that is not zero, in millionths.
fn last_place(number: Number) -> i128 {
    let mut place = 1;
    while number.millionths() != 0 && number.millionths() % (place * 10) == 0 {
        place *= 10;
    }
    place
}

const MILLION: Number = Number::from_millionths(1_000_000_000_000);

/// Sentences of one article whose figures are read, and words of each.
const MOST_SENTENCES: usize = 400;
const LONGEST_SENTENCE: usize = 120;

/// The figures of an article in its own sentences, each with its index.
pub(crate) fn counts_of(of: &AnnotatedArticle) -> Vec<(u32, Count<'_>)> {
    let Some(lexicon) = Lexicon::of(&of.article) else { return Vec::new() };
    let figures = &of.annotations.figures;
    let mut found = Vec::new();
    for &sentence in of.annotations.sentences.iter().take(MOST_SENTENCES) {
        let first = figures.partition_point(|f| f.span.end() <= sentence.start());
        if figures.get(first).is_none_or(|f| f.span.start() >= sentence.end()) {
            continue;
        }
        let words = read(of, lexicon, sentence, LONGEST_SENTENCE);
        let clauses = clauses(&words, &[], lexicon, &of.article.text);
        for at in (0..words.len()).filter(|&i| words[i].figure.is_some()) {
            let clause = clauses.iter().find(|c| c.contains(&at)).cloned().unwrap_or(0..words.len());
            let count = Count::new(of, lexicon, (&words, clause, at));
            found.extend(words[at].figure.zip(count));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use onrecord_model::{Annotations, Article, Hash, Holder, Span};

    use super::*;

    fn figure((number, unit, bound): (&str, &'static str, Bound)) -> Figure {
        let unit = (!unit.is_empty()).then(|| Unit::new(unit));
        let value = number.parse().unwrap();
        let span = Span::new(0, 1);
        Figure { span, value, value_to: None, bound, unit, counted: None, holder: Holder::Outlet }
    }

    #[test]
    fn rounding_and_conversion_are_no_difference() {
        use Bound::{About, AtLeast, Exactly, MoreThan};
        use Relation::{Agree, OtherBound, OtherNumber};
        for (left, right, expected) in [
            (("16214", "", Exactly), ("16000", "", MoreThan), Agree),
            (("16214", "", Exactly), ("16000", "", About), Agree),
            (("16214", "", Exactly), ("16000", "", Exactly), OtherNumber),
            (("298", "", Exactly), ("300", "", Exactly), OtherNumber),
            (("2970000", "litre", Exactly), ("3000000", "litre", Exactly), Agree),
            (("1400000", "", Exactly), ("1000000", "", Exactly), OtherNumber),
            (("3000000", "", Exactly), ("3100000", "", Exactly), OtherNumber),
            (("2970000", "", Exactly), ("3000000", "", MoreThan), OtherNumber),
            (("33.3", "percent", Exactly), ("33", "percent", Exactly), Agree),
            (("3.2", "percent", Exactly), ("3", "percent", Exactly), OtherNumber),
            (("5", "km", Exactly), ("3.1", "mile", Exactly), Agree),
            (("5", "km", Exactly), ("5.2", "mile", Exactly), OtherNumber),
            (("14", "", Exactly), ("14", "", AtLeast), OtherBound),
            (("0", "", Exactly), ("0.5", "", Exactly), OtherNumber),
        ] {
            let (left, right) = (figure(left), figure(right));
            assert_eq!(relation(&left, &right), expected, "{left:?} {right:?}");
            assert_eq!(relation(&right, &left), expected, "{right:?} {left:?}");
        }
    }

    /// Whether "Velden" is where the 40 schools are counted.
    #[track_caller]
    fn check_place(text: &str, kind: EntityKind, expected: bool) {
        let find = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap();
        let figure =
            Figure { counted: Some(find("schools")), span: find("40"), ..figure(("40", "", Bound::Exactly)) };
        let mention = Mention { span: find("Velden"), kind, entity: Some(EntityRef(0)) };
        let annotations = Annotations { mentions: vec![mention], ..Annotations::default() };
        let article = Article::of_text("a.txt", Hash::of(text.as_bytes()), text);
        let of = AnnotatedArticle { article, annotations };
        assert_eq!(place_of(&of, &figure).is_some(), expected, "{text}");
    }

    #[test]
    fn a_place_is_tied_to_what_is_counted() {
        check_place("40 schools in Velden", EntityKind::Place, true);
        check_place("40 Velden schools", EntityKind::Place, true);
        check_place("40 schools in Velden", EntityKind::Person, false);
        check_place("In Velden 40 schools closed", EntityKind::Place, false);
        check_place("40 schools. Velden has none", EntityKind::Place, false);
        check_place("40 schools that he promised to Velden", EntityKind::Place, false);
    }
}
