//! Reads one printed date: ISO 8601, figures in local orders, names of months in many languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use onrecord_model::Published;
use regex::{Regex, bytes};

use crate::extract::html::tree::head;
use crate::extract::shape::{LETTER, LETTER_OR_MARK, OTHER, Parts, Shape, pattern};

/// Years in which an article on a page can have been published. A later one is a date that the
/// article tells of, or a placeholder.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2049;

/// The names of the months in all languages of the table.
static MONTHS: LazyLock<BTreeMap<String, i8>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("months.toml")).unwrap_or_default();
    let mut months = BTreeMap::new();
    for names in table.values() {
        for (month, forms) in (1..).zip(names) {
            for form in forms.split(' ').filter(|form| *form != "-") {
                months.entry(form.to_owned()).or_insert(month);
            }
        }
    }
    months
});

/// How a date may be written; each pattern names its parts.
static FORMS: LazyLock<Vec<bytes::Regex>> = LazyLock::new(|| {
    let name = format!("(?<n>[{LETTER_OR_MARK}]{{2,14}})");
    [
        // 2024-02-28T15:40:00+03:00, 2024/2/28, 2024.02.28
        r"(?:^|[^\d.])(?<y>\d{4})(?:[-/.]|\. )(?<m>\d{1,2})(?:[-/.]|\. )(?<d>\d{1,2})(?:[^\d]|$)".to_owned(),
        // 20240228, 20240228T154000
        r"(?:^|\D)(?<y>(?:19|20)\d\d)(?<m>[01]\d)(?<d>[0-3]\d)(?:\D|$)".to_owned(),
        // 2024年2月28日, 2024년 2월 28일
        format!(r"(?<y>\d{{4}})\s?{OTHER}\s?(?<m>\d{{1,2}})\s?{OTHER}\s?(?<d>\d{{1,2}})\s?{OTHER}"),
        // 28 February 2024, 28. Februar 2024, 28 de febrero de 2024, 28th of Feb, 2024, 28º, 28-го
        format!(
            r"(?:^|\D)(?<d>\d{{1,2}})(?:st|nd|rd|th|er|{OTHER}|-{OTHER}{OTHER})?[.,]?[\s\-]*(?:de\s|of\s|d')?{name}\.?,?[\s\-]*(?:de\s|del\s)?(?<y>\d{{4}})(?:\D|$)"
        ),
        // February 28, 2024; Feb. 28th 2024
        format!(
            r"(?:^|[^{LETTER}]){name}\.?\s+(?<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,|\s)\s*(?<y>\d{{4}})(?:\D|$)"
        ),
        // 2024. február 28., 2024 m. kovo 5 d.
        format!(r"(?:^|\D)(?<y>\d{{4}})\.?\s?(?:m\.)?[\s,]*{name}\s(?<d>\d{{1,2}})(?:\D|$)"),
        // 28.02.2024, 28/02/24, 28-2-2024
        r"(?:^|[^\d.])(?<a>\d{1,2})(?<s>[./-])\s?(?<b>\d{1,2})[./-]\s?(?<y>\d{4}|\d{2})(?:[^\d]|$)".to_owned(),
    ]
    .iter()
    .filter_map(|form| pattern(form))
    .collect()
});

static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[T\s,|•·\-–um@]{0,6}(?:at\s)?(?<h>\d{1,2})[:.h](?<i>\d{2})(?::(?<s>\d{2})(?:[.,]\d+)?)?\s?(?<p>[ap]\.?m\b)?\s?(?<o>(?:\(?(?:UTC|GMT)\s?)?[+\-−]\d{1,2}(?::?\d{2})?\b|Z\b|[A-Z]{2,4}\b)?").ok()
});

/// The longest text in which a date is looked for, in bytes.
const LONGEST: usize = 400;

/// The first date in a short text, with the time if one follows. `is_us` reads 02/28 as a day of February.
pub(in crate::extract) fn read(text: &str, is_us: bool) -> Option<Published> {
    let text = head(text, LONGEST);
    if let Some(stamp) = timestamp(text.trim()) {
        return Some(stamp);
    }
    let shape = Shape::of(text);
    let found = FORMS.iter().filter_map(|form| {
        let at = shape.captures(form)?;
        Some((at.whole().start, at))
    });
    let (_, parts) = found.filter(|(_, at)| date(at, is_us).is_some()).min_by_key(|(start, _)| *start)?;
    let date = date(&parts, is_us)?;
    let end = parts.last_end()?;
    let (time, offset) = clock(&text[end..]).unzip();
    Some(Published { date, time, offset: offset.flatten() })
}

/// Whether a word in lower case names a month in some language.
pub(in crate::extract::html::metadata) fn is_month(word: &str) -> bool {
    MONTHS.contains_key(word)
}

/// The month that a word in lower case names in some language, from 1.
pub(in crate::extract) fn month(word: &str) -> Option<i8> {
    MONTHS.get(word).copied()
}

/// Seconds or milliseconds since 1970, as scripts print them.
fn timestamp(text: &str) -> Option<Published> {
    let is_stamp = matches!(text.len(), 10 | 13) && text.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = text.parse().ok().filter(|_| is_stamp)?;
    let second = if text.len() == 13 { number / 1000 } else { number };
    let at = Offset::UTC.to_datetime(jiff::Timestamp::from_second(second).ok()?);
    let is_plausible = YEARS.contains(&at.year());
    is_plausible.then(|| Published { date: at.date(), time: Some(at.time()), offset: Some(Offset::UTC) })
}

fn date(parts: &Parts<'_, '_>, is_us: bool) -> Option<Date> {
    let number = |name| parts.name(name)?.parse::<i16>().ok();
    let year = number("y").map(|y| if y < 100 { 2000 + y } else { y })?;
    let (month, day) = match (parts.name("n"), number("a"), number("b")) {
        (Some(name), ..) => (*MONTHS.get(name.to_lowercase().as_str())?, number("d")?),
        (None, Some(a), Some(b)) => {
            let is_month_first = b > 12 || is_us && a <= 12 && parts.name("s").is_some_and(|s| s != ".");
            if is_month_first { (i8::try_from(a).ok()?, b) } else { (i8::try_from(b).ok()?, a) }
        }
        _ => (i8::try_from(number("m")?).ok()?, number("d")?),
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok().filter(|date| YEARS.contains(&date.year()))
}

/// The time of day at the start of `text`, and its offset from UTC.
fn clock(text: &str) -> Option<(Time, Option<Offset>)> {
    let parts = CLOCK.as_ref()?.captures(text)?;
    let number = |name| parts.name(name)?.as_str().parse::<i8>().ok();
    let hour = match (number("h")?, parts.name("p").map(|p| p.as_str().to_ascii_lowercase().starts_with('p')))
    {
        (12, Some(false)) => 0,
        (hour, Some(true)) if hour < 12 => hour + 12,
        (hour, _) => hour,
    };
    let time = Time::new(hour, number("i")?, number("s").unwrap_or(0), 0).ok()?;
    Some((time, parts.name("o").and_then(|o| offset(o.as_str()))))
}

fn offset(text: &str) -> Option<Offset> {
    let figures = text.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '(');
    let Some(sign) = figures.chars().next() else { return zone(text) };
    let digits: String = figures.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (&*digits, "0") };
    let seconds = (hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?) * 60;
    Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok()
}

/// Names of zones that mean one offset wherever they are printed.
const ZONES: &[(&str, i8)] = &[
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("CET", 1),
    ("BST", 1),
    ("CEST", 2),
    ("EET", 2),
    ("SAST", 2),
    ("EEST", 3),
    ("MSK", 3),
    ("PKT", 5),
    ("HKT", 8),
    ("SGT", 8),
    ("JST", 9),
    ("KST", 9),
    ("AEST", 10),
    ("AEDT", 11),
    ("EDT", -4),
    ("EST", -5),
    ("CDT", -5),
    ("MDT", -6),
    ("MST", -7),
    ("PDT", -7),
    ("PST", -8),
];

fn zone(name: &str) -> Option<Offset> {
    ZONES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, hours)| Offset::constant(*hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read(text, false).map(|p| p.to_string()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        check("2024-02-28T15:40:00+03:00", "2024-02-28T15:40:00+03:00");
        check("2024-02-28T15:40:00.000Z", "2024-02-28T15:40:00+00:00");
        check("2024-02-28 15:40", "2024-02-28T15:40:00");
        check("20240228", "2024-02-28");
        check("1709134800", "2024-02-28T15:40:00+00:00");
        check("Published: February 28, 2024 at 3:40 pm", "2024-02-28T15:40:00");
        check("Wed, 28 Feb 2024 15:40:00 GMT", "2024-02-28T15:40:00+00:00");
        check("28 Feb 2024, 15:40 GMT+3", "2024-02-28T15:40:00+03:00");
        check("28 Feb 2024 15:40 (UTC+05:30)", "2024-02-28T15:40:00+05:30");
        check("28 Feb 2024 15:40 MSK", "2024-02-28T15:40:00+03:00");
        check("28 Feb 2024 3:40 pm EST", "2024-02-28T15:40:00-05:00");
        check("28 Feb 2024 15:40 in Eldmouth", "2024-02-28T15:40:00");
        check("28. Februar 2024, 15:40 Uhr", "2024-02-28T15:40:00");
        check("28 de febrero de 2024", "2024-02-28");
        check("28 февраля 2024", "2024-02-28");
        check("2024年2月28日", "2024-02-28");
        check("2024. 2. 28.", "2024-02-28");
        check("2024. február 28.", "2024-02-28");
        check("28.02.2024", "2024-02-28");
        check("3/4/2024", "2024-04-03");
        check("2/28/2024", "2024-02-28");
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "12",
            "99.99.2024",
            "2024",
            "February 2024",
            "1.2.3.4",
            "12 bananas 2024",
            "28 Feb 1890",
            "+1 202 555 0100",
        ] {
            check(text, "");
        }
        assert_eq!(read("3/4/2024", true).unwrap().to_string(), "2024-03-04");
    }

    #[test]
    fn every_month_of_the_table_is_a_month() {
        assert!(MONTHS.len() > 200);
        for name in MONTHS.keys() {
            assert!(
                name.chars().all(|c| !c.is_uppercase() && !c.is_ascii_punctuation())
                    && name.chars().count() >= 2,
                "{name}"
            );
        }
    }
}
