//! Who and what an article names.

/// The sorts of things that names stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A body that can act or speak: ministry, company, agency, party, group.
    Organisation,
    /// A state or its government.
    State,
    /// Any other place: city, region, river.
    Place,
    /// A text that can be quoted: law, treaty, statement, report.
    Document,
    /// A named happening: exercise, summit, election.
    Event,
}

impl EntityKind {
    /// Every kind, in the order of their names' meaning above.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Organisation, Self::State, Self::Place, Self::Document, Self::Event];

    /// The name used in the record and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::State => "state",
            Self::Place => "place",
            Self::Document => "document",
            Self::Event => "event",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One thing that an article names, with every name it uses for it. "Local" because it is resolved
/// within one article; the record joins local entities into one [`Entity`](crate::Entity).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalEntity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name the article prints, without titles: "Ana Brandt".
    pub name: String,
    /// The role the article gives, as printed: "Russian Defense Minister". A speaker in a public role has one.
    pub role: Option<String>,
    /// Every other way the article names it, in order of first use: "Brandt", "the head of the Ministry of Transport".
    pub variants: Vec<String>,
}
