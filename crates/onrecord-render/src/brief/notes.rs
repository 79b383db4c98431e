//! Footnotes: where the exact words of every finding stand.

use std::collections::BTreeMap;

use jiff::{
    SignedDuration,
    civil::{Date, Time},
};
use onrecord_model::{Article, Id, Published, Span};

use super::{
    doc::{Anchor, Block, Inline, Line, joined, text, thousands},
    index::Index,
    words::{marked, printed},
};

/// Numbers the footnotes of a brief and keeps those that are not printed yet.
#[derive(Debug, Default)]
pub struct Notes {
    last: u32,
    pending: BTreeMap<(Id, Vec<Span>), u32>,
    is_silent: bool,
}

impl Notes {
    /// For what is cited where no footnotes are printed.
    pub fn none() -> Self {
        Self { is_silent: true, ..Self::default() }
    }

    /// The footnote for these words of an article.
    pub fn cite<'a>(&mut self, article: Id, spans: &[Span]) -> Inline<'a> {
        if self.is_silent {
            return text("");
        }
        let next = self.last + 1;
        let number = *self.pending.entry((article, spans.to_vec())).or_insert(next);
        self.last = self.last.max(number);
        Inline::Note(number)
    }

    /// The footnote whose words hold these, or else one of their own.
    pub fn cite_within<'a>(&mut self, article: Id, span: Span) -> Inline<'a> {
        let mut cited = self.pending.range((article, Vec::new())..).take_while(|((id, _), _)| *id == article);
        let holder = cited.find(|((_, spans), _)| spans.iter().any(|s| s.contains(span)));
        match holder.map(|(_, &number)| number) {
            Some(number) => Inline::Note(number),
            None => self.cite(article, &[span]),
        }
    }

    /// The footnotes since the last time, by number.
    pub fn take<'a>(&mut self, index: &Index<'a>) -> Block<'a> {
        let mut notes: Vec<(u32, (Id, Vec<Span>))> =
            std::mem::take(&mut self.pending).into_iter().map(|(what, number)| (number, what)).collect();
        notes.sort();
        let line =
            |(number, (article, spans)): (u32, (Id, Vec<Span>))| (number, note(index, article, &spans));
        Block::Notes(notes.into_iter().map(line).collect())
    }
}

/// Outlet, headline, date, exact words, offsets, hash, address.
fn note<'a>(index: &Index<'a>, id: Id, spans: &[Span]) -> Line<'a> {
    let mut line = citation(index, id);
    let Some(article) = index.article(id) else { return line };
    line.push(text(": "));
    line.extend(joined(spans.iter().map(|&span| place(article, span)), "; "));
    line.push(Inline::Faint(". Text SHA-256 ".into()));
    line.push(Inline::Code(article.text_hash.to_string().into()));
    line
}

/// The words at a place and its offsets in characters.
fn place(article: &Article, span: Span) -> Line<'_> {
    let words = marked(&article.text, span, true, Vec::new());
    vec![Inline::Words(words), where_in(article, span)]
}

/// " (characters 12–40)", a way there where the format has one.
fn where_in<'a>(article: &Article, span: Span) -> Inline<'a> {
    let (start, end) = points_in(article, span);
    let at = format!(" (characters {}–{})", thousands(&start.to_string()), thousands(&end.to_string()));
    Inline::Place(article.id, (start, end), at.into())
}

/// Where words of an article stand.
pub fn words_of<'a>(index: &Index<'a>, article: Id, span: Span) -> Line<'a> {
    index.article(article).map(|article| where_in(article, span)).into_iter().collect()
}

/// When an article came out: "2024-02-28 15:40 UTC+3", or that it is not known.
pub fn when(index: &Index, article: Id) -> String {
    index.published(article).map_or("day not known".to_owned(), in_full)
}

/// A clock without its offset would set articles of two countries in the wrong order.
fn in_full(published: Published) -> String {
    let Some(time) = published.time else { return published.date.to_string() };
    let clock = format!("{} {:02}:{:02}", published.date, time.hour(), time.minute());
    match published.offset.map(|offset| offset.seconds() / 60) {
        None => clock,
        Some(0) => format!("{clock} UTC"),
        Some(minutes) => {
            let (sign, hours, rest) =
                (if minutes < 0 { '−' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60);
            let rest = if rest == 0 { String::new() } else { format!(":{rest:02}") };
            format!("{clock} UTC{sign}{hours}{rest}")
        }
    }
}

/// What sorts articles by the moment they came out: those without a day last, a day without a time before its times.
/// A clock without an offset counts as UTC.
pub fn by_time(index: &Index, article: Id) -> (bool, Option<(Date, Option<Time>)>, Id) {
    let published = index.published(article);
    let moment = published.map(|published| match published.time {
        None => (published.date, None),
        Some(time) => {
            let east = published.offset.map_or(0, |offset| i64::from(offset.seconds()));
            let utc = published.date.to_datetime(time).saturating_sub(SignedDuration::from_secs(east));
            (utc.date(), Some(utc.time()))
        }
    });
    (moment.is_none(), moment, article)
}

/// Where words stand in the text of an article that is loaded, in code points.
pub fn points(index: &Index, article: Id, span: Span) -> Option<(usize, usize)> {
    index.article(article).map(|article| points_in(article, span))
}

fn points_in(article: &Article, span: Span) -> (usize, usize) {
    let start = characters(article, span.start());
    (start, start + span.slice(&article.text).chars().count())
}

/// Characters before a byte.
fn characters(article: &Article, byte: usize) -> usize {
    article.text.get(..byte).map_or(0, |before| before.chars().count())
}

/// Outlet, headline, date and address of an article.
pub fn citation<'a>(index: &Index<'a>, id: Id) -> Line<'a> {
    let published = index.published(id).map_or("date not known".to_owned(), in_full);
    let mut line = vec![
        text(index.outlet(id)),
        text(", "),
        match index.article(id).and_then(|article| article.headline.as_ref()) {
            Some(known) => Inline::Link(Anchor::Article(id), format!("“{}”", printed(&known.value)).into()),
            None => text(index.headline(id)),
        },
        text(", "),
        text(published),
        text(", "),
    ];
    if let Some(article) = index.article(id) {
        line.push(match &article.url {
            Some(url) => Inline::Address(printed(&url.value)),
            None => text(printed(&article.origin.path).into_owned()),
        });
    }
    line
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;

    use super::*;

    #[track_caller]
    fn check(time: Option<(i8, i8)>, offset_minutes: Option<i32>, shown: &str) {
        let published = Published {
            date: Date::constant(2025, 11, 4),
            time: time.map(|(hour, minute)| Time::constant(hour, minute, 0, 0)),
            offset: offset_minutes.map(|minutes| Offset::from_seconds(minutes * 60).unwrap()),
        };
        assert_eq!(in_full(published), shown);
    }

    #[test]
    fn a_clock_is_shown_with_its_offset() {
        check(None, None, "2025-11-04");
        check(Some((9, 5)), None, "2025-11-04 09:05");
        check(Some((13, 15)), Some(0), "2025-11-04 13:15 UTC");
        check(Some((15, 2)), Some(120), "2025-11-04 15:02 UTC+2");
        check(Some((15, 2)), Some(-210), "2025-11-04 15:02 UTC−3:30");
    }
}
