//! Who a subject pronoun stands for, on ambiguous pronouns of Wikipedia.
//!
//! The program resolves pronouns where they are sources. So each text is cut before its pronoun, which then opens a
//! sentence that reports something; the speaker of that report is the answer.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Lab, Measure};
use crate::project::write_rows;

/// One text with a pronoun and two persons, of whom at most one is meant.
struct Row {
    id: String,
    cut: String,
    persons: [(String, bool); 2],
}

pub(super) fn gap(lab: &Lab, file: &str) -> Result<Vec<Measure>> {
    let table = std::fs::read_to_string(lab.set(file))?;
    let rows: Vec<Row> = table.lines().skip(1).filter_map(row).collect();
    let input = lab.scratch("gap-in.jsonl")?;
    let articles: Vec<Value> = rows
        .iter()
        .map(|row| json!({"id": row.id, "headline": "", "text": row.cut, "language": "en"}))
        .collect();
    write_rows(&input, &articles)?;
    let out = lab.annotate(&input)?;
    let (mut right, mut told, mut gold, mut answered) = (0.0, 0.0, 0.0, 0.0);
    for row in &rows {
        let article = out.iter().find(|article| article["id"] == row.id.as_str());
        let speaker = article.and_then(last_speaker).unwrap_or_default();
        let said = row.persons.each_ref().map(|(name, _)| is_same(name, &speaker));
        // Both names fit where one person's name holds the other's: then the answer tells neither.
        let said = if said == [true, true] { [false, false] } else { said };
        answered += f64::from(u8::from(said.contains(&true)));
        for (said, (_, meant)) in said.iter().zip(&row.persons) {
            right += f64::from(u8::from(*said && *meant));
            told += f64::from(u8::from(*said));
            gold += f64::from(u8::from(*meant));
        }
    }
    let count = u32::try_from(rows.len()).context("a set of some hundred rows")?;
    Ok(vec![
        Measure::new("subject_pronoun_f1", 2.0 * right / f64::max(told + gold, 1.0)),
        Measure::new("subject_pronoun_precision", right / f64::max(told, 1.0)),
        Measure::new("answered", answered / f64::from(count.max(1))),
    ])
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, text, pronoun, offset, a, _, a_meant, b, _, b_meant, ..] = cells.as_slice() else { return None };
    let subject = matches!(*pronoun, "He" | "he" | "She" | "she");
    let at = text.char_indices().nth(offset.parse().ok()?)?.0;
    let before = text.get(..at)?.trim_end();
    let opening = if pronoun.eq_ignore_ascii_case("he") { "He" } else { "She" };
    let stop = if before.ends_with(['.', '!', '?']) || before.is_empty() { "" } else { "." };
    let meant = |cell: &str| cell == "TRUE";
    subject.then(|| Row {
        id: (*id).to_owned(),
        cut: format!("{before}{stop} {opening} said that the work was done."),
        persons: [((*a).to_owned(), meant(a_meant)), ((*b).to_owned(), meant(b_meant))],
    })
}

/// Whoever is behind the report at the end.
fn last_speaker(article: &Value) -> Option<String> {
    let last = article["quotations"].as_array()?.last()?;
    let source = last["source"]["text"].as_str()?;
    matches!(source, "He" | "She").then(|| last["speaker"]["name"].as_str().map(str::to_owned)).flatten()
}

/// Whether all words of one name are in the other.
fn is_same(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && (one.is_subset(&other) || other.is_subset(&one))
}
