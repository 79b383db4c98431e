//! Every evaluation set, and how the program's output becomes what its scorer reads.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};

use super::{Lab, Measure, Set, sample};
use crate::project::{self, rows_of, write_rows};

pub(crate) const SETS: &[Set] = &[
    Set {
        name: "sample",
        about: "Four invented stories by six outlets in `testdata/sample`, whole program, scored on `testdata/sample_gold.toml`.",
        needs: None,
        run: sample::run,
    },
    Set {
        name: "gold_stories",
        about: "63 invented articles in nine stories, whole program over the plain texts.",
        needs: Some("gold_stories"),
        run: |lab| gold_stories(lab, "gold_stories", &[lab.set("gold_stories/articles.jsonl")]),
    },
    Set {
        name: "gold_stories_html",
        about: "The same; the 26 articles that exist as web pages are read as web pages.",
        needs: Some("gold_stories"),
        run: |lab| {
            gold_stories(lab, "gold_stories_html", &pages_or_texts(&lab.set("gold_stories/articles"))?)
        },
    },
    Set {
        name: "gold_wikinews",
        about: "59 Wikinews articles, every quotation marked by hand.",
        needs: Some("gold_wikinews"),
        run: gold_wikinews,
    },
    Set {
        name: "extraction_wcxb",
        about: "Main text, title and date of 793 article pages.",
        needs: Some("extraction"),
        run: |lab| {
            extraction(
                lab,
                "wcxb-articles",
                &[
                    ("word_f1", "/word_f1"),
                    ("title", "/title_exact"),
                    ("date", "/date_accuracy"),
                    ("authors", "/authors_f1"),
                ],
            )
        },
    },
    Set {
        name: "extraction_trafilatura",
        about: "Snippets, title and date of 482 pages, many German.",
        needs: Some("extraction"),
        run: |lab| {
            extraction(
                lab,
                "trafilatura-eval",
                &[
                    ("snippet_f1", "/snippet_f1"),
                    ("title", "/title_exact"),
                    ("date", "/date_accuracy"),
                    ("authors", "/authors_f1"),
                ],
            )
        },
    },
    Set {
        name: "extraction_fundus",
        about: "Main text, title and date of 114 news pages in 20 languages.",
        needs: Some("extraction"),
        run: |lab| {
            extraction(
                lab,
                "fundus-multilingual",
                &[
                    ("word_f1", "/word_f1"),
                    ("title", "/title_exact"),
                    ("date", "/date_accuracy"),
                    ("authors", "/authors_f1"),
                ],
            )
        },
    },
    Set {
        name: "extraction_htmldate",
        about: "Publication day of 483 pages.",
        needs: Some("extraction"),
        run: |lab| {
            extraction(lab, "htmldate-eval", &[("date_f1", "/date_f1"), ("date_accuracy", "/date_accuracy")])
        },
    },
    Set {
        name: "text_boilerplate",
        about: "Which lines of 548 plain-text page dumps are the article.",
        needs: Some("text_boilerplate"),
        run: text_boilerplate,
    },
    Set {
        name: "syndication",
        about: "Groups of near-copies with known derivation, development split.",
        needs: Some("clusters"),
        run: syndication,
    },
    Set {
        name: "ecbplus_stories",
        about: "Stories among 197 short news texts, development split.",
        needs: Some("clusters"),
        run: |lab| clusters(lab, "ecbplus-stories"),
    },
    Set {
        name: "meantime_times",
        about: "Expressions of time in 30 Wikinews articles.",
        needs: Some("meantime"),
        run: meantime_times,
    },
    Set {
        name: "meantime_quantities",
        about: "Quantities in 30 Wikinews articles (spans).",
        needs: Some("meantime"),
        run: meantime_quantities,
    },
    Set {
        name: "crossner_politics",
        about: "People, organisations and places in 541 sentences on politics.",
        needs: Some("crossner_politics"),
        run: crossner_politics,
    },
];

/// Each article once, as a page where there is one.
fn pages_or_texts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_text = path.extension().is_some_and(|e| e == "txt");
        if !is_text || !path.with_extension("html").exists() {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

const RECORD: &[(&str, &str)] = &[
    ("boilerplate_removed", "/boilerplate/removed"),
    ("boilerplate_kept", "/boilerplate/kept"),
    ("copies_f1", "/copies/f1"),
    ("stories_bcubed", "/stories/f1"),
    ("accounts_f1", "/accounts/f1"),
    ("part_tokens_f1", "/part_tokens/f1"),
    ("account_bcubed", "/bcubed/f1"),
    ("pairwise_f1", "/pairwise/f1"),
    ("speaker", "/speaker/accuracy"),
    ("said_on", "/said_on/accuracy"),
    ("differences_by_kind_f1", "/differences/kind/f1"),
    ("differences_any_kind_f1", "/differences/any_kind/f1"),
    ("differences_any_kind_precision", "/differences/any_kind/p"),
    ("false_alarms", "/false_alarms/rate_groups"),
    ("replies_f1", "/replies/f1"),
    ("figures_span_f1", "/figures/span/f1"),
    ("figures_full_f1", "/figures/full/f1"),
];

fn gold_stories(lab: &Lab, name: &str, inputs: &[PathBuf]) -> Result<Vec<Measure>> {
    let tables = lab.tables(name, inputs)?;
    let record = lab.scratch(&format!("{name}.jsonl"))?;
    std::fs::write(&record, lab.python("scoring/convert.py", &[Path::new("record"), &tables])?)?;
    lab.score("gold_stories/score_record.py", &[Path::new("--pred"), &record], &[], RECORD)
}

fn gold_wikinews(lab: &Lab) -> Result<Vec<Measure>> {
    let parts =
        ["gum_news", "meantime_gm", "meantime_train"].map(|p| lab.set(&format!("gold_wikinews/{p}.jsonl")));
    let rows: Vec<Value> = parts.iter().map(|path| rows_of(path)).collect::<Result<Vec<_>>>()?.concat();
    let gold = lab.scratch("wikinews-gold.jsonl")?;
    write_rows(&gold, &rows)?;
    let input = lab.scratch("wikinews-in.jsonl")?;
    std::fs::write(&input, lab.python("scoring/convert.py", &[Path::new("texts"), &gold])?)?;
    let out = lab.scratch("wikinews-out.jsonl")?;
    write_rows(&out, &lab.annotate(&input)?)?;
    let gold_quotes = lab.scratch("wikinews-gold-quotes.jsonl")?;
    std::fs::write(&gold_quotes, lab.python("scoring/convert.py", &[Path::new("quotes"), &gold])?)?;
    let quotes = lab.scratch("wikinews-quotes.jsonl")?;
    let arguments = [Path::new("quotes"), out.as_path(), Path::new("--ids"), gold.as_path()];
    std::fs::write(&quotes, lab.python("scoring/convert.py", &arguments)?)?;
    let score =
        |flags: &[&str], pick| lab.score("scoring/score_quotes.py", &[&gold_quotes, &quotes], flags, pick);
    let mut measures = score(
        &[],
        &[
            ("content_iou50_f1", "/attribution/content/f1"),
            ("cue_exact_f1", "/exact/cue/f1"),
            ("source_exact_f1", "/exact/source/f1"),
            ("speaker_accuracy", "/attribution/speaker_accuracy"),
            ("whole_with_speaker_name_f1", "/name/f1"),
        ],
    )?;
    for kind in ["direct", "indirect"] {
        let own = lab.scratch(&format!("wikinews-quotes-{kind}.jsonl"))?;
        write_rows(&own, &rows_of(&quotes)?.into_iter().map(|row| only(row, kind)).collect::<Vec<_>>())?;
        let pick = [(format!("content_{kind}_f1"), "/attribution/content/f1")];
        let pick = pick.each_ref().map(|(name, pointer)| (name.as_str(), *pointer));
        let files = [gold_quotes.as_path(), own.as_path()];
        measures.extend(lab.score("scoring/score_quotes.py", &files, &["--types", kind], &pick)?);
    }
    Ok(measures)
}

/// A row with its quotations of one kind: the scorer chooses by kind in the gold alone.
fn only(mut row: Value, kind: &str) -> Value {
    let quotes = list(&row, "quotes").into_iter().filter(|quote| quote["type"] == kind);
    row["quotes"] = quotes.collect();
    row
}

fn extraction(lab: &Lab, set: &str, pick: &[(&str, &str)]) -> Result<Vec<Measure>> {
    let gold = lab.set(&format!("extraction/{set}/gold.jsonl"));
    let pages = lab.set(&format!("extraction/{set}/html"));
    let extracted = project::output(lab.onrecord().arg("extract").arg(&pages).arg("--json"))?;
    let mut predicted = Vec::new();
    let by_file = by_file_name(&project::rows(&extracted)?);
    for page in rows_of(&gold)? {
        let file = page["file"].as_str().unwrap_or_default();
        let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(row) = by_file.get(&name) {
            predicted.push(json!({
                "id": page["id"], "text": row["text"], "title": row["headline"], "date": row["published"], "authors": row["authors"],
            }));
        }
    }
    let out = lab.scratch(&format!("{set}.jsonl"))?;
    write_rows(&out, &predicted)?;
    lab.score("extraction/score_extraction.py", &[&gold, &out], &[], pick)
}

fn by_file_name(rows: &[Value]) -> std::collections::BTreeMap<String, Value> {
    let name = |row: &Value| {
        let origin = row["origin"].as_str().unwrap_or_default().to_owned();
        Path::new(&origin).file_name().unwrap_or_default().to_string_lossy().into_owned()
    };
    rows.iter().map(|row| (name(row), row.clone())).collect()
}

/// Reads every dump as one text and asks of each line whether most of it was kept.
fn text_boilerplate(lab: &Lab) -> Result<Vec<Measure>> {
    let lines = lab.set("text_boilerplate/lines.jsonl.gz");
    let unpacked = project::output(std::process::Command::new("gzip").arg("-dc").arg(&lines))?;
    let dumps: Vec<Value> =
        project::rows(&unpacked)?.into_iter().filter(|dump| dump["split"] == "dev").collect();
    let text = |dump: &Value| strings(&dump["lines"]).join("\n");
    let input = lab.scratch("dumps.jsonl")?;
    let rows: Vec<Value> = dumps.iter().map(|dump| json!({"id": dump["id"], "text": text(dump)})).collect();
    write_rows(&input, &rows)?;
    let extracted =
        project::rows(&project::output(lab.onrecord().arg("extract").arg(&input).arg("--json"))?)?;
    let mut predicted = Vec::new();
    for dump in &dumps {
        let row = extracted.iter().find(|row| row["id"] == dump["id"]);
        let labels =
            row.map(|row| line_labels(&strings(&dump["lines"]), &row["boilerplate"])).unwrap_or_default();
        predicted.push(json!({"id": dump["id"], "labels": labels}));
    }
    let out = lab.scratch("dumps-labels.jsonl")?;
    write_rows(&out, &predicted)?;
    let pick = [("doc_f1", "/doc_f1"), ("micro_f1", "/micro_f1")];
    lab.score("text_boilerplate/score_lines.py", &[&lines, &out], &["--split", "dev"], &pick)
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().map(|line| line.as_str().unwrap_or_default()).collect()
}

/// 1 for each line of which more than half lies outside the boilerplate (spans in code points).
fn line_labels(lines: &[&str], boilerplate: &Value) -> Vec<u8> {
    let span =
        |b: &Value| (b["start"].as_u64().unwrap_or(0) as usize, b["end"].as_u64().unwrap_or(0) as usize);
    let dropped: Vec<(usize, usize)> = boilerplate.as_array().into_iter().flatten().map(span).collect();
    let mut start = 0;
    let mut next = 0;
    let mut labels = Vec::new();
    for line in lines {
        let end = start + line.chars().count();
        while dropped.get(next).is_some_and(|(_, to)| *to <= start) {
            next += 1;
        }
        let lost: usize = dropped[next..]
            .iter()
            .take_while(|(from, _)| *from < end)
            .map(|(from, to)| to.min(&end).saturating_sub(*from.max(&start)))
            .sum();
        labels.push(u8::from(end > start && lost * 2 < end - start));
        start = end + 1;
    }
    labels
}

fn syndication(lab: &Lab) -> Result<Vec<Measure>> {
    let docs = lab.set("clusters/syndication-constructed/docs.jsonl");
    cluster_scores(lab, "syndication", &docs, "copies", |row| row["members"].clone())
}

fn clusters(lab: &Lab, set: &str) -> Result<Vec<Measure>> {
    let docs = lab.set(&format!("clusters/{set}/docs.jsonl"));
    cluster_scores(lab, set, &docs, "stories", |row| row["articles"].clone())
}

/// Builds a record over the development split and scores one of its tables as clusters.
fn cluster_scores(
    lab: &Lab,
    name: &str,
    docs: &Path,
    table: &str,
    members: fn(&Value) -> Value,
) -> Result<Vec<Measure>> {
    let input = lab.scratch(&format!("{name}-in.jsonl"))?;
    let dev = rows_of(docs)?.into_iter().filter(|doc| doc["split"] == "dev");
    let texts = dev.map(|doc| {
        json!({"id": doc["id"], "headline": doc["title"], "published": doc["date"], "url": doc["url"], "text": doc["text"], "clean": true})
    });
    write_rows(&input, &texts.collect::<Vec<_>>())?;
    let tables = lab.tables(name, &[input])?;
    let articles = rows_of(&tables.join("articles.jsonl"))?;
    let given = |id: &Value| articles.iter().find(|a| &a["article"] == id).map(|a| a["id"].clone());
    let mut predicted = Vec::new();
    for (n, row) in rows_of(&tables.join(format!("{table}.jsonl")))?.iter().enumerate() {
        for member in members(row).as_array().into_iter().flatten() {
            predicted.push(json!({"id": given(member), "cluster": n}));
        }
    }
    let out = lab.scratch(&format!("{name}-clusters.jsonl"))?;
    write_rows(&out, &predicted)?;
    let pick = [("pair_f1", "/pair_f1"), ("bcubed_f1", "/bcubed_f1")];
    lab.score("clusters/score_clusters.py", &[docs, &out], &["--split", "dev"], &pick)
}

/// Annotates the texts of a gold file as they are and scores one list of every answer.
fn spans_scored(
    lab: &Lab,
    (gold, script): (&str, &str),
    answer: fn(&Value) -> Value,
    flags: &[&str],
    pick: &[(&str, &str)],
) -> Result<Vec<Measure>> {
    let gold = lab.set(gold);
    let name = script.replace(['/', '.'], "-");
    let input = lab.scratch(&format!("{name}-in.jsonl"))?;
    let texts = rows_of(&gold)?;
    let published = |row: &Value| row["ref"].as_str().map(|day| day.chars().take(10).collect::<String>());
    let texts = texts
        .iter()
        .map(|row| json!({"id": row["id"], "text": row["text"], "published": published(row), "clean": true}));
    write_rows(&input, &texts.collect::<Vec<_>>())?;
    let answers: Vec<Value> = lab.annotate(&input)?.iter().map(answer).collect();
    let out = lab.scratch(&format!("{name}-out.jsonl"))?;
    write_rows(&out, &answers)?;
    lab.score(script, &[&gold, &out], flags, pick)
}

fn list(row: &Value, key: &str) -> Vec<Value> {
    row[key].as_array().cloned().unwrap_or_default()
}

/// A value as EDTF writes it and, where TimeML writes it another way, as that does: quarters, seasons, decades.
fn timex_values(value: &Value) -> Vec<String> {
    let Some(edtf) = value.as_str() else { return Vec::new() };
    let names =
        ["SP", "SU", "FA", "WI"].into_iter().zip(21..).chain(["Q1", "Q2", "Q3", "Q4"].into_iter().zip(33..));
    let coded = names.into_iter().find_map(|(name, code)| {
        let year = edtf.strip_suffix(&format!("-{code}")).filter(|year| year.len() == 4)?;
        Some(format!("{year}-{name}"))
    });
    let decade = edtf.strip_suffix('X').map(|years| years.trim_end_matches('X').to_owned());
    [Some(edtf.to_owned()), coded, decade].into_iter().flatten().collect()
}

fn meantime_times(lab: &Lab) -> Result<Vec<Measure>> {
    let answer = |row: &Value| {
        let times = list(row, "dates").into_iter().map(|date| {
            json!({"start": date["start"], "end": date["end"], "type": "DATE", "value": timex_values(&date["value"])})
        });
        json!({"id": row["id"], "times": times.collect::<Vec<_>>()})
    };
    let pick = [("relaxed_f1", "/relaxed/f1"), ("relaxed_with_value_f1", "/relaxed_value/f1")];
    spans_scored(lab, ("meantime/times/dev.jsonl", "scoring/score_times.py"), answer, &[], &pick)
}

fn meantime_quantities(lab: &Lab) -> Result<Vec<Measure>> {
    let answer = |row: &Value| {
        let figures = list(row, "figures").into_iter().map(|figure| {
            json!({"start": figure["start"], "end": figure["end"], "value": figure["value"], "unit": figure["unit"]})
        });
        json!({"id": row["id"], "quantities": figures.collect::<Vec<_>>()})
    };
    let pick = [("span_strict_f1", "/span_strict/f1"), ("span_overlap_f1", "/span_overlap/f1")];
    spans_scored(lab, ("meantime/quantities/dev.jsonl", "scoring/score_quantities.py"), answer, &[], &pick)
}

fn crossner_politics(lab: &Lab) -> Result<Vec<Measure>> {
    let answer = |row: &Value| {
        let entities = list(row, "mentions")
            .into_iter()
            .map(|m| json!({"start": m["start"], "end": m["end"], "type": m["type"]}));
        json!({"id": row["id"], "entities": entities.collect::<Vec<_>>()})
    };
    let map = lab.scratch("crossner-map.json")?;
    let types = json!({
        "gold": {"politician": "person", "person": "person", "politicalparty": "organisation", "organisation": "organisation",
                 "country": "place", "location": "place", "election": null, "event": null, "misc": null},
        "pred": {"person": "person", "organisation": "organisation", "state": "place", "place": "place", "document": null, "event": null},
    });
    std::fs::write(&map, types.to_string())?;
    let map = map.to_string_lossy().into_owned();
    let pick = [("exact_f1", "/exact_micro/f1"), ("overlap_f1", "/overlap_iou50_any_type/f1")];
    let files = ("crossner_politics/dev.jsonl", "scoring/score_ner.py");
    spans_scored(lab, files, answer, &["--map", &map], &pick)
}
