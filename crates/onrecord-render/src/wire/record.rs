//! The tables of a record: what many articles say together.

use onrecord_annotate::confidence;
use onrecord_model::{
    Account, AccountPart, CopyGroup, Difference, Entity, FigureSeries, Id, Problem, Reply, Side, Span,
    Statement, Story, Theme,
};
use onrecord_reconcile::{Compared, Policy, Tallies, Told};
use onrecord_store::{Store, StoreError};
use schemars::JsonSchema;
use serde::Serialize;

use super::article::{ConfidenceV1, UNKNOWN, edtf, file};
use super::{BecauseV1, NumberV1, Points, SpanV1};
use crate::loaded::Loaded;
use crate::mask::masked;

/// Which article a row is about: its id, and the names that people know it by.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArticleRefV1 {
    article: String,
    file: Option<String>,
    url: Option<String>,
}

impl ArticleRefV1 {
    /// By the id of an article.
    pub fn new(id: Id, loaded: &Loaded) -> Self {
        let article = loaded.article(id).map(|a| &a.article);
        Self {
            article: id.to_string(),
            file: article.map(file),
            url: article.and_then(|a| a.url.as_ref()).map(|url| url.value.clone()),
        }
    }
}

/// What the rows of a record are made from: the record, and the characters of each article.
pub struct Tables<'a> {
    /// The record and its articles.
    pub loaded: &'a Loaded,
    tallies: Tallies<'a>,
    points: std::collections::BTreeMap<Id, Points<'a>>,
}

impl<'a> Tables<'a> {
    /// Takes the ways back to the pages' bytes from `store`.
    pub fn new(loaded: &'a Loaded, store: &Store) -> Result<Self, StoreError> {
        let mut points = std::collections::BTreeMap::new();
        for (&id, stored) in &loaded.articles {
            points.insert(id, Points::new(&stored.article.text).with_page(store.to_page(id)?));
        }
        Ok(Self { loaded, tallies: Tallies::new(&loaded.record, &loaded.articles), points })
    }

    /// The characters of one article.
    pub fn points(&self, article: Id) -> Option<&Points<'a>> {
        self.points.get(&article)
    }

    /// A span of an article in characters; `None` where the article is not there.
    pub fn span(&self, article: Id, span: Span) -> Option<SpanV1> {
        self.points(article).map(|points| points.span(span))
    }

    fn confidence(&self, account: &Account) -> Option<ConfidenceV1> {
        confidence::of_account(self.loaded.article(account.article)?, account).map(ConfidenceV1::from)
    }

    /// The names that people know the articles by.
    fn files(&self, ids: &[Id]) -> Vec<String> {
        let known = |id: &Id| self.loaded.article(*id).map(|a| file(&a.article));
        ids.iter().map(|id| known(id).unwrap_or_default()).collect()
    }

    fn article(&self, id: Id) -> ArticleRefV1 {
        ArticleRefV1::new(id, self.loaded)
    }
}

fn ids(ids: &[Id]) -> Vec<String> {
    ids.iter().map(Id::to_string).collect()
}

/// One person, body, state or place. Persons without a public role are left out by the caller.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntityV1 {
    entity: String,
    kind: &'static str,
    name: String,
    variants: Vec<String>,
    roles: Vec<String>,
    articles: Vec<String>,
    /// The same articles by the names that people know them by.
    files: Vec<String>,
}

impl EntityV1 {
    /// Of an entity.
    pub fn new(entity: &Entity, tables: &Tables) -> Self {
        let mut articles: Vec<Id> = entity.members.iter().map(|(article, _)| *article).collect();
        articles.dedup();
        Self {
            entity: entity.id.to_string(),
            kind: entity.kind.name(),
            name: entity.name.clone(),
            variants: entity.variants.clone(),
            roles: entity.roles.clone(),
            files: tables.files(&articles),
            articles: ids(&articles),
        }
    }
}

/// Articles that are one text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CopyGroupV1 {
    copies: String,
    origin: String,
    members: Vec<String>,
    /// The members by the names that people know them by.
    files: Vec<String>,
    because: BecauseV1,
}

impl CopyGroupV1 {
    /// Of a copy group.
    pub fn new(group: &CopyGroup, tables: &Tables) -> Self {
        Self {
            copies: group.id.to_string(),
            origin: group.origin.to_string(),
            members: ids(&group.members),
            files: tables.files(&group.members),
            because: BecauseV1::from(&group.because),
        }
    }
}

/// Articles about one happening.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StoryV1 {
    story: String,
    title: String,
    articles: Vec<String>,
    /// The same articles by the names that people know them by.
    files: Vec<String>,
    because: BecauseV1,
}

impl StoryV1 {
    /// Of a story.
    pub fn new(story: &Story, tables: &Tables) -> Self {
        Self {
            story: story.id.to_string(),
            title: masked(&story.title).into_owned(),
            articles: ids(&story.articles),
            files: tables.files(&story.articles),
            because: BecauseV1::from(&story.because),
        }
    }
}

/// Who makes a statement.
#[derive(Debug, Serialize, JsonSchema)]
struct CreditedV1 {
    /// "unknown" where no account tells.
    name: String,
    entity: Option<String>,
}

/// One act of saying, with every outlet's account.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatementV1 {
    statement: String,
    story: String,
    speaker: CreditedV1,
    role: Option<String>,
    /// EDTF.
    said_on: Option<String>,
    place: Option<String>,
    accounts: Vec<AccountV1>,
    /// Each row holds what each account, in their order, says of one proposition.
    rows: Vec<Vec<Option<SpanV1>>>,
    because: BecauseV1,
}

/// One outlet's telling.
#[derive(Debug, Serialize, JsonSchema)]
struct AccountV1 {
    account: String,
    #[serde(flatten)]
    article: ArticleRefV1,
    parts: Vec<PartV1>,
    source: Option<SpanV1>,
    cue: Option<SpanV1>,
    primary: bool,
    /// How far it can be trusted whom this account credits.
    confidence: Option<ConfidenceV1>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PartV1 {
    #[serde(flatten)]
    span: Option<SpanV1>,
    kind: &'static str,
}

impl StatementV1 {
    /// Of a statement.
    pub fn new(statement: &Statement, tables: &Tables) -> Self {
        let cell = |(account, span): (&Account, &Option<Span>)| {
            span.and_then(|span| tables.span(account.article, span))
        };
        let row = |row: &Vec<Option<Span>>| statement.accounts.iter().zip(row).map(cell).collect();
        Self {
            statement: statement.id.to_string(),
            story: statement.story.to_string(),
            speaker: CreditedV1 {
                name: statement.speaker_name.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
                entity: statement.speaker.map(|id| id.to_string()),
            },
            role: statement.role.clone(),
            said_on: edtf(statement.said_on.as_ref().map(|(day, _)| day)),
            place: statement.place.as_ref().map(|(place, _)| place.clone()),
            accounts: statement.accounts.iter().map(|account| AccountV1::new(account, tables)).collect(),
            rows: statement.rows.iter().map(row).collect(),
            because: BecauseV1::from(&statement.because),
        }
    }
}

impl AccountV1 {
    fn new(account: &Account, tables: &Tables) -> Self {
        let span = |span: Span| tables.span(account.article, span);
        let part = |part: &AccountPart| PartV1 { span: span(part.span), kind: part.kind.name() };
        Self {
            account: account.id.to_string(),
            article: tables.article(account.article),
            parts: account.parts.iter().map(part).collect(),
            source: account.source.and_then(span),
            cue: account.cue.and_then(span),
            primary: account.primary,
            confidence: tables.confidence(account),
        }
    }
}

/// One side of a difference; no span where this side leaves the words out.
#[derive(Debug, Serialize, JsonSchema)]
struct SideV1 {
    #[serde(flatten)]
    article: ArticleRefV1,
    span: Option<SpanV1>,
}

/// Where two tellings differ.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceV1 {
    difference: String,
    statement: Option<String>,
    subject: &'static str,
    kind: &'static str,
    between: [SideV1; 2],
    because: BecauseV1,
}

impl DifferenceV1 {
    /// Of a difference.
    pub fn new(difference: &Difference, tables: &Tables) -> Self {
        let side = |side: Side| SideV1 {
            article: tables.article(side.article),
            span: side.span.and_then(|span| tables.span(side.article, span)),
        };
        Self {
            difference: difference.id.to_string(),
            statement: difference.statement.map(|id| id.to_string()),
            subject: difference.subject.name(),
            kind: difference.kind.name(),
            between: difference.between.map(side),
            because: BecauseV1::from(&difference.because),
        }
    }
}

/// One statement answers another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReplyV1 {
    from: String,
    to: String,
    stance: &'static str,
    because: BecauseV1,
}

impl From<&Reply> for ReplyV1 {
    fn from(reply: &Reply) -> Self {
        Self {
            from: reply.from.to_string(),
            to: reply.to.to_string(),
            stance: reply.stance.name(),
            because: BecauseV1::from(&reply.because),
        }
    }
}

/// Every value given for one thing counted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SeriesV1 {
    series: String,
    story: String,
    counted: String,
    unit: Option<String>,
    lowest: NumberV1,
    highest: NumberV1,
    members: Vec<SeriesMemberV1>,
    /// How the values stand to each other.
    course: &'static str,
    /// The value that each policy takes; null where it finds none.
    policies: std::collections::BTreeMap<&'static str, Option<NumberV1>>,
    because: BecauseV1,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SeriesMemberV1 {
    #[serde(flatten)]
    article: ArticleRefV1,
    /// Which figure of the article.
    figure: u32,
    span: Option<SpanV1>,
    outlet: Option<String>,
    /// In the unit of the series; null where it does not convert.
    value: Option<NumberV1>,
    value_to: Option<NumberV1>,
    bound: Option<&'static str>,
    /// The day that the value holds for.
    as_of: Option<String>,
    /// Who vouches for it: "outlet", a name, or "unknown".
    party: Option<String>,
    official: bool,
    /// The first printing of the text.
    text: Option<String>,
}

impl SeriesV1 {
    /// Of a series.
    pub fn new(series: &FigureSeries, tables: &Tables) -> Self {
        let tally = tables.tallies.of(series);
        let told = |member: &(Id, u32)| tally.told.iter().find(|t| (t.article, t.index) == *member);
        let policy = |policy: Policy| {
            let value =
                |t: &Told| if policy == Policy::Highest { t.value_to.unwrap_or(t.value) } else { t.value };
            (policy.name(), tally.choose(policy).map(|told| NumberV1(value(told))))
        };
        Self {
            series: series.id.to_string(),
            story: series.story.to_string(),
            counted: series.counted.clone(),
            unit: series.unit.as_ref().map(|unit| unit.name().to_owned()),
            lowest: NumberV1(series.spread.0),
            highest: NumberV1(series.spread.1),
            members: series.members.iter().map(|m| SeriesMemberV1::new(*m, told(m), tables)).collect(),
            course: tally.course.name(),
            policies: Policy::ALL.into_iter().map(policy).collect(),
            because: BecauseV1::from(&series.because),
        }
    }
}

impl SeriesMemberV1 {
    fn new((article, figure): (Id, u32), told: Option<&Told>, tables: &Tables) -> Self {
        let of = tables.loaded.article(article);
        let marked = of.and_then(|a| a.annotations.figures.get(figure as usize));
        let outlet = of.and_then(|a| a.article.outlet.as_ref());
        Self {
            article: tables.article(article),
            figure,
            span: marked.and_then(|figure| tables.span(article, figure.span)),
            outlet: outlet.map(|outlet| masked(&outlet.value).into_owned()),
            value: told.map(|told| NumberV1(told.value)),
            value_to: told.and_then(|told| told.value_to).map(NumberV1),
            bound: marked.map(|figure| figure.bound.name()),
            as_of: told.and_then(|told| told.as_of).map(|day| day.to_string()),
            party: told.map(|told| masked(told.party.unwrap_or("outlet")).into_owned()),
            official: told.is_some_and(|told| told.is_official),
            text: told.map(|told| told.text.to_string()),
        }
    }
}

/// A proposition that comes back in several stories.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ThemeV1 {
    theme: String,
    label: String,
    statements: Vec<String>,
    because: BecauseV1,
}

impl From<&Theme> for ThemeV1 {
    fn from(theme: &Theme) -> Self {
        Self {
            theme: theme.id.to_string(),
            label: theme.label.clone(),
            statements: ids(&theme.statements),
            because: BecauseV1::from(&theme.because),
        }
    }
}

/// What a run of `build` or `add` did, and what the record then holds.
#[derive(Debug, Serialize)]
pub struct BuiltV1 {
    added: usize,
    known: usize,
    unread: Vec<super::ProblemV1>,
    articles: usize,
    stories: usize,
    statements: usize,
    differences: usize,
    replies: usize,
    copies: usize,
    compared: ComparedV1,
    /// What the added articles brought; empty for the first run into a record.
    news: Vec<super::NewsV1>,
}

impl BuiltV1 {
    /// Of a run that added so many articles, knew so many already and could not read these inputs.
    pub fn new(
        loaded: &Loaded,
        (added, known, unread, compared): (usize, usize, &[Problem], Compared),
        news: Vec<super::NewsV1>,
    ) -> Self {
        let record = &loaded.record;
        Self {
            added,
            known,
            unread: unread.iter().map(super::ProblemV1::from).collect(),
            articles: loaded.articles.len(),
            stories: record.stories.len(),
            statements: record.statements.len(),
            differences: record.differences.len(),
            replies: record.replies.len(),
            copies: record.copies.len(),
            compared: ComparedV1 { copies: compared.copies, stories: compared.stories },
            news,
        }
    }
}

/// Pairs of articles that a run compared; none where the record was up to date.
#[derive(Debug, Serialize)]
struct ComparedV1 {
    copies: usize,
    stories: usize,
}
