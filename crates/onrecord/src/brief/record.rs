//! The record as a whole: its numbers, the statements to read first, its stories, its gaps.

use std::{collections::BTreeSet, io};

use onrecord_model::{Id, ProblemKind, Story, Theme};

use super::{
    doc::{Anchor, Block, Inline, Level, Line, Sink, count, joined, text},
    index::Index,
    notes::Notes,
    statement::{Told, gist, kinds_of, outlets_of, speaker_name},
    story,
    words::printed,
};

/// Statements in the list to read first.
const MOST_FIRST: usize = 12;
/// Outlets named in a line of that list.
const MOST_OUTLETS: usize = 4;
/// Stories that are only named.
const MOST_NAMED: usize = 500;
/// Problems that are listed one by one.
const MOST_PROBLEMS: usize = 40;

/// How much of a record a brief lays out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Length {
    /// Stories that are laid out; the rest is named.
    pub(crate) stories: usize,
}

/// Writes the whole brief.
pub(crate) fn write(index: &Index, length: &Length, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Title, None, vec![text("The record")]))?;
    sink(&Block::About(numbers(index)))?;
    let stories = stories(index);
    first(index, sink)?;
    sink(&Block::Legend)?;
    for &story in stories.iter().take(length.stories) {
        story::write(index, story, sink)?;
    }
    named(index, stories.get(length.stories..).unwrap_or_default(), sink)?;
    themes(index, sink)?;
    gaps(index, sink)
}

/// What a run of `build` ends with.
pub(crate) fn top(index: &Index, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Title, None, vec![text("The record")]))?;
    sink(&Block::About(numbers(index)))?;
    let best = by_weight(index).into_iter().next();
    if let Some(told) = best.filter(|told| !told.is_told_once()) {
        told.write(index, &mut Notes::default(), sink)?;
    }
    first(index, sink)?;
    for line in gap_lines(index) {
        sink(&Block::About(line))?;
    }
    Ok(())
}

/// "29 articles by 9 outlets, 25 of them independent texts · 7 stories · 43 statements · 58 differences".
fn numbers<'a>(index: &Index<'a>) -> Line<'a> {
    let record = &index.loaded.record;
    let articles = &index.loaded.articles;
    let outlets: BTreeSet<&str> = articles
        .values()
        .filter_map(|a| a.article.outlet.as_ref())
        .map(|outlet| outlet.value.as_str())
        .collect();
    let independent = index.independent(articles.keys().copied());
    let stars: usize = record.statements.iter().map(|s| Told::new(index, s).stars.len()).sum();
    vec![text(format!(
        "{} by {}, {} · {} · {} · {} · {}",
        count(articles.len(), "article"),
        count(outlets.len(), "named outlet"),
        count(independent, "independent text"),
        count(record.stories.len(), "story"),
        count(record.statements.len(), "statement"),
        count(stars, "difference"),
        match record.replies.len() {
            1 => "1 reply".to_owned(),
            n => format!("{n} replies"),
        },
    ))]
}

/// All statements, those first that are told most and most differently.
fn by_weight<'a>(index: &Index<'a>) -> Vec<Told<'a>> {
    let mut told: Vec<Told> = index.loaded.record.statements.iter().map(|s| Told::new(index, s)).collect();
    told.sort_by_key(|told| (std::cmp::Reverse(told.weight()), told.statement.id));
    told
}

/// The statements that several texts tell: who said what, told by whom, in what they differ.
fn first(index: &Index, sink: &mut Sink) -> io::Result<()> {
    let told = by_weight(index);
    let several: Vec<&Told> = told.iter().filter(|told| !told.is_told_once()).take(MOST_FIRST).collect();
    if several.is_empty() {
        return sink(&Block::About(vec![text("No statement is told by more than one text.")]));
    }
    let row = |told: &&Told| {
        let statement = told.statement;
        let anchor = Anchor::Statement(statement.id);
        vec![
            vec![Inline::Link(anchor, speaker_name(statement).into_owned().into())],
            gist(index, statement),
            vec![text(outlets_of(index, statement, MOST_OUTLETS))],
            kinds_of(told),
        ]
    };
    sink(&Block::Heading(Level::List, None, vec![text("Told by several")]))?;
    sink(&Block::Table(vec!["Who", "said", "told by", "differ in"], several.iter().map(row).collect()))
}

/// The stories, those first whose statements are told most and most differently.
pub(crate) fn stories<'a>(index: &Index<'a>) -> Vec<&'a Story> {
    let weight = |story: &Story| {
        let told = index.statements_of(story.id).iter().map(|s| Told::new(index, s).weight());
        (told.max().unwrap_or_default(), index.independent(story.articles.iter().copied()))
    };
    let mut stories: Vec<_> =
        index.loaded.record.stories.iter().map(|story| (weight(story), story)).collect();
    stories.sort_by_key(|(weight, story)| (std::cmp::Reverse(*weight), story.id));
    stories.into_iter().map(|(_, story)| story).collect()
}

/// Stories that are not laid out.
fn named<'a>(index: &Index<'a>, stories: &[&'a Story], sink: &mut Sink) -> io::Result<()> {
    if stories.is_empty() {
        return Ok(());
    }
    let title = vec![text(format!("{} more, by name only", count(stories.len(), "story")))];
    let line = |story: &&'a Story| {
        let mut line = vec![text(printed(&story.title)), text(" · ")];
        line.extend(story::about(index, story));
        line
    };
    sink(&Block::Folded(title, stories.iter().take(MOST_NAMED).map(line).collect()))
}

fn themes(index: &Index, sink: &mut Sink) -> io::Result<()> {
    let themes = &index.loaded.record.themes;
    if themes.is_empty() {
        return Ok(());
    }
    let told = |&id: &Id| {
        let statement = index.statement(id)?;
        let day = statement.said_on.as_ref().map_or("day not known".to_owned(), |(day, _)| day.edtf.clone());
        let name = Inline::Link(Anchor::Statement(id), speaker_name(statement));
        Some(vec![name, text(format!(" ({day})"))])
    };
    let line = |theme: &Theme| {
        let mut line = vec![Inline::Strong(printed(&theme.label).into_owned().into()), text(": ")];
        line.extend(joined(theme.statements.iter().filter_map(told), ", "));
        line
    };
    sink(&Block::Heading(Level::Story, None, vec![text("Themes that come back")]))?;
    sink(&Block::Items(themes.iter().map(line).collect()))
}

/// What is not known: "3 of 41 articles have no date", and what could not be read.
fn gaps(index: &Index, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Story, None, vec![text("What is not known")]))?;
    let lines = gap_lines(index);
    if lines.is_empty() {
        return sink(&Block::About(vec![text(
            "Every input was read; every article has an outlet and a date.",
        )]));
    }
    sink(&Block::Items(lines))?;
    let listed = index.loaded.problems.iter().filter(|p| p.kind != ProblemKind::Unknown);
    let lines: Vec<Line> =
        listed.take(MOST_PROBLEMS).map(|problem| vec![text(printed(&problem.message))]).collect();
    if lines.is_empty() {
        return Ok(());
    }
    sink(&Block::Folded(vec![text("Inputs that could not be read or are damaged")], lines))
}

fn gap_lines<'a>(index: &Index<'a>) -> Vec<Line<'a>> {
    let articles: Vec<_> = index.loaded.articles.values().map(|a| &a.article).collect();
    let of = |missing: usize, what: &str| {
        let all = count(articles.len(), "article");
        let have = if missing == 1 { "has" } else { "have" };
        (missing > 0).then(|| vec![text(format!("{missing} of {all} {have} no {what}"))])
    };
    let unread = index.loaded.problems.iter().filter(|problem| problem.kind.is_unread()).count();
    let nameless = index.loaded.record.statements.iter().filter(|s| s.speaker_name.is_none()).count();
    let statements = count(index.loaded.record.statements.len(), "statement");
    [
        of(articles.iter().filter(|a| a.published.is_none()).count(), "date"),
        of(articles.iter().filter(|a| a.outlet.is_none()).count(), "outlet"),
        of(articles.iter().filter(|a| a.headline.is_none()).count(), "headline"),
        (nameless > 0)
            .then(|| vec![text(format!("of {statements}, {nameless} by a speaker whom no text names"))]),
        (unread > 0).then(|| vec![text(format!("{} could not be read", count(unread, "input")))]),
    ]
    .into_iter()
    .flatten()
    .collect()
}
