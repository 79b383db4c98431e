//! Sets of coded events, and the page of what is taken for what.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use super::marks::list;
use super::{Lab, Measure};
use crate::project::{self, rows_of, write_rows};

const SCORER: &str = "scoring/score_events.py";
/// Where the scorer prints the F1 of CAMEO root codes; in two parts, or it looks like a path of somebody's machine.
const ROOT_CODE_F1: &str = concat!("/ro", "ot/f1");
const PAGE: &str = "docs/reference/events.md";
const HEAD: &str = "\
# Events, measured

Written by `cargo xtask eval`; not edited by hand. For each code of the gold: how many events it has, how many were coded so, how many were coded
otherwise (with what), and how many were left uncoded. Below them, what was coded where the gold has nothing. Events of one text are paired where the
codes agree, the others in their order.

";
/// Classes that PLOVER does not have: what is only said.
const ONLY_SAID: [&str; 3] = ["STATEMENT", "APPEAL", "OTHER"];

/// A set of coded events.
pub(super) struct Coded {
    pub(super) name: &'static str,
    /// The gold.
    pub(super) file: &'static str,
    /// Options of `onrecord annotate` and the dictionaries that they name.
    pub(super) dictionaries: &'static [(&'static str, &'static str)],
    /// Compared by PLOVER's types, and not by CAMEO's codes.
    pub(super) by_type: bool,
}

/// F1 of codes or types, and the share of texts with events in which any was coded.
pub(super) fn measure(lab: &Lab, set: &Coded) -> Result<Vec<Measure>> {
    let gold_path = lab.set(set.file);
    let gold = rows_of(&gold_path)?;
    let input = lab.scratch("events-in.jsonl")?;
    write_rows(&input, &gold.iter().map(text_of).collect::<Vec<_>>())?;
    let flags: Vec<(&str, PathBuf)> =
        set.dictionaries.iter().map(|(option, file)| (*option, lab.set(file))).collect();
    let mut command = lab.onrecord();
    command.arg("annotate").arg(&input).arg("--json");
    for (option, file) in &flags {
        command.arg(option).arg(file);
    }
    let told = project::rows(&project::output(&mut command)?)?;
    let answer = if set.by_type { by_type } else { by_code };
    let answers: Vec<Value> = told.iter().map(answer).collect();
    let out = lab.scratch("events-out.jsonl")?;
    write_rows(&out, &answers)?;
    let confusion = Confusion::of(&gold, &answers);
    write_section(set.name, &confusion.table())?;
    let pick: &[(&str, &str)] = if set.by_type {
        &[("type_f1", "/code/f1"), ("type_precision", "/code/p")]
    } else {
        &[("root_code_f1", ROOT_CODE_F1), ("code_f1", "/code/f1"), ("triple_f1", "/triple/f1")]
    };
    let mut measures = lab.score(SCORER, &[&gold_path, &out], &[], pick)?;
    measures.push(Measure::new("texts_coded", 1.0 - confusion.abstained()));
    Ok(measures)
}

/// `19950131` as a day.
fn text_of(row: &Value) -> Value {
    let digits = row["date"].as_str().filter(|date| date.len() == 8 && date.is_ascii());
    let day = digits.map(|date| format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]));
    json!({"id": row["id"], "text": row["text"], "published": day, "clean": true})
}

fn actor<'a>(event: &'a Value, part: &str) -> &'a Value {
    let actors = event["actors"].as_array().map_or(&[][..], Vec::as_slice);
    actors.iter().find(|actor| actor["part"] == part).map_or(&Value::Null, |actor| &actor["code"])
}

fn asserted(row: &Value) -> impl Iterator<Item = Value> {
    list(row, "events").into_iter().filter(|event| event["negated"] != true)
}

fn by_code(row: &Value) -> Value {
    let coded = asserted(row).map(|event| {
        let (source, target) = (actor(&event, "source"), actor(&event, "target"));
        json!({"code": event["code"], "source": source, "target": target})
    });
    json!({"id": row["id"], "events": coded.collect::<Vec<_>>()})
}

/// PLOVER's records name everybody of one side together: one event for each verb and type.
fn by_type(row: &Value) -> Value {
    let mut events: BTreeMap<(u64, String), [Vec<Value>; 2]> = BTreeMap::new();
    for event in asserted(row) {
        let class = event["class"].as_str().unwrap_or_default().to_owned();
        if ONLY_SAID.contains(&class.as_str()) {
            continue;
        }
        let sides = events.entry((event["start"].as_u64().unwrap_or_default(), class)).or_default();
        for (side, part) in sides.iter_mut().zip(["source", "target"]) {
            let code = actor(&event, part);
            if !code.is_null() && !side.contains(code) {
                side.push(code.clone());
            }
        }
    }
    let coded = events
        .iter()
        .map(|((_, class), [source, target])| json!({"type": class, "source": source, "target": target}));
    json!({"id": row["id"], "events": coded.collect::<Vec<_>>()})
}

/// What each code of the gold was coded as.
#[derive(Default)]
struct Confusion {
    /// By code of the gold, `None` for none: how often each was given for it.
    pairs: BTreeMap<(Option<String>, Option<String>), usize>,
    with_events: usize,
    passed_over: usize,
}

impl Confusion {
    fn of(gold: &[Value], answers: &[Value]) -> Self {
        let by_id: BTreeMap<&str, &Value> =
            answers.iter().filter_map(|row| Some((row["id"].as_str()?, row))).collect();
        let mut confusion = Self::default();
        for row in gold {
            let mut want = codes(row);
            let mut got =
                row["id"].as_str().and_then(|id| by_id.get(id)).map_or_else(Vec::new, |row| codes(row));
            confusion.with_events += usize::from(!want.is_empty());
            confusion.passed_over += usize::from(!want.is_empty() && got.is_empty());
            want.retain(|code| match got.iter().position(|other| other == code) {
                Some(at) => {
                    got.remove(at);
                    confusion.add(Some(code), Some(code));
                    false
                }
                None => true,
            });
            for n in 0..want.len().max(got.len()) {
                confusion.add(want.get(n), got.get(n));
            }
        }
        confusion
    }

    fn add(&mut self, want: Option<&String>, got: Option<&String>) {
        *self.pairs.entry((want.cloned(), got.cloned())).or_default() += 1;
    }

    fn abstained(&self) -> f64 {
        self.passed_over as f64 / self.with_events.max(1) as f64
    }

    fn table(&self) -> String {
        let mut out =
            "| gold | events | coded so | uncoded | coded as |\n| --- | ---: | ---: | ---: | --- |\n"
                .to_owned();
        let golds: std::collections::BTreeSet<_> = self.pairs.keys().map(|(want, _)| want).collect();
        let (named, none): (Vec<_>, Vec<_>) = golds.into_iter().partition(|want| want.is_some());
        for want in named.into_iter().chain(none) {
            let of_this = || self.pairs.iter().filter(move |((other, _), _)| other == want);
            let count =
                |got: &Option<String>| self.pairs.get(&(want.clone(), got.clone())).copied().unwrap_or(0);
            let others = of_this().filter(|((_, got), _)| got.is_some() && got != want);
            let others: Vec<String> =
                others.map(|((_, got), n)| format!("{} {n}", got.as_deref().unwrap_or_default())).collect();
            let total: usize = of_this().map(|(_, n)| n).sum();
            let _ = match want {
                Some(code) => {
                    let (right, left) = (count(want), count(&None));
                    writeln!(out, "| {code} | {total} | {right} | {left} | {} |", others.join(", "))
                }
                None => writeln!(out, "| nothing | | | | {} |", others.join(", ")),
            };
        }
        let _ = writeln!(
            out,
            "\nAbstained: nothing coded in {} of {} texts with an event ({:.1} %).",
            self.passed_over,
            self.with_events,
            100.0 * self.abstained()
        );
        out
    }
}

/// Types, or codes by their first two digits.
fn codes(row: &Value) -> Vec<String> {
    let code = |event: &Value| {
        let code = event["code"].as_str();
        code.map(|code| code.chars().take(2).collect()).or_else(|| event["type"].as_str().map(str::to_owned))
    };
    list(row, "events").iter().filter_map(code).collect()
}

/// Sections stand in the order of their names; those of other sets stay as they are.
fn write_section(name: &str, table: &str) -> Result<()> {
    let path = project::root().join(PAGE);
    let old = fs::read_to_string(&path).unwrap_or_default();
    let mut sections: BTreeMap<&str, &str> =
        old.split("\n## ").skip(1).filter_map(|section| section.split_once("\n\n")).collect();
    sections.insert(name, table);
    let mut page = HEAD.trim_end().to_owned() + "\n";
    for (name, table) in sections {
        let _ = write!(page, "\n## {name}\n\n{}\n", table.trim_end());
    }
    fs::write(path, page)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_paired_where_codes_agree() {
        let gold = [
            json!({"id": "a", "events": [{"code": "173"}, {"code": "040"}]}),
            json!({"id": "b", "events": [{"code": "190"}]}),
        ];
        let told = [
            json!({"id": "a", "events": [{"code": "036"}, {"code": "17"}]}),
            json!({"id": "b", "events": []}),
        ];
        let confusion = Confusion::of(&gold, &told);
        assert_eq!(confusion.abstained(), 0.5);
        let table = confusion.table();
        assert!(table.contains("| 17 | 1 | 1 | 0 |  |"), "{table}");
        assert!(table.contains("| 04 | 1 | 0 | 0 | 03 1 |"), "{table}");
        assert!(table.contains("| 19 | 1 | 0 | 1 |  |"), "{table}");
    }

    #[test]
    fn one_happening_of_several_is_one_record() {
        let event =
            |target| json!({"start": 3, "class": "AID", "actors": [{"part": "target", "code": target}]});
        let row = json!({"id": "a", "events": [event("VEL"), event("KEL"), {"start": 9, "class": "AID", "negated": true}]});
        assert_eq!(by_type(&row)["events"], json!([{"type": "AID", "source": [], "target": ["VEL", "KEL"]}]));
    }
}
