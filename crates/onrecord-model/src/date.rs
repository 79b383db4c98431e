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

    /// Reads a day, a month, a year or a stretch of days: `2024-02-27`, `2024-02`, `2024`, `2024-09-22/2024-09-27`.
    pub fn parse(edtf: &str) -> Option<Self> {
        let (first, last) = match edtf.split_once('/') {
            Some((first, last)) => (first.parse().ok()?, last.parse().ok()?),
            None => stretch(edtf)?,
        };
        (first <= last).then(|| Self { edtf: edtf.to_owned(), first, last })
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

/// The first and the last day of a day, month or year.
fn stretch(edtf: &str) -> Option<(Date, Date)> {
    let is_plain = edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match edtf.len() {
        10 if is_plain => edtf.parse().ok().map(|day| (day, day)),
        7 if is_plain => format!("{edtf}-01").parse().ok().map(|day: Date| (day, day.last_of_month())),
        4 if is_plain => format!("{edtf}-01-01").parse().ok().map(|day: Date| (day, day.last_of_year())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_years_and_stretches_are_read() {
        let check = |edtf: &str, expected: Option<(&str, &str)>| {
            let read = DateValue::parse(edtf).map(|value| (value.first.to_string(), value.last.to_string()));
            assert_eq!(read, expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{edtf}");
        };
        check("2024-02-27", Some(("2024-02-27", "2024-02-27")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2023", Some(("2023-01-01", "2023-12-31")));
        check("2024-09-22/2024-09-27", Some(("2024-09-22", "2024-09-27")));
        for wrong in ["", "yesterday", "2024-13", "2024-02-30", "2024-09-27/2024-09-22", "-024", "２０２４"]
        {
            check(wrong, None);
        }
    }
}
