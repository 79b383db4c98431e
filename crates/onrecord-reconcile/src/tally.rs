//! One thing counted, as a table: every value with the day it holds for and who vouches for it, how the values
//! stand to each other, and which one a policy takes. Nothing here says which value is right.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_model::{
    AnnotatedArticle, Bound, Entity, EntityKind, Figure, FigureSeries, Holder, Id, Number, Record,
};

use crate::{figures::value_in, tellings::agree, words::fold};

/// Values of one series that are compared with each other; of more, the first and the last ones are.
const MOST_COMPARED: usize = 64;
/// "About 100" leaves this many percent on either side.
const ABOUT_PERCENT: i128 = 5;

/// One value that an article gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'a> {
    /// The article.
    pub article: Id,
    /// Index into the article's figures.
    pub index: u32,
    /// The figure as printed.
    pub figure: &'a Figure,
    /// The value in the unit of the series.
    pub value: Number,
    /// The upper end of a range, in the unit of the series.
    pub value_to: Option<Number>,
    /// The day that the value holds for: when it was said, or else when the article came out.
    pub as_of: Option<Date>,
    /// Who vouches for it, by the record's name; `None` for the outlet itself.
    pub party: Option<&'a str>,
    /// Whether a body, a state or somebody in a role does.
    pub is_official: bool,
    /// The first printing of the text: articles that copy one text tell once.
    pub text: Id,
}

/// How the values of a series stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// All can hold at once.
    Agrees,
    /// Values of one day agree, and no later one is lower.
    Grows,
    /// Values of one day agree, and no later one is higher.
    Falls,
    /// Each party keeps to its own value.
    Parties,
    /// Something else: values of one day, or of one party, that cannot both hold.
    Differs,
}

impl Course {
    /// The name used on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Grows => "grows",
            Self::Falls => "falls",
            Self::Parties => "parties",
            Self::Differs => "differs",
        }
    }
}

/// Which of several values to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// The lowest.
    Lowest,
    /// The highest.
    Highest,
    /// That of the latest day; of several, the one that most texts tell.
    Latest,
    /// The latest that a body, a state or somebody in a role vouches for.
    Official,
    /// The middle one when each text has one vote, its latest value; the lower of two.
    Median,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 5] = [Self::Lowest, Self::Highest, Self::Latest, Self::Official, Self::Median];

    /// The name used on the wire and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lowest => "lowest",
            Self::Highest => "highest",
            Self::Latest => "latest",
            Self::Official => "official",
            Self::Median => "median",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

/// Every value of one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<'a> {
    /// By day, then as the series has them; days that are not known first.
    pub told: Vec<Told<'a>>,
    /// How they stand to each other.
    pub course: Course,
}

/// A record, ready to tally its series.
pub struct Tallies<'a> {
    articles: &'a BTreeMap<Id, AnnotatedArticle>,
    entities: BTreeMap<(Id, u32), &'a Entity>,
    origins: BTreeMap<Id, Id>,
}

impl<'a> Tallies<'a> {
    /// Over a record and its articles; costs as much as the record has names.
    pub fn new(record: &'a Record, articles: &'a BTreeMap<Id, AnnotatedArticle>) -> Self {
        let named = |entity: &'a Entity| entity.members.iter().map(move |&member| (member, entity));
        Self {
            articles,
            entities: record.entities.iter().flat_map(named).collect(),
            origins: record.copies.iter().flat_map(|c| c.members.iter().map(|&m| (m, c.origin))).collect(),
        }
    }

    /// The values of a series; those that cannot be brought into its unit are left out.
    pub fn of(&self, series: &FigureSeries) -> Tally<'a> {
        let mut told: Vec<Told> =
            series.members.iter().filter_map(|&member| self.told(series, member)).collect();
        told.sort_by_key(|told| told.as_of);
        Tally { course: course(&told), told }
    }

    fn told(&self, series: &FigureSeries, (article, index): (Id, u32)) -> Option<Told<'a>> {
        let of = self.articles.get(&article)?;
        let figure = of.annotations.figures.get(index as usize)?;
        let in_unit = |value: Number| value_in((figure, value), series.unit.as_ref());
        let quotation = match figure.holder {
            Holder::Outlet => None,
            Holder::Quotation(n) => of.annotations.quotations.get(n as usize),
        };
        let speaker = quotation.map(|q| &q.speaker);
        let entity = speaker.and_then(|s| s.entity).and_then(|e| self.entities.get(&(article, e.0)).copied());
        let is_body = entity.is_some_and(|e| matches!(e.kind, EntityKind::Organisation | EntityKind::State));
        let said_on = quotation.and_then(|q| q.said_on.as_ref()).map(|day| day.last);
        let named = entity.map(|e| e.name.as_str());
        Some(Told {
            article,
            index,
            figure,
            value: in_unit(figure.value)?,
            value_to: figure.value_to.and_then(in_unit),
            as_of: said_on.or_else(|| of.article.reference_day()),
            party: speaker.map(|s| named.or(s.name.as_deref()).unwrap_or("unknown")),
            is_official: is_body || speaker.is_some_and(|s| s.name.is_some() && s.role.is_some()),
            text: self.origins.get(&article).copied().unwrap_or(article),
        })
    }
}

impl<'a> Tally<'a> {
    /// The value that a policy takes; `None` where it finds none.
    pub fn choose(&self, policy: Policy) -> Option<&Told<'a>> {
        match policy {
            Policy::Lowest => self.told.iter().min_by_key(|told| (told.value, told.article, told.index)),
            Policy::Highest => {
                let highest = |told: &&Told| told.value_to.unwrap_or(told.value);
                self.told.iter().rev().max_by_key(highest)
            }
            Policy::Latest => self.latest(|_| true),
            Policy::Official => self.latest(|told| told.is_official),
            Policy::Median => self.median(),
        }
    }

    fn latest(&self, is_asked: impl Fn(&Told) -> bool) -> Option<&Told<'a>> {
        let last = self.told.iter().filter(|told| is_asked(told)).filter_map(|told| told.as_of).max()?;
        let then: Vec<&Told> =
            self.told.iter().filter(|told| told.as_of == Some(last) && is_asked(told)).collect();
        let texts = |value: Number| {
            let telling = then.iter().filter(|told| told.value == value);
            telling.map(|told| told.text).collect::<BTreeSet<Id>>().len()
        };
        then.iter().rev().max_by_key(|told| (texts(told.value), std::cmp::Reverse(told.value))).copied()
    }

    fn median(&self) -> Option<&Told<'a>> {
        let mut votes: BTreeMap<Id, &Told> = BTreeMap::new();
        for told in &self.told {
            votes.insert(told.text, told);
        }
        let mut votes: Vec<&Told> = votes.into_values().collect();
        votes.sort_by_key(|told| (told.value, told.article, told.index));
        votes.get(votes.len().checked_sub(1)? / 2).copied()
    }
}

fn course(told: &[Told]) -> Course {
    let half = MOST_COMPARED / 2;
    let compared: Vec<&Told> = if told.len() <= MOST_COMPARED {
        told.iter().collect()
    } else {
        told[..half].iter().chain(&told[told.len() - half..]).collect()
    };
    let trend = over_time(&compared);
    if all_fit(&compared) {
        // "At least 14" and the next day "at least 40" can both hold; what was told has grown all the same.
        let ends = compared.first().zip(compared.last());
        let moved = trend.filter(|_| ends.is_some_and(|(first, last)| !meet(first, last)));
        return moved.unwrap_or(Course::Agrees);
    }
    let parties = keep_to_their_own(&compared).then_some(Course::Parties);
    parties.or(trend).unwrap_or(Course::Differs)
}

fn all_fit(told: &[&Told]) -> bool {
    told.iter().enumerate().all(|(i, a)| told[i + 1..].iter().all(|b| fit(a, b)))
}

/// Whether both can hold at once: the same number, one rounded, or one inside the bounds of the other.
fn fit(a: &Told, b: &Told) -> bool {
    let (x, y) = (reach(a), reach(b));
    (x.0 <= y.1 && y.0 <= x.1) || agree(a.figure, b.figure)
}

/// Whether both name one number, open bounds aside.
fn meet(a: &Told, b: &Told) -> bool {
    let is_open = |t: &Told| {
        matches!(t.figure.bound, Bound::MoreThan | Bound::AtLeast | Bound::LessThan | Bound::AtMost)
    };
    let named = |t: &Told| if is_open(t) { (t.value.millionths(), t.value.millionths()) } else { reach(t) };
    let (x, y) = (named(a), named(b));
    (x.0 <= y.1 && y.0 <= x.1) || agree(a.figure, b.figure)
}

/// The lowest and the highest number that the figure leaves open, in millionths.
fn reach(told: &Told) -> (i128, i128) {
    let value = told.value.millionths();
    let slack = value.abs() / 100 * ABOUT_PERCENT;
    match told.figure.bound {
        Bound::Exactly => (value, value),
        Bound::About => (value - slack, value + slack),
        Bound::MoreThan => (value.saturating_add(1), i128::MAX),
        Bound::AtLeast => (value, i128::MAX),
        Bound::LessThan => (i128::MIN, value.saturating_sub(1)),
        Bound::AtMost => (i128::MIN, value),
        Bound::Range => (value, told.value_to.map_or(value, Number::millionths)),
    }
}

/// Whether at least two parties give a value, each always its own, and the outlets follow one of them.
fn keep_to_their_own(told: &[&Told]) -> bool {
    let mut parties: BTreeMap<String, Vec<&Told>> = BTreeMap::new();
    let (mut outlets, known) = (Vec::new(), |party: &&str| *party != "unknown");
    for &told in told {
        match told.party.filter(known) {
            Some(party) => parties.entry(fold(party)).or_default().push(told),
            None => outlets.push(told),
        }
    }
    let follows = |told: &&Told| parties.values().flatten().any(|other| fit(told, other));
    parties.len() > 1 && parties.values().all(|own| all_fit(own)) && outlets.iter().all(follows)
}

/// Growth or fall over days, where every value has one and those of a day agree.
fn over_time(told: &[&Told]) -> Option<Course> {
    let mut days: BTreeMap<Date, Vec<&Told>> = BTreeMap::new();
    for &told in told {
        days.entry(told.as_of?).or_default().push(told);
    }
    if days.len() < 2 || !days.values().all(|day| all_fit(day)) {
        return None;
    }
    let ends = |day: &Vec<&Told>| {
        let values = || day.iter().map(|told| told.value);
        Some((values().min()?, values().max()?))
    };
    let ends: Vec<(Number, Number)> = days.values().filter_map(ends).collect();
    let grows = ends.windows(2).all(|pair| pair[0].1 <= pair[1].0);
    let falls = ends.windows(2).all(|pair| pair[1].1 <= pair[0].0);
    match (grows, falls) {
        (true, false) => Some(Course::Grows),
        (false, true) => Some(Course::Falls),
        _ => None,
    }
}
