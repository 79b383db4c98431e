//! The pages as files beside each other, for any web server or none.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_model::Id;
use onrecord_render::{Hidden, brief::show::Links};
use onrecord_store::{List, Page, Store};

use crate::{
    answer::{ICON, depth, style},
    desk::{Desk, Glance},
    pages::{self, Address, Answer, Query, changed, lists},
};

/// Everything in a list.
const ALL: Page = Page { offset: 0, limit: usize::MAX };

/// Writes every page of a record into a folder, which is made where it is not there; files of the same names are
/// replaced. Returns how many pages there are; the first is `index.html`.
pub fn write_site(store: &Store, folder: &Path) -> Result<usize> {
    let hidden = if store.hiding()?.is_empty() { None } else { Some(Hidden::of_record(store)?) };
    let glance = Glance::default();
    let first = Desk { store, glance: &glance, hidden: hidden.as_ref(), links: Links::files(0), edit: None };
    let addresses = addresses(&first)?;
    put(folder, "style.css", style().as_bytes())?;
    put(folder, "icon.svg", ICON.as_bytes())?;
    let mut written = 0;
    for address in addresses {
        let desk = Desk { links: Links::files(depth(address)), ..first };
        if let Answer::Page(html) = pages::page(&desk, address, &Query::new())? {
            let name = match address.path() {
                path if path.is_empty() => "index.html".to_owned(),
                path => format!("{path}.html"),
            };
            put(folder, &name, html.as_bytes())?;
            written += 1;
        }
    }
    Ok(written)
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(&path, bytes)).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Every page that another leads to.
fn addresses(desk: &Desk) -> Result<Vec<Address>> {
    let mut out = vec![Address::Overview];
    let all = |list: List| -> Result<Vec<Id>> { Ok(desk.store.list(list, ALL)?.ids) };
    let (stories, statements) = (all(List::Stories)?, all(List::Statements)?);
    out.extend((1..=lists::pages(stories.len(), lists::STORIES)).map(Address::Stories));
    out.extend((1..=lists::pages(statements.len(), lists::STATEMENTS)).map(Address::Statements));
    out.extend(stories.into_iter().map(Address::Story));
    out.extend(statements.into_iter().map(Address::Statement));
    out.extend(all(List::Figures)?.into_iter().map(Address::Figure));
    out.extend(all(List::Themes)?.into_iter().map(Address::Theme));
    let changed = all(List::Pages)?;
    // Nothing leads to a list of none.
    out.extend((1..=changed.len().div_ceil(changed::EACH)).map(Address::Changes));
    out.extend(changed.into_iter().map(Address::Changed));
    out.extend(all(List::Articles)?.into_iter().map(Address::Article));
    for entity in all(List::Entities)? {
        // Nothing leads to who says nothing.
        let speaks = desk.store.list(List::OfSpeaker(entity), Page { offset: 0, limit: 1 })?.total > 0;
        out.extend(speaks.then_some(Address::Speaker(entity)));
    }
    Ok(out)
}
