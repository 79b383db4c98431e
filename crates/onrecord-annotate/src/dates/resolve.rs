//! Works out the days that an expression means, and says why.
//!
//! A day of the week or a date without a year is the most recent one up to the day of writing, or,
//! where the nearest verb tells what is to come, the first one from that day on.

use jiff::{civil::Date, civil::Weekday};
use onrecord_model::{Because, DateValue};

use super::{
    calendar,
    lexicon::{Order, Orders},
    meaning::{Direction, Field, Meaning, Numeric, Origin, Unit, Year},
    place::{self, on_or_after, on_or_before},
    tense::Tense,
};

/// How far in sentences "a day earlier" looks for the day it counts from.
const ANCHOR_REACH: usize = 2;
/// A date in digits is read in the order that puts it this near to the day of writing, in days.
const NEAR_DAYS: i32 = 45;

/// What is known while an article is read from its start.
pub(super) struct Resolver {
    pub(super) reference: Option<Date>,
    pub(super) orders: Orders,
    /// The order that a date of this article leaves no doubt of, with its mark.
    pub(super) order: Option<(char, Order)>,
    /// The day told last, and its sentence.
    pub(super) anchor: Option<(DateValue, usize)>,
}

/// The same for days up to the day of writing: what news tells.
const NEWS_DAYS: i32 = 3;
/// A day or quarter without a year this near to the day of writing is meant, whatever the tense.
const OWN_DAYS: i32 = 60;

/// A value, or none, with the reason.
type Resolved = (Option<DateValue>, Because);

/// Where an expression stands.
pub(super) struct Place<'a> {
    pub(super) sentence: usize,
    pub(super) tense: &'a dyn Fn() -> Tense,
}

impl Resolver {
    /// The days that `meaning` means; an exact day becomes the one that "a day earlier" counts from.
    pub(super) fn resolve(&mut self, meaning: &Meaning, place: &Place<'_>) -> Resolved {
        let (value, because) = self.value(meaning, place);
        if let Some(day) = value.as_ref().filter(|value| value.as_day().is_some()) {
            self.anchor = Some((day.clone(), place.sentence));
        }
        (value, because)
    }

    fn value(&self, meaning: &Meaning, place: &Place<'_>) -> Resolved {
        match meaning {
            Meaning::Calendar(year, field) => self.calendar(*year, *field, place),
            Meaning::Numeric(numeric) => self.numeric(*numeric),
            Meaning::Weekday { day, shift, week } => self.weekday(*day, *shift, *week, place),
            Meaning::WeekdayFrom { day, by } => self.weekday_from(*day, *by, place),
            Meaning::Weekend => self.weekend(place),
            Meaning::Part { what, n, count, of } => {
                let whole = self.value(of, place);
                within(whole, "date.part", |whole| place::part(whole, *what, *n, *count))
            }
            Meaning::WeekOf(day) => {
                within(self.value(day, place), "date.week", |day| calendar::week(day.as_day()?))
            }
            Meaning::Moved { unit, by, from } => within(self.value(from, place), "date.moved", |from| {
                calendar::moved(from.as_day()?, *unit, *by).map(DateValue::day)
            }),
            Meaning::Lasting { unit, n, from } => within(self.value(from, place), "date.lasting", |from| {
                let last = calendar::moved(from.as_day()?, *unit, *n)?.yesterday().ok()?;
                Some(calendar::between(from, &DateValue::day(last)))
            }),
            Meaning::Ahead { unit, by } => match (place.tense)() {
                Tense::Future => self.shift(*unit, *by, Origin::Reference, place),
                _ => unknown("date.length", "a length of time, not a day"),
            },
            Meaning::Shift { unit, by, origin } => self.shift(*unit, *by, *origin, place),
            Meaning::Span { unit, by } => self.stretch(*unit, *by),
            Meaning::SameBefore { years } => self.same_before(*years, place),
            Meaning::Decade(year) => known("date.decade", calendar::decade(*year), "a decade as printed"),
            Meaning::Century(n) => known("date.century", calendar::century(n - 1), "a century as printed"),
            Meaning::Range(a, b) => self.range(a, b, place),
            Meaning::Length => unknown("date.length", "a length of time, not a day"),
            Meaning::Time => unknown("date.time", "a time of day; the words do not name its day"),
            Meaning::Fiscal => {
                unknown("date.fiscal", "a year of somebody's books, which need not be the calendar's")
            }
            Meaning::Vague(Direction::Past) => unknown("date.vague_past", "past; the words name no day"),
            Meaning::Vague(Direction::Present) => {
                unknown("date.vague_present", "present; the words name no day")
            }
            Meaning::Vague(Direction::Future) => {
                unknown("date.vague_future", "to come; the words name no day")
            }
            Meaning::Vague(Direction::Unsaid) => unknown("date.vague", "the words name no day"),
        }
    }

    fn calendar(&self, year: Year, field: Field, place: &Place<'_>) -> Resolved {
        if let Year::Is(year) = year {
            return known("date.calendar", field.of(year), "as printed");
        }
        if let Year::Anchored(by) = year {
            let Some((anchor, _)) = self.anchor_of(place).or_else(|| self.reference_anchor()) else {
                return undated();
            };
            let value = i16::try_from(by).ok().and_then(|by| field.of(anchor.first.year() + by));
            return known("date.anchored", value, format!("counted from {}, told before", anchor.edtf));
        }
        let Some(reference) = self.reference else { return undated() };
        let (chosen, how) = match year {
            Year::Shift(by) => (i16::try_from(by).ok().map(|by| reference.year() + by), "counted from"),
            Year::Nearest(by) => (nearest(field, reference, tense_of(by), true), "the nearest one to"),
            _ => match (place.tense)() {
                Tense::Past => (nearest(field, reference, Tense::Past, false), "the most recent one up to"),
                Tense::Future => (nearest(field, reference, Tense::Future, false), "the first one from"),
                Tense::Unknown => (nearest(field, reference, Tense::Unknown, false), "the nearest one to"),
            },
        };
        let value = chosen.and_then(|year| field.of(year));
        known("date.year_of_writing", value, format!("{how} {reference}, the day of writing"))
    }

    fn numeric(&self, numeric: Numeric) -> Resolved {
        let (day_first, month_first) =
            (self.dated(numeric, numeric.with_day_first()), self.dated(numeric, numeric.with_month_first()));
        let (a, b) = match (day_first, month_first) {
            (Some(a), Some(b)) if a != b => (a, b),
            (Some(only), _) | (None, Some(only)) => {
                return known(
                    "date.numeric",
                    Some(only),
                    "only one order of day and month is possible, or both agree",
                );
            }
            (None, None) => {
                return unknown("date.numeric", "no day has these numbers, or the year is not known");
            }
        };
        if let Some((_, order)) = self.order.filter(|(mark, _)| *mark == numeric.mark) {
            let value = if order == Order::Day { a } else { b };
            return known(
                "date.order_of_article",
                Some(value),
                "in the order of another date of this article",
            );
        }
        match self.order_by_nearness(&a, &b).unwrap_or(self.orders.of(numeric.mark)) {
            Order::Day => known("date.order", Some(a), "day before month, by the day of writing or by usage"),
            Order::Month => {
                known("date.order", Some(b), "month before day, by the day of writing or by usage")
            }
            Order::Unknown => known(
                "date.order_open",
                Some(calendar::either(&a, &b)),
                "one of two days: nothing tells whether day or month comes first",
            ),
        }
    }

    fn dated(&self, numeric: Numeric, field: Option<Field>) -> Option<DateValue> {
        let field = field?;
        match numeric.year {
            Some(year) => field.of(year),
            None => field.of(nearest(field, self.reference?, Tense::Unknown, false)?),
        }
    }

    fn order_by_nearness(&self, a: &DateValue, b: &DateValue) -> Option<Order> {
        let reference = self.reference?;
        let is_near = |value: &DateValue| days_between(value.first, reference).abs() <= NEAR_DAYS;
        let is_news = |value: &DateValue| (0..=NEWS_DAYS).contains(&days_between(reference, value.first));
        match (is_news(a), is_news(b)) {
            (true, false) => return Some(Order::Day),
            (false, true) => return Some(Order::Month),
            _ => {}
        }
        match (is_near(a), is_near(b)) {
            (true, false) => Some(Order::Day),
            (false, true) => Some(Order::Month),
            _ => None,
        }
    }

    fn weekday(&self, day: Weekday, shift: Option<i32>, week: Option<i32>, place: &Place<'_>) -> Resolved {
        let Some(reference) = self.reference else { return undated() };
        if let Some(by) = week {
            let monday = calendar::moved(reference, Unit::Week, by).and_then(calendar::week);
            let value = monday.and_then(|week| on_or_after(week.first, day)).map(DateValue::day);
            return known(
                "date.weekday_of_week",
                value,
                format!("in the week counted from {reference}, the day of writing"),
            );
        }
        let (date, how) = match shift {
            Some(-1) => {
                (reference.yesterday().ok().and_then(|d| on_or_before(d, day)), "the last one before")
            }
            Some(1) => (reference.tomorrow().ok().and_then(|d| on_or_after(d, day)), "the next one after"),
            Some(_) => {
                let own = calendar::week(reference).and_then(|w| on_or_after(w.first, day));
                let gone = own.is_some_and(|own| own < reference) && (place.tense)() == Tense::Future;
                (
                    if gone { on_or_after(reference, day) } else { own },
                    "the one in the week of, or to come from",
                )
            }
            None if (place.tense)() == Tense::Future => {
                (on_or_after(reference, day), "still to come: the first one from")
            }
            None => (on_or_before(reference, day), "the most recent one up to"),
        };
        known("date.weekday", date.map(DateValue::day), format!("{how} {reference}, the day of writing"))
    }

    fn shift(&self, unit: Unit, by: i32, origin: Origin, place: &Place<'_>) -> Resolved {
        let (from, rule, what) = match origin {
            Origin::Reference => (self.reference, "date.relative", "the day of writing"),
            Origin::Anchor => match self.anchor_of(place) {
                Some((anchor, _)) => {
                    let whole = (unit >= Unit::Year && anchor.first.year() == anchor.last.year())
                        .then_some(anchor.first);
                    (anchor.as_day().or(whole), "date.anchored", "told before")
                }
                None if unit >= Unit::Month => (self.reference, "date.relative", "the day of writing"),
                None => return unknown("date.anchored", "the text does not tell the day it counts from"),
            },
        };
        let Some(from) = from else { return undated() };
        if unit < Unit::Day {
            return unknown("date.time", "counted in hours or less");
        }
        let value = calendar::moved(from, unit, by).and_then(|date| calendar::holding(unit, date));
        known(rule, value, format!("counted from {from}, {what}"))
    }

    /// "the following Friday", from the day told before or the day of writing.
    fn weekday_from(&self, day: Weekday, by: i32, place: &Place<'_>) -> Resolved {
        let Some((anchor, _)) = self.anchor_of(place).or_else(|| self.reference_anchor()) else {
            return undated();
        };
        let date = match by {
            1 => anchor.last.tomorrow().ok().and_then(|date| on_or_after(date, day)),
            _ => anchor.first.yesterday().ok().and_then(|date| on_or_before(date, day)),
        };
        known("date.anchored", date.map(DateValue::day), format!("counted from {}, told before", anchor.edtf))
    }

    /// The last weekend that has begun, or the coming one.
    fn weekend(&self, place: &Place<'_>) -> Resolved {
        let Some(reference) = self.reference else { return undated() };
        let (saturday, how) = match (place.tense)() {
            Tense::Future => {
                (calendar::holding(Unit::Weekend, reference).map(|days| days.first), "the coming one from")
            }
            _ => (on_or_before(reference, Weekday::Saturday), "the last one up to"),
        };
        let value = saturday.and_then(|date| calendar::holding(Unit::Weekend, date));
        known("date.weekend", value, format!("{how} {reference}, the day of writing"))
    }

    /// The day told before, if it was told near enough.
    fn anchor_of(&self, place: &Place<'_>) -> Option<(DateValue, usize)> {
        self.anchor.clone().filter(|(_, sentence)| place.sentence.saturating_sub(*sentence) <= ANCHOR_REACH)
    }

    fn reference_anchor(&self) -> Option<(DateValue, usize)> {
        self.reference.map(|day| (DateValue::day(day), 0))
    }

    fn stretch(&self, unit: Unit, by: i32) -> Resolved {
        let Some(reference) = self.reference else { return undated() };
        let other = calendar::moved(reference, unit, by);
        let value = match unit {
            // Quarters of books: whole ones, the running one not among them.
            Unit::Quarter => calendar::moved(reference, unit, by.signum())
                .and_then(|near| Some((calendar::holding(unit, near)?, calendar::holding(unit, other?)?))),
            _ if by < 0 => other.map(|other| (DateValue::day(reference), DateValue::day(other))),
            _ => reference.tomorrow().ok().zip(other).map(|(a, b)| (DateValue::day(a), DateValue::day(b))),
        };
        let value =
            value.map(
                |(near, far)| {
                    if by < 0 { calendar::between(&far, &near) } else { calendar::between(&near, &far) }
                },
            );
        known("date.stretch", value, format!("counted from {reference}, the day of writing"))
    }

    fn same_before(&self, years: i32, place: &Place<'_>) -> Resolved {
        let anchor = self.anchor.clone().filter(|(_, sentence)| *sentence == place.sentence);
        let Some((anchor, _)) = anchor else {
            return unknown("date.anchored", "the text does not tell the time it is set against");
        };
        let value = years_before(&anchor, years);
        known("date.anchored", value, format!("{years} year(s) before {}, told before", anchor.edtf))
    }

    fn range(&self, a: &Meaning, b: &Meaning, place: &Place<'_>) -> Resolved {
        let (last, because) = match (b, self.value(a, place).0.and_then(|first| first.as_day())) {
            (Meaning::Weekday { day, shift: None, week: None }, Some(first)) => known(
                "date.range",
                on_or_after(first, *day).map(DateValue::day),
                "from the first to the last",
            ),
            _ => self.value(b, place),
        };
        let Some(last) = last else { return (None, because) };
        let first = match a {
            Meaning::Calendar(Year::Unsaid, field) => before(*field, &last),
            other => self.value(other, place).0,
        };
        match first.filter(|first| first.first <= last.last) {
            Some(first) if first.first <= last.first => (
                Some(calendar::between(&first, &last)),
                Because::new("date.range", "from the first to the last"),
            ),
            _ => unknown("date.range", "the two ends do not make a stretch of time"),
        }
    }

    /// Keeps a stretch in mind as what "the same month a year ago" is set against.
    pub(super) fn keep(&mut self, value: &DateValue, sentence: usize) {
        self.anchor = Some((value.clone(), sentence));
    }
}

impl Field {
    /// This field of `year`.
    fn of(self, year: i16) -> Option<DateValue> {
        match self {
            Self::Day(month, day) => calendar::day(year, month, day),
            Self::Month(month) => calendar::month(year, month),
            Self::Season(season) => calendar::season(year, season),
            Self::Quarter(quarter) => calendar::quarter(year, quarter),
            Self::Half(half) => calendar::half(year, half),
            Self::Week(month, n) => calendar::week_of_month(year, month, n),
            Self::Whole => calendar::year(year),
        }
    }
}

fn tense_of(by: i32) -> Tense {
    match by {
        -1 => Tense::Past,
        1 => Tense::Future,
        _ => Tense::Unknown,
    }
}

/// The year of the nearest such field: up to the day of writing, from it on, or on either side.
fn nearest(field: Field, reference: Date, tense: Tense, is_asked: bool) -> Option<i16> {
    let years = (-4..=4)
        .filter_map(|by: i16| field.of(reference.year() + by).map(|value| (reference.year() + by, value)));
    let distance = |value: &DateValue| {
        days_between(value.first, reference).abs().min(days_between(value.last, reference).abs())
    };
    let fits = |value: &DateValue| match tense {
        Tense::Past => value.first <= reference,
        Tense::Future => value.last >= reference,
        Tense::Unknown => true,
    };
    let closest = years.clone().min_by_key(|(_, value)| distance(value))?;
    if matches!(field, Field::Day(..) | Field::Quarter(_)) && distance(&closest.1) <= OWN_DAYS && !is_asked {
        return Some(closest.0);
    }
    years.filter(|(_, value)| fits(value)).min_by_key(|(_, value)| distance(value)).map(|(year, _)| year)
}

/// The last such field before `last` begins.
fn before(field: Field, last: &DateValue) -> Option<DateValue> {
    [last.first.year(), last.first.year() - 1]
        .into_iter()
        .filter_map(|year| field.of(year))
        .find(|first| first.first <= last.first)
}

fn years_before(value: &DateValue, years: i32) -> Option<DateValue> {
    let date = calendar::moved(value.first, Unit::Year, -years)?;
    let days = days_between(value.last, value.first);
    let unit = match days {
        0 => Unit::Day,
        27..=30 => Unit::Month,
        89..=91 => Unit::Quarter,
        364..=365 => Unit::Year,
        _ => return None,
    };
    calendar::holding(unit, date)
}

fn days_between(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX / 2, |span| span.get_days())
}

fn known(rule: &'static str, value: Option<DateValue>, note: impl Into<String>) -> Resolved {
    match value {
        Some(value) => (Some(value), Because::new(rule, note)),
        None => unknown(rule, "the calendar has no such day"),
    }
}

fn unknown(rule: &'static str, note: &'static str) -> Resolved {
    (None, Because::new(rule, note))
}

/// What `find` makes of a value, for the reasons that the value has.
fn within(whole: Resolved, rule: &'static str, find: impl Fn(&DateValue) -> Option<DateValue>) -> Resolved {
    let (Some(whole), _) = whole else { return whole };
    known(rule, find(&whole), format!("counted in {}", whole.edtf))
}

fn undated() -> Resolved {
    unknown("date.undated", "the article has no day of writing to count from")
}
