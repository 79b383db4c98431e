//! Who an article says is speaking, in terms of the whole record, and on which day.

use std::collections::BTreeMap;

use onrecord_model::{AnnotatedArticle, DateValue, Entity, EntityKind, Id, Quotation, Story};

use super::{
    cast::{Cast, is_one_of_many},
    joint,
};
use crate::{corpus::Corpus, tellings::Lexicon, words::hash};

/// The speaker and the occasion that one quotation gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Told {
    /// The record's entity.
    pub(crate) speaker: Option<Id>,
    /// Whether it is a body, not a person.
    pub(crate) is_body: bool,
    /// The name or description, where there is no entity.
    pub(crate) name: Option<String>,
    /// Whether only a description is told: "the minister".
    pub(crate) is_described: bool,
    /// The role as printed.
    pub(crate) role: Option<String>,
    /// Whether the name is that of states which speak in one text.
    pub(crate) is_joint: bool,
    /// How surely the article credits the speaker: 2 where the source says who it is, 1 where it was worked out.
    pub(crate) sureness: u32,
    /// The day, where the article tells it.
    pub(crate) said_on: Option<DateValue>,
}

/// How two speakers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speakers {
    Same,
    /// Not told by one of them, or a person and a body that may speak for each other.
    Unclear,
    Other,
}

impl Told {
    /// How the two speakers stand to each other.
    pub(crate) fn compare(&self, other: &Told) -> Speakers {
        let known = |told: &Told| told.speaker.is_some() || (told.name.is_some() && !told.is_described);
        if self.name.is_some() && self.name == other.name {
            return Speakers::Same;
        }
        if !known(self) || !known(other) || self.is_body != other.is_body {
            return Speakers::Unclear;
        }
        if (self.speaker, &self.name) == (other.speaker, &other.name) {
            Speakers::Same
        } else {
            Speakers::Other
        }
    }

    /// What two who are the same share: the entity, or else the name.
    pub(crate) fn key(&self) -> Option<u64> {
        let entity = self.speaker.map(|id| hash(id.to_string().as_bytes()));
        entity.or_else(|| self.name.as_ref().map(|name| hash(name.as_bytes())))
    }

    /// Whether both tell a day and no day fits both.
    pub(crate) fn excludes_day_of(&self, other: &Told) -> bool {
        matches!((&self.said_on, &other.said_on), (Some(a), Some(b)) if !a.is_compatible_with(b))
    }
}

/// The rules by which an article's speaker is worked out from others, and not read off the source.
const WORKED_OUT: [&str; 4] =
    ["speaker.pronoun", "speaker.goes_on", "speaker.first_person", "speaker.same_words"];

/// Looks speakers up.
pub(crate) struct Directory<'a> {
    entities: &'a [Entity],
    of_local: BTreeMap<(Id, u32), usize>,
}

impl<'a> Directory<'a> {
    /// A directory over the record's entities.
    pub(crate) fn new(entities: &'a [Entity]) -> Self {
        let of = |(i, entity): (usize, &'a Entity)| entity.members.iter().map(move |&member| (member, i));
        Self { entities, of_local: entities.iter().enumerate().flat_map(of).collect() }
    }

    /// The entity with this id.
    pub(crate) fn get(&self, id: Id) -> Option<&'a Entity> {
        self.entities.binary_search_by_key(&id, |e| e.id).ok().map(|i| &self.entities[i])
    }

    /// Those whom the story's articles name, as the whole record describes them.
    pub(crate) fn cast(&self, corpus: &Corpus, story: &Story) -> Cast {
        let mut cast = Cast::default();
        for annotated in story.articles.iter().filter_map(|&id| corpus.get(id)) {
            let lexicon = Lexicon::of(&annotated.article);
            for (i, local) in annotated.annotations.entities.iter().enumerate() {
                let Some(&entity) = self.of_local.get(&(annotated.article.id, i as u32)) else { continue };
                match local.kind {
                    EntityKind::Person => {
                        let texts = local.role.iter().chain(&local.variants);
                        cast.add(entity, texts.chain(&self.entities[entity].roles), lexicon);
                    }
                    EntityKind::Organisation => {
                        let texts = local.role.iter().chain(&local.variants).chain([&local.name]);
                        cast.add(entity, texts, lexicon);
                        cast.add_body(entity, &local.name);
                    }
                    _ => {}
                }
                cast.add_place(&local.name, local.kind);
            }
        }
        cast
    }

    /// The record's entity of this name in the article.
    pub(super) fn named(&self, annotated: &AnnotatedArticle, name: &str) -> Option<&'a Entity> {
        let at = annotated.annotations.entities.iter().position(|local| local.name == name)?;
        let entity = self.of_local.get(&(annotated.article.id, u32::try_from(at).ok()?))?;
        self.entities.get(*entity)
    }

    /// What one quotation tells.
    pub(crate) fn told(&self, annotated: &AnnotatedArticle, quotation: &Quotation, cast: &Cast) -> Told {
        let speaker = &quotation.speaker;
        let local = speaker.entity.and_then(|local| self.of_local.get(&(annotated.article.id, local.0)));
        let source = quotation.source.map(|span| span.slice(&annotated.article.text));
        // The role of a voice says who speaks for the body; the name is the body's.
        let role = speaker.role.as_deref().filter(|_| speaker.because.rule != "speaker.voice");
        let described = role.or(speaker.name.as_deref()).or(source);
        let is_described = local.is_none() && (speaker.role.is_some() || speaker.name.is_none());
        let lexicon = Lexicon::of(&annotated.article);
        let bearer = || {
            let named = described.filter(|d| !is_one_of_many(d, lexicon));
            named.and_then(|d| cast.bearer(d, lexicon))
        };
        let fuller = |own: usize| {
            let body = self.entities[own].kind == EntityKind::Organisation;
            speaker.name.as_deref().filter(|_| body).and_then(|name| cast.fuller(name)).unwrap_or(own)
        };
        let entity = local.map(|&own| fuller(own)).or_else(bearer);
        let role =
            speaker.role.clone().or_else(|| source.filter(|_| speaker.name.is_none()).map(str::to_owned));
        let entity = entity.map(|i| &self.entities[i]);
        let states = joint::states(self, (annotated, quotation), cast);
        Told {
            speaker: entity.map(|e| e.id),
            is_body: entity.is_some_and(|e| e.kind != EntityKind::Person) || states.is_some(),
            is_joint: states.is_some(),
            name: states.or_else(|| speaker.name.clone()).filter(|_| entity.is_none()),
            is_described,
            role,
            said_on: quotation.said_on.clone(),
            sureness: 2 - u32::from(WORKED_OUT.iter().any(|rule| speaker.because.rule == *rule)),
        }
    }
}
