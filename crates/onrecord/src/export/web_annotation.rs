//! W3C Web Annotations: each quotation of an article, found again by its place and by its words.

use std::io::Write;

use anyhow::Result;
use onrecord_model::{AnnotatedArticle, Id, Quotation, Span};
use onrecord_render::masked;
use onrecord_render::wire::{BecauseV1, Points, Tables};
use serde::Serialize;

use super::Document;
use super::citations::address;
use super::json::Items;

/// One collection of annotations.
pub(crate) struct WebAnnotation;

impl Document for WebAnnotation {
    fn name(&self) -> &'static str {
        "webannotation"
    }

    fn file(&self) -> &'static str {
        "annotations.jsonld"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let mut items = Items::begin(HEAD, out)?;
        for (&id, annotated) in &tables.loaded.articles {
            let Some(points) = tables.points(id) else { continue };
            for (n, quotation) in annotated.annotations.quotations.iter().enumerate() {
                for (part, &span) in quotation.content.iter().enumerate() {
                    let name = format!("urn:x-onrecord:quotation:{id}-{n}-{part}");
                    items.put(&Annotation::new(name, (quotation, span), annotated, points))?;
                }
            }
        }
        items.end("]}}")
    }
}

/// The model's own context, and the few words that it has not.
const HEAD: &str = "{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",{\"onrecord\":\"urn:x-onrecord:terms:\",\
    \"article\":{\"@id\":\"onrecord:article\",\"@type\":\"@id\"},\"textHash\":\"onrecord:textHash\",\
    \"because\":\"onrecord:because\",\"rule\":\"onrecord:rule\",\"note\":\"onrecord:note\"}],\n\
    \"id\":\"urn:x-onrecord:annotations\",\"type\":\"AnnotationCollection\",\"first\":{\
    \"id\":\"urn:x-onrecord:annotations:1\",\"type\":\"AnnotationPage\",\"items\":[";

/// Characters of context on either side of a quote.
const CONTEXT_CHARACTERS: usize = 32;

#[derive(Serialize)]
struct Annotation {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    body: Vec<Body>,
    target: Target,
    because: BecauseV1,
}

/// What is said of the words: who speaks, and how they are marked.
#[derive(Serialize)]
struct Body {
    r#type: &'static str,
    purpose: &'static str,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    /// The page's address, or else the article's name in the record.
    source: String,
    article: String,
    /// Of the clean text that the selectors point into.
    text_hash: String,
    selector: (Position, Quote),
}

/// Code points of the clean text.
#[derive(Serialize)]
struct Position {
    r#type: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Quote {
    r#type: &'static str,
    exact: String,
    prefix: String,
    suffix: String,
}

impl Annotation {
    fn new(id: String, (of, span): (&Quotation, Span), told: &AnnotatedArticle, points: &Points) -> Self {
        let article = &told.article;
        let body = |purpose, value: &str| Body { r#type: "TextualBody", purpose, value: value.to_owned() };
        let speaker = masked(of.speaker.name.as_deref().unwrap_or("unknown"));
        let named = named(article.id);
        Self {
            id,
            r#type: "Annotation",
            motivation: "identifying",
            body: vec![body("identifying", &speaker), body("classifying", of.kind.name())],
            target: Target {
                source: address(article).map_or_else(|| named.clone(), str::to_owned),
                article: named,
                text_hash: article.text_hash.to_string(),
                selector: selectors(&article.text, span, points),
            },
            because: BecauseV1::from(&of.because),
        }
    }
}

fn named(article: Id) -> String {
    format!("urn:x-onrecord:article:{article}")
}

fn selectors(text: &str, span: Span, points: &Points) -> (Position, Quote) {
    let before = text.get(..span.start()).unwrap_or_default();
    let after = text.get(span.end()..).unwrap_or_default();
    let from = before.char_indices().rev().take(CONTEXT_CHARACTERS).last().map_or(span.start(), |(at, _)| at);
    let to = after.char_indices().nth(CONTEXT_CHARACTERS).map_or(text.len(), |(at, _)| span.end() + at);
    let shown = |from, to| points.span(Span::new(from, to)).text;
    let words = points.span(span);
    let quote = Quote {
        r#type: "TextQuoteSelector",
        exact: words.text,
        prefix: shown(from, span.start()),
        suffix: shown(span.end(), to),
    };
    (Position { r#type: "TextPositionSelector", start: words.start, end: words.end }, quote)
}
