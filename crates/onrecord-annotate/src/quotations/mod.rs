//! Finds acts of reporting: source, cue and content.
//!
//! A quotation has three parts, named as the field names them: the **source** (who is said to
//! speak), the **cue** (the reporting words) and the **content** (what was said). Rules over word
//! classes and the verbs of `quotations.toml` find all three; who the source is, the speakers
//! annotator decides. Where no rule fits, nothing is found: a wrong quotation puts words in
//! somebody's mouth.

mod bare;
mod complement;
mod cues;
mod dialogue;
mod doc;
mod ends;
mod fixed;
mod glued;
mod inside;
mod lexicon;
pub(crate) mod marks;
mod phrases;
mod report;
#[cfg(test)]
mod tests;

use onrecord_model::{Annotations, Article, Because, Quotation, QuotationKind, Speaker};

use crate::Annotator;
use cues::UnitReader;
use doc::Doc;
use report::Report;

/// Finds acts of reporting: source, cue and content.
pub(crate) struct Quotations;

impl Annotator for Quotations {
    fn name(&self) -> &'static str {
        "quotations"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let doc = Doc::new(article, out);
        out.quotations = find(&doc).iter().map(|report| quotation(&doc, report)).collect();
        out.quotations.sort_by_key(start_of);
    }
}

fn start_of(quotation: &Quotation) -> (usize, usize) {
    let parts = quotation.content.iter().chain(&quotation.source).chain(&quotation.cue);
    (
        parts.map(|span| span.start()).min().unwrap_or(0),
        quotation.content.first().map_or(0, |span| span.start()),
    )
}

fn find(doc: &Doc<'_>) -> Vec<Report> {
    let mut reports = Vec::new();
    let spoken = dialogue::read(doc, &mut reports);
    for unit in doc.units() {
        if spoken.iter().any(|lines| lines.0 <= unit.0 && unit.1 <= lines.1) {
            continue;
        }
        let found = UnitReader::read(doc, unit);
        bare::add(doc, unit, found, &mut reports);
    }
    reports
}

fn quotation(doc: &Doc<'_>, report: &Report) -> Quotation {
    let because = Because::new(report.rule, "");
    Quotation {
        kind: if matches!(report.rule, dialogue::RULE | dialogue::PULLED) {
            QuotationKind::Direct
        } else {
            doc.kind_of(&report.content)
        },
        source: report.source.map(|run| doc.span(run)),
        cue: report.cue.map(|run| doc.span(run)),
        content: report.content.iter().map(|run| doc.span(*run)).collect(),
        speaker: Speaker::unknown(because.clone()),
        addressee: None,
        said_on: None,
        place: None,
        because,
    }
}
