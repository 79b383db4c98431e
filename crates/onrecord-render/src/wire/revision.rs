//! What an outlet changed in a page.

use std::collections::BTreeMap;

use onrecord_model::{ChangedPage, Edit, EditKind, Id, Replaced, Revision, Span};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ArticleRefV1, BecauseV1, SpanV1, Tables};
use crate::mask::masked;

/// A page of which the record holds versions that tell otherwise.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangedPageV1 {
    page: String,
    /// As the last version gives it.
    address: String,
    /// Each after one that it goes on from.
    versions: Vec<ArticleRefV1>,
    /// How many edits touch what.
    edits: BTreeMap<&'static str, u32>,
}

impl ChangedPageV1 {
    /// Of one page.
    pub fn new(page: &ChangedPage, tables: &Tables) -> Self {
        let version = |&id: &Id| ArticleRefV1::new(id, tables.loaded);
        Self {
            page: page.id.to_string(),
            address: masked(&page.address).into_owned(),
            versions: page.versions.iter().map(version).collect(),
            edits: page.edits.iter().map(|(kind, &n)| (kind.name(), n)).collect(),
        }
    }
}

/// One passage that two versions of a page do not print alike.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EditV1 {
    /// The same for all edits between the same two versions.
    revision: String,
    address: String,
    /// The gravest first.
    kinds: Vec<&'static str>,
    /// Whether nothing changed that a reader would hear.
    cosmetic: bool,
    before: VersionV1,
    after: VersionV1,
    /// Words in the place of others.
    replaced: Vec<ReplacedV1>,
    because: BecauseV1,
    /// How it is known which version came first.
    order: BecauseV1,
}

/// One side of an edit.
#[derive(Debug, Serialize, JsonSchema)]
struct VersionV1 {
    #[serde(flatten)]
    article: ArticleRefV1,
    /// ISO 8601, as precise as printed.
    published: Option<String>,
    /// The passage; null where this version does not have it.
    passage: Option<SpanV1>,
}

/// An empty span stands where words were left out or put in.
#[derive(Debug, Serialize, JsonSchema)]
struct ReplacedV1 {
    before: Option<SpanV1>,
    after: Option<SpanV1>,
}

impl EditV1 {
    /// Of one edit of a revision.
    pub fn new(revision: &Revision, edit: &Edit, tables: &Tables) -> Self {
        let version = |article: Id, passage: Option<Span>| VersionV1 {
            article: ArticleRefV1::new(article, tables.loaded),
            published: tables
                .loaded
                .article(article)
                .and_then(|a| a.article.published.as_ref())
                .map(|p| p.value.to_string()),
            passage: passage.and_then(|span| tables.span(article, span)),
        };
        let replaced = |words: &Replaced| ReplacedV1 {
            before: tables.span(revision.earlier, words.before),
            after: tables.span(revision.later, words.after),
        };
        Self {
            revision: revision.id.to_string(),
            address: masked(&revision.address).into_owned(),
            kinds: edit.kinds.iter().map(|kind: &EditKind| kind.name()).collect(),
            cosmetic: edit.is_cosmetic(),
            before: version(revision.earlier, edit.before),
            after: version(revision.later, edit.after),
            replaced: edit.replaced.iter().map(replaced).collect(),
            because: BecauseV1::from(&edit.because),
            order: BecauseV1::from(&revision.because),
        }
    }
}
