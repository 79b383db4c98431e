//! Speakers of whole texts: what stands beside the cue, and hostile texts. More in `lang/en/cases.md`.

use onrecord_model::Annotations;

use crate::{ANNOTATORS, testing::article};

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
