//! Days that are printed without their year, and the year that they must have.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::bytes::Regex;

use super::words::{WORDS, weekday};
use crate::extract::html;
use crate::extract::lines::beginning;
use crate::extract::shape::{LETTER, Shape, pattern};

/// A day and a month as printed; the year only where it is printed too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartialDay {
    /// Month and day; two ways of reading where the order is not clear.
    readings: Vec<(i8, i8)>,
    year: Option<i16>,
    weekday: Option<Weekday>,
}

/// How a day and a month are written.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let weekday = format!(r"(?:(?<w>[{LETTER}]{{2,14}})[.,]?\s*[\s(])?");
    let name = format!(r"(?<n>[{LETTER}]{{3,14}})");
    let day = r"(?<d>\d{1,2})(?:st|nd|rd|th)?";
    [
        format!(r"^{weekday}{day}\.?\s+(?:of\s|de\s)?{name}\.?(?:,?\s+(?:de\s)?(?<y>\d{{4}}))?\b"),
        format!(r"^{weekday}{name}\.?\s+{day}\b(?:,?\s+(?<y>\d{{4}})\b)?"),
        format!(r"^{weekday}(?<a>\d{{1,2}})\s?[/.]\s?(?<b>\d{{1,2}})\b(?:[/.](?<y>\d{{4}}|\d{{2}})\b)?"),
    ]
    .iter()
    .filter_map(|form| pattern(form))
    .collect()
});

/// The longest day with its weekday and year that is read, in bytes.
const LONGEST: usize = 120;

/// Reads a day and a month at the start of `text`, a weekday before them included.
pub(super) fn partial_day(text: &str) -> Option<PartialDay> {
    let shape = Shape::of(beginning(text, LONGEST));
    FORMS.iter().find_map(|form| {
        let parts = shape.captures(form)?;
        let number = |name| parts.name(name).and_then(|n| n.parse::<i8>().ok());
        let weekday = match parts.name("w") {
            Some(word) => Some(weekday(word)?),
            None => None,
        };
        let readings = match parts.name("n") {
            Some(name) => vec![(html::month(&name.to_lowercase())?, number("d")?)],
            None => orders(number("a")?, number("b")?),
        };
        let year = parts.name("y").and_then(|y| y.parse::<i16>().ok());
        let year = year.map(|y| if y < 100 { 2000 + y } else { y });
        let readings: Vec<_> =
            readings.into_iter().filter(|(m, d)| Date::new(2024, *m, *d).is_ok()).collect();
        (!readings.is_empty()).then_some(PartialDay { readings, year, weekday })
    })
}

/// Day first, and month first where that is possible and something else.
fn orders(a: i8, b: i8) -> Vec<(i8, i8)> {
    let mut out = vec![(b, a)];
    if a != b {
        out.push((a, b));
    }
    out
}

/// What a text says about the year it was written in.
#[derive(Debug, Clone, Default)]
pub(super) struct Years {
    /// The latest year that it names twice, years to come left out.
    named_twice: Option<i16>,
    /// The latest year of a day printed in full.
    of_a_day: Option<i16>,
    /// The first day of the week that its first sentence names.
    weekday: Option<Weekday>,
}

/// Years in which an article can have been written.
const PLAUSIBLE: std::ops::RangeInclusive<i16> = 1990..=2049;

impl Years {
    /// What these lines say; `lead` is the first sentence.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>, lead: &str) -> Self {
        let mut years = Self { weekday: words(lead).find_map(weekday), ..Self::default() };
        let mut named = std::collections::BTreeMap::new();
        for line in lines {
            let mut before = "";
            for word in words(line) {
                if let Some(year) = year(word).filter(|_| !WORDS.is_until(&before.to_lowercase())) {
                    *named.entry(year).or_insert(0) += 1;
                    years.of_a_day =
                        years.of_a_day.max(html::read_date(line, false).map(|day| day.date.year()));
                }
                before = word;
            }
        }
        years.named_twice = named.into_iter().rev().find(|(_, times)| *times >= 2).map(|(year, _)| year);
        years
    }

    /// The same, with the days that these lines print in full.
    #[must_use]
    pub(super) fn with_days<'a>(mut self, lines: impl Iterator<Item = &'a str>) -> Self {
        let days = lines.filter(|line| words(line).any(|word| year(word).is_some()));
        self.of_a_day = days.filter_map(|line| html::read_date(line, false)).map(|day| day.date.year()).max();
        self
    }
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn year(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|year| is_year && PLAUSIBLE.contains(year))
}

/// How many years after the last one named the weekday may decide.
const YEARS_AFTER: i16 = 2;

/// How far from the published day a day without a year may be, in days.
const NEAR_DAYS: i32 = 45;

impl PartialDay {
    /// The day and what told its year. `published` decides where it is known; else a year that is
    /// printed, the weekday, or the latest year that the text names.
    pub(super) fn resolve(&self, published: Option<Date>, years: &Years) -> Option<(Date, String)> {
        if let Some(year) = self.year {
            return self.one(year).map(|day| (day, "printed with its year".to_owned()));
        }
        if let Some(published) = published {
            return self
                .nearest(published)
                .map(|day| (day, "the year nearest to the published day".to_owned()));
        }
        match self.weekday {
            Some(_) => self.by_own_weekday(years),
            None => self.by_year_named(years),
        }
    }

    /// The year in which the day falls on the weekday printed with it, near the years that the text tells.
    fn by_own_weekday(&self, years: &Years) -> Option<(Date, String)> {
        let latest = years.named_twice.max(years.of_a_day)?;
        let mut days = (latest - 1..=latest + YEARS_AFTER).filter_map(|year| self.one(year));
        let day = days.next().filter(|_| days.next().is_none())?;
        Some((
            day,
            format!("in {} it falls on the weekday named, and the text tells of {latest}", day.year()),
        ))
    }

    /// The latest year named twice, if the weekday of the first sentence fits it; else the neighbour that it
    /// fits. In January the year named most is often the one before.
    fn by_year_named(&self, years: &Years) -> Option<(Date, String)> {
        let latest = years.named_twice?;
        let Some(weekday) = years.weekday else {
            let day = self.one(latest).filter(|day| day.month() > 1)?;
            return Some((day, format!("{latest} is the latest year that the text names more than once")));
        };
        let near = [latest, latest - 1, latest + 1].into_iter().filter_map(|year| self.one(year));
        let day = near.into_iter().find(|day| day.weekday() == weekday)?;
        Some((day, format!("in {} it falls on the weekday of the first sentence", day.year())))
    }

    /// The one day in `year` that is possible and falls on the weekday named.
    fn one(&self, year: i16) -> Option<Date> {
        let mut days = self.days(year);
        days.dedup();
        match days[..] {
            [day] => Some(day),
            _ => None,
        }
    }

    fn days(&self, year: i16) -> Vec<Date> {
        let days = self.readings.iter().filter_map(|(month, day)| Date::new(year, *month, *day).ok());
        days.filter(|day| self.weekday.is_none_or(|weekday| day.weekday() == weekday)).collect()
    }

    fn nearest(&self, published: Date) -> Option<Date> {
        let years = [published.year() - 1, published.year(), published.year() + 1];
        let days = years.into_iter().flat_map(|year| self.days(year));
        let far = |day: &Date| (*day - published).get_days().abs();
        days.min_by_key(far).filter(|day| far(day) <= NEAR_DAYS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, published: &str, named: &str, expected: &str) {
        let years = Years::of(named.lines(), named).with_days(named.lines());
        let day = partial_day(text).and_then(|day| day.resolve(published.parse().ok(), &years));
        assert_eq!(day.map(|(day, _)| day.to_string()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn a_day_near_the_published_one_gets_its_year() {
        check("May 3 (Vesta) -", "2024-05-04", "", "2024-05-03");
        check("March 4", "2024-03-04", "", "2024-03-04");
        check("30 December", "2024-01-02", "", "2023-12-30");
        check("3/5", "2024-05-04", "", "2024-05-03");
        check("5/3", "2024-05-04", "", "2024-05-03");
        check("3 May 2024", "2020-01-01", "", "2024-05-03");
        check("30 February", "2024-03-01", "", "");
        check("3 bananas", "2024-03-01", "", "");
        check("Chapter 3 May", "2024-03-01", "", "");
    }

    #[test]
    fn a_year_is_only_taken_from_a_text_that_tells_it() {
        check("31/5).", "", "The budget of 2023, and what 2023 cost.", "2023-05-31");
        check("31/5).", "", "The budget of 2023.", "");
        check("3/5).", "", "The budget of 2023, and what 2023 cost.", "");
        check("31/1).", "", "The budget of 2023, and what 2023 cost.", "");
        check("31/5).", "", "The harbour will be rebuilt by 2030, and paid for by 2030.", "");
        check("May 3", "", "On Friday the budget of 2025 was read; 2025 will be hard.", "2024-05-03");
        check("Thursday (29 February)", "", "Ada Finch in Eldmouth, 3 May 2022.", "2024-02-29");
        check("Friday, 3 May", "", "Founded in 2023, said Finch.", "");
        check("Friday, 4 May", "", "Since 2024 it rained, and in 2024 it snowed.", "");
    }
}
