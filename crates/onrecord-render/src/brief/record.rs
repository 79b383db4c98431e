//! The record as a whole: its numbers, the statements to read first, its stories, its gaps.

use std::{collections::BTreeSet, io};

use onrecord_model::{Article, Id, ProblemKind, Statement, Story, Theme};

use super::{
    corrections,
    doc::{Anchor, Block, Inline, Level, Line, Sink, count, joined, text},
    index::Index,
    notes::Notes,
    statement::{Told, gist, kinds_of, outlets_of, speaker_name},
    story,
    words::printed,
};

/// Statements in the list to read first.
const MOST_FIRST: usize = 8;
/// Other statements that a run of `build` ends with.
const MOST_IN_TOP: usize = 4;
/// Outlets named in a line of that list.
const MOST_OUTLETS: usize = 4;
/// Stories that are only named.
const MOST_NAMED: usize = 500;
/// Problems that are listed one by one.
const MOST_PROBLEMS: usize = 40;

/// What stands where nothing can be laid side by side.
const NONE_SHARED: &str = "No statement is told by more than one text.";

/// How much of a record a brief lays out.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    /// Stories that are laid out; the rest is named.
    pub stories: usize,
}

/// Writes the whole brief.
pub(crate) fn write(index: &Index, length: &Length, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Title, None, vec![text("The record")]))?;
    let told = by_weight(index);
    sink(&Block::About(numbers(index, &told)))?;
    let stories = stories(index);
    first(index, &told, sink)?;
    let laid_out = stories.get(..length.stories).unwrap_or(&stories);
    contents(index, laid_out, sink)?;
    sink(&Block::Legend)?;
    for &story in stories.iter().take(length.stories) {
        story::write(index, story, sink)?;
    }
    named(index, stories.get(length.stories..).unwrap_or_default(), sink)?;
    themes(index, sink)?;
    corrections::list(index, sink)?;
    gaps(index, sink)
}

/// What a run of `build` ends with.
pub(crate) fn top(index: &Index, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Title, None, vec![text("The record")]))?;
    let told = by_weight(index);
    sink(&Block::About(numbers(index, &told)))?;
    let mut told = told.iter().filter(|told| !told.is_told_once());
    let Some(most) = told.next() else { return sink(&Block::About(vec![text(NONE_SHARED)])) };
    most.write(index, &mut Notes::default(), sink)?;
    let others: Vec<Line> = told.take(MOST_IN_TOP).map(|told| in_short(index, told)).collect();
    if !others.is_empty() {
        sink(&Block::Heading(Level::List, None, vec![text("Also told by several")]))?;
        sink(&Block::Items(others))?;
    }
    let gaps = gap_lines(index);
    if gaps.is_empty() { Ok(()) } else { sink(&Block::About(joined(gaps, " · "))) }
}

/// A statement on one line, with what its accounts differ in.
fn in_short<'a>(index: &Index<'a>, told: &Told<'a>) -> Line<'a> {
    let mut line = vec![Inline::Strong(speaker_name(told.statement)), text(": ")];
    line.extend(gist(index, told.statement));
    line.push(text(format!(" — {}", count(told.independent, "independent telling"))));
    if !told.stars.is_empty() {
        line.push(text("; they differ in "));
        line.extend(kinds_of(told));
    }
    line
}

/// One line for each story that is laid out.
fn contents<'a>(index: &Index<'a>, stories: &[&'a Story], sink: &mut Sink) -> io::Result<()> {
    if stories.len() < 2 {
        return Ok(());
    }
    let line = |&story: &&'a Story| -> Line<'a> {
        let statements = count(index.statements_of(story.id).len(), "statement");
        let mut line = vec![Inline::Link(Anchor::Story(story.id), story::title(story)), text(" · ")];
        line.extend([Inline::Faint(format!("{} · {statements}", story::size(index, story)).into())]);
        line
    };
    let title = vec![text(count(stories.len(), "story"))];
    sink(&Block::Folded(title, stories.iter().map(line).collect()))
}

/// "29 articles by 9 outlets, 25 of them independent texts · 7 stories · 43 statements · 58 differences".
fn numbers<'a>(index: &Index<'a>, told: &[Told]) -> Line<'a> {
    let record = &index.loaded.record;
    let articles = &index.loaded.articles;
    let outlets: BTreeSet<&str> = articles
        .values()
        .filter_map(|a| a.article.outlet.as_ref())
        .map(|outlet| outlet.value.as_str())
        .collect();
    let independent = index.independent(articles.keys().copied());
    let stars: usize = told.iter().map(|told| told.stars.len()).sum();
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
fn first<'a>(index: &Index<'a>, told: &[Told<'a>], sink: &mut Sink) -> io::Result<()> {
    let several: Vec<&Told> = told.iter().filter(|told| !told.is_told_once()).take(MOST_FIRST).collect();
    if several.is_empty() {
        return sink(&Block::About(vec![text(NONE_SHARED)]));
    }
    let row = |told: &&Told<'a>| -> Vec<Line<'a>> {
        let statement = told.statement;
        let anchor = Anchor::Statement(statement.id);
        vec![
            vec![Inline::Link(anchor, speaker_name(statement).into_owned().into())],
            gist(index, statement),
            vec![text(outlets_of(index, statement, MOST_OUTLETS))],
            if told.stars.is_empty() { vec![text("no difference found")] } else { kinds_of(told) },
        ]
    };
    sink(&Block::Heading(Level::List, None, vec![text("Told by several")]))?;
    sink(&Block::Table(vec!["Who", "said", "told by", "differ in"], several.iter().map(row).collect()))
}

/// The stories, those first whose statements are told most and most differently.
pub fn stories<'a>(index: &Index<'a>) -> Vec<&'a Story> {
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
        let mut line = vec![text(story::title(story)), text(" · ")];
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

/// Of the record as a whole.
fn gap_lines<'a>(index: &Index<'a>) -> Vec<Line<'a>> {
    let articles: Vec<Id> = index.loaded.articles.keys().copied().collect();
    let statements: Vec<&Statement> = index.loaded.record.statements.iter().collect();
    let mut lines = unknown(index, &articles, &statements);
    let unread = index.loaded.problems.iter().filter(|problem| problem.kind.is_unread()).count();
    if unread > 0 {
        lines.push(vec![text(format!("{} could not be read", count(unread, "input")))]);
    }
    lines
}

/// Whether something that a reader expects is known of an article.
type IsKnown = fn(&Article) -> bool;

const EXPECTED: &[(&str, IsKnown)] = &[
    ("date", |a| a.published.is_some()),
    ("outlet", |a| a.outlet.is_some()),
    ("headline", |a| a.headline.is_some()),
    ("pack for its language", onrecord_annotate::reads_language_of),
];

/// What is not known of these articles and statements: "3 of 41 articles have no date".
pub(crate) fn unknown<'a>(index: &Index, articles: &[Id], statements: &[&Statement]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line> = Vec::new();
    for (what, is_known) in EXPECTED {
        let without = articles.iter().filter_map(|&id| index.article(id)).filter(|a| !is_known(a)).count();
        lines.extend(gap(without, (articles.len(), "article"), what));
    }
    let nameless = statements.iter().filter(|s| s.speaker_name.is_none()).count();
    lines.extend(gap(nameless, (statements.len(), "statement"), "known speaker"));
    let undated = statements.iter().filter(|s| s.said_on.is_none()).count();
    lines.extend(gap(undated, (statements.len(), "statement"), "known day"));
    lines
}

fn gap<'a>(without: usize, (all, noun): (usize, &str), what: &str) -> Option<Line<'a>> {
    let have = if without == 1 { "has" } else { "have" };
    (without > 0).then(|| vec![text(format!("{without} of {} {have} no {what}", count(all, noun)))])
}
