//! Every evaluation set, and how the program's output becomes what its scorer reads.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};

use super::events::{self, Coded};
use super::marks::{self, list};
use super::{Lab, Measure, Set, pairs, pronouns, sample, suites, trees};
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
        name: "wikinews_figures",
        about: "Figures of the same 59 articles: spans, numbers, numbers with bounds, numbers with what they count (a shared word).",
        needs: Some("gold_wikinews"),
        run: marks::wikinews_figures,
    },
    Set {
        name: "gap_coref",
        about: "Subject pronouns with two persons to choose from in 454 passages of Wikipedia, as sources of a report.",
        needs: Some("gap_coref"),
        run: |lab| pronouns::gap(lab, "gap_coref/gap-validation.tsv"),
    },
    Set {
        name: "confidence",
        about: "How often quotations and speakers of `gold_wikinews` and `gold_stories` are right, against what is said of them. A quotation is right where the gold has its kind and at least half of the characters of both; a speaker of such a quotation is right where the gold names the same. What is said comes from tables fitted to the other nine tenths of the articles; the rules themselves were written with all in view.",
        needs: Some("gold_wikinews"),
        run: crate::calibrate::measured,
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
        name: "allsides_stories",
        about: "Stories among 757 dated leads by 2021's outlets, development split; consecutive rounds of one running story count as different.",
        needs: Some("clusters"),
        run: |lab| clusters(lab, "allsides-2021"),
    },
    Set {
        name: "ecbplus_stories",
        about: "Stories among 197 short news texts, development split.",
        needs: Some("clusters"),
        run: |lab| clusters(lab, "ecbplus-stories"),
    },
    Set {
        name: "difference_pairs",
        about: "What differs between 250 pairs of sentences with one change or none, as outlets tell them and as one person says them.",
        needs: Some("difference_pairs"),
        run: pairs::differences,
    },
    Set {
        name: "same_event_meantime",
        about: "Whether 58 pairs of sentences from MEANTIME tell of one event (half do): whether they are one story.",
        needs: Some("same_event_pairs"),
        run: |lab| pairs::same_event(lab, "same_event_pairs/meantime-dev.jsonl", 1),
    },
    Set {
        name: "same_event_ecbplus",
        about: "The same for 420 pairs from ECB+, every fourth of the set; negatives are of the same topic. Floors on another split: 0.57 (word Jaccard), 0.63 (TF-IDF) as ROC AUC.",
        needs: Some("same_event_pairs"),
        run: |lab| pairs::same_event(lab, "same_event_pairs/ecbplus-dev.jsonl", 4),
    },
    Set {
        name: "meantime_times",
        about: "Expressions of time in 30 Wikinews articles; a length has its value from the figure.",
        needs: Some("meantime"),
        run: marks::meantime_times,
    },
    Set {
        name: "meantime_quantities",
        about: "Quantities in 30 Wikinews articles (spans).",
        needs: Some("meantime"),
        run: marks::meantime_quantities,
    },
    Set {
        name: "quantulum3",
        about: "Quantities in the test sentences of quantulum3; many are of kinds that news does not print.",
        needs: Some("quantulum3_tests"),
        run: |lab| marks::quantities(lab, "quantulum3_tests/quantities.jsonl"),
    },
    Set {
        name: "duckling_times",
        about: "Expressions of time in the English tests of duckling, a voice assistant's; in scope is what news prints, by the rules of `eval/scope.toml`.",
        needs: Some("duckling_corpora"),
        run: suites::duckling_times,
    },
    Set {
        name: "recognizers_times",
        about: "The same in the English tests of Recognizers-Text.",
        needs: Some("recognizers_specs"),
        run: suites::recognizers_times,
    },
    Set {
        name: "duckling_quantities",
        about: "Sums, distances, volumes, weights and temperatures in the English tests of duckling, scoped likewise.",
        needs: Some("duckling_corpora"),
        run: suites::duckling_quantities,
    },
    Set {
        name: "recognizers_quantities",
        about: "Sums, measures, percentages and temperatures in the English tests of Recognizers-Text, scoped likewise.",
        needs: Some("recognizers_specs"),
        run: suites::recognizers_quantities,
    },
    Set {
        name: "crossner_politics",
        about: "People, organisations and places in 541 sentences on politics.",
        needs: Some("crossner_politics"),
        run: |lab| {
            let gold = json!({"politician": "person", "person": "person", "politicalparty": "organisation",
                "organisation": "organisation", "country": "place", "location": "place",
                "election": null, "event": null, "misc": null});
            marks::names(lab, "crossner_politics/dev.jsonl", &gold)
        },
    },
    Set {
        name: "wikigold",
        about: "People, organisations and places in 254 sentences of Wikipedia.",
        needs: Some("wikigold"),
        run: |lab| {
            let gold = json!({"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": null});
            marks::names(lab, "wikigold/dev.jsonl", &gold)
        },
    },
    Set {
        name: "re3d",
        about: "People, organisations and places in 161 sentences on the war in Syria and Iraq; common nouns are marked there too.",
        needs: Some("re3d_open"),
        run: |lab| {
            let gold = json!({"Person": "person", "Organisation": "organisation", "Location": "place",
                "Temporal": null, "Quantity": null, "Money": null, "Weapon": null, "MilitaryPlatform": null,
                "Nationality": null, "DocumentReference": null, "CommsIdentifier": null, "Vehicle": null,
                "Frequency": null, "Coordinates": null});
            marks::names(lab, "re3d_open/dev.jsonl", &gold)
        },
    },
    Set {
        name: "ewt",
        about: "Word classes, tags and trees of the development part of UD English EWT, 2,001 sentences of the web: the reader alone, over the treebank's own words, sentences and paragraphs. The program cuts words itself and keeps hyphenated words whole, so this tells of the network, not of the cuts.",
        needs: Some("ud_english_ewt"),
        run: |lab| trees::score(lab, "ud_english_ewt/en_ewt-ud-dev.conllu"),
    },
    Set {
        name: "plover",
        about: "Events in the sentences of PLOVER's gold records, with the dictionaries that ship. `texts_coded`: the share of texts with an event in which any was coded; in the others the coder abstains (`events.md`).",
        needs: Some("plover"),
        run: |lab| {
            events::measure(
                lab,
                &Coded { name: "plover", file: "plover/plover_gsr.jsonl", dictionaries: &[], by_type: true },
            )
        },
    },
    Set {
        name: "petrarch",
        about: "Events in PETRARCH's unit tests, with the dictionaries of that suite: its states are invented, and so are many of its codes.",
        needs: Some("petrarch_validation"),
        run: |lab| {
            let set = Coded { name: "petrarch", file: UNIT_TESTS, dictionaries: SUITE, by_type: false };
            events::measure(lab, &set)
        },
    },
];

const UNIT_TESTS: &str = "petrarch_validation/petr_unittest_en.jsonl";
const SUITE: &[(&str, &str)] = &[
    ("--actors", "petrarch_validation/dictionaries/PETR.Validate.actors.txt"),
    ("--agents", "petrarch_validation/dictionaries/PETR.Validate.agents.txt"),
    ("--verbs", "petrarch_validation/dictionaries/PETR.Validate.verbs.txt"),
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
    let rows = marks::gold_wikinews(lab)?;
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
