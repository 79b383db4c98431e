//! JSON-LD: articles and quotations in the words of schema.org, statements, differences and replies in our own, which
//! `docs/reference/context.jsonld` defines.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use onrecord_model::{Account, Article, Difference, Entity, EntityKind, Id, Reply, Side, Statement};
use onrecord_render::masked;
use onrecord_render::wire::{BecauseV1, SpanV1, Tables};
use serde::Serialize;
use serde_json::Value;

use super::Document;
use super::citations::address;
use super::json::Items;

/// One graph, with the context in it, so that it is read without a network.
pub(crate) struct JsonLd;

const CONTEXT: &str = include_str!("../../../../docs/reference/context.jsonld");

impl Document for JsonLd {
    fn name(&self) -> &'static str {
        "jsonld"
    }

    fn file(&self) -> &'static str {
        "record.jsonld"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let context: Value = serde_json::from_str(CONTEXT)?;
        let record = &tables.loaded.record;
        let entities = record.entities.iter().map(|entity| (entity.id, entity)).collect();
        let mut nodes = Items::begin(&format!("{{\"@context\":{},\n\"@graph\":[", context["@context"]), out)?;
        for annotated in tables.loaded.articles.values() {
            nodes.put(&ArticleNode::new(&annotated.article))?;
        }
        for statement in &record.statements {
            nodes.put(&StatementNode::new(statement))?;
            for account in &statement.accounts {
                nodes.put(&QuotationNode::new(statement, account, &entities, tables))?;
            }
        }
        record.differences.iter().try_for_each(|d| nodes.put(&DifferenceNode::new(d, tables)))?;
        record.replies.iter().try_for_each(|reply| nodes.put(&ReplyNode::new(reply)))?;
        nodes.end("]}")
    }
}

/// The name of a thing of the record.
fn name(kind: &str, id: Id) -> String {
    format!("urn:x-onrecord:{kind}:{id}")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArticleNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    class: &'static str,
    headline: Option<String>,
    publisher: Option<Party>,
    /// The byline as printed, which does not tell people from bodies.
    credit_text: Option<String>,
    date_published: Option<String>,
    in_language: Option<&'a str>,
    url: Option<&'a str>,
    text_hash: String,
    page_hash: String,
}

impl<'a> ArticleNode<'a> {
    fn new(article: &'a Article) -> Self {
        let shown = |known: &Option<onrecord_model::Known<String>>| {
            known.as_ref().map(|known| masked(&known.value).into_owned())
        };
        let publisher = |name| Party { id: None, class: Some("Organization"), name };
        Self {
            id: name("article", article.id),
            class: "NewsArticle",
            headline: shown(&article.headline),
            publisher: shown(&article.outlet).map(publisher),
            credit_text: shown(&article.byline),
            date_published: article.published.as_ref().map(|published| published.value.to_string()),
            in_language: article.language.as_ref().map(|language| language.value.as_str()),
            url: address(article),
            text_hash: article.text_hash.to_string(),
            page_hash: article.page_hash.to_string(),
        }
    }
}

/// A person or body; without a name of its own where it was not resolved.
#[derive(Serialize)]
struct Party {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    name: String,
}

impl Party {
    fn speaker(statement: &Statement, entities: &BTreeMap<Id, &Entity>) -> Option<Self> {
        let entity = statement.speaker.and_then(|id| entities.get(&id));
        let class = entity.and_then(|entity| match entity.kind {
            EntityKind::Person => Some("Person"),
            EntityKind::Organisation | EntityKind::State => Some("Organization"),
            EntityKind::Place | EntityKind::Document | EntityKind::Event => None,
        });
        Some(Self {
            id: entity.map(|entity| name("entity", entity.id)),
            class,
            name: masked(statement.speaker_name.as_deref()?).into_owned(),
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatementNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    class: &'static str,
    story: String,
    role: Option<String>,
    /// EDTF.
    said_on: Option<&'a str>,
    place: Option<String>,
    because: BecauseV1,
}

impl<'a> StatementNode<'a> {
    fn new(statement: &'a Statement) -> Self {
        Self {
            id: name("statement", statement.id),
            class: "Statement",
            story: name("story", statement.story),
            role: statement.role.as_deref().map(|role| masked(role).into_owned()),
            said_on: statement.said_on.as_ref().map(|(day, _)| day.edtf.as_str()),
            place: statement.place.as_ref().map(|(place, _)| masked(place).into_owned()),
            because: BecauseV1::from(&statement.because),
        }
    }
}

/// An account: a statement's words as one article tells them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuotationNode {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    class: &'static str,
    text: String,
    is_part_of: String,
    /// Null where no account tells.
    spoken_by_character: Option<Party>,
    statement: String,
    primary: bool,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    #[serde(flatten)]
    span: SpanV1,
    /// "direct", "indirect", "mixed": whether the words stand in quotation marks.
    marked: &'static str,
}

impl QuotationNode {
    fn new(of: &Statement, account: &Account, entities: &BTreeMap<Id, &Entity>, tables: &Tables) -> Self {
        let part = |part: &onrecord_model::AccountPart| {
            Some(Part { span: tables.span(account.article, part.span)?, marked: part.kind.name() })
        };
        let parts: Vec<Part> = account.parts.iter().filter_map(part).collect();
        let words: Vec<&str> = parts.iter().map(|part| part.span.text.as_str()).collect();
        Self {
            id: name("account", account.id),
            class: "Quotation",
            text: words.join(" … "),
            is_part_of: name("article", account.article),
            spoken_by_character: Party::speaker(of, entities),
            statement: name("statement", of.id),
            primary: account.primary,
            parts,
        }
    }
}

#[derive(Serialize)]
struct DifferenceNode {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    class: &'static str,
    kind: &'static str,
    subject: &'static str,
    statement: Option<String>,
    between: [SideNode; 2],
    because: BecauseV1,
}

/// One side; without words where it leaves them out.
#[derive(Serialize)]
struct SideNode {
    article: String,
    #[serde(flatten)]
    span: Option<SpanV1>,
}

impl DifferenceNode {
    fn new(difference: &Difference, tables: &Tables) -> Self {
        let side = |side: Side| SideNode {
            article: name("article", side.article),
            span: side.span.and_then(|span| tables.span(side.article, span)),
        };
        Self {
            id: name("difference", difference.id),
            class: "Difference",
            kind: difference.kind.name(),
            subject: difference.subject.name(),
            statement: difference.statement.map(|id| name("statement", id)),
            between: difference.between.map(side),
            because: BecauseV1::from(&difference.because),
        }
    }
}

#[derive(Serialize)]
struct ReplyNode {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    class: &'static str,
    from: String,
    to: String,
    stance: &'static str,
    because: BecauseV1,
}

impl ReplyNode {
    fn new(reply: &Reply) -> Self {
        Self {
            id: format!("{}:{}", name("reply", reply.from), reply.to),
            class: "Reply",
            from: name("statement", reply.from),
            to: name("statement", reply.to),
            stance: reply.stance.name(),
            because: BecauseV1::from(&reply.because),
        }
    }
}
