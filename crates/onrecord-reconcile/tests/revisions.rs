//! Versions of one page: whatever texts come, edits point into them, and the order of the input does not matter.

#![expect(clippy::unwrap_used, reason = "a test file")]

use jiff::civil::date;
use onrecord_model::*;
use onrecord_reconcile::revisions;
use proptest::prelude::*;

fn because() -> Because {
    Because::new("test", "")
}

/// One version of a page whose sentences end in full stops; words in angle brackets are quoted.
fn version(day: i8, text: &str) -> AnnotatedArticle {
    let page_hash = Hash::of(format!("{day} {text}").as_bytes());
    let published = Published { date: date(2031, 5, day), time: None, offset: None };
    let article = Article {
        published: Some(Known { value: published, because: because() }),
        language: Some(Known { value: "en".to_owned(), because: because() }),
        url: Some(Known { value: "https://post.example/a".to_owned(), because: because() }),
        ..Article::of_text(&format!("{day}.html"), page_hash, text)
    };
    let mut annotations = Annotations::default();
    let mut start = 0;
    for sentence in text.split_inclusive('.') {
        let span = Span::new(start, start + sentence.len()).trimmed(text);
        start += sentence.len();
        if !span.is_empty() {
            annotations.sentences.push(span);
        }
    }
    for (at, quoted) in text.match_indices('«').filter_map(|(at, _)| Some((at, text[at..].find('»')?))) {
        annotations.quotations.push(Quotation {
            kind: QuotationKind::Direct,
            source: None,
            cue: None,
            content: vec![Span::new(at + '«'.len_utf8(), at + quoted)],
            speaker: Speaker::unknown(because()),
            addressee: None,
            said_on: None,
            place: None,
            because: because(),
        });
    }
    AnnotatedArticle { article, annotations }
}

/// Every span of an edit lies in its version at whole characters, and changed words lie in their passage.
fn spans_hold(revision: &Revision, versions: &[AnnotatedArticle]) {
    let text = |id: Id| &versions.iter().find(|v| v.article.id == id).unwrap().article.text;
    for edit in &revision.edits {
        assert!(!edit.kinds.is_empty() && (edit.before.is_some() || edit.after.is_some()), "{edit:?}");
        assert!(edit.kinds.is_sorted(), "{edit:?}");
        let sides = [(revision.earlier, edit.before), (revision.later, edit.after)];
        for (n, (article, passage)) in sides.into_iter().enumerate() {
            let words = edit.replaced.iter().map(|r| if n == 0 { r.before } else { r.after });
            let mut last = 0;
            for span in words.chain(passage) {
                assert!(text(article).get(span.start()..span.end()).is_some(), "{edit:?}");
                assert!(passage.unwrap().contains(span), "{edit:?}");
            }
            for replaced in &edit.replaced {
                let span = if n == 0 { replaced.before } else { replaced.after };
                assert!(last <= span.start(), "in reading order: {edit:?}");
                last = span.end();
            }
        }
    }
}

/// Sentences of few words, so that versions have some in common; with hostile bits between.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-e]{1,3}",
        1 => Just("«vi dam».".to_owned()),
        1 => "[0-9]{1,4}(,000)?",
        1 => "\\PC{1,4}",
    ];
    let sentence = prop::collection::vec(word, 1..7).prop_map(|words| words.join(" ") + ".");
    let fixed = prop_oneof![
        Just("The dam at Tesk holds for now.".to_owned()),
        Just("«Nobody knows how long» said the warden.".to_owned()),
        Just("Rain falls since the second of May.\n".to_owned()),
    ];
    prop::collection::vec(prop_oneof![sentence, fixed], 1..9).prop_map(|sentences| sentences.join(" "))
}

proptest! {
    #[test]
    fn edits_point_into_both_versions_in_any_order(
        texts in prop::collection::vec(text(), 2..5),
        order in any::<prop::sample::Index>(),
    ) {
        let versions: Vec<AnnotatedArticle> =
            (1..).zip(&texts).map(|(day, text)| version(day, text)).collect();
        let found = revisions(&versions);
        found.iter().for_each(|revision| spans_hold(revision, &versions));
        let mut turned: Vec<&AnnotatedArticle> = versions.iter().collect();
        turned.rotate_left(order.index(versions.len()));
        prop_assert_eq!(revisions(turned), found);
    }

    #[test]
    fn one_text_twice_has_no_revision(text in text()) {
        let twice = [version(1, &text), version(2, &text)];
        prop_assert_eq!(revisions(&twice), vec![]);
    }

    #[test]
    fn what_is_put_in_is_found(text in text()) {
        let before = version(1, &format!("The dam at Tesk holds for now. {text}"));
        let after = version(2, &format!("The dam at Tesk holds for now. Zwölf Pumpen laufen. {text}"));
        let found = revisions([&before, &after]);
        let added = Some("Zwölf Pumpen laufen.");
        let is_it = |e: &&Edit| e.before.is_none() && e.after.map(|s| s.slice(&after.article.text)) == added;
        prop_assert!(found[0].edits.iter().any(|e| is_it(&e)), "{:?}", found);
    }
}

#[test]
fn a_long_page_costs_no_more_than_its_length() {
    let sentence = |n: usize| format!("Sentence {n} of a long page says something of its own. ");
    let before: String = (0..6_000).map(sentence).collect();
    let after: String = (0..6_000).rev().map(|n| sentence(n) + "Again and again. ").collect();
    let (before, after) = (version(1, &before), version(2, &after));
    let found = revisions([&before, &after]);
    assert!(found[0].edits.len() >= 6_000);
}

#[test]
fn a_passage_of_endless_words_is_no_danger() {
    let (left, right) = ("ab cd ".repeat(20_000), "ef gh ".repeat(20_000));
    let versions =
        [version(1, &format!("The dam holds. {left}ij.")), version(2, &format!("The dam holds. {right}ij."))];
    let found = revisions(&versions);
    found.iter().for_each(|revision| spans_hold(revision, &versions));
    assert_eq!(found.len(), 1);
}
