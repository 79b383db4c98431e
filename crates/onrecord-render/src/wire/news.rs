//! What came into a record that was not there before.

use onrecord_model::{Id, Span};
use serde::Serialize;

use super::{ArticleRefV1, BecauseV1, SpanV1, Tables};
use crate::{mask::masked, news::News};

/// One thing that is new.
#[derive(Debug, Serialize)]
pub struct NewsV1 {
    kind: &'static str,
    /// The statement, the answering statement, the series of figures, or the revision.
    id: String,
    title: String,
    /// ISO 8601; when the newest of the articles was published.
    published: Option<String>,
    /// The words that show it.
    evidence: Vec<EvidenceV1>,
    /// The watches that ask for it.
    watches: Vec<String>,
    because: BecauseV1,
}

/// Words and the article that prints them.
#[derive(Debug, Serialize)]
struct EvidenceV1 {
    #[serde(flatten)]
    article: ArticleRefV1,
    span: Option<SpanV1>,
}

impl NewsV1 {
    /// Of one thing that is new.
    pub fn new(news: &News, tables: &Tables) -> Self {
        let evidence = |&(article, span): &(Id, Span)| EvidenceV1 {
            article: ArticleRefV1::new(article, tables.loaded),
            span: tables.span(article, span),
        };
        Self {
            kind: news.kind.name(),
            id: news.id.to_string(),
            title: masked(&news.title).into_owned(),
            published: news.published.map(|published| published.to_string()),
            evidence: news.evidence.iter().map(evidence).collect(),
            watches: news.watches.clone(),
            because: BecauseV1::from(&news.because),
        }
    }
}
