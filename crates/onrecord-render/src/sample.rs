//! A small invented record, for tests.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use jiff::civil::date;
use onrecord_model::*;

use crate::loaded::Loaded;

const AGENCY: &str = "“At least 40 boats left if the harbour allows it,” harbour master Ida Holm said.";
const GAZETTE: &str = "Ida Holm alleged: “At least 14 boats left.” Mail desk@gazette.example.";
const RIVAL: &str = "“No boat left,” answered Jon Aas.";

pub(crate) fn because() -> Because {
    Because::new("test", "")
}

fn known<T>(value: T) -> Option<Known<T>> {
    Some(Known { value, because: because() })
}

pub(crate) fn article(name: &str, text: &str, outlet: Option<&str>) -> AnnotatedArticle {
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

pub(crate) fn account(of: &AnnotatedArticle, words: &str, source: &str, cue: &str) -> Account {
    let part = AccountPart { span: at(of, words), kind: QuotationKind::Direct };
    let id = Id::of([of.article.id.to_string(), words.to_owned()]);
    let (source, cue) = (Some(at(of, source)), Some(at(of, cue)));
    Account { id, article: of.article.id, parts: vec![part], source, cue, quotations: vec![], primary: false }
}

pub(crate) fn statement(n: &str, (story, speaker): (Id, Option<&str>), accounts: Vec<Account>) -> Statement {
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

pub(crate) fn difference(
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
pub fn loaded() -> Loaded {
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
