//! What an outlet changed in a page: each passage with its words struck out and put in.

use std::collections::BTreeMap;

use onrecord_model::{Edit, EditKind, Id, Revision, Span};

use super::{
    Index,
    doc::{Inline, Line, text},
    notes::citation,
    words::printed,
};
use crate::mask::masked;

/// "2 × figure, 1 × name": how many edits touch what.
pub fn touched(edits: &BTreeMap<EditKind, u32>) -> String {
    edits.iter().map(|(kind, n)| format!("{n} × {}", kind.name())).collect::<Vec<_>>().join(", ")
}

/// Which article each version is, and how it is known which came first.
pub fn versions<'a>(index: &Index<'a>, revision: &Revision) -> [Line<'a>; 3] {
    let [from, to] = [("from: ", revision.earlier), ("to: ", revision.later)].map(|(lead, article)| {
        let mut line = vec![Inline::Faint(lead.into())];
        line.extend(citation(index, article));
        line
    });
    [from, to, vec![Inline::Faint(printed(&revision.because.note).into_owned().into())]]
}

/// The passages that changed, in the order of the text: those that tell otherwise, or (`cosmetic`) those that only
/// look otherwise.
pub fn passages<'a>(index: &Index<'a>, revision: &Revision, cosmetic: bool) -> Vec<Line<'a>> {
    let edits = revision.edits.iter().filter(|edit| edit.is_cosmetic() == cosmetic);
    edits.map(|edit| line(index, revision, edit)).collect()
}

fn line<'a>(index: &Index<'a>, revision: &Revision, edit: &Edit) -> Line<'a> {
    let kinds: Vec<&str> = edit.kinds.iter().map(|kind| kind.name()).collect();
    let mut line = vec![Inline::Strong(kinds.join(", ").into()), text(": ")];
    let words = |article: Id, span: Span| masked(index.words(article, span)).into_owned();
    match (edit.before, edit.after) {
        (Some(before), Some(after)) if edit.replaced.is_empty() => {
            let (old, new) = (words(revision.earlier, before), words(revision.later, after));
            if old == new {
                line.push(text(new));
                line.push(Inline::Faint(format!(" ({})", edit.because.note).into()));
            } else {
                line.extend([Inline::Removed(old.into()), text(" "), Inline::Added(new.into())]);
            }
        }
        (Some(_), Some(after)) => line.extend(woven(index, revision, edit, after)),
        (Some(before), None) => line.push(Inline::Removed(words(revision.earlier, before).into())),
        (None, Some(after)) => line.push(Inline::Added(words(revision.later, after).into())),
        (None, None) => {}
    }
    line
}

/// The later passage with its new words marked, and before each place the words that are gone from it.
fn woven<'a>(index: &Index<'a>, revision: &Revision, edit: &Edit, after: Span) -> Line<'a> {
    let words = |article: Id, span: Span| masked(index.words(article, span)).into_owned();
    let mut line = Line::new();
    let mut at = after.start();
    for replaced in &edit.replaced {
        line.push(text(words(revision.later, Span::new(at, replaced.after.start().max(at)))));
        let (gone, new) = (words(revision.earlier, replaced.before), words(revision.later, replaced.after));
        if !gone.is_empty() {
            line.extend([Inline::Removed(gone.into()), text(" ")]);
        }
        if !new.is_empty() {
            line.push(Inline::Added(new.into()));
        }
        at = replaced.after.end().max(at);
    }
    line.push(text(words(revision.later, Span::new(at, after.end().max(at)))));
    line
}
