//! Sets of marked texts: names, times, quantities. Each text is annotated as it is.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::{Lab, Measure};
use crate::project::{rows_of, write_rows};

/// Annotates the texts of a gold file as they are and scores one list of every answer.
fn spans_scored(
    lab: &Lab,
    (gold, script): (&str, &str),
    answer: fn(&Value) -> Value,
    flags: &[&str],
    pick: &[(&str, &str)],
) -> Result<Vec<Measure>> {
    rows_scored(lab, (&lab.set(gold), script), answer, flags, pick)
}

/// The same over gold rows that lie anywhere.
pub(super) fn rows_scored(
    lab: &Lab,
    (gold, script): (&Path, &str),
    answer: fn(&Value) -> Value,
    flags: &[&str],
    pick: &[(&str, &str)],
) -> Result<Vec<Measure>> {
    let name = script.replace(['/', '.'], "-");
    let input = lab.scratch(&format!("{name}-in.jsonl"))?;
    let texts = rows_of(gold)?;
    let published = |row: &Value| row["ref"].as_str().map(|day| day.chars().take(10).collect::<String>());
    let texts = texts
        .iter()
        .map(|row| json!({"id": row["id"], "text": row["text"], "published": published(row), "clean": true}));
    write_rows(&input, &texts.collect::<Vec<_>>())?;
    let answers: Vec<Value> = lab.annotate(&input)?.iter().map(answer).collect();
    let out = lab.scratch(&format!("{name}-out.jsonl"))?;
    write_rows(&out, &answers)?;
    lab.score(script, &[gold, &out], flags, pick)
}

pub(super) fn list(row: &Value, key: &str) -> Vec<Value> {
    row[key].as_array().cloned().unwrap_or_default()
}

/// A value as EDTF writes it and, where TimeML writes it another way, as that does: quarters, seasons, decades.
pub(super) fn timex_values(value: &Value) -> Vec<String> {
    let Some(edtf) = value.as_str() else { return Vec::new() };
    let names =
        ["SP", "SU", "FA", "WI"].into_iter().zip(21..).chain(["Q1", "Q2", "Q3", "Q4"].into_iter().zip(33..));
    let coded = names.into_iter().find_map(|(name, code)| {
        let year = edtf.strip_suffix(&format!("-{code}")).filter(|year| year.len() == 4)?;
        Some(format!("{year}-{name}"))
    });
    let decade = edtf.strip_suffix('X').map(|years| years.trim_end_matches('X').to_owned());
    [Some(edtf.to_owned()), coded, decade].into_iter().flatten().collect()
}

pub(super) fn meantime_times(lab: &Lab) -> Result<Vec<Measure>> {
    let answer = |row: &Value| {
        let times = list(row, "dates").into_iter().map(|date| {
            let values = [timex_values(&date["value"]), timex_without_days(row, &date)].concat();
            json!({"start": date["start"], "end": date["end"], "type": "DATE", "value": values})
        });
        json!({"id": row["id"], "times": times.collect::<Vec<_>>()})
    };
    let pick = [("relaxed_f1", "/relaxed/f1"), ("relaxed_with_value_f1", "/relaxed_value/f1")];
    spans_scored(lab, ("meantime/times/dev.jsonl", "scoring/score_times.py"), answer, &[], &pick)
}

/// What TimeML writes where no day is named: "PAST_REF" for "recently", and "P33Y" for a length, which we give as a figure.
fn timex_without_days(row: &Value, date: &Value) -> Vec<String> {
    match date["because"]["rule"].as_str() {
        Some("date.vague_past") => vec!["PAST_REF".to_owned()],
        Some("date.vague_present") => vec!["PRESENT_REF".to_owned()],
        Some("date.vague_future") => vec!["FUTURE_REF".to_owned()],
        Some("date.length") => list(row, "figures").iter().filter_map(|f| timex_length(f, date)).collect(),
        _ => Vec::new(),
    }
}

fn timex_length(figure: &Value, date: &Value) -> Option<String> {
    let overlap = figure["start"].as_u64()? < date["end"].as_u64()?
        && date["start"].as_u64()? < figure["end"].as_u64()?;
    let code = match figure["unit"].as_str().filter(|_| overlap)? {
        "hour" => return Some(format!("PT{}H", figure["value"])),
        "day" => 'D',
        "week" => 'W',
        "month" => 'M',
        "year" => 'Y',
        _ => return None,
    };
    Some(format!("P{}{code}", figure["value"]))
}

fn quantities_of(row: &Value) -> Value {
    let figures = list(row, "figures").into_iter().map(|figure| {
        json!({"start": figure["start"], "end": figure["end"], "value": figure["value"], "unit": figure["unit"]})
    });
    json!({"id": row["id"], "quantities": figures.collect::<Vec<_>>()})
}

pub(super) fn meantime_quantities(lab: &Lab) -> Result<Vec<Measure>> {
    let pick = [("span_strict_f1", "/span_strict/f1"), ("span_overlap_f1", "/span_overlap/f1")];
    let files = ("meantime/quantities/dev.jsonl", "scoring/score_quantities.py");
    spans_scored(lab, files, quantities_of, &[], &pick)
}

/// Figures with their bounds, which the scorer calls changes, and what they count, which it calls concepts.
pub(super) fn wikinews_figures(lab: &Lab) -> Result<Vec<Measure>> {
    let gold = lab.scratch("wikinews-figures.jsonl")?;
    let rows: Vec<Value> = gold_wikinews(lab)?.iter().map(gold_figures).collect();
    write_rows(&gold, &rows)?;
    let pick = [
        ("span_overlap_f1", "/span_overlap/f1"),
        ("value_f1", "/value/f1"),
        ("value_bound_f1", "/value_change/f1"),
        ("value_counted_f1", "/value_concept_partial/f1"),
    ];
    rows_scored(lab, (&gold, "scoring/score_quantities.py"), figures_of, &[], &pick)
}

/// The rows of the three parts of `gold_wikinews`.
pub(super) fn gold_wikinews(lab: &Lab) -> Result<Vec<Value>> {
    let parts = ["gum_news", "meantime_gm", "meantime_train"];
    let rows = parts.iter().map(|part| rows_of(&lab.set(&format!("gold_wikinews/{part}.jsonl"))));
    Ok(rows.collect::<Result<Vec<_>>>()?.concat())
}

fn gold_figures(row: &Value) -> Value {
    let text: Vec<char> = row["text"].as_str().unwrap_or_default().chars().collect();
    let at = |span: &Value, n: usize| span[n].as_u64().and_then(|at| usize::try_from(at).ok());
    let words = |span: &Value| Some(text.get(at(span, 0)?..at(span, 1)?)?.iter().collect::<String>());
    let figures = list(row, "figures").into_iter().map(|figure| {
        json!({"start": figure["span"][0], "end": figure["span"][1], "value": figure["value"], "value2": figure["value_to"],
            "unit": figure["unit"], "change": figure["bound"], "concept": words(&figure["counted"])})
    });
    json!({"id": row["id"], "text": row["text"], "ref": row["published"], "quantities": figures.collect::<Vec<_>>()})
}

fn figures_of(row: &Value) -> Value {
    let figures = list(row, "figures").into_iter().map(|figure| {
        json!({"start": figure["start"], "end": figure["end"], "value": figure["value"], "value2": figure["value_to"],
            "unit": figure["unit"], "change": figure["bound"], "concept": figure["counted"]["text"]})
    });
    json!({"id": row["id"], "quantities": figures.collect::<Vec<_>>()})
}

/// Names of persons, organisations and places; `gold` says which of them the set's types are.
pub(super) fn names(lab: &Lab, file: &str, gold: &Value) -> Result<Vec<Measure>> {
    let answer = |row: &Value| {
        let entities = list(row, "mentions")
            .into_iter()
            .map(|m| json!({"start": m["start"], "end": m["end"], "type": m["type"]}));
        json!({"id": row["id"], "entities": entities.collect::<Vec<_>>()})
    };
    let map = lab.scratch("names-map.json")?;
    let pred = json!({"person": "person", "organisation": "organisation", "state": "place", "place": "place", "document": null, "event": null});
    std::fs::write(&map, json!({"gold": gold, "pred": pred}).to_string())?;
    let map = map.to_string_lossy().into_owned();
    let pick = [("exact_f1", "/exact_micro/f1"), ("overlap_f1", "/overlap_iou50_any_type/f1")];
    spans_scored(lab, (file, "scoring/score_ner.py"), answer, &["--map", &map], &pick)
}

/// Quantities with their values, as other projects test theirs.
pub(super) fn quantities(lab: &Lab, file: &str) -> Result<Vec<Measure>> {
    let pick = [
        ("span_strict_f1", "/span_strict/f1"),
        ("span_overlap_f1", "/span_overlap/f1"),
        ("value_f1", "/value/f1"),
    ];
    spans_scored(lab, (file, "scoring/score_quantities.py"), quantities_of, &[], &pick)
}
