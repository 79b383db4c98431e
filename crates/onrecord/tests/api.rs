//! The record for programs: paging yields what it totals, errors have one shape, answers are what the description says.

#![expect(clippy::unwrap_used, reason = "a test file")]

use std::collections::BTreeSet;

use serde_json::Value;

mod desk;
use desk::{Desk, served::Served};

fn served() -> (Desk, Served) {
    let desk = Desk::with_sample();
    let served = Served::new(&desk, "--listen 127.0.0.1:0");
    (desk, served)
}

#[track_caller]
fn json(served: &Served, path: &str, status: u16) -> Value {
    let got = served.is(&format!("/api/v1{path}"), status);
    assert!(got.head.contains("content-type: application/json") && got.head.contains("nosniff"), "{path}");
    serde_json::from_str(&got.body).unwrap()
}

/// Every thing of a list, page by page; each page has the same total, and they yield so many.
#[track_caller]
fn paged(served: &Served, path: &str, per_page: usize) -> Vec<Value> {
    let mark = if path.contains('?') { '&' } else { '?' };
    let mut all = Vec::new();
    for n in 1.. {
        let page = json(served, &format!("{path}{mark}per_page={per_page}&page={n}"), 200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= per_page && page["page"] == n && page["per_page"] == per_page, "{path}");
        all.extend(items.iter().cloned());
        let total = page["total"].as_u64().unwrap();
        if items.is_empty() {
            assert_eq!(all.len() as u64, total, "{path}");
            break;
        }
    }
    all
}

#[test]
fn lists_yield_what_they_total_and_each_thing_stands_alone_as_in_its_list() {
    let (_desk, served) = served();
    for (list, key) in [
        ("/stories", "story"),
        ("/statements", "statement"),
        ("/differences", "difference"),
        ("/figure_series", "series"),
        ("/themes", "theme"),
        ("/copies", "copies"),
        ("/articles", "article"),
    ] {
        let things = paged(&served, list, 7);
        let ids: BTreeSet<&str> = things.iter().map(|thing| thing[key].as_str().unwrap()).collect();
        assert!(!ids.is_empty() && ids.len() == things.len(), "{list}");
        let one = json(&served, &format!("{list}/{}", ids.first().unwrap()), 200);
        let same = things.iter().find(|thing| thing[key] == one[key]).unwrap();
        for (name, value) in same.as_object().unwrap() {
            assert_eq!(&one[name], value, "{list}: {name}");
        }
    }
}

#[test]
fn the_tables_of_an_export_say_the_same() {
    let (desk, served) = served();
    desk.exported("r.onrecord", "jsonl");
    for (list, table, key) in [
        ("/stories", "stories", "story"),
        ("/statements", "statements", "statement"),
        ("/differences", "differences", "difference"),
        ("/figure_series", "figure_series", "series"),
        ("/themes", "themes", "theme"),
        ("/articles", "articles", "article"),
    ] {
        let mut things = paged(&served, list, 50);
        things.sort_by_key(|thing| thing[key].as_str().unwrap().to_owned());
        let rows = std::fs::read_to_string(desk.path(&format!("r.onrecord-jsonl/{table}.jsonl"))).unwrap();
        let mut rows: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
        rows.sort_by_key(|row| row[key].as_str().unwrap().to_owned());
        assert_eq!(things.len(), rows.len(), "{list}");
        for (thing, row) in things.iter().zip(&rows) {
            assert_eq!(thing, row, "{list}");
        }
    }
}

#[test]
fn lists_are_narrowed_and_parts_lead_to_the_whole() {
    let (_desk, served) = served();
    let all = paged(&served, "/statements", 50);
    let told = all.iter().max_by_key(|s| s["accounts"].as_array().unwrap().len()).unwrap();
    let (id, story) = (told["statement"].as_str().unwrap(), told["story"].as_str().unwrap());
    let entity = told["speaker"]["entity"].as_str().unwrap();
    let of_story = paged(&served, &format!("/statements?story={story}"), 50);
    assert_eq!(of_story.len(), all.iter().filter(|s| s["story"] == story).count());
    let by = paged(&served, &format!("/statements?entity={entity}"), 50);
    assert_eq!(by.len(), all.iter().filter(|s| s["speaker"]["entity"] == entity).count());
    let differing = paged(&served, "/statements?kind=hedge&q=tankers", 50);
    assert!(!differing.is_empty() && differing.len() < all.len());
    let differences = paged(&served, &format!("/statements/{id}/differences"), 2);
    let every = paged(&served, "/differences", 50);
    assert_eq!(differences.len(), every.iter().filter(|d| d["statement"] == id).count());
    let replies: usize = all
        .iter()
        .map(|s| {
            paged(&served, &format!("/statements/{}/replies", s["statement"].as_str().unwrap()), 50).len()
        })
        .sum();
    // Each reply is told at both of its ends.
    assert_eq!(replies as u64, 2 * json(&served, "", 200)["replies"].as_u64().unwrap());
    let account = told["accounts"][0]["account"].as_str().unwrap();
    let moved = served.is(&format!("/api/v1/statements/{account}"), 308);
    assert!(moved.head.contains(&format!("location: /api/v1/statements/{id}")), "{}", moved.head);
    let marked =
        json(&served, &format!("/articles/{}", told["accounts"][0]["article"].as_str().unwrap()), 200);
    assert!(!marked["quotations"].as_array().unwrap().is_empty());
}

#[test]
fn errors_have_one_shape_and_answers_that_are_known_are_not_sent_again() {
    let (_desk, served) = served();
    for (path, status, kind, words) in [
        ("/nothing", 404, "not_found", "nothing under this address"),
        ("/statements/0000000000000000", 404, "not_found", "nothing under this address"),
        ("/statements/x", 404, "not_found", "nothing under this address"),
        ("/statements?kind=lie", 400, "bad_request", "`kind` is the name"),
        ("/statements?sort=up", 400, "bad_request", "`sort` is not asked for here"),
        ("/stories?q=tankers", 400, "bad_request", "`q` is not asked for here"),
        ("/articles?outlet=Nordwire", 400, "bad_request", "give `q`"),
        ("/stories?per_page=0", 400, "bad_request", "`per_page` is a number from 1 to 100"),
        ("/stories?per_page=101", 400, "bad_request", "`per_page` is a number from 1 to 100"),
        ("/stories?page=0", 400, "bad_request", "`page` is a number from 1"),
        ("/statements?entity=0000000000000000", 404, "not_found", "nothing under this address"),
    ] {
        let error = json(&served, path, status)["error"].clone();
        assert_eq!(
            (error["status"].as_u64(), error["kind"].as_str()),
            (Some(status.into()), Some(kind)),
            "{path}"
        );
        assert!(error["message"].as_str().unwrap().contains(words), "{path}: {error}");
    }
    assert_eq!(
        json(&served, "/stories?page=18446744073709551615", 200)["items"].as_array().unwrap().len(),
        0
    );
    let first = served.is("/api/v1/stories", 200);
    let tag = first.head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = served.ask("GET", "/api/v1/stories", &format!("If-None-Match: {tag}\r\n"));
    assert!(again.head.starts_with("HTTP/1.1 304 ") && again.body.is_empty());
    let posted = served.ask("POST", "/api/v1/stories", "Content-Length: 0\r\n");
    let error: Value = serde_json::from_str(&posted.body).unwrap();
    assert_eq!(error["error"]["kind"], "method_not_allowed");
}

/// A page that changed.
const VERSIONS: &str = r#"{"url":"https://lock.example/lorries","published":"2031-11-12T09:00:00Z","headline":"Lorries wait","outlet":"Lock Gazette","text":"About 200 lorries waited at the lock on Tuesday. Nobody opened it."}
{"url":"https://lock.example/lorries","published":"2031-11-12T17:00:00Z","headline":"Lorries wait","outlet":"Lock Gazette","text":"About 900 lorries waited at the lock on Tuesday. Nobody opened it."}
"#;

#[test]
fn answers_are_what_the_description_says() {
    let (desk, served) = served();
    desk.put("versions.jsonl", VERSIONS);
    assert_eq!(desk.run("add versions.jsonl --record r.onrecord").code, Some(0));
    let document = json(&served, "/openapi.json", 200);
    assert_eq!(document["openapi"], "3.1.0");
    let told = json(&served, "/statements", 200)["items"][0]["statement"].as_str().unwrap().to_owned();
    let corrected =
        desk.run(&format!("correct date {told} 2025-10-13 --record r.onrecord --by Ida --why so"));
    assert_eq!(corrected.code, Some(0), "{}", corrected.err);
    let id = |list: &str, key: &str| json(&served, list, 200)["items"][0][key].as_str().unwrap().to_owned();
    let paths = document["paths"].as_object().unwrap();
    for (path, operations) in paths {
        let key = match path.split('/').nth(1).unwrap() {
            "stories" => id("/stories", "story"),
            "statements" => id("/statements", "statement"),
            "differences" => id("/differences", "difference"),
            "figure_series" => id("/figure_series", "series"),
            "themes" => id("/themes", "theme"),
            "articles" => id("/articles", "article"),
            "corrections" => id("/corrections", "correction"),
            "copies" => id("/copies", "copies"),
            "changed_pages" => id("/changed_pages", "page"),
            _ => String::new(),
        };
        if operations.get("get").is_none() {
            continue;
        }
        let answer = json(&served, &path.replace("{id}", &key), 200);
        let shape = &operations["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        fits(&document, shape, &answer, path);
    }
    assert_eq!(paths.len(), 24);
    let sent = &paths["/corrections"]["post"]["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(sent["required"], serde_json::json!(["kind", "places", "by", "why"]), "{sent}");
    let shape = &paths["/compare"]["post"]["responses"]["200"]["content"]["application/json"]["schema"];
    let draft = "{\"text\":\"Prime Minister Henrik Solberg promised 70 million talers to rebuild the dyke at Ravenmoor. “Nobody listened to the wardens,” said Mayor Orla Finch.\"}";
    let got = served.send("/api/v1/compare", "Content-Type: application/json\r\n", draft);
    let answer: Value = serde_json::from_str(&got.body).unwrap();
    assert!(
        !answer["told"].as_array().unwrap().is_empty() && !answer["untold"].as_array().unwrap().is_empty()
    );
    fits(&document, shape, &answer, "/compare");
    assert_eq!(json(&served, "/compare", 405)["error"]["kind"], "method_not_allowed");
    assert!(served.is("/api", 200).body.contains("/api/v1/statements/{id}/replies"));
}

/// Checks an answer against a shape: types, what must be there, and that nothing else is.
#[track_caller]
fn fits(document: &Value, shape: &Value, answer: &Value, place: &str) {
    if let Some(name) = shape["$ref"].as_str().and_then(|to| to.strip_prefix("#/components/schemas/")) {
        let shape = &document["components"]["schemas"][name];
        assert!(shape.is_object(), "{place}: {name} is described nowhere");
        return fits(document, shape, answer, place);
    }
    if let Some(shapes) = shape["anyOf"].as_array() {
        let shape = shapes.iter().find(|shape| (shape["type"] == "null") == answer.is_null()).unwrap();
        return fits(document, shape, answer, place);
    }
    let kind = match answer {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if shape["type"].to_string().contains("integer") && n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(
        shape["type"].to_string().contains(&format!("\"{kind}\"")),
        "{place}: {kind} is no {}",
        shape["type"]
    );
    match answer {
        Value::Array(items) => items.iter().for_each(|item| match shape.get("prefixItems") {
            Some(_) => {}
            None => fits(document, &shape["items"], item, &format!("{place}[]")),
        }),
        Value::Object(fields) => {
            for name in shape["required"].as_array().into_iter().flatten() {
                assert!(fields.contains_key(name.as_str().unwrap()), "{place}: no {name}");
            }
            for (name, value) in fields {
                let known = shape["properties"].get(name).or(shape.get("additionalProperties"));
                assert!(known.is_some(), "{place}: {name} is not described");
                fits(document, known.unwrap(), value, &format!("{place}.{name}"));
            }
        }
        _ => {}
    }
}
