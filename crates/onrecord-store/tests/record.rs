//! A record written and read back, searched, verified, tampered with, and interrupted.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test file")]

use onrecord_model::*;
use onrecord_store::{HitKind, Store};

mod fixture;
use fixture::*;

#[test]
fn everything_reads_back_as_it_was_written() {
    let Fixture { store, a, b, .. } = fixture();
    let stored = store.article(a).unwrap().unwrap();
    assert_eq!(stored.article, article("a.txt"));
    assert_eq!(stored.annotations, annotations());
    let page = store.page(a).unwrap().unwrap();
    let extraction = entry("a.txt").extraction;
    assert_eq!((page.raw, page.text_to_raw), (extraction.raw, extraction.text_to_raw));
    assert_eq!((page.raw_to_page, page.boilerplate), (extraction.raw_to_page, extraction.boilerplate));
    assert_eq!(store.record().unwrap(), record(a, b));
    assert_eq!(store.problems().unwrap().len(), 2);
    assert_eq!(store.articles().unwrap().len(), 2);
}

#[test]
fn adding_again_changes_nothing_and_adding_more_asks_for_reconciling() {
    let Fixture { mut store, .. } = fixture();
    assert_eq!(store.add(&[entry("a.txt")]).unwrap(), 0);
    assert!(store.is_reconciled().unwrap());
    assert_eq!(store.add(&[entry("c.txt")]).unwrap(), 1);
    assert!(!store.is_reconciled().unwrap());
    assert_eq!(store.article_count().unwrap(), 3);
}

#[test]
fn a_batch_that_fails_leaves_nothing_behind() {
    let Fixture { dir, mut store, .. } = fixture();
    let other = rusqlite::Connection::open(dir.path().join("a.onrecord")).unwrap();
    let guard = "CREATE TRIGGER stop BEFORE INSERT ON figure WHEN new.article <> '' BEGIN SELECT raise(ABORT, 'full'); END";
    other.execute_batch(guard).unwrap();
    assert!(store.add(&[entry("c.txt")]).is_err());
    assert_eq!(store.article_count().unwrap(), 2);
}

#[test]
fn search_finds_statements_before_articles() {
    let Fixture { store, a, .. } = fixture();
    let hits = store.search("reopen", 10).unwrap();
    assert_eq!(hits[0].kind, HitKind::Statement);
    assert!(hits[0].snippet.contains("\u{2068}reopen\u{2069}"), "{:?}", hits[0].snippet);
    assert!(hits.iter().any(|hit| hit.kind == HitKind::Article && hit.id == a));
    assert_eq!(store.search("reopen", 2).unwrap().len(), 2);
    assert!(store.search("( OR", 10).unwrap().is_empty());
}

#[test]
fn views_answer_a_reporter() {
    let Fixture { dir, .. } = fixture();
    let db = rusqlite::Connection::open(dir.path().join("a.onrecord")).unwrap();
    let one = |sql: &str| -> String { db.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(one("SELECT words FROM statements WHERE accounts = 2"), "We’ll reopen ten");
    assert_eq!(one("SELECT outlet FROM accounts LIMIT 1"), "The Lantern");
    assert_eq!(one("SELECT left_words FROM differences"), "ten");
    assert_eq!(one("SELECT holder FROM figures LIMIT 1"), "Ada Brell");
}

#[test]
fn verify_holds_for_an_untouched_record_and_names_what_was_touched() {
    let Fixture { dir, mut store, .. } = fixture();
    store.correct(&corrections()).unwrap();
    let store = store;
    let findings = |store: &Store| {
        let mut out = Vec::new();
        let summary =
            store.verify(&mut |finding| out.push(format!("{}: {}", finding.place, finding.message))).unwrap();
        assert_eq!((summary.articles, summary.findings), (2, out.len()));
        out
    };
    assert_eq!(findings(&store), Vec::<String>::new());
    let check = |tamper: &str, undo: &str, expected: &str| {
        let db = rusqlite::Connection::open(dir.path().join("a.onrecord")).unwrap();
        db.pragma_update(None, "foreign_keys", "OFF").unwrap();
        db.execute_batch(tamper).unwrap();
        let found = findings(&store);
        assert!(found.iter().any(|f| f.starts_with(expected)), "{expected} in {found:#?}");
        db.execute_batch(undo).unwrap();
        assert_eq!(findings(&store), Vec::<String>::new(), "undone");
    };
    check(
        "UPDATE account_part SET words = 'We’ll reopen two'",
        "UPDATE account_part SET words = 'We’ll reopen ten'",
        "account_part: `We’ll reopen two` does not stand at",
    );
    check(
        "UPDATE page SET bytes = CAST (bytes || x'20' AS BLOB)",
        "UPDATE page SET bytes = CAST (substr(bytes, 1, length(bytes) - 1) AS BLOB)",
        "page: the page's bytes do not have the hash",
    );
    check(
        "UPDATE article SET text = replace(text, '40', '41')",
        "UPDATE article SET text = replace(text, '41', '40')",
        "article: the text does not have the hash",
    );
    check(
        "UPDATE correction SET why = 'none' WHERE kind = 'hide'",
        "UPDATE correction SET why = 'she told us' WHERE kind = 'hide'",
        "correction: `",
    );
    check(
        "UPDATE correction_place SET words = 'eleven' WHERE part = 'content' AND n = 1",
        "UPDATE correction_place SET words = 'ten' WHERE words = 'eleven'",
        "correction: `eleven` does not stand at character",
    );
    check(
        "UPDATE reply SET \"to\" = '0000000000000000' || \"to\"",
        "UPDATE reply SET \"to\" = substr(\"to\", 17)",
        "reference: a row of `reply` names a row of `statement` that is not there",
    );
}

#[test]
fn what_cannot_be_opened_says_why_and_what_next() {
    let dir = tempfile::tempdir().unwrap();
    let gone = Store::open_existing(std::path::Path::new("gone.onrecord")).unwrap_err();
    insta::assert_snapshot!(gone, @r"
    there is no record at `gone.onrecord`
    (hint: `onrecord build FOLDER --record gone.onrecord` makes one)
    ");
    let path = dir.path().join("notes.txt");
    std::fs::write(&path, "these are notes, and more than a hundred bytes of them so that SQLite reads a whole header before it decides").unwrap();
    let err = Store::open(&path).unwrap_err();
    assert!(err.to_string().ends_with("notes.txt` cannot be opened as a record"), "{err}");
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE mail (subject TEXT)").unwrap();
    let err = Store::open(&path).unwrap_err();
    assert!(err.to_string().contains("is a database, but no record"), "{err}");
    let count = "SELECT count(*) FROM sqlite_schema";
    let tables: i64 =
        rusqlite::Connection::open(&path).unwrap().query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 1);
}

/// One correction of every kind, at words of the article.
fn corrections() -> Vec<Correction> {
    let of = article("a.txt");
    let place = |words: &str| Place::of(&of, span(words)).unwrap();
    let places = || vec![place("We’ll reopen ten"), place("ten")];
    let changes = [
        Change::SameStatement { places: places() },
        Change::OtherStatement { kept: place("We’ll reopen ten"), apart: vec![place("ten")] },
        Change::SameEntity { places: places() },
        Change::OtherEntity { places: places() },
        Change::Speaker { places: places(), name: None, kind: EntityKind::Person },
        Change::Speaker { places: places(), name: Some("Bo Arn".into()), kind: EntityKind::Organisation },
        Change::Words { place: place("ten"), content: places() },
        Change::SaidOn { places: places(), day: DateValue::parse("2024-05").unwrap() },
        Change::Hide { places: places() },
    ];
    let signed = |n: usize| Signed {
        by: "Ida".into(),
        at: format!("2024-06-01T10:00:0{n}.000Z"),
        why: "she told us".into(),
    };
    changes.into_iter().enumerate().map(|(n, change)| Correction::new(change, signed(n))).collect()
}

#[test]
fn corrections_read_back_and_are_kept_beside_the_record() {
    let Fixture { dir, mut store, a, b } = fixture();
    let corrections = corrections();
    assert!(store.correct(&corrections).unwrap());
    assert!(!store.is_reconciled().unwrap(), "they are to be applied");
    store.replace_record(&record(a, b), 2, &[]).unwrap();
    assert!(!store.is_reconciled().unwrap(), "this record knows nothing of them");
    store.replace_record(&record(a, b), 2, &corrections).unwrap();
    assert!(!store.correct(&corrections).unwrap(), "each is kept once");
    assert!(store.is_reconciled().unwrap());
    assert_eq!(store.corrections().unwrap(), corrections);
    let back = Signed { by: "Bo".into(), at: "2024-06-02T10:00:00.000Z".into(), why: "a slip".into() };
    assert!(store.undo_correction(corrections[1].id, &back).unwrap());
    assert!(!store.undo_correction(corrections[1].id, &back).unwrap(), "only once");
    assert!(!store.undo_correction(a, &back).unwrap(), "there is none");
    assert!(!store.is_reconciled().unwrap());
    let kept = store.corrections().unwrap();
    assert_eq!(kept[1], Correction { undone: Some(back), ..corrections[1].clone() });
    let mut other = Store::open(&dir.path().join("other.onrecord")).unwrap();
    other.correct(&corrections).unwrap();
    assert!(other.correct(&kept).unwrap(), "what was taken back elsewhere is taken back here");
    assert_eq!(other.corrections().unwrap(), kept);
}

#[test]
fn articles_added_while_others_are_reconciled_are_not_forgotten() {
    let Fixture { mut store, a, b, .. } = fixture();
    assert!(store.is_reconciled().unwrap());
    store.add(&[entry("c.txt")]).unwrap();
    store.replace_record(&record(a, b), 2, &[]).unwrap();
    assert!(!store.is_reconciled().unwrap());
}

#[test]
fn a_record_that_cannot_be_written_is_read() {
    let Fixture { dir, store, a, .. } = fixture();
    drop(store);
    // A folder in the place of the log that SQLite would begin keeps it from being begun.
    std::fs::create_dir(dir.path().join("a.onrecord-wal")).unwrap();
    let mut store = Store::open_existing(&dir.path().join("a.onrecord")).unwrap();
    assert!(store.article(a).unwrap().is_some());
    let err = store.add(&[entry("c.txt")]).unwrap_err();
    assert!(err.to_string().starts_with("the record may only be read"), "{err}");
}
