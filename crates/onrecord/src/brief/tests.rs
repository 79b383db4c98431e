//! A small record laid out in every format, and every format keeps what an article prints as text.

use std::collections::BTreeMap;

use jiff::civil::date;
use onrecord_model::*;

use super::{FORMATS, Length, terminal::Terminal, write};
use crate::loaded::Loaded;

const AGENCY: &str = "“At least 40 boats left if the harbour allows it,” harbour master Ida Holm said.";
const GAZETTE: &str = "Ida Holm alleged: “At least 14 boats left.” Mail desk@gazette.example.";
const RIVAL: &str = "“No boat left,” answered Jon Aas.";

fn because() -> Because {
    Because::new("test", "")
}

fn known<T>(value: T) -> Option<Known<T>> {
    Some(Known { value, because: because() })
}

fn article(name: &str, text: &str, outlet: Option<&str>) -> AnnotatedArticle {
    let published = Published { date: date(2025, 3, 4), time: None, offset: None };
    let article = Article {
        headline: known(format!("Boats leave, says {name}")),
        outlet: outlet.and_then(|outlet| known(outlet.to_owned())),
        published: outlet.and_then(|_| known(published)),
        language: known("en".to_owned()),
        ..Article::of_text(&format!("news/{name}.txt"), Hash::of(text.as_bytes()), text)
    };
    AnnotatedArticle { article, annotations: Annotations::default() }
}

/// The first place of `words` in the article.
fn at(of: &AnnotatedArticle, words: &str) -> Span {
    let start = of.article.text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn account(of: &AnnotatedArticle, words: &str, source: &str, cue: &str) -> Account {
    let part = AccountPart { span: at(of, words), kind: QuotationKind::Direct };
    let id = Id::of([of.article.id.to_string(), words.to_owned()]);
    let (source, cue) = (Some(at(of, source)), Some(at(of, cue)));
    Account { id, article: of.article.id, parts: vec![part], source, cue, quotations: vec![], primary: false }
}

fn statement(n: &str, (story, speaker): (Id, Option<&str>), accounts: Vec<Account>) -> Statement {
    Statement {
        id: Id::of([n]),
        story,
        speaker: None,
        speaker_name: speaker.map(str::to_owned),
        role: speaker.map(|_| "harbour master".to_owned()),
        said_on: None,
        place: None,
        rows: vec![accounts.iter().map(|a| Some(a.parts[0].span)).collect()],
        accounts,
        because: because(),
    }
}

fn difference(
    kind: DifferenceKind,
    statement: Id,
    between: [(&AnnotatedArticle, Option<&str>); 2],
) -> Difference {
    let between = between.map(|(of, words)| Side { article: of.article.id, span: words.map(|w| at(of, w)) });
    let id = Id::of([kind.name()]);
    Difference {
        id,
        statement: Some(statement),
        subject: Subject::Statement,
        kind,
        between,
        because: because(),
    }
}

fn figure(of: &mut AnnotatedArticle, words: &str, value: i64) -> (Id, u32) {
    let figure = Figure {
        span: at(of, words),
        value: Number::whole(value),
        value_to: None,
        bound: Bound::AtLeast,
        unit: None,
        counted: None,
        holder: Holder::Outlet,
    };
    of.annotations.figures.push(figure);
    (of.article.id, 0)
}

/// One statement told by two outlets of which one is not named, and one answer to it.
pub(crate) fn loaded() -> Loaded {
    let mut agency = article("agency", AGENCY, Some("Sjøpress"));
    let mut gazette = article("gazette", GAZETTE, None);
    let rival = article("rival", RIVAL, Some("The Rival"));
    let story = Id::of(["story"]);
    let left = account(&agency, "At least 40 boats left if the harbour allows it", "Ida Holm", "said");
    let right = account(&gazette, "At least 14 boats left.", "Ida Holm", "alleged");
    let no = account(&rival, "No boat left", "Jon Aas", "answered");
    let said = statement("said", (story, Some("Ida Holm")), vec![left, right]);
    let answer = statement("answer", (story, None), vec![no]);
    let condition = "if the harbour allows it";
    let differences = vec![
        difference(
            DifferenceKind::Figure,
            said.id,
            [(&agency, Some("At least 40")), (&gazette, Some("At least 14"))],
        ),
        difference(DifferenceKind::Truncation, said.id, [(&agency, Some(condition)), (&gazette, None)]),
        difference(DifferenceKind::Hedge, said.id, [(&agency, None), (&gazette, Some("alleged"))]),
    ];
    let figures = vec![FigureSeries {
        id: Id::of(["boats"]),
        story,
        counted: "boats".to_owned(),
        unit: None,
        members: vec![figure(&mut agency, "At least 40", 40), figure(&mut gazette, "At least 14", 14)],
        spread: (Number::whole(14), Number::whole(40)),
        because: because(),
    }];
    let reply = Reply { from: answer.id, to: said.id, stance: Stance::Rejects, because: because() };
    let articles: BTreeMap<Id, AnnotatedArticle> =
        [agency, gazette, rival].into_iter().map(|a| (a.article.id, a)).collect();
    let story = Story {
        id: story,
        title: "Boats leave".to_owned(),
        articles: articles.keys().copied().collect(),
        because: because(),
    };
    let problem = Problem {
        kind: ProblemKind::Unread,
        origin: "news/broken.html".to_owned(),
        message: "cannot read `news/broken.html`: permission denied".to_owned(),
        span: None,
    };
    let record = Record {
        stories: vec![story],
        statements: vec![answer, said],
        differences,
        replies: vec![reply],
        figures,
        ..Record::default()
    };
    Loaded { record, articles, problems: vec![problem], ..Loaded::default() }
}

/// The brief in the format of this name.
fn brief(loaded: &Loaded, name: &str) -> String {
    let (_, begin) = FORMATS.iter().find(|(format, _)| *format == name).unwrap();
    let mut out = Vec::new();
    write(loaded, &Length { stories: 10 }, begin().as_mut(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
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
    for (name, _) in FORMATS {
        let shown = brief(&loaded, name);
        assert_eq!(shown, brief(&loaded, name), "{name}");
        assert!(shown.len() < 100_000, "{name}: {} bytes", shown.len());
        assert!(shown.contains("⟨U+202E⟩") && shown.contains("⟨U+001B⟩"), "{name}");
        for absent in ["\u{202e}", "\u{1b}[31m", "desk@paper.example"] {
            assert!(!shown.contains(absent), "{name}: {absent:?}");
        }
        if *name != "text" {
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
