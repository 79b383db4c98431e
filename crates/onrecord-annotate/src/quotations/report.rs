//! One act of reporting while it is put together, in tokens.

use onrecord_model::QuotationKind;

use super::doc::{Doc, Run};
use crate::tagger::Tag;

/// Source, cue and content as runs of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) source: Option<Run>,
    pub(super) cue: Option<Run>,
    pub(super) content: Vec<Run>,
    /// The rule that found it.
    pub(super) rule: &'static str,
}

impl Report {
    /// The first token of its content.
    pub(super) fn content_start(&self) -> usize {
        self.content.first().map_or(usize::MAX, |run| run.0)
    }

    /// One past its last token of content.
    pub(super) fn content_end(&self) -> usize {
        self.content.last().map_or(0, |run| run.1)
    }
}

impl Doc<'_> {
    /// How the words of `content` are marked.
    pub(super) fn kind_of(&self, content: &[Run]) -> QuotationKind {
        let words = || content.iter().flat_map(|run| run.0..run.1).filter(|&i| self.tag(i) != Tag::Punct);
        if words().all(|i| self.quoted_at(i).is_some()) {
            return QuotationKind::Direct;
        }
        let marked = words().any(|i| self.quoted_index(i).is_some_and(|at| !self.is_name_in_marks(at)));
        if marked { QuotationKind::Mixed } else { QuotationKind::Indirect }
    }

    /// Marks around a name: «Shield of the North».
    fn is_name_in_marks(&self, at: usize) -> bool {
        let quoted = self.quoted[at];
        let words = || (quoted.open + 1..quoted.close).filter(|&i| self.tag(i) != Tag::Punct);
        let small = |i: usize| matches!(self.tag(i), Tag::In | Tag::Dt | Tag::Cc | Tag::Cd | Tag::To);
        let capital = |i: usize| self.word(i).chars().next().is_some_and(char::is_uppercase);
        words().count() <= 6
            && words().all(|i| capital(i) || small(i))
            && words().any(capital)
            && !self.opens_sentence(quoted.open + 1)
    }

    /// Content runs with marks cut off the edges; empty ones are dropped.
    pub(super) fn clean(&self, content: Vec<Run>) -> Vec<Run> {
        content.into_iter().map(|run| self.trimmed(run)).filter(|run| run.0 < run.1).collect()
    }

    /// The words inside a quoted stretch, its final stop kept.
    pub(super) fn inside(&self, at: usize) -> Run {
        let quoted = self.quoted[at];
        let (from, to) = self.trimmed((quoted.open + 1, quoted.close));
        let stop = matches!(self.word(to), "." | "!" | "?" | "..." | "…") && to < quoted.close;
        (from, if stop { to + 1 } else { to })
    }

    /// Whether a quoted stretch can be speech and is no term or title: it ends like a sentence or holds a clause.
    pub(super) fn is_speech(&self, at: usize) -> bool {
        let quoted = self.quoted[at];
        let words = (quoted.open + 1..quoted.close).filter(|&i| self.tag(i) != Tag::Punct).count();
        let closed = matches!(self.word(quoted.close.saturating_sub(1)), "." | "," | "!" | "?" | "..." | "…")
            && words > 1;
        closed
            || quoted.goes_on
            || (words > 3 && self.has_finite((quoted.open + 1, quoted.close)))
            || words > 9
    }
}
