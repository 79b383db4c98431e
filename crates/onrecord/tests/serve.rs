//! The pages through real HTTP: what an article prints stays text, errors have one shape, other machines need a token.

#![expect(clippy::unwrap_used, reason = "a test file")]

use std::collections::{BTreeMap, BTreeSet};

mod desk;
use desk::{Desk, served::Served};

/// The paths of one kind of page that a page leads to.
fn leads(page: &str, kind: &str) -> Vec<String> {
    let begin = format!("{kind}/");
    let found = page.split("href=\"").skip(1).filter_map(|rest| {
        let path = rest.split(['"', '?']).next()?.trim_start_matches("../");
        path.starts_with(&begin).then(|| format!("/{path}"))
    });
    found.collect()
}

const HOSTILE: &str =
    "<script>alert(1)</script> <img src=x onerror=alert(2)> javascript:alert(3) \u{202e}desrever\u{200b}";

fn article(id: &str, outlet: &str, text: &str) -> String {
    serde_json::json!({ "id": id, "outlet": outlet, "headline": format!("Ferry talks, says {id}"), "published": "2025-03-04",
        "text": text, "language": "en", "clean": true, "url": "javascript:alert(4)" })
    .to_string()
}

fn built(articles: &[String]) -> Desk {
    let desk = Desk::new();
    desk.put("in.jsonl", articles.join("\n"));
    let built = desk.run("build in.jsonl --record r.onrecord");
    assert_eq!(built.code, Some(0), "{}", built.err);
    desk
}

/// Two outlets on one speech, and an article that would do harm.
fn record() -> Desk {
    let said = |cue: &str, n: u32| {
        format!(
            "“We will keep at least {n} ferries in the harbour of Port Arle through the winter,” Transport Minister Ada Brell {cue} on Tuesday."
        )
    };
    built(&[
        article("one", "The Lantern", &said("said", 40)),
        article("two", "Arle Gazette", &said("claimed", 14)),
        article("bad", HOSTILE, &format!("“{HOSTILE} and more words,” Ada Brell said.")),
    ])
}

#[test]
fn every_page_is_there_and_nothing_that_an_article_prints_runs() {
    let desk = record();
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let first = served.is("/", 200);
    let mut seen = vec![first.body.clone()];
    for kind in ["story", "statement"] {
        for path in leads(&first.body, kind) {
            seen.push(served.is(&path, 200).body);
        }
    }
    let articles: BTreeSet<String> = seen.iter().flat_map(|page| leads(page, "article")).collect();
    assert_eq!(articles.len(), 3, "{articles:?}");
    for path in &articles {
        let page = served.is(path, 200).body;
        assert!(page.len() < 2_000_000, "{path}: {} bytes", page.len());
        seen.push(page);
        seen.push(served.is(&format!("{path}?at=1-9"), 200).body);
    }
    for path in
        ["/stories/1", "/statements/1", "/search?q=ferries&outlet=The+Lantern&kind=figure&from=2025-01-01"]
    {
        seen.push(served.is(path, 200).body);
    }
    for page in &seen {
        let lower = page.to_lowercase();
        for absent in [
            "<script>",
            "<img",
            " onerror=alert(2)>",
            "href=\"javascript:",
            "style=\"",
            "\u{202e}",
            "\u{200b}",
        ] {
            assert!(!lower.contains(absent), "{absent:?}");
        }
    }
    assert!(seen.iter().any(|page| page.contains("⟨U+202E⟩")));
    assert!(seen.iter().any(|page| page.contains("At least") || page.contains("at least 14")));
}

/// Every page of the record that its pages lead to, by path.
fn crawled(served: &Served) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut open = vec!["/".to_owned()];
    while let Some(path) = open.pop() {
        if pages.contains_key(&path) {
            continue;
        }
        let page = served.is(&path, 200).body;
        let folder = &path[..=path.rfind('/').unwrap()];
        // The bytes of a page are its own.
        let links = if path.starts_with("/page/") { "" } else { &page };
        for href in links.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next()) {
            if !href.contains("://") && !href.is_empty() {
                open.push(resolved(folder, href));
            }
        }
        pages.insert(path, page);
    }
    pages
}

/// What a link in a page of a folder leads to.
fn resolved(folder: &str, href: &str) -> String {
    let mut folders: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    let mut rest = href.trim_start_matches("./");
    while let Some(above) = rest.strip_prefix("../") {
        folders.pop();
        rest = above;
    }
    let folders: String = folders.into_iter().map(|name| format!("{name}/")).collect();
    format!("/{folders}{rest}")
}

#[test]
fn no_page_of_the_sample_leads_nowhere() {
    let desk = Desk::with_sample();
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let pages = crawled(&served);
    let kinds: BTreeSet<&str> = pages.keys().filter_map(|path| path.split('/').nth(1)).collect();
    for kind in
        ["story", "statement", "article", "figure", "speaker", "theme", "stories", "statements", "page"]
    {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    for (path, page) in pages.iter().filter(|(path, _)| !path.starts_with("/page/")) {
        for place in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{place}\"")), "{path} leads to #{place}");
        }
    }
    let theme = pages.iter().find(|(path, _)| path.starts_with("/theme/")).unwrap();
    let statement = leads(theme.1, "statement").remove(0);
    let moved = served.is(&statement.replace("statement", "theme"), 308);
    assert!(moved.head.contains(&format!("location: ..{}", theme.0)), "{}", moved.head);
}

#[test]
fn words_of_an_article_are_lit_up_where_they_stand() {
    let desk = record();
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let found = served.is("/search?q=winter", 200).body;
    let path = leads(&found, "article").remove(0);
    let page = served.is(&format!("{path}?at=1-8"), 200).body;
    let lit = page.split("id=\"at\"").nth(1).unwrap().split('>').nth(1).unwrap();
    assert!(lit.starts_with("We will"), "{lit}");
    for wrong in ["at=x", "at=9-1", "page=0", "page=2"] {
        served.is(&format!("{path}?{wrong}"), 400);
    }
}

#[test]
fn every_article_that_holds_the_words_can_be_reached() {
    let text = |n: usize| format!("Anchovies came to quay {n} of the old harbour before the tide turned.");
    let articles: Vec<String> =
        (0..41).map(|n| article(&format!("quay-{n}"), "The Lantern", &text(n))).collect();
    let desk = built(&articles);
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let page = |query: &str| served.is(&format!("/search?q=anchovies{query}"), 200).body;
    let some = leads(&page(""), "article");
    assert!(some.len() < 41 && page("").contains(">All 41 articles</a>"), "{} articles", some.len());
    let mut all: BTreeSet<String> = leads(&page("&list=articles"), "article").into_iter().collect();
    all.extend(leads(&page("&page=2&list=articles"), "article"));
    assert_eq!(all.len(), 41);
    assert!(page("&page=3&list=articles").contains("The list has fewer pages."));
}

#[test]
fn a_line_of_ten_megabytes_comes_in_parts() {
    let word = format!("{} ", "x".repeat(999));
    let desk =
        built(&[article("long", "The Lantern", &format!("Anchovies, briefly. {}", word.repeat(10_000)))]);
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let path = leads(&served.is("/search?q=anchovies", 200).body, "article").remove(0);
    let first = served.is(&path, 200).body;
    assert!(first.len() < 1_000_000 && first.contains("page 1 of 84"), "{} bytes", first.len());
    assert!(served.is(&format!("{path}?page=84"), 200).body.contains("xxx"));
    served.is(&format!("{path}?page=85"), 400);
}

#[test]
fn headers_errors_and_permalinks_have_one_shape() {
    let desk = record();
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let first = served.is("/", 200);
    for header in [
        "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
    ] {
        assert!(first.head.contains(header), "{}", first.head);
    }
    let tag = first.head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = served.ask("GET", "/", &format!("If-None-Match: {tag}\r\n"));
    assert!(again.head.starts_with("HTTP/1.1 304 ") && again.body.is_empty());
    for path in
        ["/nothing", "/story/0000000000000000", "/statement/zz", "/stories/9", "/article/../../r.onrecord"]
    {
        let got = served.is(path, 404);
        assert!(got.body.contains("<h1>Not in this record</h1>") && got.head.contains("nosniff"), "{path}");
    }
    served.is("/search?kind=lie", 400);
    let posted = served.ask("POST", "/", "Content-Length: 0\r\n");
    assert!(posted.head.starts_with("HTTP/1.1 405 ") && posted.head.contains("allow: GET, HEAD"));
    // A story is reached by the id of any article of it.
    let article =
        leads(&served.is("/search?q=winter", 200).body, "article").remove(0).replace("article", "story");
    let moved = served.is(&article, 308);
    let to = moved.head.lines().find_map(|line| line.strip_prefix("location: ../")).unwrap();
    served.is(&format!("/{to}"), 200);
    for (path, kind) in
        [("/style.css", "text/css"), ("/app.js", "text/javascript"), ("/icon.svg", "image/svg+xml")]
    {
        assert!(served.is(path, 200).head.contains(&format!("content-type: {kind}")));
    }
}

#[test]
fn other_machines_and_other_names_are_kept_out() {
    let desk = record();
    let refused = desk.run("serve r.onrecord --listen 0.0.0.0:0");
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    assert!(
        refused.err.contains("can be reached from other machines") && refused.err.contains("--token-file"),
        "{}",
        refused.err
    );
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    assert!(served.ask("GET", "/", "Host: record.example\r\n").head.starts_with("HTTP/1.1 403 "));
    drop(served);
    desk.put("token", "a secret of many letters\n");
    let served = Served::new(&desk, "--listen 127.0.0.1:0 --token-file token");
    let asked = served.is("/", 401).body;
    assert!(
        asked.contains("<input id=\"token\" name=\"token\"") && !asked.contains("Ferry talks"),
        "{asked}"
    );
    assert!(served.is("/?token=another", 401).body.contains("That was not the token"));
    served.is("/style.css", 200);
    served.is("/api/v1/statements", 401);
    served.is("/page/0000000000000000", 401);
    assert!(
        served
            .ask("GET", "/", "Authorization: Bearer a secret of many letters\r\n")
            .head
            .starts_with("HTTP/1.1 200 ")
    );
    let let_in = served.is("/?token=a+secret+of+many+letters", 303);
    let cookie = let_in.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("secret"));
    let cookie = cookie.split(';').next().unwrap();
    assert!(served.ask("GET", "/", &format!("Cookie: {cookie}\r\n")).head.starts_with("HTTP/1.1 200 "));
    desk.put("short", "short");
    assert_eq!(desk.run("serve r.onrecord --token-file short").code, Some(2));
}

/// A form as a browser sends it.
fn form(fields: &[(&str, &str)]) -> String {
    let percent = |value: &str| value.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect::<Vec<_>>().join("&")
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

#[test]
fn a_draft_is_shown_beside_the_record_and_kept_nowhere() {
    let desk = record();
    let before = std::fs::read(desk.path("r.onrecord")).unwrap();
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    let empty = served.is("/compare", 200).body;
    assert!(empty.contains("<label for=\"text\">") && empty.contains("method=\"post\""), "{empty}");
    let draft = format!(
        "Port Arle keeps its ferries, {HOSTILE}.\n\n“We will keep at least 70 ferries in the harbour of Port Arle through the winter,” Transport Minister Ada Brell said on Tuesday.\n"
    );
    let got = served.send("/compare", FORM, &form(&[("text", &draft)]));
    assert!(got.head.starts_with("HTTP/1.1 200 "), "{}", got.head);
    assert!(got.head.to_lowercase().contains("content-security-policy: default-src 'none'"), "{}", got.head);
    for there in ["The draft beside the record", "70", "at least 40", "at least 14", "id=\"draft\"", "#c"] {
        assert!(got.body.to_lowercase().contains(&there.to_lowercase()), "{there}: {}", got.body);
    }
    for absent in ["<script>", "<img", "style=\"", "\u{202e}", "\u{200b}", "href=\"javascript:"] {
        assert!(!got.body.contains(absent), "{absent:?}");
    }
    for href in leads(&got.body, "statement").iter().chain(&leads(&got.body, "article")) {
        served.is(href, 200);
    }
    let json = serde_json::json!({ "text": draft }).to_string();
    let got = served.send("/api/v1/compare", "Content-Type: application/json\r\n", &json);
    let answer: serde_json::Value = serde_json::from_str(&got.body).unwrap();
    let told = answer["told"].as_array().unwrap();
    let ferries = told.iter().find(|told| told["words"][0]["text"].as_str().unwrap().contains("70"));
    assert_eq!(ferries.unwrap()["speaker"], "Ada Brell", "{answer}");
    assert_eq!(ferries.unwrap()["differences"][0]["kind"], "figure", "{answer}");
    served.is(&format!("/statement/{}", answer["told"][0]["statement"].as_str().unwrap()), 200);
    assert_eq!(std::fs::read(desk.path("r.onrecord")).unwrap(), before);
}

#[test]
fn what_is_no_draft_of_ours_is_refused_in_one_shape() {
    let served_desk = record();
    let served = Served::new(&served_desk, "--listen 127.0.0.1:0");
    let long = "word ".repeat(50_000);
    let check = |path: &str, headers: &str, body: &str, status: u16| {
        let got = served.send(path, headers, body);
        assert!(got.head.starts_with(&format!("HTTP/1.1 {status} ")), "{path} {headers}: {}", got.head);
        if path.starts_with("/api/") {
            let answer: serde_json::Value = serde_json::from_str(&got.body).unwrap();
            assert_eq!(answer["error"]["status"], status);
        }
    };
    check("/compare", FORM, &form(&[("text", " \n")]), 400);
    check("/compare", FORM, &form(&[("text", "\u{e}")]), 400);
    check("/api/v1/compare", "Content-Type: application/json\r\n", r#"{"text": "\u000e"}"#, 400);
    let pasted = served.send("/compare", FORM, &form(&[("text", "\u{e}")])).body;
    assert!(
        pasted.contains("in what was pasted. Paste the words") && !pasted.contains("onrecord extract"),
        "{pasted}"
    );
    let sent =
        served.send("/api/v1/compare", "Content-Type: application/json\r\n", r#"{"text": "\u000e"}"#).body;
    assert!(sent.contains("in `text`. Send the words") && !sent.contains("onrecord extract"), "{sent}");
    check("/compare", "", "text=words", 400);
    check("/compare", FORM, &format!("text={long}"), 413);
    check("/compare", FORM, &form(&[("text", &long.repeat(2))]), 413);
    check("/compare", &format!("{FORM}Origin: http://other.example\r\n"), "text=words", 403);
    check("/compare", &format!("{FORM}Origin: null\r\n"), "text=words", 403);
    check("/api/v1/compare", FORM, "text=words", 400);
    check("/api/v1/compare", "Content-Type: application/json\r\n", "{\"text\":3}", 400);
    check("/api/v1/statements", "Content-Type: application/json\r\n", "{}", 405);
    check("/", FORM, "text=words", 405);
}

#[test]
fn what_is_counted_grows_with_a_record_that_is_served() {
    let desk = record();
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    for _ in 0..2 {
        assert!(served.is("/", 200).body.contains("3 articles by 3 named outlets"));
    }
    let more = "“No ferry will leave the harbour of Port Arle on Friday,” Transport Minister Ada Brell said.";
    desk.put("more.jsonl", article("four", "Ferry Times", more));
    let added = desk.run("add more.jsonl --record r.onrecord");
    assert_eq!(added.code, Some(0), "{}", added.err);
    let grown = served.is("/", 200).body;
    assert!(grown.contains("4 articles by 4 named outlets") && grown.contains("Ferry Times (1)"), "{grown}");
}

/// The value of a hidden field of a page.
fn hidden_field(page: &str, name: &str) -> String {
    let begin = format!("name=\"{name}\" value=\"");
    page.split(&begin).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn a_record_is_corrected_from_its_pages_and_back_only_where_that_was_asked_for() {
    let desk = record();
    let read_only = Served::new(&desk, "--listen 127.0.0.1:0");
    let statement = leads(&read_only.is("/", 200).body, "statement").remove(0);
    assert!(!read_only.is(&statement, 200).body.contains("Correct it"));
    read_only.is("/review", 404);
    let refused = read_only.send("/review", FORM, "kind=undo");
    assert!(refused.head.starts_with("HTTP/1.1 405 "), "{}", refused.head);
    drop(read_only);

    let served = Served::new(&desk, "--listen 127.0.0.1:0 --edit");
    let page = served.is(&statement, 200).body;
    let key = hidden_field(&page, "key");
    let id = hidden_field(&page, "statement");
    let fields = |key: &str, why: &str| {
        form(&[
            ("key", key),
            ("kind", "speaker"),
            ("statement", &id),
            ("name", "Ada <Brellin>"),
            ("entity_kind", "person"),
            ("by", "Ida Holm"),
            ("why", why),
        ])
    };
    let check = |headers: &str, body: &str, status: u16| {
        let got = served.send("/review", &format!("{FORM}{headers}"), body);
        assert!(got.head.starts_with(&format!("HTTP/1.1 {status} ")), "{headers} {body}: {}", got.head);
        got
    };
    check("Origin: http://other.example\r\n", &fields(&key, "the transcript"), 403);
    check("", &fields("guessed", "the transcript"), 403);
    check("", &fields(&key, " "), 400);
    check("", &form(&[("key", &key), ("kind", "praise"), ("by", "Ida"), ("why", "so")]), 400);
    assert!(served.is("/review", 200).body.contains("Nobody has corrected this record"));

    let done = check("", &fields(&key, "the <transcript>"), 303);
    assert!(done.head.contains("location: /review#c-"), "{}", done.head);
    let log = served.is("/review", 200).body;
    assert!(log.contains("Ada &lt;Brellin&gt;") && log.contains("the &lt;transcript&gt;"), "{log}");
    assert!(served.is("/statements/1", 200).body.contains("Ada &lt;Brellin&gt;"));
    let correction = hidden_field(&log, "correction");
    let undo = |key: &str| {
        form(&[("key", key), ("kind", "undo"), ("correction", &correction), ("by", "Ida"), ("why", "no")])
    };
    check("", &undo(&key), 303);
    check("", &undo(&key), 400);
    assert!(served.is("/review", 200).body.contains("taken back by Ida"));
    assert!(!served.is("/statements/1", 200).body.contains("Ada &lt;Brellin&gt;"));
}
