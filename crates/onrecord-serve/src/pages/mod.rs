//! The pages: one file each. A page is made of the blocks of the brief, set in a frame.

mod api;
mod article;
pub(crate) mod changed;
mod compare;
mod correct;
mod figure;
mod frame;
pub(crate) mod lists;
mod overview;
mod review;
mod search;
mod speaker;
mod statement;
mod story;
mod theme;

use std::collections::BTreeMap;

use anyhow::Result;
use onrecord_model::Id;

pub(crate) use compare::compared;
pub(crate) use frame::{Frame, error_page, token_page};
pub(crate) use review::{LOGGED, not_corrected};
pub(crate) use search::{Asked, MOST_CHARS};

use crate::desk::Desk;

/// What a reader asks for behind the question mark.
pub(crate) type Query = BTreeMap<String, String>;

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    /// The record at a glance.
    Overview,
    /// Looking for something.
    Search,
    /// Stories, so many pages in, counted from 1.
    Stories(usize),
    /// Statements, so many pages in.
    Statements(usize),
    /// One story.
    Story(Id),
    /// One statement.
    Statement(Id),
    /// One thing counted.
    Figure(Id),
    /// Somebody in a public role, a body, a state or a place.
    Speaker(Id),
    /// One article.
    Article(Id),
    /// What programs can ask for.
    Api,
    /// A proposition that comes back.
    Theme(Id),
    /// Pages that changed, so many pages in.
    Changes(usize),
    /// What changed in a page.
    Changed(Id),
    /// A draft beside the record; only where a server answers.
    Compare,
    /// What was corrected; only where it can be.
    Review,
}

impl Address {
    /// Reads the path of an address; `None` where no page can be.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let (kind, key) = match path.trim_start_matches('/').split_once('/') {
            Some((kind, key)) => (kind, Some(key)),
            None => (path.trim_start_matches('/'), None),
        };
        let number = || key.and_then(|key| key.parse::<usize>().ok()).filter(|&n| (1..1 << 32).contains(&n));
        let id = || key.and_then(Id::parse);
        match kind {
            "" => Some(Self::Overview),
            "api" if key.is_none() => Some(Self::Api),
            "compare" if key.is_none() => Some(Self::Compare),
            "review" if key.is_none() => Some(Self::Review),
            "search" if key.is_none() => Some(Self::Search),
            "stories" => number().map(Self::Stories),
            "statements" => number().map(Self::Statements),
            "story" => id().map(Self::Story),
            "statement" => id().map(Self::Statement),
            "figure" => id().map(Self::Figure),
            "speaker" => id().map(Self::Speaker),
            "article" => id().map(Self::Article),
            "theme" => id().map(Self::Theme),
            "changes" => number().map(Self::Changes),
            "changed" => id().map(Self::Changed),
            _ => None,
        }
    }

    /// The path, without the first slash.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Overview => String::new(),
            Self::Search => "search".to_owned(),
            Self::Compare => "compare".to_owned(),
            Self::Review => "review".to_owned(),
            Self::Api => "api".to_owned(),
            Self::Stories(n) => format!("stories/{n}"),
            Self::Statements(n) => format!("statements/{n}"),
            Self::Story(id) => format!("story/{id}"),
            Self::Statement(id) => format!("statement/{id}"),
            Self::Figure(id) => format!("figure/{id}"),
            Self::Speaker(id) => format!("speaker/{id}"),
            Self::Article(id) => format!("article/{id}"),
            Self::Theme(id) => format!("theme/{id}"),
            Self::Changes(n) => format!("changes/{n}"),
            Self::Changed(id) => format!("changed/{id}"),
        }
    }
}

/// What comes of asking for a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The page.
    Page(String),
    /// It stands at another address: the id of a member leads to what it belongs to.
    Moved(Address),
    /// There is none, and what to say.
    NotFound(&'static str),
    /// The question cannot be read, and what is wrong with it.
    Bad(String),
}

/// Makes a page.
pub(crate) fn page(desk: &Desk, address: Address, query: &Query) -> Result<Answer> {
    match address {
        Address::Overview => overview::page(desk),
        Address::Search => search::page(desk, query),
        Address::Api => api::page(desk),
        Address::Review => review::page(desk, query),
        Address::Compare => compare::page(desk),
        Address::Stories(n) => lists::stories(desk, n),
        Address::Statements(n) => lists::statements(desk, n),
        Address::Story(id) => story::page(desk, id),
        Address::Statement(id) => statement::page(desk, id),
        Address::Figure(id) => figure::page(desk, id),
        Address::Speaker(id) => speaker::page(desk, id, query),
        Address::Article(id) => article::page(desk, id, query),
        Address::Theme(id) => theme::page(desk, id),
        Address::Changes(n) => changed::pages(desk, n),
        Address::Changed(id) => changed::page(desk, id),
    }
}
