//! One article, its page and its marks.

use onrecord_model::{
    Annotations, Article, Because, Extraction, Figure, Holder, Id, OffsetMap, Problem, Quotation,
};
use rusqlite::Connection;

use crate::{Entry, StoreError, columns::Values};

/// Adds `entry` unless its article is there; says whether it was new.
pub(crate) fn add(db: &Connection, entry: &Entry) -> Result<bool, StoreError> {
    let Extraction { article, problems, .. } = &entry.extraction;
    if !article_row(article).insert_new_into("article", db)? {
        return Ok(false);
    }
    add_facts(db, article)?;
    add_page(db, entry)?;
    for problem in problems {
        add_problem(db, Some(article.id), problem)?;
    }
    add_annotations(db, article, &entry.annotations)?;
    Ok(true)
}

/// Says whether it was not listed yet.
pub(crate) fn add_problem(
    db: &Connection,
    article: Option<Id>,
    problem: &Problem,
) -> Result<bool, StoreError> {
    let row = Values::default()
        .null()
        .opt(article, Values::id)
        .text(problem.kind.name())
        .text(&problem.origin)
        .text(&problem.message)
        .opt_span(problem.span);
    row.insert_new_into("problem", db)
}

fn article_row(article: &Article) -> Values<'_> {
    let dateline = article.dateline.as_ref();
    Values::default()
        .null()
        .id(article.id)
        .text(&article.origin.path)
        .opt(article.origin.record, |row, n| row.int(n as i64))
        .opt_text(article.origin.given_id.as_deref())
        .owned(article.page_hash.to_string())
        .text(&article.text)
        .owned(article.text_hash.to_string())
        .opt_text(article.headline.as_ref().map(|k| k.value.as_str()))
        .opt_span(article.headline_span)
        .opt_text(article.outlet.as_ref().map(|k| k.value.as_str()))
        .opt_text(article.byline.as_ref().map(|k| k.value.as_str()))
        .opt(article.published.as_ref(), |row, k| row.owned(k.value.to_string()))
        .opt_text(article.language.as_ref().map(|k| k.value.as_str()))
        .opt_text(article.url.as_ref().map(|k| k.value.as_str()))
        .opt_text(dateline.and_then(|d| d.place.as_deref()))
        .opt_text(dateline.and_then(|d| d.agency.as_deref()))
        .date(dateline.and_then(|d| d.date.as_ref()))
        .opt_span(dateline.map(|d| d.span))
}

fn add_facts(db: &Connection, article: &Article) -> Result<(), StoreError> {
    let because = |known: &Option<onrecord_model::Known<String>>| known.as_ref().map(|k| k.because.clone());
    let facts: [(&str, Option<Because>); 6] = [
        ("headline", because(&article.headline)),
        ("outlet", because(&article.outlet)),
        ("byline", because(&article.byline)),
        ("published", article.published.as_ref().map(|k| k.because.clone())),
        ("language", because(&article.language)),
        ("url", because(&article.url)),
    ];
    for (field, because) in &facts {
        if let Some(because) = because {
            Values::of(article.id).text(field).because(because).insert_into("article_fact", db)?;
        }
    }
    Ok(())
}

fn add_page(db: &Connection, entry: &Entry) -> Result<(), StoreError> {
    let extraction = &entry.extraction;
    let id = extraction.article.id;
    Values::of(id)
        .bytes(&entry.page_bytes)
        .text(&extraction.raw)
        .int(extraction.raw_to_page.is_some().into())
        .insert_into("page", db)?;
    add_runs(db, id, "text_to_raw", &extraction.text_to_raw)?;
    if let Some(map) = &extraction.raw_to_page {
        add_runs(db, id, "raw_to_page", map)?;
    }
    for (n, dropped) in extraction.boilerplate.iter().enumerate() {
        Values::of(id)
            .n(n)
            .span(dropped.span)
            .text(&dropped.because.rule)
            .text(&dropped.because.note)
            .insert_into("boilerplate", db)?;
    }
    Ok(())
}

fn add_runs(db: &Connection, id: Id, leads: &str, map: &OffsetMap) -> Result<(), StoreError> {
    for (derived, source, length) in map.runs() {
        Values::of(id)
            .text(leads)
            .int(derived.into())
            .int(source.into())
            .int(length.into())
            .insert_into("offset_run", db)?;
    }
    Ok(())
}

fn add_annotations(db: &Connection, article: &Article, marks: &Annotations) -> Result<(), StoreError> {
    let id = article.id;
    for (n, span) in marks.sentences.iter().enumerate() {
        Values::of(id).n(n).span(*span).insert_into("sentence", db)?;
    }
    for (n, entity) in marks.entities.iter().enumerate() {
        Values::of(id)
            .n(n)
            .text(entity.kind.name())
            .text(&entity.name)
            .opt_text(entity.role.as_deref())
            .strings(&entity.variants)
            .insert_into("local_entity", db)?;
    }
    for (n, mention) in marks.mentions.iter().enumerate() {
        let entity = mention.entity.map(|e| i64::from(e.0));
        Values::of(id)
            .n(n)
            .span(mention.span)
            .text(mention.kind.name())
            .opt(entity, Values::int)
            .insert_into("mention", db)?;
    }
    for (n, quotation) in marks.quotations.iter().enumerate() {
        add_quotation(db, article, n, quotation)?;
    }
    for (n, figure) in marks.figures.iter().enumerate() {
        figure_row(article, n, figure).insert_into("figure", db)?;
    }
    add_dates_and_events(db, article, marks)
}

fn add_quotation(db: &Connection, article: &Article, n: usize, q: &Quotation) -> Result<(), StoreError> {
    Values::of(article.id)
        .n(n)
        .text(q.kind.name())
        .opt_span(q.source)
        .opt_span(q.cue)
        .opt_text(q.speaker.name.as_deref())
        .opt(q.speaker.entity.map(|e| i64::from(e.0)), Values::int)
        .opt_text(q.speaker.role.as_deref())
        .because(&q.speaker.because)
        .opt_span(q.addressee)
        .date(q.said_on.as_ref())
        .opt_span(q.place)
        .because(&q.because)
        .insert_into("quotation", db)?;
    for (part, span) in q.content.iter().enumerate() {
        Values::of(article.id)
            .n(n)
            .n(part)
            .span(*span)
            .text(span.slice(&article.text))
            .insert_into("quotation_part", db)?;
    }
    Ok(())
}

fn figure_row<'a>(article: &'a Article, n: usize, figure: &'a Figure) -> Values<'a> {
    let holder = match figure.holder {
        Holder::Outlet => None,
        Holder::Quotation(n) => Some(i64::from(n)),
    };
    Values::of(article.id)
        .n(n)
        .span(figure.span)
        .text(figure.span.slice(&article.text))
        .owned(figure.value.to_string())
        .opt(figure.value_to, |row, to| row.owned(to.to_string()))
        .text(figure.bound.name())
        .opt_text(figure.unit.as_ref().map(|unit| unit.name()))
        .opt_span(figure.counted)
        .opt_text(figure.counted.map(|span| span.slice(&article.text)))
        .opt(holder, Values::int)
}

fn add_dates_and_events(db: &Connection, article: &Article, marks: &Annotations) -> Result<(), StoreError> {
    for (n, date) in marks.dates.iter().enumerate() {
        Values::of(article.id)
            .n(n)
            .span(date.span)
            .text(date.span.slice(&article.text))
            .date(date.value.as_ref())
            .because(&date.because)
            .insert_into("date_reference", db)?;
    }
    for (n, event) in marks.events.iter().enumerate() {
        let (source, target) = (event.source.as_ref(), event.target.as_ref());
        Values::of(article.id)
            .n(n)
            .span(event.span)
            .text(event.span.slice(&article.text))
            .text(&event.class)
            .opt_text(event.code.as_deref())
            .opt_span(source.map(|actor| actor.span))
            .opt_span(target.map(|actor| actor.span))
            .opt_span(event.place)
            .date(event.date.as_ref())
            .int(event.negated.into())
            .int(event.hypothetical.into())
            .opt_text(source.and_then(|actor| actor.code.as_deref()))
            .opt_text(target.and_then(|actor| actor.code.as_deref()))
            .because(&event.because)
            .insert_into("event", db)?;
    }
    Ok(())
}
