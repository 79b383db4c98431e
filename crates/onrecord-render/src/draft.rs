//! A draft held against a record: the part of the record that it may tell, and what comes of it.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{AnnotatedArticle, Because, Id, Known, Record};
use onrecord_reconcile::{Draft, DraftFindings, ToldInDraft, compare_draft, telling_words};
use onrecord_store::{Layers, List, Page, Store, Wanted, Way};

use crate::{Hidden, Loaded};

/// What the draft is called among the outlets.
pub const DRAFT: &str = "The draft";

/// Words that the record is searched for.
const MOST_WORDS: usize = 24;
/// Articles with such words that are looked at.
const MOST_HITS: usize = 60;
/// Stories of those articles that the draft is held against.
const MOST_STORIES: usize = 6;
/// Articles of those stories that are read, those with the words of the draft first.
const MOST_ARTICLES: usize = 300;
/// Statements of one story that are read, those told most first.
const MOST_STATEMENTS: usize = 1_000;

/// A draft beside a record.
pub struct DraftReport {
    /// The statements that the draft tells and those that it does not, with their articles and the draft.
    pub loaded: Loaded,
    /// The draft among the articles.
    pub draft: Id,
    /// The statements of the record that it tells.
    pub told: Vec<ToldInDraft>,
    /// What it quotes and no article of the record tells.
    pub only_in_draft: Vec<Id>,
    /// What the record tells of the same and no account is found of, those told most first.
    pub untold: Vec<Id>,
}

impl DraftReport {
    /// Holds a draft against a record, which is not changed.
    pub fn new(
        store: &Store,
        hidden: Option<&Hidden>,
        mut draft: AnnotatedArticle,
    ) -> anyhow::Result<DraftReport> {
        let (record, articles) = part(store, &draft)?;
        let corrections = store.corrections()?;
        let of = Draft { draft: &draft, articles: &articles, record: &record, corrections: &corrections };
        let DraftFindings { record: mut found, told, only_in_draft, mut untold } = compare_draft(&of);
        let weight: BTreeMap<Id, usize> =
            record.statements.iter().map(|s| (s.id, s.accounts.len())).collect();
        untold.sort_by_key(|id| (std::cmp::Reverse(weight.get(id).copied()), *id));
        let wanted: BTreeSet<Id> = untold.iter().copied().collect();
        found.statements.extend(record.statements.into_iter().filter(|s| wanted.contains(&s.id)));
        found.statements.sort_by_key(|statement| statement.id);
        let id = draft.article.id;
        let because = Because::new("draft.outlet", "the text that was given to be compared");
        draft.article.outlet = Some(Known { value: DRAFT.to_owned(), because });
        let articles = articles.into_iter().chain([draft]).map(|a| (a.article.id, a)).collect();
        let loaded = Loaded { record: found, articles, ..Loaded::default() };
        let mut report = Self { loaded, draft: id, told, only_in_draft, untold };
        if let Some(hidden) = hidden {
            report.hide(hidden);
        }
        Ok(report)
    }

    fn hide(&mut self, hidden: &Hidden) {
        hidden.hide_in(&mut self.loaded);
        // In the draft, whoever is hidden is known by name alone.
        if let Some(draft) = self.loaded.articles.get_mut(&self.draft) {
            hidden.hide(&mut draft.article.text);
        }
        for statement in &mut self.loaded.record.statements {
            statement.speaker_name.iter_mut().for_each(|name| hidden.hide(name));
        }
        let missing = self.told.iter_mut().filter_map(|told| told.unattributed.as_mut());
        missing.for_each(|missing| hidden.hide(&mut missing.because.note));
    }

    /// The id by which the whole record knows a statement that is shown.
    pub fn known_as(&self, statement: Id) -> Option<Id> {
        let told = self.told.iter().find(|told| told.statement == statement).map(|told| told.known_as);
        told.or_else(|| self.untold.contains(&statement).then_some(statement))
    }
}

/// The stories that share telling words with a draft, their statements, copies and articles.
fn part(store: &Store, draft: &AnnotatedArticle) -> anyhow::Result<(Record, Vec<AnnotatedArticle>)> {
    let hits = store.articles_with_any(&telling_words(draft, MOST_WORDS), MOST_HITS)?;
    let mut stories: Vec<Id> = Vec::new();
    for &hit in &hits {
        for story in store.along(Way::ArticleToStory, hit)? {
            if stories.len() < MOST_STORIES && !stories.contains(&story) {
                stories.push(story);
            }
        }
    }
    let mut statements = Vec::new();
    for &story in &stories {
        statements.extend(store.list(List::OfStory(story), Page { offset: 0, limit: MOST_STATEMENTS })?.ids);
    }
    let known = store.part(&Wanted { stories: stories.clone(), ..Wanted::default() })?.stories;
    let place = |id: Id| stories.iter().position(|&story| story == id);
    let mut members: Vec<(bool, Option<usize>, Id)> = known
        .iter()
        .flat_map(|story| story.articles.iter().map(|&a| (!hits.contains(&a), place(story.id), a)))
        .collect();
    members.sort_unstable();
    let ids: Vec<Id> = members.into_iter().map(|(_, _, article)| article).take(MOST_ARTICLES).collect();
    let record = store.part(&Wanted { stories, statements, copied: ids.clone(), ..Wanted::default() })?;
    let mut articles = Vec::with_capacity(ids.len());
    for id in ids {
        articles.extend(store.article_with(id, Layers::All)?);
    }
    Ok((record, articles))
}
