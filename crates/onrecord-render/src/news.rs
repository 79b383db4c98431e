//! What came into a record that was not there before.

use std::{borrow::Cow, collections::BTreeSet};

use onrecord_model::{Because, Id, Published, Span};

/// What kind of thing is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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
    pub fn name(self) -> &'static str {
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
pub struct News<'a> {
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it is: the statement, the answering statement, the series of figures, the revision.
    pub id: Id,
    /// In one line, contact data masked.
    pub title: String,
    /// The words that show it, by article.
    pub evidence: Vec<(Id, Span)>,
    /// When the newest of these articles was published.
    pub published: Option<Published>,
    /// Who speaks, by the names that the record knows.
    pub speakers: BTreeSet<Cow<'a, str>>,
    /// Why it is new.
    pub because: Because,
    /// The watches that ask for it, by name.
    pub watches: Vec<String>,
}
