//! GraphML: who speaks, who answers whom, and who tells whom. For Gephi, yEd, NetworkX, igraph.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use onrecord_model::{Account, AnnotatedArticle, Entity, Id, Reply, Span, Statement};
use onrecord_render::masked;
use onrecord_render::wire::Tables;

use super::Document;
use super::tables::is_public;
use crate::xml::escaped;

/// One directed graph in which several edges can join two nodes.
pub(crate) struct GraphMl;

impl Document for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn file(&self) -> &'static str {
        "speakers.graphml"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let graph = Graph::new(tables);
        out.write_all(HEAD.as_bytes())?;
        for (name, of, kind) in KEYS {
            writeln!(out, "  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        out.write_all(b"  <graph edgedefault=\"directed\">\n")?;
        for (id, node) in &graph.nodes {
            node.write(*id, out)?;
        }
        for reply in &tables.loaded.record.replies {
            graph.reply(reply, out)?;
        }
        for statement in &tables.loaded.record.statements {
            graph.tells(statement, out)?;
        }
        Ok(out.write_all(b"  </graph>\n</graphml>\n")?)
    }
}

const HEAD: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";

/// What is known of nodes and edges: name, of which, type.
const KEYS: [(&str, &str, &str); 15] = [
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("roles", "node", "string"),
    ("statements", "node", "int"),
    ("relation", "edge", "string"),
    ("stance", "edge", "string"),
    ("statement", "edge", "string"),
    ("answers", "edge", "string"),
    ("said_on", "edge", "string"),
    ("article", "edge", "string"),
    ("start", "edge", "int"),
    ("end", "edge", "int"),
    ("words", "edge", "string"),
    ("rule", "edge", "string"),
    ("because", "edge", "string"),
];

/// Somebody who speaks or is told something.
struct Node<'a> {
    label: Cow<'a, str>,
    /// Empty for a name that was not resolved.
    kind: &'static str,
    roles: &'a [String],
    /// How many statements they make.
    statements: usize,
}

impl<'a> Node<'a> {
    fn of(entity: &'a Entity) -> Self {
        Self { label: masked(&entity.name), kind: entity.kind.name(), roles: &entity.roles, statements: 0 }
    }

    fn write(&self, id: Id, out: &mut dyn Write) -> Result<()> {
        writeln!(out, "    <node id=\"{id}\">")?;
        data("label", &self.label, out)?;
        data("kind", self.kind, out)?;
        data("roles", &masked(&self.roles.join("; ")), out)?;
        data("statements", &self.statements.to_string(), out)?;
        Ok(out.write_all(b"    </node>\n")?)
    }
}

/// The nodes, and what leads to them.
struct Graph<'a> {
    tables: &'a Tables<'a>,
    nodes: BTreeMap<Id, Node<'a>>,
    statements: BTreeMap<Id, &'a Statement>,
    /// The entities that get a node when they are told something, by their places in articles.
    entities: BTreeMap<(Id, u32), &'a Entity>,
}

impl<'a> Graph<'a> {
    fn new(tables: &'a Tables<'a>) -> Self {
        let record = &tables.loaded.record;
        let speakers: BTreeSet<Id> = record.statements.iter().filter_map(|s| s.speaker).collect();
        let public = record.entities.iter().filter(|entity| is_public(entity, &speakers));
        let entities = public.flat_map(|e| e.members.iter().map(move |&member| (member, e))).collect();
        let statements = record.statements.iter().map(|s| (s.id, s)).collect();
        let mut graph = Self { tables, nodes: BTreeMap::new(), statements, entities };
        let by_id: BTreeMap<Id, &Entity> = record.entities.iter().map(|e| (e.id, e)).collect();
        for statement in &record.statements {
            let entity = statement.speaker.and_then(|id| by_id.get(&id));
            let unresolved = || Node {
                label: masked(statement.speaker_name.as_deref().unwrap_or("unknown")),
                kind: "",
                roles: &[],
                statements: 0,
            };
            let node = || entity.map_or_else(unresolved, |entity| Node::of(entity));
            graph.nodes.entry(speaker(statement)).or_insert_with(node).statements += 1;
            for (told, _, _) in graph.told(statement) {
                graph.nodes.entry(told.id).or_insert_with(|| Node::of(told));
            }
        }
        graph
    }

    /// To whom a statement is made, by the first account that names them, and the words that do.
    fn told(&self, statement: &'a Statement) -> Vec<(&'a Entity, Id, Span)> {
        let mut seen = BTreeSet::new();
        let mut told = Vec::new();
        for account in &statement.accounts {
            for (entity, span) in self.addressees(account) {
                if Some(entity.id) != statement.speaker && seen.insert(entity.id) {
                    told.push((entity, account.article, span));
                }
            }
        }
        told
    }

    fn addressees(&self, account: &Account) -> Vec<(&'a Entity, Span)> {
        let Some(annotated) = self.tables.loaded.article(account.article) else { return Vec::new() };
        let quotations = account.quotations.iter();
        let quotations = quotations.filter_map(|&n| annotated.annotations.quotations.get(n as usize));
        let addressees = quotations.filter_map(|quotation| quotation.addressee);
        let entity = |span: Span| {
            let local = named(annotated, span)?;
            Some((*self.entities.get(&(account.article, local))?, span))
        };
        addressees.filter_map(entity).collect()
    }

    fn reply(&self, reply: &Reply, out: &mut dyn Write) -> Result<()> {
        let ends = (self.statements.get(&reply.from), self.statements.get(&reply.to));
        let (Some(from), Some(to)) = ends else { return Ok(()) };
        edge(("replies", to.id), from, speaker(to), out)?;
        data("stance", reply.stance.name(), out)?;
        data("answers", &to.id.to_string(), out)?;
        data("rule", reply.because.rule.as_ref(), out)?;
        data("because", &masked(&reply.because.note), out)?;
        Ok(out.write_all(b"    </edge>\n")?)
    }

    fn tells(&self, statement: &'a Statement, out: &mut dyn Write) -> Result<()> {
        for (told, article, span) in self.told(statement) {
            let Some(span) = self.tables.span(article, span) else { continue };
            edge(("tells", told.id), statement, told.id, out)?;
            data("article", &article.to_string(), out)?;
            data("start", &span.start.to_string(), out)?;
            data("end", &span.end.to_string(), out)?;
            data("words", &span.text, out)?;
            out.write_all(b"    </edge>\n")?;
        }
        Ok(())
    }
}

/// The node of who makes a statement. A name that was not resolved is one node a story, and whom nobody names one
/// node a statement: that they are the same elsewhere is not known.
fn speaker(statement: &Statement) -> Id {
    let name = statement.speaker_name.as_deref();
    let unresolved = || name.map_or(statement.id, |name| Id::of([&statement.story.to_string(), name]));
    statement.speaker.unwrap_or_else(unresolved)
}

/// The entity that an addressee's words name: all of them, or all but a title or one small word ("the") before a name.
/// "Reporters in Tarn" are not Tarn.
fn named(annotated: &AnnotatedArticle, addressee: Span) -> Option<u32> {
    let is_all = |span: Span| {
        let before = &annotated.article.text.get(addressee.start()..span.start());
        let small = |word: &&str| !word.starts_with(char::is_uppercase);
        span.end() == addressee.end()
            && before.is_some_and(|b| b.split_whitespace().filter(small).count() <= 1)
    };
    let mut mentions =
        annotated.annotations.mentions.iter().filter(|mention| addressee.overlaps(mention.span));
    let mention = mentions.next().filter(|mention| is_all(mention.span))?;
    if mentions.next().is_some() { None } else { mention.entity.map(|entity| entity.0) }
}

/// Begins an edge from who makes a statement; `what` are the relation and what it is to, which no two edges of a statement share.
fn edge(what: (&str, Id), statement: &Statement, to: Id, out: &mut dyn Write) -> Result<()> {
    let (relation, of) = what;
    let (id, from) = (statement.id, speaker(statement));
    writeln!(out, "    <edge id=\"{relation}-{id}-{of}\" source=\"{from}\" target=\"{to}\">")?;
    data("relation", relation, out)?;
    data("statement", &statement.id.to_string(), out)?;
    let day = statement.said_on.as_ref().map(|(day, _)| day.edtf.as_str());
    data("said_on", day.unwrap_or_default(), out)
}

/// What is known; nothing is written of what is not.
fn data(key: &str, value: &str, out: &mut dyn Write) -> Result<()> {
    if !value.is_empty() {
        writeln!(out, "      <data key=\"{key}\">{}</data>", escaped(value))?;
    }
    Ok(())
}
