//! Stretches of the calendar as values: EDTF text, first day, last day.

use jiff::{
    Span as Time, ToSpan,
    civil::{Date, Weekday},
};
use onrecord_model::DateValue;

use super::meaning::Unit;

/// First month of spring, and of the quarter-year code 21 in EDTF.
const SPRING: i8 = 3;

fn value(edtf: String, first: Date, last: Date) -> DateValue {
    DateValue { edtf, first, last }
}

/// A day; `None` where the calendar has none such.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<DateValue> {
    Date::new(year, month, day).ok().map(DateValue::day)
}

/// A month.
pub(super) fn month(year: i16, month: i8) -> Option<DateValue> {
    let first = Date::new(year, month, 1).ok()?;
    Some(value(format!("{year:04}-{month:02}"), first, first.last_of_month()))
}

/// A year.
pub(super) fn year(year: i16) -> Option<DateValue> {
    let first = Date::new(year, 1, 1).ok()?;
    Some(value(format!("{year:04}"), first, first.last_of_year()))
}

/// `months` months from the month `from`, with an EDTF code in place of the month.
fn months(year: i16, code: u8, from: i8, months: i32) -> Option<DateValue> {
    let first = Date::new(year, from, 1).ok()?;
    let last = first.checked_add(months.months()).ok()?.yesterday().ok()?;
    Some(value(format!("{year:04}-{code}"), first, last))
}

/// Season 1 is spring; the seasons of the north.
pub(super) fn season(year: i16, season: u8) -> Option<DateValue> {
    months(year, 20 + season, SPRING + 3 * i8::try_from(season.checked_sub(1)?).ok()?, 3)
}

/// Quarter 1 to 4.
pub(super) fn quarter(year: i16, quarter: u8) -> Option<DateValue> {
    months(year, 32 + quarter, 1 + 3 * i8::try_from(quarter.checked_sub(1)?).ok()?, 3)
}

/// Half 1 or 2.
pub(super) fn half(year: i16, half: u8) -> Option<DateValue> {
    months(year, 39 + half, 1 + 6 * i8::try_from(half.checked_sub(1)?).ok()?, 6)
}

/// The decade that starts with `year`.
pub(super) fn decade(year: i16) -> Option<DateValue> {
    let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year.checked_add(9)?, 12, 31).ok()?);
    Some(value(format!("{:03}X", year / 10), first, last))
}

/// The century whose years start with `hundreds`.
pub(super) fn century(hundreds: i16) -> Option<DateValue> {
    let first = Date::new(hundreds.checked_mul(100)?, 1, 1).ok()?;
    let last = Date::new(hundreds * 100 + 99, 12, 31).ok()?;
    Some(value(format!("{hundreds:02}XX"), first, last))
}

/// The week of `date`, from Monday, as ISO 8601 counts weeks.
pub(super) fn week(date: Date) -> Option<DateValue> {
    let week = date.iso_week_date();
    let first = date.checked_sub(i32::from(date.weekday().to_monday_zero_offset()).days()).ok()?;
    let last = first.checked_add(6.days()).ok()?;
    Some(value(format!("{:04}-W{:02}", week.year(), week.week()), first, last))
}

/// Saturday and Sunday of the week of `date`.
fn weekend(date: Date) -> Option<DateValue> {
    let last = week(date)?.last;
    Some(between(&DateValue::day(last.yesterday().ok()?), &DateValue::day(last)))
}

/// Everything from the first day of `a` to the last day of `b`.
pub(super) fn between(a: &DateValue, b: &DateValue) -> DateValue {
    value(format!("{}/{}", a.edtf, b.edtf), a.first, b.last)
}

/// One of two days.
pub(super) fn either(a: &DateValue, b: &DateValue) -> DateValue {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    value(format!("[{},{}]", a.edtf, b.edtf), a.first, b.last)
}

fn quarter_of(month: i8) -> u8 {
    u8::try_from((month - 1) / 3 + 1).unwrap_or(1)
}

/// The stretch of kind `unit` that holds `date`.
pub(super) fn holding(unit: Unit, date: Date) -> Option<DateValue> {
    match unit {
        Unit::Week => week(date),
        Unit::Weekend => weekend(date),
        Unit::Month => month(date.year(), date.month()),
        Unit::Quarter => quarter(date.year(), quarter_of(date.month())),
        Unit::Half => half(date.year(), if date.month() < 7 { 1 } else { 2 }),
        Unit::Season => {
            let since_march = (date.month() + 12 - SPRING) % 12;
            let year = if date.month() < SPRING { date.year() - 1 } else { date.year() };
            season(year, u8::try_from(since_march / 3 + 1).ok()?)
        }
        Unit::Year => year(date.year()),
        Unit::Decade => decade(date.year() / 10 * 10),
        Unit::Century => century(date.year() / 100),
        Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => Some(DateValue::day(date)),
    }
}

fn length(unit: Unit, n: i32) -> Time {
    let n = i64::from(n.clamp(-2_000, 2_000));
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => 0.days(),
        Unit::Day => n.days(),
        Unit::Week | Unit::Weekend => n.weeks(),
        Unit::Month => n.months(),
        Unit::Quarter | Unit::Season => (3 * n).months(),
        Unit::Half => (6 * n).months(),
        Unit::Year => n.years(),
        Unit::Decade => (10 * n.min(200)).years(),
        Unit::Century => (100 * n.clamp(-20, 20)).years(),
    }
}

/// `date` moved by `n` units.
pub(super) fn moved(date: Date, unit: Unit, n: i32) -> Option<Date> {
    date.checked_add(length(unit, n)).ok()
}

/// Week `n` of a month; -1 is the last. A week belongs to the month of its Thursday.
pub(super) fn week_of_month(year: i16, month: i8, n: i8) -> Option<DateValue> {
    let first = Date::new(year, month, 1).ok()?;
    week(first.nth_weekday_of_month(n, Weekday::Thursday).ok()?)
}
