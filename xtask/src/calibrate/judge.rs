//! Holds what `onrecord annotate` finds against the gold, finding by finding.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::eval::Lab;
use crate::project::{rows_of, write_rows};

/// Content is right where it shares so much of the characters of both.
const LEAST_SHARED: f64 = 0.5;

/// Words that tell no two names apart.
const SMALL_WORDS: &[&str] = &["a", "an", "the", "of", "mr", "ms", "mrs", "dr"];

/// What is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Quotation,
    Speaker,
}

impl What {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::Speaker => "speaker",
        }
    }
}

/// One finding, and whether it is right.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) what: What,
    /// Which article, counted through all sets.
    pub(super) article: usize,
    pub(super) rule: String,
    pub(super) kind: String,
    pub(super) right: bool,
}

/// Stretches of code points, end exclusive.
type Spans = Vec<(u64, u64)>;

/// An act of saying in the gold: its parts with their kinds, and every name of who speaks.
#[derive(Debug, Clone)]
struct Act {
    parts: Vec<((u64, u64), String)>,
    names: Vec<String>,
}

/// Everything found in `gold_wikinews` and `gold_stories`, judged.
pub(super) fn samples(lab: &Lab) -> Result<Vec<Sample>> {
    let mut out = Vec::new();
    let mut articles = 0;
    for (name, texts, acts) in [wikinews(lab)?, stories(lab)?] {
        let input = lab.scratch(&format!("{name}-calibration.jsonl"))?;
        write_rows(&input, &texts)?;
        let mut answers = lab.annotate(&input)?;
        answers.sort_by_key(|row| row["id"].to_string());
        for row in &answers {
            articles += 1;
            let id = row["id"].as_str().context("an answer has the id of its text")?;
            let acts = acts.get(id).map_or(&[][..], Vec::as_slice);
            let headline = row["headline"].as_str().unwrap_or_default();
            let given = texts.iter().find(|text| text["id"] == row["id"]).map(|text| text["text"].as_str());
            let points = Points::of(given.flatten().unwrap_or_default());
            for quotation in row["quotations"].as_array().into_iter().flatten() {
                judge(&points.within(quotation), (acts, headline), articles, &mut out);
            }
        }
    }
    Ok(out)
}

/// The way from the bytes of a text to its code points.
struct Points(Vec<usize>);

impl Points {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    /// A quotation with its content in code points of the text as it was given, not of the clean text.
    fn within(&self, quotation: &Value) -> Value {
        let mut quotation = quotation.clone();
        for part in quotation["content"].as_array_mut().into_iter().flatten() {
            for end in ["start", "end"] {
                if let Some(byte) = part["raw"][end].as_u64() {
                    part[end] = self.0.partition_point(|&at| (at as u64) < byte).into();
                }
            }
        }
        quotation
    }
}

/// A set: its name, the texts as they are given to the program, and the gold by article.
type GoldSet = (&'static str, Vec<Value>, BTreeMap<String, Vec<Act>>);

fn wikinews(lab: &Lab) -> Result<GoldSet> {
    let (mut texts, mut acts) = (Vec::new(), BTreeMap::new());
    for part in ["gum_news", "meantime_gm", "meantime_train"] {
        for row in rows_of(&lab.set(&format!("gold_wikinews/{part}.jsonl")))? {
            texts.push(
                json!({"id": row["id"], "text": row["text"], "published": row["published"], "clean": true}),
            );
            let of = |quotation: &Value| Act {
                parts: spans(&quotation["content"])
                    .into_iter()
                    .map(|span| (span, text(&quotation["kind"])))
                    .collect(),
                names: vec![text(&quotation["speaker"])],
            };
            let told = row["quotations"].as_array().into_iter().flatten().map(of).collect();
            acts.insert(text(&row["id"]), told);
        }
    }
    Ok(("wikinews", texts, acts))
}

fn stories(lab: &Lab) -> Result<GoldSet> {
    let articles = rows_of(&lab.set("gold_stories/articles.jsonl"))?;
    let texts = articles.iter().map(|row| {
        json!({"id": row["id"], "text": row["text"], "published": row["published"], "language": row["language"]})
    });
    let mut acts: BTreeMap<String, Vec<Act>> = BTreeMap::new();
    for story in rows_of(&lab.set("gold_stories/gold.jsonl"))? {
        for statement in story["statements"].as_array().into_iter().flatten() {
            let speaker = text(&statement["speaker"]);
            let variants = story["names"][&speaker].as_array().into_iter().flatten().map(text);
            let names: Vec<String> = std::iter::once(speaker.clone()).chain(variants).collect();
            for account in statement["accounts"].as_array().into_iter().flatten() {
                let part = |part: &Value| {
                    Some(((part["start"].as_u64()?, part["end"].as_u64()?), text(&part["kind"])))
                };
                let parts = account["parts"].as_array().into_iter().flatten().filter_map(part).collect();
                acts.entry(text(&account["article"])).or_default().push(Act { parts, names: names.clone() });
            }
        }
    }
    Ok(("stories", texts.collect(), acts))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn spans(value: &Value) -> Spans {
    let pair = |span: &Value| Some((span[0].as_u64()?, span[1].as_u64()?));
    value.as_array().into_iter().flatten().filter_map(pair).collect()
}

/// Adds a quotation and, where it is right and names somebody, its speaker.
fn judge(quotation: &Value, (acts, headline): (&[Act], &str), article: usize, out: &mut Vec<Sample>) {
    let content: Vec<&Value> = quotation["content"].as_array().into_iter().flatten().collect();
    // The gold marks nothing in headlines.
    if content.iter().all(|part| part["text"].as_str().is_some_and(|words| headline.contains(words))) {
        return;
    }
    let own: Spans =
        content.iter().filter_map(|part| Some((part["start"].as_u64()?, part["end"].as_u64()?))).collect();
    let likest = acts
        .iter()
        .map(|act| (shared(&own, act), act))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(shared, _)| *shared >= LEAST_SHARED);
    let kind = text(&quotation["kind"]);
    let is_right = likest.is_some_and(|(_, act)| kind_of(&own, act) == Some(&kind));
    let because = |of: &Value| text(&of["because"]["rule"]);
    let speaker = &quotation["speaker"];
    let name = text(&speaker["name"]);
    let sample = |what, rule, right| Sample { what, article, rule, kind: kind.clone(), right };
    out.push(sample(What::Quotation, because(quotation), is_right));
    if let Some((_, act)) = likest.filter(|_| name != "unknown") {
        let is_same = act.names.iter().any(|gold| is_same_name(&name, gold));
        out.push(sample(What::Speaker, because(speaker), is_same));
    }
}

/// Parts of an act that a quotation touches: an act may be told in several sentences, and a quotation is one.
fn touched<'a>(own: &Spans, act: &'a Act) -> impl Iterator<Item = &'a ((u64, u64), String)> {
    act.parts.iter().filter(|(part, _)| own.iter().any(|span| overlap(span, part) > 0))
}

fn overlap(a: &(u64, u64), b: &(u64, u64)) -> u64 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// The characters that a quotation and an act share, of those that either has.
fn shared(own: &Spans, act: &Act) -> f64 {
    let (mut both, mut either): (u64, u64) = (0, own.iter().map(|span| span.1 - span.0).sum());
    for (part, _) in touched(own, act) {
        let common: u64 = own.iter().map(|span| overlap(span, part)).sum();
        both += common;
        either += part.1 - part.0 - common;
    }
    both as f64 / either.max(1) as f64
}

/// The kind of most of what is touched.
fn kind_of<'a>(own: &Spans, act: &'a Act) -> Option<&'a String> {
    touched(own, act)
        .max_by_key(|(part, _)| own.iter().map(|span| overlap(span, part)).sum::<u64>())
        .map(|(_, k)| k)
}

/// Whether two names can be read as one: all words of one are words of the other.
fn is_same_name(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && (one.is_subset(&other) || other.is_subset(&one))
}

fn words(name: &str) -> BTreeSet<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !SMALL_WORDS.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_where_one_holds_the_other() {
        for (one, other, expected) in [
            ("Holm", "Ida Holm", true),
            ("the Harbour Board", "Harbour Board", true),
            ("a spokesman", "Ida Holm", false),
            ("Ida Holm", "Jon Holm", false),
            ("the", "Ida Holm", false),
        ] {
            assert_eq!(is_same_name(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn a_quotation_is_right_by_content_and_kind() {
        let act = Act {
            parts: vec![((10, 30), "direct".to_owned()), ((50, 90), "indirect".to_owned())],
            names: vec!["Ida Holm".to_owned()],
        };
        let check = |content: Value, kind: &str, expected: &[bool]| {
            let quotation = json!({"kind": kind, "content": content, "because": {"rule": "r"},
                "speaker": {"name": "Holm", "because": {"rule": "s"}}});
            let mut out = Vec::new();
            judge(&quotation, (std::slice::from_ref(&act), "A headline"), 1, &mut out);
            assert_eq!(out.iter().map(|sample| sample.right).collect::<Vec<_>>(), expected, "{quotation}");
        };
        check(json!([{"start": 12, "end": 30, "text": "x"}]), "direct", &[true, true]);
        check(json!([{"start": 12, "end": 30, "text": "x"}]), "mixed", &[false, true]);
        check(json!([{"start": 25, "end": 49, "text": "x"}]), "direct", &[false]);
        check(json!([{"start": 50, "end": 80, "text": "x"}]), "indirect", &[true, true]);
        check(json!([{"start": 12, "end": 30, "text": "headline"}]), "direct", &[]);
    }
}
