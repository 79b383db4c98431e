//! Coded events as JSON, in the fields of PLOVER's own examples (the gold standard records of 0.5b1), with CAMEO's codes beside.

use std::io::Write;

use anyhow::Result;
use onrecord_model::{AnnotatedArticle, Event, EventActor, Id, Span};
use onrecord_render::masked;
use onrecord_render::wire::{BecauseV1, Points, SpanV1, Tables};
use serde::Serialize;

use super::Document;
use super::citations::address;
use super::json::Items;

/// One list of events.
pub(crate) struct Plover;

impl Document for Plover {
    fn name(&self) -> &'static str {
        "plover"
    }

    fn file(&self) -> &'static str {
        "plover.json"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let mut items = Items::begin("[", out)?;
        for (&id, annotated) in &tables.loaded.articles {
            let Some(points) = tables.points(id) else { continue };
            for (n, event) in annotated.annotations.events.iter().enumerate() {
                items.put(&Coded::new((id, n), event, annotated, points))?;
            }
        }
        items.end("]")
    }
}

/// An event. What PLOVER has and nobody has coded (`mode`, `context`) is left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Coded {
    /// The article, and which of its events.
    id: String,
    /// EDTF; null where the article does not tell.
    date: Option<String>,
    publication_date: Option<String>,
    source: Vec<Actor>,
    target: Vec<Actor>,
    event: String,
    /// Null where no entry of the dictionary gives one.
    cameo: Option<String>,
    event_text: String,
    /// The sentence.
    text: String,
    text_info: Place,
    /// The words of the article that name where; null where it does not tell.
    place: Option<SpanV1>,
    negated: bool,
    hypothetical: bool,
    language: Option<String>,
    publication: Option<String>,
    url: Option<String>,
    coder: &'static str,
    version: &'static str,
    because: BecauseV1,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Actor {
    actor_text: String,
    /// CAMEO's, not taken apart into state and sector; null for those whom no dictionary lists.
    code: Option<String>,
}

/// Where the event's words stand.
#[derive(Serialize)]
struct Place {
    article: String,
    text_hash: String,
    #[serde(flatten)]
    span: SpanV1,
}

impl Coded {
    fn new((id, n): (Id, usize), event: &Event, of: &AnnotatedArticle, points: &Points) -> Self {
        let AnnotatedArticle { article, annotations } = of;
        let actors = |actor: &Option<EventActor>| {
            let actor = actor.iter();
            let shown = |a: &EventActor| Actor { actor_text: points.span(a.span).text, code: a.code.clone() };
            actor.map(shown).collect()
        };
        let sentence = sentence(&annotations.sentences, event.span);
        let span = points.span(event.span);
        Self {
            id: format!("{id}-{n}"),
            date: event.date.as_ref().map(|date| date.edtf.clone()),
            publication_date: article.published.as_ref().map(|published| published.value.date.to_string()),
            source: actors(&event.source),
            target: actors(&event.target),
            event: event.class.clone(),
            cameo: event.code.clone(),
            event_text: span.text.clone(),
            text: points.span(sentence).text,
            text_info: Place { article: id.to_string(), text_hash: article.text_hash.to_string(), span },
            place: event.place.map(|place| points.span(place)),
            negated: event.negated,
            hypothetical: event.hypothetical,
            language: article.language.as_ref().map(|language| language.value.clone()),
            publication: article.outlet.as_ref().map(|outlet| masked(&outlet.value).into_owned()),
            url: address(article).map(str::to_owned),
            coder: "OnRecord",
            version: "0.5b1",
            because: BecauseV1::from(&event.because),
        }
    }
}

/// The sentence that an event's words begin in.
fn sentence(sentences: &[Span], event: Span) -> Span {
    let n = sentences.partition_point(|sentence| sentence.end() <= event.start());
    sentences.get(n).copied().filter(|sentence| sentence.start() <= event.start()).unwrap_or(event)
}
