//! Which names stand for one: joined, taken apart, hidden.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{AnnotatedArticle, Change, Entity, EntityKind, Id, LocalEntity, Place};

use super::{Book, HIDDEN, Pages};

/// Local entities: the article, and the place in its list.
type Members = BTreeSet<(Id, u32)>;

/// The entities after every correction, by id.
pub(super) fn corrected(book: &Book, pages: &Pages, entities: Vec<Entity>) -> Vec<Entity> {
    let mut entities = entities;
    let is_about = |change: &Change| {
        matches!(change, Change::SameEntity { .. } | Change::OtherEntity { .. } | Change::Hide { .. })
    };
    let mut about = book.iter().filter(|c| is_about(&c.change)).peekable();
    if about.peek().is_none() {
        return entities;
    }
    let locals = Locals::new(pages);
    for correction in about {
        match &correction.change {
            Change::SameEntity { places } => join(&mut entities, &locals, pages, places),
            Change::OtherEntity { places } => take_out(&mut entities, &locals, pages, places),
            _ => {}
        }
    }
    for i in hidden(book, pages, &entities) {
        hide(&mut entities[i]);
    }
    entities.sort_by_key(|entity| entity.id);
    entities
}

/// The persons named at the places that somebody asked to hide.
pub(super) fn hidden(book: &Book, pages: &Pages, entities: &[Entity]) -> BTreeSet<usize> {
    let places =
        book.iter().filter(|c| matches!(c.change, Change::Hide { .. })).flat_map(|c| c.change.places());
    let members = pages.named(places);
    let is_hidden =
        |e: &Entity| e.kind == EntityKind::Person && e.members.iter().any(|m| members.contains(m));
    entities.iter().enumerate().filter(|(_, entity)| is_hidden(entity)).map(|(i, _)| i).collect()
}

/// Leaves nothing in an entity that tells who it is; not even its id, which is made of the name.
fn hide(entity: &mut Entity) {
    let first = entity.members.first().map(|(article, n)| format!("{article} {n}"));
    entity.id = Id::of(["hidden".to_owned(), first.unwrap_or_default()]);
    entity.name = HIDDEN.to_owned();
    entity.variants.clear();
    entity.roles.clear();
}

/// The articles' own entities.
struct Locals<'a>(BTreeMap<Id, &'a [LocalEntity]>);

impl<'a> Locals<'a> {
    fn new(pages: &Pages<'a>) -> Self {
        let of = |annotated: &&'a AnnotatedArticle| {
            (annotated.article.id, annotated.annotations.entities.as_slice())
        };
        Self(pages.0.values().flatten().map(of).collect())
    }

    fn get(&self, (article, n): (Id, u32)) -> Option<&'a LocalEntity> {
        self.0.get(&article).and_then(|locals| locals.get(n as usize))
    }
}

fn join(entities: &mut Vec<Entity>, locals: &Locals, pages: &Pages, places: &[Place]) {
    let named = pages.named(places);
    let (mut joined, rest): (Vec<Entity>, Vec<Entity>) =
        std::mem::take(entities).into_iter().partition(|e| e.members.iter().any(|m| named.contains(m)));
    *entities = rest;
    if joined.len() < 2 {
        entities.append(&mut joined);
        return;
    }
    joined.sort_by_key(|e| (std::cmp::Reverse(e.members.len()), e.id));
    let members: Members = joined.iter().flat_map(|e| e.members.iter().copied()).collect();
    let name = joined[0].name.clone();
    let whole = rebuilt(&joined[0], locals, members, Some(name));
    add(entities, whole);
}

fn take_out(entities: &mut Vec<Entity>, locals: &Locals, pages: &Pages, places: &[Place]) {
    let named = pages.named(places);
    let (touched, rest): (Vec<Entity>, Vec<Entity>) =
        std::mem::take(entities).into_iter().partition(|e| e.members.iter().any(|m| named.contains(m)));
    *entities = rest;
    for entity in touched {
        let (out, left): (Members, Members) = entity.members.iter().copied().partition(|m| named.contains(m));
        if left.is_empty() {
            entities.push(entity);
            continue;
        }
        let kept = Some(entity.name.clone()).filter(|name| bears(locals, &left, name));
        let left = rebuilt(&entity, locals, left, kept);
        add(entities, left);
        let out = rebuilt(&entity, locals, out, None);
        add(entities, out);
    }
}

fn bears(locals: &Locals, members: &Members, name: &str) -> bool {
    members.iter().filter_map(|m| locals.get(*m)).any(|local| local.name == name)
}

/// An entity like `model` with these members only, and the names and roles that they bring.
fn rebuilt(model: &Entity, locals: &Locals, members: Members, name: Option<String>) -> Entity {
    let own: Vec<&LocalEntity> = members.iter().filter_map(|m| locals.get(*m)).collect();
    let name = name.or_else(|| most_used(&own)).unwrap_or_else(|| model.name.clone());
    let all = own.iter().flat_map(|l| std::iter::once(&l.name).chain(&l.variants));
    let variants: BTreeSet<&String> = all.filter(|variant| **variant != name).collect();
    let roles: BTreeSet<&String> = own.iter().filter_map(|l| l.role.as_ref()).collect();
    Entity {
        id: Id::of([model.kind.name(), &name]),
        variants: variants.into_iter().cloned().collect(),
        roles: roles.into_iter().cloned().collect(),
        members: members.into_iter().collect(),
        name,
        ..model.clone()
    }
}

/// The name most used; the longest, then the first in the alphabet among equals.
fn most_used(locals: &[&LocalEntity]) -> Option<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    locals.iter().for_each(|local| *counts.entry(&local.name).or_default() += 1);
    let best = counts.into_iter().max_by_key(|&(name, n)| (n, name.len(), std::cmp::Reverse(name)));
    best.map(|(name, _)| name.clone())
}

/// Adds an entity; one whose kind and name another has already gets an id of its own.
fn add(entities: &mut Vec<Entity>, mut entity: Entity) {
    if entities.iter().any(|other| other.id == entity.id) {
        let first = entity.members.first().map(|(article, n)| format!("{article} {n}")).unwrap_or_default();
        entity.id = Id::of([entity.kind.name(), &entity.name, &first]);
    }
    entities.push(entity);
}
