//! What must hold of every record: it is a function of the set of articles, and a copy adds nothing to it.

use std::collections::BTreeSet;

use jiff::civil::date;
use onrecord_model::{
    AnnotatedArticle, Annotations, Article, Because, Bound, Difference, DifferenceKind, EntityKind,
    EntityRef, Figure, Hash, Holder, Id, Known, LocalEntity, Number, Published, Quotation, QuotationKind,
    Record, Side, Span, Speaker, Stance, Unit,
};
use onrecord_reconcile::reconcile;
use proptest::prelude::*;

fn because() -> Because {
    Because::new("test", "")
}

/// One invented telling: what is quoted stands between `[` and `]`, and the speaker's name before it.
struct Told {
    outlet: &'static str,
    day: i8,
    text: &'static str,
    said: &'static [(&'static str, &'static str, &'static str)],
    /// Words, value, bound, and what is counted.
    figures: &'static [(&'static str, i64, Bound, &'static str)],
}

fn annotated(told: &Told) -> AnnotatedArticle {
    let published = Published { date: date(2031, 5, told.day), time: None, offset: None };
    let article = Article {
        outlet: Some(Known { value: told.outlet.to_owned(), because: because() }),
        published: Some(Known { value: published, because: because() }),
        language: Some(Known { value: "en".to_owned(), because: because() }),
        ..Article::of_text(&format!("{}.txt", told.outlet), Hash::of(told.text.as_bytes()), told.text)
    };
    let annotations = annotations(told, &article.text);
    AnnotatedArticle { article, annotations }
}

fn annotations(told: &Told, text: &str) -> Annotations {
    let mut out = Annotations::default();
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        out.sentences.push(Span::new(start, start + sentence.len()).trimmed(text));
        start += sentence.len();
    }
    let find = |part: &str| {
        let at = text.find(part).unwrap_or_default();
        Span::new(at, at + part.len())
    };
    for &(printed, value, bound, counted) in told.figures {
        let counted = Some(find(counted));
        let (value, span) = (Number::whole(value), find(printed));
        let figure =
            Figure { span, value, value_to: None, bound, unit: None, counted, holder: Holder::Outlet };
        out.figures.push(figure);
    }
    for &(name, cue, words) in told.said {
        let at = out.entities.iter().position(|e| e.name == name).unwrap_or_else(|| {
            let entity =
                LocalEntity { kind: EntityKind::Person, name: name.to_owned(), role: None, variants: vec![] };
            out.entities.push(entity);
            out.entities.len() - 1
        });
        let entity = Some(EntityRef(at as u32));
        out.quotations.push(Quotation {
            kind: QuotationKind::Direct,
            source: Some(find(name)),
            cue: Some(find(cue)),
            content: vec![find(words)],
            speaker: Speaker { name: Some(name.to_owned()), entity, role: None, because: because() },
            addressee: None,
            said_on: None,
            place: None,
            because: because(),
        });
    }
    out
}

const WIRE: Told = Told {
    outlet: "Wire",
    day: 4,
    text: "Minister Ilmar Vosk spoke in Dorrun on Tuesday. “If the towns ask us, we will take preventive \
           measures against the smugglers,” Ilmar Vosk said. The convoy of eleven lorries had crossed the \
           Tesk bridge at dawn with timber from Harrow Mill.",
    said: &[(
        "Ilmar Vosk",
        "said",
        "If the towns ask us, we will take preventive measures against the smugglers",
    )],
    figures: &[],
};
const REPRINT: Told = Told { outlet: "Reprint", ..WIRE };
const RIVAL: Told = Told {
    outlet: "Rival",
    day: 4,
    text: "The minister of trade was in Dorrun this week, where lorries with timber from Harrow Mill cross \
           the Tesk bridge. “We will take proactive measures against the smugglers,” Ilmar Vosk said.",
    said: &[("Ilmar Vosk", "said", "We will take proactive measures against the smugglers")],
    figures: &[],
};
const ANSWER: Told = Told {
    outlet: "Answer",
    day: 6,
    text: "A day in Dorrun. Ilmar Vosk had promised measures against smugglers on the Tesk bridge, with \
           timber from Harrow Mill. Petra Lunde rejected the promise: “Measures against smugglers are absurd”.",
    said: &[("Petra Lunde", "rejected", "Measures against smugglers are absurd")],
    figures: &[],
};
const OTHER: Told = Told {
    outlet: "Other",
    day: 20,
    text: "Anna Quist opened the new opera house. “The acoustics are wonderful,” Anna Quist said at the gala.",
    said: &[("Anna Quist", "said", "The acoustics are wonderful")],
    figures: &[],
};

fn articles(told: &[&Told]) -> Vec<AnnotatedArticle> {
    told.iter().map(|told| annotated(told)).collect()
}

fn all() -> Vec<AnnotatedArticle> {
    articles(&[&WIRE, &REPRINT, &RIVAL, &ANSWER, &OTHER])
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle(),
        again in 0..5_usize,
    ) {
        let all = all();
        let mut mixed: Vec<AnnotatedArticle> = order.iter().map(|&i| all[i].clone()).collect();
        mixed.push(all[again].clone());
        prop_assert_eq!(reconcile(&mixed), reconcile(&all));
    }
}

#[test]
fn a_copy_adds_no_statement_and_no_finding() {
    let without = reconcile(&articles(&[&WIRE, &RIVAL, &ANSWER]));
    let with = reconcile(&articles(&[&WIRE, &REPRINT, &RIVAL, &ANSWER]));
    assert_eq!(with.copies.len(), 1);
    assert_eq!(with.stories.len(), without.stories.len());
    assert_eq!(with.statements.len(), without.statements.len());
    assert_eq!(kinds(&with), kinds(&without));
}

/// The kinds of difference that are found, each once.
fn kinds(record: &Record) -> Vec<DifferenceKind> {
    let mut kinds: Vec<DifferenceKind> = record.differences.iter().map(|d| d.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

#[test]
fn one_speech_in_two_tellings_and_its_answer() {
    let record = reconcile(&all());
    assert_eq!(record.stories.len(), 2, "{:#?}", record.stories);
    assert!(record.statements.iter().any(|s| s.accounts.len() == 3), "{:#?}", record.statements);
    assert_eq!(kinds(&record), [DifferenceKind::Truncation, DifferenceKind::Translation]);
    let [reply] = record.replies.as_slice() else { panic!("{:#?}", record.replies) };
    assert_eq!(reply.stance, Stance::Rejects);
    assert!(record.differences.iter().all(|d| !d.because.note.is_empty()));
}

/// The replies of the promise above and `answer`: what each answer says, and its stance.
#[track_caller]
fn check_replies(answer: Told, expected: &[(&str, Stance)]) {
    let all = articles(&[&WIRE, &RIVAL, &answer]);
    let record = reconcile(&all);
    let words = |id: Id| {
        let accounts = record.statements.iter().filter(|s| s.id == id).flat_map(|s| &s.accounts);
        let own = accounts.filter(|a| a.article == all[2].article.id).flat_map(|a| &a.parts).next();
        own.map_or("", |part| part.span.slice(&all[2].article.text))
    };
    let found: Vec<(&str, Stance)> = record.replies.iter().map(|r| (words(r.from), r.stance)).collect();
    assert_eq!(found, expected, "{:#?}", record.replies);
}

#[test]
fn the_sentence_before_a_quotation_says_that_it_answers() {
    let text = "A day in Dorrun, with timber from Harrow Mill on the Tesk bridge. Ilmar Vosk said: “We will take \
                proactive measures against the smugglers”. The hauliers criticised the plan. “Nobody asked the \
                drivers,” Petra Lunde said.";
    let said = &[
        ("Ilmar Vosk", "said", "We will take proactive measures against the smugglers"),
        ("Petra Lunde", "said", "Nobody asked the drivers"),
    ];
    let answer = Told { text, said, ..ANSWER };
    check_replies(answer, &[("Nobody asked the drivers", Stance::Rejects)]);
    let text = "A day in Dorrun, with timber from Harrow Mill on the Tesk bridge. Ilmar Vosk said: “We will take \
                proactive measures against the smugglers”. The hauliers read newspapers. “Everybody likes the \
                drivers,” Petra Lunde said.";
    let said = &[
        ("Ilmar Vosk", "said", "We will take proactive measures against the smugglers"),
        ("Petra Lunde", "said", "Everybody likes the drivers"),
    ];
    check_replies(Told { text, said, ..ANSWER }, &[]);
}

#[test]
fn what_is_recalled_answers_nothing_told_before_it() {
    let text = "A day in Dorrun, with timber from Harrow Mill on the Tesk bridge. Ilmar Vosk said: “We will take \
                proactive measures against the smugglers”. Petra Lunde had said that measures against smugglers \
                were not a promise.";
    let said = &[
        ("Ilmar Vosk", "said", "We will take proactive measures against the smugglers"),
        ("Petra Lunde", "had said", "measures against smugglers were not a promise"),
    ];
    check_replies(Told { text, said, day: 4, ..ANSWER }, &[]);
    let told = "A day in Dorrun, with timber from Harrow Mill on the Tesk bridge. Ilmar Vosk said: “We will take \
                proactive measures against the smugglers”. Petra Lunde replied that measures against smugglers \
                were not a promise.";
    let said = &[
        ("Ilmar Vosk", "said", "We will take proactive measures against the smugglers"),
        ("Petra Lunde", "replied", "measures against smugglers were not a promise"),
    ];
    let replied = Told { text: told, said, day: 4, ..ANSWER };
    check_replies(replied, &[("measures against smugglers were not a promise", Stance::Rejects)]);
}

const PLACES: &str = "A day in Dorrun, with timber from Harrow Mill on the Tesk bridge. ";

/// The replies of an article in which Ilmar Vosk makes his promise and `told` follows.
#[track_caller]
fn check_follows(told: &str, (name, cue, words): Saying, expected: &[(&str, Stance)]) {
    let promise = "Ilmar Vosk said: “We will take proactive measures against the smugglers”. ";
    let text: &'static str = format!("{PLACES}{promise}{told}").leak();
    let vosk = ("Ilmar Vosk", "said", "We will take proactive measures against the smugglers");
    let said: &'static [Saying] = vec![vosk, (name, cue, words)].leak();
    check_replies(Told { text, said, ..ANSWER }, expected);
}

type Saying = (&'static str, &'static str, &'static str);

#[test]
fn who_judges_what_was_said_by_its_kind_answers_it() {
    let judged = ("Petra Lunde", "called", "the plan a toy for ministers");
    let told = "Petra Lunde called the plan a toy for ministers. ";
    check_follows(told, judged, &[("the plan a toy for ministers", Stance::Answers)]);
    let other = ("Petra Lunde", "called", "the weather a toy for ministers");
    check_follows("Petra Lunde called the weather a toy for ministers. ", other, &[]);
}

#[test]
fn a_welcome_answers_only_what_it_names() {
    let said = ("Petra Lunde", "said", "Everybody likes the drivers");
    let welcomed = "The hauliers welcomed the plan. “Everybody likes the drivers,” Petra Lunde said. ";
    check_follows(welcomed, said, &[("Everybody likes the drivers", Stance::Confirms)]);
    let else_welcomed = "The hauliers welcomed the spring. “Everybody likes the drivers,” Petra Lunde said. ";
    check_follows(else_welcomed, said, &[]);
}

#[test]
fn what_is_lacking_denies_nothing() {
    let said = ("Petra Lunde", "said", "Measures come without a budget");
    check_follows("“Measures come without a budget,” Petra Lunde said. ", said, &[]);
    let denied = ("Petra Lunde", "said", "Measures are not a budget");
    let expected = &[("Measures are not a budget", Stance::Answers)];
    check_follows("“Measures are not a budget,” Petra Lunde said. ", denied, expected);
    let such = ("Petra Lunde", "said", "Such measures come without a budget");
    let expected = &[("Such measures come without a budget", Stance::Answers)];
    check_follows("“Such measures come without a budget,” Petra Lunde said. ", such, expected);
}

/// The replies of one article in which one speaker counts, and then another.
#[track_caller]
fn check_counts(second: &'static str, figure: (&'static str, i64, Bound, &'static str), replies: usize) {
    let first = "Ilmar Vosk said that 140 lorries crossed the Tesk bridge. ";
    let text: &'static str = format!("{PLACES}{first}Petra Lunde said that {second}. ").leak();
    let said: &'static [Saying] =
        vec![("Ilmar Vosk", "said", "140 lorries crossed the Tesk bridge"), ("Petra Lunde", "said", second)]
            .leak();
    let figures = vec![("140", 140, Bound::Exactly, "lorries"), figure].leak();
    let record = reconcile(&articles(&[&Told { text, said, figures, ..ANSWER }]));
    assert_eq!(record.replies.len(), replies, "{:#?}", record.replies);
    assert!(record.replies.iter().all(|reply| reply.stance == Stance::Rejects), "{:#?}", record.replies);
}

#[test]
fn another_number_for_one_thing_answers_the_first() {
    check_counts("it was 90 lorries on that day", ("90", 90, Bound::Exactly, "lorries"), 1);
    check_counts("it was 140 on that day", ("140", 140, Bound::Exactly, "lorries"), 0);
    check_counts("the number has risen to 190 lorries", ("190", 190, Bound::Exactly, "lorries"), 0);
}

#[test]
fn nothing_gives_an_empty_record() {
    assert_eq!(reconcile(&[]), Record::default());
}

/// Two tellings of one sentence with a figure each: the kinds of difference, and the figures of each series.
#[track_caller]
fn check_figures(left: Told, right: Told, expected: &[DifferenceKind], series: &[usize]) {
    let record = reconcile(&articles(&[&left, &right]));
    assert_eq!(kinds(&record), expected, "{:#?}", record.differences);
    assert_eq!(record.figures.iter().map(|s| s.members.len()).collect::<Vec<_>>(), series);
}

const ONE: Told = Told {
    outlet: "One",
    day: 4,
    text: "“There are more than 100 cargo depots along the Tesk river in Harrow,” Ilmar Vosk said.",
    said: &[("Ilmar Vosk", "said", "There are more than 100 cargo depots along the Tesk river in Harrow")],
    figures: &[("more than 100", 100, Bound::MoreThan, "cargo depots")],
};

#[test]
fn figures_of_one_thing_are_set_side_by_side() {
    let over = Told {
        outlet: "Two",
        text: "Ilmar Vosk told the press that over 100 cargo depots stand along the Tesk river in Harrow.",
        said: &[("Ilmar Vosk", "told", "over 100 cargo depots stand along the Tesk river in Harrow")],
        figures: &[("over 100", 100, Bound::MoreThan, "cargo depots")],
        ..ONE
    };
    check_figures(ONE, over, &[], &[2]);
    let more = Told {
        outlet: "Two",
        text: "Ilmar Vosk told the press that 170 cargo depots stand along the Tesk river in Harrow.",
        said: &[("Ilmar Vosk", "told", "170 cargo depots stand along the Tesk river in Harrow")],
        figures: &[("170", 170, Bound::Exactly, "cargo depots")],
        ..ONE
    };
    check_figures(ONE, more, &[DifferenceKind::Figure], &[2]);
}

#[test]
fn figures_of_two_things_are_not() {
    let other = Told {
        outlet: "Two",
        text: "Petra Lunde told the press that 180 fishing clubs are registered along the Tesk river in Harrow.",
        said: &[("Petra Lunde", "told", "180 fishing clubs are registered along the Tesk river in Harrow")],
        figures: &[("180", 180, Bound::Exactly, "fishing clubs")],
        ..ONE
    };
    check_figures(ONE, other, &[], &[]);
}

#[test]
fn what_points_back_is_not_another_thing() {
    let told = |words: &'static str, counted: &'static str| {
        let text =
            format!("Ilmar Vosk told the press that 100 {words} stand along the Tesk river in Harrow.")
                .leak();
        let said = format!("100 {words} stand along the Tesk river in Harrow").leak();
        let figures = vec![("100", 100, Bound::Exactly, counted)].leak();
        Told { outlet: "Two", text, said: vec![("Ilmar Vosk", "told", &*said)].leak(), figures, ..ONE }
    };
    let depots = || Told { outlet: "One", ..told("cargo depots", "cargo depots") };
    check_figures(depots(), told("such warehouses", "such warehouses"), &[], &[]);
    check_figures(depots(), told("old warehouses", "old warehouses"), &[DifferenceKind::Scope], &[]);
}

/// Who tells both numbers tells two things apart, though both are called the same.
#[test]
fn two_numbers_of_one_article_are_two_things() {
    let both = Told {
        outlet: "Two",
        text: "Ilmar Vosk told the press that 170 cargo depots stand along the Tesk river in Harrow, and that \
               more than 100 cargo depots along the Tesk river are empty.",
        said: &[("Ilmar Vosk", "told", "170 cargo depots stand along the Tesk river in Harrow")],
        figures: &[
            ("170", 170, Bound::Exactly, "cargo depots"),
            ("more than 100", 100, Bound::MoreThan, "cargo depots along"),
        ],
        ..ONE
    };
    let record = reconcile(&articles(&[&ONE, &both]));
    let spreads: Vec<bool> = record.figures.iter().map(|s| s.spread.0 == s.spread.1).collect();
    assert_eq!(spreads, [true], "{:#?}", record.figures);
}

/// What each difference is of, and the words of its sides whatever their order.
fn shown(record: &Record, articles: &[AnnotatedArticle]) -> BTreeSet<(&'static str, [Option<String>; 2])> {
    let words = |side: &Side| {
        let of = articles.iter().find(|a| a.article.id == side.article);
        let text = of.map_or("", |a| a.article.text.as_str());
        let words = side.span.map(|span| span.slice(text).to_owned());
        assert!(words.as_ref().is_none_or(|words| !words.is_empty()), "{side:?} lies outside of its text");
        words
    };
    let difference = |d: &Difference| {
        let mut sides = d.between.each_ref().map(words);
        assert!(sides.iter().any(Option::is_some), "{d:?} shows no words");
        sides.sort();
        (d.kind.name(), sides)
    };
    record.differences.iter().map(difference).collect()
}

/// Ids come from names, so other names of the outlets turn the pairs round.
#[test]
fn every_rule_keeps_the_contract() {
    let under = |left: &'static str, right: &'static str| {
        let articles = articles(&[&Told { outlet: left, ..WIRE }, &Told { outlet: right, ..RIVAL }]);
        let is_turned = articles[0].article.id > articles[1].article.id;
        (is_turned, shown(&reconcile(&articles), &articles))
    };
    let found = [("One", "Two"), ("Two", "One"), ("Tern", "Gull"), ("Gull", "Tern"), ("Auk", "Rook")]
        .map(|(left, right)| under(left, right));
    assert!(found.iter().any(|(turned, _)| *turned) && found.iter().any(|(turned, _)| !turned));
    assert!(!found[0].1.is_empty() && found.iter().all(|(_, shown)| *shown == found[0].1), "{found:#?}");
    let same = articles(&[&WIRE, &Told { outlet: "Echo", ..WIRE }]);
    assert!(reconcile(&same).differences.is_empty());
}

/// A rate is a number with its period, wherever an outlet tells the period.
#[test]
fn a_yearly_payment_is_a_payment_a_year() {
    let money = |text: &'static str, unit: &str, printed: &str| {
        let said =
            &text[text.find('“').unwrap_or_default() + '“'.len_utf8()..text.find('”').unwrap_or_default()];
        let told = Told { outlet: "Wire", day: 4, text, said: &[], figures: &[] };
        let mut article = annotated(&told);
        let spoken = Told { said: vec![("Ilmar Vosk", "said", said)].leak(), ..told };
        article.annotations = annotations(&spoken, text);
        let at = text.find(printed).unwrap_or_default();
        article.annotations.figures.push(Figure {
            span: Span::new(at, at + printed.len()),
            value: Number::whole(5_000_000),
            value_to: None,
            bound: Bound::Exactly,
            unit: Some(Unit::new(unit.to_owned())),
            counted: None,
            holder: Holder::Quotation(0),
        });
        article
    };
    let a_year = money(
        "“Dorrun will pay Harrow Mill $5 million a year for the timber of the convoy,” Ilmar Vosk said.",
        "USD per year",
        "$5 million a year",
    );
    let check = |text: &'static str, expected: usize| {
        let record = reconcile(&[a_year.clone(), money(text, "USD", "$5 million")]);
        let is_unit = |d: &&Difference| d.because.rule == "difference.figure.unit";
        assert_eq!(record.statements.iter().map(|s| s.accounts.len()).max(), Some(2), "{record:#?}");
        assert_eq!(record.differences.iter().filter(is_unit).count(), expected, "{text}");
    };
    check(
        "“Dorrun will pay Harrow Mill an annual $5 million for the timber of the convoy,” Ilmar Vosk said.",
        0,
    );
    check("“Dorrun will pay Harrow Mill $5 million for the timber of the convoy,” Ilmar Vosk said.", 1);
}
