//! Applies the patterns of `rules.toml` to a line.

use std::sync::LazyLock;

use onrecord_model::Because;
use regex::bytes::{RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// One sort of line that stands around articles.
#[derive(Debug)]
pub(crate) struct Rule {
    id: String,
    note: String,
    longest: usize,
    /// Whether the line stands over a list of other stories.
    pub(super) heads: bool,
    /// Whether the line may be the article's own inside it.
    pub(crate) edges: bool,
    patterns: RegexSet,
}

#[derive(Deserialize)]
struct Table {
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    note: String,
    longest: usize,
    #[serde(default)]
    heads: bool,
    #[serde(default)]
    edges: bool,
    patterns: Vec<String>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("rules.toml")).unwrap_or(Table { rule: Vec::new() });
    table.rule.into_iter().filter_map(Rule::new).collect()
});

impl Rule {
    fn new(entry: Entry) -> Option<Self> {
        let patterns: Vec<String> = entry.patterns.iter().map(|pattern| quick(pattern)).collect();
        let patterns =
            RegexSetBuilder::new(patterns).case_insensitive(true).dfa_size_limit(16 << 20).build().ok()?;
        let Entry { id, note, longest, heads, edges, .. } = entry;
        Some(Self { id, note, longest, heads, edges, patterns })
    }

    /// Why a line that this rule names is left out.
    pub(crate) fn because(&self) -> Because {
        Because::new(self.id.clone(), self.note.clone())
    }
}

/// The same pattern as it is quick to build and to run: over bytes where it has nothing beyond ASCII. Where it
/// has, a run of anything is one of bytes, and digits, blanks and boundaries are those of ASCII; after letters
/// beyond ASCII, a boundary is the end or a sign of ASCII that is no letter.
fn quick(pattern: &str) -> String {
    if pattern.is_ascii() && !pattern.contains(r"\p{") {
        return format!("(?-u){pattern}");
    }
    let has_letters = pattern.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let boundary = if has_letters { r"(?-u:[\x00-/:-@\[-^`\{-\x7f]|$)" } else { r"(?-u:\b)" };
    QUICK.iter().fold(pattern.replace(r"\b", boundary), |pattern, (slow, quick)| pattern.replace(slow, quick))
}

const QUICK: &[(&str, &str)] =
    &[(r"\d", "[0-9]"), (r"\s", r"[ \t]"), (".{", "(?-u:.){"), ("[^.!?]{", "(?-u:[^.!?]){")];

/// The first rule that names this line.
pub(crate) fn rule_for(plain: &str) -> Option<&'static Rule> {
    let chars = plain.chars().count();
    RULES.iter().find(|rule| chars <= rule.longest && rule.patterns.is_match(plain.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_table_is_read() {
        let table: Table = toml::from_str(include_str!("rules.toml")).unwrap();
        for entry in &table.rule {
            for pattern in &entry.patterns {
                RegexSetBuilder::new([quick(pattern)]).case_insensitive(true).build().expect(pattern);
            }
        }
        assert_eq!(RULES.len(), table.rule.len());
    }
}
