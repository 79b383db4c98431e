//! The shapes that other programs read, version 1. They may only grow.
//!
//! A span is in Unicode code points, end exclusive, into the article's clean text, with the exact words;
//! `raw` beside it gives bytes of the page, where the format allows it. Contact data is masked in every
//! text, character for character.

mod article;
mod correction;
mod draft;
mod manifest;
mod news;
mod points;
mod record;
mod revision;

use onrecord_model::{Because, Number, Problem};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::mask::masked;

pub use article::{AnnotatedV1, ArticleV1, DateV1, EventV1, ExtractedV1, FigureV1, MarkedV1, QuotationV1};
pub use correction::{CorrectionV1, SignedV1, moment};
pub use draft::ComparisonV1;
pub use manifest::{BundleArticleV1, BundleFileV1, ManifestV1};
pub use news::NewsV1;
pub use points::Points;
pub use record::*;
pub use revision::{ChangedPageV1, EditV1};

/// Words and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpanV1 {
    /// Code points of the clean text before it.
    pub start: usize,
    /// Code points of the clean text before what follows it.
    pub end: usize,
    /// The words, contact data masked.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) raw: Option<RawV1>,
}

/// Bytes of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RawV1 {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Why something was concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BecauseV1 {
    pub(crate) rule: String,
    pub(crate) note: String,
}

impl From<&Because> for BecauseV1 {
    fn from(because: &Because) -> Self {
        Self { rule: because.rule.to_string(), note: masked(&because.note).into_owned() }
    }
}

/// What could not be read or is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProblemV1 {
    pub(crate) kind: &'static str,
    pub(crate) origin: String,
    pub(crate) message: String,
}

impl From<&Problem> for ProblemV1 {
    fn from(problem: &Problem) -> Self {
        Self {
            kind: problem.kind.name(),
            origin: problem.origin.clone(),
            message: masked(&problem.message).into_owned(),
        }
    }
}

/// A number: whole ones without a decimal point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberV1(pub(crate) Number);

impl Serialize for NumberV1 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_string().parse::<i64>() {
            Ok(whole) => serializer.serialize_i64(whole),
            Err(_) => serializer.serialize_f64(self.0.to_f64()),
        }
    }
}

impl JsonSchema for NumberV1 {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "NumberV1".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}
