//! Reads languages that have word lists and endings but no trained word classes.
//!
//! What a list or an ending does not settle is left out: names in a form whose nominative the text does not
//! tell stay as printed, quoted words without a reporting verb are no quotation.

mod bodies;
mod endings;
mod figures;
mod mentions;
mod names;
mod persons;
mod quotations;
mod sources;
mod speakers;
pub(crate) mod words;

use crate::Annotator;

/// Every annotator of languages read by forms, in the order they run.
pub(crate) const ANNOTATORS: &[&dyn Annotator] = &[
    &crate::sentences::Sentences,
    &crate::dates::FormDates,
    &mentions::Mentions,
    &quotations::Quotations,
    &speakers::Speakers,
    &figures::Figures,
];
