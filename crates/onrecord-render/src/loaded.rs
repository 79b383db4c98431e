//! A record in memory, with the articles that its findings point into: what briefs and tables are made of.

use std::collections::BTreeMap;

use onrecord_model::{AnnotatedArticle, Correction, Id, Problem, Record, Revision, Span};
use onrecord_reconcile::{Standing, hidden, revisions, standing};
use onrecord_store::Store;

use crate::hidden::{Names, hide};

/// Everything that a record says, and the articles it says it about.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What the articles say together.
    pub record: Record,
    /// Every article with its marks.
    pub articles: BTreeMap<Id, AnnotatedArticle>,
    /// What could not be read or is not known, by origin.
    pub problems: Vec<Problem>,
    /// What people say about the record, oldest first.
    pub corrections: Vec<Correction>,
    /// What became of each of them.
    pub standings: Vec<Standing>,
    /// The names of those whom nobody is to find here.
    pub hidden: Option<Names>,
}

impl Loaded {
    /// Reads all of `store`.
    pub fn read(store: &Store) -> anyhow::Result<Self> {
        let articles = store.articles()?.into_iter().map(|a| (a.article.id, a)).collect();
        let corrections = store.corrections()?;
        let (record, problems) = (store.record()?, store.problems()?);
        let mut loaded = Self { record, articles, problems, corrections, ..Self::default() };
        loaded.heed_corrections();
        Ok(loaded)
    }

    fn heed_corrections(&mut self) {
        if self.corrections.is_empty() {
            return;
        }
        let articles: Vec<&AnnotatedArticle> = self.articles.values().collect();
        self.standings = standing(&self.record, &articles, &self.corrections);
        let hidden = hidden(&self.record, &articles, &self.corrections);
        if !hidden.is_empty() {
            self.hidden = Some(hide(self, &hidden));
        }
    }

    /// What changed in pages that the record holds in several versions.
    pub fn revisions(&self) -> Vec<Revision> {
        revisions(self.articles.values())
    }

    /// An article by its id.
    pub fn article(&self, id: Id) -> Option<&AnnotatedArticle> {
        self.articles.get(&id)
    }

    /// The words of a span in an article; empty where either is unknown.
    pub fn words(&self, article: Id, span: Span) -> &str {
        self.article(article).map(|a| span.slice(&a.article.text)).unwrap_or_default()
    }
}
