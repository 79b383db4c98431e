//! Every document of a small invented record, as it is written.

use onrecord_model::{
    Because, Entity, EntityKind, EntityRef, Event, EventActor, Id, Known, LocalEntity, Mention, Quotation,
    QuotationKind, Span, Speaker,
};
use onrecord_render::wire::Tables;
use onrecord_render::{Loaded, sample};
use onrecord_store::Store;

use super::DOCUMENTS;

/// The sample, in which the rival's Jon Aas, of whom nothing is known, answers a body; with a hostile headline.
fn loaded() -> Loaded {
    let mut loaded = sample::loaded();
    let because = || Because::new("test", "");
    let rival = loaded.articles.values_mut().find(|a| a.article.text.contains("Jon Aas")).unwrap();
    let id = rival.article.id;
    rival.article.text += " He told the Harbour Board. Call +44 20 7946 0000.";
    let known = |value: &str| Some(Known { value: value.to_owned(), because: because() });
    rival.article.headline = known("50% {off} <b>& \\end\u{202e}");
    rival.article.byline = known("Ann & Bo Lie, Per Vik");
    rival.article.url = known("https://rival.example/a_b?x={1}&y=2");
    let span = |words: &str| {
        let start = rival.article.text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let quotation = Quotation {
        kind: QuotationKind::Direct,
        source: Some(span("Jon Aas")),
        cue: Some(span("answered")),
        content: vec![span("No boat left")],
        speaker: Speaker::unknown(because()),
        addressee: Some(span("the Harbour Board")),
        said_on: None,
        place: None,
        because: because(),
    };
    let mention =
        Mention { span: span("Harbour Board"), kind: EntityKind::Organisation, entity: Some(EntityRef(0)) };
    let local = LocalEntity {
        kind: EntityKind::Organisation,
        name: "Harbour Board".to_owned(),
        role: None,
        variants: Vec::new(),
    };
    let event = |class: &str, code: Option<&str>, words| Event {
        span: span(words),
        class: class.to_owned(),
        code: code.map(str::to_owned),
        source: Some(EventActor { span: span("Jon Aas"), code: None }),
        target: None,
        place: code.map(|_| span("the Harbour Board")),
        date: None,
        negated: code.is_some(),
        hypothetical: false,
        because: because(),
    };
    rival.annotations.sentences.push(Span::new(0, rival.article.text.find(" He").unwrap()));
    rival.annotations.events.push(event("RETREAT", Some("087"), "left"));
    rival.annotations.events.push(event("STATEMENT", None, "answered"));
    rival.annotations.quotations.push(quotation);
    rival.annotations.mentions.push(mention);
    rival.annotations.entities.push(local);
    loaded.record.entities.push(Entity {
        id: Id::of(["board"]),
        kind: EntityKind::Organisation,
        name: "Harbour Board".to_owned(),
        variants: Vec::new(),
        roles: Vec::new(),
        members: vec![(id, 0)],
    });
    let answer = loaded.record.statements.iter_mut().find(|s| s.speaker_name.is_none()).unwrap();
    answer.accounts[0].quotations.push(0);
    loaded
}

#[test]
fn documents_of_a_small_record() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("r")).unwrap();
    let loaded = loaded();
    let tables = Tables::new(&loaded, &store).unwrap();
    for document in DOCUMENTS {
        let mut out = Vec::new();
        document.write(&tables, &mut out).unwrap();
        insta::assert_snapshot!(document.name(), String::from_utf8(out).unwrap());
    }
}
