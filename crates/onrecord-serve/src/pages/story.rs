//! One story: what was said, which figures are given, who reprints whom, and its articles by time.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use onrecord_model::{CopyGroup, Id};
use onrecord_render::brief::{
    Index,
    show::{
        Anchor, Block, Inline, Level, Line, Notes, by_time, count, escaped, plot, printed, stars, text, when,
    },
};
use onrecord_store::{Layers, List, Page, StoryLine, Wanted, Way};

use super::{Address, Answer, Frame, lists, statement};
use crate::desk::{Desk, MOST_ARTICLES, Take};

/// Statements that are listed.
const MOST_STATEMENTS: usize = 40;
/// Series that are drawn.
const MOST_PLOTS: usize = 24;
/// Differences outside of statements that are told.
const MOST_OUTSIDE: usize = 40;

pub(crate) fn page(desk: &Desk, id: Id) -> Result<Answer> {
    let Some(line) = desk.store.story_lines(&[id])?.into_iter().next() else {
        let of = desk.store.along(Way::ArticleToStory, id)?;
        return Ok(match of.first() {
            Some(&of) => Answer::Moved(Address::Story(of)),
            None => Answer::NotFound("No story or article of the record has this id."),
        });
    };
    let said =
        desk.store.list(List::OfStory(id), Page { offset: 0, limit: desk.at_most(MOST_STATEMENTS) })?;
    let loaded = desk.take(&take(desk, id, &said.ids)?)?;
    let index = Index::new(&loaded);
    let mut notes = Notes::default();
    let mut frame = Frame::new(&desk.links, desk.title(&line.title));
    head(&mut frame, desk, &line)?;
    if !said.ids.is_empty() {
        frame.heading("What was said")?;
        statement::table(&mut frame, &index, &said.ids)?;
        statement::more(&mut frame, said.total, desk.at_most(MOST_STATEMENTS), "statement")?;
        all_statements(&mut frame, desk, id, said.total)?;
    }
    outside(&mut frame, &index, id, &mut notes)?;
    figures(&mut frame, &index, id, &mut notes)?;
    let articles = index.story(id).map(|story| story.articles.clone()).unwrap_or_default();
    copies(&mut frame, &index, &articles)?;
    timeline(&mut frame, &index, &articles)?;
    frame.notes(&notes.take(&index))?;
    Ok(Answer::Page(frame.finish()))
}

fn take(desk: &Desk, id: Id, statements: &[Id]) -> Result<Take> {
    let figures = desk.ids(List::FiguresOf(id), MOST_PLOTS)?;
    let wanted = Wanted { lines: statements.to_vec(), stories: vec![id], figures, ..Wanted::default() };
    let story = desk.store.part(&Wanted { stories: vec![id], ..Wanted::default() })?.stories;
    let articles = story.into_iter().flat_map(|story| story.articles).take(MOST_ARTICLES).collect();
    Ok(Take { wanted, layers: Layers::Figures, articles, ..Take::default() })
}

fn head(frame: &mut Frame, desk: &Desk, story: &StoryLine) -> Result<()> {
    frame.html("<p class=\"kicker\">Story</p>\n")?;
    frame.block(&Block::Heading(Level::Title, None, vec![text(desk.title(&story.title))]))?;
    let days = match &story.days {
        Some((first, last)) if first == last => first.clone(),
        Some((first, last)) => format!("{first} to {last}"),
        None => "days not known".to_owned(),
    };
    let about = format!("{days} · {}", lists::size(story));
    frame.block(&Block::About(vec![
        text(about),
        Inline::Faint(" · id ".into()),
        Inline::Code(story.id.to_string().into()),
    ]))
}

fn all_statements(frame: &mut Frame, desk: &Desk, id: Id, total: usize) -> Result<()> {
    if total <= MOST_STATEMENTS || !desk.links.is_served() {
        return Ok(());
    }
    let to = escaped(&format!("{}?story={id}", frame.to(Address::Search)));
    frame.html(&format!("<p class=\"about\"><a href=\"{to}\">All statements of this story</a></p>\n"))
}

fn outside<'a>(frame: &mut Frame, index: &Index<'a>, id: Id, notes: &mut Notes) -> Result<()> {
    let stars = stars(index, None, index.differences_outside(id));
    if stars.is_empty() {
        return Ok(());
    }
    frame.heading("Where the articles differ outside of statements")?;
    let lines = stars.iter().take(MOST_OUTSIDE).map(|star| star.line(index, notes)).collect();
    frame.block(&Block::Differences(lines))?;
    statement::more(frame, stars.len(), MOST_OUTSIDE, "difference")
}

fn figures(frame: &mut Frame, index: &Index, id: Id, notes: &mut Notes) -> Result<()> {
    let plots: Vec<_> = index.figures_of(id).iter().filter_map(|series| plot(index, series, notes)).collect();
    if plots.is_empty() {
        return Ok(());
    }
    frame.heading("Figures")?;
    plots.into_iter().try_for_each(|plot| frame.block(&Block::Plot(plot)))
}

/// Each text that is printed more than once, with its reprints below it.
fn copies(frame: &mut Frame, index: &Index, articles: &[Id]) -> Result<()> {
    let groups: BTreeMap<Id, &CopyGroup> =
        articles.iter().filter_map(|&id| index.copies_of(id)).map(|group| (group.id, group)).collect();
    if groups.is_empty() {
        return Ok(());
    }
    let copied: BTreeSet<Id> = groups.values().flat_map(|group| group.members.iter().copied()).collect();
    frame.heading("Who reprints whom")?;
    let alone = articles.iter().filter(|id| !copied.contains(id)).count();
    let once = if alone > 0 { format!(", and {alone} printed once") } else { String::new() };
    let about = format!(
        "{} printed more than once{once}: {}",
        count(groups.len(), "text"),
        count(groups.len() + alone, "independent telling"),
    );
    frame.block(&Block::About(vec![text(about)]))?;
    frame.html("<ul class=\"tree\">\n")?;
    for group in groups.values() {
        let origin = frame.line(&telling(index, group.origin));
        let note = escaped(&printed(&group.because.note));
        frame.html(&format!("<li>{origin} <span class=\"faint\">· likely first: {note}</span>\n<ul>\n"))?;
        for &member in group.members.iter().filter(|&&member| member != group.origin).take(MOST_ARTICLES) {
            let member = frame.line(&telling(index, member));
            frame.html(&format!("<li>{member}</li>\n"))?;
        }
        frame.html("</ul></li>\n")?;
    }
    frame.html("</ul>\n")
}

/// "Nordwire: “Boats leave” 2025-03-04".
fn telling<'a>(index: &Index<'a>, article: Id) -> Line<'a> {
    vec![
        Inline::Strong(index.outlet(article)),
        text(": "),
        Inline::Link(Anchor::Article(article), index.headline(article)),
        Inline::Faint(format!(" {}", when(index, article)).into()),
    ]
}

fn timeline(frame: &mut Frame, index: &Index, articles: &[Id]) -> Result<()> {
    let mut ids: Vec<Id> = articles.iter().copied().filter(|&id| index.article(id).is_some()).collect();
    ids.sort_by_key(|&id| by_time(index, id));
    frame.heading("Its articles by time")?;
    frame.timeline(ids.into_iter().map(|id| (when(index, id), lists::telling(index, id))))?;
    statement::more(frame, articles.len(), MOST_ARTICLES, "article")
}
