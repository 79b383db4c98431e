//! Sets of pairs of sentences: each pair is printed as two articles of one day and made a record of its own.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::{Lab, Measure, marks::list};
use crate::project::{rows_of, write_rows};

/// The day that every article of a pair is of.
const DAY: &str = "2012-05-09";

/// The two sentences of a pair.
const SIDES: [&str; 2] = ["s1", "s2"];

/// A sentence as an article prints it: between two strings.
type Frame = (&'static str, &'static str);

/// What differs between two sentences, once as the outlets tell them and once as one person says them.
pub(super) fn differences(lab: &Lab) -> Result<Vec<Measure>> {
    let gold = lab.set("difference_pairs/dev.jsonl");
    let frames: [(&str, Frame); 2] = [("told", ("", "")), ("said", ("Ana Brandt told reporters: “", "”"))];
    let mut measures = Vec::new();
    for (name, frame) in frames {
        let predicted: Vec<Value> = rows_of(&gold)?
            .iter()
            .map(|pair| {
                let tables = record_of(lab, pair, frame)?;
                Ok(json!({"id": pair["id"], "differences": differing(&tables, frame)?}))
            })
            .collect::<Result<_>>()?;
        let out = lab.scratch("difference-pairs-out.jsonl")?;
        write_rows(&out, &predicted)?;
        let pick = [
            (format!("{name}_pair_accuracy"), "/pair_accuracy"),
            (format!("{name}_located_precision"), "/located/p"),
            (format!("{name}_located_f1"), "/located/f1"),
        ];
        let pick = pick.each_ref().map(|(name, pointer)| (name.as_str(), *pointer));
        measures.extend(lab.score("scoring/score_differences.py", &[&gold, &out], &[], &pick)?);
    }
    Ok(measures)
}

/// Whether two sentences tell of one event: whether the two articles are one story. Every `step`th pair is read.
pub(super) fn same_event(lab: &Lab, file: &str, step: usize) -> Result<Vec<Measure>> {
    let pairs: Vec<Value> = rows_of(&lab.set(file))?.into_iter().step_by(step).collect();
    let gold = lab.scratch("same-event-pairs-gold.jsonl")?;
    write_rows(&gold, &pairs)?;
    let mut predicted = Vec::new();
    for pair in pairs {
        let stories = rows_of(&record_of(lab, &pair, ("", ""))?.join("stories.jsonl"))?;
        let label = u8::from(stories.iter().any(|story| list(story, "articles").len() > 1));
        predicted.push(json!({"id": pair["id"], "label": label, "score": label}));
    }
    let out = lab.scratch("same-event-pairs-out.jsonl")?;
    write_rows(&out, &predicted)?;
    let pick = [
        ("precision", "/positive/p"),
        ("f1", "/positive/f1"),
        ("accuracy", "/accuracy"),
        ("roc_auc", "/roc_auc"),
    ];
    lab.score("scoring/score_matching.py", &[&gold, &out], &[], &pick)
}

/// The tables of a record of the two sentences; each article has its side for an id.
fn record_of(lab: &Lab, pair: &Value, (before, after): Frame) -> Result<std::path::PathBuf> {
    let input = lab.scratch("pair-in.jsonl")?;
    let article = |side: &str| {
        let sentence = pair[side].as_str().unwrap_or_default();
        json!({"id": side, "url": format!("https://{side}.example/1"), "published": DAY, "clean": true,
            "text": format!("{before}{sentence}{after}\n")})
    };
    write_rows(&input, &SIDES.map(article))?;
    lab.tables("pair", &[input])
}

/// The differences between the two articles, placed in the bare sentences.
fn differing(tables: &Path, (before, _): Frame) -> Result<Vec<Value>> {
    let articles = rows_of(&tables.join("articles.jsonl"))?;
    let shift = before.chars().count() as i64;
    let mut found = Vec::new();
    for difference in rows_of(&tables.join("differences.jsonl"))? {
        let between = list(&difference, "between");
        let side = |name: &str| {
            between
                .iter()
                .find(|side| articles.iter().any(|a| a["article"] == side["article"] && a["id"] == name))
        };
        if let [Some(left), Some(right)] = SIDES.map(side) {
            let place = |side: &Value, end: &str| side["span"][end].as_i64().map(|at| at - shift);
            let span = |side: &Value| place(side, "start").zip(place(side, "end")).map(|(a, b)| [a, b]);
            found.push(json!({"kind": difference["kind"], "span1": span(left), "span2": span(right)}));
        }
    }
    Ok(found)
}
