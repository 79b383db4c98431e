//! One article and what is marked in it.

use onrecord_annotate::confidence::{self, Confidence};
use onrecord_model::{
    AnnotatedArticle, Annotations, Article, DateValue, Event, EventActor, Extraction, Figure, Holder,
    Mention, Problem, Quotation, Speaker,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{BecauseV1, NumberV1, Points, ProblemV1, SpanV1};
use crate::mask::masked;

/// What is known about an article.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArticleV1 {
    /// The id of the article.
    pub(crate) article: String,
    /// The caller's own id, if the input carried one.
    pub(crate) id: Option<String>,
    /// The file, and the record in it.
    pub(crate) origin: String,
    /// The file as the user named it.
    pub(crate) path: String,
    /// The name to know it by: the caller's id, or the file.
    pub(crate) file: String,
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) headline: Option<String>,
    pub(crate) byline: Option<String>,
    /// ISO 8601, as precise as printed.
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) dateline: Option<SpanV1>,
    /// SHA-256 of the page's bytes.
    pub(crate) page_hash: String,
    /// SHA-256 of the clean text, contact data unmasked.
    pub(crate) text_hash: String,
    /// The clean text.
    pub(crate) text: String,
}

impl ArticleV1 {
    /// Of an article, whose spans `points` translates.
    pub fn new(article: &Article, points: &Points) -> Self {
        let value = |known: &Option<onrecord_model::Known<String>>| {
            known.as_ref().map(|known| masked(&known.value).into_owned())
        };
        Self {
            article: article.id.to_string(),
            id: article.origin.given_id.clone(),
            origin: article.origin.to_string(),
            path: article.origin.path.clone(),
            file: file(article),
            url: article.url.as_ref().map(|url| url.value.clone()),
            outlet: value(&article.outlet),
            headline: value(&article.headline),
            byline: value(&article.byline),
            published: article.published.as_ref().map(|published| published.value.to_string()),
            language: value(&article.language),
            dateline: article.dateline.as_ref().map(|dateline| points.span(dateline.span)),
            page_hash: article.page_hash.to_string(),
            text_hash: article.text_hash.to_string(),
            text: points.shown().to_owned(),
        }
    }
}

/// The name that the caller knows an article by.
pub(crate) fn file(article: &Article) -> String {
    article.origin.given_id.clone().unwrap_or_else(|| article.origin.to_string())
}

/// A stretch of the raw text that was left out.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BoilerplateV1 {
    #[serde(flatten)]
    pub(crate) span: SpanV1,
    pub(crate) why: String,
    pub(crate) note: String,
}

/// What `onrecord extract` says of one page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExtractedV1 {
    #[serde(flatten)]
    pub(crate) article: ArticleV1,
    pub(crate) authors: Vec<String>,
    /// Spans into the raw text.
    pub(crate) boilerplate: Vec<BoilerplateV1>,
    pub(crate) problems: Vec<ProblemV1>,
}

impl ExtractedV1 {
    /// Of a page that was read.
    pub fn new(extraction: &Extraction) -> Self {
        let raw = Points::new(&extraction.raw).with_page(extraction.raw_to_page.clone());
        let boilerplate = extraction.boilerplate.iter().map(|b| BoilerplateV1 {
            span: raw.span(b.span),
            why: b.because.rule.to_string(),
            note: b.because.note.clone(),
        });
        let byline = extraction.article.byline.as_ref();
        let authors = byline.map(|byline| byline.value.split(", ").map(str::to_owned).collect());
        Self {
            boilerplate: boilerplate.collect(),
            article: ArticleV1::new(&extraction.article, &points(extraction)),
            authors: authors.unwrap_or_default(),
            problems: extraction.problems.iter().map(ProblemV1::from).collect(),
        }
    }
}

/// The spans of an article's clean text, with the way to the page's bytes.
fn points(extraction: &Extraction) -> Points<'_> {
    let to_page = extraction.raw_to_page.as_ref().map(|outer| extraction.text_to_raw.then(outer));
    Points::new(&extraction.article.text).with_page(to_page)
}

/// What `onrecord annotate` says of one page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnnotatedV1 {
    #[serde(flatten)]
    pub(crate) extracted: ExtractedV1,
    pub(crate) sentences: Vec<SpanV1>,
    pub(crate) mentions: Vec<MentionV1>,
    pub(crate) quotations: Vec<QuotationV1>,
    pub(crate) figures: Vec<FigureV1>,
    pub(crate) dates: Vec<DateV1>,
    pub(crate) events: Vec<EventV1>,
}

impl AnnotatedV1 {
    /// Of a page that was read and marked up.
    pub fn new(extraction: &Extraction, marks: &Annotations) -> Self {
        let points = points(extraction);
        let quotation = |quotation| QuotationV1::new(&extraction.article, quotation, &points);
        Self {
            sentences: marks.sentences.iter().map(|&span| points.span(span)).collect(),
            mentions: marks.mentions.iter().map(|m| MentionV1::new(m, marks, &points)).collect(),
            quotations: marks.quotations.iter().map(quotation).collect(),
            figures: marks.figures.iter().map(|f| FigureV1::new(f, marks, &points)).collect(),
            dates: DateV1::all(marks, &points).collect(),
            events: marks.events.iter().map(|e| EventV1::new(e, &points)).collect(),
            extracted: ExtractedV1::new(extraction),
        }
    }
}

/// An article of a record with everything that is marked in it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MarkedV1 {
    #[serde(flatten)]
    article: ArticleV1,
    problems: Vec<ProblemV1>,
    mentions: Vec<MentionV1>,
    quotations: Vec<QuotationV1>,
    figures: Vec<FigureV1>,
    dates: Vec<DateV1>,
    events: Vec<EventV1>,
}

impl MarkedV1 {
    /// Of an article of a record, and what is damaged or not known in it.
    pub fn new(annotated: &AnnotatedArticle, points: &Points, problems: &[Problem]) -> Self {
        let AnnotatedArticle { article, annotations: marks } = annotated;
        Self {
            article: ArticleV1::new(article, points),
            problems: problems.iter().map(ProblemV1::from).collect(),
            mentions: marks.mentions.iter().map(|m| MentionV1::new(m, marks, points)).collect(),
            quotations: marks.quotations.iter().map(|q| QuotationV1::new(article, q, points)).collect(),
            figures: marks.figures.iter().map(|f| FigureV1::new(f, marks, points)).collect(),
            dates: DateV1::all(marks, points).collect(),
            events: marks.events.iter().map(|e| EventV1::new(e, points)).collect(),
        }
    }
}

/// A name or description.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MentionV1 {
    #[serde(flatten)]
    span: SpanV1,
    r#type: &'static str,
    /// The fullest name the article gives; null for what could not be resolved.
    name: Option<String>,
    /// Which of the article's entities it stands for.
    entity: Option<u32>,
}

impl MentionV1 {
    fn new(mention: &Mention, marks: &Annotations, points: &Points) -> Self {
        Self {
            span: points.span(mention.span),
            r#type: mention.kind.name(),
            name: mention.entity.and_then(|e| marks.entity(e)).map(|entity| entity.name.clone()),
            entity: mention.entity.map(|entity| entity.0),
        }
    }
}

/// Who speaks.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SpeakerV1 {
    /// "unknown" where the text does not tell.
    name: String,
    entity: Option<u32>,
    role: Option<String>,
    because: BecauseV1,
    confidence: Option<ConfidenceV1>,
}

impl SpeakerV1 {
    fn new(speaker: &Speaker, confidence: Option<Confidence>) -> Self {
        Self {
            name: speaker.name.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
            entity: speaker.entity.map(|entity| entity.0),
            role: speaker.role.clone(),
            because: BecauseV1::from(&speaker.because),
            confidence: confidence.map(ConfidenceV1::from),
        }
    }
}

/// How often the like was right where it was measured.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ConfidenceV1 {
    /// "sure", "likely", "possible".
    name: &'static str,
    /// From 0 to 1.
    right: f64,
}

impl From<Confidence> for ConfidenceV1 {
    fn from(confidence: Confidence) -> Self {
        Self { name: confidence.name(), right: confidence.share() }
    }
}

/// What a speaker is called whom the text does not tell.
pub(crate) const UNKNOWN: &str = "unknown";

/// One act of reporting.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuotationV1 {
    kind: &'static str,
    source: Option<SpanV1>,
    cue: Option<SpanV1>,
    content: Vec<SpanV1>,
    speaker: SpeakerV1,
    addressee: Option<SpanV1>,
    /// EDTF.
    said_on: Option<String>,
    place: Option<SpanV1>,
    because: BecauseV1,
    confidence: Option<ConfidenceV1>,
}

impl QuotationV1 {
    /// Of a quotation in an article.
    pub fn new(article: &Article, quotation: &Quotation, points: &Points) -> Self {
        Self {
            kind: quotation.kind.name(),
            source: quotation.source.map(|span| points.span(span)),
            cue: quotation.cue.map(|span| points.span(span)),
            content: quotation.content.iter().map(|&span| points.span(span)).collect(),
            speaker: SpeakerV1::new(&quotation.speaker, confidence::of_speaker(article, quotation)),
            addressee: quotation.addressee.map(|span| points.span(span)),
            said_on: edtf(quotation.said_on.as_ref()),
            place: quotation.place.map(|span| points.span(span)),
            because: BecauseV1::from(&quotation.because),
            confidence: confidence::of_quotation(article, quotation).map(ConfidenceV1::from),
        }
    }
}

/// A day as it is published.
pub(crate) fn edtf(date: Option<&DateValue>) -> Option<String> {
    date.map(|date| date.edtf.clone())
}

/// An asserted quantity.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FigureV1 {
    #[serde(flatten)]
    span: SpanV1,
    value: NumberV1,
    value_to: Option<NumberV1>,
    bound: &'static str,
    unit: Option<String>,
    counted: Option<SpanV1>,
    /// Who asserts it: "outlet", a speaker, or "unknown".
    holder: String,
    /// The quotation it lies in.
    quotation: Option<u32>,
}

impl FigureV1 {
    /// Of a figure; `marks` know the quotation it lies in.
    pub fn new(figure: &Figure, marks: &Annotations, points: &Points) -> Self {
        let quotation = match figure.holder {
            Holder::Outlet => None,
            Holder::Quotation(index) => Some(index),
        };
        Self {
            span: points.span(figure.span),
            value: NumberV1(figure.value),
            value_to: figure.value_to.map(NumberV1),
            bound: figure.bound.name(),
            unit: figure.unit.as_ref().map(|unit| unit.name().to_owned()),
            counted: figure.counted.map(|span| points.span(span)),
            holder: holder(&figure.holder, marks),
            quotation,
        }
    }
}

/// Who asserts a figure, by name.
pub(crate) fn holder(holder: &Holder, marks: &Annotations) -> String {
    match holder {
        Holder::Outlet => "outlet".to_owned(),
        Holder::Quotation(index) => {
            let quotation = marks.quotations.get(*index as usize);
            quotation.and_then(|q| q.speaker.name.clone()).unwrap_or_else(|| UNKNOWN.to_owned())
        }
    }
}

/// Words that name a day or a stretch of time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DateV1 {
    #[serde(flatten)]
    span: SpanV1,
    /// EDTF; null where the text does not tell.
    value: Option<String>,
    /// What it is to a quotation: "said_on", "about"; null in the outlet's own words.
    role: Option<&'static str>,
    /// That quotation.
    quotation: Option<u32>,
    because: BecauseV1,
}

impl DateV1 {
    /// Every date of an article.
    pub fn all(marks: &Annotations, points: &Points) -> impl Iterator<Item = Self> {
        marks.dates.iter().zip(marks.date_roles()).map(|(date, role)| Self {
            span: points.span(date.span),
            value: edtf(date.value.as_ref()),
            role: role.map(|(_, role)| role.name()),
            quotation: role.map(|(quotation, _)| quotation),
            because: BecauseV1::from(&date.because),
        })
    }
}

/// A coded happening.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventV1 {
    #[serde(flatten)]
    span: SpanV1,
    /// PLOVER.
    class: String,
    /// CAMEO.
    code: Option<String>,
    actors: Vec<ActorV1>,
    place: Option<SpanV1>,
    /// EDTF.
    date: Option<String>,
    negated: bool,
    hypothetical: bool,
    because: BecauseV1,
}

/// Who takes part in a happening.
#[derive(Debug, Serialize, JsonSchema)]
struct ActorV1 {
    /// "source" does it, "target" has it done to them.
    part: &'static str,
    #[serde(flatten)]
    span: SpanV1,
    /// CAMEO; null for those whom no dictionary lists.
    code: Option<String>,
}

impl EventV1 {
    /// Of an event.
    pub fn new(event: &Event, points: &Points) -> Self {
        let actor = |part, actor: &Option<EventActor>| {
            let actor = actor.as_ref()?;
            Some(ActorV1 { part, span: points.span(actor.span), code: actor.code.clone() })
        };
        Self {
            span: points.span(event.span),
            class: event.class.clone(),
            code: event.code.clone(),
            actors: actor("source", &event.source)
                .into_iter()
                .chain(actor("target", &event.target))
                .collect(),
            place: event.place.map(|span| points.span(span)),
            date: edtf(event.date.as_ref()),
            negated: event.negated,
            hypothetical: event.hypothetical,
            because: BecauseV1::from(&event.because),
        }
    }
}
