//! A proposition that comes back in several stories: who told it first, who took it up, who answers.

use std::collections::BTreeSet;

use anyhow::Result;
use onrecord_model::{Id, Statement, Theme};
use onrecord_render::brief::{
    Index,
    show::{Anchor, Block, Inline, Level, Line, count, gist, printed, speaker_name, text},
};
use onrecord_store::{StoryLine, Wanted, Way};

use super::{Address, Answer, Frame, lists, statement};
use crate::desk::{Desk, Take};

/// Statements that are shown, the earliest first.
const MOST_STATEMENTS: usize = 200;
/// Answers that are shown.
const MOST_REPLIES: usize = 60;

pub(crate) fn page(desk: &Desk, id: Id) -> Result<Answer> {
    let found = desk.store.part(&Wanted { themes: vec![id], ..Wanted::default() })?.themes;
    let Some(theme) = found.into_iter().next() else {
        let of = desk.store.along(Way::StatementToThemes, id)?;
        return Ok(match of.first() {
            Some(&of) => Answer::Moved(Address::Theme(of)),
            None => Answer::NotFound("No theme of the record has this id or holds this statement."),
        });
    };
    let shown: Vec<Id> = theme.statements.iter().copied().take(MOST_STATEMENTS).collect();
    let loaded = desk.take(&Take::lines(shown.clone()))?;
    let index = Index::new(&loaded);
    let statements: Vec<&Statement> = shown.iter().filter_map(|&id| index.statement(id)).collect();
    let stories: BTreeSet<Id> = statements.iter().map(|statement| statement.story).collect();
    let stories = desk.store.story_lines(&stories.into_iter().collect::<Vec<_>>())?;
    let label = desk.title(&theme.label);
    let mut frame = Frame::new(&desk.links, format!("{label}: a theme"));
    frame.html("<p class=\"kicker\">Theme: what statements of several stories have in common</p>\n")?;
    frame.block(&Block::Heading(Level::Title, None, vec![text(label)]))?;
    frame.block(&Block::About(about(&theme, &statements, stories.len())))?;
    frame.block(&Block::About(vec![text(printed(&theme.because.note))]))?;
    by_time(&mut frame, desk, &index, (&statements, &stories))?;
    statement::more(&mut frame, theme.statements.len(), MOST_STATEMENTS, "statement")?;
    frame.heading("Told by whom")?;
    statement::table(&mut frame, &index, &shown)?;
    let replies = loaded.record.replies.iter().take(MOST_REPLIES);
    let answers: Vec<Line> = replies.filter_map(|reply| lists::reply(&index, reply)).collect();
    if !answers.is_empty() {
        frame.heading("Answers")?;
        frame.block(&Block::Items(answers))?;
    }
    Ok(Answer::Page(frame.finish()))
}

/// "5 statements by 3 speakers in 2 stories".
fn about<'a>(theme: &Theme, shown: &[&Statement], stories: usize) -> Line<'a> {
    let speakers: BTreeSet<_> = shown.iter().map(|statement| speaker_name(statement)).collect();
    let size = format!(
        "{} by {} in {}",
        count(theme.statements.len(), "statement"),
        count(speakers.len(), "speaker"),
        count(stories, "story"),
    );
    vec![text(size), Inline::Faint(" · id ".into()), Inline::Code(theme.id.to_string().into())]
}

fn by_time(
    frame: &mut Frame,
    desk: &Desk,
    index: &Index,
    (statements, stories): (&[&Statement], &[StoryLine]),
) -> Result<()> {
    let ids: Vec<Id> = statements.iter().map(|statement| statement.id).collect();
    let days = desk.store.days(&ids)?;
    let entries = statements.iter().map(|&statement| {
        let day = days.get(&statement.id).cloned().unwrap_or_else(|| "day not known".to_owned());
        let mut line: Line = vec![Inline::Link(Anchor::Statement(statement.id), speaker_name(statement))];
        line.push(text(": "));
        line.extend(gist(index, statement));
        let story = stories.iter().find(|story| story.id == statement.story);
        let story = story.map(|story| {
            [
                Inline::Faint(" — in the story ".into()),
                Inline::Link(Anchor::Story(story.id), desk.title(&story.title).into()),
            ]
        });
        line.extend(story.into_iter().flatten());
        (day, line)
    });
    let entries: Vec<(String, Line)> = entries.collect();
    frame.heading("First said, and said again")?;
    frame.timeline(entries)
}
