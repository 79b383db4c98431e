//! `eval/floors.toml`: what was reached once must be kept.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::Measured;
use crate::project;

/// A figure may fall this far below its floor: the rounding of the scorers.
const SLACK: f64 = 0.0006;

const HEAD: &str = "\
# The least that each measure must reach, by set. `cargo xtask eval` checks it; `cargo xtask eval --raise` raises it to what was
# measured; only `--raise --lower` lowers it, and the commit says why. A measure whose name begins with `false_alarms` is a ceiling.

";

/// Floor by measure by set.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Floors(BTreeMap<String, BTreeMap<String, f64>>);

/// Compares `results` with the floors; with `raise`, moves the floors up first (and down with `lower`).
pub(crate) fn check(results: &[Measured], raise: bool, lower: bool) -> Result<()> {
    let path = project::root().join("eval/floors.toml");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let mut floors: Floors = toml::from_str(&text).context("eval/floors.toml")?;
    if raise {
        floors.move_to(results, lower);
        fs::write(&path, HEAD.to_owned() + &toml::to_string(&floors)?)?;
    }
    let below = floors.below(results);
    if !below.is_empty() {
        bail!("{} figure(s) below the floor:\n{}", below.len(), below.join("\n"));
    }
    eprintln!("floors: all kept");
    Ok(())
}

/// Whether `value` is better than `than`, or as good within the slack.
fn reaches(measure: &str, value: f64, than: f64) -> bool {
    if measure.starts_with("false_alarms") { value <= than + SLACK } else { value >= than - SLACK }
}

impl Floors {
    fn move_to(&mut self, results: &[Measured], lower: bool) {
        for result in results {
            let floors = self.0.entry(result.set.to_owned()).or_default();
            for measure in &result.measures {
                let value = (measure.value * 10_000.0).round() / 10_000.0;
                let floor = floors.entry(measure.name.clone()).or_insert(value);
                if lower || reaches(&measure.name, value, *floor) {
                    *floor = value;
                }
            }
        }
    }

    fn below(&self, results: &[Measured]) -> Vec<String> {
        let mut out = Vec::new();
        for result in results {
            let Some(floors) = self.0.get(result.set) else { continue };
            for measure in &result.measures {
                match floors.get(&measure.name) {
                    Some(floor) if !reaches(&measure.name, measure.value, *floor) => {
                        out.push(format!(
                            "{} {}: {:.4}, floor {floor:.4}",
                            result.set, measure.name, measure.value
                        ));
                    }
                    _ => {}
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::Measure;
    use super::*;

    fn measured(name: &str, value: f64) -> Vec<Measured> {
        vec![Measured { set: "s", about: "", measures: vec![Measure::new(name, value)], note: String::new() }]
    }

    #[test]
    fn a_floor_rises_and_only_falls_when_asked() {
        let mut floors = Floors::default();
        floors.move_to(&measured("f1", 0.8), false);
        floors.move_to(&measured("f1", 0.7), false);
        assert_eq!(floors.0["s"]["f1"], 0.8);
        assert_eq!(floors.below(&measured("f1", 0.7)).len(), 1);
        assert!(floors.below(&measured("f1", 0.7998)).is_empty());
        floors.move_to(&measured("f1", 0.7), true);
        assert_eq!(floors.0["s"]["f1"], 0.7);
    }

    #[test]
    fn false_alarms_are_a_ceiling() {
        let mut floors = Floors::default();
        floors.move_to(&measured("false_alarms", 0.1), false);
        assert_eq!(floors.below(&measured("false_alarms", 0.2)).len(), 1);
        assert!(floors.below(&measured("false_alarms", 0.05)).is_empty());
    }
}
