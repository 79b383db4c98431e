//! The names that exports give to the same few fields, and the page made of one record.

use crate::formats::{origin, too_long};
use crate::page::{Content, Given, LONGEST_PAGE_BYTES, Page};
use onrecord_model::Problem;

/// A field of a record that means something to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Id,
    Text,
    Html,
    Headline,
    Published,
    Outlet,
    Url,
    Language,
    Byline,
    Clean,
}

/// Our own name first, then what common exports call it.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "article_id", "doc_id", "document_id", "uuid", "guid"]),
    (
        Field::Text,
        &[
            "text",
            "content",
            "body",
            "article",
            "full_text",
            "fulltext",
            "maintext",
            "article_text",
            "body_text",
            "plain_text",
        ],
    ),
    (Field::Html, &["html", "content_html", "body_html", "raw_html"]),
    (Field::Headline, &["headline", "title", "heading"]),
    (
        Field::Published,
        &[
            "published",
            "date",
            "published_at",
            "publication_date",
            "publish_date",
            "date_published",
            "pubdate",
            "pub_date",
            "date_publish",
            "datetime",
            "timestamp",
        ],
    ),
    (
        Field::Outlet,
        &[
            "outlet",
            "source",
            "publisher",
            "publication",
            "site",
            "site_name",
            "sitename",
            "newspaper",
            "media",
            "source_name",
        ],
    ),
    (Field::Url, &["url", "link", "source_url", "permalink", "web_url", "canonical_url"]),
    (Field::Language, &["language", "lang", "language_code"]),
    (Field::Byline, &["byline", "author", "authors", "creator", "writer"]),
    (Field::Clean, &["clean"]),
];

/// The field that `name` means, and how far down the list of names it stands: of two columns that
/// mean the same field the lower rank counts.
pub(super) fn field(name: &str) -> Option<(Field, usize)> {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase().replace([' ', '-', '.'], "_");
    NAMES.iter().find_map(|(field, names)| names.iter().position(|n| *n == name).map(|rank| (*field, rank)))
}

/// One record's fields as text. Blank values count as absent.
#[derive(Debug, Default)]
pub(super) struct Record {
    values: std::collections::BTreeMap<Field, (usize, String)>,
}

impl Record {
    pub(super) fn put(&mut self, name: &str, value: String) {
        let Some((field, rank)) = field(name) else { return };
        let taken = self.values.get(&field).is_some_and(|(other, _)| *other <= rank);
        if !taken && !value.trim().is_empty() {
            self.values.insert(field, (rank, value));
        }
    }

    fn take(&mut self, field: Field) -> Option<String> {
        self.values.remove(&field).map(|(_, value)| value)
    }

    fn take_trimmed(&mut self, field: Field) -> Option<String> {
        self.take(field).map(|value| value.trim().to_owned())
    }

    /// The page, or `None` when the record has no text.
    pub(super) fn page(
        mut self,
        format: &'static str,
        name: &str,
        record: u64,
    ) -> Option<Result<Page, Problem>> {
        let (text, html) = (self.take(Field::Text), self.take(Field::Html));
        let content = if text.is_some() { Content::Text } else { Content::Html };
        let bytes = text.or(html)?.into_bytes();
        let origin = origin(name, Some(record), self.take_trimmed(Field::Id));
        if bytes.len() > LONGEST_PAGE_BYTES {
            return Some(Err(too_long(&origin.to_string())));
        }
        let clean =
            self.take_trimmed(Field::Clean).is_some_and(|v| v == "1" || v.eq_ignore_ascii_case("true"));
        let given = Given {
            headline: self.take_trimmed(Field::Headline),
            published: self.take_trimmed(Field::Published),
            outlet: self.take_trimmed(Field::Outlet),
            url: self.take_trimmed(Field::Url),
            language: self.take_trimmed(Field::Language),
            byline: self.take_trimmed(Field::Byline),
            clean,
        };
        Some(Ok(Page { bytes, origin, format, content, given }))
    }
}
