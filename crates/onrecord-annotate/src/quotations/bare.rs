//! Quotations without a cue of their own: the words in marks that follow a speaker's.

use super::{
    dialogue,
    doc::{Doc, Run},
    report::Report,
};
use crate::tagger::Tag;

/// Words of a name that stands for itself.
const LONGEST_NAME: usize = 4;
/// A name with a role in a line of its own, in tokens.
const LONGEST_SIGNATURE: usize = 14;
/// The longest paragraph that a name signs, in tokens.
const LONGEST_PULLED: usize = 200;

/// Adds the reports of one unit to `reports`, joining what continues the quotation before it.
pub(super) fn add(doc: &Doc<'_>, unit: Run, found: Vec<Report>, reports: &mut Vec<Report>) {
    let mut found = distinct(found);
    let first = doc.quoted_index(unit.0).filter(|&at| doc.quoted[at].open == unit.0);
    let taken = |at: usize, found: &[Report]| {
        let inside = doc.inside(at);
        found.iter().any(|report| report.content.iter().any(|run| run.0 < inside.1 && inside.0 < run.1))
    };
    if let Some(at) = first.filter(|&at| !taken(at, &found)) {
        join_or_open(doc, (unit, at), reports, &mut found);
    } else if let Some(report) = found.first_mut() {
        join_reopened(doc, report, reports);
    }
    if found.is_empty()
        && let Some(report) =
            labelled(doc, unit).or_else(|| headline_label(doc, unit)).or_else(|| pulled(doc, unit))
    {
        found.push(report);
    }
    reports.extend(found);
}

/// The speaker's name, a colon, and words in marks to the end of the unit.
fn labelled(doc: &Doc<'_>, (lo, hi): Run) -> Option<Report> {
    let open = (lo + 2..hi).find(|&i| doc.opens_quoted(i).is_some())?;
    let at = doc.quoted_index(open).filter(|&at| doc.is_speech(at))?;
    if doc.word(open - 1) != ":" || !(doc.quoted[at].close + 1..hi).all(|i| doc.tag(i) == Tag::Punct) {
        return None;
    }
    let told = |comma: &usize| doc.word(*comma) == "," && doc.tag(comma + 1) == Tag::Vbg;
    let end = (lo..open - 1).find(told).filter(|&comma| !doc.has_finite((lo, comma))).unwrap_or(open - 1);
    let source = doc.phrase_before(end, lo)?;
    let whole = source.0 == lo || doc.tag(source.0 - 1) == Tag::Punct;
    let speaker =
        (source.0..source.1).any(|i| doc.tag(i) == Tag::Nnp || doc.lexicon.speakers.contains(doc.low(i)));
    let caption = (source.0..source.1).any(|i| doc.lexicon.captions.contains(doc.low(i)));
    (speaker && whole && !caption).then_some(Report {
        source: Some(source),
        cue: None,
        content: vec![doc.inside(at)],
        rule: "quotation.label",
    })
}

/// "Energy minister: filling to start" as the article's first line.
fn headline_label(doc: &Doc<'_>, (lo, hi): Run) -> Option<Report> {
    let first = (0..lo).all(|i| doc.is_break(i)) && doc.is_break(hi) && hi - lo > 5;
    let colon = (lo + 1..hi.min(lo + 7)).find(|&i| doc.word(i) == ":").filter(|_| first)?;
    let source = doc.phrase_before(colon, lo).filter(|source| *source == (lo, colon))?;
    let speaker = (lo..colon).any(|i| doc.lexicon.speakers.contains(doc.low(i)) && i + 1 == colon)
        || (colon - lo <= 3 && named_elsewhere(doc, (lo, colon)));
    let content = doc.clean(vec![(colon + 1, hi)]);
    speaker.then_some(Report { source: Some(source), cue: None, content, rule: "quotation.headline" })
}

/// "We were locked in. Jane Doe": a paragraph in the first person with the speaker's name at its end.
fn pulled(doc: &Doc<'_>, (lo, hi): Run) -> Option<Report> {
    let name = (lo, hi);
    let alone = doc.is_break(hi) && lo > 0 && matches!(doc.word(lo - 1), "." | "!" | "?");
    if !alone || !(2..=LONGEST_NAME).contains(&(hi - lo)) || !named_elsewhere(doc, name) {
        return None;
    }
    let start =
        (lo.saturating_sub(LONGEST_PULLED)..lo).rev().find(|&i| doc.is_break(i)).map_or(0, |at| at + 1);
    let own = (start..lo).any(|i| dialogue::is_first_person(doc, i))
        && !(start..lo).any(|i| doc.quoted_at(i).is_some());
    own.then(|| Report {
        source: Some(name),
        cue: None,
        content: doc.clean(vec![(start, lo)]),
        rule: dialogue::PULLED,
    })
}

/// A name in a line of its own right under words in marks, with a role or met as a speaker elsewhere.
fn signed_below(doc: &Doc<'_>, at: usize) -> Option<Run> {
    let from = at + 1;
    let to = (from..from + LONGEST_SIGNATURE).find(|&i| doc.is_break(i)).filter(|_| doc.is_break(at))?;
    let name_end = (from..to).find(|&i| doc.word(i) == ",").unwrap_or(to);
    let named = (2..=LONGEST_NAME).contains(&name_end.saturating_sub(from))
        && (from..name_end).all(|i| doc.tag(i) == Tag::Nnp);
    let speaks = named_elsewhere(doc, (from, name_end))
        || (name_end..to).any(|i| doc.lexicon.speakers.contains(doc.low(i)));
    let bare = doc.tag(to - 1) != Tag::Punct && !doc.has_finite((from, to));
    (to > from && named && speaks && bare).then_some((from, to))
}

/// All names, and the last of them is the subject of a reporting verb further down.
fn named_elsewhere(doc: &Doc<'_>, (from, to): Run) -> bool {
    let surname = doc.word(to - 1);
    let speaks = |i: usize| {
        doc.word(i) == surname && doc.lexicon.verb(doc.low(i + 1)).is_some_and(|cue| cue.frames.has('q'))
    };
    (from..to).all(|i| doc.tag(i) == Tag::Nnp) && (to..doc.tokens.len()).any(speaks)
}

/// One report for each content: of two with the same words and cue the first stays.
fn distinct(found: Vec<Report>) -> Vec<Report> {
    let mut kept: Vec<Report> = Vec::with_capacity(found.len());
    for report in found {
        if !kept.iter().any(|other| other.cue == report.cue && other.source == report.source) {
            kept.push(report);
        }
    }
    kept
}

/// A unit that opens with marks and has no cue for them.
fn join_or_open(doc: &Doc<'_>, (unit, at): (Run, usize), reports: &mut [Report], found: &mut Vec<Report>) {
    let quoted = doc.quoted[at];
    let content = doc.inside(at);
    if content.0 >= content.1 || !doc.is_speech(at) {
        return;
    }
    if let Some(source) = signed(doc, (quoted.close + 1, unit.1)) {
        found.insert(
            0,
            Report { source: Some(source), cue: None, content: vec![content], rule: "quotation.signed" },
        );
        return;
    }
    if !(doc.past_note(quoted.close + 1)..unit.1).all(|i| doc.tag(i) == Tag::Punct) {
        return;
    }
    if let Some(source) = signed_below(doc, unit.1) {
        found.insert(
            0,
            Report { source: Some(source), cue: None, content: vec![content], rule: "quotation.signed" },
        );
        return;
    }
    match reports.last_mut() {
        Some(last) if follows(doc, last, unit.0) => last.content.push(content),
        _ => found
            .insert(0, Report { source: None, cue: None, content: vec![content], rule: "quotation.bare" }),
    }
}

/// "A." - Jane Doe, head of the union
fn signed(doc: &Doc<'_>, (from, to): Run) -> Option<Run> {
    let dash = matches!(doc.word(from), "-" | "–" | "—" | "--");
    if !dash && doc.word(from.saturating_sub(2)) != "," {
        return None;
    }
    let source = doc.full_phrase(from + usize::from(dash), to)?;
    let rest = (source.1..to).all(|i| doc.tag(i) == Tag::Punct);
    let speaker =
        (source.0..source.1).any(|i| doc.tag(i) == Tag::Nnp || doc.lexicon.speakers.contains(doc.low(i)));
    (rest && speaker).then_some(source)
}

/// Whether the unit at `start` goes on with the words that `last` ends with.
fn follows(doc: &Doc<'_>, last: &Report, start: usize) -> bool {
    let all_marked = last
        .content
        .last()
        .is_some_and(|run| doc.quoted_at(run.0).is_some() && doc.quoted_at(run.1 - 1).is_some());
    let ends_marked = doc.quoted_at(last.content_end().saturating_sub(1)).is_some()
        && last.rule == "quotation.after_content";
    let direct = all_marked || ends_marked;
    let end =
        last.content_end().max(last.cue.map_or(0, |cue| cue.1)).max(last.source.map_or(0, |source| source.1));
    let gap = (end..start).filter(|&i| doc.tag(i) != Tag::Punct).count();
    direct && gap < 14 && !(end..start).any(|i| doc.opens_sentence(i) && doc.quoted_at(i).is_none())
}

/// A paragraph that opens its marks again and then names the speaker takes over what went before.
fn join_reopened(doc: &Doc<'_>, report: &mut Report, reports: &mut Vec<Report>) {
    let Some(at) = doc.quoted_index(report.content_start()).filter(|&at| at > 0) else { return };
    if !doc.quoted[at - 1].goes_on {
        return;
    }
    let before = doc.inside(at - 1);
    if let Some(last) =
        reports.last().filter(|last| last.rule == "quotation.bare" && last.content.last() == Some(&before))
    {
        let mut content = last.content.clone();
        content.append(&mut report.content);
        report.content = content;
        reports.pop();
    }
}
