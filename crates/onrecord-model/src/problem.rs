//! What could not be read or done, kept in the record instead of stopping the run.

use crate::Span;

/// One thing that went wrong with one input. The run goes on; the record lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What sort of trouble it is.
    pub kind: ProblemKind,
    /// Where: the file or record, as [`Origin`](crate::Origin) prints it.
    pub origin: String,
    /// What, where and the next step, for people.
    pub message: String,
    /// Where in the raw text, if the trouble has a place.
    pub span: Option<Span>,
}

/// The sorts of trouble an input can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The bytes could not be read, or are not in the format their name says. No article was made.
    Unread,
    /// There is a page, but no article text in it. No article was made.
    NoArticle,
    /// An article was made, but something in it is damaged: undecodable bytes, a limit reached.
    Damaged,
    /// An article was made, but something that a reader expects is not known: no date, no outlet.
    Unknown,
}

impl ProblemKind {
    /// The name used in the record and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::NoArticle => "no_article",
            Self::Damaged => "damaged",
            Self::Unknown => "unknown",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Unread, Self::NoArticle, Self::Damaged, Self::Unknown].into_iter().find(|k| k.name() == name)
    }

    /// Whether the input gave no article: such a run ends with exit code 3.
    pub fn is_unread(self) -> bool {
        matches!(self, Self::Unread | Self::NoArticle)
    }
}
