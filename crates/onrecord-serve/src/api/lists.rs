//! What each endpoint takes out of the record.

use anyhow::Result;
use onrecord_model::{Edit, Id, Record, Revision};
use onrecord_render::{
    Loaded,
    wire::{
        ArticleV1, ChangedPageV1, CopyGroupV1, DifferenceV1, EditV1, MarkedV1, Points, ReplyV1, SeriesV1,
        StatementV1, StoryV1, Tables, ThemeV1,
    },
};
use onrecord_store::{Layers, List, Listed, Page, Search, Wanted, Way};
use serde::Serialize;
use serde_json::Value;

use super::{Call, Outcome, listed, moved};
use crate::{
    desk::{Desk, Take},
    pages::{Address, changed::MOST_VERSIONS},
};

/// Rows in the order of the ids; what the record no longer holds is passed over.
fn rows<T, R: Serialize>(
    ids: &[Id],
    all: &[T],
    id: impl Fn(&T) -> Id,
    row: impl Fn(&T) -> R,
) -> Result<Vec<Value>> {
    let found = ids.iter().filter_map(|&wanted| all.iter().find(|thing| id(thing) == wanted));
    Ok(found.map(|thing| serde_json::to_value(row(thing))).collect::<Result<_, _>>()?)
}

/// A list whose rows `made` writes; of one that was searched for by words, its order.
fn list(found: &Listed, page: Page, made: impl FnOnce(&[Id]) -> Result<Vec<Value>>) -> Result<Outcome> {
    let mut outcome = listed(page, found.total, made(&found.ids)?);
    if let (Some(order), Outcome::Found(list)) = (found.order, &mut outcome) {
        list["order"] = order.name().into();
    }
    Ok(outcome)
}

/// The only row, if there is one.
fn one(id: Option<Id>, made: impl FnOnce(&[Id]) -> Result<Vec<Value>>) -> Result<Option<Outcome>> {
    let Some(id) = id else { return Ok(None) };
    Ok(made(&[id])?.into_iter().next().map(Outcome::Found))
}

/// The only row, or else what the id leads to.
fn one_or_moved(
    desk: &Desk,
    id: Option<Id>,
    (way, to): (Way, fn(Id) -> Address),
    made: impl FnOnce(&[Id]) -> Result<Vec<Value>>,
) -> Result<Outcome> {
    if let Some(found) = one(id, made)? {
        return Ok(found);
    }
    let of = id.map(|id| desk.store.along(way, id)).transpose()?.unwrap_or_default();
    Ok(of.first().map_or(Outcome::NotFound, |&of| moved(to(of))))
}

/// What is found in one list of a statement, a page of it.
fn of_statement<T>(
    desk: &Desk,
    call: &Call,
    things: fn(&Record) -> &Vec<T>,
    row: fn(&T, &Tables) -> Result<Value>,
) -> Result<Outcome> {
    let Some(id) = call.id else { return Ok(Outcome::NotFound) };
    let loaded = desk.take(&Take::statements(vec![id], usize::MAX).alone())?;
    if !loaded.record.statements.iter().any(|statement| statement.id == id) {
        return Ok(Outcome::NotFound);
    }
    let tables = Tables::new(&loaded, desk.store)?;
    let things = things(&loaded.record);
    let shown = things.iter().skip(call.page.offset).take(call.page.limit);
    let items = shown.map(|thing| row(thing, &tables)).collect::<Result<Vec<Value>>>()?;
    Ok(listed(call.page, things.len(), items))
}

pub(super) fn stories(desk: &Desk, call: &Call) -> Result<Outcome> {
    list(&desk.store.list(List::Stories, call.page)?, call.page, |ids| story_rows(desk, ids))
}

pub(super) fn story(desk: &Desk, call: &Call) -> Result<Outcome> {
    one_or_moved(desk, call.id, (Way::ArticleToStory, Address::Story), |ids| story_rows(desk, ids))
}

fn story_rows(desk: &Desk, ids: &[Id]) -> Result<Vec<Value>> {
    let wanted = Wanted { stories: ids.to_vec(), ..Wanted::default() };
    let articles = desk.store.part(&wanted)?.stories.into_iter().flat_map(|story| story.articles).collect();
    let loaded = desk.take(&Take { wanted, layers: Layers::Speakers, articles, ..Take::default() })?;
    let tables = Tables::new(&loaded, desk.store)?;
    rows(ids, &loaded.record.stories, |story| story.id, |story| StoryV1::new(story, &tables))
}

pub(super) fn statements(desk: &Desk, call: &Call) -> Result<Outcome> {
    let found = match call.entity {
        None => desk.find_statements(&call.search, call.page)?,
        Some(_) if call.search != Search::default() => {
            return Ok(Outcome::Bad("`entity` does not go together with other parameters".to_owned()));
        }
        Some(entity) => match desk.speaker_page(Some(entity))? {
            Some(entity) => desk.store.list(List::OfSpeaker(entity), call.page)?,
            None => return Ok(Outcome::NotFound),
        },
    };
    list(&found, call.page, |ids| statement_rows(desk, ids))
}

pub(super) fn statement(desk: &Desk, call: &Call) -> Result<Outcome> {
    let way = (Way::AccountToStatement, Address::Statement as fn(Id) -> Address);
    one_or_moved(desk, call.id, way, |ids| statement_rows(desk, ids))
}

fn statement_rows(desk: &Desk, ids: &[Id]) -> Result<Vec<Value>> {
    let loaded = desk.take(&Take::statements(ids.to_vec(), usize::MAX).alone())?;
    let tables = Tables::new(&loaded, desk.store)?;
    rows(ids, &loaded.record.statements, |statement| statement.id, |s| StatementV1::new(s, &tables))
}

pub(super) fn differences_of(desk: &Desk, call: &Call) -> Result<Outcome> {
    of_statement(
        desk,
        call,
        |record| &record.differences,
        |difference, tables| Ok(serde_json::to_value(DifferenceV1::new(difference, tables))?),
    )
}

pub(super) fn replies_of(desk: &Desk, call: &Call) -> Result<Outcome> {
    of_statement(
        desk,
        call,
        |record| &record.replies,
        |reply, _| Ok(serde_json::to_value(ReplyV1::from(reply))?),
    )
}

pub(super) fn differences(desk: &Desk, call: &Call) -> Result<Outcome> {
    list(&desk.store.list(List::Differences, call.page)?, call.page, |ids| difference_rows(desk, ids))
}

pub(super) fn difference(desk: &Desk, call: &Call) -> Result<Outcome> {
    Ok(one(call.id, |ids| difference_rows(desk, ids))?.unwrap_or(Outcome::NotFound))
}

fn difference_rows(desk: &Desk, ids: &[Id]) -> Result<Vec<Value>> {
    let wanted = Wanted { differences: ids.to_vec(), ..Wanted::default() };
    let sides = desk.store.part(&wanted)?.differences;
    let articles = sides.iter().flat_map(|difference| difference.between.map(|side| side.article)).collect();
    let loaded = desk.take(&Take { wanted, layers: Layers::Speakers, articles, ..Take::default() })?;
    let tables = Tables::new(&loaded, desk.store)?;
    rows(ids, &loaded.record.differences, |d| d.id, |d| DifferenceV1::new(d, &tables))
}

pub(super) fn series(desk: &Desk, call: &Call) -> Result<Outcome> {
    let wanted = call.search.story.map_or(List::Figures, List::FiguresOf);
    list(&desk.store.list(wanted, call.page)?, call.page, |ids| series_rows(desk, ids))
}

pub(super) fn one_series(desk: &Desk, call: &Call) -> Result<Outcome> {
    Ok(one(call.id, |ids| series_rows(desk, ids))?.unwrap_or(Outcome::NotFound))
}

fn series_rows(desk: &Desk, ids: &[Id]) -> Result<Vec<Value>> {
    let loaded = desk.take(&desk.series(ids, usize::MAX)?)?;
    let tables = Tables::new(&loaded, desk.store)?;
    rows(ids, &loaded.record.figures, |series| series.id, |series| SeriesV1::new(series, &tables))
}

pub(super) fn themes(desk: &Desk, call: &Call) -> Result<Outcome> {
    list(&desk.store.list(List::Themes, call.page)?, call.page, |ids| theme_rows(desk, ids))
}

pub(super) fn theme(desk: &Desk, call: &Call) -> Result<Outcome> {
    one_or_moved(desk, call.id, (Way::StatementToThemes, Address::Theme), |ids| theme_rows(desk, ids))
}

fn theme_rows(desk: &Desk, ids: &[Id]) -> Result<Vec<Value>> {
    let wanted = Wanted { themes: ids.to_vec(), ..Wanted::default() };
    let loaded = desk.take(&Take { wanted, layers: Layers::Speakers, ..Take::default() }.alone())?;
    rows(ids, &loaded.record.themes, |theme| theme.id, |theme| ThemeV1::from(theme))
}

pub(super) fn copies(desk: &Desk, call: &Call) -> Result<Outcome> {
    let found = desk.store.list(List::Copied, call.page)?;
    list(&found, call.page, |origins| copy_rows(desk, origins))
}

pub(super) fn copies_of(desk: &Desk, call: &Call) -> Result<Outcome> {
    let Some(id) = call.id else { return Ok(Outcome::NotFound) };
    let origin = desk.store.along(Way::CopiesToOrigin, id)?;
    let rows = copy_rows(desk, &[origin.first().copied().unwrap_or(id)])?;
    Ok(rows.into_iter().next().map_or(Outcome::NotFound, Outcome::Found))
}

/// The group of each of these articles, in the order of the groups.
fn copy_rows(desk: &Desk, articles: &[Id]) -> Result<Vec<Value>> {
    let take = Take {
        wanted: Wanted { copied: articles.to_vec(), ..Wanted::default() },
        articles: articles.to_vec(),
        ..Take::default()
    };
    let mut loaded = desk.take(&take)?;
    let members: Vec<Id> = loaded.record.copies.iter().flat_map(|group| group.members.clone()).collect();
    loaded.articles.extend(desk.take(&Take { articles: members, ..take })?.articles);
    let tables = Tables::new(&loaded, desk.store)?;
    let row = |group| serde_json::to_value(CopyGroupV1::new(group, &tables));
    Ok(loaded.record.copies.iter().map(row).collect::<Result<_, _>>()?)
}

pub(super) fn changed_pages(desk: &Desk, call: &Call) -> Result<Outcome> {
    list(&desk.store.list(List::Pages, call.page)?, call.page, |ids| changed_rows(desk, ids))
}

pub(super) fn changed_page(desk: &Desk, call: &Call) -> Result<Outcome> {
    let way = (Way::ArticleToPage, Address::Changed as fn(Id) -> Address);
    one_or_moved(desk, call.id, way, |ids| changed_rows(desk, ids))
}

fn changed_rows(desk: &Desk, ids: &[Id]) -> Result<Vec<Value>> {
    let wanted = Wanted { pages: ids.to_vec(), ..Wanted::default() };
    let pages = desk.store.part(&wanted)?.pages;
    let articles = pages.iter().flat_map(|page| page.versions.clone()).collect();
    let loaded = desk.take(&Take { wanted, layers: Layers::Bare, articles, ..Take::default() })?;
    let tables = Tables::new(&loaded, desk.store)?;
    rows(ids, &loaded.record.pages, |page| page.id, |page| ChangedPageV1::new(page, &tables))
}

pub(super) fn edits_of(desk: &Desk, call: &Call) -> Result<Outcome> {
    let page = call.id.map(|id| desk.changed_page(id)).transpose()?.flatten();
    let Some(page) = page else { return Ok(Outcome::NotFound) };
    let articles = page.versions.into_iter().take(MOST_VERSIONS).collect();
    let take = Take { layers: Layers::All, articles, ..Take::default() };
    let loaded = desk.take(&take)?;
    let revisions = loaded.revisions();
    let edits: Vec<_> = revisions.iter().flat_map(|of| of.edits.iter().map(move |edit| (of, edit))).collect();
    let tables = Tables::new(&loaded, desk.store)?;
    let shown = edits.iter().skip(call.page.offset).take(call.page.limit);
    let row =
        |&(revision, edit): &(&Revision, &Edit)| serde_json::to_value(EditV1::new(revision, edit, &tables));
    Ok(listed(call.page, edits.len(), shown.map(row).collect::<Result<Vec<Value>, _>>()?))
}

pub(super) fn articles(desk: &Desk, call: &Call) -> Result<Outcome> {
    let search = &call.search;
    let found = if !search.words.is_empty() {
        desk.find_articles(search, call.page)?
    } else if *search == Search::default() {
        desk.store.list(List::Articles, call.page)?
    } else {
        let wrong = "`outlet`, `language`, `from` and `to` narrow a search for words: give `q`";
        return Ok(Outcome::Bad(wrong.to_owned()));
    };
    let take = Take { layers: Layers::Speakers, articles: found.ids.clone(), ..Take::default() };
    let loaded = desk.take(&take)?;
    list(&found, call.page, |ids| {
        ids.iter().filter_map(|&id| article_row(desk, &loaded, id).transpose()).collect()
    })
}

fn article_row(desk: &Desk, loaded: &Loaded, id: Id) -> Result<Option<Value>> {
    let Some(annotated) = loaded.article(id) else { return Ok(None) };
    let points = Points::new(&annotated.article.text).with_page(desk.store.to_page(id)?);
    Ok(Some(serde_json::to_value(ArticleV1::new(&annotated.article, &points))?))
}

pub(super) fn article(desk: &Desk, call: &Call) -> Result<Outcome> {
    let Some(id) = call.id else { return Ok(Outcome::NotFound) };
    let Some(annotated) = desk.with_marks(id)? else { return Ok(Outcome::NotFound) };
    let points = Points::new(&annotated.article.text).with_page(desk.store.to_page(id)?);
    let mut problems = desk.store.problems_of(id)?;
    problems.iter_mut().for_each(|problem| desk.hide(&mut problem.message));
    Ok(Outcome::Found(serde_json::to_value(MarkedV1::new(&annotated, &points, &problems))?))
}
