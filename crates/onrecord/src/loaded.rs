//! A record in memory, with the articles that its findings point into: what briefs and tables are made of.

use std::collections::BTreeMap;

use onrecord_model::{AnnotatedArticle, Id, Problem, Record, Span};
use onrecord_store::Store;

/// Everything that a record says, and the articles it says it about.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// What the articles say together.
    pub(crate) record: Record,
    /// Every article with its marks.
    pub(crate) articles: BTreeMap<Id, AnnotatedArticle>,
    /// What could not be read or is not known, by origin.
    pub(crate) problems: Vec<Problem>,
}

impl Loaded {
    /// Reads all of `store`.
    pub(crate) fn read(store: &Store) -> anyhow::Result<Self> {
        let articles = store.articles()?.into_iter().map(|a| (a.article.id, a)).collect();
        Ok(Self { record: store.record()?, articles, problems: store.problems()? })
    }

    /// An article by its id.
    pub(crate) fn article(&self, id: Id) -> Option<&AnnotatedArticle> {
        self.articles.get(&id)
    }

    /// The words of a span in an article; empty where either is unknown.
    pub(crate) fn words(&self, article: Id, span: Span) -> &str {
        self.article(article).map(|a| span.slice(&a.article.text)).unwrap_or_default()
    }
}
