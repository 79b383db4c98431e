//! The log of all that was corrected, with a way to take each back.

use std::collections::BTreeSet;

use anyhow::Result;
use onrecord_model::{Change, Correction, Place};
use onrecord_reconcile::Standing;
use onrecord_render::{
    Loaded,
    brief::{
        Index,
        show::{Block, Level, Links, escaped, points, printed, text},
        told_in_words,
    },
};

use super::{Address, Answer, Frame, Query, correct, error_page, lists};
use crate::{desk::Desk, log};

/// Corrections on a page of the log.
pub(crate) const LOGGED: usize = 50;
/// Places that a correction leads to.
const MOST_LEADS: usize = 6;

const ABOUT: &str = "What people said about the record, the newest first. A correction stands apart from the evidence, is made again whenever the record is, \
     and can be taken back; it then stays listed.";

/// They work where scripts run; without, the same is reached with Tab.
const KEYS: &str = "<details class=\"keys\"><summary>Keys</summary>\n\
     <dl><dt><kbd>j</kbd></dt><dd>the next correction</dd><dt><kbd>k</kbd></dt><dd>the one before</dd>\
     <dt><kbd>u</kbd></dt><dd>take the chosen one back: opens its form</dd><dt><kbd>?</kbd></dt><dd>show or hide this list</dd></dl>\n\
     <p>They are for scripts and do nothing while you write in a field. Without scripts, Tab leads from one to the next.</p>\n\
     <p><label class=\"pick\" hidden><input type=\"checkbox\" data-keys checked> <span>Use these keys</span></label></p></details>\n";

pub(crate) fn page(desk: &Desk, query: &Query) -> Result<Answer> {
    let Some(key) = desk.edit else {
        return Ok(Answer::NotFound("Corrections are made here where the server was begun with --edit."));
    };
    let mut corrections = desk.store.corrections()?;
    let pages = lists::pages(corrections.len(), LOGGED);
    let n = match query.get("page").map(|n| n.parse::<usize>()) {
        None => 1,
        Some(Ok(n)) if n > 0 => n,
        Some(_) => return Ok(Answer::Bad("`page` is a number from 1".to_owned())),
    };
    if n > pages {
        return Ok(Answer::NotFound(lists::BEYOND));
    }
    corrections.reverse();
    let shown: Vec<Correction> = corrections.into_iter().skip((n - 1) * LOGGED).take(LOGGED).collect();
    let loaded = log::loaded(desk, shown)?;
    let mut frame = Frame::new(&desk.links, "Review");
    frame.block(&Block::Heading(Level::Title, None, vec![text("Review")]))?;
    frame.block(&Block::About(vec![text(ABOUT)]))?;
    if loaded.corrections.is_empty() {
        frame.block(&Block::About(vec![text("Nobody has corrected this record.")]))?;
        return Ok(Answer::Page(frame.finish()));
    }
    frame.html(KEYS)?;
    frame.html("<ol class=\"log\">\n")?;
    for (correction, &standing) in loaded.corrections.iter().zip(&loaded.standings) {
        entry(&mut frame, key, &loaded, (correction, standing))?;
    }
    frame.html("</ol>\n")?;
    let path = frame.to(Address::Review);
    frame.pager(n, pages, |n| format!("{path}?page={n}"))?;
    Ok(Answer::Page(frame.finish()))
}

fn entry(
    frame: &mut Frame,
    key: &str,
    loaded: &Loaded,
    (correction, standing): (&Correction, Standing),
) -> Result<()> {
    let signed = &correction.signed;
    let said = |words: &str| escaped(&printed(words));
    frame.html(&format!(
        "<li id=\"c-{}\" tabindex=\"-1\"><p>{}</p>\n<p class=\"faint\">{}, {}: {}</p>\n",
        correction.id,
        escaped(&told_in_words(correction, standing)),
        said(&signed.by),
        clock(&signed.at),
        said(&signed.why)
    ))?;
    where_printed(frame, loaded, correction)?;
    match &correction.undone {
        Some(undone) => frame.html(&format!(
            "<p class=\"faint\">taken back by {}, {}: {}</p>\n",
            said(&undone.by),
            clock(&undone.at),
            said(&undone.why)
        ))?,
        None => correct::undo(frame, key, correction.id)?,
    }
    frame.html("</li>\n")
}

/// Leads to the words that a correction is about; not to those that name somebody who is to be found nowhere.
fn where_printed(frame: &mut Frame, loaded: &Loaded, correction: &Correction) -> Result<()> {
    if matches!(correction.change, Change::Hide { .. }) {
        return Ok(());
    }
    let index = Index::new(loaded);
    // One way into each article, however many stretches of it are meant.
    let mut seen = BTreeSet::new();
    let lead = |place: &Place| {
        let found = loaded.articles.values().find_map(|a| Some((&a.article, place.find_in(&a.article)?)));
        let (article, span) = found.filter(|(article, _)| seen.insert(article.id))?;
        let at = frame.links().words(article.id, points(&index, article.id, span)?);
        Some(format!("<a href=\"{}\">{}</a>", escaped(&at), escaped(&index.outlet(article.id))))
    };
    let leads: Vec<String> =
        correction.change.places().into_iter().filter_map(lead).take(MOST_LEADS).collect();
    if leads.is_empty() {
        return Ok(());
    }
    frame.html(&format!("<p class=\"faint\">Printed by {}</p>\n", leads.join(", ")))
}

/// "2025-10-16T09:30:12.345Z" to the minute, for people; whole where it is another form.
fn clock(at: &str) -> String {
    let minute = at.get(..16).filter(|_| at.ends_with('Z') && at.is_ascii());
    let shown = minute.map_or(at.to_owned(), |minute| format!("{} UTC", minute.replace('T', " ")));
    format!("<time datetime=\"{}\">{}</time>", escaped(at), escaped(&shown))
}

/// Says why a correction was not made.
pub(crate) fn not_corrected(message: &str) -> String {
    let links = Links::served_at_root();
    let message = format!("{message}. Nothing was changed: go back, change the form, and send it again.");
    error_page(&links, "The correction was not made", &message)
}
