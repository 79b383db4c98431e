//! Finds the person behind a role and the body behind a common noun.

use onrecord_model::EntityKind;

use crate::mentions::{reading::Reading, roles::Role};

/// Descriptions that say nothing but that somebody holds some office.
const ANY_OFFICE: &[&str] = &[
    "minister",
    "president",
    "premier",
    "governor",
    "mayor",
    "director",
    "chair",
    "envoy",
    "legislator",
    "officer",
    "spokesperson",
    "leader",
];

/// Looks among the names that stand before a source.
#[derive(Clone, Copy)]
pub(super) struct Describer<'a> {
    pub(super) reading: &'a Reading<'a>,
}

impl Describer<'_> {
    /// The person of the cast that `role` describes, named before word `at`, or else anywhere.
    pub(super) fn person(self, role: &Role, at: usize) -> Option<usize> {
        let last_use = self.last_uses(at);
        let candidates = || {
            (0..self.reading.cast.len())
                .filter(|entity| self.reading.cast[*entity].local.kind == EntityKind::Person)
        };
        let scored = candidates().filter_map(|entity| {
            let part = &self.reading.cast[entity];
            if role.gender.is_some() && part.gender.is_some() && role.gender != part.gender {
                return None;
            }
            let own = |other: &&Role| !(other.run.0 <= at && at < other.run.1);
            let likeness = part.roles.iter().filter(own).filter_map(|other| role.likeness(other)).max()?;
            Some((last_use[entity].is_some(), likeness, last_use[entity], entity))
        });
        scored
            .max_by_key(|(before, likeness, last, _)| (*before, *likeness, *last))
            .map(|(.., entity)| entity)
    }

    /// "the official": the last person who holds an office.
    pub(super) fn any_official(self, at: usize) -> Option<usize> {
        let last_use = self.last_uses(at);
        (0..self.reading.cast.len())
            .filter(|entity| {
                let part = &self.reading.cast[*entity];
                part.roles
                    .iter()
                    .any(|role| role.offices.iter().any(|office| ANY_OFFICE.contains(&office.as_str())))
            })
            .filter_map(|entity| last_use[entity].map(|last| (last, entity)))
            .max()
            .map(|(_, entity)| entity)
    }

    /// By entity: the last word before `at` at which one of its names starts.
    fn last_uses(self, at: usize) -> Vec<Option<usize>> {
        let mut last = vec![None; self.reading.cast.len()];
        for (name, entity) in self.reading.names.iter().zip(&self.reading.entity_of) {
            if name.run.0 >= at {
                break;
            }
            last[*entity] = Some(name.run.0);
        }
        last
    }

    /// The body that "the ministry", "the company" stands for: the last one with that noun in its name, or else, for nouns of companies, the last body named.
    pub(super) fn body(self, noun: &str, at: usize) -> Option<usize> {
        let lexicon = self.reading.lexicon;
        let bodies = || {
            let end = self.reading.names.partition_point(|name| name.run.0 < at);
            (0..end)
                .rev()
                .filter(|index| self.reading.names[*index].kind == EntityKind::Organisation)
                .map(|index| self.reading.entity_of[index])
        };
        let holds = |entity: &usize| {
            let local = &self.reading.cast[*entity].local;
            let names = std::iter::once(&local.name).chain(&local.variants);
            names.flat_map(|name| name.split_whitespace()).any(|word| word.to_lowercase() == noun)
        };
        bodies().find(holds).or_else(|| lexicon.company_nouns.has(noun).then(|| bodies().next()).flatten())
    }
}
