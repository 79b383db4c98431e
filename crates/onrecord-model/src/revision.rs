//! What an outlet changed in a page after it came out.

use std::collections::BTreeMap;

use crate::{Because, Id, Span};

/// What an edit touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditKind {
    /// Words in quotation marks, or the marks themselves.
    Quotation,
    /// A number, its bound or its unit.
    Figure,
    /// The name of somebody or something.
    Name,
    /// A day or a stretch of time.
    Date,
    /// The headline.
    Headline,
    /// A passage that only one of the versions has.
    Passage,
    /// Other words.
    Wording,
    /// Nothing but the order of the passages.
    Order,
    /// Nothing that a reader would hear: punctuation, capitals, hyphens, a slip of spelling.
    Cosmetic,
}

impl EditKind {
    /// Every kind, the one that changes the content most first.
    pub const ALL: [Self; 9] = [
        Self::Quotation,
        Self::Figure,
        Self::Name,
        Self::Date,
        Self::Headline,
        Self::Passage,
        Self::Wording,
        Self::Order,
        Self::Cosmetic,
    ];

    /// The name used on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::Figure => "figure",
            Self::Name => "name",
            Self::Date => "date",
            Self::Headline => "headline",
            Self::Passage => "passage",
            Self::Wording => "wording",
            Self::Order => "order",
            Self::Cosmetic => "cosmetic",
        }
    }

    /// Reads a name back.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it leaves everything that the page tells.
    pub fn is_cosmetic(self) -> bool {
        matches!(self, Self::Order | Self::Cosmetic)
    }
}

/// Words in the place of others. An empty span stands where words were left out or put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// In the earlier version.
    pub before: Span,
    /// In the later version.
    pub after: Span,
}

/// One passage that two versions of a page do not print alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What it touches, the gravest first; never empty.
    pub kinds: Vec<EditKind>,
    /// The passage in the earlier version; `None` where only the later one has it.
    pub before: Option<Span>,
    /// The passage in the later version; `None` where only the earlier one has it.
    pub after: Option<Span>,
    /// The words that changed, in reading order; none where a whole passage is gone, new or moved.
    pub replaced: Vec<Replaced>,
    /// The rule and its reason.
    pub because: Because,
}

impl Edit {
    /// Whether it leaves everything that the page tells.
    pub fn is_cosmetic(&self) -> bool {
        self.kinds.iter().all(|kind| kind.is_cosmetic())
    }
}

/// What changed between two versions of one page. At least one of them differs from the other in something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Hash of both articles.
    pub id: Id,
    /// The page's address as the later version gives it.
    pub address: String,
    /// The earlier version.
    pub earlier: Id,
    /// The later version.
    pub later: Id,
    /// What changed, in the order of the text; never empty.
    pub edits: Vec<Edit>,
    /// How it is known which version came first.
    pub because: Because,
}

/// A page of which the record holds versions that tell otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPage {
    /// Hash of what the address is known by, however it is written.
    pub id: Id,
    /// Its address as the last version gives it.
    pub address: String,
    /// The articles that are its versions, each after one that it goes on from.
    pub versions: Vec<Id>,
    /// How many edits touch what; an edit counts under everything that it touches.
    pub edits: BTreeMap<EditKind, u32>,
}
