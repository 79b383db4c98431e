//! A record in memory, with the articles that its findings point into: what briefs and tables are made of.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{AnnotatedArticle, Correction, Id, Problem, Record, Revision, Span};
use onrecord_reconcile::{Standing, hidden, revisions, standing};
use onrecord_store::Store;

use crate::hidden::{Hidden, Names};

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
        let mut loaded = Self::unhidden(store)?;
        loaded.heed_corrections();
        Ok(loaded)
    }

    /// Reads all of `store`, those among it whom nobody is to find.
    pub(crate) fn unhidden(store: &Store) -> anyhow::Result<Self> {
        let articles = store.articles()?.into_iter().map(|a| (a.article.id, a)).collect();
        let corrections = store.corrections()?;
        let (record, problems) = (store.record()?, store.problems()?);
        Ok(Self { record, articles, problems, corrections, ..Self::default() })
    }

    fn heed_corrections(&mut self) {
        if self.corrections.is_empty() {
            return;
        }
        let articles: Vec<&AnnotatedArticle> = self.articles.values().collect();
        self.standings = standing(&self.record, &articles, &self.corrections);
        let entities = self.hidden_entities();
        if !entities.is_empty() {
            let hidden = Hidden::find(self, entities);
            hidden.hide_in(self);
            self.hidden = Some(hidden.into_names());
        }
    }

    /// The entities that corrections hide.
    pub(crate) fn hidden_entities(&self) -> BTreeSet<Id> {
        let articles: Vec<&AnnotatedArticle> = self.articles.values().collect();
        hidden(&self.record, &articles, &self.corrections)
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
