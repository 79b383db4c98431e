//! Scores the sample on its own gold, which lists what a careful reader must find, not all there is:
//! so shares found, and false alarms on tellings that only look different.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::{Lab, Measure};
use crate::project::{self, rows_of};

#[derive(Deserialize)]
struct Gold {
    copies: Vec<Vec<String>>,
    stories: Vec<Vec<String>>,
    dropped: Vec<Place>,
    kept: Vec<Place>,
    published: Vec<Day>,
    statement: Vec<Statement>,
    difference: Vec<Pair>,
    no_difference: Vec<Pair>,
    reply: Vec<Answer>,
}

/// Words of an article; no words: what the article leaves out.
#[derive(Deserialize)]
struct Place {
    article: String,
    words: Option<String>,
}

#[derive(Deserialize)]
struct Day {
    article: String,
    day: String,
}

#[derive(Deserialize)]
struct Statement {
    speaker: String,
    said_on: String,
    accounts: Vec<Place>,
}

#[derive(Deserialize)]
struct Pair {
    kind: Option<String>,
    left: Place,
    right: Place,
}

#[derive(Deserialize)]
struct Answer {
    from: Place,
    to: Place,
}

pub(crate) fn run(lab: &Lab) -> Result<Vec<Measure>> {
    let folder = project::root().join("testdata/sample");
    let gold: Gold =
        toml::from_str(&std::fs::read_to_string(project::root().join("testdata/sample_gold.toml"))?)?;
    let tables = Tables::read(&lab.tables("sample", &[folder])?)?;
    let mut measures = text_measures(&gold, &tables);
    measures.push(Measure::new("copies_f1", pair_f1(&gold.copies, &tables.groups("copies", "members"))));
    measures.push(Measure::new(
        "stories_bcubed",
        bcubed_f1(&gold.stories, &tables.groups("stories", "articles")),
    ));
    measures.extend(statement_measures(&gold, &tables));
    measures.extend(difference_measures(&gold, &tables));
    let replied = gold.reply.iter().filter(|answer| tables.has_reply(answer));
    measures.push(Measure::new("replies_found", share(replied.count(), gold.reply.len())));
    Ok(measures)
}

/// The exported tables, with articles by the name that the gold uses.
struct Tables {
    tables: BTreeMap<&'static str, Vec<Value>>,
    /// Id of the article → the gold's name for it.
    names: BTreeMap<String, String>,
}

impl Tables {
    fn read(folder: &Path) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for name in ["articles", "copies", "stories", "statements", "differences", "replies"] {
            tables.insert(name, rows_of(&folder.join(format!("{name}.jsonl")))?);
        }
        let names = tables["articles"].iter().map(|row| (text(&row["article"]), gold_name(row))).collect();
        Ok(Self { tables, names })
    }

    fn name(&self, id: &Value) -> &str {
        self.names.get(id.as_str().unwrap_or_default()).map_or("", String::as_str)
    }

    fn groups(&self, table: &str, members: &str) -> Vec<Vec<String>> {
        let group = |row: &Value| array(&row[members]).iter().map(|id| self.name(id).to_owned()).collect();
        self.tables[table].iter().map(group).collect()
    }

    fn clean_text(&self, article: &str) -> String {
        let row = self.tables["articles"].iter().find(|row| gold_name(row) == article);
        row.map(|row| text(&row["text"])).unwrap_or_default()
    }

    /// The statement in which `place` is told, with its row: the account of that article that is most like the words.
    fn statement_of(&self, place: &Place) -> Option<&Value> {
        let words = words(place.words.as_deref().unwrap_or_default());
        let mut best: Option<(f64, &Value)> = None;
        for statement in &self.tables["statements"] {
            for account in
                array(&statement["accounts"]).iter().filter(|a| self.name(&a["article"]) == place.article)
            {
                let told: BTreeSet<String> =
                    array(&account["parts"]).iter().flat_map(|p| words_of(&p["text"])).collect();
                let overlap = jaccard(&words, &told);
                if overlap >= 0.5 && best.is_none_or(|(most, _)| overlap > most) {
                    best = Some((overlap, statement));
                }
            }
        }
        best.map(|(_, statement)| statement)
    }

    /// The kinds of the differences between the two places.
    fn differences(&self, pair: &Pair) -> Vec<String> {
        let fits = |side: &Value, place: &Place| {
            let shown = words_of(&side["span"]["text"]);
            let wanted = words(place.words.as_deref().unwrap_or_default());
            // One digit in common ("2,000 jobs", "2.5 percent") is no meeting.
            let both = shown.intersection(&wanted).count();
            let meets = both * 2 >= shown.len().min(wanted.len());
            self.name(&side["article"]) == place.article && meets
        };
        let between = |row: &&Value| {
            let (a, b) = (&row["between"][0], &row["between"][1]);
            (fits(a, &pair.left) && fits(b, &pair.right)) || (fits(b, &pair.left) && fits(a, &pair.right))
        };
        self.tables["differences"].iter().filter(between).map(|row| text(&row["kind"])).collect()
    }

    fn has_reply(&self, answer: &Answer) -> bool {
        let id = |place| self.statement_of(place).map(|statement| statement["statement"].clone());
        let (Some(from), Some(to)) = (id(&answer.from), id(&answer.to)) else { return false };
        self.tables["replies"].iter().any(|row| row["from"] == from && row["to"] == to)
    }
}

/// The caller's id for a record of a file of many; else the file, below the sample's folder.
fn gold_name(row: &Value) -> String {
    let path = text(&row["path"]);
    let file = path.split("testdata/sample/").last().unwrap_or_default().to_owned();
    row["id"].as_str().filter(|_| file.ends_with(".jsonl")).map_or(file, str::to_owned)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn words_of(value: &Value) -> BTreeSet<String> {
    words(value.as_str().unwrap_or_default())
}

fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    share(a.intersection(b).count(), a.union(b).count())
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn text_measures(gold: &Gold, tables: &Tables) -> Vec<Measure> {
    let holds = |place: &&Place| {
        tables.clean_text(&place.article).contains(place.words.as_deref().unwrap_or_default())
    };
    let lost = gold.dropped.iter().filter(|place| !holds(place)).count();
    let kept = gold.kept.iter().filter(holds).count();
    let dated = gold.published.iter().filter(|day| {
        let row = tables.tables["articles"].iter().find(|row| gold_name(row) == day.article);
        row.is_some_and(|row| text(&row["published"]).starts_with(&day.day))
    });
    vec![
        Measure::new("boilerplate_dropped", share(lost, gold.dropped.len())),
        Measure::new("text_kept", share(kept, gold.kept.len())),
        Measure::new("published", share(dated.count(), gold.published.len())),
    ]
}

fn statement_measures(gold: &Gold, tables: &Tables) -> Vec<Measure> {
    let (mut accounts, mut found, mut spoken, mut dated) = (0, 0, 0, 0);
    let (mut pairs, mut together, mut strangers, mut joined) = (0, 0, 0, 0);
    let mut seen: Vec<(usize, Option<String>)> = Vec::new();
    for (n, statement) in gold.statement.iter().enumerate() {
        for place in &statement.accounts {
            let row = tables.statement_of(place);
            accounts += 1;
            found += usize::from(row.is_some());
            let is = |key: &str, value: &str| row.is_some_and(|row| text(&row[key]).starts_with(value));
            spoken +=
                usize::from(row.is_some_and(|row| row["speaker"]["name"] == statement.speaker.as_str()));
            dated += usize::from(is("said_on", &statement.said_on));
            let id = row.map(|row| text(&row["statement"]));
            for (other, other_id) in &seen {
                let same = id.is_some() && &id == other_id;
                if *other == n {
                    pairs += 1;
                    together += usize::from(same);
                } else {
                    strangers += 1;
                    joined += usize::from(same);
                }
            }
            seen.push((n, id));
        }
    }
    vec![
        Measure::new("accounts_found", share(found, accounts)),
        Measure::new("speaker", share(spoken, accounts)),
        Measure::new("said_on", share(dated, accounts)),
        Measure::new("accounts_joined", share(together, pairs)),
        Measure::new("false_alarms_joined", share(joined, strangers)),
    ]
}

fn difference_measures(gold: &Gold, tables: &Tables) -> Vec<Measure> {
    let (mut any, mut typed) = (0, 0);
    for pair in &gold.difference {
        let kinds = tables.differences(pair);
        any += usize::from(!kinds.is_empty());
        typed += usize::from(kinds.iter().any(|kind| Some(kind) == pair.kind.as_ref()));
    }
    // A mere difference of translation is no alarm: it says that the substance is the same.
    let alarms = gold
        .no_difference
        .iter()
        .filter(|pair| tables.differences(pair).iter().any(|kind| kind != "translation"));
    vec![
        Measure::new("differences_any_kind_found", share(any, gold.difference.len())),
        Measure::new("differences_found", share(typed, gold.difference.len())),
        Measure::new("false_alarms", share(alarms.count(), gold.no_difference.len())),
    ]
}

fn pairs(groups: &[Vec<String>]) -> BTreeSet<(&str, &str)> {
    let mut out = BTreeSet::new();
    for group in groups {
        for a in group {
            out.extend(group.iter().filter(|b| a < b).map(|b| (a.as_str(), b.as_str())));
        }
    }
    out
}

fn pair_f1(gold: &[Vec<String>], found: &[Vec<String>]) -> f64 {
    let (gold, found) = (pairs(gold), pairs(found));
    share(2 * gold.intersection(&found).count(), gold.len() + found.len())
}

fn bcubed_f1(gold: &[Vec<String>], found: &[Vec<String>]) -> f64 {
    let group = |groups: &[Vec<String>], name: &str| -> BTreeSet<String> {
        groups.iter().find(|g| g.iter().any(|n| n == name)).into_iter().flatten().cloned().collect()
    };
    let (mut precision, mut recall, mut n) = (0.0, 0.0, 0.0);
    for name in gold.iter().flatten() {
        let (g, f) = (group(gold, name), group(found, name));
        let both = g.intersection(&f).count();
        precision += share(both, f.len());
        recall += share(both, g.len());
        n += 1.0;
    }
    let (precision, recall) = (precision / n, recall / n);
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<Vec<String>> {
        text.split(' ').map(|group| group.chars().map(String::from).collect()).collect()
    }

    #[test]
    fn clusters_are_scored_as_defined() {
        assert_eq!(pair_f1(&groups("ab cd"), &groups("ab c d")), 2.0 / 3.0);
        assert_eq!(bcubed_f1(&groups("ab c"), &groups("ab c")), 1.0);
        assert_eq!(bcubed_f1(&groups("ab"), &groups("a b")), 2.0 / 3.0);
    }

    #[test]
    fn every_word_of_the_gold_stands_in_its_article() {
        let folder = project::root().join("testdata/sample");
        let gold: Gold = toml::from_str(
            &std::fs::read_to_string(project::root().join("testdata/sample_gold.toml")).unwrap(),
        )
        .unwrap();
        let accounts = gold.statement.iter().flat_map(|s| &s.accounts);
        let sides = gold.difference.iter().chain(&gold.no_difference).flat_map(|p| [&p.left, &p.right]);
        let replies = gold.reply.iter().flat_map(|r| [&r.from, &r.to]);
        let wire = std::fs::read_to_string(folder.join("nordwire.jsonl")).unwrap();
        for place in accounts.chain(sides).chain(replies).chain(&gold.kept) {
            let file = folder.join(&place.article);
            let page = if file.is_file() { std::fs::read_to_string(file).unwrap() } else { wire.clone() };
            let page = words(&page);
            let wanted = words(place.words.as_deref().unwrap_or_default());
            assert!(wanted.is_subset(&page), "{}: {:?}", place.article, place.words);
        }
    }
}
