//! Articles and their pages.

use std::collections::BTreeMap;

use jiff::{civil::Date, civil::Time, tz::Offset};
use onrecord_model::{
    AnnotatedArticle, Annotations, Article, Because, Boilerplate, Dateline, Hash, Id, Known, OffsetMap,
    Origin, Problem, ProblemKind, Published, Span,
};
use rusqlite::Connection;

use super::marks;
use crate::columns::{Columns, named, query};
use crate::{StoreError, StoredPage};

const ARTICLE: &str = "SELECT id, path, record, given_id, page_hash, text, text_hash, headline, headline_start, headline_end, \
     outlet, byline, published, language, url, dateline_place, dateline_agency, dateline_date, dateline_first, \
     dateline_last, dateline_start, dateline_end FROM article";

/// The clean texts by article.
pub(crate) fn texts(db: &Connection) -> Result<BTreeMap<Id, String>, StoreError> {
    let pairs = query(db, "SELECT id, text FROM article", &[], |c| Ok((c.id()?, c.text()?)))?;
    Ok(pairs.into_iter().collect())
}

pub(crate) fn all(db: &Connection) -> Result<Vec<AnnotatedArticle>, StoreError> {
    let ids = query(db, "SELECT id FROM article ORDER BY id", &[], |c| c.id())?;
    let found = ids.into_iter().map(|id| one(db, id));
    found.filter_map(Result::transpose).collect()
}

pub(crate) fn hashes(db: &Connection) -> Result<Vec<(Id, Hash, Hash)>, StoreError> {
    let hash = |text: String| named(&text, "a SHA-256 hash", Hash::parse);
    let sql = "SELECT id, page_hash, text_hash FROM article ORDER BY id";
    query(db, sql, &[], |c| Ok((c.id()?, hash(c.text()?)?, hash(c.text()?)?)))
}

pub(crate) fn one(db: &Connection, id: Id) -> Result<Option<AnnotatedArticle>, StoreError> {
    with(db, id, Layers::All)
}

/// How much of what is marked in an article is read with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layers {
    /// Nothing: the text and what is known of it, without how that is known. For lists of many.
    Bare,
    /// What names stand for, and quotations without their words: who speaks, and how that was found.
    Speakers,
    /// The same, and the figures.
    Figures,
    /// Everything.
    All,
}

pub(crate) fn with(db: &Connection, id: Id, layers: Layers) -> Result<Option<AnnotatedArticle>, StoreError> {
    let facts = if layers == Layers::Bare { Facts::new() } else { facts(db, id)? };
    let sql = format!("{ARTICLE} WHERE id = ?");
    let found = query(db, &sql, &[&id.to_string()], |columns| read_article(columns, &facts))?;
    let Some(article) = found.into_iter().next() else { return Ok(None) };
    let annotations = match layers {
        Layers::Bare => Annotations::default(),
        Layers::Speakers => marks::speakers(db, id)?,
        Layers::Figures => Annotations { figures: marks::figures(db, id)?, ..marks::speakers(db, id)? },
        Layers::All => marks::read(db, id)?,
    };
    Ok(Some(AnnotatedArticle { annotations, article }))
}

/// The problems of one article.
pub(crate) fn problems_of(db: &Connection, id: Id) -> Result<Vec<Problem>, StoreError> {
    let sql =
        "SELECT kind, origin, message, start, \"end\" FROM problem WHERE article = ? ORDER BY kind, message";
    query(db, sql, &[&id.to_string()], problem)
}

type Facts = BTreeMap<String, Because>;

fn facts(db: &Connection, id: Id) -> Result<Facts, StoreError> {
    let sql = "SELECT field, rule, note, spans FROM article_fact WHERE article = ?";
    let rows = query(db, sql, &[&id.to_string()], |c| Ok((c.text()?, c.because()?)))?;
    Ok(rows.into_iter().collect())
}

fn known<T>(value: Option<T>, field: &str, facts: &Facts) -> Option<Known<T>> {
    let because = || facts.get(field).cloned().unwrap_or_else(|| Because::new("unknown", ""));
    value.map(|value| Known { value, because: because() })
}

fn read_article(columns: &mut Columns<'_>, facts: &Facts) -> Result<Article, StoreError> {
    let hash = |text: String| named(&text, "a SHA-256 hash", Hash::parse);
    Ok(Article {
        id: columns.id()?,
        origin: Origin {
            path: columns.text()?,
            record: columns.get::<Option<i64>>()?.map(|n| n as u64),
            given_id: columns.opt_text()?,
        },
        page_hash: hash(columns.text()?)?,
        text: columns.text()?,
        text_hash: hash(columns.text()?)?,
        headline: known(columns.opt_text()?, "headline", facts),
        headline_span: columns.opt_span()?,
        outlet: known(columns.opt_text()?, "outlet", facts),
        byline: known(columns.opt_text()?, "byline", facts),
        published: known(published(columns.opt_text()?)?, "published", facts),
        language: known(columns.opt_text()?, "language", facts),
        url: known(columns.opt_text()?, "url", facts),
        dateline: dateline(columns)?,
    })
}

fn dateline(columns: &mut Columns<'_>) -> Result<Option<Dateline>, StoreError> {
    let (place, agency, date) = (columns.opt_text()?, columns.opt_text()?, columns.date()?);
    Ok(columns.opt_span()?.map(|span| Dateline { place, date, agency, span }))
}

fn published(text: Option<String>) -> Result<Option<Published>, StoreError> {
    text.map(|text| named(&text, "a time of publication", parse_published)).transpose()
}

/// Reads what `Published` prints: `2024-02-28`, `2024-02-28T15:40:00`, `2024-02-28T15:40:00+03:00`.
fn parse_published(text: &str) -> Option<Published> {
    let (date, rest) = match text.split_once('T') {
        Some((date, rest)) => (date, Some(rest)),
        None => (text, None),
    };
    let date = date.parse::<Date>().ok()?;
    let Some(rest) = rest else { return Some(Published { date, time: None, offset: None }) };
    let at = rest.find(['+', '-']).unwrap_or(rest.len());
    let (time, offset) = rest.split_at(at);
    let offset = if offset.is_empty() { None } else { Some(parse_offset(offset)?) };
    Some(Published { date, time: Some(time.parse::<Time>().ok()?), offset })
}

fn parse_offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(sign * seconds).ok()
}

pub(crate) fn page(db: &Connection, id: Id) -> Result<Option<StoredPage>, StoreError> {
    let sql = "SELECT bytes, raw, maps_to_page FROM page WHERE article = ?";
    let found =
        query(db, sql, &[&id.to_string()], |c| Ok((c.get::<Vec<u8>>()?, c.text()?, c.get::<bool>()?)))?;
    let Some((bytes, raw, maps_to_page)) = found.into_iter().next() else { return Ok(None) };
    let text_to_raw = offsets(db, id, "text_to_raw")?;
    let raw_to_page = maps_to_page.then(|| offsets(db, id, "raw_to_page")).transpose()?;
    Ok(Some(StoredPage { bytes, raw, text_to_raw, raw_to_page, boilerplate: boilerplate(db, id)? }))
}

/// Both maps in one, without the page's bytes.
pub(crate) fn to_page(db: &Connection, id: Id) -> Result<Option<OffsetMap>, StoreError> {
    let sql = "SELECT maps_to_page FROM page WHERE article = ?";
    let maps = query(db, sql, &[&id.to_string()], |c| c.get::<bool>())?;
    if maps.first() != Some(&true) {
        return Ok(None);
    }
    Ok(Some(offsets(db, id, "text_to_raw")?.then(&offsets(db, id, "raw_to_page")?)))
}

fn offsets(db: &Connection, id: Id, leads: &str) -> Result<OffsetMap, StoreError> {
    let sql =
        "SELECT derived, source, length FROM offset_run WHERE article = ? AND leads = ? ORDER BY derived";
    let runs = query(db, sql, &[&id.to_string(), &leads], |c| Ok((c.n()?, c.n()?, c.n()?)))?;
    let mut map = OffsetMap::default();
    for (derived, source, length) in runs {
        map.push(derived, Span::new(source, source + length));
    }
    Ok(map)
}

fn boilerplate(db: &Connection, id: Id) -> Result<Vec<Boilerplate>, StoreError> {
    let sql = "SELECT start, \"end\", rule, note FROM boilerplate WHERE article = ? ORDER BY n";
    query(db, sql, &[&id.to_string()], |c| {
        Ok(Boilerplate { span: c.span()?, because: Because::new(c.text()?, c.text()?) })
    })
}

pub(crate) fn problems(db: &Connection) -> Result<Vec<Problem>, StoreError> {
    let sql = "SELECT kind, origin, message, start, \"end\" FROM problem ORDER BY origin, kind, message";
    query(db, sql, &[], problem)
}

fn problem(c: &mut Columns<'_>) -> Result<Problem, StoreError> {
    Ok(Problem {
        kind: c.word("a kind of problem", ProblemKind::from_name)?,
        origin: c.text()?,
        message: c.text()?,
        span: c.opt_span()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_publication_reads_back_what_it_prints() {
        for text in
            ["2024-02-28", "2024-02-28T15:40:00", "2024-02-28T15:40:09+03:00", "2024-02-28T00:00:00-09:30"]
        {
            assert_eq!(parse_published(text).unwrap().to_string(), text);
        }
        for text in ["", "yesterday", "2024-02-30", "2024-02-28T", "2024-02-28T10:00:00+3"] {
            assert_eq!(parse_published(text), None, "{text}");
        }
    }
}
