//! The record at a glance.

use std::collections::BTreeMap;

use anyhow::Result;
use onrecord_model::{DifferenceKind, Id};
use onrecord_render::brief::{
    Index,
    show::{Anchor, Block, Inline, Level, Line, Notes, count, escaped, speaker_name, text},
};
use onrecord_store::{Counts, List, StoryLine, Wanted};

use super::{Address, Answer, Frame, changed as changed_pages, lists, search, statement};
use crate::desk::{Desk, Take};

/// Stories of the newest days.
const MOST_STORIES: usize = 24;
/// Statements that are told most and most differently.
const MOST_TOLD: usize = 8;
/// Differences, and replies, of the newest days.
const MOST_NEW: usize = 8;
/// Themes.
const MOST_THEMES: usize = 8;
/// Pages that changed.
const MOST_CHANGED: usize = 8;

pub(crate) fn page(desk: &Desk) -> Result<Answer> {
    let told = desk.ids(List::Statements, MOST_TOLD)?;
    let differing = desk.ids(List::Differing, MOST_NEW)?;
    let answering = desk.ids(List::Answering, MOST_NEW)?;
    let stories = desk.ids(List::Stories, MOST_STORIES)?;
    let all = [told.as_slice(), &differing, &answering].concat();
    let mut take = Take::lines(all);
    (take.wanted.differences, take.articles) = gravest(desk, &differing)?;
    let loaded = desk.take(&take)?;
    let index = Index::new(&loaded);
    let mut frame = Frame::new(&desk.links, "The record");
    let counts = desk.counts()?;
    frame.block(&Block::Heading(Level::Title, None, vec![text("The record")]))?;
    frame.block(&Block::About(vec![text(numbers(&counts))]))?;
    if desk.links.is_served() {
        search::form(&mut frame, desk, &search::Asked::default())?;
    }
    if desk.edit.is_some() {
        let log = escaped(&frame.to(Address::Review));
        frame.html(&format!("<p class=\"about\"><a href=\"{log}\">Review: all corrections</a></p>\n"))?;
    }
    frame.html("<section>\n")?;
    frame.heading("Told most, and most differently")?;
    statement::table(&mut frame, &index, &told)?;
    frame.kinds()?;
    frame.html("</section>\n<div class=\"columns\">\n<section>\n")?;
    frame.heading("Stories by day")?;
    by_day(&mut frame, desk, &desk.store.story_lines(&stories)?)?;
    frame.html("</section>\n<section>\n")?;
    newest(&mut frame, &index, &differing, &answering)?;
    themes(&mut frame, desk)?;
    changed(&mut frame, desk)?;
    gaps(&mut frame, &counts)?;
    frame.html("</section>\n</div>\n")?;
    Ok(Answer::Page(frame.finish()))
}

/// The gravest difference of each statement, and the articles of these.
fn gravest(desk: &Desk, statements: &[Id]) -> Result<(Vec<Id>, Vec<Id>)> {
    let part = desk.store.part(&Wanted { lines: statements.to_vec(), ..Wanted::default() })?;
    let mut first: BTreeMap<Id, (DifferenceKind, Id, [Id; 2])> = BTreeMap::new();
    for difference in &part.differences {
        let Some(statement) = difference.statement else { continue };
        let this = (difference.kind, difference.id, difference.between.map(|side| side.article));
        let known = first.entry(statement).or_insert(this);
        *known = (*known).min(this);
    }
    let (ids, articles): (Vec<Id>, Vec<[Id; 2]>) = first.into_values().map(|(_, id, of)| (id, of)).unzip();
    Ok((ids, articles.into_iter().flatten().collect()))
}

/// "29 articles by 9 named outlets · 7 stories · 43 statements, 12 told differently · 3 replies".
fn numbers(counts: &Counts) -> String {
    format!(
        "{} by {} · {} · {}, {} told differently · {}",
        count(counts.articles, "article"),
        count(counts.outlets, "named outlet"),
        count(counts.stories, "story"),
        count(counts.statements, "statement"),
        counts.differing,
        count(counts.replies, "reply"),
    )
}

fn by_day(frame: &mut Frame, desk: &Desk, stories: &[StoryLine]) -> Result<()> {
    lists::stories_by_day(frame, desk, stories)?;
    let all = escaped(&frame.to(Address::Stories(1)));
    frame.html(&format!("<p class=\"about screen\"><a href=\"{all}\">All stories</a></p>\n"))
}

fn newest(frame: &mut Frame, index: &Index, differing: &[Id], answering: &[Id]) -> Result<()> {
    if !differing.is_empty() {
        frame.heading("Newest differences")?;
        let lines = differing.iter().filter_map(|&id| difference(index, id));
        frame.block(&Block::Items(lines.collect()))?;
    }
    if !answering.is_empty() {
        frame.heading("Newest replies")?;
        let lines = answering.iter().filter_map(|&id| lists::reply(index, index.answers_of(id).first()?));
        frame.block(&Block::Items(lines.collect()))?;
    }
    Ok(())
}

/// The pages in which most changed.
fn changed(frame: &mut Frame, desk: &Desk) -> Result<()> {
    let ids = desk.ids(List::Pages, MOST_CHANGED)?;
    if ids.is_empty() {
        return Ok(());
    }
    frame.heading("Pages that changed")?;
    frame.block(&Block::Items(changed_pages::lines(desk, &ids)?))?;
    let all = escaped(&frame.to(Address::Changes(1)));
    frame.html(&format!("<p class=\"about\"><a href=\"{all}\">All pages that changed</a></p>\n"))
}

/// Those that most statements tell, and how many.
fn themes(frame: &mut Frame, desk: &Desk) -> Result<()> {
    let ids = desk.ids(List::Themes, MOST_THEMES)?;
    let themes = desk.store.part(&Wanted { themes: ids.clone(), ..Wanted::default() })?.themes;
    let line = |id: &Id| {
        let theme = themes.iter().find(|theme| theme.id == *id)?;
        let told = format!(" {}", count(theme.statements.len(), "statement"));
        let label = desk.title(&theme.label).into();
        Some(vec![Inline::Link(Anchor::Theme(theme.id), label), Inline::Faint(told.into())])
    };
    let lines: Vec<Line> = ids.iter().filter_map(line).collect();
    if lines.is_empty() {
        return Ok(());
    }
    frame.heading("Themes that come back")?;
    frame.block(&Block::Items(lines))
}

/// "Ida Holm: figure “At least 40” Nordwire ≠ “At least 14” Gazette".
fn difference<'a>(index: &Index<'a>, id: Id) -> Option<Line<'a>> {
    let statement = index.statement(id)?;
    let gravest = index.differences_of(id).iter().min_by_key(|d| (d.kind, d.id)).copied()?;
    let mut line = vec![Inline::Link(Anchor::Statement(id), speaker_name(statement)), text(": ")];
    let stars = onrecord_render::brief::show::stars(index, Some(statement), &[gravest]);
    line.extend(stars.first()?.line(index, &mut Notes::none()));
    Some(line)
}

fn gaps(frame: &mut Frame, counts: &Counts) -> Result<()> {
    let of = |n: usize, what: &str| {
        let have = if n == 1 { "has" } else { "have" };
        (n > 0).then(|| vec![text(format!("{n} of {} {have} no {what}", count(counts.articles, "article")))])
    };
    let mut lines: Vec<Line> = counts
        .without
        .iter()
        .zip(["date", "outlet", "headline"])
        .filter_map(|(&n, what)| of(n, what))
        .collect();
    if counts.unread > 0 {
        lines.push(vec![text(format!("{} could not be read", count(counts.unread, "input")))]);
    }
    if lines.is_empty() {
        return Ok(());
    }
    frame.heading("Not known")?;
    frame.block(&Block::Items(lines))
}
