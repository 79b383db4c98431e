//! Transcripts and headlines with a name and a colon: "D. Orlov: We have agreed."

use super::{
    doc::{Doc, Run},
    report::Report,
};
use crate::tagger::Tag;

/// A label in front of a colon is at most this long, in tokens.
const LONGEST_LABEL: usize = 10;
/// So many labelled lines make a transcript.
const FEWEST_LINES: usize = 3;

/// Reads labelled lines into `reports`; the runs that they take up.
pub(super) fn read(doc: &Doc<'_>, reports: &mut Vec<Report>) -> Vec<Run> {
    let lines = lines(doc);
    let labels: Vec<Option<Run>> = lines.iter().map(|line| label(doc, *line)).collect();
    let repeated = |run: Run| {
        labels
            .iter()
            .flatten()
            .filter(|other| doc.span(**other).slice(doc.text) == doc.span(run).slice(doc.text))
            .count()
            > 1
    };
    let count = labels.iter().flatten().count();
    if count < FEWEST_LINES || !labels.iter().flatten().take(40).any(|run| repeated(*run)) {
        return Vec::new();
    }
    let mut taken = Vec::new();
    let mut current: Option<Report> = None;
    for (line, label) in lines.into_iter().zip(labels) {
        match (label, current.as_mut()) {
            (Some(name), _) => {
                reports.extend(current.take());
                let content = doc.clean(vec![(name.1 + 1, line.1)]);
                current = Some(Report { source: Some(name), cue: None, content, rule: "quotation.dialogue" });
                taken.push(line);
            }
            (None, Some(report)) if is_prose(doc, line) => {
                report.content.extend(doc.clean(vec![line]));
                taken.push(line);
            }
            _ => reports.extend(current.take()),
        }
    }
    reports.extend(current);
    reports.retain(|report| !report.content.is_empty());
    taken
}

fn lines(doc: &Doc<'_>) -> Vec<Run> {
    let mut lines = Vec::new();
    let mut start = 0;
    for i in 0..=doc.tokens.len() {
        if doc.is_break(i) {
            if start < i {
                lines.push((start, i));
            }
            start = i + 1;
        }
    }
    lines
}

/// The name that a line opens with: capitalised words and a colon, then a sentence.
fn label(doc: &Doc<'_>, (from, to): Run) -> Option<Run> {
    let colon = (from + 1..to.min(from + LONGEST_LABEL)).find(|&i| doc.word(i) == ":")?;
    let capital = |i: usize| doc.word(i).chars().next().is_some_and(char::is_uppercase);
    let fits = |i: usize| {
        capital(i) || matches!(doc.word(i), "." | "," | "of" | "the" | "and" | "-" | "(" | ")" | "for")
    };
    let named = capital(from) && (from..colon).all(fits);
    (named && to > colon + 2).then_some((from, colon))
}

/// A paragraph of talk ends with a stop.
fn is_prose(doc: &Doc<'_>, (from, to): Run) -> bool {
    to - from > 5
        && (matches!(doc.word(to - 1), "." | "?" | "!" | "…" | "..." | "”" | "»" | "\"")
            || doc.tag(to - 1) == Tag::Punct)
}
