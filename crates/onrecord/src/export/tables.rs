//! The tables of a record, and how their rows are made.

use std::collections::BTreeSet;

use anyhow::Result;
use onrecord_model::{AnnotatedArticle, Entity, EntityKind, Id};
use serde::Serialize;
use serde_json::Value;

use onrecord_render::wire::{
    ArticleRefV1, ArticleV1, CopyGroupV1, CorrectionV1, DateV1, DifferenceV1, EditV1, EntityV1, EventV1,
    FigureV1, Points, ProblemV1, QuotationV1, ReplyV1, SeriesV1, StatementV1, StoryV1, Tables, ThemeV1,
};

/// Takes one row.
type Sink<'s> = &'s mut dyn FnMut(Value) -> Result<()>;

/// One table: the name of its file, and its rows in their fixed order.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) rows: fn(&Tables, Sink) -> Result<()>,
}

/// Every table.
pub(crate) const TABLES: &[Table] = &[
    Table { name: "articles", rows: articles },
    Table {
        name: "quotations",
        rows: |tables, sink| {
            marks(tables, sink, |a, points| {
                rows(a.annotations.quotations.iter().map(|q| QuotationV1::new(&a.article, q, points)))
            })
        },
    },
    Table {
        name: "figures",
        rows: |tables, sink| {
            marks(tables, sink, |a, points| {
                let marks = &a.annotations;
                rows(marks.figures.iter().map(|f| FigureTableV1 {
                    span: points.span(f.span),
                    figure: FigureV1::new(f, marks, points),
                }))
            })
        },
    },
    Table {
        name: "dates",
        rows: |tables, sink| marks(tables, sink, |a, points| rows(DateV1::all(&a.annotations, points))),
    },
    Table {
        name: "events",
        rows: |tables, sink| {
            marks(tables, sink, |a, points| {
                rows(a.annotations.events.iter().map(|e| EventV1::new(e, points)))
            })
        },
    },
    Table { name: "entities", rows: entities },
    Table { name: "stories", rows: |t, sink| each(&t.loaded.record.stories, |s| StoryV1::new(s, t), sink) },
    Table {
        name: "statements",
        rows: |t, sink| each(&t.loaded.record.statements, |s| StatementV1::new(s, t), sink),
    },
    Table {
        name: "differences",
        rows: |t, sink| each(&t.loaded.record.differences, |d| DifferenceV1::new(d, t), sink),
    },
    Table { name: "replies", rows: |t, sink| each(&t.loaded.record.replies, ReplyV1::from, sink) },
    Table { name: "copies", rows: |t, sink| each(&t.loaded.record.copies, |c| CopyGroupV1::new(c, t), sink) },
    Table {
        name: "figure_series",
        rows: |t, sink| each(&t.loaded.record.figures, |s| SeriesV1::new(s, t), sink),
    },
    Table { name: "themes", rows: |t, sink| each(&t.loaded.record.themes, ThemeV1::from, sink) },
    Table { name: "changes", rows: changes },
    Table { name: "corrections", rows: corrections },
    Table { name: "problems", rows: |t, sink| each(&t.loaded.problems, ProblemV1::from, sink) },
];

/// A figure with its span also as one value, as the scorers of spans read it.
#[derive(Serialize)]
struct FigureTableV1 {
    span: onrecord_render::wire::SpanV1,
    #[serde(flatten)]
    figure: FigureV1,
}

fn each<'a, T: 'a, R: Serialize>(
    things: impl IntoIterator<Item = &'a T>,
    row: impl Fn(&'a T) -> R,
    sink: Sink,
) -> Result<()> {
    things.into_iter().try_for_each(|thing| sink(serde_json::to_value(row(thing))?))
}

fn rows<R: Serialize>(rows: impl Iterator<Item = R>) -> Result<Vec<Value>> {
    Ok(rows.map(serde_json::to_value).collect::<Result<_, _>>()?)
}

fn articles(tables: &Tables, sink: Sink) -> Result<()> {
    for (&id, annotated) in &tables.loaded.articles {
        if let Some(points) = tables.points(id) {
            sink(serde_json::to_value(ArticleV1::new(&annotated.article, points))?)?;
        }
    }
    Ok(())
}

/// One row a mark, each naming its article.
fn marks(
    tables: &Tables,
    sink: Sink,
    rows: impl Fn(&AnnotatedArticle, &Points) -> Result<Vec<Value>>,
) -> Result<()> {
    for (&id, annotated) in &tables.loaded.articles {
        let Some(points) = tables.points(id) else { continue };
        for row in rows(annotated, points)? {
            sink(with_article(id, tables, row)?)?;
        }
    }
    Ok(())
}

fn with_article(id: Id, tables: &Tables, row: Value) -> Result<Value> {
    let mut named = serde_json::to_value(ArticleRefV1::new(id, tables.loaded))?;
    if let (Value::Object(named), Value::Object(row)) = (&mut named, row) {
        named.extend(row);
    }
    Ok(named)
}

/// One row an edit, in the order of addresses, times and places.
fn changes(tables: &Tables, sink: Sink) -> Result<()> {
    for revision in tables.loaded.revisions() {
        for edit in &revision.edits {
            sink(serde_json::to_value(EditV1::new(&revision, edit, tables))?)?;
        }
    }
    Ok(())
}

fn corrections(tables: &Tables, sink: Sink) -> Result<()> {
    let loaded = tables.loaded;
    loaded.corrections.iter().zip(&loaded.standings).try_for_each(|(correction, &standing)| {
        sink(serde_json::to_value(CorrectionV1::new(correction, standing, loaded))?)
    })
}

/// Persons come into the table in a public role or as speakers only; nobody else gets an entry.
fn entities(tables: &Tables, sink: Sink) -> Result<()> {
    let record = &tables.loaded.record;
    let speakers: BTreeSet<Id> = record.statements.iter().filter_map(|s| s.speaker).collect();
    let public = record.entities.iter().filter(|entity| is_public(entity, &speakers));
    each(public, |entity| EntityV1::new(entity, tables), sink)
}

/// Whether an entity is listed, given who speaks in the record.
pub(super) fn is_public(entity: &Entity, speakers: &BTreeSet<Id>) -> bool {
    entity.kind != EntityKind::Person || !entity.roles.is_empty() || speakers.contains(&entity.id)
}
