//! What many articles say together. All lists are sorted by id, so that one input gives one record.

use crate::{
    Annotations, Article, Because, ChangedPage, DateValue, EntityKind, Evidence, Id, Number, QuotationKind,
    Span, Unit,
};

/// An article with everything marked in it: what reconciling reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotatedArticle {
    /// The article.
    pub article: Article,
    /// What is marked in it.
    pub annotations: Annotations,
}

/// The findings over a set of articles. The articles themselves stand beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// People, bodies and places over all articles.
    pub entities: Vec<Entity>,
    /// Articles that are one text.
    pub copies: Vec<CopyGroup>,
    /// Articles about one happening. Every article is in exactly one story.
    pub stories: Vec<Story>,
    /// Acts of saying, with every outlet's account.
    pub statements: Vec<Statement>,
    /// Where two accounts differ.
    pub differences: Vec<Difference>,
    /// Who answers whom.
    pub replies: Vec<Reply>,
    /// One thing counted, with every value given for it.
    pub figures: Vec<FigureSeries>,
    /// Propositions that come back in several stories.
    pub themes: Vec<Theme>,
    /// Pages that changed from one version to another, by id.
    pub pages: Vec<ChangedPage>,
}

/// One person, body, state or place, by all its names in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Hash of kind and name.
    pub id: Id,
    /// What it is.
    pub kind: EntityKind,
    /// The name most used in full.
    pub name: String,
    /// Every other name, spelling, title and description, sorted.
    pub variants: Vec<String>,
    /// Public roles as printed, sorted. A person without one has no page of their own.
    pub roles: Vec<String>,
    /// The local entities it was joined from: article and index into its `entities`.
    pub members: Vec<(Id, u32)>,
}

/// Articles that are one text, verbatim, cut or lightly edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyGroup {
    /// Hash of the origin.
    pub id: Id,
    /// The likely first printing.
    pub origin: Id,
    /// All members, the origin among them, sorted.
    pub members: Vec<Id>,
    /// The rule that joined them and the rule that chose the origin.
    pub because: Because,
}

/// Articles about one happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Hash of the first member.
    pub id: Id,
    /// The headline of its earliest original article.
    pub title: String,
    /// Sorted.
    pub articles: Vec<Id>,
    /// What joined them.
    pub because: Because,
}

/// One act of saying: one speaker, one occasion, one proposition or run of propositions told together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Hash of the first account.
    pub id: Id,
    /// The story it belongs to.
    pub story: Id,
    /// The speaker's entity, where resolved.
    pub speaker: Option<Id>,
    /// The speaker's name as the record calls it; `None` for unknown.
    pub speaker_name: Option<String>,
    /// The role as the fullest account prints it.
    pub role: Option<String>,
    /// The day it was said, with what shows it.
    pub said_on: Option<(DateValue, Vec<Evidence>)>,
    /// Where it was said, with what shows it.
    pub place: Option<(String, Vec<Evidence>)>,
    /// Every outlet's telling, the reference first, then by article.
    pub accounts: Vec<Account>,
    /// The accounts side by side: each row holds what each account (same order) says of one proposition.
    pub rows: Vec<Vec<Option<Span>>>,
    /// What joined the accounts.
    pub because: Because,
}

/// One outlet's telling of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Hash of article and parts.
    pub id: Id,
    /// The article.
    pub article: Id,
    /// The words, in reading order; never empty.
    pub parts: Vec<AccountPart>,
    /// Who is said to speak, as printed.
    pub source: Option<Span>,
    /// The reporting words.
    pub cue: Option<Span>,
    /// The quotations it was made from: indices into the article's `quotations`.
    pub quotations: Vec<u32>,
    /// Whether this is the words themselves: a transcript or a published text.
    pub primary: bool,
}

/// One stretch of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountPart {
    /// Where the words stand.
    pub span: Span,
    /// How they are marked.
    pub kind: QuotationKind,
}

/// What two accounts differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// Another number, bound or unit for the same thing counted.
    Figure,
    /// Another day for the same happening.
    Date,
    /// Credited to another person or body.
    Speaker,
    /// A quotation cut so that a condition or a negation is lost.
    Truncation,
    /// Same number, other thing, place or time counted.
    Scope,
    /// Other words that change or shift the meaning.
    Wording,
    /// A doubt kept by one and dropped by the other, or a cue that judges.
    Hedge,
    /// Words in quotation marks that no other account has.
    Addition,
    /// Content that one account leaves out while it tells the rest.
    Omission,
    /// Another place for the same happening.
    Place,
    /// Other words for one original, without change of substance.
    Translation,
}

impl DifferenceKind {
    /// Every kind, the one that changes the content most first.
    pub const ALL: [Self; 11] = [
        Self::Figure,
        Self::Date,
        Self::Speaker,
        Self::Truncation,
        Self::Scope,
        Self::Wording,
        Self::Hedge,
        Self::Addition,
        Self::Omission,
        Self::Place,
        Self::Translation,
    ];

    /// The name used in the record and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Speaker => "speaker",
            Self::Truncation => "truncation",
            Self::Scope => "scope",
            Self::Wording => "wording",
            Self::Hedge => "hedge",
            Self::Addition => "addition",
            Self::Omission => "omission",
            Self::Place => "place",
            Self::Translation => "translation",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Two accounts of one statement.
    Statement,
    /// Two values for one thing counted.
    Figure,
    /// Two days for one happening.
    Date,
    /// Two tellings of one happening by the outlets or by rival parties.
    Event,
}

impl Subject {
    /// The name used in the record and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Event => "event",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Statement, Self::Figure, Self::Date, Self::Event].into_iter().find(|s| s.name() == name)
    }
}

/// One side of a difference: the words, or `None` where this side leaves them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Side {
    /// The article.
    pub article: Id,
    /// Where the words stand.
    pub span: Option<Span>,
}

/// One difference between two tellings. It says what differs, never who is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Hash of kind and sides.
    pub id: Id,
    /// The statement both sides tell, if it is one.
    pub statement: Option<Id>,
    /// What it is about.
    pub subject: Subject,
    /// What differs.
    pub kind: DifferenceKind,
    /// The two tellings; at least one side shows words.
    pub between: [Side; 2],
    /// The rule and its reason.
    pub because: Because,
}

/// How a reply stands to what it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Denies or opposes it.
    Rejects,
    /// Agrees with it.
    Confirms,
    /// Agrees in part, or under conditions.
    Qualifies,
    /// Responds without taking a side that can be read off the words.
    Answers,
}

impl Stance {
    /// The name used in the record and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rejects => "rejects",
            Self::Confirms => "confirms",
            Self::Qualifies => "qualifies",
            Self::Answers => "answers",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Rejects, Self::Confirms, Self::Qualifies, Self::Answers].into_iter().find(|s| s.name() == name)
    }
}

/// One statement answers another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The answering statement.
    pub from: Id,
    /// The statement that is answered.
    pub to: Id,
    /// How it answers.
    pub stance: Stance,
    /// The rule and its reason.
    pub because: Because,
}

/// Every value given for one thing counted in one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureSeries {
    /// Hash of the first member.
    pub id: Id,
    /// The story.
    pub story: Id,
    /// What is counted, as the fullest figure prints it.
    pub counted: String,
    /// The unit that most figures use; `None` for a plain count.
    pub unit: Option<Unit>,
    /// The figures: article and index into its `figures`; by date, then article.
    pub members: Vec<(Id, u32)>,
    /// The lowest and the highest value, in `unit`.
    pub spread: (Number, Number),
    /// What joined them.
    pub because: Because,
}

/// A proposition that comes back in several stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Hash of the first statement.
    pub id: Id,
    /// The words that the statements share.
    pub label: String,
    /// The statements, earliest first.
    pub statements: Vec<Id>,
    /// What joined them.
    pub because: Because,
}
