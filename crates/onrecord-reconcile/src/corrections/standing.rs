//! What became of a correction in a record: some find no place in it, some are overruled by later ones.

use std::collections::BTreeSet;

use onrecord_model::{
    AnnotatedArticle, Change, Correction, Entity, EntityKind, Id, Place, Record, Statement,
};

use super::{HIDDEN, Pages};
use crate::words::fold;

/// What became of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The record says what it asks for.
    Holds,
    /// Somebody took it back.
    Undone,
    /// Its words stand in no article of the record, or are not what it takes them for.
    NoPlace,
    /// The record says otherwise: a later correction went against it.
    Overruled,
}

impl Standing {
    /// The name used on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Undone => "undone",
            Self::NoPlace => "no_place",
            Self::Overruled => "overruled",
        }
    }
}

/// What became of each correction, in their order. `record` is made of the articles and the corrections.
pub fn standing(
    record: &Record,
    articles: &[&AnnotatedArticle],
    corrections: &[Correction],
) -> Vec<Standing> {
    let look = Look { record, pages: Pages::new(articles.iter().copied()) };
    corrections.iter().map(|correction| look.standing(correction)).collect()
}

struct Look<'a> {
    record: &'a Record,
    pages: Pages<'a>,
}

impl Look<'_> {
    fn standing(&self, correction: &Correction) -> Standing {
        if correction.undone.is_some() {
            return Standing::Undone;
        }
        match self.holds(&correction.change) {
            None => Standing::NoPlace,
            Some(true) => Standing::Holds,
            Some(false) => Standing::Overruled,
        }
    }

    /// Whether the record says so; `None` where it has no place for it.
    fn holds(&self, change: &Change) -> Option<bool> {
        match change {
            Change::SameStatement { places } => {
                let at: Vec<BTreeSet<Id>> =
                    places.iter().map(|p| self.statement_ids(p)).filter(|ids| !ids.is_empty()).collect();
                (at.len() > 1).then(|| at.windows(2).all(|pair| !pair[0].is_disjoint(&pair[1])))
            }
            Change::OtherStatement { kept, apart } => {
                let stays = self.statement_ids(kept);
                let gone: BTreeSet<Id> = apart.iter().flat_map(|p| self.statement_ids(p)).collect();
                (!stays.is_empty() && !gone.is_empty()).then(|| !stays.is_subset(&gone))
            }
            Change::SameEntity { places } => {
                let at: Vec<BTreeSet<Id>> = places.iter().map(|p| self.entity_ids([p])).collect();
                let at: Vec<BTreeSet<Id>> = at.into_iter().filter(|ids| !ids.is_empty()).collect();
                (at.len() > 1).then(|| at.windows(2).all(|pair| !pair[0].is_disjoint(&pair[1])))
            }
            Change::OtherEntity { places } => {
                let named = self.pages.named(places);
                let entities = self.record.entities.iter();
                let mut touched = entities.filter(|e| e.members.iter().any(|m| named.contains(m))).peekable();
                touched.peek()?;
                Some(touched.all(|e| e.members.iter().all(|m| named.contains(m))))
            }
            Change::Speaker { places, name, .. } => self.all_say(places, |s| match (&s.speaker_name, name) {
                (None, None) => true,
                (Some(said), Some(name)) => said == HIDDEN || self.bears(s, name),
                _ => false,
            }),
            Change::SaidOn { places, day } => {
                self.all_say(places, |s| s.said_on.as_ref().is_some_and(|(said, _)| said == day))
            }
            Change::Words { content, .. } => {
                let at: Vec<BTreeSet<Id>> = content.iter().map(|p| self.statement_ids(p)).collect();
                content
                    .iter()
                    .all(|p| self.pages.find(p).next().is_some())
                    .then(|| at.iter().all(|ids| !ids.is_empty()))
            }
            Change::Hide { places } => {
                let named = self.entity_ids(places);
                let is_hidden =
                    |e: &Entity| !named.contains(&e.id) || e.name == HIDDEN || e.kind != EntityKind::Person;
                (!named.is_empty()).then(|| self.record.entities.iter().all(is_hidden))
            }
        }
    }

    fn statements<'s>(&'s self, place: &'s Place) -> impl Iterator<Item = &'s Statement> + 's {
        self.pages.find(place).flat_map(move |(annotated, span)| {
            let id = annotated.article.id;
            self.record.statements.iter().filter(move |s| {
                s.accounts.iter().any(|a| a.article == id && a.parts.iter().any(|p| p.span.overlaps(span)))
            })
        })
    }

    fn statement_ids(&self, place: &Place) -> BTreeSet<Id> {
        self.statements(place).map(|statement| statement.id).collect()
    }

    fn entity_ids<'p>(&self, places: impl IntoIterator<Item = &'p Place>) -> BTreeSet<Id> {
        let named = self.pages.named(places);
        let entities = self.record.entities.iter();
        entities.filter(|e| e.members.iter().any(|m| named.contains(m))).map(|e| e.id).collect()
    }

    fn all_say(&self, places: &[Place], says: impl Fn(&Statement) -> bool) -> Option<bool> {
        let mut at = places.iter().flat_map(|place| self.statements(place)).peekable();
        at.peek()?;
        Some(at.all(says))
    }

    /// Whether the record knows the speaker of a statement by this name.
    fn bears(&self, statement: &Statement, name: &str) -> bool {
        let wanted = fold(name);
        let entity = self.record.entities.iter().find(|e| Some(e.id) == statement.speaker);
        let names = entity.into_iter().flat_map(|e| std::iter::once(&e.name).chain(&e.variants));
        statement.speaker_name.iter().chain(names).any(|own| fold(own) == wanted)
    }
}
