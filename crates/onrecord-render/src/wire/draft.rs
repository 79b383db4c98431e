//! A draft beside a record.

use onrecord_model::{Account, Difference, Id, Statement};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ArticleRefV1, BecauseV1, DifferenceV1, SpanV1, Tables, article::UNKNOWN};
use crate::{draft::DraftReport, mask::masked};

/// What comes of holding a draft against a record. Spans of the draft count code points of its clean text; in a
/// difference, the side of the draft has the id of `draft`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComparisonV1 {
    /// The id of the draft: the hash of its bytes and of where they came from. The record has no such article.
    draft: String,
    /// The stories of the record that the draft is like, the likest first; empty where no article is like it.
    stories: Vec<String>,
    /// The statements of the record that the draft tells, in its order.
    told: Vec<ToldV1>,
    /// Where what the draft tells in its own words differs from what others tell in theirs.
    outside: Vec<DifferenceV1>,
    /// What the draft quotes and no account is found of in the record.
    only_in_draft: Vec<OnlyV1>,
    /// What the record tells of the same and no account is found of in the draft, told most first.
    untold: Vec<UntoldV1>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ToldV1 {
    /// In the record.
    statement: String,
    /// "unknown" where no account tells.
    speaker: String,
    /// The words of the draft's account, in reading order.
    words: Vec<SpanV1>,
    /// Where they stand without whoever says them; null where a speaker is named or the record knows none.
    unattributed: Option<UnattributedV1>,
    /// Between the draft and the other accounts.
    differences: Vec<DifferenceV1>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct UnattributedV1 {
    span: Option<SpanV1>,
    /// An account that names the speaker.
    #[serde(flatten)]
    article: ArticleRefV1,
    /// The words that name the speaker there.
    source: Option<SpanV1>,
    because: BecauseV1,
}

#[derive(Debug, Serialize, JsonSchema)]
struct OnlyV1 {
    /// "unknown" where the draft does not tell.
    speaker: String,
    words: Vec<SpanV1>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct UntoldV1 {
    statement: String,
    speaker: String,
    /// The words of its first account.
    words: Vec<SpanV1>,
    /// How many accounts it has.
    accounts: usize,
}

impl ComparisonV1 {
    /// Of a comparison.
    pub fn new(report: &DraftReport, tables: &Tables) -> Self {
        let record = &report.loaded.record;
        let statement = |id: Id| record.statements.iter().find(|statement| statement.id == id);
        let only = |id: &Id| {
            let statement = statement(*id)?;
            Some(OnlyV1 { speaker: speaker(statement), words: words(statement.accounts.first()?, tables) })
        };
        let untold = |id: &Id| {
            let statement = statement(*id)?;
            Some(UntoldV1 {
                statement: id.to_string(),
                speaker: speaker(statement),
                words: words(statement.accounts.first()?, tables),
                accounts: statement.accounts.len(),
            })
        };
        let outside = record.differences.iter().filter(|difference| difference.statement.is_none());
        Self {
            draft: report.draft.to_string(),
            stories: record.stories.iter().map(|story| story.id.to_string()).collect(),
            told: report.told.iter().filter_map(|told| ToldV1::new(report, told.statement, tables)).collect(),
            outside: outside.map(|difference| DifferenceV1::new(difference, tables)).collect(),
            only_in_draft: report.only_in_draft.iter().filter_map(only).collect(),
            untold: report.untold.iter().filter_map(untold).collect(),
        }
    }
}

impl ToldV1 {
    fn new(report: &DraftReport, id: Id, tables: &Tables) -> Option<Self> {
        let record = &report.loaded.record;
        let told = report.told.iter().find(|told| told.statement == id)?;
        let statement = record.statements.iter().find(|statement| statement.id == id)?;
        let own = statement.accounts.iter().find(|account| account.article == report.draft)?;
        let missing = told.unattributed.as_ref().map(|missing| UnattributedV1 {
            span: tables.span(report.draft, missing.span),
            article: ArticleRefV1::new(missing.named.0, &report.loaded),
            source: tables.span(missing.named.0, missing.named.1),
            because: BecauseV1::from(&missing.because),
        });
        let of_this = record.differences.iter().filter(|difference| difference.statement == Some(id));
        let known = |of: &Difference| {
            let difference = Difference { statement: Some(told.known_as), ..of.clone() };
            DifferenceV1::new(&difference, tables)
        };
        Some(Self {
            statement: told.known_as.to_string(),
            speaker: speaker(statement),
            words: words(own, tables),
            unattributed: missing,
            differences: of_this.map(known).collect(),
        })
    }
}

fn speaker(statement: &Statement) -> String {
    statement.speaker_name.as_deref().map_or_else(|| UNKNOWN.to_owned(), |name| masked(name).into_owned())
}

fn words(account: &Account, tables: &Tables) -> Vec<SpanV1> {
    account.parts.iter().filter_map(|part| tables.span(account.article, part.span)).collect()
}
