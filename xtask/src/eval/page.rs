//! `docs/reference/quality.md`: the figures, as they are.

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;

use super::{Measured, sets};
use crate::project;

const HEAD: &str = "\
# Quality, measured

Written by `cargo xtask eval`; not edited by hand. Figures between 0 and 1; F1 unless the name says otherwise. `sample` is scored on
the gold that ships in `testdata/sample`; the other sets stand beside the repository and are scored by their own scorers. They are
development sets: the rules were written with them in view, so expect less on other text. `false_alarms` is better when lower.

";

/// Writes the sets just measured; the sections of sets that were not run now stay as they are.
pub(crate) fn write(results: &[Measured]) -> Result<()> {
    let path = project::root().join("docs/reference/quality.md");
    let old = fs::read_to_string(&path).unwrap_or_default();
    let mut page = HEAD.to_owned();
    for set in sets::SETS {
        match results.iter().find(|result| result.set == set.name) {
            Some(result) => page += &section(result),
            None => page += old_section(&old, set.name),
        }
    }
    fs::write(path, page.trim_end().to_owned() + "\n")?;
    Ok(())
}

fn section(result: &Measured) -> String {
    let mut out = format!("## {}\n\n{}\n\n| measure | value |\n| --- | ---: |\n", result.set, result.about);
    for measure in &result.measures {
        let _ = writeln!(out, "| {} | {:.3} |", measure.name, measure.value);
    }
    out + "\n" + &result.note
}

fn old_section<'a>(page: &'a str, name: &str) -> &'a str {
    let Some(start) = page.find(&format!("## {name}\n")) else { return "" };
    let rest = &page[start..];
    let end = rest[3..].find("\n## ").map_or(rest.len(), |at| at + 4);
    &rest[..end]
}
