//! Somebody in a public role, a body, a state or a place: what they said, by time.

use std::collections::BTreeSet;

use anyhow::Result;
use onrecord_model::{Id, Statement};
use onrecord_render::brief::{
    Index,
    show::{Anchor, Block, Inline, Level, Line, count, gist, printed, text},
};
use onrecord_store::{List, Page};

use super::{Address, Answer, Frame, Query, correct, lists};
use crate::desk::{Desk, Take};

/// Statements on a page.
const STATEMENTS: usize = 60;
/// Names and roles that are shown.
const MOST_NAMES: usize = 12;

pub(crate) fn page(desk: &Desk, id: Id, query: &Query) -> Result<Answer> {
    let n = match query.get("page").map(|n| n.parse::<usize>()) {
        None => 1,
        Some(Ok(n)) if n > 0 => n,
        Some(_) => return Ok(Answer::Bad("`page` is a number from 1".to_owned())),
    };
    let Some(entity) = desk.store.entity(id)?.filter(|entity| desk.has_page(entity)) else {
        return Ok(Answer::NotFound(
            "Nobody of the record has a page under this id. People have one only in a public role.",
        ));
    };
    let most = desk.at_most(STATEMENTS);
    let offset = (n - 1).saturating_mul(most);
    let said = desk.store.list(List::OfSpeaker(id), Page { offset, limit: most })?;
    if n > lists::pages(said.total, STATEMENTS) {
        return Ok(Answer::NotFound(lists::BEYOND));
    }
    let loaded = desk.take(&Take { accounts: 1, ..Take::lines(said.ids.clone()) }.alone())?;
    let index = Index::new(&loaded);
    let name = desk.title(&entity.name);
    let mut frame = Frame::new(&desk.links, name.clone());
    frame.html("<p class=\"kicker\">Speaker</p>\n")?;
    frame.block(&Block::Heading(Level::Title, None, vec![text(name)]))?;
    for (what, names) in [("In the roles", &entity.roles), ("Also called", &entity.variants)] {
        if !names.is_empty() {
            let mut seen = BTreeSet::new();
            let mut names: Vec<String> = names.iter().map(|name| desk.title(name)).collect();
            names.retain(|name| seen.insert(name.to_lowercase()));
            names.truncate(MOST_NAMES);
            frame.block(&Block::About(vec![text(format!("{what}: {}", names.join("; ")))]))?;
        }
    }
    frame.heading(format!("{} in this record, the newest first", count(said.total, "statement")))?;
    let days = desk.store.days(&said.ids)?;
    let day = |id: Id| days.get(&id).cloned().unwrap_or_else(|| "day not known".to_owned());
    let statements = said.ids.iter().filter_map(|&id| index.statement(id));
    frame.timeline(statements.map(|statement| (day(statement.id), said_line(&index, statement))))?;
    let path = frame.to(Address::Speaker(id));
    if desk.links.is_served() {
        frame.pager(n, lists::pages(said.total, STATEMENTS), |n| format!("{path}?page={n}"))?;
    }
    correct::of_speaker(&mut frame, desk, &entity, query)?;
    Ok(Answer::Page(frame.finish()))
}

/// "“No boat left” · 2 accounts · as minister".
fn said_line<'a>(index: &Index<'a>, statement: &'a Statement) -> Line<'a> {
    let mut line: Line = gist(index, statement);
    let told = count(statement.accounts.len(), "account");
    line.extend([Inline::Faint(" · ".into()), Inline::Link(Anchor::Statement(statement.id), told.into())]);
    if let Some(role) = statement.role.as_deref().filter(|role| !role.is_empty()) {
        line.push(Inline::Faint(format!(" · as {}", printed(role)).into()));
    }
    line
}
