//! Marks up one article: sentences, names, quotations with their speakers, figures, dates, events.
//!
//! Pure: no file, clock, network or other article; the same article always gives the same marks.

mod dates;
mod events;
mod figures;
mod lang;
mod mentions;
mod quotations;
mod sentences;
mod speakers;
mod tagger;
#[cfg(test)]
mod testing;
mod tokens;

use onrecord_model::{Annotations, Article};

/// Adds one layer of marks to an article.
///
/// Contract, checked for every annotator by `every_annotator_keeps_the_contract`: the same input
/// gives the same output; every span lies on character boundaries of `article.text`; each list is in
/// reading order. Layers that ran before are in `out`; finding nothing is not an error.
pub trait Annotator: Sync {
    /// The name used in the record, on the command line, and in the docs.
    fn name(&self) -> &'static str;

    /// Adds this layer's marks to `out`.
    fn annotate(&self, article: &Article, out: &mut Annotations);
}

/// Every annotator, in the order they run: a later one may use what an earlier one marked.
pub const ANNOTATORS: &[&dyn Annotator] = &[
    &sentences::Sentences,
    &dates::Dates,
    &mentions::Mentions,
    &quotations::Quotations,
    &speakers::Speakers,
    &figures::Figures,
    &events::Events,
];

/// Runs every annotator over `article`.
pub fn annotate(article: &Article) -> Annotations {
    let mut out = Annotations::default();
    for annotator in ANNOTATORS {
        annotator.annotate(article, &mut out);
    }
    out
}
