//! What a person knows better, told to the program: it holds, it can be read elsewhere, it can be taken back.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use std::fs;

use desk::{BRIDGE, Desk, Ran};
use serde_json::Value;

fn desk() -> Desk {
    let desk = Desk::new();
    BRIDGE.iter().for_each(|(name, text)| desk.put(&format!("news/{name}"), text));
    assert_eq!(desk.run("build news --record r").code, Some(0));
    desk
}

fn rows(desk: &Desk, record: &str, table: &str) -> Vec<Value> {
    desk.exported(record, "jsonl");
    let file = fs::read_to_string(desk.path(&format!("{record}-jsonl/{table}.jsonl"))).unwrap();
    file.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The statement that holds these words, with its id.
fn statement(desk: &Desk, record: &str, words: &str) -> (String, Value) {
    let found =
        rows(desk, record, "statements").into_iter().find(|row| row["accounts"].to_string().contains(words));
    let row = found.unwrap();
    (row["statement"].as_str().unwrap().to_owned(), row)
}

fn correct(desk: &Desk, arguments: &str) -> Ran {
    let mut command =
        desk.command(&format!("correct {arguments} --record r --by Ida --at 2024-06-01T10:00:00Z"));
    let ran = command.args(["--why", "the tape says so"]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ran { out: text(&ran.stdout), err: text(&ran.stderr), code: ran.status.code() }
}

#[test]
fn a_correction_holds_is_listed_and_is_taken_back() {
    let desk = desk();
    let before = desk.exported("r", "jsonl");
    let (tape, _) = statement(&desk, "r", "before the winter");
    let (ice, _) = statement(&desk, "r", "the ice is gone");
    assert_ne!(tape, ice);
    let ran = correct(&desk, &format!("same {tape} {}", &ice[..10]));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.contains("(holds)") && ran.out.contains("Ida, 2024-06-01T10:00:00.000Z: the tape says so"),
        "{}",
        ran.out
    );
    let (_, whole) = statement(&desk, "r", "the ice is gone");
    assert_eq!(whole["accounts"].as_array().unwrap().len(), 3);
    assert_eq!(whole["because"]["rule"], "corrections.same");
    for answer in [
        desk.run("brief --record r").out,
        desk.run("brief --record r --format html").out,
        desk.exported("r", "csv"),
    ] {
        assert!(answer.contains("the tape says so"), "{answer}");
    }
    let listed: Value = serde_json::from_str(&desk.run("correct list --json --record r").out).unwrap();
    assert_eq!((&listed["kind"], &listed["standing"]), (&"same".into(), &"holds".into()));
    assert_eq!(desk.run("verify r").code, Some(0));
    let id = listed["correction"].as_str().unwrap();
    let undone = correct(&desk, &format!("undo {id}"));
    assert!(
        undone.out.contains("(taken back)") && undone.out.contains("taken back by Ida"),
        "{}",
        undone.out
    );
    assert_eq!(correct(&desk, &format!("undo {id}")).code, Some(1));
    let after = desk.exported("r", "jsonl");
    let without = |text: &str| {
        text.lines()
            .filter(|line| !line.contains("page_hash\":") || !line.contains("standing"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(without(&after), without(&before), "nothing is left but the list");
}

#[test]
fn corrections_are_read_into_a_record_built_anew() {
    let desk = desk();
    let (tape, row) = statement(&desk, "r", "before the winter");
    let account = row["accounts"][0]["account"].as_str().unwrap().to_owned();
    let mayor = row["speaker"]["entity"].as_str().unwrap().to_owned();
    for arguments in [
        format!("date {tape} 2024-05-13"),
        format!("not-same {tape} {account}"),
        format!("speaker {} Hauliers --kind organisation", statement(&desk, "r", "the ice is gone").0),
        format!("hide {}", statement(&desk, "r", "Nobody asked").1["speaker"]["entity"].as_str().unwrap()),
    ] {
        let ran = correct(&desk, &arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments}");
        assert!(ran.out.contains("(holds)"), "{arguments}: {}", ran.out);
    }
    let split = correct(&desk, &format!("split {mayor} {}", row["accounts"][1]["article"].as_str().unwrap()));
    assert_eq!(split.code, Some(0), "{}", split.err);
    fs::write(desk.path("c.jsonl"), desk.run("correct list --json --record r").out).unwrap();
    desk.run("build news/evening.txt --record s");
    assert_eq!(desk.run("correct read c.jsonl --record s").code, Some(0), "before its articles are there");
    for name in ["wire.txt", "lantern.txt", "post.txt"] {
        assert_eq!(desk.run(&format!("add news/{name} --record s")).code, Some(0));
    }
    assert!(desk.exported("s", "jsonl") == desk.exported("r", "jsonl"), "every table is the same");
    let again = desk.run("correct read r-jsonl/corrections.jsonl --record s");
    assert!(
        again.err.contains("5 corrections read, 0 of them new; 0 of all 5 find no place"),
        "{}",
        again.err
    );
    assert_eq!(desk.run("verify s").code, Some(0));
}

#[test]
fn a_hidden_person_is_found_nowhere() {
    let desk = desk();
    let (answer, row) = statement(&desk, "r", "Nobody asked");
    let person = row["speaker"]["entity"].as_str().unwrap().to_owned();
    assert_eq!(correct(&desk, &format!("hide {person}")).code, Some(0));
    let add = desk.command("add news --record r").output().unwrap();
    let shown = [
        String::from_utf8(add.stdout).unwrap(),
        desk.exported("r", "jsonl"),
        desk.exported("r", "csv"),
        desk.exported("r", "csl"),
        desk.exported("r", "bibtex"),
        desk.exported("r", "graphml"),
        desk.exported("r", "plover"),
        desk.exported("r", "jsonld"),
        desk.exported("r", "webannotation"),
        desk.exported("r", "prov"),
        desk.exported("r", "ftm"),
        desk.run("brief --record r").out,
        desk.run("brief --record r --format html").out,
        desk.run("show --record r").out,
        desk.run(&format!("show statement {answer} --record r")).out,
        desk.run("correct list --record r").out,
        desk.run("search drivers --record r").out,
    ];
    for answer in &shown {
        assert!(!answer.contains("Brandt") && !answer.contains("Olaf"), "{answer}");
    }
    assert!(shown[1].contains("name hidden") && shown[1].contains("**** ******"), "{}", shown[1]);
    for name in ["Brandt", "\"Olaf Brandt\""] {
        let ran = desk.run(&format!("search {name} --record r"));
        assert!(ran.out.is_empty(), "{}", ran.out);
    }
    assert_eq!(desk.run("show speaker Brandt --record r").code, Some(1));
    assert_eq!(desk.run("verify r").code, Some(0));
}

#[test]
fn what_cannot_be_done_says_why() {
    let desk = desk();
    let check = |arguments: &str, code: i32, err: &str| {
        let ran = correct(&desk, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(code), ""), "{arguments}: {}", ran.err);
        assert!(ran.err.contains(err), "{arguments}: {}", ran.err);
    };
    let (tape, _) = statement(&desk, "r", "before the winter");
    check(&format!("same {tape} {tape}"), 2, "two different statements are needed");
    check("hide ffffffff", 1, "there is no entity `ffffffff` in the record");
    check(&format!("date {tape} yesterday"), 2, "`yesterday` is no day such as 2024-02-27");
    check("undo 00", 1, "there is no correction `00`");
    let list = desk.run("correct list --record r");
    assert_eq!((list.code, list.out.as_str()), (Some(1), ""));
    assert!(list.err.contains("nobody has corrected `r`"));
    desk.put("bad.jsonl", "{\"kind\": \"same\"}\n");
    let read = desk.run("correct read bad.jsonl --record r");
    assert_eq!(read.code, Some(2));
    assert!(read.err.contains("`bad.jsonl`, line 1, cannot be taken over"), "{}", read.err);
}
