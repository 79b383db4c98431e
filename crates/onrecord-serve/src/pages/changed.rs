//! Pages that changed after they came out, and what changed in each.

use anyhow::Result;
use onrecord_model::{ChangedPage, Id, Revision};
use onrecord_render::{
    brief::{
        Index, changes,
        show::{Anchor, Block, Inline, Level, Line, count, text},
    },
    masked,
};
use onrecord_store::{Layers, List, Wanted, Way};

use super::{Address, Answer, Frame, lists, statement};
use crate::desk::{Desk, Take};

/// Pages on a page of the list.
pub(crate) const EACH: usize = 60;
/// Versions of one page that are compared.
pub(crate) const MOST_VERSIONS: usize = 40;

pub(crate) fn pages(desk: &Desk, n: usize) -> Result<Answer> {
    let Some(listed) = lists::stretch(desk, List::Pages, n, EACH)? else {
        return Ok(Answer::NotFound(lists::BEYOND));
    };
    let mut frame = Frame::new(&desk.links, "Pages that changed");
    frame.block(&Block::Heading(Level::Title, None, vec![text("Pages that changed")]))?;
    let about = format!(
        "{} of which the record holds versions that tell otherwise, those first in which most changed",
        count(listed.total, "page")
    );
    frame.block(&Block::About(vec![text(about)]))?;
    frame.block(&Block::Items(lines(desk, &listed.ids)?))?;
    let links = desk.links;
    frame.pager(n, lists::pages(listed.total, EACH), |n| links.path(&Address::Changes(n).path()))?;
    Ok(Answer::Page(frame.finish()))
}

/// "coast.example/ferry 3 versions · 2 × quotation, 1 × figure".
pub(crate) fn lines<'a>(desk: &Desk, ids: &[Id]) -> Result<Vec<Line<'a>>> {
    let found = desk.store.part(&Wanted { pages: ids.to_vec(), ..Wanted::default() })?.pages;
    let pages = ids.iter().filter_map(|&id| found.iter().find(|page| page.id == id));
    Ok(pages.map(|page| line(desk, page)).collect())
}

fn line<'a>(desk: &Desk, page: &ChangedPage) -> Line<'a> {
    let size = format!(" {} · {}", count(page.versions.len(), "version"), changes::touched(&page.edits));
    vec![
        Inline::Link(Anchor::Changed(page.id), desk.title(&masked(&page.address)).into()),
        Inline::Faint(size.into()),
    ]
}

pub(crate) fn page(desk: &Desk, id: Id) -> Result<Answer> {
    let Some(page) = desk.changed_page(id)? else {
        let of = desk.store.along(Way::ArticleToPage, id)?;
        return Ok(match of.first() {
            Some(&of) => Answer::Moved(Address::Changed(of)),
            None => Answer::NotFound("No page that changed has this id or this version."),
        });
    };
    let shown = page.versions.iter().copied().take(MOST_VERSIONS).collect();
    let take = Take { layers: Layers::All, articles: shown, ..Take::default() };
    let loaded = desk.take(&take)?;
    let index = Index::new(&loaded);
    let address = desk.title(&masked(&page.address));
    let mut frame = Frame::new(&desk.links, format!("What changed in {address}"));
    frame.html("<p class=\"kicker\">What changed</p>\n")?;
    frame.block(&Block::Heading(Level::Title, None, vec![text(address)]))?;
    let about = format!("{} · {}", count(page.versions.len(), "version"), changes::touched(&page.edits));
    frame.block(&Block::About(vec![text(about)]))?;
    let marks = "Words that are struck out stand in the earlier version alone, underlined words in the later one alone.";
    frame.block(&Block::About(vec![text(marks)]))?;
    for (n, revision) in (1..).zip(&loaded.revisions()) {
        told(&mut frame, &index, (n, revision))?;
    }
    statement::more(&mut frame, page.versions.len(), MOST_VERSIONS, "version")?;
    Ok(Answer::Page(frame.finish()))
}

/// One version after the other, each passage with its words struck out and put in.
fn told(frame: &mut Frame, index: &Index, (n, revision): (usize, &Revision)) -> Result<()> {
    frame.heading(format!("Change {n}"))?;
    for line in changes::versions(index, revision) {
        frame.block(&Block::About(line))?;
    }
    let loud = changes::passages(index, revision, false);
    if loud.is_empty() {
        frame.block(&Block::About(vec![text("Nothing that a reader would hear.")]))?;
    } else {
        frame.block(&Block::Items(loud))?;
    }
    let quiet = changes::passages(index, revision, true);
    if quiet.is_empty() {
        return Ok(());
    }
    let lead = format!("{} printed otherwise, with the same words", count(quiet.len(), "passage"));
    frame.block(&Block::FoldedShut(vec![text(lead)], quiet))
}
