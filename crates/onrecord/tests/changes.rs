//! What an outlet changed in a page: the program reads two versions and tells what was touched.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use std::fs;

use desk::{Desk, served::Served};
use serde_json::{Value, json};

const ADDRESS: &str = "https://www.post.example/2031/tarn-bridge";

/// A record of the versions in their order, with a page of JSON Lines for each.
fn recorded(versions: &[(&str, &str, &str)]) -> Desk {
    let desk = Desk::new();
    let line = |(published, headline, text): &(&str, &str, &str)| {
        json!({"url": ADDRESS, "published": published, "headline": headline, "outlet": "Harbour Post",
            "language": "en", "text": text})
        .to_string()
    };
    desk.put("pages.jsonl", versions.iter().map(line).collect::<Vec<_>>().join("\n"));
    assert_eq!(desk.run("build pages.jsonl --record r.onrecord").code, Some(0));
    desk
}

fn edits(desk: &Desk) -> Vec<Value> {
    let ran = desk.run(&format!("changes {ADDRESS} --record r.onrecord --json"));
    assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const HEADLINE: &str = "Tarn bridge closes for the winter";
const LEAD: &str =
    "The town of Velden will close the Tarn bridge to lorries on 3 December 2031, mayor Ilse Hardwick said.";
const QUOTE: &str =
    "“We counted 14 cracks and we will not wait for more,” Hardwick told reporters in Velden on Tuesday.";
const CROWD: &str =
    "About 200 hauliers gathered in front of the town hall while the council voted behind closed doors.";
const LAST: &str = "The council meets again after the holidays to hear what engineers have found.";

fn page(passages: &[&str]) -> String {
    passages.join("\n\n")
}

/// The kinds of all edits, one list an edit, and the words that were replaced.
#[track_caller]
fn check(before: &[&str], after: &[&str], expected: &[(&str, &str, &str)]) {
    let desk = recorded(&[
        ("2031-11-12T09:00:00Z", HEADLINE, &page(before)),
        ("2031-11-12T17:30:00Z", HEADLINE, &page(after)),
    ]);
    let found = edits(&desk);
    let words = |edit: &Value, side: &str| -> String {
        let replaced = edit["replaced"].as_array().unwrap();
        if replaced.is_empty() {
            return edit[side]["passage"]["text"].as_str().unwrap_or_default().to_owned();
        }
        let words: Vec<&str> = replaced.iter().map(|r| r[side]["text"].as_str().unwrap()).collect();
        words.join(" … ")
    };
    let kinds = |edit: &Value| {
        let kinds = edit["kinds"].as_array().unwrap();
        kinds.iter().map(|kind| kind.as_str().unwrap()).collect::<Vec<_>>().join(", ")
    };
    let shown: Vec<(String, String, String)> =
        found.iter().map(|edit| (kinds(edit), words(edit, "before"), words(edit, "after"))).collect();
    let expected: Vec<(String, String, String)> =
        expected.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
    assert_eq!(shown, expected);
}

#[test]
fn what_is_counted_quoted_or_named_stands_apart_from_other_words() {
    let whole = [LEAD, QUOTE, CROWD, LAST];
    check(&whole, &whole, &[]);
    check(
        &whole,
        &[LEAD, QUOTE, &CROWD.replace("About 200", "Nearly 900"), LAST],
        &[("figure", "About 200", "Nearly 900")],
    );
    check(
        &whole,
        &[LEAD, QUOTE, &CROWD.replace("About 200", "Two"), LAST],
        &[("figure", "About 200", "Two")],
    );
    check(
        &whole,
        &[LEAD, &QUOTE.replace("will not wait", "cannot wait"), CROWD, LAST],
        &[("quotation", "will not", "cannot")],
    );
    check(
        &whole,
        &[LEAD, &QUOTE.replace("14 cracks", "40 cracks"), CROWD, LAST],
        &[("quotation, figure", "14", "40")],
    );
    check(
        &whole,
        &[&LEAD.replace("Ilse Hardwick", "Olaf Brandt"), QUOTE, CROWD, LAST],
        &[("name", "Ilse Hardwick", "Olaf Brandt")],
    );
    check(
        &whole,
        &[&LEAD.replace("3 December 2031", "10 December 2031"), QUOTE, CROWD, LAST],
        &[("date", "3 December 2031", "10 December 2031")],
    );
    check(
        &whole,
        &[LEAD, QUOTE, &CROWD.replace("gathered", "shouted"), LAST],
        &[("wording", "gathered", "shouted")],
    );
    check(&whole, &[LEAD, CROWD, LAST], &[("quotation, figure, passage", QUOTE, "")]);
    check(
        &[LEAD, CROWD, LAST],
        &[LEAD, CROWD, "The road to the harbour stays open.", LAST],
        &[("passage", "", "The road to the harbour stays open.")],
    );
}

#[test]
fn what_no_reader_would_hear_is_cosmetic() {
    let whole = [LEAD, QUOTE, CROWD, LAST];
    for (n, (from, to)) in [
        ("closed doors.", "closed-doors."),
        ("hauliers gathered", "Hauliers gathered"),
        ("hall while", "hall, while"),
    ]
    .into_iter()
    .enumerate()
    {
        let desk = recorded(&[
            ("2031-11-12T09:00:00Z", HEADLINE, &page(&whole)),
            ("2031-11-12T17:30:00Z", HEADLINE, &page(&[LEAD, QUOTE, &CROWD.replace(from, to), LAST])),
        ]);
        let found = edits(&desk);
        assert_eq!((found.len(), &found[0]["kinds"]), (1, &json!(["cosmetic"])), "{n}");
    }
    check(
        &[LEAD, QUOTE, &LAST.replace("again", "agian")],
        &[LEAD, QUOTE, LAST],
        &[("cosmetic", "agian", "again")],
    );
    check(&whole, &[LEAD, CROWD, QUOTE, LAST], &[("order", QUOTE, QUOTE)]);
    check(
        &[LEAD, QUOTE, &CROWD.replace("About 200", "About two hundred")],
        &[LEAD, QUOTE, CROWD],
        &[("cosmetic", &CROWD.replace("About 200", "About two hundred"), CROWD)],
    );
}

#[test]
fn a_sentence_cut_in_two_is_one_passage() {
    let cut = "About 200 hauliers gathered in front of the town hall. The council voted behind closed doors.";
    check(&[LEAD, CROWD, LAST], &[LEAD, cut, LAST], &[("wording", "while", "")]);
}

#[test]
fn quotation_marks_that_go_are_no_small_thing() {
    let lost = QUOTE.replace(['“', '”'], "");
    let desk = recorded(&[
        ("2031-11-12T09:00:00Z", HEADLINE, &page(&[LEAD, QUOTE, LAST])),
        ("2031-11-12T17:30:00Z", HEADLINE, &page(&[LEAD, &lost, LAST])),
    ]);
    let found = edits(&desk);
    assert_eq!((found.len(), &found[0]["kinds"]), (1, &json!(["quotation"])));
    assert_eq!(found[0]["because"]["rule"], "revisions.marks");
}

#[test]
fn versions_are_listed_told_and_exported() {
    let shorter = page(&[LEAD, &QUOTE.replace("14 cracks", "40 cracks"), CROWD]);
    let desk = recorded(&[
        ("2031-11-12T17:30:00Z", "Tarn bridge shut", &shorter),
        ("2031-11-12T09:00:00Z", HEADLINE, &page(&[LEAD, QUOTE, CROWD])),
    ]);
    desk.put(
        "other.txt",
        "Another page\nThe Lantern, 14 May 2031\n\nNothing changed in this one, said nobody.\n",
    );
    assert_eq!(desk.run("add other.txt --record r.onrecord").code, Some(0));
    let list = desk.run("changes --record r.onrecord");
    assert_eq!((list.code, list.out.lines().count()), (Some(0), 1), "{}", list.out);
    assert!(list.out.contains("2 versions") && list.out.contains("1 × figure"), "{}", list.out);
    let told = desk.run("changes post.example/2031/tarn-bridge/?utm_source=mail --record r.onrecord");
    assert!(told.out.contains("[-14-] {+40+} cracks"), "{}", told.out);
    assert!(told.out.contains("the later version gives a later time"), "{}", told.out);
    let found = edits(&desk);
    assert_eq!(found[0]["before"]["published"], "2031-11-12T09:00:00+00:00", "{}", found[0]);
    desk.exported("r.onrecord", "jsonl");
    let table = fs::read_to_string(desk.path("r.onrecord-jsonl/changes.jsonl")).unwrap();
    let rows: Vec<Value> = table.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows, found);
    for edit in &found {
        let passage = &edit["after"]["passage"];
        assert!(!passage.is_null() || !edit["before"]["passage"].is_null());
    }
}

#[test]
fn an_outlet_that_corrects_itself_does_not_disagree_with_itself() {
    let later = page(&[LEAD, &QUOTE.replace("14 cracks", "40 cracks"), CROWD]);
    let desk = recorded(&[
        ("2031-11-12T09:00:00Z", HEADLINE, &page(&[LEAD, QUOTE, CROWD])),
        ("2031-11-12T17:30:00Z", HEADLINE, &later),
    ]);
    desk.exported("r.onrecord", "jsonl");
    let table = fs::read_to_string(desk.path("r.onrecord-jsonl/differences.jsonl")).unwrap();
    let found: Vec<Value> = table.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let figure = found.iter().find(|difference| difference["kind"] == "figure").unwrap();
    let note = figure["because"]["note"].as_str().unwrap();
    assert!(note.ends_with("both are versions of one page, so the outlet changed it"), "{note}");
}

#[test]
fn a_statement_and_a_story_are_found_by_their_members() {
    let desk = recorded(&[("2031-11-12", HEADLINE, &page(&[LEAD, QUOTE]))]);
    desk.exported("r.onrecord", "jsonl");
    let row = |name: &str| -> Value {
        let table = fs::read_to_string(desk.path(&format!("r.onrecord-jsonl/{name}.jsonl"))).unwrap();
        serde_json::from_str(table.lines().next().unwrap()).unwrap()
    };
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    let (statement, story) = (row("statements"), row("stories"));
    let pairs = [
        ("statement", id(&statement["statement"]), id(&statement["accounts"][0]["account"])),
        ("story", id(&story["story"]), id(&story["articles"][0])),
    ];
    for (kind, whole, member) in pairs {
        let shown = desk.run(&format!("show {kind} {whole} --record r.onrecord"));
        assert_eq!(shown.code, Some(0), "{}", shown.err);
        assert_eq!(desk.run(&format!("show {kind} {member} --record r.onrecord")).out, shown.out);
    }
}

#[test]
fn no_change_says_why() {
    let desk = recorded(&[("2031-11-12", HEADLINE, &page(&[LEAD, QUOTE]))]);
    for (url, why) in [
        (ADDRESS, "holds one version of"),
        ("https://post.example/other", "no article in `r.onrecord` has the address"),
        ("", "no page in `r.onrecord` changed"),
    ] {
        let ran = desk.run(&format!("changes {url} --record r.onrecord"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{url}");
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    let unlike = [("2031-11-12", "One", page(&[LEAD, QUOTE])), ("2031-11-13", "Two", page(&[CROWD, LAST]))];
    let unlike: Vec<(&str, &str, &str)> = unlike.iter().map(|(d, h, t)| (*d, *h, t.as_str())).collect();
    assert!(edits(&recorded(&unlike)).is_empty(), "two articles under one address are no versions of one");
}

#[test]
fn a_page_shows_what_changed_and_programs_are_told() {
    let desk = recorded(&[
        ("2031-11-12T09:00:00Z", HEADLINE, &page(&[LEAD, QUOTE, CROWD, LAST])),
        (
            "2031-11-12T17:30:00Z",
            HEADLINE,
            &page(&[LEAD, &QUOTE.replace("14 cracks", "40 cracks"), CROWD, LAST]),
        ),
        ("2031-11-13T08:00:00Z", HEADLINE, &page(&[LEAD, &QUOTE.replace("14 cracks", "40 cracks"), LAST])),
    ]);
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let json = |path: &str| -> Value {
        serde_json::from_str(&served.is(&format!("/api/v1{path}"), 200).body).unwrap()
    };
    let list = json("/changed_pages");
    assert_eq!(list["total"], 1);
    let changed = &list["items"][0];
    assert_eq!(changed["edits"], json!({"quotation": 1, "figure": 2, "passage": 1}), "{changed}");
    let versions = changed["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 3);
    let id = changed["page"].as_str().unwrap();
    assert_eq!(json(&format!("/changed_pages/{id}")), *changed);
    let edits = json(&format!("/changed_pages/{id}/edits"));
    assert_eq!(edits["total"], 2);
    assert_eq!(edits["items"][0]["replaced"][0]["after"]["text"], "40");
    assert!(served.is("/", 200).body.contains(&format!("changed/{id}")));
    assert!(served.is("/changes/1", 200).body.contains(&format!("changed/{id}")));
    let shown = served.is(&format!("/changed/{id}"), 200).body;
    assert!(shown.contains("<del>14</del> <ins>40</ins>") && shown.contains("Change 2"), "{shown}");
    let later = versions[2]["article"].as_str().unwrap();
    assert!(served.is(&format!("/article/{later}"), 200).body.contains(&format!("changed/{id}")));
    assert!(served.is(&format!("/changed/{later}"), 308).head.contains(&format!("changed/{id}")));
    served.is("/changed/0000000000000000", 404);
    served.is("/changes/2", 404);
}
