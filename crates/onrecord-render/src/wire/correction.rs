//! What people say about the record: written for others, and read back from their files.

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use onrecord_model::{Change, Correction, DateValue, EntityKind, Hash, Place, Signed};
use onrecord_reconcile::Standing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::article::file;
use crate::loaded::Loaded;
use crate::mask::masked;

/// One correction.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CorrectionV1 {
    #[serde(skip_deserializing)]
    correction: String,
    kind: String,
    places: Vec<PlaceV1>,
    #[serde(default)]
    content: Vec<PlaceV1>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    entity_kind: Option<String>,
    #[serde(default)]
    day: Option<String>,
    #[serde(flatten)]
    signed: SignedV1,
    #[serde(default)]
    undone: Option<SignedV1>,
    #[serde(skip_deserializing)]
    standing: &'static str,
}

/// Who did something to the record, when, and why.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignedV1 {
    by: String,
    #[serde(default)]
    at: String,
    why: String,
}

/// Printed words.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct PlaceV1 {
    page_hash: String,
    start: u32,
    end: u32,
    text: String,
    #[serde(skip_deserializing)]
    article: Option<String>,
    #[serde(skip_deserializing)]
    file: Option<String>,
    #[serde(skip_deserializing)]
    url: Option<String>,
}

impl CorrectionV1 {
    /// Of a correction and what became of it.
    pub fn new(correction: &Correction, standing: Standing, loaded: &Loaded) -> Self {
        let place = |place: &Place| PlaceV1::new(place, loaded);
        let (name, kind) = match &correction.change {
            Change::Speaker { name, kind, .. } => (name.clone(), Some(kind.name().to_owned())),
            _ => (None, None),
        };
        let day = match &correction.change {
            Change::SaidOn { day, .. } => Some(day.edtf.clone()),
            _ => None,
        };
        Self {
            correction: correction.id.to_string(),
            kind: correction.change.name().to_owned(),
            places: correction.change.places().into_iter().map(place).collect(),
            content: correction.change.content().iter().map(place).collect(),
            name,
            entity_kind: kind,
            day,
            signed: SignedV1::from(&correction.signed),
            undone: correction.undone.as_ref().map(SignedV1::from),
            standing: standing.name(),
        }
    }

    /// Reads what [`new`](Self::new) writes; names of articles and the standing are not needed.
    pub fn read(json: &str) -> Result<Correction> {
        serde_json::from_str::<Self>(json).context("this is no correction")?.corrected()
    }

    /// The same as a program sends it to be made `now`, a moment, where it names none.
    pub fn sent(row: Value, now: &str) -> Result<Correction> {
        let mut row: Self = serde_json::from_value(row).context("this is no correction")?;
        ensure!(row.undone.is_none(), "it is taken back already");
        row.signed.begin(now);
        row.corrected()
    }

    fn corrected(self) -> Result<Correction> {
        let undone = self.undone.as_ref().map(SignedV1::read).transpose()?;
        let signed = self.signed.read()?;
        Ok(Correction { undone, ..Correction::new(self.change()?, signed) })
    }

    fn change(self) -> Result<Change> {
        let places = self.places.iter().map(PlaceV1::read).collect::<Result<Vec<_>>>()?;
        let content = self.content.iter().map(PlaceV1::read).collect::<Result<Vec<_>>>()?;
        ensure!(!places.is_empty(), "it names no place");
        let is_of_several = ["same", "not_same", "merge"].contains(&self.kind.as_str());
        ensure!(!is_of_several || places.len() > 1, "`{}` needs two places", self.kind);
        let first = places[0].clone();
        Ok(match self.kind.as_str() {
            "same" => Change::SameStatement { places },
            "not_same" => Change::OtherStatement { kept: first, apart: places[1..].to_vec() },
            "merge" => Change::SameEntity { places },
            "split" => Change::OtherEntity { places },
            "speaker" => {
                let kind = self.entity_kind.as_deref().and_then(EntityKind::from_name);
                Change::Speaker { places, name: self.name, kind: kind.unwrap_or(EntityKind::Person) }
            }
            "words" => {
                ensure!(!content.is_empty(), "it does not say what the words are");
                Change::Words { place: first, content }
            }
            "date" => {
                let day = self.day.as_deref().and_then(DateValue::parse);
                Change::SaidOn { places, day: day.context("it does not say which day, such as 2024-02-27")? }
            }
            "hide" => Change::Hide { places },
            kind => anyhow::bail!("`{kind}` is no kind of correction"),
        })
    }
}

impl PlaceV1 {
    fn new(place: &Place, loaded: &Loaded) -> Self {
        let holds = |a: &&onrecord_model::AnnotatedArticle| place.find_in(&a.article).is_some();
        let article = loaded.articles.values().find(holds).map(|a| &a.article);
        let length = u32::try_from(place.words.chars().count()).unwrap_or(u32::MAX);
        Self {
            page_hash: place.page.to_string(),
            start: place.start,
            end: place.start.saturating_add(length),
            text: masked(&place.words).into_owned(),
            article: article.map(|a| a.id.to_string()),
            file: article.map(file),
            url: article.and_then(|a| a.url.as_ref()).map(|url| url.value.clone()),
        }
    }

    fn read(&self) -> Result<Place> {
        let page = Hash::parse(&self.page_hash).context("`page_hash` is no SHA-256 in 64 digits")?;
        let length = self.text.chars().count();
        let fits = self.end.checked_sub(self.start).is_some_and(|n| n as usize == length);
        ensure!(fits && length > 0, "`start` and `end` do not fit the words “{}”", self.text);
        Ok(Place { page, start: self.start, words: self.text.clone() })
    }
}

impl From<&Signed> for SignedV1 {
    fn from(signed: &Signed) -> Self {
        Self { by: signed.by.clone(), at: signed.at.clone(), why: masked(&signed.why).into_owned() }
    }
}

impl SignedV1 {
    /// Reads who takes something back, as a program sends it to be done `now`, a moment, where it names none.
    pub fn sent(row: Value, now: &str) -> Result<Signed> {
        let mut row: Self = serde_json::from_value(row).context("this does not say who and why")?;
        row.begin(now);
        row.read()
    }

    fn begin(&mut self, now: &str) {
        if self.at.is_empty() {
            self.at = now.to_owned();
        }
    }

    fn read(&self) -> Result<Signed> {
        let Self { by, at, why } = self;
        ensure!(!by.trim().is_empty() && !why.trim().is_empty(), "it does not say who and why");
        Ok(Signed { by: by.clone(), at: moment(at)?, why: why.clone() })
    }
}

/// A moment as corrections keep it, so that they sort by it.
pub fn moment(text: &str) -> Result<String> {
    let moment: Timestamp =
        text.parse().with_context(|| format!("`{text}` is no moment such as 2025-10-16T09:30:00Z"))?;
    Ok(format!("{moment:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_sort_as_they_come() {
        for (text, kept) in [
            ("2025-10-16T09:30:00Z", "2025-10-16T09:30:00.000Z"),
            ("2025-10-16T11:30:00.25+02:00", "2025-10-16T09:30:00.250Z"),
        ] {
            assert_eq!(moment(text).unwrap(), kept);
        }
        assert!(moment("yesterday").is_err());
    }

    #[test]
    fn a_row_that_says_too_little_is_refused_with_a_reason() {
        let place =
            format!("{{\"page_hash\":\"{}\",\"start\":3,\"end\":6,\"text\":\"ten\"}}", "a".repeat(64));
        let row = |kind: &str, more: &str| {
            format!(
                "{{\"kind\":\"{kind}\",\"places\":[{place}],\"by\":\"Ida\",\"at\":\"2025-10-16T09:30:00Z\",\"why\":\"so\"{more}}}"
            )
        };
        assert!(CorrectionV1::read(&row("hide", "")).is_ok());
        for (json, why) in [
            (row("date", ""), "it does not say which day"),
            (row("words", ""), "it does not say what the words are"),
            (row("praise", ""), "`praise` is no kind of correction"),
            (row("hide", "").replace("\"end\":6", "\"end\":7"), "do not fit the words “ten”"),
            (row("hide", "").replace("\"so\"", "\" \""), "who and why"),
            (row("merge", ""), "`merge` needs two places"),
            ("[1]".to_owned(), "this is no correction"),
        ] {
            let err = format!("{:#}", CorrectionV1::read(&json).unwrap_err());
            assert!(err.contains(why), "{err}");
        }
    }
}
