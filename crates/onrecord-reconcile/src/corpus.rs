//! What every part of reconciling reads: the set of articles, and what has been found over it so far.

use std::{collections::BTreeMap, sync::OnceLock};

use onrecord_model::{AnnotatedArticle, CopyGroup, Entity, EntityRef, Id, Quotation, Span, Statement, Story};

/// The articles, each once, sorted by id: the order that every list of the record is built in.
pub(crate) struct Corpus<'a> {
    articles: Vec<&'a AnnotatedArticle>,
}

impl<'a> Corpus<'a> {
    /// The set behind a list: sorted, and an id that comes twice kept once.
    pub(crate) fn new(articles: impl IntoIterator<Item = &'a AnnotatedArticle>) -> Self {
        let mut articles: Vec<_> = articles.into_iter().collect();
        articles.sort_by_key(|a| (a.article.id, a.article.text_hash));
        articles.dedup_by_key(|a| a.article.id);
        Self { articles }
    }

    /// All articles, by id.
    pub(crate) fn articles(&self) -> &[&'a AnnotatedArticle] {
        &self.articles
    }

    /// Where the article stands in [`articles`](Self::articles).
    pub(crate) fn index(&self, id: Id) -> Option<usize> {
        self.articles.binary_search_by_key(&id, |a| a.article.id).ok()
    }

    /// The article with this id.
    pub(crate) fn get(&self, id: Id) -> Option<&'a AnnotatedArticle> {
        self.index(id).and_then(|i| self.articles.get(i).copied())
    }

    /// The words of a span in an article; empty where either is unknown.
    pub(crate) fn words(&self, article: Id, span: Span) -> &'a str {
        self.get(article).map(|a| span.slice(&a.article.text)).unwrap_or_default()
    }

    /// A quotation of an article.
    pub(crate) fn quotation(&self, article: Id, index: u32) -> Option<&'a Quotation> {
        self.get(article).and_then(|a| a.annotations.quotations.get(index as usize))
    }
}

/// The findings that later parts build on. All lists are sorted by id.
pub(crate) struct Findings<'a> {
    /// The articles.
    pub(crate) corpus: &'a Corpus<'a>,
    /// People, bodies and places over all articles.
    pub(crate) entities: &'a [Entity],
    /// Articles about one happening.
    pub(crate) stories: &'a [Story],
    /// Acts of saying, with every outlet's account.
    pub(crate) statements: &'a [Statement],
    links: Links,
    /// For each article, the hashed keys of each sentence, once a comparison has asked for them.
    sentences: Vec<OnceLock<Vec<Vec<u64>>>>,
}

/// Where an article or a local entity ended up.
struct Links {
    copy: BTreeMap<Id, usize>,
    entity: BTreeMap<(Id, u32), usize>,
}

impl<'a> Findings<'a> {
    /// Gathers what was found, and indexes it.
    pub(crate) fn new(
        corpus: &'a Corpus<'a>,
        entities: &'a [Entity],
        (copies, stories): (&'a [CopyGroup], &'a [Story]),
        statements: &'a [Statement],
    ) -> Self {
        let links = Links {
            copy: members(copies.iter().map(|c| c.members.as_slice())),
            entity: members(entities.iter().map(|e| e.members.as_slice())),
        };
        let sentences = vec![OnceLock::new(); corpus.articles().len()];
        Self { corpus, entities, stories, statements, links, sentences }
    }

    /// The hashed keys of each sentence of an article: many statements ask the same articles.
    pub(crate) fn sentences(
        &self,
        of: &AnnotatedArticle,
        read: impl FnOnce() -> Vec<Vec<u64>>,
    ) -> &[Vec<u64>] {
        let kept = self.corpus.index(of.article.id).and_then(|i| self.sentences.get(i));
        kept.map_or(&[], |kept| kept.get_or_init(read))
    }

    /// Whether two articles are one text.
    pub(crate) fn are_copies(&self, a: Id, b: Id) -> bool {
        let group = |id| self.links.copy.get(&id);
        a == b || (group(a).is_some() && group(a) == group(b))
    }

    /// The record's entity behind an article's own.
    pub(crate) fn entity_of(&self, article: Id, local: EntityRef) -> Option<&'a Entity> {
        self.links.entity.get(&(article, local.0)).and_then(|&i| self.entities.get(i))
    }
}

/// Which list each member stands in.
fn members<'m, T: Ord + Copy + 'm>(lists: impl Iterator<Item = &'m [T]>) -> BTreeMap<T, usize> {
    lists.enumerate().flat_map(|(i, list)| list.iter().map(move |&member| (member, i))).collect()
}
