//! Parts of a record, lists and searches, as pages read them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test file")]

use onrecord_model::*;
use onrecord_store::{Layers, List, MOST_RANKED, Order, Page, Search, Store, Wanted, Way};

mod fixture;
use fixture::*;

const ALL: Page = Page { offset: 0, limit: 100 };

#[test]
fn a_part_is_what_the_whole_holds_of_it() {
    let Fixture { store, a, b, .. } = fixture();
    let whole = record(a, b);
    let all = Wanted {
        lines: vec![whole.statements[0].id],
        told: vec![whole.statements[1].id],
        statements: whole.statements.iter().map(|s| s.id).collect(),
        stories: whole.stories.iter().map(|s| s.id).collect(),
        figures: whole.figures.iter().map(|f| f.id).collect(),
        entities: whole.entities.iter().map(|e| e.id).collect(),
        named_in: vec![a],
        copied: vec![b],
        themes: Vec::new(),
        differences: Vec::new(),
        pages: whole.pages.iter().map(|page| page.id).collect(),
    };
    assert_eq!(store.part(&all).unwrap(), whole);
    assert_eq!(store.part(&Wanted::default()).unwrap(), Record::default());
    let differences = vec![whole.differences[0].id];
    let part = store.part(&Wanted { differences, ..Wanted::default() }).unwrap();
    assert_eq!((part.differences, part.statements.len()), (whole.differences.clone(), 0));
    let one = Wanted { statements: vec![Id::of(["2"])], ..Wanted::default() };
    let part = store.part(&one).unwrap();
    assert_eq!(part.statements.iter().map(|s| s.id).collect::<Vec<_>>(), [Id::of(["2"])]);
    assert_eq!((part.replies.len(), part.themes.len(), part.differences.len()), (1, 1, 0));
    assert!(part.stories.is_empty() && part.copies.is_empty());
}

#[test]
fn a_line_of_a_list_is_told_who_tells_and_in_which_kinds_they_differ() {
    let Fixture { store, a, b, .. } = fixture();
    let whole = record(a, b);
    let ids: Vec<Id> = whole.statements.iter().map(|s| s.id).collect();
    let part = store.part(&Wanted { lines: ids.clone(), ..Wanted::default() }).unwrap();
    let accounts = |record: &Record| -> Vec<Vec<Account>> {
        record.statements.iter().map(|statement| statement.accounts.clone()).collect()
    };
    let kinds = |record: &Record| -> Vec<_> {
        let of = |d: &Difference| (d.id, d.statement, d.kind, d.between.each_ref().map(|side| side.article));
        record.differences.iter().filter(|d| d.statement.is_some()).map(of).collect()
    };
    assert_eq!((accounts(&part), kinds(&part)), (accounts(&whole), kinds(&whole)));
    assert_eq!((part.replies, part.themes), (whole.replies.clone(), Vec::new()));
    let told = store.part(&Wanted { told: ids, ..Wanted::default() }).unwrap();
    assert_eq!((accounts(&told), told.differences, told.replies), (accounts(&whole), Vec::new(), Vec::new()));
}

#[test]
fn an_article_comes_with_the_layers_asked_for() {
    let Fixture { store, a, .. } = fixture();
    let with = |layers| store.article_with(a, layers).unwrap().unwrap().annotations;
    assert_eq!(with(Layers::All), annotations());
    assert_eq!(with(Layers::Figures).figures, annotations().figures);
    let speakers = with(Layers::Speakers);
    assert_eq!((&speakers.entities, speakers.figures.len()), (&annotations().entities, 0));
    let told = |marks: &Annotations| -> Vec<Speaker> {
        marks.quotations.iter().map(|q| q.speaker.clone()).collect()
    };
    assert_eq!(told(&speakers), told(&annotations()));
    assert!(!store.problems_of(a).unwrap().is_empty());
}

#[test]
fn lists_have_true_totals_and_pages_of_them_make_the_whole() {
    let Fixture { store, a, b, .. } = fixture();
    let story = Id::of(["s"]);
    let lists = [
        (List::Stories, 1),
        (List::Statements, 2),
        (List::Pages, 1),
        (List::Copied, 1),
        (List::Differing, 1),
        (List::Answering, 1),
        (List::OfStory(story), 2),
        (List::OfStory(Id::of(["another"])), 0),
        (List::OfSpeaker(Id::of(["e"])), 2),
        (List::Articles, 2),
        (List::Differences, 1),
        (List::Figures, 1),
        (List::FiguresOf(story), 1),
        (List::Entities, 1),
        (List::Themes, 1),
    ];
    for (list, total) in lists {
        let whole = store.list(list, ALL).unwrap();
        assert_eq!((whole.total, whole.ids.len()), (total, total), "{list:?}");
        let pages = (0..total).map(|offset| store.list(list, Page { offset, limit: 1 }).unwrap());
        let paged: Vec<Id> = pages.flat_map(|page| page.ids).collect();
        assert_eq!(paged, whole.ids, "{list:?}");
    }
    // The two articles are copies: the statement that both tell has one text and one kind of difference.
    assert_eq!(store.list(List::Statements, ALL).unwrap().ids[0], Id::of(["1"]));
    let line = store.story_lines(&[story]).unwrap().remove(0);
    assert_eq!((line.articles, line.texts, line.statements), (2, 1, 2));
    assert_eq!(line.days, Some(("2024-05-08".to_owned(), "2024-05-08".to_owned())));
    assert_eq!(store.days(&[Id::of(["2"])]).unwrap()[&Id::of(["2"])], "2024-05-07");
    assert_eq!(store.along(Way::ArticleToStory, a).unwrap(), [story]);
    assert_eq!(store.along(Way::ArticleToStatements, b).unwrap().len(), 2);
    let theme = whole_theme(&store, a, b);
    assert_eq!(store.along(Way::StatementToThemes, theme.statements[0]).unwrap(), [theme.id]);
    let account = record(a, b).statements[0].accounts[0].id;
    assert_eq!(store.along(Way::AccountToStatement, account).unwrap(), [record(a, b).statements[0].id]);
    assert_eq!(store.counts().unwrap().articles, 2);
}

/// The theme of the record, read by its id alone and the same as in the whole.
fn whole_theme(store: &Store, a: Id, b: Id) -> Theme {
    let theme = record(a, b).themes.remove(0);
    let part = store.part(&Wanted { themes: vec![theme.id], ..Wanted::default() }).unwrap();
    assert_eq!((part.themes, part.statements.len()), (vec![theme.clone()], 0));
    theme
}

#[track_caller]
fn finds(store: &Store, change: impl FnOnce(&mut Search), statements: usize) {
    let mut search = Search::default();
    change(&mut search);
    let found = store.find_statements(&search, ALL).unwrap();
    assert_eq!((found.total, found.ids.len()), (statements, statements), "{search:?}");
}

#[test]
fn searches_are_narrowed_by_every_facet() {
    let Fixture { store, .. } = fixture();
    let text = |words: &str| Some(words.to_owned());
    finds(&store, |_| (), 2);
    finds(&store, |s| s.words = "reopen".to_owned(), 2);
    finds(&store, |s| s.words = "absent".to_owned(), 0);
    finds(&store, |s| s.words = "( * \"".to_owned(), 0);
    finds(&store, |s| s.speaker = "brell".to_owned(), 2);
    finds(&store, |s| s.speaker = "nobody".to_owned(), 0);
    finds(&store, |s| s.outlet = text("The Lantern"), 2);
    finds(&store, |s| s.outlet = text("Another"), 0);
    finds(&store, |s| s.language = text("en"), 2);
    finds(&store, |s| s.language = text("fr"), 0);
    finds(&store, |s| s.kind = Some(DifferenceKind::Omission), 1);
    finds(&store, |s| s.kind = Some(DifferenceKind::Figure), 0);
    finds(&store, |s| (s.from, s.to) = (text("2024-05-07"), text("2024-05-07")), 2);
    finds(&store, |s| s.from = text("2024-05-08"), 0);
    finds(&store, |s| s.story = Some(Id::of(["s"])), 2);
    let words = Search { words: "bridges".to_owned(), ..Search::default() };
    assert_eq!(store.find_articles(&words, Page { offset: 1, limit: 5 }).unwrap().total, 2);
    assert_eq!(store.find_articles(&Search::default(), ALL).unwrap().total, 0);
    assert_eq!(store.facets(5).unwrap().outlets, [("The Lantern".to_owned(), 2)]);
}

/// A record in which so many statements, told by one article or the other, hold the same words.
fn many(store: &mut Store, (a, b): (Id, Id), statements: usize) {
    let whole = record(a, b);
    let like = whole.statements[0].clone();
    let told = |n: usize| {
        let name = n.to_string();
        let mut account = like.accounts[0].clone();
        (account.id, account.article) = (Id::of(["account", &name]), if n.is_multiple_of(2) { a } else { b });
        Statement {
            id: Id::of(["many", &name]),
            accounts: vec![account],
            rows: Vec::new(),
            said_on: None,
            place: None,
            ..like.clone()
        }
    };
    let record = Record {
        statements: (0..statements).map(told).collect(),
        stories: whole.stories,
        entities: whole.entities,
        ..Record::default()
    };
    store.replace_record(&record, 2, &[]).unwrap();
}

#[test]
fn words_that_very_many_hold_are_not_weighed_and_lose_nothing() {
    let Fixture { mut store, a, b, .. } = fixture();
    for (statements, order) in [(MOST_RANKED, Order::Words), (MOST_RANKED + 70, Order::MostTold)] {
        many(&mut store, (a, b), statements);
        let search = Search { words: "reopen".to_owned(), ..Search::default() };
        let pages = (0..statements).step_by(500);
        let pages = pages.map(|offset| store.find_statements(&search, Page { offset, limit: 500 }).unwrap());
        let mut found: Vec<Id> = Vec::new();
        for page in pages {
            assert_eq!((page.total, page.order), (statements, Some(order)));
            found.extend(page.ids);
        }
        let listed = store.list(List::Statements, Page { offset: 0, limit: statements }).unwrap();
        assert_eq!((found.len(), listed.total), (statements, statements));
        assert_eq!(found, listed.ids, "each tells as much as the next");
        let narrowed = Search { from: Some("2024-05-09".to_owned()), ..search };
        assert_eq!(store.find_statements(&narrowed, ALL).unwrap().total, 0);
    }
}

#[test]
fn what_is_added_is_counted_before_the_record_is_made_anew() {
    let Fixture { mut store, .. } = fixture();
    let before = store.list(List::Articles, ALL).unwrap().total;
    store.add(&[entry("c.txt")]).unwrap();
    let after = store.list(List::Articles, ALL).unwrap();
    assert_eq!((after.total, after.ids.len(), store.counts().unwrap().articles), (before + 1, 3, 3));
}

#[test]
fn a_record_that_is_opened_to_be_read_cannot_be_changed() {
    let Fixture { dir, store, .. } = fixture();
    let path = dir.path().join("a.onrecord");
    drop(store);
    let mut store = Store::open_to_read(&path).unwrap();
    assert!(store.add(&[entry("c.txt")]).is_err());
    assert_eq!((store.article_count().unwrap(), store.hiding().unwrap().as_str()), (2, ""));
}
