//! Speakers of whole texts: the cases of every language pack, and hostile texts.

use onrecord_model::{Annotations, Quotation};

use crate::{ANNOTATORS, lang, testing::article};

fn annotated(text: &str, language: &str) -> Annotations {
    let mut article = article(text);
    article.language = Some(onrecord_model::Known {
        value: language.to_owned(),
        because: onrecord_model::Because::new("language.case", ""),
    });
    let mut out = Annotations::default();
    for annotator in ANNOTATORS {
        annotator.annotate(&article, &mut out);
    }
    out
}

/// One case of `cases.md`: a text and the rows expected of it.
struct Case<'a> {
    text: String,
    rows: Vec<&'a str>,
}

/// `> text` lines, then a table with the columns source, cue, content, speaker.
fn cases(file: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut in_text = false;
    for line in file.lines() {
        if let Some(text) = line.strip_prefix('>') {
            match cases.last_mut().filter(|_| in_text) {
                Some(case) => case.text.push_str(&format!("\n{}", text.trim())),
                None => cases.push(Case { text: text.trim().to_owned(), rows: Vec::new() }),
            }
            in_text = true;
            continue;
        }
        in_text = false;
        let row = line.trim();
        let ruled = row.starts_with("|-") || row.starts_with("| -") || row.starts_with("| source");
        if let Some(case) = cases.last_mut().filter(|_| row.starts_with('|') && !ruled) {
            case.rows.push(row);
        }
    }
    cases
}

fn row(quotation: &Quotation, text: &str) -> String {
    let part = |span: Option<onrecord_model::Span>| span.map_or("none", |span| span.slice(text));
    let content: Vec<&str> = quotation.content.iter().map(|span| span.slice(text)).collect();
    let speaker = quotation.speaker.name.as_deref().unwrap_or("unknown");
    format!("| {} | {} | {} | {speaker} |", part(quotation.source), part(quotation.cue), content.join(" / "))
}

#[test]
fn the_cases_of_every_language_hold() {
    for (language, file) in lang::cases() {
        let cases = cases(file);
        assert!(!cases.is_empty(), "{language} has no cases");
        for case in cases {
            let out = annotated(&case.text, language);
            let found: Vec<String> =
                out.quotations.iter().map(|quotation| row(quotation, &case.text)).collect();
            assert_eq!(found, case.rows, "{language}: {}", case.text);
        }
    }
}

#[test]
fn day_place_and_hearer_are_read_beside_the_cue() {
    let text = "“We wait,” Ana Brandt told reporters in Oslo on 3 May 2024.";
    let out = annotated(text, "en");
    let quotation = &out.quotations[0];
    assert_eq!(quotation.addressee.map(|span| span.slice(text)), Some("reporters"));
    assert_eq!(quotation.place.map(|span| span.slice(text)), Some("Oslo"));
    assert_eq!(quotation.said_on.as_ref().map(|day| day.edtf.as_str()), Some("2024-05-03"));
}

#[test]
fn long_texts_stay_linear() {
    let text = "“We wait,” Ana Brandt said. She added that the ministry was ready. The minister agreed. "
        .repeat(400);
    let out = annotated(&text, "en");
    assert!(out.quotations.len() > 400);
}
