//! Full-text search over statements and articles.

use std::collections::BTreeSet;

use onrecord_model::Id;
use rusqlite::Connection;

use crate::StoreError;
use crate::columns::query;

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitKind {
    /// A statement; `id` is its id.
    Statement,
    /// An article; `id` is its id.
    Article,
}

/// Something that holds the words looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Which one.
    pub id: Id,
    /// The speaker or the headline.
    pub title: Option<String>,
    /// The words around the match, with the matches between U+2068 and U+2069 (isolates, which no
    /// tokenizer takes for words).
    pub snippet: String,
}

const STATEMENTS: &str = "SELECT statement, speaker, snippet(statement_search, 2, char(8296), char(8297), '…', 24) \
     FROM statement_search WHERE statement_search MATCH ? ORDER BY rank, statement LIMIT ?";
const ARTICLES: &str = "SELECT article.id, article.headline, snippet(article_search, 1, char(8296), char(8297), '…', 24) \
     FROM article_search JOIN article ON article.n = article_search.rowid \
     WHERE article_search MATCH ? ORDER BY rank, article.id LIMIT ?";

/// Statements first, then articles, each best first; at most `limit` of both together.
pub(crate) fn search(db: &Connection, words: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
    let Some(expression) = expression(words) else { return Ok(Vec::new()) };
    let mut hits = Vec::new();
    for (kind, sql) in [(HitKind::Statement, STATEMENTS), (HitKind::Article, ARTICLES)] {
        let left = (limit - hits.len()) as i64;
        hits.extend(query(db, sql, &[&expression, &left], |c| {
            Ok(Hit { kind, id: c.id()?, title: c.opt_text()?, snippet: c.text()? })
        })?);
    }
    Ok(hits)
}

/// The words as an FTS5 expression that can never be a syntax error: each word, or phrase in quotation
/// marks, as a string; a final `*` searches by prefix. `None` where there are no words.
pub(crate) fn expression(words: &str) -> Option<String> {
    let mut terms = Vec::new();
    for (i, piece) in words.split('"').enumerate() {
        if i % 2 == 1 {
            terms.extend(term(piece));
        } else {
            terms.extend(piece.split_whitespace().filter_map(term));
        }
    }
    // What is asked twice costs twice and finds the same.
    let mut seen = BTreeSet::new();
    terms.retain(|term| seen.insert(term.clone()));
    (!terms.is_empty()).then(|| terms.join(" "))
}

fn term(word: &str) -> Option<String> {
    let clean: String = word.chars().filter(|c| *c != '\0').collect();
    let (body, star) = clean.strip_suffix('*').map_or((clean.as_str(), ""), |body| (body, "*"));
    body.chars().any(char::is_alphanumeric).then(|| format!("\"{body}\"{star}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_becomes_a_sound_expression() {
        let check = |words: &str, expected: Option<&str>| assert_eq!(expression(words).as_deref(), expected);
        check("preventive measures", Some("\"preventive\" \"measures\""));
        check("\"preventive measures\" troop*", Some("\"preventive measures\" \"troop\"*"));
        check("NEAR( AND \" -", Some("\"NEAR(\" \"AND\""));
        check("the canal the", Some("\"the\" \"canal\""));
        check(" \" * ", None);
    }
}
