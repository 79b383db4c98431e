//! A small record laid out in every format, and every format keeps what an article prints as text.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use onrecord_model::*;

use super::{FORMATS, Index, Length, show, terminal::Terminal, write};
use crate::{
    loaded::Loaded,
    sample::{account, article, because, difference, loaded, statement},
};

/// The brief in the format of this name, as bytes.
fn bytes(loaded: &Loaded, name: &str) -> Vec<u8> {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    let mut out = Vec::new();
    write(loaded, &Length { stories: 10 }, (format.begin)().as_mut(), &mut out).unwrap();
    out
}

/// The same as text; of a document, the parts that hold the record's words.
fn brief(loaded: &Loaded, name: &str) -> String {
    match name {
        "docx" => {
            let parts = parts(&bytes(loaded, name));
            ["word/document.xml", "word/footnotes.xml", "docProps/core.xml"]
                .map(|part| parts[part].as_str())
                .concat()
        }
        _ => String::from_utf8(bytes(loaded, name)).unwrap(),
    }
}

/// The parts of a document by name.
fn parts(document: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let count = zip.len();
    let mut part = |n: usize| {
        let mut file = zip.by_index(n).unwrap();
        let mut xml = String::new();
        file.read_to_string(&mut xml).unwrap();
        (file.name().unwrap().into_owned(), xml)
    };
    (0..count).map(&mut part).collect()
}

/// The small record on a terminal.
fn on_screen(has_colour: bool) -> String {
    let mut out = Vec::new();
    write(&loaded(), &Length { stories: 10 }, &mut Terminal::with(has_colour, 100), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn markdown_of_a_small_record() {
    insta::assert_snapshot!(brief(&loaded(), "markdown"));
}

#[test]
fn html_of_a_small_record() {
    let page = brief(&loaded(), "html");
    let (_, body) = page.split_once("</head>").unwrap();
    insta::assert_snapshot!(body);
}

#[test]
fn text_of_a_small_record() {
    insta::assert_snapshot!(on_screen(false));
}

#[test]
fn docx_of_a_small_record() {
    insta::assert_snapshot!(brief(&loaded(), "docx"));
}

#[test]
fn a_document_has_the_parts_and_styles_that_it_names() {
    let parts = parts(&bytes(&loaded(), "docx"));
    let between = |xml: &str, before: &str| -> BTreeSet<String> {
        let names = xml.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        names.collect()
    };
    let named = between(&parts["[Content_Types].xml"], "PartName=\"/");
    let held: BTreeSet<String> =
        parts.keys().filter(|name| name.ends_with(".xml") && !name.starts_with('[')).cloned().collect();
    assert_eq!(named, held);
    let targets = between(&parts["word/_rels/document.xml.rels"], "Target=\"");
    assert!(targets.iter().all(|target| held.contains(&format!("word/{target}"))), "{targets:?}");
    let styles = between(&parts["word/styles.xml"], "w:styleId=\"");
    for part in ["word/document.xml", "word/footnotes.xml", "word/footer.xml"] {
        for kind in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
            let used = between(&parts[part], &format!("<{kind} w:val=\""));
            assert!(used.is_subset(&styles), "{part}: {used:?}");
        }
    }
}

#[test]
fn html_loads_nothing_and_runs_nothing() {
    let page = brief(&loaded(), "html");
    for absent in ["<script", "<link", "<img", "@import", "url(", "src="] {
        assert!(!page.contains(absent), "{absent}");
    }
}

#[test]
fn every_format_keeps_the_contract() {
    let hostile = "<script>alert(1)</script>\u{202e}\u{1b}[31m| \"x\" 'y' onload= *b* [l](javascript:1) a&lt;b desk@paper.example";
    let text = format!("“{hostile}” said Bo. {}", "x".repeat(10_000_000));
    let of = article(hostile, &text, Some(hostile));
    let story = Id::of(["story"]);
    let end = text.len();
    let mut told = account(&of, hostile, "Bo", "said");
    told.parts.push(AccountPart { span: Span::new(end - 9_000_000, end), kind: QuotationKind::Indirect });
    let statement = statement("said", (story, Some(hostile)), vec![told]);
    let id = of.article.id;
    let story = Story { id: story, title: hostile.to_owned(), articles: vec![id], because: because() };
    let record = Record { stories: vec![story], statements: vec![statement], ..Record::default() };
    let loaded = Loaded { record, articles: [(id, of)].into(), ..Loaded::default() };
    for name in FORMATS.iter().map(|format| format.name) {
        let shown = brief(&loaded, name);
        assert_eq!(bytes(&loaded, name), bytes(&loaded, name), "{name}");
        assert!(shown.len() < 100_000, "{name}: {} bytes", shown.len());
        assert!(shown.contains("⟨U+202E⟩") && shown.contains("⟨U+001B⟩"), "{name}");
        for absent in ["\u{202e}", "\u{1b}[31m", "desk@paper.example"] {
            assert!(!shown.contains(absent), "{name}: {absent:?}");
        }
        if name != "text" {
            assert!(!shown.contains("<script>"), "{name}");
        }
    }
    assert!(!brief(&loaded, "markdown").contains("[l](javascript"));
}

#[test]
fn a_speaker_is_called_possible_where_such_speakers_often_are_not_the_right_ones() {
    let shown = |rule: &'static str, corrected: bool| {
        let mut loaded = loaded();
        let said = loaded.record.statements.iter_mut().find(|s| s.accounts.len() == 2).unwrap();
        if corrected {
            said.because = Because::new("corrections.speaker", "");
        }
        for account in &mut said.accounts {
            account.quotations = vec![0];
            let told_in = loaded.articles.get_mut(&account.article).unwrap();
            let speaker = Speaker {
                name: Some("Ida Holm".to_owned()),
                entity: None,
                role: None,
                because: Because::new(rule, ""),
            };
            let quotation = Quotation {
                kind: QuotationKind::Direct,
                source: account.source,
                cue: account.cue,
                content: vec![account.parts[0].span],
                speaker,
                addressee: None,
                said_on: None,
                place: None,
                because: because(),
            };
            told_in.annotations.quotations = vec![quotation];
        }
        let page = brief(&loaded, "text");
        page.matches("(possible)").count()
    };
    assert_eq!(shown("speaker.name", false), 0);
    // In the heading, and with each of the two accounts.
    assert_eq!(shown("speaker.printed", false), 3);
    assert_eq!(shown("speaker.printed", true), 2);
}

#[test]
fn colours_are_only_added() {
    let (without, with) = (on_screen(false), on_screen(true));
    assert!(!without.contains('\u{1b}') && with.contains("\u{1b}["));
    assert!(without.contains("[At least 40 ⟨figure⟩]"), "{without}");
}

/// One statement told by outlets with these names and words; "" is an outlet that is not known. The last is a copy of
/// the one before, and the first is at odds with the others over a figure.
fn told_by(tellings: &[(&'static str, &str)]) -> Loaded {
    let text = |n: usize, words: &str| format!("“{words},” Ida Holm said {n} times.");
    let outlet = |name: &'static str| (!name.is_empty()).then_some(name);
    let articles: Vec<AnnotatedArticle> = tellings
        .iter()
        .enumerate()
        .map(|(n, &(name, words))| article(&format!("a{n}"), &text(n, words), outlet(name)))
        .collect();
    let accounts = articles
        .iter()
        .zip(tellings)
        .map(|(of, (_, words))| account(of, words, "Ida Holm", "said"))
        .collect();
    let said = statement("said", (Id::of(["story"]), Some("Ida Holm")), accounts);
    let (first, last) = (&articles[0], &articles[articles.len() - 1]);
    let origin = &articles[articles.len() - 2];
    let words = |n: usize| Some(tellings[n].1);
    let differences = (1..articles.len())
        .map(|n| difference(DifferenceKind::Figure, said.id, [(first, words(0)), (&articles[n], words(n))]));
    let mut members = vec![origin.article.id, last.article.id];
    members.sort();
    let copies = CopyGroup { id: origin.article.id, origin: origin.article.id, members, because: because() };
    let record = Record {
        differences: differences.collect(),
        copies: vec![copies],
        statements: vec![said],
        ..Record::default()
    };
    let articles = articles.into_iter().map(|a| (a.article.id, a)).collect();
    Loaded { record, articles, ..Loaded::default() }
}

#[test]
fn what_is_quoted_first_is_of_a_known_outlet_and_not_at_odds_with_the_others() {
    let tellings = [
        ("Outlier", "14 boats left"),
        ("", "40 boats left"),
        ("Wire", "40 boats sailed"),
        ("Post", "40 boats sailed"),
    ];
    let mut loaded = told_by(&tellings);
    let lead = |loaded: &Loaded| {
        let index = Index::new(loaded);
        let account = show::lead(&index, &loaded.record.statements[0]).unwrap();
        index.outlet(account.article).into_owned()
    };
    assert_eq!(lead(&loaded), "Wire");
    loaded.record.statements[0].accounts[1].primary = true;
    assert_eq!(lead(&loaded), "a1.txt (outlet not known)");
}

#[test]
fn who_copied_a_text_stands_behind_it() {
    let loaded =
        told_by(&[("Outlier", "14 boats left"), ("Wire", "40 boats sailed"), ("Post", "40 boats sailed")]);
    let index = Index::new(&loaded);
    let rows = show::accounts(&index, &loaded.record.statements[0], &mut show::Notes::none());
    let line = |line: &show::Line| super::html::Html::default().line(line);
    let tellers: Vec<String> = rows[0].told.iter().map(|(tellers, _)| line(tellers)).collect();
    let copied = "Wire<span class=\"faint\"> (copied by </span>Post<span class=\"faint\">)</span>";
    assert!(tellers.contains(&copied.to_owned()) && tellers.contains(&"Outlier".to_owned()), "{tellers:?}");
}
