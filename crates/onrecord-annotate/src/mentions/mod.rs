//! Finds names and joins those that mean one thing.
//!
//! Runs of capitalised words (`chunks`) become names of persons, bodies and places (`names`, `cuts`, `kinds`, `seen`, `headlines`); the
//! roles printed around them are read (`roles`); names of one thing are joined (`people`, `bodies`)
//! over surnames, initials, acronyms and spellings (`keys`).

mod bodies;
mod chunks;
mod combined;
mod cuts;
mod headlines;
pub(crate) mod keys;
mod kinds;
pub(crate) mod lexicon;
mod names;
mod people;
pub(crate) mod reading;
pub(crate) mod roles;
mod seen;
pub(crate) mod words;

#[cfg(test)]
mod tests;

use onrecord_model::{Annotations, Article, EntityRef, Mention};

use crate::Annotator;
use reading::Reading;

/// Finds names and joins those that mean one thing.
pub(crate) struct Mentions;

impl Annotator for Mentions {
    fn name(&self) -> &'static str {
        "mentions"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let reading = Reading::of(article, out);
        out.mentions = reading
            .names
            .iter()
            .zip(&reading.entity_of)
            .map(|(name, entity)| Mention {
                span: reading.words.span(name.run),
                kind: reading.cast[*entity].local.kind,
                entity: u32::try_from(*entity).ok().map(EntityRef),
            })
            .collect();
        out.entities = reading.cast.into_iter().map(|part| part.local).collect();
    }
}
