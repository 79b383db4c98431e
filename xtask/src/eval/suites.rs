//! Test suites of two voice assistants. What of them a reader of news needs is data, with reasons: `eval/scope.toml`.

use anyhow::{Context, Result};
use jiff::{
    Span, ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};

use super::marks::{list, timex_values};
use super::{Lab, Measure};
use crate::project::{self, rows_of, write_rows};

/// Which expressions are out of scope.
#[derive(Debug, Deserialize)]
struct Scope {
    capitalised: String,
    times: Vec<Rule>,
    quantities: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    name: String,
    why: String,
    pattern: String,
    /// Empty: all suites.
    #[serde(default)]
    suites: Vec<String>,
}

/// How one suite is read.
struct Suite {
    name: &'static str,
    /// Key of a row's expressions.
    key: &'static str,
    /// The sentence an utterance stands in; `{}` is the utterance.
    sentence: &'static str,
    /// Whether the suite itself marks the row as of a kind that news prints.
    is_kind: fn(&Value) -> bool,
    answer: fn(&Value, &Value) -> Value,
    script: &'static str,
    measures: &'static [(&'static str, &'static str)],
}

const TIMES: &[(&str, &str)] = &[("relaxed_f1", "/relaxed/f1"), ("with_value_f1", "/relaxed_value/f1")];
const QUANTITIES: &[(&str, &str)] = &[("overlap_f1", "/span_overlap/f1"), ("value_f1", "/value/f1")];

/// Assistants speak of what is to come, so each utterance stands in a sentence that does.
pub(super) fn duckling_times(lab: &Lab) -> Result<Vec<Measure>> {
    let rows = rows_of(&lab.set("duckling_corpora/time.jsonl"))?;
    let is_kind = |row: &Value| row["news_like"] == true || list(row, "times").is_empty();
    let sentence = "We will go {}.";
    Suite {
        name: "duckling",
        key: "times",
        sentence,
        is_kind,
        answer: times_of,
        script: "scoring/score_times.py",
        measures: TIMES,
    }
    .run(lab, english(rows))
}

pub(super) fn recognizers_times(lab: &Lab) -> Result<Vec<Measure>> {
    let rows = rows_of(&lab.set("recognizers_specs/times/en.jsonl"))?;
    let is_kind = |row: &Value| {
        let is_day = |time: &Value| {
            let resolved = list(time, "values").iter().all(|value| value["value"] != "not resolved");
            resolved && matches!(time["type"].as_str(), Some("date" | "daterange"))
        };
        row["model"] == "DateTimeModel" && list(row, "times").iter().all(is_day)
    };
    Suite {
        name: "recognizers",
        key: "times",
        sentence: "{}",
        is_kind,
        answer: times_of,
        script: "scoring/score_times.py",
        measures: TIMES,
    }
    .run(lab, rows)
}

pub(super) fn duckling_quantities(lab: &Lab) -> Result<Vec<Measure>> {
    let mut rows = Vec::new();
    for kind in ["amountofmoney", "distance", "volume", "quantity", "temperature"] {
        rows.extend(rows_of(&lab.set(&format!("duckling_corpora/{kind}.jsonl")))?);
    }
    let is_kind = |row: &Value| !list(row, "quantities").is_empty();
    let sentence = "They need {}.";
    let script = "scoring/score_quantities.py";
    Suite {
        name: "duckling",
        key: "quantities",
        sentence,
        is_kind,
        answer: quantities_of,
        script,
        measures: QUANTITIES,
    }
    .run(lab, english(rows))
}

/// A row of Recognizers marks quantities of one kind; figures of other kinds in it are not asked about.
pub(super) fn recognizers_quantities(lab: &Lab) -> Result<Vec<Measure>> {
    let rows = rows_of(&lab.set("recognizers_specs/quantities/en.jsonl"))?;
    let is_kind = |row: &Value| kind_of_model(row).is_some() && !list(row, "quantities").is_empty();
    let script = "scoring/score_quantities.py";
    Suite {
        name: "recognizers",
        key: "quantities",
        sentence: "{}",
        is_kind,
        answer: quantities_of,
        script,
        measures: QUANTITIES,
    }
    .run(lab, rows)
}

fn english(rows: Vec<Value>) -> Vec<Value> {
    rows.into_iter().filter(|row| row["lang"] == "EN" && row["latent"] != true).collect()
}

impl Suite {
    /// Measures all rows, and those in scope.
    fn run(&self, lab: &Lab, rows: Vec<Value>) -> Result<Vec<Measure>> {
        let scope = Scope::load()?;
        let words: Vec<&str> = scope.capitalised.split(',').map(str::trim).collect();
        let rows: Vec<Value> =
            rows.iter().enumerate().map(|(n, row)| self.prepared(n, row, &words)).collect();
        let rules = scope.rules(self)?;
        let inside: Vec<Value> = rows.iter().filter(|row| self.is_in_scope(row, &rules)).cloned().collect();
        let answers = self.answers(lab, &rows)?;
        let mut measures = Vec::new();
        for (scope, gold) in [("all", &rows), ("in_scope", &inside)] {
            let gold_at = lab.scratch(&format!("{}-{}-gold.jsonl", self.name, self.key))?;
            let out = lab.scratch(&format!("{}-{}-out.jsonl", self.name, self.key))?;
            write_rows(&gold_at, gold)?;
            let own = |answer: &&Value| gold.iter().any(|row| row["id"] == answer["id"]);
            write_rows(&out, &answers.iter().filter(own).cloned().collect::<Vec<_>>())?;
            let scored = lab.score(self.script, &[&gold_at, &out], &[], self.measures)?;
            measures.extend(scored.into_iter().map(|m| Measure::new(format!("{scope}_{}", m.name), m.value)));
        }
        let share = self.expressions(&inside) / self.expressions(&rows).max(1.0);
        measures.push(Measure::new("in_scope_share", share));
        Ok(measures)
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand expressions")]
    fn expressions(&self, rows: &[Value]) -> f64 {
        rows.iter().map(|row| list(row, self.key).len()).sum::<usize>() as f64
    }

    /// The row with its utterance in the suite's sentence, and the names of months and days with capitals.
    fn prepared(&self, n: usize, row: &Value, capitalised: &[&str]) -> Value {
        let mut text: Vec<char> = row["text"].as_str().unwrap_or_default().chars().collect();
        let (before, after) = self.sentence.split_once("{}").unwrap_or(("", ""));
        let shift = before.chars().count();
        let mut expressions = list(row, self.key);
        for expression in &mut expressions {
            if let Some((from, to)) = span(expression) {
                capitalise(&mut text, from..to, capitalised);
                expression["start"] = json!(from + shift);
                expression["end"] = json!(to + shift);
            }
        }
        let mut row = row.clone();
        row["id"] = json!(n.to_string());
        row["text"] = json!(format!("{before}{}{after}", text.iter().collect::<String>()));
        row[self.key] = json!(expressions);
        row
    }

    fn is_in_scope(&self, row: &Value, rules: &[Regex]) -> bool {
        let text: Vec<char> = row["text"].as_str().unwrap_or_default().chars().collect();
        let is_out = |expression: &Value| {
            let words = span(expression).and_then(|(from, to)| text.get(from..to));
            let low = words.unwrap_or_default().iter().collect::<String>().to_lowercase();
            rules.iter().any(|rule| rule.is_match(&low))
        };
        (self.is_kind)(row) && !list(row, self.key).iter().any(is_out)
    }

    fn answers(&self, lab: &Lab, rows: &[Value]) -> Result<Vec<Value>> {
        let input = lab.scratch(&format!("{}-{}-in.jsonl", self.name, self.key))?;
        let day = |row: &Value| row["ref"].as_str().map(|day| day.chars().take(10).collect::<String>());
        let texts = rows
            .iter()
            .map(|row| json!({"id": row["id"], "text": row["text"], "published": day(row), "clean": true}));
        write_rows(&input, &texts.collect::<Vec<_>>())?;
        let read = lab.annotate(&input)?;
        let row_of = |answer: &Value| rows.iter().find(|row| row["id"] == answer["id"]);
        Ok(read.iter().filter_map(|answer| Some((self.answer)(answer, row_of(answer)?))).collect())
    }
}

impl Scope {
    fn load() -> Result<Self> {
        let path = project::root().join("eval/scope.toml");
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(toml::from_str(&text)?)
    }

    fn rules(&self, suite: &Suite) -> Result<Vec<Regex>> {
        let rules = if suite.key == "times" { &self.times } else { &self.quantities };
        let own = |rule: &&Rule| rule.suites.is_empty() || rule.suites.iter().any(|name| name == suite.name);
        rules.iter().filter(own).map(Rule::compiled).collect()
    }
}

impl Rule {
    fn compiled(&self) -> Result<Regex> {
        anyhow::ensure!(self.why.len() > self.name.len(), "the rule `{}` gives no reason", self.name);
        Regex::new(&self.pattern).with_context(|| format!("the rule `{}` of eval/scope.toml", self.name))
    }
}

/// Characters of an expression.
fn span(expression: &Value) -> Option<(usize, usize)> {
    let at = |key: &str| expression[key].as_u64().and_then(|at| usize::try_from(at).ok());
    Some((at("start")?, at("end")?))
}

/// Gives the words of `capitalised` in `range` their capitals.
fn capitalise(text: &mut [char], range: std::ops::Range<usize>, capitalised: &[&str]) {
    let mut at = range.start;
    while at < range.end.min(text.len()) {
        let letters = text[at..range.end.min(text.len())].iter().take_while(|c| c.is_alphabetic()).count();
        let low: String = text[at..at + letters].iter().flat_map(|c| c.to_lowercase()).collect();
        if capitalised.contains(&low.as_str()) {
            text[at] = text[at].to_ascii_uppercase();
        }
        at += letters + 1;
    }
}

fn times_of(answer: &Value, row: &Value) -> Value {
    let times = list(answer, "dates").into_iter().map(
        |date| json!({"start": date["start"], "end": date["end"], "type": "DATE", "value": ways_to_write(&date["value"])}),
    );
    json!({"id": row["id"], "times": times.collect::<Vec<_>>()})
}

/// A value as EDTF, TimeML, and the suites write it: a stretch is its first day and the day after the last, or the month
/// or year after; Recognizers ends "from May to June" where June begins.
fn ways_to_write(value: &Value) -> Vec<String> {
    let mut all = timex_values(value);
    let Some(days) = value.as_str().and_then(days_of) else { return all };
    if days.first.tomorrow().is_ok_and(|next| next == days.after) {
        return all;
    }
    let (first, after) = (days.first, days.after);
    all.push(format!("{first}/{after}"));
    if days.last_part > first {
        all.push(format!("{first}/{}", days.last_part));
    }
    if first.day() == 1 && after.day() == 1 {
        all.push(format!("{}/{}", first.strftime("%Y-%m"), after.strftime("%Y-%m")));
    }
    if first.day_of_year() == 1 && after.day_of_year() == 1 {
        all.push(format!("{}/{}", first.year(), after.year()));
    }
    all
}

/// The days of a value.
struct Days {
    first: Date,
    /// The day after the last.
    after: Date,
    /// Where the last of two ends begins.
    last_part: Date,
}

fn days_of(edtf: &str) -> Option<Days> {
    if let Some((from, to)) = edtf.trim_matches(['[', ']']).split_once(['/', ',']) {
        let (from, to) = (days_of(from)?, days_of(to)?);
        return Some(Days { first: from.first, after: to.after, last_part: to.first });
    }
    let (first, length) = first_and_length(edtf)?;
    Some(Days { first, after: first.checked_add(length).ok()?, last_part: first })
}

fn first_and_length(edtf: &str) -> Option<(Date, Span)> {
    let parts: Vec<&str> = edtf.split('-').collect();
    let number = |at: usize| parts.get(at)?.parse::<i8>().ok();
    let year = || parts.first()?.parse::<i16>().ok();
    match parts[..] {
        [open] if open.ends_with('X') => {
            let years = 10_i16.pow(u32::try_from(open.matches('X').count()).ok()?);
            let start = open.trim_end_matches('X').parse::<i16>().ok()?.checked_mul(years)?;
            Some((Date::new(start, 1, 1).ok()?, i64::from(years).years()))
        }
        [_] => Some((Date::new(year()?, 1, 1).ok()?, 1.year())),
        [_, week] if week.starts_with('W') => {
            let week = week.strip_prefix('W')?.parse().ok()?;
            Some((ISOWeekDate::new(year()?, week, Weekday::Monday).ok()?.date(), 1.week()))
        }
        [_, _] => {
            let (month, months) = match number(1)? {
                month @ 1..=12 => (month, 1),
                season @ 21..=24 => (3 * (season - 20), 3),
                quarter @ 33..=36 => (1 + 3 * (quarter - 33), 3),
                half @ 40..=41 => (1 + 6 * (half - 40), 6),
                _ => return None,
            };
            Some((Date::new(year()?, month, 1).ok()?, months.months()))
        }
        [_, _, _] => Some((Date::new(year()?, number(1)?, number(2)?).ok()?, 1.day())),
        _ => None,
    }
}

/// What kind of figure the row's model of Recognizers asks about.
fn kind_of_model(row: &Value) -> Option<Kind> {
    match row["model"].as_str()? {
        "CurrencyModel" => Some(Kind::Money),
        "DimensionModel" => Some(Kind::Measure),
        "PercentModel" => Some(Kind::Percent),
        "TemperatureModel" => Some(Kind::Temperature),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    Measure,
    Percent,
    Temperature,
    Count,
}

fn kind_of_unit(unit: &str) -> Kind {
    let code = unit.split(' ').next().unwrap_or_default();
    match unit {
        "" | "second" | "minute" | "hour" | "day" | "week" | "month" | "year" | "decade" | "century" => {
            Kind::Count
        }
        "celsius" | "fahrenheit" | "degree" => Kind::Temperature,
        _ if unit.starts_with("percent") => Kind::Percent,
        _ if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => Kind::Money,
        _ => Kind::Measure,
    }
}

fn quantities_of(answer: &Value, row: &Value) -> Value {
    let gold = list(row, "quantities");
    let overlaps = |figure: &Value| {
        gold.iter().find(|q| span(q).zip(span(figure)).is_some_and(|(a, b)| a.0 < b.1 && b.0 < a.1)).cloned()
    };
    let asked = |figure: &Value| {
        let kind = kind_of_unit(figure["unit"].as_str().unwrap_or_default());
        kind_of_model(row).is_none_or(|model| model == kind) || overlaps(figure).is_some()
    };
    let figures = list(answer, "figures").into_iter().filter(asked).map(|figure| {
        let unit = overlaps(&figure).map_or(Value::Null, |q| q["unit"].clone());
        let scale = scale(figure["unit"].as_str().unwrap_or_default(), unit.as_str().unwrap_or_default());
        let scaled = |key: &str| figure[key].as_f64().map(|value| value * scale);
        json!({"start": figure["start"], "end": figure["end"], "value": scaled("value"), "value2": scaled("value_to")})
    });
    json!({"id": row["id"], "quantities": figures.collect::<Vec<_>>()})
}

/// From our unit to the suite's: it keeps cents and grams where we give the sum in the currency and kilograms.
fn scale(ours: &str, theirs: &str) -> f64 {
    match (ours, theirs) {
        (_, "Cent" | "Pence" | "Penny" | "Sen") if kind_of_unit(ours) == Kind::Money => 100.0,
        ("kg", "Gram") => 1000.0,
        ("mg", "Gram") => 0.001,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edtf: &str, expected: &[&str]) {
        let ways = ways_to_write(&json!(edtf));
        assert!(expected.iter().all(|way| ways.iter().any(|w| w == way)), "{edtf}: {ways:?}");
    }

    #[test]
    fn values_as_the_suites_write_them() {
        check("2024-02-29", &["2024-02-29"]);
        check("2024-02", &["2024-02-01/2024-03-01", "2024-02/2024-03"]);
        check("2024-35", &["2024-Q3", "2024-07-01/2024-10-01"]);
        check("2024-W01", &["2024-01-01/2024-01-08"]);
        check("2024-05/2024-06", &["2024-05-01/2024-06-01", "2024-05-01/2024-07-01"]);
        check("199X", &["1990-01-01/2000-01-01", "1990/2000"]);
        check("18XX", &["1800/1900"]);
        check("[2024-02-03,2024-03-02]", &["2024-02-03/2024-03-03"]);
    }

    #[test]
    fn every_rule_has_a_reason_and_compiles() {
        let scope = Scope::load().expect("eval/scope.toml is there");
        assert!(scope.times.iter().chain(&scope.quantities).all(|rule| rule.compiled().is_ok()));
    }

    #[test]
    fn every_rule_stands_in_the_docs() {
        let page = project::root().join("docs/reference/scope.md");
        let page = std::fs::read_to_string(page).expect("the page is there");
        let scope = Scope::load().expect("eval/scope.toml is there");
        let missing = |rule: &&Rule| !page.contains(&format!("| {}", rule.name));
        let missing: Vec<&str> = scope
            .times
            .iter()
            .chain(&scope.quantities)
            .filter(missing)
            .map(|rule| rule.name.as_str())
            .collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn rules_leave_what_news_prints() {
        let scope = Scope::load().expect("eval/scope.toml is there");
        let out = |rules: &[Rule], words: &str| {
            rules.iter().any(|r| r.compiled().expect("compiles").is_match(words))
        };
        for words in [
            "yesterday",
            "last friday",
            "27 february 2024",
            "february 27, 2024",
            "2024-02-27",
            "from 3 to 9 march",
            "the third quarter of 2023",
            "last month",
            "between march and may 2023",
            "the 1990s",
            "the 19th century",
            "next week",
            "the first half of last year",
            "two days ago",
            "this year",
            "2009",
            "from 2009 to 2011",
        ] {
            assert!(!out(&scope.times, words), "{words}");
        }
        for words in ["$5 million", "3.5 percent", "about 40 km", "200 tonnes", "-5 degrees celsius", "€20"]
        {
            assert!(!out(&scope.quantities, words), "{words}");
        }
    }
}
