//! Who wrote the article, as printed.

use std::sync::LazyLock;

use onrecord_model::{Because, Known};
use regex::Regex;

/// What stands before the names, in the languages of the press.
static LABELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?i:(?:story|text|words|written|reported|report)?\s?by|authors?|von|par|por|автор|текст)\s*[:：]?\s+
        (?<names>NAME(?:\s+(?:NAME|PARTICLE))*(?:(?:\s*,\s*|\s+(?:and|und|et|y|e|и|&)\s+)NAME(?:\s+(?:NAME|PARTICLE))*)*)
        (?:\s+(?:in|at|for|from|aus|à|en)\s.{2,60}|\s*[|,·/–—-].{0,80})?$"
            .replace("NAME", r"\p{Lu}[\p{L}\p{M}'’.\-]*")
            .replace("PARTICLE", "(?:de|del|della|da|di|dos|van|von|der|den|ter|la|le|al|el|bin|ibn)")
            .as_str(),
    )
    .ok()
});

/// A label and a name among other labels: "Main / Economy / Author: Ann Lee".
static IN_A_ROW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[/|·•]\s*)(?i:authors?|autore?|auteur|автор)\s*[:：]\s*(?<names>[^/|·•:]{2,60}?)\s*(?:[/|·•]|$)").ok()
});

/// The longest line that is read as a byline, in bytes.
const LONGEST: usize = 240;

/// Whether a line names the authors and nothing else.
pub(in crate::extract) fn is_byline(plain: &str) -> bool {
    names(plain).is_some()
}

/// The authors of the first of these lines that names them.
pub(super) fn byline<'a>(mut lines: impl Iterator<Item = &'a str>) -> Option<Known<String>> {
    let value = lines.find_map(names)?.to_owned();
    Some(Known { value, because: Because::new("byline.line", "a line that names the authors") })
}

fn names(plain: &str) -> Option<&str> {
    if plain.len() > LONGEST {
        return None;
    }
    let found = [&LABELLED, &IN_A_ROW].into_iter().find_map(|form| form.as_ref()?.captures(plain));
    found?.name("names").map(|names| names.as_str().trim_end_matches('.').trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_bylines_only() {
        for (line, expected) in [
            ("By Jo Wren", "Jo Wren"),
            ("By Jo Wren and Ada Finch in Eldmouth", "Jo Wren and Ada Finch"),
            ("Author: Jo Wren", "Jo Wren"),
            ("Von Anna van der Berg | Eldmouth", "Anna van der Berg"),
            ("Автор: Анна Лунина", "Анна Лунина"),
            ("Main / Harbour / 03.05.2024 / Author: Jo Wren", "Jo Wren"),
            ("By Friday the water had gone down.", ""),
            ("By the river", ""),
            ("Von der Au criticises the council", ""),
            ("", ""),
        ] {
            assert_eq!(names(line).unwrap_or_default(), expected, "{line}");
        }
    }
}
