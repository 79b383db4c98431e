//! What is marked in one article.

use onrecord_model::{
    Annotations, Because, Bound, DateReference, EntityKind, EntityRef, Event, EventActor, Figure, Holder, Id,
    LocalEntity, Mention, Number, Quotation, QuotationKind, Reading, Span, Speaker, Unit,
};
use rusqlite::Connection;

use crate::StoreError;
use crate::columns::{Columns, named, query};

pub(crate) fn read(db: &Connection, article: Id) -> Result<Annotations, StoreError> {
    let id = article.to_string();
    let sql =
        |table: &str, columns: &str| format!("SELECT {columns} FROM {table} WHERE article = ? ORDER BY n");
    let mut parts = quotation_parts(db, &id)?.into_iter().peekable();
    let mut quotations = query(db, &sql("quotation", "*"), &[&id], quotation)?;
    for (n, quotation) in quotations.iter_mut().enumerate() {
        while let Some((_, span)) = parts.next_if(|(of, _)| *of == n) {
            quotation.content.push(span);
        }
    }
    Ok(Annotations {
        sentences: query(db, &sql("sentence", "start, \"end\""), &[&id], |c| c.span())?,
        reading: Reading::default(),
        entities: query(db, &sql("local_entity", "kind, name, role, variants"), &[&id], local_entity)?,
        mentions: query(db, &sql("mention", "start, \"end\", kind, entity"), &[&id], mention)?,
        quotations,
        figures: query(db, &sql("figure", FIGURE), &[&id], figure)?,
        dates: query(db, &sql("date_reference", DATE), &[&id], date)?,
        events: query(db, &sql("event", EVENT), &[&id], event)?,
    })
}

/// What names stand for, and quotations without their words.
pub(crate) fn speakers(db: &Connection, article: Id) -> Result<Annotations, StoreError> {
    let id = article.to_string();
    let entities = "SELECT kind, name, role, variants FROM local_entity WHERE article = ? ORDER BY n";
    let quotations = "SELECT * FROM quotation WHERE article = ? ORDER BY n";
    Ok(Annotations {
        entities: query(db, entities, &[&id], local_entity)?,
        quotations: query(db, quotations, &[&id], quotation)?,
        ..Annotations::default()
    })
}

/// The figures alone.
pub(crate) fn figures(db: &Connection, article: Id) -> Result<Vec<Figure>, StoreError> {
    let sql = format!("SELECT {FIGURE} FROM figure WHERE article = ? ORDER BY n");
    query(db, &sql, &[&article.to_string()], figure)
}

const FIGURE: &str = "start, \"end\", value, value_to, bound, unit, counted_start, counted_end, holder";
const DATE: &str = "start, \"end\", edtf, first, last, rule, note, spans";
const EVENT: &str = "start, \"end\", class, code, source_start, source_end, target_start, target_end, \
     place_start, place_end, edtf, first, last, negated, hypothetical, source_code, target_code, rule, note, spans";

fn entity_kind(columns: &mut Columns<'_>) -> Result<EntityKind, StoreError> {
    columns.word("a kind of entity", EntityKind::from_name)
}

fn local_entity(columns: &mut Columns<'_>) -> Result<LocalEntity, StoreError> {
    Ok(LocalEntity {
        kind: entity_kind(columns)?,
        name: columns.text()?,
        role: columns.opt_text()?,
        variants: columns.strings()?,
    })
}

fn mention(columns: &mut Columns<'_>) -> Result<Mention, StoreError> {
    let span = columns.span()?;
    Ok(Mention { span, kind: entity_kind(columns)?, entity: columns.get::<Option<u32>>()?.map(EntityRef) })
}

fn quotation_parts(db: &Connection, id: &str) -> Result<Vec<(usize, Span)>, StoreError> {
    let sql = "SELECT quotation, start, \"end\" FROM quotation_part WHERE article = ? ORDER BY quotation, n";
    query(db, sql, &[&id], |c| Ok((c.n()?, c.span()?)))
}

/// Reads a row of `quotation` behind article and n; the content stands in a table of its own.
fn quotation(columns: &mut Columns<'_>) -> Result<Quotation, StoreError> {
    columns.skip(2);
    Ok(Quotation {
        kind: columns.word("a kind of quotation", QuotationKind::from_name)?,
        source: columns.opt_span()?,
        cue: columns.opt_span()?,
        content: Vec::new(),
        speaker: Speaker {
            name: columns.opt_text()?,
            entity: columns.get::<Option<u32>>()?.map(EntityRef),
            role: columns.opt_text()?,
            because: columns.because()?,
        },
        addressee: columns.opt_span()?,
        said_on: columns.date()?,
        place: columns.opt_span()?,
        because: columns.because()?,
    })
}

fn number(text: &str) -> Result<Number, StoreError> {
    named(text, "a number", |text| text.parse().ok())
}

fn figure(columns: &mut Columns<'_>) -> Result<Figure, StoreError> {
    Ok(Figure {
        span: columns.span()?,
        value: number(&columns.text()?)?,
        value_to: columns.opt_text()?.map(|text| number(&text)).transpose()?,
        bound: columns.word("a bound", Bound::from_name)?,
        unit: columns.opt_text()?.map(Unit::new),
        counted: columns.opt_span()?,
        holder: columns.get::<Option<u32>>()?.map_or(Holder::Outlet, Holder::Quotation),
    })
}

fn date(columns: &mut Columns<'_>) -> Result<DateReference, StoreError> {
    Ok(DateReference { span: columns.span()?, value: columns.date()?, because: columns.because()? })
}

fn event(columns: &mut Columns<'_>) -> Result<Event, StoreError> {
    let (span, class, code) = (columns.span()?, columns.text()?, columns.opt_text()?);
    let (source, target) = (columns.opt_span()?, columns.opt_span()?);
    let mut event = Event {
        span,
        class,
        code,
        source: source.map(|span| EventActor { span, code: None }),
        target: target.map(|span| EventActor { span, code: None }),
        place: columns.opt_span()?,
        date: columns.date()?,
        negated: columns.get()?,
        hypothetical: columns.get()?,
        because: Because::new("", ""),
    };
    for actor in [&mut event.source, &mut event.target] {
        let code = columns.opt_text()?;
        if let Some(actor) = actor {
            actor.code = code;
        }
    }
    event.because = columns.because()?;
    Ok(event)
}
