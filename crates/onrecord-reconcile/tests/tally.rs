//! What a table of figures says: how values stand to each other, and which one a policy takes.

use std::collections::BTreeMap;

use jiff::civil::date;
use onrecord_model::*;
use onrecord_reconcile::{Course, Policy, Tallies};

/// One value: the day of the month, bound, number, unit, and who vouches for it (`*` before the name: in a role).
type Row = (i8, Bound, i64, &'static str, &'static str);

fn because() -> Because {
    Because::new("test", "")
}

fn article(n: usize, &(day, bound, value, unit, party): &Row) -> AnnotatedArticle {
    let text = format!("{value} boats");
    let published = Published { date: date(2031, 5, day), time: None, offset: None };
    let article = Article {
        published: Some(Known { value: published, because: because() }),
        ..Article::of_text(&format!("{n}.txt"), Hash::of(format!("{n}").as_bytes()), &text)
    };
    let whole = Span::new(0, text.len());
    let holder = if party.is_empty() { Holder::Outlet } else { Holder::Quotation(0) };
    let unit = (!unit.is_empty()).then(|| Unit::new(unit));
    let value = Number::whole(value);
    let figure = Figure { span: whole, value, value_to: None, bound, unit, counted: None, holder };
    let mut annotations = Annotations { figures: vec![figure], ..Annotations::default() };
    if !party.is_empty() {
        let name = Some(party.trim_start_matches('*').to_owned());
        let role = party.starts_with('*').then(|| "harbour master".to_owned());
        annotations.quotations.push(Quotation {
            kind: QuotationKind::Direct,
            source: None,
            cue: None,
            content: vec![whole],
            speaker: Speaker { name, entity: None, role, because: because() },
            addressee: None,
            said_on: None,
            place: None,
            because: because(),
        });
    }
    AnnotatedArticle { article, annotations }
}

/// The course, and what lowest, highest, latest, official and median take.
#[track_caller]
fn check(rows: &[Row], course: Course, taken: [Option<i64>; 5]) {
    let all: Vec<AnnotatedArticle> = rows.iter().enumerate().map(|(n, row)| article(n, row)).collect();
    let unit = all[0].annotations.figures[0].unit.clone();
    let series = FigureSeries {
        id: Id::of(["series"]),
        story: Id::of(["story"]),
        counted: "boats".to_owned(),
        unit,
        members: all.iter().map(|a| (a.article.id, 0)).collect(),
        spread: (Number::whole(0), Number::whole(0)),
        because: because(),
    };
    let articles: BTreeMap<Id, AnnotatedArticle> = all.into_iter().map(|a| (a.article.id, a)).collect();
    let record = Record::default();
    let tally = Tallies::new(&record, &articles).of(&series);
    assert_eq!(tally.course, course, "{rows:?}");
    let chosen = Policy::ALL.map(|policy| tally.choose(policy).map(|told| told.value));
    assert_eq!(chosen, taken.map(|value| value.map(Number::whole)), "{rows:?}");
}

use Bound::{About, AtLeast, Exactly, MoreThan};

#[test]
fn values_that_can_hold_at_once_agree() {
    let none = None;
    check(
        &[(4, Exactly, 40, "", ""), (4, Exactly, 40, "", "")],
        Course::Agrees,
        [Some(40), Some(40), Some(40), none, Some(40)],
    );
    check(
        &[(4, About, 40, "", ""), (5, Exactly, 41, "", "")],
        Course::Agrees,
        [Some(40), Some(41), Some(41), none, Some(40)],
    );
    check(
        &[(4, MoreThan, 30, "", ""), (4, Exactly, 41, "", "")],
        Course::Agrees,
        [Some(30), Some(41), Some(30), none, Some(30)],
    );
    check(
        &[(4, Exactly, 3, "km", ""), (4, Exactly, 3000, "m", "")],
        Course::Agrees,
        [Some(3), Some(3), Some(3), none, Some(3)],
    );
}

#[test]
fn growth_is_no_contradiction() {
    check(
        &[(4, Exactly, 14, "", ""), (5, Exactly, 22, "", ""), (6, Exactly, 40, "", "")],
        Course::Grows,
        [Some(14), Some(40), Some(40), None, Some(22)],
    );
    check(
        &[(4, AtLeast, 14, "", ""), (5, AtLeast, 40, "", "")],
        Course::Grows,
        [Some(14), Some(40), Some(40), None, Some(14)],
    );
    check(
        &[(4, Exactly, 40, "", ""), (5, Exactly, 22, "", ""), (6, Exactly, 14, "", "")],
        Course::Falls,
        [Some(14), Some(40), Some(14), None, Some(22)],
    );
    check(
        &[(4, Exactly, 14, "", ""), (5, Exactly, 40, "", ""), (6, Exactly, 22, "", "")],
        Course::Differs,
        [Some(14), Some(40), Some(22), None, Some(22)],
    );
    check(
        &[(4, Exactly, 14, "", ""), (4, Exactly, 40, "", ""), (5, Exactly, 50, "", "")],
        Course::Differs,
        [Some(14), Some(50), Some(50), None, Some(40)],
    );
}

#[test]
fn parties_keep_to_their_own() {
    check(
        &[(4, Exactly, 14, "", "*Holm"), (4, Exactly, 40, "", "Aas"), (4, Exactly, 40, "", "")],
        Course::Parties,
        [Some(14), Some(40), Some(40), Some(14), Some(40)],
    );
    check(
        &[(4, Exactly, 14, "", "*Holm"), (4, Exactly, 40, "", "Aas"), (4, Exactly, 70, "", "")],
        Course::Differs,
        [Some(14), Some(70), Some(14), Some(14), Some(40)],
    );
    check(
        &[(4, Exactly, 14, "", "*Holm"), (5, Exactly, 20, "", "*Holm"), (6, Exactly, 9, "", "unknown")],
        Course::Differs,
        [Some(9), Some(20), Some(9), Some(20), Some(14)],
    );
}

#[test]
fn the_latest_day_goes_to_what_most_texts_tell() {
    check(
        &[
            (4, Exactly, 9, "", ""),
            (6, Exactly, 14, "", ""),
            (6, Exactly, 40, "", ""),
            (6, Exactly, 40, "", ""),
        ],
        Course::Differs,
        [Some(9), Some(40), Some(40), None, Some(14)],
    );
}

#[test]
fn policies_are_read_by_their_names() {
    for policy in Policy::ALL {
        assert_eq!(Policy::from_name(policy.name()), Some(policy));
    }
    assert_eq!(Policy::from_name("mean"), None);
}

/// Values of any size, with bounds at the end of what numbers hold.
#[test]
fn extreme_numbers_are_compared() {
    for bound in Bound::ALL {
        for value in [i64::MIN, 0, i64::MAX] {
            let all = [article(0, &(4, bound, value, "", "")), article(1, &(5, bound, 1, "", ""))];
            let series = FigureSeries {
                id: Id::of(["series"]),
                story: Id::of(["story"]),
                counted: String::new(),
                unit: None,
                members: all.iter().map(|a| (a.article.id, 0)).collect(),
                spread: (Number::whole(0), Number::whole(0)),
                because: because(),
            };
            let articles = all.into_iter().map(|a| (a.article.id, a)).collect();
            let record = Record::default();
            assert_eq!(Tallies::new(&record, &articles).of(&series).told.len(), 2);
        }
    }
    let record = Record::default();
    let empty = FigureSeries {
        id: Id::of(["series"]),
        story: Id::of(["story"]),
        counted: String::new(),
        unit: None,
        members: Vec::new(),
        spread: (Number::whole(0), Number::whole(0)),
        because: because(),
    };
    let articles = BTreeMap::new();
    let tally = Tallies::new(&record, &articles).of(&empty);
    assert!(Policy::ALL.into_iter().all(|policy| tally.choose(policy).is_none()));
}
