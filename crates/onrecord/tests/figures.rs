//! What is counted, with every value, and the one that a policy takes.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use desk::Desk;
use serde_json::{Value, json};

/// A record in which a count grows by the day.
fn desk() -> Desk {
    let desk = Desk::new();
    let page = |(outlet, day, before, n, after): (&str, &str, &str, &str, &str)| {
        let text =
            format!("{before} Some {n} lorries crossed the Tarn bridge in Velden on its last day. {after}");
        json!({"url": format!("https://{outlet}.example/b"), "published": day, "headline": "Tarn bridge closed",
            "outlet": outlet, "language": "en", "text": text})
        .to_string()
    };
    let pages = [
        (
            "post",
            "2031-11-12",
            "The Tarn bridge is closed to heavy traffic.",
            "300",
            "Hauliers of Velden are angry.",
        ),
        (
            "wire",
            "2031-11-13",
            "Engineers in Velden went on looking for cracks.",
            "450",
            "The Tarn bridge stays shut.",
        ),
        (
            "dawn",
            "2031-11-14",
            "A council met until midnight.",
            "700",
            "No one in Velden knows when it opens again.",
        ),
    ];
    desk.put("pages.jsonl", pages.map(page).join("\n"));
    assert_eq!(desk.run("build pages.jsonl --record r").code, Some(0));
    desk
}

#[test]
fn a_policy_takes_a_value_and_shows_the_spread() {
    let desk = desk();
    let check = |arguments: &str, words: &[&str]| {
        let ran = desk.run(&format!("figures {arguments} --record r"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments}");
        for word in words {
            assert!(ran.out.contains(word), "{arguments}: {word} in\n{}", ran.out);
        }
    };
    check("", &["lorries", ": 700 (latest; 300 to 700; grows by the day)"]);
    check("--policy lowest", &[": 300 (lowest; "]);
    check("--policy median", &[": 450 (median; "]);
    check("--policy official", &["no such value (official; "]);
    check(
        "lorries --policy lowest",
        &["3 values in 3 texts", "highest 700", "2031-11-13", "the outlet itself, in wire"],
    );
}

#[test]
fn json_holds_every_value_and_every_policy() {
    let desk = desk();
    let ran = desk.run("figures lorries --json --record r");
    let row: Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!(row["course"], "grows");
    assert_eq!(
        row["policies"],
        json!({"highest": 700, "latest": 700, "lowest": 300, "median": 450, "official": null})
    );
    let members = row["members"].as_array().unwrap();
    assert_eq!(members.len(), 3);
    assert_eq!((&members[0]["as_of"], &members[0]["party"]), (&"2031-11-12".into(), &"outlet".into()));
}

#[test]
fn what_nobody_counts_is_not_found() {
    let desk = desk();
    let ran = desk.run("figures zeppelins --record r");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("no `zeppelins` is counted by several articles in `r`"), "{}", ran.err);
    assert_eq!(desk.run("figures --policy mean --record r").code, Some(2));
}
