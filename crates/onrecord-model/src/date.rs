//! Days as articles give them: exact, or only a month, or a stretch.

use jiff::civil::Date;

/// What a date reference means: an EDTF expression and the first and last day it can be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateValue {
    /// Extended Date/Time Format (ISO 8601-2): `2024-02-27`, `2024-02`, `2024-09-22/2024-09-27`, `2024-21` (spring).
    pub edtf: String,
    /// The first day it can be.
    pub first: Date,
    /// The last day it can be, included.
    pub last: Date,
}

impl DateValue {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { edtf: date.to_string(), first: date, last: date }
    }

    /// The day, if it is one.
    pub fn as_day(&self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }

    /// Whether some day fits both.
    pub fn is_compatible_with(&self, other: &DateValue) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}
