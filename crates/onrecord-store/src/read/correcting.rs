//! What is looked up to correct a record, and to tell what became of corrections.

use std::collections::BTreeSet;

use onrecord_model::{Entity, EntityKind, Hash, Id};
use rusqlite::Connection;

use super::record::read_entity;
use crate::StoreError;
use crate::columns::query;

/// The articles of some pages, by id.
pub(crate) fn articles_of_pages(db: &Connection, pages: &BTreeSet<Hash>) -> Result<Vec<Id>, StoreError> {
    let pages = serde_json::json!(pages.iter().map(Hash::to_string).collect::<Vec<_>>()).to_string();
    let sql = "SELECT id FROM article WHERE page_hash IN (SELECT value FROM json_each(?)) ORDER BY id";
    query(db, sql, &[&pages], |c| c.id())
}

/// Entities of a kind that have all of some words, or parts of words, in one of their names; each with the number of
/// articles that name it, those first that most name. At most so many.
pub(crate) fn entities_called(
    db: &Connection,
    (kind, words): (EntityKind, &str),
    most: usize,
) -> Result<Vec<(Entity, usize)>, StoreError> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let fits = |entity: &Entity| {
        let mut names = std::iter::once(&entity.name).chain(&entity.variants).map(|name| name.to_lowercase());
        names.any(|name| words.iter().all(|word| name.contains(word.as_str())))
    };
    let sql = "SELECT * FROM entity WHERE kind = ?";
    let found = query(db, sql, &[&kind.name()], |c| Ok(Some(read_entity(c)?).filter(|entity| fits(entity))))?;
    let mut counted = Vec::new();
    for entity in found.into_iter().flatten() {
        let sql = "SELECT count(DISTINCT article) FROM entity_member WHERE entity = ?";
        let articles = query(db, sql, &[&entity.id.to_string()], |c| c.n())?;
        counted.push((entity, articles.first().copied().unwrap_or(0)));
    }
    counted
        .sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| (&a.name, a.id).cmp(&(&b.name, b.id))));
    counted.truncate(most);
    Ok(counted)
}

/// A stretch of the articles that name an entity, by id, and how many do.
pub(crate) fn named_in(
    db: &Connection,
    entity: Id,
    (offset, limit): (usize, usize),
) -> Result<(Vec<Id>, usize), StoreError> {
    let id = entity.to_string();
    let all =
        query(db, "SELECT count(DISTINCT article) FROM entity_member WHERE entity = ?", &[&id], |c| c.n())?;
    let sql = "SELECT DISTINCT article FROM entity_member WHERE entity = ? ORDER BY article LIMIT ? OFFSET ?";
    let [limit, offset] = [limit, offset].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    Ok((query(db, sql, &[&id, &limit, &offset], |c| c.id())?, all.first().copied().unwrap_or(0)))
}
