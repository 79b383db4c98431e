//! Takes out of a record what one page shows: by ids, never the whole.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use onrecord_model::{AnnotatedArticle, Article, ChangedPage, Entity, EntityKind, Id, Record};
use onrecord_render::{
    Hidden, Loaded,
    brief::show::{Links, printed},
};
use onrecord_store::{Counts, Facets, Layers, List, Listed, Page, Search, Store, Wanted};

/// Statements at the other end of replies and themes that are read with a statement; no page names more.
const MOST_OTHERS: usize = 40;
/// Articles of one statement, story or series that are read; a page says how many more there are.
pub(crate) const MOST_ARTICLES: usize = 400;

/// What is counted over the whole record; kept for as long as nothing is written to it.
#[derive(Debug, Default)]
pub(crate) struct Glance {
    counts: Mutex<Option<Counts>>,
    facets: Mutex<Option<Facets>>,
}

/// Counts once; whoever asks meanwhile waits.
fn once<T: Clone>(kept: &Mutex<Option<T>>, count: impl FnOnce() -> Result<T>) -> Result<T> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(counted) = kept.as_ref() {
        return Ok(counted.clone());
    }
    Ok(kept.insert(count()?).clone())
}

/// Outlets and languages to choose from.
const MOST_CHOICES: usize = 200;

/// Outlets named in a line of a list.
pub(crate) const MOST_OUTLETS: usize = 4;

/// A record that pages are made of.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'s> {
    /// The record.
    pub(crate) store: &'s Store,
    /// What was counted over all of it.
    pub(crate) glance: &'s Glance,
    /// Who is shown nowhere.
    pub(crate) hidden: Option<&'s Hidden>,
    /// Where pages lead.
    pub(crate) links: Links,
    /// What forms have to send with a correction; `None` where nothing can be corrected.
    pub(crate) edit: Option<&'s str>,
}

/// What a page shows.
pub(crate) struct Take {
    /// The things it is about.
    pub(crate) wanted: Wanted,
    /// How much of the articles.
    pub(crate) layers: Layers,
    /// Accounts of each statement whose articles are read.
    pub(crate) accounts: usize,
    /// Other articles.
    pub(crate) articles: Vec<Id>,
    /// Whether nothing is shown of the statements at the other ends of replies and themes.
    pub(crate) is_alone: bool,
}

impl Default for Take {
    fn default() -> Self {
        Self::lines(Vec::new())
    }
}

impl Take {
    /// These statements as lines of a list.
    pub(crate) fn lines(lines: Vec<Id>) -> Self {
        let wanted = Wanted { lines, ..Wanted::default() };
        Self { wanted, layers: Layers::Bare, accounts: MOST_OUTLETS, articles: Vec::new(), is_alone: false }
    }

    /// These statements, with the articles of so many accounts of each.
    pub(crate) fn statements(statements: Vec<Id>, accounts: usize) -> Self {
        let wanted = Wanted { statements, ..Wanted::default() };
        Self { wanted, layers: Layers::Speakers, accounts, articles: Vec::new(), is_alone: false }
    }

    /// The same without the statements that they answer or share a theme with.
    pub(crate) fn alone(self) -> Self {
        Self { is_alone: true, ..self }
    }
}

impl Desk<'_> {
    /// So many where a server has further pages, or all where files have none.
    pub(crate) fn at_most(&self, served: usize) -> usize {
        if self.links.is_served() { served } else { usize::MAX }
    }

    /// A stretch of a list.
    pub(crate) fn ids(&self, list: List, limit: usize) -> Result<Vec<Id>> {
        Ok(self.store.list_ids(list, Page { offset: 0, limit })?)
    }

    /// How much the record holds.
    pub(crate) fn counts(&self) -> Result<Counts> {
        once(&self.glance.counts, || Ok(self.store.counts()?))
    }

    /// What a search can be narrowed to.
    pub(crate) fn facets(&self) -> Result<Facets> {
        once(&self.glance.facets, || Ok(self.store.facets(MOST_CHOICES)?))
    }

    /// Reads what a page shows, with those hidden who are to be shown nowhere.
    pub(crate) fn take(&self, take: &Take) -> Result<Loaded> {
        let mut record = self.store.part(&take.wanted)?;
        if !take.is_alone {
            self.add_others(&mut record)?;
        }
        let mut articles = articles_of(&record, take);
        let copied = articles.iter().copied().collect();
        record.copies = self.store.part(&Wanted { copied, ..Wanted::default() })?.copies;
        articles.extend(record.copies.iter().map(|group| group.origin));
        let layers = if self.hidden.is_some() { Layers::All } else { take.layers };
        let mut loaded = Loaded { record, ..Loaded::default() };
        for id in articles {
            if let Some(article) = self.store.article_with(id, layers)? {
                loaded.articles.insert(id, article);
            }
        }
        if let Some(hidden) = self.hidden {
            hidden.hide_in(&mut loaded);
        }
        Ok(loaded)
    }

    /// What series of figures are told from: who vouches for so many values of each, and their stories.
    pub(crate) fn series(&self, ids: &[Id], members: usize) -> Result<Take> {
        let figures = self.store.part(&Wanted { figures: ids.to_vec(), ..Wanted::default() })?.figures;
        let stories = figures.iter().map(|series| series.story).collect();
        let named_in = figures.iter().flat_map(|series| series.members.iter().take(members));
        let named_in = named_in.map(|(article, _)| *article).collect();
        let wanted = Wanted { figures: ids.to_vec(), stories, named_in, ..Wanted::default() };
        Ok(Take { wanted, layers: Layers::Figures, ..Take::default() })
    }

    /// A page that changed.
    pub(crate) fn changed_page(&self, id: Id) -> Result<Option<ChangedPage>> {
        let wanted = Wanted { pages: vec![id], ..Wanted::default() };
        Ok(self.store.part(&wanted)?.pages.into_iter().next())
    }

    /// The statements at the other ends of replies and themes.
    fn add_others(&self, record: &mut Record) -> Result<()> {
        let known: BTreeSet<Id> = record.statements.iter().map(|statement| statement.id).collect();
        let replies = record.replies.iter().flat_map(|reply| [reply.from, reply.to]);
        let themes = record.themes.iter().flat_map(|theme| theme.statements.iter().copied());
        let mut seen = known.clone();
        let others = replies.chain(themes).filter(|id| seen.insert(*id));
        let others: Vec<Id> = others.take(MOST_OTHERS).collect();
        if !others.is_empty() {
            let part = self.store.part(&Wanted { told: others, ..Wanted::default() })?;
            record.statements.extend(part.statements);
            record.statements.sort_by_key(|statement| statement.id);
        }
        Ok(())
    }

    /// An article with all its marks.
    pub(crate) fn with_marks(&self, id: Id) -> Result<Option<AnnotatedArticle>> {
        let mut loaded = Loaded::default();
        loaded.articles.extend(self.store.article(id)?.map(|article| (id, article)));
        if let Some(hidden) = self.hidden {
            hidden.hide_in(&mut loaded);
        }
        Ok(loaded.articles.remove(&id))
    }

    /// A name, headline or other short thing that an article prints, as it may be shown.
    pub(crate) fn title(&self, words: &str) -> String {
        let mut words = match words.trim() {
            "" => "headline not known".to_owned(),
            words => printed(words).into_owned(),
        };
        self.hide(&mut words);
        words
    }

    /// Hides in some words who is to be shown nowhere.
    pub(crate) fn hide(&self, words: &mut String) {
        if let Some(hidden) = self.hidden {
            hidden.hide(words);
        }
    }

    /// Statements that fit; nothing is found by the name of somebody who is hidden.
    pub(crate) fn find_statements(&self, search: &Search, page: Page) -> Result<Listed> {
        if self.names_hidden(search) {
            return Ok(Listed::default());
        }
        Ok(self.store.find_statements(search, page)?)
    }

    /// Articles that fit, in the same way.
    pub(crate) fn find_articles(&self, search: &Search, page: Page) -> Result<Listed> {
        if self.names_hidden(search) {
            return Ok(Listed::default());
        }
        Ok(self.store.find_articles(search, page)?)
    }

    /// Whether what is looked for holds a name, or a part of one, that is hidden.
    fn names_hidden(&self, search: &Search) -> bool {
        self.hidden
            .is_some_and(|hidden| hidden.is_named_in(&search.words) || hidden.is_named_in(&search.speaker))
    }

    /// The entity, if it has a page.
    pub(crate) fn speaker_page(&self, entity: Option<Id>) -> Result<Option<Id>> {
        let found = entity.map(|id| self.store.entity(id)).transpose()?.flatten();
        Ok(found.filter(|entity| self.has_page(entity)).map(|entity| entity.id))
    }

    /// Whether an entity has a page: persons only in a public role, and nobody who is hidden.
    pub(crate) fn has_page(&self, entity: &Entity) -> bool {
        let is_public = entity.kind != EntityKind::Person || !entity.roles.is_empty();
        is_public && !self.hidden.is_some_and(|hidden| hidden.hides(entity.id))
    }
}

/// The articles that are read: those asked for, those of accounts, evidence, stories and series.
fn articles_of(record: &Record, take: &Take) -> BTreeSet<Id> {
    let wanted: BTreeSet<Id> = take.wanted.statements.iter().chain(&take.wanted.lines).copied().collect();
    let mut out: BTreeSet<Id> = take.articles.iter().copied().collect();
    for statement in &record.statements {
        let most = if wanted.contains(&statement.id) { take.accounts } else { 1 };
        out.extend(statement.accounts.iter().take(most).map(|account| account.article));
        let shown = [statement.said_on.as_ref().map(|s| &s.1), statement.place.as_ref().map(|p| &p.1)];
        out.extend(shown.into_iter().flatten().filter_map(|e| e.first()).map(|e| e.article));
    }
    let series = record.figures.iter().flat_map(|series| series.members.iter().take(MOST_ARTICLES));
    out.extend(series.map(|(article, _)| *article));
    out
}

/// The name that an article is called by, for titles of pages.
pub(crate) fn name_of(article: &Article) -> String {
    match &article.headline {
        Some(headline) => printed(&headline.value).into_owned(),
        None => "Article without a known headline".to_owned(),
    }
}
