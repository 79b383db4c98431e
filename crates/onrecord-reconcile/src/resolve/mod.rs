//! One entity for every name that the articles give one person, body or place.
//!
//! Inside a story a surname alone is whoever bears it there, if only one person does. Across stories only
//! full names meet. Two people with one surname and other given names are never joined. Names in two
//! alphabets, or in two romanisations, are one where every letter allows it (`romanisation`).

pub(crate) mod names;
mod romanisation;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use onrecord_model::{Entity, EntityKind, Id, LocalEntity, Story};

use crate::{components::Components, corpus::Corpus, words::fold};
use names::{PersonName, are_spellings, skeleton};
use romanisation::{Readings, differ_in_alphabet, sounds_of_name};

/// Joins the articles' local entities.
pub(crate) fn entities(corpus: &Corpus, stories: &[Story]) -> Vec<Entity> {
    let locals = Locals::read(corpus, stories);
    let mut components = Components::new(locals.0.len());
    for bucket in locals.buckets(Local::full_keys) {
        join_all(&locals, &bucket, &mut components, |a, b| a.is_full() && b.is_full() && a.may_be(b));
    }
    for bucket in locals.buckets(Local::read_keys) {
        join_alphabets(&locals, &bucket, &mut components);
    }
    for bucket in locals.buckets(Local::sound_keys) {
        let in_two_alphabets = |a: &Local, b: &Local| differ_in_alphabet(&a.entity.name, &b.entity.name);
        join_all(&locals, &bucket, &mut components, in_two_alphabets);
    }
    for bucket in locals.buckets(Local::story_keys) {
        join_all(&locals, &bucket, &mut components, |a, b| a.is_full() && b.is_full() && a.may_be(b));
        join_short(&locals, &bucket, &mut components);
    }
    let mut entities: Vec<Entity> = components.groups().iter().map(|group| locals.entity(group)).collect();
    tell_apart(&mut entities);
    entities.sort_by_key(|entity| entity.id);
    entities
}

/// One local entity, with what its names are compared by.
struct Local<'a> {
    member: (Id, u32),
    story: Option<Id>,
    entity: &'a LocalEntity,
    person: Option<PersonName>,
    /// What a person's name can sound like in Cyrillic letters.
    readings: Arc<Readings>,
}

impl Local<'_> {
    /// Whether the name tells the bearer apart from others: a given name and a surname, or a name of a
    /// body or place.
    fn is_full(&self) -> bool {
        self.person.as_ref().is_none_or(|name| !name.given.is_empty())
    }

    /// What two local entities of any story must share to be compared.
    fn full_keys(&self) -> Vec<String> {
        let key = match &self.person {
            Some(name) if name.given.is_empty() => return Vec::new(),
            Some(name) => skeleton(&name.surname),
            None => bag(&self.entity.name),
        };
        vec![format!("{} {key}", self.entity.kind.name())]
    }

    /// What two people of any story, written in two alphabets or by two romanisations, must share to be compared.
    fn read_keys(&self) -> Vec<String> {
        let is_full = self.person.as_ref().is_some_and(PersonName::has_given_name);
        let sounds = if is_full { self.readings.surnames() } else { BTreeSet::new() };
        sounds.into_iter().map(str::to_owned).collect()
    }

    /// What a body or place must share with one in another alphabet: every sound of its name.
    fn sound_keys(&self) -> Vec<String> {
        if self.person.is_some() {
            return Vec::new();
        }
        let sounds = sounds_of_name(&self.entity.name).into_iter();
        sounds.map(|sound| format!("{} {sound}", self.entity.kind.name())).collect()
    }

    fn surname_keys(&self, name: &PersonName) -> BTreeSet<String> {
        let read = self.readings.surnames().into_iter().map(|sound| format!("read {sound}"));
        read.chain([skeleton(&name.surname)]).collect()
    }

    /// What two local entities of one story must share to be compared: a surname, or any name.
    fn story_keys(&self) -> Vec<String> {
        let Some(story) = self.story else { return Vec::new() };
        let names: BTreeSet<String> = match &self.person {
            Some(name) => self.surname_keys(name),
            None => self.names().map(bag).filter(|bag| !bag.is_empty()).collect(),
        };
        names.into_iter().map(|name| format!("{story} {} {name}", self.entity.kind.name())).collect()
    }

    /// The name, and the variants that tell a body or place apart inside one story: "SRC", "River
    /// Commission", but not "the Commission", which there may be two of.
    fn names(&self) -> impl Iterator<Item = &str> {
        let telling = |variant: &&String| {
            let words: Vec<&str> =
                variant.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("the")).collect();
            let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
            let is_acronym = |word: &str| word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
            match words.as_slice() {
                [word] => is_acronym(word),
                words => words.iter().filter(|word| capital(word)).count() > 1,
            }
        };
        let variants = self.entity.variants.iter().filter(telling).map(String::as_str);
        std::iter::once(self.entity.name.as_str()).chain(variants)
    }

    /// Whether nothing in the names speaks against one bearer. Bodies and places met by a shared name.
    fn may_be(&self, other: &Self) -> bool {
        match (&self.person, &other.person) {
            (Some(a), Some(b)) => {
                are_spellings(&a.surname, &b.surname) && a.given_names_agree(b) != Some(false)
                    || self.readings.meet(&other.readings)
            }
            _ => self.entity.kind == other.entity.kind,
        }
    }
}

/// The words of a name, folded, in alphabetical order, without the small ones.
fn bag(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(fold);
    let mut words: Vec<String> =
        words.filter(|w| !matches!(w.as_str(), "" | "the" | "of" | "and" | "for")).collect();
    words.sort_unstable();
    words.join(" ")
}

struct Locals<'a>(Vec<Local<'a>>);

/// Readings by printed name: a name that many articles print is read once.
#[derive(Default)]
struct KnownReadings<'a>(BTreeMap<&'a str, Arc<Readings>>);

impl<'a> KnownReadings<'a> {
    fn of(&mut self, printed: &'a str, name: &PersonName) -> Arc<Readings> {
        Arc::clone(self.0.entry(printed).or_insert_with(|| Arc::new(Readings::of_person(name))))
    }
}

impl<'a> Locals<'a> {
    fn read(corpus: &Corpus<'a>, stories: &[Story]) -> Self {
        let story = |story: &Story| story.articles.iter().map(move |&a| (a, story.id)).collect::<Vec<_>>();
        let story_of: BTreeMap<Id, Id> = stories.iter().flat_map(story).collect();
        let mut readings = KnownReadings::default();
        let local = |(id, (i, entity)): (Id, (usize, &'a LocalEntity))| {
            let person =
                (entity.kind == EntityKind::Person).then(|| PersonName::read(&entity.name)).flatten();
            Local {
                member: (id, i as u32),
                story: story_of.get(&id).copied(),
                entity,
                readings: person.as_ref().map(|name| readings.of(&entity.name, name)).unwrap_or_default(),
                person,
            }
        };
        let of_article = |a: &&'a onrecord_model::AnnotatedArticle| {
            let id = a.article.id;
            a.annotations.entities.iter().enumerate().map(move |entity| (id, entity))
        };
        Self(corpus.articles().iter().flat_map(of_article).map(local).collect())
    }

    /// The local entities that share a key.
    fn buckets(&self, keys: impl Fn(&Local<'a>) -> Vec<String>) -> Vec<Vec<usize>> {
        let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, local) in self.0.iter().enumerate() {
            for key in keys(local) {
                buckets.entry(key).or_default().push(i);
            }
        }
        buckets.into_values().filter(|bucket| bucket.len() > 1).collect()
    }

    fn entity(&self, group: &[usize]) -> Entity {
        let locals: Vec<&Local> = group.iter().map(|&i| &self.0[i]).collect();
        let name = most_used(&locals);
        let kind = locals.first().map_or(EntityKind::Person, |l| l.entity.kind);
        let all = locals.iter().flat_map(|l| std::iter::once(&l.entity.name).chain(&l.entity.variants));
        let variants: BTreeSet<&String> = all.filter(|variant| **variant != name).collect();
        let roles: BTreeSet<&String> = locals.iter().filter_map(|l| l.entity.role.as_ref()).collect();
        Entity {
            id: Id::of([kind.name(), &name]),
            kind,
            variants: variants.into_iter().cloned().collect(),
            roles: roles.into_iter().cloned().collect(),
            members: locals.iter().map(|l| l.member).collect(),
            name,
        }
    }
}

/// Joins all in a bucket that `fit`. Each is compared with one of every kind met before, so that a bucket
/// in which nearly all are one costs no square.
fn join_all(
    locals: &Locals,
    bucket: &[usize],
    components: &mut Components,
    fit: impl Fn(&Local, &Local) -> bool,
) {
    let mut heads: Vec<usize> = Vec::new();
    for &i in bucket {
        let fits = |&&head: &&usize| fit(&locals.0[head], &locals.0[i]);
        match heads.iter().take(MOST_HEADS).find(fits) {
            Some(&head) => components.join(head, i),
            None => heads.push(i),
        }
    }
}

/// People of one surname in one bucket that are told apart; more are left as they are.
const MOST_HEADS: usize = 64;

/// A name in Latin letters joins the one bearer in Cyrillic letters of whom it is a spelling, and those in Latin
/// letters that are another romanisation of it.
fn join_alphabets(locals: &Locals, bucket: &[usize], components: &mut Components) {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for &i in bucket {
        let name = locals.0[i].entity.name.as_str();
        kinds.entry(name).or_insert(i);
    }
    let (cyrillic, latin): (Vec<usize>, Vec<usize>) =
        kinds.into_values().take(MOST_HEADS).partition(|&i| locals.0[i].readings.is_cyrillic());
    for (n, &i) in latin.iter().enumerate() {
        let meets = |&&j: &&usize| locals.0[i].readings.meet(&locals.0[j].readings);
        let bearers: BTreeSet<usize> = cyrillic.iter().filter(meets).map(|&j| components.root(j)).collect();
        if let (Some(&bearer), 1) = (bearers.first(), bearers.len()) {
            components.join(bearer, i);
        }
        if let Some(&other) = latin[..n].iter().find(meets).filter(|_| bearers.len() < 2) {
            components.join(other, i);
        }
    }
}

/// A surname alone joins the one person of the story who bears it; all surnames alone join each other
/// where nobody bears it in full.
fn join_short(locals: &Locals, bucket: &[usize], components: &mut Components) {
    let (full, mut short): (Vec<usize>, Vec<usize>) = bucket.iter().partition(|&&i| locals.0[i].is_full());
    // Cyrillic names first: each romanisation finds its own way to them, and not always to another.
    short.sort_by_key(|&i| !locals.0[i].readings.is_cyrillic());
    for &i in &short {
        let may_be = |&&j: &&usize| locals.0[i].may_be(&locals.0[j]);
        let bearers: BTreeSet<usize> = full.iter().filter(may_be).map(|&j| components.root(j)).collect();
        let bearer = bearers.iter().copied().next().filter(|_| bearers.len() == 1);
        let alike = || short.iter().copied().find(|&j| locals.0[i].may_be(&locals.0[j]));
        let to = if full.is_empty() { alike() } else { bearer };
        if let Some(to) = to {
            components.join(to, i);
        }
    }
}

/// The name most used among the fullest; the first in the alphabet among equals.
fn most_used(locals: &[&Local]) -> String {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for local in locals {
        *counts.entry(&local.entity.name).or_default() += 1;
    }
    let fullness = |name: &str| {
        let words = name.split_whitespace().filter(|w| w.trim_end_matches('.').chars().count() > 1).count();
        words.min(2)
    };
    let best = counts.into_iter().max_by_key(|&(name, n)| (fullness(name), n, std::cmp::Reverse(name)));
    best.map(|(name, _)| name.clone()).unwrap_or_default()
}

/// Gives another id to those that share kind and name but were not joined: two surnames alone in two
/// stories may be two people.
fn tell_apart(entities: &mut [Entity]) {
    entities.sort_by(|a, b| (a.id, &a.members).cmp(&(b.id, &b.members)));
    let ids: Vec<Id> = entities.iter().map(|e| e.id).collect();
    for (i, entity) in entities.iter_mut().enumerate().skip(1) {
        if ids[i] == ids[i - 1] {
            let first =
                entity.members.first().map(|(article, n)| format!("{article} {n}")).unwrap_or_default();
            entity.id = Id::of([entity.kind.name(), &entity.name, &first]);
        }
    }
}
