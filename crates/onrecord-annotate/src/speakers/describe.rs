//! Finds the person behind a role and the body behind a common noun.

use onrecord_model::EntityKind;

use crate::mentions::{reading::Reading, roles::Role};

/// How far back "the company" looks, in words and in names.
const NEAR_WORDS: usize = 150;
const MOST_NEAR: usize = 30;
/// More persons with roles than this are a list.
const MOST_HOLDERS: usize = 300;
/// Names that a common noun looks back over.
const MOST_BODIES: usize = 400;

/// Looks among the names that stand before a source.
pub(super) struct Describer<'a> {
    reading: &'a Reading<'a>,
    /// Persons with roles, in order of first use.
    holders: Vec<usize>,
    /// By entity: the first words of its names, in order.
    uses: Vec<Vec<usize>>,
}

impl<'a> Describer<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Self {
        let person = |entity: &usize| {
            let part = &reading.cast[*entity];
            part.local.kind == EntityKind::Person && !part.roles.is_empty()
        };
        let holders = (0..reading.cast.len()).filter(person).take(MOST_HOLDERS).collect();
        let mut uses = vec![Vec::new(); reading.cast.len()];
        for (name, entity) in reading.names.iter().zip(&reading.entity_of) {
            uses[*entity].push(name.run.0);
        }
        Self { reading, holders, uses }
    }

    /// The last word before `at` at which a name of `entity` starts.
    fn last_use(&self, entity: usize, at: usize) -> Option<usize> {
        let uses = &self.uses[entity];
        uses.partition_point(|use_at| *use_at < at).checked_sub(1).map(|index| uses[index])
    }

    /// The person named before word `at` that `role` describes.
    pub(super) fn person_before(&self, role: &Role, at: usize) -> Option<usize> {
        self.best(role, at, |last| last.is_some())
    }

    /// The same of those who are named only later.
    pub(super) fn person_after(&self, role: &Role, at: usize) -> Option<usize> {
        self.best(role, at, |last| last.is_none())
    }

    fn best(&self, role: &Role, at: usize, fits: impl Fn(Option<usize>) -> bool) -> Option<usize> {
        let scored = self.holders.iter().filter_map(|entity| {
            let part = &self.reading.cast[*entity];
            if role.gender.is_some() && part.gender.is_some() && role.gender != part.gender {
                return None;
            }
            let last = self.last_use(*entity, at);
            let own = |other: &&Role| !(other.run.0 <= at && at < other.run.1);
            let likeness = part.roles.iter().filter(own).filter_map(|other| role.likeness(other)).max()?;
            fits(last).then_some((likeness, last, *entity))
        });
        scored.max_by_key(|(likeness, last, _)| (*likeness, *last)).map(|(.., entity)| entity)
    }

    /// The only person named before word `at` in an article that prints nobody's role: whoever is then called by one.
    pub(super) fn only_person(&self, role: &Role, at: usize) -> Option<usize> {
        let mut persons = (0..self.reading.cast.len())
            .filter(|entity| self.reading.cast[*entity].local.kind == EntityKind::Person)
            .take(MOST_HOLDERS);
        let only =
            persons.next().filter(|only| self.holders.is_empty() && self.last_use(*only, at).is_some())?;
        let gender = self.reading.cast[only].gender;
        let fits = role.gender.is_none() || gender.is_none() || role.gender == gender;
        (persons.next().is_none() && fits && !role.deputy && !role.plural).then_some(only)
    }

    /// "the official": the last person who holds an office.
    pub(super) fn any_official(&self, at: usize) -> Option<usize> {
        let offices = &self.reading.lexicon.public_offices;
        let official = |role: &Role| role.offices.iter().any(|office| offices.has(office));
        let holds = |entity: &&usize| self.reading.cast[**entity].roles.iter().any(official);
        let last = self
            .holders
            .iter()
            .filter(holds)
            .filter_map(|entity| Some((self.last_use(*entity, at)?, *entity)));
        last.max().map(|(_, entity)| entity)
    }

    /// The last body before word `at` with all of `nouns` in its name: "the port authority".
    pub(super) fn named_body(&self, nouns: &[String], at: usize) -> Option<usize> {
        let end = self.reading.names.partition_point(|name| name.run.0 < at);
        (0..end)
            .rev()
            .take(MOST_BODIES)
            .filter(|index| self.reading.names[*index].kind == EntityKind::Organisation)
            .map(|index| self.reading.entity_of[index])
            .find(|entity| self.is_called(*entity, nouns))
    }

    /// The body that "the ministry", "the port authority" stands for: the last one with these words in its
    /// name, or else, for a word like "company" alone, the body named most often nearby.
    pub(super) fn body(&self, nouns: &[String], at: usize) -> Option<usize> {
        let any = matches!(nouns, [only] if self.reading.lexicon.any_company.has(only));
        let end = self.reading.names.partition_point(|name| name.run.0 < at);
        let later = || {
            let mut later = self.reading.entity_of.iter().skip(end).take(MOST_BODIES).copied();
            later.find(|entity| self.is_called(*entity, nouns))
        };
        self.named_body(nouns, at).or_else(|| if any { self.main_body(at) } else { later() })
    }

    /// Of the bodies named shortly before word `at`, the one the article names most often, then last.
    fn main_body(&self, at: usize) -> Option<usize> {
        let end = self.reading.names.partition_point(|name| name.run.0 < at);
        let near = (end.saturating_sub(MOST_NEAR)..end).filter(|index| {
            self.reading.names[*index].kind == EntityKind::Organisation
                && at - self.reading.names[*index].run.0 < NEAR_WORDS
        });
        let uses =
            |entity: usize| self.reading.entity_of[..end].iter().filter(|other| **other == entity).count();
        near.map(|index| (index, self.reading.entity_of[index]))
            .filter(|(_, entity)| !self.is_part(*entity))
            .max_by_key(|(index, entity)| (uses(*entity), *index))
            .map(|(_, entity)| entity)
    }

    /// A board or a fund inside a firm is not "the company".
    fn is_part(&self, entity: usize) -> bool {
        let name = self.reading.cast[entity].local.name.to_lowercase();
        let last = name.split_whitespace().last().unwrap_or_default().to_owned();
        let lexicon = self.reading.lexicon;
        lexicon.inner_bodies.has(&last)
    }

    fn is_called(&self, entity: usize, nouns: &[String]) -> bool {
        let local = &self.reading.cast[entity].local;
        let bodies = local.kind == EntityKind::Organisation;
        bodies
            && std::iter::once(&local.name).chain(&local.variants).any(|name| {
                let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
                nouns.iter().all(|noun| {
                    words
                        .iter()
                        .any(|word| word == noun || word.strip_suffix("'s").is_some_and(|stem| stem == noun))
                })
            })
    }
}
