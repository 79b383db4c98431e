//! The names of what a model answers, in the order of its outputs.

use serde::Deserialize;

/// The labels of a model, read from its `labels` metadata.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Labels {
    /// Penn tags, as in UD English.
    pub xpos: Vec<String>,
    /// Universal parts of speech.
    pub upos: Vec<String>,
    /// Universal dependency relations.
    pub rels: Vec<String>,
    /// Names: `O`, `B-person`, `I-person`, …
    pub names: Vec<String>,
    /// What is said: `O`, `B`, `I`, or with kinds as for names.
    pub content: Vec<String>,
}

/// One label of a sequence in BIO form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bio {
    Outside,
    Begin(usize),
    Inside(usize),
}

/// The BIO labels of one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BioLabels {
    pub(crate) labels: Vec<Bio>,
    pub(crate) kinds: Vec<String>,
}

impl BioLabels {
    /// Reads `O`, `B-kind`, `I-kind`; `B` and `I` alone have the empty kind. `None` for anything else.
    pub(crate) fn read<S: AsRef<str>>(names: &[S]) -> Option<Self> {
        let mut out = Self { labels: Vec::new(), kinds: Vec::new() };
        for name in names {
            let name = name.as_ref();
            let (place, kind) = name.split_once('-').unwrap_or((name, ""));
            let label = match place {
                "O" => Bio::Outside,
                "B" => Bio::Begin(out.kind(kind)),
                "I" => Bio::Inside(out.kind(kind)),
                _ => return None,
            };
            out.labels.push(label);
        }
        out.labels.contains(&Bio::Outside).then_some(out)
    }

    fn kind(&mut self, name: &str) -> usize {
        self.kinds.iter().position(|kind| kind == name).unwrap_or_else(|| {
            self.kinds.push(name.to_owned());
            self.kinds.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_numbered_as_they_come() {
        let read = BioLabels::read(&["O", "B-person", "I-person", "B-place"]).unwrap();
        assert_eq!(read.kinds, ["person", "place"]);
        assert_eq!(read.labels, [Bio::Outside, Bio::Begin(0), Bio::Inside(0), Bio::Begin(1)]);
        assert_eq!(BioLabels::read(&["B", "I"]), None);
        assert_eq!(BioLabels::read(&["O", "E-person"]), None);
    }
}
