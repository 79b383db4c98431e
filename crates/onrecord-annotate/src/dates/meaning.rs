//! What an expression of time says, before the day of writing tells which days it means.

use jiff::civil::Weekday;
use serde::Deserialize;

/// A stretch of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Every unit.
    pub(super) const ALL: [Self; 13] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Weekend,
        Self::Week,
        Self::Month,
        Self::Season,
        Self::Quarter,
        Self::Half,
        Self::Year,
        Self::Decade,
        Self::Century,
    ];
}

/// Which year a day, month or season lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said.
    Unsaid,
    /// "2024"
    Is(i16),
    /// "of last year": years from the day of writing.
    Shift(i32),
    /// "last March": the most recent (-1), the one of this year (0), the next (1).
    Nearest(i32),
    /// "of the previous year": years from the day told before.
    Anchored(i32),
}

/// What of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Month and day.
    Day(i8, i8),
    Month(i8),
    /// From 1, spring.
    Season(u8),
    Quarter(u8),
    Half(u8),
    /// A week of a month, from 1; -1 is the last.
    Week(i8, i8),
    Whole,
}

/// From where a shift counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The day of writing.
    Reference,
    /// The day told before.
    Anchor,
}

/// Where words that name no day point, seen from the day of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Present,
    Future,
    /// "at that time"
    Unsaid,
}

/// What a stretch of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Weekday(Weekday),
    Unit(Unit),
}

/// Two numbers and a year whose order may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeric {
    pub(super) first: i8,
    pub(super) second: i8,
    pub(super) year: Option<i16>,
    /// Between the numbers: `/`, `.` or `-`.
    pub(super) mark: char,
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// "27 February", "the third quarter of 2009", "2024"
    Calendar(Year, Field),
    /// "27/02/2024"
    Numeric(Numeric),
    /// "Tuesday", "last Tuesday" (-1), "Tuesday of last week" (week -1)
    Weekday { day: Weekday, shift: Option<i32>, week: Option<i32> },
    /// "the following Friday" (1), from the day told before
    WeekdayFrom { day: Weekday, by: i32 },
    /// "the weekend"
    Weekend,
    /// "the first Monday of March", "the last two weeks of the year" (`n` -1, `count` 2)
    Part { what: Piece, n: i32, count: i32, of: Box<Meaning> },
    /// "the week of 3 March"
    WeekOf(Box<Meaning>),
    /// "two weeks after 3 May"
    Moved { unit: Unit, by: i32, from: Box<Meaning> },
    /// "for three days from Monday"
    Lasting { unit: Unit, n: i32, from: Box<Meaning> },
    /// "in ten days": from the day of writing if it is to come, a length if not
    Ahead { unit: Unit, by: i32 },
    /// "yesterday", "last week", "two days earlier"
    Shift { unit: Unit, by: i32, origin: Origin },
    /// "the past two weeks" (-2), "the next three days" (3)
    Span { unit: Unit, by: i32 },
    /// "the same month a year ago"
    SameBefore { years: i32 },
    /// "the 1990s"
    Decade(i16),
    /// "the 19th century", counted as people do
    Century(i16),
    /// "22-27 September"
    Range(Box<Meaning>, Box<Meaning>),
    /// A length, not a day: "33 years"
    Length,
    /// A time of day without its day
    Time,
    /// A year of somebody's books
    Fiscal,
    /// "now", "recently", "soon": no day, but before, at or after the day of writing
    Vague(Direction),
}

impl Meaning {
    /// Whether the words name one day.
    pub(super) fn is_day(&self) -> bool {
        matches!(
            self,
            Self::Calendar(_, Field::Day(..))
                | Self::Numeric(_)
                | Self::Weekday { .. }
                | Self::Shift { unit: Unit::Day, .. }
        )
    }
}

/// An expression and its tokens, end exclusive.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) meaning: Meaning,
}
