//! Transcripts and headlines with a name and a colon: "D. Orlov: We have agreed."

use super::{
    doc::{Doc, Run},
    report::Report,
};
use crate::tagger::Tag;

/// Everything under a name in a transcript is that person's own words, marks or not.
pub(super) const RULE: &str = "quotation.dialogue";
/// A signed paragraph without marks: set apart by its design.
pub(super) const PULLED: &str = "quotation.pulled";
/// A label in front of a colon is at most this long, in tokens.
const LONGEST_LABEL: usize = 10;
/// So many labelled lines make a transcript.
const FEWEST_LINES: usize = 3;

/// Reads labelled lines into `reports`; the runs that they take up.
pub(super) fn read(doc: &Doc<'_>, reports: &mut Vec<Report>) -> Vec<Run> {
    let lines = lines(doc);
    let labels: Vec<Option<Run>> = lines.iter().map(|line| label(doc, *line)).collect();
    if !is_transcript(doc, &lines, &labels) {
        return Vec::new();
    }
    let speech = is_speech(doc, &lines);
    let mut taken = Vec::new();
    let mut current: Option<Report> = None;
    for (line, label) in lines.into_iter().zip(labels) {
        match (label, current.as_mut()) {
            (Some(name), _) => {
                reports.extend(current.take());
                let content = doc.clean(vec![(name.1 + 1, line.1)]);
                current = Some(Report { source: Some(name), cue: None, content, rule: RULE });
                taken.push(line);
            }
            (None, Some(report))
                if is_prose(doc, line)
                    && (speech || in_first_person(doc, line))
                    && !is_narrated(doc, line) =>
            {
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

/// Several labelled lines with one of them twice, or one under a headline that says it is a speech.
fn is_transcript(doc: &Doc<'_>, lines: &[Run], labels: &[Option<Run>]) -> bool {
    let names = |run: &Run| doc.span(without_bracket(doc, *run)).slice(doc.text);
    let known: Vec<&Run> = labels.iter().flatten().take(60).collect();
    let repeated =
        known.iter().any(|run| known.iter().filter(|other| names(other) == names(run)).count() > 1);
    let spoken = lines
        .iter()
        .zip(labels)
        .skip(1)
        .filter_map(|(line, label)| label.map(|run| (line, run)))
        .take(FEWEST_LINES)
        .any(|(line, run)| is_person(doc, run) && is_prose(doc, *line));
    let opens = lines.first().zip(labels.first().copied().flatten());
    let spoken = spoken || opens.is_some_and(|(line, run)| is_titled(doc, run) && is_prose(doc, *line));
    (known.len() >= FEWEST_LINES && repeated) || (spoken && known.len() < FEWEST_LINES)
}

/// Whether a headline apart from the text says that this is a speech of the person: "Remarks by D. Orlov". A place before
/// the news has a colon too.
fn is_titled(doc: &Doc<'_>, label: Run) -> bool {
    let name = without_role(doc, label);
    let surname = name.1.checked_sub(1).map_or("", |last| doc.low(last));
    has_speech_title(doc) && is_name(doc, name) && doc.title.iter().any(|word| word == surname)
}

fn has_speech_title(doc: &Doc<'_>) -> bool {
    doc.title.iter().any(|word| doc.lexicon.speeches.contains(word))
}

/// Whether one of the first lines names a speech.
fn is_speech(doc: &Doc<'_>, lines: &[Run]) -> bool {
    let opening = lines.iter().take(6).filter(|(from, to)| to - from < 30);
    let named = opening.flat_map(|(from, to)| *from..*to).any(|i| doc.lexicon.speeches.contains(doc.low(i)));
    named
        || has_speech_title(doc)
        || lines.len() > 4
            && lines.iter().skip(1).filter(|line| label(doc, **line).is_some()).count() >= FEWEST_LINES
}

/// A personal name: two or three capitalised words, a title or an initial among them, that the article uses elsewhere.
fn is_person(doc: &Doc<'_>, (from, to): Run) -> bool {
    let (_, name_end) = without_role(doc, (from, to));
    let surname = name_end.checked_sub(1).map_or("", |last| doc.word(last));
    let elsewhere = (0..doc.tokens.len()).filter(|&i| i < from || i >= to).any(|i| doc.word(i) == surname);
    is_name(doc, (from, name_end)) && (elsewhere || name_end < to)
}

/// "D. Orlov, minister" without what stands behind the comma.
fn without_role(doc: &Doc<'_>, (from, to): Run) -> Run {
    (from, (from..to).find(|&i| doc.word(i) == ",").unwrap_or(to))
}

/// Two or three capitalised words.
fn is_name(doc: &Doc<'_>, (from, to): Run) -> bool {
    (2..=3).contains(&(to - from)) && (from..to).all(|i| doc.tag(i) == Tag::Nnp)
}

/// "Mr Orlov (minister)" without what stands in brackets.
fn without_bracket(doc: &Doc<'_>, (from, to): Run) -> Run {
    (from, (from + 1..to).find(|&i| doc.word(i) == "(").unwrap_or(to))
}

/// Whether the outlet tells here: “I left,” he said.
fn is_narrated(doc: &Doc<'_>, (from, to): Run) -> bool {
    let own = (from..to).any(|i| is_first_person(doc, i) && doc.quoted_at(i).is_none());
    let attributed = |i: usize| doc.closes_quoted(i).is_some() && doc.opens_attribution(i + 1);
    !own && (from..to).any(attributed)
}

pub(super) fn is_first_person(doc: &Doc<'_>, i: usize) -> bool {
    matches!(doc.low(i), "i" | "we" | "our" | "us" | "my")
}

fn in_first_person(doc: &Doc<'_>, (from, to): Run) -> bool {
    (from..to).any(|i| is_first_person(doc, i))
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
    let caption = (from..colon).any(|i| doc.lexicon.captions.contains(doc.low(i)));
    let named = capital(from) && (from..colon).all(fits) && !caption;
    (named && to > colon + 2).then_some((from, colon))
}

/// A paragraph of talk ends with a stop.
fn is_prose(doc: &Doc<'_>, (from, to): Run) -> bool {
    to - from > 5
        && (matches!(doc.word(to - 1), "." | "?" | "!" | "…" | "..." | "”" | "»" | "\"")
            || doc.tag(to - 1) == Tag::Punct)
}
