//! The log of corrections, a stretch of it at a time: read with only those articles and findings that it is about.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use onrecord_model::{AnnotatedArticle, Change, Correction, Hash, Id};
use onrecord_reconcile::standing;
use onrecord_render::Loaded;
use onrecord_store::{Wanted, Way};

use crate::desk::Desk;

/// These corrections, what became of each, and the articles that they are about, with those hidden who are to be shown
/// nowhere.
pub(crate) fn loaded(desk: &Desk, corrections: Vec<Correction>) -> Result<Loaded> {
    if corrections.is_empty() {
        return Ok(Loaded::default());
    }
    let ids = desk.store.articles_of_pages(&pages(&corrections, |_| true))?;
    let mut articles: BTreeMap<Id, AnnotatedArticle> = BTreeMap::new();
    let mut statements: BTreeSet<Id> = BTreeSet::new();
    for &id in &ids {
        articles.extend(desk.store.article(id)?.map(|article| (id, article)));
        statements.extend(desk.store.along(Way::ArticleToStatements, id)?);
    }
    let statements: Vec<Id> = statements.into_iter().collect();
    let mut record = desk.store.part(&Wanted { statements, named_in: ids, ..Wanted::default() })?;
    let entities = whole_entities(desk, &record.statements, &corrections)?;
    let whole = desk.store.part(&Wanted { entities, ..Wanted::default() })?.entities;
    let known: BTreeSet<Id> = whole.iter().map(|entity| entity.id).collect();
    record.entities.retain(|entity| !known.contains(&entity.id));
    record.entities.extend(whole);
    record.entities.sort_by_key(|entity| entity.id);
    let all: Vec<&AnnotatedArticle> = articles.values().collect();
    let standings = standing(&record, &all, &corrections);
    let mut loaded = Loaded { record, articles, corrections, standings, ..Loaded::default() };
    if let Some(hidden) = desk.hidden {
        hidden.hide_in(&mut loaded);
    }
    Ok(loaded)
}

/// The pages of the corrections that `is_meant`.
fn pages(corrections: &[Correction], is_meant: impl Fn(&Change) -> bool) -> BTreeSet<Hash> {
    let meant = corrections.iter().map(|correction| &correction.change).filter(|change| is_meant(change));
    meant
        .flat_map(|change| change.places().into_iter().chain(change.content()))
        .map(|place| place.page)
        .collect()
}

/// Those whose names or members count wherever they are: who speaks, and who was told from others.
fn whole_entities(
    desk: &Desk,
    statements: &[onrecord_model::Statement],
    corrections: &[Correction],
) -> Result<Vec<Id>> {
    let split = pages(corrections, |change| matches!(change, Change::OtherEntity { .. }));
    let named_in = desk.store.articles_of_pages(&split)?;
    let named = desk.store.part(&Wanted { named_in, ..Wanted::default() })?.entities;
    let speakers = statements.iter().filter_map(|statement| statement.speaker);
    let all: BTreeSet<Id> = named.iter().map(|entity| entity.id).chain(speakers).collect();
    Ok(all.into_iter().collect())
}
