//! PROV-O as JSON-LD: what was made from what, by which step, and who had a hand in it.
//!
//! Nodes of one name belong together, as JSON-LD reads them: so what reconciling used is written as it comes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use onrecord_model::{Article, Correction, Difference, Entity, EntityKind, Id, Reply, Signed, Statement};
use onrecord_reconcile::Standing;
use onrecord_render::masked;
use onrecord_render::wire::{BecauseV1, Tables};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Document;
use super::citations::address;
use super::json::Items;

/// One graph of entities, activities and agents.
pub(crate) struct Prov;

impl Document for Prov {
    fn name(&self) -> &'static str {
        "prov"
    }

    fn file(&self) -> &'static str {
        "provenance.jsonld"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let loaded = tables.loaded;
        let mut graph = Graph { nodes: Items::begin(HEAD, out)?, tables };
        graph.program()?;
        let mut pages = BTreeSet::new();
        for annotated in loaded.articles.values() {
            graph.article(&annotated.article, pages.insert(annotated.article.page_hash))?;
        }
        let entities = loaded.record.entities.iter().map(|entity| (entity.id, entity)).collect();
        loaded.record.statements.iter().try_for_each(|s| graph.statement(s, &entities))?;
        loaded.record.differences.iter().try_for_each(|d| graph.difference(d))?;
        loaded.record.replies.iter().try_for_each(|r| graph.reply(r))?;
        let mut people = BTreeSet::new();
        for (correction, &standing) in loaded.corrections.iter().zip(&loaded.standings) {
            graph.correction(correction, standing, &mut people)?;
        }
        graph.nodes.end("]}")
    }
}

const HEAD: &str = "{\"@context\":{\"prov\":\"http://www.w3.org/ns/prov#\",\"rdfs\":\"http://www.w3.org/2000/01/rdf-schema#\",\
    \"xsd\":\"http://www.w3.org/2001/XMLSchema#\",\"onrecord\":\"urn:x-onrecord:terms:\",\"label\":\"rdfs:label\",\
    \"used\":{\"@id\":\"prov:used\",\"@type\":\"@id\"},\
    \"wasAssociatedWith\":{\"@id\":\"prov:wasAssociatedWith\",\"@type\":\"@id\"},\
    \"wasAttributedTo\":{\"@id\":\"prov:wasAttributedTo\",\"@type\":\"@id\"},\
    \"wasDerivedFrom\":{\"@id\":\"prov:wasDerivedFrom\",\"@type\":\"@id\"},\
    \"wasQuotedFrom\":{\"@id\":\"prov:wasQuotedFrom\",\"@type\":\"@id\"},\
    \"wasGeneratedBy\":{\"@id\":\"prov:wasGeneratedBy\",\"@type\":\"@id\"},\
    \"wasInvalidatedBy\":{\"@id\":\"prov:wasInvalidatedBy\",\"@type\":\"@id\"},\
    \"specializationOf\":{\"@id\":\"prov:specializationOf\",\"@type\":\"@id\"},\
    \"atLocation\":{\"@id\":\"prov:atLocation\",\"@type\":\"@id\"},\
    \"endedAtTime\":{\"@id\":\"prov:endedAtTime\",\"@type\":\"xsd:dateTime\"},\
    \"sha256\":\"onrecord:sha256\",\"version\":\"onrecord:version\",\"published\":\"onrecord:published\",\
    \"primary\":\"onrecord:primary\",\"kind\":\"onrecord:kind\",\"stance\":\"onrecord:stance\",\
    \"standing\":\"onrecord:standing\",\"why\":\"onrecord:why\",\"because\":\"onrecord:because\",\
    \"rule\":\"onrecord:rule\",\"note\":\"onrecord:note\"},\n\"@graph\":[";

const VERSION: &str = env!("CARGO_PKG_VERSION");
const PROGRAM: &str = "urn:x-onrecord:program";
const RECONCILING: &str = "urn:x-onrecord:reconciling";

/// The name of a thing of the record.
fn name(kind: &str, id: impl std::fmt::Display) -> String {
    format!("urn:x-onrecord:{kind}:{id}")
}

/// A node in the making: what is not known is left out.
struct Node(Map<String, Value>);

impl Node {
    fn of(id: impl Into<String>, class: &str) -> Self {
        let mut node = Map::new();
        node.insert("@id".to_owned(), id.into().into());
        node.insert("@type".to_owned(), class.into());
        Self(node)
    }

    fn with(mut self, property: &str, value: impl Serialize) -> Result<Self> {
        let value = serde_json::to_value(value)?;
        if !value.is_null() {
            self.0.insert(property.to_owned(), value);
        }
        Ok(self)
    }
}

struct Graph<'o, 't> {
    nodes: Items<'o>,
    tables: &'t Tables<'t>,
}

impl Graph<'_, '_> {
    fn put(&mut self, node: Node) -> Result<()> {
        self.nodes.put(&node.0)
    }

    /// The program in whatever versions made the record, which keeps no note of them; and the one that writes this.
    fn program(&mut self) -> Result<()> {
        let writes = name("program", VERSION);
        self.put(Node::of(PROGRAM, "prov:SoftwareAgent").with("label", "OnRecord")?)?;
        let version = Node::of(&writes, "prov:SoftwareAgent").with("label", format!("OnRecord {VERSION}"))?;
        self.put(version.with("version", VERSION)?.with("specializationOf", PROGRAM)?)?;
        let export = Node::of("urn:x-onrecord:exporting", "prov:Activity").with("label", "exporting")?;
        self.put(export.with("wasAssociatedWith", &writes)?)?;
        let this = Node::of("urn:x-onrecord:provenance", "prov:Entity").with("label", "this document")?;
        self.put(this.with("wasGeneratedBy", "urn:x-onrecord:exporting")?)?;
        let reconciling = Node::of(RECONCILING, "prov:Activity").with("label", "reconciling")?;
        self.put(reconciling.with("wasAssociatedWith", PROGRAM)?)
    }

    fn article(&mut self, article: &Article, is_new_page: bool) -> Result<()> {
        let (id, page) = (name("article", article.id), name("page", article.page_hash));
        let reading = name("reading", article.id);
        if is_new_page {
            let entity = Node::of(&page, "prov:Entity").with("label", "page")?;
            self.put(entity.with("sha256", article.page_hash.to_string())?)?;
        }
        let activity = Node::of(&reading, "prov:Activity").with("label", "reading")?;
        self.put(activity.with("used", &page)?.with("wasAssociatedWith", PROGRAM)?)?;
        let outlet = article.outlet.as_ref().map(|outlet| {
            json!({"@id": name("outlet", Id::of([&outlet.value])), "@type": "prov:Organization",
                   "label": masked(&outlet.value)})
        });
        let headline = article.headline.as_ref().map(|headline| masked(&headline.value).into_owned());
        let published = article.published.as_ref().map(|published| published.value.to_string());
        let entity = Node::of(&id, "prov:Entity")
            .with("label", headline)?
            .with("published", published)?
            .with("sha256", article.text_hash.to_string())?
            .with("atLocation", address(article))?
            .with("wasDerivedFrom", &page)?
            .with("wasGeneratedBy", &reading)?
            .with("wasAttributedTo", outlet)?;
        self.put(entity)?;
        self.put(Node::of(RECONCILING, "prov:Activity").with("used", &id)?)
    }

    fn statement(&mut self, statement: &Statement, entities: &BTreeMap<Id, &Entity>) -> Result<()> {
        let accounts: Vec<String> = statement.accounts.iter().map(|a| name("account", a.id)).collect();
        let entity = Node::of(name("statement", statement.id), "prov:Entity")
            .with("label", "statement")?
            .with("wasDerivedFrom", accounts)?
            .with("wasGeneratedBy", RECONCILING)?
            .with("wasAttributedTo", speaker(statement, entities))?
            .with("because", BecauseV1::from(&statement.because))?;
        self.put(entity)?;
        for account in &statement.accounts {
            let words = account.parts.iter().filter_map(|p| self.tables.span(account.article, p.span));
            let words: Vec<String> = words.map(|span| span.text).collect();
            let entity = Node::of(name("account", account.id), "prov:Entity")
                .with("label", words.join(" … "))?
                .with("wasQuotedFrom", name("article", account.article))?
                .with("wasGeneratedBy", name("reading", account.article))?
                .with("primary", account.primary)?;
            self.put(entity)?;
        }
        Ok(())
    }

    fn difference(&mut self, difference: &Difference) -> Result<()> {
        let articles = difference.between.iter().map(|side| name("article", side.article));
        let of = difference.statement.map(|id| name("statement", id));
        let from: BTreeSet<String> = articles.chain(of).collect();
        let entity = Node::of(name("difference", difference.id), "prov:Entity")
            .with("label", "difference")?
            .with("kind", difference.kind.name())?
            .with("wasDerivedFrom", from)?
            .with("wasGeneratedBy", RECONCILING)?
            .with("because", BecauseV1::from(&difference.because))?;
        self.put(entity)
    }

    fn reply(&mut self, reply: &Reply) -> Result<()> {
        let id = format!("{}:{}", name("reply", reply.from), reply.to);
        let entity = Node::of(id, "prov:Entity")
            .with("label", "reply")?
            .with("stance", reply.stance.name())?
            .with("wasDerivedFrom", [name("statement", reply.from), name("statement", reply.to)])?
            .with("wasGeneratedBy", RECONCILING)?
            .with("because", BecauseV1::from(&reply.because))?;
        self.put(entity)
    }

    /// The change as an entity that a person's act made, and another's may have taken back.
    fn correction(
        &mut self,
        correction: &Correction,
        standing: Standing,
        people: &mut BTreeSet<String>,
    ) -> Result<()> {
        let id = name("correction", correction.id);
        let (made, undone) = (name("correcting", correction.id), name("undoing", correction.id));
        self.act((&made, "correcting"), &correction.signed, people)?;
        if let Some(signed) = &correction.undone {
            self.act((&undone, "taking a correction back"), signed, people)?;
        }
        let entity = Node::of(&id, "prov:Entity")
            .with("label", "correction")?
            .with("kind", correction.change.name())?
            .with("standing", standing.name())?
            .with("wasGeneratedBy", made)?
            .with("wasInvalidatedBy", correction.undone.as_ref().map(|_| undone))?;
        self.put(entity)?;
        if standing == Standing::Holds {
            self.put(Node::of(RECONCILING, "prov:Activity").with("used", &id)?)?;
        }
        Ok(())
    }

    fn act(
        &mut self,
        (id, label): (&str, &str),
        signed: &Signed,
        people: &mut BTreeSet<String>,
    ) -> Result<()> {
        let by = name("corrector", Id::of([&signed.by]));
        if people.insert(by.clone()) {
            self.put(Node::of(&by, "prov:Agent").with("label", masked(&signed.by))?)?;
        }
        let activity = Node::of(id, "prov:Activity")
            .with("label", label)?
            .with("endedAtTime", &signed.at)?
            .with("why", masked(&signed.why))?
            .with("wasAssociatedWith", by)?;
        self.put(activity)
    }
}

/// Who speaks; without a name of its own where it was not resolved, and nobody where no account tells.
fn speaker(statement: &Statement, entities: &BTreeMap<Id, &Entity>) -> Option<Value> {
    let entity = statement.speaker.and_then(|id| entities.get(&id));
    let class = match entity.map(|entity| entity.kind) {
        Some(EntityKind::Person) => "prov:Person",
        Some(EntityKind::Organisation | EntityKind::State) => "prov:Organization",
        Some(EntityKind::Place | EntityKind::Document | EntityKind::Event) | None => "prov:Agent",
    };
    let mut agent = Map::new();
    if let Some(entity) = entity {
        agent.insert("@id".to_owned(), name("entity", entity.id).into());
    }
    agent.insert("@type".to_owned(), class.into());
    agent.insert("label".to_owned(), masked(statement.speaker_name.as_deref()?).into());
    Some(Value::Object(agent))
}
