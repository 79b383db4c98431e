//! Every kind of correction from the forms of the pages and from programs: it holds, it is listed everywhere, and a record
//! that is built anew and told the same is the same.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use desk::{
    BRIDGE, Desk,
    served::{Got, Served},
};
use serde_json::{Value, json};

const ARTICLES: [(&str, &str); 5] = [
    (
        "post.txt",
        "Bridge to close\nHarbour Post, 14 May 2024\n\nThe mayor of Velden, Ilse Hardwick, spoke on Tuesday about the Tarn bridge.\n\n\
         “We will close the Tarn bridge to lorries before the winter,” Hardwick told reporters. “The guild of hauliers knows it.”\n",
    ),
    BRIDGE[1],
    BRIDGE[2],
    BRIDGE[3],
    (
        "gazette.txt",
        "Mayor to meet hauliers\nVelden Gazette, 16 May 2024\n\nMayor Elsa Hardwick will meet the hauliers of Velden on Friday about the Tarn bridge, her office said on Thursday.\n\n\
         “I will listen to every driver,” Mayor Elsa Hardwick said.\n",
    ),
];

/// A record of the articles, read in this order.
fn desk(order: &[usize]) -> Desk {
    let desk = Desk::new();
    for (n, at) in order.iter().enumerate() {
        let (name, text) = ARTICLES[*at];
        desk.put(&format!("news/{name}"), text);
        let command = if n == 0 { "build" } else { "add" };
        assert_eq!(desk.run(&format!("{command} news/{name} --record r.onrecord")).code, Some(0));
    }
    desk
}

fn edited(desk: &Desk) -> Served {
    Served::new(desk, "--listen 127.0.0.1:0 --edit")
}

#[track_caller]
fn json(served: &Served, path: &str) -> Value {
    serde_json::from_str(&served.is(&format!("/api/v1{path}"), 200).body).unwrap()
}

/// Every correction, by pages of two.
#[track_caller]
fn corrections(served: &Served) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for n in 1.. {
        let page = json(served, &format!("/corrections?per_page=2&page={n}"));
        let items = page["items"].as_array().unwrap().clone();
        if items.is_empty() {
            assert_eq!(page["total"], all.len());
            break;
        }
        all.extend(items);
    }
    all
}

/// The statement with these words, and the account of it that has them, with the place of the words in the account.
fn said(served: &Served, words: &str) -> (String, String, usize) {
    let all = json(served, "/statements?per_page=100");
    let accounts = all["items"].as_array().unwrap().iter().flat_map(|statement| {
        statement["accounts"].as_array().unwrap().iter().map(move |account| (statement, account))
    });
    let has = |part: &Value| part["text"].as_str().unwrap().contains(words);
    let mut found = accounts.filter_map(|(statement, account)| {
        let part = account["parts"].as_array().unwrap().iter().position(has)?;
        let id = |of: &Value| of.as_str().unwrap().to_owned();
        Some((id(&statement["statement"]), id(&account["account"]), part))
    });
    found.next().unwrap()
}

/// An entity, by its name.
fn entity(desk: &Desk, name: &str) -> Value {
    desk.exported("r.onrecord", "jsonl");
    let rows = std::fs::read_to_string(desk.path("r.onrecord-jsonl/entities.jsonl")).unwrap();
    rows.lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap())
        .find(|row| row["name"] == name)
        .unwrap()
}

fn id(row: &Value) -> String {
    row["entity"].as_str().unwrap().to_owned()
}

/// Sends a form of a page as a browser does: its key and its hidden fields, and what a person chose and wrote.
#[track_caller]
fn send(served: &Served, page: &str, kind: &str, written: &[(&str, &str)]) -> Got {
    let page = served.is(page, 200).body;
    let of_kind = format!("name=\"kind\" value=\"{kind}\"");
    let form = page.split("<form ").find(|form| form.contains(&of_kind)).unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for hidden in form.split("<input type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = hidden.split_once("\" value=\"").unwrap();
        fields.push((name.to_owned(), rest.split('"').next().unwrap().to_owned()));
    }
    for (name, value) in written {
        assert!(form.contains(&format!("name=\"{name}\"")), "{kind}: no field {name}: {form}");
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields.extend(
        [("by", "Ida <Holm>"), ("why", &format!("the tape & {kind}"))]
            .map(|(n, v)| (n.to_owned(), v.to_owned())),
    );
    let percent = |value: &str| value.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let body =
        fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect::<Vec<_>>().join("&");
    served.send(
        "/review",
        "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n",
        &body,
    )
}

/// Sends it, and it holds.
#[track_caller]
fn holds(served: &Served, page: &str, kind: &str, written: &[(&str, &str)]) -> Value {
    let got = send(served, page, kind, written);
    assert!(got.head.starts_with("HTTP/1.1 303 "), "{kind}: {}", got.body);
    let id = got.head.split("/review#c-").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let row = json(served, &format!("/corrections/{id}"));
    assert_eq!((&row["kind"], &row["standing"]), (&kind.into(), &"holds".into()), "{row}");
    let log = served.is("/review", 200).body;
    assert!(log.contains(&format!("id=\"c-{id}\"")) && log.contains("Ida &lt;Holm&gt;"), "{log}");
    row
}

/// What is not taken is said, and nothing is kept.
#[track_caller]
fn refused(served: &Served, page: &str, kind: &str, (written, why): (&[(&str, &str)], &str)) {
    let got = send(served, page, kind, written);
    assert!(got.head.starts_with("HTTP/1.1 400 "), "{kind}: {}", got.head);
    assert!(
        got.body.contains("The correction was not made") && got.body.contains(why),
        "{kind}: {}",
        got.body
    );
}

const PROGRAM: &str = "Content-Type: application/json\r\nOnrecord-Correct: 1\r\n";

/// Sends a correction as a program does.
fn program(served: &Served, path: &str, headers: &str, body: &Value) -> (u16, Value) {
    let got = served.send(&format!("/api/v1{path}"), headers, &body.to_string());
    let status = got.head.split_whitespace().nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(&got.body).unwrap())
}

/// One correction of every kind, from the pages.
fn correct_everything(desk: &Desk, served: &Served) {
    let (statement, account, part) = said(served, "The guild of hauliers knows");
    let chosen = format!("{account}.{part}");
    let page = format!("/statement/{statement}");
    holds(served, &page, "words", &[("said", &chosen), ("words", "guild  of\r\nhauliers knows it")]);
    assert_eq!(said(served, "guild of hauliers knows it").2, 1);
    assert_eq!(
        said(served, "before the winter").1,
        said(served, "guild of hauliers knows it").1,
        "the rest stays"
    );

    let (statement, account, _) = said(served, "Nobody asked");
    let article = json(served, &format!("/statements/{statement}"))["accounts"][0]["article"].clone();
    let page = format!("/article/{}", article.as_str().unwrap());
    let speaker = [("account", account.as_str()), ("name", "The <Guild>"), ("entity_kind", "organisation")];
    holds(served, &page, "speaker", &speaker);
    let (statement, ..) = said(served, "Nobody asked");
    holds(served, &format!("/statement/{statement}"), "date", &[("day", "2024-05-15")]);

    let (statement, account, _) = said(served, "lorries in the winter");
    holds(served, &format!("/statement/{statement}"), "not_same", &[("account", &account)]);
    let ((ice, ..), (tape, ..)) = (said(served, "the ice is gone"), said(served, "before the winter"));
    holds(
        served,
        &format!("/statement/{ice}"),
        "same",
        &[("other", &format!("http://127.0.0.1/statement/{tape}?x#y"))],
    );

    let (ilse, elsa) = (id(&entity(desk, "Ilse Hardwick")), id(&entity(desk, "Elsa Hardwick")));
    let page = format!("/speaker/{ilse}?same=hardWICK");
    let found = served.is(&page, 200).body;
    assert!(found.contains(&format!("value=\"{elsa}\"")) && !found.contains("Olaf"), "{found}");
    holds(served, &page, "merge", &[("other", &elsa)]);
    let velden = entity(desk, "Velden");
    let evening = velden["articles"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned();
    let page = format!("/speaker/{}?apart=1", id(&velden));
    assert!(served.is(&page, 200).body.contains("<b>Velden</b>"));
    holds(served, &page, "split", &[(&format!("article-{evening}"), "on")]);
    holds(served, &format!("/speaker/{}", id(&entity(desk, "Ilse Hardwick"))), "hide", &[]);
}

/// The page of the first account of the statement with these words.
fn page_of(served: &Served, words: &str) -> String {
    let statement = json(served, &format!("/statements/{}", said(served, words).0));
    let accounts = statement["accounts"].as_array().unwrap();
    let account = accounts.iter().find(|account| account["parts"].to_string().contains(words));
    format!("/article/{}", account.unwrap()["article"].as_str().unwrap())
}

#[test]
fn every_kind_is_made_on_the_pages_and_by_programs_and_a_record_built_anew_is_the_same() {
    let pages = desk(&[0, 1, 2, 3, 4]);
    let served = edited(&pages);
    correct_everything(&pages, &served);
    let rows = corrections(&served);
    let kinds: Vec<&str> = rows.iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["words", "speaker", "date", "not_same", "same", "merge", "split", "hide"]);

    let anew = desk(&[4, 2, 0, 3, 1]);
    let again = edited(&anew);
    for row in &rows {
        let (status, told) = program(&again, "/corrections", PROGRAM, row);
        assert_eq!((status, &told["correction"]), (201, &row["correction"]), "{told}");
    }
    assert_eq!(program(&again, "/corrections", PROGRAM, &rows[0]).0, 200, "it is there already");
    assert_eq!(corrections(&again), rows, "a log that reads parts says what the whole says");
    let exported = anew.exported("r.onrecord", "jsonl");
    assert!(exported == pages.exported("r.onrecord", "jsonl"), "every table is the same");
    let listed = anew.run("correct list --json --record r.onrecord").out;
    let listed: Vec<Value> = listed.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(listed, rows);
    assert!(!exported.contains("Ilse") && !exported.contains("Hardwick"), "the hidden are hidden");
    for answer in [
        exported,
        anew.exported("r.onrecord", "csv"),
        anew.exported("r.onrecord", "prov"),
        anew.run("brief --record r.onrecord").out,
        anew.run("brief --record r.onrecord --format html").out,
    ] {
        let plain = answer.replace('\\', "").replace("&amp;", "&");
        let listed = kinds.iter().filter(|kind| plain.contains(&format!("the tape & {kind}")));
        assert_eq!(listed.count(), kinds.len(), "{answer}");
    }
    assert_eq!(anew.run("verify r.onrecord").code, Some(0));
}

#[test]
fn a_form_that_cannot_be_carried_out_says_why() {
    let desk = desk(&[0, 1, 2, 3, 4]);
    let served = edited(&desk);
    let (statement, account, part) = said(&served, "before the winter");
    let (page, chosen) = (format!("/statement/{statement}"), format!("{account}.{part}"));
    let words = |typed: &str, why: &str| {
        refused(&served, &page, "words", (&[("said", &chosen), ("words", typed)], why));
    };
    words("We will open the Tarn bridge", "does not print “We will open the Tarn bridge”");
    words("Hardwick", "prints “Hardwick” 2 times");
    words("We will close the Tarn bridge to lorries before the winter", "has already");
    words("  ", "there are no words");
    let (private, ..) = said(&served, "Nobody asked");
    assert!(
        served.is(&format!("/statement/{private}"), 200).body.contains("value=\"hide\""),
        "he has no page"
    );
    assert!(!served.is(&page, 200).body.contains("value=\"hide\""), "the mayor has");
    let article = page_of(&served, "every driver");
    let (elsa, velden) = (id(&entity(&desk, "Elsa Hardwick")), id(&entity(&desk, "Velden")));
    refused(&served, &article, "merge", (&[("entity", &elsa), ("other", &velden)], "cannot be one"));
    refused(&served, &article, "merge", (&[("entity", &elsa), ("other", &elsa)], "two different entities"));
    refused(&served, &article, "split", (&[("entity", &elsa)], "no article would be left"));
    refused(&served, &article, "hide", (&[("entity", &velden)], "is no person"));
    refused(&served, &page, "same", (&[("other", &statement)], "two different statements"));
    refused(&served, &page, "same", (&[("other", "that one")], "by its id or its address"));
    assert!(
        served
            .is(&page, 200)
            .body
            .contains(&format!("<option value=\"{private}\">Olaf Brandt: “Nobody asked"))
    );
    refused(&served, &page, "date", (&[("day", "tomorrow")], "the day is none"));
    let velden = entity(&desk, "Velden");
    let split = format!("/speaker/{}?apart=1", id(&velden));
    refused(&served, &split, "split", (&[], "no article was chosen"));
    let all: Vec<String> = velden["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| format!("article-{}", a.as_str().unwrap()))
        .collect();
    let all: Vec<(&str, &str)> = all.iter().map(|name| (name.as_str(), "on")).collect();
    refused(&served, &split, "split", (&all, "no article would be left"));
    let nobody = served.is(&format!("/speaker/{}?same=%3Cb%3E", id(&velden)), 200).body;
    assert!(nobody.contains("No other place is called so") && !nobody.contains("<b>\""), "{nobody}");
    assert_eq!(corrections(&served), Vec::<Value>::new());
}

/// A day, as a program says it; the place of its words is in the articles and statements that the interface gives.
fn day(served: &Served) -> Value {
    let (statement, ..) = said(served, "Nobody asked");
    let account = json(served, &format!("/statements/{statement}"))["accounts"][0].clone();
    let article = json(served, &format!("/articles/{}", account["article"].as_str().unwrap()));
    let part = &account["parts"][0];
    let place = json!({ "page_hash": article["page_hash"], "start": part["start"], "end": part["end"], "text": part["text"] });
    json!({ "kind": "date", "places": [place], "day": "2024-05-15", "by": "A program", "why": "the calendar" })
}

#[test]
fn a_program_corrects_and_takes_back() {
    let desk = desk(&[0, 1, 2, 3, 4]);
    let served = edited(&desk);
    let before = desk.exported("r.onrecord", "jsonl");
    let (status, made) = program(&served, "/corrections", PROGRAM, &day(&served));
    assert_eq!(
        (status, &made["standing"], &made["day"]),
        (201, &"holds".into(), &"2024-05-15".into()),
        "{made}"
    );
    assert!(made["at"].as_str().unwrap().starts_with("20"), "it was made now: {made}");
    let undo = format!("/corrections/{}/undo", made["correction"].as_str().unwrap());
    let why = json!({ "by": "A program", "why": "the calendar was last year's" });
    let (status, undone) = program(&served, &undo, PROGRAM, &why);
    assert_eq!((status, &undone["standing"]), (200, &"undone".into()), "{undone}");
    assert_eq!(undone["undone"]["why"], why["why"]);
    let after = desk.exported("r.onrecord", "jsonl");
    let without =
        |text: &str| text.lines().filter(|line| !line.contains("last year's")).collect::<Vec<_>>().join("\n");
    assert_eq!(without(&after), without(&before), "nothing is left but the list");
    let check = |path: &str, body: &Value, (status, words): (u16, &str)| {
        let (got, answer) = program(&served, path, PROGRAM, body);
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(got == status && answer["error"]["status"] == status && message.contains(words), "{answer}");
    };
    check(&undo, &why, (400, "taken back before"));
    check("/corrections/0000000000000000/undo", &why, (404, "nothing under this address"));
    check("/corrections/x/undo", &why, (404, "nothing under this address"));
    check(&undo, &json!({ "by": "A program" }), (400, "missing field `why`"));
    let with = |name: &str, value: Value| {
        let mut row = day(&served);
        row[name] = value;
        row
    };
    check("/corrections", &json!([1]), (400, "this is no correction"));
    check("/corrections", &with("by", " ".into()), (400, "who and why"));
    check(
        "/corrections",
        &with("why", "x".repeat(1_001).into()),
        (400, "`why` has more than 1000 characters"),
    );
    check("/corrections", &with("kind", "praise".into()), (400, "`praise` is no kind of correction"));
    check("/corrections", &with("kind", "merge".into()), (400, "`merge` needs two places"));
    check("/corrections", &with("at", "yesterday".into()), (400, "`yesterday` is no moment"));
    check("/corrections", &with("undone", why.clone()), (400, "taken back already"));
    let mut elsewhere = day(&served);
    elsewhere["places"][0]["page_hash"] = "a".repeat(64).into();
    check("/corrections", &elsewhere, (400, "Not all of its words stand in articles"));
    assert_eq!(corrections(&served).len(), 1);
}

#[test]
fn no_page_of_another_site_corrects_and_nobody_where_the_record_is_read_only() {
    let desk = desk(&[0, 1, 2, 3, 4]);
    let reading = Served::new(&desk, "--listen 127.0.0.1:0");
    let row = day(&reading);
    let (status, answer) = program(&reading, "/corrections", PROGRAM, &row);
    assert_eq!((status, &answer["error"]["kind"]), (403, &"forbidden".into()));
    assert!(answer["error"]["message"].as_str().unwrap().contains("begun with --edit"), "{answer}");
    assert_eq!(program(&reading, "/corrections/0000000000000000/undo", PROGRAM, &row).0, 403);
    assert_eq!(json(&reading, "/corrections")["total"], 0);
    drop(reading);
    let served = edited(&desk);
    for (headers, status) in [
        ("Content-Type: application/json\r\n".to_owned(), 403),
        ("Content-Type: text/plain\r\nOnrecord-Correct: 1\r\n".to_owned(), 400),
        (format!("{PROGRAM}Origin: http://other.example\r\n"), 403),
        (format!("{PROGRAM}Origin: null\r\n"), 403),
        (format!("{PROGRAM}Sec-Fetch-Site: cross-site\r\n"), 403),
        (format!("{PROGRAM}Sec-Fetch-Site: same-site\r\n"), 403),
        (format!("{PROGRAM}Host: other.example\r\n"), 403),
    ] {
        let (got, answer) = program(&served, "/corrections", &headers, &row);
        assert_eq!(
            (got, answer["error"]["status"].as_u64()),
            (status, Some(status.into())),
            "{headers}: {answer}"
        );
    }
    let asked = served.ask(
        "OPTIONS",
        "/api/v1/corrections",
        "Origin: http://other.example\r\nAccess-Control-Request-Method: POST\r\n",
    );
    assert!(
        asked.head.starts_with("HTTP/1.1 405 ") && !asked.head.to_lowercase().contains("access-control"),
        "{}",
        asked.head
    );
    for (method, path) in
        [("PUT", "/api/v1/corrections"), ("GET", "/api/v1/corrections/0000000000000000/undo")]
    {
        assert!(served.ask(method, path, "").head.starts_with("HTTP/1.1 405 "), "{method} {path}");
    }
    assert_eq!(corrections(&served), Vec::<Value>::new());
    drop(served);
    desk.put("token", "a secret of many letters\n");
    let guarded = Served::new(&desk, "--listen 127.0.0.1:0 --edit --token-file token");
    assert_eq!(program(&guarded, "/corrections", PROGRAM, &row).0, 401);
    let known = format!("{PROGRAM}Authorization: Bearer a secret of many letters\r\n");
    assert_eq!(program(&guarded, "/corrections", &known, &row).0, 201);
}
