//! One news article: what was printed, and what is known about it.

use std::fmt;

use jiff::{civil::Date, civil::Time, tz::Offset};

use crate::{Because, DateValue, Hash, Id, OffsetMap, Problem, Span};

/// Where our bytes came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file as the user named it, with `/` between parts; `-` for standard input.
    pub path: String,
    /// The record inside the file, from 1, for formats that hold many (a line of JSON Lines, a row of CSV).
    pub record: Option<u64>,
    /// The caller's own id for the record, if the format carries one.
    pub given_id: Option<String>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}#{record}", self.path),
            None => write!(f, "{}", self.path),
        }
    }
}

/// Something known about an article, with the rule that found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T> {
    /// The finding.
    pub value: T,
    /// How it was found: `published.json_ld`, `outlet.host`.
    pub because: Because,
}

/// When an article says it was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The day, in the time zone that the article uses.
    pub date: Date,
    /// The time of day, if printed.
    pub time: Option<Time>,
    /// The offset from UTC, if printed.
    pub offset: Option<Offset>,
}

/// ISO 8601, as precise as the article is: `2024-02-28`, `2024-02-28T15:40:00+03:00`.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{time}")?;
            if let Some(offset) = self.offset {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
            }
        }
        Ok(())
    }
}

/// "MOSCOW, Feb 27 (Interfax) -": where and when the outlet says it writes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The place as printed.
    pub place: Option<String>,
    /// The day, where the dateline prints one; its year may be taken from the published date.
    pub date: Option<DateValue>,
    /// The agency named in brackets.
    pub agency: Option<String>,
    /// The dateline in the clean text.
    pub span: Span,
}

/// One article: its clean text and what is known about it. Every [`Span`] of an annotation points into `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Hash of the page's bytes and its origin.
    pub id: Id,
    /// Where the bytes came from.
    pub origin: Origin,
    /// SHA-256 of the page's bytes.
    pub page_hash: Hash,
    /// The article's words: boilerplate gone, one paragraph a line, everything else as printed.
    pub text: String,
    /// SHA-256 of `text`.
    pub text_hash: Hash,
    /// The headline.
    pub headline: Option<Known<String>>,
    /// The headline where `text` holds it.
    pub headline_span: Option<Span>,
    /// The outlet's name as it calls itself, or its host.
    pub outlet: Option<Known<String>>,
    /// The authors as printed, joined with ", ".
    pub byline: Option<Known<String>>,
    /// When it was published.
    pub published: Option<Known<Published>>,
    /// BCP 47 tag of the text's language.
    pub language: Option<Known<String>>,
    /// The page's own address.
    pub url: Option<Known<String>>,
    /// The dateline, if there is one.
    pub dateline: Option<Dateline>,
}

impl Article {
    /// The day that "on Tuesday" counts from: the dateline's, or else the published day.
    pub fn reference_day(&self) -> Option<Date> {
        let dateline = self.dateline.as_ref().and_then(|d| d.date.as_ref()).and_then(DateValue::as_day);
        dateline.or(self.published.as_ref().map(|p| p.value.date))
    }

    /// An article of which nothing is known but its text, from a file that holds no other.
    pub fn of_text(path: &str, page_hash: Hash, text: &str) -> Self {
        let origin = Origin { path: path.to_owned(), record: None, given_id: None };
        Self {
            id: Self::id_of(page_hash, &origin),
            origin,
            page_hash,
            text: text.to_owned(),
            text_hash: Hash::of(text.as_bytes()),
            headline: None,
            headline_span: None,
            outlet: None,
            byline: None,
            published: None,
            language: None,
            url: None,
            dateline: None,
        }
    }

    /// The id of an article with these bytes from this origin.
    pub fn id_of(page_hash: Hash, origin: &Origin) -> Id {
        let record = origin.record.map(|n| n.to_string()).unwrap_or_default();
        Id::of([page_hash.to_string().as_str(), &origin.path, &record])
    }
}

/// A stretch of the raw text that is not part of the article, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boilerplate {
    /// Where it stands in the raw text.
    pub span: Span,
    /// The rule: `boilerplate.ticker`, `boilerplate.menu`.
    pub because: Because,
}

/// Everything that reading one page gave: the article, and the way back to the page's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extraction {
    /// The article.
    pub article: Article,
    /// All of the page's visible text, decoded, boilerplate included.
    pub raw: String,
    /// From `article.text` to `raw`.
    pub text_to_raw: OffsetMap,
    /// From `raw` to the page's bytes, where the format allows it.
    pub raw_to_page: Option<OffsetMap>,
    /// What of `raw` was left out of `article.text`, in order.
    pub boilerplate: Vec<Boilerplate>,
    /// What is damaged or not known.
    pub problems: Vec<Problem>,
}
