//! How much of what a generated corpus holds a record finds again: copies, stories, statements told by several.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Result;
use serde_json::Value;

/// Pairs of articles that belong together by the corpus and by the record.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pairs {
    /// What the corpus puts together.
    planted: usize,
    /// Of these, what the record puts together.
    found: usize,
    /// What the record puts together across stories.
    strange: usize,
}

impl Pairs {
    /// The share of what was planted that was found.
    pub(crate) fn recall(self) -> f64 {
        self.found as f64 / self.planted.max(1) as f64
    }

    /// Of all that the record puts together, the share across stories.
    pub(crate) fn strange(self) -> f64 {
        self.strange as f64 / (self.found + self.strange).max(1) as f64
    }
}

/// Copies, stories and statements of a record, held against its corpus.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) copies: Pairs,
    pub(crate) stories: Pairs,
    pub(crate) statements: Pairs,
}

/// Which group holds an article; one may lie in several.
type Groups = BTreeMap<String, BTreeSet<usize>>;

/// Holds the tables that `onrecord export --format jsonl` wrote to `tables` against the corpus they were made of.
pub(crate) fn found(corpus: &Path, tables: &Path) -> Result<Found> {
    let rows: Vec<Row> = lines(corpus)?.map(|row| row.map(|row| Row::new(&row))).collect::<Result<_>>()?;
    let (copies, stories) = (groups(&tables.join("copies.jsonl"))?, groups(&tables.join("stories.jsonl"))?);
    let mut out = Found {
        copies: pairs(&rows, &copies, |a, b| a.teller + b.teller == 1),
        stories: pairs(&rows, &stories, |_, _| true),
        statements: Pairs::default(),
    };
    let accounts = accounts(&tables.join("statements.jsonl"), &rows)?;
    for (place, groups) in accounts.iter().enumerate() {
        let told = |row: &Row| row.planted.get(place).is_some_and(Option::is_some);
        let of_one = pairs(&rows, groups, |a, b| told(a) && told(b));
        out.statements.planted += of_one.planted;
        out.statements.found += of_one.found;
        out.statements.strange += of_one.strange;
    }
    Ok(out)
}

/// One article of the corpus: "000017-3" is the fourth telling of story 17.
struct Row {
    id: String,
    story: String,
    teller: usize,
    planted: Vec<Option<String>>,
}

impl Row {
    fn new(row: &Value) -> Self {
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        let (story, teller) = id.split_once('-').unwrap_or_default();
        let planted = row["planted"].as_array().into_iter().flatten();
        let planted = planted.map(|words| words.as_str().map(str::to_owned)).collect();
        Self { story: story.to_owned(), teller: teller.parse().unwrap_or_default(), planted, id }
    }
}

/// A table, a row at a time.
fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Value>> + use<>> {
    let file = BufReader::new(File::open(path)?);
    Ok(file.lines().map(|line| Ok(serde_json::from_str(&line?)?)))
}

fn groups(table: &Path) -> Result<Groups> {
    let mut groups = Groups::new();
    for (n, row) in lines(table)?.enumerate() {
        for id in row?["files"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            groups.entry(id.to_owned()).or_default().insert(n);
        }
    }
    Ok(groups)
}

/// For each thing planted in a story, which statements hold an article's account of it.
fn accounts(table: &Path, rows: &[Row]) -> Result<Vec<Groups>> {
    let by_id: BTreeMap<&str, &Row> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
    let most = rows.iter().map(|row| row.planted.len()).max().unwrap_or_default();
    let mut out = vec![Groups::new(); most];
    for (n, statement) in lines(table)?.enumerate() {
        for account in statement?["accounts"].as_array().into_iter().flatten() {
            let row = account["file"].as_str().and_then(|id| by_id.get(id));
            let parts = account["parts"].as_array().into_iter().flatten();
            let words: String = parts.filter_map(|part| part["text"].as_str()).collect::<Vec<_>>().join(" ");
            for (place, planted) in row.into_iter().flat_map(|row| row.planted.iter().enumerate()) {
                let told = planted.as_ref().is_some_and(|planted| words.contains(planted.as_str()));
                if let (true, Some(row)) = (told, row) {
                    out[place].entry(row.id.clone()).or_default().insert(n);
                }
            }
        }
    }
    Ok(out)
}

fn pairs(rows: &[Row], groups: &Groups, belong: impl Fn(&Row, &Row) -> bool) -> Pairs {
    let none = BTreeSet::new();
    let of = |row: &Row| groups.get(&row.id).unwrap_or(&none);
    let mut pairs = Pairs::default();
    for story in rows.chunk_by(|a, b| a.story == b.story) {
        for (i, a) in story.iter().enumerate() {
            for b in story[i + 1..].iter().filter(|b| belong(a, b)) {
                pairs.planted += 1;
                pairs.found += usize::from(!of(a).is_disjoint(of(b)));
            }
        }
    }
    let mut stories: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in rows {
        for &group in of(row) {
            *stories.entry(group).or_default().entry(&row.story).or_default() += 1;
        }
    }
    let strange = |stories: &BTreeMap<&str, usize>| {
        let all: usize = stories.values().sum();
        stories.values().map(|own| own * (all - own)).sum::<usize>() / 2
    };
    pairs.strange = stories.values().map(strange).sum();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::write_rows;
    use serde_json::json;

    #[test]
    fn pairs_are_counted_within_and_across_stories() {
        let folder = std::env::temp_dir().join(format!("onrecord-planted-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let row = |id: &str, words: Value| json!({"id": id, "planted": [words]});
        let corpus = [
            row("1-0", json!("nine boats")),
            row("1-1", json!("nine boats")),
            row("1-2", json!("9 boats")),
            row("2-0", Value::Null),
            row("2-1", json!("two boats")),
        ];
        write_rows(&folder.join("corpus.jsonl"), &corpus).unwrap();
        write_rows(&folder.join("copies.jsonl"), &[json!({"files": ["1-0", "1-1"]})]).unwrap();
        let stories = [json!({"files": ["1-0", "1-1", "2-1"]}), json!({"files": ["1-2"]})];
        write_rows(&folder.join("stories.jsonl"), &stories).unwrap();
        let account = |id: &str, words: &str| json!({"file": id, "parts": [{"text": words}]});
        let told = [
            account("1-0", "all nine boats left"),
            account("1-2", "9 boats left"),
            account("1-1", "other words"),
            account("2-1", "two boats"),
        ];
        write_rows(&folder.join("statements.jsonl"), &[json!({"accounts": told})]).unwrap();
        let found = found(&folder.join("corpus.jsonl"), &folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found.copies, Pairs { planted: 2, found: 1, strange: 0 });
        assert_eq!(found.stories, Pairs { planted: 4, found: 1, strange: 2 });
        assert_eq!(found.statements, Pairs { planted: 3, found: 1, strange: 2 });
    }
}
