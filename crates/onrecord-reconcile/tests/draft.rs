//! A draft beside a record: what it tells, leaves out, changes, and prints without saying whose words they are.

#![expect(clippy::unwrap_used, reason = "a test file")]

use jiff::civil::date;
use onrecord_model::*;
use onrecord_reconcile::{Draft, DraftFindings, compare_draft, reconcile, telling_words};

fn because() -> Because {
    Because::new("test", "")
}

/// Quotations are in marks, followed by a name and "said"; a hash before the name says that it is left unresolved.
fn annotated(outlet: &str, text: &str, speakers: &[&str]) -> AnnotatedArticle {
    let article = Article {
        outlet: Some(Known { value: outlet.to_owned(), because: because() }),
        published: Some(Known {
            value: Published { date: date(2031, 5, 4), time: None, offset: None },
            because: because(),
        }),
        language: Some(Known { value: "en".to_owned(), because: because() }),
        ..Article::of_text(&format!("{outlet}.txt"), Hash::of(text.as_bytes()), text)
    };
    let mut marks = Annotations::default();
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        marks.sentences.push(Span::new(start, start + sentence.len()).trimmed(text));
        start += sentence.len();
    }
    for &name in speakers {
        let local = LocalEntity { kind: EntityKind::Person, name: name.into(), role: None, variants: vec![] };
        marks.entities.push(local);
        let entity = Some(EntityRef(u32::try_from(marks.entities.len() - 1).unwrap()));
        let mention =
            |(at, _)| Mention { span: Span::new(at, at + name.len()), kind: EntityKind::Person, entity };
        marks.mentions.extend(text.match_indices(name).map(mention));
    }
    for (open, _) in text.match_indices('“') {
        let close = open + text[open..].find('”').unwrap();
        let behind = &text[close..text[close..].find(". ").map_or(text.len(), |end| close + end)];
        let who = speakers.iter().position(|name| behind.contains(name));
        let source = who.map(|n| close + behind.find(speakers[n]).unwrap());
        let source = source.map(|at| Span::new(at, at + speakers[who.unwrap()].len()));
        marks.quotations.push(Quotation {
            kind: QuotationKind::Direct,
            source,
            cue: behind.find("said").map(|n| Span::new(close + n, close + n + 4)),
            content: vec![Span::new(open + '“'.len_utf8(), close)],
            speaker: Speaker {
                name: who.map(|n| speakers[n].to_owned()),
                entity: who.map(|n| EntityRef(u32::try_from(n).unwrap())),
                role: None,
                because: because(),
            },
            addressee: None,
            said_on: None,
            place: None,
            because: because(),
        });
    }
    for (at, digits) in text
        .match_indices(|c: char| c.is_ascii_digit())
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_digit()))
    {
        let end = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let counted = text[end..].split_whitespace().next().unwrap();
        let counted_at = end + text[end..].find(counted).unwrap();
        let span = Span::new(at, end);
        marks.figures.push(Figure {
            span,
            bound: Bound::Exactly,
            value: Number::whole(span.slice(text).parse().unwrap()),
            value_to: None,
            unit: None,
            counted: Some(Span::new(counted_at, counted_at + counted.len())),
            holder: Holder::Outlet,
        });
    }
    AnnotatedArticle { article, annotations: marks }
}

const VOSK: &str = "Ilmar Vosk";
const LUNDE: &str = "Petra Lunde";

fn record() -> Vec<AnnotatedArticle> {
    vec![
        annotated(
            "Wire",
            "Ilmar Vosk spoke in Dorrun about the Tesk bridge. “We may close the Tesk bridge to 40 lorries before the winter,” Ilmar Vosk said. Hauliers listened. “Our drivers are going to lose their wages,” Petra Lunde said.",
            &[VOSK, LUNDE],
        ),
        annotated(
            "Rival",
            "Lorries in Dorrun wait at the Tesk bridge. “We may close the Tesk bridge to 40 lorries before the winter,” Ilmar Vosk said.",
            &[VOSK],
        ),
    ]
}

fn compared(text: &str, speakers: &[&str]) -> (DraftFindings, AnnotatedArticle) {
    let articles = record();
    let known = reconcile(&articles);
    let draft = annotated("Draft", text, speakers);
    let of = Draft { draft: &draft, articles: &articles, record: &known, corrections: &[] };
    let found = compare_draft(&of);
    let mut turned = articles.clone();
    turned.reverse();
    let again = compare_draft(&Draft { articles: &turned, ..of });
    assert_eq!((&again.record, &again.told, &again.untold), (&found.record, &found.told, &found.untold));
    (found, draft)
}

/// The kinds of difference of a draft, each with its words in the draft; and how many statements it leaves out.
#[track_caller]
fn check(text: &str, speakers: &[&str], expected: &[(&str, &str)], untold: usize) {
    let (found, draft) = compared(text, speakers);
    let own = |difference: &Difference| {
        let side = difference.between.iter().find(|side| side.article == draft.article.id).unwrap();
        (difference.kind.name(), side.span.map_or("", |span| span.slice(&draft.article.text)))
    };
    let mut kinds: Vec<(&str, &str)> = found.record.differences.iter().map(own).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, expected, "{text}\n{:#?}", found.record.differences);
    assert_eq!(found.untold.len(), untold, "{text}");
    for told in &found.told {
        let statement = found.record.statements.iter().find(|s| s.id == told.statement).unwrap();
        assert!(statement.accounts.iter().any(|account| account.article == draft.article.id));
    }
}

#[test]
fn what_a_draft_changes_is_shown_with_its_words() {
    check(
        "At the Tesk bridge in Dorrun. “We may close the Tesk bridge to 40 lorries before the winter,” Ilmar Vosk said. “Our drivers are going to lose their wages,” Petra Lunde said.",
        &[VOSK, LUNDE],
        &[],
        0,
    );
    let (said, told) =
        ("“We may close the Tesk bridge to 70 lorries before the winter,” Ilmar Vosk said.", "70");
    check(&format!("At the Tesk bridge in Dorrun. {said}"), &[VOSK], &[("figure", told)], 1);
    check(
        "At the Tesk bridge in Dorrun. “We will close the Tesk bridge to 40 lorries before the winter,” Ilmar Vosk said.",
        &[VOSK],
        // What the record hedges and the draft does not is shown at the draft's whole part.
        &[("hedge", "We will close the Tesk bridge to 40 lorries before the winter"), ("wording", "will")],
        1,
    );
    check(
        "At the Tesk bridge in Dorrun. “We may close the Tesk bridge to 40 lorries before the winter,” Petra Lunde said.",
        &[LUNDE],
        &[("speaker", "Petra Lunde")],
        1,
    );
}

#[test]
fn words_without_their_speaker_are_shown_and_only_those() {
    let missing = |text: &str, speakers: &[&str]| {
        let (found, draft) = compared(text, speakers);
        let missing = found.told.iter().filter_map(|told| told.unattributed.as_ref());
        missing
            .map(|m| (m.because.rule.to_string(), m.span.slice(&draft.article.text).to_owned()))
            .collect::<Vec<_>>()
    };
    let words = "We may close the Tesk bridge to 40 lorries before the winter";
    let quoted = missing(&format!("Dorrun waits at the Tesk bridge. “{words},” it was heard."), &[]);
    assert_eq!(quoted, [("draft.no_speaker".to_owned(), words.to_owned())]);
    let own = missing(
        "Dorrun waits for news of the bridge. The town may close the Tesk bridge to 40 lorries before the winter.",
        &[],
    );
    assert_eq!(own.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), ["draft.own_words"], "{own:?}");
    assert_eq!(missing(&format!("Dorrun, Tesk bridge. “{words},” Ilmar Vosk said."), &[VOSK]), []);
    // The reader knows whose words they are, whatever the marks say.
    assert_eq!(missing(&format!("Mr Vosk came to the Tesk bridge at Dorrun. “{words}.”"), &[]), []);
}

#[test]
fn what_only_the_draft_has_is_told_apart() {
    let (found, draft) = compared(
        "At the Tesk bridge in Dorrun. “We may close the Tesk bridge to 40 lorries before the winter,” Ilmar Vosk said. “The ferry pays for its own diesel since spring,” Sanna Ruud said.",
        &[VOSK, "Sanna Ruud"],
    );
    assert_eq!((found.told.len(), found.only_in_draft.len(), found.untold.len()), (1, 1, 1));
    let only = found.record.statements.iter().find(|s| s.id == found.only_in_draft[0]).unwrap();
    assert_eq!(only.accounts.iter().map(|a| a.article).collect::<Vec<_>>(), [draft.article.id]);
}

#[test]
fn a_draft_on_something_else_is_like_nothing() {
    let (found, _) = compared(
        "The orchestra of Quellin opens its season with a forgotten symphony. “Nobody has heard these trumpets,” Sanna Ruud said.",
        &["Sanna Ruud"],
    );
    assert_eq!(found.record, Record::default());
    assert!(found.told.is_empty() && found.untold.is_empty() && found.only_in_draft.is_empty());
}

#[test]
fn telling_words_come_first_and_once() {
    let draft = annotated("Draft", "The Tesk bridge and the Tesk ferry will go to the winter harbour.", &[]);
    let words = telling_words(&draft, 3);
    assert_eq!(words.first().map(String::as_str), Some("Tesk"));
    assert_eq!(words.len(), 3);
    assert!(!telling_words(&draft, 50).iter().any(|word| word == "the" || word == "The"));
}
