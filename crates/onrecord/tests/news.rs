//! What an `add` brings that was not there before: told, filtered by watches, fed to readers.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use std::fs;

use desk::Desk;
use serde_json::{Value, json};

fn line((url, published, outlet, text): (&str, &str, &str, &str)) -> String {
    json!({"url": format!("https://{url}"), "published": published, "headline": "Tarn bridge closes",
        "outlet": outlet, "language": "en", "text": text})
    .to_string()
}

const FIRST: &str = "The town of Velden will close the Tarn bridge to lorries before the winter.\n\n\
    “We counted 14 cracks in the Tarn bridge and we will not wait for more,” mayor Ilse Hardwick told reporters in Velden.";
const SECOND: &str = "In Velden the Tarn bridge closes to lorries before the winter, mayor Ilse Hardwick said.\n\n\
    “We counted 14 cracks in the Tarn bridge,” Hardwick said.\n\nOlaf Brandt, who leads the hauliers of Velden, rejected what Hardwick had said. \
    “The Tarn bridge has no cracks, that is untrue,” Brandt said.\n\nSome 300 lorries cross the Tarn bridge each day.";

/// A record of one article.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("first.jsonl", line(("post.example/bridge", "2031-11-12", "Harbour Post", FIRST)));
    let ran = desk.run("build first.jsonl --record r");
    assert_eq!(ran.code, Some(0));
    assert!(!ran.out.contains("New:"), "at first everything is new: {}", ran.out);
    let later = FIRST.replace("14 cracks", "40 cracks");
    let lines = [
        line(("lantern.example/bridge", "2031-11-13", "The Lantern", SECOND)),
        line(("post.example/bridge", "2031-11-14", "Harbour Post", &later)),
    ];
    desk.put("later.jsonl", lines.join("\n"));
    desk
}

/// What an `add` of the later articles tells, as JSON.
fn added(desk: &Desk, more: &str) -> Vec<Value> {
    let ran = desk.run(&format!("add later.jsonl --record r --json {more}"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let whole: Value = serde_json::from_str(&ran.out).unwrap();
    whole["news"].as_array().unwrap().clone()
}

fn kinds(news: &[Value]) -> Vec<&str> {
    news.iter().map(|item| item["kind"].as_str().unwrap()).collect()
}

#[test]
fn what_is_new_is_told_with_its_words() {
    let desk = desk();
    let news = added(&desk, "");
    for kind in ["page", "statement", "reply", "figure"] {
        assert!(kinds(&news).contains(&kind), "{kind} in {news:#?}");
    }
    let of = |kind: &str| news.iter().find(|item| item["kind"] == kind).unwrap();
    assert!(of("page")["title"].as_str().unwrap().contains("quotation, figure"), "{}", of("page"));
    assert!(
        of("statement")["title"].as_str().unwrap().starts_with("Olaf Brandt: “The Tarn bridge has no cracks")
    );
    let reply = of("reply")["title"].as_str().unwrap();
    assert!(reply.contains("Olaf Brandt") && reply.contains("Ilse Hardwick"), "{reply}");
    for item in &news {
        let evidence = item["evidence"].as_array().unwrap();
        assert!(!evidence.is_empty() && evidence.iter().all(|e| !e["span"]["text"].is_null()), "{item}");
    }
    assert!(added(&desk, "").is_empty(), "nothing came the second time");
}

#[test]
fn a_value_that_nobody_gave_is_new_and_one_that_was_given_is_not() {
    let crossing = |n: &str| {
        format!(
            "In Velden the Tarn bridge is closed. Some {n} lorries crossed the Tarn bridge each day this year. Hauliers of Velden met at the Tarn bridge."
        )
    };
    let desk = Desk::new();
    let page = |name: &str, day: &str, text: &str| line((name, day, name, text));
    let first = [
        page("post.example/b", "2031-11-12", &crossing("300")),
        page("echo.example/b", "2031-11-12", &crossing("300")),
    ];
    desk.put("first.jsonl", first.join("\n"));
    desk.put(
        "later.jsonl",
        [
            page("wire.example/b", "2031-11-13", &crossing("300")),
            page("dawn.example/b", "2031-11-13", &crossing("450")),
        ]
        .join("\n"),
    );
    assert_eq!(desk.run("build first.jsonl --record r").code, Some(0));
    let news = added(&desk, "");
    let figures: Vec<&str> =
        news.iter().filter(|n| n["kind"] == "figure").map(|n| n["title"].as_str().unwrap()).collect();
    assert_eq!((figures.len(), figures[0].contains("450")), (1, true), "{figures:?}");
}

#[test]
fn on_the_screen_and_since_a_day() {
    let desk = desk();
    let told = desk.run("add later.jsonl --record r").out;
    assert!(told.contains("New: ") && told.contains("reply Olaf Brandt"), "{told}");
    let since = desk.run("news --since 2031-11-13 --record r");
    assert_eq!(since.code, Some(0), "{}", since.err);
    assert!(since.out.contains("page Harbour Post changed") && told.ends_with(&since.out), "{}", since.out);
    let none = desk.run("news --since 2032-01-01 --record r");
    assert_eq!((none.code, none.out.as_str()), (Some(1), ""));
    assert!(none.err.contains("0 articles since 2032-01-01 brought nothing new"), "{}", none.err);
}

#[test]
fn a_watch_tells_what_it_asks_for() {
    let check = |watch: &str, expected: &[&str]| {
        let desk = desk();
        desk.put("watches/one.toml", format!("[[watch]]\nname = \"mine\"\n{watch}\n"));
        desk.put("watches/notes.txt", "not a watch");
        let news = added(&desk, "--watch watches");
        let mut found = kinds(&news);
        found.sort_unstable();
        assert_eq!(found, expected, "{watch}: {news:#?}");
        assert!(news.iter().all(|item| item["watches"] == json!(["mine"])));
    };
    check("speaker = [\"brandt\"]", &["reply", "statement"]);
    check("phrase = [\"no cracks\"]", &["reply", "statement"]);
    check("phrase = [\"no snow\", \"40 cracks\"]", &["figure", "page"]);
    check("counted = [\"cracks\"]", &["figure", "page"]);
    check("entity = [\"Olaf Brandt\"]\nphrase = [\"40 cracks\"]", &[]);
    check("entity = [\"Nobody\"]", &[]);
}

#[test]
fn a_watch_that_cannot_be_read_costs_no_run() {
    let desk = desk();
    for (text, why) in [
        ("[[watch]]\nname = \"a\"\nspeeker = [\"x\"]\n", "unknown field `speeker`"),
        ("[[watch]]\nname = \"a\"\n", "the watch `a` asks for nothing"),
        ("[[watch]]\nname = \"a\"\nphrase = [\"…\"]\n", "the watch `a` asks for nothing"),
        ("watch", "is no file of watches"),
    ] {
        desk.put("w.toml", text);
        let ran = desk.run("add later.jsonl --record r --watch w.toml");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{text}");
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    assert!(!added(&desk, "").is_empty(), "nothing was added by the runs that failed");
}

#[test]
fn a_feed_keeps_what_it_told() {
    let desk = desk();
    let lines = fs::read_to_string(desk.path("later.jsonl")).unwrap();
    let (one, two) = lines.split_once('\n').unwrap();
    let feed = |n: usize, text: &str| {
        desk.put("part.jsonl", text);
        desk.put(&format!("part{n}.jsonl"), text);
        assert_eq!(desk.run(&format!("add part{n}.jsonl --record r --feed out/feed.xml")).code, Some(0));
        fs::read_to_string(desk.path("out/feed.xml")).unwrap()
    };
    let first = feed(1, one);
    let second = feed(2, two);
    assert!(
        first.contains("<title>Olaf Brandt: “The Tarn bridge has no cracks")
            && !first.contains("Harbour Post changed"),
        "{first}"
    );
    assert!(second.contains("Harbour Post changed “Tarn bridge closes”"), "{second}");
    assert!(
        second.contains("<title>Olaf Brandt: “The Tarn bridge has no cracks"),
        "what was told before stays"
    );
    assert!(second.contains("  <updated>2031-11-14T00:00:00Z</updated>"), "{second}");
    for tag in ["feed", "entry", "title", "id", "updated", "content", "summary"] {
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        assert_eq!(second.matches(&open).count(), second.matches(&close).count(), "{tag}");
    }
    assert_eq!(feed(3, two).matches("<entry>").count(), second.matches("<entry>").count(), "nothing twice");
}
