//! What articles brought into a record that was not there before: new statements, new figures, first answers,
//! pages that changed; all of it, or what a saved watch asks for.

mod atom;
mod find;
mod watch;

use std::{borrow::Cow, collections::BTreeSet};

use onrecord_model::{Because, Id, Published, Span};

pub(crate) use atom::{kept_entries, write_feed};
pub(crate) use find::find;
pub(crate) use watch::{Watch, read_watches};

/// What kind of thing is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A page says something else than it did.
    Page,
    /// Something was said that the record did not hold.
    Statement,
    /// Somebody answers a statement that nobody had answered.
    Reply,
    /// A value that nobody had given.
    Figure,
}

impl Kind {
    /// The name used on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Statement => "statement",
            Self::Reply => "reply",
            Self::Figure => "figure",
        }
    }
}

/// One thing that is new.
#[derive(Debug, Clone)]
pub(crate) struct News<'a> {
    pub(crate) kind: Kind,
    /// What it is: the statement, the answering statement, the series of figures, the revision.
    pub(crate) id: Id,
    /// In one line, contact data masked.
    pub(crate) title: String,
    /// The words that show it, by article.
    pub(crate) evidence: Vec<(Id, Span)>,
    /// When the newest of these articles was published.
    pub(crate) published: Option<Published>,
    /// Who speaks, by the names that the record knows.
    pub(crate) speakers: BTreeSet<Cow<'a, str>>,
    /// Why it is new.
    pub(crate) because: Because,
    /// The watches that ask for it, by name.
    pub(crate) watches: Vec<String>,
}

/// Leaves what some watch asks for, and says which; all of it where there is no watch.
pub(crate) fn watched<'a>(
    news: Vec<News<'a>>,
    watches: &[Watch],
    loaded: &crate::loaded::Loaded,
) -> Vec<News<'a>> {
    if watches.is_empty() {
        return news;
    }
    let names = |item: &News| -> Vec<String> {
        watches.iter().filter(|watch| watch.asks_for(item, loaded)).map(|watch| watch.name.clone()).collect()
    };
    let asked = news.into_iter().map(|item| News { watches: names(&item), ..item });
    asked.filter(|item| !item.watches.is_empty()).collect()
}
