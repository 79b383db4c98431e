//! "ELDMOUTH, May 3 (Vesta) -": where and when the outlet says it writes from.

use std::sync::LazyLock;

use jiff::civil::Date;
use onrecord_model::{DateValue, Dateline, Span};
use regex::bytes::Regex;

use super::days::{PartialDay, Years, partial_day};
use super::words::weekday;
use crate::extract::lines::beginning;
use crate::extract::shape::{DASH, LETTER, LETTER_OR_MARK, Shape, UPPER, pattern};

/// What the words of a place in capitals are made of.
const CAPITALS: &str = r"[A-Z\x01\x03.'\-]";

/// The forms of a dateline: a place, a day, an agency in brackets or slashes, a dash or a full stop.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let region = format!(r"(?:[,/]\s?{UPPER}[{LETTER_OR_MARK}.' \-]{{1,30}}?)??");
    let place = format!(
        r"(?<place>{UPPER}[{LETTER_OR_MARK}.'\-]*(?:[ ]{UPPER}[{LETTER_OR_MARK}.'\-]*){{0,3}}{region})"
    );
    let capitals = format!(r"(?<place>{UPPER}{{2}}{CAPITALS}*(?:[ ]{UPPER}{CAPITALS}*){{0,3}}{region})");
    let day = format!(
        r"(?<day>(?:[{LETTER}]{{2,14}},\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s[{LETTER}]{{3,14}}\.?|[{LETTER}]{{3,14}}\.?\s\d{{1,2}})(?:,?\s\d{{4}})?|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)"
    );
    let agency = r"(?:\((?<agency>[^()\d]{2,40})\)|/(?<agency2>[^/\s\d][^/\d]{1,30})/)";
    let dashes = format!(r"[\-{DASH}]{{1,2}}");
    let dash = format!(r"(?:\s*{dashes}|\.)");
    [
        // ELDMOUTH, May 3 (Vesta) - ; Eldmouth, 3 May. /VESTA/.
        format!(r"^{place},?\s+{day}[.,]?\s*{agency}?{dash}\s"),
        format!(r"^{place},?\s+{day}\.?\s*{agency}\.?\s"),
        // Eldmouth (3/5). ; Eldmouth (Vesta, May 3) -
        format!(r"^{place}\s*\({day}\)\s*[.:\-{DASH}]"),
        format!(r"^{place}\s*\((?<agency>[^()\d,]{{2,40}}),\s*{day}\){dash}\s"),
        // ELDMOUTH (Vesta) - ; ELDMOUTH —
        format!(r"^{capitals}\s*{agency}\s*(?:{dashes}|:)\s"),
        format!(r"^{capitals}\s*{DASH}\s"),
    ]
    .iter()
    .filter_map(|form| pattern(form))
    .collect()
});

/// The longest stretch that is searched, in bytes.
const LONGEST: usize = 160;

/// What a line begins with, before its year is known.
#[derive(Debug)]
pub(super) struct Printed {
    place: String,
    agency: Option<String>,
    day: Option<PartialDay>,
    /// In the line.
    span: Span,
}

/// The dateline at the start of a line.
pub(super) fn printed(line: &str) -> Option<Printed> {
    // A dateline may end the line: "Eldmouth (3/5)."
    let start = format!("{} ", beginning(line, LONGEST));
    let shape = Shape::of(&start);
    FORMS.iter().find_map(|form| {
        let parts = shape.captures(form)?;
        let day = match parts.name("day") {
            Some(day) => Some(partial_day(day)?),
            None => None,
        };
        let agency = parts.name("agency").or(parts.name("agency2")).map(|agency| agency.trim().to_owned());
        let end = parts.whole().end.min(line.len());
        let span = Span::new(0, end).trimmed(line);
        let place = parts.name("place")?.trim_end_matches(['.', ',']);
        // "ELDMOUTH, Friday (Vesta) -"
        let place = place
            .rsplit_once(", ")
            .filter(|(_, day)| weekday(day).is_some())
            .map_or(place, |(place, _)| place);
        Some(Printed { place: place.to_owned(), agency, day, span })
    })
}

impl Printed {
    /// Whether the dateline is all that the line holds.
    pub(super) fn is_whole(&self, line: &str) -> bool {
        self.span.len() == line.trim_end().len()
    }

    /// The day, and what told its year.
    pub(super) fn day(&self, published: Option<Date>, years: &Years) -> Option<(Date, String)> {
        self.day.as_ref()?.resolve(published, years)
    }

    /// The dateline of an article, its line starting at byte `at` of the text.
    pub(super) fn dateline(&self, at: usize, published: Option<Date>, years: &Years) -> Dateline {
        Dateline {
            place: Some(self.place.clone()),
            date: self.day(published, years).map(|(day, _)| DateValue::day(day)),
            agency: self.agency.clone(),
            span: self.span.shifted(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, day, agency; the words that are the dateline.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let published: Option<Date> = "2024-05-04".parse().ok();
        let found = printed(line).map(|p| p.dateline(0, published, &Years::default()));
        let shown = found.map(|d| {
            let day = d.date.map(|day| day.edtf).unwrap_or_default();
            format!(
                "{} | {day} | {} | {}",
                d.place.unwrap_or_default(),
                d.agency.unwrap_or_default(),
                d.span.slice(line)
            )
        });
        assert_eq!(shown.unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn datelines_are_read_in_their_forms() {
        check(
            "ELDMOUTH, May 3 (Vesta) - The harbour",
            "ELDMOUTH | 2024-05-03 | Vesta | ELDMOUTH, May 3 (Vesta) -",
        );
        check("ELDMOUTH, 3 May — The harbour", "ELDMOUTH | 2024-05-03 |  | ELDMOUTH, 3 May —");
        check(
            "PORT ELD, May 3. /VESTA/. The harbour",
            "PORT ELD | 2024-05-03 | VESTA | PORT ELD, May 3. /VESTA/.",
        );
        check("Eldmouth (3/5).", "Eldmouth | 2024-05-03 |  | Eldmouth (3/5).");
        check("ELDMOUTH (Vesta) – The harbour", "ELDMOUTH |  | Vesta | ELDMOUTH (Vesta) –");
        check("ELDMOUTH, Friday (Vesta) - The harbour", "ELDMOUTH |  | Vesta | ELDMOUTH, Friday (Vesta) -");
        check("ELDMOUTH — The harbour", "ELDMOUTH |  |  | ELDMOUTH —");
        check(
            "Eldmouth, 3 May 2024 (Vesta) — The harbour",
            "Eldmouth | 2024-05-03 | Vesta | Eldmouth, 3 May 2024 (Vesta) —",
        );
    }

    #[test]
    fn sentences_are_no_datelines() {
        for line in [
            "The harbour was closed on 3 May - a Friday.",
            "Ada Finch (Vesta) - the director - spoke.",
            "In May 3 ships sank.",
            "NATO - the alliance - said no.",
            "",
        ] {
            check(line, "");
        }
    }
}
