//! What the articles say together.

use std::collections::BTreeMap;

use onrecord_model::{
    ChangedPage, Difference, EditKind, Entity, Evidence, FigureSeries, Id, Record, Reply, Statement, Story,
    Theme,
};
use rusqlite::Connection;

use crate::{
    StoreError,
    columns::{Values, query},
    read,
};

/// The derived tables, children before parents.
const DERIVED: &[&str] = &[
    "changed_page_version",
    "changed_page_edit",
    "changed_page",
    "total",
    "theme_listing",
    "statement_facet",
    "story_listing",
    "statement_listing",
    "theme_statement",
    "theme",
    "figure_series_member",
    "figure_series",
    "reply",
    "difference",
    "statement_row",
    "account_part",
    "account",
    "statement_evidence",
    "statement",
    "story_article",
    "story",
    "copy_member",
    "copy_group",
    "entity_member",
    "entity",
    "statement_search",
];

/// Fills the derived listings from the other derived tables.
const LISTINGS: &str = include_str!("listings.sql");

/// The clean texts by article, to copy the exact words from.
struct Texts(BTreeMap<Id, String>);

impl Texts {
    fn words(&self, evidence: Evidence) -> &str {
        self.0.get(&evidence.article).map_or("", |text| evidence.span.slice(text))
    }
}

/// Empties the derived tables and fills them from `record`.
pub(crate) fn replace(db: &Connection, record: &Record) -> Result<(), StoreError> {
    for table in DERIVED {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let texts = Texts(read::article::texts(db)?);
    record.entities.iter().try_for_each(|entity| add_entity(db, entity))?;
    for group in &record.copies {
        Values::of(group.id).id(group.origin).because(&group.because).insert_into("copy_group", db)?;
        for member in &group.members {
            Values::of(group.id).id(*member).insert_into("copy_member", db)?;
        }
    }
    record.stories.iter().try_for_each(|story| add_story(db, story))?;
    record.statements.iter().try_for_each(|statement| add_statement(db, &texts, statement))?;
    record.differences.iter().try_for_each(|difference| add_difference(db, &texts, difference))?;
    record.replies.iter().try_for_each(|reply| add_reply(db, reply))?;
    record.figures.iter().try_for_each(|series| add_series(db, series))?;
    record.themes.iter().try_for_each(|theme| add_theme(db, theme))?;
    record.pages.iter().try_for_each(|page| add_page(db, page))?;
    db.execute_batch(LISTINGS)?;
    add_searchable(db, &texts, &record.statements)
}

fn add_page(db: &Connection, page: &ChangedPage) -> Result<(), StoreError> {
    let weighs = |(kind, edits): (&EditKind, &u32)| if kind.is_cosmetic() { 0 } else { i64::from(*edits) };
    let weight = page.edits.iter().map(weighs).sum();
    Values::of(page.id).text(&page.address).int(weight).insert_into("changed_page", db)?;
    for (n, &article) in page.versions.iter().enumerate() {
        Values::of(page.id).n(n).id(article).insert_into("changed_page_version", db)?;
    }
    for (kind, &edits) in &page.edits {
        Values::of(page.id).text(kind.name()).int(edits.into()).insert_into("changed_page_edit", db)?;
    }
    Ok(())
}

fn add_entity(db: &Connection, entity: &Entity) -> Result<(), StoreError> {
    Values::of(entity.id)
        .text(entity.kind.name())
        .text(&entity.name)
        .strings(&entity.variants)
        .strings(&entity.roles)
        .insert_into("entity", db)?;
    for (article, n) in &entity.members {
        Values::of(entity.id).id(*article).int((*n).into()).insert_into("entity_member", db)?;
    }
    Ok(())
}

fn add_story(db: &Connection, story: &Story) -> Result<(), StoreError> {
    Values::of(story.id).text(&story.title).because(&story.because).insert_into("story", db)?;
    for article in &story.articles {
        Values::of(story.id).id(*article).insert_into("story_article", db)?;
    }
    Ok(())
}

fn add_statement(db: &Connection, texts: &Texts, statement: &Statement) -> Result<(), StoreError> {
    Values::of(statement.id)
        .id(statement.story)
        .opt(statement.speaker, Values::id)
        .opt_text(statement.speaker_name.as_deref())
        .opt_text(statement.role.as_deref())
        .date(statement.said_on.as_ref().map(|(date, _)| date))
        .opt_text(statement.place.as_ref().map(|(place, _)| place.as_str()))
        .because(&statement.because)
        .insert_into("statement", db)?;
    let said_on = statement.said_on.iter().flat_map(|(_, evidence)| evidence);
    add_evidence(db, texts, (statement.id, "said_on"), said_on)?;
    let place = statement.place.iter().flat_map(|(_, evidence)| evidence);
    add_evidence(db, texts, (statement.id, "place"), place)?;
    for (n, account) in statement.accounts.iter().enumerate() {
        let words = |span| texts.words(Evidence::new(account.article, span));
        Values::of(account.id)
            .id(statement.id)
            .n(n)
            .id(account.article)
            .opt_span(account.source)
            .opt_text(account.source.map(words))
            .opt_span(account.cue)
            .opt_text(account.cue.map(words))
            .owned(serde_json::json!(account.quotations).to_string())
            .int(account.primary.into())
            .insert_into("account", db)?;
        for (n, part) in account.parts.iter().enumerate() {
            Values::of(account.id)
                .n(n)
                .span(part.span)
                .text(part.kind.name())
                .text(words(part.span))
                .insert_into("account_part", db)?;
        }
    }
    add_rows(db, statement)
}

fn add_evidence<'a>(
    db: &Connection,
    texts: &Texts,
    (statement, field): (Id, &str),
    evidence: impl Iterator<Item = &'a Evidence>,
) -> Result<(), StoreError> {
    for (n, evidence) in evidence.enumerate() {
        Values::of(statement)
            .text(field)
            .n(n)
            .id(evidence.article)
            .span(evidence.span)
            .text(texts.words(*evidence))
            .insert_into("statement_evidence", db)?;
    }
    Ok(())
}

fn add_rows(db: &Connection, statement: &Statement) -> Result<(), StoreError> {
    for (r, row) in statement.rows.iter().enumerate() {
        for (account, cell) in row.iter().enumerate() {
            if let Some(span) = cell {
                Values::of(statement.id).n(r).n(account).span(*span).insert_into("statement_row", db)?;
            }
        }
    }
    Ok(())
}

/// Their words, by their places in the listing.
fn add_searchable(db: &Connection, texts: &Texts, statements: &[Statement]) -> Result<(), StoreError> {
    let by_id: BTreeMap<Id, &Statement> =
        statements.iter().map(|statement| (statement.id, statement)).collect();
    for (place, id) in
        query(db, "SELECT n, statement FROM statement_listing ORDER BY n", &[], |c| Ok((c.n()?, c.id()?)))?
    {
        let Some(statement) = by_id.get(&id) else { continue };
        let parts = statement.accounts.iter().flat_map(|a| a.parts.iter().map(|p| (a.article, p.span)));
        let words: Vec<&str> =
            parts.map(|(article, span)| texts.words(Evidence::new(article, span))).collect();
        Values::default()
            .n(place)
            .id(id)
            .opt_text(statement.speaker_name.as_deref())
            .owned(words.join("\n"))
            .insert_into("statement_search (rowid, statement, speaker, words)", db)?;
    }
    // One index in the place of several: they are read by every search.
    db.execute("INSERT INTO statement_search (statement_search) VALUES ('optimize')", [])?;
    Ok(())
}

fn add_difference(db: &Connection, texts: &Texts, difference: &Difference) -> Result<(), StoreError> {
    let mut row = Values::of(difference.id)
        .opt(difference.statement, Values::id)
        .text(difference.subject.name())
        .text(difference.kind.name());
    for side in &difference.between {
        let words = side.span.map(|span| texts.words(Evidence::new(side.article, span)));
        row = row.id(side.article).opt_span(side.span).opt_text(words);
    }
    row.because(&difference.because).insert_into("difference", db)
}

fn add_reply(db: &Connection, reply: &Reply) -> Result<(), StoreError> {
    Values::of(reply.from)
        .id(reply.to)
        .text(reply.stance.name())
        .because(&reply.because)
        .insert_into("reply", db)
}

fn add_series(db: &Connection, series: &FigureSeries) -> Result<(), StoreError> {
    Values::of(series.id)
        .id(series.story)
        .text(&series.counted)
        .opt_text(series.unit.as_ref().map(|unit| unit.name()))
        .owned(series.spread.0.to_string())
        .owned(series.spread.1.to_string())
        .because(&series.because)
        .insert_into("figure_series", db)?;
    for (n, (article, figure)) in series.members.iter().enumerate() {
        Values::of(series.id)
            .n(n)
            .id(*article)
            .int((*figure).into())
            .insert_into("figure_series_member", db)?;
    }
    Ok(())
}

fn add_theme(db: &Connection, theme: &Theme) -> Result<(), StoreError> {
    Values::of(theme.id).text(&theme.label).because(&theme.because).insert_into("theme", db)?;
    for (n, statement) in theme.statements.iter().enumerate() {
        Values::of(theme.id).n(n).id(*statement).insert_into("theme_statement", db)?;
    }
    Ok(())
}
