//! What a page says about its article: headline, outlet, authors, date, language, address.
//!
//! Each is looked for in places of falling trust; the first that gives a plausible answer wins and is
//! named as the rule: `published.json_ld`, `headline.h1`.

mod authors;
mod dates;
mod facts;
mod json_ld;
mod outlet;
mod scripts;
mod title;

use std::borrow::Cow;

use onrecord_model::{Because, Known};

use super::HtmlPage;
use super::tree::Tree;
pub(in crate::extract) use dates::{month, read_date};
use facts::Facts;

/// Fills in all but the blocks, and gives the article's text as structured data holds it.
pub(super) fn read(tree: &Tree, url: Option<&str>, page: &mut HtmlPage) -> Option<String> {
    let facts = Facts::read(tree, url);
    page.url = outlet::address(&facts);
    page.outlet = outlet::outlet(&facts);
    page.language = outlet::language(&facts);
    page.headline = title::headline(&facts);
    page.authors = authors::authors(&facts);
    page.published = dates::published(&facts);
    if facts.json_ld.is_damaged {
        page.problems.push("structured data (JSON-LD) in the page could not be read".to_owned());
    }
    facts.json_ld.body
}

/// A finding by a rule whose name says it all.
fn known<T>(value: T, rule: impl Into<Cow<'static, str>>) -> Known<T> {
    Known { value, because: Because::new(rule, "") }
}
