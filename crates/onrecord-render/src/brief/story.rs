//! One story: its statements, figures, copies and articles.

use std::io;

use onrecord_model::{CopyGroup, Id, Story};

use super::{
    doc::{Anchor, Block, Inline, Level, Line, Sink, count, joined, text},
    figures::plot,
    index::Index,
    notes::{Notes, by_time, citation},
    record::unknown,
    stars::stars,
    statement::{Told, and_more, on_one_line},
    words::printed,
};

/// Series of figures that are drawn; the rest is counted.
const MOST_PLOTS: usize = 24;
/// Statements of one text that are told; the rest is counted.
const MOST_TOLD_ONCE: usize = 200;
/// Articles that are listed; the rest is counted.
const MOST_ARTICLES: usize = 200;

/// Writes all that the record holds of a story, with its footnotes.
pub fn write<'a>(index: &Index<'a>, story: &'a Story, sink: &mut Sink) -> io::Result<()> {
    let mut notes = Notes::default();
    let statements = told(index, story.id);
    sink(&Block::Heading(Level::Story, Some(Anchor::Story(story.id)), vec![text(title(story))]))?;
    sink(&Block::About(about(index, story)))?;
    let (once, several): (Vec<_>, Vec<_>) = statements.iter().partition(|told| told.is_told_once());
    for told in several {
        told.write(index, &mut notes, sink)?;
    }
    if !once.is_empty() {
        let title = vec![text(count(once.len(), "statement")), text(" that one text tells")];
        let shown = once.iter().take(MOST_TOLD_ONCE);
        let mut lines: Vec<Line> = shown.map(|told| on_one_line(index, told.statement, &mut notes)).collect();
        lines.extend(and_more(once.len(), MOST_TOLD_ONCE, "statement"));
        sink(&Block::Folded(title, lines))?;
    }
    outside(index, story, &mut notes, sink)?;
    figures(index, story, &mut notes, sink)?;
    copies(index, story, sink)?;
    articles(index, story, sink)?;
    let gaps = unknown(index, &story.articles, index.statements_of(story.id));
    if !gaps.is_empty() {
        sink(&Block::Heading(Level::List, None, vec![text("Not known")]))?;
        sink(&Block::Items(gaps))?;
    }
    sink(&notes.take(index))
}

/// The statements of a story, those first that are told most and most differently.
pub(crate) fn told<'a>(index: &Index<'a>, story: Id) -> Vec<Told<'a>> {
    let mut told: Vec<Told> = index.statements_of(story).iter().map(|s| Told::new(index, s)).collect();
    told.sort_by_key(|told| (std::cmp::Reverse(told.weight()), told.statement.id));
    told
}

/// The headline of its earliest original article, or that it is not known.
pub(crate) fn title(story: &Story) -> std::borrow::Cow<'_, str> {
    match story.title.trim() {
        "" => "headline not known".into(),
        title => printed(title),
    }
}

/// "2025-09-09 to 2025-09-11 · 7 articles, 6 independent texts".
pub(crate) fn size(index: &Index, story: &Story) -> String {
    let mut days: Vec<_> =
        story.articles.iter().filter_map(|&id| index.published(id)).map(|p| p.date).collect();
    days.sort_unstable();
    let days = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "days not known".to_owned(),
    };
    let articles = count(story.articles.len(), "article");
    let texts = count(index.independent(story.articles.iter().copied()), "independent text");
    format!("{days} · {articles}, {texts}")
}

/// The same, with its id.
pub(crate) fn about<'a>(index: &Index<'a>, story: &Story) -> Line<'a> {
    vec![text(size(index, story)), Inline::Faint(" · id ".into()), Inline::Code(story.id.to_string().into())]
}

/// Where the outlets' own words differ, or rival parties tell one happening.
fn outside<'a>(index: &Index<'a>, story: &Story, notes: &mut Notes, sink: &mut Sink) -> io::Result<()> {
    let stars = stars(index, None, index.differences_outside(story.id));
    if stars.is_empty() {
        return Ok(());
    }
    let title = "Where the articles differ outside of statements";
    sink(&Block::Heading(Level::List, None, vec![text(title)]))?;
    sink(&Block::Differences(stars.iter().map(|star| star.line(index, notes)).collect()))
}

fn figures<'a>(index: &Index<'a>, story: &Story, notes: &mut Notes, sink: &mut Sink) -> io::Result<()> {
    let plots: Vec<_> =
        index.figures_of(story.id).iter().filter_map(|series| plot(index, series, notes)).collect();
    if plots.is_empty() {
        return Ok(());
    }
    sink(&Block::Heading(Level::List, None, vec![text("Figures")]))?;
    for plot in plots.iter().take(MOST_PLOTS) {
        sink(&Block::Plot(plot.clone()))?;
    }
    if plots.len() > MOST_PLOTS {
        let more = count(plots.len() - MOST_PLOTS, "more series");
        sink(&Block::About(vec![Inline::Faint(format!("and {more}").into())]))?;
    }
    Ok(())
}

fn copies(index: &Index, story: &Story, sink: &mut Sink) -> io::Result<()> {
    let mut groups: Vec<&CopyGroup> = story.articles.iter().filter_map(|&id| index.copies_of(id)).collect();
    groups.sort_by_key(|group| group.id);
    groups.dedup_by_key(|group| group.id);
    if groups.is_empty() {
        return Ok(());
    }
    let line = |group: &CopyGroup| {
        let members = group.members.iter().filter(|&&member| member != group.origin);
        let mut line = joined(members.map(|&member| vec![text(index.outlet(member))]), ", ");
        line.push(text(format!(
            " — one text with {}, likely printed first there ",
            index.outlet(group.origin)
        )));
        line.push(Inline::Faint(format!("({})", printed(&group.because.note)).into()));
        line
    };
    sink(&Block::Heading(Level::List, None, vec![text("Copies")]))?;
    sink(&Block::Items(groups.into_iter().map(line).collect()))
}

fn articles(index: &Index, story: &Story, sink: &mut Sink) -> io::Result<()> {
    let mut ids = story.articles.clone();
    ids.sort_by_key(|&id| by_time(index, id));
    let title = vec![text(count(ids.len(), "article")), text(" of this story")];
    let mut lines: Vec<Line> = ids.iter().take(MOST_ARTICLES).map(|&id| citation(index, id)).collect();
    lines.extend(and_more(ids.len(), MOST_ARTICLES, "article"));
    sink(&Block::Folded(title, lines))
}
