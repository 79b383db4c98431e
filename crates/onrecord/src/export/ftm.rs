//! FollowTheMoney entities as JSON Lines: articles, whom they name, where, and what each article has them say.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use onrecord_model::{Account, Article, Entity, EntityKind, Id, Statement};
use onrecord_render::masked;
use onrecord_render::wire::Tables;
use serde::Serialize;

use super::Document;
use super::citations::address;
use super::json::write_line;
use super::tables::is_public;

/// One entity a line.
pub(crate) struct Ftm;

impl Document for Ftm {
    fn name(&self) -> &'static str {
        "ftm"
    }

    fn file(&self) -> &'static str {
        "entities.ftm.json"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let record = &tables.loaded.record;
        let mut put = |thing: Thing| -> Result<()> {
            write_line(&thing, out)?;
            Ok(out.write_all(b"\n")?)
        };
        for annotated in tables.loaded.articles.values() {
            put(article(&annotated.article))?;
        }
        let speakers: BTreeSet<Id> = record.statements.iter().filter_map(|s| s.speaker).collect();
        let mut named = BTreeSet::new();
        for entity in record.entities.iter().filter(|entity| is_public(entity, &speakers)) {
            let Some(schema) = schema(entity.kind) else { continue };
            named.insert(entity.id);
            put(party(entity, schema))?;
            for (article, name) in mentions(entity, tables) {
                put(mention(entity, schema, (article, name)))?;
            }
        }
        for statement in &record.statements {
            for account in &statement.accounts {
                put(note(statement, account, &named, tables))?;
            }
        }
        Ok(())
    }
}

/// An entity: every property is a list, and none is empty.
#[derive(Serialize)]
struct Thing {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Thing {
    fn new(id: String, schema: &'static str) -> Self {
        Self { id, schema, properties: BTreeMap::new() }
    }

    /// With contact data masked.
    fn with(mut self, property: &'static str, value: Option<&str>) -> Self {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            self.properties.entry(property).or_default().push(masked(value).into_owned());
        }
        self
    }

    fn to(mut self, property: &'static str, id: String) -> Self {
        self.properties.entry(property).or_default().push(id);
        self
    }
}

fn named(kind: &str, id: Id) -> String {
    format!("onrecord-{kind}-{id}")
}

/// Places, documents and events are nobody that FollowTheMoney follows.
fn schema(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person => Some("Person"),
        EntityKind::Organisation => Some("Organization"),
        EntityKind::State => Some("PublicBody"),
        EntityKind::Place | EntityKind::Document | EntityKind::Event => None,
    }
}

fn article(article: &Article) -> Thing {
    let value = |known: &'_ Option<onrecord_model::Known<String>>| known.as_ref().map(|k| k.value.clone());
    let published = article.published.as_ref().map(|published| published.value.date.to_string());
    let thing = Thing::new(named("article", article.id), "Article")
        .with("title", value(&article.headline).as_deref())
        .with("publisher", value(&article.outlet).as_deref())
        .with("author", value(&article.byline).as_deref())
        .with("publishedAt", published.as_deref())
        .with("bodyText", Some(&article.text));
    match address(article) {
        Some(url) => thing.to("sourceUrl", url.to_owned()),
        None => thing,
    }
}

fn party(entity: &Entity, schema: &'static str) -> Thing {
    let mut thing = Thing::new(named("entity", entity.id), schema).with("name", Some(&entity.name));
    for other in entity.variants.iter().filter(|other| **other != entity.name) {
        thing = thing.with("alias", Some(other));
    }
    let role = if schema == "Person" { "position" } else { "description" };
    entity.roles.iter().fold(thing, |thing, other| thing.with(role, Some(other)))
}

/// Where an entity is named: by article, its name there.
fn mentions<'a>(entity: &Entity, tables: &'a Tables) -> BTreeMap<Id, &'a str> {
    let name = |&(article, n): &(Id, u32)| {
        let local = tables.loaded.article(article)?.annotations.entities.get(n as usize)?;
        Some((article, local.name.as_str()))
    };
    entity.members.iter().filter_map(name).collect()
}

fn mention(entity: &Entity, schema: &'static str, (article, name): (Id, &str)) -> Thing {
    Thing::new(format!("onrecord-mention-{}-{article}", entity.id), "Mention")
        .to("document", named("article", article))
        .to("resolved", named("entity", entity.id))
        .to("detectedSchema", schema.to_owned())
        .with("name", Some(name))
}

/// The words of an account, about who speaks, or about the article where that is nobody who is listed.
fn note(statement: &Statement, account: &Account, listed: &BTreeSet<Id>, tables: &Tables) -> Thing {
    let words = account.parts.iter().filter_map(|part| tables.span(account.article, part.span));
    let words: Vec<String> = words.map(|span| span.text).collect();
    let speaker = statement.speaker.filter(|id| listed.contains(id));
    let about = speaker.map_or_else(|| named("article", account.article), |id| named("entity", id));
    Thing::new(named("account", account.id), "Note")
        .to("entity", about)
        .to("proof", named("article", account.article))
        .to("keywords", named("statement", statement.id))
        .with("namesMentioned", statement.speaker_name.as_deref())
        .with("description", Some(&words.join(" … ")))
}
