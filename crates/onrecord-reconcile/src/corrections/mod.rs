//! What people say about the record: applied anew whenever it is made, one after the other as they were made.
//!
//! Those about the words of one article (who speaks, which words, which day) change a copy of its marks before
//! anything is compared. Those about what belongs together change the entities before statements are looked for,
//! and the statements before their accounts are compared. The marks as they were found stay as they are.

mod desk;
mod entities;
mod marks;
mod side_by_side;
mod standing;
mod statements;
mod typed;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{AnnotatedArticle, Change, Correction, Entity, Hash, Id, Place, Record, Span};

pub use desk::{CannotCorrect, Desk};
pub use standing::{Standing, standing};

/// What stands where a hidden person's name would.
pub const HIDDEN: &str = "name hidden";

/// The corrections that hold, oldest first.
pub(crate) struct Book<'a>(Vec<&'a Correction>);

impl<'a> Book<'a> {
    /// Those that nobody took back, each once.
    pub(crate) fn new(corrections: &'a [Correction]) -> Self {
        let mut book: Vec<&Correction> = corrections.iter().filter(|c| c.undone.is_none()).collect();
        book.sort_by_key(|c| (&c.signed.at, c.id));
        book.dedup_by_key(|c| c.id);
        Self(book)
    }

    fn iter(&self) -> impl Iterator<Item = &'a Correction> + '_ {
        self.0.iter().copied()
    }

    /// Copies of the articles whose marks are corrected, by where the article stands in the list.
    pub(crate) fn marks(&self, articles: &[AnnotatedArticle]) -> BTreeMap<usize, AnnotatedArticle> {
        if self.0.is_empty() { BTreeMap::new() } else { marks::corrected(self, articles) }
    }

    /// The entities as corrected, by id.
    pub(crate) fn entities(&self, pages: &Pages, entities: Vec<Entity>) -> Vec<Entity> {
        if self.0.is_empty() { entities } else { entities::corrected(self, pages, entities) }
    }
}

pub(crate) use statements::corrected as statements;

/// Articles by the hash of their page: one page may have been read from several files.
pub(crate) struct Pages<'a>(BTreeMap<Hash, Vec<&'a AnnotatedArticle>>);

impl<'a> Pages<'a> {
    pub(crate) fn new(articles: impl IntoIterator<Item = &'a AnnotatedArticle>) -> Self {
        let mut pages: BTreeMap<Hash, Vec<&AnnotatedArticle>> = BTreeMap::new();
        for annotated in articles {
            pages.entry(annotated.article.page_hash).or_default().push(annotated);
        }
        pages.values_mut().for_each(|list| list.sort_by_key(|a| a.article.id));
        Self(pages)
    }

    /// Every article that has the words of a place, and where.
    pub(crate) fn find(&self, place: &Place) -> impl Iterator<Item = (&'a AnnotatedArticle, Span)> {
        let articles = self.0.get(&place.page).into_iter().flatten();
        articles.filter_map(|annotated| Some((*annotated, place.find_in(&annotated.article)?)))
    }

    /// The local entities that are named at any of the places.
    fn named<'p>(&self, places: impl IntoIterator<Item = &'p Place>) -> BTreeSet<(Id, u32)> {
        let named = |(annotated, span): (&'a AnnotatedArticle, Span)| {
            let mentions = annotated.annotations.mentions.iter().filter(move |m| m.span.overlaps(span));
            mentions.filter_map(|m| m.entity).map(|entity| (annotated.article.id, entity.0))
        };
        places.into_iter().flat_map(|place| self.find(place)).flat_map(named).collect()
    }
}

/// The entities of a record that are persons whom somebody asked to hide.
pub fn hidden(record: &Record, articles: &[&AnnotatedArticle], corrections: &[Correction]) -> BTreeSet<Id> {
    let book = Book::new(corrections);
    if !book.iter().any(|c| matches!(c.change, Change::Hide { .. })) {
        return BTreeSet::new();
    }
    let pages = Pages::new(articles.iter().copied());
    let found = entities::hidden(&book, &pages, &record.entities);
    found.into_iter().filter_map(|i| record.entities.get(i)).map(|entity| entity.id).collect()
}
