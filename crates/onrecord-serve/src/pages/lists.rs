//! Long lists, a page at a time.

use anyhow::Result;
use onrecord_model::{Id, Reply};
use onrecord_render::brief::{
    Index,
    show::{Anchor, Block, Inline, Level, Line, count, gist, speaker_name, text},
};
use onrecord_store::{List, Listed, Page, StoryLine};

use super::{Address, Answer, Frame, statement};
use crate::desk::{Desk, Take};

/// Stories on a page of the list.
pub(crate) const STORIES: usize = 60;
/// Statements on a page of the list.
pub(crate) const STATEMENTS: usize = 40;

/// The first `1` is there even where the list is empty.
pub(crate) fn pages(total: usize, each: usize) -> usize {
    total.div_ceil(each).max(1)
}

/// A page of a list, counted from 1; `None` where the list has fewer.
pub(super) fn stretch(desk: &Desk, list: List, n: usize, each: usize) -> Result<Option<Listed>> {
    let listed = desk.store.list(list, Page { offset: (n - 1).saturating_mul(each), limit: each })?;
    Ok((n <= pages(listed.total, each)).then_some(listed))
}

pub(crate) const BEYOND: &str = "The list has fewer pages.";

pub(crate) fn stories(desk: &Desk, n: usize) -> Result<Answer> {
    let Some(listed) = stretch(desk, List::Stories, n, STORIES)? else { return Ok(Answer::NotFound(BEYOND)) };
    let mut frame = Frame::new(&desk.links, "Stories");
    frame.block(&Block::Heading(Level::Title, None, vec![text("Stories")]))?;
    frame.block(&Block::About(vec![text(format!("{}, the latest first", count(listed.total, "story")))]))?;
    stories_by_day(&mut frame, desk, &desk.store.story_lines(&listed.ids)?)?;
    let links = desk.links;
    frame.pager(n, pages(listed.total, STORIES), |n| links.path(&Address::Stories(n).path()))?;
    Ok(Answer::Page(frame.finish()))
}

pub(crate) fn statements(desk: &Desk, n: usize) -> Result<Answer> {
    let Some(listed) = stretch(desk, List::Statements, n, STATEMENTS)? else {
        return Ok(Answer::NotFound(BEYOND));
    };
    let loaded = desk.take(&Take::lines(listed.ids.clone()))?;
    let index = Index::new(&loaded);
    let mut frame = Frame::new(&desk.links, "Statements");
    frame.block(&Block::Heading(Level::Title, None, vec![text("Statements")]))?;
    let about =
        format!("{}, those first that are told most and most differently", count(listed.total, "statement"));
    frame.block(&Block::About(vec![text(about)]))?;
    frame.kinds()?;
    statement::table(&mut frame, &index, &listed.ids)?;
    let links = desk.links;
    frame.pager(n, pages(listed.total, STATEMENTS), |n| links.path(&Address::Statements(n).path()))?;
    Ok(Answer::Page(frame.finish()))
}

/// Stories under the day of their last article.
pub(crate) fn stories_by_day(frame: &mut Frame, desk: &Desk, stories: &[StoryLine]) -> Result<()> {
    let day = |story: &StoryLine| story.days.as_ref().map(|(_, last)| last.clone());
    for group in stories.chunk_by(|a, b| day(a) == day(b)) {
        let heading = group.first().and_then(day).unwrap_or_else(|| "Day not known".to_owned());
        frame.block(&Block::Heading(Level::List, None, vec![text(heading)]))?;
        frame.block(&Block::Items(group.iter().map(|story| line(desk, story)).collect()))?;
    }
    Ok(())
}

fn line<'a>(desk: &Desk, story: &StoryLine) -> Line<'a> {
    vec![
        Inline::Link(Anchor::Story(story.id), desk.title(&story.title).into()),
        Inline::Faint(format!(" {}", size(story)).into()),
    ]
}

/// "7 articles, 6 independent · 12 statements".
pub(crate) fn size(story: &StoryLine) -> String {
    let texts = match story.articles == story.texts {
        true => String::new(),
        false => format!(", {} independent", story.texts),
    };
    let statements = match story.statements {
        0 => String::new(),
        n => format!(" · {}", count(n, "statement")),
    };
    format!("{}{texts}{statements}", count(story.articles, "article"))
}

/// "Jon Aas: “No boat left” — rejects what Ida Holm said".
pub(crate) fn reply<'a>(index: &Index<'a>, reply: &Reply) -> Option<Line<'a>> {
    let (statement, answered) = (index.statement(reply.from)?, index.statement(reply.to)?);
    let mut line = vec![Inline::Link(Anchor::Statement(statement.id), speaker_name(statement)), text(": ")];
    line.extend(gist(index, statement));
    line.extend([
        text(format!(" — {} what ", reply.stance.name())),
        Inline::Link(Anchor::Statement(answered.id), speaker_name(answered)),
        text(" said"),
    ]);
    Some(line)
}

/// "Nordwire: Boats leave (copy of The Lantern)".
pub(crate) fn telling<'a>(index: &Index<'a>, article: Id) -> Line<'a> {
    let headline = Inline::Link(Anchor::Article(article), index.headline(article));
    let mut line = vec![Inline::Strong(index.outlet(article)), text(": "), headline];
    if let Some(origin) = index.origin_of(article) {
        line.push(Inline::Faint(format!(" (copy of {})", index.outlet(origin)).into()));
    }
    line
}
